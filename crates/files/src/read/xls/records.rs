//! The records of a sheet (MS-XLS 2.4).
//!
//! In: the workbook stream and the place where a sheet begins. Out: a [`Grid`].

use super::Globals;
use super::strings::{Text, one, rich};
use crate::limits;
use crate::read::held::Grid;
use crate::read::xlsx::{Style, number_styled, runs_of};
use crate::read::{Merge, ReadError};
use std::borrow::Cow;
use treem_child::cell::{Cell, CellKind, Font};

/// Two bytes.
pub(super) fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(
        data.get(at..at.checked_add(2)?)?.try_into().ok()?,
    ))
}

/// Four bytes.
pub(super) fn word(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(
        data.get(at..at.checked_add(4)?)?.try_into().ok()?,
    ))
}

fn double(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(
        data.get(at..at.checked_add(8)?)?.try_into().ok()?,
    ))
}

/// One record.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    /// Its number.
    pub(super) kind: u16,
    /// What follows its head.
    pub(super) data: &'a [u8],
}

/// The records of a stream in order.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The data of the record just read and of those that continue it.
    pub(super) fn continued(&mut self, data: &'a [u8]) -> Vec<&'a [u8]> {
        let mut pieces = vec![data];
        while short(self.stream, self.at) == Some(0x3c) {
            let Some(record) = self.next() else { break };
            pieces.push(record.data);
        }
        pieces
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = short(self.stream, self.at)?;
        let length = usize::from(short(self.stream, self.at + 2)?);
        let start = self.at + 4;
        let data = self.stream.get(start..start + length)?;
        self.at = start + length;
        Some(Record { kind, data })
    }
}

/// Reads a sheet; with it, whether its end was found. `None` where no sheet begins at that place.
pub(super) fn sheet(
    stream: &[u8],
    offset: usize,
    globals: &Globals,
    cells: &mut usize,
) -> Result<Option<(Grid, bool)>, ReadError> {
    let mut records = Records::new(stream, offset);
    if records.next().is_none_or(|record| record.kind != 0x809) {
        return Ok(None);
    }
    let mut grid = Grid::default();
    let mut merges: Vec<Merge> = Vec::new();
    let mut hidden: Vec<u64> = Vec::new();
    // The cell of a formula whose text comes in a record of its own.
    let mut waiting: Option<(u64, usize, Style)> = None;
    let (mut depth, mut whole) = (0_usize, false);
    while let Some(Record { kind, data }) = records.next() {
        // A chart inside the sheet has a beginning and an end of its own.
        match kind {
            0x809 => depth += 1,
            0x0a if depth == 0 => {
                whole = true;
                break;
            }
            0x0a => depth -= 1,
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let row = u64::from(short(data, 0).unwrap_or(0)) + 1;
        let column = usize::from(short(data, 2).unwrap_or(0));
        let style = globals.style(short(data, 4).unwrap_or(0));
        let mut put =
            |row: u64, column: usize, cell: Option<Cell<'static>>| -> Result<(), ReadError> {
                if let Some(cell) = cell {
                    *cells += 1;
                    if *cells > limits::HELD_CELLS {
                        return Err(ReadError::TooLarge(
                            "tệp có quá nhiều ô; hãy lưu lại dạng .xlsx",
                        ));
                    }
                    grid.put(row, column, cell);
                }
                Ok(())
            };
        match kind {
            0x208 if short(data, 12).is_some_and(|flags| flags & 0x20 != 0) => hidden.push(row),
            0xfd => {
                let index = word(data, 6).and_then(|index| usize::try_from(index).ok());
                let text = index.and_then(|index| globals.strings.get(index));
                put(
                    row,
                    column,
                    text.map(|text| text_cell(text, style.font, globals)),
                )?;
            }
            0x204 => {
                let pieces = records.continued(data.get(6..).unwrap_or_default());
                put(
                    row,
                    column,
                    one(&pieces).map(|text| text_cell(&text, style.font, globals)),
                )?;
            }
            0xd6 => put(
                row,
                column,
                data.get(6..)
                    .and_then(rich)
                    .map(|text| text_cell(&text, style.font, globals)),
            )?,
            0x203 => put(
                row,
                column,
                double(data, 6).and_then(|value| number_styled(value, style)),
            )?,
            0x27e => put(
                row,
                column,
                word(data, 6).and_then(|packed| number_styled(unpacked(packed), style)),
            )?,
            0xbd => {
                for index in 0..data.len().saturating_sub(6) / 6 {
                    let at = 4 + index * 6;
                    let style = globals.style(short(data, at).unwrap_or(0));
                    let value = word(data, at + 2).map(unpacked);
                    put(
                        row,
                        column + index,
                        value.and_then(|value| number_styled(value, style)),
                    )?;
                }
            }
            0x205 => put(
                row,
                column,
                data.get(6)
                    .map(|&value| special(value, data.get(7) == Some(&1), style.font)),
            )?,
            0x06 => {
                waiting = None;
                if data.get(12..14) == Some(&[0xff, 0xff]) {
                    let value = data.get(8).copied().unwrap_or(0);
                    match data.get(6) {
                        Some(0) => waiting = Some((row, column, style)),
                        Some(1) => put(row, column, Some(special(value, false, style.font)))?,
                        Some(2) => put(row, column, Some(special(value, true, style.font)))?,
                        _ => {}
                    }
                } else {
                    put(
                        row,
                        column,
                        double(data, 6).and_then(|value| number_styled(value, style)),
                    )?;
                }
            }
            0x207 => {
                let pieces = records.continued(data);
                if let Some((row, column, style)) = waiting.take() {
                    put(
                        row,
                        column,
                        one(&pieces).map(|text| text_cell(&text, style.font, globals)),
                    )?;
                }
            }
            0xe5 => {
                for index in 0..usize::from(short(data, 0).unwrap_or(0)) {
                    let part = |place: usize| short(data, 2 + index * 8 + place * 2).map(u32::from);
                    let (Some(top), Some(bottom), Some(left), Some(right)) =
                        (part(0), part(1), part(2), part(3))
                    else {
                        break;
                    };
                    if top <= bottom && left <= right && merges.len() < limits::MERGES {
                        merges.push(Merge {
                            top,
                            bottom,
                            left,
                            right,
                        });
                    }
                }
            }
            _ => {}
        }
    }
    grid.spread(&merges);
    for row in hidden {
        grid.hide(row);
    }
    Ok(Some((grid, whole)))
}

