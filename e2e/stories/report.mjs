// The lead of a province opens one page: who lags stands first, every figure leads to exactly the children it counts, a unit leads to its
// communes and hamlets, the headcount to its signer; a commune officer sees the own commune alone.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, same } from "../world.mjs";

const COMMUNES = ["Xã Tà Rụt", "Xã Húc Nghì", "Xã A Ngo"];

function rows() {
  const out = [];
  COMMUNES.forEach((commune, nth) => {
    for (let child = 0; child < 12 + nth * 6; child += 1) {
      const year = 2010 + (child % 13);
      const girl = child % 2;
      const number = child % 4 === 0 ? "" : `045${girl ? 3 : 2}${String(year % 100)}${String(1000 + nth * 100 + child).padStart(6, "0")}`;
      out.push(`Hồ ${girl ? "Thị" : "Văn"} ${["Mơ", "Lan", "Sơn", "Minh", "Hải", "Thu"][child % 6]} ${["An", "Bình", "Quý"][child % 3]},${10 + (child % 18)}/0${1 + (child % 9)}/${year},${girl ? "Nữ" : "Nam"},Pa Cô,${number},Hồ Thị Lá,${commune},Thôn ${1 + (child % 3)}`);
    }
  });
  return out;
}

export const world = { rows: [] };

// What a link of the table says, and how many children are behind it.
async function behind(page, link) {
  const said = Number((await link.innerText()).replaceAll(".", ""));
  await link.click();
  let count = 0;
  for (;;) {
    count += await page.locator("main tbody tr").count();
    const next = page.locator("a[rel=next]");
    if (await next.count() === 0) break;
    await next.click();
  }
  return [said, count];
}

export default async function (world) {
  const list = join(world.folder, "tre.csv");
  writeFileSync(list, `Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên mẹ,Xã,Thôn\n${rows().join("\n")}\n`);
  world.cli("import", list, "--as-of", "2024-06-13");
  const counts = join(world.folder, "so.csv");
  writeFileSync(counts, "unit,headcount,date,source,signed_by\n19588,60,2024-06-03,báo cáo xã,Hồ Văn Lâm\n19582,20,2024-06-03,báo cáo xã,Hồ Thị Sen\n");
  world.cli("headcount", "load", counts, "--edition", "2024-06-13");

  const lead = await world.person("tinh", "province", "Tỉnh Quảng Trị", { shown: "Nguyễn Thị Lãnh" });
  await lead.goto("/report?day=13/6/2024&edition=2024-06-13&level=commune");
  const first = await lead.locator("table.treem-report tbody tr").first().innerText();
  check(first.includes("Tà Rụt"), `who lags most stands first: ${first}`);
  await world.lookBoth(lead, "report");
  same(await lead.locator("figure svg[role=group]").count(), 2, "coverage and the four steps are drawn");
  for (const label of ["Trên phần mềm", "Đã chuẩn hóa", "Đủ thông tin", "Còn phải làm sạch"]) {
    await lead.goto("/report?day=13/6/2024&edition=2024-06-13&level=commune");
    const link = lead.locator("table.treem-report tbody tr", { hasText: "Tà Rụt" }).locator(`td[data-label="${label}"] a`);
    const [said, count] = await behind(lead, link);
    check(said > 0, `${label} is no empty figure`);
    same(count, said, `${label} are these children`);
  }
  await world.lookBoth(lead, "report-children");
  await lead.goto("/report?day=13/6/2024&edition=2024-06-13&level=commune");
  await lead.locator("table.treem-report tbody tr", { hasText: "Tà Rụt" }).locator('td[data-label="Hiện có"] a').click();
  check((await lead.locator("main").innerText()).includes("Hồ Văn Lâm"), "the headcount says who signed");
  await world.lookBoth(lead, "report-headcount");

  // Down: the commune, its hamlets.
  await lead.goto("/report?day=13/6/2024&edition=2024-06-13&level=commune&compare=1/1/2024");
  await lead.locator("table.treem-report tbody th a", { hasText: "Tà Rụt" }).click();
  const hamlets = await lead.locator("table.treem-report").innerText();
  check(["Thôn 1", "Thôn 2", "Thôn 3"].every((hamlet) => hamlets.includes(hamlet)), "hamlets stand below their commune");
  check(hamlets.includes("+12"), "against a day before there was nothing");
  const [said, count] = await behind(lead, lead.locator("table.treem-report tbody tr", { hasText: "Thôn 1" }).locator('td[data-label="Trên phần mềm"] a'));
  same(count, said, "the children of a hamlet");
  await lead.goto("/report?day=không+phải+ngày");
  await world.lookBoth(lead, "report-wrong");
  check((await lead.locator("main").innerText()).includes("Ngày số liệu viết như"), "what cannot be read is said beside the field");

  const officer = await world.person("canbo.taru", "officer", "Xã Tà Rụt", { shown: "Hồ Thị Thoan" });
  await officer.goto("/report?day=13/6/2024&edition=2024-06-13");
  const own = await officer.locator("main").innerText();
  check(own.includes("Tà Rụt") && !own.includes("Húc Nghì"), "an officer sees the own commune alone");
  await world.lookBoth(officer, "report-officer");
}
