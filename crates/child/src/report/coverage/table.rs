//! Finds the table of coverage in a sheet: where it begins, which column holds what, which rows are totals.
//!
//! In: rows of text. Out: [`Table`]. Headings decide first; where they are silent or strange, the figures do: a column that is the
//! difference of two others is what is missing, one that is their quotient is the rate.

use super::CellName;
use super::columns::{Choice, choose, share, unit_column};
use super::number::{Figure, looks_numeric, rates, whole_numbers};
use super::roles::{Sum, assign_roles, is_mark, sum_of};
use crate::limits;
use std::collections::BTreeSet;

/// What a line of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A unit that is counted.
    Unit,
    /// A sum of some of the units.
    Subtotal,
    /// The sum of all of them.
    Total,
}

/// A line of the table, read.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) unit: String,
    pub(super) role: Role,
    /// Headcount, entered, missing; in the order of [`Column::ALL`].
    pub(super) counts: [Figure; 3],
    pub(super) rate: Figure,
    /// Indexes of the lines that a total sums.
    pub(super) parts: Vec<usize>,
}

/// A column of counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Headcount,
    Entered,
    Missing,
}

impl Column {
    pub(super) const ALL: [Self; 3] = [Self::Headcount, Self::Entered, Self::Missing];

    pub(super) fn name(self) -> CellName {
        match self {
            Self::Headcount => CellName::Headcount,
            Self::Entered => CellName::Entered,
            Self::Missing => CellName::Missing,
        }
    }
}

impl Line {
    /// The cell of a column of counts.
    pub(super) fn figure(&self, column: Column) -> &Figure {
        let [headcount, entered, missing] = &self.counts;
        match column {
            Column::Headcount => headcount,
            Column::Entered => entered,
            Column::Missing => missing,
        }
    }

    /// The count that stands there.
    pub(super) fn count(&self, column: Column) -> Option<i64> {
        self.figure(column).value()
    }
}

/// The table found.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) lines: Vec<Line>,
    /// Headings of headcount, entered, missing, rate, as written; empty where there is none.
    pub(super) headings: [String; 4],
    /// Whether there is a column of what is missing, of rates.
    pub(super) has_missing: bool,
    pub(super) has_rate: bool,
    /// Places the rates are printed with.
    pub(super) places: u32,
    /// What was assumed in reading, in Vietnamese.
    pub(super) notes: Vec<String>,
}

/// A block of the sheet that may be the table: its data rows and the headings above them.
pub(super) struct Block<'g> {
    pub(super) rows: Vec<&'g [String]>,
    pub(super) headings: Vec<String>,
}

fn cell(row: &[String], column: usize) -> &str {
    row.get(column).map_or("", |text| text.trim())
}

/// Texts of a row that differ from each other.
fn distinct(row: &[String]) -> usize {
    row.iter()
        .map(|t| t.trim())
        .filter(|t| !t.is_empty())
        .collect::<BTreeSet<_>>()
        .len()
}

/// The row `(1) (2) (3)` or `A B 1 2=1/3` under a heading.
fn is_numbering(row: &[String]) -> bool {
    let mut next = None;
    let mut seen = 0;
    for text in row.iter().map(|t| t.trim()).filter(|t| !t.is_empty()) {
        let head = text
            .split(['=', ':'])
            .next()
            .unwrap_or("")
            .trim()
            .trim_matches(['(', ')', '[', ']', ' ']);
        if let Ok(number) = head.parse::<u32>() {
            if next.is_some_and(|n| n != number) || (next.is_none() && number > 2) {
                return false;
            }
            next = Some(number + 1);
            seen += 1;
        } else if head.chars().count() != 1 || !head.chars().all(char::is_alphabetic) {
            return false;
        }
    }
    seen >= 2
}

/// A row of figures: a name and at least two numbers.
fn is_data(row: &[String]) -> bool {
    let numbers = row.iter().filter(|t| looks_numeric(t)).count();
    numbers >= 2
        && row
            .iter()
            .any(|t| t.chars().any(char::is_alphabetic) && !looks_numeric(t))
        && !is_numbering(row)
}

