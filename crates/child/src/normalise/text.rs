//! Unicode repair of one text, in the order that loses nothing: letters that only look right, composition, invisible
//! characters, white space. Legacy codes come before this ([`super::encoding`]): TCVN3 writes ư as a soft hyphen.
//!
//! In: a decoded text. Out: the text as Unicode means it (NFC), and which repairs were made ([`Repairs`]).

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Which repairs a text needed: a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repairs(u8);

impl Repairs {
    /// Nothing was changed.
    pub const NONE: Self = Self(0);
    /// A legacy code or double encoding was undone.
    pub const ENCODING: Self = Self(1);
    /// A letter that only looks Vietnamese (Ð, Cyrillic а, full-width A) became the Vietnamese one.
    pub const LETTERS: Self = Self(2);
    /// Decomposed letters were composed.
    pub const DECOMPOSED: Self = Self(4);
    /// Invisible characters were taken out.
    pub const INVISIBLE: Self = Self(8);
    /// White space was trimmed or collapsed, or a line break inside the cell became a space.
    pub const SPACES: Self = Self(16);
    /// The case of a name was put right.
    pub const CASE: Self = Self(32);
    /// Could be read in two codes; left as it stands.
    pub const AMBIGUOUS: Self = Self(64);

    /// True where nothing was changed.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }
    /// True where all of `other` is in this set.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOr for Repairs {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
impl std::ops::BitOrAssign for Repairs {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

const fn bits(bytes: &[u8]) -> u64 {
    let mut set = 0;
    let mut index = 0;
    while index < bytes.len() {
        set |= 1 << (bytes[index] - 0x80);
        index += 1;
    }
    set
}

/// Second bytes of the Vietnamese letters that start with C3 in UTF-8.
const C3: u64 = bits(&[
    0x80, 0x81, 0x82, 0x83, 0x88, 0x89, 0x8A, 0x8C, 0x8D, 0x92, 0x93, 0x94, 0x95, 0x99, 0x9A, 0x9D,
    0xA0, 0xA1, 0xA2, 0xA3, 0xA8, 0xA9, 0xAA, 0xAC, 0xAD, 0xB2, 0xB3, 0xB4, 0xB5, 0xB9, 0xBA, 0xBD,
]);
const C4: u64 = bits(&[0x82, 0x83, 0x90, 0x91, 0xA8, 0xA9]);
const C5: u64 = bits(&[0xA8, 0xA9]);
const C6: u64 = bits(&[0xA0, 0xA1, 0xAF, 0xB0]);

/// True for text that needs no repair: printable ASCII, composed Vietnamese letters, single spaces, none at the ends, and no
/// accented capital right after a small letter (`TuÊn` is TCVN3). Other text may be sound too; this only says that it has to
/// be looked at.
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut space = true;
    let mut after_small = false;
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        if byte < 0x80 {
            after_small = byte.is_ascii_lowercase();
            if byte == b' ' {
                if space {
                    return false;
                }
                space = true;
            } else {
                if byte < 0x20
                    || byte == 0x7F
                    || (byte == b'_' && bytes.get(index + 1) == Some(&b'x'))
                {
                    return false;
                }
                space = false;
            }
            index += 1;
            continue;
        }
        space = false;
        let second = bytes.get(index + 1).copied().unwrap_or(0x80);
        let set = match byte {
            0xC3 => C3,
            0xC4 => C4,
            0xC5 => C5,
            0xC6 => C6,
            0xE1 => {
                // U+1EA0..U+1EF9: BA A0..BF, BB 80..B9
                let third = bytes.get(index + 2).copied().unwrap_or(0);
                if !((second == 0xBA && third >= 0xA0) || (second == 0xBB && third <= 0xB9))
                    || (after_small && third & 1 == 0)
                {
                    return false;
                }
                after_small = third & 1 == 1;
                index += 3;
                continue;
            }
            _ => return false,
        };
        let capital = match byte {
            0xC3 => second < 0xA0,
            0xC6 => second == 0xA0 || second == 0xAF,
            _ => second & 1 == 0,
        };
        // Ă 82, ă 83, Đ 90, đ 91, Ĩ A8, ĩ A9: even means capital
        if set >> (second & 0x3F) & 1 == 0 || (after_small && capital) {
            return false;
        }
        after_small = !capital;
        index += 2;
    }
    !space || bytes.is_empty()
}

