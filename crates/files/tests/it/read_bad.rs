//! Bad input: each file that is no list gets one clear sentence; a damaged one never more than that.

use crate::read::{fixture, zipped};
use std::io::Write;
use treem_child::cell::Rows;
use treem_files::read::{Book, ReadError};

/// What opening says; for files that open, what reading says.
fn outcome(bytes: &[u8]) -> Result<usize, ReadError> {
    let book = Book::from_bytes(bytes)?;
    let mut count = 0;
    for sheet in 0..book.sheets.len() {
        let mut source = book.source(sheet)?;
        let parser = source.parser();
        while let Some(chunk) = source.next_chunk()? {
            let mut rows = Rows::default();
            parser.parse(&chunk, &mut rows);
            count += rows.len();
        }
    }
    Ok(count)
}

fn check(bytes: &[u8], expected: &str) {
    let error = outcome(bytes)
        .err()
        .unwrap_or_else(|| panic!("read: {expected}"));
    assert!(
        format!("{error:?}").starts_with(expected),
        "{error:?} is not {expected}"
    );
    let message = error.message();
    assert!(
        message.ends_with('.') && message.chars().count() > 20,
        "{message}"
    );
}

/// A compound file with one stream at its root, and another one deeper down.
fn compound(stream: &str, deeper: &str) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512 * 4];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let mut put = |at: usize, value: u32, size: usize| {
        bytes[at..at + size].copy_from_slice(&value.to_le_bytes()[..size]);
    };
    put(30, 9, 2);
    put(32, 6, 2);
    put(48, 1, 4);
    put(56, 4096, 4);
    put(68, u32::MAX, 4);
    for index in 1..109 {
        put(76 + index * 4, u32::MAX, 4);
    }
    for sector in 0..128 {
        put(512 + sector * 4, u32::MAX - 1, 4);
    }
    for (index, (name, kind, child)) in [
        ("Root Entry", 5, 1),
        (stream, 2, u32::MAX),
        (deeper, 2, u32::MAX),
    ]
    .into_iter()
    .enumerate()
    {
        let at = 1024 + index * 128;
        for (place, unit) in name.encode_utf16().enumerate() {
            put(at + place * 2, u32::from(unit), 2);
        }
        put(at + 64, u32::try_from(name.len() * 2 + 2).unwrap(), 2);
        put(at + 66, kind, 1);
        put(at + 68, u32::MAX, 4);
        put(at + 72, u32::MAX, 4);
        put(at + 76, child, 4);
    }
    bytes
}

#[test]
fn what_is_no_list() {
    check(b"", "Empty");
    check(b" \r\n\t\n", "Empty");
    check(b"\xef\xbb\xbf", "Empty");
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "NotAList(\"tệp ảnh");
    check(b"\xff\xd8\xff\xe0\0\x10JFIF", "NotAList(\"tệp ảnh");
    check(b"%PDF-1.7\n", "NotAList(\"tệp PDF");
    check(b"{\\rtf1\\ansi", "NotAList(\"tệp Word dạng RTF");
    check(&compound("WordDocument", "x"), "NotAList(\"tệp Word đời cũ");
    check(&compound("EncryptedPackage", "x"), "Password");
    check(&compound("Workbook", "WordDocument"), "Damaged");
    check(
        &compound("WordDocument", "Workbook"),
        "NotAList(\"tệp Word đời cũ",
    );
    check(
        &compound("PowerPoint Document", "x"),
        "NotAList(\"tệp trình chiếu",
    );
    check(&zipped(&[("a.txt", "x")]), "NotAList(\"tệp nén");
    check(
        &zipped(&[(
            "word/document.xml",
            "<w:document><w:body><w:p/></w:body></w:document>",
        )]),
        "NoTable",
    );
    check(&zipped(&[("xl/workbook.xml", "")]), "Damaged");
    check(&zipped(&[("xl/workbook.bin", "")]), "Damaged");
    check(
        &zipped(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", "<x"),
        ]),
        "",
    );
    check(
        b"<html><body><p>x</p></body></html>",
        "NotAList(\"trang web",
    );
    let noise: Vec<u8> = (0_u32..5_000)
        .map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    check(&noise, "NotAList(\"tệp không chứa danh sách");
}

#[test]
fn a_zip_bomb_is_refused() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..100 {
        writer.write_all(&zeros).unwrap();
    }
    check(&writer.finish().unwrap().into_inner(), "Bomb");
}

#[test]
fn a_zip_that_lies_about_its_sizes_is_refused() {
    // The declared size of the only member, in the directory at the end and in the local header, is made small.
    let mut bytes = zipped(&[("xl/workbook.xml", &"<a/>".repeat(100_000))]);
    let size = 400_000_u32.to_le_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|window| window == size) {
        bytes[at + found..at + found + 4].copy_from_slice(&7_u32.to_le_bytes());
        at += found + 4;
    }
    check(&bytes, "Damaged");
}

/// Every file, cut off at any of fifty places or with bytes changed, gives rows or an error, and never a panic of ours.
#[test]
fn damage_never_panics() {
    let mut files: Vec<Vec<u8>> = Vec::new();
    for folder in [fixture(""), crate::read::data("")] {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry
                .path()
                .extension()
                .is_some_and(|extension| extension != "tsv" && extension != "py")
            {
                files.push(std::fs::read(entry.path()).unwrap());
            }
        }
    }
    assert!(files.len() >= 4);
    let hook = std::panic::take_hook();
    // Panics inside a library are caught by the reader; they need not fill the screen here.
    std::panic::set_hook(Box::new(|_| {}));
    for file in &files {
        for part in 0..50 {
            let end = file.len() * part / 50;
            let _ = outcome(&file[..end]);
            let mut changed = file.clone();
            for step in 0..8 {
                let place = (part * 7_919 + step * 104_729) % changed.len();
                changed[place] ^= 0x5a;
            }
            let _ = outcome(&changed);
        }
    }
    std::panic::set_hook(hook);
}
