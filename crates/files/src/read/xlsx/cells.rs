//! Rows and cells of a sheet's XML: the inner loop of reading Excel files.
//!
//! In: a piece of XML of whole `<row>` elements. Out: [`Rows`] that borrow from it and from the shared strings.

use super::merges::Spreader;
use super::sheet::SheetParser;
use super::strings::{Rich, fonts, rich};
use super::styles::Style;
use super::tag::tag;
use crate::limits;
use crate::read::Chunk;
use crate::read::markup::unescape;
use memchr::memchr;
use std::borrow::Cow;
use treem_child::cell::{Cell, CellKind, Font, Rows};

/// The column of a cell reference (`AB12` → 27); `None` where it has no letters or too many.
#[inline]
pub(crate) fn column(reference: &[u8]) -> Option<usize> {
    let mut column = 0_usize;
    for &byte in reference {
        if !byte.is_ascii_alphabetic() {
            break;
        }
        column = column * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1;
        if column > 1 << 20 {
            return None;
        }
    }
    column.checked_sub(1)
}

/// A whole number; 0 where it is none.
#[inline]
fn whole(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut number = 0_u64;
    for &byte in digits {
        number = number * 10 + u64::from(byte.checked_sub(b'0').filter(|digit| *digit < 10)?);
    }
    Some(number)
}

/// How a cell's value is to be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Inline,
    Text,
    Bool,
    Error,
}

/// Where the cells of a row go: straight to the rows, or first to a line of its own where merges must be filled in.
enum Line<'l, 'a> {
    Straight(&'l mut Rows<'a>, usize),
    Aside(&'l mut Vec<Cell<'a>>),
}

impl<'a> Line<'_, 'a> {
    #[inline]
    fn put(&mut self, column: usize, cell: Cell<'a>) {
        match self {
            Self::Straight(rows, filled) => {
                // A column that comes twice, or backwards, is not to be found in a sound file: the first one stands.
                if column >= *filled {
                    for _ in *filled..column {
                        rows.push(Cell::default());
                    }
                    rows.push(cell);
                    *filled = column + 1;
                }
            }
            Self::Aside(line) => {
                if line.len() <= column {
                    line.resize_with(column + 1, Cell::default);
                }
                if let Some(place) = line.get_mut(column) {
                    *place = cell;
                }
            }
        }
    }
}

/// Appends the rows of a chunk.
pub(crate) fn rows<'a>(parser: &'a SheetParser, chunk: &'a Chunk, rows: &mut Rows<'a>) {
    let text = chunk.text.as_str();
    let bytes = text.as_bytes();
    let mut spreader = Spreader::new(&parser.merges, &chunk.carried);
    let mut aside: Vec<Cell<'a>> = Vec::new();
    let mut number = chunk.first_row.saturating_sub(1);
    let mut at = 0;
    while let Some(found) = memchr(b'<', bytes.get(at..).unwrap_or_default()) {
        let (mut own_number, mut hidden) = (None, false);
        let row = tag(bytes, at + found, |name, value| match name {
            b"r" => own_number = whole(value),
            b"hidden" => hidden = matches!(value, b"1" | b"true" | b"on"),
            _ => {}
        });
        at = row.end;
        if row.name != b"row" || row.closing {
            continue;
        }
        number = own_number.unwrap_or(number.saturating_add(1));
        if number == 0 || number > limits::SHEET_ROWS {
            parser.remarks.rows.add(number);
            if !row.empty {
                at = row_cells(parser, text, at, number, &mut Line::Aside(&mut aside)).0;
                aside.clear();
            }
            continue;
        }
        let index = u32::try_from(number - 1).unwrap_or(u32::MAX);
        if spreader.touches(index) {
            let mut beyond = false;
            if !row.empty {
                (at, beyond) = row_cells(parser, text, at, number, &mut Line::Aside(&mut aside));
            }
            spreader.fill(index, &mut aside);
            while aside
                .last()
                .is_some_and(|cell| cell.kind == CellKind::Empty)
            {
                aside.pop();
            }
            if !aside.is_empty() {
                for cell in aside.drain(..) {
                    rows.push(cell);
                }
                rows.end_row(number, hidden);
            }
            if beyond {
                parser.remarks.columns.add(number);
            }
        } else if !row.empty {
            let mut line = Line::Straight(rows, 0);
            let (end, beyond) = row_cells(parser, text, at, number, &mut line);
            at = end;
            if let Line::Straight(rows, filled) = line
                && filled > 0
            {
                rows.end_row(number, hidden);
            }
            if beyond {
                parser.remarks.columns.add(number);
            }
        }
    }
}

