// Keeping the system: an account is made, given a role and locked; headcounts, rules, units and a backup are looked after; the auditor
// sees all of it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, same } from "../world.mjs";

export default async function (world) {
  const admin = await world.person("admin", "administrator", null, { shown: "Lê Thị Hạnh" });
  await admin.goto("/admin");
  await world.lookBoth(admin, "home");

  // An account with its link.
  await admin.click(".treem-doors a[href='/admin/accounts']");
  await admin.waitForURL("**/admin/accounts");
  await world.lookBoth(admin, "accounts");
  await admin.click("text=Lập tài khoản");
  await admin.click("main form button[type=submit]");
  check(await admin.locator(".govuk-error-summary").isVisible(), "an empty form says what is missing");
  await world.lookBoth(admin, "accounts-new-wrong");
  await admin.fill("[name=shown]", "Hồ Thị Thoan");
  await admin.fill("[name=name]", "thoan.taru");
  await admin.fill("[name=office]", "UBND xã Tà Rụt");
  await admin.selectOption("[name=role]", "officer");
  await admin.selectOption("[name=area]", { index: 20 });
  await admin.click("main form button[type=submit]");
  const link = (await admin.inputValue("#lien-ket")).trim();
  check(/\/welcome\/[0-9a-f]{64}$/.test(link), `the link is shown: ${link}`);
  await world.lookBoth(admin, "accounts-link");
  await admin.click("text=Xong, xem tài khoản");
  await world.lookBoth(admin, "accounts-one");
  await admin.click("text=Khóa tài khoản");
  check(await admin.getByText("Đã khóa tài khoản").first().isVisible(), "it is locked");
  await admin.goto("/admin/accounts/tokens");
  await world.lookBoth(admin, "tokens");

  // Headcounts: a file, then one figure.
  const file = join(world.folder, "so-tre.csv");
  writeFileSync(file, "unit,headcount,population,population_date\n19588,1250,4100,2024-04-01\n19585,2900,4000,2024-04-01\n");
  await admin.goto("/admin/headcounts");
  await world.lookBoth(admin, "headcounts-empty");
  await admin.setInputFiles("#file", file);
  await admin.fill("#ngay-tep", "3/6/2024");
  await admin.fill("#danh-muc", "13/6/2024");
  await admin.fill("#nguon-tep", "Báo cáo 12/BC-UBND");
  await admin.click("form[action='/admin/headcounts/load'] button");
  await admin.waitForURL("**/admin/headcounts?**");
  await world.lookBoth(admin, "headcounts");

  // A backup, and that it can be restored.
  await admin.goto("/admin/backup");
  await world.look(admin, "backup-empty");
  await admin.click("form[action='/admin/backup/take'] button");
  await admin.locator("form[action='/admin/backup/drill'] button").first().click();
  await admin.getByText("bản sao lưu dùng được").first().waitFor();
  await world.lookBoth(admin, "backup");

  // Rules: what a file would do, then publish it.
  await admin.goto("/admin/rules");
  await world.lookBoth(admin, "rules");
  await admin.click("summary:has-text('Thử và ban hành')");
  await admin.fill("#text", 'required = ["phone"]\n');
  await admin.click("text=Xem bao nhiêu trẻ sẽ mắc lỗi");
  await world.lookBoth(admin, "rules-preview");
  await admin.click("form[action='/admin/rules/publish'] button");
  await admin.waitForURL("**/admin/rules?published=1");
  await world.look(admin, "rules-published");

  // Units: looked up, a reform looked at, done, taken back.
  await admin.goto("/admin/units");
  await world.lookBoth(admin, "units");
  await admin.fill("#what", "Tà Rụt");
  await admin.press("#what", "Enter");
  await world.look(admin, "units-found");
  await admin.locator("form[action='/admin/units/preview'] button").click();
  await world.lookBoth(admin, "units-preview");
  await admin.locator("form[action='/admin/units/reform'] button").click();
  await admin.waitForURL("**/admin/units?done=reform**");
  await admin.click("text=Xem trước khi hoàn tác");
  await world.look(admin, "units-undo");
  await admin.click("text=Hoàn tác lần sắp xếp");
  await admin.waitForURL("**/admin/units?done=undo**");
  await world.look(admin, "units-undone");

  // What the administrator may not.
  const refused = await admin.goto("/admin/audit");
  same(refused.status(), 403, "the log is not the administrator's");
  await world.look(admin, "refused");

  const auditor = await world.person("kiemtra", "auditor", null, { shown: "Trần Văn Nam" });
  await auditor.goto("/admin/audit");
  check(await auditor.locator("tbody .govuk-tag--red").first().isVisible(), "the refusal is in the log");
  await world.lookBoth(auditor, "audit");
  await auditor.selectOption("#log", "chain");
  await auditor.click("main form button:has-text('Lọc')");
  check(await auditor.locator("tbody td:has-text('khóa tài khoản')").first().isVisible(), "so is who locked the account");
  await world.lookBoth(auditor, "audit-chain");
  await auditor.click("text=Kiểm tra nhật ký còn nguyên vẹn");
  check(await auditor.getByText("Nhật ký còn nguyên vẹn").first().isVisible(), "the chain is whole");
  await world.look(auditor, "audit-checked");
}
