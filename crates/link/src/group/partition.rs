//! Doubles in one list: records fall into groups, each one thing.
//!
//! In: pairs with their odds. Out: the probability of each pair over all ways to part the records that hang together, a way
//! weighing the product of the odds within its groups. Exact up to [`limits::PARTITION_RECORDS`] records; in larger knots each
//! pair is weighed against third records, the most probable others of its two.

use super::{Joined, Odds, set};
use crate::limits;
use crate::run::{Around, Pair, Stage, share_out};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What came of some knots.
#[derive(Default)]
struct Weighed {
    /// Pairs by their place, with their odds.
    odds: Vec<(usize, f64)>,
    /// Pairs that only a third record holds together.
    new: Vec<Pair>,
}

/// A piece of work.
enum Piece {
    /// So many small knots.
    Small(Range<usize>),
    /// Some pairs of a large one.
    Large(usize, Range<usize>),
}

/// Weighs; adds the pairs that only a third record holds together. The work grows with the pairs, however many records hang together.
/// Where it is stopped, some pairs stay as they are.
pub fn weigh(pairs: &mut Vec<Pair>, odds: &Odds<'_>, around: &Around<'_>) {
    let all: Vec<usize> = (0..pairs.len()).collect();
    let (mut small, mut large) = (Vec::new(), Vec::new());
    for knot in knots(pairs, &all, 0.0) {
        cut(knot, pairs, 1e-3, &mut small, &mut large);
    }
    let mut pieces = Vec::new();
    let (mut from, mut held) = (0, 0);
    for (at, knot) in small.iter().enumerate() {
        held += knot.len();
        if held >= limits::PAIRS_TOGETHER {
            pieces.push(Piece::Small(from..at + 1));
            (from, held) = (at + 1, 0);
        }
    }
    pieces.push(Piece::Small(from..small.len()));
    for (nth, knot) in large.iter().enumerate() {
        let count = knot.pairs.len();
        pieces.extend((0..count).step_by(limits::PAIRS_TOGETHER).map(|first| {
            let last = count.min(first + limits::PAIRS_TOGETHER);
            Piece::Large(nth, first..last)
        }));
    }
    let weighed = share_out(
        pieces.len(),
        (Stage::Grouping, around),
        || (),
        |at, ()| {
            let mut weighed = Weighed::default();
            match pieces.get(at) {
                Some(Piece::Small(range)) => {
                    for knot in small.get(range.clone()).unwrap_or(&[]) {
                        exact(knot, pairs, odds, &mut weighed);
                    }
                }
                Some(Piece::Large(nth, range)) => {
                    if let Some(knot) = large.get(*nth) {
                        knot.weigh(range.clone(), pairs, &mut weighed);
                    }
                }
                None => {}
            }
            weighed
        },
    );
    for (_, weighed) in weighed {
        for (place, odds) in weighed.odds {
            if let Some(pair) = pairs.get_mut(place) {
                set(pair, odds);
            }
        }
        pairs.extend(weighed.new);
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

/// Cuts a set of records where it hangs together weakly: into sets that can be weighed exactly, and what stays large.
fn cut(
    knot: Vec<usize>,
    pairs: &[Pair],
    weak: f64,
    small: &mut Vec<Vec<usize>>,
    large: &mut Vec<Large>,
) {
    if knot.len() < 2 {
        return;
    }
    // So few pairs hold no more records together.
    if knot.len() < limits::PARTITION_RECORDS {
        small.push(knot);
        return;
    }
    let set = records(&knot, pairs);
    if set.len() <= limits::PARTITION_RECORDS {
        small.push(knot);
    } else if weak > 0.3 {
        large.push(Large::of(&set, knot, pairs));
    } else {
        for part in knots(pairs, &knot, weak) {
            cut(part, pairs, weak * 4.0, small, large);
        }
    }
}

fn exact(knot: &[usize], pairs: &[Pair], odds: &Odds<'_>, weighed: &mut Weighed) {
    let set = &*records(knot, pairs);
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
                weighed.odds.push((at, odds));
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
                weighed.new.push(pair);
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

/// The others a record has a pair with, in order, and how probable each is.
type Near = Vec<(u32, f64)>;

/// A set of very many records.
struct Large {
    pairs: Vec<usize>,
    /// By pair: the places of its records.
    ends: Vec<(usize, usize)>,
    /// By place of a record.
    near: Vec<Near>,
    /// The same where there are more than [`limits::THIRDS`]: the most probable of them.
    first: FxHashMap<usize, Near>,
}

impl Large {
    fn of(set: &[u32], knot: Vec<usize>, pairs: &[Pair]) -> Self {
        let place = |record: u32| set.binary_search(&record).unwrap_or(0);
        let ends: Vec<(usize, usize)> = knot
            .iter()
            .map(|at| (place(pairs[*at].left), place(pairs[*at].right)))
            .collect();
        let mut near: Vec<Near> = vec![Vec::new(); set.len()];
        for (at, (left, right)) in knot.iter().zip(&ends) {
            let odds = pairs[*at].alone.exp2();
            near[*left].push((pairs[*at].right, odds / (1.0 + odds)));
            near[*right].push((pairs[*at].left, odds / (1.0 + odds)));
        }
        let mut first = FxHashMap::default();
        for (place, near) in near.iter_mut().enumerate() {
            near.sort_unstable_by_key(|(record, _)| *record);
            if near.len() > limits::THIRDS {
                let mut most = near.clone();
                most.select_nth_unstable_by(limits::THIRDS, |one, other| {
                    other.1.total_cmp(&one.1).then(one.0.cmp(&other.0))
                });
                most.truncate(limits::THIRDS);
                most.sort_unstable_by_key(|(record, _)| *record);
                first.insert(place, most);
            }
        }
        Self {
            pairs: knot,
            ends,
            near,
            first,
        }
    }

    /// Weighs some of its pairs.
    fn weigh(&self, some: Range<usize>, pairs: &[Pair], weighed: &mut Weighed) {
        for nth in some {
            if let (Some(at), Some(ends)) = (self.pairs.get(nth), self.ends.get(nth)) {
                weighed.odds.push((*at, self.asked(&pairs[*at], *ends)));
            }
        }
    }

    /// The odds of a pair once third records were asked: one that is surely one of the two and surely not the other speaks against it.
    fn asked(&self, pair: &Pair, (left, right): (usize, usize)) -> f64 {
        let first = |place: usize| self.first.get(&place).unwrap_or(&self.near[place]);
        let mut odds = pair.alone.exp2();
        let mut ask = |one: f64, other: f64| {
            odds *= (1.0 - one * (1.0 - other)) * (1.0 - other * (1.0 - one));
        };
        let mut there = Beside(&self.near[right]);
        for (third, one) in first(left).iter().filter(|(third, _)| *third != pair.right) {
            ask(*one, there.at(*third).unwrap_or(0.0));
        }
        let (mut there, mut asked) = (Beside(&self.near[left]), Beside(first(left)));
        for (third, other) in first(right).iter().filter(|(third, _)| *third != pair.left) {
            if asked.at(*third).is_none() {
                ask(there.at(*third).unwrap_or(0.0), *other);
            }
        }
        odds
    }
}

/// Others in order, asked for one after the other, in order as well.
struct Beside<'n>(&'n [(u32, f64)]);

impl Beside<'_> {
    /// How probable the pair with this record is, where there is one.
    fn at(&mut self, record: u32) -> Option<f64> {
        // In steps that double, then by halves: of a long list little is looked at.
        let mut step = 1;
        while self.0.get(step).is_some_and(|(first, _)| *first < record) {
            step *= 2;
        }
        let within = self.0.get(..self.0.len().min(step + 1)).unwrap_or(&[]);
        let before = within.partition_point(|(first, _)| *first < record);
        self.0 = self.0.get(before..).unwrap_or(&[]);
        match self.0 {
            [(first, probability), ..] if *first == record => Some(*probability),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn pair(left: u32, right: u32, odds: f64) -> Pair {
        Pair {
            left,
            right,
            probability: 0.0,
            bits: 0.0,
            weighed: 0.0,
            alone: odds.log2(),
            pattern: 0,
        }
    }

    /// Records of which about one pair in three is there, with odds from 1/100 to 100.
    fn random(records: u32) -> Vec<Pair> {
        let mut random = Random::new(7);
        let mut pairs = Vec::new();
        for left in 0..records {
            for right in left + 1..records {
                if random.below(3) == 0 {
                    let odds = [0.01, 0.3, 1.0, 4.0, 100.0];
                    let at = usize::try_from(random.below(5)).unwrap();
                    pairs.push(pair(left, right, odds[at]));
                }
            }
        }
        pairs
    }

    /// All pairs as those of one large knot.
    fn weighed(pairs: &[Pair]) -> Weighed {
        let knot: Vec<usize> = (0..pairs.len()).collect();
        let large = Large::of(&records(&knot, pairs), knot, pairs);
        let mut weighed = Weighed::default();
        large.weigh(0..pairs.len(), pairs, &mut weighed);
        weighed
    }

    #[test]
    fn every_third_record_is_asked() {
        let pairs = random(40);
        let of = |one: u32, other: u32| {
            let found = pairs
                .iter()
                .find(|pair| (pair.left, pair.right) == (one.min(other), one.max(other)));
            let odds = found.map_or(0.0, |pair| pair.alone.exp2());
            odds / (1.0 + odds)
        };
        let weighed = weighed(&pairs);
        for (at, odds) in weighed.odds {
            let Pair { left, right, .. } = pairs[at];
            let mut expected = pairs[at].alone.exp2();
            for third in (0..40).filter(|third| ![left, right].contains(third)) {
                let (one, other) = (of(left, third), of(right, third));
                expected *= (1.0 - one * (1.0 - other)) * (1.0 - other * (1.0 - one));
            }
            assert!((odds / expected - 1.0).abs() < 1e-9, "{left} {right}");
        }
    }

    #[test]
    fn of_very_many_others_the_most_probable_are_asked() {
        // Everybody is a little like the first, and one surely is: whoever else is, is not.
        let most = u32::try_from(limits::THIRDS).unwrap() * 4;
        let mut pairs: Vec<Pair> = (1..most).map(|right| pair(0, right, 0.01)).collect();
        pairs.push(pair(0, most, 1e6));
        let weighed = weighed(&pairs);
        let (last, others) = weighed.odds.split_last().unwrap();
        assert!(last.1 > 1e4);
        assert!(others.iter().all(|(_, odds)| *odds < 1e-6));
    }

    #[test]
    fn more_than_are_asked_may_be_one() {
        // One row pasted so often: all of them are the same, more or less surely.
        let many = u32::try_from(limits::THIRDS).unwrap() + 50;
        for odds in [&[1e6][..], &[1e6, 1e4, 3e5, 1e5]] {
            let mut random = Random::new(11);
            let mut pairs = Vec::new();
            for left in 0..many {
                for right in left + 1..many {
                    let at = usize::try_from(random.below(odds.len() as u64)).unwrap();
                    pairs.push(pair(left, right, odds[at]));
                }
            }
            for (at, weighed) in weighed(&pairs).odds {
                let before = pairs[at].alone.exp2();
                assert!(weighed > before * 0.5, "{before} {weighed}");
            }
        }
    }

    #[test]
    fn threads_and_pieces_change_nothing() {
        let mut chance = Random::new(3);
        let mut sets: Vec<Pair> = Vec::new();
        for first in (0..20_000_u32).step_by(4) {
            sets.push(pair(first, first + 1, 4.0));
            let odds = if chance.below(2) == 0 { 0.3 } else { 100.0 };
            sets.push(pair(first + 1, first + 2, odds));
        }
        let two_thirds = sets.len() * 3 / 2;
        // And one that stays large.
        sets.extend(random(80).iter().map(|one| Pair {
            left: one.left + 50_000,
            right: one.right + 50_000,
            ..*one
        }));
        let odds = |_: u32, _: u32| (0.5, 0);
        let weigh_by = |threads: usize| {
            let mut pairs = sets.clone();
            let around = Around {
                threads,
                ..Around::quiet()
            };
            weigh(&mut pairs, &odds, &around);
            pairs
        };
        let one = weigh_by(1);
        let small = one.iter().filter(|pair| pair.left < 50_000);
        assert_eq!(small.count(), two_thirds);
        assert_eq!(one, weigh_by(3));
    }
}
