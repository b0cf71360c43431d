//! What a run learned, for people and programs.
//!
//! In: a model and what a run gave. Out: [`Report`], plain data.

use crate::block::KeyReport;
use crate::model::Model;
use crate::run::Linked;

/// A level as learned.
#[derive(Clone, Debug, serde::Serialize)]
pub struct LevelReport {
    /// What it is called.
    pub label: String,
    /// m: how often pairs of the same thing reach it.
    pub m: f64,
    /// u: how often other pairs reach it.
    pub u: f64,
    /// log₂(m / u).
    pub bits: f64,
    /// How common the values are that are agreed on, where that counts.
    pub common: Option<f64>,
    /// By kind of pairs, in the order of [`Report::kinds`].
    pub by_kind: Vec<f64>,
}

/// A comparison as learned.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ComparisonReport {
    /// Its name.
    pub comparison: String,
    /// The one it is looked at together with.
    pub beside: Option<String>,
    /// Its levels.
    pub levels: Vec<LevelReport>,
}

/// A kind of pairs as learned.
#[derive(Clone, Debug, serde::Serialize)]
pub struct KindReport {
    /// Its name.
    pub kind: String,
    /// Pairs of this kind are the same thing.
    pub same: bool,
    /// How many pairs there are of it.
    pub pairs: f64,
}

/// A tenth of the probabilities.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Tenth {
    /// From this probability.
    pub from: f64,
    /// To this one.
    pub to: f64,
    /// Pairs in it.
    pub pairs: u64,
    /// Pairs of the same thing that are expected in it.
    pub expected: f64,
}

/// All that was learned.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Report {
    /// Pairs of records there are.
    pub all_pairs: f64,
    /// Pairs compared.
    pub compared: u64,
    /// Different patterns.
    pub patterns: usize,
    /// Rounds of learning.
    pub rounds: usize,
    /// Pairs left out because too many were worth keeping.
    pub left_out: u64,
    /// Kinds of pairs.
    pub kinds: Vec<KindReport>,
    /// Comparisons.
    pub comparisons: Vec<ComparisonReport>,
    /// Blocking keys.
    pub keys: Vec<KeyReport>,
    /// Pairs by tenth of their probability.
    pub tenths: Vec<Tenth>,
}

/// Makes the report.
pub fn report(model: &Model<'_>, linked: &Linked) -> Report {
    let tables = &linked.tables;
    let kinds: Vec<KindReport> = model
        .kinds
        .iter()
        .zip(&tables.pairs)
        .map(|(kind, pairs)| KindReport {
            kind: kind.name.clone(),
            same: kind.same,
            pairs: *pairs,
        })
        .collect();
    let mean = |same: bool, comparison: usize, level: usize| -> f64 {
        let of = model
            .kinds
            .iter()
            .enumerate()
            .filter(|(_, kind)| kind.same == same);
        let (sum, all) = of.fold((0.0, 0.0), |(sum, all), (at, _)| {
            (
                sum + tables.pairs[at] * tables.levels[at][comparison][level],
                all + tables.pairs[at],
            )
        });
        sum / f64::max(all, f64::MIN_POSITIVE)
    };
    let comparisons = model
        .comparisons
        .iter()
        .enumerate()
        .map(|(at, comparison)| ComparisonReport {
            comparison: comparison.name().to_owned(),
            beside: model
                .beside
                .get(at)
                .copied()
                .flatten()
                .and_then(|beside| model.comparisons.get(beside))
                .map(|beside| beside.name().to_owned()),
            levels: comparison
                .levels()
                .iter()
                .enumerate()
                .map(|(level, named)| {
                    let (m, u) = (mean(true, at, level), mean(false, at, level));
                    LevelReport {
                        label: named.label.clone(),
                        m,
                        u,
                        bits: (m / u.max(f64::MIN_POSITIVE)).log2(),
                        common: named.rarity.then(|| tables.common[at][level + 1]),
                        by_kind: tables.levels.iter().map(|kind| kind[at][level]).collect(),
                    }
                })
                .collect(),
        });
    let mut tenths: Vec<Tenth> = (0..10)
        .map(|at| Tenth {
            from: f64::from(at) / 10.0,
            to: f64::from(at + 1) / 10.0,
            pairs: 0,
            expected: 0.0,
        })
        .collect();
    for pair in &linked.pairs {
        if let Some(tenth) = tenths
            .iter_mut()
            .rev()
            .find(|tenth| pair.probability >= tenth.from)
        {
            tenth.pairs += 1;
            tenth.expected += pair.probability;
        }
    }
    Report {
        all_pairs: linked.all_pairs,
        compared: linked.compared,
        patterns: linked.patterns,
        rounds: tables.rounds,
        left_out: linked.left_out,
        kinds,
        comparisons: comparisons.collect(),
        keys: linked.keys.clone(),
        tenths,
    }
}
