//! What no format, or one of them, can hold: a sentence that says what and where.

use super::{COMMA, day};
use treem_files::write::WriteError;
use treem_files::write::book::{
    Cell, Format, Item, LongSheet, Merge, Run, Sheet, TextEncoding, TextStyle, Value, Workbook,
    write,
};

fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet {
        name: "Xã A".to_owned(),
        rows,
        ..Sheet::default()
    }
}

fn one(rows: Vec<Vec<Cell>>) -> Workbook {
    book(vec![sheet(rows)])
}

fn book(sheets: Vec<Sheet>) -> Workbook {
    Workbook {
        sheets,
        date1904: false,
    }
}

/// The sentence holds these words; nothing panics.
fn check(book: &Workbook, format: Format, words: &[&str]) {
    let refusal = write(book, format, &mut Vec::new());
    let Err(error @ WriteError::Refused(_)) = refusal else {
        panic!("{format:?}: {refusal:?}");
    };
    let message = error.message();
    for word in words {
        assert!(message.contains(word), "{message} has no {word}");
    }
}

fn holds(book: &Workbook, format: Format) {
    let written = write(book, format, &mut Vec::new());
    assert!(written.is_ok(), "{format:?}: {written:?}");
}

#[test]
fn rows_and_columns() {
    let rows = |count| one(vec![Vec::new(); count]);
    let columns = |count| one(vec![vec![Cell::default(); count]]);
    check(&rows(65_537), Format::Xls, &["Xã A", "65537", "65536 dòng"]);
    holds(&rows(65_536), Format::Xls);
    check(&rows(16_385), Format::XlsOld, &["16384 dòng"]);
    check(&columns(257), Format::Xls, &["257 cột", "256"]);
    holds(&columns(256), Format::XlsOld);
    check(&columns(16_385), Format::Xlsx, &["16384 cột"]);
    check(&columns(64), Format::Docx, &["63 cột"]);
    check(&rows(1_048_577), Format::Ods, &["1048576 dòng"]);
}

#[test]
fn texts() {
    let text = |text: String| one(vec![vec![], vec![Cell::default(), Cell::text(text)]]);
    let long = text("ă".repeat(32_768));
    for format in [Format::Xlsx, Format::Xlsb, Format::Xls, Format::XmlTable] {
        check(&long, format, &["ô B2", "32767 ký tự"]);
        holds(&text("ă".repeat(32_767)), format);
    }
    holds(&long, Format::Docx);
    check(&text("a".repeat(256)), Format::XlsOld, &["255"]);
    holds(&text("a".repeat(255)), Format::XlsOld);
    for format in [Format::Xlsx, Format::Ods, Format::Docx, Format::WebPage] {
        check(
            &text("a\u{1}b".to_owned()),
            format,
            &["ô B2", "ký tự điều khiển"],
        );
    }
    let style = |encoding| {
        Format::Text(TextStyle {
            encoding,
            ..TextStyle::default()
        })
    };
    check(
        &text("Đức".to_owned()),
        style(TextEncoding::Latin),
        &["ô B2", "bảng mã"],
    );
    holds(&text("§øc".to_owned()), style(TextEncoding::Latin));
    check(
        &text("漢".to_owned()),
        style(TextEncoding::Windows1258),
        &["ô B2"],
    );
    holds(
        &text("Đức, Nguyễn, ƯỚC".to_owned()),
        style(TextEncoding::Windows1258),
    );
    check(
        &text("漢".to_owned()),
        Format::XlsOld,
        &["ô B2", "Excel 5/95"],
    );
    // Each fits one of the two code pages, together they fit none.
    let both = one(vec![vec![Cell::text("¸þ"), Cell::text("Đức")]]);
    check(&both, Format::XlsOld, &["ô B1"]);
    let odd = Format::Text(TextStyle {
        delimiter: b'x',
        ..TextStyle::default()
    });
    check(&text("a".to_owned()), odd, &["Dấu ngăn cột"]);
}

