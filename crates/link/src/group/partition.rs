//! Doubles in one list: records fall into groups, each one thing.
//!
//! In: pairs with their odds. Out: the probability of each pair over all ways to part the records that hang together, a way
//! weighing the product of the odds within its groups. Exact up to [`limits::PARTITION_RECORDS`] records; in larger knots each
//! pair is weighed against every third record.

use super::{Joined, set};
use crate::limits;
use crate::run::Pair;
use rustc_hash::FxHashMap;

/// Weighs; adds the pairs that only a third record holds together.
pub fn weigh(pairs: &mut Vec<Pair>, odds: &dyn Fn(u32, u32) -> (f64, u64)) {
    let mut places: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    let mut joined = Joined::default();
    for (at, pair) in pairs.iter().enumerate() {
        places.insert((pair.left, pair.right), at);
        joined.join(pair.left, pair.right);
    }
    for set in joined.sets() {
        loosen(&set, pairs, &mut places, odds, 1e-3);
    }
}

/// Weighs a set of records, after cutting it where it hangs together weakly.
fn loosen(
    set: &[u32],
    pairs: &mut Vec<Pair>,
    places: &mut FxHashMap<(u32, u32), usize>,
    odds: &dyn Fn(u32, u32) -> (f64, u64),
    weak: f64,
) {
    if set.len() < 3 {
        return;
    }
    if set.len() <= limits::PARTITION_RECORDS {
        exact(set, pairs, places, odds);
        return;
    }
    if weak > 0.3 {
        roughly(set, pairs, places);
        return;
    }
    let mut joined = Joined::default();
    for (at, left) in set.iter().enumerate() {
        for right in &set[at + 1..] {
            if let Some(place) = places.get(&(*left, *right))
                && pairs[*place].alone.exp2() >= weak
            {
                joined.join(*left, *right);
            }
        }
    }
    for part in joined.sets() {
        loosen(&part, pairs, places, odds, weak * 4.0);
    }
}

fn exact(
    set: &[u32],
    pairs: &mut Vec<Pair>,
    places: &mut FxHashMap<(u32, u32), usize>,
    odds: &dyn Fn(u32, u32) -> (f64, u64),
) {
    let count = set.len();
    let mut weights = [[1.0_f64; limits::PARTITION_RECORDS]; limits::PARTITION_RECORDS];
    let mut patterns = [[0_u64; limits::PARTITION_RECORDS]; limits::PARTITION_RECORDS];
    for left in 0..count {
        for right in left + 1..count {
            (weights[left][right], patterns[left][right]) =
                match places.get(&(set[left], set[right])) {
                    Some(place) => (pairs[*place].alone.exp2(), pairs[*place].pattern),
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
            if let Some(place) = places.get(&(set[left], set[right])) {
                super::set(&mut pairs[*place], odds);
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
                places.insert((pair.left, pair.right), pairs.len());
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
fn roughly(set: &[u32], pairs: &mut [Pair], places: &FxHashMap<(u32, u32), usize>) {
    let known = |left: u32, right: u32| places.get(&(left.min(right), left.max(right))).copied();
    let alone = |pairs: &[Pair], left: u32, right: u32| {
        known(left, right).map_or(0.0, |place| {
            let odds = pairs[place].alone.exp2();
            odds / (1.0 + odds)
        })
    };
    let mut found = Vec::new();
    for (at, left) in set.iter().enumerate() {
        for right in &set[at + 1..] {
            let Some(place) = known(*left, *right) else {
                continue;
            };
            let mut odds = pairs[place].alone.exp2();
            for third in set.iter().filter(|third| *third != left && *third != right) {
                let (one, other) = (alone(pairs, *left, *third), alone(pairs, *right, *third));
                odds *= (1.0 - one * (1.0 - other)) * (1.0 - other * (1.0 - one));
            }
            found.push((place, odds));
        }
    }
    for (place, odds) in found {
        set_at(pairs, place, odds);
    }
}

fn set_at(pairs: &mut [Pair], place: usize, odds: f64) {
    if let Some(pair) = pairs.get_mut(place) {
        set(pair, odds);
    }
}
