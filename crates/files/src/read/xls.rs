//! Reads Excel 97 to 2003 workbooks (.xls): our own, because fonts, runs, hidden rows and leading zeros matter.
//!
//! In: an [`Input`]. Out: [`Tables`], or `None` where the file is of an older kind (Excel 5, 95), which the library in
//! [`super::calamine`] reads. Reference: MS-CFB (the container), MS-XLS (BIFF8 records).

pub(crate) mod compound;
mod records;
mod strings;

use super::ReadError;
use super::held::Tables;
use super::input::Input;
use super::xlsx::{Style, digits, is_built_in_date, is_date};
use crate::limits;
use records::{Record, Records, short, word};
use rustc_hash::FxHashMap;
use strings::{Text, short_text};
use treem_child::cell::Font;

/// A sheet as the list of the workbook names it.
struct Listed {
    name: String,
    offset: usize,
    hidden: bool,
}

/// What the cells of all sheets refer to.
#[derive(Default)]
struct Globals {
    fonts: Vec<Font>,
    styles: Vec<Style>,
    strings: Vec<Text>,
    sheets: Vec<Listed>,
    date1904: bool,
}

impl Globals {
    /// A font by its index: 4 does not exist.
    fn font(&self, index: u16) -> Font {
        let index = usize::from(if index > 4 { index - 1 } else { index });
        self.fonts.get(index).copied().unwrap_or_default()
    }

    fn style(&self, index: u16) -> Style {
        self.styles
            .get(usize::from(index))
            .copied()
            .unwrap_or_default()
    }
}

/// Reads all sheets; `None` where the file is not of this kind.
///
/// Errors: `Password`, `Damaged`, `TooLarge`, `Io`.
pub(crate) fn tables(input: &Input) -> Result<Option<Tables>, ReadError> {
    let file = input.head(usize::try_from(limits::HELD_FILE_BYTES).unwrap_or(usize::MAX))?;
    let Some(stream) = compound::stream(&file, "workbook") else {
        return Ok(None);
    };
    drop(file);
    let Some(globals) = globals(&stream)? else {
        return Ok(None);
    };
    let mut tables = Tables {
        date1904: globals.date1904,
        ..Tables::default()
    };
    let mut cells = 0;
    for sheet in globals.sheets.iter().take(limits::SHEETS) {
        match records::sheet(&stream, sheet.offset, &globals, &mut cells)? {
            Some((grid, whole)) => {
                if !whole {
                    tables.remarks.push(format!(
                        "Trang tính “{}” bị cắt ngang, chỉ đọc được phần đầu.",
                        sheet.name
                    ));
                }
                let meta = super::SheetMeta {
                    name: sheet.name.clone(),
                    hidden: sheet.hidden,
                    before: Vec::new(),
                };
                tables.list.push(grid.finish(meta));
            }
            None => tables.remarks.push(format!(
                "Trang tính “{}” không đọc được (có thể đã hỏng).",
                sheet.name
            )),
        }
    }
    if tables.list.is_empty() {
        Err(ReadError::Damaged("no sheet".to_owned()))
    } else {
        Ok(Some(tables))
    }
}

/// Reads the records that hold for the whole workbook.
fn globals(stream: &[u8]) -> Result<Option<Globals>, ReadError> {
    let mut globals = Globals::default();
    let mut formats: FxHashMap<u16, (bool, u8)> = FxHashMap::default();
    let mut records = Records::new(stream, 0);
    match records.next() {
        // The first record says the version: 0x0600 is BIFF8.
        Some(Record { kind: 0x809, data }) if short(data, 0) == Some(0x600) => {}
        _ => return Ok(None),
    }
    let mut pending = Vec::new();
    while let Some(Record { kind, data }) = records.next() {
        match kind {
            0x0a => break,
            0x2f => return Err(ReadError::Password),
            0x22 => globals.date1904 = short(data, 0) == Some(1),
            0x31 => globals.fonts.push(
                data.get(14..)
                    .and_then(short_text)
                    .map_or(Font::Unknown, |name| Font::from_name(&name)),
            ),
            0x41e => {
                if let (Some(id), Some(code)) =
                    (short(data, 0), data.get(2..).and_then(strings::plain))
                {
                    formats.insert(id, (is_date(&code), digits(&code)));
                }
            }
            0xe0 => pending.push((short(data, 0).unwrap_or(0), short(data, 2).unwrap_or(0))),
            0x85 => {
                // Only worksheets (kind 0): charts and macro sheets hold no list.
                if data.get(5) == Some(&0)
                    && let (Some(offset), Some(name)) =
                        (word(data, 0), data.get(6..).and_then(short_text))
                {
                    let hidden = data.get(4).is_some_and(|state| state & 3 != 0);
                    globals.sheets.push(Listed {
                        name,
                        offset: usize::try_from(offset).unwrap_or(usize::MAX),
                        hidden,
                    });
                }
            }
            0xfc => globals.strings = strings::shared(&records.continued(data)),
            _ => {}
        }
    }
    globals.styles = pending
        .into_iter()
        .map(|(font, format)| {
            let (date, digits) = formats
                .get(&format)
                .copied()
                .unwrap_or((is_built_in_date(u32::from(format)), 0));
            Style {
                font: globals.font(font),
                date,
                digits,
            }
        })
        .collect();
    Ok(Some(globals))
}
