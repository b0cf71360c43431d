//! Words that can be printed: whatever came in is turned into letters of the fonts.
//!
//! In: any text. Out: [`Words`], in NFC, on one line, of letters that the fonts have. What they do not have, control characters and signs
//! that steer the direction of writing stand as their code, `[U+202E]`: a person sees that something is there, and nothing moves or hides.

use std::fmt::{self, Write as _};

use unicode_normalization::UnicodeNormalization as _;

use crate::{limits, measure};

/// Text that can be printed. `Debug` says only how long it is.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Words(String);

impl Words {
    /// Words of a paragraph: cut at [`limits::PARAGRAPH_CHARS`]. A blank before or behind stays, one of it: it stands between these words
    /// and their neighbours.
    pub fn new(text: &str) -> Self {
        let mut words = printable(text, limits::PARAGRAPH_CHARS);
        if text.starts_with(' ') {
            words.insert(0, ' ');
        }
        if text.ends_with(' ') && !words.is_empty() && words != " " {
            words.push(' ');
        }
        Self(words)
    }

    /// A value of a person: cut at [`limits::VALUE_CHARS`].
    pub fn value(text: &str) -> Self {
        Self(printable(text, limits::VALUE_CHARS))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing would be seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Words({} bytes)", self.0.len())
    }
}

/// `text` in NFC, runs of blanks as one, letters without a glyph as their code, cut at `limit` letters with a word that says so.
fn printable(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.nfc();
    let mut count = 0_usize;
    let mut blank = false;
    for letter in letters.by_ref() {
        if letter.is_whitespace() && letter != '\u{a0}' {
            blank = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut blank) {
            out.push(' ');
            count += 1;
        }
        if count >= limit {
            let rest = letters.count() + 1;
            let _ = write!(out, " […còn {rest} ký tự]");
            return out;
        }
        count += 1;
        if measure::has(letter) {
            out.push(letter);
        } else {
            let _ = write!(out, "[U+{:04X}]", u32::from(letter));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_in_becomes_printable() {
        for (text, words) in [
            ("Hồ Thị Mơ", "Hồ Thị Mơ"),
            ("Ho\u{302}\u{300} Thi\u{323} Mo\u{31b}", "Hồ Thị Mơ"),
            ("- ", "- "),
            (" ", " "),
            ("  Hồ\t\n Văn \r\n Khăm ", " Hồ Văn Khăm "),
            ("A\u{202e}B", "A[U+202E]B"),
            ("A\u{0}B\u{7f}", "A[U+0000]B[U+007F]"),
            ("\u{200b}A\u{feff}", "[U+200B]A[U+FEFF]"),
            ("ຄຳ", "[U+0E84][U+0EB3]"),
            ("שלום", "[U+05E9][U+05DC][U+05D5][U+05DD]"),
            (
                "#set page(width: 1pt) $x$ *a* @b",
                "#set page(width: 1pt) $x$ *a* @b",
            ),
            ("<w:p>&amp;", "<w:p>&amp;"),
            ("100.000 ₫ □", "100.000 ₫ □"),
            ("😀", "[U+1F600]"),
        ] {
            assert_eq!(Words::new(text).as_str(), words);
        }
    }

    #[test]
    fn a_value_has_no_blanks_around() {
        assert_eq!(Words::value(" Hồ  Thị Mơ\n").as_str(), "Hồ Thị Mơ");
        assert!(Words::value(" \t ").is_empty());
    }

    #[test]
    fn what_is_too_long_says_so() {
        let name = Words::value(&"a".repeat(10_000));
        assert_eq!(
            name.as_str(),
            format!("{} […còn 9700 ký tự]", "a".repeat(300))
        );
        assert_eq!(
            Words::value(&"ơ ".repeat(150)).as_str().chars().count(),
            299
        );
    }

    #[test]
    fn debug_is_silent() {
        assert_eq!(format!("{:?}", Words::new("Mơ")), "Words(3 bytes)");
    }
}
