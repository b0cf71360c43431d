//! One left-to-right pass over a text for each code; no guess, no repair of case.
//!
//! In: a text whose bytes stand as Windows-1252 (or Latin-1) characters. Out: the text the code means, and how well the
//! code fits ([`Fit`]).

use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::UnicodeNormalization;

use super::Encoding;
use super::tables::{self, Table};
use crate::normalise::syllable::{
    Tone, is_vietnamese_letter, tone_of_char, toneless_char, with_tone,
};

/// How many letters of a text are letters of a code, and how many cannot be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fit {
    /// Characters above ASCII that the code's table holds (a pair counts once).
    pub(super) letters: u32,
    /// Characters that have no business in a text of this code.
    pub(super) strays: u32,
}

/// Decodes into `out` (appending) and says how the code fits.
pub(super) fn decode_into(text: &str, from: Encoding, out: &mut String) -> Fit {
    match from {
        Encoding::Unicode => {
            out.push_str(text);
            Fit::default()
        }
        Encoding::Tcvn3 => one_byte(text, &tables::TCVN3, out),
        Encoding::Tcvn3Caps => {
            let mut lower = String::with_capacity(text.len() * 2);
            let fit = one_byte(text, &tables::TCVN3, &mut lower);
            out.extend(lower.chars().flat_map(char::to_uppercase));
            fit
        }
        Encoding::Vps => one_byte(text, &tables::VPS, out),
        Encoding::Viscii => one_byte(text, &tables::VISCII, out),
        Encoding::Vni => vni(text, out),
        Encoding::Viqr => viqr(text, out),
        Encoding::Cp1258 => cp1258(text, out),
        Encoding::Utf8Twice => utf8_twice(text, out),
    }
}

/// A character above ASCII that a code does not hold: a stray if it is a letter or stands between letters, no matter if
/// it is punctuation of any text.
fn stray(c: char, before: Option<char>, after: Option<char>) -> u32 {
    if c.is_ascii() || is_neutral(c) {
        return 0;
    }
    // Two signs in a row inside a word (`TH¿´NG`) are no more punctuation than one.
    let part = |c: char| c.is_alphabetic() || (!c.is_ascii() && !is_neutral(c));
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let between =
        (letter(before) && after.is_some_and(part)) || (before.is_some_and(part) && letter(after));
    u32::from((c.is_alphabetic() && c != 'º' && c != 'ª') || between || u32::from(c) < 0xA0)
}

/// Punctuation that goes with text in any code: no-break space, dashes, curly quotes, dots.
pub(super) fn is_neutral(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{2010}'..='\u{2015}' | '‘' | '’' | '“' | '”' | '„' | '‚' | '…' | '•'
    )
}

fn one_byte(text: &str, table: &Table, out: &mut String) -> Fit {
    let mut fit = Fit::default();
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let decoded = tables::byte_of(c)
            .and_then(|byte| table.get(usize::from(byte)))
            .copied()
            .unwrap_or('\0');
        if decoded == '\0' {
            let c = tables::shown(c);
            fit.strays += stray(c, before, chars.peek().copied());
            out.push(c);
            before = Some(c);
        } else {
            fit.letters += 1;
            out.push(decoded);
            before = Some(decoded);
        }
    }
    fit
}

/// What a VNI mark byte adds to its letter: a shape and a tone.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark {
    shape: Shape,
    tone: Tone,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Plain,
    Circumflex,
    Breve,
}

