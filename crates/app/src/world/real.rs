//! Scenario `real`: what a register that is in use has and the letter's has not: children who are no longer there, children twice, numbers
//! pasted between brothers and sisters, a district that counts too many. So that who is missing is more than what the figures differ by.
//!
//! In: the plan and a commune with its people. Out: rows more for the register, each with why it is one too many. Shares are estimates, made
//! to be believed; none is a statistic.

use super::dice::Dice;
use super::list::together;
use super::people::People;
use super::plan::{Commune, LETTER, Plan};
use super::register::{COLUMNS, Row};
use super::repeat::again;
use super::truth::{Rules, of_row};
use super::written::Written;
use jiff::ToSpan;

/// Records of a register, in a thousand, of children who turned 16 and were not taken out.
const AGED_OUT: u32 = 18;
/// Of children who moved away.
const MOVED: u32 = 14;
/// Of children who are in it already.
const DUPLICATE: u32 = 9;
/// Of children who were given the number of a brother or sister.
const PASTED: u32 = 3;
/// By how many hundredths the inflated district counts too many.
pub const TOO_MANY: u32 = 30;

/// What a commune's register has too many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// Children of 16 and more.
    pub aged_out: u32,
    /// Children who moved away.
    pub moved: u32,
    /// Children twice.
    pub duplicate: u32,
    /// Numbers of a brother or sister; no row more.
    pub pasted: u32,
}

impl Extras {
    /// Of a register with so many records.
    pub fn of(register: u32) -> Self {
        let share = |per_mille: u32| (register * per_mille + 500) / 1000;
        Self {
            aged_out: share(AGED_OUT),
            moved: share(MOVED),
            duplicate: share(DUPLICATE),
            pasted: share(PASTED),
        }
    }

    /// Rows more.
    pub fn rows(self) -> u32 {
        self.aged_out + self.moved + self.duplicate
    }
}

/// Why a row of the register is one too many, or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// 16 and more.
    AgedOut,
    /// Lives elsewhere.
    Moved,
    /// Is in it already.
    Duplicate,
    /// Bears the number of a brother or sister.
    Pasted,
}

impl Why {
    /// The word of the truth.
    pub fn word(self) -> &'static str {
        match self {
            Self::AgedOut => "aged-out",
            Self::Moved => "moved",
            Self::Duplicate => "duplicate",
            Self::Pasted => "pasted",
        }
    }
}

/// The district that counts too many, by the seed.
pub fn inflated(seed: u64) -> &'static str {
    Dice::new(seed, &[40])
        .one_of(&LETTER)
        .map_or("465", |line| line.code)
}

/// People who are in the register and not in the commune.
#[derive(Debug)]
pub struct Gone {
    moved: (Commune, People),
    aged_out: (Commune, People),
}

/// How many people have to be made for so many who turned 16 within the last two years of 16.
fn made_for(aged_out: u32) -> u32 {
    aged_out * 10 + 24
}

impl Gone {
    /// Makes them: neighbours as the commune's own are, with numbers and codes of their own.
    pub fn of(plan: &Plan, commune: &Commune) -> Option<Self> {
        let earlier = plan.earlier.as_deref()?;
        let extras = commune.extras;
        let (children, communes) = (
            u32::try_from(plan.children()).ok()?,
            u32::try_from(plan.communes.len()).ok()?,
        );
        let ghost = |count: u32, round: u32, before: u32, plan: &Plan| {
            let commune = Commune {
                index: communes * round + commune.index,
                children: count,
                special: 0,
                register: count,
                unsound: 0,
                incomplete: 0,
                before: children * round + before,
                communes_before: communes * round + commune.index,
                child_from: u64::from(round) * 10_000_000 + u64::from(before),
                ..commune.clone()
            };
            let mut people = People::of(plan, &commune);
            for household in &mut people.households {
                household.number += round * 10_000;
            }
            (commune, people)
        };
        let (mut moved_before, mut aged_before) = (0, 0);
        for other in plan.communes.iter().take(commune.index as usize) {
            moved_before += other.extras.moved;
            aged_before += made_for(other.extras.aged_out);
        }
        Some(Self {
            moved: ghost(extras.moved, 1, moved_before, plan),
            aged_out: ghost(made_for(extras.aged_out), 2, aged_before, earlier),
        })
    }
}

