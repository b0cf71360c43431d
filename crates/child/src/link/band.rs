//! Bands: the same child, a new one, or a person decides.
//!
//! In: a pair and its probability. Out: [`Band`] and why. A false merge is worse than a missed one: *same* needs more than a high
//! probability (design §6).

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
    /// while neither given name nor sex contradicts; or (b) name (level ≥ 5), full birth date and one parent agree and no two sound,
    /// different numbers stand against it.
    fn may_be_same(&self, left: u32, right: u32) -> bool {
        let likeness = |whose: Whose| {
            self.people
                .likeness(self.name(whose, left), self.name(whose, right))
        };
        let name = likeness(Whose::Child);
        let name_agrees = name.is_some_and(|likeness| likeness <= Likeness::Plain);
        let day = alike(self.birth(left), self.birth(right)) == Some(Dates::Same);
        let (one, other) = (self.number(left), self.number(right));
        let number_agrees = one != 0 && one == other;
        // Two names one mark apart are no contradiction where a number and a birthday speak for one child.
        let given_contradicts = name.is_some_and(|likeness| {
            matches!(likeness, Likeness::AllButGiven | Likeness::Different)
        });
        let sex_contradicts = matches!((self.sex(left), self.sex(right)), (1, 2) | (2, 1));
        if number_agrees && (name_agrees || (day && !given_contradicts && !sex_contradicts)) {
            return true;
        }
        let parent =
            |whose: Whose| likeness(whose).is_some_and(|likeness| likeness <= Likeness::Part);
        let name_is_written_alike = name.is_some_and(|likeness| likeness <= Likeness::Style);
        name_is_written_alike
            && day
            && (parent(Whose::Mother) || parent(Whose::Father))
            && (one == 0 || other == 0)
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
