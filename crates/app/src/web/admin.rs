//! `/admin`: where the system is kept.
//!
//! In: the person. Out: the ways to the pages they may come into.

pub mod accounts;
pub mod audit;
pub mod backup;
pub mod headcounts;
pub mod rules;
pub mod second;
pub mod units;

use super::answer::show;
use super::{Answer, Page, Person};
use crate::access::Deed;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

/// Address, name, what it is for, what one must be allowed to do.
const PAGES: [(&str, &str, &str, Deed); 7] = [
    (
        "/admin/accounts",
        "Tài khoản",
        "Ai được vào, làm việc gì, ở địa bàn nào; liên kết đặt mật khẩu; mã của ứng dụng.",
        Deed::Accounts,
    ),
    (
        "/admin/units",
        "Đơn vị hành chính",
        "Tra một đơn vị là gì vào ngày nào; chuyển trẻ sang đơn vị mới khi sắp xếp, và hoàn tác.",
        Deed::Units,
    ),
    (
        "/admin/rules",
        "Quy tắc kiểm tra",
        "Các quy tắc đang bật; thử một tệp quy tắc xem bao nhiêu trẻ sẽ mắc lỗi rồi mới ban hành.",
        Deed::Rules,
    ),
    (
        "/admin/second",
        "Kiểm tra lần hai",
        "Đơn vị nào cần người thứ hai duyệt, hoặc nhập lại, khi sửa số, họ tên, ngày sinh và khi sửa nhiều hồ sơ.",
        Deed::Approve,
    ),
    (
        "/admin/headcounts",
        "Số trẻ em hiện có",
        "Số các đơn vị báo cáo, số nào còn ngờ; nạp tệp hoặc ghi từng số.",
        Deed::Headcounts,
    ),
    (
        "/admin/backup",
        "Sao lưu",
        "Các bản sao lưu, sao lưu ngay, khôi phục thử.",
        Deed::Backup,
    ),
    (
        "/admin/audit",
        "Nhật ký",
        "Ai đã làm gì, ai đã xem hồ sơ nào, ai bị từ chối.",
        Deed::Audit,
    ),
];

#[derive(Template)]
#[template(path = "admin.html")]
struct Home {
    page: Page,
    ways: Vec<(&'static str, &'static str, &'static str)>,
}

/// The page.
pub async fn home(person: Person) -> Response {
    let ways: Vec<_> = PAGES
        .iter()
        .filter(|(.., deed)| person.may(*deed))
        .map(|(href, name, what, _)| (*href, *name, *what))
        .collect();
    if ways.is_empty() {
        return Answer::page(
            StatusCode::FORBIDDEN,
            Some(&person),
            "Tài khoản này không được giao việc quản trị nào.",
            "Nếu cần, hãy đề nghị người quản trị giao quyền.",
        )
        .into_response();
    }
    show(&Home {
        page: Page::new("Quản trị hệ thống", "/admin", Some(&person)),
        ways,
    })
}

/// A page below.
fn page(title: &str, person: &Person, said: &str) -> Page {
    Page::new(title, "/admin", Some(person))
        .back("/admin", "Quản trị hệ thống")
        .said((!said.is_empty()).then(|| said.to_owned()))
}
