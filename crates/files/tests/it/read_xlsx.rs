//! Reading workbooks: xlsx made by hand and by a writer, and the fixtures in every format.

use crate::read::{data, fixture, lines, shown, zipped};
use rust_xlsxwriter::{Format as Look, Workbook};
use treem_child::cell::{CellKind, Font, Spread};
use treem_files::read::{Book, Format};

/// A workbook of one sheet, by hand. `p` is a prefix for all elements (`x:` or nothing).
fn book_of(p: &str, sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<?xml version=\"1.0\"?><{p}workbook><{p}sheets><{p}sheet name=\"Xã A &amp; B\" sheetId=\"1\" r:id=\"rId1\"/></{p}sheets></{p}workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"x/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
    ])
}

const STRINGS: &str = "<sst><si><t>Họ tên</t></si><si><r><t>Hồ </t></r><r><rPr><rFont val=\".VnTime\"/></rPr><t>V¨n</t></r></si><si><t xml:space=\"preserve\"> a_x000D_ </t></si></sst>";
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"000000000000\"/><numFmt numFmtId=\"165\" formatCode=\"dd/mm/yyyy\"/></numFmts>\
    <fonts><font><name val=\"Times New Roman\"/></font><font><name val=\".VnTimeH\"/></font></fonts>\
    <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\"/><xf numFmtId=\"165\" fontId=\"1\"/><xf numFmtId=\"14\" fontId=\"0\"/></cellXfs></styleSheet>";

fn check(sheet: &str, expected: &str) {
    let bytes = book_of(
        "",
        &format!("<worksheet><sheetData>{sheet}</worksheet>"),
        STRINGS,
        STYLES,
    );
    let book = Book::from_bytes(bytes).unwrap();
    assert_eq!(book.format, Format::Xlsx);
    assert_eq!(book.sheets[0].name, "Xã A & B");
    assert_eq!(shown(&book, 0), expected, "{sheet}");
}

#[test]
fn cells_of_every_kind() {
    check(
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\"><v>45215001234</v></c><c r=\"D2\" s=\"1\"><v>4.5215001234E10</v></c></row></sheetData>",
        "2:Họ tên||#45215001234|#045215001234",
    );
    check(
        "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>42079</v></c><c r=\"B1\" s=\"3\"><v>42079.5</v></c></row></sheetData>",
        "1:d42079|d42079.5",
    );
    check(
        "<row r=\"1\" hidden=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>",
        "1h:?TRUE|!#DIV/0!",
    );
    check(
        "<row><c t=\"inlineStr\"><is><t>a &lt; b</t></is></c><c t=\"str\"><f>A1&amp;\"x\"</f><v>ax</v></c></row><row><c><v>1</v></c></row></sheetData>",
        "1:a < b|ax / 2:#1",
    );
    check(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>2</v></c><c r=\"B1\" t=\"d\"><v>2015-03-15</v></c></row></sheetData>",
        "1: a_x000D_ |2015-03-15",
    );
    // Formats without values, rows without cells, strings that are not there.
    check(
        "<row r=\"1\"/><row r=\"2\"><c r=\"A2\" s=\"1\"/><c r=\"B2\" t=\"s\"><v>99</v></c></row><row r=\"9\"><c r=\"B9\"><v>5</v></c><c r=\"C9\" s=\"1\"/></row></sheetData>",
        "9:|#5",
    );
    check("</sheetData>", "");
}

#[test]
fn merges_are_copied() {
    let merges = |ranges: &[&str]| {
        let cells: String = ranges
            .iter()
            .map(|range| format!("<mergeCell ref=\"{range}\"/>"))
            .collect();
        format!("</sheetData><mergeCells count=\"1\">{cells}</mergeCells>")
    };
    let text = |place: &str, value: u32| format!("<c r=\"{place}\"><v>{value}</v></c>");
    let row = |number: u32, cells: String| format!("<row r=\"{number}\">{cells}</row>");
    check(
        &[
            row(1, text("A1", 1) + &text("C1", 3)),
            row(2, text("C2", 5)),
            row(3, text("B3", 6)),
            merges(&["A1:A2"]),
        ]
        .concat(),
        "1:#1||#3 / 2:^1||#5 / 3:|#6",
    );
    check(
        &[
            row(1, text("A1", 1)),
            row(2, text("A2", 2)),
            merges(&["A1:C1"]),
        ]
        .concat(),
        "1:#1|<1|<1 / 2:#2",
    );
    check(
        &[
            row(1, text("A1", 1)),
            row(2, text("C2", 2)),
            merges(&["A1:B2"]),
        ]
        .concat(),
        "1:#1|<1 / 2:^1|^1|#2",
    );
}

