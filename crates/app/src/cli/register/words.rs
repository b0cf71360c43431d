//! What the commands of the register say.

use super::super::screen::{self, grouped};
use crate::act::register::headcount::{Doubt, Holding, Loaded};
use crate::act::register::import::Imported;
use crate::act::register::init::Made;
use crate::act::register::kin::Kin;
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

pub fn count(count: i64) -> String {
    grouped(count.unsigned_abs())
}

pub fn made(made: &Made) -> String {
    let mut out = format!(
        "{} {} (mã sổ {}), đơn vị hành chính theo danh mục có hiệu lực từ {}.\n",
        if made.new { "Đã tạo" } else { "Đã có" },
        made.name,
        made.register,
        made.edition
    );
    if let Some(role) = &made.app_role {
        let _ = writeln!(
            out,
            "Vai trò {role} làm việc được với sổ; {} bảng (lịch sử, nhật ký, …) vai trò ấy chỉ đọc và thêm.",
            made.unchangeable
        );
    }
    out
}

pub fn imported(told: &Imported) -> String {
    let mut out = format!(
        "Đã nhập {} dòng: {} trẻ mới, {} dòng là trẻ đã có, {} dòng chưa rõ.\n",
        grouped(told.rows),
        grouped(told.new),
        grouped(told.same),
        grouped(told.perhaps)
    );
    let _ = writeln!(
        out,
        "  Trong số trẻ mới: {} đã chuẩn hóa, {} đủ thông tin cơ bản.\nMã lần nhập: {}",
        grouped(told.identified),
        grouped(told.complete),
        told.import
    );
    if told.filled > 0 {
        let _ = writeln!(
            out,
            "  {} hồ sơ trong sổ được bổ sung chỗ còn trống.",
            grouped(told.filled)
        );
    }
    if told.differing > 0 {
        let _ = writeln!(
            out,
            "  {} dòng ghi khác với hồ sơ; hồ sơ giữ nguyên, chỗ khác chờ quyết định.",
            grouped(told.differing)
        );
    }
    if told.disputed > 0 {
        let _ = writeln!(
            out,
            "  {} trẻ mang số mà trẻ khác trong sổ cũng mang.",
            grouped(told.disputed)
        );
    }
    if told.perhaps + told.differing > 0 {
        let _ = writeln!(
            out,
            "Xem các dòng đang chờ: treem decide --list {}",
            told.import
        );
    }
    for remark in &told.remarks {
        out.push_str(&screen::item(remark, 100));
    }
    out
}

pub fn state(word: &str) -> &str {
    match word {
        "applied" => "có hiệu lực",
        "undone" => "đã hủy",
        "active" => "đang theo dõi",
        "withdrawn" => "rút khỏi sổ (lần nhập bị hủy)",
        "added" => "thêm vào sổ",
        "changed" => "sửa",
        "restored" => "đưa lại vào sổ",
        "reverted" => "trở lại như trước",
        "closed" => "đóng hồ sơ",
        "died" => "đã mất",
        "moved" => "đã chuyển đi",
        "mistake" => "nhập nhầm",
        "merged" => "đã gộp vào hồ sơ khác",
        "unmerged" => "tách khỏi hồ sơ đã gộp",
        "reassigned" => "gán lại đơn vị (sắp xếp đơn vị hành chính)",
        other => other,
    }
}

/// A moment as a person reads it, by the clock of the country; the register keeps UTC, and so does `--json`. What is no moment stays as it is.
pub fn when(at: &str) -> String {
    at.parse()
        .map_or_else(|_| at.to_owned(), treem_child::texts::spoken)
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
        if import.waits > 0 {
            let _ = writeln!(out, "    {} dòng đang chờ quyết định", count(import.waits));
        }
    }
    out
}

