//! Sheets, workbooks, what was signed, and programs of the police.

use super::*;
use serde_json::json;

/// A list that is reviewed at the households, and the sheet of one of them.
fn sheet_of_nhung(pages: &Pages, people: &People) -> (String, String) {
    let list = pages.drawn(&people.officer);
    pages
        .step(&people.officer, &list, &[("step", "review")])
        .must(303);
    let all = pages
        .get(&people.officer, &format!("/handover/{list}/sheets"))
        .must(200)
        .text;
    let before = all.split_once("Hồ Thị Nhung").unwrap().0;
    let sheet = between(before.rsplit_once("/handover/sheet/").unwrap().1, "", "\"");
    (list, sheet.to_owned())
}

#[test]
fn a_sheet_opens_its_household() {
    let pages = Pages::new();
    let people = People::of(&pages);
    let helper = pages.person(
        "cong.tac.vien",
        Role::Collaborator,
        Pages::area("Xã Tà Rụt"),
    );
    let stranger = pages.person(
        "ctv.hucnghi",
        Role::Collaborator,
        Pages::area("Xã Húc Nghì"),
    );
    let (list, sheet) = sheet_of_nhung(&pages, &people);
    let page = format!("/handover/sheet/{sheet}");
    // Typed with or without the sign, or scanned as an address.
    for code in [
        sheet.clone(),
        sheet.replace('-', ""),
        format!("http://may:8080{page}"),
    ] {
        let got = pages
            .post(&helper, "/handover/sheet", &[("code", &code)])
            .must(303);
        assert_eq!(got.to(), page);
    }
    let wrong = pages.post(&helper, "/handover/sheet", &[("code", "90000019")]);
    assert!(
        wrong.status == StatusCode::UNPROCESSABLE_ENTITY
            && wrong.text.contains("value=\"90000019\"")
    );
    pages.get(&stranger, &page).must(403);
    let shown = pages.get(&helper, &page).must(200).text;
    assert!(
        shown.contains("Hồ Thị Nhung") && shown.contains("Số định danh cá nhân"),
        "{shown}"
    );
    assert!(
        shown.contains("(đã ghi)") && !shown.contains("Pa Cô"),
        "an ethnic group is not for everybody: {shown}"
    );
    let child = pages.child("ho thi nhung");
    let request = between(&shown, "name=\"request\" value=\"", "\"").to_owned();
    // What was missing, and a child nobody knew of.
    let form = [
        ("request", request.as_str()),
        ("c1", child.as_str()),
        ("s1", "same"),
        ("f1.number", "045318000611"),
        ("f1.phone", "0987654321"),
        ("n.name", "Hồ Văn Mới"),
        ("n.birth", "05052022"),
        ("n.sex", "1"),
    ];
    let got = pages.post(&people.officer, &page, &form);
    assert_eq!(
        got.to(),
        format!("/handover/sheet?told={sheet}%20new"),
        "{}",
        got.text
    );
    let shown = pages
        .get(&people.officer, &format!("/handover/{list}"))
        .must(200)
        .text;
    assert!(
        shown.contains("6 trẻ")
            && shown.contains("Hồ Văn Mới")
            && shown.contains("đã rà soát, có sửa"),
        "{shown}"
    );
    // The form once more makes nobody a second time.
    pages.post(&people.officer, &page, &form);
    let shown = pages
        .get(&people.officer, &format!("/handover/{list}"))
        .must(200)
        .text;
    assert!(shown.contains("6 trẻ"), "{shown}");
    // Another child's id in the form is not written to.
    let mo = pages.child("ho thi mo");
    pages
        .post(
            &people.officer,
            &page,
            &[("c1", &mo), ("f1.name", "Hồ Thị Khác")],
        )
        .must(303);
    assert_eq!(pages.child("ho thi mo"), mo);
    pages.child("ho thi nhung");
}