#[test]
fn prefixed_elements() {
    let sheet = "<x:worksheet xmlns:x=\"y\"><x:sheetViews/><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>0</x:v></x:c><x:c r=\"B1\" t=\"inlineStr\"><x:is><x:t>b</x:t></x:is></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref=\"B1:C1\"/></x:mergeCells></x:worksheet>";
    let book = Book::from_bytes(book_of(
        "x:",
        sheet,
        "<x:sst><x:si><x:t>a</x:t></x:si></x:sst>",
        STYLES,
    ))
    .unwrap();
    assert_eq!(shown(&book, 0), "1:a|b|<b");
}

#[test]
fn fonts_and_runs() {
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\" s=\"2\"><v>1</v></c><c r=\"B1\" t=\"s\" s=\"0\"><v>1</v></c></row></sheetData></worksheet>";
    let book = Book::from_bytes(book_of("", sheet, STRINGS, STYLES)).unwrap();
    let cells = lines(&book, 0).remove(0).2;
    assert_eq!(cells[0].font, Font::Tcvn3Caps);
    assert_eq!(
        cells[0].runs.as_deref(),
        Some([(5, Font::Tcvn3Caps), (4, Font::Tcvn3)].as_slice())
    );
    assert_eq!(
        cells[1].runs.as_deref(),
        Some([(5, Font::Unicode), (4, Font::Tcvn3)].as_slice())
    );
}

/// Rows, values and merges of a sheet of many chunks, as a real writer makes it.
#[test]
fn a_long_sheet() {
    let mut workbook = Workbook::new();
    let zeros = Look::new().set_num_format("000000000000");
    let day = Look::new().set_num_format("dd/mm/yyyy");
    let sheet = workbook.add_worksheet();
    let count = 20_000_u32;
    for row in 0..count {
        sheet.write(row, 0, row + 1).unwrap();
        sheet.write(row, 1, format!("Hồ Văn {row}")).unwrap();
        sheet
            .write_with_format(row, 2, 45_215_000_000_u64 + u64::from(row), &zeros)
            .unwrap();
        sheet
            .write_with_format(row, 3, 42_000 + row % 1000, &day)
            .unwrap();
    }
    for top in (0..count).step_by(5) {
        sheet
            .merge_range(top, 5, top + 4, 5, &format!("hộ {top}"), &Look::new())
            .unwrap();
    }
    // One range over most of the sheet, across many chunks.
    sheet
        .merge_range(10, 6, count - 10, 6, "thôn 1", &Look::new())
        .unwrap();
    sheet.set_row_hidden(7).unwrap();
    let second = workbook.add_worksheet();
    second.set_name("ẩn").unwrap().set_hidden(true);
    second.write(0, 0, "x").unwrap();
    let book = Book::from_bytes(workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        (
            book.sheets.len(),
            book.sheets[1].hidden,
            book.sheets[0].hidden
        ),
        (2, true, false)
    );
    assert_eq!(shown(&book, 1), "1:x");
    let lines = lines(&book, 0);
    assert_eq!(lines.len(), count as usize);
    for (row, (number, hidden, cells)) in (0_u32..).zip(&lines) {
        assert_eq!((*number, *hidden), (u64::from(row) + 1, row == 7));
        assert_eq!(cells[1].text, format!("Hồ Văn {row}"));
        assert_eq!(
            cells[2].text,
            format!("{:012}", 45_215_000_000_u64 + u64::from(row))
        );
        assert_eq!(
            cells[3].kind,
            CellKind::Date(f64::from(42_000 + row % 1000))
        );
        assert_eq!(cells[5].text, format!("hộ {}", row / 5 * 5), "row {row}");
        assert_eq!(
            cells[5].spread,
            if row % 5 == 0 {
                Spread::Own
            } else {
                Spread::FromAbove
            }
        );
        let village = cells.get(6).map_or("", |cell| cell.text.as_ref());
        assert_eq!(
            village,
            if (10..=count - 10).contains(&row) {
                "thôn 1"
            } else {
                ""
            },
            "row {row}"
        );
    }
}

