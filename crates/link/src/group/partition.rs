//! Doubles in one list: records fall into groups, each one thing.
//!
//! In: pairs with their odds. Out: the probability of each pair over all ways to part the records that hang together, a way
//! weighing the product of the odds within its groups. Exact up to [`limits::PARTITION_RECORDS`] records; in larger knots each
//! pair is weighed against every third record.

use super::{Joined, set};
use crate::limits;
use crate::run::Pair;
use rustc_hash::FxHashMap;

/// Weighs; adds the pairs that only a third record holds together. The work grows with the pairs, however many records hang together.
pub fn weigh(pairs: &mut Vec<Pair>, odds: &dyn Fn(u32, u32) -> (f64, u64)) {
    let all: Vec<usize> = (0..pairs.len()).collect();
    for knot in knots(pairs, &all, 0.0) {
        loosen(&knot, pairs, odds, 1e-3);
    }
}

/// The sets of records that pairs of at least these odds hold together, each as its pairs, weaker ones included.
fn knots(pairs: &[Pair], of: &[usize], least: f64) -> Vec<Vec<usize>> {
    let mut joined = Joined::default();
    for pair in of.iter().map(|at| &pairs[*at]) {
        if pair.alone.exp2() >= least {
            joined.join(pair.left, pair.right);
        }
    }
    let mut knots: Vec<Vec<usize>> = Vec::new();
    let mut places: FxHashMap<u32, usize> = FxHashMap::default();
    for at in of {
        let leader = joined.find(pairs[*at].left);
        if leader == joined.find(pairs[*at].right) {
            let place = *places.entry(leader).or_insert(knots.len());
            if place == knots.len() {
                knots.push(Vec::new());
            }
            knots[place].push(*at);
        }
    }
    knots
}

/// The records of a set, in order.
fn records(knot: &[usize], pairs: &[Pair]) -> Vec<u32> {
    let ends = knot.iter().map(|at| &pairs[*at]);
    let mut records: Vec<u32> = ends.flat_map(|pair| [pair.left, pair.right]).collect();
    records.sort_unstable();
    records.dedup();
    records
}

/// Weighs a set of records, after cutting it where it hangs together weakly.
fn loosen(knot: &[usize], pairs: &mut Vec<Pair>, odds: &dyn Fn(u32, u32) -> (f64, u64), weak: f64) {
    if knot.len() < 2 {
        return;
    }
    let set = records(knot, pairs);
    if set.len() <= limits::PARTITION_RECORDS {
        exact(&set, knot, pairs, odds);
    } else if weak > 0.3 {
        roughly(&set, knot, pairs);
    } else {
        for part in knots(pairs, knot, weak) {
            loosen(&part, pairs, odds, weak * 4.0);
        }
    }
}

fn exact(
    set: &[u32],
    knot: &[usize],
    pairs: &mut Vec<Pair>,
    odds: &dyn Fn(u32, u32) -> (f64, u64),
) {
    let count = set.len();
    let mut places = [[None; limits::PARTITION_RECORDS]; limits::PARTITION_RECORDS];
    for at in knot {
        let place = |record: u32| set.binary_search(&record).unwrap_or(0);
        places[place(pairs[*at].left)][place(pairs[*at].right)] = Some(*at);
    }
    let mut weights = [[1.0_f64; limits::PARTITION_RECORDS]; limits::PARTITION_RECORDS];
    let mut patterns = [[0_u64; limits::PARTITION_RECORDS]; limits::PARTITION_RECORDS];
    for left in 0..count {
        for right in left + 1..count {
            (weights[left][right], patterns[left][right]) = match places[left][right] {
                Some(at) => (pairs[at].alone.exp2(), pairs[at].pattern),
                None => odds(set[left], set[right]),
            };
        }
    }
    let mut ways = Ways {
        weights: &weights,
        count,
        group: [0; limits::PARTITION_RECORDS],
        all: 0.0,
        together: [[0.0; limits::PARTITION_RECORDS]; limits::PARTITION_RECORDS],
    };
    ways.part(0, 0, 1.0);
    for left in 0..count {
        for right in left + 1..count {
            let together = ways.together[left][right];
            let odds = together / (ways.all - together).max(ways.all * 1e-15);
            if let Some(at) = places[left][right] {
                super::set(&mut pairs[at], odds);
            } else if odds >= limits::KEPT_ODDS {
                let mut pair = Pair {
                    left: set[left],
                    right: set[right],
                    probability: 0.0,
                    bits: 0.0,
                    weighed: 0.0,
                    alone: weights[left][right].max(1e-300).log2(),
                    pattern: patterns[left][right],
                };
                super::set(&mut pair, odds);
                pairs.push(pair);
            }
        }
    }
}

