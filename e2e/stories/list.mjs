// The officer's day: the queues, the list behind a figure, a fix by its proposal, taken back, by keys, without scripts; one value for many;
// nobody of another commune; a second check by typing again.
import { PHONE, check, same } from "../world.mjs";

const text = (page) => page.locator("main").innerText();

export default async function (world) {
  const page = await world.person("bich", "officer", "Xã Tà Rụt", { shown: "Hồ Thị Bích" });
  await page.goto("/today");
  check(/Chưa có mã định danh\s+1/.test(await text(page)), "one child of the commune has no number; the other commune's is not counted");
  await world.lookBoth(page, "today");

  await page.click("a[href='/list?group=2']:has-text('Xem')");
  check((await text(page)).includes("1 trẻ · Sai định dạng số"), "the figure is the list");
  await page.goto("/list");
  check(!(await text(page)).includes("Nguyễn"), "nobody of another commune");
  await world.lookBoth(page, "list");

  // A fix by its proposal: seen first, done, taken back.
  let clicks = 0;
  const began = performance.now();
  const click = async (what) => { clicks += 1; await page.click(what); };
  await page.goto("/list?rule=id.zero-lost");
  await click("button:has-text('045216118220')");
  check((await text(page)).includes("45216118220"), "before and after are shown");
  await world.lookBoth(page, "preview");
  await click("button:has-text('Sửa 1 hồ sơ')");
  world.tell(`a fix by proposal: ${clicks} clicks, ${Math.round(performance.now() - began)} ms with two looks`);
  check((await text(page)).includes("Đã sửa"), "it is said to be done");
  await world.lookBoth(page, "fix");
  await page.click("button:has-text('Hoàn tác lượt này')");
  check((await text(page)).includes("Đã hoàn tác"), "it is taken back");

  // By keys: down to the row, the proposal, and the key that switches them off.
  await page.goto("/list?rule=id.zero-lost");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  check(await page.isChecked("input[name=child]"), "x ticks the row");
  await page.keyboard.press("f");
  await page.waitForURL("**/list/fix");
  await page.goto("/list");
  await page.keyboard.press("?");
  check(await page.locator("dialog[open]").isVisible(), "? lists the keys");
  await page.locator("[data-keys-switch]").uncheck();
  await page.click("dialog button:has-text('Đóng')");
  await page.keyboard.press("j");
  same(await page.locator(".treem-here").count(), 0, "switched off, a letter does nothing");

  // One value for those who have none, without scripts, on a phone.
  const phone = await world.page({ size: PHONE, scripts: false });
  await world.signIn(phone, "bich");
  await phone.goto("/list?rule=ethnicity.missing");
  await phone.click("summary:has-text('Điền một giá trị')");
  await phone.selectOption("#field", "ethnicity");
  await phone.fill("#text", "Pa Cô");
  await phone.click("button[value='value-all']");
  check((await text(phone)).includes("Pa Cô"), "the value is shown");
  await phone.click("button:has-text('Sửa 1 hồ sơ')");
  check((await text(phone)).includes("Đã sửa"), "done without scripts");
  await phone.goto("/list?rule=ethnicity.missing");
  check((await text(phone)).includes("Không có hồ sơ nào"), "an empty list says what it means");
  await world.photograph(phone, "empty-390");

  await page.goto("/list/then?what=3&day=26/11/2020");
  await world.lookBoth(page, "then");
  await page.goto("/list/fixes");
  await world.lookBoth(page, "fixes");
  await page.goto("/list/moves");
  await world.lookBoth(page, "moves");

  // Nothing happens to what was not ticked.
  await page.goto("/list?rule=id.zero-lost");
  await page.click("button:has-text('đã chọn') >> nth=0");
  check((await text(page)).includes("Chưa chọn hồ sơ nào"), "nothing ticked is said");

  // A commune held by one person: typed again, unseen.
  world.cli("fix", "check", "Xã Tà Rụt", "keyed", "--edition", "2024-06-13");
  await page.goto("/list?rule=id.zero-lost");
  await page.click("button:has-text('045216118220')");
  check((await text(page)).includes("nhập lại lần hai"), "the second check is said before");
  await page.click("button:has-text('Đề nghị sửa 1 hồ sơ')");
  await world.lookBoth(page, "keyed");
  check(!(await page.content()).includes("045216118220"), "what was typed is not to be seen");
  await page.fill("input[name=number]", "045216118229");
  await page.click("button:has-text('So với lần đầu')");
  check((await text(page)).includes("Không giống lần nhập đầu"), "another value does not pass");
  await page.goBack();
  await page.fill("input[name=number]", "045216118220");
  await page.click("button:has-text('So với lần đầu')");
  check((await text(page)).includes("Đã sửa"), "the same passes");
}
