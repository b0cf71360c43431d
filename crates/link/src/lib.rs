//! Probabilistic record linkage: who is in both lists, who is written down twice.
//!
//! In: records as columns of text ([`table::Table`]) or data of your own behind [`comparison::Comparison`], and a model
//! ([`model::Model`], or a TOML file read by [`file::read`]). Out: pairs with a calibrated probability ([`run::Linked`]), groups
//! ([`group::clusters`]), what was learned ([`report::report`]) and why ([`explain::explain`]).
#![expect(
    clippy::cast_precision_loss,
    reason = "counts of pairs become weights; 52 bits are more than enough"
)]

pub mod block;
pub mod comparison;
pub mod condition;
pub mod date;
pub mod error;
pub mod explain;
pub mod file;
pub mod group;
pub mod learn;
pub mod limits;
pub mod model;
pub mod pattern;
pub mod random;
pub mod report;
pub mod run;
pub mod table;
pub mod text;
