//! Tables side by side under one heading row.
//!
//! In: the headings above each column. Out: the spans of columns, one for each table.

use crate::table::Field;
use crate::table::headings::{self, Meaning, Sense};

/// Cuts a heading into tables side by side: where the running number or the name begins again, or across blank columns.
pub(in crate::table) fn spans(
    paths: &[Vec<String>],
    blank: impl Fn(usize) -> bool,
) -> Vec<(usize, usize)> {
    let means: Vec<Option<Meaning>> = paths.iter().map(|path| headings::path(path)).collect();
    let is = |column: usize, field: Field| {
        means.get(column).copied().flatten().is_some_and(|meaning| {
            meaning.sense == Some(Sense::Is(field))
                && meaning
                    .person
                    .is_none_or(|person| person == headings::Person::Child)
        })
    };
    let is_name = |column: usize| is(column, Field::Name) || is(column, Field::NameFamily);
    let mut cuts = vec![0];
    for column in 1..paths.len() {
        let start = cuts.last().copied().unwrap_or(0);
        let again =
            is(column, Field::Ordinal) && (start..column).any(|before| is(before, Field::Ordinal));
        let empty = |at: usize| paths.get(at).is_none_or(Vec::is_empty) && blank(at);
        let gap = empty(column - 1) && !empty(column);
        let named = |from: usize, to: usize| (from..to).any(is_name);
        // "Họ và đệm", a blank column, "Tên trẻ" are one name: tables side by side name the same thing twice.
        let both = |field: Field| {
            (start..column).any(|at| is(at, field)) && (column..paths.len()).any(|at| is(at, field))
        };
        let gap = gap
            && [
                Field::Name,
                Field::NameFamily,
                Field::Birth,
                Field::Sex,
                Field::Number,
            ]
            .into_iter()
            .any(both);
        if (again || gap) && named(start, column) && named(column, paths.len()) {
            cuts.push(column);
        }
    }
    let mut spans: Vec<(usize, usize)> = cuts
        .iter()
        .zip(cuts.iter().skip(1))
        .map(|(&from, &to)| (from, to))
        .collect();
    spans.push((cuts.last().copied().unwrap_or(0), usize::MAX));
    spans
}
