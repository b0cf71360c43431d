//! The pages of what may be one child asked as a browser, or an attacker, would ask.

use crate::access::{Area, Role};
use crate::act::check::{Silent, Stop};
use crate::act::register::pairs::look;
use crate::web::tests::Pages;
use axum::http::StatusCode;

const HEADS: &str =
    "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh cá nhân,Họ tên cha,Họ tên mẹ,Thôn,Xã,Huyện";

/// A book of twenty families, and two records of one child in a commune.
fn book(commune: &str) -> Pages {
    let mut lines = vec![HEADS.to_owned()];
    let given = [
        "Đông", "Hiếu", "Tâm", "Dũng", "Thủy", "Quyết", "Nga", "Phúc", "Bách", "Kiên", "Sơn",
        "Vinh", "Cúc", "Huệ", "Tùng", "Quân", "Lâm", "Diệp", "Khoa", "Yến",
    ];
    let name = |at: usize| given.get(at % given.len()).copied().unwrap_or("");
    for n in 0..20 {
        lines.push(format!(
            "Lê Văn {},{:02}/{:02}/20{:02},Nam,Kinh,,Lê Văn {},Trần Thị {},Thôn 1,{commune},Huyện Đakrông",
            name(n),
            n + 1,
            1 + n % 12,
            10 + n % 8,
            name(n + 7),
            name(n + 11),
        ));
    }
    for number in ["045316000088", ""] {
        lines.push(format!("Hồ Thị Mưa,05/05/2016,Nữ,Kinh,{number},Hồ Văn Núi,Hồ Thị Suối,Thôn 1,{commune},Huyện Đakrông"));
    }
    let pages = Pages::with(&lines.join("\n"));
    let found = pages.act(|desk| look::save(desk, (&Silent, &Stop::default())));
    assert_eq!(found.found, 1);
    pages
}

/// The address of the form, and what it hides.
fn asked(page: &str) -> (String, String) {
    let between = |from: &str, to: &str| {
        let rest = page.split(from).nth(1).unwrap_or_default();
        rest.split(to).next().unwrap_or_default().to_owned()
    };
    (
        between("<form method=\"post\" action=\"/duplicates/", "\""),
        between("name=\"seen\" value=\"", "\""),
    )
}

#[test]
fn an_item_is_shown_answered_once_and_parted() {
    let pages = book("Xã Tà Rụt");
    let who = pages.officer();
    let page = pages.get(&who, "/duplicates").text;
    assert!(
        page.contains("Còn 1 việc") && page.contains("Giữ hồ sơ (1)"),
        "{page}"
    );
    let (key, seen) = asked(&page);
    let at = format!("/duplicates/{key}");
    // What would happen, as a part of the page.
    let part = pages
        .post(
            &who,
            &format!("{at}/will"),
            &[("seen", seen.as_str()), ("answer", "")],
        )
        .text;
    assert!(
        part.contains("Tách lại được") && !part.contains("<html"),
        "{part}"
    );
    // Who has seen something else is told so.
    let late = pages.post(&who, &at, &[("seen", "7.7"), ("answer", "same")]);
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("đã thay đổi từ lúc mở trang"));
    let form = [("seen", seen.as_str()), ("with", "0"), ("answer", "same")];
    let done = pages.post(&who, &at, &form);
    assert_eq!(done.to(), "/duplicates?said=same");
    // The same form sent again does nothing more.
    let again = pages.post(&who, &at, &form);
    assert_eq!(again.status, StatusCode::CONFLICT);
    let page = pages.get(&who, "/duplicates/done").text;
    assert_eq!(page.matches("Tách…").count(), 1, "{page}");
    let merge = page
        .split("/duplicates/unmerge/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let parted = pages.post(
        &who,
        &format!("/duplicates/unmerge/{merge}"),
        &[("why", "<b>nhầm</b>")],
    );
    assert_eq!(parted.status, StatusCode::SEE_OTHER);
    assert!(pages.get(&who, "/duplicates").text.contains("Còn 1 việc"));
}

#[test]
fn another_communes_pair_is_not_to_be_seen_or_answered() {
    let pages = book("Xã Tà Rụt");
    let own = pages.officer();
    let (key, seen) = asked(&pages.get(&own, "/duplicates").text);
    let at = format!("/duplicates/{key}");
    let other = pages.person("lan", Role::Officer, Pages::area("Xã Húc Nghì"));
    let page = pages.get(&other, "/duplicates").text;
    assert!(page.contains("Không còn việc nào chờ"), "{page}");
    assert!(!page.contains("Hồ Thị Mưa"), "{page}");
    assert_eq!(pages.get(&other, &at).status, StatusCode::FORBIDDEN);
    for answer in ["same", "apart", "twins", "later", "look"] {
        let said = pages.post(&other, &at, &[("seen", seen.as_str()), ("answer", answer)]);
        assert_eq!(said.status, StatusCode::FORBIDDEN, "{answer}");
    }
    let said = pages.post(&other, &format!("{at}/will"), &[]);
    assert_eq!(said.status, StatusCode::FORBIDDEN);
    assert!(!said.text.contains("Mưa"));
    // Nothing has happened.
    assert!(pages.get(&own, "/duplicates").text.contains("Còn 1 việc"));
    let auditor = pages.person("kiemtra", Role::Auditor, Area::Whole);
    assert_eq!(
        pages.get(&auditor, "/duplicates").status,
        StatusCode::FORBIDDEN
    );
    for odd in ["x", "..%2F..", "0190b2c1-7f3a-7000-8000-00000000000a:1"] {
        let status = pages.get(&own, &format!("/duplicates/{odd}")).status;
        assert!(
            status == StatusCode::NOT_FOUND || status == StatusCode::UNPROCESSABLE_ENTITY,
            "{odd}: {status}"
        );
    }
}
