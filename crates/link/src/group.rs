//! Grouping: candidates are weighed against each other.
//!
//! In: pairs with what each alone says. Out: the same pairs with a probability that knows of the others. A record that may be
//! one of two siblings is not both.

mod matching;
mod partition;

use crate::model::Grouping;
use crate::run::{Around, Pair};

/// What a pair says that no block brought up: its odds and its pattern.
pub type Odds<'o> = dyn Fn(u32, u32) -> (f64, u64) + Sync + 'o;

/// Weighs all pairs. Where it is stopped, some stay as they are.
pub fn weigh(pairs: &mut Vec<Pair>, grouping: Grouping, odds: &Odds<'_>, around: &Around<'_>) {
    match grouping {
        Grouping::None => {}
        Grouping::OneToOne => matching::weigh(pairs, true),
        Grouping::OneToMany => matching::weigh(pairs, false),
        Grouping::Clusters => partition::weigh(pairs, odds, around),
    }
}

/// Sets a pair's probability by its odds.
fn set(pair: &mut Pair, odds: f64) {
    let odds = odds.clamp(1e-300, 1e300);
    pair.bits = odds.log2();
    pair.probability = odds / (1.0 + odds);
}

/// Clusters: the records that pairs of at least this probability hold together; each with two or more, in order.
pub fn clusters(pairs: &[Pair], at_least: f64) -> Vec<Vec<u32>> {
    let mut joined = Joined::default();
    for pair in pairs.iter().filter(|pair| pair.probability >= at_least) {
        joined.join(pair.left, pair.right);
    }
    joined.sets()
}

/// Sets of records that are joined with one another.
#[derive(Default)]
struct Joined {
    up: rustc_hash::FxHashMap<u32, u32>,
}

impl Joined {
    fn find(&mut self, mut at: u32) -> u32 {
        while let Some(up) = self.up.get(&at).copied() {
            if up == at {
                return at;
            }
            let above = self.up.get(&up).copied().unwrap_or(up);
            self.up.insert(at, above);
            at = above;
        }
        self.up.insert(at, at);
        at
    }
    fn join(&mut self, left: u32, right: u32) {
        let (left, right) = (self.find(left), self.find(right));
        // The smaller number leads, so that the sets do not depend on the order.
        self.up.insert(left.max(right), left.min(right));
    }
    fn sets(mut self) -> Vec<Vec<u32>> {
        let mut records: Vec<u32> = self.up.keys().copied().collect();
        records.sort_unstable();
        let mut sets: rustc_hash::FxHashMap<u32, Vec<u32>> = rustc_hash::FxHashMap::default();
        for record in records {
            let leader = self.find(record);
            sets.entry(leader).or_default().push(record);
        }
        let mut sets: Vec<Vec<u32>> = sets.into_values().filter(|set| set.len() > 1).collect();
        sets.sort_unstable();
        sets
    }
}
