//! What `treem missing` says at the end.
//!
//! In: what an act came to. Out: lines for the screen.

use super::super::super::screen::{self, grouped, left as pad, right};
use super::super::entry;
use crate::act::register::missing::decide::{Entered, Refused};
use crate::act::register::missing::found::List;
use crate::act::register::missing::link::Linked;
use crate::act::register::missing::load::Loaded;
use crate::act::register::missing::report::{Range, Report};
use crate::act::register::missing::sources::{Dropped, Sources};
use crate::act::register::missing::{Kind, reason};
use crate::shown;
use std::fmt::Write as _;

fn count(count: i64) -> String {
    grouped(count.unsigned_abs())
}

pub fn loaded(told: &Loaded) -> String {
    let label = Kind::from_code(told.kind).map_or("", Kind::label);
    let mut out = format!(
        "Đã nạp danh sách số {} ({label}, ngày {}): {} dòng, để riêng ngoài sổ.\n",
        told.source,
        shown::day(&told.day),
        grouped(told.rows as u64)
    );
    if told.without_unit > 0 {
        let _ = writeln!(
            out,
            "{} dòng không rõ xã; các dòng ấy vẫn được đối chiếu nhưng không vào danh sách của xã nào.",
            grouped(told.without_unit as u64)
        );
    }
    if told.outside > 0 {
        let _ = writeln!(
            out,
            "{} dòng ngoài địa bàn không được nạp.",
            grouped(told.outside as u64)
        );
    }
    for remark in &told.remarks {
        out.push_str(&screen::item(remark, 100));
    }
    out.push_str("Việc tiếp theo: treem missing link.\n");
    out
}

pub fn linked(told: &Linked) -> String {
    let mut out = format!(
        "Đã đối chiếu {} danh sách, {} dòng, tính đến ngày {}:\n",
        told.sources,
        grouped(told.rows as u64),
        shown::day(&told.day)
    );
    for (figure, words) in [
        (told.in_book, "dòng là trẻ đã có trong sổ"),
        (
            told.found,
            "trẻ chưa có trong sổ, tìm thấy ở danh sách khác",
        ),
        (told.perhaps, "trẻ có thể đã có trong sổ, cần người xem lại"),
        (told.fetched, "trẻ đã được nhập vào sổ"),
        (told.refused, "trẻ đã được ghi là không thiếu"),
        (
            told.not_children,
            "dòng không phải trẻ dưới 16 tuổi vào ngày ấy, hoặc không rõ ngày sinh",
        ),
    ] {
        let _ = writeln!(out, "{} {words}", right(&grouped(figure), 9));
    }
    out.push_str(
        "Xem tên: treem missing list --out con-thieu.xlsx; số ước tính: treem missing estimate.\n",
    );
    out
}

pub fn listed(list: &List) -> String {
    if list.day.is_empty() {
        return "Chưa đối chiếu danh sách nào với sổ; hãy chạy treem missing link.\n".to_owned();
    }
    let mut out = String::new();
    for one in &list.children {
        let _ = writeln!(
            out,
            "{}  {}  {}  {}  {}, {}  (mẹ {}; cha {})  {}{}",
            one.row,
            one.name,
            shown::birth(&one.birth),
            one.sex,
            one.hamlet,
            one.unit_name,
            one.mother,
            one.father,
            one.found_in,
            if one.sure { "" } else { "  [cần xem lại]" }
        );
    }
    let _ = writeln!(
        out,
        "Tính đến ngày {}: {} trẻ chưa có trong sổ, {} trẻ cần xem lại.",
        shown::day(&list.day),
        count(list.found),
        count(list.perhaps)
    );
    out
}

pub fn entered(told: &Entered) -> String {
    entry::text(&told.told)
}

pub fn refused(told: &Refused) -> String {
    format!("Đã ghi: trẻ ở dòng {} {}.\n", told.row, reason(told.why))
}

fn range(of: Option<Range>) -> String {
    of.map_or_else(String::new, |of| {
        format!("{} ({}–{})", count(of.total), count(of.low), count(of.high))
    })
}

fn notes(told: &Report) -> String {
    told.notes
        .iter()
        .map(|note| screen::item(note, 100))
        .collect()
}

pub fn estimated(told: &Report) -> String {
    let mut out = format!(
        "{} {} {} {} {} {} {}\n",
        pad("Đơn vị", 28),
        right("Báo cáo", 9),
        right("Trong sổ", 9),
        right("Chênh", 8),
        pad("  Ước tính (từ–đến)", 28),
        pad("Thiếu thực (từ–đến)", 26),
        right("Có tên", 8)
    );
    for one in &told.units {
        let indent = match one.level {
            "province" => "",
            "district" => " ",
            _ => "  ",
        };
        let _ = writeln!(
            out,
            "{} {} {} {} {} {} {}",
            pad(&format!("{indent}{}", one.name), 28),
            right(&one.headcount.map_or_else(String::new, count), 9),
            right(&count(one.entered), 9),
            right(
                &one.net.map_or_else(String::new, |net| format!(
                    "{}{}",
                    if net < 0 { "-" } else { "" },
                    count(net)
                )),
                8
            ),
            pad(&format!("  {}", range(one.estimate)), 28),
            pad(&range(one.gross), 26),
            right(&count(one.found), 8)
        );
    }
    out.push_str("Chênh: báo cáo trừ trong sổ. Thiếu thực: trẻ đang ở đó mà không có trong sổ. Có tên: trong số ấy đã biết tên.\nGiả định:\n");
    for sentence in &told.assumptions {
        out.push_str(&screen::item(sentence, 100));
    }
    out.push_str(&notes(told));
    out
}

pub fn headcounts(told: &Report) -> String {
    let mut out = String::new();
    for sentence in told.units.iter().flat_map(|one| &one.doubts) {
        out.push_str(&screen::item(sentence, 100));
    }
    if out.is_empty() {
        out.push_str(
            "Không có số trẻ em báo cáo nào ngoài khoảng ước tính hoặc lệch hẳn so với dân số.\n",
        );
    }
    out.push_str(&notes(told));
    out
}

pub fn sources(told: &Sources) -> String {
    if told.sources.is_empty() {
        return "Chưa nạp danh sách nào của ngành khác.\n".to_owned();
    }
    let mut out = String::new();
    for one in &told.sources {
        let state = if !one.dropped_at.is_empty() {
            format!(
                "đã hủy {} ({})",
                shown::moment(&one.dropped_at),
                one.dropped_by
            )
        } else if one.compared {
            "đã đối chiếu".to_owned()
        } else {
            "chưa đối chiếu".to_owned()
        };
        let _ = writeln!(
            out,
            "{} {} {} {} dòng  {state}\n    mục đích: {}\n    căn cứ: {}\n    nạp {} ({})",
            right(&one.source.to_string(), 3),
            pad(one.label, 14),
            pad(&shown::day(&one.day), 10),
            right(&count(one.rows), 9),
            one.purpose,
            one.basis,
            shown::moment(&one.at),
            one.who
        );
    }
    out
}

pub fn dropped(told: &Dropped) -> String {
    if told.done {
        format!(
            "Đã hủy danh sách số {}: xóa {} dòng; chỉ còn số đếm và nhật ký. Bản sao lưu làm trước đó vẫn còn các dòng này.\n",
            told.source,
            count(told.rows)
        )
    } else {
        format!(
            "Sẽ xóa {} dòng của danh sách số {}; thêm --yes để hủy thật.\n",
            count(told.rows),
            told.source
        )
    }
}
