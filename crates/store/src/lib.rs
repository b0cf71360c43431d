//! The register: everything treem remembers, in SQLite or PostgreSQL, behind one API. All SQL of the program is here.
//!
//! In: records, events and figures as the acts of the program give them; clock, chance and user are parameters. Out: the same, as they
//! are now or were at any moment; errors in words ([`error::Error`]).

mod act;
pub mod answers;
pub mod apart;
pub mod audit;
mod chain;
pub mod change;
pub mod child;
pub mod copy;
pub mod dialect;
pub mod entry;
pub mod error;
pub mod evidence;
pub mod family;
pub mod fixes;
pub mod handover;
pub mod headcount;
pub mod health;
mod home;
pub mod id;
pub mod import;
pub mod letter;
pub mod limits;
pub mod look;
pub mod merges;
pub mod migrate;
pub mod mirror;
pub mod moves;
mod packed;
pub mod pairs;
pub mod person;
pub mod portrait;
pub mod queue;
pub mod reform;
pub mod register;
pub mod roles;
pub mod rows;
pub mod rules;
pub mod search;
pub mod sector;
pub mod session;
pub mod sql;
mod statistics;
pub mod store;
pub mod tables;
pub mod tally;
pub mod token;
pub mod watch;
pub mod work;

pub use act::{Act, Begun, Doing};
pub use error::{Error, Result};
pub use store::{Engine, Store, Tx};
