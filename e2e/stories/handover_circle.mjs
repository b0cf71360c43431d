// The whole circle: a commune's bad list → household sheets → a child nobody knew of → sealed → one answered in the portal, one by workbook, one
// on paper → signed on the police's own token (openssl), uploaded → applied; the register and the counts say so.
import { PHONE, check, same } from "../world.mjs";
import { answer, draw, importFile, key, people, press, rowCode, send, sendBack, sheetOf, text, typeNew, uploadSigned, waits } from "../lists.mjs";
import { Office } from "../office.mjs";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const world = { rows: [] };

// As it lies in the office: Unicode in two forms, a number without its zero, none, a sex that contradicts it.
const BAD = [
  "STT;HỌ VÀ TÊN;Ngày tháng năm sinh;Nam/Nữ;Dân tộc;Mã định danh;Họ tên bố;Họ tên mẹ;Xã;Thôn",
  `1;${"HỒ THỊ DĂM".normalize("NFD")};07.03.2016;Nữ;Pa Cô;;Hồ Văn Xuân;Hồ Thị Thơ;Xã Tà Rụt;A Đăng`,
  "2;hồ  văn lăng;9/11/2018;Nam;Pa Cô;45218000733;Hồ Văn Xuân;Hồ Thị Thơ;Xã Tà Rụt;A Đăng",
  "3;Kăn Thị Mai;21/01/2017;Nữ;Pa Cô;;Kăn Văn Rô;Hồ Thị Vui;Xã Tà Rụt;A Pun",
  "4;Hồ Văn Thể;02/05/2015;Nam;Pa Cô;;Hồ Văn Quê;Kăn Thị Sa;Xã Tà Rụt;A Vương",
].join("\n");

const DAY = "13/6/2024";

export default async function (world) {
  const office = new Office(world);
  office.give("police", "/C=VN/O=Công an xã Tà Rụt/CN=Trần Văn An");
  office.give("officer", "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Thị Bích");
  const all = await people(world);
  const { officer, police } = all;

  // The bad list.
  const file = join(world.folder, "ds A Đăng moi sua.csv");
  writeFileSync(file, BAD);
  await importFile(officer, file, DAY);
  same(await waits(officer, "Chưa có mã định danh"), 3, "three have no number");
  same(await waits(officer, "Sai định dạng số"), 1, "one lost its zero");
  const list = await draw(officer);
  await press(officer, list, "Đưa đi rà soát tại hộ");

  // At the household, on a phone.
  const sheet = await sheetOf(officer, list, "Hồ Thị Dăm");
  const phone = await world.person("lanh", "collaborator", "Xã Tà Rụt", { shown: "Hồ Văn Lành", size: PHONE });
  await phone.goto(`/handover/sheet/${sheet}`);
  check((await text(phone)).includes("Hồ Văn Lăng"), "brother and sister stand on one sheet");
  await typeNew(phone, { name: "Hồ Văn Út", birth: "11022023", sex: "1" });
  await world.look(phone, "sheet-390");
  await phone.click("button:has-text('Ghi phiếu')");
  check((await text(phone)).includes("có thêm trẻ mới"), "written");

  // Sealed and sent: the new child is on it.
  await officer.goto(`/handover/${list}`);
  check((await text(officer)).includes("5 trẻ"), "the child found at home stands on the list");
  await world.lookBoth(officer, "found");
  await send(all, list, "portal");
  const [down] = await Promise.all([officer.waitForEvent("download"), officer.click("a:has-text('để ký số rời')")]);
  const sealed = join(world.folder, "noi-dung.txt");
  await down.saveAs(sealed);
  check(readFileSync(sealed, "utf8").includes("Hồ Văn Út"), "what is signed holds the rows");

  // One in the portal.
  await press(police, list, "Tiếp nhận và đối chiếu");
  await police.waitForURL(/\/answer/);
  await answer(police, "Hồ Thị Dăm", "045316000811");
  await world.lookBoth(police, "portal");
  // One by the workbook.
  await officer.goto(`/handover/${list}`);
  const lang = await rowCode(officer, "Hồ Văn Lăng");
  const mai = await rowCode(officer, "Kăn Thị Mai");
  const back = join(world.folder, "tra-ve.csv");
  writeFileSync(back, `Kết quả;Mã dòng;Số định danh\nđã cấp số;${mai};045317000812\n`);
  await sendBack(officer, list, back);
  await officer.click("button:has-text('Ghi các dòng')");
  // One on paper.
  await officer.goto(`/handover/${list}/key`);
  await key(officer, lang, "2", "045218000733");
  check((await text(officer)).includes("đã ghi “Đã cung cấp mã định danh”"), "keyed from paper");
  await officer.goto(`/handover/${list}`);
  await officer.click("button:has-text('Đối chiếu xong (3/5')");

  // Signed by the police on their token; the commune signs, too. A signature of something else is none.
  const other = join(world.folder, "khac.txt");
  writeFileSync(other, "danh sách khác");
  await uploadSigned(police, list, "police", office.sign("police", other));
  check((await text(police)).includes("đã bị sửa"), "a signature over something else is told");
  await world.lookBoth(police, "tampered");
  await uploadSigned(police, list, "police", office.sign("police", sealed));
  check((await text(police)).includes("Công an đã ký"), "the signature is the step");
  check((await text(police)).includes("Trần Văn An"), "and says who signed");
  await uploadSigned(officer, list, "commune", office.sign("officer", sealed));
  check((await text(officer)).includes("Hồ Thị Bích"), "the commune's signature lies beside it");
  await world.lookBoth(officer, "signed");
  await press(police, list, "Bàn giao lại");

  // Applied: register and counts.
  await officer.goto(`/handover/${list}/apply`);
  check((await text(officer)).includes("045316000811"), "what changes is shown first");
  await world.lookBoth(officer, "apply");
  await officer.click("button:has-text('Cập nhật')");
  check((await text(officer)).includes("Đã cập nhật vào sổ"), "applied");
  await world.lookBoth(officer, "applied");
  same(await waits(officer, "Chưa có mã định danh"), 2, "two are left without a number: one had no answer, one was found at home");
  same(await waits(officer, "Sai định dạng số"), 0, "no number is malformed any more");
  check((await text(officer)).includes("Đã xong tuần này 3"), "three were put right this week");
  await officer.goto("/find");
  await officer.fill("main input[name=what]", "kan thi mai");
  await officer.click("main button:has-text('Tìm')");
  await officer.click("main a:has-text('Kăn Thị Mai')");
  check((await text(officer)).includes("Đã chuẩn hóa"), "the record has its number");
  same(JSON.parse(world.cli("doctor", "--json")).troubles.length, 0, "the register is sound");
  // What the police did not answer goes into the next list, the child found at home among it.
  await officer.goto("/handover/draw");
  await officer.selectOption("#what", "unidentified");
  await officer.click("button:has-text('Xem trước')");
  const next = await text(officer);
  check(next.includes("danh sách trước chưa có kết quả") && next.includes("2 trẻ"), `two were left without an answer: ${next}`);
}
