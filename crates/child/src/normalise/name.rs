//! Names of people: proper case, what is no name, and a key to compare with.
//!
//! In: a cleaned text. Out: [`Named`]. The name is kept as on the birth certificate — tone marks, i and y, apostrophes and
//! hyphens stay; only the case of words that are all capitals or all small is put right (NĐ 30/2020/NĐ-CP Phụ lục II: every
//! syllable of a Vietnamese name starts with a capital).

mod bytes;
mod placeholder;

use super::syllable;
use super::text::{self, Repairs};
use crate::limits;
use bytes::word_at;
use std::borrow::Cow;

/// What a cell that should hold a name holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameState {
    /// Nothing.
    Missing,
    /// Words that say that nobody knows: "không rõ", "không xác định".
    Unknown,
    /// No name: "Bé", "Chưa đặt tên", "Con bà …".
    Placeholder,
    /// Digits or signs in it.
    Invalid,
    /// One syllable.
    Short,
    /// A name.
    Good,
}

/// A name as read.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// In proper case.
    pub text: Cow<'a, str>,
    /// What it is.
    pub state: NameState,
    /// What was put right.
    pub repairs: Repairs,
    /// Equal for names that differ only in case, tone-mark style, i/y, apostrophe or hyphen; 0 where there is no name.
    pub key: u64,
}

/// What is known of a syllable as written.
#[derive(Clone, Copy, Default)]
struct Known {
    /// Capital first, small rest, letters only: nothing to do.
    proper: bool,
    /// May start a placeholder.
    suspicious: bool,
    /// Hash of the folded syllable.
    hash: u64,
    /// Letters only, all of them capitals, two or more, and no word that may be part of a placeholder: what it is in proper case, by
    /// its place in [`NameReader::forms`] from 1 on; 0 for any other word.
    form: u32,
}

/// A worker's memory of syllables: a few thousand make up all names, so nearly every name is decided by look-ups.
pub struct NameReader {
    keys: Vec<u128>,
    known: Vec<Known>,
    used: usize,
    /// Proper forms of words in capitals.
    forms: Vec<Box<str>>,
}

impl Default for NameReader {
    fn default() -> Self {
        Self {
            keys: vec![0; limits::SYLLABLE_CACHE],
            known: vec![Known::default(); limits::SYLLABLE_CACHE],
            used: 0,
            forms: Vec::new(),
        }
    }
}

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(hash: u64, next: u64) -> u64 {
    (hash.rotate_left(23) ^ next).wrapping_mul(SEED)
}

fn hash_text(text: &str) -> u64 {
    let mut hash = SEED;
    for byte in text.bytes() {
        hash = mix(hash, u64::from(byte) + 1);
    }
    hash ^ (hash >> 29)
}