#[test]
fn who_finds_a_child_at_home_lays_it_on_the_list_while_it_is_collected() {
    let pages = Pages::new();
    let people = People::of(&pages);
    let helper = pages.person(
        "cong.tac.vien",
        Role::Collaborator,
        Pages::area("Xã Tà Rụt"),
    );
    let (list, sheet) = sheet_of_nhung(&pages, &people);
    let page = format!("/handover/sheet/{sheet}");
    let new = |name: &str, birth: &str| {
        let shown = pages.get(&helper, &page).must(200).text;
        let request = between(&shown, "name=\"request\" value=\"", "\"").to_owned();
        let form = [
            ("request", request.as_str()),
            ("n.name", name),
            ("n.birth", birth),
            ("n.sex", "1"),
        ];
        (shown, pages.post(&helper, &page, &form))
    };
    let count = || {
        let shown = pages
            .get(&people.officer, &format!("/handover/{list}"))
            .must(200)
            .text;
        between(&shown, "· <strong>", " trẻ").to_owned()
    };
    let (shown, got) = new("Hồ Văn Mới", "05052022");
    assert!(shown.contains("vào luôn danh sách"), "{shown}");
    assert_eq!(got.to(), format!("/handover/sheet?told={sheet}%20new"));
    assert_eq!(count(), "6");
    // Who does not hand over lays nobody else on a list, whatever they send.
    let sheets = treem_child::handover::code::Sheet::read(&sheet).unwrap();
    let code = treem_child::handover::code::List::read(&list).unwrap();
    let found = |role: Role, child: &str| {
        let _lent = pages.runtime.enter();
        let mut desk = pages.state.desk(None);
        "người khác".clone_into(&mut desk.who);
        let grant = crate::access::Grant {
            role,
            area: Pages::area("Xã Tà Rụt"),
        };
        desk.grants = Some(crate::access::Grants::new("p-khac", vec![grant]));
        let done = crate::act::register::handover::found::run(
            &mut desk,
            (code, sheets),
            &[child.to_owned()],
        );
        done.err().map(|failed| crate::web::Answer::said(&failed))
    };
    let elsewhere = pages.child("nguyen van gia bao");
    let said = found(Role::Collaborator, &elsewhere).unwrap();
    assert!(said.contains("đã có hồ sơ trong sổ từ trước"), "{said}");
    assert!(found(Role::Police, &elsewhere).is_some());
    assert!(
        found(Role::Officer, &elsewhere).is_some(),
        "of another commune"
    );
    // Who stands on it already changes nothing.
    assert_eq!(found(Role::Collaborator, &pages.child("ho van moi")), None);
    // The list has gone on: the child is in the register, and it is said that it is not on the list.
    pages
        .step(&people.officer, &list, &[("step", "submit")])
        .must(303);
    let (shown, got) = new("Hồ Văn Sau", "06062023");
    assert!(!shown.contains("vào luôn danh sách"), "{shown}");
    assert!(
        got.text
            .contains("Trẻ mới đã ghi vào sổ, nhưng không vào danh sách"),
        "{}",
        got.text
    );
    assert_eq!(count(), "6");
    pages.child("ho van sau");
}

#[test]
fn a_workbook_is_seen_before_it_is_written() {
    let pages = Pages::new();
    let people = People::of(&pages);
    let list = pages.with_police(&people);
    let page = format!("/handover/{list}");
    let got = pages
        .get(&people.officer, &format!("{page}/paper/list.xlsx"))
        .must(200);
    let named = got
        .headers
        .get(header::CONTENT_DISPOSITION)
        .unwrap()
        .to_str()
        .unwrap();
    assert!(
        named.starts_with("attachment; filename=\"danh-sach-de-nghi-xac-thuc-"),
        "{named}"
    );
    let back = format!("{page}/returned");
    let nhung = pages.row_of(&people.police, &list, "Hồ Thị Nhung");
    let code = |row: &str| {
        let text = pages.get(&people.police, &format!("{page}/answer")).text;
        let rest = text
            .split_once(&format!("data-answer-row=\"{row}\""))
            .unwrap()
            .1
            .to_owned();
        between(&rest, "treem-police__code\">", "<").to_owned()
    };
    let mo = pages.row_of(&people.police, &list, "Hồ Thị Mơ");
    let csv = format!(
        "Mã dòng,Họ và tên,Kết quả đối chiếu,Số định danh (12 số)\n{},Hồ Thị Nhung,đã cấp,045318000611\n{},Hồ Thị Mơ,không rõ lắm,\n",
        code(&nhung),
        code(&mo)
    );
    let shown = pages
        .upload(
            &people.officer,
            &back,
            &[("x", "")],
            Some(("tra ve.csv", csv.as_bytes())),
        )
        .must(200)
        .text;
    assert!(
        shown.contains("Chưa ghi gì") && shown.contains("Hồ Thị Nhung"),
        "{shown}"
    );
    let id = between(&shown, &format!("{back}/"), "\"").to_owned();
    // Nothing is written yet; nobody else finds the file.
    let open = pages.get(&people.police, &format!("{page}/answer")).text;
    assert!(open.contains("data-left>5<"), "{open}");
    pages
        .post(&people.police, &format!("{back}/{id}"), &[])
        .must(422);
    pages
        .post(&people.officer, &format!("{back}/..%2f{id}"), &[])
        .must(422);
    let got = pages
        .post(&people.officer, &format!("{back}/{id}"), &[])
        .must(303);
    assert_eq!(got.to(), format!("{page}?told=read"));
    let open = pages.get(&people.police, &format!("{page}/answer")).text;
    assert!(open.contains("data-left>4<"), "{open}");
    pages
        .post(&people.officer, &format!("{back}/{id}"), &[])
        .must(422);
    // What is no list of ours, and no file at all.
    let other = pages
        .upload(
            &people.officer,
            &back,
            &[("x", "")],
            Some(("a.xlsx", b"PK\x03\x04nothing")),
        )
        .must(422)
        .text;
    assert!(other.contains("Danh sách"), "{other}");
    let none = pages
        .upload(&people.officer, &back, &[("x", "")], Some(("", b"")))
        .must(422)
        .text;
    assert!(none.contains("hưa chọn bảng tính"), "{none}");
}

