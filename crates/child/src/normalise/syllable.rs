//! The Vietnamese syllable: which letter strings are one, and the key under which spellings of one syllable meet.
//!
//! In: a word, or one character. Out: valid or not ([`is_syllable`]), its tone, its plain letters, its match key.
//!
//! The closed set follows the phonotactics of the written language: onset × rime, and tones sắc and nặng only before
//! the stops c, ch, p, t.

mod letters;

use std::borrow::Cow;

use letters::{
    A_BREVE, A_CIRCUMFLEX, D_STROKE, E_CIRCUMFLEX, O_CIRCUMFLEX, O_HORN, U_HORN, is_vowel, letter,
    shown, tone_mark, with_mark,
};
pub use letters::{Tone, base_char, is_vietnamese_letter, tone_of_char, toneless_char, with_tone};

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
        let mut spelled = Self {
            codes: [0; LONGEST],
            length: 0,
            tone: 0,
            at: 0,
        };
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

/// How near a word is to a Vietnamese syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Syllable {
    /// None, whatever its tone.
    No,
    /// Would be one with another tone (`lôt`, `hàp`): names of other peoples of Vietnam often look so.
    ButForTone,
    /// One, but its tone mark stands in the wrong place (`hòang`, `qúy`).
    Loosely,
    /// One, by the old or the new style (`hòa`, `hoà`).
    Strictly,
}

/// How near a word, any case, is to a Vietnamese syllable.
pub fn syllable(word: &str) -> Syllable {
    let Some(spelled) = Spelled::new(word) else {
        return Syllable::No;
    };
    match parse(spelled.letters(), spelled.tone) {
        Some(nucleus)
            if spelled.tone == 0 || nucleus.takes_tone_at(spelled.at, spelled.letters()) =>
        {
            Syllable::Strictly
        }
        Some(_) => Syllable::Loosely,
        None if parse(spelled.letters(), Tone::Sac as u8).is_some() => Syllable::ButForTone,
        None => Syllable::No,
    }
}

/// True for a valid Vietnamese syllable, any case, the tone mark in its place by the old or the new style (`hòa`, `hoà`).
pub fn is_syllable(word: &str) -> bool {
    syllable(word) == Syllable::Strictly
}

/// True for a valid syllable wherever its tone mark stands (`hòang`, `qúy`): what a person may have typed.
pub fn is_syllable_loosely(word: &str) -> bool {
    syllable(word) >= Syllable::Loosely
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
        let Some(vowels) = letters.get(self.first..self.end) else {
            return false;
        };
        let Some(inside) = at.checked_sub(self.first) else {
            return false;
        };
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
    let end = start
        + rest
            .iter()
            .position(|&code| !is_vowel(code))
            .unwrap_or(rest.len());
    let stopped = matches!(rest.last(), Some(b'c' | b'p' | b't')) || rest.ends_with(b"ch");
    if stopped && tone != 2 && tone != 5 {
        return None;
    }
    let fits = match onset {
        b"q" => {
            let after = rest.strip_prefix(b"u")?;
            return (is_rime_after_qu(after)).then_some(Nucleus {
                first: start + 1,
                end,
            });
        }
        b"g" => {
            // gi before a vowel is an onset: giang, giữ; gì, gìn, giêng are g + i….
            if let Some(after) = rest.strip_prefix(b"i")
                && after
                    .first()
                    .is_some_and(|&code| is_vowel(code) && code != b'i' && code != b'y')
            {
                let fits = if after.first() == Some(&E_CIRCUMFLEX) {
                    is_rime(rest)
                } else {
                    is_rime(after) && !is_rounded(after)
                };
                return fits.then_some(Nucleus {
                    first: start + 1,
                    end,
                });
            }
            rest.first() == Some(&b'i') || !front
        }
        b"c" | b"ng" => !front,
        b"k" | b"gh" | b"ngh" => front && !is_rounded(rest),
        b"b" | b"m" | b"p" | b"ph" | b"v" => !is_rounded(rest),
        // ư- and lip vowels after r, n are free; nothing else is barred.
        _ => true,
    };
    (fits && is_rime(rest) && (start == 0 || !matches!(rest, [b'y', E_CIRCUMFLEX, ..])))
        .then_some(Nucleus { first: start, end })
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
    matches!(
        rime,
        [b'o', b'a' | b'e' | A_BREVE, ..] | [b'u', b'y' | E_CIRCUMFLEX | A_CIRCUMFLEX | O_HORN, ..]
    )
}

