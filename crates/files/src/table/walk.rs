//! What each row of a sheet is: the sequential state machine over the rows.
//!
//! In: rows in order. Out: [`RowKind`]s, and the table, hamlet and unit that a data row belongs to. A plain data row is
//! told by one look at its name and its birth date or number, without allocation.

mod all;
mod begin;
mod look;
mod speak;

pub(super) use all::walk_rows;
pub use all::{Walked, walk_all};
pub(super) use look::Keys;

use super::content;
use super::head;
use super::text::Folded;
use super::{Absence, Hints, RowKind, Table, lines};
use look::{fill, is_plain_child};
use speak::repeats;
use std::sync::Arc;
use treem_child::cell::{Cell, CellKind, Row, Spread};
use treem_child::normalise::encoding::{Verdict, decode_cell};

/// Where we are on a sheet. Cheap to clone; equal walkers say the same of the rows to come.
#[derive(Clone, Debug)]
pub struct Walker {
    hints: Arc<Hints>,
    table: Option<Arc<Table>>,
    /// Walkers of the tables beside the first.
    beside: Vec<Walker>,
    hamlet: Option<Arc<str>>,
    unit: Option<Arc<str>>,
    /// The hamlet, the unit was named since the last child: it is that of the next table.
    fresh: bool,
    /// Below the list (or between lists): a row has to prove that it is data.
    outside: bool,
    /// The last row was a child.
    after_data: bool,
    /// Title lines since the last child.
    pending: Vec<(u64, String)>,
    /// A heading that [`Walker::begin`] has refused.
    refused: u64,
    tables: usize,
    absence: Option<Absence>,
    /// The headings of the last table that was refused.
    seen: String,
}

impl PartialEq for Walker {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.table, &other.table) {
            (None, None) => true,
            (Some(left), Some(right)) => Arc::ptr_eq(left, right),
            _ => false,
        };
        same && self.hamlet == other.hamlet
            && self.unit == other.unit
            && self.fresh == other.fresh
            && self.outside == other.outside
            && self.after_data == other.after_data
            && self.pending == other.pending
            && self.refused == other.refused
            && self.tables == other.tables
            && self.beside == other.beside
    }
}

impl Walker {
    /// A walker at the top of a sheet.
    pub fn new(hints: Hints) -> Self {
        Self {
            hints: Arc::new(hints),
            table: None,
            beside: Vec::new(),
            hamlet: None,
            unit: None,
            fresh: false,
            outside: false,
            after_data: false,
            pending: Vec::new(),
            refused: 0,
            tables: 0,
            absence: None,
            seen: String::new(),
        }
    }

    /// The present table.
    pub fn table(&self) -> Option<&Arc<Table>> {
        self.table.as_ref()
    }
    /// How many tables have begun so far (without those beside).
    pub fn tables(&self) -> usize {
        self.tables
    }
    /// The hamlet named by the last heading row.
    pub fn hamlet(&self) -> Option<&str> {
        self.hamlet.as_deref()
    }
    /// The unit named by the last heading row.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }
    /// Why there is no table, once `begin` has found none.
    pub fn absence(&self) -> Option<Absence> {
        self.absence
    }
    /// The headings of the last table that was refused as not of people, for the sentence that says so; empty without one.
    pub fn headings_seen(&self) -> &str {
        &self.seen
    }
    /// Walkers of the tables that stand beside the first, each to be given every row too (their `NewHead` means nothing).
    pub fn beside(&mut self) -> &mut [Walker] {
        &mut self.beside
    }

    /// What a row is. Give every row, in order.
    pub fn row(&mut self, row: &Row<'_, '_>) -> RowKind {
        let Some(table) = self.table.as_ref() else {
            return self.without_table(row);
        };
        if row.number >= table.first_data_row && is_plain_child(row, &table.keys) {
            self.child();
            return RowKind::Data;
        }
        let table = Arc::clone(table);
        self.special(row, &table)
    }

    /// A data row: what was waiting is settled.
    #[inline]
    fn child(&mut self) {
        self.outside = false;
        self.after_data = true;
        self.fresh = false;
        if !self.pending.is_empty() {
            self.pending.clear();
        }
    }

    fn without_table(&mut self, row: &Row<'_, '_>) -> RowKind {
        if row.is_blank() {
            return RowKind::Blank;
        }
        // `begin` has seen the sample that starts at the refused row; a heading far below it is still found here.
        let score = head::score(row, None, Verdict::Unicode, &self.hints);
        if score.heading()
            && row.number
                > self
                    .refused
                    .saturating_add(crate::limits::SAMPLE_ROWS as u64 / 2)
        {
            return RowKind::NewHead;
        }
        RowKind::Outside
    }