#[test]
fn what_was_signed_is_kept_and_given_back_as_a_file() {
    let pages = Pages::new();
    let people = People::of(&pages);
    let list = pages.with_police(&people);
    let page = format!("/handover/{list}");
    let row = pages.row_of(&people.police, &list, "Hồ Thị Mơ");
    pages
        .post(
            &people.police,
            &format!("{page}/answer"),
            &[(&format!("a.{row}"), "agrees")],
        )
        .must(303);
    pages
        .step(&people.police, &list, &[("step", "answered")])
        .must(303);
    let evidence = format!("{page}/evidence");
    let bad = pages
        .upload(
            &people.officer,
            &evidence,
            &[("side", "police")],
            Some(("a.exe", b"MZ not signed")),
        )
        .must(422)
        .text;
    assert!(bad.contains("không phải chữ ký"), "{bad}");
    let none = pages
        .upload(
            &people.officer,
            &evidence,
            &[("side", "")],
            Some(("a.png", b"\x89PNG\r\n\x1a\n0000")),
        )
        .must(422)
        .text;
    assert!(none.contains("của bên nào"), "{none}");
    let scan = ("../<b>quet</b>.png", &b"\x89PNG\r\n\x1a\n0000"[..]);
    let got = pages
        .upload(
            &people.officer,
            &evidence,
            &[("side", "police")],
            Some(scan),
        )
        .must(303);
    assert_eq!(got.to(), format!("{page}?told=sign"));
    let shown = pages.get(&people.police, &page).must(200).text;
    assert!(
        shown.contains("bản quét chữ ký tay") && shown.contains("đang ở: </span>Công an đã ký"),
        "{shown}"
    );
    assert!(!shown.contains("<b>quet"));
    let id = between(&shown, "/handover/evidence/", "\"").to_owned();
    let file = pages
        .get(&people.officer, &format!("/handover/evidence/{id}"))
        .must(200);
    assert_eq!(
        file.headers.get(header::CONTENT_DISPOSITION).unwrap(),
        "attachment; filename=\"chung-cu.png\""
    );
    let other = pages.person("canbo.hucnghi", Role::Officer, Pages::area("Xã Húc Nghì"));
    pages
        .get(&other, &format!("/handover/evidence/{id}"))
        .must(403);
    // The same file once more changes nothing.
    let again = pages
        .upload(
            &people.officer,
            &evidence,
            &[("side", "police")],
            Some(scan),
        )
        .must(303);
    assert_eq!(again.to(), format!("{page}?told=again"));
}

