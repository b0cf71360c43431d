//! Excel binary (MS-XLSB).
//!
//! In: a checked workbook. Out: an xlsb file: the parts of an xlsx as records, whose kind and length stand in seven-bit pieces.

use super::grid::{self, Covered};
use super::looks::{Face, Looks};
use super::package::{Package, content_types, properties, relations, root_relations};
use super::records::{Data, small};
use super::shared::{Shared, Strings};
use super::xlsx::{LEVEL, PIECE_BYTES, stored_day};
use super::{Cell, Sheet, Value, Workbook, xls};
use crate::write::WriteError;
use rustc_hash::FxHashMap;
use std::io::Write;

/// Appends a record.
fn record(kind: u16, data: &[u8], out: &mut Vec<u8>) {
    let [low, high] = [kind & 0x7f, kind >> 7].map(|part| u8::try_from(part).unwrap_or(0));
    if high == 0 {
        out.push(low);
    } else {
        out.extend_from_slice(&[low | 0x80, high]);
    }
    let mut left = data.len();
    loop {
        let part = u8::try_from(left & 0x7f).unwrap_or(0);
        left >>= 7;
        if left == 0 {
            out.push(part);
            break;
        }
        out.push(part | 0x80);
    }
    out.extend_from_slice(data);
}

impl Data {
    /// A text with its length in four bytes.
    fn wide(self, text: &str) -> Self {
        let count = u32::try_from(grid::units(text)).unwrap_or(0);
        let mut data = self.word(count);
        data.0
            .extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        data
    }

    fn index(self, value: usize) -> Self {
        self.word(u32::try_from(value).unwrap_or(u32::MAX))
    }
}

/// A record that only says how many follow.
fn count(kind: u16, value: usize, out: &mut Vec<u8>) {
    record(kind, &Data::default().index(value).0, out);
}

/// Writes the file.
pub(super) fn write(book: &Workbook, out: &mut dyn Write) -> Result<(), WriteError> {
    const KIND: &str = "application/vnd.ms-excel.";
    let (main, styles_kind, shared, page) = (
        format!("{KIND}sheet.binary.macroEnabled.main"),
        format!("{KIND}styles"),
        format!("{KIND}sharedStrings"),
        format!("{KIND}worksheet"),
    );
    let mut types = vec![
        ("/xl/workbook.bin".to_owned(), main.as_str()),
        ("/xl/styles.bin".to_owned(), &styles_kind),
        ("/xl/sharedStrings.bin".to_owned(), &shared),
    ];
    let mut targets = Vec::new();
    for number in 1..=book.sheets.len() {
        types.push((format!("/xl/worksheets/sheet{number}.bin"), &page));
        targets.push((
            format!("rId{number}"),
            "worksheet",
            format!("worksheets/sheet{number}.bin"),
        ));
    }
    for (id, kind) in [("rId1001", "styles"), ("rId1002", "sharedStrings")] {
        targets.push((id.to_owned(), kind, format!("{kind}.bin")));
    }
    let mut package = Package::new(out, LEVEL);
    let mut looks = Looks::of(book);
    package.part(
        "[Content_Types].xml",
        content_types(&types, true).as_bytes(),
    )?;
    package.part("_rels/.rels", root_relations("xl/workbook.bin").as_bytes())?;
    package.part("docProps/core.xml", properties().as_bytes())?;
    package.part("xl/workbook.bin", &workbook(book))?;
    package.part("xl/_rels/workbook.bin.rels", relations(targets).as_bytes())?;
    package.part("xl/styles.bin", &styles(&looks))?;
    let mut strings = Strings::default();
    for (index, sheet) in book.sheets.iter().enumerate() {
        package.begin(&format!("xl/worksheets/sheet{}.bin", index + 1))?;
        write_sheet(&mut package, sheet, book.date1904, &mut looks, &mut strings)?;
    }
    package.part("xl/sharedStrings.bin", &shared_strings(&strings, &looks))?;
    package.finish()?;
    Ok(())
}

fn workbook(book: &Workbook) -> Vec<u8> {
    let mut out = Vec::new();
    record(131, &[], &mut out);
    let properties = Data::default()
        .word(u32::from(book.date1904))
        .word(0)
        .wide("");
    record(153, &properties.0, &mut out);
    record(135, &[], &mut out);
    let view = Data::default()
        .word(0)
        .word(0)
        .word(24_000)
        .word(12_000)
        .word(600)
        .word(0)
        .word(u32::from(xls::active(book)))
        .byte(0x78);
    record(158, &view.0, &mut out);
    record(136, &[], &mut out);
    record(143, &[], &mut out);
    for (index, sheet) in book.sheets.iter().enumerate() {
        let data = Data::default()
            .word(u32::from(sheet.hidden))
            .index(index + 1)
            .wide(&format!("rId{}", index + 1))
            .wide(&sheet.name);
        record(156, &data.0, &mut out);
    }
    record(144, &[], &mut out);
    record(132, &[], &mut out);
    out
}

