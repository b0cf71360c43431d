//! Small random workbooks in every format: what is written is what is read, and nothing is refused without a word.

use super::written;
use crate::read::lines;
use proptest::prelude::*;
use treem_child::cell::{CellKind, Spread};
use treem_files::read::Book;
use treem_files::write::book::{
    Cell, Format, Merge, Sheet, TextEncoding, TextStyle, Value, Workbook,
};

/// The first line says the delimiter: a single cell with a comma in it would leave it open.
const TEXT: Format = Format::Text(TextStyle {
    delimiter: b',',
    encoding: TextEncoding::Utf8,
    crlf: true,
    quote_all: false,
    sep_line: true,
});

/// Text of Windows-1252 letters without a blank at its ends, which some formats and readers trim.
fn text() -> impl Strategy<Value = String> {
    "[a-zA-ZàáâãèéêìíòóôõùúýÀÂÊÔ§¨\u{AD}®&<>'][a-zA-Z0-9àáâãèéêìíòóôõùúýÀÂÊÔ§¨\u{AD}® &<>\"',;]{0,20}[a-zA-Zàáâ.]"
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Empty),
        6 => text().prop_map(Value::Text),
        2 => "0[0-9]{11}".prop_map(Value::Text),
        2 => (-600_000_000_i32..600_000_000).prop_map(|number| Value::Number(f64::from(number))),
        1 => (-1e9..1e9_f64).prop_map(Value::Number),
        2 => (0_u32..1_000_000, 2_u8..14).prop_map(|(number, digits)| Value::PaddedNumber(f64::from(number), digits)),
        2 => (1_462_i32..60_000).prop_map(Value::Date),
    ]
}

fn cell() -> impl Strategy<Value = Cell> {
    let font = prop_oneof![
        Just(None),
        Just(Some(".VnTime")),
        Just(Some("VNI-Times")),
        Just(Some("Arial"))
    ];
    (value(), font, any::<bool>()).prop_map(|(value, font, bold)| Cell {
        value,
        font,
        bold,
        runs: Vec::new(),
    })
}

fn workbook() -> impl Strategy<Value = Workbook> {
    let rows = prop::collection::vec(prop::collection::vec(cell(), 0..6), 1..12);
    let merge = (0_u32..10, 0_u16..4, 0_u32..3, 0_u16..3);
    let hidden = prop::collection::vec(0_u32..12, 0..3);
    (rows, prop::option::of(merge), hidden, any::<bool>()).prop_map(
        |(rows, merge, hidden_rows, date1904)| Workbook {
            sheets: vec![Sheet {
                name: "Trang".to_owned(),
                rows,
                merges: merge
                    .map(|(first_row, first_column, down, across)| Merge {
                        first_row,
                        first_column,
                        last_row: first_row + down,
                        last_column: first_column + across,
                    })
                    .into_iter()
                    .collect(),
                hidden_rows,
                ..Sheet::default()
            }],
            date1904,
        },
    )
}

