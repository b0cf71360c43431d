//! What one text says of its code: a scan that lets clean text pass at once, and a score of each reading.
//!
//! In: a text. Out: [`Scan`], [`Score`], and the code a text is surely written in by itself ([`alone`]).
//!
//! Characters that no Vietnamese Unicode text has, a Latin-1 capital after a small letter (`TuÊn`) and vowel pairs that
//! Vietnamese does not know (`Traàn`) are the signs of a legacy code; valid syllables after decoding are the proof.

use super::Encoding;
use super::codec::{self, Fit};
use crate::normalise::syllable::{Syllable, is_vietnamese_letter, syllable};

/// What a scan of the bytes says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scan {
    /// Nothing above ASCII.
    Ascii,
    /// Has Vietnamese letters that no legacy code can show (above U+00FF): sure Unicode.
    Unicode,
    /// Vietnamese letters of Latin-1 only, in places where Vietnamese has them: either reading may be right.
    Plain,
    /// Something else: has to be looked at.
    Odd,
}

const fn set(bytes: &[u8]) -> u64 {
    let mut set = 0;
    let mut index = 0;
    while index < bytes.len() {
        set |= 1 << (bytes[index] - 0x80);
        index += 1;
    }
    set
}

/// Second bytes, in UTF-8, of the Vietnamese letters that start with C3.
const LATIN: u64 = set(&[
    0x80, 0x81, 0x82, 0x83, 0x88, 0x89, 0x8A, 0x8C, 0x8D, 0x92, 0x93, 0x94, 0x95, 0x99, 0x9A, 0x9D,
    0xA0, 0xA1, 0xA2, 0xA3, 0xA8, 0xA9, 0xAA, 0xAC, 0xAD, 0xB2, 0xB3, 0xB4, 0xB5, 0xB9, 0xBA, 0xBD,
]);
const C4: u64 = set(&[0x82, 0x83, 0x90, 0x91, 0xA8, 0xA9]);
const C5: u64 = set(&[0xA8, 0xA9]);
const C6: u64 = set(&[0xA0, 0xA1, 0xAF, 0xB0]);

/// Second bytes (small) that make a VNI pair after a vowel and no Vietnamese spelling: per vowel.
const AFTER_A: u64 = set(&[0xB9, 0xB5, 0xA2, 0xA0, 0xA1, 0xA3, 0xAA, 0xA8, 0xA9, 0xBA]);
const AFTER_E: u64 = set(&[0xB9, 0xB5, 0xA2, 0xA0, 0xA1, 0xA3]);
const AFTER_O: u64 = set(&[0xB9, 0xB5, 0xA2]);
const AFTER_U_Y: u64 = set(&[0xB9, 0xB5]);

/// True for a vowel pair of VNI that Vietnamese Unicode text does not have: an ASCII vowel, then the second byte of a
/// Latin-1 letter.
fn is_vni_pair(vowel: u8, second: u8) -> bool {
    let small = second | 0x20;
    let pairs = match vowel | 0x20 {
        b'a' => AFTER_A,
        b'e' => AFTER_E,
        b'o' => AFTER_O,
        b'u' | b'y' => AFTER_U_Y,
        _ => return false,
    };
    vowel.is_ascii_alphabetic() && pairs >> (small & 0x3F) & 1 == 1
}

/// Looks at the bytes once.
pub(super) fn scan(text: &str) -> Scan {
    if text.is_ascii() {
        // Control characters are letters in VPS and VISCII; the caller's verdict decides on them.
        return Scan::Ascii;
    }
    let mut bytes = text.bytes();
    let mut before = 0_u8;
    let mut unicode = false;
    while let Some(byte) = bytes.next() {
        if byte < 0x80 {
            before = byte;
            continue;
        }
        let second = bytes.next().unwrap_or(0x80);
        let of = |set: u64| set >> (second & 0x3F) & 1 == 1;
        let known = match byte {
            0xC3 => {
                // A capital after a small letter (`TuÊn`), a pair (`Traàn`).
                if !of(LATIN)
                    || (second < 0xA0 && before.is_ascii_lowercase())
                    || is_vni_pair(before, second)
                {
                    return Scan::Odd;
                }
                // Stands for a letter; small letters above ASCII count as small ones.
                before = if second < 0xA0 { b'N' } else { b'n' };
                continue;
            }
            0xC4 => of(C4),
            0xC5 => of(C5),
            0xC6 => of(C6),
            0xE1 => {
                let third = bytes.next().unwrap_or(0x80);
                if matches!((second, third), (0xBA, 0xA0..=0xBF) | (0xBB, 0x80..=0xB9)) {
                    // No reading of bytes as a code page ever gives these: whatever else stands here, it is Unicode.
                    return Scan::Unicode;
                }
                false
            }
            _ => false,
        };
        if !known {
            return Scan::Odd;
        }
        unicode = true;
        before = b'N';
    }
    if unicode { Scan::Unicode } else { Scan::Plain }
}

