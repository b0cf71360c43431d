// The circle: a bad list → sheets at the households, on a phone → a child nobody knew of → approved, sealed → answered in the portal → signed,
// handed back → applied; the register and the counts say so. Nobody of another commune sees it.
import { PHONE, check, same } from "../world.mjs";
import { codeOf, line, people, press, text, typeNew } from "../lists.mjs";

export default async function (world) {
  const { officer, leader, police } = await people(world);
  await officer.goto("/handover");
  check((await text(officer)).includes("Lập danh sách đầu tiên"), "an empty page says what to do");
  await world.lookBoth(officer, "empty");
  await officer.goto("/today");
  check((await text(officer)).includes("Lập danh sách chuyển Công an"), "a queue leads to a list");

  // From the children ticked on the list.
  await officer.goto("/list");
  for (const box of await officer.locator("input[name=child]").all()) await box.check();
  await officer.click("button:has-text('Lập danh sách chuyển Công an')");
  check((await text(officer)).includes("5 trẻ"), "what the list will hold is seen first");
  await world.lookBoth(officer, "will");
  await officer.click("button:has-text('Lập danh sách')");
  await officer.waitForURL(/told=draw/);
  const list = codeOf(officer);
  await world.lookBoth(officer, "drawn");
  // Once more: all five are on it already, and that is said.
  await officer.goto("/handover/draw");
  await officer.selectOption("#what", "all");
  await officer.click("button:has-text('Xem trước')");
  check((await text(officer)).includes("đang ở danh sách khác chưa xong"), "nobody stands on two lists");
  await world.lookBoth(officer, "draw");
  await press(officer, list, "Đưa đi rà soát tại hộ");
  await officer.click("main a:has-text('Phiếu rà soát hộ')");
  await world.lookBoth(officer, "sheets");
  const sheet = await officer.locator("tr", { hasText: "Hồ Thị Mơ" }).locator("a").innerText();

  // The collaborator at the household, by the QR code on a phone, without scripts.
  const phone = await world.person("lanh", "collaborator", "Xã Tà Rụt", { shown: "Hồ Văn Lành", size: PHONE });
  await phone.goto(`/handover/sheet/${sheet}`);
  check((await text(phone)).includes("Hồ Văn Khương"), "the household with both children");
  await world.look(phone, "sheet-390");
  const child = (name) => phone.locator("section", { hasText: name });
  await child("Hồ Văn Khương").getByLabel("Số định danh cá nhân").first().fill("045216118220");
  await typeNew(phone, { name: "Hồ Văn Mới", birth: "05052022", sex: "1" });
  await world.look(phone, "sheet-new-390");
  await phone.click("button:has-text('Ghi phiếu')");
  check((await text(phone)).includes("có thêm trẻ mới"), "written, and the next code is asked for");
  await world.look(phone, "stack-390");
  await phone.fill("#code", "9000001");
  await phone.keyboard.press("Enter");
  await phone.locator(".govuk-error-summary").waitFor();
  await world.look(phone, "stack-wrong-390");

  // The new child stands beside the others already.
  await officer.goto(`/handover/${list}`);
  check((await text(officer)).includes("6 trẻ"), "the new child is on the list");
  await officer.fill("#what", "ho van moi");
  await officer.fill("#add-why", "Phát hiện khi rà soát tại hộ");
  await officer.click("button:has-text('Tìm và bổ sung')");
  check((await text(officer)).includes("mỗi trẻ chỉ ở một danh sách"), "nobody is added twice");
  await officer.goto(`/handover/${list}`);
  await world.lookBoth(officer, "review");

  await press(officer, list, "Trình lãnh đạo UBND xã");
  await leader.goto("/today");
  check((await text(leader)).includes("Danh sách chờ lãnh đạo UBND xã duyệt"), "the leader's queue");
  await leader.goto(`/handover/${list}`);
  await world.lookBoth(leader, "awaiting");
  await press(leader, list, "Duyệt, chốt danh sách");
  check(/[0-9a-f]{4} [0-9a-f]{4}/.test(await leader.locator(".treem-seal").innerText()), "the seal is shown");
  await officer.goto(`/handover/${list}`);
  await world.lookBoth(officer, "closed");
  await officer.check("#way-portal");
  await officer.click("main button:has-text('Chuyển Công an')");

  // The police.
  await police.goto("/handover");
  await world.lookBoth(police, "police-home");
  await press(police, list, "Tiếp nhận và đối chiếu");
  await police.waitForURL(/\/answer/);
  same(await police.locator("[data-left]").innerText(), "6", "all are still open");
  await world.lookBoth(police, "answer");
  const begin = async (name) => line(police, name).locator("[data-number]").focus();
  const kept = (name) => line(police, name).locator(".treem-police__kept").waitFor();
  await begin("Hồ Văn Khương");
  await police.keyboard.press("1");
  await kept("Hồ Văn Khương");
  // A boy's number for a girl is asked about, and stays.
  await begin("Hồ Thị Nhung");
  await police.keyboard.type("045218000611");
  await police.keyboard.press("Enter");
  await line(police, "Hồ Thị Nhung").locator(".treem-police__asked").first().waitFor();
  check((await line(police, "Hồ Thị Nhung").innerText()).includes("nói giới tính Nam"), "what disagrees is said");
  await world.lookBoth(police, "asked");
  await begin("Hồ Thị Nhung");
  await line(police, "Hồ Thị Nhung").locator("[data-number]").fill("");
  await police.keyboard.type("045318000611");
  await police.keyboard.press("Enter");
  await kept("Hồ Thị Nhung");
  same(await line(police, "Hồ Thị Nhung").locator("[data-number]").inputValue(), "045 318 000 611", "in groups of three");
  await begin("Kăn Thị Hoa");
  await police.keyboard.press("3");
  await police.keyboard.type("Giới tính: Nữ");
  await police.keyboard.press("Enter");
  await kept("Kăn Thị Hoa");
  await begin("Hồ Văn Mới");
  await police.keyboard.press("9");
  await kept("Hồ Văn Mới");
  await begin("Hồ Văn Đức");
  await police.keyboard.press("4");
  await kept("Hồ Văn Đức");
  same(await police.locator("[data-left]").innerText(), "1", "one is left");
  await world.lookBoth(police, "answered");
  await police.goto(`/handover/${list}`);
  await police.click("button:has-text('Đối chiếu xong')");
  await world.lookBoth(police, "to-sign");
  await police.click("button:has-text('Ký bằng tài khoản này')");
  await police.click("button:has-text('Bàn giao lại')");
  check((await text(police)).includes("Đã ghi là bàn giao lại"), "it is back");

  // The officer sees what changes, and does it.
  await officer.goto(`/handover/${list}/apply`);
  check((await text(officer)).includes("045318000611"), "the new number before it is written");
  check((await text(officer)).includes("tư pháp – hộ tịch"), "a birth to be registered");
  await world.lookBoth(officer, "apply");
  for (const box of await officer.locator("[name^='y.']").all()) await box.fill("đã xem giấy khai sinh");
  await officer.click("button:has-text('Cập nhật')");
  check((await text(officer)).includes("Đã cập nhật vào sổ"), "done");
  await world.lookBoth(officer, "applied");
  await officer.goto("/handover/tasks");
  check((await text(officer)).includes("Hồ Văn Mới"), "civil status has its task");
  await world.lookBoth(officer, "tasks");
  await officer.goto("/today");
  check(/Trẻ chờ tư pháp – hộ tịch đăng ký khai sinh\s+1/.test(await text(officer)), "and the day's work says so");
  await officer.goto("/find");
  await officer.fill("main input[name=what]", "ho thi nhung");
  await officer.click("main button:has-text('Tìm')");
  await officer.click("main a:has-text('Hồ Thị Nhung')");
  check((await text(officer)).includes("Đã chuẩn hóa"), "the register has the number");
  // The one without an answer goes into the next list, first.
  await officer.goto("/handover/draw");
  await officer.selectOption("#what", "unidentified");
  await officer.click("button:has-text('Xem trước')");
  check((await text(officer)).includes("danh sách trước chưa có kết quả"), "who was not answered goes first");
  await officer.goto(`/handover/${list}/undo`);
  await world.lookBoth(officer, "undo");

  // Another commune knows nothing of it.
  const other = await world.person("khac", "officer", "Xã Húc Nghì");
  await other.goto("/handover");
  check(!(await text(other)).includes(list), "another commune's list is not listed");
  await other.goto(`/handover/${list}`);
  check(!(await text(other)).includes("Hồ Thị Mơ"), "nor shown by its code");
  await officer.goto("/help/handover");
  await world.look(officer, "help");
}
