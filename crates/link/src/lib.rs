//! Probabilistic record linkage: who is in both lists, who is written down twice.
//!
//! In: records as columns of text ([`table::Table`]) or data of your own behind [`comparison::Comparison`], and a model
//! ([`model::Model`], or a TOML file read by [`file::read`]). Out: pairs with a probability ([`run::Linked`]), groups
//! ([`group::clusters`]), what was learned ([`report::report`]) and why ([`explain::explain`]).
//!
//! # How it works
//!
//! 1. **Blocks.** Records that meet under one of the model's keys are compared; a pair that meets under several is compared once.
//! 2. **Patterns.** Each comparison of a pair reaches a level (0: one side says nothing, which weighs nothing). All levels together are
//!    one number; what is learned from are counts of patterns, not pairs.
//! 3. **Learning.** A pair is of one of several kinds: the same thing, or not, and perhaps of one household all the same. How often each
//!    kind reaches each level (m and u) is learned by expectation–maximisation, without examples; random pairs stand for those no key
//!    brings up. Agreement on a rare value counts for more.
//! 4. **Grouping.** Candidates are weighed against each other: one-to-one, one-to-many, or into clusters. Pairs that lost to another
//!    candidate then teach, in a second round, what pairs that are not the same look like.
//! 5. **Calibration**, where the model brings a line for it.
//!
//! The result is the same for any number of threads. Memory is bounded by [`limits`]; a run tells a [`run::Progress`] how far it is and
//! can be stopped.
//!
//! A model is built in code from [`model::Model`] and its parts, or read from TOML by [`file::read`], whose example runs. A whole program:
//! `examples/link_csv.rs`.
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
