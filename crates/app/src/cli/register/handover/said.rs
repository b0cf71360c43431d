//! What `treem handover` says. No child's name: only codes of rows and ids.

use super::super::super::screen::{self, grouped};
use super::super::words::when;
use crate::act::register::handover::draw::Drawn;
use crate::act::register::handover::frozen::Canonical;
use crate::act::register::handover::late::{Due, Setting};
use crate::act::register::handover::review::Reviewed;
use crate::act::register::handover::sheets::{Opened, Sheets};
use crate::act::register::handover::show::{Line, Overview, Shown};
use crate::act::register::handover::split::Split;
use std::fmt::Write as _;
use treem_child::rule::RuleId;

/// Who is left out, of many only so many.
const LEFT_OUT: usize = 20;

/// All settings, as one object.
#[derive(serde::Serialize)]
pub struct Days {
    /// Ours first.
    pub days: Vec<Setting>,
}

/// A rule as a person reads it; one of a local file by its code.
fn rule_title(code: &str) -> &str {
    RuleId::from_code(code)
        .and_then(RuleId::info)
        .map_or(code, |info| info.title)
}

fn due(due: Due) -> String {
    match (due.late, due.within) {
        (Some(late), _) => format!("{} ngày, CHẬM {late} ngày", due.days),
        (None, Some(within)) => format!("{} ngày trên {within}", due.days),
        (None, None) => format!("{} ngày", due.days),
    }
}

fn place(line: &Line) -> String {
    if line.hamlet.is_empty() {
        line.unit_name.clone()
    } else {
        format!("{}, {}", line.hamlet, line.unit_name)
    }
}

pub fn drawn(told: &Drawn) -> String {
    let mut out = String::new();
    for one in &told.lists {
        let list = one
            .list
            .map_or_else(|| "Sẽ lập".to_owned(), |list| format!("Đã lập {list}"));
        let _ = writeln!(
            out,
            "{list}: “{}”, {}, {} trẻ.",
            one.title,
            one.unit_name,
            grouped(one.rows as u64)
        );
        if one.earlier > 0 {
            let _ = writeln!(
                out,
                "  Trong đó {} trẻ mà danh sách trước chưa được trả lời, xếp trước.",
                grouped(one.earlier as u64)
            );
        }
        for (rule, count) in &one.why {
            let _ = writeln!(
                out,
                "  {} {}",
                screen::right(&grouped(*count as u64), 6),
                rule_title(rule)
            );
        }
    }
    for one in told.left_out.iter().take(LEFT_OUT) {
        let _ = writeln!(out, "Không đưa vào: hồ sơ {}. {}", one.child, one.why);
    }
    if told.left_out.len() > LEFT_OUT {
        let _ = writeln!(
            out,
            "… và {} hồ sơ khác không đưa vào (xem đủ bằng --json).",
            grouped((told.left_out.len() - LEFT_OUT) as u64)
        );
    }
    if !told.done {
        out.push_str("Chưa làm gì; thêm --yes để lập danh sách.\n");
    }
    out
}

fn head(told: &Shown) -> String {
    let line = &told.line;
    let mut out = format!(
        "Danh sách {}: “{}”, {}.\n{} từ {} ({}). Người giữ: {}.\n",
        line.list,
        line.title,
        place(line),
        line.place_label,
        when(&line.since),
        due(line.due),
        line.holder_label
    );
    let tally = &told.tally;
    let _ = write!(out, "{} dòng", grouped(tally.rows));
    for (count, words) in [
        (tally.open, "trong danh sách"),
        (tally.struck, "đã loại"),
        (tally.answered, "có kết quả"),
        (tally.done, "đã cập nhật"),
        (tally.left, "chưa được trả lời, vào danh sách sau"),
        (tally.moved, "chuyển sang phần tách"),
    ] {
        if count > 0 {
            let _ = write!(out, "; {} {words}", grouped(count));
        }
    }
    out.push_str(".\n");
    if !line.waits.is_none() {
        let _ = writeln!(out, "Chờ người làm: {}.", line.waits.words().join("; "));
    }
    if let Some(seal) = &told.seal_grouped {
        let _ = writeln!(out, "SHA-256: {seal}");
    }
    if !told.next.is_empty() {
        let words: Vec<&str> = told.next.iter().map(|(_, label)| *label).collect();
        let _ = writeln!(out, "Bây giờ có thể: {}.", words.join("; "));
    }
    out
}

/// After a step: the head alone.
pub fn stepped(told: &Shown) -> String {
    head(told)
}

