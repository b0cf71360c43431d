//! `/admin/audit`: the chain of acts, and who looked at whom; the auditor's page.
//!
//! In: what is asked for. Out: pages, the latest first; a page begins where the last one ended.

use super::super::answer::show;
use super::super::{Answer, Page, Person, State};
use super::page;
use crate::access::Deed;
use crate::act::access::look::{self, Asked};
use crate::shown::spoken;
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "admin_audit.html")]
struct Audit {
    page: Page,
    asked: Query_,
    chain: bool,
    deeds: Vec<(&'static str, &'static str, bool)>,
    lines: Vec<Line>,
    next: Option<String>,
    wrong: String,
}

/// A line of either log.
struct Line {
    at: String,
    who: String,
    what: String,
    allowed: bool,
    child: Option<String>,
    detail: String,
}

#[derive(Template)]
#[template(path = "admin_audit_checked.html")]
struct Checked {
    page: Page,
    broken: Vec<String>,
    links: String,
    events: String,
}

/// What is asked for, as the form sends it.
#[derive(Clone, Default, Deserialize)]
pub struct Query_ {
    /// `looks`, or `chain`.
    #[serde(default)]
    log: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    child: String,
    #[serde(default)]
    deed: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    before: String,
}

/// Acts of the chain, in words; others are shown as they are.
const ACTS: &[(&str, &str)] = &[
    ("init", "lập sổ"),
    ("import", "nhập từ tệp"),
    ("undo", "hủy lượt nhập"),
    ("redo", "nhập lại lượt đã hủy"),
    ("decide", "quyết định dòng chờ"),
    ("decide-undo", "lấy lại quyết định"),
    ("edit", "sửa hồ sơ"),
    ("close", "đóng hồ sơ"),
    ("reopen", "mở lại hồ sơ"),
    ("merge", "gộp hồ sơ"),
    ("unmerge", "tách hồ sơ đã gộp"),
    ("apart", "ghi là hai trẻ khác nhau"),
    ("move", "chuyển đi, chuyển đến"),
    ("look", "xem thông tin nhạy cảm"),
    ("export", "xuất thông tin nhạy cảm"),
    ("handover", "danh sách bàn giao"),
    ("handover-answer", "ghi kết quả của Công an"),
    ("handover-apply", "cập nhật kết quả của Công an"),
    ("handover-unapply", "hủy cập nhật kết quả của Công an"),
    ("handover-seen", "thấy trên phần mềm quốc gia"),
    ("handover-task", "xong việc phát sinh từ kết quả"),
    ("handover-setting", "đặt hạn đăng ký khai sinh"),
    ("handover-evidence", "chứng cứ ký của danh sách"),
    ("handover-days", "đặt hạn cho danh sách bàn giao"),
    ("handover-review", "rà soát tại hộ"),
    ("handover-sheets", "lập phiếu rà soát hộ"),
    ("headcount", "ghi số trẻ em báo cáo"),
    ("rules", "ban hành quy tắc"),
    ("reform", "sắp xếp đơn vị"),
    ("reform-undo", "hoàn tác sắp xếp đơn vị"),
    ("mirror", "nạp kết xuất phần mềm quốc gia"),
    ("missing-load", "nạp danh sách của ngành khác"),
    ("missing-link", "đối chiếu danh sách của ngành khác với sổ"),
    ("missing-refuse", "ghi là trẻ không thiếu"),
    ("missing-drop", "hủy danh sách của ngành khác"),
    ("backup", "sao lưu"),
    ("restore", "khôi phục"),
    ("restore-drill", "khôi phục thử"),
    ("person-added", "lập tài khoản"),
    ("person-locked", "khóa tài khoản"),
    ("person-unlocked", "mở khóa tài khoản"),
    ("grant-given", "giao vai trò"),
    ("grant-ended", "thu lại vai trò"),
    ("link-made", "lập liên kết đặt mật khẩu"),
    ("link-used", "đặt mật khẩu bằng liên kết"),
    ("password-changed", "đổi mật khẩu"),
    ("totp-on", "bật mã xác thực"),
    ("totp-off", "tắt mã xác thực"),
    ("token-made", "lập mã ứng dụng"),
    ("token-ended", "thu lại mã ứng dụng"),
    ("add", "nhập mới trẻ em"),
    ("shared", "ghi số trùng với trẻ ở sổ khác"),
];

fn act_words(act: &str) -> &str {
    let found = ACTS.iter().find(|(code, _)| *code == act);
    found.map_or(act, |(_, words)| words)
}

