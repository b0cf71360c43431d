//! Excel 5 and 95: BIFF5, one byte a letter.
//!
//! In: a checked workbook. Out: a compound file with the stream `Book`. The code page is Windows-1252 where that holds all the text
//! (as it does for TCVN3 and VNI), else Windows-1258. Such a file knows no merged cells: the corner stands alone. Days have the
//! system's short date, as in files of that time.

use super::looks::{Face, Looks};
use super::records::{self, Data, Kind, font_number, record};
use super::text::{windows_1252, windows_1258};
use super::{Cell, Workbook, grid, xls};
use crate::write::WriteError;
use std::io::Write;

/// Writes the file.
///
/// Errors: `Refused` where neither code page holds a text.
pub(super) fn write(book: &Workbook, out: &mut dyn Write) -> Result<(), WriteError> {
    let mut looks = Looks::of(book);
    xls::fits(&looks)?;
    let mut kind = Old {
        vietnamese: needs_vietnamese(book)?,
    };
    let active = xls::active(book);
    let mut stream = Vec::new();
    let page = if kind.vietnamese { 1_258 } else { 1_252 };
    records::head(&kind, page, book.date1904, active, &looks, &mut stream);
    let places: Vec<usize> = book
        .sheets
        .iter()
        .map(|sheet| records::list_sheet(&kind, sheet, &mut stream))
        .collect();
    record(0x0a, &Data::default(), &mut stream);
    let mut pages = Vec::new();
    for (index, sheet) in book.sheets.iter().enumerate() {
        let mut page = Vec::new();
        let shown = index == usize::from(active);
        records::sheet(
            &mut kind,
            sheet,
            book.date1904,
            shown,
            &mut looks,
            &mut page,
        );
        pages.push(page);
    }
    xls::join(stream, &places, pages, "Book", out)
}

/// Finds the code page that holds everything.
fn needs_vietnamese(book: &Workbook) -> Result<bool, WriteError> {
    let mut bytes = Vec::new();
    let mut holds = |vietnamese: bool, text: &str| {
        bytes.clear();
        let known = if vietnamese {
            windows_1258(text, &mut bytes)
        } else {
            windows_1252(text, &mut bytes)
        };
        known && bytes.len() <= 255
    };
    let (mut latin, mut vietnamese) = (true, true);
    for sheet in &book.sheets {
        latin = latin && holds(false, &sheet.name);
        vietnamese = vietnamese && holds(true, &sheet.name);
        if !latin && !vietnamese {
            return Err(WriteError::Refused(format!(
                "Tên trang “{}” có chữ không có trong bảng mã của Excel 5/95; hãy chọn dạng .xls mới hơn hoặc .xlsx.",
                sheet.name
            )));
        }
        for (row, line) in sheet.rows.iter().enumerate() {
            for (column, cell) in line.iter().enumerate() {
                let Some(text) = grid::text_of(cell).filter(|text| !text.is_ascii()) else {
                    continue;
                };
                latin = latin && holds(false, &text);
                vietnamese = vietnamese && holds(true, &text);
                if !latin && !vietnamese {
                    return Err(WriteError::Refused(format!(
                        "Không ghi được {}: chữ trong sổ không cùng nằm trong một bảng mã của Excel 5/95 (Windows-1252 hoặc \
                         Windows-1258, tối đa 255 byte); hãy chọn dạng .xls mới hơn hoặc .xlsx.",
                        grid::place(sheet, row, column)
                    )));
                }
            }
        }
    }
    Ok(!latin)
}

struct Old {
    vietnamese: bool,
}

impl Old {
    fn bytes(&self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.vietnamese {
            windows_1258(text, &mut bytes);
        } else {
            windows_1252(text, &mut bytes);
        }
        bytes
    }
}

/// A length that was checked.
fn one(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

impl Kind for Old {
    const NEW: bool = false;

    fn name(&self, text: &str) -> Vec<u8> {
        let bytes = self.bytes(text);
        [&[one(bytes.len())], bytes.as_slice()].concat()
    }

    fn text(&mut self, place: [u16; 3], cell: &Cell, looks: &mut Looks, out: &mut Vec<u8>) {
        let bytes = self.bytes(&grid::text_of(cell).unwrap_or_default());
        let data = Data::default()
            .shorts(&place)
            .short(u16::from(one(bytes.len())))
            .bytes(&bytes);
        if cell.runs.is_empty() {
            return record(0x204, &data, out);
        }
        let mut data = data.byte(one(cell.runs.len()));
        let mut at = 0;
        for run in &cell.runs {
            let font = font_number(looks.font(Face::of(run.font, run.bold)));
            data = data.byte(one(at)).byte(u8::try_from(font).unwrap_or(0));
            at += self.bytes(&run.text).len();
        }
        record(0xd6, &data, out);
    }

    fn code(&self, text: &str) -> Vec<u8> {
        self.name(text)
    }

    fn letters(&self) -> u8 {
        if self.vietnamese { 163 } else { 0 }
    }
}
