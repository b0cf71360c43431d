//! How alike two names are: the ladder of levels from the same to nothing in common.
//!
//! In: numbers of names. Out: [`Likeness`].

use super::People;

/// A marker between surname and given name: it says the sex, not who it is.
fn is_marker(folded: &str) -> bool {
    matches!(folded, "thi5" | "văn" | "thi" | "van")
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

impl People {
    /// The given names of two children are known and are neither the same, nor one written otherwise or with a slip.
    pub(in crate::link) fn given_contradict(&self, left: u32, right: u32) -> bool {
        let (Some(one), Some(other)) = (self.given(left), self.given(right)) else {
            return false;
        };
        self.step(&Seen { bare: false }, one, other) == Step::Far
            && !(self.is_slip(one, other)
                && (self.two_slips(one, other) || self.bare_slip(one, other)))
    }

    /// How alike two names are; `None` where one is missing.
    pub fn likeness(&self, left: u32, right: u32) -> Option<Likeness> {
        self.likeness_of(left, right, false)
    }

    /// The same; `unmarked`: one of the records carries no mark at all, so that a missing mark tells nothing: names that are equal
    /// without marks are the same then.
    pub(in crate::link) fn likeness_of(
        &self,
        left: u32,
        right: u32,
        unmarked: bool,
    ) -> Option<Likeness> {
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
        // Unused places are 0 in both.
        if one.count == other.count && one.syllables == other.syllables {
            return Some(Likeness::Style);
        }
        let (left, right) = (one.words(), other.words());
        let seen = Seen {
            bare: unmarked || !one.marked || !other.marked,
        };
        let likeness = if left.len() == right.len() {
            self.of_one_length(&seen, left, right, one.sum == other.sum)
        } else {
            self.of_other_length(&seen, left, right)
        };
        Some(if unmarked && likeness == Likeness::Plain {
            Likeness::Same
        } else {
            likeness
        })
    }

    fn of_one_length(
        &self,
        seen: &Seen,
        left: &[u32],
        right: &[u32],
        other_order: bool,
    ) -> Likeness {
        let last = left.len() - 1;
        let given = self.step(seen, left[last], right[last]);
        let (mut near, mut far) = (
            u32::from(given == Step::Near),
            u32::from(given == Step::Far),
        );
        for (one, other) in left[..last].iter().zip(right) {
            match self.step(seen, *one, *other) {
                Step::Same => {}
                Step::Near => near += 1,
                Step::Far => far += 1,
            }
            // Two words that have nothing in common: no more is asked.
            if far > 1 {
                break;
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
        if other_order && self.other_order(left, right) {
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
        if left.len() < 3 {
            return false;
        }
        let plain = |word: &u32| self.hashed(*word).plain;
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
        let (one, other) = (self.hashed(left), self.hashed(right));
        if one.plain == other.plain {
            return if seen.bare { Step::Same } else { Step::Near };
        }
        if one.sound == other.sound {
            return Step::Near;
        }
        let apart = if seen.bare {
            one.bare_letters ^ other.bare_letters
        } else {
            one.letters ^ other.letters
        };
        let slip = apart.count_ones() <= 2
            && match (
                self.syllables.get(left as usize),
                self.syllables.get(right as usize),
            ) {
                (Some(one), Some(other)) if seen.bare => one_slip(&one.bare, &other.bare),
                (Some(one), Some(other)) => one_slip(&one.folded, &other.folded),
                _ => false,
            };
        if slip { Step::Near } else { Step::Far }
    }

    /// A letter and the tone on it are one key: Hùng and Hng.
    fn bare_slip(&self, left: u32, right: u32) -> bool {
        let bare = |word: u32| {
            self.syllables
                .get(word as usize)
                .map_or("", |syllable| syllable.bare.as_str())
        };
        one_slip(bare(left), bare(right))
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
