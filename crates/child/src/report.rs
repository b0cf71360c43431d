//! Step *report*: the arithmetic of the figures that offices send each other.
//!
//! In: figures as they were printed or as the register has them. Out: what they should have been, how one came from the other, and
//! which of them cannot be believed.

pub mod coverage;
pub mod estimate;
pub mod headcounts;
pub mod letter;
pub mod movements;
