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
//! # A model in code
//!
//! ```
//! use treem_link::comparison::{Comparison, Key, Level, Outcome, Scratch, hash_text};
//! use treem_link::model::{Grouping, Kind, Model, falling};
//! use treem_link::run::{Around, link};
//!
//! /// Compares the same word of two lines.
//! struct Word<'t> { lines: &'t [String], at: usize, levels: Vec<Level> }
//!
//! impl Word<'_> {
//!     fn word(&self, record: u32) -> &str {
//!         self.lines[record as usize].split(' ').nth(self.at).unwrap_or("")
//!     }
//! }
//!
//! impl Comparison for Word<'_> {
//!     fn name(&self) -> &str { ["first", "second"][self.at] }
//!     fn levels(&self) -> &[Level] { &self.levels }
//!     fn compare(&self, left: u32, right: u32, _: &mut Scratch) -> Outcome {
//!         match (self.word(left), self.word(right)) {
//!             ("", _) | (_, "") => Outcome::MISSING,
//!             (one, other) => Outcome::level(if one == other { 1 } else { 2 }),
//!         }
//!     }
//! }
//!
//! impl Key for Word<'_> {
//!     fn name(&self) -> &str { "word" }
//!     fn key(&self, record: u32) -> u64 { hash_text(self.word(record)) }
//! }
//!
//! let mut lines: Vec<String> = (0..300).map(|at| format!("n{at} b{}", at * 7 % 100)).collect();
//! lines.push("n5 b35".to_owned());
//! let word = |at| Word { lines: &lines, at, levels: vec![Level::new("same"), Level::new("else")] };
//! let kind = |name: &str, same, share, starts: Vec<Vec<f64>>| Kind {
//!     name: name.to_owned(), same, share, shares: vec![same; 2], starts, strength: 1.0, fixed: vec![], least: vec![], outside: !same,
//! };
//! let model = Model {
//!     comparisons: vec![Box::new(word(0)), Box::new(word(1))],
//!     beside: vec![None, None],
//!     kinds: vec![kind("same", true, 1e-4, vec![falling(2, 0.9, 0.5); 2]), kind("chance", false, 1.0, vec![vec![]; 2])],
//!     keys: vec![Box::new(word(0)), Box::new(word(1))],
//!     grouping: Grouping::Clusters,
//!     calibration: vec![],
//! };
//! let linked = link(&model, lines.len(), None, &Around::quiet())?;
//! let best = linked.pairs.iter().max_by(|one, other| one.bits.total_cmp(&other.bits)).unwrap();
//! assert_eq!((best.left, best.right), (5, 300));
//! # Ok::<(), treem_link::error::Error>(())
//! ```
//!
//! The same without code: [`file::read`]. A whole program: `examples/link_csv.rs`.
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
