//! Why a pair has its probability: a waterfall in bits.
//!
//! In: what a run learned and two records. Out: [`Waterfall`]: where the pair starts, and what each comparison adds. Comparisons
//! are weighed one after the other, so the steps add up exactly.

use crate::comparison::{Scratch, share};
use crate::model::{Model, calibrated};
use crate::pattern::Layout;
use crate::run::Linked;

/// What one comparison adds.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Step {
    /// The comparison.
    pub comparison: String,
    /// The level, 0 where one of the records says nothing.
    pub level: usize,
    /// What the level is called; empty for the missing one.
    pub label: String,
    /// How common the value is that both have, where that counts.
    pub common: Option<f64>,
    /// What it adds, in bits: +1 doubles the odds.
    pub bits: f64,
}

/// Where a pair starts, what is added, where it ends.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Waterfall {
    /// The odds of any two records, in bits.
    pub start: f64,
    /// By comparison.
    pub steps: Vec<Step>,
    /// What the pair alone comes to, in bits.
    pub alone: f64,
    /// What weighing against other candidates changed, in bits.
    pub others: f64,
    /// What calibration changed, in bits: evidence that hangs together counts for less than its sum.
    pub calibration: f64,
    /// Where it ends, in bits.
    pub bits: f64,
    /// The same as a probability.
    pub probability: f64,
    /// How probable each kind of pairs is, the pair taken alone.
    pub kinds: Vec<(String, f64)>,
}

/// Explains two records, whether or not a block brought them up.
pub fn explain(model: &Model<'_>, linked: &Linked, left: u32, right: u32) -> Waterfall {
    let layout: &Layout = &linked.layout;
    let pattern = layout.pattern(model, left, right, &mut Scratch::default());
    let bits = |first: usize| {
        let (same, other) = linked.tables.sides(layout, pattern, first);
        (same / other.max(f64::MIN_POSITIVE))
            .max(f64::MIN_POSITIVE)
            .log2()
    };
    let start = bits(0);
    let mut before = start;
    let mut steps = Vec::new();
    for (at, comparison) in model.comparisons.iter().enumerate() {
        let after = bits(at + 1);
        let level = layout.level(pattern, at);
        let rarity = layout.rarity(pattern, at);
        let label = level
            .checked_sub(1)
            .and_then(|level| comparison.levels().get(level));
        steps.push(Step {
            comparison: comparison.name().to_owned(),
            level,
            label: label.map_or(String::new(), |level| level.label.clone()),
            common: (rarity > 0).then(|| share(rarity)),
            bits: after - before,
        });
        before = after;
    }
    let found = linked
        .pairs
        .binary_search_by_key(&(left, right), |pair| (pair.left, pair.right));
    let found = found.ok().and_then(|at| linked.pairs.get(at));
    let weighed = found.map_or(before, |pair| pair.weighed);
    let end = calibrated(&model.calibration[layout.situation(pattern)], weighed);
    let kinds = model
        .kinds
        .iter()
        .map(|kind| kind.name.clone())
        .zip(linked.tables.kinds(layout, pattern));
    Waterfall {
        start,
        steps,
        alone: before,
        others: weighed - before,
        calibration: end - weighed,
        bits: end,
        probability: 1.0 / (1.0 + (-end).exp2()),
        kinds: kinds.collect(),
    }
}
