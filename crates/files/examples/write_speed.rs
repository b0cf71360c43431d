//! How fast a workbook is written, on one core.
//!
//! In: a format (`xlsx`, `xlsb`, `xls`, `ods`, `docx`, `html`, `xml`, `csv`, or `long` for the sheet written row by row), rows and
//! columns; nothing is kept of the file. Out: seconds and bytes. `cargo run --release -p treem-files --example write_speed --
//! xlsx 100000 20`

use std::io::Write;
use std::time::Instant;
use treem_files::write::WriteError;
use treem_files::write::book::{
    Cell, Format, Item, LongSheet, Sheet, TextStyle, Value, Workbook, write,
};

/// Counts what goes by.
#[derive(Default)]
struct Sink(u64);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Text as in lists: some of its own in each row, most of it seen before.
fn text(row: usize, column: usize) -> String {
    match column {
        1 => format!("Nguyễn Văn {}", row % 5_000),
        2 => format!("0452150{row:05}"),
        _ => format!("Thôn {} cột {column}", row * column % 97),
    }
}

fn day(row: usize) -> i32 {
    40_000 + i32::try_from(row % 3_000).unwrap_or(0)
}

fn number(row: usize) -> f64 {
    f64::from(u32::try_from(row).unwrap_or(0))
}

fn book(rows: usize, columns: usize) -> Workbook {
    let cell = |row, column| match column {
        0 => Cell::new(Value::Number(number(row))),
        5 => Cell::new(Value::Date(day(row))),
        _ => Cell::text(text(row, column)),
    };
    let row = |row| (0..columns).map(|column| cell(row, column)).collect();
    Workbook {
        sheets: vec![Sheet {
            name: "Danh sách".to_owned(),
            rows: (0..rows).map(row).collect(),
            ..Sheet::default()
        }],
        date1904: false,
    }
}

fn long(rows: usize, columns: usize) -> Result<u64, WriteError> {
    let heading = [(0..columns).map(|column| format!("Cột {column}")).collect()];
    let mut sheet = LongSheet::begin(Sink::default(), "Danh sách", &[], &heading)?;
    for row in 1..rows {
        let texts: Vec<String> = (0..columns).map(|column| text(row, column)).collect();
        let items: Vec<Item<'_>> = texts
            .iter()
            .enumerate()
            .map(|(column, text)| match column {
                0 => Item::Number(number(row)),
                5 => Item::Date(day(row)),
                _ => Item::Text(text),
            })
            .collect();
        sheet.push(&items)?;
    }
    Ok(sheet.finish()?.0)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = |index: usize, usual: usize| {
        arguments
            .get(index)
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual)
    };
    let (rows, columns) = (count(1, 100_000), count(2, 20));
    let name = arguments.first().map_or("xlsx", String::as_str);
    let format = match name {
        "xlsb" => Format::Xlsb,
        "xls" => Format::Xls,
        "ods" => Format::Ods,
        "docx" => Format::Docx,
        "html" => Format::WebPage,
        "xml" => Format::XmlTable,
        "csv" => Format::Text(TextStyle::default()),
        _ => Format::Xlsx,
    };
    let (outcome, seconds) = if name == "long" {
        let start = Instant::now();
        (long(rows, columns), start.elapsed())
    } else {
        let book = book(rows, columns);
        let start = Instant::now();
        let mut sink = Sink::default();
        let outcome = write(&book, format, &mut sink).map(|()| sink.0);
        (outcome, start.elapsed())
    };
    match outcome {
        Ok(bytes) => println!(
            "{name}: {rows} × {columns} in {:.2} s, {bytes} bytes",
            seconds.as_secs_f64()
        ),
        Err(error) => eprintln!("{}", error.message()),
    }
}
