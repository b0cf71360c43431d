//! Acts under way: each runs on a thread that may wait for the database, whether or not somebody still waits for its answer. The program ends
//! when they have ended, since one that waits for the database cannot go on without the runtime it waits on.
//!
//! In: acts as they begin and end. Out: [`UnderWay::wait`], for whoever stops the program.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How many acts are under way.
#[derive(Default)]
pub struct UnderWay {
    count: Mutex<usize>,
    changed: Condvar,
}

/// An act under way, until it is dropped.
pub struct Act(Arc<UnderWay>);

impl UnderWay {
    /// One more begins.
    pub fn begin(self: &Arc<Self>) -> Act {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        *count = count.saturating_add(1);
        Act(Arc::clone(self))
    }

    /// Waits until none is under way, at most so long; gives whether none is.
    pub fn wait(&self, most: Duration) -> bool {
        let count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .changed
            .wait_timeout_while(count, most, |count| *count > 0);
        let (count, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *count == 0
    }
}

impl Drop for Act {
    fn drop(&mut self) {
        let mut count = self.0.count.lock().unwrap_or_else(PoisonError::into_inner);
        *count = count.saturating_sub(1);
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_is_waited_for() {
        let acts = Arc::new(UnderWay::default());
        assert!(acts.wait(Duration::ZERO), "none has begun");
        let (one, two) = (acts.begin(), acts.begin());
        assert!(!acts.wait(Duration::ZERO));
        drop(one);
        assert!(!acts.wait(Duration::ZERO), "one goes on");
        let ends = std::thread::spawn(move || drop(two));
        assert!(acts.wait(Duration::from_mins(1)));
        ends.join().unwrap();
    }
}
