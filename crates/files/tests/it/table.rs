//! Sheets as communes lay them out: what each row is, what each column holds.

mod layouts;
mod mapping;
mod odd;
mod sheets;

use treem_child::cell::{Cell, Rows, Spread};
use treem_files::table::{Hints, RowKind, Walked, walk_all};

/// Rows of text. A cell `<` copies its left neighbour (merged), `^` the cell above.
pub(crate) fn sheet(lines: &[&[&str]]) -> Rows<'static> {
    let mut rows = Rows::default();
    let mut above: Vec<Cell<'static>> = Vec::new();
    for (number, line) in (1u64..).zip(lines) {
        let mut cells: Vec<Cell<'static>> = Vec::new();
        for (column, text) in line.iter().enumerate() {
            let cell = match *text {
                "<" => Cell {
                    spread: Spread::FromLeft,
                    ..cells.last().cloned().unwrap_or_default()
                },
                "^" => Cell {
                    spread: Spread::FromAbove,
                    ..above.get(column).cloned().unwrap_or_default()
                },
                text => Cell::text(text.to_owned()),
            };
            cells.push(cell);
        }
        above.clone_from(&cells);
        for cell in cells {
            rows.push(cell);
        }
        rows.end_row(number, false);
    }
    rows
}

/// A letter for each kind: the whole sheet in one word.
pub(crate) fn letter(kind: &RowKind) -> char {
    match kind {
        RowKind::Data => 'd',
        RowKind::Blank => '.',
        RowKind::Title => 't',
        RowKind::Head => 'h',
        RowKind::Numbering => 'n',
        RowKind::HamletHeading(_) => 'v',
        RowKind::UnitHeading(_) => 'u',
        RowKind::Section(_) => 's',
        RowKind::Subtotal => '+',
        RowKind::Footer => 'f',
        RowKind::Continuation => 'c',
        RowKind::Prefilled => 'p',
        RowKind::Stray => 'x',
        RowKind::Outside => 'o',
        RowKind::NewHead => 'N',
    }
}

/// Every table's rows as letters and its mapping as codes: `tthd | ordinal name birth`.
pub(crate) fn shown(walked: &[Walked]) -> Vec<String> {
    walked
        .iter()
        .map(|walked| {
            let kinds: String = walked
                .rows
                .iter()
                .map(|(_, kind, _)| letter(kind))
                .collect();
            let fields: Vec<&str> = walked
                .table
                .iter()
                .flat_map(|table| &table.columns)
                .map(|column| column.field.map_or("-", |field| field.code()))
                .collect();
            format!("{kinds} | {}", fields.join(" "))
        })
        .collect()
}

/// Walks a sheet and compares the letters and the mapping of each of its tables.
pub(crate) fn check(lines: &[&[&str]], expect: &[&str]) -> Vec<Walked> {
    let walked = walk_all(&sheet(lines), &Hints::default());
    assert_eq!(shown(&walked), expect);
    walked
}
