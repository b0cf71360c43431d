//! What is counted for each kind, how little of it is passed over, and what of it matters.
//!
//! In: [`Unit`]s. Out: [`Cell`]s to be weighed, and [`Insight`]s of those that stand out.

use super::share::{float, ratio};
use super::{Cell, Insight, Kind, Unit, words};
use crate::report::headcounts::median;
use std::collections::{BTreeMap, BTreeSet};

/// Children, or families, or findings put right, below which a share says nothing.
const FEW: u64 = 30;
/// Children in special circumstances: where so many are entered of those the unit says it has, nothing is missing.
const NEARLY_ALL: f64 = 0.9;
/// Share of special children from which hardly anybody else was entered.
const ONLY: f64 = 0.9;
/// An age is missing where no more than this part of it is there.
const MISSING_AGE: f64 = 0.4;
/// Children expected of an age below which none need be there.
const FEW_OF_AGE: f64 = 8.0;
/// Share of birthdays on 1 January that chance may give where days are asked: ten times 1/365.
const HEAPED: f64 = 0.03;
/// Families with one child: so much more than usual, as a share of all families.
const ALONE_MORE: f64 = 0.15;
/// Counted things below which nothing is told of rare ones.
const RARE: u64 = 5;
/// How many times the usual share rare things must be.
const TIMES: f64 = 2.5;
/// All units together: a year of birth is missing where no more than this part of the other years' mean is there.
const MISSING_YEAR: f64 = 0.5;
/// Children of all units together below which nothing is told of a year.
const FEW_OF_ALL: u64 = 500;

impl Kind {
    /// Between what the usual share is taken to be. A day of the year is 1 in 365; where more than three in five were special children, the
    /// neighbours entered no others themselves (the poorest hills have half).
    pub(super) fn usual_between(self) -> (f64, f64) {
        match self {
            Self::Special => (0.01, 0.6),
            Self::Ages => (1e-4, 0.5),
            Self::NewYear => (1.0 / 365.0, 0.02),
            Self::Families => (0.05, 0.95),
            Self::Beyond => (0.002, 0.5),
            Self::Back => (0.01, 0.5),
        }
    }

    /// What a share must be to matter, in words of a person.
    pub fn least(self) -> &'static str {
        match self {
            Self::Special => {
                "từ 90% số trẻ đã nhập trở lên, và chưa nhập được 90% số trẻ đơn vị báo có"
            }
            Self::Ages => "không quá 40% số trẻ của năm sinh đó so với cơ cấu tuổi bên cạnh",
            Self::NewYear => "từ 3% số trẻ có đủ ngày sinh, và gấp 2,5 lần bên cạnh",
            Self::Families => "hơn bên cạnh từ 15 điểm phần trăm",
            Self::Beyond => "từ 5 trẻ, và gấp 2,5 lần bên cạnh",
            Self::Back => "từ 5 lỗi, và gấp 2,5 lần bên cạnh",
        }
    }

    fn count(self, unit: &Unit) -> (u64, u64) {
        match self {
            Self::Special | Self::Ages => (unit.special, unit.entered),
            Self::NewYear => (unit.new_year, unit.dated),
            Self::Families => (unit.alone, unit.families),
            Self::Beyond => (unit.beyond, unit.entered),
            Self::Back => (unit.back, unit.fixed),
        }
    }
}

/// What is weighed together: one group, of ages one for each year of birth.
pub(super) fn groups(kind: Kind, units: &[Unit]) -> Vec<Vec<Cell>> {
    let cell = |unit: usize, year: i16, (found, of): (u64, u64)| Cell {
        unit,
        year,
        found: found.min(of),
        of,
        usual: 0.0,
        chance: 1.0,
        adjusted: 1.0,
    };
    let all = units.iter().enumerate();
    if kind != Kind::Ages {
        let cells = all
            .map(|(at, unit)| cell(at, 0, kind.count(unit)))
            .filter(|cell| cell.of >= FEW);
        return vec![cells.collect()];
    }
    let years: BTreeSet<i16> = units
        .iter()
        .flat_map(|unit| unit.births.keys().copied())
        .collect();
    let of_year = |year: i16| {
        let enough = units
            .iter()
            .enumerate()
            .filter(|(_, unit)| unit.births.values().sum::<u64>() >= FEW);
        enough
            .map(|(at, unit)| {
                let of = unit.births.values().sum();
                cell(at, year, (unit.births.get(&year).copied().unwrap_or(0), of))
            })
            .collect()
    };
    years.into_iter().map(of_year).collect()
}