impl NameReader {
    /// Reads a name.
    pub fn name<'a>(&mut self, text: &'a str) -> Named<'a> {
        match self.proper(text) {
            Some(named) => named,
            None => match self.capitals(text) {
                Some(named) => named,
                None => self.slowly(text),
            },
        }
    }

    /// A name of two or more words, each in proper case or all in capitals: `NGUYỄN VĂN AN`. `None` for any other text.
    fn capitals<'a>(&mut self, text: &'a str) -> Option<Named<'a>> {
        let (mut key, mut count) = (0, 0);
        let mut out = String::new();
        for word in text.split(' ') {
            let known = self.known(word);
            let form = match usize::try_from(known.form).ok()?.checked_sub(1) {
                Some(at) => self.forms.get(at)?.as_ref(),
                None if known.proper && count > 0 => word,
                None => return None,
            };
            if count == 0 {
                out.reserve_exact(text.len());
            } else {
                out.push(' ');
            }
            out.push_str(form);
            key = mix(key, known.hash);
            count += 1;
        }
        (2..=limits::NAME_SYLLABLES)
            .contains(&count)
            .then_some(Named {
                text: Cow::Owned(out),
                state: NameState::Good,
                repairs: Repairs::CASE,
                key,
            })
    }

    /// A name with nothing to be done: two or more syllables in proper case, Vietnamese letters, single spaces. `None` for any
    /// other text; such a text has to be repaired and read with [`NameReader::name`].
    pub fn proper<'a>(&mut self, text: &'a str) -> Option<Named<'a>> {
        let bytes = text.as_bytes();
        let mut key = 0;
        let mut count = 0;
        let mut from = 0;
        loop {
            let (low, high, length) = word_at(bytes, from)?;
            let known = self.look_up(low, high, || text.get(from..from + length))?;
            if !known.proper || (count == 0 && known.suspicious) {
                return None;
            }
            key = mix(key, known.hash);
            count += 1;
            from += length + 1;
            if from > bytes.len() {
                break;
            }
        }
        (2..=limits::NAME_SYLLABLES)
            .contains(&count)
            .then_some(Named {
                text: Cow::Borrowed(text),
                state: NameState::Good,
                repairs: Repairs::NONE,
                key,
            })
    }

    fn slowly<'a>(&mut self, raw: &'a str) -> Named<'a> {
        let nothing = |state, text| Named {
            text,
            state,
            repairs: Repairs::NONE,
            key: 0,
        };
        if text::is_missing(raw) {
            return nothing(NameState::Missing, Cow::Borrowed(""));
        }
        if raw.chars().count() > limits::CELL_CHARS {
            return nothing(NameState::Invalid, Cow::Borrowed(raw));
        }
        let (cleaned, mut repairs) = text::clean(raw);
        // The apostrophe that tells a spreadsheet that text follows.
        let cleaned = match cleaned.strip_prefix(['\'', '`']) {
            Some(bare) if bare.starts_with(char::is_alphabetic) => {
                repairs |= Repairs::INVISIBLE;
                Cow::Owned(bare.to_owned())
            }
            _ => cleaned,
        };
        if text::is_missing(&cleaned) {
            return nothing(NameState::Missing, Cow::Borrowed(""));
        }
        let folded = syllable::ascii_fold(&cleaned);
        if says_unknown(&folded) {
            return nothing(NameState::Unknown, cleaned);
        }
        let proper = proper_case(&cleaned);
        let words = proper
            .split(' ')
            .filter(|word| word.chars().any(char::is_alphabetic))
            .count();
        let state = if placeholder::is_placeholder(&cleaned, &folded) {
            NameState::Placeholder
        } else if !proper.chars().all(is_name_char)
            || words == 0
            || words > limits::NAME_SYLLABLES
            || has_remark(&cleaned)
        {
            NameState::Invalid
        } else if words == 1 && !proper.contains(['-', '\'', '’', '.']) {
            NameState::Short
        } else {
            NameState::Good
        };
        let mut key = 0;
        if !matches!(state, NameState::Placeholder | NameState::Invalid) {
            for word in proper.split(' ') {
                key = mix(key, self.known(word).hash);
            }
            if proper != cleaned {
                repairs |= Repairs::CASE;
            }
        }
        Named {
            text: Cow::Owned(proper.into_owned()),
            state,
            repairs,
            key,
        }
    }

    fn known(&mut self, word: &str) -> Known {
        let bytes = word.as_bytes();
        if bytes.len() > 16 {
            return describe(word);
        }
        let half = |from: usize| {
            bytes
                .iter()
                .skip(from)
                .take(8)
                .rev()
                .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
        };
        self.look_up(half(0), half(8), || Some(word))
            .unwrap_or_default()
    }

    /// What is known of the word whose bytes are these (little end first); `word` is asked only for one not seen before. `None`
    /// for an empty word.
    fn look_up<'w>(
        &mut self,
        low: u64,
        high: u64,
        word: impl FnOnce() -> Option<&'w str>,
    ) -> Option<Known> {
        let key = u128::from(high) << 64 | u128::from(low);
        if key == 0 {
            return None;
        }
        let mask = limits::SYLLABLE_CACHE - 1;
        let mut slot = ((low ^ high.rotate_left(31)).wrapping_mul(SEED) >> 40) as usize & mask;
        loop {
            let found = *self.keys.get(slot)?;
            if found == key {
                return self.known.get(slot).copied();
            }
            if found == 0 {
                let word = word()?;
                let mut known = describe(word);
                if self.used < limits::SYLLABLE_CACHE / 2
                    && let (Some(key_slot), Some(known_slot)) =
                        (self.keys.get_mut(slot), self.known.get_mut(slot))
                {
                    if let Some((form, hash)) = proper_form(word) {
                        self.forms.push(form.into());
                        known.form = u32::try_from(self.forms.len()).unwrap_or(0);
                        known.hash = hash;
                    }
                    *key_slot = key;
                    *known_slot = known;
                    self.used += 1;
                }
                return Some(known);
            }
            slot = (slot + 1) & mask;
        }
    }
}

fn describe(word: &str) -> Known {
    let mut chars = word.chars();
    let first_upper = chars.next().is_some_and(char::is_uppercase);
    let mut proper = first_upper && word.chars().all(char::is_alphabetic) && text::is_plain(word);
    proper &= chars.all(|c| !c.is_uppercase());
    let suspicious = placeholder::may_start(&word.to_lowercase());
    Known {
        proper,
        suspicious,
        hash: hash_text(&syllable::fold_syllable(word)),
        form: 0,
    }
}

/// What a word all in capitals is in proper case, and the hash of that; `None` where it has to be looked at with what stands beside it.
fn proper_form(word: &str) -> Option<(String, u64)> {
    let plain =
        word.chars().all(char::is_uppercase) && word.chars().count() > 1 && text::is_plain(word);
    let lower = word.to_lowercase();
    let doubtful = lower == "con"
        || placeholder::may_start(&lower)
        || placeholder::may_start(&syllable::ascii_fold(&lower));
    if !plain || doubtful {
        return None;
    }
    let proper = proper_case(word).into_owned();
    let hash = hash_text(&syllable::fold_syllable(&proper));
    Some((proper, hash))
}

