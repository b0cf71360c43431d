//! Statements of fixes of many records, of edits that wait for a second check, and of which units ask for one.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A fix.
    FIX_ADD = "insert into fix (register, id, version, at, who, role, office, kind, what, second, state, edition, unit, rows, as_of, why, done_seq)
        values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    /// A fix goes from one state into another.
    FIX_SET = "update fix set version = version + 1, state = $4, done_seq = coalesce($5, done_seq), undone_seq = $6, rows = $7,
        answered_at = $8, answered_by = $9, answer = $10 where register = $1 and id = $2 and state = $3";
    /// A fix by its id.
    FIX = "select id, at, who, role, office, kind, what, second, state, edition, unit, rows, as_of, why, done_seq, undone_seq, answered_at, answered_by, answer
        from fix where register = $1 and id = $2";
    /// Fixes, the newest first, before one.
    FIXES = "select id, at, who, role, office, kind, what, second, state, edition, unit, rows, as_of, why, done_seq, undone_seq, answered_at, answered_by, answer
        from fix where register = $1 and id < $2 and (state = $3 or $3 = '*') order by id desc limit $4";
    /// The fix an act did.
    FIX_OF_ACT = "select id, at, who, role, office, kind, what, second, state, edition, unit, rows, as_of, why, done_seq, undone_seq, answered_at, answered_by, answer
        from fix where register = $1 and done_seq = $2";
    /// What a fix would write.
    FIX_ROWS = "select r.child, r.field, r.seen, r.keyed, s.value from fix_row r
        join fix_row_sensitive s on s.register = r.register and s.fix = r.fix and s.child = r.child and s.field = r.field
        where r.register = $1 and r.fix = $2 order by r.child, r.field";
    /// A child of a fix was typed again, alike.
    FIX_ROW_KEYED = "update fix_row set keyed = true where register = $1 and fix = $2 and child = $3";
    /// Fixes that wait and speak of a child.
    FIXES_WAITING_OF = "select f.id from fix_row r join fix f on f.register = r.register and f.id = r.fix
        where r.register = $1 and r.child = $2 and f.state = 'waits' group by f.id order by f.id";
    /// Children of whom a fix waits, by unit.
    FIXES_WAITING = "select f.id, f.at, f.who, f.second, c.edition, coalesce(c.unit, ''), count(distinct r.child)
        from fix f join fix_row r on r.register = f.register and r.fix = f.id
        join child c on c.register = r.register and c.id = r.child
        where f.register = $1 and f.state = 'waits' group by f.id, f.at, f.who, f.second, c.edition, c.unit order by f.id";
    /// What an act did to children: which version it made.
    EVENTS_MADE = "select e.child, e.seq, e.source, c.version from child_event e join child c on c.register = e.register and c.id = e.child
        where e.register = $1 and e.audit_seq = $2 order by e.child";
    /// Which second check units ask for, the last said last.
    SECOND_CHECKS = "select edition, unit, at, who, kind from second_check where register = $1 order by at, edition, unit";
    /// A unit asks for a second check from now on, or no more.
    SECOND_CHECK_ADD = "insert into second_check (register, edition, unit, at, who, kind) values ($1, $2, $3, $4, $5, $6)";
}

many! {
    /// Rows of a fix.
    FIX_ROWS_ADD = 6, "insert into fix_row (register, fix, child, field, seen, keyed) values", "";
    /// Their values.
    FIX_ROWS_SENSITIVE_ADD = 5, "insert into fix_row_sensitive (register, fix, child, field, value) values", "";
}
