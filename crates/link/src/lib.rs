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
//! # A model from TOML
//!
//! Nothing is learned from examples, and no level is given a weight: names that are spelled alike, and those that are not.
//!
//! ```
//! use treem_link::{condition::Functions, file, report::report, run, table::Table};
//!
//! let mut table = Table::new(["name", "born", "town"]);
//! let towns = ["Ashby", "Brook", "Coombe"];
//! for at in 0..300 {
//!     let born = format!("{}-{:02}-{:02}", 1950 + at % 47, 1 + at % 12, 1 + at % 28);
//!     table.push([format!("{} {at}", ["Ann", "Bob", "Eve"][at % 3]), born, towns[at % 3].to_owned()]);
//! }
//! table.end_first_list();
//! table.push(["Ann 27", "1974-04-28", "Ashby"]); // as written above
//! table.push(["Bob 40", "1990-03-13", "Brook"]); // born on 1990-05-13
//! table.push(["Eve 999", "2001-01-01", "Coombe"]); // nobody
//!
//! let model = r#"
//!     grouping = "one-to-one"
//!     [[comparison]]
//!     name = "name"
//!     levels = [{ when = "exact(name)", rarity = ["name"] }, { when = "jaro_winkler(name) >= 0.95" }]
//!     [[comparison]]
//!     name = "born"
//!     levels = [{ when = "exact(born)" }, { when = "digits_apart(born) <= 1" }]
//!     [[comparison]]
//!     name = "town"
//!     levels = [{ when = "exact(town)", rarity = ["town"] }]
//!     [[block]]
//!     on = ["name"]
//!     [[block]]
//!     on = ["born"]
//! "#;
//! let model = file::read(model, &table, &Functions::default())?;
//! let linked = run::link(&model, table.len(), table.first_list(), &run::Around::quiet())?;
//! let likely = linked.pairs.iter().filter(|pair| pair.probability > 0.5);
//! assert_eq!(likely.map(|pair| (pair.left, pair.right)).collect::<Vec<_>>(), [(27, 300), (40, 301)]);
//! // What agreement on a name was found to be worth, in bits.
//! assert!(report(&model, &linked).comparisons[0].levels[0].bits > 5.0);
//! # Ok::<(), treem_link::error::Error>(())
//! ```
//!
//! # A model in code
//!
//! Over data of one's own, which is never copied: a [`comparison::Comparison`] says which level two records reach, a
//! [`comparison::Key`] what they have to share to be compared at all. Here the readings of two instruments, of which one is a little
//! off and runs a little late.
//!
//! ```
//! use treem_link::comparison::{Comparison, Key, Level, Outcome, Scratch};
//! use treem_link::explain::explain;
//! use treem_link::model::{Grouping, Kind, Model, falling};
//! use treem_link::run::{Around, link};
//!
//! struct Reading {
//!     minute: f64,
//!     value: f64,
//! }
//!
//! /// How far two readings are apart in one thing.
//! struct Apart<'r> {
//!     name: &'static str,
//!     readings: &'r [Reading],
//!     of: fn(&Reading) -> f64,
//!     levels: Vec<Level>,
//! }
//! impl Comparison for Apart<'_> {
//!     fn name(&self) -> &str {
//!         self.name
//!     }
//!     fn levels(&self) -> &[Level] {
//!         &self.levels
//!     }
//!     fn compare(&self, left: u32, right: u32, _: &mut Scratch) -> Outcome {
//!         let of = |record: u32| (self.of)(&self.readings[record as usize]);
//!         match (of(left) - of(right)).abs() {
//!             apart if apart.is_nan() => Outcome::MISSING,
//!             apart if apart < 1.0 => Outcome::level(1),
//!             apart if apart < 5.0 => Outcome::level(2),
//!             _ => Outcome::level(3),
//!         }
//!     }
//! }
//!
//! struct Hour<'r>(&'r [Reading]);
//! impl Key for Hour<'_> {
//!     fn name(&self) -> &str {
//!         "hour"
//!     }
//!     fn key(&self, record: u32) -> u64 {
//!         treem_link::comparison::mix(1, (self.0[record as usize].minute / 60.0) as u64) | 1
//!     }
//! }
//!
//! // A reading every seven minutes; then every fourth of them again, by the other instrument.
//! let value = |at: u32| f64::from(at * at % 211);
//! let first = (0..400).map(|at| Reading { minute: f64::from(7 * at), value: value(at) });
//! let second = (0..100).map(|at| Reading { minute: f64::from(28 * at) + 0.4, value: value(4 * at) + 0.2 });
//! let readings: Vec<Reading> = first.chain(second).collect();
//!
//! let apart = |name, of| -> Box<dyn Comparison + '_> {
//!     let levels = ["less than 1 apart", "less than 5 apart", "further apart"].map(Level::new).to_vec();
//!     Box::new(Apart { name, readings: &readings, of, levels })
//! };
//! let kind = |same: bool| Kind {
//!     name: if same { "same" } else { "chance" }.to_owned(),
//!     same,
//!     share: if same { 1.0 / 400.0 } else { 1.0 },
//!     shares: vec![same; 2],
//!     // The same begins as mostly agreeing; the others begin as random pairs are. Both are then learned.
//!     starts: if same { vec![falling(3, 0.8, 0.5); 2] } else { Vec::new() },
//!     strength: 10.0,
//!     fixed: Vec::new(),
//!     least: Vec::new(),
//!     outside: !same,
//! };
//! let model = Model {
//!     comparisons: vec![apart("minute", |reading| reading.minute), apart("value", |reading| reading.value)],
//!     beside: vec![None, None],
//!     kinds: vec![kind(true), kind(false)],
//!     keys: vec![Box::new(Hour(&readings))],
//!     grouping: Grouping::OneToOne,
//!     apart: None,
//!     corrections: Vec::new(),
//!     calibration: Default::default(),
//! };
//! let linked = link(&model, readings.len(), Some(400), &Around::quiet())?;
//! let likely = linked.pairs.iter().filter(|pair| pair.probability > 0.9);
//! let right = likely.filter(|pair| pair.left == 4 * (pair.right - 400)).count();
//! assert_eq!(right, 100);
//! // Why: how much each comparison adds, in bits.
//! let why = explain(&model, &linked, 40, 410);
//! assert!(why.steps[0].comparison == "minute" && why.steps[0].bits > 3.0);
//! # Ok::<(), treem_link::error::Error>(())
//! ```
//!
//! A whole program over csv files: `examples/link_csv.rs`.
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
