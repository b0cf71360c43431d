//! Excel 5 and 95 (.xls) and Excel binary (.xlsb), through the `calamine` library.
//!
//! In: an [`Input`]. Out: [`Tables`]. The library may panic on damaged files; that never reaches further than this module.

use super::held::{Grid, Table, Tables};
use super::input::{Input, ReadSeek};
use super::{Merge, ReadError, SheetMeta};
use crate::limits;
use ::calamine::{
    Data, DataRef, Dimensions, Range, Reader, Sheet, SheetVisible, Xls, XlsError, Xlsb, XlsbError,
};
use std::borrow::Cow;
use std::fmt::Display;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use treem_child::cell::{Cell, CellKind};

type Stream = BufReader<Box<dyn ReadSeek>>;

/// Runs the library; a panic of its own is damage of the file.
fn guarded<T>(read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(ReadError::Damaged("the reader gave up".to_owned())))
}

fn damaged(error: impl Display) -> ReadError {
    ReadError::Damaged(error.to_string())
}

fn stream(input: &Input) -> Result<Stream, ReadError> {
    Ok(BufReader::new(input.open()?))
}

fn meta(sheet: &Sheet) -> SheetMeta {
    SheetMeta {
        name: sheet.name.clone(),
        hidden: sheet.visible != SheetVisible::Visible,
        before: Vec::new(),
    }
}

/// A number in its shortest exact form.
fn number(value: f64, kind: CellKind) -> Cell<'static> {
    Cell {
        text: Cow::Owned(format!("{value}")),
        kind,
        ..Cell::default()
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "the text keeps every digit; the number is what a spreadsheet would hold"
)]
fn whole(value: i64) -> Cell<'static> {
    Cell {
        text: Cow::Owned(value.to_string()),
        kind: CellKind::Number(value as f64),
        ..Cell::default()
    }
}

fn fixed(text: &'static str, kind: CellKind) -> Cell<'static> {
    Cell {
        text: Cow::Borrowed(text),
        kind,
        ..Cell::default()
    }
}

fn cell(data: &Data) -> Cell<'static> {
    match data {
        Data::Int(value) => whole(*value),
        Data::Float(value) => number(*value, CellKind::Number(*value)),
        Data::String(text) => Cell::text(text.clone()),
        Data::Bool(value) => fixed(if *value { "TRUE" } else { "FALSE" }, CellKind::Bool),
        Data::DateTime(moment) => number(moment.as_f64(), CellKind::Date(moment.as_f64())),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::text(text.clone()),
        Data::Error(error) => Cell {
            text: Cow::Owned(error.to_string()),
            kind: CellKind::Error,
            ..Cell::default()
        },
        Data::Empty => Cell::default(),
    }
}

fn cell_ref(data: DataRef<'_>) -> Cell<'static> {
    match data {
        DataRef::SharedString(text) => Cell::text(text.to_owned()),
        other => cell(&Data::from(other)),
    }
}

fn merge(area: &Dimensions) -> Merge {
    Merge {
        top: area.start.0,
        bottom: area.end.0,
        left: area.start.1,
        right: area.end.1,
    }
}

/// A sheet that the library holds as one rectangle.
fn table(meta: SheetMeta, range: &Range<Data>, merges: &[Merge]) -> Table {
    let mut grid = Grid::default();
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, column, data) in range.used_cells() {
        grid.put(
            row as u64 + u64::from(top) + 1,
            column + left as usize,
            cell(data),
        );
    }
    grid.spread(merges);
    grid.finish(meta)
}

/// Excel 5 and 95.
///
/// Errors: `Password`, `Damaged`, `Io`.
pub(crate) fn xls(input: &Input) -> Result<Tables, ReadError> {
    guarded(|| {
        let mut book = Xls::new(stream(input)?).map_err(|error| match error {
            XlsError::Password => ReadError::Password,
            other => damaged(other),
        })?;
        let mut tables = Tables {
            date1904: book.has_1904_epoch(),
            ..Tables::default()
        };
        let sheets: Vec<Sheet> = book
            .sheets_metadata()
            .iter()
            .take(limits::SHEETS)
            .cloned()
            .collect();
        for sheet in sheets {
            match book.worksheet_range(&sheet.name) {
                Ok(range) => {
                    let merges: Vec<Merge> = book
                        .merge_cells_by_sheet_name(&sheet.name)
                        .unwrap_or_default()
                        .iter()
                        .map(merge)
                        .collect();
                    tables.list.push(table(meta(&sheet), &range, &merges));
                }
                Err(_) => tables.remarks.push(unread(&sheet.name)),
            }
        }
        finished(tables)
    })
}

/// Excel binary.
///
/// Errors: `Password`, `TooLarge`, `Damaged`, `Io`.
pub(crate) fn xlsb(input: &Input) -> Result<Tables, ReadError> {
    guarded(|| {
        let mut book = Xlsb::new(stream(input)?).map_err(|error| match error {
            XlsbError::Password => ReadError::Password,
            other => damaged(other),
        })?;
        let mut tables = Tables {
            date1904: book.has_1904_epoch(),
            ..Tables::default()
        };
        let sheets: Vec<Sheet> = book
            .sheets_metadata()
            .iter()
            .take(limits::SHEETS)
            .cloned()
            .collect();
        let mut cells = 0_usize;
        for sheet in sheets {
            let mut grid = Grid::default();
            let Ok(mut reader) = book.worksheet_cells_reader(&sheet.name) else {
                tables.remarks.push(unread(&sheet.name));
                continue;
            };
            loop {
                match reader.next_cell() {
                    Ok(Some(found)) => {
                        cells += 1;
                        if cells > limits::HELD_CELLS {
                            return Err(ReadError::TooLarge(
                                "tệp có quá nhiều ô; hãy lưu lại dạng .xlsx",
                            ));
                        }
                        let (row, column) = found.get_position();
                        grid.put(
                            u64::from(row) + 1,
                            column as usize,
                            cell_ref(found.get_value().clone()),
                        );
                    }
                    Ok(None) => break,
                    Err(_) => {
                        tables.remarks.push(format!(
                            "Trang tính “{}” bị hỏng ở giữa, chỉ đọc được phần đầu.",
                            sheet.name
                        ));
                        break;
                    }
                }
            }
            tables.list.push(grid.finish(meta(&sheet)));
        }
        finished(tables)
    })
}

fn unread(name: &str) -> String {
    format!("Trang tính “{name}” không đọc được (có thể đã hỏng).")
}

fn finished(tables: Tables) -> Result<Tables, ReadError> {
    if tables.list.is_empty() {
        Err(ReadError::Damaged("no sheet".to_owned()))
    } else {
        Ok(tables)
    }
}
