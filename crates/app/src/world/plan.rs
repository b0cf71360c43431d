//! How many children live where, how many of them the register holds, and what is wrong with those: the figures of the letter,
//! child by child.
//!
//! In: the number of people wanted, the as-of date, the seed. Out: a [`Plan`]: one [`Commune`] for each commune with children,
//! every count fixed before the first child is made, so that each commune can be made alone, in any order, on any core.
//!
//! Source of the figures: the letter of Sở LĐTBXH Quảng Trị of June 2024 (table of mục 2, footnotes 1 and 2). The nine lines
//! are [`LETTER`]; how they fall to communes, and the spread of the 227 over the districts, is made up.

mod apportion;
mod country;
mod letter;

use super::ill::{Ill, Illness};
use super::layout::{LONG_SLOTS, is_long};
use super::people::{Group, names_of_units};
use super::real::{Extras, TOO_MANY, inflated};
use apportion::{apportion, within};
use jiff::ToSpan as _;
use jiff::civil::Date;
pub use letter::{District, HOME, LETTER, LETTER_CHILDREN};
use rustc_hash::FxHashSet;
use treem_child::normalise::unit::{Edition, Unit, edition};

/// Rows of lists that repeat a child, for each child that only a list has: the province has some thousand.
const REPEATS_PER_MILLE: u32 = 20;

/// How far a commune has come with entering its children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// Nearly all.
    All,
    /// Most.
    Most,
    /// Only children in special circumstances, or at risk of them.
    Special,
}

/// A commune with its counts.
#[derive(Clone, Debug)]
pub struct Commune {
    /// Its place in the plan, from 0.
    pub index: u32,
    /// The unit.
    pub unit: &'static Unit,
    /// The district it lies in.
    pub district: &'static Unit,
    /// The province.
    pub province: &'static Unit,
    /// Children who live there.
    pub children: u32,
    /// How far entering has come.
    pub entered: Entered,
    /// Why it lags, where the sample was asked for such communes.
    pub ill: Option<Ill>,
    /// Of the children: in special circumstances, or at risk.
    pub special: u32,
    /// Of the children: in the register.
    pub register: u32,
    /// Of the register: without a sound number.
    pub unsound: u32,
    /// Of the register, with a sound number: without parents or address.
    pub incomplete: u32,
    /// Rows of its list that repeat a child of it (list or register), and rows that repeat a child of the commune before it.
    pub repeats: Repeats,
    /// Children of communes of the province before it: numbers are given from here on.
    pub before: u32,
    /// Communes of the province before it.
    pub communes_before: u32,
    /// What its register has too many; nothing in the letter's scenario.
    pub extras: Extras,
    /// Children it says it has.
    pub headcount: u32,
    /// The place of its list in the turn of layouts.
    pub slot: u32,
    /// Its first row in the register, from 0.
    pub register_from: u64,
    /// Its first child among all, from 0.
    pub child_from: u64,
    /// Who lives there.
    pub groups: Vec<(Group, u32)>,
}

/// Rows that repeat a child.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// A child of the same list.
    pub list: u32,
    /// A child of the commune whom the register has.
    pub register: u32,
    /// A child of the list of the commune before.
    pub neighbour: u32,
}

impl Commune {
    /// Its name with that of its district, as titles write it; beyond the sample's own province with the province too.
    pub fn full_name(&self) -> String {
        let near = format!("{}, {}", self.unit.name, self.district.name);
        if self.province.code == HOME {
            near
        } else {
            format!("{near}, {}", self.province.name)
        }
    }

    /// Children whom only the list has.
    pub fn missing(&self) -> u32 {
        self.children - self.register
    }
}

/// The whole sample.
#[derive(Debug)]
pub struct Plan {
    /// The seed.
    pub seed: u64,
    /// The day of the letter.
    pub as_of: Date,
    /// The area units.
    pub edition: &'static Edition,
    /// The communes, in order of province, district, list.
    pub communes: Vec<Commune>,
    /// True where the counts are the letter's.
    pub is_letter: bool,
    /// Names that no hamlet bears.
    pub names_of_units: FxHashSet<String>,
    /// Scenario `real`: the same country two years earlier, from which those come who have turned 16 since.
    pub earlier: Option<Box<Plan>>,
}

/// What cannot be planned.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// Fewer people than communes can be shared among.
    TooFew(u32),
    /// More than the country's identity numbers can tell apart.
    TooMany(u32),
}

/// Fewest children: below, some communes of the letter would have nobody left to list.
pub const FEWEST: u32 = 5_000;
/// Most children: a seventh more than the country has.
pub const MOST: u32 = 30_000_000;

impl Plan {
    /// Plans `people` children; [`LETTER_CHILDREN`] of them in Quảng Trị, the others in the other provinces by their share of
    /// the country. Fewer than the letter's are Quảng Trị in small, and no longer the letter's figures.
    #[cfg(test)]
    pub fn new(people: u32, as_of: Date, seed: u64) -> Result<Self, Refused> {
        Self::with(people, as_of, seed, None)
    }

