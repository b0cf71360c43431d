//! Records of Excel's old binary files (MS-XLS 2.4), as both kinds write them.
//!
//! In: values. Out: records: two bytes of kind, two of length, the data.

use super::grid::{self, Covered, error_number};
use super::looks::Looks;
use super::xlsx::stored_day;
use super::{Cell, Sheet, Value};

/// The longest data of a record in BIFF8; BIFF5 has 2,080.
pub(super) const LONGEST: usize = 8_224;
/// Formats that stand before those of the cells: fifteen of styles, one usual.
pub(super) const FORMATS_BEFORE: usize = 16;
/// Rows of a block: their heads stand before their cells.
const BLOCK: usize = 32;

/// The data of a record in the making.
#[derive(Default)]
pub(super) struct Data(pub(super) Vec<u8>);

impl Data {
    pub(super) fn byte(mut self, value: u8) -> Self {
        self.0.push(value);
        self
    }

    pub(super) fn short(mut self, value: u16) -> Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    pub(super) fn shorts(mut self, values: &[u16]) -> Self {
        for value in values {
            self.0.extend_from_slice(&value.to_le_bytes());
        }
        self
    }

    pub(super) fn word(mut self, value: u32) -> Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    pub(super) fn bytes(mut self, value: &[u8]) -> Self {
        self.0.extend_from_slice(value);
        self
    }
}

/// Appends a record.
pub(super) fn record(kind: u16, data: &Data, out: &mut Vec<u8>) {
    out.extend_from_slice(&kind.to_le_bytes());
    out.extend_from_slice(&small(data.0.len()).to_le_bytes());
    out.extend_from_slice(&data.0);
}

