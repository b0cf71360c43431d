// A record: the number and what is guarded only when asked for, an edit shown before it is saved, two people at once, closed and opened,
// a move; a record of another commune looks like none.
import { check, same } from "../world.mjs";

const text = (page) => page.locator("main").innerText();

export default async function (world) {
  const page = await world.person("bich", "officer", "Xã Tà Rụt", { shown: "Hồ Thị Bích" });
  const find = async (words) => {
    await page.goto("/today");
    await page.fill("#tim", words);
    await page.press("#tim", "Enter");
    await page.waitForURL("**/find");
  };
  await find("ho thi mo");
  check((await text(page)).includes("Hồ Thị Mơ"), "found without marks");
  await world.lookBoth(page, "find");
  await find("nguyen van gia");
  check((await text(page)).includes("Không có trẻ nào trong địa bàn"), "nobody of another commune is found");
  await find("045315000217");
  check((await text(page)).includes("Hồ Thị Mơ"), "found by number");
  same(new URL(page.url()).search, "", "nothing of a search is in the address");
  await page.click("a:has-text('Hồ Thị Mơ')");
  const mo = page.url();
  check(!(await page.content()).includes("045315000217"), "the number is masked");
  check((await text(page)).includes("Hồ Văn Khương"), "the brother is there");
  check((await text(page)).includes("đăng ký khai sinh ở Quảng Trị"), "the number in words");
  await world.lookBoth(page, "child");
  await page.click("button:has-text('Xem số')");
  check((await text(page)).includes("045315000217"), "asked for, it is shown");
  await page.goto(mo);
  await page.click("a:has-text('Hồ Văn Khương')");
  check(!(await page.content()).includes("Pa Cô"), "what the law guards is hidden");
  await page.click("button:has-text('Xem dân tộc')");
  check((await text(page)).includes("Pa Cô"), "asked for, it is shown");
  await world.look(page, "sensitive");

  await find("ho van duc");
  await page.click("a:has-text('Hồ Văn Đức')");
  const duc = page.url();
  await page.click("#birth >> text=Sửa");
  await world.lookBoth(page, "edit");
  await page.fill("#f-birth", "5/6/2017");
  await page.fill("#f-mother", "Hồ Thị Lan");
  await page.click("button:has-text('Xem trước')");
  check((await text(page)).includes("Hết lỗi"), "what goes is said");
  await world.lookBoth(page, "change");

  // Meanwhile somebody else changes it.
  const id = duc.split("/").pop();
  world.cli("child", "edit", id, "thôn=A Vương", "--yes", "--as", "Hồ Văn Lâm");
  await page.fill("#why", "giấy khai sinh");
  await page.click("button:has-text('Ghi')");
  check((await text(page)).includes("vừa được người khác sửa"), "the conflict is a page");
  check((await text(page)).includes("5/6/2017") && (await text(page)).includes("Hồ Văn Lâm"), "both sides are there");
  await world.lookBoth(page, "conflict");
  await page.click("button:has-text('Xem trước trên bản mới')");
  await page.fill("#why", "giấy khai sinh");
  await page.click("button:has-text('Ghi')");
  check((await text(page)).includes("Đã ghi những gì sửa"), "saved");
  check((await text(page)).includes("2017 → 05/06/2017"), "the history says before and after");

  await page.click("summary:has-text('Đóng hồ sơ')");
  await page.click("label:has-text('hồ sơ nhập nhầm')");
  await page.fill("#close-why", "ghi hai lần");
  await page.click("button:has-text('Đóng hồ sơ')");
  check((await text(page)).includes("Nhập nhầm"), "closed");
  await page.fill("#reopen-why", "không nhầm");
  await page.click("button:has-text('Mở lại hồ sơ')");
  check((await text(page)).includes("Đang theo dõi"), "opened again");

  await page.click("summary:has-text('Chuyển đến xã khác')");
  await page.fill("#to", "Xã Húc Nghì, huyện Đakrông, tỉnh Quảng Trị");
  await page.fill("#move-day", "1/6/2024");
  await page.click("button:has-text('Đề nghị chuyển')");
  check((await text(page)).includes("chờ trả lời"), "the move waits");
  await world.lookBoth(page, "moving");

  // A record of another commune by its id: as if it were not there.
  const told = JSON.parse(world.cli("find", "nguyen van gia bao", "--json"));
  const other = told.children[0].child;
  for (const path of [`/child/${other}`, `/child/${other}/edit`, "/child/045315000217"]) {
    const answer = await page.goto(path);
    same(answer.status(), 404, path);
    check(!(await page.content()).includes("Gia Bảo"), "nothing of it is shown");
  }
}
