//! Blocking: which pairs of records are compared.
//!
//! In: the model's keys. Out: [`Blocks`]: records in order of each key, and the pieces of work they make. Blocks that are too large
//! are split by the finer ways of their key. Memory: 4 bytes a record and key, 4 bytes for each place in a block, and 16 bytes a
//! record on each thread while a key is sorted. Pairs under one key or finer way: at most
//! [`limits::PAIRS_A_RECORD`] a record where the key has finer ways, at most [`limits::BLOCK_PAIRS`] a block where it has none.

mod sort;

use crate::comparison::{Key, mix};
use crate::limits;
use crate::run::{Around, Stage, share_out};
use sort::Sorted;
use std::ops::Range;

/// All blocks.
pub struct Blocks<'k> {
    keys: &'k [Box<dyn Key + 'k>],
    /// The blocks of each key, then of the finer ways that are used.
    sorted: Vec<Sorted>,
    /// What `sorted` holds behind the keys: which way of which key.
    ways: Vec<(usize, usize)>,
    /// By record and key: what it says, 0 for nothing. A record's hashes lie together: a pair costs two looks. The lowest bit says
    /// that the block is too large, so that records do not meet there.
    said: Vec<u32>,
    first_list: Option<u32>,
    /// Pairs under all keys; a pair that meets under several counts several times.
    pub pairs: u64,
}

/// A piece of work: a range of left places in the members of a key.
#[derive(Clone, Debug)]
pub struct Task {
    key: usize,
    blocks: Range<usize>,
    /// Within a single large block, the range of its left records.
    part: Option<Range<usize>>,
}

/// What is told of a key.
#[derive(Clone, Debug, serde::Serialize)]
pub struct KeyReport {
    /// Its name; with the finer way, where large blocks were split so.
    pub key: String,
    /// Pairs that meet under it.
    pub pairs: u64,
    /// Blocks that were too large and were split by finer ways.
    pub blocks_split: u64,
    /// Blocks left out because they are too large.
    pub blocks_left_out: u64,
    /// Pairs in them.
    pub pairs_left_out: u64,
}

/// Blocks whose records are looked at before their pairs are made: most blocks are of two or three records.
const BLOCKS_AHEAD: usize = 32;

/// The bit of a hash that says that the block is too large.
const LARGE: u32 = 1;

fn pairs_of(len: usize, split: Option<usize>) -> u64 {
    let len = len as u64;
    match split {
        Some(split) => (split as u64) * (len - split as u64),
        None => len * len.saturating_sub(1) / 2,
    }
}

/// How many of a block's records (in order) are of the first list.
fn split(block: &[u32], first_list: Option<u32>) -> Option<usize> {
    first_list.map(|first_list| block.partition_point(|record| *record < first_list))
}

