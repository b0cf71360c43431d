//! What became of a unit, and what it was made of, from one edition to another.
//!
//! In: a code and two days. Out: [`Kin`]s: units of the other day, with the share of the old unit that is in the new one.
//! Steps between neighbouring editions are tables in `data/units`; longer ways are put together from them.

use super::list::{self, EDITIONS, List, list};
use super::{Edition, Level, Unit, edition};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{OnceLock, RwLock};

/// How much of the old unit is in the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Share {
    /// All of it.
    Whole,
    /// Some of it; the rest went elsewhere, or it is not known whether it did.
    Part,
}

/// A unit of another edition that a unit became or was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The unit of the other edition.
    pub unit: &'static Unit,
    /// The share of the old unit that is in the new one.
    pub share: Share,
    /// No source says so in a row of its own; it was derived from codes and former names.
    pub derived: bool,
}

struct Row {
    code: &'static str,
    share: Share,
    derived: bool,
}

/// One step, from an edition to the next.
#[derive(Default)]
struct Step {
    forward: FxHashMap<&'static str, Vec<Row>>,
    backward: FxHashMap<&'static str, Vec<Row>>,
}

static TABLES: [(&str, OnceLock<Step>); EDITIONS - 1] = [
    (
        include_str!("../../../data/units/2019-10-06--2020-01-01.tsv"),
        OnceLock::new(),
    ),
    (
        include_str!("../../../data/units/2020-01-01--2025-01-01.tsv"),
        OnceLock::new(),
    ),
    (
        include_str!("../../../data/units/2025-01-01--2025-07-01.tsv"),
        OnceLock::new(),
    ),
];

/// A step by its number, that of the older edition.
fn step(number: usize) -> Option<&'static Step> {
    let (table, step) = TABLES.get(number)?;
    Some(step.get_or_init(|| {
        let mut step = Step::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or("");
            let (old, new, share, basis) = (next(), next(), next(), next());
            let share = if share == "whole" {
                Share::Whole
            } else {
                Share::Part
            };
            let derived = basis == "derived";
            step.forward.entry(old).or_default().push(Row {
                code: new,
                share,
                derived,
            });
            step.backward.entry(new).or_default().push(Row {
                code: old,
                share,
                derived,
            });
        }
        step
    }))
}

/// The provinces before 1/7/2025 and since. Asked for at every start, so not read from the whole step.
fn provinces_of_2025() -> &'static [(&'static str, &'static str)] {
    static ROWS: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let [.., (table, _)] = &TABLES;
        let rows = table
            .lines()
            .filter(|line| line.as_bytes().get(2) == Some(&b'\t'));
        rows.filter_map(|line| Some((line.get(..2)?, line.get(3..5)?)))
            .collect()
    })
}

/// The code that a province of before 1/7/2025 has in an edition.
pub(super) fn province_now(code: &str, number: usize) -> Option<&'static str> {
    if number < EDITIONS - 1 {
        return list(number).unit(code).map(|unit| unit.code);
    }
    let mut rows = provinces_of_2025().iter();
    rows.find(|(old, _)| *old == code).map(|(_, new)| *new)
}

/// The names of the provinces that were merged into one of this edition, its own name left out.
pub(super) fn merged_provinces(code: &str, number: usize) -> Vec<&'static str> {
    if number < EDITIONS - 1 {
        return Vec::new();
    }
    let own = list_name(number, code);
    provinces_of_2025()
        .iter()
        .filter(|(_, new)| *new == code)
        .filter_map(|(old, _)| {
            crate::normalise::number::PROVINCES
                .iter()
                .find(|(known, _)| old.parse() == Ok(*known))
                .map(|(_, name)| *name)
        })
        .filter(|name| own != Some(name))
        .collect()
}

fn list_name(number: usize, code: &str) -> Option<&'static str> {
    // Asked for while the list's view is made: the list itself is there.
    list(number).unit(code).map(|unit| unit.short)
}

type Shares = BTreeMap<&'static str, (Share, bool)>;

fn add(into: &mut Shares, code: &'static str, share: Share, derived: bool) {
    let known = into.entry(code).or_insert((share, derived));
    known.0 = known.0.min(share);
    known.1 &= derived;
}

/// Where the units of `old` go in the next edition.
fn forward(old: &'static List, code: &str) -> Shares {
    let new = list(old.number + 1);
    let mut out = Shares::new();
    let Some(rows) = step(old.number) else {
        return out;
    };
    if let Some(rows) = rows.forward.get(code) {
        for row in rows {
            add(&mut out, row.code, row.share, row.derived);
        }
        return out;
    }
    if let Some(unit) = new.unit(code) {
        add(&mut out, unit.code, Share::Whole, is_renamed(old, unit));
        return out;
    }
    // A district that is no more: where its communes went.
    let Some(district) = old
        .unit(code)
        .filter(|unit| unit.level() == Level::District)
    else {
        return out;
    };
    let communes = old
        .units
        .iter()
        .filter(|unit| unit.parent == district.code && unit.level() == Level::Commune);
    for commune in communes {
        for (target, _) in forward(old, commune.code) {
            let target = new.unit(target).map(|unit| {
                new.unit(unit.parent).map_or(unit.code, |parent| {
                    if parent.level() == Level::District {
                        parent.code
                    } else {
                        unit.code
                    }
                })
            });
            if let Some(target) = target {
                add(&mut out, target, Share::Part, true);
            }
        }
    }
    if out.len() == 1 {
        for (share, _) in out.values_mut() {
            *share = Share::Whole;
        }
    }
    out
}

