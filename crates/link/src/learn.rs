//! Learning: how often each kind of pairs reaches each level, from the pairs themselves (expectation–maximisation).
//!
//! In: patterns with how many pairs have them — those the blocks bring up, and random pairs that stand for all the others. Out:
//! [`Tables`]. Pairs outside all blocks count as not the same. The result does not depend on the number of threads: work is
//! cut in fixed pieces, whose sums are added in their order.

mod round;

use crate::comparison::share;
use crate::limits;
use crate::model::Model;
use crate::pattern::{Layout, SITUATIONS};
use crate::run::{Around, Stage};
use round::{Room, Sums, expect};

/// Where counted pairs come from, and so what they can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A block brings them up: of any kind.
    Inside,
    /// One of the records is another's partner: not the same thing, of any other kind.
    Taken,
    /// They stand for pairs that no block brings up: of the kinds that may be outside.
    Outside,
}

/// A pattern and how many pairs have it.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// The pattern.
    pub pattern: u64,
    /// Pairs that have it.
    pub pairs: f64,
    /// Where they come from.
    pub origin: Origin,
}

/// What was learned.
#[derive(Clone, Debug)]
pub struct Tables {
    /// By situation and kind: share of all pairs.
    shares: [ByKind; SITUATIONS],
    /// By kind: pairs of the kind.
    pub pairs: Vec<f64>,
    /// By cell and kind: the probability of the cell within its kind, rarity weighed in. A cell's kinds lie together, so that a
    /// pattern is weighed for all kinds at once.
    cells: Vec<ByKind>,
    /// By kind, comparison and level (from 1): the probability, whatever stands beside.
    pub levels: Vec<Vec<Vec<f64>>>,
    /// By comparison and level: the mean share of the values that are agreed on.
    pub common: Vec<Vec<f64>>,
    /// Rounds it took.
    pub rounds: usize,
    same: Vec<bool>,
    outside: Vec<bool>,
}

/// One number for each kind.
type ByKind = [f64; limits::KINDS];

/// Pairs of evidence for a row's own values against those of all rows.
const ROW_STRENGTH: f64 = 30.0;
/// Pairs of evidence for how often a kind is in a situation against how often all pairs are.
const SITUATION_STRENGTH: f64 = 30.0;
/// No situation is worth less than this for a kind, or more than its inverse.
const LEAST_WORTH: f64 = 1.0 / 1024.0;

impl Tables {
    /// The same with the model's corrections: what pairs are weighed by. Learning goes on from the tables without.
    #[must_use]
    pub fn corrected(mut self, model: &Model<'_>, layout: &Layout) -> Self {
        for (comparison, (bits, place)) in model.corrections.iter().zip(&layout.places).enumerate()
        {
            for (level, bits) in (1..place.levels).zip(bits) {
                for (row, step) in
                    (0..place.rows).flat_map(|row| (0..place.steps).map(move |step| (row, step)))
                {
                    let cell = &mut self.cells[layout.cell_of(comparison, row, level, step)];
                    for (value, same) in cell.iter_mut().zip(&self.same) {
                        *value *= if *same { bits.exp2() } else { 1.0 };
                    }
                }
            }
        }
        self
    }

    /// The odds that a pair with this pattern is the same thing.
    pub fn odds(&self, layout: &Layout, pattern: u64) -> f64 {
        let (same, other) = self.sides(layout, pattern, layout.places.len());
        same / other.max(f64::MIN_POSITIVE)
    }

    /// The weights of both sides by the first so many comparisons.
    pub fn sides(&self, layout: &Layout, pattern: u64, first: usize) -> (f64, f64) {
        let (mut same, mut other) = (0.0, 0.0);
        let weights = self.weights(layout, pattern, first);
        for (weight, is_same) in weights.iter().zip(&self.same) {
            if *is_same {
                same += weight;
            } else {
                other += weight;
            }
        }
        (same, other)
    }

