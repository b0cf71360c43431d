// On paper: approved on paper, handed over with a receipt, keyed by the officer, blind twice where the unit asks for it; a scan of the wet
// signature as evidence; handed back by minutes; applied and taken back.
import { check, same } from "../world.mjs";
import { draw, key, people, press, rowCode, text, uploadSigned } from "../lists.mjs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");

export default async function (world) {
  world.cli("fix", "check", "Xã Tà Rụt", "keyed", "--edition", "2024-06-13");
  const { officer } = await people(world);
  const list = await draw(officer);
  await press(officer, list, "Trình lãnh đạo ngay");
  await officer.fill("#paper", "Danh sách 15/DS-UBND ngày 13/6/2024, Chủ tịch UBND xã ký");
  await world.lookBoth(officer, "approve");
  await officer.click("button:has-text('Ghi là đã duyệt')");
  check((await text(officer)).includes("Đã duyệt và chốt"), "closed by a paper");
  const [docx] = await Promise.all([officer.waitForEvent("download"), officer.click("a[href$='list.docx']")]);
  check(docx.suggestedFilename().endsWith(".docx"), "the list to be printed");
  await officer.check("#way-paper");
  await officer.click("main button:has-text('Chuyển Công an')");
  await officer.fill("#paper", "Biên nhận ngày 14/6/2024, Công an xã");
  await world.lookBoth(officer, "sent");
  await officer.click("button:has-text('Ghi là Công an đã tiếp nhận')");

  const codes = {};
  for (const name of ["Hồ Thị Nhung", "Hồ Văn Đức"]) codes[name] = await rowCode(officer, name);
  await officer.click("a:has-text('Gõ kết quả từ giấy')");
  await world.lookBoth(officer, "key");
  const type = (...typed) => key(officer, ...typed);
  await type(codes["Hồ Thị Nhung"], "2", "045318000611");
  check((await text(officer)).includes("đã gõ lần một"), "typed once");
  check(!(await officer.content()).includes("045318000611"), "the first is not to be seen");
  await type(codes["Hồ Thị Nhung"], "2", "045318000612");
  check((await text(officer)).includes("Hai lần gõ khác nhau"), "two that differ wait");
  await world.lookBoth(officer, "differs");
  await officer.locator("[id^=da]").fill("2");
  await officer.locator("[id^=dv]").fill("045318000611");
  await officer.locator("[id^=dy]").fill("xem lại giấy: số cuối là 1");
  await officer.click("button:has-text('Chọn kết quả này')");
  check((await text(officer)).includes("Đã cung cấp mã định danh"), "settled");
  await type(codes["Hồ Văn Đức"], "4");
  await type(codes["Hồ Văn Đức"], "4");
  check((await text(officer)).includes("đã ghi “Không tìm thấy"), "twice alike holds");
  await type("77", "4");
  check((await officer.locator(".govuk-error-summary").count()) === 1, "a row that is not there is said");
  same(await officer.locator("#row").inputValue(), "77", "and stays");
  await world.lookBoth(officer, "no-row");

  await officer.goto(`/handover/${list}`);
  await officer.click("button:has-text('Đối chiếu xong')");
  const bad = join(world.folder, "khong-phai.pdf");
  writeFileSync(bad, "không phải chữ ký");
  await uploadSigned(officer, list, "police", bad);
  check((await text(officer)).includes("không phải chữ ký"), "what shows no signature is not kept");
  const scan = join(world.folder, "quet.png");
  writeFileSync(scan, PNG);
  await officer.check("#side-police");
  await officer.setInputFiles("#signed", scan);
  await world.lookBoth(officer, "evidence");
  await officer.click("button:has-text('Kiểm tra và giữ')");
  check((await text(officer)).includes("bản quét chữ ký tay"), "the scan is evidence");
  await officer.fill("#paper", "Biên bản bàn giao ngày 20/6/2024");
  await world.lookBoth(officer, "signed");
  await officer.click("button:has-text('Ghi là đã bàn giao lại')");
  await officer.click("a:has-text('Xem kết quả và cập nhật')");
  await world.lookBoth(officer, "apply");
  await officer.click("button:has-text('Cập nhật')");
  check((await text(officer)).includes("Đã cập nhật vào sổ"), "applied");
  await officer.goto(`/handover/${list}/undo`);
  await officer.fill("#why", "nhầm danh sách");
  await officer.click("button:has-text('Hủy cập nhật')");
  check((await text(officer)).includes("hồ sơ trở lại như trước"), "taken back");
  await world.lookBoth(officer, "undone");
}
