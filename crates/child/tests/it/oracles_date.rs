//! Dates against the oracle tables: serials of a spreadsheet, which bind, and texts, which inform.
//!
//! In: `tests/oracles/excel_dates.tsv` (xlrd, openpyxl, js-excel-date-convert) and `date_text.tsv` (dateparser). Out:
//! agreement with the first, row by row; our own answers to the second, pinned, for several of its answers are wrong.

use treem_child::normalise::date::{DateValue, date, from_number, from_serial};
use treem_child::normalise::text;

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .split('\n')
        .skip(1)
        .filter(|row| !row.is_empty())
        .map(|row| row.split('\t').collect())
}

/// Below serial 60 the packages themselves differ: Excel's 29/2/1900 never was.
const FIRST_BINDING: f64 = 60.0;

#[test]
fn serials_agree_in_both_epochs() {
    let mut compared = 0;
    for row in rows(include_str!("../oracles/excel_dates.tsv")) {
        let serial: f64 = row[0].parse().unwrap();
        if serial < FIRST_BINDING {
            continue;
        }
        for (date1904, answers) in [(false, &row[1..4]), (true, &row[4..7])] {
            for time in [0.0, 0.25, 0.999_988] {
                let found = from_serial(serial + time, date1904).map(|date| date.to_string());
                for answer in answers {
                    assert_eq!(
                        found.as_deref(),
                        Some(*answer),
                        "{serial}, 1904: {date1904}"
                    );
                }
            }
            // A cell with a General format: five digits are a serial.
            if (10_000.0..=65_745.0).contains(&serial) {
                match from_number(serial, date1904, 2026) {
                    DateValue::Known(date) => assert_eq!(date.to_string(), answers[0]),
                    other => panic!("{serial}: {other:?}"),
                }
            }
        }
        compared += 1;
    }
    assert!(compared > 200, "only {compared} rows compared");
}

/// Our answers to `date_text.tsv`, a day of 2026 being today.
const TEXTS: &[(&str, &str)] = &[
    ("15/03/2012", "2012-03-15"),
    ("3/15/2012", "swapped 2012-03-15"),
    ("15-03-2012", "2012-03-15"),
    ("15.03.2012", "2012-03-15"),
    ("15-03-12", "2012-03-15"),
    ("15/3/12", "2012-03-15"),
    ("5/3/2012", "2012-03-05"),
    ("05/03/12", "2012-03-05"),
    ("2012-03-15", "2012-03-15"),
    ("2012", "2012"),
    ("tháng 5/2012", "2012-05"),
    ("Tháng 5 năm 2012", "2012-05"),
    ("5/2012", "2012-05"),
    ("05-2012", "2012-05"),
    ("ngày 15 tháng 3 năm 2012", "2012-03-15"),
    ("15 tháng 3 2012", "2012-03-15"),
    ("00/00/2012", "2012"),
    ("0/5/2012", "2012-05"),
    ("00/05/2012", "2012-05"),
    ("31/02/2012", "invalid"),
    ("29/02/2011", "invalid"),
    ("29/02/2012", "2012-02-29"),
    ("31/04/2015", "invalid"),
    ("15/03/2O12", "2012-03-15"),
    ("l5/03/2012", "2012-03-15"),
    ("15 / 03 / 2012", "2012-03-15"),
    ("15/03/2012 00:00:00", "2012-03-15"),
    ("2012-03-15T00:00:00", "2012-03-15"),
    ("15032012", "2012-03-15"),
    ("150312", "2012-03-15"),
    ("20120315", "2012-03-15"),
    ("41000", "2012-04-01"),
    ("41000.5", "2012-04-01"),
    ("15\\03\\2012", "2012-03-15"),
    ("15,03,2012", "2012-03-15"),
    ("'15/03/2012", "2012-03-15"),
    (" 15/03/2012 ", "2012-03-15"),
    ("15/03/0212", "invalid"),
    ("15/03/20012", "invalid"),
    ("sinh 2012", "2012"),
    ("khoảng 2012", "2012"),
    ("15/tháng 3/2012", "2012-03-15"),
    ("15-Mar-12", "2012-03-15"),
    ("Mar-12", "2012-03"),
    ("12-thg3", "invalid"),
    ("15 thg 3 2012", "2012-03-15"),
    ("20/3", "invalid"),
    ("?", "invalid"),
    ("chưa rõ", "invalid"),
    ("Mùng 1 Tết 2012", "2012"),
    ("１５/０３/２０１２", "2012-03-15"),
];

#[test]
fn texts_of_the_table_as_we_read_them() {
    let table: Vec<&str> = rows(include_str!("../oracles/date_text.tsv"))
        .map(|row| row[0])
        .collect();
    let ours: Vec<&str> = TEXTS.iter().map(|text| text.0).collect();
    assert_eq!(table, ours, "every row has an answer");
    for (input, expect) in TEXTS {
        let (cleaned, _) = text::clean(input);
        let found = match date(&cleaned, 2026) {
            DateValue::Missing => "missing".to_owned(),
            DateValue::Invalid => "invalid".to_owned(),
            DateValue::Known(date) => date.to_string(),
            DateValue::Swapped(date) => format!("swapped {date}"),
        };
        assert_eq!(found, *expect, "{input:?}");
    }
}
