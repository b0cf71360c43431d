//! Names as the linkage sees them: each distinct name once, its syllables numbered, and how alike two names are.
//!
//! In: names in proper case. Out: numbers, and the [`Likeness`] of two of them. A number stands for the name without regard to case.

use crate::limits;
use crate::normalise::sound::sound;
use crate::normalise::syllable::{ascii_fold, fold_syllable};
use rustc_hash::FxHashMap;
use treem_link::comparison::{hash_text, mix};

/// Syllables of a name that are told apart; longer names are compared by these and a hash of the rest.
const SYLLABLES: usize = 6;

/// One distinct syllable.
struct Syllable {
    /// Its folded form: without case, tone at the end, i for y.
    folded: String,
    /// Without any marks.
    bare: String,
    /// Hash without any marks.
    plain: u32,
    /// Hash of its sound.
    sound: u32,
    /// It carries a mark.
    marked: bool,
    /// Which letters it has, one bit each: a slip changes two at most.
    letters: u64,
    /// How often it stands last in a name.
    last: u32,
}

/// One distinct name.
#[derive(Clone, Copy, Default)]
struct Name {
    syllables: [u32; SYLLABLES],
    count: u8,
    marked: bool,
    /// Hash of the whole without marks.
    plain: u64,
}

/// How alike two names are, from the same to nothing in common (reference: the ladder of levels 6 to 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same.
    Same = 1,
    /// The same but for the place of the tone mark, i and y, đ and eth, apostrophes.
    Style = 2,
    /// The same without marks, and one of them has none at all.
    Plain = 3,
    /// A middle word is missing, or the words stand in another order.
    Part = 4,
    /// One syllable sounds the same or is a slip away; the given names agree, or one of them is a slip nobody is called.
    Near = 5,
    /// The given names are one mark or one slip apart, and both are usual: Hùng and Hưng.
    GivenNear = 6,
    /// The given names agree, and not the rest.
    Given = 7,
    /// All but the given names agree, as with brothers.
    AllButGiven = 8,
    /// Nothing of that.
    Different = 9,
}

/// All names of a run.
#[derive(Default)]
pub struct People {
    known: FxHashMap<u64, u32>,
    names: Vec<Name>,
    syllables: Vec<Syllable>,
    syllable_numbers: FxHashMap<String, u32>,
    /// By syllable as written: its number.
    written: FxHashMap<String, u32>,
    texts: Option<Vec<String>>,
}

fn short(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(0)
}

/// A marker between surname and given name: it says the sex, not who it is.
fn is_marker(folded: &str) -> bool {
    matches!(folded, "thi5" | "văn" | "thi" | "van")
}

impl People {
    /// Keeps the texts too, for explaining.
    pub fn keep_texts(&mut self) {
        self.texts = Some(vec![String::new()]);
    }

    /// The number of a name; 0 for an empty one.
    pub fn number(&mut self, name: &str) -> u32 {
        self.number_of(hash_text(name), name)
    }

