//! Step *report*: a file's table of coverage, recomputed.
//!
//! In: a file of any kind the reader takes (csv, xlsx, a table in a docx). Out: the [`Coverage`] of the first sheet that holds such a
//! table, or one sentence why there is none.

mod checked;
pub mod headcounts;

pub use checked::{Figures, Line, lines, of_checked, of_figures, read_printed, short};

use std::path::Path;
use treem_child::cell::{Cell, Rows};
use treem_child::limits;
use treem_child::normalise::encoding::{Vote, decode_cell, verdicts};
use treem_child::report::coverage::{Coverage, NoTable, coverage};
use treem_files::read::{Book, ReadError};

/// Rows of a sheet that are looked at: a table with as many titles and footnotes again.
const ROWS: usize = 2 * limits::COVERAGE_ROWS;
/// Rows of a file of headcounts: a line for each commune of the country, with room.
const HEADCOUNT_ROWS: usize = 20_000;

/// Reads a file and recomputes its table.
///
/// Gives the report, or, where the file cannot be used, one Vietnamese sentence without the file's name.
pub fn of_file(path: &Path) -> Result<Coverage, String> {
    of_book(&Book::open(path).map_err(|error| error.message())?)
}

/// The same of a table that was pasted, or of a file's bytes.
pub fn of_bytes(bytes: &[u8]) -> Result<Coverage, String> {
    of_book(&Book::from_bytes(bytes).map_err(|error| error.message())?)
}

fn of_book(book: &Book) -> Result<Coverage, String> {
    let mut broken = None;
    for index in 0..book.sheets.len() {
        let grid = match grid_of(book, index, ROWS) {
            Ok(grid) => grid,
            Err(error) => {
                broken.get_or_insert_with(|| error.message());
                continue;
            }
        };
        if let Ok(mut report) = coverage(&grid) {
            let name = book
                .sheets
                .get(index)
                .map_or("", |sheet| sheet.name.as_str());
            if index > 0 && !name.is_empty() {
                report
                    .notes
                    .push(format!("Bảng được đọc ở trang “{name}”."));
            }
            return Ok(report);
        }
    }
    Err(broken.unwrap_or_else(|| NoTable.message().to_owned()))
}

/// The first rows of a sheet as text, legacy codes decoded column by column.
pub(in crate::act) fn grid_of(
    book: &Book,
    sheet: usize,
    most: usize,
) -> Result<Vec<Vec<String>>, ReadError> {
    let mut source = book.source(sheet)?;
    let parser = source.parser();
    let mut rows: Vec<Vec<Cell<'static>>> = Vec::new();
    while rows.len() < most
        && let Some(chunk) = source.next_chunk()?
    {
        let mut parsed = Rows::default();
        parser.parse(&chunk, &mut parsed);
        let room = most - rows.len();
        rows.extend(parsed.iter().take(room).map(|row| {
            row.cells
                .iter()
                .take(limits::COVERAGE_COLUMNS)
                .map(|cell| cell.clone().into_owned())
                .collect()
        }));
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut votes = vec![Vote::default(); width];
    for row in &rows {
        for (vote, cell) in votes.iter_mut().zip(row) {
            vote.add_cell(cell);
        }
    }
    let verdicts = verdicts(&votes);
    Ok(rows
        .iter()
        .map(|row| {
            row.iter()
                .zip(&verdicts)
                .map(|(cell, verdict)| decode_cell(cell, *verdict).text.into_owned())
                .collect()
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_as_a_file() {
        let text = include_str!("../../../../samples/letter-table.csv");
        let report = of_book(&Book::from_bytes(text.as_bytes()).unwrap()).unwrap();
        assert_eq!(
            (report.rows.len(), report.slips.len(), report.repairs.len()),
            (9, 6, 7)
        );
        let json = serde_json::to_value(&report).unwrap();
        let keys: Vec<_> = json
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            keys,
            ["rows", "total", "slips", "repairs", "notes", "conflicts"]
        );
        assert_eq!(
            serde_json::to_string(&json["rows"][0]).unwrap(),
            r#"{"unit":"Vĩnh Linh","headcount":26847,"entered":16650,"printed":{"rate":62.05,"missing":10190},"computed":{"rate":62.02,"missing":10197}}"#
        );
        assert_eq!(
            serde_json::to_string(&json["slips"][5]).unwrap(),
            r#"{"unit":"Tổng cộng","cell":"missing","printed":50006,"computed":50013,"difference":-7}"#
        );
        assert_eq!(
            serde_json::to_string(&json["repairs"][0]["cells"]).unwrap(),
            r#"[{"unit":"Vĩnh Linh","cell":"missing","printed":10190,"repaired":10197},{"unit":"Tổng cộng","cell":"missing","printed":50006,"repaired":50013}]"#
        );
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        for bytes in [&b""[..], b"a,b\n1,2\n", b"\x89PNG\r\n\x1a\n0000"] {
            let sentence = Book::from_bytes(bytes)
                .map_err(|error| error.message())
                .and_then(|book| of_book(&book))
                .unwrap_err();
            assert!(
                sentence.ends_with('.') && sentence.chars().count() > 20,
                "{sentence}"
            );
        }
    }
}