    /// By kind: its share of all pairs, times the probability of the pattern's first so many comparisons within it.
    fn weights(&self, layout: &Layout, pattern: u64, first: usize) -> ByKind {
        let mut weights = self.shares[layout.situation(pattern)];
        for comparison in 0..first {
            let cell = &self.cells[layout.cell(pattern, comparison)];
            for (weight, probability) in weights.iter_mut().zip(cell) {
                *weight *= probability;
            }
        }
        weights
    }

    /// What the situations are worth: by situation, how many times as likely a pair in it is the same thing as one of any situation, all
    /// else being equal.
    pub fn situations(&self) -> [f64; SITUATIONS] {
        let same = |shares: &ByKind| -> f64 {
            let both = shares.iter().zip(&self.same);
            both.filter(|(_, same)| **same)
                .map(|(share, _)| share)
                .sum()
        };
        let all: f64 = self.pairs.iter().sum();
        let over_all = self.pairs.iter().zip(&self.same);
        let over_all: f64 = over_all
            .filter(|(_, same)| **same)
            .map(|(pairs, _)| pairs / all.max(1.0))
            .sum();
        self.shares
            .map(|shares| same(&shares) / over_all.max(f64::MIN_POSITIVE))
    }

    /// How probable each kind is for a pattern.
    pub fn kinds(&self, layout: &Layout, pattern: u64) -> Vec<f64> {
        let weights = self.weights(layout, pattern, layout.places.len());
        let all: f64 = weights.iter().sum();
        weights
            .iter()
            .take(self.same.len())
            .map(|weight| weight / all.max(f64::MIN_POSITIVE))
            .collect()
    }
}

/// Learns. `all_pairs`: how many pairs of records there are; `begin`: what is known already.
pub fn learn(
    model: &Model<'_>,
    layout: &Layout,
    counted: &[Counted],
    all_pairs: f64,
    begin: Option<&Tables>,
    around: &Around<'_>,
) -> Option<Tables> {
    let comparisons = layout.places.len();
    let cells: Vec<u32> = counted
        .iter()
        .flat_map(|entry| {
            (0..comparisons).map(|at| u32::try_from(layout.cell(entry.pattern, at)).unwrap_or(0))
        })
        .collect();
    let outside: Vec<&Counted> = counted
        .iter()
        .filter(|entry| entry.origin == Origin::Outside)
        .collect();
    let weight_of_one = outside
        .iter()
        .map(|entry| entry.pairs)
        .fold(f64::INFINITY, f64::min);
    let starts = starts(model, layout, &outside);
    let mut tables = begin
        .cloned()
        .unwrap_or_else(|| first(model, layout, &starts));
    let least_rounds = if begin.is_some() { 4 } else { 10 };
    let mut last = 0.0;
    let mut room = Room::default();
    for round in 1..=limits::ROUNDS {
        if around.stopped() {
            return None;
        }
        around
            .progress
            .step(Stage::Learning, round as u64, limits::ROUNDS as u64);
        expect(
            &tables,
            layout,
            counted,
            (&cells, comparisons),
            around.threads,
            &mut room,
        );
        tables = maximise(model, layout, &starts, &room.all, all_pairs, weight_of_one);
        tables.rounds = round;
        let same: f64 = tables
            .pairs
            .iter()
            .zip(&tables.same)
            .filter(|(_, same)| **same)
            .map(|(pairs, _)| pairs)
            .sum();
        if round >= least_rounds && (same - last).abs() <= 2e-4 * same {
            break;
        }
        last = same;
    }
    Some(tables)
}

