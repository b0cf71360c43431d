//! One round's expectation: what the counted pairs are, by the tables of the round before.
//!
//! In: tables and counted pairs, with their cells worked out. Out: [`Room`], the sums by cell, situation and kind. Work is cut in fixed
//! pieces, whose sums are added in their order, so that the number of threads changes nothing.

use super::{ByKind, Counted, Origin, Tables};
use crate::limits;
use crate::pattern::{Layout, SITUATIONS};

/// Pieces that a round is cut into.
const PIECES: usize = 32;

/// What a piece of a round gives: pairs by cell and kind, and by situation and kind.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) cells: Vec<ByKind>,
    pub(super) pairs: [ByKind; SITUATIONS],
}

impl Sums {
    /// Nothing, in the memory that is there.
    fn clear(&mut self, cells: usize) {
        self.cells.clear();
        self.cells.resize(cells, [0.0; limits::KINDS]);
        self.pairs = [[0.0; limits::KINDS]; SITUATIONS];
    }
}

/// The memory of a round, kept for the next: by piece, and all of them together.
#[derive(Default)]
pub(super) struct Room {
    pieces: Vec<Sums>,
    pub(super) all: Sums,
}

/// What the pairs are, by the tables of the round before: into `room.all`.
pub(super) fn expect(
    tables: &Tables,
    layout: &Layout,
    counted: &[Counted],
    (cells, comparisons): (&[u32], usize),
    threads: usize,
    room: &mut Room,
) {
    // What pairs of each origin begin with: kinds that they cannot be of have nothing.
    let prior = |may_be: &dyn Fn(usize) -> bool| {
        let mut priors = tables.shares;
        for prior in &mut priors {
            for (kind, weight) in prior.iter_mut().enumerate() {
                if !may_be(kind) {
                    *weight = 0.0;
                }
            }
        }
        priors
    };
    let (inside, taken, outside) = (
        tables.shares,
        prior(&|kind| tables.same.get(kind).is_some_and(|same| !same)),
        prior(&|kind| tables.outside.get(kind).copied().unwrap_or(false)),
    );
    let piece = counted.len().div_ceil(PIECES).max(1);
    let pieces = counted.len().div_ceil(piece);
    room.pieces.resize_with(pieces, Sums::default);
    let next = std::sync::Mutex::new(room.pieces.iter_mut().enumerate());
    let work = || {
        loop {
            let mine = next.lock().ok().and_then(|mut next| next.next());
            let Some((at, sums)) = mine else {
                return;
            };
            sums.clear(tables.cells.len());
            let from = at * piece;
            let rows = cells[from * comparisons..].chunks_exact(comparisons);
            for (entry, cells) in counted[from..].iter().zip(rows).take(piece) {
                let situation = layout.situation(entry.pattern);
                let mut weights = match entry.origin {
                    Origin::Inside => inside[situation],
                    Origin::Taken => taken[situation],
                    Origin::Outside => outside[situation],
                };
                for cell in cells {
                    for (weight, value) in weights.iter_mut().zip(&tables.cells[*cell as usize]) {
                        *weight *= value;
                    }
                }
                let all: f64 = weights.iter().sum();
                let scale = entry.pairs / all.max(f64::MIN_POSITIVE);
                for (weight, pairs) in weights.iter_mut().zip(&mut sums.pairs[situation]) {
                    *weight *= scale;
                    *pairs += *weight;
                }
                for cell in cells {
                    for (sum, pairs) in sums.cells[*cell as usize].iter_mut().zip(&weights) {
                        *sum += pairs;
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(work);
        }
    });
    room.all.clear(tables.cells.len());
    for sums in &room.pieces {
        let sums = sums.cells.iter().chain(&sums.pairs);
        let into = room.all.cells.iter_mut().chain(&mut room.all.pairs);
        for (into, from) in into.zip(sums) {
            for (into, from) in into.iter_mut().zip(from) {
                *into += from;
            }
        }
    }
}
