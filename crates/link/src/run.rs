//! A run: blocks → patterns → learning → odds → grouping.
//!
//! In: a [`Model`] over numbered records. Out: [`Linked`]: pairs with their probability, and what was learned. Memory: the
//! blocks (8 bytes a record and key), at most [`crate::limits::PAIRS_HELD`] pairs of 16 bytes, the patterns, and the pairs that
//! may be the same thing. The result does not depend on the number of threads.

mod around;
mod batch;
mod chance;

use around::Half;
pub use around::{Around, cores};

use crate::block::{Blocks, KeyReport, Task};
use crate::comparison::Scratch;
use crate::error::Error;
use crate::group;
use crate::learn::{self, Counted, Origin, Tables};
use crate::limits;
use crate::model::{Grouping, Model, calibrated};
use crate::pattern::{Layout, SITUATIONS};
use crate::random::of_pair;
use batch::Batch;
use rustc_hash::FxHashMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Records are sorted under the keys.
    Blocks,
    /// Pairs are compared.
    Comparing,
    /// Levels are learned.
    Learning,
    /// Pairs are weighed.
    Scoring,
    /// Candidates are weighed against each other.
    Grouping,
}

/// Hears how far a run is.
pub trait Progress: Sync {
    /// `done` of `of` of this stage are done.
    fn step(&self, stage: Stage, done: u64, of: u64);
}

/// Hears nothing.
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _: Stage, _: u64, _: u64) {}
}

/// A pair that may be the same thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Number of a record (of the first list, where there are two).
    pub left: u32,
    /// Number of the other record.
    pub right: u32,
    /// Probability that they are the same thing, all candidates weighed against each other.
    pub probability: f64,
    /// The same as bits: the logarithm of its odds.
    pub bits: f64,
    /// The same before calibration.
    pub weighed: f64,
    /// What the pair alone says, in bits.
    pub alone: f64,
    /// What the comparisons gave.
    pub pattern: u64,
}

/// What a run gave.
pub struct Linked {
    /// Pairs in order of left and right, the grouping weighed in.
    pub pairs: Vec<Pair>,
    /// How patterns are laid out.
    pub layout: Layout,
    /// What was learned.
    pub tables: Tables,
    /// What each blocking key brought up.
    pub keys: Vec<KeyReport>,
    /// Pairs that were compared.
    pub compared: u64,
    /// Pairs of records there are.
    pub all_pairs: f64,
    /// Different patterns.
    pub patterns: usize,
    /// Pairs left out because too many were worth keeping.
    pub left_out: u64,
    calibration: [Vec<(f64, f64)>; SITUATIONS],
}

impl Linked {
    /// How likely a record is one of several others at all; `pairs`: some of its own. Others that are alike, as two copies of one record are,
    /// share what speaks for them, and calibration, which is of pairs that stand alone, would take each share for a doubt: both would be
    /// nobody. So the shares of those who would each be the same thing alone are put together first; others are not helped by being many.
    pub fn together<'p>(&self, pairs: impl Iterator<Item = &'p Pair>) -> f64 {
        let (mut all, mut alike, mut count, mut likeliest) = (0.0, 0.0, 0_usize, None::<&Pair>);
        for pair in pairs {
            all += pair.probability;
            if self.curved(pair, pair.alone) < 0.0 {
                continue;
            }
            alike += 1.0 / (1.0 + (-pair.weighed).exp2());
            count += 1;
            if likeliest.is_none_or(|known| pair.probability > known.probability) {
                likeliest = Some(pair);
            }
        }
        let shared = likeliest.filter(|_| count > 1).map_or(0.0, |pair| {
            let odds = alike / (1.0 - alike).max(LEAST_DOUBT);
            1.0 / (1.0 + (-self.curved(pair, odds.log2())).exp2())
        });
        shared.max(all.min(1.0))
    }

    /// Bits as calibrated for pairs of this kind.
    fn curved(&self, pair: &Pair, bits: f64) -> f64 {
        calibrated(&self.calibration[self.layout.situation(pair.pattern)], bits)
    }
}

