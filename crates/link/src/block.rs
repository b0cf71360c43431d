//! Blocking: which pairs of records are compared.
//!
//! In: the model's keys. Out: [`Blocks`]: records in order of each key, and the pieces of work they make. Memory: 12 bytes a
//! record while a key is sorted on each thread, 8 bytes a record and key afterwards.

use crate::comparison::Key;
use crate::limits;
use crate::run::{Around, Stage};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The blocks of one key.
struct Sorted {
    /// Records block by block.
    members: Vec<u32>,
    /// Where blocks begin in `members`; one more at the end.
    starts: Vec<u32>,
    /// Blocks that were too large, and their pairs.
    too_large: (u64, u64),
}

/// All blocks.
pub struct Blocks {
    keys: Vec<Sorted>,
    /// By record and key: the number of its block, 0 for none. A record's numbers lie together: a pair costs two looks.
    of: Vec<u32>,
    first_list: Option<u32>,
    /// Pairs under all keys; a pair that meets under several counts several times.
    pub pairs: u64,
}

/// A piece of work: a range of left places in `members` of a key.
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
    /// Its name.
    pub key: String,
    /// Pairs that meet under it.
    pub pairs: u64,
    /// Blocks left out because they are too large.
    pub blocks_left_out: u64,
    /// Pairs in them.
    pub pairs_left_out: u64,
}

fn sort(key: &dyn Key, records: u32, first_list: Option<u32>) -> Sorted {
    let mut hashed: Vec<(u64, u32)> = (0..records)
        .filter_map(|record| {
            let hash = key.key(record);
            (hash != 0).then_some((hash, record))
        })
        .collect();
    hashed.sort_unstable();
    let mut sorted = Sorted {
        members: Vec::new(),
        starts: vec![0],
        too_large: (0, 0),
    };
    for block in hashed.chunk_by(|left, right| left.0 == right.0) {
        if block.len() < 2 {
            continue;
        }
        let pairs = pairs_of(
            block.len(),
            split(block.iter().map(|entry| entry.1), first_list),
        );
        if pairs > limits::BLOCK_PAIRS {
            sorted.too_large.0 += 1;
            sorted.too_large.1 += pairs;
        } else if pairs > 0 {
            sorted
                .members
                .extend(block.iter().map(|(_, record)| *record));
            sorted
                .starts
                .push(u32::try_from(sorted.members.len()).unwrap_or(0));
        }
    }
    sorted.members.shrink_to_fit();
    sorted
}

/// How many of a block's records (in order) are of the first list.
fn split(block: impl Iterator<Item = u32>, first_list: Option<u32>) -> Option<usize> {
    first_list.map(|first_list| block.take_while(|record| *record < first_list).count())
}

/// Whether two records stand in one block.
fn meet(left: &[u32], right: &[u32]) -> bool {
    left.iter()
        .zip(right)
        .any(|(one, other)| one == other && *one != 0)
}

fn pairs_of(len: usize, split: Option<usize>) -> u64 {
    let len = len as u64;
    match split {
        Some(split) => (split as u64) * (len - split as u64),
        None => len * (len - 1) / 2,
    }
}

impl Blocks {
    /// Sorts the records under every key, keys side by side on all threads.
    pub fn of(
        keys: &[Box<dyn Key + '_>],
        records: u32,
        first_list: Option<u32>,
        around: &Around<'_>,
    ) -> Self {
        let next = AtomicUsize::new(0);
        let mut done: Vec<(usize, Sorted)> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..around.threads.min(keys.len()))
                .map(|_| {
                    scope.spawn(|| {
                        let mut mine = Vec::new();
                        loop {
                            let at = next.fetch_add(1, Ordering::Relaxed);
                            let Some(key) = keys.get(at) else { break mine };
                            if around.stopped() {
                                break mine;
                            }
                            mine.push((at, sort(key.as_ref(), records, first_list)));
                            around
                                .progress
                                .step(Stage::Blocks, at as u64 + 1, keys.len() as u64);
                        }
                    })
                })
                .collect();
            workers
                .into_iter()
                .filter_map(|worker| worker.join().ok())
                .flatten()
                .collect()
        });
        done.sort_unstable_by_key(|(at, _)| *at);
        let mut blocks = Self {
            keys: done.into_iter().map(|(_, sorted)| sorted).collect(),
            first_list,
            of: Vec::new(),
            pairs: 0,
        };
        blocks.of = blocks.numbers(records as usize);
        blocks.pairs = (0..blocks.keys.len())
            .map(|key| blocks.pairs_of_key(key))
            .sum();
        blocks
    }

    fn numbers(&self, records: usize) -> Vec<u32> {
        let width = self.keys.len();
        let mut of = vec![0; records * width];
        for (key, sorted) in self.keys.iter().enumerate() {
            for (number, block) in sorted.starts.windows(2).enumerate() {
                for record in &sorted.members[block[0] as usize..block[1] as usize] {
                    of[*record as usize * width + key] = u32::try_from(number + 1).unwrap_or(0);
                }
            }
        }
        of
    }

    /// The numbers of a record's blocks under the first so many keys.
    fn stands(&self, record: u32, keys: usize) -> &[u32] {
        let from = record as usize * self.keys.len();
        &self.of[from..from + keys]
    }

    fn block(&self, key: usize, block: usize) -> &[u32] {
        let Some(sorted) = self.keys.get(key) else {
            return &[];
        };
        match (sorted.starts.get(block), sorted.starts.get(block + 1)) {
            (Some(from), Some(to)) => sorted
                .members
                .get(*from as usize..*to as usize)
                .unwrap_or(&[]),
            _ => &[],
        }
    }

    fn blocks_of(&self, key: usize) -> usize {
        self.keys
            .get(key)
            .map_or(0, |sorted| sorted.starts.len() - 1)
    }

    fn pairs_in(&self, key: usize, block: usize) -> u64 {
        let block = self.block(key, block);
        pairs_of(block.len(), split(block.iter().copied(), self.first_list))
    }

    fn pairs_of_key(&self, key: usize) -> u64 {
        (0..self.blocks_of(key))
            .map(|block| self.pairs_in(key, block))
            .sum()
    }

    /// Whether a key brings two records up.
    pub fn meet(&self, left: u32, right: u32) -> bool {
        let keys = self.keys.len();
        meet(self.stands(left, keys), self.stands(right, keys))
    }

    /// What is told of each key.
    pub fn report(&self, keys: &[Box<dyn Key + '_>]) -> Vec<KeyReport> {
        let told = keys.iter().zip(&self.keys).enumerate();
        told.map(|(at, (key, sorted))| KeyReport {
            key: key.name().to_owned(),
            pairs: self.pairs_of_key(at),
            blocks_left_out: sorted.too_large.0,
            pairs_left_out: sorted.too_large.1,
        })
        .collect()
    }

    /// The pieces of work, in a fixed order.
    pub fn tasks(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        for key in 0..self.keys.len() {
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
        for block in task.blocks.clone() {
            let members = self.block(task.key, block);
            let split = split(members.iter().copied(), self.first_list);
            let lefts = members.get(..split.unwrap_or(members.len())).unwrap_or(&[]);
            for (at, left) in lefts.iter().enumerate() {
                if task.part.as_ref().is_some_and(|part| !part.contains(&at)) {
                    continue;
                }
                let own = self.stands(*left, task.key);
                let rights = members.get(split.unwrap_or(at + 1)..).unwrap_or(&[]);
                for right in rights {
                    if !meet(own, self.stands(*right, task.key)) {
                        each(*left, *right);
                    }
                }
            }
        }
    }
}