impl<'g> Block<'g> {
    /// The block whose data begins at a row.
    pub(super) fn at(grid: &'g [Vec<String>], start: usize) -> Self {
        let mut heads: Vec<&[String]> = Vec::new();
        for row in grid
            .get(..start)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(limits::COVERAGE_HEADING_ROWS)
        {
            if is_numbering(row) {
                continue;
            }
            if is_data(row) || (distinct(row) == 0 && !heads.is_empty()) {
                break;
            }
            if distinct(row) > 1 {
                heads.insert(0, row);
            } else if !heads.is_empty() {
                break;
            }
        }
        let mut rows: Vec<&[String]> = Vec::new();
        for row in grid
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take(limits::COVERAGE_ROWS)
        {
            let figures = row.iter().any(|t| looks_numeric(t));
            if !figures && distinct(row) >= 3 && !rows.is_empty() {
                break;
            }
            if !is_numbering(row) || is_data(row) {
                rows.push(row);
            }
        }
        let width = rows
            .iter()
            .chain(&heads)
            .map(|r| r.len())
            .max()
            .unwrap_or(0)
            .min(limits::COVERAGE_COLUMNS);
        let headings = (0..width)
            .map(|column| heading_of(&heads, column))
            .collect();
        Self { rows, headings }
    }

    /// The first cells of a column, by which it is judged.
    pub(super) fn column(&self, column: usize) -> Vec<&'g str> {
        self.rows
            .iter()
            .take(limits::COVERAGE_SAMPLE_ROWS)
            .map(|row| cell(row, column))
            .collect()
    }
}