/// A number that was checked to be small.
pub(super) fn small(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// The number of a font of ours: four usual ones stand before them, and the number 4 does not exist.
pub(super) fn font_number(font: usize) -> u16 {
    small(font + 5)
}

/// What differs between the two kinds.
pub(super) trait Kind {
    /// BIFF8.
    const NEW: bool;
    /// A name of a font or sheet, its length in one byte.
    fn name(&self, text: &str) -> Vec<u8>;
    /// The record of a text cell.
    fn text(&mut self, place: [u16; 3], cell: &Cell, looks: &mut Looks, out: &mut Vec<u8>);
    /// A code of a format.
    fn code(&self, text: &str) -> Vec<u8>;
    /// The set of letters of a font.
    fn letters(&self) -> u8;
}

/// The beginning of the workbook (`what` 5) or of a sheet (16).
pub(super) fn begin<K: Kind>(what: u16, out: &mut Vec<u8>) {
    let data = Data::default();
    let data = if K::NEW {
        data.shorts(&[0x600, what, 0x0dbb, 0x07cc])
            .word(0xc1)
            .word(6)
    } else {
        data.shorts(&[0x500, what, 0x096c, 0x07c9])
    };
    record(0x809, &data, out);
}

/// The records of the workbook as a whole, up to its list of sheets.
pub(super) fn head<K: Kind>(
    kind: &K,
    code_page: u16,
    date1904: bool,
    active: u16,
    looks: &Looks,
    out: &mut Vec<u8>,
) {
    begin::<K>(5, out);
    record(0x42, &Data::default().short(code_page), out);
    record(
        0x3d,
        &Data::default().shorts(&[0, 0, 0x4b00, 0x2d00, 0x38, active, active, 1, 0x258]),
        out,
    );
    record(0x22, &Data::default().short(u16::from(date1904)), out);
    let usual = looks.fonts.first().into_iter().cycle().take(4);
    for face in usual.chain(&looks.fonts) {
        let weight = if face.bold { 700 } else { 400 };
        let data = Data::default()
            .shorts(&[240, 0, 0x7fff, weight, 0])
            .bytes(&[0, 0, kind.letters(), 0])
            .bytes(&kind.name(face.name));
        record(0x31, &data, out);
    }
    for (id, code) in looks.codes() {
        // Excel 5 and 95 take the system's short date.
        if K::NEW || id > 164 {
            record(
                0x41e,
                &Data::default().short(id).bytes(&kind.code(&code)),
                out,
            );
        }
    }
    for index in 0..FORMATS_BEFORE {
        format::<K>(0, 0, index + 1 < FORMATS_BEFORE, out);
    }
    for (font, shown) in &looks.formats {
        let id = match shown.format() {
            164 if !K::NEW => 14,
            id => id,
        };
        format::<K>(font_number(*font), id, false, out);
    }
    record(0x293, &Data::default().short(0x8000).bytes(&[0, 0xff]), out);
}

/// A format of cells, or of a style.
fn format<K: Kind>(font: u16, id: u16, style: bool, out: &mut Vec<u8>) {
    let parent = if style { 0xfff5 } else { 1 };
    let data = Data::default().shorts(&[font, id, parent]);
    // At the bottom of the cell; what is its own, in place of the style's: number and font.
    let data = if K::NEW {
        data.bytes(&[0x20, 0, 0, if style { 0xf4 } else { 0x0c }])
            .word(0)
            .word(0)
            .short(0x20c0)
    } else {
        data.bytes(&[0x20, if style { 0xf4 } else { 0x0c }])
            .word(0x20c0)
            .word(0)
    };
    record(0xe0, &data, out);
}

/// Appends an entry of the list of sheets; gives where its place has to be filled in.
pub(super) fn list_sheet<K: Kind>(kind: &K, sheet: &Sheet, out: &mut Vec<u8>) -> usize {
    let at = out.len() + 4;
    let data = Data::default()
        .word(0)
        .bytes(&[u8::from(sheet.hidden), 0])
        .bytes(&kind.name(&sheet.name));
    record(0x85, &data, out);
    at
}

/// A sheet.
pub(super) fn sheet<K: Kind>(
    kind: &mut K,
    sheet: &Sheet,
    date1904: bool,
    active: bool,
    looks: &mut Looks,
    out: &mut Vec<u8>,
) {
    begin::<K>(0x10, out);
    for (column, width, hidden) in grid::columns(sheet) {
        let width = if width > 0.0 { width } else { 9.0 };
        // 255 letters of 256 parts are just what two bytes hold.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie between 0 and 255"
        )]
        let width = (width * 256.0) as u16;
        record(
            0x7d,
            &Data::default().shorts(&[column, column, width, 15, u16::from(hidden), 0]),
            out,
        );
    }
    let (rows, columns) = (sheet.rows.len(), small(grid::width(sheet)));
    let size = Data::default();
    let size = if K::NEW {
        size.word(0)
            .word(u32::try_from(rows).unwrap_or(0))
            .shorts(&[0, columns, 0])
    } else {
        size.shorts(&[0, small(rows), 0, columns, 0])
    };
    record(0x200, &size, out);
    let (covered, hidden) = (Covered::of(sheet), grid::hidden_rows(sheet));
    for (block, lines) in sheet.rows.chunks(BLOCK).enumerate() {
        let first = block * BLOCK;
        for (row, line) in (first..).zip(lines) {
            let flags = if hidden.contains(&row) { 0x120 } else { 0x100 };
            let data =
                Data::default().shorts(&[small(row), 0, small(line.len()), 0xff, 0, 0, flags, 15]);
            record(0x208, &data, out);
        }
        for (row, line) in (first..).zip(lines) {
            let places = covered.row(row);
            for (column, cell) in line.iter().enumerate() {
                if !grid::hides(places, column) {
                    write_cell(
                        kind,
                        [small(row), small(column)],
                        cell,
                        date1904,
                        looks,
                        out,
                    );
                }
            }
        }
    }
    let flags = if active { 0x6b6 } else { 0xb6 };
    let window = Data::default().shorts(&[flags, 0, 0]);
    let window = if K::NEW {
        window.shorts(&[0x40, 0, 0, 0, 0, 0])
    } else {
        window.word(0)
    };
    record(0x23e, &window, out);
    if K::NEW {
        let merges: Vec<_> = grid::real_merges(sheet).collect();
        for merges in merges.chunks(1_024) {
            let mut data = Data::default().short(small(merges.len()));
            for merge in merges {
                data = data.shorts(&[
                    u16::try_from(merge.first_row).unwrap_or(u16::MAX),
                    u16::try_from(merge.last_row).unwrap_or(u16::MAX),
                    merge.first_column,
                    merge.last_column,
                ]);
            }
            record(0xe5, &data, out);
        }
    }
    record(0x0a, &Data::default(), out);
}

fn write_cell<K: Kind>(
    kind: &mut K,
    [row, column]: [u16; 2],
    cell: &Cell,
    date1904: bool,
    looks: &mut Looks,
    out: &mut Vec<u8>,
) {
    let bare = cell.runs.is_empty() && cell.value == Value::Empty;
    if bare && cell.font.is_none() && !cell.bold {
        return;
    }
    let place = [row, column, small(looks.cell(cell) + FORMATS_BEFORE)];
    if !cell.runs.is_empty() {
        return kind.text(place, cell, looks, out);
    }
    let data = Data::default().shorts(&place);
    match grid::plain(&cell.value) {
        Value::Text(_) => kind.text(place, cell, looks, out),
        Value::Number(value) | Value::PaddedNumber(value, _) => number(data, *value, out),
        Value::Date(serial) => number(data, f64::from(stored_day(*serial, date1904)), out),
        Value::Error(name) => {
            let number = error_number(name).unwrap_or(0x2a);
            record(0x205, &data.bytes(&[number, 1]), out);
        }
        Value::Empty | Value::Formula { .. } => record(0x201, &data, out),
    }
}

/// A number: in four bytes where it is whole and has 30 bits.
fn number(data: Data, value: f64, out: &mut Vec<u8>) {
    if value.fract() == 0.0
        && value.abs() < 536_870_912.0
        && !(value == 0.0 && value.is_sign_negative())
    {
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^29")]
        let packed = (value as i32) << 2 | 2;
        record(0x27e, &data.word(packed.cast_unsigned()), out);
    } else {
        record(0x203, &data.bytes(&value.to_le_bytes()), out);
    }
}
