//! The file as a whole, spoiled: how answers are marked, how it was saved, merged cells, sheets.

use super::super::model::{FIRST, HEAD, Model, TRUTH, at};
use super::{ALL_ASKED, ALL_WELL, Spoiling, but, one};
use treem_child::handover::answer::Kind;
use treem_child::handover::code::List;
use treem_child::handover::columns::{ALL, Column};
use treem_files::write::book::{Cell, Format, Merge, Sheet, TextEncoding, TextStyle, Value};

pub fn ticks(out: &mut Vec<Spoiling>) {
    for (name, tick, twice, expect) in [
        ("x", "x", false, ALL_WELL.to_owned()),
        ("✓", "✓", false, ALL_WELL.to_owned()),
        ("x, one row twice", "x", true, but(4, 'q')),
    ] {
        out.push(one(
            format!("a column an answer, ticked {name}"),
            &expect,
            move |model| {
                let first = ALL.len();
                for (nth, kind) in Kind::ALL.iter().enumerate() {
                    *model.place(HEAD, first + nth) = Cell::text(kind.label());
                }
                for (child, (.., kind, _, _)) in TRUTH.iter().enumerate() {
                    if let Some(kind) = kind {
                        let nth = Kind::ALL.iter().position(|known| known == kind).unwrap();
                        *model.place(FIRST + child, first + nth) = Cell::text(tick);
                    }
                }
                if twice {
                    *model.place(FIRST + 4, first) = Cell::text(tick);
                }
                model.drop_column(at(Column::Answer));
            },
        ));
    }
}

pub fn formats(out: &mut Vec<Spoiling>) {
    for (name, format) in [
        ("xls", Format::Xls),
        ("xls of Excel 95", Format::XlsOld),
        ("xlsb", Format::Xlsb),
        ("xlsm", Format::Xlsm),
        ("ods", Format::Ods),
        ("a page named xls", Format::WebPage),
        ("XML of 2003", Format::XmlTable),
    ] {
        out.push(one(format!("saved as {name}"), ALL_WELL, |_| {}).format(format));
    }
    let alone = |model: &mut Model| model.book.sheets.truncate(1);
    out.push(one("saved as docx", ALL_WELL, alone).format(Format::Docx));
    for (delimiter, encoding, name) in [
        (b',', TextEncoding::Utf8Bom, "csv"),
        (b';', TextEncoding::Utf8, "csv with semicolons"),
        (b'\t', TextEncoding::Utf16Le, "Unicode text"),
        (b',', TextEncoding::Windows1258, "csv in Windows-1258"),
    ] {
        let style = TextStyle {
            delimiter,
            encoding,
            ..TextStyle::default()
        };
        out.push(one(format!("saved as {name}"), ALL_WELL, alone).format(Format::Text(style)));
    }
    // An old csv turns letters it does not know into question marks: names are recognised, answers are asked about.
    out.push(one(
        "saved as csv that loses letters",
        "qqqqqqqqqqqq.q",
        |model| {
            for row in model.rows() {
                for cell in row {
                    if let Value::Text(text) = &mut cell.value {
                        *text = text
                            .chars()
                            .map(|c| if u32::from(c) < 256 { c } else { '?' })
                            .collect();
                    }
                }
            }
        },
    ));
    for (code, font) in [("tcvn3", ".VnTime"), ("vni", "VNI-Times")] {
        out.push(one(format!("answers in {code}"), ALL_WELL, move |model| {
            use treem_child::normalise::encoding::{Encoding, encode};
            let encoding = Encoding::from_name(code).unwrap();
            for row in &mut model.rows()[HEAD..] {
                for cell in row {
                    if let Value::Text(text) = &mut cell.value
                        && let Some(coded) = encode(text, encoding)
                    {
                        *text = coded;
                        cell.font = Some(font);
                    }
                }
            }
        }));
    }
}

pub fn merges(out: &mut Vec<Spoiling>) {
    let merge = |first: usize, last: usize, from: usize, to: usize| Merge {
        first_row: u32::try_from(first).unwrap(),
        last_row: u32::try_from(last).unwrap(),
        first_column: u16::try_from(from).unwrap(),
        last_column: u16::try_from(to).unwrap(),
    };
    out.push(
        one(
            "an answer merged over two rows",
            &but(5, 'q'),
            move |model| {
                model.set(5, Column::Answer, "");
                let column = at(Column::Answer);
                model.book.sheets[0]
                    .merges
                    .push(merge(FIRST + 4, FIRST + 5, column, column));
            },
        )
        .says("gộp từ dòng trên"),
    );
    out.push(one(
        "an answer merged over its row",
        ALL_WELL,
        move |model| {
            let (from, to) = (at(Column::Answer), at(Column::Value));
            model.book.sheets[0]
                .merges
                .push(merge(FIRST + 4, FIRST + 4, from, to));
        },
    ));
    out.push(one(
        "a code merged over two rows",
        &but(0, 'q'),
        move |model| {
            let column = at(Column::Code);
            let row = model.rows()[FIRST].clone();
            model.rows()[FIRST][at(Column::Answer)] = Cell::default();
            model.rows().insert(FIRST + 1, row);
            model.book.sheets[0]
                .merges
                .push(merge(FIRST, FIRST + 1, column, column));
        },
    ));
}

pub fn sheets(out: &mut Vec<Spoiling>) {
    out.push(
        one("the hidden sheet gone", ALL_WELL, |model| {
            model.book.sheets.truncate(1);
        })
        .says("không còn trang ẩn"),
    );
    out.push(
        one("the hidden sheet of another closing", ALL_ASKED, |model| {
            let seal = &mut model.book.sheets[1].rows[2][1];
            *seal = Cell::text("ab".repeat(32));
        })
        .says("không phải của bản danh sách đã chốt"),
    );
    out.push(
        one("the hidden sheet of another list", ALL_WELL, |model| {
            let list = &mut model.book.sheets[1].rows[0][1];
            *list = Cell::text(List::new(20_002).unwrap().to_string());
        })
        .says("Trang ẩn của tệp ghi danh sách 20002-"),
    );
    out.push(one(
        "the hidden sheet shown and moved to the front",
        ALL_WELL,
        |model| {
            model.book.sheets[1].hidden = false;
            model.book.sheets.swap(0, 1);
        },
    ));
    out.push(one("a sheet of the police's own", ALL_WELL, |model| {
        model.book.sheets.push(Sheet {
            name: "Thống kê".to_owned(),
            rows: vec![
                vec![Cell::text("Nội dung"), Cell::text("Số lượng")],
                vec![Cell::text("Đã cung cấp"), Cell::new(Value::Number(2.0))],
            ],
            ..Sheet::default()
        });
    }));
    out.push(
        one("a hidden copy with other answers", ALL_WELL, |model| {
            let mut copy = model.book.sheets[0].clone();
            "Bản nháp".clone_into(&mut copy.name);
            copy.hidden = true;
            for row in &mut copy.rows[FIRST..] {
                if let Some(cell) = row.get_mut(at(Column::Answer)) {
                    *cell = Cell::text("Đã chết");
                }
            }
            model.book.sheets.push(copy);
        })
        .says("Trang tính ẩn"),
    );
    out.push(one("the rows on two sheets", ALL_WELL, |model| {
        let mut second = model.book.sheets[0].clone();
        "Tiếp".clone_into(&mut second.name);
        second.rows.drain(FIRST..FIRST + 7);
        model.rows().drain(FIRST + 7..FIRST + 14);
        model.book.sheets.push(second);
    }));
}