/// True where a character stands that only Unicode text has: a Vietnamese letter above U+00FF, a combining mark, any
/// character that is none of Windows-1252.
pub(super) fn is_unicode(text: &str) -> bool {
    text.chars().any(|c| super::tables::byte_of(c).is_none())
}

/// How a reading of a text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Score {
    /// Words with a letter above ASCII that are Vietnamese syllables.
    pub(super) good: u32,
    /// Of these, words whose tone mark stands in the wrong place.
    pub(super) loose: u32,
    /// Words with a letter above ASCII that another tone would make syllables (`Lôt`): often a name of another people.
    pub(super) near: u32,
    /// Words with a letter above ASCII that no tone makes Vietnamese.
    pub(super) bad: u32,
    /// Characters that have no business in a text of this code.
    pub(super) strays: u32,
    /// Letters above ASCII.
    pub(super) letters: u32,
}

impl Score {
    /// Reads as whole, valid Vietnamese.
    pub(super) fn fits(self) -> bool {
        self.good > 0 && self.sound()
    }
    /// Nothing against it, though perhaps no valid syllable for it.
    pub(super) fn sound(self) -> bool {
        self.near == 0 && self.possible()
    }
    /// Nothing impossible in it.
    pub(super) fn possible(self) -> bool {
        self.bad == 0 && self.strays == 0
    }
    /// Words that are no syllables.
    pub(super) fn wrong(self) -> u32 {
        self.bad + self.near
    }
    /// Reads better than another: more words right than wrong, then fewer misplaced tones.
    pub(super) fn is_better_than(self, other: Self) -> bool {
        let (here, there) = (self.good + other.wrong(), other.good + self.wrong());
        here > there || (here == there && self.loose < other.loose)
    }
}

/// Counts the words of a text. One letter alone says nothing: it may be a sign (`µ`, `¤`).
fn words(text: &str) -> Score {
    let mut score = Score::default();
    for word in text.split(|c: char| !c.is_alphabetic() && !matches!(c, '\u{300}'..='\u{323}')) {
        if word.is_ascii() || word.chars().nth(1).is_none() {
            continue;
        }
        match syllable(word) {
            Syllable::Strictly => score.good += 1,
            Syllable::Loosely => {
                score.good += 1;
                score.loose += 1;
            }
            Syllable::ButForTone => score.near += 1,
            Syllable::No => score.bad += 1,
        }
    }
    score
}

/// Scores the text as it stands.
pub(super) fn score_raw(text: &str) -> Score {
    let mut score = words(text);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() && !codec::is_neutral(c) {
            if is_vietnamese_letter(c) {
                score.letters += 1;
                // A capital after a small letter.
                score.strays += u32::from(c.is_uppercase() && before.is_lowercase());
            } else {
                let touches =
                    before.is_alphabetic() || chars.peek().is_some_and(|next| next.is_alphabetic());
                score.strays += u32::from(touches || c.is_alphabetic() || u32::from(c) < 0xA0);
            }
        }
        before = c;
    }
    score
}

/// Scores the text as read in a code; `buffer` ends up with the decoded text.
pub(super) fn score(text: &str, from: Encoding, buffer: &mut String) -> Score {
    buffer.clear();
    let Fit { letters, strays } = codec::decode_into(text, from, buffer);
    let words = if letters == 0 {
        Score::default()
    } else {
        words(buffer)
    };
    Score {
        strays,
        letters,
        ..words
    }
}

/// True where a character above ASCII is there as a sign and not as a letter: `10 µg`.
pub(super) fn is_sign(text: &str) -> bool {
    let mut digit = false;
    for c in text.chars() {
        if c == 'µ' && digit {
            return true;
        }
        if c != ' ' {
            digit = c.is_ascii_digit();
        }
    }
    false
}

/// The codes a single text can prove by itself.
pub(super) const PROVABLE: [Encoding; 3] = [Encoding::Utf8Twice, Encoding::Tcvn3, Encoding::Vni];

/// Cheap sign of doubly encoded UTF-8: a lead byte followed by a continuation byte.
fn may_be_utf8_twice(text: &str) -> bool {
    let mut lead = false;
    for c in text.chars() {
        if c.is_ascii() {
            lead = false;
            continue;
        }
        let byte = super::tables::byte_of(c)
            .or_else(|| super::tables::byte_of_cp1258(c))
            .unwrap_or(0);
        if lead && matches!(byte, 0x80..=0xBF) {
            return true;
        }
        lead = matches!(byte, 0xC2..=0xF4);
    }
    false
}

