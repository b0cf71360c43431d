//! Records and fields of text with delimiters (RFC 4180, leniently).
//!
//! In: a chunk of whole records. Out: rows whose cells borrow from it. A quote opens a field only at its start; `""` inside
//! stands for one quote; a quote that never closes is a letter.

use crate::limits;
use crate::read::remarks::Remarks;
use crate::read::{Chunk, Parser};
use memchr::{memchr, memchr_iter, memchr2};
use std::borrow::Cow;
use std::sync::Arc;
use treem_child::cell::{Cell, CellKind, Font, Rows, Spread};

/// How a text is cut into rows and cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Between cells; `None`: a line is one cell.
    pub(crate) delimiter: Option<u8>,
    /// Ends a record: `\n`, or `\r` where there is no `\n` at all.
    pub(crate) end: u8,
    /// The first line is Excel's `sep=…`.
    pub(crate) sep_line: bool,
}

/// What an opening quote turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quote {
    /// It closes here.
    Closed(usize),
    /// It is a letter like any other.
    Stray,
    /// More bytes are needed to tell.
    Unknown,
}

/// Follows an opening quote; `whole`: no more bytes will come.
pub(crate) fn closing(bytes: &[u8], open: usize, shape: Shape, whole: bool) -> Quote {
    let mut at = open + 1;
    let mut lines = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = memchr(b'"', rest);
        lines += memchr_iter(
            shape.end,
            rest.get(..found.unwrap_or(rest.len())).unwrap_or_default(),
        )
        .take(limits::QUOTE_LINES + 1)
        .count();
        let reached = at + found.unwrap_or(rest.len());
        if lines > limits::QUOTE_LINES || lines > 0 && reached - open > limits::QUOTE_BYTES {
            return Quote::Stray;
        }
        if found.is_none() {
            return if whole { Quote::Stray } else { Quote::Unknown };
        }
        match bytes.get(reached + 1) {
            Some(b'"') => at = reached + 2,
            None => {
                return if whole {
                    Quote::Closed(reached)
                } else {
                    Quote::Unknown
                };
            }
            Some(b'\n' | b'\r') => return Quote::Closed(reached),
            Some(&byte) if Some(byte) == shape.delimiter => return Quote::Closed(reached),
            // Something behind a closing quote: a slip within one line; over several lines it is rather the opening quote
            // of another field, and the first one never was one.
            Some(_) if lines > 0 => return Quote::Stray,
            Some(_) => return Quote::Closed(reached),
        }
    }
}

/// Where the last whole record ends, and how many there are; `whole`: no more bytes will come.
pub(crate) fn records(bytes: &[u8], shape: Shape, whole: bool) -> (usize, u64) {
    let (mut at, mut end, mut count) = (0, 0, 0);
    while let Some(found) = memchr2(b'"', shape.end, bytes.get(at..).unwrap_or_default()) {
        let place = at + found;
        at = place + 1;
        if bytes.get(place) == Some(&shape.end) {
            count += 1;
            end = at;
        } else if place == end || place > 0 && bytes.get(place - 1).copied() == shape.delimiter {
            match closing(bytes, place, shape, whole) {
                Quote::Closed(close) => at = close + 1,
                Quote::Stray => {}
                Quote::Unknown => return (end, count),
            }
        }
    }
    if whole && end < bytes.len() {
        (bytes.len(), count + 1)
    } else {
        (end, count)
    }
}

/// Parses the chunks of one text file.
pub(crate) struct TextParser {
    /// How it is cut.
    pub(crate) shape: Shape,
    /// What was cut off.
    pub(crate) remarks: Arc<Remarks>,
}

