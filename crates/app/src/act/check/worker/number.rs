//! Units as small numbers that travel with the keys of rows.
//!
//! In: a unit. Out: its number, and the unit of a number.

use treem_child::normalise::unit::{Edition, Level, Unit};

/// Codes of districts are numbered from here on, those of communes from 1.
const DISTRICTS_FROM: u32 = 1_000_000;

/// The unit as a number, 0 without one: small enough to travel with the keys.
pub fn unit_number(unit: Option<&'static Unit>) -> u32 {
    let Some(unit) = unit else { return 0 };
    let code: u32 = unit.code.parse().unwrap_or(0);
    match unit.level() {
        Level::Commune => code,
        Level::District | Level::Province => DISTRICTS_FROM + code,
    }
}

/// The unit of a number, in the edition in which it was found.
pub fn unit_of(number: u32, edition: &Edition) -> Option<&'static Unit> {
    match number.checked_sub(DISTRICTS_FROM) {
        Some(district) => edition.by_code(&format!("{district:03}")),
        None => edition.by_code(&format!("{number:05}")),
    }
}