    /// The same with communes that lag for a reason, so many of each kind; no other lags for one, also not those of the letter.
    ///
    /// # Errors
    /// As of [`Plan::new`].
    pub fn with(
        people: u32,
        as_of: Date,
        seed: u64,
        illness: Option<&Illness>,
    ) -> Result<Self, Refused> {
        if people < FEWEST {
            return Err(Refused::TooFew(FEWEST));
        }
        if people > MOST {
            return Err(Refused::TooMany(MOST));
        }
        let edition = edition("2024-06-13");
        let mut plan = Self {
            seed,
            as_of,
            edition,
            communes: Vec::new(),
            is_letter: people >= LETTER_CHILDREN,
            names_of_units: names_of_units(edition),
            earlier: None,
        };
        let here = people.min(LETTER_CHILDREN);
        plan.letter(here, illness.is_some());
        if let Some(illness) = illness {
            illness.befall(&mut plan);
        }
        if people > here {
            country::add(&mut plan, people - here);
        }
        plan.take_turns();
        plan.count_up();
        Ok(plan)
    }

    /// The same province in use: its register has records too many, one district counts too many children, other sectors have lists. `None`
    /// beyond the one province.
    pub fn real(mut self) -> Option<Self> {
        if self
            .communes
            .iter()
            .any(|commune| commune.province.code != HOME)
        {
            return None;
        }
        let too_many = inflated(self.seed);
        for commune in &mut self.communes {
            commune.extras = Extras::of(commune.register);
            if commune.district.code == too_many {
                commune.headcount += commune.headcount * TOO_MANY / 100;
            }
        }
        self.earlier = Some(Box::new(Self {
            seed: self.seed,
            as_of: self.as_of.saturating_sub(2.years()),
            edition: self.edition,
            communes: Vec::new(),
            is_letter: false,
            names_of_units: self.names_of_units.clone(),
            earlier: None,
        }));
        self.is_letter = false;
        let mut from = 0;
        for commune in &mut self.communes {
            commune.register_from = from;
            from += u64::from(commune.register) + u64::from(commune.extras.rows());
        }
        Some(self)
    }

    /// All children.
    pub fn children(&self) -> u64 {
        self.communes
            .iter()
            .map(|commune| u64::from(commune.children))
            .sum()
    }

    /// Rows of the register.
    pub fn register_rows(&self) -> u64 {
        self.communes
            .iter()
            .map(|commune| u64::from(commune.register) + u64::from(commune.extras.rows()))
            .sum()
    }

    /// The commune before another in its district, in a ring; `None` where it is alone.
    pub fn neighbour(&self, commune: &Commune) -> Option<&Commune> {
        let at = commune.index as usize;
        let same = |other: &&Commune| {
            other.district.code == commune.district.code && other.index != commune.index
        };
        at.checked_sub(1)
            .and_then(|before| self.communes.get(before))
            .filter(same)
            .or_else(|| {
                self.communes
                    .get(at..)?
                    .iter()
                    .take_while(|other| other.district.code == commune.district.code)
                    .last()
                    .filter(same)
            })
    }

    /// The commune whose list may repeat children of this one: the one after it, in the same ring.
    pub fn follower(&self, commune: &Commune) -> Option<&Commune> {
        let district = commune.district.code;
        let at = commune.index as usize;
        let after = self
            .communes
            .get(at + 1)
            .filter(|other| other.district.code == district);
        let first = || {
            self.communes
                .get(..at)?
                .iter()
                .rev()
                .take_while(|other| other.district.code == district)
                .last()
        };
        after.or_else(first)
    }

    /// `healthy`: no commune has entered special children alone.
    fn letter(&mut self, people: u32, healthy: bool) {
        let share = apportion(
            people,
            &LETTER.map(|district| u64::from(district.headcount)),
        );
        for (line, headcount) in LETTER.iter().zip(share) {
            let scaled = |count: u32| {
                if headcount == line.headcount {
                    return count;
                }
                let part = u64::from(count) * u64::from(headcount) / u64::from(line.headcount);
                u32::try_from(part).unwrap_or(count)
            };
            let line = District {
                headcount,
                sound: scaled(line.sound),
                unsound: scaled(line.unsound).max(1),
                incomplete: scaled(line.incomplete),
                ..*line
            };
            self.district(&line, healthy);
        }
    }

