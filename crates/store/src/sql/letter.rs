//! Statements of letters: templates, targets, lists that are followed.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A version of a template.
    TEMPLATE_ADD = "insert into letter_template (register, name, nth, kind, sha256, content, audit_seq, at, who)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// All versions of all templates, so that the last of a name is the one that holds.
    TEMPLATES = "select name, nth, kind, sha256, content, audit_seq, at, who from letter_template where register = $1 order by name, nth";
    /// Targets in the order in which they were set, so that the last of a unit, measure and day holds.
    TARGETS = "select edition, unit, measure, day, kind, amount, decided_by, at, who from target
        where register = $1 order by edition, unit, measure, day, audit_seq";
    /// A saved list.
    COHORT_ADD = "insert into cohort (register, id, name, what, day, moment, edition, unit, children, audit_seq, at, who)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// All saved lists, the latest first.
    COHORTS = "select id, name, what, day, moment, edition, unit, children, at, who from cohort where register = $1 order by audit_seq desc";
    /// Who is on a saved list.
    COHORT_AT = "select e.child, e.seq, e.request, e.audit_seq, e.kind, e.at, e.who, e.role, e.office, e.why, e.source, e.import,
        e.state, e.name_key, e.birth, e.leaves_on, e.edition, e.unit, e.number, e.identified, e.complete, e.record, s.record as sensitive
        from cohort_child k join child_event e on e.register = k.register and e.child = k.child
        and e.seq = (select max(l.seq) from child_event l where l.register = k.register and l.child = k.child and l.at <= $3)
        join child_event_sensitive s on s.register = e.register and s.child = e.child and s.seq = e.seq
        where k.register = $1 and k.cohort = $2 and k.child > $4 order by k.child limit $5";
}

many! {
    /// Targets.
    TARGETS_ADD = 11, "insert into target (register, edition, unit, measure, day, audit_seq, kind, amount, decided_by, at, who) values", "";
    /// Children of a saved list.
    COHORT_CHILDREN_ADD = 3, "insert into cohort_child (register, cohort, child) values", "";
}
