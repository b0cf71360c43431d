// New children by household, with the keyboard alone: keys counted; Telex as a typing tool sends it; the browser killed in mid-typing; the guard;
// a photo beside the form; without scripts; on a phone.
import { chromium } from "playwright-core";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PASSWORD, PHONE, check, same } from "../world.mjs";

// What a typing tool (UniKey, Telex) sends for a text: the letter itself, or backspaces and the composed letters.
function telex(text) {
  const keys = [];
  for (const letter of text) {
    const parts = letter.normalize("NFD");
    if (parts.length === 1 && letter !== "đ" && letter !== "Đ") {
      keys.push(letter);
      continue;
    }
    const plain = letter === "đ" ? "d" : letter === "Đ" ? "D" : parts[0];
    keys.push(plain, "Backspace");
    // Two marks come in two steps: hat or horn first, then the tone.
    const middle = (plain + parts.slice(1, 2)).normalize("NFC");
    if (parts.length > 2) keys.push(middle, "Backspace");
    keys.push(letter);
  }
  return keys;
}

class Keys {
  // pause: milliseconds between two keys; a quick typist needs more than 60.
  constructor(page, pause = 0) {
    Object.assign(this, { page, pause, count: 0, moves: 0 });
  }
  // A key a person presses. A composed letter costs a person one or two keys more, never fewer than counted here.
  async press(...keys) {
    for (const key of keys) {
      this.count += 1;
      this.moves += 1;
      await this.page.keyboard.press(key);
    }
  }
  async type(text) {
    this.count += text.length;
    await this.page.keyboard.type(text);
  }
  async telex(text) {
    for (const key of telex(text)) {
      if (key !== "Backspace") this.count += 1;
      if (key.length === 1 && key.charCodeAt(0) > 127) await this.page.keyboard.insertText(key);
      else await this.page.keyboard.press(key === " " ? "Space" : key);
      if (this.pause) await this.page.waitForTimeout(this.pause);
    }
  }
}

const focused = (page) => page.evaluate(() => document.activeElement?.id ?? "");
const value = (page, id) => page.evaluate((id) => document.getElementById(id).value, id);