impl<'k> Blocks<'k> {
    /// Sorts the records under every key, on all threads.
    pub fn of(
        keys: &'k [Box<dyn Key + 'k>],
        records: u32,
        first_list: Option<u32>,
        around: &Around<'_>,
    ) -> Self {
        let said = say(keys, records as usize, around);
        let width = keys.len();
        let budget = u64::from(records).saturating_mul(limits::PAIRS_A_RECORD);
        let sorted = share_out(
            width,
            (Stage::Blocks, around),
            || (),
            |key, ()| {
                let column = (0..records).zip(said.iter().skip(key).step_by(width).copied());
                let finer = !keys.get(key).is_none_or(|key| key.finer().is_empty());
                sort::sort(&column, first_list, finer.then_some(budget))
            },
        );
        let mut blocks = Self {
            keys,
            sorted: sorted.into_iter().map(|(_, sorted)| sorted).collect(),
            ways: Vec::new(),
            said,
            first_list,
            pairs: 0,
        };
        blocks.mark();
        blocks.split_large(budget, around);
        blocks.pairs = (0..blocks.sorted.len())
            .map(|key| blocks.pairs_of_key(key))
            .sum();
        blocks
    }

    /// Marks the records of blocks that are too large.
    fn mark(&mut self) {
        let width = self.keys.len();
        for (key, sorted) in self.sorted.iter().enumerate() {
            for record in &sorted.large {
                if let Some(said) = self.said.get_mut(*record as usize * width + key) {
                    *said |= LARGE;
                }
            }
        }
    }

    /// Splits the blocks that are too large, one time for each finer way.
    fn split_large(&mut self, budget: u64, around: &Around<'_>) {
        let ways: Vec<(usize, usize)> = self
            .keys
            .iter()
            .enumerate()
            .filter(|(at, _)| {
                self.sorted
                    .get(*at)
                    .is_some_and(|sorted| !sorted.large.is_empty())
            })
            .flat_map(|(at, key)| (0..key.finer().len()).map(move |way| (at, way)))
            .collect();
        let split = share_out(
            ways.len(),
            (Stage::Blocks, around),
            || (),
            |at, ()| {
                let (key, way) = ways[at];
                let large = self.sorted.get(key).map_or(&[][..], |sorted| &sorted.large);
                let column = large.iter().map(|record| {
                    let fine = self.keys[key].finer_key(way, *record);
                    let said = u64::from(self.stands(*record)[key]);
                    let hash = if fine == 0 { 0 } else { short(mix(said, fine)) };
                    (*record, hash)
                });
                sort::sort(&column, self.first_list, Some(budget))
            },
        );
        self.sorted
            .extend(split.into_iter().map(|(_, sorted)| sorted));
        self.ways = ways;
        for sorted in &mut self.sorted {
            sorted.large = Vec::new();
        }
    }

    /// What a record says under all keys.
    fn stands(&self, record: u32) -> &[u32] {
        let from = record as usize * self.keys.len();
        &self.said[from..from + self.keys.len()]
    }

    fn block(&self, key: usize, block: usize) -> &[u32] {
        self.sorted
            .get(key)
            .map_or(&[], |sorted| sorted.block(block))
    }

    fn blocks_of(&self, key: usize) -> usize {
        self.sorted.get(key).map_or(0, Sorted::blocks)
    }

    fn pairs_in(&self, key: usize, block: usize) -> u64 {
        let block = self.block(key, block);
        pairs_of(block.len(), split(block, self.first_list))
    }

    fn pairs_of_key(&self, key: usize) -> u64 {
        (0..self.blocks_of(key))
            .map(|block| self.pairs_in(key, block))
            .sum()
    }

    /// Reads what a record says under its keys; the number means nothing.
    pub fn look_ahead(&self, record: u32) -> u32 {
        let said = self.stands(record);
        said.first().copied().unwrap_or(0) ^ said.last().copied().unwrap_or(0)
    }

    /// Whether a key brings two records up.
    pub fn meet(&self, left: u32, right: u32) -> bool {
        let (one, other) = (self.stands(left), self.stands(right));
        meet(one, other) || self.meet_finer((left, one), (right, other), self.ways.len())
    }

    /// Whether one of the first so many finer ways brings two records up.
    fn meet_finer(&self, left: (u32, &[u32]), right: (u32, &[u32]), ways: usize) -> bool {
        self.ways.iter().take(ways).any(|(key, way)| {
            let (one, other) = (left.1[*key], right.1[*key]);
            one == other && one & LARGE != 0 && {
                let fine = self.keys[*key].finer_key(*way, left.0);
                fine != 0 && fine == self.keys[*key].finer_key(*way, right.0)
            }
        })
    }

    /// What is told of each key.
    pub fn report(&self) -> Vec<KeyReport> {
        let names = self.keys.iter().map(|key| key.name().to_owned());
        let ways = self.ways.iter().map(|(key, way)| {
            let way = self.keys[*key].finer().get(*way).copied().unwrap_or("");
            format!("{} + {way}", self.keys[*key].name())
        });
        let told = names.chain(ways).zip(&self.sorted).enumerate();
        told.map(|(at, (key, sorted))| {
            let (blocks, pairs) = sorted.too_large;
            let is_split = self.keys.get(at).is_some_and(|key| !key.finer().is_empty());
            KeyReport {
                key,
                pairs: self.pairs_of_key(at),
                blocks_split: if is_split { blocks } else { 0 },
                blocks_left_out: if is_split { 0 } else { blocks },
                pairs_left_out: if is_split { 0 } else { pairs },
            }
        })
        .collect()
    }

    /// The pieces of work, in a fixed order.
    pub fn tasks(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        for key in 0..self.sorted.len() {
            let (mut from, mut held) = (0, 0);
            for block in 0..self.blocks_of(key) {
                let pairs = self.pairs_in(key, block);
                if held > 0 && held + pairs > limits::TASK_PAIRS {
                    tasks.push(Task {
                        key,
                        blocks: from..block,
                        part: None,
                    });
                    (from, held) = (block, 0);
                }
                held += pairs;
                if pairs > 4 * limits::TASK_PAIRS {
                    let len = self.block(key, block).len();
                    let parts = usize::try_from(pairs / limits::TASK_PAIRS)
                        .unwrap_or(1)
                        .min(len);
                    for part in 0..parts {
                        let range = len * part / parts..len * (part + 1) / parts;
                        tasks.push(Task {
                            key,
                            blocks: block..block + 1,
                            part: Some(range),
                        });
                    }
                    (from, held) = (block + 1, 0);
                }
            }
            if held > 0 {
                tasks.push(Task {
                    key,
                    blocks: from..self.blocks_of(key),
                    part: None,
                });
            }
        }
        tasks
    }

    /// Calls `each` for every pair of a task that no earlier key brings up.
    pub fn pairs(&self, task: &Task, mut each: impl FnMut(u32, u32)) {
        let before = task.key.min(self.keys.len());
        let ways = task.key - before;
        let mut ahead = task.blocks.start;
        for block in task.blocks.clone() {
            if block == ahead {
                // What the records of the next blocks say lies anywhere: it is waited for once for all of them.
                ahead += BLOCKS_AHEAD;
                let next = block..ahead.min(task.blocks.end);
                let members = next.flat_map(|block| self.block(task.key, block));
                let read = members.fold(0, |read, record| read ^ self.look_ahead(*record));
                std::hint::black_box(read);
            }
            let members = self.block(task.key, block);
            let split = split(members, self.first_list);
            let lefts = members.get(..split.unwrap_or(members.len())).unwrap_or(&[]);
            for (at, left) in lefts.iter().enumerate() {
                if task.part.as_ref().is_some_and(|part| !part.contains(&at)) {
                    continue;
                }
                let own = &self.stands(*left)[..before];
                let rights = members.get(split.unwrap_or(at + 1)..).unwrap_or(&[]);
                for right in rights {
                    let other = &self.stands(*right)[..before];
                    if !meet(own, other)
                        && (ways == 0 || !self.meet_finer((*left, own), (*right, other), ways))
                    {
                        each(*left, *right);
                    }
                }
            }
        }
    }
}

