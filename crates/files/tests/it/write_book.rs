//! Writing workbooks: every format read back by our own readers, the same bytes twice, and what is refused.

mod office;
mod random;
mod refused;

use crate::read::{Line, lines};
use treem_child::cell::{CellKind, Font, Spread};
use treem_files::read::Book;
use treem_files::write::book::{
    Cell, Format, Item, LongSheet, Merge, Run, Sheet, TextEncoding, TextStyle, Value, Workbook,
    write,
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
    // The library that reads these two knows neither fonts nor zeros, hidden rows or (xlsb) merges; Excel 5 has no merges at all.
    let bare = [
        "1:Danh sách",
        "3:TT|Cha mê||Ngày sinh",
        "4:|cha|b<&>\"c\"",
        "5:#1|Hå V¨n An|HOÀ VAÊN|d42070|045215001234|#45215001234",
        "6:#2.5|Hå Thi|!#REF!|d36891|#-45215001234|#2",
        "7:#3|hai\ndòng",
    ];
    check(Format::Xlsb, &bare);
    check(Format::XlsOld, &bare);
    let merged = |line_5: &'static str, line_6: &'static str, line_7: &'static str| {
        let [first, second, third, ..] = excel;
        [first, second, third, line_5, line_6, line_7]
    };
    check(
        Format::Ods,
        &merged(
            "5:#1|vHå V¨n An|nHOÀ VAÊN|2015-03-07|045215001234|#045215001234",
            "6h:#2.5|v{4v}{3}Hå Thi|#REF!|2000-12-31|#-45215001234|#2",
            "7:#3|hai\ndòng",
        ),
    );
    check(
        Format::Docx,
        &merged(
            "5:1|vHå V¨n An|nHOÀ VAÊN|07/03/2015|045215001234|045215001234",
            "6:2.5|v{4v}{3}Hå Thi|#REF!|31/12/2000|-45215001234|2",
            "7:3|hai\ndòng",
        ),
    );
    check(
        Format::WebPage,
        &merged(
            "5:1|Hå V¨n An|HOÀ VAÊN|07/03/2015|045215001234|045215001234",
            "6:2.5|Hå Thi|#REF!|31/12/2000|-45215001234|2",
            "7:3|hai\ndòng",
        ),
    );
    check(
        Format::XmlTable,
        &merged(
            "5:#1|Hå V¨n An|HOÀ VAÊN|2015-03-07T00:00:00.000|045215001234|#45215001234",
            "6:#2.5|Hå Thi|#REF!|2000-12-31T00:00:00.000|#-45215001234|#2",
            "7:#3|hai\ndòng",
        ),
    );
    check(
        COMMA,
        &[
            "1:Danh sách",
            "2:",
            "3:TT|Cha mê||Ngày sinh",
            "4:|cha|b<&>\"c\"",
            "5:1|Hå V¨n An|HOÀ VAÊN|07/03/2015|045215001234|045215001234",
            "6:2.5|Hå Thi|#REF!|31/12/2000|-45215001234|2",
            "7:3|hai\ndòng",
        ],
    );
}

#[test]
fn text_in_every_style() {
    let book = Workbook {
        sheets: vec![Sheet {
            rows: vec![
                vec![Cell::text("Hồ; Đức"), Cell::text("xã \"A\"")],
                vec![],
                vec![day(2015, 3, 7)],
            ],
            ..Sheet::default()
        }],
        ..Workbook::default()
    };
    let check = |delimiter, encoding, crlf, quote_all, sep_line, name: &str, expected: &str| {
        let style = TextStyle {
            delimiter,
            encoding,
            crlf,
            quote_all,
            sep_line,
        };
        let read = Book::from_bytes(written(&book, Format::Text(style))).unwrap();
        assert_eq!(read.encoding, name);
        assert_eq!(shown(&lines(&read, 0)).join(" / "), expected, "{style:?}");
    };
    use TextEncoding::{Utf8, Utf8Bom, Utf8Twice, Utf16Be, Utf16Le, Windows1258};
    let all = "1:Hồ; Đức|xã \"A\" / 2: / 3:07/03/2015";
    check(b',', Utf8, true, false, false, "UTF-8", all);
    check(b';', Utf8Bom, true, false, false, "UTF-8", all);
    check(b'\t', Utf16Le, true, false, false, "UTF-16LE", all);
    check(b'|', Utf16Be, false, true, false, "UTF-16BE", all);
    check(
        b';',
        Utf8,
        false,
        true,
        true,
        "UTF-8",
        "1: / 2:Hồ; Đức|xã \"A\" / 3: / 4:07/03/2015",
    );
    check(b',', Windows1258, true, false, false, "Windows-1258", all);
    check(
        b',',
        Utf8Twice,
        true,
        false,
        false,
        "UTF-8",
        "1:Há»“; Ä\u{90}á»©c|xÃ£ \"A\" / 2: / 3:07/03/2015",
    );
    let mut legacy = book.clone();
    legacy.sheets[0].rows[0] = vec![
        Cell::text("Hå V¨n §øc, ®\u{AD}êng Lª V¨n Tr\u{AD}¬ng"),
        Cell::text("x·"),
    ];
    let style = TextStyle {
        encoding: TextEncoding::Latin,
        ..TextStyle::default()
    };
    let read = Book::from_bytes(written(&legacy, Format::Text(style))).unwrap();
    assert_eq!(
        shown(&lines(&read, 0))[0],
        "1:Hå V¨n §øc, ®\u{AD}êng Lª V¨n Tr\u{AD}¬ng|x·"
    );
}

