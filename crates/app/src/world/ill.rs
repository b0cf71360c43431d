//! Communes that lag for a reason: those that entered special children alone, left an age out, wrote 1 January for every birthday, or entered
//! half of each family. For what a report is to find, and for what it must not find where there are none.
//!
//! In: how many of each kind, the plan. Out: the same plan with these communes marked, and what each of them does to its register.

use super::dice::Dice;
use super::people::People;
use super::plan::{Commune, Entered, Plan};
use super::register::Row;
use super::written::Birth;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Why a commune lags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ill {
    /// Only children in special circumstances are entered.
    Special,
    /// Children of four years of birth are not.
    Ages,
    /// Half of the birthdays are 1 January.
    NewYear,
    /// Of each family only the elder half is entered.
    Families,
}

impl Ill {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Special, Self::Ages, Self::NewYear, Self::Families];

    /// The word of the option and of the truth; the same as the report's.
    pub fn word(self) -> &'static str {
        match self {
            Self::Special => "special",
            Self::Ages => "ages",
            Self::NewYear => "new-year",
            Self::Families => "families",
        }
    }
}

/// How many communes of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Illness(pub Vec<(Ill, u32)>);

/// Communes at most of one kind.
const MOST: u32 = 20;
/// Children, and records, below which a commune is not made ill.
const FEWEST: u32 = 150;
/// The same, of special children where only these are entered.
const FEWEST_SPECIAL: u32 = 40;
/// Years of birth that an ill commune leaves out.
const YEARS: i16 = 4;

impl Illness {
    /// `none`, or kinds with how many communes: `special:2,ages:1`; a word alone is one commune.
    ///
    /// # Errors
    /// One Vietnamese sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self::default());
        }
        let mut out: Vec<(Ill, u32)> = Vec::new();
        for part in text.split(',') {
            let (word, count) = part.split_once(':').unwrap_or((part, "1"));
            let ill = Ill::ALL.into_iter().find(|ill| ill.word() == word.trim());
            let count = count.trim().parse().ok().filter(|count| *count <= MOST);
            match (ill, count) {
                (Some(ill), Some(count)) if out.iter().all(|(known, _)| *known != ill) => {
                    out.push((ill, count));
                }
                _ => {
                    return Err(format!(
                        "--ill {text}: viết none, hoặc các loại special, ages, new-year, families, mỗi loại một lần với số xã từ 0 đến {MOST}, ví dụ special:2,ages:1."
                    ));
                }
            }
        }
        Ok(Self(out))
    }

    /// Marks so many communes of each kind, chosen by the seed; their registers get smaller by what they leave out.
    pub(super) fn befall(&self, plan: &mut Plan) {
        let mut places: Vec<usize> = plan
            .communes
            .iter()
            .enumerate()
            .filter(|(_, commune)| commune.children >= FEWEST && commune.register >= FEWEST)
            .map(|(at, _)| at)
            .collect();
        Dice::new(plan.seed, &[50]).shuffle(&mut places);
        let kinds = self
            .0
            .iter()
            .flat_map(|(ill, count)| (0..*count).map(|_| *ill));
        for ill in kinds {
            // Of a handful of special children nobody can say that they are the only ones.
            let fits = |at: &usize| {
                let commune = plan.communes.get(*at);
                ill != Ill::Special
                    || commune.is_some_and(|commune| commune.special >= FEWEST_SPECIAL)
            };
            let Some(nth) = places.iter().position(fits) else {
                continue;
            };
            let at = places.remove(nth);
            if let Some(commune) = plan.communes.get_mut(at) {
                commune.ill = Some(ill);
                let share = |hundredths: u32| commune.children * hundredths / 100;
                let most = match ill {
                    Ill::Special => commune.special,
                    Ill::Ages => share(66),
                    Ill::Families => share(52),
                    Ill::NewYear => commune.register,
                };
                if ill == Ill::Special {
                    commune.entered = Entered::Special;
                }
                commune.register = commune.register.min(most);
                commune.unsound = commune.unsound.min(commune.register);
                let sound = commune.register - commune.unsound;
                commune.incomplete = commune.incomplete.min(sound);
            }
        }
    }
}

/// The first year of birth that an ill commune leaves out: children who go to school.
fn first_year(plan: &Plan, commune: &Commune) -> i16 {
    let back = 7 + i16::try_from(commune.index % 4).unwrap_or(0);
    plan.as_of.year() - back - (YEARS - 1)
}

/// Which children the commune leaves out, by place; empty where it leaves out none.
pub(super) fn left_out(plan: &Plan, commune: &Commune, people: &People) -> Vec<bool> {
    match commune.ill {
        Some(Ill::Ages) => {
            let first = first_year(plan, commune);
            let years = first..first + YEARS;
            let out = people.children.iter();
            out.map(|child| years.contains(&child.birth.year()))
                .collect()
        }
        Some(Ill::Families) => {
            let mut sizes = vec![0_usize; people.households.len()];
            for child in &people.children {
                if let Some(size) = sizes.get_mut(child.household) {
                    *size += 1;
                }
            }
            let mut seen = vec![0_usize; people.households.len()];
            let mut out = Vec::with_capacity(people.children.len());
            for child in &people.children {
                let size = sizes.get(child.household).copied().unwrap_or(1);
                let nth = seen.get_mut(child.household).map_or(0, |nth| {
                    *nth += 1;
                    *nth
                });
                out.push(nth > size.div_ceil(2));
            }
            out
        }
        _ => Vec::new(),
    }
}

/// Writes 1 January for half of the birthdays, where that makes nobody 16.
pub(super) fn spoil(plan: &Plan, commune: &Commune, rows: &mut [Row<'_>]) {
    if commune.ill != Some(Ill::NewYear) {
        return;
    }
    let mut dice = Dice::new(plan.seed, &[51, u64::from(commune.index)]);
    let limit = plan.as_of.saturating_sub(16.years());
    for row in rows {
        let Birth::Day(day) = row.written.birth else {
            continue;
        };
        let first = Date::new(day.year(), 1, 1).unwrap_or(day);
        if dice.chance(500) && first > limit {
            row.written.birth = Birth::Day(first);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for() {
        for (text, want) in [
            ("none", Some(vec![])),
            (
                "special:2,ages",
                Some(vec![(Ill::Special, 2), (Ill::Ages, 1)]),
            ),
            ("new-year:0", Some(vec![(Ill::NewYear, 0)])),
            ("families:21", None),
            ("special,special", None),
            ("mumps", None),
            ("", None),
        ] {
            assert_eq!(Illness::parse(text).ok(), want.map(Illness), "{text}");
        }
    }
}
