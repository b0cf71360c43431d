//! Tables that were read whole when the file was opened (xls, xlsb, ods, docx, web pages).
//!
//! In: rows. Out: [`Source`]s that hand them out in chunks.

use super::remarks::Remarks;
use super::{Chunk, Merge, Parser, ReadError, SheetMeta, Source};
use crate::limits;
use std::sync::Arc;
use treem_child::cell::{Cell, CellKind, Rows, Spread};

/// The last column that is read.
#[allow(clippy::cast_possible_truncation, reason = "a small constant")]
const LAST_COLUMN: u32 = limits::COLUMNS as u32 - 1;
/// Rows of a chunk.
const CHUNK_ROWS: usize = 2_000;

/// One table.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// What a person sees of it.
    pub(crate) meta: SheetMeta,
    /// Its rows.
    pub(crate) rows: Arc<Rows<'static>>,
    /// What was cut.
    pub(crate) remarks: Vec<String>,
}

/// All tables of a file.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// In order.
    pub(crate) list: Vec<Table>,
    /// Days count from 1904.
    pub(crate) date1904: bool,
    /// What there is to say of the file.
    pub(crate) remarks: Vec<String>,
}

impl Tables {
    /// What a person sees of them.
    pub(crate) fn metas(&self) -> Vec<SheetMeta> {
        self.list.iter().map(|table| table.meta.clone()).collect()
    }

    /// A fresh reader of a table.
    pub(crate) fn source(&self, index: usize) -> Result<Box<dyn Source>, ReadError> {
        let table = self
            .list
            .get(index)
            .ok_or_else(|| ReadError::Damaged("no such sheet".to_owned()))?;
        Ok(Box::new(HeldSource {
            rows: Arc::clone(&table.rows),
            at: 0,
            index: 0,
            remarks: table.remarks.clone(),
        }))
    }
}

struct HeldSource {
    rows: Arc<Rows<'static>>,
    at: usize,
    index: u64,
    remarks: Vec<String>,
}

impl Source for HeldSource {
    fn next_chunk(&mut self) -> Result<Option<Chunk>, ReadError> {
        if self.at >= self.rows.len() {
            return Ok(None);
        }
        let mut rows = Rows::default();
        let end = self.rows.len().min(self.at + CHUNK_ROWS);
        let mut first_row = 0;
        for row in (self.at..end).filter_map(|index| self.rows.get(index)) {
            if first_row == 0 {
                first_row = row.number;
            }
            for cell in row.cells {
                rows.push(cell.clone());
            }
            rows.end_row(row.number, row.hidden);
        }
        self.at = end;
        let chunk = Chunk {
            index: self.index,
            first_row,
            rows,
            ..Chunk::default()
        };
        self.index += 1;
        Ok(Some(chunk))
    }

    fn parser(&self) -> Arc<dyn Parser> {
        Arc::new(Copier)
    }

    fn progress(&self) -> (u64, u64) {
        (self.at as u64, self.rows.len() as u64)
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.clone()
    }
}

/// Lends the rows of a chunk.
struct Copier;

impl Parser for Copier {
    fn parse<'a>(&'a self, chunk: &'a Chunk, rows: &mut Rows<'a>) {
        for row in chunk.rows.iter() {
            for cell in row.cells {
                rows.push(lend(cell));
            }
            rows.end_row(row.number, row.hidden);
        }
    }
}

/// The same cell, borrowing its text.
fn lend<'a>(cell: &'a Cell<'static>) -> Cell<'a> {
    Cell {
        text: std::borrow::Cow::Borrowed(cell.text.as_ref()),
        kind: cell.kind,
        font: cell.font,
        spread: cell.spread,
        runs: cell.runs.clone(),
    }
}

/// Collects a table cell by cell, sparse, within limits.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    lines: Vec<(u64, bool, Vec<Cell<'static>>)>,
    /// What was cut.
    pub(crate) remarks: Remarks,
}

