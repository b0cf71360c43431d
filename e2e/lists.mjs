// What stories of the hand-over share: a list from the officer's hands to the police's.
import { check } from "./world.mjs";

export const text = (page) => page.locator("main").innerText();
const COMMUNE = "Xã Tà Rụt";

// The people of the commune, each with a page of their own.
export async function people(world) {
  return {
    officer: await world.person("bich", "officer", COMMUNE, { shown: "Hồ Thị Bích" }),
    leader: await world.person("lanhdao", "leader", COMMUNE, { shown: "Lê Văn Chủ" }),
    police: await world.person("congan", "police", COMMUNE, { shown: "Trần Văn An" }),
  };
}

export const codeOf = (page) => new URL(page.url()).pathname.split("/")[2];

// Draws a list of all children of the commune up; gives its code.
export async function draw(officer) {
  await officer.goto("/handover/draw");
  await officer.selectOption("#what", "all");
  await officer.click("button:has-text('Xem trước')");
  await officer.click("button:has-text('Lập danh sách')");
  await officer.waitForURL(/told=draw/);
  return codeOf(officer);
}

export async function press(page, list, words) {
  await page.goto(`/handover/${list}`);
  await page.click(`main button:has-text('${words}')`);
}

// From drawn up to the police's desk.
export async function send({ officer, leader }, list, way) {
  await press(officer, list, "Trình lãnh đạo");
  await press(leader, list, "Duyệt, chốt danh sách");
  check((await text(leader)).includes("Đã duyệt và chốt"), "the leader's word closes the list");
  await officer.goto(`/handover/${list}`);
  await officer.check(`#way-${way}`);
  await officer.click("main button:has-text('Chuyển Công an')");
  check((await text(officer)).includes("Công an xã"), "the police hold it now");
}

// The line of a child on the police's page.
export const line = (page, name) => page.locator("[data-answer-row]", { hasText: name });

// A file as it lies in a commune, through the pages: read, seen, into the register.
export async function importFile(officer, path, asOf) {
  await officer.goto("/import");
  await officer.fill("[name=as_of]", asOf);
  await officer.setInputFiles("[name=files]", path);
  await officer.click("text=Tải lên và đọc");
  await officer.waitForURL("**/columns");
  await officer.click("button:has-text('Xem trước')");
  await officer.waitForURL("**/preview");
  await officer.click("main button:has-text('vào sổ')");
  await officer.waitForURL(/\/import\/[0-9a-f-]+$/);
}

// The code of the sheet of a child's household.
export async function sheetOf(officer, list, name) {
  await officer.goto(`/handover/${list}/sheets`);
  return (await officer.locator("tr", { hasText: name }).locator("a").innerText()).trim();
}

// A child nobody knew of is typed on an open sheet.
export async function typeNew(page, { name, birth, sex }) {
  await page.click("summary:has-text('Trẻ chưa có trong danh sách')");
  await page.fill("#n-name", name);
  await page.fill("#n-birth", birth);
  await page.fill("#n-sex", sex);
}

// The code of the row of a child, from the page of the list.
export const rowCode = async (page, name) => (await page.locator("tr", { hasText: name }).locator(".treem-id").innerText()).trim();

// In the portal: the answer of a child by its key, with what goes beside it, kept.
export async function answer(police, name, keys) {
  await line(police, name).locator("[data-number]").focus();
  await police.keyboard.type(keys);
  if (keys.length > 1) await police.keyboard.press("Enter");
  await line(police, name).locator(".treem-police__kept").waitFor();
}

// From paper: code, Tab, answer, Enter: the whole line without the mouse.
export async function key(officer, code, answered, value = "") {
  await officer.locator("#row").focus();
  await officer.keyboard.type(code);
  await officer.keyboard.press("Tab");
  await officer.keyboard.type(answered);
  if (value) {
    await officer.keyboard.press("Tab");
    await officer.keyboard.type(value);
  }
  await Promise.all([officer.waitForNavigation(), officer.keyboard.press("Enter")]);
}

// What the police sent back as a table: it is read, and then written.
export async function sendBack(officer, list, file) {
  await officer.goto(`/handover/${list}`);
  await officer.setInputFiles("#file", file);
  await officer.click("button:has-text('Đọc bảng tính')");
  check((await text(officer)).includes("Chưa ghi gì"), "it is only read");
}

// A file with a signature of one side is uploaded.
export async function uploadSigned(page, list, side, file) {
  await page.goto(`/handover/${list}`);
  if (!(await page.locator("#signed").isVisible())) await page.click("summary:has-text('Tải lên bản đã ký')");
  await page.check(`#side-${side}`);
  await page.setInputFiles("#signed", file);
  await page.click("button:has-text('Kiểm tra và giữ')");
}

// How many wait in a queue of the day's work.
export async function waits(page, title) {
  await page.goto("/today");
  const row = page.locator("tr", { hasText: title }).first();
  return Number((await row.innerText()).match(/\t([\d.]+) /)[1].replace(".", ""));
}