/// Reads the cells of a row up to its end; returns where that is and whether something stood beyond the last column read.
fn row_cells<'a>(
    parser: &'a SheetParser,
    text: &'a str,
    from: usize,
    row: u64,
    line: &mut Line<'_, 'a>,
) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut next_column = 0_usize;
    let mut beyond = false;
    while let Some(found) = memchr(b'<', bytes.get(at..).unwrap_or_default()) {
        let start = at + found;
        let (mut reference, mut style, mut kind) = (None, 0_usize, Kind::Number);
        let cell = tag(bytes, start, |name, value| match name {
            b"r" => reference = column(value),
            b"s" => {
                style = whole(value)
                    .and_then(|style| usize::try_from(style).ok())
                    .unwrap_or(0);
            }
            b"t" => {
                kind = match value {
                    b"s" => Kind::Shared,
                    b"str" | b"d" => Kind::Text,
                    b"inlineStr" => Kind::Inline,
                    b"b" => Kind::Bool,
                    b"e" => Kind::Error,
                    _ => Kind::Number,
                }
            }
            _ => {}
        });
        if cell.name == b"row" {
            return (if cell.closing { cell.end } else { start }, beyond);
        }
        at = cell.end;
        if cell.name != b"c" || cell.closing {
            continue;
        }
        let column = reference.unwrap_or(next_column);
        next_column = column + 1;
        if cell.empty {
            continue;
        }
        let (value, end) = content(text, at);
        at = end;
        let Some(value) = value else { continue };
        if column >= limits::COLUMNS {
            beyond = true;
            continue;
        }
        let style = parser.styles.get(style);
        if let Some(cell) = cell_of(parser, &value, kind, style, row) {
            line.put(column, cell);
        }
    }
    (bytes.len(), beyond)
}

/// What stands in a cell.
enum Content<'a> {
    /// `<v>`, entities as written.
    Value(&'a str),
    /// Inside `<is>`.
    Inline(&'a str),
}

/// Reads a cell's content up to its `</c>`; returns it and where that ends.
#[inline]
fn content(text: &str, from: usize) -> (Option<Content<'_>>, usize) {
    let bytes = text.as_bytes();
    let mut value = None;
    let mut at = from;
    while let Some(found) = memchr(b'<', bytes.get(at..).unwrap_or_default()) {
        let start = at + found;
        let inner = tag(bytes, start, |_, _| {});
        at = inner.end;
        match inner.name {
            b"v" if !inner.closing && !inner.empty => {
                let end = at
                    + memchr(b'<', bytes.get(at..).unwrap_or_default()).unwrap_or(bytes.len() - at);
                value = text.get(at..end).map(Content::Value);
                at = end;
            }
            b"is" if !inner.closing && !inner.empty => {
                let begin = at;
                let mut end = bytes.len();
                while let Some(found) = memchr(b'<', bytes.get(at..).unwrap_or_default()) {
                    let piece = tag(bytes, at + found, |_, _| {});
                    if piece.closing && matches!(piece.name, b"is" | b"c" | b"row") {
                        end = at + found;
                        if piece.name == b"is" {
                            at = piece.end;
                        } else {
                            at = end;
                        }
                        break;
                    }
                    at = piece.end;
                }
                value = text.get(begin..end).map(Content::Inline);
            }
            b"c" => return (value, if inner.closing { at } else { start }),
            b"row" => return (value, start),
            _ => {}
        }
    }
    (value, bytes.len())
}

/// A cell from its content; `None` where nothing stands in it.
#[inline]
fn cell_of<'a>(
    parser: &'a SheetParser,
    content: &Content<'a>,
    kind: Kind,
    style: Style,
    row: u64,
) -> Option<Cell<'a>> {
    let value = match *content {
        Content::Value(value) => value,
        Content::Inline(inner) => {
            let Rich { text, runs } = rich(inner);
            return text_cell(parser, text, &runs, style.font, row);
        }
    };
    match kind {
        Kind::Shared => {
            let index = whole(value.trim_ascii().as_bytes())
                .and_then(|index| usize::try_from(index).ok())?;
            let (text, runs) = parser.strings.get(index)?;
            text_cell(parser, Cow::Borrowed(text), runs, style.font, row)
        }
        Kind::Text | Kind::Inline => text_cell(parser, unescape(value), &[], style.font, row),
        Kind::Number => number_cell(value, style)
            .or_else(|| text_cell(parser, unescape(value), &[], style.font, row)),
        Kind::Bool => {
            let text = if matches!(value.trim_ascii(), "1" | "true") {
                "TRUE"
            } else {
                "FALSE"
            };
            Some(Cell {
                text: Cow::Borrowed(text),
                kind: CellKind::Bool,
                font: style.font,
                ..Cell::default()
            })
        }
        Kind::Error => Some(Cell {
            text: unescape(value),
            kind: CellKind::Error,
            font: style.font,
            ..Cell::default()
        }),
    }
}

