// The first start: one link, one administrator, no default password. Then in, wrong password, out, and a session that is over.
import { PASSWORD, PHONE, check, same } from "../world.mjs";

export default async function (world) {
  const page = await world.page();
  check(world.firstLink, "the program prints a link at its first start");
  await page.goto(world.firstLink);
  await world.lookBoth(page, "welcome");
  await page.fill("[name=password]", "ngan");
  await page.fill("[name=again]", "ngan");
  await page.click("main button[type=submit]");
  check(await page.getByText("ít nhất 12 ký tự").first().isVisible(), "a short password is refused with what is asked");
  await world.look(page, "welcome-wrong");
  await page.fill("[name=password]", PASSWORD);
  await page.fill("[name=again]", PASSWORD);
  await page.click("main button[type=submit]");
  await page.waitForURL("**/today");
  await world.lookBoth(page, "today");

  await page.goto(world.firstLink);
  check(await page.getByText("không còn dùng được").first().isVisible(), "the link works once");

  const other = await world.page({ size: PHONE, scripts: false });
  await other.goto("/today");
  same(new URL(other.url()).pathname, "/sign-in", "who has not signed in is asked to");
  await world.signIn(other, "quantri", "sai mat khau roi nhe");
  check(await other.getByText("không đúng").first().isVisible(), "a wrong password is said, without saying which of the two is wrong");
  await world.signIn(other, "quantri");
  same(new URL(other.url()).pathname, "/today", "the right one lets in, without scripts, too");
  await other.click("summary");
  await other.click("text=Đăng xuất");
  await other.goto("/today");
  same(new URL(other.url()).pathname, "/sign-in", "after signing out the session is over");
}
