// The police without scripts on a phone; nothing typed is lost; the keys can be switched off; a connection that breaks; and the workbook that
// comes back, understood before it is written.
import { PHONE, check, same } from "../world.mjs";
import { draw, line, people, press, rowCode, send, sendBack, text } from "../lists.mjs";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export default async function (world) {
  const all = await people(world);
  const { officer, police } = all;
  const list = await draw(officer);
  await send(all, list, "workbook");

  // Without scripts, on a phone: cards, one button, what is refused stays in the box.
  const phone = await world.page({ size: PHONE, scripts: false });
  await world.signIn(phone, "congan");
  await press(phone, list, "Tiếp nhận và đối chiếu");
  await world.photograph(phone, "plain-390");
  await line(phone, "Hồ Thị Nhung").locator("[data-number]").fill("045218000611");
  await line(phone, "Hồ Thị Mơ").locator("[data-number]").fill("1");
  await line(phone, "Hồ Văn Đức").locator("[data-answer]").selectOption("not-found");
  await phone.click("button:has-text('Ghi các dòng')");
  check((await text(phone)).includes("1 dòng cần xem lại"), "one is asked about");
  same(await line(phone, "Hồ Thị Nhung").locator("[data-number]").inputValue(), "045218000611", "it stays as typed");
  check((await text(phone)).includes("Đã ghi: Khớp"), "the others are written");
  await world.photograph(phone, "plain-asked-390");
  await line(phone, "Hồ Thị Nhung").locator("[data-why]").fill("giấy khai sinh ghi Nam");
  await phone.click("button:has-text('Ghi các dòng')");
  check((await text(phone)).includes("Đã ghi kết quả"), "with why it is written");

  // A connection that breaks: what was typed is still there after the page was opened anew.
  await police.goto(`/handover/${list}/answer`);
  await police.route("**/answer", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  const hoa = () => line(police, "Kăn Thị Hoa");
  await hoa().locator("[data-number]").focus();
  await police.keyboard.press("6");
  await police.keyboard.type("Hướng Hóa");
  await police.keyboard.press("Enter");
  await police.locator("[data-kept]:has-text('Chưa gửi được')").waitFor();
  await police.reload();
  same(await hoa().locator("[data-text]").inputValue(), "Hướng Hóa", "nothing typed is lost");
  await police.unroute("**/answer");
  await hoa().locator("[data-text]").press("Enter");
  await hoa().locator(".treem-police__kept").waitFor();
  world.errors.length = 0;

  // The keys switched off: a digit is a digit.
  await police.click("summary:has-text('Các phím trả lời')");
  await world.lookBoth(police, "keys");
  await police.locator("#phim-tra-loi").uncheck();
  const khuong = line(police, "Hồ Văn Khương");
  await khuong.locator("[data-number]").focus();
  await police.keyboard.press("1");
  same(await khuong.locator("[data-answer]").inputValue(), "", "no answer by a key");
  same(await khuong.locator("[data-number]").inputValue(), "1", "but a digit in the box");
  await khuong.locator("[data-number]").fill("");

  // The workbook goes out, and comes back as a list of codes and words.
  await officer.goto(`/handover/${list}`);
  const [down] = await Promise.all([officer.waitForEvent("download"), officer.click("a:has-text('bảng tính')")]);
  const xlsx = join(world.folder, "di.xlsx");
  await down.saveAs(xlsx);
  check(readFileSync(xlsx).subarray(0, 2).toString() === "PK", "a workbook");
  const code = (name) => rowCode(officer, name);
  const back = join(world.folder, "tra-ve.csv");
  writeFileSync(
    back,
    `Ghi chú,Mã dòng,Kết quả đối chiếu,Số định danh (12 số)\nxong,${await code("Hồ Văn Khương")},khớp,045216118220\n,${await code("Hồ Thị Mơ")},chưa biết,\n`,
  );
  await sendBack(officer, list, back);
  await world.lookBoth(officer, "returned");
  await officer.click("button:has-text('Ghi các dòng')");
  await world.lookBoth(officer, "returned-after");
  await officer.goto(`/handover/${list}`);
  const bad = join(world.folder, "hong.xlsx");
  writeFileSync(bad, "PK\u0003\u0004 không phải bảng tính");
  await officer.setInputFiles("#file", bad);
  await officer.click("button:has-text('Đọc bảng tính')");
  check((await officer.locator(".govuk-error-summary").count()) === 1, "what cannot be read is said");
  await world.lookBoth(officer, "unreadable");
}