/// Whether two records stand in one block that is not too large.
fn meet(left: &[u32], right: &[u32]) -> bool {
    left.iter()
        .zip(right)
        .any(|(one, other)| one == other && *one != 0 && one & LARGE == 0)
}

/// Half a hash, its lowest bit kept free; never 0.
fn short(hash: u64) -> u32 {
    let half = u32::try_from((hash ^ hash >> 32) & 0xFFFF_FFFE).unwrap_or(2);
    half.max(2)
}

/// Records whose hashes are worked out in one piece of work.
const SAID_AT_ONCE: usize = 16_384;

/// By record and key: what the record says.
fn say(keys: &[Box<dyn Key + '_>], records: usize, around: &Around<'_>) -> Vec<u32> {
    let width = keys.len();
    let mut said = vec![0_u32; records * width];
    let pieces = std::sync::Mutex::new(said.chunks_mut(SAID_AT_ONCE * width.max(1)).enumerate());
    std::thread::scope(|scope| {
        for _ in 0..around.threads.max(1) {
            scope.spawn(|| {
                loop {
                    let piece = pieces.lock().ok().and_then(|mut pieces| pieces.next());
                    let Some((at, piece)) = piece.filter(|_| !around.stopped()) else {
                        return;
                    };
                    for (place, row) in piece.chunks_exact_mut(width.max(1)).enumerate() {
                        let record = u32::try_from(at * SAID_AT_ONCE + place).unwrap_or(0);
                        for (slot, key) in row.iter_mut().zip(keys) {
                            let hash = key.key(record);
                            *slot = if hash == 0 { 0 } else { short(hash) };
                        }
                    }
                }
            });
        }
    });
    said
}
