// What a story stands on: a register with invented children, people with a role each, the program serving it, pages at laptop and phone
// width.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const LAPTOP = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };
export const PASSWORD = "mat khau de thu nghiem 1";

export const check = (fact, what) => {
  if (!fact) throw new Error(`not so: ${what}`);
};
export const same = (got, wanted, what) => {
  if (got !== wanted) throw new Error(`${what}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
};

// Two communes of Đakrông; the officer's is Tà Rụt.
const HEAD = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn";
export const ROWS = [
  "Hồ Thị Mơ,12/03/2015,Nữ,,045315000217,Hồ Văn Khăm,Hồ Thị Lia,Xã Tà Rụt,A Đăng",
  "Hồ Văn Khương,05/07/2016,Nam,Pa Cô,45216118220,Hồ Văn Khăm,Hồ Thị Lia,Xã Tà Rụt,A Đăng",
  "Hồ Thị Nhung,01/01/2018,Nữ,Pa Cô,,Hồ Văn Bốn,Hồ Thị Xa,Xã Tà Rụt,A Pun",
  "Hồ Văn Đức,2017,Nam,Pa Cô,045217000318,,,Xã Tà Rụt,A Pun",
  "Kăn Thị Hoa,20/10/2014,Nam,Pa Cô,045314000419,Hồ Văn Sáu,Kăn Thị Lý,Xã Tà Rụt,A Vương",
  "Nguyễn Thị Bình An,15/08/2019,Nữ,Kinh,045319000520,Nguyễn Văn Hải,Trần Thị Thu,Xã Húc Nghì,Cựp",
  "Nguyễn Văn Gia Bảo,09/02/2020,Nam,Kinh,,Nguyễn Văn Hải,Trần Thị Thu,Xã Húc Nghì,Cựp",
];

export class World {
  constructor({ treem, browser, shots, name }) {
    Object.assign(this, { treem, browser, shots, name });
    this.told = [];
    this.pages = [];
    this.errors = [];
  }

  cli(...args) {
    return execFileSync(this.treem, args, { encoding: "utf8", env: { ...process.env, TREEM_DATA: this.data } });
  }

  async open({ rows = ROWS, asOf = "2024-06-13", edition = "2024-06-13" } = {}) {
    this.folder = mkdtempSync(join(tmpdir(), "treem-e2e-"));
    this.data = join(this.folder, "register.db");
    this.cli("init", "--province", "Quảng Trị", "--edition", edition);
    if (rows.length > 0) {
      const list = join(this.folder, "danh-sach.csv");
      writeFileSync(list, `${HEAD}\n${rows.join("\n")}\n`);
      this.cli("import", list, "--as-of", asOf);
    }
    this.server = spawn(this.treem, ["serve", "--listen", "127.0.0.1:0", "--json"], {
      env: { ...process.env, TREEM_DATA: this.data },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const line = await new Promise((done, fail) => {
      let text = "";
      this.server.stdout.on("data", (part) => {
        text += part;
        if (text.includes("\n")) done(text.split("\n")[0]);
      });
      this.server.on("exit", (code) => fail(new Error(`treem serve ended with ${code}`)));
    });
    const told = JSON.parse(line);
    this.base = told.address;
    this.firstLink = told.first_link;
  }

  async close() {
    for (const page of this.pages) await page.context().close().catch(() => {});
    if (this.server) {
      this.server.kill("SIGTERM");
      await new Promise((done) => (this.server.exitCode === null ? this.server.on("exit", done) : done()));
    }
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  // A fresh browser: nobody has signed in.
  async page({ size = LAPTOP, scripts = true } = {}) {
    const context = await this.browser.newContext({ viewport: size, javaScriptEnabled: scripts, locale: "vi-VN", baseURL: this.base });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (line) => line.type() === "error" && !/Failed to load resource/.test(line.text()) && this.errors.push(line.text()));
    this.pages.push(page);
    return page;
  }

  // Makes a person by the command line and signs in with the link they get.
  async person(name, role, unit, options = {}) {
    const args = ["people", "add", name, "--shown", options.shown ?? name, "--role", role, "--json"];
    if (unit) args.push("--unit", unit, "--edition", "2024-06-13");
    const { link } = JSON.parse(this.cli(...args));
    const page = await this.page(options);
    await page.goto(`/welcome/${link}`);
    await page.fill("[name=password]", PASSWORD);
    await page.fill("[name=again]", PASSWORD);
    await page.click("main button[type=submit]");
    await page.waitForURL("**/today");
    return page;
  }

  async signIn(page, name, password = PASSWORD) {
    await page.goto("/sign-in");
    await page.fill("[name=name]", name);
    await page.fill("[name=password]", password);
    await page.click("main button[type=submit]");
  }

  // No violation of WCAG 2.2 AA, no script error so far; then a picture of the whole page.
  async look(page, what) {
    if (this.errors.length > 0) throw new Error(`script errors: ${this.errors.join(" | ")}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(wide <= 1, `${what}: the page is ${wide} px wider than the window`);
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    const said = found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
    check(said.length === 0, `${what}: ${said.join("\n")}`);
    await this.photograph(page, what);
  }

  // The same at both widths.
  async lookBoth(page, what) {
    const was = page.viewportSize();
    for (const size of [LAPTOP, PHONE]) {
      await page.setViewportSize(size);
      await this.look(page, `${what}-${size.width}`);
    }
    await page.setViewportSize(was);
  }

  async photograph(page, what) {
    mkdirSync(this.shots, { recursive: true });
    await page.screenshot({ path: join(this.shots, `${this.name}-${what}.png`), fullPage: true });
  }

  async photographAll(what) {
    for (const [index, page] of this.pages.entries()) await this.photograph(page, `${what}-${index}`);
  }

  tell(line) {
    this.told.push(line);
  }
}
