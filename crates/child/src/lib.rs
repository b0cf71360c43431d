//! The record of a child, and everything that can be said of it without touching a file, a clock or a database.
//!
//! In: cells as they stand in somebody's list. Out: [`record::Child`] and [`finding::Finding`]s.
//!
//! Steps of the way of a record that live here: *normalise* ([`normalise`]), *check* ([`check`]) and the arithmetic of
//! *report* ([`report`]). Nothing here returns `Result` for what a list contains: findings are data.

pub mod cell;
pub mod check;
pub mod differ;
pub mod field;
pub mod finding;
pub mod handover;
pub mod limits;
pub mod link;
pub mod merging;
pub mod normalise;
pub mod record;
pub mod report;
pub mod rule;
pub mod texts;
pub mod transfer;