/// The rimes of the language by their vowels (in this module's letters) and the endings each vowel takes.
fn is_rime(rime: &[u8]) -> bool {
    let split = rime
        .iter()
        .position(|&code| !is_vowel(code))
        .unwrap_or(rime.len());
    let (vowels, coda) = rime.split_at_checked(split).unwrap_or((rime, b""));
    let open = coda.is_empty();
    match vowels {
        b"a" => {
            open || matches!(
                coda,
                b"c" | b"ch" | b"m" | b"n" | b"ng" | b"nh" | b"p" | b"t"
            )
        }
        b"ai" | b"ao" | b"au" | b"ay" | b"eo" | b"ia" | b"iu" | b"oi" | b"ua" | b"ui" | b"oai"
        | b"oay" | b"oao" | b"oeo" | b"uya" | b"uyu" => open,
        [A_CIRCUMFLEX, b'u' | b'y']
        | [E_CIRCUMFLEX, b'u']
        | [O_CIRCUMFLEX | O_HORN, b'i']
        | [U_HORN, b'a' | b'i' | b'u'] => open,
        [b'i' | b'y', E_CIRCUMFLEX, b'u']
        | [b'u', A_CIRCUMFLEX, b'y']
        | [b'u', O_CIRCUMFLEX, b'i']
        | [U_HORN, O_HORN, b'i' | b'u']
        | [b'u', O_HORN] => open,
        [A_BREVE | A_CIRCUMFLEX] => matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        b"e" => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        [E_CIRCUMFLEX] => open || matches!(coda, b"ch" | b"m" | b"n" | b"nh" | b"p" | b"t"),
        b"i" => open || matches!(coda, b"ch" | b"m" | b"n" | b"nh" | b"p" | b"t"),
        b"y" => open,
        b"o" => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        [O_CIRCUMFLEX] => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        [O_HORN] => open || matches!(coda, b"m" | b"n" | b"p" | b"t"),
        b"u" => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t"),
        [U_HORN] => open || matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"t"),
        [b'i' | b'y', E_CIRCUMFLEX] | [U_HORN, O_HORN] => {
            matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"p" | b"t")
        }
        [b'u', O_CIRCUMFLEX] => matches!(coda, b"c" | b"m" | b"n" | b"ng" | b"t"),
        b"oo" => matches!(coda, b"c" | b"ng"),
        b"oa" => {
            open || matches!(
                coda,
                b"c" | b"ch" | b"m" | b"n" | b"ng" | b"nh" | b"p" | b"t"
            )
        }
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
    let Some((&first, tail)) = after.split_first() else {
        return false;
    };
    match first {
        b'a' | A_BREVE | A_CIRCUMFLEX | b'e' | E_CIRCUMFLEX | b'i' => is_rime(after),
        b'y' => {
            tail.first() == Some(&E_CIRCUMFLEX) && is_rime(after)
                || matches!(tail, b"" | b"ch" | b"n" | b"nh" | b"t" | b"u")
        }
        O_CIRCUMFLEX => matches!(tail, b"c" | b"t" | b"n" | b"i"),
        O_HORN => matches!(tail, b"" | b"n" | b"t"),
        _ => false,
    }
}

/// The tone of a word: that of its first toned letter (composed, or a combining mark).
pub fn tone_of(word: &str) -> Tone {
    let found = word
        .chars()
        .map(|c| tone_mark(c).unwrap_or_else(|| letter(c).tone))
        .find(|&tone| tone != 0);
    found
        .and_then(|tone| Tone::ALL.get(usize::from(tone)).copied())
        .unwrap_or_default()
}

/// The word without any diacritics, same case: `Nguyễn` → `Nguyen`. Borrows where there is nothing to take off.
pub fn strip_diacritics(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter(|&c| !is_combining(c))
            .map(base_char)
            .collect(),
    )
}

/// Lower case without diacritics, for look-ups that forgive everything: `Đỗ Thị` → `do thi`. White space stays.
pub fn ascii_fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else if !is_combining(c) {
            let base = base_char(c);
            if base.is_ascii() {
                folded.push(base.to_ascii_lowercase());
            } else {
                folded.extend(base.to_lowercase().map(base_char));
            }
        }
    }
    folded
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | '´' | '`' | '′' | '-' | '‐' | '‑' | '–' | '—' | '\u{ad}'
    )
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
        let shown_code = if code == b'y' && y_is_i(codes, index) {
            b'i'
        } else {
            code
        };
        folded.push(shown(shown_code));
    }
}

/// y as the whole vowel, or the first half of yê.
fn y_is_i(codes: &[u8], index: usize) -> bool {
    let before = index
        .checked_sub(1)
        .and_then(|before| codes.get(before))
        .copied();
    let after_qu = before == Some(b'u')
        && index.checked_sub(2).and_then(|before| codes.get(before)) == Some(&b'q');
    let opens = after_qu || !before.is_some_and(is_vowel);
    let next = codes.get(index + 1).copied();
    opens
        && (next == Some(E_CIRCUMFLEX)
            || !next.is_some_and(is_vowel)
            || (after_qu && next == Some(b'u')))
}

#[cfg(test)]
mod tests;