/// What is left of doubt where shares add up to one but for rounding.
const LEAST_DOUBT: f64 = 1e-9;

/// A pair that is held, with its pattern.
type Held = (u32, u32, u64);

struct Compared {
    /// By task: its pairs with their patterns; empty where pairs are not held.
    held: Vec<(usize, Vec<Held>)>,
    counts: FxHashMap<u64, u32>,
    pairs: u64,
}

/// Links the records of a model: `records` of them, the first `first_list` being the first of two lists.
///
/// # Errors
/// [`Error::Model`], [`Error::Records`], or [`Error::Stopped`].
pub fn link(
    model: &Model<'_>,
    records: usize,
    first_list: Option<usize>,
    around: &Around<'_>,
) -> Result<Linked, Error> {
    model.check()?;
    let layout = Layout::of(model)?;
    let too_many = || Error::Records(format!("more than {} records", limits::RECORDS));
    if records > limits::RECORDS {
        return Err(too_many());
    }
    let records = u32::try_from(records).map_err(|_| too_many())?;
    let first_list = first_list
        .map(u32::try_from)
        .transpose()
        .map_err(|_| too_many())?;
    let all_pairs = match first_list {
        Some(first) => f64::from(first) * f64::from(records.saturating_sub(first)),
        None => f64::from(records) * (f64::from(records) - 1.0) / 2.0,
    };
    let blocks = Blocks::of(&model.keys, records, first_list, around);
    let tasks = blocks.tasks();
    let hold = blocks.pairs <= limits::PAIRS_HELD;
    let one_in = if hold {
        1
    } else {
        blocks.pairs.div_ceil(limits::PAIRS_LEARNT)
    };
    let mut compared = compare(model, &layout, &blocks, &tasks, (hold, one_in), around);
    if around.stopped() {
        return Err(Error::Stopped);
    }
    let mut counted: Vec<Counted> = compared
        .counts
        .drain()
        .map(|(pattern, pairs)| Counted {
            pattern,
            pairs: f64::from(pairs) * one_in as f64,
            origin: Origin::Inside,
        })
        .collect();
    let inside: f64 = counted.iter().map(|entry| entry.pairs).sum();
    counted.extend(chance::pairs(
        model,
        &layout,
        &blocks,
        (records, first_list),
        (all_pairs - inside).max(1.0),
        around,
    ));
    counted.sort_unstable_by_key(|entry| (entry.pattern, entry.origin));
    let learned =
        learn::learn(model, &layout, &counted, all_pairs, None, around).ok_or(Error::Stopped)?;
    let mut tables = learned.clone().corrected(model, &layout);
    let patterns = counted.len();
    let (mut pairs, left_out, seen) = score(
        model,
        &layout,
        &tables,
        (&blocks, &tasks),
        (hold, &mut compared),
        around,
    );
    let keys = blocks.report();
    drop(blocks);
    if around.stopped() {
        return Err(Error::Stopped);
    }
    around.progress.step(Stage::Grouping, 0, Half::WHOLE);
    group_by(model, &layout, &tables, &mut pairs, (around, 0));
    if model.grouping != Grouping::None {
        // Once it is known who is whose partner, the pairs that lost tell how the others look: what twins agree on, say.
        take_out(&mut counted, &pairs);
        tables = learn::learn(model, &layout, &counted, all_pairs, Some(&learned), around)
            .ok_or(Error::Stopped)?
            .corrected(model, &layout);
        let mut known = FxHashMap::default();
        pairs.retain_mut(|pair| {
            let odds: f64 = *known
                .entry(pair.pattern)
                .or_insert_with(|| tables.odds(&layout, pair.pattern));
            pair.alone = odds.log2();
            (pair.bits, pair.probability) = (pair.alone, odds / (1.0 + odds));
            odds >= limits::KEPT_ODDS
        });
        group_by(model, &layout, &tables, &mut pairs, (around, 1));
    }
    if around.stopped() {
        return Err(Error::Stopped);
    }
    for pair in &mut pairs {
        pair.weighed = pair.bits;
        pair.bits = calibrated(
            &model.calibration[layout.situation(pair.pattern)],
            pair.bits,
        );
        pair.probability = 1.0 / (1.0 + (-pair.bits).exp2());
    }
    pairs.sort_unstable_by_key(|pair| (pair.left, pair.right));
    around
        .progress
        .step(Stage::Grouping, Half::WHOLE, Half::WHOLE);
    Ok(Linked {
        pairs,
        layout,
        tables,
        keys,
        compared: if hold { compared.pairs } else { seen },
        all_pairs,
        patterns,
        left_out,
        calibration: model.calibration.clone(),
    })
}