/// The code a text is surely written in, by itself: it cannot be Vietnamese as it stands, and one code, clearly better
/// than the others, makes it so. Leaves the decoded text in `buffer`.
pub(super) fn alone(text: &str, buffer: &mut String) -> Option<Encoding> {
    if is_utf8_twice(text, buffer) {
        return Some(Encoding::Utf8Twice);
    }
    if is_unicode(text) || is_sign(text) {
        return None;
    }
    let raw = score_raw(text);
    let proof = raw.strays > 0 || raw.bad > 1;
    let pairs = raw.bad > 0 && has_vni_pair(text);
    let mut best: Option<(Encoding, Score)> = None;
    let mut tie = false;
    for code in [Encoding::Tcvn3, Encoding::Vni] {
        if !(proof || (pairs && code == Encoding::Vni)) {
            continue;
        }
        let score = score(text, code, buffer);
        // More words come right than stay wrong; where several characters are impossible as it stands, as many will do.
        let convincing = score.good > score.wrong()
            || (score.good == score.wrong() && score.good > 0 && raw.strays > 1);
        let broken = raw.wrong() + raw.strays;
        let better = score.good + broken > raw.good + score.wrong() && score.wrong() <= broken;
        if !(convincing && better && score.strays == 0) {
            continue;
        }
        match best {
            Some((_, other)) if other.is_better_than(score) => {}
            Some((_, other)) if !score.is_better_than(other) => tie = true,
            _ => best = Some((code, score)),
        }
    }
    let (code, _) = best.filter(|_| !tie)?;
    score(text, code, buffer);
    Some(code)
}

/// True for UTF-8 that was read as a Windows code page: every character above ASCII belongs to a sequence. Leaves the
/// decoded text in `buffer`.
pub(super) fn is_utf8_twice(text: &str, buffer: &mut String) -> bool {
    if !may_be_utf8_twice(text) {
        return false;
    }
    let score = score(text, Encoding::Utf8Twice, buffer);
    score.strays == 0
        && score.letters > 0
        && buffer.chars().any(is_vietnamese_letter)
        && !buffer.chars().any(is_foreign)
}

/// Letters that no name of this country has: chance made them of two bytes of another code.
fn is_foreign(c: char) -> bool {
    c > '\u{180}'
        && !('\u{2b0}'..='\u{2ff}').contains(&c)
        && c.is_alphabetic()
        && !is_vietnamese_letter(c)
}

/// True where the text cannot be Vietnamese as it stands because of a sign of this very code.
pub(super) fn shows(text: &str, raw: Score, code: Encoding) -> bool {
    raw.strays > 0 || (code == Encoding::Vni && raw.bad > 0 && has_vni_pair(text))
}

/// True where a word that is no syllable has a letter pair of VNI in it.
fn has_vni_pair(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| {
        let pair = |window: &[u8]| matches!(*window, [vowel, 0xC3, second] if is_vni_pair(vowel, second) || (vowel | 0x20) == b'o');
        word.as_bytes().windows(3).any(pair) && syllable(word) == Syllable::No
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scans() {
        for (text, scan_is) in [
            ("Nguyen Van A", Scan::Ascii),
            ("Nguyễn Văn Đức", Scan::Unicode),
            ("Hoàng Hà", Scan::Plain),
            ("HOÀNG HÀ", Scan::Plain),
            ("TuÊn", Scan::Odd),
            ("Traàn", Scan::Odd),
            ("NguyÔn", Scan::Odd),
            ("TrÇn", Scan::Odd),
            ("Ayŭn", Scan::Odd),
            ("Hà – Nội", Scan::Odd),
            ("Nguyễn\u{301}", Scan::Unicode),
            ("Đan – Hà", Scan::Odd),
            ("Đan Hà", Scan::Unicode),
        ] {
            assert_eq!(scan(text), scan_is, "{text}");
        }
    }

    fn proves(text: &str, code: Option<Encoding>) {
        assert_eq!(alone(text, &mut String::new()), code, "{text}");
    }

    #[test]
    fn proofs() {
        proves("NguyÔn ThÞ Hång", Some(Encoding::Tcvn3));
        proves("TuÊn", Some(Encoding::Tcvn3));
        proves("Nguyeãn Thò Hoàng", Some(Encoding::Vni));
        proves("Traàn", Some(Encoding::Vni));
        proves("Nguyá»…n Thá»‹ Há»“ng", Some(Encoding::Utf8Twice));
        proves("Äá»©c", Some(Encoding::Utf8Twice));
        proves("Äức", None);
    }

    /// A misplaced tone mark decides between two readings that both are words.
    #[test]
    fn ties() {
        proves("Taï Thò An", Some(Encoding::Vni));
        proves("LOØ THANH NHÖ MAI", Some(Encoding::Vni));
    }

    #[test]
    fn no_proofs() {
        for text in "Hoàng|Hoà|Võ|Dòng|Lý|Niê|H'Hen Niê|Y Blốc|Ayŭn|Y Ngông Êban|José|Zoë|Müller|François|10 µg|25 µm|5 µl|Panadol®|©|µ|¸|«|§|25°C|Mlô|\
            Lôt|Chloé Ô|Êban|Rô Êban|Riáh Avô|Bríu Pố|taõ|xoõng|Óanh|Hòang Thúy Qúy|R'Ô|2 m²|½ ngày|£|£ 20|¤"
            .split('|')
        {
            proves(text, None);
        }
    }
}
