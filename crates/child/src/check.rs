//! Step *check* (Bước 1 of the letter): child, list → findings, in five groups, the letter's three first.
//!
//! In: a [`crate::record::Child`] and what its table is; for rules over many rows, the keys of all rows. Out:
//! [`crate::finding::Finding`]s, and whether the child is *identified* and *complete* ([`Measures`]).

pub mod across;
pub mod local;
pub mod row;
pub mod rules;

pub use row::{Measures, check};
