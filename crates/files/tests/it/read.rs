//! Reading: text files, Word, and what all formats have in common.

use std::io::Write;
use std::path::PathBuf;
use treem_child::cell::{Cell, CellKind, Font, Rows, Spread};
use treem_files::read::{Book, Format};

/// A fixture of the oracles.
pub(crate) fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../child/tests/oracles/fixtures")
        .join(name)
}

/// A small file of this crate's tests.
pub(crate) fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

/// One row as it was read.
pub(crate) type Line = (u64, bool, Vec<Cell<'static>>);

/// All rows of a sheet.
pub(crate) fn lines(book: &Book, sheet: usize) -> Vec<Line> {
    let mut source = book.source(sheet).unwrap();
    let parser = source.parser();
    let mut lines = Vec::new();
    while let Some(chunk) = source.next_chunk().unwrap() {
        let mut rows = Rows::default();
        parser.parse(&chunk, &mut rows);
        for row in rows.iter() {
            lines.push((
                row.number,
                row.hidden,
                row.cells.iter().cloned().map(Cell::into_owned).collect(),
            ));
        }
    }
    lines
}

/// Rows as text: `1:a|b / 3:c`; `^` marks a copy from above, `<` one from the left, `d` a date, `#` a number, `h` a hidden row.
pub(crate) fn shown(book: &Book, sheet: usize) -> String {
    let cell = |cell: &Cell<'_>| {
        let mark = match (cell.spread, cell.kind) {
            (Spread::FromAbove, _) => "^",
            (Spread::FromLeft, _) => "<",
            (_, CellKind::Number(_)) => "#",
            (_, CellKind::Date(_)) => "d",
            (_, CellKind::Error) => "!",
            (_, CellKind::Bool) => "?",
            _ => "",
        };
        format!("{mark}{}", cell.text)
    };
    let rows: Vec<String> = lines(book, sheet)
        .iter()
        .map(|(number, hidden, cells)| {
            format!(
                "{number}{}:{}",
                if *hidden { "h" } else { "" },
                cells.iter().map(cell).collect::<Vec<_>>().join("|")
            )
        })
        .collect();
    rows.join(" / ")
}

/// A zip file of parts.
pub(crate) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn check(bytes: impl AsRef<[u8]>, encoding: &str, expected: &str) {
    let book = Book::from_bytes(bytes.as_ref()).unwrap();
    assert_eq!((book.format, book.encoding), (Format::Csv, encoding));
    assert_eq!(shown(&book, 0), expected);
}

