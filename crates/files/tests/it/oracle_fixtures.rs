//! The binding fixtures from file to value: legacy names by font, dates and numbers in both epochs.
//!
//! In: the workbooks of the oracles. Out: agreement of each cell with what it must mean.

use crate::read::{fixture, lines};
use treem_child::cell::{Cell, CellKind};
use treem_child::normalise::date::{DateValue, date, from_number, from_serial};
use treem_child::normalise::encoding::{Vote, decode_cell};
use treem_child::normalise::number::number;
use treem_child::normalise::{phone, text};
use treem_files::read::Book;

/// Names of all fonts in one column: each is read, by the fonts the file itself gives.
fn names_are_decoded(file: &str, least: usize) {
    let book = Book::open(&fixture(file)).unwrap();
    let lines = lines(&book, 0);
    let names: Vec<(u64, &Cell<'_>)> = lines
        .iter()
        .skip(1)
        .filter_map(|line| Some((line.0, line.2.get(1)?)))
        .collect();
    let mut vote = Vote::default();
    for (_, cell) in &names {
        vote.add_cell(cell);
    }
    let verdict = vote.verdict();
    let expected = std::fs::read_to_string(fixture("legacy_fonts_expected.tsv")).unwrap();
    let mut compared = 0;
    for line in expected.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let row: u64 = columns[0][1..].parse().unwrap();
        let Some((_, cell)) = names.iter().find(|name| name.0 == row) else {
            continue;
        };
        assert_eq!(
            decode_cell(cell, verdict).text,
            columns[3],
            "{file} {} in {}",
            columns[0],
            columns[1]
        );
        compared += 1;
    }
    assert_eq!(compared, least, "{file}");
}

#[test]
fn legacy_names() {
    names_are_decoded("legacy_fonts.xlsx", 128);
    // The .xls has no rich text.
    names_are_decoded("legacy_fonts.xls", 125);
}

fn born(cell: &Cell<'_>, date1904: bool) -> String {
    let value = match cell.kind {
        CellKind::Date(serial) => {
            from_serial(serial, date1904).map_or(DateValue::Invalid, DateValue::Known)
        }
        CellKind::Number(value) => from_number(value, date1904, 2026),
        _ => date(&text::clean(&cell.text).0, 2026),
    };
    match value {
        DateValue::Missing => "missing".to_owned(),
        DateValue::Invalid => "invalid".to_owned(),
        DateValue::Known(date) => date.to_string(),
        DateValue::Swapped(date) => format!("swapped {date}"),
    }
}

/// Birth, number and telephone of each row; the row with a bare serial means another day in the other epoch.
#[test]
fn typed_cells() {
    for (file, date1904, serial) in [
        ("types_1900.xlsx", false, "2012-03-15"),
        ("types_1904.xlsx", true, "2016-03-16"),
    ] {
        let book = Book::open(&fixture(file)).unwrap();
        assert_eq!(book.date1904, date1904);
        let lines = lines(&book, 0);
        let found: Vec<[String; 3]> = lines
            .iter()
            .skip(1)
            .map(|line| {
                let text = |column: usize| line.2.get(column).map_or("", |cell| &*cell.text);
                [
                    born(&line.2[0], book.date1904),
                    number(text(1)).text().to_owned(),
                    phone::phones(text(2)).to_string(),
                ]
            })
            .collect();
        let expected = [
            ["2012-03-15", "45215001234", "0912345678"],
            ["2012-03-15", "045215001234", "0912345678"],
            ["2012-03-15", "45215001234", "0393234345"],
            ["2012", "452E+10", "0912345678"],
            ["2012-05", "045215001234", "02333852345"],
            [serial, "045215001234", ""],
            ["2012", "045215001234", "0912345678 / 0987654321"],
            ["invalid", "45215001234E10", ""],
        ];
        assert_eq!(found, expected, "{file}");
    }
}
