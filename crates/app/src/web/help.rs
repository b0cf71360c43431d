//! A help page per step, in plain Vietnamese. The texts are files of this program, none comes from a person.
//!
//! In: a word. Out: its page; without a word, all of them.

use super::answer::show;
use super::{Answer, Page, Person};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};

/// Word of the address, title, text.
const PAGES: [(&str, &str, &str); 13] = [
    (
        "today",
        "Việc hôm nay",
        include_str!("../../templates/help/today.html"),
    ),
    (
        "list",
        "Danh sách và sửa hàng loạt",
        include_str!("../../templates/help/list.html"),
    ),
    (
        "child",
        "Hồ sơ trẻ em",
        include_str!("../../templates/help/child.html"),
    ),
    (
        "import",
        "Nhập từ tệp",
        include_str!("../../templates/help/import.html"),
    ),
    (
        "entry",
        "Nhập mới trẻ em phát sinh",
        include_str!("../../templates/help/entry.html"),
    ),
    (
        "duplicates",
        "Xử lý nghi trùng",
        include_str!("../../templates/help/duplicates.html"),
    ),
    (
        "missing",
        "Ai còn thiếu",
        include_str!("../../templates/help/missing.html"),
    ),
    (
        "handover",
        "Xác thực với Công an",
        include_str!("../../templates/help/handover.html"),
    ),
    (
        "report",
        "Tiến độ",
        include_str!("../../templates/help/report.html"),
    ),
    (
        "letter",
        "Văn bản, chỉ tiêu, danh sách theo dõi",
        include_str!("../../templates/help/letter.html"),
    ),
    (
        "account",
        "Tài khoản, mật khẩu, mã xác thực",
        include_str!("../../templates/help/account.html"),
    ),
    (
        "admin",
        "Quản trị hệ thống",
        include_str!("../../templates/help/admin.html"),
    ),
    (
        "keys",
        "Phím tắt",
        include_str!("../../templates/help/keys.html"),
    ),
];

#[derive(Template)]
#[template(path = "help.html")]
struct Index {
    page: Page,
    pages: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "help_page.html")]
struct One {
    page: Page,
    text: &'static str,
}

/// All help pages.
pub async fn index(person: Option<Person>) -> Response {
    show(&Index {
        page: Page::new("Hướng dẫn", "/help", person.as_ref()),
        pages: PAGES
            .iter()
            .map(|(word, title, _)| (*word, *title))
            .collect(),
    })
}

/// One help page.
pub async fn page(person: Option<Person>, Path(word): Path<String>) -> Response {
    let Some((_, title, text)) = PAGES.iter().find(|(known, _, _)| *known == word) else {
        return Answer::not_found(person.as_ref()).into_response();
    };
    show(&One {
        page: Page::new(title, "/help", person.as_ref()).back("/help", "Hướng dẫn"),
        text,
    })
}
