//! *Nhập mới trẻ em phát sinh* through the router: without scripts from an empty form to the next household, and what an attacker would try.

use super::*;
use crate::act::register::entry::drafts;

/// A value of a hidden or typed field of the form.
pub fn value<'t>(page: &'t str, name: &str) -> &'t str {
    let at = page.find(&format!("name=\"{name}\"")).unwrap();
    let rest = &page[at..];
    let from = rest.find("value=\"").unwrap() + 7;
    &rest[from..from + rest[from..].find('"').unwrap()]
}

const HOUSEHOLD: [(&str, &str); 5] = [
    ("h.commune", "19588"),
    ("h.hamlet", "A Đăng"),
    ("h.ethnicity", "Pa Cô"),
    ("h.father", "Hồ Văn Lâm"),
    ("h.mother", "HỒ THỊ SƯƠNG"),
];

fn form<'t>(draft: &'t str, step: &'t str, more: &[(&'t str, &'t str)]) -> Vec<(&'t str, &'t str)> {
    let mut out = vec![("draft", draft), ("version", "0")];
    out.extend(HOUSEHOLD);
    out.extend(more);
    out.push(("do", step));
    out
}

#[test]
fn a_household_without_scripts() {
    let pages = Pages::new();
    let officer = pages.officer();
    let first = pages.get(&officer, "/entry").must(200);
    // One commune alone is chosen already.
    assert!(first.text.contains("<option value=\"19588\" selected>"));
    let draft = value(&first.text, "draft").to_owned();
    let one = [
        ("c1.name", "hồ thị lê"),
        ("c1.birth", "12032015"),
        ("c1.sex", "2"),
    ];
    // Another row.
    let more = pages
        .post(&officer, "/entry", &form(&draft, "row", &one))
        .must(200);
    assert!(more.text.contains("name=\"c2.name\"") && !more.text.contains("name=\"c3.name\""));
    assert!(
        more.text.contains("sẽ ghi: <b>Hồ Thị Lê</b>"),
        "{}",
        more.text
    );
    // Nothing is lost: the draft is there, on any machine.
    let listed = pages.get(&officer, "/entry/drafts").must(200);
    assert!(listed.text.contains("HỒ THỊ SƯƠNG") && listed.text.contains("hồ thị lê"));
    let resumed = pages
        .get(&officer, &format!("/entry/draft/{draft}"))
        .must(200);
    assert_eq!(value(&resumed.text, "c1.birth"), "12032015");
    // The check, then the book.
    let two = [
        &one[..],
        &[
            ("c2.name", "Hồ Văn Lực"),
            ("c2.birth", "3/2017"),
            ("c2.sex", "1"),
        ],
    ]
    .concat();
    let check = pages
        .post(&officer, "/entry", &form(&draft, "check", &two))
        .must(200);
    for words in [
        "Xem lại trước khi lưu",
        "Hồ Thị Sương",
        "12/03/2015",
        "Nữ",
        "Pa Cô",
        "chỉ có",
    ] {
        assert!(check.text.contains(words), "{words}");
    }
    assert!(pages.act(|desk| {
        Ok(crate::act::register::find::run(desk, "hồ thị lê")?
            .children
            .is_empty())
    }));
    let saved = pages
        .post(&officer, "/entry", &form(&draft, "save", &two))
        .must(200);
    assert!(
        saved.text.contains("thêm 2 trẻ (Hồ Thị Lê, Hồ Văn Lực)"),
        "{}",
        saved.text
    );
    assert_eq!(value(&saved.text, "h.hamlet"), "A Đăng");
    assert_eq!(value(&saved.text, "h.ethnicity"), "Pa Cô");
    assert_eq!(value(&saved.text, "h.mother"), "");
    assert_ne!(value(&saved.text, "draft"), draft);
    // Sent twice: once in the book.
    let again = pages
        .post(&officer, "/entry", &form(&draft, "save", &two))
        .must(200);
    assert!(again.text.contains("đã được lưu từ trước"));
    pages.child("hồ thị lê");
    assert!(
        pages
            .get(&officer, "/entry/drafts")
            .text
            .contains("Không có hộ nào đang gõ dở")
    );
    pages
        .get(&officer, &format!("/entry/draft/{draft}"))
        .must(422);
}