/// The mark bytes of VNI-Windows, small; capitals are 0x20 below.
const VNI_MARKS: [(char, Shape, Tone); 17] = [
    ('ø', Shape::Plain, Tone::Huyen),
    ('ù', Shape::Plain, Tone::Sac),
    ('û', Shape::Plain, Tone::Hoi),
    ('õ', Shape::Plain, Tone::Nga),
    ('ï', Shape::Plain, Tone::Nang),
    ('â', Shape::Circumflex, Tone::Ngang),
    ('à', Shape::Circumflex, Tone::Huyen),
    ('á', Shape::Circumflex, Tone::Sac),
    ('å', Shape::Circumflex, Tone::Hoi),
    ('ã', Shape::Circumflex, Tone::Nga),
    ('ä', Shape::Circumflex, Tone::Nang),
    ('ê', Shape::Breve, Tone::Ngang),
    ('è', Shape::Breve, Tone::Huyen),
    ('é', Shape::Breve, Tone::Sac),
    ('ú', Shape::Breve, Tone::Hoi),
    ('ü', Shape::Breve, Tone::Nga),
    ('ë', Shape::Breve, Tone::Nang),
];

/// Letters VNI-Windows writes in one byte, small.
const VNI_SINGLES: [(char, char); 9] = [
    ('ì', 'ì'),
    ('í', 'í'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
];

/// The small form of a Latin-1 letter (the pair tables hold small ones only).
fn small(c: char) -> char {
    if matches!(c, 'À'..='Þ') {
        char::from_u32(u32::from(c) + 0x20).unwrap_or(c)
    } else {
        c.to_ascii_lowercase()
    }
}

fn vni_mark(c: char) -> Option<Mark> {
    if c.is_ascii() {
        return None;
    }
    let c = small(c);
    VNI_MARKS
        .iter()
        .find(|mark| mark.0 == c)
        .map(|&(_, shape, tone)| Mark { shape, tone })
}

/// The letter a VNI pair can start with.
fn vni_base(c: char) -> Option<char> {
    match c {
        'a' | 'A' | 'e' | 'E' | 'o' | 'O' | 'u' | 'U' | 'y' | 'Y' => Some(c),
        'ô' => Some('ơ'),
        'Ô' => Some('Ơ'),
        'ö' => Some('ư'),
        'Ö' => Some('Ư'),
        _ => None,
    }
}

fn shaped(base: char, shape: Shape) -> Option<char> {
    match (shape, base) {
        (Shape::Plain, _) => Some(base),
        (Shape::Circumflex, 'a') => Some('â'),
        (Shape::Circumflex, 'A') => Some('Â'),
        (Shape::Circumflex, 'e') => Some('ê'),
        (Shape::Circumflex, 'E') => Some('Ê'),
        (Shape::Circumflex, 'o') => Some('ô'),
        (Shape::Circumflex, 'O') => Some('Ô'),
        (Shape::Breve, 'a') => Some('ă'),
        (Shape::Breve, 'A') => Some('Ă'),
        _ => None,
    }
}

/// Reads the marks after a base. Doubled ones (`ââ`, `àø`, `âê`: typed or made by old converters) fold into one.
fn vni_marks(base: char, chars: &mut Peekable<Chars<'_>>) -> Option<char> {
    let first = chars.peek().copied().and_then(vni_mark)?;
    shaped(base, first.shape)?;
    chars.next();
    let mut sum = first;
    while let Some(next) = chars.peek().copied().and_then(vni_mark) {
        let tone = match (sum.tone, next.tone) {
            (tone, Tone::Ngang) | (Tone::Ngang, tone) => tone,
            (tone, other) if tone == other => tone,
            _ => break,
        };
        let shape = match (sum.shape, next.shape) {
            (shape, Shape::Plain) | (Shape::Plain, shape) => shape,
            (shape, _) => shape,
        };
        if shaped(base, shape).is_none() {
            break;
        }
        chars.next();
        sum = Mark { shape, tone };
    }
    shaped(base, sum.shape).map(|letter| with_tone(letter, sum.tone))
}

fn vni(text: &str, out: &mut String) -> Fit {
    let mut fit = Fit::default();
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let c = tables::shown(c);
        let base = vni_base(c);
        let marked = base.and_then(|base| vni_marks(base, &mut chars));
        let decoded = marked.or_else(|| {
            if c.is_ascii() {
                return None;
            }
            let c_small = small(c);
            let single = VNI_SINGLES.iter().find(|single| single.0 == c_small)?.1;
            // None of these nine has a longer capital.
            if c_small == c {
                Some(single)
            } else {
                single.to_uppercase().next()
            }
        });
        if let Some(letter) = decoded {
            fit.letters += 1;
            out.push(letter);
        } else {
            fit.strays += stray(c, before, chars.peek().copied());
            out.push(c);
        }
        before = Some(decoded.unwrap_or(c));
    }
    fit
}