#[test]
fn a_program_of_the_police() {
    let pages = Pages::new();
    let people = People::of(&pages);
    let list = pages.with_police(&people);
    let area = Pages::area("Xã Tà Rụt");
    let police = pages.program(Role::Police, &area);
    let officer = pages.program(Role::Officer, &area);
    let other = pages.program(Role::Police, &Pages::area("Xã Húc Nghì"));
    let lists = pages.get(&police, "/api/v1/handover").must(200).json();
    assert_eq!(lists["lists"][0]["list"], json!(list));
    assert_eq!(
        pages.get(&other, "/api/v1/handover").must(200).json()["lists"],
        json!([])
    );
    let path = format!("/api/v1/handover/{list}");
    assert_eq!(
        pages.get(&police, &path).must(200).json()["place"],
        "received"
    );
    pages.get(&other, &path).must(403);
    let rows = pages.get(&police, &format!("{path}/rows")).must(200).json();
    let of = |name: &str| {
        let rows = rows["rows"].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).unwrap()["code"].clone()
    };
    let body = json!({"answers": [
        {"row": of("Hồ Thị Nhung"), "answer": "number-given", "value": "045318000611"},
        {"row": of("Kăn Thị Hoa"), "answer": "number-given", "value": "045315000217"},
    ]});
    let answers = format!("{path}/answers");
    pages.send(&officer, &answers, &body).must(403);
    pages.send(&other, &answers, &body).must(403);
    let told = pages.send(&police, &answers, &body).must(200).json();
    assert_eq!(
        (&told["answered"], told["asked"].as_array().unwrap().len()),
        (&json!(1), 1),
        "{told}"
    );
    pages
        .send(&police, &answers, &json!({"answers": []}))
        .must(400);
    pages
        .send(&police, &answers, &json!({"answers": [{"row": "1"}]}))
        .must(400);
}

#[test]
fn keyed_from_paper_twice() {
    let pages = Pages::new();
    let people = People::of(&pages);
    pages.act(|desk| {
        let day = edition(EDITION);
        let unit = crate::act::units::area(day, "Xã Tà Rụt").unwrap();
        crate::act::register::second::settings::set(desk, (day, unit), "keyed")
    });
    let list = pages.with_police(&people);
    let row = pages.row_of(&people.police, &list, "Hồ Thị Nhung");
    let key = format!("/handover/{list}/key");
    let request = |text: &str| between(text, "name=\"request\" value=\"", "\"").to_owned();
    let blank = pages.get(&people.officer, &key).must(200).text;
    assert!(blank.contains("gõ hai lần"), "{blank}");
    let first = request(&blank);
    let form = |request: &str, value: &str| {
        let fields = [
            ("request", request),
            ("row", &row),
            ("answer", "2"),
            ("value", value),
        ];
        pages.post(&people.officer, &key, &fields)
    };
    let told = form(&first, "045318000611").must(200).text;
    assert!(told.contains("đã gõ lần một"), "{told}");
    assert!(
        !told.contains("045318000611"),
        "what was keyed first is not to be seen"
    );
    // The same form sent again is no second keying.
    form(&first, "045318000611").must(422);
    let today = |queue: &str| {
        let text = pages.get(&people.officer, "/today").must(200).text;
        text.contains(&format!("aria-label=\"{queue}: 1 dòng\""))
    };
    assert!(today("Kết quả của Công an chờ gõ lần hai"));
    let told = form(&request(&told), "045318000612").must(200).text;
    assert!(today("Kết quả gõ hai lần khác nhau"));
    let lists = pages
        .get(&people.officer, "/handover?waits=1")
        .must(200)
        .text;
    assert!(
        lists.contains("1 dòng gõ hai lần khác nhau, chờ chọn"),
        "{lists}"
    );
    assert!(
        told.contains("hai lần gõ khác nhau") && told.contains("Chọn kết quả này"),
        "{told}"
    );
    let fields = [
        ("row", row.as_str()),
        ("answer", "2"),
        ("value", "045318000611"),
        ("why", "xem lại giấy"),
        ("do", "settle"),
    ];
    let told = pages.post(&people.officer, &key, &fields).must(200).text;
    assert!(told.contains("đã ghi “Đã cung cấp mã định danh”"), "{told}");
    // A mistyped code is said, and stays.
    let fields = [("row", "9999"), ("answer", "1")];
    let told = pages.post(&people.officer, &key, &fields).must(422).text;
    assert!(told.contains("value=\"9999\""), "{told}");
}