    /// The number of a name whose hash is known.
    pub(super) fn number_of(&mut self, hash: u64, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        if self.names.is_empty() {
            self.names.push(Name::default());
            self.syllables.push(Syllable {
                folded: String::new(),
                bare: String::new(),
                plain: 0,
                sound: 0,
                marked: false,
                letters: 0,
                last: 0,
            });
        }
        if let Some(number) = self.known.get(&hash) {
            return *number;
        }
        let lower = name.to_lowercase();
        let low = hash_text(&lower) ^ 1 << 63;
        if let Some(number) = self.known.get(&low).copied() {
            self.known.insert(hash, number);
            return number;
        }
        let mut made = Name::default();
        for word in lower.split(' ').filter(|word| !word.is_empty()) {
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
        let number = u32::try_from(self.names.len()).unwrap_or(0);
        self.names.push(made);
        let plain = self.hash(number, |syllable| syllable.plain);
        if let Some(made) = self.names.last_mut() {
            made.plain = plain;
        }
        self.known.insert(hash, number);
        self.known.insert(low, number);
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
            self.syllables.push(Syllable {
                plain: short(hash_text(&plain)),
                sound: short(hash_text(&sound(&folded))),
                marked: folded != plain,
                letters: letters(&folded),
                last: 0,
                folded: folded.clone(),
                bare: plain,
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
        self.names
            .get(name as usize)
            .and_then(|name| name.syllables.get(..usize::from(name.count)))
            .unwrap_or(&[])
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

    fn hash(&self, name: u32, of: impl Fn(&Syllable) -> u32) -> u64 {
        let words = self.words(name);
        if words.is_empty() {
            return 0;
        }
        words.iter().fold(7, |hash, word| {
            mix(
                hash,
                self.syllables
                    .get(*word as usize)
                    .map_or(0, |syllable| u64::from(of(syllable))),
            )
        }) | 1
    }
    /// Key of the whole name without marks; 0 for none.
    pub fn plain_key(&self, name: u32) -> u64 {
        self.names.get(name as usize).map_or(0, |name| name.plain)
    }
    /// Key of the given name without marks; 0 for none.
    pub fn plain_given(&self, name: u32) -> u64 {
        self.given(name)
            .and_then(|given| self.syllables.get(given as usize))
            .map_or(0, |given| u64::from(given.plain) << 1 | 1)
    }
    /// Key of the given name's sound; 0 for none.
    pub fn sound_given(&self, name: u32) -> u64 {
        self.given(name)
            .and_then(|given| self.syllables.get(given as usize))
            .map_or(0, |given| u64::from(given.sound) << 1 | 1)
    }
    /// Key of the first letters; 0 for none.
    pub fn initials(&self, name: u32) -> u64 {
        let words = self.words(name);
        if words.is_empty() {
            return 0;
        }
        words.iter().fold(5, |hash, word| {
            let first = self
                .syllables
                .get(*word as usize)
                .and_then(|syllable| syllable.folded.chars().next());
            mix(
                hash,
                u64::from(first.map_or('\0', crate::normalise::syllable::base_char)),
            )
        }) | 1
    }

    /// True where a syllable of the name carries a mark.
    pub(super) fn is_marked(&self, name: u32) -> bool {
        self.names
            .get(name as usize)
            .is_some_and(|name| name.marked)
    }

    /// How alike two names are; `None` where one is missing.
    pub fn likeness(&self, left: u32, right: u32) -> Option<Likeness> {
        self.likeness_of(left, right, false)
    }

    /// The same; `unmarked`: one of the records carries no mark at all, so that a missing mark tells nothing: names that are equal
    /// without marks are the same then.
    pub(super) fn likeness_of(&self, left: u32, right: u32, unmarked: bool) -> Option<Likeness> {
        if left == 0 || right == 0 {
            return None;
        }
        if left == right {
            return Some(Likeness::Same);
        }
        let (one, other) = (
            self.names.get(left as usize)?,
            self.names.get(right as usize)?,
        );
        let (left, right) = (self.words(left), self.words(right));
        if left == right {
            return Some(Likeness::Style);
        }
        let seen = Seen {
            bare: unmarked || !one.marked || !other.marked,
        };
        let likeness = if left.len() == right.len() {
            self.of_one_length(&seen, left, right)
        } else {
            self.of_other_length(&seen, left, right)
        };
        Some(if unmarked && likeness == Likeness::Plain {
            Likeness::Same
        } else {
            likeness
        })
    }

    fn of_one_length(&self, seen: &Seen, left: &[u32], right: &[u32]) -> Likeness {
        let last = left.len() - 1;
        let (mut near, mut far, mut given) = (0, 0, Step::Same);
        for (at, (one, other)) in left.iter().zip(right).enumerate() {
            let step = self.step(seen, *one, *other);
            match step {
                Step::Same => {}
                Step::Near => near += 1,
                Step::Far => far += 1,
            }
            if at == last {
                given = step;
            }
        }
        if far == 0 && near == 0 {
            return Likeness::Plain;
        }
        if far == 0 && near <= 2 {
            if given == Step::Same || (left.len() > 1 && self.is_slip(left[last], right[last])) {
                return Likeness::Near;
            }
            return if near == 1 {
                Likeness::GivenNear
            } else {
                Likeness::Different
            };
        }
        if self.other_order(left, right) {
            return Likeness::Part;
        }
        if given == Step::Same {
            return Likeness::Given;
        }
        if far == 1 && near == 0 && given == Step::Far && left.len() > 1 {
            return if self.is_slip(left[last], right[last])
                && self.two_slips(left[last], right[last])
            {
                Likeness::Near
            } else {
                Likeness::AllButGiven
            };
        }
        Likeness::Different
    }

    fn of_other_length(&self, seen: &Seen, left: &[u32], right: &[u32]) -> Likeness {
        let (short, long) = if left.len() < right.len() {
            (left, right)
        } else {
            (right, left)
        };
        let (Some(given), Some(other_given)) = (short.last(), long.last()) else {
            return Likeness::Different;
        };
        let given = self.step(seen, *given, *other_given);
        if short.len() > 1 && self.step(seen, short[0], long[0]) != Step::Far {
            // The shorter name's words stand in the longer one's, in their order.
            let mut rest = long.iter();
            let inside = short
                .iter()
                .all(|word| rest.any(|other| self.step(seen, *word, *other) == Step::Same));
            if inside && given == Step::Same {
                return Likeness::Part;
            }
            let marker_only = long.len() == short.len() + 1
                && long.iter().any(|word| {
                    self.syllables
                        .get(*word as usize)
                        .is_some_and(|syllable| is_marker(&syllable.folded))
                });
            if marker_only && given == Step::Near {
                return Likeness::GivenNear;
            }
        }
        if given == Step::Same {
            Likeness::Given
        } else {
            Likeness::Different
        }
    }

    fn other_order(&self, left: &[u32], right: &[u32]) -> bool {
        let plain = |word: &u32| {
            self.syllables
                .get(*word as usize)
                .map_or(0, |syllable| syllable.plain)
        };
        let sum = |words: &[u32]| words.iter().map(plain).fold(0_u32, u32::wrapping_add);
        if left.len() < 3 || sum(left) != sum(right) {
            return false;
        }
        let sorted = |words: &[u32]| {
            let mut words: Vec<u32> = words.iter().map(plain).collect();
            words.sort_unstable();
            words
        };
        sorted(left) == sorted(right)
    }

    /// One of the two given names is borne by hardly anybody: more likely a slip than a name. Of two letters anything may be made.
    fn is_slip(&self, left: u32, right: u32) -> bool {
        let (Some(one), Some(other)) = (
            self.syllables.get(left as usize),
            self.syllables.get(right as usize),
        ) else {
            return false;
        };
        let (rare, usual) = (one.last.min(other.last), one.last.max(other.last));
        one.bare.len().max(other.bare.len()) > 2 && rare <= 2 + usual / 400
    }

    fn step(&self, seen: &Seen, left: u32, right: u32) -> Step {
        if left == right {
            return Step::Same;
        }
        let (Some(one), Some(other)) = (
            self.syllables.get(left as usize),
            self.syllables.get(right as usize),
        ) else {
            return Step::Far;
        };
        if one.plain == other.plain {
            return if seen.bare { Step::Same } else { Step::Near };
        }
        if one.sound == other.sound {
            return Step::Near;
        }
        let slip = if seen.bare {
            one_slip(&one.bare, &other.bare)
        } else {
            (one.letters ^ other.letters).count_ones() <= 2 && one_slip(&one.folded, &other.folded)
        };
        if slip { Step::Near } else { Step::Far }
    }

    /// A long syllable two slips away.
    fn two_slips(&self, left: u32, right: u32) -> bool {
        let folded = |word: u32| {
            self.syllables
                .get(word as usize)
                .map_or("", |syllable| syllable.folded.as_str())
        };
        let (one, other) = (folded(left), folded(right));
        one.chars().count().min(other.chars().count()) > 4
            && treem_link::text::damerau_levenshtein(one, other) <= 2
    }
}

/// How two names are looked at.
struct Seen {
    /// One of them is written without marks: only the letters count.
    bare: bool,
}

/// How far two syllables are apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The same, or the same letters where one side has no marks.
    Same,
    /// The same letters under other marks, the same sound, or one slip.
    Near,
    Far,
}

/// One bit for each letter.
fn letters(folded: &str) -> u64 {
    folded.chars().fold(0, |bits, c| {
        bits | 1 << (u32::from(c).wrapping_mul(0x9E37_79B1) >> 26)
    })
}

/// One letter (or tone) added, left out, changed, or two neighbours in each other's place.
fn one_slip(left: &str, right: &str) -> bool {
    let mut left = left.chars();
    let mut right = right.chars();
    // What both begin with and end with falls away; at most one letter a side may be left.
    loop {
        let (one, other) = (left.clone().next(), right.clone().next());
        if one.is_none() || one != other {
            break;
        }
        left.next();
        right.next();
    }
    loop {
        let (one, other) = (left.clone().next_back(), right.clone().next_back());
        if one.is_none() || one != other {
            break;
        }
        left.next_back();
        right.next_back();
    }
    let (rest, other) = (left.as_str(), right.as_str());
    match (rest.chars().count(), other.chars().count()) {
        (0 | 1, 0 | 1) => true,
        (2, 2) => rest.chars().eq(other.chars().rev()),
        _ => false,
    }
}