pub fn shown(told: &Shown) -> String {
    let mut out = head(told);
    if let Some(list) = told.part_of {
        let _ = writeln!(out, "Là một phần của danh sách {list}.");
    }
    if !told.parts.is_empty() {
        let parts: Vec<String> = told.parts.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "Đã tách thành: {}.", parts.join(", "));
    }
    for step in &told.steps {
        let _ = write!(out, "  {}  {}  {}", when(&step.at), step.label, step.who);
        for (words, text) in [("lý do", &step.why), ("theo giấy", &step.paper)] {
            if !text.is_empty() {
                let _ = write!(out, " ({words}: {text})");
            }
        }
        out.push('\n');
    }
    for row in &told.lines {
        let _ = write!(out, "  {}  {}", row.row, row.child);
        let state = match row.state.as_str() {
            "struck" => format!("đã loại: {}", row.note),
            "done" => "đã cập nhật".to_owned(),
            "left" => "chưa được trả lời".to_owned(),
            "moved" => "ở phần đã tách".to_owned(),
            _ if row.answered => "có kết quả".to_owned(),
            _ => match row.review.as_str() {
                "same" => "đã rà soát: đúng".to_owned(),
                "changed" => "đã rà soát: đã sửa".to_owned(),
                _ => String::new(),
            },
        };
        let why: Vec<&str> = row.why.iter().map(|code| rule_title(code)).collect();
        let _ = write!(out, "  {}", why.join("; "));
        if !state.is_empty() {
            let _ = write!(out, "  [{state}]");
        }
        if !row.earlier.is_empty() {
            let _ = write!(out, "  (trước ở dòng {})", row.earlier);
        }
        out.push('\n');
    }
    out
}

pub fn listed(told: &Overview) -> String {
    if told.lists.is_empty() {
        return "Không có danh sách nào như vậy.\n".to_owned();
    }
    let mut out = String::new();
    for line in &told.lists {
        let _ = writeln!(
            out,
            "{}  {}  {}  {}  {} trẻ  {}",
            line.list,
            screen::left(line.place_label, 26),
            screen::left(line.holder_label, 24),
            screen::left(&due(line.due), 26),
            screen::right(&grouped(line.open), 5),
            place(line)
        );
        if !line.waits.is_none() {
            let _ = writeln!(out, "         {}", line.waits.words().join("; "));
        }
    }
    let _ = writeln!(
        out,
        "{} danh sách, {} trẻ; {} danh sách chậm.",
        grouped(told.lists.len() as u64),
        grouped(told.open),
        grouped(told.late as u64)
    );
    out
}

pub fn reviewed(told: &Reviewed) -> String {
    let mut out = String::new();
    if let Some(edited) = &told.edited {
        for change in &edited.changes {
            let before = change.before.as_deref().unwrap_or("(không hiện)");
            let _ = writeln!(out, "  {}: “{before}” → “{}”", change.label, change.after);
        }
        if let Some(fix) = &edited.waits {
            let _ = writeln!(out, "Sửa đổi chờ kiểm tra lần hai: {fix}.");
        }
    }
    match told.review {
        "same" => {
            let _ = writeln!(out, "Dòng {}: đúng như đã ghi.", told.row);
        }
        "changed" => {
            let _ = writeln!(out, "Dòng {}: đã ghi theo phiếu.", told.row);
        }
        _ => out.push_str("Chưa làm gì; thêm --yes để sửa.\n"),
    }
    out
}

pub fn split(told: &Split) -> String {
    let mut out = head(&told.list);
    for part in &told.parts {
        let _ = writeln!(
            out,
            "  Phần {}: “{}”, {} trẻ.",
            part.line.list,
            part.line.title,
            grouped(part.line.open)
        );
    }
    out
}

pub fn sheets(told: &Sheets) -> String {
    let mut out = String::new();
    let mut children = 0_u64;
    for house in &told.households {
        children += house.children.len() as u64;
        let _ = writeln!(
            out,
            "{}  {}  {} trẻ",
            house.sheet,
            screen::left(&house.hamlet, 24),
            house.children.len()
        );
    }
    let _ = writeln!(
        out,
        "{} hộ, {} trẻ.",
        grouped(told.households.len() as u64),
        grouped(children)
    );
    out
}

pub fn sheet(told: &Opened) -> String {
    let mut out = format!("Phiếu {}, {}.\n", told.sheet, told.hamlet);
    for (child, row) in &told.children {
        let row = row.map_or_else(|| "không ở danh sách nào".to_owned(), |row| row.to_string());
        let _ = writeln!(out, "  {child}  {row}");
    }
    out
}

pub fn sealed(told: &Canonical) -> String {
    format!(
        "Đã ghi nội dung danh sách {}, {} trẻ.\nSHA-256: {}\n",
        told.list,
        grouped(told.rows as u64),
        told.seal
    )
}

pub fn days(told: &Days) -> String {
    let mut out = String::new();
    for one in &told.days {
        let unit = if one.unit.is_empty() {
            "nơi chưa đặt riêng"
        } else {
            &one.unit_name
        };
        let days = one
            .days
            .map_or_else(|| "không đặt hạn".to_owned(), |days| format!("{days} ngày"));
        let _ = writeln!(
            out,
            "{} {}  {unit}",
            screen::left(one.place_label, 28),
            screen::left(&days, 14)
        );
    }
    out
}
