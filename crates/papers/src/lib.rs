//! Official papers: whether what came back signed is what went out, and by whom it was signed.
//!
//! In: bytes. Out: values. Knows no store, no files, no clock.

pub mod limits;
pub mod sign;
