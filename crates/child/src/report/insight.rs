//! Why a unit lags: what stands out in what it entered, held against its neighbours, and how surely.
//!
//! In: [`Unit`]s with what was counted of each. Out: [`Report`]: [`Insight`]s with their figures in a sentence, and of each kind of them
//! what it was held against.
//!
//! The test. Of a unit x of n are counted (children in special circumstances of those entered, families with one child of all families …).
//! What is usual is the middle share of its neighbours: units with the same [`Unit::among`], or all others where fewer than
//! [`NEIGHBOURS`] can be counted. Units differ by more than chance, so x is held against a beta-binomial law about that share (Skellam 1948)
//! whose over-dispersion is the one under which the middle deviation of all units is that of a normal law: odd units, up to nearly half of
//! them, do not spoil it. Over the units of a kind the p-values go through Benjamini and Hochberg's step-up (1995): of what is said, no more
//! than [`FALSE_SHARE`] is expected to be chance. And a share must be off by as much as matters ([`Kind::least`]): what is certain and small is
//! not said. How often something is said of a province where nothing is wrong was counted: docs/report.md.

mod kinds;
pub mod share;
#[cfg(test)]
mod tests;
mod words;

pub use words::{about, percent};

use crate::report::headcounts::median;
use share::{Side, Spread};
use std::collections::BTreeMap;

/// Share of what is said that may be chance (Benjamini and Hochberg 1995).
pub const FALSE_SHARE: f64 = 0.01;
/// Neighbours it takes to know what is usual; with fewer all other units are neighbours.
pub const NEIGHBOURS: usize = 4;

/// What was counted of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Which units are its neighbours: those with the same text here.
    pub among: String,
    /// Children it says it has, where it says so.
    pub headcount: Option<u64>,
    /// Children of it in the register.
    pub entered: u64,
    /// Of them in special circumstances or at risk of them.
    pub special: u64,
    /// By year of birth.
    pub births: BTreeMap<i16, u64>,
    /// With a full birth date.
    pub dated: u64,
    /// Of these born on 1 January.
    pub new_year: u64,
    /// Families: children of one household or of one mother and father.
    pub families: u64,
    /// Of them with one child in the register.
    pub alone: u64,
    /// Children who may stand in another commune too.
    pub beyond: u64,
    /// Findings that were put right.
    pub fixed: u64,
    /// Of them those that came back.
    pub back: u64,
}

/// What may be wrong with how a unit enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Only children in special circumstances were entered.
    Special,
    /// Children of some ages were not.
    Ages,
    /// Birthdays are 1 January.
    NewYear,
    /// Of families only some children were entered.
    Families,
    /// Children stand in another commune too.
    Beyond,
    /// What was put right is wrong again.
    Back,
}

impl Kind {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::Special,
        Self::Ages,
        Self::NewYear,
        Self::Families,
        Self::Beyond,
        Self::Back,
    ];

    /// The machine's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Special => "special",
            Self::Ages => "ages",
            Self::NewYear => "new-year",
            Self::Families => "families",
            Self::Beyond => "beyond",
            Self::Back => "back",
        }
    }

    /// The kind of a machine's name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Something that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Insight {
    /// Code of the unit; empty: all units together.
    pub unit: String,
    /// What.
    pub kind: Kind,
    /// Of ages: the years of birth, from and to.
    pub years: Option<(i16, i16)>,
    /// Counted.
    pub found: u64,
    /// Of so many.
    pub of: u64,
    /// So many would be usual.
    pub expected: f64,
    /// The usual share.
    pub usual: f64,
    /// How likely chance alone gives this or more.
    pub chance: f64,
    /// The same after all units were looked at (Benjamini and Hochberg).
    pub adjusted: f64,
    /// The evidence in words.
    pub sentence: String,
}

impl Insight {
    /// How surely, in words.
    pub fn surely(&self) -> &'static str {
        if self.adjusted < 1e-6 {
            "gần như chắc chắn"
        } else if self.adjusted < 1e-3 {
            "rất rõ"
        } else {
            "rõ"
        }
    }

    /// “dưới 1 phần triệu”: how likely chance alone gives this.
    pub fn chance_shown(&self) -> String {
        words::chance(self.adjusted)
    }
}

