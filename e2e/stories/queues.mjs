// The smaller queues of the day, each at both widths: a number two children hold, settled; a fix that waits for somebody above, approved; a household
// left half typed, taken up again; a row put right within the list.
import { check, same } from "../world.mjs";
import { text, waits } from "../lists.mjs";

// Two children of the commune hold one number; a third lost its zero.
export const world = {
  rows: [
    "Hồ Thị Mơ,12/03/2015,Nữ,,045315000217,Hồ Văn Khăm,Hồ Thị Lia,Xã Tà Rụt,A Đăng",
    "Hồ Thị Nhung,01/01/2015,Nữ,Pa Cô,045315000217,Hồ Văn Bốn,Hồ Thị Xa,Xã Tà Rụt,A Pun",
    "Hồ Văn Khương,05/07/2016,Nam,Pa Cô,45216118220,Hồ Văn Khăm,Hồ Thị Lia,Xã Tà Rụt,A Đăng",
    "Kăn Thị Hoa,20/10/2014,Nữ,Pa Cô,045314000419,Hồ Văn Sáu,Kăn Thị Lý,Xã Tà Rụt,A Vương",
  ],
};

export default async function (world) {
  const officer = await world.person("bich", "officer", "Xã Tà Rụt", { shown: "Hồ Thị Bích" });

  // A number two children hold.
  await officer.goto("/list/disputes");
  check((await text(officer)).includes("1 số"), "the number stands there with both");
  await world.lookBoth(officer, "disputes");
  await officer.click("tr:has-text('Hồ Thị Nhung') a:has-text('Sửa hoặc bỏ số')");
  await officer.waitForURL(/\/edit/);
  await world.lookBoth(officer, "dispute-edit");
  await officer.check("#d-number");
  await officer.click("main button:has-text('Xem')");
  await world.lookBoth(officer, "dispute-preview");
  await officer.click("main button:has-text('Ghi')");
  await officer.goto("/list/disputes");
  check((await text(officer)).includes("Không có số nào tranh chấp"), "it leaves the queue by itself");
  await world.lookBoth(officer, "disputes-none");

  // A fix that waits for somebody above.
  world.cli("fix", "check", "Xã Tà Rụt", "above", "--edition", "2024-06-13");
  await officer.goto("/list?rule=id.zero-lost");
  await officer.click("button:has-text('045216118220')");
  await officer.click("button:has-text('Đề nghị sửa 1 hồ sơ')");
  same(await waits(officer, "Đề nghị sửa chờ kiểm tra lần hai"), 1, "it waits");
  await officer.goto("/list/fixes?state=waits");
  await world.lookBoth(officer, "checks");
  await officer.click("tbody a");
  check((await text(officer)).includes("Chờ một người khác"), "nobody approves their own");
  await world.lookBoth(officer, "check-own");
  const above = await world.person("huyen", "district", "Huyện Đakrông", { shown: "Nguyễn Thị Hiền" });
  await above.goto("/list/fixes?state=waits");
  await above.click("tbody a");
  await world.lookBoth(above, "check");
  await above.click("button:has-text('Duyệt, sửa 1 hồ sơ')");
  check((await text(above)).includes("Đã"), "approved");
  await world.lookBoth(above, "checked");
  world.cli("fix", "check", "Xã Tà Rụt", "none", "--edition", "2024-06-13");

  // A household left half typed.
  await officer.goto("/entry/drafts");
  check((await text(officer)).includes("Không có hộ nào đang gõ dở"), "none yet");
  await world.lookBoth(officer, "drafts-none");
  await officer.goto("/entry");
  await officer.fill("[name='h.mother']", "Hồ Thị Thơ");
  const kept = officer.waitForResponse((answer) => {
    const body = answer.request().postData() ?? "";
    return answer.url().endsWith("/entry/keep") && (decodeURIComponent(body).includes("Lăng"));
  });
  await officer.fill("[name='c1.name']", "Hồ Văn Lăng");
  await officer.locator("[name='c1.name']").blur();
  await kept;
  await officer.goto("/entry/drafts");
  check((await text(officer)).includes("Hồ Văn Lăng"), "what was typed is there");
  await world.lookBoth(officer, "drafts");
  same(await waits(officer, "Hộ đang gõ dở"), 1, "and in the day's work");
  await officer.goto("/entry/drafts");
  await officer.click(".treem-drafts a");
  same(await officer.inputValue("[name='c1.name']"), "Hồ Văn Lăng", "taken up where it was left");

  // A row put right within the list.
  await officer.goto("/list?rule=ethnicity.missing");
  await officer.keyboard.press("j");
  await officer.keyboard.press("e");
  const cell = officer.locator("[data-cell] input.govuk-input").first();
  await cell.waitFor();
  await world.lookBoth(officer, "row");
  await cell.fill("Không Có");
  await officer.click("[data-cell] button:has-text('Xem trước')");
  await officer.locator("[data-cell] .govuk-error-message, [data-cell] li").first().waitFor();
  await world.lookBoth(officer, "row-wrong");
  await officer.locator("[data-cell] input.govuk-input").first().fill("Pa Cô");
  await officer.click("[data-cell] button:has-text('Xem trước') >> nth=-1");
  await officer.locator("[data-cell] button:has-text('Ghi')").waitFor();
  await world.lookBoth(officer, "row-preview");
  await officer.click("[data-cell] button:has-text('Ghi')");
  await officer.locator("[data-cell] [role=status]").waitFor();
  await world.lookBoth(officer, "row-done");
}