/// VIQR (RFC 1456): marks in ASCII after the letter; a backslash takes the next character as it is.
fn viqr(text: &str, out: &mut String) -> Fit {
    let mut fit = Fit::default();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' {
            out.push(chars.next().unwrap_or(c));
            continue;
        }
        if (c == 'd' || c == 'D')
            && chars
                .next_if(|next| next.eq_ignore_ascii_case(&'d'))
                .is_some()
        {
            out.push(if c == 'd' { 'đ' } else { 'Đ' });
            fit.letters += 1;
            continue;
        }
        if !matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y') {
            out.push(c);
            continue;
        }
        let mut letter = c;
        if let Some(&mark) = chars.peek()
            && let Some(with_shape) = viqr_shaped(c, mark)
        {
            letter = with_shape;
            chars.next();
        }
        let tone = match chars.peek() {
            Some('`') => Tone::Huyen,
            Some('\'') => Tone::Sac,
            Some('?') => Tone::Hoi,
            Some('~') => Tone::Nga,
            Some('.') => Tone::Nang,
            _ => Tone::Ngang,
        };
        if tone != Tone::Ngang {
            chars.next();
        }
        fit.letters += u32::from(tone != Tone::Ngang || letter != c);
        out.push(with_tone(letter, tone));
    }
    fit
}

fn viqr_shaped(base: char, mark: char) -> Option<char> {
    match (base, mark) {
        (_, '^') => shaped(base, Shape::Circumflex),
        (_, '(') => shaped(base, Shape::Breve),
        ('o', '+' | '*') => Some('ơ'),
        ('O', '+' | '*') => Some('Ơ'),
        ('u', '+' | '*') => Some('ư'),
        ('U', '+' | '*') => Some('Ư'),
        _ => None,
    }
}

fn cp1258(text: &str, out: &mut String) -> Fit {
    let mut fit = Fit::default();
    let mut before = None;
    let decoded = text.chars().map(|c| {
        let decoded = tables::cp1258_of(c);
        if is_vietnamese_letter(decoded) || matches!(decoded, '\u{300}'..='\u{323}') {
            fit.letters += 1;
        } else {
            fit.strays += stray(decoded, before, Some(' '));
        }
        before = Some(decoded);
        decoded
    });
    out.extend(decoded.nfc());
    // A mark that found no letter stays on its own: no text of this code does that.
    // Nor does it compose a letter of another language (Ṿ).
    let odd = |c: &char| {
        matches!(c, '\u{300}'..='\u{323}')
            || (u32::from(*c) > 0x24F && c.is_alphabetic() && !is_vietnamese_letter(*c))
    };
    fit.strays += u32::try_from(out.chars().filter(odd).count()).unwrap_or(u32::MAX);
    fit
}

/// Passes of double encoding that are undone; more than three have not been seen.
const UTF8_PASSES: usize = 3;

fn utf8_twice(text: &str, out: &mut String) -> Fit {
    let mut current = String::with_capacity(text.len());
    let mut fit = utf8_pass(text, false, &mut current);
    if fit.letters > 0 && fit.strays > 0 {
        // A no-break space (the second byte of à) is often trimmed to a space on the way, and a control (of Đ) lost.
        let mut repaired = String::with_capacity(text.len());
        let repaired_fit = utf8_pass(text, true, &mut repaired);
        if repaired_fit.strays < fit.strays {
            (current, fit) = (repaired, repaired_fit);
        }
    }
    for _ in 1..UTF8_PASSES {
        if fit.letters == 0 || current.is_ascii() {
            break;
        }
        let mut next = String::with_capacity(current.len());
        let next_fit = utf8_pass(&current, false, &mut next);
        if next_fit.letters == 0 || next_fit.strays > 0 {
            break;
        }
        current = next;
    }
    out.extend(current.nfc());
    fit
}

