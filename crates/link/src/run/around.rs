//! What surrounds a run: threads, who hears of it, and the wish to stop.
//!
//! In: what the caller gives. Out: [`Around`].

use super::{Progress, Silent, Stage};
use crate::limits;
use std::sync::atomic::{AtomicBool, Ordering};

/// What surrounds a run.
pub struct Around<'a> {
    /// Threads to use.
    pub threads: usize,
    /// Who hears how far it is.
    pub progress: &'a dyn Progress,
    /// Set from outside to stop the run.
    pub stop: Option<&'a AtomicBool>,
}

impl Around<'_> {
    /// All cores, nobody listening.
    pub fn quiet() -> Self {
        Self {
            threads: cores(),
            progress: &Silent,
            stop: None,
        }
    }
    /// Whether somebody asked to stop.
    pub fn stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}

/// The first (0) or second (1) half of a stage that goes over everything twice.
pub(super) struct Half<'a>(pub(super) &'a dyn Progress, pub(super) u64);

impl Half<'_> {
    /// What both halves are told of.
    pub(super) const WHOLE: u64 = 1000;
}

impl Progress for Half<'_> {
    fn step(&self, stage: Stage, done: u64, of: u64) {
        // Thousandths, since the halves need not be of one size.
        let half = Self::WHOLE / 2;
        self.0
            .step(stage, half * self.1 + half * done / of.max(1), Self::WHOLE);
    }
}

/// The machine's cores, at most [`limits::THREADS`].
pub fn cores() -> usize {
    std::thread::available_parallelism()
        .map_or(1, std::num::NonZero::get)
        .min(limits::THREADS)
}
