//! Bands: the same child, a new one, or a person decides.
//!
//! In: a pair and its probability. Out: [`Band`] and why. A false merge is worse than a missed one: *same* needs more than a high
//! probability (design §6).

use super::compare::digits_slip;
use super::dates::{Dates, alike};
use super::people::Likeness;
use super::{Children, Whose};

/// What a pair is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// The same child.
    Same,
    /// A person decides.
    Perhaps,
    /// Not the same child.
    New,
}

impl Band {
    /// The machine's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Perhaps => "perhaps",
            Self::New => "new",
        }
    }
}

/// From this probability on a pair may be *same*.
pub const SAME: f64 = 0.95;
/// Below this probability a pair is *new*.
pub const NEW: f64 = 0.05;

impl Children {
    /// The band of a pair.
    pub fn band(&self, left: u32, right: u32, probability: f64) -> Band {
        if probability < NEW {
            Band::New
        } else if probability >= SAME && self.may_be_same(left, right) {
            Band::Same
        } else {
            Band::Perhaps
        }
    }

    /// What *same* needs beside the probability: (a) a sound number agrees, and the name (level ≥ 4) or the full birth date agrees
    /// while neither given name nor sex contradicts; or (b) name (level ≥ 5), full birth date and one parent (level ≥ 4) agree and no
    /// two sound, different numbers stand against it. A number is sound where it is well formed, contradicts neither sex nor birth
    /// year of its record and stands on no other record of its list (design §4).
    fn may_be_same(&self, left: u32, right: u32) -> bool {
        let people = &self.people;
        let likeness =
            |whose: Whose| people.likeness(self.name(whose, left), self.name(whose, right));
        let name = likeness(Whose::Child);
        let agrees = |likeness: Option<Likeness>, least: Likeness| {
            likeness.is_some_and(|likeness| likeness <= least)
        };
        let day = alike(self.birth(left), self.birth(right)) == Some(Dates::Same);
        let (one, other) = (self.number(left), self.number(right));
        let (sound, other_sound) = (self.sound_number(left), self.sound_number(right));
        // Where a record's sex or birth year is wrong, the number is sound on the other record.
        if one == other && sound.max(other_sound) != 0 {
            let given = [left, right].map(|record| self.name(Whose::Child, record));
            let sex_contradicts = matches!((self.sex(left), self.sex(right)), (1, 2) | (2, 1));
            // The same words in another order contradict nothing, whichever stands last.
            let contradicts = sex_contradicts
                || (name != Some(Likeness::Part) && people.given_contradict(given[0], given[1]));
            if agrees(name, Likeness::Plain) || (day && !contradicts) {
                return true;
            }
        }
        let parent = agrees(likeness(Whose::Mother), Likeness::Part)
            || agrees(likeness(Whose::Father), Likeness::Part)
            || self.parents_in_each_others_place(left, right);
        // One digit off, or two in each other's place, is a slip: another level of the ladder than two different numbers (§3.3).
        let against = sound != 0
            && other_sound != 0
            && sound != other_sound
            && !digits_slip(sound, other_sound);
        agrees(name, Likeness::Style) && day && parent && !against
    }

    /// Father and mother agree, each in the other's place.
    fn parents_in_each_others_place(&self, left: u32, right: u32) -> bool {
        let agree = |one: u32, other: u32| {
            let names = (
                self.name(Whose::Father, one),
                self.name(Whose::Mother, other),
            );
            self.people
                .likeness(names.0, names.1)
                .is_some_and(|likeness| likeness <= Likeness::Style)
        };
        agree(left, right) && agree(right, left)
    }

    /// Twins, or written so: one birthday, the parents the same, the given names apart. Never *same*.
    pub fn are_twins(&self, left: u32, right: u32) -> bool {
        let likeness = |whose: Whose| {
            self.people
                .likeness(self.name(whose, left), self.name(whose, right))
        };
        alike(self.birth(left), self.birth(right)) == Some(Dates::Same)
            && likeness(Whose::Mother).is_some_and(|likeness| likeness <= Likeness::Near)
            && likeness(Whose::Child).is_some_and(|likeness| {
                matches!(
                    likeness,
                    Likeness::GivenNear | Likeness::AllButGiven | Likeness::Different
                )
            })
    }
}
