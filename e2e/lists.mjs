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