/// A number packed into four bytes (MS-XLS 2.5.122): 30 bits of a whole number or of a double, perhaps by a hundred.
fn unpacked(packed: u32) -> f64 {
    let value = if packed & 2 != 0 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & 0xffff_fffc) << 32)
    };
    if packed & 1 != 0 {
        value / 100.0
    } else {
        value
    }
}

/// A truth value, or an error by its number.
fn special(value: u8, error: bool, font: Font) -> Cell<'static> {
    let (text, kind) = if error {
        let text = match value {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0f => "#VALUE!",
            0x17 => "#REF!",
            0x1d => "#NAME?",
            0x24 => "#NUM!",
            _ => "#N/A",
        };
        (text, CellKind::Error)
    } else {
        (if value == 0 { "FALSE" } else { "TRUE" }, CellKind::Bool)
    };
    Cell {
        text: Cow::Borrowed(text),
        kind,
        font,
        ..Cell::default()
    }
}

/// A text cell; places of runs, in UTF-16 units, become lengths in bytes.
fn text_cell(text: &Text, own: Font, globals: &Globals) -> Cell<'static> {
    let mut cell = Cell::text(text.text.clone());
    if text.runs.is_empty() {
        cell.font = own;
        return cell;
    }
    let mut runs: Vec<(u32, Font)> = Vec::new();
    let (mut next, mut font, mut unit, mut length) =
        (text.runs.iter().peekable(), own, 0_usize, 0_u32);
    for letter in text.text.chars() {
        while let Some(&&(place, index)) = next.peek() {
            if usize::from(place) > unit {
                break;
            }
            if length > 0 {
                runs.push((length, font));
                length = 0;
            }
            font = globals.font(index);
            next.next();
        }
        unit += letter.len_utf16();
        length = length.saturating_add(u32::try_from(letter.len_utf8()).unwrap_or(0));
    }
    if length > 0 {
        runs.push((length, font));
    }
    (cell.font, cell.runs) = runs_of(&runs, own);
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::float_cmp, reason = "exact by definition")]
    fn packed_numbers() {
        let check = |packed: u32, expected: f64| assert_eq!(unpacked(packed), expected);
        check(2 | 5 << 2, 5.0);
        check(3 | 1234 << 2, 12.34);
        check(u32::MAX << 2 | 2, -1.0);
        check(0x3ff0_0000, 1.0);
    }
}