#[test]
fn sheets_epochs_and_paragraphs() {
    let sheet = |name: &str, hidden: bool| Sheet {
        name: name.to_owned(),
        rows: vec![vec![Cell::text(name), day(2015, 3, 7)]],
        hidden,
        paragraphs: vec!["UBND xã Mù Cả".to_owned(), "Danh sách".to_owned()],
        ..Sheet::default()
    };
    let book = Workbook {
        sheets: vec![sheet("Ẩn", true), sheet("Hiện", false)],
        date1904: true,
    };
    let check = |format, names: &[(&str, bool)], epoch: bool, shows: &str| {
        let read = Book::from_bytes(written(&book, format)).unwrap();
        let found: Vec<(&str, bool)> = read
            .sheets
            .iter()
            .map(|sheet| (sheet.name.as_str(), sheet.hidden))
            .collect();
        assert_eq!(
            (found.as_slice(), read.date1904),
            (names, epoch),
            "{format:?}"
        );
        assert_eq!(
            shown(&lines(&read, 1)),
            [format!("1:Hiện|{shows}")],
            "{format:?}"
        );
        read
    };
    let both = [("Ẩn", true), ("Hiện", false)];
    check(Format::Xlsx, &both, true, "d40608");
    check(Format::Xlsm, &both, true, "d40608");
    check(Format::Xlsb, &both, true, "d40608");
    check(Format::Xls, &both, true, "d40608");
    check(Format::Ods, &both, false, "2015-03-07");
    check(
        Format::XmlTable,
        &[("Ẩn", false), ("Hiện", false)],
        false,
        "2015-03-07T00:00:00.000",
    );
    let tables = [("table 1", false), ("table 2", false)];
    check(Format::WebPage, &tables, false, "07/03/2015");
    let read = check(Format::Docx, &tables, false, "07/03/2015");
    let before: Vec<&str> = read.sheets[1]
        .before
        .iter()
        .map(|cell| cell.text.as_ref())
        .collect();
    assert_eq!(before, ["UBND xã Mù Cả", "Danh sách"]);
}

#[test]
fn excel_5_takes_the_vietnamese_code_page_where_it_must() {
    let check = |text: &str, expected: &str| {
        let book = Workbook {
            sheets: vec![Sheet {
                name: "Trang".to_owned(),
                rows: vec![vec![Cell::text(text), day(2015, 3, 7)]],
                ..Sheet::default()
            }],
            date1904: true,
        };
        let read = Book::from_bytes(written(&book, Format::XlsOld)).unwrap();
        assert!(read.date1904);
        assert_eq!(shown(&lines(&read, 0)), [format!("1:{expected}|d40608")]);
    };
    check("Hå V¨n §øc", "Hå V¨n §øc");
    // Tones are letters of their own in that code.
    check("Hồ Đức", "Hô\u{300} Đư\u{301}c");
}

#[test]
fn a_long_sheet_is_read_back() {
    let heading = [vec![
        "Họ tên".to_owned(),
        "Ngày sinh".to_owned(),
        "Số".to_owned(),
    ]];
    let mut long = LongSheet::begin(Vec::new(), "Sổ", &[30.0], &heading).unwrap();
    for row in 0..3_000_u32 {
        let name = format!("Hồ Văn {row} <&>");
        let items = [
            Item::Text(&name),
            Item::Date(42_070),
            Item::Number(f64::from(row)),
            Item::Empty,
        ];
        long.push(&items).unwrap();
    }
    assert_eq!(long.rows(), 3_001);
    let read = Book::from_bytes(long.finish().unwrap()).unwrap();
    let lines = shown(&lines(&read, 0));
    assert_eq!(lines.len(), 3_001);
    assert_eq!(lines[0], "1:Họ tên|Ngày sinh|Số");
    assert_eq!(lines[3_000], "3001:Hồ Văn 2999 <&>|d42070|#2999");
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
