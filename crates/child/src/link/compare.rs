//! The comparisons of the child model.
//!
//! In: numbers of two children. Out: levels, for the engine.

use super::dates::{Dates, alike};
use super::people::Likeness;
use super::{CONTRADICTS, Children, Whose};
use treem_link::comparison::{Comparison, Level, Outcome, Scratch};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Name,
    Birth,
    Sex,
    Mother,
    Father,
    Commune,
    Ethnicity,
    Number,
    Phone,
}

/// One comparison.
pub(super) struct Compared<'c> {
    pub(super) children: &'c Children,
    pub(super) what: What,
    pub(super) levels: Vec<Level>,
}

/// The level of a parent written in the other parent's place.
const PARENTS_SWAPPED: u8 = 10;

impl Comparison for Compared<'_> {
    fn name(&self) -> &str {
        super::words::code(self.what)
    }
    fn levels(&self) -> &[Level] {
        &self.levels
    }
    fn look_ahead(&self, record: u32) -> Option<u64> {
        (self.what == What::Name).then(|| self.children.look_ahead(record))
    }
    fn compare(&self, left: u32, right: u32, _: &mut Scratch) -> Outcome {
        let children = self.children;
        match self.what {
            What::Name => children.names_alike(Whose::Child, left, right),
            What::Mother => children.parents_alike(Whose::Mother, left, right),
            What::Father => children.parents_alike(Whose::Father, left, right),
            What::Birth => children.births_alike(left, right),
            What::Sex => children.sexes_alike(left, right),
            What::Commune => children.communes_alike(left, right),
            What::Ethnicity => children.ethnicities_alike(left, right),
            What::Number => children.numbers_alike(left, right),
            What::Phone => match (children.record(left).phone, children.record(right).phone) {
                (0, _) | (_, 0) => Outcome::MISSING,
                (one, other) => Outcome::level(if one == other { 1 } else { 2 }),
            },
        }
    }
}

impl Children {
    /// Reads a record and its names; gives a sum of them.
    fn look_ahead(&self, record: u32) -> u64 {
        let Some(record) = self.records.get(record as usize) else {
            return 0;
        };
        let names = record
            .names
            .iter()
            .map(|name| self.people.look_ahead(*name));
        names.fold(record.number, |sum, name| sum ^ u64::from(name))
    }

    fn names_alike(&self, whose: Whose, left: u32, right: u32) -> Outcome {
        let (one, other) = (self.name(whose, left), self.name(whose, right));
        let unmarked = self.record(left).unmarked || self.record(right).unmarked;
        let Some(likeness) = self.people.likeness_of(one, other, unmarked) else {
            return Outcome::MISSING;
        };
        let rarity = match likeness {
            Likeness::Same
            | Likeness::Style
            | Likeness::Plain
            | Likeness::Part
            | Likeness::Near => self.name_rarity(whose, (left, one), (right, other)),
            Likeness::Given => {
                let given = &self.rarity.given[whose as usize];
                given[one as usize].min(given[other as usize])
            }
            Likeness::GivenNear | Likeness::AllButGiven | Likeness::Different => 0,
        };
        Outcome {
            level: likeness as u8,
            rarity,
        }
    }

    /// The more common of the two counts. In one commune, its own shares; over communes, those of all.
    fn name_rarity(&self, whose: Whose, (left, one): (u32, u32), (right, other): (u32, u32)) -> u8 {
        let far = &self.rarity.far[whose as usize];
        if self.at_commune(left) == self.at_commune(right) {
            let (near, other) = (self.record(left).rarity, self.record(right).rarity);
            near[whose as usize].min(other[whose as usize])
        } else {
            far[one as usize].min(far[other as usize])
        }
    }

    fn parents_alike(&self, whose: Whose, left: u32, right: u32) -> Outcome {
        let outcome = self.names_alike(whose, left, right);
        if outcome.level >= Likeness::GivenNear as u8 {
            let crosses = |one: u32, other: u32| {
                let (father, mother) = (
                    self.name(Whose::Father, one),
                    self.name(Whose::Mother, other),
                );
                self.people.plain_given(father) == self.people.plain_given(mother)
                    && self
                        .people
                        .likeness(father, mother)
                        .is_some_and(|likeness| likeness <= Likeness::Near)
            };
            if crosses(left, right) && crosses(right, left) {
                // Said once, of the mother: the father's side is the same slip.
                return if whose == Whose::Mother {
                    Outcome::level(PARENTS_SWAPPED)
                } else {
                    Outcome::MISSING
                };
            }
        }
        outcome
    }

    fn births_alike(&self, left: u32, right: u32) -> Outcome {
        let (one, other) = (self.birth(left), self.birth(right));
        match alike(one, other) {
            None => Outcome::MISSING,
            Some(Dates::Same) => Outcome {
                level: Dates::Same as u8,
                rarity: self.rarity.dates.get(&one.value()).copied().unwrap_or(0),
            },
            Some(dates) => Outcome::level(dates as u8),
        }
    }

    fn sexes_alike(&self, left: u32, right: u32) -> Outcome {
        match (self.sex(left), self.sex(right)) {
            (0, _) | (_, 0) => Outcome::MISSING,
            (one, other) => Outcome::level(if one == other { 1 } else { 2 }),
        }
    }

    fn communes_alike(&self, left: u32, right: u32) -> Outcome {
        let (one, other) = (self.at_commune(left), self.at_commune(right));
        if one == 0 || other == 0 {
            return Outcome::MISSING;
        }
        if one == other {
            return Outcome {
                level: 1,
                rarity: self.rarity.communes[one as usize],
            };
        }
        let (one, other) = (self.district(left), self.district(right));
        Outcome::level(if one != 0 && one == other { 2 } else { 3 })
    }

    fn ethnicities_alike(&self, left: u32, right: u32) -> Outcome {
        match (self.record(left).ethnicity, self.record(right).ethnicity) {
            (0, _) | (_, 0) => Outcome::MISSING,
            (one, other) if one == other => Outcome {
                level: 1,
                rarity: self.rarity.ethnicities[usize::from(one)],
            },
            _ => Outcome::level(2),
        }
    }

    fn numbers_alike(&self, left: u32, right: u32) -> Outcome {
        let (one, other) = (self.number(left), self.number(right));
        if one == 0 || other == 0 {
            return Outcome::MISSING;
        }
        let fits =
            (self.record(left).number_doubt | self.record(right).number_doubt) & CONTRADICTS == 0;
        Outcome::level(match (one == other, fits) {
            (true, true) => 1,
            (true, false) => 2,
            _ if digits_slip(one, other) => 3,
            (false, true) => 4,
            (false, false) => 5,
        })
    }
}

/// One digit is another, or two neighbours stand in each other's place.
pub(super) fn digits_slip(left: u64, right: u64) -> bool {
    let apart = left ^ right;
    let first = apart.trailing_zeros() / 4;
    let rest = apart >> (4 * first);
    if rest >> 4 == 0 {
        return true;
    }
    let pair = |number: u64| (number >> (4 * first) & 15, number >> (4 * first + 4) & 15);
    let ((a, b), (c, d)) = (pair(left), pair(right));
    rest >> 8 == 0 && a == d && b == c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_numbers() {
        for (one, other, slip) in [
            (0x0452_1500_1234, 0x0452_1500_1235, true),
            (0x0452_1500_1234, 0x0452_1500_1243, true),
            (0x0452_1500_1234, 0x0452_1500_4231, false),
            (0x0452_1500_1234, 0x0462_1500_1235, false),
        ] {
            assert_eq!(digits_slip(one, other), slip, "{one:x} {other:x}");
        }
    }
}
