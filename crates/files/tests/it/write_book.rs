//! Writing workbooks: every format read back by our own readers, the same bytes twice, and what is refused.

mod random;
mod refused;
mod timing;

use crate::read::{Line, lines};
use treem_child::cell::{CellKind, Font, Spread};
use treem_files::read::Book;
use treem_files::write::book::{
    Cell, Format, Merge, Run, Sheet, TextEncoding, TextStyle, Value, Workbook, write,
};

/// The bytes of a workbook.
pub(crate) fn written(book: &Workbook, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(book, format, &mut bytes)
        .unwrap_or_else(|error| panic!("{format:?}: {}", error.message()));
    bytes
}

/// Comma, UTF-8.
pub(crate) const COMMA: Format = Format::Text(TextStyle {
    delimiter: b',',
    encoding: TextEncoding::Utf8,
    crlf: true,
    quote_all: false,
    sep_line: false,
});

/// Every format.
pub(crate) const ALL: [Format; 10] = [
    Format::Xlsx,
    Format::Xlsm,
    Format::Xlsb,
    Format::Xls,
    Format::XlsOld,
    Format::Ods,
    Format::Docx,
    Format::WebPage,
    Format::XmlTable,
    COMMA,
];

fn day(year: i32, month: u32, day: u32) -> Cell {
    Cell::new(Value::day(year, month, day).unwrap())
}

/// A list with everything in it. Its letters are those of Windows-1252, so that Excel 5 holds it too.
pub(crate) fn rich() -> Workbook {
    let run = |text: &str, font: &'static str, bold: bool| Run {
        text: text.to_owned(),
        font: Some(font),
        bold,
    };
    let number = |value: f64| Cell::new(Value::Number(value));
    let rows = vec![
        vec![Cell::text("Danh sách").in_bold()],
        vec![],
        vec![
            Cell::text("TT").in_bold(),
            Cell::text("Cha m\u{ea}"),
            Cell::default(),
            Cell::text("Ngày sinh"),
        ],
        vec![
            Cell::default(),
            Cell::text("cha"),
            Cell::text("b<&>\"c\""),
            Cell::default(),
        ],
        vec![
            number(1.0),
            Cell::text("Hå V¨n An").in_font(".VnTime"),
            Cell::text("HOÀ VAÊN").in_font("VNI-Times").in_bold(),
            day(2015, 3, 7),
            Cell::text("045215001234"),
            Cell::new(Value::PaddedNumber(45_215_001_234.0, 12)),
        ],
        vec![
            number(2.5),
            Cell {
                runs: vec![run("Hå ", ".VnTime", false), run("Thi", "Arial", true)],
                ..Cell::default()
            },
            Cell::new(Value::Error("#REF!")),
            day(2000, 12, 31),
            number(-45_215_001_234.0),
            Cell::new(Value::Formula {
                formula: "1+1".to_owned(),
                value: Box::new(Value::Number(2.0)),
            }),
        ],
        vec![number(3.0), Cell::text("hai\ndòng")],
    ];
    let merge = |first_row, first_column, last_row, last_column| Merge {
        first_row,
        first_column,
        last_row,
        last_column,
    };
    Workbook {
        sheets: vec![Sheet {
            name: "Xã A & B".to_owned(),
            rows,
            merges: vec![
                merge(0, 0, 0, 3),
                merge(2, 0, 3, 0),
                merge(2, 1, 2, 2),
                merge(2, 3, 3, 3),
            ],
            hidden_rows: vec![5],
            hidden_columns: vec![4],
            widths: vec![5.0, 25.0],
            paragraphs: vec!["U\u{ff} ban <xã>".to_owned(), "Danh sách".to_owned()],
            ..Sheet::default()
        }],
        date1904: false,
    }
}

/// Cells as text: fonts in brackets (v TCVN3, n VNI), `<` and `^` for copies, `#` for numbers, `d` dates, `!` errors.
fn shown(lines: &[Line]) -> Vec<String> {
    let font = |font: Font| match font {
        Font::Tcvn3 => "v",
        Font::Vni => "n",
        _ => "",
    };
    lines
        .iter()
        .map(|(number, hidden, cells)| {
            let cells: Vec<String> = cells
                .iter()
                .map(|cell| {
                    let spread = match cell.spread {
                        Spread::FromAbove => "^",
                        Spread::FromLeft => "<",
                        Spread::Own => "",
                    };
                    let kind = match cell.kind {
                        CellKind::Number(_) => "#",
                        CellKind::Date(_) => "d",
                        CellKind::Error => "!",
                        _ => "",
                    };
                    let runs: String = cell
                        .runs
                        .iter()
                        .flatten()
                        .map(|(length, face)| format!("{{{length}{}}}", font(*face)))
                        .collect();
                    format!("{spread}{kind}{}{runs}{}", font(cell.font), cell.text)
                })
                .collect();
            format!(
                "{number}{}:{}",
                if *hidden { "h" } else { "" },
                cells.join("|")
            )
        })
        .collect()
}

fn check(format: Format, expected: &[&str]) {
    let book = Book::from_bytes(written(&rich(), format)).unwrap();
    assert_eq!(shown(&lines(&book, 0)), expected, "{format:?}");
}

#[test]
fn a_rich_list_is_read_back() {
    let excel = [
        "1:Danh sách|<Danh sách|<Danh sách|<Danh sách",
        "3:TT|Cha mê|<Cha mê|Ngày sinh",
        "4:^TT|cha|b<&>\"c\"|^Ngày sinh",
        "5:#1|vHå V¨n An|nHOÀ VAÊN|d42070|045215001234|#045215001234",
        "6h:#2.5|v{4v}{3}Hå Thi|!#REF!|d36891|#-45215001234|#2",
        "7:#3|hai\ndòng",
    ];
    check(Format::Xlsx, &excel);
    check(Format::Xlsm, &excel);
    check(Format::Xls, &excel);
    check(
        Format::XlsOld,
        &[
            "1:Danh sách",
            "3:TT|Cha mê||Ngày sinh",
            "4:|cha|b<&>\"c\"",
            "5:#1|Hå V¨n An|HOÀ VAÊN|d42070|045215001234|#45215001234",
            "6:#2.5|Hå Thi|!#REF!|d36891|#-45215001234|#2",
            "7:#3|hai\ndòng",
        ],
    );
}

#[test]
fn the_same_bytes_twice() {
    for format in ALL {
        assert!(
            written(&rich(), format) == written(&rich(), format),
            "{format:?}"
        );
    }
}
