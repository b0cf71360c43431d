// The province lead asks why and when: a commune that entered special children alone stands out, the list behind it has as many children as
// the sentence says; charts with their tables; nobody of a commune sees another's evidence; a deadline says what each week has to bring.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LAPTOP, PHONE, check, same } from "../world.mjs";

// Eight communes of today. In each 64 children; Ba Lòng has entered only those in special circumstances.
const COMMUNES = ["Xã Tà Rụt", "Xã La Lay", "Xã Ba Lòng", "Xã Hướng Hiệp", "Xã Đakrông", "Xã Khe Sanh", "Xã Lao Bảo", "Xã Lìa"];
const FAMILY = ["Khăm", "Bốn", "Sáu", "Nghi", "Xuân", "Thiên", "Lễ", "Đoàn"];
const GIVEN = ["Mơ", "Lan", "Hoa", "Thảo", "Khương", "Đức", "Minh", "Sơn", "Nhung", "Vân", "Quý", "Tâm", "Thu", "Bình", "Hải", "Dũng"];

function rows() {
  const out = [];
  COMMUNES.forEach((commune, nth) => {
    for (let child = 0; child < 64; child += 1) {
      const household = Math.floor(child / 2);
      const special = nth === 2 || child % 5 === 0;
      const year = 2011 + (child % 15);
      const month = String(1 + ((child + nth) % 12)).padStart(2, "0");
      const name = `Hồ ${child % 2 ? "Văn" : "Thị"} ${GIVEN[child % 16]} ${GIVEN[(child * 7 + nth) % 16]}`;
      const father = `Hồ Văn ${FAMILY[household % 8]} ${GIVEN[(household * 3) % 16]}`;
      out.push(`${name},${10 + (child % 18)}/${month}/${year},${child % 2 ? "Nam" : "Nữ"},Pa Cô,${father},Hồ Thị ${GIVEN[(household * 5) % 16]},${commune},Thôn ${1 + (household % 4)},H${nth}-${household},${special ? "Mồ côi cha hoặc mẹ" : ""}`);
    }
  });
  return out;
}

export const world = { rows: [], edition: "2025-07-01" };
const text = (page) => page.locator("main").innerText();

// As the page prints, without colour.
async function grey(world, page, what) {
  const tool = await page.context().newCDPSession(page);
  await tool.send("Emulation.setEmulatedVisionDeficiency", { type: "achromatopsia" });
  await page.emulateMedia({ media: "print" });
  await world.photograph(page, `${what}-print`);
  await page.emulateMedia({ media: null });
  await tool.send("Emulation.setEmulatedVisionDeficiency", { type: "none" });
}

export default async function (world) {
  const list = join(world.folder, "tre.csv");
  writeFileSync(list, `Họ và tên,Ngày sinh,Giới tính,Dân tộc,Họ tên cha,Họ tên mẹ,Xã,Thôn,Mã hộ,Hoàn cảnh\n${rows().join("\n")}\n`);
  world.cli("import", list, "--as-of", "2026-11-01");

  const lead = await world.person("tinh", "province", "Tỉnh Quảng Trị", { shown: "Nguyễn Thị Lãnh" });
  await lead.goto("/report/why");
  const said = await text(lead);
  const found = said.match(/Ba Lòng: (\d+) trong (\d+) trẻ đã nhập/);
  check(found, `Ba Lòng stands out: ${said}`);
  check(!/La Lay: |Khe Sanh: |Tà Rụt: /.test(said), "no other commune stands out");
  await world.lookBoth(lead, "why");
  same(await lead.locator("figure svg[role=group]").count(), 2, "pyramid and faults are drawn");
  const summary = lead.locator("#pyramid details summary");
  await summary.click();
  check(await lead.locator("#pyramid table").isVisible(), "the pyramid has its table");
  await grey(world, lead, "why");

  await lead.goto("/report/when?deadline=31/12/2030");
  check((await text(lead)).includes("Hạn của từng cấp"), "each level has its day");
  await world.lookBoth(lead, "when");
  await grey(world, lead, "when");
  await lead.goto("/report/when?deadline=khi+nao+xong");
  check((await text(lead)).includes("không đọc được"), "a day that is none is said");

  // The district's lead may see what the law guards; the list has as many children as the sentence says.
  const district = await world.person("huyen", "district", "Huyện Đa Krông", { shown: "Hồ Thị Huyện" });
  await district.goto("/report/why");
  const href = await district.locator("a[href*='kind=special']").getAttribute("href");
  check(!/Hồ|Mồ/.test(decodeURIComponent(href)), "no name in the address");
  await district.goto(href);
  check((await text(district)).includes(`${found[1]} trẻ, số liệu ngày`), "as many as the sentence says");
  same(await district.locator("tbody tr").count(), Number(found[1]), "children of the list");
  await world.lookBoth(district, "list");

  // An officer sees her own commune alone, also by the address of another's list.
  const officer = await world.person("bich", "officer", "Xã Tà Rụt", { shown: "Hồ Thị Bích", size: PHONE });
  await officer.goto("/report/why");
  check(!(await text(officer)).includes("Ba Lòng"), "nothing of another commune");
  await officer.setViewportSize(LAPTOP);
  const answer = await officer.goto(href);
  same(answer.status(), 403, "another commune's list");
}
