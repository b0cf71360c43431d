//! Names as the linkage sees them: each distinct name once, its syllables numbered.
//!
//! In: names in proper case. Out: numbers, keys for blocking, and ([`likeness`]) how alike two of them are. A number stands for the
//! name without regard to case.

mod likeness;

pub use likeness::Likeness;

use crate::limits;
use crate::normalise::sound::sound;
use crate::normalise::syllable::{ascii_fold, fold_syllable};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use treem_link::comparison::{hash_bytes, hash_text, mix};

/// Syllables of a name that are told apart; longer names are compared by these and a hash of the rest.
const SYLLABLES: usize = 6;

/// One distinct syllable as text.
#[derive(Default)]
struct Syllable {
    /// Its folded form: without case, tone at the end, i for y.
    folded: String,
    /// Without any marks.
    bare: String,
    /// It carries a mark.
    marked: bool,
    /// How often it stands last in a name.
    last: u32,
}

/// What most pairs of syllables are told apart by: small, so that all of them stay near.
#[derive(Clone, Copy, Default)]
struct Hashed {
    /// Hash without any marks.
    plain: u32,
    /// Hash of its sound.
    sound: u32,
    /// Which letters it has, one bit each: a slip changes two at most.
    letters: u64,
    /// The same without marks.
    bare_letters: u64,
}

/// One distinct name.
#[derive(Clone, Copy, Default)]
struct Name {
    syllables: [u32; SYLLABLES],
    /// Sum of its syllables' hashes without marks: the same for the same words in another order.
    sum: u16,
    count: u8,
    marked: bool,
}

impl Name {
    fn words(&self) -> &[u32] {
        self.syllables.get(..usize::from(self.count)).unwrap_or(&[])
    }
}

/// All names of a run.
#[derive(Default)]
pub struct People {
    known: FxHashMap<u64, u32>,
    names: Vec<Name>,
    /// By name: hash of the whole without marks.
    plain: Vec<u64>,
    syllables: Vec<Syllable>,
    hashed: Vec<Hashed>,
    syllable_numbers: FxHashMap<String, u32>,
    /// By syllable as written: its number.
    written: FxHashMap<String, u32>,
    texts: Option<Vec<String>>,
}

/// Writes a name in small letters, as UTF-8. Names are mostly in Vietnamese letters: these need no tables, and the small letter takes
/// as many bytes as its capital.
pub(super) fn lower(name: &str, out: &mut Vec<u8>) {
    out.clear();
    out.extend_from_slice(name.as_bytes());
    let mut at = 0;
    while let Some(rest) = out.get_mut(at..) {
        at += match rest {
            [] => return,
            [b'a'..=b'z' | b' ', ..] => 1,
            [letter @ b'A'..=b'Z', ..] => {
                *letter |= 0x20;
                1
            }
            // À..Ö and Ø..Ý: small letters lie 32 above capitals; × between them is none.
            [0xC3, letter @ (0x80..=0x96 | 0x98..=0x9D), ..] => {
                *letter |= 0x20;
                2
            }
            [0xC3, 0xA0..=0xB6 | 0xB8..=0xBD, ..] => 2,
            // Ă Đ Ĩ, Ũ, Ơ Ư: in pairs, the capital first.
            [0xC4, letter @ (0x82 | 0x90 | 0xA8), ..]
            | [0xC5, letter @ 0xA8, ..]
            | [0xC6, letter @ (0xA0 | 0xAF), ..] => {
                *letter += 1;
                2
            }
            [0xC4, 0x83 | 0x91 | 0xA9, ..] | [0xC5, 0xA9, ..] | [0xC6, 0xA1 | 0xB0, ..] => 2,
            // Ạ..ỹ: the same.
            [0xE1, 0xBA, letter @ 0xA0..=0xBF, ..] | [0xE1, 0xBB, letter @ 0x80..=0xB9, ..] => {
                *letter |= 1;
                3
            }
            _ => {
                *out = name.to_lowercase().into_bytes();
                return;
            }
        };
    }
}

fn short(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(0)
}

impl People {
    /// Keeps the texts too, for explaining.
    pub fn keep_texts(&mut self) {
        self.texts = Some(vec![String::new()]);
    }

    /// The number of a name; 0 for an empty one.
    pub fn number(&mut self, name: &str) -> u32 {
        let mut low = Vec::new();
        lower(name, &mut low);
        self.number_of(hash_bytes(&low), name)
    }

    /// The number of a name that has been seen, by its hash in small letters; 0 for another.
    pub(super) fn seen(&self, hash: u64) -> u32 {
        self.known.get(&hash).copied().unwrap_or(0)
    }

