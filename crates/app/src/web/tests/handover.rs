//! The hand-over through the pages: the way of a list by people with their own roles, and what somebody would try.

mod papers;

use super::*;

/// The people of Tà Rụt.
struct People {
    officer: Who,
    leader: Who,
    police: Who,
}

impl People {
    fn of(pages: &Pages) -> Self {
        let area = || Pages::area("Xã Tà Rụt");
        Self {
            officer: pages.officer(),
            leader: pages.person("lanhdao.taru", Role::Leader, area()),
            police: pages.person("congan.taru", Role::Police, area()),
        }
    }
}

/// The text between two others.
#[track_caller]
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text
        .split_once(from)
        .unwrap_or_else(|| panic!("no {from}: {text}"))
        .1;
    rest.split_once(to).unwrap().0
}

impl Pages {
    /// Draws a list of everybody up; gives its code.
    fn drawn(&self, officer: &Who) -> String {
        let form = [("from", "form"), ("what", "all"), ("do", "preview")];
        let preview = self.post(officer, "/handover/draw", &form).must(200).text;
        assert!(preview.contains("5 trẻ"), "{preview}");
        let request = between(&preview, "name=\"request\" value=\"", "\"").to_owned();
        let form = [
            ("from", "form"),
            ("what", "all"),
            ("request", request.as_str()),
            ("do", "draw"),
        ];
        let to = self
            .post(officer, "/handover/draw", &form)
            .must(303)
            .to()
            .to_owned();
        // The same form once more draws nothing.
        self.post(officer, "/handover/draw", &form).must(422);
        between(&to, "/handover/", "?").to_owned()
    }

    #[track_caller]
    fn step(&self, who: &Who, list: &str, fields: &[(&str, &str)]) -> Got {
        self.post(who, &format!("/handover/{list}/step"), fields)
    }

    /// A list that the police have.
    fn with_police(&self, people: &People) -> String {
        let list = self.drawn(&people.officer);
        self.step(&people.officer, &list, &[("step", "review")])
            .must(303);
        self.step(&people.officer, &list, &[("step", "submit")])
            .must(303);
        self.step(&people.leader, &list, &[("step", "approve")])
            .must(303);
        let send = [("step", "send"), ("way", "portal")];
        self.step(&people.officer, &list, &send).must(303);
        self.step(&people.police, &list, &[("step", "receive")])
            .must(303);
        list
    }

    /// The number of the row of a child on a list.
    #[track_caller]
    fn row_of(&self, who: &Who, list: &str, name: &str) -> String {
        let text = self
            .get(who, &format!("/handover/{list}/answer"))
            .must(200)
            .text;
        let before = text
            .split_once(&format!("</span> {name}</h2>"))
            .unwrap_or_else(|| panic!("{name}: {text}"))
            .0;
        let code = before.rsplit_once("treem-police__code\">").unwrap().1;
        code.split('-')
            .nth(1)
            .unwrap()
            .trim_start_matches('0')
            .to_owned()
    }
}

