//! The hand-over of a list of children: household → police → register. What a list is, in which state it can be, what a row says, what
//! comes back, and the seal over it all.
//!
//! In: codes as typed, fields of records, what was done and by whom. Out: [`code`]s that notice a slip of the hand, [`frozen::Frozen`] rows, the
//! [`seal`] over them, the [`state::State`] of a list with its [`step::Event`]s, the police's [`answer::Answer`]s, and every word
//! ([`texts`]). Pure: no clock, no chance, no database. See docs/handover.md.

pub mod answer;
pub mod code;
pub mod columns;
pub mod doubts;
pub mod effect;
pub mod frozen;
pub mod page;
pub mod returned;
pub mod seal;
pub mod state;
pub mod step;
pub mod texts;

#[cfg(test)]
mod tests;
