//! Rows that say what they are: hamlets, units, sums, titles, footers, sections, repeated headings.
//!
//! In: a row's decoded texts. Out: [`RowKind`], and what the walker remembers of it.

use super::Walker;
use super::look::{Filled, Role};
use crate::table::text::Folded;
use crate::table::{Field, RowKind, Table, content, head, headings, lines};
use treem_child::cell::{Row, Spread};
use treem_child::normalise::encoding::{Verdict, decode_cell};

impl Walker {
    /// Rows that speak: hamlets, units, sums, titles, footers, sections.
    pub(super) fn line(
        &mut self,
        row: &Row<'_, '_>,
        table: &Table,
        filled: &Filled,
        texts: &[(usize, String, Folded)],
        enumerator: Option<bool>,
    ) -> Option<RowKind> {
        let (column, text, folded) = texts.first()?;
        let role = table.keys.roles.get(*column).copied().unwrap_or_default();
        let alone = texts.len() == 1;
        // A place in its own column is a value, not a heading.
        // Alone in its row it is one all the same, if it is numbered or stands in the column of the commune or address.
        let in_hamlets = table
            .column_of(Field::Hamlet)
            .is_some_and(|hamlets| hamlets.column == *column);
        let heads = filled.own == 1 && (!in_hamlets || lines::numbering_words(folded) > 0)
            || filled.own == 2 && enumerator == Some(false);
        let in_place = role == Role::Place && filled.wide == 0 && !heads;
        let second_counts = texts.len() == 2
            && texts.get(1).is_some_and(|(_, text, folded)| {
                text.bytes().any(|byte| byte.is_ascii_digit())
                    && folded.len() <= 4
                    && (folded.contains("tre") || folded.contains("chau") || folded.contains("ho"))
            });
        if texts
            .iter()
            .take(3)
            .any(|(_, _, folded)| lines::is_total(folded))
            && texts.len() <= 4
            && !filled.birth
        {
            self.pending.clear();
            return Some(RowKind::Subtotal);
        }
        if (alone || second_counts) && !in_place {
            if lines::is_hamlet(folded) {
                self.hamlet = Some(clean_heading(text).into());
                self.fresh = true;
                self.outside = false;
                return Some(RowKind::HamletHeading(clean_heading(text)));
            }
            if lines::is_unit(folded) {
                self.unit = Some(clean_heading(text).into());
                self.hamlet = None;
                self.fresh = true;
                self.outside = false;
                return Some(RowKind::UnitHeading(clean_heading(text)));
            }
        }
        let data_cells = filled.core
            + usize::from(filled.number)
            + usize::from(filled.ordinal && enumerator == Some(true));
        let says = |is: fn(&Folded) -> bool| {
            texts.iter().any(|(column, text, folded)| {
                is(folded)
                    && !(table.keys.name == Some(*column)
                        && content::person_like(folded, text)
                        && content::has_surname(folded)
                        && data_cells > 0)
            })
        };
        if texts.len() <= 4
            && (data_cells <= usize::from(texts.len() > 1) + 1 || filled.own == 1)
            && !(filled.ordinal && enumerator == Some(true))
        {
            let title = says(lines::is_title)
                && !folded.starts_with("danh sach nay")
                && !folded.starts_with("danh sach co")
                && !folded.starts_with("danh sach gom");
            // An office stands above a list on a fresh page and below it where it signs.
            let office = says(|folded| {
                folded.starts_with("ubnd")
                    || folded.starts_with("uy ban nhan dan")
                    || folded.starts_with("cong an")
            });
            if title
                && (!office || self.outside || says(|folded| folded.starts_with("cong hoa xa hoi")))
            {
                self.outside = true;
                // "Danh sách trẻ em thôn A Đăng" between two parts of one list, or above the next.
                if let Some(at) = lines::list_of_hamlet(text).filter(|_| alone) {
                    self.hamlet = Some(clean_heading(text.get(at..).unwrap_or_default()).into());
                    self.fresh = true;
                }
                self.pending.extend(
                    row_lines(row, table.sheet_verdict)
                        .into_iter()
                        .map(|line| (row.number, line)),
                );
                return Some(RowKind::Title);
            }
            if says(lines::is_footer) && !(filled.name && data_cells > 0) {
                self.outside = true;
                return Some(RowKind::Footer);
            }
        }
        // A text merged over several columns, or numbered like a chapter, is a section and no child.
        let person = content::person_like(folded, text) && content::has_surname(folded);
        let chapter = enumerator == Some(false)
            || lines::numbering_words(folded) > 0
                && !folded.word(0).bytes().all(|byte| byte.is_ascii_digit());
        if alone
            && (filled.wide >= 2 || chapter && !person)
            && !(filled.ordinal && enumerator == Some(true) && person)
            && filled.core <= 1
        {
            if self.outside && !chapter {
                return Some(RowKind::Footer);
            }
            self.pending.push((row.number, text.clone()));
            return Some(RowKind::Section(text.clone()));
        }
        // "- Trẻ chưa có số định danh thì để trống": a sentence alone in the row is a note.
        let note = text.starts_with(['-', '–', '*', '+', '•', '(']) && folded.len() >= 3
            || folded.len() > 8;
        if alone && filled.own == 1 && role != Role::Place && note && !person {
            return Some(RowKind::Footer);
        }
        // "Lớp 3A", "Trường Mầm non …" alone in the row.
        if alone
            && filled.own == 1
            && role != Role::Place
            && ["lop", "truong", "nhom", "diem truong"]
                .iter()
                .any(|word| folded.starts_with(word))
            && folded.len() >= 2
            && !content::has_surname(folded)
        {
            return Some(RowKind::Section(text.clone()));
        }
        None
    }
}

