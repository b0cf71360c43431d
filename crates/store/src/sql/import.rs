//! Statements of imports, and turning them back and forth.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A new import.
    IMPORT_ADD = "insert into import (register, id, audit_seq, at, who, as_of, edition, files, rows, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// All imports, the oldest first.
    IMPORTS = "select id, audit_seq, at, who, as_of, edition, files, rows, state from import where register = $1 order by audit_seq";
    /// One import.
    IMPORT = "select id, audit_seq, at, who, as_of, edition, files, rows, state from import where register = $1 and id = $2";
    /// An import is undone, or done again.
    IMPORT_STATE_SET = "update import set state = $3 where register = $1 and id = $2 and state <> $3";
    /// Turns an import back, or forth again: an event for each child who is in a state and whose last event is the import's.
    TURN_EVENTS = "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record)
        select c.register, c.id, c.version + 1, cast($4 as text), cast($5 as bigint), cast($6 as text), cast($7 as text), cast($8 as text),
        cast($9 as text), cast($10 as text), cast($11 as text), cast($12 as text), cast($2 as text),
        cast($13 as text), c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete, c.record
        from child c join (select child, max(seq) as seq from child_event where register = $1 and import = $2 group by child) l
        on l.child = c.id and l.seq = c.version
        where c.register = $1 and c.state = $3";
    /// The sensitive part of these events.
    TURN_EVENTS_SENSITIVE = "insert into child_event_sensitive (register, child, seq, record)
        select e.register, e.child, e.seq, s.record from child_event e
        join child_sensitive s on s.register = e.register and s.child = e.child
        where e.register = $1 and e.audit_seq = $2";
    /// The children themselves.
    TURN_CHILDREN = "update child set version = version + 1, state = $3
        where register = $1 and id in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2)";
    /// Their numbers no longer hold.
    TURN_NUMBERS_END = "update child_number set ended_at = $3 where register = $1 and ended_at is null
        and child in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2)";
    /// Their numbers hold again.
    TURN_NUMBERS_ADD = "insert into child_number (register, child, seq, number, source, status, since)
        select e.register, e.child, e.seq, e.number, e.source, 'written', e.at from child_event e
        where e.register = $1 and e.audit_seq = $2 and e.number is not null";
    /// They claim nothing any more.
    TURN_CLAIMS_DROP = "delete from number_claim where register = $1
        and child in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2)";
    /// Numbers that nobody claims go to the first child who has them.
    CLAIMS_FILL = "insert into number_claim (number, register, child, at, disputed)
        select number, register, min(id), cast($2 as text), count(*) > 1 from child
        where register = $1 and state in ('active', 'moved', 'died') and number is not null group by register, number
        on conflict (number) do nothing";
    /// Whether the numbers of these children are disputed in their book.
    TURN_CLAIMS_SETTLE = "update number_claim set disputed =
        ((select count(*) from child c where c.register = $1 and c.number = number_claim.number and c.state in ('active', 'moved', 'died')) > 1)
        where register = $1 and number in (select e.number from child_event e where e.register = $1 and e.audit_seq = $2)";
    /// Children an import touched: their version and state now, and that of the import's last event.
    IMPORT_CHILDREN = "select c.id, c.version, c.state, l.seq from
        (select child, max(seq) as seq from child_event where register = $1 and import = $2 and child > $3
         group by child order by child limit $4) l
        join child c on c.register = $1 and c.id = l.child order by c.id";
    /// Decisions of an import, counted.
    IMPORT_DECISIONS = "select decision, count(*) from import_row where register = $1 and import = $2 group by decision order by decision";
    /// Where a child stood in the lists.
    IMPORT_ROWS_OF_CHILD = "select import, file, sheet, row_number, decision from import_row where register = $1 and child = $2
        order by import, nth";
}

many! {
    /// Rows of an import.
    IMPORT_ROWS_ADD = 8, "insert into import_row (register, import, nth, file, sheet, row_number, decision, child) values", "";
}