/// Undoes one reading of UTF-8 as Windows-1252 (or -1258), sequence by sequence; what is no sequence stays.
fn utf8_pass(text: &str, repair: bool, out: &mut String) -> Fit {
    let byte = |c: char| tables::byte_of(c).or_else(|| tables::byte_of_cp1258(c));
    let mut fit = Fit::default();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        let lead = byte(c).unwrap_or(0);
        let length = match lead {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 0,
        };
        let mut sequence = [lead, 0, 0, 0];
        let mut ahead = rest.clone();
        let mut whole = length > 0;
        for slot in sequence.iter_mut().take(length).skip(1) {
            match ahead.next().and_then(byte) {
                Some(next @ 0x80..=0xBF) => *slot = next,
                _ => whole = false,
            }
        }
        let decoded = sequence
            .get(..length)
            .filter(|_| whole)
            .and_then(|bytes| std::str::from_utf8(bytes).ok());
        if let Some(decoded) = decoded {
            out.push_str(decoded);
            fit.letters += 1;
            rest = ahead;
        } else if repair && lead == 0xC3 && rest.as_str().starts_with(' ') {
            out.push('à');
            fit.letters += 1;
            let after = rest
                .as_str()
                .get(1..)
                .and_then(|after| after.chars().next());
            if after.is_some_and(|after| after == ' ' || after.is_lowercase() && after.is_ascii()) {
                rest.next();
            }
        } else if repair && lead == 0xC4 {
            out.push('Đ');
            fit.letters += 1;
        } else {
            fit.strays += u32::from(!is_neutral(c));
            out.push(c);
        }
    }
    fit
}

/// Writes a text in TCVN3 as Windows-1252 shows it. Capitals with a tone become small: the code has none.
/// `None` where the text has a letter the code cannot hold.
pub(super) fn encode_tcvn3(text: &str) -> Option<String> {
    encode(text, &tables::TCVN3, |c, out| {
        out.push(char::from(tables::tcvn3_byte(c)?.0));
        Some(())
    })
}

/// Writes a text in VNI-Windows as Windows-1252 shows it; `None` where the text has a letter the code cannot hold.
pub(super) fn encode_vni(text: &str) -> Option<String> {
    encode(text, &['\0'; 256], |c, out| {
        let lower = c.to_lowercase().next()?;
        let upper = lower != c;
        let case = |mark: char| {
            if upper {
                mark.to_uppercase().next().unwrap_or(mark)
            } else {
                mark
            }
        };
        if let Some(single) = VNI_SINGLES.iter().find(|single| single.1 == lower) {
            out.push(case(single.0));
            return Some(());
        }
        let tone = tone_of_char(lower);
        let (base, shape) = match toneless_char(lower) {
            'ă' => ('a', Shape::Breve),
            'â' => ('a', Shape::Circumflex),
            'ê' => ('e', Shape::Circumflex),
            'ô' => ('o', Shape::Circumflex),
            'ơ' => ('ô', Shape::Plain),
            'ư' => ('ö', Shape::Plain),
            plain => (plain, Shape::Plain),
        };
        let mark = VNI_MARKS
            .iter()
            .find(|mark| mark.1 == shape && mark.2 == tone)?
            .0;
        out.push(case(base));
        out.push(case(mark));
        Some(())
    })
}

fn encode(
    text: &str,
    table: &Table,
    letter: impl Fn(char, &mut String) -> Option<()>,
) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if c.is_ascii() {
            out.push(c);
        } else if is_vietnamese_letter(c) {
            letter(c, &mut out)?;
        } else if is_neutral(c)
            && tables::byte_of(c).is_some_and(|byte| table.get(usize::from(byte)) == Some(&'\0'))
        {
            out.push(c);
        } else {
            return None;
        }
    }
    Some(out)
}