fn deed_words(deed: &str) -> &str {
    if deed == look::SIGN_IN {
        return "đăng nhập";
    }
    match Deed::from_code(deed) {
        Some(known) => known.words(),
        None => deed,
    }
}

/// A day as the browser sends it; empty is any day.
fn day(text: &str) -> Result<Option<jiff::civil::Date>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.trim()
        .parse()
        .map(Some)
        .map_err(|_| "Ngày không dùng được: viết năm-tháng-ngày, ví dụ 2026-11-26.".to_owned())
}

/// The page.
pub async fn home(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Query_>,
) -> Result<Response, Answer> {
    let chain = asked.log == "chain";
    let days = day(&asked.from).and_then(|from| Ok((from, day(&asked.to)?)));
    let (span, wrong) = match days {
        Ok(days) => (days, String::new()),
        Err(sentence) => ((None, None), sentence),
    };
    let of = Asked {
        who: asked.who.trim().to_owned(),
        child: asked.child.trim().to_owned(),
        deed: asked.deed.clone(),
        from: span.0,
        to: span.1,
    };
    let before = asked.before.clone();
    let (lines, next) = state
        .act(&person, move |desk| {
            if chain {
                let page = look::chain(desk, &of, before.parse().ok())?;
                let lines = page.links.into_iter().map(of_link).collect::<Vec<_>>();
                return Ok((lines, page.next.map(|next| next.to_string())));
            }
            let page = look::looks(desk, &of, &before)?;
            let lines = page.looks.into_iter().map(of_look).collect();
            Ok((lines, page.next))
        })
        .await?;
    let deeds = if chain {
        ACTS.iter()
            .map(|(code, words)| (*code, *words, *code == asked.deed))
            .collect()
    } else {
        let known = Deed::ALL.iter().map(|deed| (deed.code(), deed.words()));
        known
            .chain([(look::SIGN_IN, "đăng nhập")])
            .map(|(code, words)| (code, words, code == asked.deed))
            .collect()
    };
    let mut page = page("Nhật ký", &person, "");
    page.wrong = !wrong.is_empty();
    Ok(show(&Audit {
        next: next.map(|next| further(&asked, &next)),
        page,
        asked,
        chain,
        deeds,
        lines,
        wrong,
    }))
}

fn of_link(link: treem_store::audit::Link) -> Line {
    let mut detail = format!("mục số {}", link.seq);
    for text in [&link.why, &link.subject] {
        if !text.is_empty() {
            detail.push_str(" · ");
            detail.push_str(text);
        }
    }
    Line {
        at: spoken(&link.at),
        who: link.who,
        what: act_words(&link.act).to_owned(),
        allowed: true,
        child: None,
        detail,
    }
}

fn of_look(look: treem_store::look::Look) -> Line {
    let edition = look.edition.as_deref().unwrap_or("");
    let unit = look.unit.as_deref().and_then(|code| {
        treem_child::normalise::unit::edition(edition)
            .by_code(code)
            .map(|unit| unit.name.to_owned())
    });
    let mut detail = unit.unwrap_or_default();
    if look.children > 1 {
        detail = format!(
            "{} trẻ",
            treem_child::texts::grouped(look.children.unsigned_abs())
        );
    }
    Line {
        at: spoken(&look.at),
        who: look.who,
        what: deed_words(&look.deed).to_owned(),
        allowed: look.allowed,
        child: look.child,
        detail,
    }
}

/// The address of the next page: the same question, further on.
fn further(asked: &Query_, next: &str) -> String {
    let mut out = String::from("/admin/audit?");
    let fields = [
        ("log", asked.log.as_str()),
        ("who", &asked.who),
        ("child", &asked.child),
        ("deed", &asked.deed),
        ("from", &asked.from),
        ("to", &asked.to),
        ("before", next),
    ];
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        if !out.ends_with('?') {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                out.push(char::from(byte));
            } else {
                use std::fmt::Write as _;
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Goes through the chain.
pub async fn check(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    let (broken, links, events) = state.act(&person, |desk| look::verify(desk)).await?;
    let count = |count: i64| treem_child::texts::grouped(count.unsigned_abs());
    Ok(show(&Checked {
        page: Page::new("Kiểm tra nhật ký", "/admin", Some(&person))
            .back("/admin/audit", "Nhật ký"),
        broken,
        links: count(links),
        events: count(events),
    }))
}