export default async function (world) {
  const page = await world.person("thoan", "officer", "Xã Tà Rụt", { shown: "Hồ Thị Thoan" });
  await page.goto("/entry");
  await world.lookBoth(page, "empty");

  // A household with two children, hands on the keys all the time.
  const keys = new Keys(page);
  const began = performance.now();
  let looked = 0;
  const look = async (both, what) => {
    const from = performance.now();
    await (both ? world.lookBoth(page, what) : world.look(page, what));
    looked += performance.now() - from;
  };
  same(await focused(page), "h-hamlet", "the first empty field has the focus, the commune is chosen");
  await keys.telex("A Đăng");
  await keys.press("Control+ArrowDown");
  await keys.telex("Hồ Văn Lực");
  await keys.press("Enter");
  await keys.type("1988");
  await keys.press("Control+ArrowDown");
  same(await focused(page), "h-mother", "Ctrl and the arrow go to the next line");
  await keys.telex("Hồ Thị Nguyễn");
  await keys.press("Enter");
  await keys.type("1990");
  await keys.press("Control+ArrowDown");
  same(await focused(page), "c1-name", "then to the first child");
  await keys.telex("Hồ Thị Ngượng");
  await keys.press("Enter");
  await keys.type("12032015");
  await keys.press("Enter");
  await keys.type("2");
  await keys.press("Enter");
  await keys.telex("Pa Cô");
  await keys.press("Enter");
  await keys.press("Enter", "Enter");
  same(await focused(page), "c2-name", "Enter in the last field makes a row");
  await keys.telex("Hồ Văn Đường");
  await keys.press("Enter");
  await keys.type("3/2017");
  await keys.press("Enter");
  await keys.type("1");
  await keys.press("Enter", "Enter", "Enter", "Enter");
  same(await focused(page), "c3-name", "and again");
  same(await value(page, "c1-name"), "Hồ Thị Ngượng", "no letter is lost to the typing tool");
  same(await value(page, "h-mother"), "Hồ Thị Nguyễn", "no letter is lost to the typing tool");
  same(await value(page, "c2-name"), "Hồ Văn Đường", "no letter is lost to the typing tool");
  await page.waitForFunction(() => document.getElementById("c1-birth").value === "12/03/2015");
  same(await value(page, "c1-sex"), "Nữ", "one key of the sex becomes a word once the field is left");
  await look(false, "typed");
  await keys.press("Enter");
  await keys.press("Enter");
  await page.waitForSelector("text=Xem lại trước khi lưu");
  await look(true, "check");
  await keys.press("Enter");
  await page.waitForSelector("text=Đã lưu vào sổ");
  world.tell(`a household with two children: ${keys.count} keys, ${keys.moves} of them not letters or digits of the data; ${((performance.now() - began - looked) / 1000).toFixed(1)} s of machine time`);
  await world.look(page, "saved");
  same(await value(page, "h-hamlet"), "A Đăng", "the hamlet is carried over");

  // A child who is in the book.
  await page.fill("[id='h-father']", "Hồ Văn Khăm");
  await page.fill("[id='h-mother']", "Hồ Thị Lia");
  await page.fill("[id='c1-name']", "Hồ Thị Mơ");
  await page.fill("[id='c1-birth']", "12032015");
  await page.focus("[id='c1-sex']");
  await page.waitForSelector(".treem-guess");
  same(await focused(page), "c1-sex", "the guard does not take the focus away");
  await world.lookBoth(page, "guard");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".govuk-error-summary");
  await world.look(page, "unanswered");
  await page.click(".govuk-error-summary a");
  await page.keyboard.press("Space");
  await page.click("[data-check]");
  await page.waitForSelector("text=bổ sung vào hồ sơ đã có của");
  await page.click("text=Lưu vào sổ");
  await page.waitForSelector("text=bổ sung");

  // A proposal for a name that was typed while the typing tool was off.
  await page.fill("[id='c1-name']", "Hoof Thij Mow");
  await page.focus("[id='c1-birth']");
  await page.click("text=Sửa thành Hồ Thị Mơ");
  same(await value(page, "c1-name"), "Hồ Thị Mơ", "a proposal is taken by its button");

  // A photo beside the form.
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAQAAAAGCAIAAABrW6giAAAAGklEQVR4nGP8z8DAwMDAxAADCBYTAwMDA8MAAB4EAQvL2bZZAAAAAElFTkSuQmCC", "base64");
  await page.setInputFiles("#paper", { name: "giay-khai-sinh.png", mimeType: "image/png", buffer: png });
  await page.waitForSelector("text=Đã kèm ảnh");
  await page.click("text=Xoay");
  await world.look(page, "paper");
  await page.goto("/entry/drafts");
  await world.lookBoth(page, "drafts");

  // A power cut: the browser is killed in mid-word; what was typed comes back.
  const folder = mkdtempSync(join(tmpdir(), "treem-cut-"));
  const options = { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"], baseURL: world.base, locale: "vi-VN" };
  const first = await chromium.launchPersistentContext(folder, options);
  const cut = first.pages()[0] ?? (await first.newPage());
  await world.signIn(cut, "thoan");
  await cut.waitForURL("**/today");
  await cut.goto("/entry");
  // The server is out of reach, too.
  await cut.route("**/entry/keep", (route) => route.abort());
  await cut.focus("[id='h-mother']");
  const typing = new Keys(cut, 60);
  await typing.telex("Hồ Thị Bưởi");
  await typing.press("Control+ArrowDown");
  await typing.telex("Hồ Văn Kiê");
  const { pid } = await (await first.browser()?.newBrowserCDPSession?.() ?? (await cut.context().newCDPSession(cut))).send("SystemInfo.getProcessInfo").then(
    ({ processInfo }) => ({ pid: processInfo.find((one) => one.type === "browser").id }),
    () => ({ pid: 0 }),
  );
  // The last key was pressed no longer ago than a quarter of a second: a disk of a busy machine.
  await cut.waitForTimeout(200);
  check(pid > 0, "the browser's own process is known");
  process.kill(pid, "SIGKILL");
  await first.close().catch(() => {});
  const second = await chromium.launchPersistentContext(folder, options);
  const back = second.pages()[0] ?? (await second.newPage());
  await world.signIn(back, "thoan");
  await back.waitForURL("**/today");
  await back.goto("/entry");
  await back.click("text=Khôi phục bản đang gõ dở");
  await back.waitForLoadState();
  same(await value(back, "h-mother"), "Hồ Thị Bưởi", "after the cut the mother is there");
  same(await value(back, "c1-name"), "Hồ Văn Kiê", "and the child up to the last letter");
  await second.close();
  rmSync(folder, { recursive: true, force: true });

  // Without scripts, on a phone.
  const phone = await world.page({ size: PHONE, scripts: false });
  await world.signIn(phone, "thoan", PASSWORD);
  await phone.goto("/entry");
  await phone.fill("[name='h.mother']", "Hồ Thị Xuân");
  await phone.fill("[name='c1.name']", "Hồ Văn Sang");
  await phone.fill("[name='c1.birth']", "05062019");
  await phone.fill("[name='c1.sex']", "1");
  await phone.click("text=Thêm dòng trẻ");
  await phone.fill("[name='c2.name']", "Hồ Thị Sáng");
  await phone.fill("[name='c2.birth']", "05062019");
  await phone.click("[data-check]");
  await phone.click("text=Lưu vào sổ");
  check(await phone.getByText("thêm 2 trẻ").first().isVisible(), "two children are saved without scripts");
}
