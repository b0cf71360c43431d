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

/// Notes a statement with its parameters. SQLite takes a parameter that is not given for null and says nothing: builds with debug
/// assertions do.
pub(crate) fn asked(engine: Engine, statement: &'static str, given: &[&str]) {
    if cfg!(debug_assertions) {
        let given = given.len();
        let wanted = (1..=given + 9)
            .rev()
            .find(|number| mentions(statement, *number))
            .unwrap_or(0);
        debug_assert_eq!(wanted, given, "parameters of: {statement}");
    }
    note(engine, statement);
}

/// Whether a statement has the parameter of a number.
fn mentions(statement: &str, number: usize) -> bool {
    let parameter = format!("${number}");
    statement
        .match_indices(&parameter)
        .any(|(at, _)| !statement[at + parameter.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

/// What has run in this process.
pub fn ran() -> BTreeSet<(Engine, &'static str)> {
    RAN.lock().map(|ran| ran.clone()).unwrap_or_default()
}