#[test]
fn who_is_in_the_book_is_asked_about() {
    let pages = Pages::new();
    let officer = pages.officer();
    let mo = pages.child("hồ thị mơ");
    let answer = format!("a1.{mo}");
    let typed = [
        ("h.father", "Hồ Văn Khăm"),
        ("h.mother", "Hồ Thị Lia"),
        ("c1.name", "Hồ Thị Mơ"),
        ("c1.birth", "12032015"),
        ("c1.sex", "2"),
    ];
    let draft = "0190b2aa-0000-7000-8000-000000000001";
    let look = pages
        .post(&officer, "/entry/look", &form(draft, "look", &typed))
        .must(200);
    assert!(
        look.text.contains("đã có trong sổ") && look.text.contains(&format!("name=\"{answer}\""))
    );
    assert!(!look.text.contains("<html"));
    // Unanswered it is not saved, and the page says where the answer is asked.
    for step in ["check", "save"] {
        let asked = pages
            .post(&officer, "/entry", &form(draft, step, &typed))
            .must(422);
        assert!(asked.text.contains("Dòng 1 có thể là trẻ đã có trong sổ"));
        assert!(asked.text.contains(&format!("href=\"#a1-{mo}\"")));
    }
    let same = [&typed[..], &[(answer.as_str(), "same")]].concat();
    let saved = pages
        .post(&officer, "/entry", &form(draft, "save", &same))
        .must(200);
    assert!(
        saved.text.contains("bổ sung 1 hồ sơ đã có"),
        "{}",
        saved.text
    );
    // Of a child of another commune no more is shown than was typed, and it cannot be filled in from here.
    let far = [
        ("h.father", ""),
        ("h.mother", ""),
        ("c1.name", "Nguyễn Thị Bình An"),
        ("c1.birth", "15082019"),
    ];
    let look = pages
        .post(&officer, "/entry/look", &form(draft, "look", &far))
        .must(200);
    assert!(look.text.contains("Xã Húc Nghì") && !look.text.contains("Trần Thị Thu"));
    let an = pages.child("nguyễn thị bình an");
    let answer = format!("a1.{an}");
    let same = [&far[..], &[(answer.as_str(), "same")]].concat();
    let draft = "0190b2aa-0000-7000-8000-000000000002";
    let refused = pages
        .post(&officer, "/entry", &form(draft, "save", &same))
        .must(422);
    assert!(refused.text.contains("ngoài địa bàn của bạn"));
}