/// Odds are cut here, so that the product over all pairs of a set stays a number.
const SURELY: f64 = 1e12;
const SURELY_NOT: f64 = 1e-12;

/// Goes through all ways to part a few records.
struct Ways<'w> {
    weights: &'w [[f64; limits::PARTITION_RECORDS]; limits::PARTITION_RECORDS],
    count: usize,
    group: [usize; limits::PARTITION_RECORDS],
    all: f64,
    together: [[f64; limits::PARTITION_RECORDS]; limits::PARTITION_RECORDS],
}

impl Ways<'_> {
    fn part(&mut self, at: usize, groups: usize, weight: f64) {
        if weight <= 0.0 {
            return;
        }
        if at == self.count {
            self.all += weight;
            for left in 0..self.count {
                for right in left + 1..self.count {
                    if self.group[left] == self.group[right] {
                        self.together[left][right] += weight;
                    }
                }
            }
            return;
        }
        for group in 0..=groups {
            let mut inside = weight;
            for earlier in 0..at {
                if self.group[earlier] == group {
                    inside *= self.weights[earlier][at].clamp(SURELY_NOT, SURELY);
                }
            }
            self.group[at] = group;
            self.part(at + 1, groups.max(group + 1), inside);
        }
    }
}

/// A pair of a large knot: a third record that is surely one of the two and surely not the other speaks against it.
fn roughly(set: &[u32], knot: &[usize], pairs: &mut [Pair]) {
    let place = |record: u32| set.binary_search(&record).unwrap_or(0);
    // By record: the others it has a pair with, in order, and how probable each is.
    let mut near: Vec<Vec<(u32, f64)>> = vec![Vec::new(); set.len()];
    for at in knot {
        let Pair {
            left, right, alone, ..
        } = pairs[*at];
        let odds = alone.exp2();
        near[place(left)].push((right, odds / (1.0 + odds)));
        near[place(right)].push((left, odds / (1.0 + odds)));
    }
    for near in &mut near {
        near.sort_unstable_by_key(|(record, _)| *record);
    }
    for at in knot {
        let Pair {
            left, right, alone, ..
        } = pairs[*at];
        let of = |of: u32, third: u32| {
            let near = &near[place(of)];
            let at = near.binary_search_by_key(&third, |(record, _)| *record);
            at.map_or(0.0, |at| near[at].1)
        };
        let mut odds = alone.exp2();
        for (third, one) in near[place(left)]
            .iter()
            .filter(|(third, _)| *third != right)
        {
            let other = of(right, *third);
            odds *= (1.0 - one * (1.0 - other)) * (1.0 - other * (1.0 - one));
        }
        for (third, other) in near[place(right)]
            .iter()
            .filter(|(third, _)| *third != left)
        {
            if of(left, *third) == 0.0 {
                odds *= 1.0 - other;
            }
        }
        set_at(pairs, *at, odds);
    }
}

fn set_at(pairs: &mut [Pair], place: usize, odds: f64) {
    if let Some(pair) = pairs.get_mut(place) {
        set(pair, odds);
    }
}
