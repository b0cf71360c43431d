//! A sheet of a returned file as texts: legacy codes read, dates of the spreadsheet written as people write them.
//!
//! In: a [`super::Page`]. Out: [`Grid`].

use super::Page;
use crate::cell::{Cell, CellKind, Spread};
use crate::normalise::date::{PartialDate, from_serial};
use crate::normalise::encoding::{Verdict, Vote, decode_cell, verdicts};
use crate::normalise::text;

/// A cell as text.
#[derive(Clone, Default, PartialEq)]
#[expect(
    clippy::struct_field_names,
    reason = "the text of a cell beside what the cell was"
)]
pub(super) struct Text {
    /// Decoded and cleaned.
    pub(super) text: String,
    /// What it was.
    pub(super) kind: CellKind,
    /// Its own, or a copy by a merge.
    pub(super) spread: Spread,
    /// The day, where the spreadsheet kept one.
    pub(super) day: Option<PartialDate>,
}

impl Text {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() || text::is_missing(&self.text)
    }
}

/// A row.
pub(super) struct Line {
    /// The number a person sees.
    pub(super) number: u64,
    pub(super) cells: Vec<Text>,
}

impl Line {
    /// A cell that is its own, not a copy from the left.
    pub(super) fn own(&self, column: usize) -> Option<&Text> {
        self.cells
            .get(column)
            .filter(|cell| cell.spread != Spread::FromLeft)
    }
}

/// A sheet.
pub(super) struct Grid {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) lines: Vec<Line>,
}

impl Grid {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let mut votes: Vec<Vote> = Vec::new();
        for row in page.rows.iter() {
            while votes.len() < row.cells.len() {
                votes.push(Vote::default());
            }
            for (vote, cell) in votes.iter_mut().zip(row.cells) {
                vote.add_cell(cell);
            }
        }
        let verdicts = verdicts(&votes);
        let lines = page
            .rows
            .iter()
            .map(|row| Line {
                number: row.number,
                cells: row
                    .cells
                    .iter()
                    .enumerate()
                    .map(|(column, cell)| {
                        let verdict = verdicts.get(column).copied().unwrap_or_default();
                        text_of(cell, verdict, page.date1904)
                    })
                    .collect(),
            })
            .collect();
        Self {
            name: page.name.to_owned(),
            hidden: page.hidden,
            lines,
        }
    }
}

fn text_of(cell: &Cell<'_>, verdict: Verdict, date1904: bool) -> Text {
    let day = match cell.kind {
        CellKind::Date(serial) => from_serial(serial, date1904),
        _ => None,
    };
    let text = if let Some(day) = day {
        day.display()
    } else {
        let decoded = decode_cell(cell, verdict);
        text::clean_lines(&decoded.text).0.trim().to_owned()
    };
    Text {
        text,
        kind: cell.kind,
        spread: cell.spread,
        day,
    }
}