    /// The communes of one line of the letter.
    fn district(&mut self, line: &District, healthy: bool) {
        let Some(district) = self.edition.by_code(line.code) else {
            return;
        };
        let Some(province) = self.edition.by_code(district.parent) else {
            return;
        };
        let mut communes: Vec<(&'static Unit, country::Local)> = Vec::new();
        for unit in self.edition.communes_of(district) {
            let mut local = country::quang_tri(unit.code);
            if healthy && local.entered == Entered::Special {
                local.entered = Entered::Most;
            }
            communes.push((unit, local));
        }
        let weights: Vec<u64> = communes
            .iter()
            .map(|(_, local)| u64::from(local.weight))
            .collect();
        let children = apportion(line.headcount, &weights);
        let special: Vec<u32> = communes
            .iter()
            .zip(&children)
            .map(|((_, local), count)| country::special(*count, local.hill))
            .collect();
        // What the communes that entered only special children leave for the others, at most all but one of each.
        let mut register: Vec<u32> = communes
            .iter()
            .zip(&special)
            .map(|((_, local), special)| {
                if local.entered == Entered::Special {
                    *special
                } else {
                    0
                }
            })
            .collect();
        let rest = (line.sound + line.unsound).saturating_sub(register.iter().sum());
        let room: Vec<u32> = communes
            .iter()
            .zip(&children)
            .map(|((_, local), count)| {
                if local.entered == Entered::Special {
                    0
                } else {
                    count.saturating_sub(1)
                }
            })
            .collect();
        for (register, more) in register.iter_mut().zip(within(rest, &room, self.seed)) {
            *register += more;
        }
        let by_register: Vec<u64> = register.iter().map(|count| u64::from(*count)).collect();
        let unsound = apportion(line.unsound, &by_register);
        let incomplete = apportion(line.incomplete, &by_register);
        for (at, (unit, local)) in communes.into_iter().enumerate() {
            let of = |list: &[u32]| list.get(at).copied().unwrap_or(0);
            self.push(Counts {
                unit,
                district,
                province,
                children: of(&children),
                entered: local.entered,
                special: of(&special),
                register: of(&register),
                unsound: of(&unsound),
                incomplete: of(&incomplete),
                groups: local.groups,
            });
        }
    }

    fn push(&mut self, counts: Counts) {
        if counts.children == 0 {
            return;
        }
        let index = u32::try_from(self.communes.len()).unwrap_or(u32::MAX);
        let missing = counts.children - counts.register;
        let all = (missing * REPEATS_PER_MILLE + 500) / 1000;
        let repeats = Repeats {
            list: all / 4,
            register: all / 2,
            neighbour: all - all / 4 - all / 2,
        };
        self.communes.push(Commune {
            index,
            unit: counts.unit,
            district: counts.district,
            province: counts.province,
            children: counts.children,
            entered: counts.entered,
            ill: None,
            special: counts.special,
            register: counts.register,
            unsound: counts.unsound,
            incomplete: counts.incomplete,
            repeats,
            before: 0,
            communes_before: 0,
            extras: Extras::default(),
            headcount: counts.children,
            slot: 0,
            register_from: 0,
            child_from: 0,
            groups: counts.groups,
        });
    }

    /// Gives each list its place in the turn of layouts: the first long lists the layouts that need one, then all in turn.
    fn take_turns(&mut self) {
        let (mut long, mut others) = (0, LONG_SLOTS);
        for commune in &mut self.communes {
            let turn = if is_long(commune.missing()) && long < LONG_SLOTS {
                &mut long
            } else {
                &mut others
            };
            commune.slot = *turn;
            *turn += 1;
        }
    }

    /// Fills in what depends on the communes before.
    fn count_up(&mut self) {
        let (mut register, mut children) = (0_u64, 0_u64);
        let (mut province, mut before, mut communes) = ("", 0_u32, 0_u32);
        let alone: Vec<bool> = self
            .communes
            .iter()
            .map(|commune| {
                self.neighbour(commune)
                    .is_none_or(|other| other.missing() < 8)
            })
            .collect();
        for (commune, alone) in self.communes.iter_mut().zip(alone) {
            if province != commune.province.code {
                (province, before, communes) = (commune.province.code, 0, 0);
            }
            // Only some lists repeat children of the next commune: a list that does has to know that commune's children.
            if alone || commune.index % 4 != 1 {
                commune.repeats.list += commune.repeats.neighbour;
                commune.repeats.neighbour = 0;
            }
            commune.repeats.list = commune.repeats.list.min(commune.missing() / 3);
            commune.repeats.register = commune.repeats.register.min(commune.register / 3);
            commune.before = before;
            commune.communes_before = communes;
            commune.register_from = register;
            commune.child_from = children;
            before += commune.children;
            communes += 1;
            register += u64::from(commune.register);
            children += u64::from(commune.children);
        }
    }
}

/// What [`Plan::push`] is given.
struct Counts {
    unit: &'static Unit,
    district: &'static Unit,
    province: &'static Unit,
    children: u32,
    entered: Entered,
    special: u32,
    register: u32,
    unsound: u32,
    incomplete: u32,
    groups: Vec<(Group, u32)>,
}

#[cfg(test)]
mod tests;
