//! The Vietnamese syllable: which letter strings are one, and the key under which spellings of one syllable meet.
//!
//! In: a word, or one character. Out: valid or not ([`is_syllable`]), its tone, its plain letters, its match key.
//!
//! The closed set follows the phonotactics of the written language: onset × rime, and tones sắc and nặng only before
//! the stops c, ch, p, t.

use std::borrow::Cow;

/// The six tones, in the order of the dictionaries; the number is what match keys carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Tone {
    /// No mark.
    #[default]
    Ngang = 0,
    /// Grave.
    Huyen = 1,
    /// Acute.
    Sac = 2,
    /// Hook above.
    Hoi = 3,
    /// Tilde.
    Nga = 4,
    /// Dot below.
    Nang = 5,
}

impl Tone {
    const ALL: [Self; 6] = [Self::Ngang, Self::Huyen, Self::Sac, Self::Hoi, Self::Nga, Self::Nang];
}

/// Letters inside this module: lower-case ASCII for itself, and capitals for the seven of its own.
const A_BREVE: u8 = b'A';
const A_CIRCUMFLEX: u8 = b'B';
const E_CIRCUMFLEX: u8 = b'E';
const O_CIRCUMFLEX: u8 = b'O';
const O_HORN: u8 = b'P';
const U_HORN: u8 = b'U';
const D_STROKE: u8 = b'D';