#[test]
fn the_way_of_a_list() {
    let pages = Pages::new();
    let people = People::of(&pages);
    assert!(
        pages
            .get(&people.officer, "/handover")
            .must(200)
            .text
            .contains("Lập danh sách đầu tiên")
    );
    assert!(
        pages
            .get(&people.police, "/handover")
            .must(200)
            .text
            .contains("Chưa có danh sách nào gửi đến")
    );
    let list = pages.with_police(&people);
    let page = format!("/handover/{list}");
    let shown = pages.get(&people.police, &page).must(200).text;
    assert!(
        shown.contains("đang ở: </span>Công an đã tiếp nhận") && shown.contains("5 trẻ"),
        "{shown}"
    );
    let row = |name: &str| pages.row_of(&people.police, &list, name);
    let answer = format!("{page}/answer");
    let (nhung, mo, hoa) = (row("Hồ Thị Nhung"), row("Hồ Thị Mơ"), row("Kăn Thị Hoa"));
    // Without scripts, all at once: a number alone, a key in its box, words.
    let fields = [
        (format!("v.{nhung}"), "045318000611"),
        (format!("v.{mo}"), "1"),
        (format!("a.{hoa}"), "moved-away"),
        (format!("t.{hoa}"), "huyện Hướng Hóa"),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    let got = pages.post(&people.police, &answer, &fields).must(303);
    assert_eq!(got.to(), format!("{answer}?from=0&told=kept"));
    let shown = pages.get(&people.police, &answer).must(200).text;
    assert!(
        shown.contains("data-left>2<") && shown.contains("Đã ghi: Đã cung cấp mã định danh"),
        "{shown}"
    );
    assert!(shown.contains("value=\"045 318 000 611\""));
    // Only what is still open.
    let open = pages
        .get(&people.police, &format!("{answer}?only=open"))
        .must(200)
        .text;
    assert!(
        !open.contains("Hồ Thị Nhung") && open.contains("Hồ Văn Đức"),
        "{open}"
    );
    pages
        .step(&people.police, &list, &[("step", "answered")])
        .must(303);
    // The form once more, after the police said they are done: nothing is written, what was typed stays.
    let late = pages
        .post(&people.police, &answer, &fields[..1])
        .must(422)
        .text;
    assert!(
        late.contains("mở lại danh sách trước") && late.contains("value=\"045318000611\""),
        "{late}"
    );
    pages
        .step(&people.police, &list, &[("step", "sign")])
        .must(303);
    pages
        .step(&people.police, &list, &[("step", "return")])
        .must(303);
    // What each answer will change is seen first; who lives elsewhere waits for a word.
    let apply = format!("{page}/apply");
    let will = pages.get(&people.officer, &apply).must(200).text;
    assert!(
        will.contains("Cần bạn xác nhận (1)") && will.contains("045318000611"),
        "{will}"
    );
    assert!(
        will.contains("2 trẻ chưa có kết quả không mất đi"),
        "{will}"
    );
    let confirm = format!("y.{hoa}");
    let form = [(confirm.as_str(), "gia đình đã báo"), ("why", "")];
    assert_eq!(
        pages.post(&people.officer, &apply, &form).must(303).to(),
        format!("{page}?told=applied")
    );
    let record = format!("/child/{}", pages.child("ho thi nhung"));
    let shown = pages.get(&people.officer, &record).must(200).text;
    assert!(shown.contains("Đã chuẩn hóa"), "{shown}");
    // The form once more does nothing.
    pages.post(&people.officer, &apply, &form).must(422);
    // And back again.
    let undo = format!("{page}/undo");
    let will = pages.get(&people.officer, &undo).must(200).text;
    // Whose number agreed has a record that did not change: only its standing goes.
    assert!(will.contains("<strong>2</strong> hồ sơ"), "{will}");
    pages.post(&people.officer, &undo, &[("why", "")]).must(422);
    pages
        .post(&people.officer, &undo, &[("why", "nhầm danh sách")])
        .must(303);
    assert!(
        pages
            .get(&people.officer, &record)
            .must(200)
            .text
            .contains("Chưa chuẩn hóa")
    );
}

#[test]
fn a_number_that_disagrees_is_asked_about_and_stays_in_its_box() {
    let pages = Pages::new();
    let people = People::of(&pages);
    let list = pages.with_police(&people);
    let answer = format!("/handover/{list}/answer");
    let nhung = pages.row_of(&people.police, &list, "Hồ Thị Nhung");
    let (number, why, chosen) = (
        format!("v.{nhung}"),
        format!("y.{nhung}"),
        format!("a.{nhung}"),
    );
    // A boy's number for a girl; another row beside it is written.
    let mo = pages.row_of(&people.police, &list, "Hồ Thị Mơ");
    let beside = format!("a.{mo}");
    let form = [
        (number.as_str(), "045218000611"),
        (beside.as_str(), "agrees"),
    ];
    let asked = pages.post(&people.police, &answer, &form).must(422).text;
    assert!(
        asked.contains("nói giới tính Nam") && asked.contains("value=\"045218000611\""),
        "{asked}"
    );
    assert!(
        asked.contains("data-left>4<") && asked.contains("Đã ghi: Khớp"),
        "{asked}"
    );
    // The script asks for one row's part.
    let mut request = Pages::form(
        Some(&people.police),
        &answer,
        &[
            (number.as_str(), "045218000611"),
            (chosen.as_str(), "number-given"),
        ],
    );
    request.headers_mut().insert("x-part", "1".parse().unwrap());
    let part = pages.ask(request).must(200).text;
    assert!(
        part.starts_with("<div data-answered=\"1\"")
            && part.contains("data-asked")
            && !part.contains("<html"),
        "{part}"
    );
    // As it is typed.
    let check = format!("/handover/{list}/check");
    let look = pages
        .post(
            &people.police,
            &check,
            &[("row", &nhung), ("number", "045218000611")],
        )
        .must(200)
        .text;
    assert!(look.contains("nói giới tính Nam"), "{look}");
    let look = pages
        .post(
            &people.police,
            &check,
            &[("row", &nhung), ("number", "045 318 000 611")],
        )
        .must(200)
        .text;
    assert!(look.contains("Số hợp lệ"), "{look}");
    let taken = pages
        .post(
            &people.police,
            &check,
            &[("row", &nhung), ("number", "045315000217")],
        )
        .must(200)
        .text;
    assert!(
        taken.contains("đang ghi cho trẻ khác trong sổ: Hồ Thị Mơ"),
        "{taken}"
    );
    // With why it is written.
    let form = [
        (number.as_str(), "045218000611"),
        (why.as_str(), "giấy khai sinh ghi Nam"),
    ];
    pages.post(&people.police, &answer, &form).must(303);
    // What is no number cannot be confirmed.
    let form = [
        (number.as_str(), "0452180006110"),
        (chosen.as_str(), "number-given"),
        (why.as_str(), "đúng thế"),
    ];
    let refused = pages.post(&people.police, &answer, &form).must(422).text;
    assert!(refused.contains("12 chữ số"), "{refused}");
}

#[test]
fn who_may_not_touch_a_list() {
    let pages = Pages::new();
    let people = People::of(&pages);
    let list = pages.drawn(&people.officer);
    let page = format!("/handover/{list}");
    let other = pages.person("canbo.hucnghi", Role::Officer, Pages::area("Xã Húc Nghì"));
    let other_police = pages.person("congan.hucnghi", Role::Police, Pages::area("Xã Húc Nghì"));
    // Another commune's list by its code.
    assert!(
        !pages
            .get(&other, "/handover")
            .must(200)
            .text
            .contains(&list)
    );
    for path in [
        "",
        "/sheets",
        "/key",
        "/apply",
        "/undo",
        "/paper/list.docx",
        "/paper/seal.txt",
    ] {
        let got = pages.get(&other, &format!("{page}{path}"));
        assert!(
            matches!(got.status.as_u16(), 403 | 422),
            "{path}: {}",
            got.status
        );
        assert!(!got.text.contains("Hồ Thị Mơ"), "{path}");
    }
    for step in ["review", "submit", "withdraw", "split"] {
        pages
            .step(&other, &list, &[("step", step), ("why", "thử")])
            .must(403);
    }
    pages
        .post(
            &other,
            &format!("{page}/rows"),
            &[("row", "1"), ("why", "thử")],
        )
        .must(403);
    let evidence = pages.upload(
        &other,
        &format!("{page}/evidence"),
        &[("side", "police")],
        Some(("a.png", b"\x89PNG\r\n\x1a\n0000")),
    );
    assert!(
        matches!(evidence.status.as_u16(), 403 | 422),
        "{}",
        evidence.status
    );
    // The police before it was sent to them; and whose it never is.
    let answer = format!("{page}/answer");
    let early = pages.get(&people.police, &answer).must(422).text;
    assert!(early.contains("chưa chuyển đến Công an"), "{early}");
    pages
        .post(&people.police, &answer, &[("a.1", "agrees")])
        .must(422);
    pages.get(&other_police, &answer).must(403);
    pages
        .post(&other_police, &answer, &[("a.1", "agrees")])
        .must(403);
    pages
        .step(&people.police, &list, &[("step", "submit")])
        .must(403);
    // Nobody approves their own: the officer has no such button and no such right.
    pages
        .step(&people.officer, &list, &[("step", "submit")])
        .must(303);
    pages
        .step(&people.officer, &list, &[("step", "approve")])
        .must(403);
    let blank = pages
        .step(
            &people.officer,
            &list,
            &[("step", "approve"), ("by", "paper"), ("paper", " ")],
        )
        .must(422)
        .text;
    assert!(blank.contains("giấy"), "{blank}");
    pages
        .step(&people.leader, &list, &[("step", "approve")])
        .must(303);
    // The leader does not hand over, the officer does not answer for the police.
    pages
        .step(&people.leader, &list, &[("step", "send"), ("way", "paper")])
        .must(403);
    pages
        .step(
            &people.officer,
            &list,
            &[("step", "send"), ("way", "paper")],
        )
        .must(303);
    pages
        .step(&people.officer, &list, &[("step", "receive")])
        .must(403);
    pages.get(&people.officer, &answer).must(403);
    pages
        .post(&people.officer, &answer, &[("a.1", "agrees")])
        .must(403);
    pages
        .post(
            &people.police,
            &format!("{page}/key"),
            &[("row", "1"), ("answer", "1")],
        )
        .must(403);
    // A code that is none, and one mistyped.
    let none = pages
        .get(&people.officer, "/handover/99999-9")
        .must(422)
        .text;
    assert!(none.contains("Chưa làm được"), "{none}");
    pages
        .get(&people.officer, "/handover/..%2f..%2fetc")
        .must(422);
}
