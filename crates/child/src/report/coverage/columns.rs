//! Chooses the columns of a table of coverage.
//!
//! In: a [`Block`] of figures with the headings above it. Out: [`Choice`], and the column of the units' names.

use super::number::{Figure, looks_numeric, rates, whole_numbers};
use super::roles::is_mark;
use super::table::Block;
use super::words::fold;
use crate::limits;
use std::collections::BTreeSet;

/// What a heading says its column is. Earlier kinds win: "Tỷ lệ trẻ em có trên phần mềm" is a rate, "cần nhập mới vào phần mềm" is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ordinal,
    Unit,
    Rate,
    Missing,
    Entered,
    Headcount,
    Other,
}

const PHRASES: &[(Kind, &[&str])] = &[
    (
        Kind::Rate,
        &[
            "ty le",
            "ti le",
            "%",
            "phan tram",
            "percent",
            "rate",
            "share",
            "ratio",
        ],
    ),
    (
        Kind::Missing,
        &[
            "con thieu",
            "chua nhap",
            "can nhap",
            "phai nhap them",
            "can bo sung",
            "con lai",
            "chua co",
            "chua cap nhat",
            "chua duoc",
            "so thieu",
            "thieu",
            "chenh lech",
            "nhap moi",
            "chua lam sach",
            "chua chuan hoa",
            "missing",
            "remaining",
            "gap",
            "outstanding",
        ],
    ),
    (
        Kind::Entered,
        &[
            "da nhap",
            "phan mem",
            "da chuan hoa",
            "duoc chuan hoa",
            "lam sach",
            "da cap nhat",
            "da co",
            "da cap",
            "da duoc",
            "da ra soat",
            "da thuc hien",
            "da lam",
            "tren he thong",
            "ket qua",
            "entered",
            "registered",
            "software",
            "in the system",
            "recorded",
        ],
    ),
    (
        Kind::Headcount,
        &[
            "hien co",
            "dia phuong",
            "tong so",
            "tong tre",
            "thuc te",
            "dan so",
            "dia ban",
            "thong ke",
            "duoi 16",
            "so tre",
            "tre em",
            "ke hoach",
            "chi tieu",
            "dieu tra",
            "headcount",
            "population",
            "children",
            "total",
        ],
    ),
];

fn kind_of(heading: &str) -> Kind {
    let text = fold(heading);
    let words: Vec<&str> = text.split(' ').collect();
    if matches!(
        text.as_str(),
        "stt" | "tt" | "so tt" | "no" | "so thu tu" | "#"
    ) {
        return Kind::Ordinal;
    }
    const UNITS: &[&str] = &[
        "don vi",
        "dia phuong",
        "huyen",
        "xa",
        "phuong",
        "thon",
        "tinh",
        "thanh pho",
        "khu pho",
        "ten don vi",
        "dia ban",
        "unit",
        "district",
        "commune",
        "area",
    ];
    if words.len() <= 9
        && UNITS
            .iter()
            .any(|u| text == *u || text.starts_with(&format!("{u} ")))
        || text.starts_with("ten ")
    {
        return Kind::Unit;
    }
    for (kind, phrases) in PHRASES {
        let hit = phrases.iter().any(|phrase| {
            *phrase == "%" && text.contains('%')
                || text == *phrase
                || format!(" {text} ").contains(&format!(" {phrase} "))
        });
        if hit {
            return *kind;
        }
    }
    Kind::Other
}

/// A choice of columns and how well it fits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) score: i64,
    pub(super) headcount: usize,
    pub(super) entered: usize,
    pub(super) rate: Option<usize>,
    pub(super) missing: Option<usize>,
}

/// Columns of figures with their values, for the search.
struct Candidate {
    column: usize,
    kind: Kind,
    values: Vec<Option<i64>>,
}

/// Exact share in hundredths of a percent, rounded half up at `places`.
pub(super) fn share(entered: i64, headcount: i64, places: u32) -> Option<i64> {
    if headcount <= 0 || entered < 0 {
        return None;
    }
    let unit = 10_i128.pow(2 + places.min(2));
    let value = (i128::from(entered) * 2 * unit + i128::from(headcount))
        .div_euclid(2 * i128::from(headcount));
    i64::try_from(value * 10_i128.pow(2 - places.min(2))).ok()
}

/// How well a column is what it should be: per thousand of its rows, near and exact, and how many rows.
fn fit(
    values: &[Option<i64>],
    expected: &[Option<i64>],
    near: impl Fn(i64) -> i64,
) -> (i64, i64, i64) {
    let (mut rows, mut close, mut exact) = (0_i64, 0_i64, 0_i64);
    for (value, want) in values.iter().zip(expected) {
        if let (Some(value), Some(want)) = (value, want) {
            rows += 1;
            let difference = value.saturating_sub(*want).saturating_abs();
            close += i64::from(difference <= near(*want));
            exact += i64::from(difference == 0);
        }
    }
    if rows == 0 {
        (0, 0, 0)
    } else {
        (close * 1000 / rows, exact * 1000 / rows, rows)
    }
}