/// Each vowel letter with its six tones, lower case, then upper case.
const VOWELS: [(u8, [char; 6], [char; 6]); 12] = [
    (b'a', ['a', 'à', 'á', 'ả', 'ã', 'ạ'], ['A', 'À', 'Á', 'Ả', 'Ã', 'Ạ']),
    (A_BREVE, ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'], ['Ă', 'Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ']),
    (A_CIRCUMFLEX, ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'], ['Â', 'Ầ', 'Ấ', 'Ẩ', 'Ẫ', 'Ậ']),
    (b'e', ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'], ['E', 'È', 'É', 'Ẻ', 'Ẽ', 'Ẹ']),
    (E_CIRCUMFLEX, ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'], ['Ê', 'Ề', 'Ế', 'Ể', 'Ễ', 'Ệ']),
    (b'i', ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'], ['I', 'Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị']),
    (b'o', ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'], ['O', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ']),
    (O_CIRCUMFLEX, ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'], ['Ô', 'Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ']),
    (O_HORN, ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'], ['Ơ', 'Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ']),
    (b'u', ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'], ['U', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ']),
    (U_HORN, ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'], ['Ư', 'Ừ', 'Ứ', 'Ử', 'Ữ', 'Ự']),
    (b'y', ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'], ['Y', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ']),
];

/// One Vietnamese letter taken apart: its code (0: no Vietnamese letter), its tone, capital or not.
#[derive(Clone, Copy)]
struct Letter {
    code: u8,
    tone: u8,
    upper: bool,
}

const NONE: Letter = Letter { code: 0, tone: 0, upper: false };

/// Letters below U+01B1: ASCII, Latin-1, Ă Đ Ĩ Ũ Ơ Ư.
const LOW: [Letter; 0x1B1] = low_letters();
/// Letters U+1EA0 to U+1EFF.
const HIGH: [Letter; 0x60] = high_letters();

const fn low_letters() -> [Letter; 0x1B1] {
    let mut table = [NONE; 0x1B1];
    let mut ascii = b'a';
    while ascii <= b'z' {
        table[ascii as usize] = Letter { code: ascii, tone: 0, upper: false };
        table[ascii as usize - 32] = Letter { code: ascii, tone: 0, upper: true };
        ascii += 1;
    }
    // Eth stands for đ in old files: it looks the same in capitals.
    table[0x110] = Letter { code: D_STROKE, tone: 0, upper: true };
    table[0x111] = Letter { code: D_STROKE, tone: 0, upper: false };
    table[0xD0] = Letter { code: D_STROKE, tone: 0, upper: true };
    table[0xF0] = Letter { code: D_STROKE, tone: 0, upper: false };
    let mut vowel = 0;
    while vowel < 12 {
        let (code, lower, upper) = VOWELS[vowel];
        let mut tone = 0_u8;
        while tone < 6 {
            if (lower[tone as usize] as usize) < 0x1B1 {
                table[lower[tone as usize] as usize] = Letter { code, tone, upper: false };
            }
            if (upper[tone as usize] as usize) < 0x1B1 {
                table[upper[tone as usize] as usize] = Letter { code, tone, upper: true };
            }
            tone += 1;
        }
        vowel += 1;
    }
    table
}

const fn high_letters() -> [Letter; 0x60] {
    let mut table = [NONE; 0x60];
    let mut vowel = 0;
    while vowel < 12 {
        let (code, lower, upper) = VOWELS[vowel];
        let mut tone = 0_u8;
        while tone < 6 {
            if (lower[tone as usize] as usize) >= 0x1EA0 {
                table[lower[tone as usize] as usize - 0x1EA0] = Letter { code, tone, upper: false };
            }
            if (upper[tone as usize] as usize) >= 0x1EA0 {
                table[upper[tone as usize] as usize - 0x1EA0] = Letter { code, tone, upper: true };
            }
            tone += 1;
        }
        vowel += 1;
    }
    table
}

#[inline]
fn letter(c: char) -> Letter {
    let code = c as usize;
    if code < LOW.len() {
        LOW.get(code).copied().unwrap_or(NONE)
    } else {
        code.checked_sub(0x1EA0).and_then(|index| HIGH.get(index)).copied().unwrap_or(NONE)
    }
}

fn tone_mark(c: char) -> Option<u8> {
    match c {
        '\u{300}' | '\u{340}' => Some(1),
        '\u{301}' | '\u{341}' => Some(2),
        '\u{309}' => Some(3),
        '\u{303}' => Some(4),
        '\u{323}' => Some(5),
        _ => None,
    }
}

/// A letter code with a circumflex, breve or horn added as a combining mark.
fn with_mark(code: u8, mark: char) -> Option<u8> {
    match (code, mark) {
        (b'a', '\u{306}') => Some(A_BREVE),
        (b'a', '\u{302}') => Some(A_CIRCUMFLEX),
        (b'e', '\u{302}') => Some(E_CIRCUMFLEX),
        (b'o', '\u{302}') => Some(O_CIRCUMFLEX),
        (b'o', '\u{31b}') => Some(O_HORN),
        (b'u', '\u{31b}') => Some(U_HORN),
        _ => None,
    }
}

fn shown(code: u8) -> char {
    match code {
        A_BREVE => 'ă',
        A_CIRCUMFLEX => 'â',
        E_CIRCUMFLEX => 'ê',
        O_CIRCUMFLEX => 'ô',
        O_HORN => 'ơ',
        U_HORN => 'ư',
        D_STROKE => 'đ',
        other => char::from(other),
    }
}

fn plain(code: u8) -> u8 {
    match code {
        A_BREVE | A_CIRCUMFLEX => b'a',
        E_CIRCUMFLEX => b'e',
        O_CIRCUMFLEX | O_HORN => b'o',
        U_HORN => b'u',
        D_STROKE => b'd',
        other => other,
    }
}

fn is_vowel(code: u8) -> bool {
    matches!(code, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | A_BREVE | A_CIRCUMFLEX | E_CIRCUMFLEX | O_CIRCUMFLEX | O_HORN | U_HORN)
}

/// The longest syllable (`nghiêng`, `nghuyêch`) has eight letters.
const LONGEST: usize = 8;

/// A word as letter codes, with the one tone mark it may carry.
struct Spelled {
    codes: [u8; LONGEST],
    length: usize,
    tone: u8,
    /// Where the tone mark stands.
    at: usize,
}

impl Spelled {
    /// Takes a word apart; `None` where it has another letter, is too long or carries two tone marks.
    fn new(word: &str) -> Option<Self> {
        let mut spelled = Self { codes: [0; LONGEST], length: 0, tone: 0, at: 0 };
        for c in word.chars() {
            let letter = letter(c);
            if letter.code == 0 {
                return None;
            }
            if letter.tone != 0 {
                if spelled.tone != 0 {
                    return None;
                }
                spelled.tone = letter.tone;
                spelled.at = spelled.length;
            }
            *spelled.codes.get_mut(spelled.length)? = letter.code;
            spelled.length += 1;
        }
        Some(spelled)
    }

    fn letters(&self) -> &[u8] {
        self.codes.get(..self.length).unwrap_or_default()
    }
}

/// True for a valid Vietnamese syllable, any case, the tone mark in its place by the old or the new style (`hòa`, `hoà`).
pub fn is_syllable(word: &str) -> bool {
    let Some(spelled) = Spelled::new(word) else { return false };
    let Some(nucleus) = parse(spelled.letters(), spelled.tone) else { return false };
    spelled.tone == 0 || nucleus.takes_tone_at(spelled.at, spelled.letters())
}

/// True for a valid syllable wherever its tone mark stands (`hòang`, `qúy`): what a person may have typed.
pub fn is_syllable_loosely(word: &str) -> bool {
    Spelled::new(word).is_some_and(|spelled| parse(spelled.letters(), spelled.tone).is_some())
}

/// Where the vowels of a syllable stand.
struct Nucleus {
    /// The first vowel that may carry the tone (after the u of `qu`, the i of `gi`).
    first: usize,
    /// One past the last vowel.
    end: usize,
}

impl Nucleus {
    fn takes_tone_at(&self, at: usize, letters: &[u8]) -> bool {
        let Some(vowels) = letters.get(self.first..self.end) else { return false };
        let Some(inside) = at.checked_sub(self.first) else { return false };
        // A vowel with a hat or a horn takes the tone; of ươ, the second does.
        if let Some(marked) = vowels.iter().rposition(u8::is_ascii_uppercase) {
            return inside == marked;
        }
        let closed = self.end < letters.len();
        match vowels {
            [_] => inside == 0,
            [b'o', b'a' | b'e'] | [b'u', b'y'] if !closed => inside <= 1,
            [_, _] => inside == usize::from(closed),
            _ => inside == 1,
        }
    }
}

/// Onset, rime and tone fit together: gives the place of the vowels.
fn parse(letters: &[u8], tone: u8) -> Option<Nucleus> {
    let start = letters.iter().position(|&code| is_vowel(code))?;
    let onset = letters.get(..start)?;
    let rest = letters.get(start..)?;
    if !is_onset(onset) {
        return None;
    }
    let front = matches!(rest.first(), Some(b'i' | b'e' | b'y' | &E_CIRCUMFLEX));
    let end = start + rest.iter().position(|&code| !is_vowel(code)).unwrap_or(rest.len());
    let stopped = matches!(rest.last(), Some(b'c' | b'p' | b't')) || rest.ends_with(b"ch");
    if stopped && tone != 2 && tone != 5 {
        return None;
    }
    let fits = match onset {
        b"q" => {
            let after = rest.strip_prefix(b"u")?;
            return (is_rime_after_qu(after)).then_some(Nucleus { first: start + 1, end });
        }
        b"g" => {
            // gi before a vowel is an onset: giang, giữ; gì, gìn, giêng are g + i….
            if let Some(after) = rest.strip_prefix(b"i")
                && after.first().is_some_and(|&code| is_vowel(code) && code != b'i' && code != b'y')
            {
                let fits = if after.first() == Some(&E_CIRCUMFLEX) { is_rime(rest) } else { is_rime(after) && !is_rounded(after) };
                return fits.then_some(Nucleus { first: start + 1, end });
            }
            rest.first() == Some(&b'i') || !front
        }
        b"c" | b"ng" => !front,
        b"k" | b"gh" | b"ngh" => front && !is_rounded(rest),
        b"b" | b"m" | b"p" | b"ph" | b"v" => !is_rounded(rest),
        // ư- and lip vowels after r, n are free; nothing else is barred.
        _ => true,
    };
    (fits && is_rime(rest) && (start == 0 || !matches!(rest, [b'y', E_CIRCUMFLEX, ..]))).then_some(Nucleus { first: start, end })
}

fn is_onset(onset: &[u8]) -> bool {
    matches!(
        onset,
        b"" | b"b"
            | b"c"
            | b"ch"
            | b"d"
            | [D_STROKE]
            | b"g"
            | b"gh"
            | b"h"
            | b"k"
            | b"kh"
            | b"l"
            | b"m"
            | b"n"
            | b"ng"
            | b"ngh"
            | b"nh"
            | b"p"
            | b"ph"
            | b"q"
            | b"r"
            | b"s"
            | b"t"
            | b"th"
            | b"tr"
            | b"v"
            | b"x"
    )
}

/// A rime with the glide u or o before its vowel.
fn is_rounded(rime: &[u8]) -> bool {
    matches!(rime, [b'o', b'a' | b'e' | A_BREVE, ..] | [b'u', b'y' | E_CIRCUMFLEX | A_CIRCUMFLEX | O_HORN, ..])
}

/// The rimes of the language by their vowels (in this module's letters) and the endings each vowel takes.
fn is_rime(rime: &[u8]) -> bool {
    let split = rime.iter().position(|&code| !is_vowel(code)).unwrap_or(rime.len());
    let (vowels, coda) = rime.split_at_checked(split).unwrap_or((rime, b""));
    let open = coda.is_empty();
    match vowels {
        b"a" => open || matches!(coda, b"c" | b"ch" | b"m" | b"n" | b"ng" | b"nh" | b"p" | b"t"),
        b"ai" | b"ao" | b"au" | b"ay" | b"eo" | b"ia" | b"iu" | b"oi" | b"ua" | b"ui" | b"oai" | b"oay" | b"oao" | b"oeo" | b"uya" | b"uyu" => open,
        [A_CIRCUMFLEX, b'u' | b'y'] | [E_CIRCUMFLEX, b'u'] | [O_CIRCUMFLEX | O_HORN, b'i'] | [U_HORN, b'a' | b'i' | b'u'] => open,
        [b'i' | b'y', E_CIRCUMFLEX, b'u'] | [b'u', A_CIRCUMFLEX, b'y'] | [b'u', O_CIRCUMFLEX, b'i'] | [U_HORN, O_HORN, b'i' | b'u'] | [b'u', O_HORN] => open,
        [A_BREVE] | [A_CIRCUMFLEX] => matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        b"e" => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        [E_CIRCUMFLEX] => open || matches!(coda, b"ch" | b"m" | b"n" | b"nh" | b"p" | b"t"),
        b"i" => open || matches!(coda, b"ch" | b"m" | b"n" | b"nh" | b"p" | b"t"),
        b"y" => open,
        b"o" => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        [O_CIRCUMFLEX] => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        [O_HORN] => open || matches!(coda, b"m" | b"n" | b"p" | b"t"),
        b"u" => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        [U_HORN] => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"t"),
        [b'i' | b'y', E_CIRCUMFLEX] | [U_HORN, O_HORN] => matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        [b'u', O_CIRCUMFLEX] => matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"t"),
        b"oo" => matches!(coda, b"c" | b"ng"),
        b"oa" => open || matches!(coda, b"c" | b"ch" | b"m" | b"n" | b"ng" | b"nh" | b"p" | b"t"),
        [b'o', A_BREVE] => matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"t"),
        b"oe" => open || matches!(coda, b"n" | b"t"),
        [b'u', A_CIRCUMFLEX] => matches!(coda, b"n" | b"ng" | b"t"),
        [b'u', E_CIRCUMFLEX] => open || matches!(coda, b"ch" | b"nh"),
        b"uy" => open || matches!(coda, b"ch" | b"n" | b"nh" | b"p" | b"t"),
        [b'u', b'y', E_CIRCUMFLEX] => matches!(coda, b"n" | b"t"),
        _ => false,
    }
}

/// What may follow `qu`, whose u is the glide.
fn is_rime_after_qu(after: &[u8]) -> bool {
    let Some((&first, tail)) = after.split_first() else { return false };
    match first {
        b'a' | A_BREVE | A_CIRCUMFLEX | b'e' | E_CIRCUMFLEX | b'i' => is_rime(after),
        b'y' => tail.first() == Some(&E_CIRCUMFLEX) && is_rime(after) || matches!(tail, b"" | b"ch" | b"n" | b"nh" | b"t" | b"u"),
        O_CIRCUMFLEX => matches!(tail, b"c" | b"t" | b"n" | b"i"),
        O_HORN => matches!(tail, b"" | b"n" | b"t"),
        _ => false,
    }
}

/// The letter without its marks, same case: `ễ` → `e`, `Đ` → `D`; any other Latin letter by its Unicode decomposition
/// (`ŏ` → `o`); another character as it stands.
pub fn base_char(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let found = letter(c);
    if found.code != 0 {
        let base = plain(found.code);
        return char::from(if found.upper { base.to_ascii_uppercase() } else { base });
    }
    let mut first = None;
    unicode_normalization::char::decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    first.filter(char::is_ascii_alphabetic).unwrap_or(c)
}

/// True for one of the 134 letters of Vietnamese outside ASCII, composed.
pub fn is_vietnamese_letter(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '\u{D0}' | '\u{F0}') && letter(c).code != 0
}

/// The same letter without its tone mark, same case: `ễ` → `ê`; another character as it stands.
pub fn toneless_char(c: char) -> char {
    with_tone(c, Tone::Ngang)
}

/// The same vowel with another tone, same case; a character that takes none as it stands.
pub fn with_tone(c: char, tone: Tone) -> char {
    let found = letter(c);
    if !is_vowel(found.code) {
        return c;
    }
    let vowel = VOWELS.iter().find(|vowel| vowel.0 == found.code);
    vowel.and_then(|(_, lower, upper)| if found.upper { upper } else { lower }.get(tone as usize).copied()).unwrap_or(c)
}

/// The tone of a word: that of its first toned letter (composed, or a combining mark).
pub fn tone_of(word: &str) -> Tone {
    let found = word.chars().map(|c| tone_mark(c).unwrap_or_else(|| letter(c).tone)).find(|&tone| tone != 0);
    found.and_then(|tone| Tone::ALL.get(usize::from(tone)).copied()).unwrap_or_default()
}

/// The word without any diacritics, same case: `Nguyễn` → `Nguyen`. Borrows where there is nothing to take off.
pub fn strip_diacritics(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|&c| !is_combining(c)).map(base_char).collect())
}