/// Repairs a text. Line breaks become spaces; use [`clean_lines`] where they carry meaning.
pub fn clean(text: &str) -> (Cow<'_, str>, Repairs) {
    if is_plain(text) {
        (Cow::Borrowed(text), Repairs::NONE)
    } else {
        repair(text, false)
    }
}

/// Repairs a text and keeps its line breaks as `\n` (names of two parents under each other in one cell).
pub fn clean_lines(text: &str) -> (Cow<'_, str>, Repairs) {
    if is_plain(text) {
        (Cow::Borrowed(text), Repairs::NONE)
    } else {
        repair(text, true)
    }
}

fn repair(text: &str, keep_lines: bool) -> (Cow<'_, str>, Repairs) {
    let mut repairs = Repairs::NONE;
    let unescaped = unescape(text);
    // First, for a look-alike may be written as two characters (a and a caron).
    let composed = compose(unescaped, &mut repairs);
    let letters = look_alikes(&composed, &mut repairs);
    let mut out = String::with_capacity(letters.len());
    for c in letters.chars() {
        match c {
            '\n' | '\r' if keep_lines => {
                while out.ends_with(' ') {
                    out.pop();
                }
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            c if is_invisible(c) => repairs |= Repairs::INVISIBLE,
            c if c.is_whitespace() || c.is_control() => {
                if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
                    repairs |= Repairs::INVISIBLE;
                }
                if out.is_empty() || out.ends_with([' ', '\n']) {
                    repairs |= Repairs::SPACES;
                } else {
                    if c != ' ' {
                        repairs |= Repairs::SPACES;
                    }
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    let trimmed = out.trim_end_matches([' ', '\n']).len();
    if trimmed < out.len() {
        repairs |= Repairs::SPACES;
        out.truncate(trimmed);
    }
    // Last, for the repairs before may have brought a letter and its mark together.
    let out = compose(Cow::Owned(out), &mut repairs);
    if repairs.is_none() && out == text {
        (Cow::Borrowed(text), repairs)
    } else {
        (Cow::Owned(out.into_owned()), repairs)
    }
}

/// Letters and their marks as one character (NFC).
fn compose<'a>(text: Cow<'a, str>, repairs: &mut Repairs) -> Cow<'a, str> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    let composed: String = text.nfc().collect();
    if composed == *text {
        return text;
    }
    *repairs |= Repairs::DECOMPOSED;
    Cow::Owned(composed)
}

/// Excel writes control characters as `_x000D_`; other codes stay as they stand.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let code = tail
            .get(2..6)
            .filter(|_| tail.get(6..7) == Some("_"))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if let Some(c) = code.and_then(char::from_u32).filter(|c| c.is_control()) {
            out.push(c);
            rest = tail.get(7..).unwrap_or("");
        } else {
            out.push_str("_x");
            rest = tail.get(2..).unwrap_or("");
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Characters nobody sees. The soft hyphen is ư in TCVN3: decoding has to come first.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn look_alikes<'a>(text: &'a str, repairs: &mut Repairs) -> Cow<'a, str> {
    let suspicious = |c: char| {
        d_stroke(c).is_some()
            || full_width(c).is_some()
            || caron(c).is_some()
            || foreign_twin(c).is_some()
    };
    if !text.chars().any(suspicious) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for token in text.split_inclusive(char::is_whitespace) {
        // A Cyrillic or Greek word stays what it is; a twin inside a Latin word is a slip.
        let latin = token.chars().any(|c| {
            c.is_alphabetic() && foreign_twin(c).is_none() && c < '\u{250}'
                || ('\u{1e00}'..='\u{1eff}').contains(&c)
        });
        for c in token.chars() {
            let better = d_stroke(c)
                .or_else(|| full_width(c))
                .or_else(|| caron(c))
                .or_else(|| if latin { foreign_twin(c) } else { None });
            if better.is_some() {
                *repairs |= Repairs::LETTERS;
            }
            out.push(better.unwrap_or(c));
        }
    }
    Cow::Owned(out)
}

/// Eth and African D: NFC does not touch them, and `to_lowercase` keeps them apart from đ for ever.
fn d_stroke(c: char) -> Option<char> {
    match c {
        'Ð' | 'Ɖ' => Some('Đ'),
        'ð' | 'ɖ' => Some('đ'),
        _ => None,
    }
}

fn full_width(c: char) -> Option<char> {
    if ('\u{ff01}'..='\u{ff5e}').contains(&c) {
        char::from_u32(u32::from(c) - 0xFEE0)
    } else {
        None
    }
}

/// Carons stand for breves where a keyboard had none.
fn caron(c: char) -> Option<char> {
    match c {
        'ǎ' => Some('ă'),
        'Ǎ' => Some('Ă'),
        _ => None,
    }
}

/// Cyrillic and Greek twins of Latin letters (Unicode TR39), those that occur in Vietnamese names.
fn foreign_twin(c: char) -> Option<char> {
    const FROM: &str = "АВЕКМНОРСТУХІЅЈаеорсухіѕјӏԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαιν";
    const TO: &str = "ABEKMHOPCTYXISJaeopcyxisjldqwhABEZHIKMNOPTYXoaiv";
    if c < '\u{370}' {
        return None;
    }
    FROM.chars()
        .zip(TO.chars())
        .find(|(from, _)| *from == c)
        .map(|(_, to)| to)
}

/// True for what means that nothing stands there: blank, or signs only (`-`, `…`, `...`, `/`), never a question mark.
pub fn is_missing(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || is_invisible(c)
            || matches!(
                c,
                '-' | '–'
                    | '—'
                    | '_'
                    | '.'
                    | '…'
                    | '/'
                    | '\\'
                    | '\''
                    | '’'
                    | '"'
                    | ','
                    | ';'
                    | ':'
                    | '*'
                    | '·'
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expect: &str, repairs: Repairs) {
        let (text, found) = clean(input);
        assert_eq!((text.as_ref(), found), (expect, repairs), "{input:?}");
        assert_eq!(clean(&text).0, text, "idempotent: {input:?}");
    }

    #[test]
    fn texts() {
        check("Nguyễn Văn An", "Nguyễn Văn An", Repairs::NONE);
        check("", "", Repairs::NONE);
        check("  Hồ  Thị Mơ ", "Hồ Thị Mơ", Repairs::SPACES);
        check("Ðặng Ðức", "Đặng Đức", Repairs::LETTERS);
        check("ðỗ", "đỗ", Repairs::LETTERS);
        check("Nguye\u{302}\u{303}n", "Nguyễn", Repairs::DECOMPOSED);
        check("Nguyê\u{303}n", "Nguyễn", Repairs::DECOMPOSED);
        check(
            "Hồ\u{a0}Thị\u{200b} Mơ",
            "Hồ Thị Mơ",
            Repairs::INVISIBLE | Repairs::SPACES,
        );
        check("Hồ Thị_x000D_\nMơ", "Hồ Thị Mơ", Repairs::SPACES);
        check("０４５２１５", "045215", Repairs::LETTERS);
        check("Hồ Vаn", "Hồ Van", Repairs::LETTERS); // Cyrillic а
        check("Иван", "Иван", Repairs::NONE);
        check("Y Wăn Ayŭn", "Y Wăn Ayŭn", Repairs::NONE);
        check("H’ Hoa", "H’ Hoa", Repairs::NONE);
        check("Nguyǎn", "Nguyăn", Repairs::LETTERS);
        check("a_xb", "a_xb", Repairs::NONE);
        check("Va\u{30c}n", "Văn", Repairs::LETTERS | Repairs::DECOMPOSED);
        check("AΥ\u{307}", "AẎ", Repairs::LETTERS | Repairs::DECOMPOSED);
        check(
            "a\u{200b}\u{301}",
            "á",
            Repairs::INVISIBLE | Repairs::DECOMPOSED,
        );
        check("a_x005F_x000D_b", "a_x005F b", Repairs::SPACES);
    }

    #[test]
    fn lines_are_kept_where_asked() {
        assert_eq!(
            clean_lines("Hồ Văn Khăm\r\n Hồ Thị Thoan ").0,
            "Hồ Văn Khăm\nHồ Thị Thoan"
        );
    }

    #[test]
    fn missing() {
        for text in ["", "  ", "-", "…", "...", "--", "\u{a0}", "/"] {
            assert!(is_missing(text), "{text:?}");
        }
        for text in ["?", "0", "chưa có", "x"] {
            assert!(!is_missing(text), "{text:?}");
        }
    }
}
