//! *Tiến độ*: how far every unit is, why it lags, when it will be done.
//!
//! In: a day, an edition, an area. Out: [`show`]: the table; [`children`]: who is behind a figure; [`pace`]: what was done each week;
//! [`why`]: what stands out; [`when`]: forecast.

pub mod children;
pub mod evenings;
pub mod evidence;
mod figures;
pub mod pace;
pub mod portrait;
pub mod recount;
pub mod show;
pub mod table;
pub mod when;
pub mod why;

#[cfg(test)]
mod tests;