/// Lower case without diacritics, for look-ups that forgive everything: `Đỗ Thị` → `do thi`. White space stays.
pub fn ascii_fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else if !is_combining(c) {
            folded.extend(base_char(c).to_lowercase().map(base_char));
        }
    }
    folded
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | '´' | '`' | '′' | '-' | '‐' | '‑' | '–' | '—' | '\u{ad}')
}

/// The match key of one syllable: lower case; the tone as a digit at the end, wherever its mark stood (`hòa` = `hoà` =
/// `hoa1`); i for y where y is the whole vowel (`Lý` = `Lí`, `quý` = `quí`, not `ay`, `uy`) and `iê` for `yê`; eth as đ;
/// apostrophes and hyphens dropped. Never fails: other characters stay, in lower case.
pub fn fold_syllable(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 1);
    let mut codes: [u8; 24] = [0; 24];
    let mut length = 0_usize;
    let mut tone = 0;
    for c in word.chars() {
        if is_joiner(c) {
            continue;
        }
        if let Some(mark) = tone_mark(c) {
            tone = if tone == 0 { mark } else { tone };
            continue;
        }
        if let Some(marked) = length.checked_sub(1).and_then(|last| codes.get_mut(last))
            && let Some(code) = with_mark(*marked, c)
        {
            *marked = code;
            continue;
        }
        let found = letter(c);
        let code = match c {
            'Ɖ' | 'ɖ' => D_STROKE,
            _ => found.code,
        };
        tone = if tone == 0 { found.tone } else { tone };
        if code != 0
            && let Some(slot) = codes.get_mut(length)
        {
            *slot = code;
            length += 1;
            continue;
        }
        // A letter of no Vietnamese word, or a very long one: what is held goes out first, to keep the order.
        push_folded(&mut folded, codes.get(..length).unwrap_or_default());
        length = 0;
        if code == 0 {
            folded.extend(c.to_lowercase());
        } else {
            folded.push(shown(code));
        }
    }
    push_folded(&mut folded, codes.get(..length).unwrap_or_default());
    if tone != 0 {
        folded.push(char::from(b'0' + tone));
    }
    folded
}