/// The heading of a column: its own texts from top to bottom; a blank above own text belongs to the spanning text left of it.
fn heading_of(heads: &[&[String]], column: usize) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for (level, row) in heads.iter().enumerate() {
        let mut text = cell(row, column);
        let below = heads.get(level + 1..).unwrap_or_default();
        if text.is_empty() && below.iter().any(|r| !cell(r, column).is_empty()) {
            text = (0..column)
                .rev()
                .take_while(|c| below.iter().any(|r| !cell(r, *c).is_empty()))
                .map(|c| cell(row, c))
                .find(|t| !t.is_empty())
                .unwrap_or("");
        }
        if !text.is_empty() && parts.last() != Some(&text) {
            parts.push(text);
        }
    }
    parts
        .join(" – ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Finds the table of coverage in a sheet.
///
/// Takes rows of text, any width. Gives `None` where nothing on it can be read as one. Limits: [`limits::COVERAGE_ROWS`] and its siblings.
pub(super) fn find(grid: &[Vec<String>]) -> Option<Table> {
    let mut best: Option<(Choice, Block<'_>, usize)> = None;
    let mut tried = 0;
    for start in 0..grid.len() {
        let data = grid.get(start).is_some_and(|r| is_data(r));
        let before = start
            .checked_sub(1)
            .and_then(|i| grid.get(i))
            .is_some_and(|r| is_data(r));
        if !data || (before && start > 3) {
            continue;
        }
        tried += 1;
        if tried > limits::COVERAGE_STARTS {
            break;
        }
        let block = Block::at(grid, start);
        let Some(unit) = unit_column(&block) else {
            continue;
        };
        if let Some(choice) = choose(&block, unit)
            && best.as_ref().is_none_or(|b| choice.score > b.0.score)
        {
            best = Some((choice, block, unit));
        }
    }
    let (choice, block, unit) = best?;
    Some(read(&block, choice, unit))
}

fn read(block: &Block<'_>, choice: Choice, unit: usize) -> Table {
    let names: Vec<String> = block
        .rows
        .iter()
        .map(|row| name_of(row, unit, choice))
        .collect();
    // Only rows that name a unit and count something speak; the others (group headings, footnotes, signatures) would disturb the reading of columns.
    let columns: Vec<usize> = [
        Some(choice.headcount),
        Some(choice.entered),
        choice.missing,
        choice.rate,
    ]
    .into_iter()
    .flatten()
    .collect();
    let kept: Vec<usize> = (0..block.rows.len())
        .filter(|index| {
            let row = block.rows.get(*index).copied().unwrap_or_default();
            names.get(*index).is_some_and(|name| !name.is_empty())
                && [Some(choice.headcount), Some(choice.entered), choice.missing]
                    .into_iter()
                    .flatten()
                    .any(|c| looks_numeric(cell(row, c)))
                && columns
                    .iter()
                    .filter(|c| cell(row, **c).chars().count() > 40)
                    .count()
                    == 0
        })
        .collect();
    let texts = |column: usize| -> Vec<&str> {
        kept.iter()
            .map(|i| block.rows.get(*i).map_or("", |row| cell(row, column)))
            .collect()
    };
    let mut notes = Vec::new();
    let mut counts = [Vec::new(), Vec::new(), Vec::new()];
    for (slot, column) in
        counts
            .iter_mut()
            .zip([Some(choice.headcount), Some(choice.entered), choice.missing])
    {
        *slot = match column {
            Some(column) => {
                let (figures, mut said) = whole_numbers(&texts(column));
                notes.append(&mut said);
                figures
                    .into_iter()
                    .map(|f| {
                        if f == Figure::Dash {
                            Figure::Value(0)
                        } else {
                            f
                        }
                    })
                    .collect()
            }
            None => vec![Figure::Blank; kept.len()],
        };
    }
    let [headcounts, entereds, missings] = counts;
    let expected: Vec<_> = headcounts
        .iter()
        .zip(&entereds)
        .map(|(h, e)| share(e.value()?, h.value()?, 2))
        .collect();
    let printed = choice
        .rate
        .map(|column| rates(&texts(column), &expected))
        .unwrap_or_default();
    let mut lines: Vec<Line> = headcounts
        .into_iter()
        .zip(entereds)
        .zip(missings)
        .enumerate()
        .map(|(at, ((headcount, entered), missing))| Line {
            unit: kept
                .get(at)
                .and_then(|i| names.get(*i))
                .cloned()
                .unwrap_or_default(),
            role: Role::Unit,
            counts: [headcount, entered, missing],
            rate: printed.figures.get(at).cloned().unwrap_or_default(),
            parts: Vec::new(),
        })
        .collect();
    let marks: Vec<bool> = kept
        .iter()
        .map(|i| {
            block
                .rows
                .get(*i)
                .is_some_and(|row| row.iter().take(unit).any(|t| is_mark(t)))
        })
        .collect();
    assign_roles(&mut lines, &marks);
    let heading = |column: Option<usize>| {
        column
            .and_then(|c| block.headings.get(c))
            .cloned()
            .unwrap_or_default()
    };
    Table {
        lines,
        headings: [
            heading(Some(choice.headcount)),
            heading(Some(choice.entered)),
            heading(choice.missing),
            heading(choice.rate),
        ],
        has_missing: choice.missing.is_some(),
        has_rate: choice.rate.is_some(),
        places: if choice.rate.is_some() {
            printed.places
        } else {
            2
        },
        notes,
    }
}

/// The name of a row: the unit's cell, or for a total any text left of the figures.
fn name_of(row: &[String], unit: usize, choice: Choice) -> String {
    let own = cell(row, unit);
    let found = if own.chars().any(char::is_alphabetic) {
        own
    } else {
        (0..row.len().min(limits::COVERAGE_COLUMNS))
            .filter(|c| {
                ![
                    Some(choice.headcount),
                    Some(choice.entered),
                    choice.rate,
                    choice.missing,
                ]
                .contains(&Some(*c))
            })
            .map(|c| cell(row, c))
            .find(|t| sum_of(t) != Sum::None)
            .unwrap_or(if own.is_empty() || looks_numeric(own) {
                ""
            } else {
                own
            })
    };
    found
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(limits::COVERAGE_NAME_CHARS)
        .collect()
}
