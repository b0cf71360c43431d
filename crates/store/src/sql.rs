//! Every statement of the program, in the dialect both engines speak (docs/decisions/0012-one-sql-text.md).
//!
//! In: nothing. Out: the statements, and [`all`] and [`all_many`], by which a test runs each on both engines. `register` is in every where
//! of a per-child table. There is no update and no delete of `child_event`, `child_event_sensitive` or `audit`.

use crate::store::Engine;

mod answers;
mod apart;
mod book;
mod change;
mod child;
mod entry;
mod evidence;
mod family;
mod fixes;
mod handover;
mod headcount;
mod health;
mod home;
mod import;
mod letter;
mod look;
mod merges;
mod mirror;
mod moves;
mod pairs;
mod person;
mod portrait;
mod queue;
mod reform;
mod rules;
mod search;
mod sector;
mod session;
mod tables;
mod tally;
mod token;
mod work;

/// An insert of many rows.
pub struct Many {
    /// `insert into … values`.
    pub into: &'static str,
    /// How many columns it writes.
    pub columns: usize,
    /// What follows the values.
    pub tail: &'static str,
}

impl Many {
    /// Rows of one statement.
    pub fn most(&self) -> usize {
        (crate::limits::PARAMETERS / self.columns).max(1)
    }
    /// The statement for so many rows. SQLite gets its parameters without numbers: it looks a numbered one up by walking through all of
    /// them, which makes a statement of a thousand cost a million steps.
    pub fn text(&self, rows: usize, engine: Engine) -> String {
        use std::fmt::Write as _;
        let mut out = String::with_capacity(self.into.len() + rows * self.columns * 6);
        out.push_str(self.into);
        let mut next = 1;
        for row in 0..rows {
            out.push_str(if row == 0 { " (" } else { ", (" });
            for column in 0..self.columns {
                out.push_str(if column == 0 { "" } else { ", " });
                if engine == Engine::Sqlite {
                    out.push('?');
                } else {
                    let _ = write!(out, "${next}");
                }
                next += 1;
            }
            out.push(')');
        }
        out.push_str(self.tail);
        out
    }
}

macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub const $name: &str = $text;)*
        /// These statements with their names.
        pub(super) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

macro_rules! many {
    ($($(#[$doc:meta])* $name:ident = $columns:literal, $into:literal, $tail:literal;)*) => {
        $($(#[$doc])* pub const $name: Many = Many { into: $into, columns: $columns, tail: $tail };)*
        /// These inserts of many rows with their names.
        pub(super) const MANIES: &[(&str, Many)] = &[$((stringify!($name), $name)),*];
    };
}

/// Many small rows as one, a column of text ([`crate::packed`]); columns must not be null,
/// and hold no text that people wrote.
macro_rules! packed {
    ($first:literal $(, $column:expr)* ; $order:literal) => {
        concat!(
            "coalesce(string_agg(", $first, $(" || '\u{1f}' || ", $column,)* ", '\u{1e}'", $order, "), '')"
        )
    };
}

use {many, packed, statements};

macro_rules! rooms {
    ($($room:ident),*) => {
        $(pub use $room::*;)*
        /// All statements with their names.
        pub fn all() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
            [$($room::STATEMENTS),*].into_iter().flatten()
        }
        /// All inserts of many rows with their names.
        pub fn all_many() -> impl Iterator<Item = &'static (&'static str, Many)> {
            [$($room::MANIES),*].into_iter().flatten()
        }
    };
}

rooms!(
    answers, apart, book, change, child, entry, evidence, family, fixes, handover, headcount,
    health, home, import, letter, look, merges, mirror, moves, pairs, person, portrait, queue,
    reform, rules, search, sector, session, tables, tally, token, work
);
