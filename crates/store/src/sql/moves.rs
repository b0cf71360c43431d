//! Statements of moves, and of what the book said of children on two evenings.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A move is proposed.
    MOVE_ADD = "insert into child_move (register, id, child, version, from_edition, from_unit, to_register, to_edition, to_unit, hamlet,
        address, day, state, proposed_at, proposed_by, why)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    /// A proposed move is answered.
    MOVE_ANSWER = "update child_move set state = $3, answered_at = $4, answered_by = $5, answer = $6, to_child = $7
        where register = $1 and id = $2 and state = 'proposed'";
    /// A move.
    MOVE = "select id, child, version, from_edition, from_unit, to_register, to_child, to_edition, to_unit, hamlet, address, day, state,
        proposed_at, proposed_by, why, answered_at, answered_by, answer from child_move where register = $1 and id = $2";
    /// A page of moves, from an id on.
    MOVES = "select id, child, version, from_edition, from_unit, to_register, to_child, to_edition, to_unit, hamlet, address, day, state,
        proposed_at, proposed_by, why, answered_at, answered_by, answer from child_move where register = $1 and id > $2 order by id limit $3";
    /// Moves of a child.
    MOVES_OF_CHILD = "select id, child, version, from_edition, from_unit, to_register, to_child, to_edition, to_unit, hamlet, address, day,
        state, proposed_at, proposed_by, why, answered_at, answered_by, answer from child_move
        where register = $1 and child = $2 order by id || ''";
    /// The record goes on from one of another book.
    ORIGIN_ADD = "insert into child_origin (register, child, from_register, from_child, at) values ($1, $2, $3, $4, $5)";
    /// From which record of which book a record goes on.
    ORIGIN_OF = "select from_register, from_child from child_origin where register = $1 and child = $2";
    /// Somebody beside two records has a number, in the book of the first: the claim that follows the child is disputed.
    CLAIM_FOLLOWS = "update number_claim set disputed =
        ((select count(*) from child c where c.register = $1 and c.number = $2 and c.id <> $3 and c.state in ('active', 'moved', 'died')) > 0)
        where number = $2 and disputed = false";
    /// What happened to children between two moments, with what held at the first: a page, from a child's version on.
    TRACES = "select e.child, e.seq, e.kind, e.at, e.state, e.birth, e.leaves_on, e.edition, coalesce(e.unit, '') as unit
        from child_event e where e.register = $1 and e.at <= $3 and e.child >= $4 and (e.child > $4 or e.seq > $5)
        and (e.at > $2 or e.seq = (select max(b.seq) from child_event b where b.register = $1 and b.child = e.child and b.at <= $2))
        order by e.child, e.seq limit $6";
}

many! {}