    fn special(&mut self, row: &Row<'_, '_>, table: &Table) -> RowKind {
        let (from, to) = table.span;
        if row.number < table.first_data_row {
            return match table.head_rows.iter().position(|head| *head == row.number) {
                Some(_) if head::is_numbering(row, Some(table.span)) => RowKind::Numbering,
                Some(_) => RowKind::Head,
                None if row.is_blank() => RowKind::Blank,
                None => RowKind::Title,
            };
        }
        let own = |cell: &&Cell<'_>| cell.spread == Spread::Own && !cell.is_blank();
        let cells: Vec<(usize, &Cell<'_>)> = row
            .cells
            .iter()
            .enumerate()
            .take(to)
            .skip(from)
            .filter(|(_, cell)| own(cell))
            .collect();
        let filled = fill(row, table);
        if filled.own == 0 && !filled.name_hangs && filled.core + filled.family == 0 {
            return RowKind::Blank;
        }
        let after_data = std::mem::replace(&mut self.after_data, false);
        if filled.name_hangs && after_data {
            // Cells merged downwards: a second line of the child above.
            self.after_data = true;
            return RowKind::Continuation;
        }
        if filled.own == 0 && filled.name_hangs {
            // The lower rows of a heading whose cells are merged downwards, on a further page.
            return RowKind::Head;
        }
        let decode = |column: usize, cell: &Cell<'_>| {
            let verdict = table
                .plan
                .columns
                .get(column)
                .map_or(table.sheet_verdict, |plan| {
                    if plan.verdict == Verdict::Unicode {
                        table.sheet_verdict
                    } else {
                        plan.verdict
                    }
                });
            head::tidy(&decode_cell(cell, verdict).text)
        };
        if repeats(row, &table.lines, table.sheet_verdict, table.span) {
            // The same heading under a new title is a new table; after a page break it is not.
            let new_title = |title: &String| {
                let folded = Folded::of(title);
                lines::is_title(&folded)
                    && !folded.starts_with("trang")
                    && !folded.starts_with("page")
                    && !table.titles.contains(title)
            };
            let titled = self.pending.iter().any(|(_, title)| new_title(title))
                && !head::is_numbering(row, Some(table.span));
            if titled && self.refused != row.number && from == 0 {
                return RowKind::NewHead;
            }
            self.outside = false;
            return if head::is_numbering(row, Some(table.span)) {
                RowKind::Numbering
            } else {
                RowKind::Head
            };
        }
        if self.refused != row.number && from == 0 {
            let score = head::score(row, None, table.sheet_verdict, &self.hints);
            if score.heading() || score.perhaps() {
                return RowKind::NewHead;
            }
        }
        let proven = (filled.name || filled.core > 1) && (filled.birth || filled.number);
        if !proven && head::is_numbering(row, Some(table.span)) && !filled.birth {
            return RowKind::Numbering;
        }
        // Texts that are no bare number: what the row says.
        let texts: Vec<(usize, String, Folded)> = cells
            .iter()
            .filter(|(_, cell)| !matches!(cell.kind, CellKind::Number(_) | CellKind::Date(_)))
            .map(|(column, cell)| {
                let text = decode(*column, cell);
                let folded = Folded::of(&text);
                (*column, text, folded)
            })
            .filter(|(_, text, folded)| {
                content::digits(text).is_none()
                    && !(folded.len() == 1 && lines::is_enumerator(folded.word(0)))
            })
            .collect();
        let enumerator = cells.iter().find_map(|(column, cell)| {
            let folded = Folded::of(&decode(*column, cell));
            (folded.len() == 1 && lines::is_enumerator(folded.word(0)))
                .then(|| folded.word(0).bytes().all(|byte| byte.is_ascii_digit()))
        });
        if !proven && let Some(kind) = self.line(row, table, &filled, &texts, enumerator) {
            return kind;
        }
        if self.outside
            && !proven
            && !(filled.name && filled.ordinal && filled.own > 2)
            && filled.core + filled.family < 3
        {
            return RowKind::Footer;
        }
        if !filled.name && filled.core == 0 && !filled.birth {
            if filled.family == 0 && filled.other == 0 && (filled.ordinal || filled.place > 0) {
                return RowKind::Prefilled;
            }
            if filled.family > 0 && !filled.ordinal && after_data && table.keys.ordinal.is_some() {
                self.after_data = true;
                return RowKind::Continuation;
            }
            if filled.family == 0 && filled.place == 0 && !filled.ordinal {
                return RowKind::Stray;
            }
            if filled.family == 0 {
                return RowKind::Prefilled;
            }
        }
        self.child();
        RowKind::Data
    }
}