fn group_by(
    model: &Model<'_>,
    layout: &Layout,
    tables: &Tables,
    pairs: &mut Vec<Pair>,
    (around, half): (&Around<'_>, u64),
) {
    let odds = |left: u32, right: u32| {
        let pattern = layout.pattern(model, left, right, &mut Scratch::default());
        (tables.odds(layout, pattern), pattern)
    };
    let around = Around {
        progress: &Half(around.progress, half),
        ..*around
    };
    group::weigh(pairs, model.grouping, &odds, &around);
}

/// Bits that other candidates have to take from a pair for it to count as lost.
const LOST: f64 = 3.0;

/// Counts the pairs that lost to another candidate apart: they are not the same thing.
fn take_out(counted: &mut Vec<Counted>, pairs: &[Pair]) {
    let mut lost: FxHashMap<u64, f64> = FxHashMap::default();
    for pair in pairs.iter().filter(|pair| pair.alone - pair.bits > LOST) {
        *lost.entry(pair.pattern).or_default() += 1.0;
    }
    for entry in counted
        .iter_mut()
        .filter(|entry| entry.origin == Origin::Inside)
    {
        if let Some(taken) = lost.get_mut(&entry.pattern) {
            *taken = taken.min(entry.pairs);
            entry.pairs -= *taken;
        }
    }
    counted.extend(lost.into_iter().map(|(pattern, pairs)| Counted {
        pattern,
        pairs,
        origin: Origin::Taken,
    }));
    counted.sort_unstable_by_key(|entry| (entry.pattern, entry.origin));
}

/// Lets threads take tasks one by one; gives what each made, in order of the tasks.
pub(crate) fn share_out<T: Send, S>(
    count: usize,
    (stage, around): (Stage, &Around<'_>),
    begin: impl Fn() -> S + Sync,
    work: impl Fn(usize, &mut S) -> T + Sync,
) -> Vec<(usize, T)> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..around.threads.max(1))
            .map(|_| {
                scope.spawn(|| {
                    let mut mine = Vec::new();
                    let mut state = begin();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        if at >= count || around.stopped() {
                            break mine;
                        }
                        mine.push((at, work(at, &mut state)));
                        around.progress.step(stage, at as u64 + 1, count as u64);
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            // What one of them lacks would not be seen in the result.
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done
}

fn compare(
    model: &Model<'_>,
    layout: &Layout,
    blocks: &Blocks<'_>,
    tasks: &[Task],
    (hold, one_in): (bool, u64),
    around: &Around<'_>,
) -> Compared {
    let counts = std::sync::Mutex::new(Vec::new());
    struct State<'a> {
        scratch: Scratch,
        counts: FxHashMap<u64, u32>,
        into: &'a std::sync::Mutex<Vec<FxHashMap<u64, u32>>>,
    }
    impl Drop for State<'_> {
        fn drop(&mut self) {
            if let Ok(mut into) = self.into.lock() {
                into.push(std::mem::take(&mut self.counts));
            }
        }
    }
    let begin = || State {
        scratch: Scratch::default(),
        counts: FxHashMap::default(),
        into: &counts,
    };
    let held = share_out(
        tasks.len(),
        (Stage::Comparing, around),
        begin,
        |at, state| {
            let mut pairs = Vec::new();
            let mut take =
                |left: u32, right: u32, pattern: u64, counts: &mut FxHashMap<u64, u32>| {
                    let count = counts.entry(pattern).or_default();
                    *count = count.saturating_add(1);
                    if hold {
                        pairs.push((left, right, pattern));
                    }
                };
            let State {
                scratch, counts, ..
            } = state;
            let mut batch = Batch::of(model, layout);
            blocks.pairs(&tasks[at], |left, right| {
                if one_in == 1 || of_pair(left, right).is_multiple_of(one_in) {
                    batch.push(left, right, scratch, &mut |left, right, pattern| {
                        take(left, right, pattern, counts);
                    });
                }
            });
            batch.end(scratch, &mut |left, right, pattern| {
                take(left, right, pattern, counts);
            });
            pairs
        },
    );
    let mut all = FxHashMap::default();
    for part in counts.into_inner().unwrap_or_default() {
        if all.is_empty() {
            all = part;
            continue;
        }
        for (pattern, count) in part {
            let sum: &mut u32 = all.entry(pattern).or_default();
            *sum = sum.saturating_add(count);
        }
    }
    let pairs = held.iter().map(|(_, pairs)| pairs.len() as u64).sum();
    Compared {
        held,
        counts: all,
        pairs,
    }
}

fn score(
    model: &Model<'_>,
    layout: &Layout,
    tables: &Tables,
    (blocks, tasks): (&Blocks<'_>, &[Task]),
    (hold, compared): (bool, &mut Compared),
    around: &Around<'_>,
) -> (Vec<Pair>, u64, u64) {
    let held = std::mem::take(&mut compared.held);
    let begin = || (Scratch::default(), FxHashMap::<u64, f64>::default());
    let done = share_out(
        tasks.len(),
        (Stage::Scoring, around),
        begin,
        |at, (scratch, known)| {
            let mut kept = Vec::new();
            let mut seen = 0_u64;
            let mut take =
                |left: u32, right: u32, pattern: u64, known: &mut FxHashMap<u64, f64>| {
                    let odds = *known
                        .entry(pattern)
                        .or_insert_with(|| tables.odds(layout, pattern));
                    if odds >= limits::KEPT_ODDS {
                        kept.push(Pair {
                            left,
                            right,
                            probability: odds / (1.0 + odds),
                            bits: odds.log2(),
                            weighed: odds.log2(),
                            alone: odds.log2(),
                            pattern,
                        });
                    }
                };
            if known.len() > limits::REMEMBERED {
                known.clear();
            }
            if hold {
                for (left, right, pattern) in held.get(at).map_or(&[][..], |(_, pairs)| pairs) {
                    take(*left, *right, *pattern, known);
                }
            } else {
                let mut batch = Batch::of(model, layout);
                let mut take = |left: u32, right: u32, pattern: u64| {
                    take(left, right, pattern, known);
                };
                blocks.pairs(&tasks[at], |left, right| {
                    seen += 1;
                    batch.push(left, right, scratch, &mut take);
                });
                batch.end(scratch, &mut take);
            }
            (kept, seen)
        },
    );
    let seen = done.iter().map(|(_, (_, seen))| seen).sum();
    let mut pairs = Vec::with_capacity(
        done.iter()
            .map(|(_, (kept, _))| kept.len())
            .sum::<usize>()
            .min(limits::PAIRS_KEPT),
    );
    let mut left_out = 0;
    for (_, (mut kept, _)) in done {
        let room = limits::PAIRS_KEPT - pairs.len();
        left_out += kept.len().saturating_sub(room) as u64;
        kept.truncate(room);
        pairs.append(&mut kept);
    }
    (pairs, left_out, seen)
}