/// The best choice of columns of a block, or `None` where it is no table of this kind.
pub(super) fn choose(block: &Block<'_>, unit: usize) -> Option<Choice> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (column, heading) in block.headings.iter().enumerate() {
        let cells = block.column(column);
        let filled = cells.iter().filter(|t| !t.is_empty()).count();
        let numeric = cells.iter().filter(|t| looks_numeric(t)).count();
        if column == unit || numeric == 0 || numeric * 2 < filled {
            continue;
        }
        let kind = kind_of(heading);
        let values: Vec<_> = whole_numbers(&cells)
            .0
            .iter()
            .map(|f| {
                if *f == Figure::Dash {
                    Some(0)
                } else {
                    f.value()
                }
            })
            .collect();
        let counts_up = values
            .iter()
            .flatten()
            .zip(1..)
            .all(|(value, n)| *value == n)
            && values.iter().flatten().count() > 2;
        if kind == Kind::Ordinal
            || (counts_up
                && !matches!(
                    kind,
                    Kind::Headcount | Kind::Entered | Kind::Missing | Kind::Rate
                ))
        {
            continue;
        }
        candidates.push(Candidate {
            column,
            kind,
            values,
        });
        if candidates.len() == limits::COVERAGE_FIGURE_COLUMNS {
            break;
        }
    }
    let mut best: Option<Choice> = None;
    for headcount in &candidates {
        for entered in &candidates {
            if headcount.column == entered.column {
                continue;
            }
            let wants = |candidate: &Candidate, kind: Kind| match candidate.kind {
                k if k == kind => 3000,
                Kind::Other | Kind::Unit => 0,
                // "Số trẻ em trên phần mềm" may head the headcount of another office; a rate is never a count.
                Kind::Headcount | Kind::Entered => -1000,
                _ => -4000,
            };
            let named = headcount.kind == Kind::Headcount && entered.kind == Kind::Entered;
            let mut score = wants(headcount, Kind::Headcount) + wants(entered, Kind::Entered);
            let pairs = || headcount.values.iter().zip(&entered.values);
            let readable = pairs().filter(|(h, e)| h.is_some() && e.is_some()).count();
            if readable == 0 {
                continue;
            }
            let lacking: Vec<_> = pairs()
                .map(|(h, e)| Some((*h)?.saturating_sub((*e)?)))
                .collect();
            let expected: Vec<_> = pairs().map(|(h, e)| share((*e)?, (*h)?, 2)).collect();
            let mut proof = false;
            let (mut rate, mut missing) = (None::<(i64, usize)>, None::<(i64, usize)>);
            for other in &candidates {
                if other.column == headcount.column || other.column == entered.column {
                    continue;
                }
                if !matches!(other.kind, Kind::Rate | Kind::Headcount | Kind::Entered) {
                    let (close, exact, rows) =
                        fit(&other.values, &lacking, |want| 50.max(want.abs() / 20));
                    proof |= exact >= 600 && rows >= 2;
                    let heading = if other.kind == Kind::Missing { 2000 } else { 0 };
                    let points = close + exact + heading;
                    if (exact >= 500 && rows >= 2 || heading > 0 && (close >= 334 || rows <= 2))
                        && missing.is_none_or(|m| points > m.0)
                    {
                        missing = Some((points, other.column));
                    }
                }
                if matches!(other.kind, Kind::Rate | Kind::Other) {
                    let printed = rates(&block.column(other.column), &expected);
                    let values: Vec<_> = printed.figures.iter().map(Figure::value).collect();
                    let rounded: Vec<_> = pairs()
                        .map(|(h, e)| share((*e)?, (*h)?, printed.places))
                        .collect();
                    let (close, exact, rows) = fit(&values, &rounded, |_| 100);
                    proof |= exact >= 600 && rows >= 2;
                    let heading = if other.kind == Kind::Rate { 2000 } else { 0 };
                    let points = close + exact + heading;
                    if (exact >= 500 && rows >= 2 || heading > 0 && (close >= 334 || rows <= 2))
                        && rate.is_none_or(|r| points > r.0)
                    {
                        rate = Some((points, other.column));
                    }
                }
            }
            score += rate.map_or(0, |r| r.0)
                + missing
                    .filter(|m| rate.is_none_or(|r| r.1 != m.1))
                    .map_or(0, |m| m.0);
            // Left before right, where nothing else tells.
            score += i64::from(headcount.column < entered.column);
            if (named || proof || (rate.is_some() && missing.is_some()))
                && best.is_none_or(|b| score > b.score)
            {
                best = Some(Choice {
                    score,
                    headcount: headcount.column,
                    entered: entered.column,
                    rate: rate.map(|r| r.1),
                    missing: missing
                        .map(|m| m.1)
                        .filter(|m| rate.is_none_or(|r| r.1 != *m)),
                });
            }
        }
    }
    best
}

/// The column of the units' names: by its heading, else the one with the most text.
pub(super) fn unit_column(block: &Block<'_>) -> Option<usize> {
    let texts = |column: usize| {
        let cells: Vec<_> = block
            .column(column)
            .into_iter()
            .filter(|t| t.chars().any(char::is_alphabetic) && !looks_numeric(t))
            .collect();
        let names: BTreeSet<_> = cells.iter().collect();
        // Roman numerals and letters number groups: names only where there are no others.
        let long = cells.iter().filter(|t| !is_mark(t)).count();
        long.min(names.len() * 2) * 10 + usize::from(!cells.is_empty())
    };
    (0..block.headings.len())
        .map(|column| {
            let named = block
                .headings
                .get(column)
                .is_some_and(|h| kind_of(h) == Kind::Unit);
            let score = texts(column);
            (
                if score > 0 && named {
                    score + score / 2 + 5
                } else {
                    score
                },
                column,
            )
        })
        .filter(|(score, _)| *score > 0)
        .max_by_key(|(score, column)| (*score, std::cmp::Reverse(*column)))
        .map(|(_, column)| column)
}
