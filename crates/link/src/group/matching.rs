//! One-to-one and one-to-many: a record takes at most one partner.
//!
//! In: pairs with their odds. Out: the probability of each over all ways to pair records off, a way weighing the product of its
//! odds (sum–product messages on the graph of candidates: exact where it has no rings, and near where it has).

use super::set;
use crate::limits;
use crate::run::Pair;

/// Weighs. `both`: the right record takes at most one partner, too.
pub fn weigh(pairs: &mut [Pair], both: bool) {
    let odds: Vec<f64> = pairs.iter().map(|pair| pair.alone.exp2()).collect();
    let lefts = Sides::of(pairs, |pair| pair.left);
    let rights = Sides::of(pairs, |pair| pair.right);
    // How free the left and the right record of a pair are, if the pair itself is left aside.
    let mut from_left = vec![1.0; pairs.len()];
    let mut from_right = vec![1.0; pairs.len()];
    for _ in 0..limits::MATCHING_ROUNDS {
        let mut change = lefts.free(&odds, &from_right, &mut from_left);
        if both {
            change = change.max(rights.free(&odds, &from_left, &mut from_right));
        }
        if change < 1e-7 || !both {
            break;
        }
    }
    for (at, pair) in pairs.iter_mut().enumerate() {
        set(pair, odds[at] * from_left[at] * from_right[at]);
    }
}

/// The pairs of each record of one side.
struct Sides {
    pairs: Vec<u32>,
    starts: Vec<usize>,
}

impl Sides {
    fn of(pairs: &[Pair], record: fn(&Pair) -> u32) -> Self {
        let mut order: Vec<u32> = (0..u32::try_from(pairs.len()).unwrap_or(u32::MAX)).collect();
        order.sort_unstable_by_key(|at| {
            let pair = &pairs[*at as usize];
            (record(pair), pair.left, pair.right)
        });
        let mut starts = vec![0];
        for at in 1..order.len() {
            if record(&pairs[order[at] as usize]) != record(&pairs[order[at - 1] as usize]) {
                starts.push(at);
            }
        }
        starts.push(order.len());
        Self {
            pairs: order,
            starts,
        }
    }

    /// How free each record is without each of its pairs; gives the largest change.
    fn free(&self, odds: &[f64], other: &[f64], out: &mut [f64]) -> f64 {
        let mut change = 0.0_f64;
        // Behind each pair: what those after it of its record weigh. Sums from both ends, so that nothing is taken away from a sum that a
        // single pair may be almost all of.
        let mut after: Vec<f64> = Vec::new();
        for range in self.starts.windows(2) {
            let mine = &self.pairs[range[0]..range[1]];
            let weight = |pair: u32| odds[pair as usize] * other[pair as usize];
            after.clear();
            after.push(0.0);
            for pair in mine.iter().skip(1).rev() {
                after.push(after.last().copied().unwrap_or(0.0) + weight(*pair));
            }
            let mut before = 0.0;
            for (pair, after) in mine.iter().zip(after.iter().rev()) {
                let free = 1.0 / (1.0 + before + after);
                let slot = &mut out[*pair as usize];
                change = change.max((free - *slot).abs());
                *slot = free;
                before += weight(*pair);
            }
        }
        change
    }
}