/// Letters of any alphabet, marks that belong to them, apostrophe and hyphen (contract: letters inside a name), single spaces.
fn is_name_char(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, ' ' | '-' | '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
        || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Something in small letters after a dash that stands apart (`Nguyễn Văn An - đã chết`): a remark, no part of the name.
fn has_remark(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && [" - ", " – "].iter().any(|dash| {
            text.split(dash)
                .skip(1)
                .any(|part| part.starts_with(char::is_lowercase))
        })
        && text.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// Words that say that the person is not known: a legitimate state for a parent.
pub fn says_unknown(folded: &str) -> bool {
    let trimmed = folded.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        trimmed,
        "khong ro"
            | "khong xac dinh"
            | "khong biet"
            | "chua ro"
            | "chua xac dinh"
            | "khong xac dinh duoc"
            | "ko ro"
            | "ko xac dinh"
            | "k ro"
            | "k xac dinh"
            | "kxd"
            | "khong ro cha"
            | "khong ro me"
    ) || trimmed.starts_with("khong ro ")
        || trimmed.starts_with("khong xac dinh ")
}

/// Words that mean that nothing is written: for parents, where the contract's list for the number would be too narrow.
pub fn says_nothing(folded: &str) -> bool {
    let trimmed = folded.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        trimmed,
        "" | "khong"
            | "khong co"
            | "ko"
            | "ko co"
            | "k"
            | "k co"
            | "chua co"
            | "chua"
            | "0"
            | "x"
            | "null"
            | "none"
            | "n/a"
            | "na"
            | "khong co cha"
            | "khong co me"
            | "khong cha"
            | "khong me"
    )
}

/// Puts the case right: a word all in capitals or all in small letters becomes capital-first; a word in mixed case is kept
/// unless it is a plain Vietnamese syllable (`NGUYễN`, `NGuyễn`). Parts after an apostrophe or hyphen count as words (`H'HEN` →
/// `H'Hen`, `LÊ-NGUYỄN` → `Lê-Nguyễn`); in mixed case they stay (`Vla-đi-mia`).
pub fn proper_case(text: &str) -> Cow<'_, str> {
    let letters = |pick: fn(char) -> bool| text.chars().any(|c| c.is_alphabetic() && pick(c));
    let (upper, lower) = (letters(char::is_uppercase), letters(char::is_lowercase));
    let one_case = !(upper && lower);
    let needs = text.split(' ').any(|word| word_needs_case(word, one_case));
    if !needs {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if word_needs_case(word, one_case) {
            capitalise(word, one_case, &mut out);
        } else {
            out.push_str(word);
        }
    }
    Cow::Owned(out)
}

fn word_needs_case(word: &str, one_case: bool) -> bool {
    let count = word.chars().filter(|c| c.is_alphabetic()).count();
    if count == 0 {
        return false;
    }
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    let first_upper = word
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_uppercase);
    let inner = word.contains(['-', '\'', '’', '‘', 'ʼ', '`', '´', '.']);
    if upper == 0 {
        return true;
    }
    if upper == count {
        return count > 1 && (one_case || !inner || count > 2);
    }
    // mixed inside the word
    let proper = first_upper && upper == 1;
    !proper && !inner && (syllable::is_syllable(&word.to_lowercase()) || is_slip_of_shift(word))
}

/// `kHĂM` (caps lock was on), `KPhone` (the shift key was held too long): no name is meant so.
fn is_slip_of_shift(word: &str) -> bool {
    let upper: Vec<bool> = word.chars().map(char::is_uppercase).collect();
    match upper.as_slice() {
        [false, rest @ ..] if !rest.is_empty() => rest.iter().all(|upper| *upper),
        [true, true, rest @ ..] if rest.len() > 1 => rest.iter().all(|upper| !upper),
        _ => false,
    }
}

fn capitalise(word: &str, one_case: bool, out: &mut String) {
    let mut start = true;
    let all_one = one_case
        || word.chars().all(|c| !c.is_lowercase())
        || word.chars().all(|c| !c.is_uppercase());
    for c in word.chars() {
        if !c.is_alphabetic() && !('\u{300}'..='\u{36f}').contains(&c) {
            out.push(c);
            start = all_one;
        } else if start {
            out.push(capital(c));
            start = false;
        } else {
            out.extend(c.to_lowercase());
        }
    }
}

/// The capital of a letter; a letter whose capital is two letters (ß, և: none of a Vietnamese name) stays.
fn capital(c: char) -> char {
    let mut capitals = c.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests;
