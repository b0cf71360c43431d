//! The made-up province: people, families, lists and registers that nobody lives in, and the truth about them.
//!
//! In: a seed, a number of people, a day. Out: communes with their children, the rows of the register, the lists the communes
//! would send. Pure: no file, no clock; [`crate::act::generate`] writes it all down. The steps: [`plan`] counts, [`people`] makes
//! families, [`written`] fills in rows as a careful officer would, [`fault`] and [`repeat`] spoil them, [`layout`] puts them on
//! sheets, [`truth`] says what each row must show; [`real`] and [`sector`] are what the scenario
//! `real` adds.

pub mod dice;
pub mod fault;
pub mod ill;
pub mod layout;
pub mod list;
pub mod names;
pub mod people;
pub mod plan;
pub mod real;
pub mod register;
pub mod repeat;
pub mod sector;
pub mod truth;
pub mod written;
