// Văn bản: the province lead reads the letter, sets a target, edits the template and sees its mistake; a printed table is compared; a list is
// saved and followed; the commune officer sees the own commune alone.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, same } from "../world.mjs";

const LETTER = `Đơn vị\tSố trẻ em hiện có\tĐã nhập\tTỷ lệ (%)\tCòn thiếu
Tà Rụt\t1.250\t4\t0,33\t1.246
Húc Nghì\t40\t1\t2,50\t39
Tổng cộng\t1.290\t5\t0,39\t1.284`;

export default async function (world) {
  const heads = join(world.folder, "so-tre.csv");
  writeFileSync(heads, "unit,headcount,date,source,population,population_date\n19588,1250,2024-06-03,BC 12,2400,2024-04-01\n19582,40,2024-06-03,BC 13,600,2024-04-01\n");
  world.cli("headcount", "load", heads, "--edition", "2024-06-13");

  const lead = await world.person("tinh", "province", null, { shown: "Nguyễn Thị Hòa" });
  await lead.goto("/letter?day=13/6/2024");
  await lead.getByText("Bước 1:").waitFor();
  await world.lookBoth(lead, "home");
  const [docx] = await Promise.all([lead.waitForEvent("download"), lead.click("text=Tải DOCX để sửa")]);
  same(docx.suggestedFilename(), "cong-van-2024-06-13.docx", "the file says what and of which day");

  // A target, behind, with the doubt about the headcount beside it.
  const targets = join(world.folder, "chi-tieu.csv");
  writeFileSync(targets, "unit,measure,amount,day,decided_by\n19588,đã nhập,95%,1/6/2024,Kế hoạch 24/KH-UBND\n");
  await lead.goto("/letter/targets");
  await world.lookBoth(lead, "targets-empty");
  await lead.setInputFiles("#file", targets);
  await lead.selectOption("#danh-muc-tep", "2020-01-01");
  await lead.click("form[action='/letter/targets/load'] button");
  await lead.waitForURL("**/letter/targets?**");
  await world.lookBoth(lead, "targets");
  await lead.goto("/letter?day=13/6/2024&kind=commune");
  check(await lead.getByText("BẢNG VIỆC VỀ DỮ LIỆU TRẺ EM").first().isVisible(), "a sheet a commune");
  await world.lookBoth(lead, "communes");

  // The template: a mistake is said with its line.
  await lead.goto("/letter/templates");
  await world.lookBoth(lead, "templates");
  await lead.goto("/letter/templates/edit?name=letter");
  const text = await lead.inputValue("#text");
  await lead.fill("#text", text.replace("{số trẻ chưa nhập}", "{số trẻ chưa nhâp}"));
  await lead.click("text=Kiểm tra và xem thử");
  check(await lead.getByText("có phải {số trẻ chưa nhập} không?").isVisible(), "what is meant is said");
  await world.lookBoth(lead, "template-wrong");
  await lead.fill("#text", text.replace("tương đối tốt", "khá tốt"));
  await lead.click("text=Kiểm tra và xem thử");
  await lead.getByText("Bản xem thử").waitFor();
  await world.lookBoth(lead, "template");
  await lead.click("text=Lưu mẫu");
  await lead.waitForURL("**/letter/templates?told=kept");
  await lead.goto("/letter?day=13/6/2024");
  check(await lead.getByText("khá tốt").first().isVisible(), "the letter says what the template says");

  // A table somebody printed.
  await lead.goto("/letter/compare");
  await world.lookBoth(lead, "compare-empty");
  await lead.fill("#text", LETTER);
  await lead.fill("#day", "13/6/2024");
  await lead.click("form[action='/letter/compare'] button");
  check(await lead.getByText("không khớp với chính bảng").first().isVisible(), "the slip is found");
  await world.lookBoth(lead, "compare");

  // A list that is followed.
  await lead.goto("/letter/cohorts");
  await world.lookBoth(lead, "cohorts-empty");
  await lead.fill("#name", "Chưa chuẩn hóa 13/6/2024");
  await lead.click("form[action='/letter/cohorts'] button");
  await lead.waitForURL("**/letter/cohorts/*");
  await world.lookBoth(lead, "cohort");
  await lead.goto("/letter/cohorts");
  await world.lookBoth(lead, "cohorts");

  // The officer of a commune has the own commune, and no button to keep a template.
  const officer = await world.person("canbo", "officer", "Xã Tà Rụt", { shown: "Hồ Thị Thoan" });
  await officer.goto("/letter?day=13/6/2024");
  same(await officer.locator("#unit option").count(), 1, "one area to choose");
  await world.lookBoth(officer, "officer");
}
