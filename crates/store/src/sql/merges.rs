//! Statements of merges, and of numbers in dispute.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A merge.
    MERGE_ADD = "insert into child_merge (register, id, survivor, loser, survivor_version, loser_version, merged_version, taken, findings,
        at, who, why) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// A merge is undone.
    MERGE_END = "update child_merge set undone_at = $3, undone_by = $4 where register = $1 and id = $2 and undone_at is null";
    /// A merge by its id.
    MERGE = "select id, survivor, loser, survivor_version, loser_version, merged_version, taken, findings, at, who, why, undone_at
        from child_merge where register = $1 and id = $2";
    /// Merges a record took part in, the oldest first.
    MERGES_OF = "select id, survivor, loser, survivor_version, loser_version, merged_version, taken, findings, at, who, why, undone_at
        from child_merge where register = $1 and (survivor = $2 or loser = $2) order by id";
    /// Numbers that more than one has, or that another book claims: with the children of this book who have them, since when and from where.
    DISPUTES = "select k.number, c.id as child, c.edition, c.unit, c.state, n.since, n.source, k.register as claimed_in, k.child as claimed_by
        from number_claim k join child c on c.number = k.number
        join child_number n on n.register = c.register and n.child = c.id and n.number = c.number and n.ended_at is null
        where c.register = $1 and c.state in ('active', 'moved', 'died') and (k.disputed = true or k.register <> c.register)
        and not exists (select 1 from child_move m where m.register = $1 and m.child = c.id and m.to_child = k.child and m.to_register = k.register)
        order by k.number, n.since, c.id";
}

many! {}
