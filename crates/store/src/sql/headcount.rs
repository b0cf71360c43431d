//! Statements of headcounts and coverage.
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
    /// Children on a day, by unit: born by then, under 16 still, in a state.
    COVERAGE = "select coalesce(unit, ''), edition, count(*), count(*) filter (where identified = true), count(*) filter (where complete = true)
        from child where register = $1 and state = $2 and birth <= $3 and leaves_on > $3
        group by coalesce(unit, ''), edition order by coalesce(unit, ''), edition";
    /// The same, as the book was at a moment.
    COVERAGE_AT = "select unit, edition, count(*), count(*) filter (where identified = true), count(*) filter (where complete = true)
        from (select coalesce(unit, '') as unit, edition, state, birth, leaves_on, identified, complete,
              row_number() over (partition by register, child order by seq desc) as back
              from child_event where register = $1 and at <= $4) as past
        where back = 1 and state = $2 and birth <= $3 and leaves_on > $3
        group by unit, edition order by unit, edition";
}

many! {
    /// People of units.
    POPULATIONS_ADD = 7, "insert into population (register, edition, unit, day, source, loaded_at, people) values", " on conflict (register, edition, unit, day, source, loaded_at) do nothing";
    /// Headcounts.
    HEADCOUNTS_ADD = 8, "insert into headcount (register, edition, unit, day, source, loaded_at, signed_by, children) values", " on conflict (register, edition, unit, day, source, loaded_at) do nothing";
}
