//! The records of the register on their way into a file.
//!
//! In: rows of cells. Out: csv bytes, or cells for the long sheet.

use super::Format;
use crate::act::csv_line::Line;
use crate::world::plan::Commune;
use crate::world::register::cells;
use crate::world::written::Written;
use std::borrow::Cow;

/// The cells of a record.
pub(super) type Record<'r> = [Cow<'r, str>; 26];

/// The records of a commune.
pub(super) enum Records {
    /// Lines of csv.
    Csv(Vec<u8>),
    /// Cells for a spreadsheet.
    Cells(Vec<Vec<String>>),
}

/// The cells of a record.
pub(super) fn csv_record<'r>(commune: &Commune, row: &'r Written<'_>) -> Record<'r> {
    cells(commune, row)
}

impl Records {
    pub(super) fn new(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv(Vec::new()),
            Format::Xlsx => Self::Cells(Vec::new()),
        }
    }

    pub(super) fn push(&mut self, record: &Record<'_>) {
        match self {
            Self::Csv(buffer) => {
                let mut line = Line::after(buffer, b"");
                for cell in record {
                    line.text(cell);
                }
                line.end();
            }
            Self::Cells(rows) => rows.push(
                record
                    .iter()
                    .map(|cell| cell.clone().into_owned())
                    .collect(),
            ),
        }
    }
}