#[inline]
fn text_cell<'a>(
    parser: &'a SheetParser,
    text: Cow<'a, str>,
    runs: &[(u32, Font)],
    font: Font,
    row: u64,
) -> Option<Cell<'a>> {
    if text.is_empty() {
        return None;
    }
    let (font, runs) = if runs.is_empty() {
        (font, None)
    } else {
        fonts(runs, font)
    };
    Some(Cell {
        text: parser.remarks.fit(text, row),
        kind: CellKind::Text,
        font,
        runs,
        ..Cell::default()
    })
}

/// A number as it is shown: exact digits, never an exponent; a date as its serial.
#[inline]
pub(crate) fn number_cell(raw: &str, style: Style) -> Option<Cell<'_>> {
    let raw = raw.trim_ascii();
    if raw.is_empty() {
        return None;
    }
    let (value, mut text) = number_text(raw)?;
    if style.digits > 0 && !style.date && value >= 0.0 && value.fract() == 0.0 {
        let wanted = usize::from(style.digits);
        if text.len() < wanted {
            text = Cow::Owned(format!("{text:0>wanted$}"));
        }
    }
    let kind = if style.date {
        CellKind::Date(value)
    } else {
        CellKind::Number(value)
    };
    Some(Cell {
        text,
        kind,
        font: style.font,
        ..Cell::default()
    })
}

/// A stored number and its shortest exact form.
#[inline]
#[allow(
    clippy::cast_precision_loss,
    reason = "only whole numbers below 10^15 come this way: exact"
)]
fn number_text(raw: &str) -> Option<(f64, Cow<'_, str>)> {
    let bytes = raw.as_bytes();
    if bytes.len() <= 15
        && let Some(number) = whole(bytes)
        && (bytes.first() != Some(&b'0') || bytes.len() == 1)
    {
        return Some((number as f64, Cow::Borrowed(raw)));
    }
    let value: f64 = raw.parse().ok().filter(|value: &f64| value.is_finite())?;
    // Other programs store long whole numbers exactly: their digits are worth more than their nearest double.
    let long =
        bytes.len() <= 40 && bytes.iter().all(u8::is_ascii_digit) && bytes.first() != Some(&b'0');
    Some((
        value,
        if long {
            Cow::Borrowed(raw)
        } else {
            Cow::Owned(format!("{value}"))
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns() {
        let check = |reference: &str, expected: Option<usize>| {
            assert_eq!(column(reference.as_bytes()), expected, "{reference}");
        };
        check("A1", Some(0));
        check("Z9", Some(25));
        check("AA1", Some(26));
        check("XFD1", Some(16_383));
        check("a1", Some(0));
        check("12", None);
        check("ZZZZZZZZZZZZZZ1", None);
    }

    #[test]
    fn numbers() {
        let check = |raw: &str, digits: u8, expected: &str| {
            let cell = number_cell(
                raw,
                Style {
                    digits,
                    ..Style::default()
                },
            );
            assert_eq!(
                cell.map(|cell| cell.text.into_owned()).as_deref(),
                Some(expected).filter(|text| !text.is_empty()),
                "{raw}"
            );
        };
        check("45215001234", 0, "45215001234");
        check("4.5215001234E10", 0, "45215001234");
        check("45215001234", 12, "045215001234");
        check("4.5215001234E+10", 12, "045215001234");
        check("45215001234.0", 0, "45215001234");
        check("0.1", 0, "0.1");
        check("0.10000000000000001", 0, "0.1");
        check("-5", 12, "-5");
        check("123456789012345678", 0, "123456789012345678");
        check("1E+21", 0, "1000000000000000000000");
        check("007", 0, "7");
        check("0", 0, "0");
        check("0", 3, "000");
        check("inf", 0, "");
        check("abc", 0, "");
        check("", 0, "");
    }
}