#[test]
fn wide_and_ghost_columns() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "a").unwrap();
    sheet.write(1, 16_383, "far").unwrap();
    for column in 0..16_384 {
        sheet
            .write_blank(2, column, &Look::new().set_bold())
            .unwrap();
    }
    let book = Book::from_bytes(workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(shown(&book, 0), "1:a");
    let mut source = book.source(0).unwrap();
    let chunk = source.next_chunk().unwrap().unwrap();
    let parser = source.parser();
    let mut rows = treem_child::cell::Rows::default();
    parser.parse(&chunk, &mut rows);
    assert!(
        source.remarks()[0].contains("cột thứ 512"),
        "{:?}",
        source.remarks()
    );
}

/// A cell reference (`B2`) as row number and column.
fn place(reference: &str) -> (u64, usize) {
    let letter = reference.as_bytes()[0];
    (reference[1..].parse().unwrap(), usize::from(letter - b'A'))
}

/// The legacy fixtures: raw text and font of each cell.
fn check_legacy(file: &str) {
    let book = Book::open(&fixture(file)).unwrap();
    let lines = lines(&book, 0);
    let expected = std::fs::read_to_string(fixture("legacy_fonts_expected.tsv")).unwrap();
    let mut seen = 0;
    for line in expected.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (row, column) = place(columns[0]);
        // The .xls has no rich text.
        if columns[1].contains('+') && file == "legacy_fonts.xls" {
            continue;
        }
        let cell = lines
            .iter()
            .find(|line| line.0 == row)
            .and_then(|line| line.2.get(column))
            .unwrap_or_else(|| panic!("{file} {}", columns[0]));
        assert_eq!(cell.text, columns[2], "{file} {}", columns[0]);
        if !columns[1].contains('+') {
            assert_eq!(
                cell.font,
                Font::from_name(columns[1]),
                "{file} {}",
                columns[0]
            );
        }
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn legacy_fixtures() {
    check_legacy("legacy_fonts.xlsx");
    check_legacy("legacy_fonts.xls");
}

#[test]
fn epochs() {
    for (file, date1904) in [("types_1900.xlsx", false), ("types_1904.xlsx", true)] {
        let book = Book::open(&fixture(file)).unwrap();
        assert_eq!(book.date1904, date1904, "{file}");
        let dates = lines(&book, 0)
            .iter()
            .flat_map(|line| line.2.clone())
            .filter(|cell| matches!(cell.kind, CellKind::Date(_)))
            .count();
        assert!(dates > 0, "{file}");
    }
}

/// The same small list in every format that is read through a library.
#[test]
fn other_formats() {
    let check = |file: &str, format: Format, expected: &str| {
        let book = Book::open(&data(file)).unwrap();
        assert_eq!((book.format, book.remarks.len()), (format, 0), "{file}");
        assert_eq!(shown(&book, 0), expected, "{file}");
    };
    check(
        "list.xls",
        Format::Xls,
        "1:DANH SÁCH TRẺ EM|<DANH SÁCH TRẺ EM|<DANH SÁCH TRẺ EM|<DANH SÁCH TRẺ EM|<DANH SÁCH TRẺ EM / 3:STT|Họ tên|Ngày sinh|Số định danh|Thôn / 4:#1|Hồ Văn An|d42081|#45215001234|Thôn 1 / 5:#2|Hồ Thị Bình|d42082|#045215001235|^Thôn 1 / 6:|Hå V¨n An / 7h:|ẩn",
    );
    check(
        "list.ods",
        Format::Ods,
        "1:STT|Họ tên|Ngày sinh|Số định danh|Thôn / 2:#1|Hồ Văn An|2015-03-15|#45215001234|Thôn 1 / 3:#2|Hồ Thị Bình|#2016||^Thôn 1",
    );
    check(
        "list.xlsb",
        Format::Xlsb,
        "1:STT|Họ tên|Số định danh / 2:#1|Hồ Văn An|#45215001234",
    );
    let book = Book::open(&data("list.xls")).unwrap();
    assert_eq!((book.date1904, book.sheets[1].hidden), (false, true));
    assert!(Book::open(&data("list1904.xls")).unwrap().date1904);
}