fn push_folded(folded: &mut String, codes: &[u8]) {
    for (index, &code) in codes.iter().enumerate() {
        let shown_code = if code == b'y' && y_is_i(codes, index) { b'i' } else { code };
        folded.push(shown(shown_code));
    }
}

/// y as the whole vowel, or the first half of yê.
fn y_is_i(codes: &[u8], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| codes.get(before)).copied();
    let after_qu = before == Some(b'u') && index.checked_sub(2).and_then(|before| codes.get(before)) == Some(&b'q');
    let opens = after_qu || !before.is_some_and(is_vowel);
    let next = codes.get(index + 1).copied();
    opens && (next == Some(E_CIRCUMFLEX) || !next.is_some_and(is_vowel) || (after_qu && next == Some(b'u')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, strictly: bool, loosely: bool) {
        assert_eq!((is_syllable(word), is_syllable_loosely(word)), (strictly, loosely), "{word}");
    }

    #[test]
    fn syllables() {
        for word in "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Ý A Y ăn ở Hòa Hoà thúy thuý khoẻ khỏe \
            quý quí quỳnh quốc quyên quyết già gì gìn giếng giết giữ giỗ giàu nghiêng nghỉ ghế kỳ kiên cường chuyển hươu rượu \
            khuỷu khuya ngoằn oanh uyên yến yêu ỷ xoong oái thuở huơ quờ NGUYỄN ĐỨC tiếng việt đoàn toàn lưới ngoéo ngoáy huân luật \
            tuần tuyết uýnh uế thuế khuếch quạnh quằn quân quặt quẹt quen bướm mười tươi người chưởng bửu hưu cừu êm ếch ông út"
            .split_whitespace()
        {
            check(word, true, true);
        }
    }

    #[test]
    fn misplaced_tones_are_syllables_only_loosely() {
        for word in "hòang qúy thùân trừơng nghiã taí taõ Óanh qủê hươũ gìa".split_whitespace() {
            check(word, false, true);
        }
    }

    #[test]
    fn no_syllables() {
        for word in "Niê Kdăm Kpă Blốc Ayŭn Ksor Nguyeãn Traàn NguyÔn Hôp Lôc viêt cê̂ ngiêng nge ki1 kâ câ ă â hăo đ ê- \
            quu qua1 ghà cì kà thôy bhoa vỏoi nguyệnt ngngh aaaaaaaaaaaaaaaa"
            .split_whitespace()
        {
            check(word, false, false);
        }
    }

    fn one_key(words: &str) {
        let keys: Vec<_> = words.split_whitespace().map(fold_syllable).collect();
        assert!(keys.iter().all(|key| *key == keys[0]), "{words}: {keys:?}");
    }

    #[test]
    fn keys_meet() {
        for words in [
            "hòa hoà HOÀ Hoa\u{300}",
            "hoàng hòang",
            "lý lí Lí",
            "quý quí qúy",
            "yến iến",
            "quyên quiên",
            "đức ðức ÐỨC",
            "H'Hen H’Hen HHen h-hen",
            "Nguyễn Nguye\u{302}\u{303}n NGUYỄN",
            "quỵu quịu",
            "gì gỳ",
        ] {
            one_key(words);
        }
    }

    #[test]
    fn keys_part() {
        for (left, right) in [("hùng", "hưng"), ("tay", "tai"), ("tây", "tâi"), ("thúy", "thúi"), ("ha", "hà"), ("duy", "dui"), ("đa", "da")] {
            assert_ne!(fold_syllable(left), fold_syllable(right), "{left} {right}");
        }
    }

    #[test]
    fn keys_keep_what_they_do_not_know() {
        assert_eq!(fold_syllable("Ayŭn"), "aiŭn");
        assert_eq!(fold_syllable("nguyễn"), "nguyên4");
        assert_eq!(fold_syllable(&"Y".repeat(60)).len(), 60);
        assert_eq!(fold_syllable("日本1"), "日本1");
    }

    #[test]
    fn plain_letters() {
        assert_eq!(ascii_fold("Đỗ Thị Ỵ ðÐ Ayŭn"), "do thi y dd ayun");
        assert_eq!(ascii_fold("E\u{302}\u{301}"), "e");
        assert_eq!(strip_diacritics("Nguyễn Đức"), "Nguyen Duc");
        assert_eq!((base_char('Ợ'), base_char('đ'), base_char('č'), base_char('½')), ('O', 'd', 'c', '½'));
        assert_eq!((tone_of("Nguyễn"), tone_of("an"), tone_of("a\u{323}")), (Tone::Nga, Tone::Ngang, Tone::Nang));
        assert_eq!((toneless_char('Ễ'), with_tone('ê', Tone::Sac), toneless_char('đ')), ('Ê', 'ế', 'đ'));
    }
}
