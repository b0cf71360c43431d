//! Step *report*: the arithmetic of the figures that offices send each other.
//!
//! In: figures as they were printed. Out: what they should have been, and where the two differ.

pub mod coverage;