/// What a cell is read back as: its text, whose zeros and days are the format's own.
fn expected(value: &Value, format: Format, date1904: bool) -> String {
    let shows = matches!(format, Format::Docx | Format::WebPage | Format::Text(_));
    match value {
        // Runs of blanks are one in a web page.
        Value::Text(text) if format == Format::WebPage => {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        Value::Text(text) => text.clone(),
        Value::Number(number) => format!("{number}"),
        // These readers do not know how a number is shown.
        Value::PaddedNumber(number, _)
            if matches!(format, Format::Xlsb | Format::XlsOld | Format::XmlTable) =>
        {
            format!("{number}")
        }
        Value::PaddedNumber(number, digits) => {
            format!("{number:0>width$}", width = usize::from(*digits))
        }
        Value::Date(serial) => {
            let day = counted_day(*serial);
            match format {
                _ if shows => day,
                Format::Ods => reversed(&day),
                Format::XmlTable => format!("{}T00:00:00.000", reversed(&day)),
                _ if date1904 => format!("{}", serial - 1_462),
                _ => format!("{serial}"),
            }
        }
        _ => String::new(),
    }
}

/// dd/mm/yyyy by counting, another way than the writer's.
fn counted_day(serial: i32) -> String {
    let (mut year, mut month, mut left) = (1904, 1, serial - 1_462);
    loop {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if left < days {
            return format!("{:02}/{month:02}/{year}", left + 1);
        }
        left -= days;
        month += 1;
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
}

fn reversed(day: &str) -> String {
    day.split('/').rev().collect::<Vec<_>>().join("-")
}

/// True where a merge covers a cell without its being the corner.
fn covered(sheet: &Sheet, row: usize, column: usize) -> bool {
    sheet.merges.iter().any(|merge| {
        let rows = merge.first_row as usize..=merge.last_row as usize;
        let columns = usize::from(merge.first_column)..=usize::from(merge.last_column);
        rows.contains(&row)
            && columns.contains(&column)
            && (row, column) != (*rows.start(), *columns.start())
    })
}

fn check(book: &Workbook, format: Format) {
    let sheet = &book.sheets[0];
    let bytes = written(book, format);
    let read = match Book::from_bytes(bytes) {
        Ok(read) => lines(&read, 0),
        // A page or document, or text, without a single word has no table.
        Err(_) => Vec::new(),
    };
    for (row, line) in sheet.rows.iter().enumerate() {
        // The line that says the delimiter is the first.
        let number = row as u64 + if format == TEXT { 2 } else { 1 };
        let found = read.iter().find(|found| found.0 == number);
        for (column, cell) in line.iter().enumerate() {
            let wanted = if covered(sheet, row, column) {
                String::new()
            } else {
                expected(&cell.value, format, book.date1904)
            };
            let own = found
                .and_then(|found| found.2.get(column))
                .filter(|cell| cell.spread == Spread::Own);
            let shown = own.map_or("", |cell| cell.text.as_ref());
            assert_eq!(
                shown, wanted,
                "{format:?} row {row} column {column} of {sheet:?}"
            );
            let keeps = matches!(format, Format::Xlsx | Format::Xls | Format::Xlsb);
            if let (true, Some(own)) = (keeps, own) {
                let date = matches!(own.kind, CellKind::Date(_));
                assert_eq!(
                    date,
                    matches!(cell.value, Value::Date(_)) && !wanted.is_empty()
                );
            }
        }
        let keeps = matches!(format, Format::Xlsx | Format::Xls | Format::Ods);
        if let (true, Some(found)) = (keeps, found) {
            let hidden = sheet
                .hidden_rows
                .iter()
                .any(|&hidden| hidden as usize == row);
            assert_eq!(found.1, hidden, "{format:?} row {row}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_format_gives_back_what_it_was_given(book in workbook()) {
        for format in [
            Format::Xlsx,
            Format::Xlsb,
            Format::Xls,
            Format::XlsOld,
            Format::Ods,
            Format::Docx,
            Format::WebPage,
            Format::XmlTable,
            TEXT,
        ] {
            check(&book, format);
        }
    }

    #[test]
    fn any_text_survives_in_workbooks(texts in prop::collection::vec("\\PC{1,30}|[ \\n\\ta-zĐđ\u{300}-\u{30f}😀]{1,20}", 1..8)) {
        let book = Workbook {
            sheets: vec![Sheet {
                name: "Trang".to_owned(),
                rows: vec![texts.iter().map(|text| Cell::new(Value::text(text))).collect()],
                ..Sheet::default()
            }],
            date1904: false,
        };
        for format in [Format::Xlsx, Format::Xlsb, Format::Xls, Format::Ods] {
            let read = Book::from_bytes(written(&book, format)).unwrap();
            let found = lines(&read, 0);
            let found: Vec<&str> = found.iter().flat_map(|line| &line.2).map(|cell| cell.text.as_ref()).collect();
            prop_assert_eq!(&found, &texts, "{:?}", format);
        }
    }

    /// More text than one record of shared strings holds, in letters of one byte and of two, with runs.
    #[test]
    fn shared_strings_run_over_records(lengths in prop::collection::vec((1_usize..9_000, any::<bool>()), 1..8)) {
        let texts: Vec<String> = lengths
            .iter()
            .enumerate()
            .map(|(index, &(length, wide))| {
                let letter = if wide { "ế" } else { "e" };
                format!("{index}{}", letter.repeat(length))
            })
            .collect();
        let book = Workbook {
            sheets: vec![Sheet {
                name: "Trang".to_owned(),
                rows: vec![texts.iter().map(Cell::text).collect()],
                ..Sheet::default()
            }],
            date1904: false,
        };
        let read = Book::from_bytes(written(&book, Format::Xls)).unwrap();
        let found = lines(&read, 0);
        prop_assert_eq!(found[0].2.len(), texts.len());
        for (found, text) in found[0].2.iter().zip(&texts) {
            prop_assert!(found.text == text.as_str());
        }
    }
}
