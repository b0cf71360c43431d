// One's own account: a new password, the second factor from its picture to the first code, and a machine signed out from afar.
import { createHmac } from "node:crypto";
import { PASSWORD, check, same } from "../world.mjs";

// RFC 6238, as the app on a telephone does it.
function code(secret, at = Date.now()) {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const from = hash[19] & 15;
  return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export default async function (world) {
  const page = await world.person("thoan.taru", "officer", "Tà Rụt", { shown: "Hồ Thị Thoan" });
  const other = await world.page();
  await world.signIn(other, "thoan.taru");
  await page.goto("/account");
  await world.lookBoth(page, "home");
  await page.click("text=Đăng xuất ở đó");
  check(await page.getByText("Đã đăng xuất máy ấy").first().isVisible(), "the other machine is signed out");
  await other.goto("/account");
  same(new URL(other.url()).pathname, "/sign-in", "it is asked to sign in again");

  await page.click("text=Đổi mật khẩu");
  await page.fill("[name=old]", "khong phai mat khau");
  await page.fill("[name=password]", "mot cau khac de nho");
  await page.fill("[name=again]", "mot cau khac de nho");
  await page.click("main form button[type=submit]");
  check(await page.locator(".govuk-error-summary").isVisible(), "a wrong present password is said");
  await world.lookBoth(page, "password-wrong");
  await page.fill("[name=old]", PASSWORD);
  await page.fill("[name=password]", "mot cau khac de nho");
  await page.fill("[name=again]", "mot cau khac de nho");
  await page.click("main form button[type=submit]");
  await page.waitForURL("**/account?done=password");

  await page.click("text=Bật mã xác thực");
  const secret = await page.inputValue("[name=secret]");
  await world.lookBoth(page, "second");
  await page.fill("[name=code]", code(secret));
  await page.fill("[name=password]", "mot cau khac de nho");
  await page.click("main form button[type=submit]");
  await page.waitForURL("**/account?done=on");
  await world.look(page, "second-on");

  const again = await world.page();
  await world.signIn(again, "thoan.taru", "mot cau khac de nho");
  same(new URL(again.url()).pathname, "/sign-in/code", "the code is asked for");
  await world.lookBoth(again, "code");
  // The code that turned it on is spent; the next one is taken, and its clock may be half a minute ahead.
  await again.fill("[name=code]", code(secret, Date.now() + 30_000));
  await again.click("main form button[type=submit]");
  await again.waitForURL("**/today");
}
