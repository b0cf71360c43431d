//! Step *report*: the arithmetic of the figures that offices send each other.
//!
//! In: figures as they were printed or as the register has them. Out: what they should have been, how one came from the other, and
//! which of them cannot be believed; why a unit lags
//! and when it will be done.

pub mod cohort;
pub mod coverage;
pub mod estimate;
pub mod forecast;
mod gamma;
pub mod headcounts;
pub mod insight;
pub mod letter;
pub mod movements;
