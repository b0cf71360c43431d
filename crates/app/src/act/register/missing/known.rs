//! What is known of one count of children: an estimate with its range, and the lists it rests on.
//!
//! In: [`Counts`], how many children stand in exactly which lists. Out: [`Known`], or why nothing can be said.

use super::{BOOK, Kind};
use std::collections::BTreeMap;
use treem_child::report::estimate::{Estimate, Ground, Histories, Unknown, estimate};

/// Lists from which on the book is left aside.
const ENOUGH: usize = 3;

/// By exact lists: how many children.
pub(super) type Counts = BTreeMap<i64, u64>;

pub(super) fn merge(into: &mut Counts, more: &Counts) {
    for (lists, count) in more {
        *into.entry(*lists).or_default() += count;
    }
}

/// The lists an estimate of such counts rests on.
pub(super) fn resting(counts: &Counts) -> i64 {
    let others: i64 = Kind::ALL
        .into_iter()
        .map(Kind::bit)
        .filter(|bit| counts.keys().any(|lists| lists & bit != 0))
        .sum();
    if others.count_ones() as usize >= ENOUGH {
        others
    } else {
        others | BOOK
    }
}

/// Half of the range that is left however many children there are, as a share of the figure: what linkage and models are off by themselves, which
/// more children do not make smaller (docs/missing.md, *How well it does*).
const EXACT: f64 = 0.012;

/// Of children who are in the book, the share that is named as missing all the same: what linkage is off by itself (docs/missing.md, *How well it does*).
const TAKEN: f64 = 0.001;

/// A figure with its range.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) low: f64,
    pub(super) total: f64,
    pub(super) high: f64,
    pub(super) ground: String,
}

impl Known {
    /// From and to, no narrower than linkage and models are exact. Not to be summed: they are off everywhere alike.
    pub(super) fn range(&self) -> (f64, f64) {
        let off = EXACT * self.total;
        (
            self.total - (self.total - self.low).hypot(off),
            self.total + (self.high - self.total).hypot(off),
        )
    }
}

/// A figure and the lists it rests on; or why nothing can be said.
pub(super) type Answer = Result<(Known, i64), (String, i64)>;

/// Estimates from counts; the error is why not, in one sentence.
pub(super) fn known(counts: &Counts) -> Answer {
    if counts.is_empty() {
        let none = Known {
            low: 0.0,
            total: 0.0,
            high: 0.0,
            ground: String::new(),
        };
        return Ok((none, 0));
    }
    let of = |used: i64| {
        let bits: Vec<i64> = (0..6)
            .map(|at| BOOK << at)
            .filter(|bit| used & bit != 0)
            .collect();
        let mut histories = Histories::new(bits.len().max(2))?;
        for (lists, count) in counts {
            let among = bits
                .iter()
                .enumerate()
                .map(|(at, bit)| usize::from(lists & bit != 0) << at)
                .sum();
            histories.add(among, *count);
        }
        Some(estimate(&histories))
    };
    let used = resting(counts);
    match of(used) {
        // An overlap of a handful fits models of which one says ten times as many: that is no figure.
        Some(Ok(found)) if is_wild(&found) => Err((Unknown::NoModel.sentence(), used)),
        Some(Ok(found)) => Ok((
            Known {
                low: found.low,
                total: found.total,
                high: found.high,
                ground: ground(&found),
            },
            used,
        )),
        Some(Err(unknown)) => Err((unknown.sentence(), used)),
        None => Err((String::new(), used)),
    }
}

/// More than thrice those who are seen, or perhaps more than ten times.
fn is_wild(found: &Estimate) -> bool {
    let (_, high) = found.range();
    let total = whole(found.total.round()).unsigned_abs();
    total > found.seen.saturating_mul(3) || high > found.seen.saturating_mul(10)
}

/// The word of what an estimate rests on.
fn ground(found: &Estimate) -> String {
    match found.ground {
        Ground::Chapman => "chapman".to_owned(),
        Ground::LogLinear { lists, models, .. } => format!("log-linear {lists} {models}"),
    }
}

/// The sum of figures that err independently.
pub(super) fn sum<'k>(parts: impl Iterator<Item = &'k Known>) -> Known {
    let (mut total, mut below, mut above) = (0.0, 0.0_f64, 0.0_f64);
    let mut ground = String::new();
    for part in parts {
        total += part.total;
        below += (part.total - part.low).powi(2);
        above += (part.high - part.total).powi(2);
        if part.ground.len() > ground.len() {
            ground.clone_from(&part.ground);
        }
    }
    Known {
        low: total - below.sqrt(),
        total,
        high: total + above.sqrt(),
        ground,
    }
}

/// How many children a figure may be off by linkage and models alone.
#[expect(
    clippy::cast_precision_loss,
    reason = "children are fewer than 2 to the 52nd"
)]
pub(super) fn exactly(figure: i64) -> i64 {
    whole((EXACT * figure as f64).ceil())
}

/// How many of so many children who were found in the book may stand among those named as missing besides: as many as are to be expected, and two standard
/// deviations of a Poisson law.
#[expect(
    clippy::cast_precision_loss,
    reason = "children are fewer than 2 to the 52nd"
)]
pub(super) fn taken(in_the_book: i64) -> i64 {
    let expected = TAKEN * in_the_book.max(0) as f64;
    whole((expected + 2.0 * expected.sqrt()).ceil())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast stops at the ends of the type, and no children are that many"
)]
pub(super) fn whole(value: f64) -> i64 {
    value as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_never_narrower_than_the_models_are_exact() {
        let known = |low: f64, total: f64, high: f64| {
            let ground = String::new();
            let (low, high) = Known {
                low,
                total,
                high,
                ground,
            }
            .range();
            (whole(low.round()), whole(high.round()))
        };
        assert_eq!(known(0.0, 0.0, 0.0), (0, 0));
        // A province: what chance leaves is next to nothing.
        assert_eq!(known(99_900.0, 100_000.0, 100_100.0), (98_796, 101_204));
        // A commune: next to chance it is nothing.
        assert_eq!(known(900.0, 1_000.0, 1_200.0), (899, 1_200));
    }

    #[test]
    fn the_book_is_a_list_only_where_others_are_few() {
        let three = Counts::from([(2, 9), (2 | 4, 9), (8 | BOOK, 3)]);
        assert_eq!(resting(&three), 2 | 4 | 8);
        let one = Counts::from([(2, 9), (2 | BOOK, 9), (BOOK, 3)]);
        assert_eq!(resting(&one), 2 | BOOK);
    }
}
