//! What the commands of the register say.

use super::super::screen::{self, grouped};
use crate::act::register::headcount::{Held, Loaded};
use crate::act::register::import::Imported;
use crate::act::register::init::Made;
use crate::act::register::show::{Happened, Shown};
use crate::act::register::undo::{Listed, Undone};
use std::fmt::Write as _;

/// All imports, as one object.
#[derive(serde::Serialize)]
pub struct Imports {
    /// The oldest first.
    pub imports: Vec<Listed>,
}

/// All events of a child, as one object.
#[derive(serde::Serialize)]
pub struct History {
    /// The oldest first.
    pub events: Vec<Happened>,
}

/// All headcounts, as one object.
#[derive(serde::Serialize)]
pub struct Headcounts {
    /// By unit.
    pub headcounts: Vec<Held>,
}

pub fn count(count: i64) -> String {
    grouped(count.unsigned_abs())
}

pub fn made(made: &Made) -> String {
    format!(
        "Đã tạo {} (mã sổ {}), đơn vị hành chính theo danh mục có hiệu lực từ {}.\n",
        made.name, made.register, made.edition
    )
}

pub fn imported(told: &Imported) -> String {
    let mut out = format!(
        "Đã nhập {} trẻ vào sổ; {} đã chuẩn hóa, {} đủ thông tin cơ bản.\nMã lần nhập: {}\n",
        grouped(told.new),
        grouped(told.identified),
        grouped(told.complete),
        told.import
    );
    if told.disputed > 0 {
        let _ = writeln!(
            out,
            "  {} trẻ mang số mà trẻ khác trong sổ cũng mang.",
            grouped(told.disputed)
        );
    }
    for remark in &told.remarks {
        out.push_str(&screen::item(remark, 100));
    }
    out
}

fn state(word: &str) -> &str {
    match word {
        "applied" => "có hiệu lực",
        "undone" => "đã hủy",
        "active" => "đang theo dõi",
        "withdrawn" => "rút khỏi sổ (lần nhập bị hủy)",
        "added" => "thêm vào sổ",
        "changed" => "sửa",
        "restored" => "đưa lại vào sổ",
        other => other,
    }
}

/// A moment as a person reads it; the register keeps UTC.
pub fn when(at: &str) -> String {
    at.get(..19).map_or_else(
        || at.to_owned(),
        |at| format!("{} UTC", at.replace('T', " ")),
    )
}

pub fn imports(told: &Imports) -> String {
    if told.imports.is_empty() {
        return "Chưa có lần nhập nào.\n".to_owned();
    }
    let mut out = String::new();
    for import in &told.imports {
        let _ = writeln!(
            out,
            "{}  {}  {} dòng  {}  {}",
            import.import,
            when(&import.at),
            count(import.rows),
            state(&import.state),
            import.who
        );
    }
    out
}

pub fn undone(told: &Undone) -> String {
    let verb = match (told.state.as_str(), told.done) {
        ("undone", true) => "Đã rút khỏi sổ",
        ("undone", false) => "Sẽ rút khỏi sổ",
        (_, true) => "Đã đưa lại vào sổ",
        (_, false) => "Sẽ đưa lại vào sổ",
    };
    let mut out = format!("{verb} {} hồ sơ.\n", grouped(told.turned));
    if told.kept > 0 {
        let _ = writeln!(
            out,
            "Giữ nguyên {} hồ sơ đã được sửa sau lần nhập:",
            grouped(told.kept)
        );
        for id in &told.kept_ids {
            let _ = writeln!(out, "  {id}");
        }
        if (told.kept_ids.len() as u64) < told.kept {
            out.push_str("  …\n");
        }
    }
    if !told.done {
        out.push_str("Chưa làm gì; thêm --yes để làm thật.\n");
    }
    out
}

fn fields(record: &serde_json::Value) -> String {
    let mut out = String::new();
    for (name, value) in record.as_object().into_iter().flatten() {
        let _ = writeln!(
            out,
            "  {} {}",
            screen::left(name, 22),
            value.as_str().unwrap_or("")
        );
    }
    out
}

pub fn shown(told: &Shown) -> String {
    let yes = |truth: bool| if truth { "có" } else { "chưa" };
    let mut out = format!(
        "Hồ sơ {} (bản {}), {}.\nĐã chuẩn hóa: {}. Đủ thông tin cơ bản: {}.\n",
        told.child,
        told.version,
        state(&told.state),
        yes(told.identified),
        yes(told.complete)
    );
    out.push_str(&fields(&told.record));
    for (rule, field, raw, suggestion) in &told.findings {
        let _ = write!(out, "  ! {rule} ({field})");
        if !raw.is_empty() {
            let _ = write!(out, ": “{raw}”");
        }
        if !suggestion.is_empty() {
            let _ = write!(out, " → {suggestion}");
        }
        out.push('\n');
    }
    for (file, sheet, row) in &told.origins {
        let sheet = if sheet.is_empty() {
            String::new()
        } else {
            format!(", trang {sheet}")
        };
        let _ = writeln!(out, "  từ tệp {file}{sheet}, dòng {row}");
    }
    out
}

pub fn history(told: &History) -> String {
    let mut out = String::new();
    for event in &told.events {
        let _ = writeln!(
            out,
            "bản {}  {}  {}  {}",
            event.version,
            when(&event.at),
            state(&event.kind),
            event.who
        );
        out.push_str(&fields(&event.record));
    }
    out
}

pub fn loaded(told: &Loaded) -> String {
    format!(
        "Đã nạp số trẻ em của {} đơn vị, tổng cộng {}.\n",
        grouped(told.units),
        count(told.children)
    )
}

pub fn headcounts(told: &Headcounts) -> String {
    let mut out = String::new();
    let mut sum = 0_i64;
    for one in &told.headcounts {
        sum = sum.saturating_add(one.headcount);
        let _ = writeln!(
            out,
            "{} {} {}  {}  {}",
            screen::left(&one.unit, 6),
            screen::left(&one.name, 28),
            screen::right(&count(one.headcount), 8),
            one.day,
            one.source
        );
    }
    let _ = writeln!(
        out,
        "{} {}",
        screen::left("Tổng cộng", 35),
        screen::right(&count(sum), 8)
    );
    out
}