#[test]
fn values() {
    let value = |value| one(vec![vec![Cell::new(value)]]);
    let formula = |formula: &str, value| Value::Formula {
        formula: formula.to_owned(),
        value: Box::new(value),
    };
    check(&value(Value::Number(f64::NAN)), COMMA, &["ô A1", "hữu hạn"]);
    check(
        &value(Value::PaddedNumber(1.5, 12)),
        Format::Xlsx,
        &["số nguyên"],
    );
    check(
        &value(Value::PaddedNumber(1.0, 31)),
        Format::Xlsx,
        &["30 chữ số"],
    );
    check(&value(Value::Date(60)), Format::Xlsx, &["01/03/1900"]);
    check(&value(Value::Date(2_958_466)), Format::Ods, &["31/12/9999"]);
    check(&value(Value::Error("#X")), Format::Xlsx, &["lỗi công thức"]);
    check(
        &value(formula("", Value::Empty)),
        Format::Xlsx,
        &["công thức"],
    );
    check(
        &value(formula("1", formula("1", Value::Empty))),
        Format::Xlsx,
        &["công thức"],
    );
    check(
        &value(formula("1", Value::Date(0))),
        Format::Xlsx,
        &["ngày"],
    );
    let mut old = one(vec![vec![Cell::new(Value::day(1903, 12, 31).unwrap())]]);
    holds(&old, Format::Xlsx);
    old.date1904 = true;
    check(&old, Format::Xlsx, &["1904"]);
    let empty_run = Cell {
        runs: vec![Run::default()],
        ..Cell::default()
    };
    check(
        &one(vec![vec![empty_run]]),
        Format::Xlsx,
        &["đoạn chữ trống"],
    );
    let font = Cell::text("a").in_font("phông chữ có cái tên dài quá ba mươi mốt ký tự");
    check(&one(vec![vec![font]]), Format::Xlsx, &["phông chữ"]);
    let run = Cell {
        runs: vec![Run {
            text: "a".to_owned(),
            font: Some("Arial\u{1}"),
            bold: false,
        }],
        ..Cell::default()
    };
    check(&one(vec![vec![run]]), Format::Ods, &["phông chữ"]);
    let names: &[&str] = &[
        "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P",
    ];
    let many = (0..256).map(|index: usize| {
        let name = format!("{}{}", names[index / 16], names[index % 16]);
        Cell::text("a").in_font(Box::leak(name.into_boxed_str()))
    });
    check(
        &one(vec![many.collect()]),
        Format::Xls,
        &["quá nhiều phông chữ"],
    );
}

#[test]
fn sheets() {
    check(&book(vec![]), Format::Xlsx, &["từ 1 đến"]);
    let named = |name: &str| Sheet {
        name: name.to_owned(),
        ..Sheet::default()
    };
    for name in [
        "",
        "a/b",
        "[a]",
        "'a",
        "tên trang dài quá ba mươi mốt ký tự",
    ] {
        check(&book(vec![named(name)]), Format::Xlsx, &["Tên trang"]);
        holds(&book(vec![named(name)]), COMMA);
    }
    check(
        &book(vec![named("Xã A"), named("XÃ a")]),
        Format::Xls,
        &["cùng mang tên"],
    );
    check(&book(vec![named("a"), named("b")]), COMMA, &["một trang"]);
    let hidden = Sheet {
        hidden: true,
        ..named("a")
    };
    check(&book(vec![hidden]), Format::Ods, &["không bị ẩn"]);
    let wide = Sheet {
        widths: vec![256.0],
        ..named("a")
    };
    check(&book(vec![wide]), Format::Xlsx, &["độ rộng"]);
    let far = Sheet {
        hidden_columns: vec![256],
        ..named("a")
    };
    check(&book(vec![far]), Format::Xls, &["độ rộng"]);
}

#[test]
fn merges() {
    let merged = |merges: &[[u16; 4]]| {
        let merges = merges.iter().map(|&[top, left, bottom, right]| Merge {
            first_row: u32::from(top),
            first_column: left,
            last_row: u32::from(bottom),
            last_column: right,
        });
        book(vec![Sheet {
            merges: merges.collect(),
            ..sheet(vec![vec![day(2015, 3, 7)]])
        }])
    };
    for format in super::ALL {
        check(
            &merged(&[[0, 0, 1, 1], [1, 1, 2, 2]]),
            format,
            &["ô B2", "chồng"],
        );
        check(&merged(&[[1, 0, 0, 0]]), format, &["Ô gộp"]);
        check(&merged(&[[0, 0, 0, 16_384]]), format, &["ô A1"]);
        // Side by side, one below the other, of one cell, beyond the rows: all well.
        holds(
            &merged(&[[0, 0, 1, 1], [0, 2, 1, 3], [2, 0, 3, 1], [9, 9, 9, 9]]),
            format,
        );
    }
}

#[test]
fn long_sheets() {
    let begin = |name: &str| LongSheet::begin(Vec::new(), name, &[], &[]);
    assert!(matches!(begin("a/b"), Err(WriteError::Refused(_))));
    let refused = |item: Item<'_>| {
        let mut long = begin("Sổ").unwrap();
        long.push(&[Item::Empty]).unwrap();
        let error = long.push(&[Item::Empty, item]).unwrap_err();
        assert!(error.message().contains("ô B2"), "{}", error.message());
    };
    refused(Item::Text("a\u{2}"));
    refused(Item::Text(&"a".repeat(32_768)));
    refused(Item::Number(f64::INFINITY));
    refused(Item::Date(0));
    let mut long = begin("Sổ").unwrap();
    for _ in 0..1_048_576 {
        long.push(&[]).unwrap();
    }
    let error = long.push(&[]).unwrap_err();
    assert!(error.message().contains("1048576"));
}