/// Whether what stands out is much enough to be told.
pub(super) fn matters(kind: Kind, unit: &Unit, cell: &Cell) -> bool {
    let share = ratio(cell.found, cell.of);
    let times = cell.found >= RARE && share >= TIMES * cell.usual;
    match kind {
        Kind::Special => {
            let entered = unit.headcount.map_or(0.0, |all| ratio(unit.entered, all));
            share >= ONLY && entered < NEARLY_ALL
        }
        Kind::Ages => {
            let expected = float(cell.of) * cell.usual;
            expected >= FEW_OF_AGE && float(cell.found) <= MISSING_AGE * expected
        }
        Kind::NewYear => times && share >= HEAPED,
        Kind::Families => share >= cell.usual + ALONE_MORE,
        Kind::Beyond | Kind::Back => times,
    }
}

/// Puts what stands out into words; years of birth that follow each other are told together.
pub(super) fn told(kind: Kind, units: &[Unit], cells: impl Iterator<Item = Cell>) -> Vec<Insight> {
    let mut runs: BTreeMap<(usize, i16), Vec<Cell>> = BTreeMap::new();
    let mut cells: Vec<Cell> = cells.collect();
    cells.sort_by_key(|cell| (cell.unit, cell.year));
    let mut last: Option<(usize, i16, i16)> = None;
    for cell in cells {
        let first = match last {
            Some((unit, first, year)) if unit == cell.unit && year + 1 == cell.year => first,
            _ => cell.year,
        };
        last = Some((cell.unit, first, cell.year));
        runs.entry((cell.unit, first)).or_default().push(cell);
    }
    runs.into_values()
        .filter_map(|run| {
            let first = run.first()?;
            let unit = units.get(first.unit)?;
            let expected: f64 = run.iter().map(|cell| float(cell.of) * cell.usual).sum();
            let years = (kind == Kind::Ages)
                .then(|| Some((first.year, run.last()?.year)))
                .flatten();
            let least = |of: fn(&Cell) -> f64| run.iter().map(of).fold(1.0, f64::min);
            let mut insight = Insight {
                unit: unit.code.clone(),
                kind,
                years,
                found: run.iter().map(|cell| cell.found).sum(),
                of: first.of,
                expected,
                usual: run.iter().map(|cell| cell.usual).sum(),
                chance: least(|cell| cell.chance),
                adjusted: least(|cell| cell.adjusted),
                sentence: String::new(),
            };
            insight.sentence = words::sentence(unit, &insight);
            Some(insight)
        })
        .collect()
}

/// Years of birth that all units together lack, beside the mean of the others. The first and the last year are not whole ones.
pub(super) fn whole(units: &[Unit]) -> Vec<Insight> {
    let mut births: BTreeMap<i16, u64> = BTreeMap::new();
    for unit in units {
        for (year, count) in &unit.births {
            *births.entry(*year).or_default() += count;
        }
    }
    births.pop_first();
    births.pop_last();
    let all: u64 = births.values().sum();
    if units.len() <= super::NEIGHBOURS || all < FEW_OF_ALL || births.len() < 4 {
        return Vec::new();
    }
    let mut counts: Vec<f64> = births.values().map(|count| float(*count)).collect();
    let usual = median(&mut counts).unwrap_or(0.0);
    let mut out: Vec<Insight> = Vec::new();
    for (year, count) in births {
        let expected = usual;
        if expected < FEW_OF_AGE || float(count) > MISSING_YEAR * expected {
            continue;
        }
        match out.last_mut() {
            Some(before) if before.years.is_some_and(|(_, to)| to + 1 == year) => {
                before.years = before.years.map(|(from, _)| (from, year));
                before.found += count;
                before.expected += expected;
                before.usual += expected / float(all);
            }
            _ => out.push(Insight {
                unit: String::new(),
                kind: Kind::Ages,
                years: Some((year, year)),
                found: count,
                of: all,
                expected,
                usual: expected / float(all),
                // Years of births are not drawn by chance: this is a comparison, no test.
                chance: 0.0,
                adjusted: 0.0,
                sentence: String::new(),
            }),
        }
    }
    for insight in &mut out {
        insight.sentence = words::of_all(insight);
    }
    out
}