/// A row that is one too many.
#[derive(Clone, Debug)]
pub struct Extra<'a> {
    /// Why.
    pub why: Why,
    /// The row; of a duplicate `at` is the place of the child among the commune's.
    pub row: Row<'a>,
}

/// Spoils the register's rows and gives those that are too many: numbers pasted, people gone, children twice. Says which of the rows
/// bear a pasted number, by place among `rows`.
pub fn extra<'a>(
    plan: &Plan,
    commune: &'a Commune,
    gone: &'a Gone,
    rows: &mut [Row<'a>],
    people: &People,
) -> (Vec<Extra<'a>>, Vec<usize>) {
    let mut dice = Dice::new(plan.seed, &[41, u64::from(commune.index)]);
    let pasted = paste(&mut dice, plan, commune.extras.pasted, rows, people);
    let mut out = Vec::with_capacity(commune.extras.rows() as usize);
    let limit = plan.as_of.saturating_sub(16.years());
    let aged = &gone.aged_out;
    let old = (0..aged.1.children.len())
        .filter(|at| {
            aged.1
                .children
                .get(*at)
                .is_some_and(|child| child.birth <= limit)
        })
        .take(commune.extras.aged_out as usize);
    out.extend(old.filter_map(|at| {
        row_of(plan, &aged.0, &aged.1, at).map(|row| Extra {
            why: Why::AgedOut,
            row,
        })
    }));
    let moved = &gone.moved;
    out.extend((0..moved.1.children.len()).filter_map(|at| {
        row_of(plan, &moved.0, &moved.1, at).map(|row| Extra {
            why: Why::Moved,
            row,
        })
    }));
    let mut order: Vec<usize> = (0..rows.len()).filter(|at| !pasted.contains(at)).collect();
    dice.shuffle(&mut order);
    for at in order.into_iter().take(commune.extras.duplicate as usize) {
        let Some(first) = rows.get_mut(at) else {
            continue;
        };
        let mut written = first.written.clone();
        let agrees = again(&mut dice, &mut written);
        let mut rules = of_row(&written, COLUMNS, plan.as_of);
        together(
            &mut first.rules,
            &first.written,
            &mut rules,
            &written,
            (agrees, COLUMNS),
        );
        out.push(Extra {
            why: Why::Duplicate,
            row: Row {
                written,
                at: first.at,
                rules,
            },
        });
    }
    (out, pasted)
}

fn row_of<'a>(plan: &Plan, commune: &'a Commune, people: &'a People, at: usize) -> Option<Row<'a>> {
    let written = Written::of(people, commune, at)?;
    let rules = of_row(&written, COLUMNS, plan.as_of);
    Some(Row { written, at, rules })
}

/// Gives the younger of two brothers and sisters the elder's number.
fn paste(
    dice: &mut Dice,
    plan: &Plan,
    count: u32,
    rows: &mut [Row<'_>],
    people: &People,
) -> Vec<usize> {
    let household = |row: &Row<'_>| people.children.get(row.at).map(|child| child.household);
    let mut pairs: Vec<usize> = (1..rows.len())
        .filter(|at| {
            let (Some(elder), Some(younger)) = (rows.get(at - 1), rows.get(*at)) else {
                return false;
            };
            household(elder) == household(younger)
                && elder.rules == Rules::default()
                && younger.rules == Rules::default()
        })
        .collect();
    dice.shuffle(&mut pairs);
    let mut pasted: Vec<usize> = Vec::new();
    for at in pairs {
        if pasted.len() == count as usize {
            break;
        }
        if pasted.contains(&(at - 1)) || pasted.contains(&(at + 1)) {
            continue;
        }
        let Some(number) = rows.get(at - 1).map(|elder| elder.written.number.clone()) else {
            continue;
        };
        if let Some(younger) = rows.get_mut(at) {
            younger.written.number = number;
            younger.rules = of_row(&younger.written, COLUMNS, plan.as_of);
            pasted.push(at);
        }
        for place in [at - 1, at] {
            if let Some(row) = rows.get_mut(place) {
                row.rules.add(treem_child::rule::RuleId::ID_SHARED);
            }
        }
    }
    pasted
}
