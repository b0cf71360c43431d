//! Walks through the objects of a PDF and finds the dictionaries of signatures.
//!
//! In: bytes of a PDF. Out: [`Dictionary`]s of objects of the file; streams are passed over. Cross-reference tables are not believed: they
//! are what an attacker would write anew.

use crate::limits;
use jiff::Timestamp;

/// A dictionary with a `ByteRange`.
#[derive(Default)]
pub(super) struct Dictionary {
    /// Its `ByteRange`, where it is one.
    pub range: Option<[usize; 4]>,
    /// Where its `Contents` begin and end.
    pub contents: Option<(usize, usize)>,
    /// Its `SubFilter`.
    pub kind: Vec<u8>,
    /// When it says it was signed.
    pub said: Option<Timestamp>,
}

/// White space of a PDF.
pub(super) fn is_white(letter: u8) -> bool {
    matches!(letter, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_mark(letter: u8) -> bool {
    matches!(
        letter,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

/// Where a part stands next.
pub(super) fn find(bytes: &[u8], from: usize, part: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let first = *part.first()?;
    let mut place = 0;
    loop {
        let step = rest.get(place..)?.iter().position(|byte| *byte == first)?;
        place += step;
        if rest.get(place..)?.starts_with(part) {
            return Some(from + place);
        }
        place += 1;
    }
}

/// All dictionaries of signatures, as objects of the file; none where the file is too broken or has too many.
pub(super) fn dictionaries(pdf: &[u8]) -> Option<Vec<Dictionary>> {
    let mut out = Vec::new();
    let mut place = 0;
    let mut work = 0_usize;
    let most = pdf.len().saturating_mul(limits::PDF_WALKS);
    while let Some(object) = find(pdf, place, b"obj") {
        place = object + 3;
        // `endobj` and words that end alike are none.
        if !object
            .checked_sub(1)
            .and_then(|before| pdf.get(before))
            .is_some_and(|letter| is_white(*letter))
        {
            continue;
        }
        let mut walk = Walk {
            pdf,
            place,
            found: None,
            length: None,
        };
        let read = walk.value(0, true);
        work = work.saturating_add(walk.place.saturating_sub(place));
        if work > most {
            return None;
        }
        if read.is_none() {
            continue;
        }
        place = walk.place;
        if let Some(found) = walk.found.take() {
            if out.len() >= limits::PDF_SIGNATURES {
                return None;
            }
            out.push(found);
        }
        walk.white();
        if pdf
            .get(walk.place..)
            .is_some_and(|rest| rest.starts_with(b"stream"))
        {
            // What lies in a stream is no object of the file.
            place = walk.stream_end();
        }
    }
    Some(out)
}

struct Walk<'p> {
    pdf: &'p [u8],
    place: usize,
    found: Option<Dictionary>,
    length: Option<usize>,
}

impl Walk<'_> {
    fn peek(&self) -> Option<u8> {
        self.pdf.get(self.place).copied()
    }

    fn starts(&self, part: &[u8]) -> bool {
        self.pdf
            .get(self.place..)
            .is_some_and(|rest| rest.starts_with(part))
    }

    fn white(&mut self) {
        while let Some(letter) = self.peek() {
            if letter == b'%' {
                while self
                    .peek()
                    .is_some_and(|letter| letter != 10 && letter != 13)
                {
                    self.place += 1;
                }
            } else if is_white(letter) {
                self.place += 1;
            } else {
                break;
            }
        }
    }

    /// Where a stream that begins here ends: by its length where that is so, else where the word says so.
    fn stream_end(&self) -> usize {
        const WORD: &[u8] = b"endstream";
        let by_length = || {
            let mut end = Walk {
                place: self.place.checked_add(b"stream".len())?,
                found: None,
                ..*self
            };
            end.place += usize::from(end.peek() == Some(13));
            end.place += usize::from(end.peek() == Some(10));
            end.place = end.place.checked_add(self.length?)?;
            while end.peek().is_some_and(is_white) {
                end.place += 1;
            }
            end.starts(WORD).then_some(end.place)
        };
        let end = by_length().or_else(|| find(self.pdf, self.place, WORD));
        end.map_or(self.pdf.len(), |end| end + WORD.len())
    }

    /// Walks over a value; gives where it begins and ends. `top`: a dictionary here may be a signature.
    fn value(&mut self, level: usize, top: bool) -> Option<(usize, usize)> {
        if level > limits::PDF_LEVELS {
            return None;
        }
        self.white();
        let begin = self.place;
        match self.peek()? {
            b'<' if self.starts(b"<<") => {
                self.place += 2;
                self.dictionary(level, top)?;
            }
            b'<' => {
                let end = self
                    .pdf
                    .get(begin..)?
                    .iter()
                    .position(|letter| *letter == b'>')?;
                self.place = begin + end + 1;
            }
            b'(' => self.text()?,
            b'[' => {
                self.place += 1;
                loop {
                    self.white();
                    if self.peek()? == b']' {
                        self.place += 1;
                        break;
                    }
                    self.value(level + 1, false)?;
                }
            }
            b'/' => {
                self.place += 1;
                self.word();
            }
            letter if is_mark(letter) => return None,
            _ => self.word(),
        }
        Some((begin, self.place))
    }

    fn word(&mut self) {
        while self
            .peek()
            .is_some_and(|letter| !is_white(letter) && !is_mark(letter))
        {
            self.place += 1;
        }
    }

    fn text(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            match self.peek()? {
                b'\\' => self.place += 1,
                b'(' => open += 1,
                b')' => open = open.saturating_sub(1),
                _ => {}
            }
            self.place += 1;
            if open == 0 {
                return Some(());
            }
        }
    }

    fn dictionary(&mut self, level: usize, top: bool) -> Option<()> {
        let mut read = Dictionary::default();
        let mut signature = false;
        loop {
            self.white();
            if self.starts(b">>") {
                self.place += 2;
                break;
            }
            if self.peek()? != b'/' {
                // The rest of a reference: `12 0 R` is three words.
                self.value(level + 1, false)?;
                continue;
            }
            let (begin, end) = self.value(level + 1, false)?;
            let key = self.pdf.get(begin..end)?;
            let (begin, end) = self.value(level + 1, false)?;
            let value = self.pdf.get(begin..end)?;
            match key {
                b"/ByteRange" => {
                    signature = true;
                    read.range = range(value);
                }
                b"/Contents" => read.contents = Some((begin, end)),
                b"/SubFilter" => read.kind = value.strip_prefix(b"/").unwrap_or(value).to_vec(),
                b"/M" => read.said = moment(value),
                b"/Length" if top => {
                    self.length = std::str::from_utf8(value)
                        .ok()
                        .and_then(|text| text.parse().ok());
                }
                _ => {}
            }
        }
        if top && signature {
            self.found = Some(read);
        }
        Some(())
    }
}

fn range(value: &[u8]) -> Option<[usize; 4]> {
    let inner = std::str::from_utf8(value.strip_prefix(b"[")?.strip_suffix(b"]")?).ok()?;
    let numbers: Option<Vec<usize>> = inner
        .split_ascii_whitespace()
        .map(|word| word.parse().ok())
        .collect();
    numbers?.try_into().ok()
}

/// A text in brackets without its escapes (ISO 32000-2 §7.3.4.2).
fn literal(value: &[u8]) -> Option<String> {
    let inner = value.strip_prefix(b"(")?.strip_suffix(b")")?;
    let mut out = Vec::with_capacity(inner.len());
    let mut letters = inner.iter().copied().peekable();
    while let Some(letter) = letters.next() {
        if letter != b'\\' {
            out.push(letter);
            continue;
        }
        let mut octal: Option<u8> = None;
        for _ in 0..3 {
            let digit = |letter: &u8| matches!(letter, b'0'..=b'7');
            let Some(digit) = letters.next_if(digit) else {
                break;
            };
            octal = Some((octal.unwrap_or(0) << 3) | (digit - b'0'));
        }
        match octal {
            Some(byte) => out.push(byte),
            None => out.extend(letters.next()),
        }
    }
    String::from_utf8(out).ok()
}

/// A day and time of a PDF (ISO 32000-2 §7.9.4): `(D:20240613080500+07'00')`.
fn moment(value: &[u8]) -> Option<Timestamp> {
    let text = literal(value)?;
    let text = text.strip_prefix("D:")?;
    let (digits, zone) = text.split_at_checked(14)?;
    if !digits.bytes().all(|letter| letter.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let zone = match zone.split_at_checked(1) {
        None | Some(("Z", _)) => "+00:00".to_owned(),
        Some((sign @ ("+" | "-"), rest)) => {
            let mut hours = rest.split('\'');
            let (hours, minutes) = (hours.next()?, hours.next().filter(|text| !text.is_empty()));
            format!("{sign}{hours}:{}", minutes.unwrap_or("00"))
        }
        Some(_) => return None,
    };
    let text = format!(
        "{}-{}-{}T{}:{}:{}{zone}",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    );
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_a_pdf() {
        for (text, expect) in [
            ("(D:20240613080500+07'00')", Some("2024-06-13T01:05:00Z")),
            ("(D:20240613080500+07'00)", Some("2024-06-13T01:05:00Z")),
            ("(D:20240613080500Z)", Some("2024-06-13T08:05:00Z")),
            ("(D:20240613080500)", Some("2024-06-13T08:05:00Z")),
            ("(D\\07220240613080500Z)", Some("2024-06-13T08:05:00Z")),
            ("(D\\:20240613080500Z)", Some("2024-06-13T08:05:00Z")),
            ("(D\\", None),
            ("(D:20241313080500Z)", None),
            ("(D:2024)", None),
            ("(13/6/2024)", None),
            ("()", None),
        ] {
            let found = moment(text.as_bytes()).map(|at| at.to_string());
            assert_eq!(found.as_deref(), expect, "{text}");
        }
    }

    #[test]
    fn what_a_dictionary_of_a_signature_is() {
        for (pdf, expect) in [
            (
                "1 0 obj << /ByteRange [0 10 20 30] /Contents <00> >> endobj",
                1,
            ),
            (
                "1 0 obj << /A [(\\) obj) << /B 2 0 R >>] /ByteRange [0 1 2 3] >> endobj",
                1,
            ),
            (
                "1 0 obj << /Length 5 >> stream\n2 0 obj << /ByteRange [0 1 2 3] >> endobj endstream endobj",
                0,
            ),
            (
                "1 0 obj << /Length 61 >> stream\nendstream 2 0 obj << /ByteRange [0 1 2 3] >> endobj endstream\nendstream endobj",
                0,
            ),
            ("1 0 obj << /V << /ByteRange [0 1 2 3] >> >> endobj", 0),
            ("1 0 obj (/ByteRange [0 1 2 3]) endobj", 0),
            ("1 0 obj << /ByteRange [0 1 2 3]", 0),
            ("% /ByteRange\nendobj", 0),
            ("", 0),
        ] {
            let found = dictionaries(pdf.as_bytes()).map(|all| all.len());
            assert_eq!(found, Some(expect), "{pdf}");
        }
        // Broken objects do not make the walk long.
        assert!(dictionaries("1 0 obj ((((".repeat(20_000).as_bytes()).is_none());
        let deep = format!("1 0 obj {}", "[".repeat(1_000_000));
        assert!(dictionaries(deep.as_bytes()).is_some_and(|all| all.is_empty()));
    }
}