/// The starting values by kind and comparison: the model's, or those of random pairs.
fn starts(model: &Model<'_>, layout: &Layout, outside: &[&Counted]) -> Vec<Vec<Vec<f64>>> {
    let random: Vec<Vec<f64>> = (0..layout.places.len())
        .map(|comparison| {
            let levels = layout.places[comparison].levels;
            let mut sums = vec![0.0; levels];
            for entry in outside {
                sums[layout.level(entry.pattern, comparison)] += entry.pairs;
            }
            let all: f64 = sums.iter().skip(1).sum();
            let least = 1e-7;
            sums.iter()
                .skip(1)
                .map(|sum| (sum / all.max(1.0)).max(least))
                .collect()
        })
        .collect();
    model
        .kinds
        .iter()
        .map(|kind| {
            (0..layout.places.len())
                .map(|comparison| {
                    let given = kind.starts.get(comparison).filter(|row| !row.is_empty());
                    let mut row = given.cloned().unwrap_or_else(|| random[comparison].clone());
                    let all: f64 = row.iter().sum();
                    for value in &mut row {
                        *value /= all.max(f64::MIN_POSITIVE);
                    }
                    row
                })
                .collect()
        })
        .collect()
}

fn first(model: &Model<'_>, layout: &Layout, starts: &[Vec<Vec<f64>>]) -> Tables {
    let common: Vec<Vec<f64>> = layout
        .places
        .iter()
        .map(|place| vec![0.0; place.levels])
        .collect();
    let mut tables = Tables {
        shares: [by_kind(model.kinds.iter().map(|kind| kind.share)); SITUATIONS],
        pairs: vec![0.0; model.kinds.len()],
        cells: Vec::new(),
        levels: starts.to_vec(),
        common,
        rounds: 0,
        same: model.kinds.iter().map(|kind| kind.same).collect(),
        outside: model
            .kinds
            .iter()
            .map(|kind| kind.outside && !kind.same)
            .collect(),
    };
    tables.cells = vec![[1.0; limits::KINDS]; layout.cells];
    for (kind, starts) in starts.iter().enumerate() {
        for (comparison, place) in layout.places.iter().enumerate() {
            for row in 0..place.rows {
                for level in 1..place.levels {
                    for step in 0..place.steps {
                        // Rarity begins to count with the second round, when it is known how common agreed values are.
                        tables.cells[layout.cell_of(comparison, row, level, step)][kind] =
                            starts[comparison][level - 1];
                    }
                }
            }
        }
    }
    tables
}

fn maximise(
    model: &Model<'_>,
    layout: &Layout,
    starts: &[Vec<Vec<f64>>],
    sums: &Sums,
    all_pairs: f64,
    weight_of_one: f64,
) -> Tables {
    let common = commonness(model, layout, sums);
    let of_kind = |kind: usize| sums.pairs.iter().map(|pairs| pairs[kind]).sum::<f64>();
    let of_kinds: Vec<f64> = (0..model.kinds.len()).map(of_kind).collect();
    let all: f64 = of_kinds.iter().sum();
    let mut tables = Tables {
        shares: shares(sums, &of_kinds, all),
        pairs: of_kinds
            .iter()
            .map(|pairs| pairs / all.max(1.0) * all_pairs)
            .collect(),
        cells: vec![[1.0; limits::KINDS]; layout.cells],
        levels: Vec::new(),
        common,
        rounds: 0,
        same: model.kinds.iter().map(|kind| kind.same).collect(),
        outside: model
            .kinds
            .iter()
            .map(|kind| kind.outside && !kind.same)
            .collect(),
    };
    let last = model.kinds.len() - 1;
    for (at, kind) in model.kinds.iter().enumerate() {
        let mut of_kind = Vec::new();
        // The last kind is made of random pairs, each of which stands for many.
        let strength = if at == last && weight_of_one.is_finite() {
            kind.strength * weight_of_one
        } else {
            kind.strength
        };
        for (comparison, place) in layout.places.iter().enumerate() {
            let count = |row: usize, level: usize| -> f64 {
                (0..place.steps)
                    .map(|step| sums.cells[layout.cell_of(comparison, row, level, step)][at])
                    .sum()
            };
            let counts: Vec<Vec<f64>> = (0..place.rows)
                .map(|row| (1..place.levels).map(|level| count(row, level)).collect())
                .collect();
            let start = &starts[at][comparison];
            let marginal: Vec<f64> = (0..place.levels - 1)
                .map(|level| {
                    counts.iter().map(|row| row[level]).sum::<f64>() + strength * start[level]
                })
                .collect();
            let all: f64 = marginal.iter().sum();
            let marginal: Vec<f64> = marginal
                .iter()
                .map(|sum| (sum / all.max(f64::MIN_POSITIVE)).max(1e-12))
                .collect();
            let fixed = kind.fixed.get(comparison).copied().unwrap_or(false);
            let least = kind.least.get(comparison).map_or(&[][..], Vec::as_slice);
            let marginal = if fixed {
                start.clone()
            } else {
                at_least(marginal, least)
            };
            let shared = kind.shares.get(comparison).copied().unwrap_or(kind.same);
            let row_strength = if at == last && weight_of_one.is_finite() {
                ROW_STRENGTH * weight_of_one.min(100.0)
            } else {
                ROW_STRENGTH
            };
            for (row, counts) in counts.iter().enumerate() {
                let in_row: f64 = counts.iter().sum();
                let values: Vec<f64> = marginal
                    .iter()
                    .zip(counts)
                    .map(|(mean, count)| {
                        if place.beside.is_some() && !fixed {
                            (count + row_strength * mean) / (in_row + row_strength)
                        } else {
                            *mean
                        }
                    })
                    .collect();
                let values = if fixed {
                    values
                } else {
                    at_least(values, least)
                };
                for level in 1..place.levels {
                    let value = values[level - 1];
                    for step in 0..place.steps {
                        let factor = if step == 0 || shared {
                            1.0
                        } else {
                            share(step) / tables.common[comparison][level]
                        };
                        tables.cells[layout.cell_of(comparison, row, level, step)][at] =
                            (value * factor).max(1e-15);
                    }
                }
            }
            of_kind.push(marginal);
        }
        tables.levels.push(of_kind);
    }
    tables
}