impl Grid {
    /// Puts a cell; rows may come in any order but mostly rise. Numbers of rows from 1, of columns from 0. Empty cells are not kept.
    pub(crate) fn put(&mut self, row: u64, column: usize, mut cell: Cell<'static>) {
        if cell.kind == CellKind::Empty {
            return;
        }
        if column >= limits::COLUMNS {
            self.remarks.columns.add(row);
            return;
        }
        if row > limits::SHEET_ROWS {
            self.remarks.rows.add(row);
            return;
        }
        cell.text = self.remarks.fit(cell.text, row);
        let line = self.line(row);
        if line.len() <= column {
            line.resize_with(column + 1, Cell::default);
        }
        if let Some(place) = line.get_mut(column) {
            *place = cell;
        }
    }

    /// The line of a row, made where it is not there yet.
    fn line(&mut self, row: u64) -> &mut Vec<Cell<'static>> {
        let at = if self.lines.last().is_none_or(|line| line.0 < row) {
            self.lines.push((row, false, Vec::new()));
            self.lines.len() - 1
        } else if self.lines.last().is_some_and(|line| line.0 == row) {
            self.lines.len() - 1
        } else {
            match self.lines.binary_search_by_key(&row, |line| line.0) {
                Ok(at) => at,
                Err(at) => {
                    self.lines.insert(at, (row, false, Vec::new()));
                    at
                }
            }
        };
        // `at` was just found or made.
        &mut self.lines[at].2
    }

    /// Marks a row as hidden, if something stands in it.
    pub(crate) fn hide(&mut self, row: u64) {
        if let Ok(at) = self.lines.binary_search_by_key(&row, |line| line.0)
            && let Some(line) = self.lines.get_mut(at)
        {
            line.1 = true;
        }
    }

    /// Copies the corners of merges over their ranges, in rows in which something stands.
    pub(crate) fn spread(&mut self, merges: &[Merge]) {
        for merge in merges.iter().take(limits::MERGES) {
            let Ok(top) = self
                .lines
                .binary_search_by_key(&(u64::from(merge.top) + 1), |line| line.0)
            else {
                continue;
            };
            let Some(corner) = self
                .lines
                .get(top)
                .and_then(|line| line.2.get(merge.left as usize))
                .cloned()
            else {
                continue;
            };
            if corner.kind == CellKind::Empty || merge.left as usize >= limits::COLUMNS {
                continue;
            }
            let last = merge
                .right
                .min(merge.left.saturating_add(limits::MERGE_COLUMNS))
                .min(LAST_COLUMN) as usize;
            for line in self
                .lines
                .iter_mut()
                .skip(top)
                .take_while(|line| line.0 <= u64::from(merge.bottom) + 1)
            {
                if line.2.len() <= last {
                    line.2.resize_with(last + 1, Cell::default);
                }
                let spread = if line.0 == u64::from(merge.top) + 1 {
                    Spread::FromLeft
                } else {
                    Spread::FromAbove
                };
                for cell in line
                    .2
                    .iter_mut()
                    .take(last + 1)
                    .skip(merge.left as usize)
                    .filter(|cell| cell.kind == CellKind::Empty)
                {
                    *cell = Cell {
                        spread,
                        ..corner.clone()
                    };
                }
            }
        }
    }

    /// The table.
    pub(crate) fn finish(self, meta: SheetMeta) -> Table {
        let mut rows = Rows::default();
        for (number, hidden, mut cells) in self.lines {
            while cells
                .last()
                .is_some_and(|cell| cell.kind == CellKind::Empty)
            {
                cells.pop();
            }
            if cells.is_empty() {
                continue;
            }
            for cell in cells {
                rows.push(cell);
            }
            rows.end_row(number, hidden);
        }
        Table {
            meta,
            rows: Arc::new(rows),
            remarks: self.remarks.sentences(),
        }
    }
}