#[test]
fn what_an_attacker_would_try() {
    let pages = Pages::new();
    let officer = pages.officer();
    let other = pages.person("canbo.huc", Role::Officer, Pages::area("Xã Húc Nghì"));
    let draft = "0190b2aa-0000-7000-8000-000000000003";
    let html = [
        ("c1.name", "<script>alert(1)</script>"),
        ("c1.birth", "=1+1"),
        ("h.address", "\"><img src=x>"),
    ];
    let got = pages
        .post(&officer, "/entry", &form(draft, "row", &html))
        .must(200);
    assert!(!got.text.contains("<script>alert") && !got.text.contains("<img src=x>"));
    assert!(
        got.text.contains("&#60;script&#62;alert(1)")
            || got.text.contains("&lt;script&gt;alert(1)")
    );
    // A forged area: the commune of another officer.
    let mut forged = form(draft, "save", &[("c1.name", "Hồ Thị Lê")]);
    for field in &mut forged {
        if field.0 == "h.commune" {
            field.1 = "19603";
        }
    }
    assert!(matches!(
        pages.post(&officer, "/entry", &forged).status.as_u16(),
        403 | 422
    ));
    // Another person's draft is not there for me: neither to open, nor to write, nor to throw away.
    pages
        .get(&other, &format!("/entry/draft/{draft}"))
        .must(422);
    let mine = [("draft", draft), ("version", "1"), ("c1.name", "x")];
    assert_eq!(
        pages.post(&other, "/entry/keep", &mine).status,
        StatusCode::CONFLICT
    );
    pages
        .post(&other, "/entry/throw", &[("draft", draft)])
        .must(422);
    assert!(pages.get(&officer, "/entry/drafts").text.contains("SƯƠNG"));
    // The same draft on two machines: who is behind is told.
    let kept = pages
        .post(
            &officer,
            "/entry/keep",
            &[("draft", draft), ("version", "1"), ("c1.name", "a")],
        )
        .must(200);
    assert_eq!(kept.json()["version"], 2);
    let late = pages.post(
        &officer,
        "/entry/keep",
        &[("draft", draft), ("version", "1"), ("c1.name", "b")],
    );
    assert!(late.status == StatusCode::CONFLICT && late.text.contains("gõ tiếp ở máy khác"));
    // A paper: a picture by its bytes, not by its name; and not for others.
    let send = |who: &Who, name: &str, bytes: &[u8]| {
        let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"draft\"\r\n\r\n{draft}\r\n--x\r\nContent-Disposition: form-data; name=\"paper\"; filename=\"{name}\"\r\n\r\n").into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        pages.ask(Pages::request(
            Some(who),
            Method::POST,
            "/entry/paper",
            "multipart/form-data; boundary=x",
            body,
        ))
    };
    for (name, bytes) in [
        ("a.jpg", &b"<svg onload=alert(1)>"[..]),
        ("a.png", b"PK\x03\x04"),
        ("a.webp", b""),
    ] {
        let got = send(&officer, name, bytes).must(422);
        assert!(
            got.text.contains("không phải ảnh JPEG, PNG hoặc WebP"),
            "{name}"
        );
    }
    let large = [&[0xFF, 0xD8, 0xFF][..], &vec![0; 10 << 20]].concat();
    assert!(
        send(&officer, "a.jpg", &large)
            .must(422)
            .text
            .contains("quá 10 MB")
    );
    send(&officer, "../../etc/passwd", &[0xFF, 0xD8, 0xFF, 0xE0]).must(303);
    send(&other, "a.jpg", &[0xFF, 0xD8, 0xFF, 0xE0]).must(422);
    let page = pages
        .get(&officer, &format!("/entry/draft/{draft}"))
        .must(200);
    assert!(page.text.contains(">passwd</a>"));
    let paper = value(&page.text, "paper").to_owned();
    let seen = pages
        .get(&officer, &format!("/entry/paper/{paper}"))
        .must(200);
    assert_eq!(seen.headers[header::CONTENT_TYPE], "image/jpeg");
    assert_eq!(seen.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    pages
        .get(&other, &format!("/entry/paper/{paper}"))
        .must(422);
    // Once it speaks of a child, a look at it is written down before it is shown.
    let typed = form(
        draft,
        "save",
        &[("c1.name", "Hồ Thị Lê"), ("c1.birth", "12032015")],
    );
    pages.post(&officer, "/entry", &typed).must(200);
    let looks = |pages: &Pages| {
        let history = pages.act(|desk| {
            crate::act::access::look::chain(desk, &crate::act::access::look::Asked::default(), None)
        });
        history
            .links
            .iter()
            .filter(|link| link.act == "look")
            .count()
    };
    assert_eq!(looks(&pages), 0);
    pages
        .get(&officer, &format!("/entry/paper/{paper}"))
        .must(200);
    assert_eq!(looks(&pages), 1);
    pages
        .get(&other, &format!("/entry/paper/{paper}"))
        .must(403);
    assert!(drafts::is_id(draft) && !drafts::is_id("../x") && !drafts::is_id(""));
}
