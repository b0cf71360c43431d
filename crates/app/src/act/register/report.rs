//! *Tiến độ*: how far every unit is, why it lags, when it will be done.
//!
//! In: a day, an edition, an area. Out: [`show`]: the table; [`why`]: what stands out; [`when`]: pace and forecast.

pub mod evidence;
pub mod portrait;
pub mod show;
pub mod when;
pub mod why;

#[cfg(test)]
mod tests;
