// Who looks at more than one commune: the province lead sees both, goes down to one child; the auditor reads that they did, and can change
// nothing; the police see their commune and cannot edit.
import { check, same } from "../world.mjs";

export default async function (world) {
  const lead = await world.person("quang", "province", "", { shown: "Trần Văn Quảng" });
  await world.look(lead, "today");
  await lead.goto("/list");
  check(await lead.getByRole("link", { name: "Nguyễn Văn Gia Bảo" }).first().isVisible(), "a child of one commune");
  check(await lead.getByRole("link", { name: "Hồ Thị Nhung" }).first().isVisible(), "a child of the other");
  await world.lookBoth(lead, "list");
  await lead.getByRole("link", { name: "Nguyễn Văn Gia Bảo" }).first().click();
  await lead.waitForURL("**/child/**");
  const child = new URL(lead.url()).pathname;

  const auditor = await world.person("tin", "auditor", "", { shown: "Võ Văn Tín" });
  const refused = await auditor.goto(child);
  check([403, 404].includes(refused.status()), "the auditor sees no record");
  await auditor.goto("/admin/audit");
  check((await auditor.locator("main").innerText()).includes("quang"), "but reads who looked");
  await world.look(auditor, "audit");

  const police = await world.person("ben", "police", "Xã Tà Rụt", { shown: "Lê Văn Bền" });
  same((await police.goto(child)).status(), 404, "a child of another commune is not there for the police of this one");
  same((await police.goto("/entry")).status(), 403, "the police add nobody");
  same((await police.goto("/import")).status(), 403, "and import nothing");
  await police.goto("/today");
  await world.lookBoth(police, "police");
}
