//! Statements of records that are known to be different children.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A pair that was taken back is set apart again.
    APART_AGAIN = "update apart set ended_at = null, at = $4, who = $5, why = $6
        where register = $1 and child = $2 and other = $3 and ended_at is not null";
    /// A pair is taken back.
    APART_END = "update apart set ended_at = $4 where register = $1 and child = $2 and other = $3 and ended_at is null";
    /// All pairs that hold.
    APART_ALL = "select child, other from apart where register = $1 and ended_at is null order by child, other";
    /// Who is not the same as a child.
    APART_OF = "select case when child = $2 then other else child end from apart
        where register = $1 and (child = $2 or other = $2) and ended_at is null order by 1";
    /// Whether a pair holds.
    APART = "select count(*) from apart where register = $1 and child = $2 and other = $3 and ended_at is null";
}

many! {
    /// Pairs that are not one child.
    APART_ADD = 6, "insert into apart (register, child, other, at, who, why) values", " on conflict (register, child, other) do nothing";
}
