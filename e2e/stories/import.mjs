// A commune officer brings in a list of another office: sees how it is read, puts a column right, sees what would happen, imports, undoes.
// Once with scripts, once without; and what the page refuses.
import { PHONE, check, same } from "../world.mjs";

const HEAD = "STT;Họ tên trẻ;Ngày sinh;GT;Dân tộc;Mã định danh;Cha;Mẹ;Liên hệ;Xã;Thôn";
const LIST = [
  HEAD,
  // Known, and the telephone is new.
  "1;HỒ THỊ MƠ;12/03/2015;Nữ;Pa Cô;045315000217;Hồ Văn Khăm;Hồ Thị Lia;0912345678;Xã Tà Rụt;A Đăng",
  // New.
  "2;Hồ  Văn Đông;05/09/2020;Nam;Pa Cô;045220000311;Hồ Văn Bốn;Hồ Thị Xa;;Xã Tà Rụt;A Pun",
  "3;Kăn Thị <b>Sen</b>;20/11/2021;Nữ;Pa Cô;;Hồ Văn Sáu;Kăn Thị Lý;;Xã Tà Rụt;A Vương",
  // Perhaps somebody who is there: day and month are exchanged, one letter is another.
  "4;Hồ Thị Nhun;01/01/2018;Nữ;Pa Cô;;Hồ Văn Bốn;Hồ Thị Xa;;Xã Tà Rụt;A Pun",
  // Of another commune.
  "5;Nguyễn Văn Lạc;02/02/2019;Nam;Kinh;;Nguyễn Văn Hải;Trần Thị Thu;;Xã Húc Nghì;Cựp",
].join("\n");

const files = (name) => [{ name, mimeType: "text/csv", buffer: Buffer.from(LIST) }];
const counter = async (page, words) => {
  const text = await page.locator(".treem-counters li", { hasText: words }).first().innerText();
  return Number(text.replace(/\D.*$/s, ""));
};

async function toPreview(page, name) {
  await page.goto("/import");
  await page.fill("[name=as_of]", "13/6/2024");
  await page.setInputFiles("[name=files]", files(name));
  await page.click("text=Tải lên và đọc");
  await page.waitForURL("**/columns");
}

export default async function (world) {
  const page = await world.person("hoa", "officer", "Tà Rụt", { shown: "Hồ Thị Hoa" });
  await page.goto("/import");
  await world.lookBoth(page, "first");
  await page.click("text=Tải lên và đọc");
  same(new URL(page.url()).pathname, "/import", "without a file the browser asks for one");

  await toPreview(page, "so A0 <i>thôn.csv");
  check(await page.getByText("đọc được 5 trẻ").isVisible(), "the children are counted");
  check((await page.getByText("so A0 <i>thôn.csv").first().isVisible()), "a name of a file is no markup");
  const contact = page.locator("tr", { hasText: "Liên hệ" }).locator("select");
  same(await contact.inputValue(), "phone", "a column of telephones is known by its cells");
  await world.lookBoth(page, "columns");
  // Two columns of one field are refused, with what to do.
  await contact.selectOption({ label: "Họ và tên" });
  await page.click("button:has-text('Xem trước')");
  check(await page.getByText("cùng được chọn").first().isVisible(), "a field stands in one column");
  same(await page.locator("tr", { hasText: "Liên hệ" }).locator("select").inputValue(), "name", "what was chosen is still there");
  await world.look(page, "columns-wrong");
  await page.locator("tr", { hasText: "Liên hệ" }).locator("select").selectOption("mother.phone");
  await page.click("button:has-text('Xem trước')");
  await page.waitForURL("**/preview");
  same(await counter(page, "trẻ mới"), 2, "two are new");
  same(await counter(page, "có thêm hoặc khác"), 1, "one is known and gains");
  same(await counter(page, "chờ xác định"), 1, "one waits");
  check(await page.getByText("1 dòng thuộc xã, phường khác").isVisible(), "a row of another commune is left out, and that is said");
  check(await page.locator("td.treem-before", { hasText: "HỒ THỊ MƠ" }).isVisible(), "before");
  check(await page.locator("td.treem-becomes", { hasText: "Hồ Thị Mơ" }).first().isVisible(), "after");
  await world.lookBoth(page, "preview");
  await page.click("button:has-text('Nhập 4 dòng vào sổ')");
  await page.waitForURL(/\/import\/[0-9a-f-]+$/);
  check(await page.getByText("4 dòng đã vào sổ").isVisible(), "it is done");
  await world.lookBoth(page, "done");
  check((await page.content()).includes("<b>Sen") === false, "HTML in a name stays text");

  // It is in the list, and can be undone; what that would do is said first.
  await page.goto("/imports");
  await world.lookBoth(page, "imports");
  await page.locator("a", { hasText: "Hủy…" }).first().click();
  check(await page.getByText("2 trẻ do lượt này thêm vào rút khỏi sổ").isVisible(), "what would happen");
  await world.lookBoth(page, "undo");
  await page.click("button:has-text('Hủy lượt nhập')");
  await page.waitForURL("**/imports?said=undone");
  check(await page.getByText("Đã hủy lượt nhập").first().isVisible(), "undone");
  await page.locator("a", { hasText: "Nhập lại…" }).first().click();
  await page.click("button:has-text('Nhập lại')");
  await page.waitForURL("**/imports?said=applied");
  check(await page.getByText("Đã nhập lại").first().isVisible(), "done again");

  // The next list with these headings: the office has said what the column is. Without scripts, on a phone.
  const phone = await world.person("lan", "officer", "Tà Rụt", { shown: "Hồ Thị Lan", size: PHONE, scripts: false });
  await phone.goto("/import");
  await phone.fill("[name=as_of]", "13/6/2024");
  await phone.setInputFiles("[name=files]", files("../../lan-hai.csv"));
  await phone.click("text=Tải lên và đọc");
  await phone.waitForURL("**/columns", { timeout: 30_000 });
  check(await phone.getByText("lan-hai.csv").first().isVisible(), "the name without its path");
  await phone.click("button:has-text('Xem trước')");
  await phone.waitForURL("**/preview", { timeout: 30_000 });
  same(await counter(phone, "trẻ mới"), 0, "nobody is new the second time");
  const id = new URL(phone.url()).pathname.split("/")[2];

  // Another person's intake is not there.
  const answer = await page.goto(`/import/${id}/columns`);
  same(answer.status(), 404, "another person's files by their id");
  check(await page.getByText("không có lượt nhập này", { exact: false }).first().isVisible(), "and it is said without saying that it is there");
  await world.look(page, "not-mine");
}