impl Parser for TextParser {
    fn parse<'a>(&'a self, chunk: &'a Chunk, rows: &mut Rows<'a>) {
        let mut text = chunk.text.as_str();
        let mut number = chunk.first_row;
        if number == 1 && self.shape.sep_line {
            let end = memchr(self.shape.end, text.as_bytes()).map_or(text.len(), |at| at + 1);
            text = text.get(end..).unwrap_or("");
            rows.end_row(1, false);
            number = 2;
        }
        match self.shape.delimiter {
            None => self.lines(text, number, rows),
            Some(delimiter) => self.fields(text, delimiter, number, rows),
        }
    }
}

/// A row being filled: cells at its end that hold nothing are not kept.
struct Line<'r, 'a> {
    rows: &'r mut Rows<'a>,
    remarks: &'r Remarks,
    number: u64,
    column: usize,
    kept: usize,
    /// Something stood beyond the last column read.
    beyond: bool,
}

impl<'a> Line<'_, 'a> {
    #[inline]
    fn put(&mut self, text: Cow<'a, str>) {
        let column = self.column;
        self.column += 1;
        if text.is_empty() {
            return;
        }
        if self.kept == column && column < limits::COLUMNS && text.len() <= limits::CELL_BYTES {
            self.rows.push(Cell {
                text,
                kind: CellKind::Text,
                font: Font::Unknown,
                spread: Spread::Own,
                runs: None,
            });
            self.kept += 1;
        } else {
            self.put_slowly(column, text);
        }
    }

    /// A cell behind empty ones, too long, or too far to the right.
    fn put_slowly(&mut self, column: usize, text: Cow<'a, str>) {
        if column >= limits::COLUMNS {
            if !self.beyond {
                self.remarks.columns.add(self.number);
            }
            self.beyond = true;
            return;
        }
        while self.kept < column {
            self.rows.push(Cell::default());
            self.kept += 1;
        }
        let text = self.remarks.fit(text, self.number);
        self.rows.push(Cell {
            text,
            kind: CellKind::Text,
            ..Cell::default()
        });
        self.kept += 1;
    }

    #[inline]
    fn end(&mut self) {
        self.rows.end_row(self.number, false);
        self.number = self.number.saturating_add(1);
        self.column = 0;
        self.kept = 0;
        self.beyond = false;
    }
}

impl TextParser {
    /// Every line is one cell.
    fn lines<'a>(&'a self, text: &'a str, number: u64, rows: &mut Rows<'a>) {
        let mut line = Line {
            rows,
            remarks: &self.remarks,
            number,
            column: 0,
            kept: 0,
            beyond: false,
        };
        let mut rest = text;
        while !rest.is_empty() {
            let end = memchr(self.shape.end, rest.as_bytes());
            let (record, after) = rest.split_at(end.unwrap_or(rest.len()));
            line.put(Cow::Borrowed(record.trim_end_matches('\r')));
            line.end();
            rest = after.get(1..).unwrap_or("");
        }
    }

    fn fields<'a>(&'a self, text: &'a str, delimiter: u8, number: u64, rows: &mut Rows<'a>) {
        let bytes = text.as_bytes();
        let shape = self.shape;
        let mut line = Line {
            rows,
            remarks: &self.remarks,
            number,
            column: 0,
            kept: 0,
            beyond: false,
        };
        let mut at = 0;
        while at < bytes.len() {
            // At the start of a field.
            let (mut from, mut quoted) = (at, None);
            if bytes.get(at) == Some(&b'"')
                && let Quote::Closed(close) = closing(bytes, at, shape, true)
            {
                quoted = Some((at + 1, close));
                from = close + 1;
            }
            let stop = memchr2(delimiter, shape.end, bytes.get(from..).unwrap_or_default())
                .map_or(bytes.len(), |found| from + found);
            let last = bytes.get(stop) != Some(&delimiter);
            let mut end = stop;
            if last {
                while end > from && bytes.get(end - 1) == Some(&b'\r') {
                    end -= 1;
                }
            }
            let after = text.get(from..end).unwrap_or("");
            line.put(match quoted {
                None => Cow::Borrowed(after),
                Some((open, close)) => inside(text.get(open..close).unwrap_or(""), after),
            });
            at = stop + 1;
            if last {
                line.end();
            } else if at == bytes.len() {
                // A delimiter is the last byte of all: an empty cell, and the end.
                line.end();
            }
        }
    }
}

