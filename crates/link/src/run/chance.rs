//! Random pairs: how often values agree by chance.
//!
//! In: the records and their blocks. Out: patterns with how many pairs they stand for. Records are drawn a few at a time and compared
//! each with each: a pair costs a look into memory that is already near, and what is learned of a value's share is as sure as before,
//! since each of some fifty thousand drawn records brings its own values.

use super::batch::Batch;
use super::{Around, Stage, share_out};
use crate::block::Blocks;
use crate::comparison::Scratch;
use crate::learn::{Counted, Origin};
use crate::limits;
use crate::model::Model;
use crate::pattern::Layout;
use crate::random::Random;
use rustc_hash::FxHashMap;

/// Pieces that random pairs are drawn in, each with a seed of its own.
const DRAWS: u64 = 32;

/// Random pairs, standing for `outside` pairs that no block brings up; those that a key does bring up are passed over.
pub(super) fn pairs(
    model: &Model<'_>,
    layout: &Layout,
    blocks: &Blocks<'_>,
    (records, first_list): (u32, Option<u32>),
    outside: f64,
    around: &Around<'_>,
) -> Vec<Counted> {
    let lefts = u64::from(first_list.unwrap_or(records));
    let rights = u64::from(records) - if first_list.is_some() { lefts } else { 0 };
    if lefts == 0 || rights == 0 {
        return Vec::new();
    }
    let drawn = share_out(
        usize::try_from(DRAWS).unwrap_or(1),
        (Stage::Comparing, around),
        Scratch::default,
        |seed, scratch| {
            let mut random = Random::new(0x0074_7265_656D + seed as u64);
            let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
            let mut take = |_: u32, _: u32, pattern: u64| *counts.entry(pattern).or_default() += 1;
            let mut batch = Batch::of(model, layout);
            let (mut some, mut others) = (Vec::new(), Vec::new());
            let together = limits::RANDOM_TOGETHER * limits::RANDOM_TOGETHER;
            for _ in 0..limits::RANDOM_PAIRS.div_ceil(DRAWS * together) {
                // Records lie anywhere: what keys say of all of them is looked at first, so that memory is waited for once.
                let mut read = 0_u32;
                some.clear();
                others.clear();
                for _ in 0..limits::RANDOM_TOGETHER {
                    let left = u32::try_from(random.below(lefts)).unwrap_or(0);
                    let right = u32::try_from(random.below(rights)).unwrap_or(0);
                    let right = right + first_list.unwrap_or(0);
                    read ^= blocks.look_ahead(left) ^ blocks.look_ahead(right);
                    some.push(left);
                    others.push(right);
                }
                std::hint::black_box(read);
                for left in &some {
                    for right in &others {
                        if left != right && !blocks.meet(*left, *right) {
                            batch.push(*left, *right, scratch, &mut take);
                        }
                    }
                }
            }
            batch.end(scratch, &mut take);
            counts
        },
    );
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for (pattern, count) in drawn.into_iter().flat_map(|(_, counts)| counts) {
        *counts.entry(pattern).or_default() += count;
    }
    let taken: u32 = counts.values().sum();
    let each = outside / f64::from(taken.max(1));
    counts
        .into_iter()
        .map(|(pattern, count)| Counted {
            pattern,
            pairs: f64::from(count) * each,
            origin: Origin::Outside,
        })
        .collect()
}