/// What a kind was held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// Which.
    pub kind: Kind,
    /// Units, or units and years, that could be counted.
    pub cells: usize,
    /// The middle of what is usual.
    pub usual: f64,
    /// How unlike units are beyond chance: 0 as dice, 1 all or nothing.
    pub spread: f64,
}

/// All that stands out, and what it was held against.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Those of all units together first, then the surest.
    pub insights: Vec<Insight>,
    /// Kinds that could be looked at.
    pub tested: Vec<Tested>,
}

/// One count of one unit.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Place of the unit.
    unit: usize,
    year: i16,
    found: u64,
    of: u64,
    usual: f64,
    chance: f64,
    adjusted: f64,
}

/// Looks at all units together.
///
/// Takes units of one level in the order in which they are shown. Units that entered too little to be counted are passed over.
pub fn run(units: &[Unit]) -> Report {
    let mut report = Report::default();
    for kind in Kind::ALL {
        let groups = kinds::groups(kind, units);
        let mut cells: Vec<Cell> = Vec::new();
        let (mut usual, mut spread): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        for group in groups {
            let (tested, rho) = weigh(kind, units, &group);
            usual.extend(tested.iter().map(|cell| cell.usual));
            if !tested.is_empty() {
                spread.push(rho);
            }
            cells.extend(tested);
        }
        if cells.is_empty() {
            continue;
        }
        report.tested.push(Tested {
            kind,
            cells: cells.len(),
            usual: median(&mut usual).unwrap_or(0.0),
            spread: median(&mut spread).unwrap_or(0.0),
        });
        adjust(&mut cells);
        let told = cells.into_iter().filter(|cell| {
            cell.adjusted <= FALSE_SHARE
                && units
                    .get(cell.unit)
                    .is_some_and(|unit| kinds::matters(kind, unit, cell))
        });
        report.insights.extend(kinds::told(kind, units, told));
    }
    report
        .insights
        .sort_by(|one, other| one.adjusted.total_cmp(&other.adjusted));
    let whole = kinds::whole(units);
    report.insights.splice(0..0, whole);
    report
}

/// Gives each count of a group what is usual and how likely it is by chance.
fn weigh(kind: Kind, units: &[Unit], group: &[Cell]) -> (Vec<Cell>, f64) {
    let among = |cell: &Cell| units.get(cell.unit).map_or("", |unit| unit.among.as_str());
    let mut around: BTreeMap<&str, Vec<&Cell>> = BTreeMap::new();
    for cell in group {
        around.entry(among(cell)).or_default().push(cell);
    }
    let mut cells: Vec<Cell> = Vec::with_capacity(group.len());
    for cell in group {
        let counts = |other: &Cell| (other.found, other.of);
        let near = around.get(among(cell)).into_iter().flatten();
        let near = near.filter(|other| other.unit != cell.unit);
        let mut neighbours: Vec<(u64, u64)> = near.map(|other| counts(other)).collect();
        if neighbours.len() < NEIGHBOURS {
            let others = group.iter().filter(|other| other.unit != cell.unit);
            neighbours = others.map(counts).collect();
        }
        if neighbours.len() < NEIGHBOURS {
            continue;
        }
        let (least, most) = kind.usual_between();
        let usual = share::usual(&neighbours).clamp(least, most);
        cells.push(Cell { usual, ..*cell });
    }
    let seen: Vec<(u64, u64, f64)> = cells
        .iter()
        .map(|cell| (cell.found, cell.of, cell.usual))
        .collect();
    let spread = Spread::of(&seen);
    let side = if kind == Kind::Ages {
        Side::Fewer
    } else {
        Side::More
    };
    for cell in &mut cells {
        cell.chance = spread.chance(cell.found, cell.of, cell.usual, side);
    }
    (cells, spread.rho)
}

/// Benjamini and Hochberg's step-up: the least share of false alarms at which each is still said.
fn adjust(cells: &mut [Cell]) {
    cells.sort_by(|one, other| one.chance.total_cmp(&other.chance));
    let all = share::float(cells.len() as u64);
    let mut least = 1.0_f64;
    for (at, cell) in cells.iter_mut().enumerate().rev() {
        least = least.min(cell.chance * all / share::float(at as u64 + 1));
        cell.adjusted = least;
    }
}
