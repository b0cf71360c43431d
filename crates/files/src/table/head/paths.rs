//! Headings of several lines: the words above each column, from the group's name down to its own.
//!
//! In: the lines of a heading. Out: a path for each column.

use super::super::headings;
use super::heading_text;
use treem_child::cell::Row;
use treem_child::normalise::encoding::Verdict;

/// The path of headings above each column.
pub(super) fn paths(rows: &[Row<'_, '_>], verdict: Verdict) -> Vec<Vec<String>> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let texts: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            (0..width)
                .map(|column| {
                    row.cell(column)
                        .filter(|cell| !cell.is_blank())
                        .map(|cell| heading_text(cell, verdict))
                        .unwrap_or_default()
                })
                .collect()
        })
        .collect();
    let at = |line: usize, column: usize| {
        texts
            .get(line)
            .and_then(|texts| texts.get(column))
            .map_or("", String::as_str)
    };
    let below = |line: usize, column: usize| {
        (line + 1..rows.len())
            .any(|lower| !at(lower, column).is_empty() && at(lower, column) != at(line, column))
    };
    // The group of "Mẹ" ends before "Thôn": of a mother no list keeps that, of the child every list does.
    let leaves = |line: usize, group: usize, column: usize| {
        (line + 1..rows.len())
            .map(|lower| at(lower, column))
            .find(|text| !text.is_empty())
            .is_some_and(|text| {
                headings::leaves_group(at(line, group), text)
                    && !(0..group).any(|left| {
                        (line..rows.len()).any(|line| {
                            !at(line, left).is_empty()
                                && headings::comparable(at(line, left))
                                    == headings::comparable(text)
                        })
                    })
            })
    };
    (0..width)
        .map(|column| {
            let mut path: Vec<String> = Vec::new();
            for line in 0..rows.len() {
                let mut text = at(line, column);
                // A group's name stands above its first column only, where the merge was lost.
                if text.is_empty() && below(line, column) {
                    let group = (0..column).rev().find(|&left| !at(line, left).is_empty());
                    if let Some(group) = group.filter(|&group| {
                        (group..column).all(|between| below(line, between))
                            && (group + 1..=column).all(|between| !leaves(line, group, between))
                    }) {
                        text = at(line, group);
                    }
                }
                if !text.is_empty() && path.last().map(String::as_str) != Some(text) {
                    path.push(text.to_owned());
                }
            }
            path
        })
        .collect()
}
