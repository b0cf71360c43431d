//! Statements of headcounts and of how many people units have.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// Headcounts up to a day, so that the last of a unit is the one that holds.
    HEADCOUNTS = "select edition, unit, day, source, signed_by, children, loaded_at from headcount
        where register = $1 and day <= $2 order by edition, unit, day, loaded_at, source";
    /// People of units up to a day, so that the last of a unit is the one that holds.
    POPULATIONS = "select edition, unit, day, source, people from population
        where register = $1 and day <= $2 order by edition, unit, day, loaded_at, source";
}

many! {
    /// People of units.
    POPULATIONS_ADD = 7, "insert into population (register, edition, unit, day, source, loaded_at, people) values", " on conflict (register, edition, unit, day, source, loaded_at) do nothing";
    /// Headcounts.
    HEADCOUNTS_ADD = 8, "insert into headcount (register, edition, unit, day, source, loaded_at, signed_by, children) values", " on conflict (register, edition, unit, day, source, loaded_at) do nothing";
}
