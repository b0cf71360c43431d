// An officer sees who stands in other lists and not in the book, enters one with what is known, says of another that it moved away; the province
// comes down from the whole to the commune. Names only for who may see them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROWS, check, same } from "../world.mjs";

const HEAD = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn";
const GIVEN = ["Trang", "Hiếu", "Tâm", "Dũng", "Thủy", "Quyết", "Nga", "Phúc", "Sơn", "Hòa", "Thắm"];
const MIDDLE = ["Ngọc", "Minh", "Thu", "Hồng", "Xuân", "Kim", "Thanh"];
// Children of Tà Rụt: the first thirty-two are in the book, the rest are not.
const CROWD = Array.from({ length: 44 }, (_, n) => {
  const day = String(1 + ((n * 5) % 28)).padStart(2, "0");
  const month = String(1 + ((n * 7) % 12)).padStart(2, "0");
  const name = `${["Hồ", "Kăn", "Lê", "Vỗ"][n % 4]} ${MIDDLE[n % 7]} ${GIVEN[n % 11]}`;
  return `${name},${day}/${month}/${2011 + (n % 12)},${n % 2 ? "Nam" : "Nữ"},Pa Cô,,Hồ Văn ${GIVEN[(n * 3) % 11]} ${MIDDLE[n % 7]},Kăn Thị ${MIDDLE[(n * 2) % 7]} ${GIVEN[(n + 4) % 11]},Xã Tà Rụt,A Pun`;
});
const KNOWN = 32;

export const world = { rows: [...ROWS, ...CROWD.slice(0, KNOWN)] };

const text = (page) => page.locator("main").innerText();

export default async function (world) {
  // Each list misses another part of the commune.
  const lists = { a0: 3, school: 4, vaccination: 5, insurance: 7 };
  for (const [kind, misses] of Object.entries(lists)) {
    const path = join(world.folder, `${kind}.csv`);
    const rows = CROWD.filter((_, n) => n % misses !== 1);
    writeFileSync(path, `${HEAD}\n${rows.join("\n")}\n`);
    world.cli("missing", "load", path, "--kind", kind, "--day", "2024-06-13", "--purpose", "Rà soát trẻ em chưa có trong sổ",
      "--basis", "Kế hoạch số 12/KH-UBND ngày 03/6/2024");
  }
  const linked = JSON.parse(world.cli("missing", "link", "--as-of", "2024-06-13", "--json"));
  check(linked.found >= 10, `the twelve whom the book has not are found, got ${linked.found} and ${linked.perhaps} perhaps`);
  const counts = join(world.folder, "so-bao-cao.csv");
  writeFileSync(counts, "unit,headcount\n19588,90\n");
  world.cli("headcount", "load", counts, "--edition", "2024-06-13", "--day", "2024-06-03", "--source", "Báo cáo 12/BC-UBND");

  const page = await world.person("bich", "officer", "Xã Tà Rụt", { shown: "Hồ Thị Bích" });
  check(new RegExp(`Trẻ tìm thấy ở danh sách khác, chưa có trong sổ\\s+${linked.found + linked.perhaps}`).test(await text(page)), "the queue counts them");
  await world.lookBoth(page, "today");

  // Who holds one commune begins with its children.
  await page.click("nav a:has-text('Ai còn thiếu')");
  await page.waitForURL("**/missing/**");
  check((await text(page)).includes("Sổ A0"), "where each was found");
  check(/báo cáo 90 trẻ, cao hơn số ước tính/.test(await text(page)), "the headcount is doubted beside the unit");
  await world.lookBoth(page, "commune");
  const names = await page.locator("tr[data-row]").count();

  // By keys: the next one, the form filled in, saved; back among the others.
  await page.keyboard.press("n");
  const name = (await page.locator("tr.treem-here th a").innerText()).trim();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/entry/found/**");
  same(await page.inputValue("[name='c1.name']"), name, "the name is filled in");
  check((await page.inputValue("[name='c1.birth']")).length > 0, "the birth date too");
  check((await page.inputValue("[name='h.mother']")).length > 0, "and the mother");
  await world.lookBoth(page, "form");
  await page.click("button[data-check]");
  await page.waitForSelector("button[value=save]");
  await page.click("button[value=save]");
  await page.waitForURL("**/missing/**");
  check((await text(page)).includes("Trẻ đã được nhập vào sổ"), "it is said to be done");
  same(await page.locator("tr[data-row]").count(), names - 1, "one fewer is missing");

  // Not missing, and why.
  await page.keyboard.press("n");
  await page.keyboard.press("x");
  check(await page.locator("tr.treem-here select").isVisible(), "x asks for the reason");
  await world.look(page, "reason");
  await page.selectOption("tr.treem-here select", "moved");
  await page.click("tr.treem-here button");
  await page.waitForURL("**said=refused");
  same(await page.locator("tr[data-row]").count(), names - 2, "one fewer again");
  const again = JSON.parse(world.cli("missing", "link", "--as-of", "2024-06-13", "--json"));
  same(again.refused, 1, "a later comparison remembers it");

  // The province: figures down to the commune; its sources with purpose and basis.
  const province = await world.person("lanh", "province", null, { shown: "Trần Thị Lành" });
  await province.goto("/missing");
  check((await text(province)).includes("Kế hoạch số 12/KH-UBND"), "on which basis");
  await world.lookBoth(province, "province");
  await province.click("tbody a:has-text('Đa')");
  await province.click("tbody a:has-text('Tà Rụt')");
  check((await text(province)).includes("Theo nhóm tuổi"), "down to the commune");

  // Another commune's officer and who may not see children see no names.
  const other = await world.person("nga", "officer", "Xã Húc Nghì", { shown: "Hồ Thị Nga" });
  const denied = await other.goto(new URL(province.url()).pathname);
  check(!(await text(other)).includes(name.split(" ").at(-1) + "\n") && denied.status() !== 200, "another commune's children are not shown");
  const auditor = await world.person("kiem", "auditor", null, { shown: "Lê Văn Kiểm" });
  await auditor.goto(new URL(province.url()).pathname);
  same(await auditor.locator("tr[data-row]").count(), 0, "figures without names");
}
