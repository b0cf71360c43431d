//! Remembers which statements ran on which engine, so that a test can say that each has run on both.
//!
//! In: every statement, in builds with debug assertions. Out: [`ran`]. A release build remembers nothing.

use crate::store::Engine;
use std::collections::BTreeSet;
use std::sync::Mutex;

static RAN: Mutex<BTreeSet<(Engine, &'static str)>> = Mutex::new(BTreeSet::new());

/// Notes a statement.
pub(crate) fn note(engine: Engine, statement: &'static str) {
    if cfg!(debug_assertions)
        && let Ok(mut ran) = RAN.lock()
    {
        ran.insert((engine, statement));
    }
}

/// What has run in this process.
pub fn ran() -> BTreeSet<(Engine, &'static str)> {
    RAN.lock().map(|ran| ran.clone()).unwrap_or_default()
}
