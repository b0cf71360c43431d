//! Strings of BIFF8 records: one byte or two a letter, with runs of fonts, cut by the borders of records.
//!
//! In: the data of records. Out: [`Text`].

use super::records::short;
use crate::limits;

/// A string and the places (in UTF-16 units) from which another font holds.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// The text.
    pub(super) text: String,
    /// Unit and font index.
    pub(super) runs: Vec<(u16, u16)>,
}

/// Letters of one byte (the low half of UTF-16) or of two.
fn letters(bytes: &[u8], wide: bool) -> String {
    if wide {
        let units = bytes.chunks_exact(2).map(|pair| {
            u16::from_le_bytes([
                pair.first().copied().unwrap_or(0),
                pair.get(1).copied().unwrap_or(0),
            ])
        });
        char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    } else {
        bytes.iter().map(|&byte| char::from(byte)).collect()
    }
}

/// A string with its length in one byte.
pub(super) fn short_text(data: &[u8]) -> Option<String> {
    let &[count, flags, ref rest @ ..] = data else {
        return None;
    };
    let wide = flags & 1 != 0;
    let length = usize::from(count) << u32::from(wide);
    Some(letters(rest.get(..length.min(rest.len()))?, wide))
}

/// A string with its length in two bytes.
pub(super) fn plain(data: &[u8]) -> Option<String> {
    one(&[data]).map(|text| text.text)
}

/// One string that may run over several records.
pub(super) fn one(pieces: &[&[u8]]) -> Option<Text> {
    Pieces::new(pieces).string()
}

/// The shared strings.
pub(super) fn shared(pieces: &[&[u8]]) -> Vec<Text> {
    let mut reader = Pieces::new(pieces);
    // The count that is declared is not believed: strings are read as long as there are any.
    reader.skip(8);
    let mut strings = Vec::new();
    let mut total = 0_u64;
    while let Some(text) = reader.string() {
        total += text.text.len() as u64;
        if total > limits::ZIP_HELD_BYTES {
            break;
        }
        strings.push(text);
    }
    strings
}

/// Reads over the borders of records.
struct Pieces<'a> {
    parts: &'a [&'a [u8]],
    current: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    fn new(pieces: &'a [&'a [u8]]) -> Self {
        Self {
            parts: pieces,
            current: 0,
            at: 0,
        }
    }

    /// What is left of the piece, the next one where nothing is.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let rest = self
                .parts
                .get(self.current)?
                .get(self.at..)
                .unwrap_or_default();
            if !rest.is_empty() {
                return Some(rest);
            }
            self.current += 1;
            self.at = 0;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 {
            let Some(rest) = self.rest() else { return };
            let step = rest.len().min(count);
            self.at += step;
            count -= step;
        }
    }

    fn string(&mut self) -> Option<Text> {
        let mut left = usize::from(self.short()?);
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.short()? } else { 0 };
        let extra = if flags & 4 != 0 {
            u32::from(self.short()?) | u32::from(self.short()?) << 16
        } else {
            0
        };
        let mut wide = flags & 1 != 0;
        let mut text = String::new();
        let mut first = true;
        while left > 0 {
            let begins = self.at;
            let rest = match self
                .parts
                .get(self.current)
                .and_then(|piece| piece.get(self.at..))
            {
                Some(rest) if !rest.is_empty() => rest,
                _ => {
                    let Some(rest) = self.rest() else { break };
                    // Letters that run on into the next record are led by a byte that says their width anew.
                    if !first || begins > 0 {
                        wide = rest.first().is_some_and(|flags| flags & 1 != 0);
                        self.at += 1;
                    }
                    self.parts
                        .get(self.current)
                        .and_then(|piece| piece.get(self.at..))
                        .unwrap_or_default()
                }
            };
            first = false;
            let fits = (rest.len() >> u32::from(wide)).min(left);
            if fits == 0 {
                self.at += rest.len();
                if self.current + 1 >= self.parts.len() {
                    break;
                }
                continue;
            }
            let length = fits << u32::from(wide);
            text.push_str(&letters(rest.get(..length).unwrap_or_default(), wide));
            self.at += length;
            left -= fits;
        }
        let mut found = Vec::new();
        for _ in 0..runs {
            match (self.short(), self.short()) {
                (Some(unit), Some(font)) => found.push((unit, font)),
                _ => break,
            }
        }
        self.skip(usize::try_from(extra).unwrap_or(usize::MAX));
        Some(Text { text, runs: found })
    }
}

/// The data of an old kind of rich cell: the runs stand behind the text.
pub(super) fn rich(data: &[u8]) -> Option<Text> {
    let count = usize::from(short(data, 0)?);
    let wide = data.get(2).is_some_and(|flags| flags & 1 != 0);
    let end = 3 + (count << u32::from(wide));
    let text = letters(data.get(3..end.min(data.len()))?, wide);
    let runs = short(data, end).unwrap_or(0);
    let at = |run: u16| end + 2 + usize::from(run) * 4;
    let runs = (0..runs)
        .map_while(|run| Some((short(data, at(run))?, short(data, at(run) + 2)?)))
        .collect();
    Some(Text { text, runs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_over_borders() {
        let check = |pieces: &[&[u8]], expected: &[&str]| {
            let found = shared(pieces);
            assert_eq!(
                found
                    .iter()
                    .map(|text| text.text.as_str())
                    .collect::<Vec<_>>(),
                expected
            );
        };
        let head = [2_u8, 0, 0, 0, 2, 0, 0, 0];
        check(
            &[&[&head[..], b"\x02\0\0ab\x01\0\x01\x1e\x1e"].concat()],
            &["ab", "\u{1e1e}"],
        );
        // Cut in the letters: the width is said anew.
        check(
            &[&[&head[..], b"\x04\0\0ab"].concat(), b"\x01c\0d\0"],
            &["abcd"],
        );
        // Cut between two strings: nothing is said anew.
        check(
            &[&[&head[..], b"\x01\0\0a"].concat(), b"\x01\0\0b"],
            &["a", "b"],
        );
        // Cut right behind the head of a string.
        check(&[&[&head[..], b"\x01\0\0"].concat(), b"\0b"], &["b"]);
        check(&[&[&head[..], b"\x09\0\0abc"].concat()], &["abc"]);
        check(&[&head], &[]);
    }

    #[test]
    fn runs() {
        let text = one(&[b"\x03\0\x08\x01\0abc\x01\0\x07\0"]).unwrap();
        assert_eq!(
            (text.text.as_str(), text.runs.as_slice()),
            ("abc", [(1, 7)].as_slice())
        );
    }
}