fn styles(looks: &Looks) -> Vec<u8> {
    let mut out = Vec::new();
    record(278, &[], &mut out);
    let codes = looks.codes();
    count(615, codes.len(), &mut out);
    for (id, code) in codes {
        record(44, &Data::default().short(id).wide(&code).0, &mut out);
    }
    record(616, &[], &mut out);
    count(611, looks.fonts.len(), &mut out);
    for face in &looks.fonts {
        let weight = if face.bold { 700 } else { 400 };
        let data = Data::default()
            .shorts(&[240, 0, weight, 0])
            .bytes(&[0; 4])
            .bytes(&[1, 0, 0, 0, 0, 0, 0, 255, 0])
            .wide(face.name);
        record(43, &data.0, &mut out);
    }
    record(612, &[], &mut out);
    // Two fills and one border that show nothing: Excel asks for them.
    count(603, 2, &mut out);
    for pattern in [0, 17] {
        record(
            45,
            &Data::default().word(pattern).bytes(&[0; 64]).0,
            &mut out,
        );
    }
    record(604, &[], &mut out);
    count(613, 1, &mut out);
    record(46, &[0; 51], &mut out);
    record(614, &[], &mut out);
    let format = |parent: u16, id: u16, font: usize| {
        Data::default()
            .shorts(&[parent, id, small(font), 0, 0])
            .bytes(&[0, 0, 0x10, 0x10, 0x03, 0])
    };
    count(626, 1, &mut out);
    record(47, &format(0xffff, 0, 0).0, &mut out);
    record(627, &[], &mut out);
    count(617, looks.formats.len(), &mut out);
    for (font, kind) in &looks.formats {
        record(47, &format(0, kind.format(), *font).0, &mut out);
    }
    record(618, &[], &mut out);
    record(279, &[], &mut out);
    out
}

fn write_sheet<'b, W: Write>(
    package: &mut Package<W>,
    sheet: &'b Sheet,
    date1904: bool,
    looks: &mut Looks,
    strings: &mut Strings<'b>,
) -> Result<(), WriteError> {
    let mut out = Vec::new();
    record(129, &[], &mut out);
    let last = |count: usize| count.saturating_sub(1);
    let size = Data::default()
        .word(0)
        .index(last(sheet.rows.len()))
        .word(0)
        .index(last(grid::width(sheet)));
    record(148, &size.0, &mut out);
    let columns = grid::columns(sheet);
    if !columns.is_empty() {
        record(390, &[], &mut out);
        for (column, width, hidden) in columns {
            let width = if width > 0.0 { width } else { 9.0 };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked to lie between 0 and 255"
            )]
            let width = (width * 256.0) as u32;
            let data = Data::default()
                .word(u32::from(column))
                .word(u32::from(column))
                .word(width)
                .word(0)
                .short(2 | u16::from(hidden));
            record(60, &data.0, &mut out);
        }
        record(391, &[], &mut out);
    }
    record(145, &[], &mut out);
    let (covered, hidden) = (Covered::of(sheet), grid::hidden_rows(sheet));
    for (row, line) in sheet.rows.iter().enumerate() {
        let is_hidden = hidden.contains(&row);
        if line.is_empty() && !is_hidden {
            continue;
        }
        let head = Data::default()
            .index(row)
            .word(0)
            .short(300)
            .bytes(&[0, if is_hidden { 0x10 } else { 0 }, 0])
            .word(0);
        record(0, &head.0, &mut out);
        let places = covered.row(row);
        for (column, cell) in line.iter().enumerate() {
            if !grid::hides(places, column) {
                write_cell(column, cell, date1904, looks, strings, &mut out);
            }
        }
        if out.len() >= PIECE_BYTES {
            package.push(&out)?;
            out.clear();
        }
    }
    record(146, &[], &mut out);
    let merges: Vec<_> = grid::real_merges(sheet).collect();
    if !merges.is_empty() {
        count(177, merges.len(), &mut out);
        for merge in merges {
            let data = Data::default()
                .word(merge.first_row)
                .word(merge.last_row)
                .word(u32::from(merge.first_column))
                .word(u32::from(merge.last_column));
            record(176, &data.0, &mut out);
        }
        record(178, &[], &mut out);
    }
    record(130, &[], &mut out);
    package.push(&out)
}

fn write_cell<'b>(
    column: usize,
    cell: &'b Cell,
    date1904: bool,
    looks: &mut Looks,
    strings: &mut Strings<'b>,
    out: &mut Vec<u8>,
) {
    let bare = cell.runs.is_empty() && cell.value == Value::Empty;
    if bare && cell.font.is_none() && !cell.bold {
        return;
    }
    let data = Data::default().index(column).index(looks.cell(cell));
    let real = |data: Data, value: f64| data.bytes(&value.to_le_bytes());
    let (kind, data) = if cell.runs.is_empty() {
        match grid::plain(&cell.value) {
            Value::Text(text) => (7, data.index(strings.plain(text))),
            Value::Number(value) | Value::PaddedNumber(value, _) => (5, real(data, *value)),
            Value::Date(serial) => (5, real(data, f64::from(stored_day(*serial, date1904)))),
            Value::Error(name) => (3, data.byte(grid::error_number(name).unwrap_or(0x2a))),
            Value::Empty | Value::Formula { .. } => (1, data),
        }
    } else {
        (7, data.index(strings.rich(&cell.runs)))
    };
    record(kind, &data.0, out);
}

fn shared_strings(strings: &Strings<'_>, looks: &Looks) -> Vec<u8> {
    let fonts: FxHashMap<Face, usize> = looks.fonts.iter().copied().zip(0..).collect();
    let mut out = Vec::new();
    let uses = u32::try_from(strings.uses).unwrap_or(u32::MAX);
    record(
        159,
        &Data::default().word(uses).index(strings.items.len()).0,
        &mut out,
    );
    for item in &strings.items {
        let data = match item {
            Shared::Plain(text) => Data::default().byte(0).wide(text),
            Shared::Rich(runs) => {
                let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                let mut data = Data::default().byte(1).wide(&text).index(runs.len());
                let mut unit = 0;
                for run in *runs {
                    let font = fonts.get(&Face::of(run.font, run.bold)).copied();
                    data = data.short(small(unit)).short(small(font.unwrap_or(0)));
                    unit += grid::units(&run.text);
                }
                data
            }
        };
        record(19, &data.0, &mut out);
    }
    record(160, &[], &mut out);
    out
}
