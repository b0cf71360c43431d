// Search from anywhere by one key, without marks, without scripts too; the keys of a page, and how they are switched off.
import { PHONE, check, same } from "../world.mjs";

export default async function (world) {
  const page = await world.person("bich", "officer", "Xã Tà Rụt", { shown: "Hồ Thị Bích" });
  await page.keyboard.press("/");
  same(await page.evaluate(() => document.activeElement.name), "what", "the key / goes to the search");
  await page.keyboard.type("ho thi n");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/find");
  check(!page.url().includes("ho"), "what is looked for is in no address");
  check(await page.getByRole("link", { name: "Hồ Thị Nhung" }).first().isVisible(), "found without marks");
  same(await page.getByText("Nguyễn Thị Bình An").count(), 0, "nobody of another commune");
  await world.lookBoth(page, "found");

  await page.locator("body").press("?");
  check(await page.getByRole("dialog").isVisible(), "the key ? lists the keys");
  await page.getByLabel("Dùng phím một chữ").uncheck();
  await page.getByRole("dialog").getByRole("button", { name: "Đóng" }).click();
  await page.goto("/list");
  await page.locator("h1").click();
  await page.keyboard.press("j");
  same(await page.locator(".treem-here").count(), 0, "single letters are switched off");
  await page.locator("body").press("?");
  await page.getByLabel("Dùng phím một chữ").check();
  await page.getByRole("dialog").getByRole("button", { name: "Đóng" }).click();
  await page.keyboard.press("j");
  same(await page.locator(".treem-here").count(), 1, "and on again");

  const phone = await world.page({ size: PHONE, scripts: false });
  await world.signIn(phone, "bich");
  await phone.fill("[name=what]", "045315000217");
  await phone.press("[name=what]", "Enter");
  check(await phone.getByRole("link", { name: "Hồ Thị Mơ" }).first().isVisible(), "by number, without scripts, on a phone");
  check(!phone.url().includes("045"), "the number is in no address");
  await phone.fill("[name=what]", "khong co ai ten nay");
  await phone.press("[name=what]", "Enter");
  check((await phone.locator("main").innerText()).length > 40, "who is not found is said, with what to do");
  await world.photograph(phone, "nobody-390");
}
