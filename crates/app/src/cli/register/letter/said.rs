//! What `treem letter` says.
//!
//! In: what the acts came to. Out: text for a screen.

use super::super::super::screen;
use crate::act::register::letter::Made;
use crate::act::register::letter::template::{Checked, KINDS, Lists, Loaded};
use std::fmt::Write as _;
use std::path::Path;

/// What was written, or the whole text where it went into no file.
pub(super) fn said(made: &Made, out: Option<&Path>) -> String {
    let mut text = String::new();
    if out.is_none() {
        for one in &made.written {
            text.push_str(&plain(one));
        }
    }
    for warning in &made.warnings {
        let _ = writeln!(text, "{warning}");
    }
    if let Some(printed) = &made.printed {
        let _ = writeln!(text, "Bảng đã in so với sổ:\n{}", printed.text());
    }
    if let Some(path) = out {
        let _ = writeln!(
            text,
            "Đã ghi {} ({} bản, mẫu {}). Số và ngày để trống cho văn thư.",
            path.display(),
            made.written.len(),
            if made.template.is_empty() {
                "từ tệp"
            } else {
                &made.template
            }
        );
    }
    text
}

/// What stands on the paper, as text.
fn plain(written: &treem_child::report::letter::Written) -> String {
    use treem_child::report::letter::{Part, Span};
    let mut out = String::new();
    let mut notes: Vec<String> = Vec::new();
    let mut line = |spans: &[Span]| -> String {
        let mut out = String::new();
        for span in spans {
            out.push_str(&span.text);
            if !span.note.is_empty() {
                let note: String = span.note.iter().map(|note| note.text.as_str()).collect();
                notes.push(note);
                let _ = write!(out, " [{}]", notes.len());
            }
        }
        out
    };
    let _ = writeln!(out, "{}\n", written.office.to_uppercase());
    for (word, text) in [("V/v ", &written.about), ("", &written.title)] {
        if !text.is_empty() {
            let _ = writeln!(out, "{word}{text}\n");
        }
    }
    for to in &written.to {
        let _ = writeln!(out, "Kính gửi: {to}");
    }
    for part in &written.parts {
        match part {
            Part::Heading(spans) | Part::Paragraph(spans) => {
                let _ = writeln!(out, "\n{}", line(spans));
            }
            Part::Dash(spans) => {
                let _ = writeln!(out, "- {}", line(spans));
            }
            Part::Table(grid) => {
                let heads: Vec<&str> = grid.columns.iter().map(|(name, _)| name.as_str()).collect();
                let _ = writeln!(out, "\n{}", heads.join(" | "));
                for row in &grid.rows {
                    let cells: Vec<String> = row
                        .iter()
                        .map(|cell| line(std::slice::from_ref(&cell.span)))
                        .collect();
                    let _ = writeln!(out, "{}", cells.join(" | "));
                }
            }
        }
    }
    for (nth, note) in (1..).zip(&notes) {
        let _ = writeln!(out, "[{nth}] {note}");
    }
    out.push('\n');
    out
}

/// What a check found.
pub(super) fn check_said(checked: &Checked) -> String {
    if checked.wrong.is_empty() {
        return format!("Mẫu dùng được; có {} ô điền sẵn.\n", checked.fields.len());
    }
    let mut out = String::new();
    for one in &checked.wrong {
        let _ = writeln!(out, "dòng {}: {}", one.line, one.sentence);
    }
    out
}

/// What loading came to.
pub(super) fn loaded(told: &Loaded) -> String {
    if told.withdrawn {
        format!("Đã bỏ mẫu “{}” của tỉnh.\n", told.name)
    } else {
        format!("Đã nạp mẫu “{}” (lần {}).\n", told.name, told.nth)
    }
}

/// The templates and fields there are.
pub(super) fn listed(lists: &Lists) -> String {
    let mut out = String::new();
    for one in &lists.templates {
        let what = KINDS
            .iter()
            .find(|(word, ..)| *word == one.kind)
            .map_or("", |(_, what, _)| what);
        let when = if one.nth == 0 {
            "có sẵn".to_owned()
        } else {
            format!("{} nạp lúc {}", one.who, crate::shown::spoken(&one.at))
        };
        let _ = writeln!(
            out,
            "{} {} {when}",
            screen::left(&one.name, 20),
            screen::left(what, 38)
        );
    }
    out.push_str("\nCác ô đặt được trong mẫu công văn và bảng việc:\n");
    for [name, kind, meaning] in &lists.fields {
        let kind = match *kind {
            "table" => " (bảng, một mình một dòng)",
            "lines" => " (nhiều dòng, một mình một dòng)",
            _ => "",
        };
        let _ = writeln!(
            out,
            "{} {meaning}{kind}",
            screen::left(&format!("{{{name}}}"), 34)
        );
    }
    out
}