/// A heading without its numbering, colon and count: `I. Thôn A Đăng: (25 trẻ)` → `Thôn A Đăng`.
pub(super) fn clean_heading(text: &str) -> String {
    let mut text = text.trim();
    // "Thôn: A Đăng": what follows the colon is the name.
    let joined = text.split_once(':').and_then(|(kind, name)| {
        (lines::is_hamlet_word(&Folded::of(kind)) && name.chars().any(char::is_alphanumeric))
            .then(|| format!("{} {}", kind.trim(), name.trim()))
    });
    if let Some(joined) = &joined {
        text = joined;
    }
    if let Some(at) = text.find(['(', ':', ';']).filter(|at| *at > 3) {
        text = text.get(..at).unwrap_or(text);
    }
    let folded = Folded::of(text);
    for _ in 0..lines::numbering_words(&folded) {
        let after = text
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .trim_start_matches(char::is_alphanumeric);
        text = after;
    }
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The lines of a title row: each different cell, cut at line breaks.
pub(super) fn row_lines(row: &Row<'_, '_>, verdict: Verdict) -> Vec<String> {
    let own = row
        .cells
        .iter()
        .filter(|cell| cell.spread == Spread::Own && !cell.is_blank());
    own.flat_map(|cell| {
        decode_cell(cell, verdict)
            .text
            .split(['\n', '\r'])
            .map(head::tidy)
            .collect::<Vec<_>>()
    })
    .filter(|line| !line.is_empty())
    .collect()
}

/// True where a row repeats one of the heading rows (in a table's columns).
pub(super) fn repeats(
    row: &Row<'_, '_>,
    heads: &[Vec<(usize, String)>],
    verdict: Verdict,
    (from, to): (usize, usize),
) -> bool {
    let Some(first) = row
        .cells
        .iter()
        .enumerate()
        .take(to)
        .skip(from)
        .find(|(_, cell)| cell.spread == Spread::Own && !cell.is_blank())
    else {
        return false;
    };
    // One look at the first cell settles it for nearly every row.
    let text = headings::comparable(&head::heading_text(first.1, verdict));
    heads.iter().any(|head| {
        if !head
            .iter()
            .any(|(column, heading)| *column == first.0 && *heading == text)
        {
            return false;
        }
        let line = head::comparable(row, verdict);
        let line: Vec<&(usize, String)> = line
            .iter()
            .filter(|(column, _)| (from..to).contains(column))
            .collect();
        // The line of one group over its columns, in a heading of several lines.
        if head.len() < 2 {
            return heads.len() > 1 && line.len() == 1;
        }
        let same = line.iter().filter(|cell| head.contains(cell)).count();
        same >= 2 && same * 10 >= line.len() * 7 && same * 2 >= head.len()
    })
}
