//! Walks rows that are all at hand.
//!
//! In: rows. Out: [`Walked`], table by table. The same machine as for streams.

use super::Walker;
use crate::table::{Absence, Hints, RowKind, Table};
use std::sync::Arc;
use treem_child::cell::{Row, Rows};

/// One table of [`walk_all`], its rows by index, and what stood on the sheet before the first one.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// The table; `None` for rows before, or without, any table.
    pub table: Option<Arc<Table>>,
    /// Index into the rows, what the row is, and the hamlet it stands under.
    pub rows: Vec<(usize, RowKind, Option<Arc<str>>)>,
    /// Why there is no table.
    pub absence: Option<Absence>,
}

/// Walks rows that are all at hand.
pub fn walk_all(rows: &Rows<'_>, hints: &Hints) -> Vec<Walked> {
    walk_rows(&rows.iter().collect::<Vec<_>>(), hints)
}

pub(in crate::table) fn walk_rows(rows: &[Row<'_, '_>], hints: &Hints) -> Vec<Walked> {
    let sample = |from: usize| {
        rows.get(from..rows.len().min(from + crate::limits::SAMPLE_ROWS))
            .unwrap_or_default()
    };
    let mut walker = Walker::new(hints.clone());
    walker.begin(sample(0));
    let mut all = vec![Walked {
        table: walker.table.clone(),
        absence: walker.absence,
        ..Walked::default()
    }];
    let side = |walker: &Walker, all: &mut Vec<Walked>| {
        all.extend(walker.beside.iter().map(|beside| Walked {
            table: beside.table.clone(),
            ..Walked::default()
        }));
    };
    side(&walker, &mut all);
    let mut current = 0;
    for (index, row) in rows.iter().enumerate() {
        let mut kind = walker.row(row);
        if kind == RowKind::NewHead {
            if walker.begin(sample(index)).is_some() {
                current = all.len();
                all.push(Walked {
                    table: walker.table.clone(),
                    ..Walked::default()
                });
                side(&walker, &mut all);
            }
            kind = walker.row(row);
        }
        if let Some(walked) = all.get_mut(current) {
            walked.rows.push((index, kind, walker.hamlet.clone()));
        }
        for (beside, walked) in walker
            .beside
            .iter_mut()
            .zip(all.iter_mut().skip(current + 1))
        {
            let kind = beside.row(row);
            walked.rows.push((index, kind, beside.hamlet.clone()));
        }
    }
    all
}