/// The text of a quoted field, and what stands behind its closing quote by a slip.
#[inline]
fn inside<'a>(inner: &'a str, after: &str) -> Cow<'a, str> {
    if memchr(b'"', inner.as_bytes()).is_none() && after.is_empty() {
        return Cow::Borrowed(inner);
    }
    let mut text = inner.replace("\"\"", "\"");
    text.push_str(after);
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(delimiter: u8, end: u8) -> Shape {
        Shape {
            delimiter: Some(delimiter),
            end,
            sep_line: false,
        }
    }

    /// Rows are shown as `a|b` and joined by ` / `.
    fn check(text: &str, expected: &str) {
        let shape = shape(b',', if text.contains('\n') { b'\n' } else { b'\r' });
        let parser = TextParser {
            shape,
            remarks: Arc::default(),
        };
        let chunk = Chunk {
            first_row: 1,
            text: text.to_owned(),
            ..Chunk::default()
        };
        let mut rows = Rows::default();
        parser.parse(&chunk, &mut rows);
        let shown: Vec<String> = rows
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| cell.text.as_ref())
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect();
        assert_eq!(shown.join(" / "), expected, "{text:?}");
        assert_eq!(
            records(text.as_bytes(), shape, true),
            (text.len(), rows.len() as u64),
            "{text:?}"
        );
    }

    #[test]
    fn rows_and_cells() {
        check("a,b\nc,d\n", "a|b / c|d");
        check("a,b\r\nc,d", "a|b / c|d");
        check("a,b\rc,d", "a|b / c|d");
        check("a,,b,,\n,,\n\nx", "a||b /  /  / x");
        check("\"a,b\",c\n", "a,b|c");
        check("\"a\nb\",c\nd,e\n", "a\nb|c / d|e");
        check("\"a \"\"b\"\" c\",d\n", "a \"b\" c|d");
        check("a \"b\" c,5\" x\n1,2\n", "a \"b\" c|5\" x / 1|2");
        check("\"a\"b,c\n", "ab|c");
        check("\"a\",\"\"\n\"\",\"b\"\n", "a / |b");
        check("=\"045215001234\",'0123\n", "=\"045215001234\"|'0123");
        // A quote that never closes is a letter.
        check("\"a,b\nc,d\ne,f\n", "\"a|b / c|d / e|f");
        check("1,\"a,b\nc,\"d\",e\n", "1|\"a|b / c|d|e");
        check("a,\"", "a|\"");
        check("a,b,", "a|b");
        check("", "");
        check("\"a\"\r\n\"b\"\r\r\n", "a / b");
    }

    #[test]
    fn an_open_quote_is_bounded() {
        let long = format!("1,\"open\n{}2,\"x\"\n", "a,b\n".repeat(200));
        let shape = shape(b',', b'\n');
        assert_eq!(closing(long.as_bytes(), 2, shape, true), Quote::Stray);
        assert_eq!(records(long.as_bytes(), shape, true), (long.len(), 202));
        // One line may be long.
        let wide = format!("\"{}\",1\n", "x".repeat(limits::QUOTE_BYTES * 2));
        assert_eq!(
            closing(wide.as_bytes(), 0, shape, false),
            Quote::Closed(wide.len() - 4)
        );
    }

    #[test]
    fn a_record_that_may_go_on_is_not_cut() {
        let shape = shape(b',', b'\n');
        let check = |text: &str, expected: (usize, u64)| {
            assert_eq!(records(text.as_bytes(), shape, false), expected, "{text:?}");
        };
        check("a,b\nc,\"d", (4, 1));
        check("a,b\nc,\"d\"", (4, 1));
        check("a,b\nc,\"d\ne\"\nf", (12, 2));
        check("a", (0, 0));
    }
}