/// A code that both lists have is one unit; under another name that is concluded, not said.
fn is_renamed(other: &List, unit: &Unit) -> bool {
    other
        .unit(unit.code)
        .is_none_or(|known| known.name != unit.name)
}

/// What a unit of `new` was made of in the edition before; the share is that of the old unit.
fn backward(new: &'static List, code: &str) -> Shares {
    let mut out = Shares::new();
    let Some(before) = new.number.checked_sub(1) else {
        return out;
    };
    let (old, Some(rows)) = (list(before), step(before)) else {
        return out;
    };
    for row in rows.backward.get(code).into_iter().flatten() {
        add(&mut out, row.code, row.share, row.derived);
    }
    if let Some(same) = old.unit(code)
        && !rows.forward.contains_key(code)
    {
        add(&mut out, same.code, Share::Whole, is_renamed(new, same));
    }
    // Districts that are no more went where their communes went.
    let unit = new.unit(code);
    if unit.is_some_and(|unit| unit.level() == Level::District) {
        let communes = new
            .units
            .iter()
            .filter(|commune| commune.parent == code && commune.level() == Level::Commune);
        let mut districts: Vec<&str> = communes
            .flat_map(|commune| backward(new, commune.code).into_keys())
            .filter_map(|commune| old.unit(commune))
            .map(|commune| commune.parent)
            .filter(|district| new.unit(district).is_none())
            .collect();
        districts.sort_unstable();
        districts.dedup();
        for district in districts {
            for (target, (share, derived)) in forward(old, district) {
                if target == code
                    && let Some(district) = old.unit(district)
                {
                    add(&mut out, district.code, share, derived);
                }
            }
        }
    }
    out
}

/// What a unit of one day is on a later one: one unit or several, or none where that is not known. A commune or a province
/// becomes one of its level; a district that is no more becomes districts, from 1/7/2025 on communes. On the same edition it is
/// itself. `from` has to be the earlier day, else there is nothing.
pub fn successors(code: &str, from: &str, to: &str) -> Vec<Kin> {
    let (first, last) = (list::number_on(from), list::number_on(to));
    walk(code, first, last)
}

/// What a unit of one day was made of on an earlier one; the share is that of the earlier unit. `from` has to be the later day.
pub fn predecessors(code: &str, from: &str, to: &str) -> Vec<Kin> {
    let (first, last) = (list::number_on(from), list::number_on(to));
    walk(code, first, last)
}

/// The same way is asked for again and again, by every line of every page: what was found is kept. There are no more of them than units, twice by editions.
fn walk(code: &str, first: usize, last: usize) -> Vec<Kin> {
    type Ways = FxHashMap<(&'static str, usize, usize), Vec<Kin>>;
    static WAYS: OnceLock<RwLock<Ways>> = OnceLock::new();
    let Some(unit) = list(first).unit(code) else {
        return Vec::new();
    };
    let key = (unit.code, first, last);
    let ways = WAYS.get_or_init(RwLock::default);
    if let Ok(known) = ways.read()
        && let Some(found) = known.get(&key)
    {
        return found.clone();
    }
    let found = walk_from(unit.code, first, last);
    if let Ok(mut known) = ways.write() {
        known.insert(key, found.clone());
    }
    found
}

fn walk_from(code: &'static str, first: usize, last: usize) -> Vec<Kin> {
    let mut at = first;
    let mut here = Shares::new();
    here.insert(code, (Share::Whole, false));
    while at != last {
        let now = list(at);
        let mut next = Shares::new();
        for (code, (share, derived)) in &here {
            let steps = if at < last {
                forward(now, code)
            } else {
                backward(now, code)
            };
            for (target, (further, too)) in steps {
                let (share, derived) = ((*share).max(further), *derived || too);
                add(&mut next, target, share, derived);
            }
        }
        here = next;
        at = if at < last { at + 1 } else { at - 1 };
    }
    let end = list(last);
    here.into_iter()
        .filter_map(|(code, (share, derived))| {
            end.unit(code).map(|unit| Kin {
                unit,
                share,
                derived,
            })
        })
        .collect()
}

/// Every edition that has a code, the oldest first, with the unit it means there. One code may mean several units: 19567 is Xã
/// Triệu Nguyên until 30/6/2025 and Xã Ba Lòng afterwards.
pub fn meanings(code: &str) -> Vec<(&'static Edition, &'static Unit)> {
    (0..EDITIONS)
        .map(list)
        .filter_map(|list| {
            let unit = list.unit(code)?;
            Some((edition(list.from).at(unit), unit))
        })
        .collect()
}
