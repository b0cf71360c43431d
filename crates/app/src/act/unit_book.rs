//! Figures by unit as a workbook: two lines of title over all columns, then code and name of each unit before its figures.
//!
//! In: the sheet's name, its rows with those lines, how many columns it has. Out: the file's bytes.

use treem_files::write::book::{Cell, Format, Merge, Sheet, Workbook, write};

/// The workbook.
///
/// # Errors
/// What the writer cannot hold.
pub fn unit_book(name: &str, rows: Vec<Vec<Cell>>, columns: usize) -> anyhow::Result<Vec<u8>> {
    let last_column = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    let title = |row| Merge {
        first_row: row,
        first_column: 0,
        last_row: row,
        last_column,
    };
    let book = Workbook {
        sheets: vec![Sheet {
            name: name.to_owned(),
            rows,
            merges: vec![title(0), title(1)],
            widths: vec![8.0, 28.0],
            ..Sheet::default()
        }],
        ..Workbook::default()
    };
    let mut out = Vec::new();
    write(&book, Format::Xlsx, &mut out)
        .map_err(|error| anyhow::anyhow!("không ghi được bảng: {}", error.message()))?;
    Ok(out)
}