pub fn undone(told: &Undone) -> String {
    let will = if told.done { "Đã" } else { "Sẽ" };
    let back = told.state == "undone";
    let mut out = String::new();
    let mut say = |count: u64, undone: &str, again: &str| {
        if count > 0 {
            let rest = if back { undone } else { again };
            let _ = writeln!(out, "{will} {}", rest.replace("{}", &grouped(count)));
        }
    };
    say(
        told.added,
        "rút khỏi sổ {} trẻ do lần nhập này thêm vào.",
        "đưa lại vào sổ {} trẻ.",
    );
    say(
        told.changed,
        "đưa {} hồ sơ trở lại như trước lần nhập.",
        "sửa lại {} hồ sơ như lần nhập đã sửa.",
    );
    say(
        told.waiting,
        "bỏ {} dòng khỏi hàng chờ.",
        "đưa {} dòng trở lại hàng chờ.",
    );
    say(
        told.asked,
        "",
        "để {} trẻ chờ quyết định, vì nay trong sổ có trẻ giống (treem decide --list).",
    );
    if out.is_empty() {
        out.push_str("Không có hồ sơ nào phải thay đổi.\n");
    }
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
    let texts = record.as_object().into_iter().flatten();
    for (name, value) in texts.filter(|(_, value)| value.is_string()) {
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
    if let Some(sensitive) = &told.sensitive {
        out.push_str("Thông tin nhạy cảm (lần xem này đã ghi vào nhật ký):\n");
        out.push_str(&fields(sensitive));
    }
    if !told.disputed_with.is_empty() {
        let _ = writeln!(
            out,
            "  Số này còn đứng tên hồ sơ: {}",
            told.disputed_with.join(", ")
        );
    }
    kin(&told.kin, &mut out);
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

fn kin(kin: &Kin, out: &mut String) {
    if let Some(survivor) = &kin.merged_into {
        let _ = writeln!(out, "  đã gộp vào hồ sơ {survivor}");
    }
    for loser in &kin.merged {
        let _ = writeln!(out, "  gồm cả hồ sơ {loser} đã gộp vào đây");
    }
    if let Some((book, child)) = &kin.moved_from {
        let _ = writeln!(out, "  chuyển đến từ sổ {book}, hồ sơ {child}");
    }
    if let Some((book, child)) = &kin.moved_to {
        let _ = writeln!(out, "  đã chuyển sang sổ {book}, hồ sơ {child}");
    }
}

pub fn history(told: &History) -> String {
    let mut out = String::new();
    let first = told.events.first().map(|event| &event.child);
    let several = told.events.iter().any(|event| Some(&event.child) != first);
    for event in &told.events {
        if several {
            let _ = writeln!(out, "sổ {}, hồ sơ {}", event.register, event.child);
        }
        let kind = match (event.kind.as_str(), event.state.as_str()) {
            ("moved", "active") => "chuyển đến",
            ("merged", "active") => "nhận hồ sơ gộp vào",
            (kind, _) => state(kind),
        };
        let _ = writeln!(
            out,
            "bản {}  {}  {}  {}",
            event.version,
            when(&event.at),
            kind,
            event.who
        );
        out.push_str(&fields(&event.record));
    }
    out
}

pub fn loaded(told: &Loaded) -> String {
    let mut out = format!(
        "Đã nạp số trẻ em của {} đơn vị, tổng cộng {}.\n",
        grouped(told.units),
        count(told.children)
    );
    if told.populations > 0 {
        let _ = writeln!(
            out,
            "Đã nạp dân số của {} đơn vị.",
            grouped(told.populations)
        );
    }
    doubts(&told.doubts, &mut out);
    out
}

/// Headcounts to be asked about that are shown; a country has thousands.
const DOUBTS: usize = 20;

fn doubts(doubts: &[Doubt], out: &mut String) {
    if !doubts.is_empty() {
        out.push_str("Nên hỏi lại:\n");
    }
    for doubt in doubts.iter().take(DOUBTS) {
        out.push_str(&screen::item(&doubt.sentence, 100));
    }
    if doubts.len() > DOUBTS {
        let _ = writeln!(
            out,
            "… và {} số nữa; xem hết bằng treem headcount show --json, hoặc ở trang Số trẻ em hiện có.",
            grouped((doubts.len() - DOUBTS) as u64)
        );
    }
}

pub fn headcounts(told: &Holding) -> String {
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
    doubts(&told.doubts, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::{DOUBTS, Doubt, doubts, when};

    #[test]
    fn what_is_to_be_asked_about_fits_a_screen() {
        let doubt = |nth: usize| Doubt {
            unit: format!("{nth:05}"),
            edition: "2024-06-13".to_owned(),
            against: "people",
            sentence: format!("Xã số {nth}: quá cao."),
        };
        let said = |count: usize| {
            let mut out = String::new();
            doubts(&(1..=count).map(doubt).collect::<Vec<_>>(), &mut out);
            out
        };
        assert_eq!(said(0), "");
        assert!(said(DOUBTS).contains("Xã số 20:") && !said(DOUBTS).contains("nữa"));
        let many = said(1_234 + DOUBTS);
        assert!(
            many.contains("Xã số 20:") && !many.contains("Xã số 21:"),
            "{many}"
        );
        assert!(many.contains("… và 1.234 số nữa"), "{many}");
    }

    #[test]
    fn a_moment_is_said_by_the_clock_of_the_country() {
        for (at, said) in [
            ("2024-06-13T01:05:00.000000Z", "08:05 ngày 13/6/2024"),
            // After five in the afternoon of UTC it is the next day.
            ("2024-12-31T17:00:00.123456Z", "00:00 ngày 1/1/2025"),
            ("2024-06-13", "2024-06-13"),
            ("", ""),
        ] {
            assert_eq!(when(at), said, "{at}");
        }
    }
}