fn wide(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn text_in_every_encoding() {
    check(
        "stt,tên\n1,Hồ Văn An\n",
        "UTF-8",
        "1:stt|tên / 2:1|Hồ Văn An",
    );
    check(
        "\u{feff}stt;tên\r\n\r\n1;\"Hồ; Văn\r\nAn\"\r\n2;x",
        "UTF-8",
        "1:stt|tên / 2: / 3:1|Hồ; Văn\r\nAn / 4:2|x",
    );
    check(
        wide("\u{feff}stt\ttên\r\n1\tHồ Văn An\r\n", true),
        "UTF-16LE",
        "1:stt|tên / 2:1|Hồ Văn An",
    );
    check(
        wide("\u{feff}stt\ttên\n1\tHồ\n", false),
        "UTF-16BE",
        "1:stt|tên / 2:1|Hồ",
    );
    check(
        wide("stt,ten,sinh\n1,Ho Van An,2015\n", true),
        "UTF-16LE",
        "1:stt|ten|sinh / 2:1|Ho Van An|2015",
    );
    check(
        b"stt,t\xaan\n1,Nguy\xd4n Th\xde H\xe5ng\n",
        "1 byte (TCVN3, VNI, …)",
        "1:stt|tªn / 2:1|NguyÔn ThÞ Hång",
    );
    check(
        b"stt,te\xe2n\n1,Nguye\xe3n Th\xf2 Ho\xe0ng\n",
        "1 byte (TCVN3, VNI, …)",
        "1:stt|teân / 2:1|Nguyeãn Thò Hoàng",
    );
    check(
        b"stt,t\xean\n1,Nguy\xea\xden Thi\xf2 H\xf4\xccng\n2,L\xea Thi\xf2 Ngo\xf2c\n",
        "Windows-1258",
        "1:stt|tên / 2:1|Nguyễn Thị Hồng / 3:2|Lê Thị Ngọc",
    );
    check("sep=;\na;b\n", "UTF-8", "1: / 2:a|b");
    check("họ tên\nHồ A\n", "UTF-8", "1:họ tên / 2:Hồ A");
    check("a,b\rc,d\r", "UTF-8", "1:a|b / 2:c|d");
    check("a,b\n\"x,y\nz,w\n", "UTF-8", "1:a|b / 2:\"x|y / 3:z|w");
}

#[test]
fn a_wrong_byte_loses_no_row() {
    let bytes = [
        "tên,nơi\nNguyễn Thị Hồng,Vĩnh Linh\n".as_bytes(),
        b"caf\xe9,x\n",
        "Hồ,Đakrông\n".as_bytes(),
    ]
    .concat();
    let book = Book::from_bytes(bytes).unwrap();
    assert_eq!(
        shown(&book, 0),
        "1:tên|nơi / 2:Nguyễn Thị Hồng|Vĩnh Linh / 3:café|x / 4:Hồ|Đakrông"
    );
    let mut source = book.source(0).unwrap();
    while source.next_chunk().unwrap().is_some() {}
    assert!(
        source
            .remarks()
            .iter()
            .any(|remark| remark.contains("dòng đầu tiên: 3")),
        "{:?}",
        source.remarks()
    );
}

/// Rows of a long file: none is lost or counted twice where chunks are cut, quotes and line breaks in them included.
#[test]
fn chunks_join() {
    let mut text = String::from("stt,tên,ghi chú\n");
    let count = 60_000;
    for index in 1..=count {
        match index % 4 {
            0 => text.push_str(&format!(
                "{index},\"Hồ Văn, An\",\"dòng 1\ndòng 2 \"\"x\"\"\"\n"
            )),
            1 => text.push_str(&format!("{index},Hồ 5\" An,\n")),
            _ => text.push_str(&format!("{index},Hồ Văn An,thôn {index}\r\n")),
        }
    }
    for (bytes, encoding) in [
        (text.clone().into_bytes(), "UTF-8"),
        (wide(&text, true), "UTF-16LE"),
    ] {
        let book = Book::from_bytes(bytes).unwrap();
        assert_eq!(book.encoding, encoding);
        let lines = lines(&book, 0);
        assert_eq!(lines.len(), count + 1);
        for (at, (number, _, cells)) in lines.iter().enumerate().skip(1) {
            assert_eq!(
                (*number, cells[0].text.as_ref()),
                (at as u64 + 1, at.to_string().as_str())
            );
            let note = cells.get(2).map_or("", |cell| cell.text.as_ref());
            match at % 4 {
                0 => assert_eq!(note, "dòng 1\ndòng 2 \"x\""),
                1 => assert_eq!(note, ""),
                _ => assert_eq!(note, format!("thôn {at}")),
            }
        }
    }
}

#[test]
fn long_cells_and_wide_rows() {
    let text = format!(
        "a,b\n{},x\n\"{}\",y\n{}z\n",
        "m".repeat(10 << 20),
        "q".repeat(10 << 20),
        "1,".repeat(16_383)
    );
    let book = Book::from_bytes(text.into_bytes()).unwrap();
    let mut source = book.source(0).unwrap();
    let parser = source.parser();
    let mut seen = Vec::new();
    while let Some(chunk) = source.next_chunk().unwrap() {
        let mut rows = Rows::default();
        parser.parse(&chunk, &mut rows);
        seen.extend(
            rows.iter()
                .map(|row| (row.number, row.cells.len(), row.cells[0].text.len())),
        );
    }
    assert_eq!(
        seen,
        [(1, 2, 1), (2, 2, 32_768), (3, 2, 32_768), (4, 512, 1)]
    );
    let remarks = source.remarks().join(" ");
    assert!(
        remarks.contains("2 ô quá dài") && remarks.contains("cột thứ 512"),
        "{remarks}"
    );
}

#[test]
fn a_line_without_end_is_bounded() {
    let text = format!("a,b\n{}\nc,d\n", "x".repeat(70 << 20));
    let book = Book::from_bytes(text.into_bytes()).unwrap();
    let lines = lines(&book, 0);
    let numbers: Vec<u64> = lines.iter().map(|line| line.0).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(lines[2].2[0].text, "c");
}

const DOCUMENT: &str = "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>DANH SÁCH TRẺ EM XÃ A</w:t></w:r></w:p><w:tbl>\
    <w:tr><w:tc><w:p><w:r><w:t>Họ tên</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Sinh</w:t></w:r></w:p></w:tc></w:tr>\
    <w:tr><w:tc><w:p><w:pPr><w:pStyle w:val=\"S\"/></w:pPr><w:r><w:t>Hå V¨n An</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2015</w:t></w:r></w:p></w:tc></w:tr>\
    </w:tbl></w:body></w:document>";
const STYLES: &str = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"S\"><w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr></w:style></w:styles>";

#[test]
fn tables_of_word() {
    let bytes = zipped(&[
        ("[Content_Types].xml", ""),
        ("word/document.xml", DOCUMENT),
        ("word/styles.xml", STYLES),
    ]);
    let book = Book::from_bytes(bytes.clone()).unwrap();
    assert_eq!((book.format, book.sheets.len()), (Format::Docx, 1));
    assert_eq!(book.sheets[0].name, "table 1");
    assert_eq!(book.sheets[0].before[0].text, "DANH SÁCH TRẺ EM XÃ A");
    assert_eq!(shown(&book, 0), "1:Họ tên|Sinh / 2:Hå V¨n An|2015");
    assert_eq!(lines(&book, 0)[1].2[0].font, Font::Tcvn3);
    // Renamed to .xlsx it is read all the same, and that is said.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("danh-sach.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let book = Book::open(&path).unwrap();
    assert_eq!(book.format, Format::Docx);
    assert!(
        book.remarks[0].contains(".xlsx") && book.remarks[0].contains("Word"),
        "{:?}",
        book.remarks
    );
}

#[test]
fn web_pages_named_xls() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bao-cao.xls");
    std::fs::write(&path, "<html><body><table><tr><th>Họ tên</th></tr><tr><td>Hồ Văn An</td></tr></table></body></html>").unwrap();
    let book = Book::open(&path).unwrap();
    assert_eq!(shown(&book, 0), "1:Họ tên / 2:Hồ Văn An");
    assert!(!book.remarks.is_empty());
}
