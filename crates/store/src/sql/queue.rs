//! Statements of the queue: rows of imports that wait for a person, whom they may be, what was decided.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// Rows of an import in a state, in order, from one on.
    WAITING_PAGE = "select w.import, w.nth, w.version, w.kind, w.state, w.print, w.child, w.fields, w.note, w.edition, w.unit, w.number, w.record, w.findings,
        s.record as sensitive, r.file, r.sheet, r.row_number
        from import_waiting w join import_waiting_sensitive s on s.register = w.register and s.import = w.import and s.nth = w.nth
        join import_row r on r.register = w.register and r.import = w.import and r.nth = w.nth
        where w.register = $1 and w.import = $2 and w.state = $3 and w.nth > $4 order by w.nth limit $5";
    /// One row.
    WAITING = "select w.import, w.nth, w.version, w.kind, w.state, w.print, w.child, w.fields, w.note, w.edition, w.unit, w.number, w.record, w.findings,
        s.record as sensitive, r.file, r.sheet, r.row_number
        from import_waiting w join import_waiting_sensitive s on s.register = w.register and s.import = w.import and s.nth = w.nth
        join import_row r on r.register = w.register and r.import = w.import and r.nth = w.nth
        where w.register = $1 and w.import = $2 and w.nth = $3";
    /// How many rows are in which state, by import and kind.
    WAITING_COUNT = "select import, kind, state, count(*) from import_waiting where register = $1 group by import, kind, state order by import, kind, state";
    /// A row goes from one version into a state.
    WAITING_SET = "update import_waiting set version = version + 1, state = $5, child = $6, fields = $7
        where register = $1 and import = $2 and nth = $3 and version = $4";
    /// All rows of an import that are in a state go into another.
    WAITING_TURN = "update import_waiting set version = version + 1, state = $4 where register = $1 and import = $2 and state = $3";
    /// A row that was decided waits again, under another kind.
    WAITING_AGAIN = "update import_waiting set version = version + 1, kind = 'again', state = 'open', child = $4 where register = $1 and import = $2 and nth = $3";
    /// Whom rows from one number to another may be, the likeliest first.
    CANDIDATES = "select nth, place, child, other, millionths, why from import_candidate
        where register = $1 and import = $2 and nth >= $3 and nth <= $4 order by nth, place";
    /// How likely the likeliest candidate of rows from one number to another is.
    WAITING_WEIGH = "update import_waiting set weight = coalesce((select max(c.millionths) from import_candidate c
        where c.register = import_waiting.register and c.import = import_waiting.import and c.nth = import_waiting.nth), 0)
        where register = $1 and import = $2 and nth >= $3 and nth <= $4";
    /// Whom a row may be is asked anew.
    CANDIDATES_DROP = "delete from import_candidate where register = $1 and import = $2 and nth = $3";
    /// Where a child of an import stood first.
    ROW_OF_CHILD = "select min(nth) from import_row where register = $1 and import = $2 and child = $3";
    /// The row that a child of an import was decided from.
    ROW_DECIDED = "select min(nth) from import_waiting where register = $1 and import = $2 and child = $3 and kind <> 'changes'";
    /// Rows that a person took for a child, of imports that hold.
    DECIDED_SAME = "select w.print, w.child from import_waiting w join import i on i.register = w.register and i.id = w.import
        where w.register = $1 and w.kind in ('perhaps', 'again') and w.state = 'same' and w.child is not null and i.state = 'applied' order by w.print, w.child";
    /// Rows that a person took for somebody new: whom they are, and whom they are not.
    DECIDED_NEW = "select w.print, w.child, c.child from import_waiting w join import i on i.register = w.register and i.id = w.import
        join import_candidate c on c.register = w.register and c.import = w.import and c.nth = w.nth
        where w.register = $1 and w.kind in ('perhaps', 'again') and w.state = 'new' and i.state = 'applied' order by w.print, w.child, c.place";
    /// The last decision of a row.
    DECISION_LAST = "select version, decision, child, child_version, fields, before from import_decision
        where register = $1 and import = $2 and nth = $3 order by version desc limit 1";
    /// Everything that was decided of a row.
    DECISIONS = "select version, at, who, decision, child, fields from import_decision where register = $1 and import = $2 and nth = $3 order by version";
}

many! {
    /// Rows that wait.
    WAITING_ADD = 16, "insert into import_waiting (register, import, nth, version, kind, state, print, child, fields, note, edition, unit, number, record, findings, weight) values", "";
    /// Their sensitive part.
    WAITING_SENSITIVE_ADD = 4, "insert into import_waiting_sensitive (register, import, nth, record) values", "";
    /// Whom they may be.
    CANDIDATES_ADD = 8, "insert into import_candidate (register, import, nth, place, child, other, millionths, why) values", "";
    /// What was decided.
    DECISIONS_ADD = 12, "insert into import_decision (register, import, nth, version, audit_seq, at, who, decision, child, child_version, fields, before) values", "";
}
