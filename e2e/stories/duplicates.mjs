// An officer goes through what may be one child: by keys, each next one by itself, with the sentence that says what will happen; parts what was
// merged. Once more without scripts.
import { PHONE, ROWS, check, same } from "../world.mjs";

// Two of one, a brother; a pair that is twins; somebody with a letter of difference.
const MORE = [
  "Hồ Thị Mưa,05/05/2016,Nữ,Pa Cô,045316000088,Hồ Văn Núi,Hồ Thị Suối,Xã Tà Rụt,A Đăng",
  "Hồ Thị Mưa,05/05/2016,Nữ,Pa Cô,,Hồ Văn Núi,Hồ Thị Suối,Xã Tà Rụt,A Pun",
  "Hồ Văn Nắng,01/02/2013,Nam,Pa Cô,,Hồ Văn Núi,Hồ Thị Suối,Xã Tà Rụt,A Đăng",
  "Hồ Thị Lan,03/04/2017,Nữ,Pa Cô,045317000101,Hồ Văn Đá,Hồ Thị Rừng,Xã Tà Rụt,A Vương",
  "Hồ Thị Lan,03/04/2017,Nữ,Pa Cô,,Hồ Văn Đá,Hồ Thị Rừng,Xã Tà Rụt,A Vương",
  "Hồ Thị Bình,09/10/2018,Nữ,Pa Cô,045318000102,Hồ Văn Suốt,Hồ Thị Lúa,Xã Tà Rụt,A Vương",
  "Hồ Thị Bính,09/10/2018,Nữ,Pa Cô,,Hồ Văn Suốt,Hồ Thị Lúa,Xã Tà Rụt,A Vương",
];
// More of them, so that the linkage learns from somebody.
const CROWD = Array.from({ length: 40 }, (_, n) => {
  const given = ["Trang", "Hiếu", "Tâm", "Dũng", "Thủy", "Quyết", "Nga", "Phúc"][n % 8];
  const day = String(1 + (n % 28)).padStart(2, "0");
  return `${["Hồ", "Kăn", "Lê", "Vỗ"][n % 4]} ${n % 2 ? "Văn" : "Thị"} ${given} ${"ABCDE"[n % 5]},${day}/${String(1 + (n % 12)).padStart(2, "0")}/${2010 + (n % 10)},${n % 2 ? "Nam" : "Nữ"},Pa Cô,,Hồ Văn Cha${n},Hồ Thị Mẹ${n},Xã Tà Rụt,A Pun`;
});

export const world = { rows: [...ROWS, ...MORE, ...CROWD] };

const left = async (page) => Number((await page.getByText(/Còn \d+ việc/).innerText()).match(/Còn (\d+)/)[1]);

export default async function (world) {
  const found = JSON.parse(world.cli("duplicates", "--save", "--json")).found;
  check(found >= 3, `three pairs are found, got ${found}`);
  const page = await world.person("hoa", "officer", "Tà Rụt", { shown: "Hồ Thị Hoa" });
  await page.click("text=Xử lý nghi trùng");
  const all = await left(page);
  same(all, found, "the count is true");
  await world.lookBoth(page, "pair");

  // Keys alone: a side for a field, the sentence follows, one child.
  const name = (await page.locator("tbody tr").first().innerText()).split("\n")[0];
  check(name.includes("Họ và tên"), "the name comes first");
  let strokes = 0;
  const press = async (key) => {
    strokes += 1;
    await page.keyboard.press(key);
  };
  const choices = await page.locator("[data-line]").count();
  check(choices > 0, "something has to be chosen");
  const before = await page.locator("#se").innerText();
  await press("j");
  await press("2");
  await page.waitForFunction((before) => document.querySelector("#se").innerText !== before, before);
  check(/Lấy theo hồ sơ \(2\)/.test(await page.locator("#se").innerText()), "the sentence follows the choice");
  await world.look(page, "picked");
  await press("m");
  await page.waitForURL("**/duplicates?said=same");
  same(await left(page), all - 1, "the next one comes by itself");
  world.tell(`a pair compared, one field chosen, merged: ${strokes} keystrokes`);
  await press("t");
  await page.waitForURL("**/duplicates?said=twins");
  await press("l");
  await page.waitForURL("**/duplicates?said=later");
  check(await page.getByText("việc đã để sau").isVisible(), "put off, it is still there");
  await world.look(page, "later");
  // Single letters can be switched off.
  await page.evaluate(() => localStorage.setItem("treem-keys", "off"));
  await page.keyboard.press("x");
  await page.keyboard.press("2");
  same(new URL(page.url()).search, "?said=later", "nothing happens");
  await page.evaluate(() => localStorage.removeItem("treem-keys"));

  // What was merged is parted again, after it is said what that does.
  await page.goto("/duplicates/done");
  await world.lookBoth(page, "done");
  await page.locator("a", { hasText: "Tách…" }).first().click();
  await world.lookBoth(page, "unmerge");
  await page.fill("[name=why]", "hai chị em họ");
  await page.click("main button[type=submit]");
  check(await page.getByText("Đã tách hồ sơ").first().isVisible(), "parted");
  await page.locator("button", { hasText: "Bỏ điều đã ghi" }).first().click();
  await page.goto("/duplicates");
  same(await left(page), all, "all of them wait again");

  // Without scripts, on a phone: the sentence is right when the page comes, and after asking for it.
  const phone = await world.person("lan", "officer", "Tà Rụt", { shown: "Hồ Thị Lan", size: PHONE, scripts: false });
  await phone.goto("/duplicates");
  const line = phone.locator("[data-line]").first();
  await line.locator("input[value='1']").check();
  await phone.click("button[value=look]");
  check(/Lấy theo hồ sơ \(2\)/.test(await phone.locator("#se").innerText()), "right without scripts");
  check(await phone.locator("[data-line]").first().locator("input[value='1']").isChecked(), "what was picked stays");
  // Somebody else answers in between: it is said, nothing is written over.
  await page.goto(new URL(phone.url()).pathname);
  await page.click("button[value=apart]");
  await page.waitForURL("**/duplicates?said=apart");
  await phone.click("button[value=same]");
  check(await phone.getByText("không còn chờ nữa").first().isVisible(), "somebody was faster");
  await phone.goto("/duplicates");
  for (let n = 0; n < all - 1; n += 1) {
    await phone.click("button[value=apart]");
    await phone.waitForURL("**/duplicates?said=apart");
  }
  check(await phone.getByText("Không còn việc nào chờ").isVisible(), "an empty queue says what being done means");
  await world.photograph(phone, "empty-390");
  // Looked for again, nothing new is found: what was said is remembered.
  await page.goto("/duplicates");
  await page.click("text=Tìm lại các cặp nghi trùng trong sổ");
  await page.waitForURL("**/duplicates");
  check(await page.getByText("Không còn việc nào chờ").isVisible(), "nobody is asked twice");
  await world.look(page, "empty");
}
