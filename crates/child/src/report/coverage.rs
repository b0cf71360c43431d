//! Coverage: recomputes the table that a letter carries (unit, children there, children entered, rate, missing) and says where the
//! printed figures disagree, which cannot hold together, and which change of a cell would mend them.
//!
//! In: a sheet as rows of text, with any headings, units, further columns, totals and sub-totals. Out: [`Coverage`], the object that
//! `treem coverage --json` prints; [`Coverage::text`] is the same for a person. All arithmetic is on whole numbers.

mod columns;
mod mend;
mod notes;
mod number;
mod print;
mod roles;
mod slips;
mod table;
#[cfg(test)]
mod tests;
mod words;

use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use table::{Column, Role};

/// A percentage in hundredths, `6205` for 62.05 %. Serialised as a number with two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(pub i64);

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The nearest double of a decimal of two places prints as that decimal: no rounding is done here.
        let sign = if self.0 < 0 { "-" } else { "" };
        let value = self.0.unsigned_abs();
        let text = format!("{sign}{}.{:02}", value / 100, value % 100);
        serializer.serialize_f64(text.parse().unwrap_or(0.0))
    }
}

/// A figure of a cell: a count or a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Number {
    /// A count of children.
    Count(i64),
    /// A percentage.
    Rate(Rate),
}

/// What a cell of the table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CellName {
    /// Percentage entered.
    Rate,
    /// Children still to be entered.
    Missing,
    /// Children there.
    Headcount,
    /// Children entered.
    Entered,
    /// A sum at the foot of a column; [`Slip::column`] says of which.
    Total,
}

impl CellName {
    /// The words in a sentence.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rate => "tỷ lệ",
            Self::Missing => "số còn thiếu",
            Self::Headcount => "số hiện có",
            Self::Entered => "số đã nhập",
            Self::Total => "số tổng",
        }
    }
}

/// The two figures that can be computed from the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Derived {
    /// Entered in percent of the headcount, rounded half up to two places.
    pub rate: Option<Rate>,
    /// Headcount less entered.
    pub missing: Option<i64>,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Name of the unit as written.
    pub unit: String,
    /// Children there; `None` where nothing readable stands.
    pub headcount: Option<i64>,
    /// Children entered.
    pub entered: Option<i64>,
    /// As printed.
    pub printed: Derived,
    /// As it should be by the line's own headcount and entered.
    pub computed: Derived,
}

/// A cell whose printed figure disagrees with what the others say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slip {
    /// Name of the unit, or of the line of totals.
    pub unit: String,
    /// Which cell.
    pub cell: CellName,
    /// What stands there; `None` where it is empty or cannot be read.
    pub printed: Option<Number>,
    /// What the others say.
    pub computed: Option<Number>,
    /// Printed less computed.
    pub difference: Option<Number>,
    /// The column of a total (`headcount`, `entered`, `missing`), where [`Slip::cell`] is `total`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<CellName>,
}

/// A cell that a repair changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Name of the unit, or of the line of totals.
    pub unit: String,
    /// Which column's cell of it.
    pub cell: CellName,
    /// What stands there.
    pub printed: Option<Number>,
    /// What would have to stand there.
    pub repaired: Number,
}

/// A change of one cell, or of as few as it takes, after which the figures hold together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// The cells to change, all of them.
    pub cells: Vec<Change>,
    /// In words, with what would still disagree.
    pub explanation: String,
}

/// A cell by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellAddress {
    /// Name of the unit, or of the line of totals.
    pub unit: String,
    /// Which column's cell of it.
    pub cell: CellName,
}

/// Cells that cannot all be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The cells of one subtraction, or of one sum with the total last.
    pub cells: Vec<CellAddress>,
    /// In words.
    pub explanation: String,
}

/// The report. Field order is that of the contract; what it does not name comes last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The units in order.
    pub rows: Vec<Row>,
    /// The line of totals, where the table has one.
    pub total: Option<Row>,
    /// Cells whose printed figure disagrees, in order of line.
    pub slips: Vec<Slip>,
    /// Changes that would mend them, for each contradiction the likeliest first.
    pub repairs: Vec<Repair>,
    /// What else a reader should know, in Vietnamese.
    pub notes: Vec<String>,
    /// Cells that cannot hold together.
    pub conflicts: Vec<Conflict>,
    /// Lines that sum some of the units.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subtotals: Vec<Row>,
    /// The lines as they stand in the table: which list, which index of it, for the printed table.
    #[serde(skip)]
    order: Vec<(Role, usize)>,
    /// One sentence a slip, in the order of [`Coverage::slips`].
    #[serde(skip)]
    sentences: Vec<String>,
    /// The cells to mark in the printed table: line and column.
    #[serde(skip)]
    marks: BTreeSet<(usize, CellName)>,
}

/// No table of this kind stands in the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no table of coverage")]
pub struct NoTable;

impl NoTable {
    /// One sentence for a person: what is wrong, and what to do.
    pub fn message(self) -> &'static str {
        "Không tìm thấy bảng có tên đơn vị, số trẻ em hiện có và số trẻ em đã nhập. Kiểm tra lại tệp và dòng tiêu đề của bảng."
    }
}

/// Recomputes a table of coverage.
///
/// Takes a sheet as rows of text: whatever its headings, the order of its columns, Vietnamese or English figures, percentages or shares of
/// one, with or without rate, missing, totals. Gives the report; silent (no slip, conflict or repair) where the table is sound.
/// Errors: [`NoTable`]. Limits: [`crate::limits::COVERAGE_ROWS`] and its siblings.
pub fn coverage(grid: &[Vec<String>]) -> Result<Coverage, NoTable> {
    let mut table = table::find(grid).ok_or(NoTable)?;
    let computed = slips::compute(&table);
    let found = slips::slips(&table, &computed);
    let (conflicts, repairs) = mend::mend(&table, &computed);
    let mut report = Coverage {
        rows: Vec::new(),
        total: None,
        slips: found.slips,
        repairs,
        notes: std::mem::take(&mut table.notes),
        conflicts,
        subtotals: Vec::new(),
        order: Vec::new(),
        sentences: found.sentences,
        marks: found.marks,
    };
    report.notes.extend(notes::notes(&table, &computed, grid));
    for (line, derived) in table.lines.iter().zip(&computed) {
        let row = Row {
            unit: line.unit.clone(),
            headcount: line.count(Column::Headcount).or(derived.headcount),
            entered: line.count(Column::Entered).or(derived.entered),
            printed: Derived {
                rate: line.rate.value().map(Rate),
                missing: line.count(Column::Missing),
            },
            computed: Derived {
                rate: derived.rate.map(Rate),
                missing: derived.missing,
            },
        };
        match line.role {
            Role::Unit => {
                report.order.push((Role::Unit, report.rows.len()));
                report.rows.push(row);
            }
            Role::Subtotal => {
                report.order.push((Role::Subtotal, report.subtotals.len()));
                report.subtotals.push(row);
            }
            Role::Total => {
                report.order.push((Role::Total, 0));
                report.total = Some(row);
            }
        }
    }
    Ok(report)
}
