//! Writes csv records: comma, UTF-8, values bare, quoted only where they must be.
//!
//! In: values. Out: bytes appended to a buffer. Own code because a worker writes some fifty million fields a minute straight
//! into its buffer; the reading side of tests uses the `csv` rules of other programs.

use std::borrow::Cow;

/// What takes the fields of a record one by one.
pub trait Fields {
    /// A text.
    fn text(&mut self, value: &str) -> &mut Self;
    /// A text known to hold neither comma, quote nor line break (codes, digits, dates).
    fn bare(&mut self, value: &str) -> &mut Self;
}

/// Fields gathered in one text, to be asked for by their place.
#[derive(Default)]
pub struct Gathered {
    text: String,
    ends: Vec<usize>,
}

impl Gathered {
    /// Forgets the fields, keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// The n-th field; empty past the end.
    pub fn get(&self, nth: usize) -> &str {
        let start = nth
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        start
            .zip(self.ends.get(nth))
            .and_then(|(start, end)| self.text.get(start..*end))
            .unwrap_or("")
    }
}

impl Fields for Gathered {
    fn text(&mut self, value: &str) -> &mut Self {
        self.text.push_str(value);
        self.ends.push(self.text.len());
        self
    }
    fn bare(&mut self, value: &str) -> &mut Self {
        self.text(value)
    }
}

impl Fields for Line<'_> {
    #[inline]
    fn text(&mut self, value: &str) -> &mut Self {
        Self::text(self, value)
    }
    #[inline]
    fn bare(&mut self, value: &str) -> &mut Self {
        Self::bare(self, value)
    }
}

/// One record in the making.
pub struct Line<'b> {
    buffer: &'b mut Vec<u8>,
    first: bool,
}

impl<'b> Line<'b> {
    /// Starts a record with fields that are written already (`file,sheet`).
    pub fn after(buffer: &'b mut Vec<u8>, prefix: &[u8]) -> Self {
        buffer.extend_from_slice(prefix);
        Self {
            buffer,
            first: prefix.is_empty(),
        }
    }

    fn comma(&mut self) {
        if !self.first {
            self.buffer.push(b',');
        }
        self.first = false;
    }

    /// A text.
    #[inline]
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.comma();
        if value.is_empty() {
            return self;
        }
        if needs_quotes(value.as_bytes()) {
            quote(self.buffer, value);
        } else {
            self.buffer.extend_from_slice(value.as_bytes());
        }
        self
    }

    /// A text of a file that people open in a spreadsheet program: what it might compute gets an apostrophe before it.
    pub fn guarded(&mut self, value: &str) -> &mut Self {
        self.text(&guarded(value))
    }

    /// A text known to hold neither comma, quote nor line break (codes, digits, dates).
    #[inline]
    pub fn bare(&mut self, value: &str) -> &mut Self {
        self.comma();
        self.buffer.extend_from_slice(value.as_bytes());
        self
    }

    /// A whole number.
    #[inline]
    pub fn number(&mut self, value: u64) -> &mut Self {
        self.comma();
        let mut digits = [0_u8; 20];
        let mut at = digits.len();
        let mut rest = value;
        loop {
            at -= 1;
            if let Some(slot) = digits.get_mut(at) {
                *slot = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            }
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.buffer
            .extend_from_slice(digits.get(at..).unwrap_or(b"0"));
        self
    }

    /// Ends the record.
    #[inline]
    pub fn end(self) {
        self.buffer.push(b'\n');
    }
}

/// A text that no program takes for a formula (OWASP, CSV injection).
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Looks at eight bytes at a time: this is asked for every field of every row.
fn needs_quotes(bytes: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero_byte = |word: u64| word.wrapping_sub(ONES) & !word & HIGH != 0;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        let found = |byte: u8| zero_byte(word ^ (ONES * u64::from(byte)));
        if found(b',') || found(b'"') || found(b'\n') || found(b'\r') {
            return true;
        }
    }
    rest.iter()
        .any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'))
        || bytes.first() == Some(&b' ')
        || bytes.last() == Some(&b' ')
}

fn quote(buffer: &mut Vec<u8>, value: &str) {
    buffer.push(b'"');
    let mut rest = value.as_bytes();
    while let Some(at) = memchr::memchr(b'"', rest) {
        buffer.extend_from_slice(rest.get(..=at).unwrap_or(&[]));
        buffer.push(b'"');
        rest = rest.get(at + 1..).unwrap_or(&[]);
    }
    buffer.extend_from_slice(rest);
    buffer.push(b'"');
}

/// `file,sheet` of a sheet, escaped, without a comma at the end.
pub fn prefix(file: &str, sheet: &str) -> Vec<u8> {
    let mut buffer = Vec::new();
    let mut line = Line::after(&mut buffer, b"");
    line.text(file).text(sheet);
    buffer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_a_formula() {
        for (text, expect) in [
            ("=1+1", "'=1+1"),
            ("+84", "'+84"),
            ("-", "'-"),
            ("@a", "'@a"),
            ("\t=1", "'\t=1"),
            ("Hồ Văn An", "Hồ Văn An"),
            ("0912", "0912"),
        ] {
            assert_eq!(guarded(text), expect);
        }
    }

    #[test]
    fn records() {
        let mut buffer = Vec::new();
        let start = prefix("Tà Rụt, 2024.xlsx", "Thôn \"A\"");
        let mut line = Line::after(&mut buffer, &start);
        line.number(1_048_576)
            .text("Hồ Thị Mơ")
            .text("")
            .text("a\nb")
            .bare("Nam")
            .number(0);
        line.end();
        assert_eq!(
            String::from_utf8(buffer).unwrap(),
            "\"Tà Rụt, 2024.xlsx\",\"Thôn \"\"A\"\"\",1048576,Hồ Thị Mơ,,\"a\nb\",Nam,0\n"
        );
    }
}