    /// The number of a name, the hash of which in small letters is known.
    pub(super) fn number_of(&mut self, hash: u64, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        if self.names.is_empty() {
            self.names.push(Name::default());
            self.plain.push(0);
            self.syllables.push(Syllable::default());
            self.hashed.push(Hashed::default());
        }
        let next = u32::try_from(self.names.len()).unwrap_or(0);
        match self.known.entry(hash) {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(room) => {
                room.insert(next);
            }
        }
        let mut low = Vec::with_capacity(name.len());
        lower(name, &mut low);
        let low = String::from_utf8(low).unwrap_or_default();
        let mut made = Name::default();
        for word in low.split(' ').filter(|word| !word.is_empty()) {
            let syllable = self.syllable(word);
            let at = usize::from(made.count).min(SYLLABLES - 1);
            if usize::from(made.count) >= SYLLABLES {
                // A name of very many words: the last but one holds what does not fit.
                made.syllables[at - 1] = short(mix(
                    u64::from(made.syllables[at - 1]),
                    u64::from(made.syllables[at]),
                )) % u32::try_from(self.syllables.len()).unwrap_or(1);
            }
            made.syllables[at] = syllable;
            made.count = made
                .count
                .saturating_add(1)
                .min(u8::try_from(SYLLABLES).unwrap_or(6));
            made.marked |= self.syllables[syllable as usize].marked;
        }
        let number = next;
        self.names.push(made);
        let words = self.words(number).iter();
        let sum = words.fold(0_u16, |sum, word| {
            let plain = self.hashed(*word).plain;
            sum.wrapping_add(u16::try_from(plain >> 16).unwrap_or(0))
        });
        self.plain.push(self.hash(number, |hashed| hashed.plain));
        if let Some(made) = self.names.last_mut() {
            made.sum = sum;
        }
        if let Some(texts) = &mut self.texts {
            texts.push(name.to_owned());
        }
        number
    }

    fn syllable(&mut self, word: &str) -> u32 {
        if let Some(number) = self.written.get(word) {
            return *number;
        }
        let folded = fold_syllable(word);
        let number = if let Some(number) = self.syllable_numbers.get(&folded) {
            *number
        } else {
            let number = u32::try_from(self.syllables.len()).unwrap_or(0);
            let plain = ascii_fold(folded.trim_end_matches(|c: char| c.is_ascii_digit()));
            self.hashed.push(Hashed {
                plain: short(hash_text(&plain)),
                sound: short(hash_text(&sound(&folded))),
                letters: letters(&folded),
                bare_letters: letters(&plain),
            });
            self.syllables.push(Syllable {
                marked: folded != plain,
                folded: folded.clone(),
                bare: plain,
                last: 0,
            });
            self.syllable_numbers.insert(folded, number);
            number
        };
        if self.written.len() < limits::LINK_SYLLABLES {
            self.written.insert(word.to_owned(), number);
        }
        number
    }

    /// Says that a child bears this name: how usual given names are is counted so.
    pub fn bear(&mut self, name: u32) {
        if let Some(last) = self.given(name)
            && let Some(syllable) = self.syllables.get_mut(last as usize)
        {
            syllable.last = syllable.last.saturating_add(1);
        }
    }

    /// How many distinct names there are, the missing one included.
    pub fn distinct(&self) -> usize {
        self.names.len().max(1)
    }

    /// The name as first written; empty unless texts are kept.
    pub fn text(&self, name: u32) -> &str {
        self.texts
            .as_ref()
            .and_then(|texts| texts.get(name as usize))
            .map_or("", String::as_str)
    }

    fn words(&self, name: u32) -> &[u32] {
        self.names.get(name as usize).map_or(&[], Name::words)
    }

    /// The last syllable.
    pub fn given(&self, name: u32) -> Option<u32> {
        self.words(name).last().copied()
    }
    /// The first syllable, where there is another.
    pub fn surname(&self, name: u32) -> Option<u32> {
        let words = self.words(name);
        (words.len() > 1).then(|| words[0])
    }
    /// What stands between, as one number; 0 for nothing.
    pub fn middle(&self, name: u32) -> u32 {
        let words = self.words(name);
        words
            .get(1..words.len().saturating_sub(1))
            .unwrap_or(&[])
            .iter()
            .fold(0, |all, word| short(mix(u64::from(all), u64::from(*word))))
    }

    fn hashed(&self, syllable: u32) -> Hashed {
        self.hashed
            .get(syllable as usize)
            .copied()
            .unwrap_or_default()
    }
    fn hash(&self, name: u32, of: impl Fn(Hashed) -> u32) -> u64 {
        let words = self.words(name);
        if words.is_empty() {
            return 0;
        }
        words
            .iter()
            .fold(7, |hash, word| mix(hash, u64::from(of(self.hashed(*word)))))
            | 1
    }
    /// Key of the whole name without marks; 0 for none.
    pub fn plain_key(&self, name: u32) -> u64 {
        self.plain.get(name as usize).copied().unwrap_or(0)
    }
    /// Key of the given name without marks; 0 for none.
    pub fn plain_given(&self, name: u32) -> u64 {
        self.given(name)
            .map_or(0, |given| u64::from(self.hashed(given).plain) << 1 | 1)
    }
    /// Key of the given name's sound; 0 for none.
    pub fn sound_given(&self, name: u32) -> u64 {
        self.given(name)
            .map_or(0, |given| u64::from(self.hashed(given).sound) << 1 | 1)
    }
    /// Reads a name; the sum means nothing.
    pub(super) fn look_ahead(&self, name: u32) -> u32 {
        self.names
            .get(name as usize)
            .map_or(0, |name| name.syllables[0] ^ u32::from(name.count))
    }

    /// True where a syllable of the name carries a mark.
    pub(super) fn is_marked(&self, name: u32) -> bool {
        self.names
            .get(name as usize)
            .is_some_and(|name| name.marked)
    }
}

/// One bit for each letter.
fn letters(folded: &str) -> u64 {
    folded.chars().fold(0, |bits, c| {
        bits | 1 << (u32::from(c).wrapping_mul(0x9E37_79B1) >> 26)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_as_unicode_has_them() {
        let mut out = Vec::new();
        for code in 0..=0x2000 {
            let Some(letter) = char::from_u32(code) else {
                continue;
            };
            let name = format!("Đ{letter}a");
            lower(&name, &mut out);
            assert_eq!(out, name.to_lowercase().into_bytes(), "{code:x}");
        }
    }
}
