//! Step *normalise*: raw row → [`crate::record::Child`] + findings. Never fails, never guesses silently.
//!
//! In: cells ([`crate::cell::Row`]) and a [`Plan`] for their table. Out: the record and what was repaired or is no value.

pub mod date;
pub mod encoding;
pub mod ethnicity;
pub(crate) mod fold;
pub mod keys;
pub mod name;
pub mod number;
pub mod phone;
pub mod row;
pub mod sex;
pub mod sound;
pub mod syllable;
pub mod text;
pub mod unit;

use crate::field::Field;
use encoding::Verdict;

/// What is known of a column before its cells are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanColumn {
    /// What the column holds; `None`: not used.
    pub field: Option<Field>,
    /// The code its cells are written in.
    pub verdict: Verdict,
    /// Excel has swapped day and month of its real date cells (all of them have a day ≤ 12, all its text dates a day > 12).
    pub dates_swapped: bool,
    /// Two-digit ethnic codes of this column follow this list, where the file declares one.
    pub ethnic_list: Option<u16>,
}

/// How the rows of one table are to be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Column by column, from the first of the sheet.
    pub columns: Vec<PlanColumn>,
    /// The workbook counts days from 1904.
    pub date1904: bool,
}
