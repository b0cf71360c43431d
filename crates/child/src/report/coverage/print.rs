//! Prints the report for a person at a terminal.
//!
//! In: [`Coverage`]. Out: text of at most 100 columns, in Vietnamese.

use super::table::Role;
use super::words::{percent, whole};
use super::{CellName, Coverage, Row};
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Columns of the terminal that the text keeps within.
const WIDTH: usize = 100;
/// Longest name that is shown whole, where the figures leave room for it …
const NAME: usize = 30;
/// … and the least that is shown of one in any case.
const NAME_LEAST: usize = 12;

/// Columns that a text takes on the screen: marks that combine take none, East Asian wide letters two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            c if is_combining_mark(c)
                || c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}') =>
            {
                0
            }
            '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ff60}' => 2,
            _ => 1,
        })
        .sum()
}

/// A name fit for a terminal: composed, no control characters, at most so many columns.
fn name(text: &str, longest: usize) -> String {
    let clean: String = text.nfc().filter(|c| !c.is_control()).collect();
    if width(&clean) <= longest {
        return clean;
    }
    let mut out = String::new();
    for c in clean.chars() {
        if width(&out) + width(c.encode_utf8(&mut [0; 4])) >= longest {
            break;
        }
        out.push(c);
    }
    out + "…"
}

fn pad_left(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

fn pad_right(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Breaks a sentence at [`WIDTH`], the first line after a bullet.
fn wrap(sentence: &str, out: &mut String) {
    let mut column = 0;
    for word in sentence
        .nfc()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .split(' ')
    {
        let wide = width(word);
        if column == 0 {
            out.push_str("  • ");
            column = 4;
        } else if column + 1 + wide > WIDTH {
            out.push_str("\n    ");
            column = 4;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += wide;
    }
    out.push('\n');
}

impl Coverage {
    /// The report as a person reads it: the table with what is printed beside what is computed, a mark at each slip, then sentences.
    pub fn text(&self) -> String {
        let rows: Vec<(Role, &Row)> = self
            .order
            .iter()
            .filter_map(|(role, index)| {
                let row = match role {
                    Role::Unit => self.rows.get(*index),
                    Role::Subtotal => self.subtotals.get(*index),
                    Role::Total => self.total.as_ref(),
                };
                row.map(|row| (*role, row))
            })
            .collect();
        let heads = [
            "Đơn vị",
            "Hiện có",
            "Đã nhập",
            "Tỷ lệ in",
            "tính ra",
            "Còn thiếu in",
            "tính ra",
        ];
        let mut lines: Vec<(Role, Vec<String>)> = Vec::new();
        for (index, (role, row)) in rows.into_iter().enumerate() {
            let marked = |cell: CellName, text: String| {
                if self.marks.contains(&(index, cell)) {
                    format!("{text} ✗")
                } else {
                    format!("{text}  ")
                }
            };
            let count = |value: Option<i64>| value.map_or_else(|| "–".to_owned(), whole);
            let rate =
                |value: Option<super::Rate>| value.map_or_else(|| "–".to_owned(), |r| percent(r.0));
            lines.push((
                role,
                vec![
                    name(&row.unit, NAME),
                    marked(CellName::Headcount, count(row.headcount)),
                    marked(CellName::Entered, count(row.entered)),
                    marked(CellName::Rate, rate(row.printed.rate)),
                    rate(row.computed.rate),
                    marked(CellName::Missing, count(row.printed.missing)),
                    count(row.computed.missing),
                ],
            ));
        }
        // The heads of marked columns leave room for the mark, so that figures stand under the end of their head.
        let head: Vec<String> = heads
            .iter()
            .enumerate()
            .map(|(i, h)| {
                if matches!(i, 1 | 2 | 3 | 5) {
                    format!("{h}  ")
                } else {
                    (*h).to_owned()
                }
            })
            .collect();
        let mut widths: Vec<usize> = (0..heads.len())
            .map(|i| {
                lines
                    .iter()
                    .map(|(_, l)| l)
                    .chain([&head])
                    .filter_map(|l| l.get(i))
                    .map(|t| width(t))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let over = (widths.iter().sum::<usize>() + 2 * (widths.len() - 1)).saturating_sub(WIDTH);
        if let Some(first) = widths.first_mut().filter(|_| over > 0) {
            *first = first.saturating_sub(over).max(NAME_LEAST);
            for text in lines.iter_mut().filter_map(|(_, cells)| cells.first_mut()) {
                *text = name(text, *first);
            }
        }
        let mut out = String::new();
        let mut print = |cells: &[String]| {
            let mut line = String::new();
            for (index, (cell, to)) in cells.iter().zip(&widths).enumerate() {
                if index == 0 {
                    line.push_str(&pad_right(cell, *to));
                } else {
                    line.push_str("  ");
                    line.push_str(&pad_left(cell, *to));
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        };
        let rule =
            vec!["─".repeat((widths.iter().sum::<usize>() + 2 * (widths.len() - 1)).min(WIDTH))];
        print(&head);
        print(&rule);
        for (role, cells) in &lines {
            if *role == Role::Total
                && lines.len() > 1
                && lines
                    .first()
                    .is_some_and(|(first, _)| *first != Role::Total)
            {
                print(&rule);
            }
            print(cells);
        }
        out.push('\n');
        if self.slips.is_empty() {
            out.push_str("Các số trong bảng khớp nhau.\n");
        } else {
            let _ = writeln!(out, "{} ô in khác với số tính ra:", self.slips.len());
            for sentence in &self.sentences {
                wrap(sentence, &mut out);
            }
        }
        for (title, sentences) in [
            (
                "Các ô không thể cùng đúng:",
                self.conflicts
                    .iter()
                    .map(|c| c.explanation.as_str())
                    .collect::<Vec<_>>(),
            ),
            (
                "Cách sửa ít ô nhất:",
                self.repairs
                    .iter()
                    .map(|r| r.explanation.as_str())
                    .collect(),
            ),
            ("Lưu ý:", self.notes.iter().map(String::as_str).collect()),
        ] {
            if !sentences.is_empty() {
                let _ = writeln!(out, "\n{title}");
                for sentence in sentences {
                    wrap(sentence, &mut out);
                }
            }
        }
        out
    }
}