/// One number for each kind.
fn by_kind(numbers: impl Iterator<Item = f64>) -> ByKind {
    let mut out = [0.0; limits::KINDS];
    for (slot, number) in out.iter_mut().zip(numbers) {
        *slot = number;
    }
    out
}

/// By situation and kind: the share of pairs. What a situation is worth for a kind leans on what it is worth over all; of one that no pair
/// is in nothing is known.
fn shares(sums: &Sums, of_kinds: &[f64], all: f64) -> [ByKind; SITUATIONS] {
    sums.pairs.map(|here| {
        let over_all = here.iter().sum::<f64>() / all.max(1.0);
        let kinds = here.iter().zip(of_kinds);
        by_kind(kinds.map(|(here, pairs)| {
            let share = (here + SITUATION_STRENGTH * over_all) / (pairs + SITUATION_STRENGTH);
            let worth = if over_all > 0.0 {
                share / over_all
            } else {
                1.0
            };
            pairs.max(0.1) / all.max(1.0) * worth.clamp(LEAST_WORTH, 1.0 / LEAST_WORTH)
        }))
    })
}

/// Lifts levels to their least share of the first.
fn at_least(mut values: Vec<f64>, least: &[f64]) -> Vec<f64> {
    let first = values.first().copied().unwrap_or(0.0);
    for (value, least) in values.iter_mut().zip(least) {
        *value = value.max(first * least);
    }
    values
}

/// By comparison and level: how common the values are that pairs of the same thing agree on.
fn commonness(model: &Model<'_>, layout: &Layout, sums: &Sums) -> Vec<Vec<f64>> {
    let of = |comparison: usize, level: usize| -> f64 {
        let place = &layout.places[comparison];
        let (mut pairs, mut shares) = (1e-9, 1e-9 * 0.01);
        for (at, kind) in model.kinds.iter().enumerate() {
            if !kind.same {
                continue;
            }
            for row in 0..place.rows {
                for step in 1..place.steps {
                    let count = sums.cells[layout.cell_of(comparison, row, level, step)][at];
                    pairs += count;
                    shares += count * share(step);
                }
            }
        }
        shares / pairs
    };
    layout
        .places
        .iter()
        .enumerate()
        .map(|(comparison, place)| {
            (0..place.levels)
                .map(|level| of(comparison, level))
                .collect()
        })
        .collect()
}
