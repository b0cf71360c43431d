//! Statements of children, their events, numbers and findings.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A child as it is now.
    CHILD = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete,
        c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.id = $2";
    /// A page of children, from an id on.
    CHILDREN_PAGE = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete,
        c.record, '' as sensitive from child c where c.register = $1 and c.id > $2 order by c.id limit $3";
    /// The sensitive part of the children after one and up to another. Not joined with their page: PostgreSQL carries `id > $2` over to no other
    /// table, and walked this one from its beginning for each page.
    SENSITIVE_BETWEEN = "select child, record from child_sensitive where register = $1 and child > $2 and child <= $3 order by child";
    /// The last id of a page of children after one.
    PAGE_END = "select max(p.id) from (select c.id from child c where c.register = $1 and c.id > $2 order by c.id limit $3) p";
    /// The child in the middle.
    CHILD_IN_THE_MIDDLE = "select id from child where register = $1 order by id limit 1
        offset (select count(*) / 2 from child where register = $1)";
    /// Children who have, or had, a number.
    CHILDREN_OF_NUMBER = "select distinct child from child_number where register = $1 and number = $2 order by child limit $3";
    /// The version of a child.
    CHILD_VERSION = "select version from child where register = $1 and id = $2";
    /// Changes a child, if it still has the version the change began from.
    CHILD_SET = "update child set version = version + 1, state = $4, name_key = $5, birth = $6, leaves_on = $7, edition = $8, unit = $9,
        number = $10, identified = $11, complete = $12, record = $13
        where register = $1 and id = $2 and version = $3";
    /// The sensitive part of the same.
    CHILD_SENSITIVE_SET = "update child_sensitive set record = $3 where register = $1 and child = $2";
    /// How many children are in a state.
    CHILDREN_IN_STATE = "select count(*) from child where register = $1 and state = $2";
    /// Children whose row says another version than their last event.
    CHILDREN_ASTRAY = "select count(*) from child c
        where c.register = $1 and c.version <> (select count(*) from child_event e where e.register = c.register and e.child = c.id)";
    /// What happened to a child.
    EVENTS = "select e.child, e.seq, e.request, e.audit_seq, e.kind, e.at, e.who, e.role, e.office, e.why, e.source, e.import,
        e.state, e.name_key, e.birth, e.leaves_on, e.edition, e.unit, e.number, e.identified, e.complete, e.record, s.record as sensitive
        from child_event e join child_event_sensitive s on s.register = e.register and s.child = e.child and s.seq = e.seq
        where e.register = $1 and e.child = $2 order by e.seq";
    /// A child as it was at a moment.
    EVENT_AT = "select e.child, e.seq, e.request, e.audit_seq, e.kind, e.at, e.who, e.role, e.office, e.why, e.source, e.import,
        e.state, e.name_key, e.birth, e.leaves_on, e.edition, e.unit, e.number, e.identified, e.complete, e.record, s.record as sensitive
        from child_event e join child_event_sensitive s on s.register = e.register and s.child = e.child and s.seq = e.seq
        where e.register = $1 and e.child = $2 and e.at <= $3 order by e.seq desc limit 1";
    /// Numbers a child has had.
    NUMBERS = "select number, source, status, since, ended_at from child_number where register = $1 and child = $2 order by seq";
    /// A number no longer holds.
    NUMBER_END = "update child_number set ended_at = $3 where register = $1 and child = $2 and ended_at is null";
    /// Another child has the number: a dispute.
    CLAIM_DISPUTE = "update number_claim set disputed = true where number = $1 and child <> $2";
    /// A child gives up its claim.
    CLAIM_DROP = "delete from number_claim where register = $1 and child = $2";
    /// A claim that was given up goes to the next child who has the number.
    CLAIM_PASS = "insert into number_claim (number, register, child, at, disputed)
        select number, register, id, cast($4 as text), false from child
        where register = $1 and number = $2 and id <> $3 and state in ('active', 'moved', 'died') order by id limit 1
        on conflict (number) do nothing";
    /// Whether a number is still disputed in the book that claims it.
    CLAIM_SETTLE = "update number_claim set disputed =
        ((select count(*) from child c where c.register = $1 and c.number = $2 and c.state in ('active', 'moved', 'died')) > 1)
        where register = $1 and number = $2";
    /// Claims of one book that others dispute.
    CLAIMS_DISPUTED = "select number, child from number_claim where register = $1 and disputed = true order by number";
    /// Children of some import whose number another child claimed before.
    CLAIMS_LOST = "select c.id, c.number from child_event e join child c on c.register = e.register and c.id = e.child
        join number_claim n on n.number = c.number
        where e.register = $1 and e.audit_seq = $2 and (n.child <> c.id or n.register <> c.register)
        and c.state in ('active', 'moved', 'died') order by c.id";
    /// What is wrong with a child.
    FINDINGS = "select rule, field, list, severity, raw, suggestion, safe from finding where register = $1 and child = $2 order by nth";
    /// Makes room for new findings.
    FINDINGS_DROP = "delete from finding where register = $1 and child = $2";
    /// How often a rule fires among children of a state.
    FINDINGS_COUNT = "select f.rule, count(*) from finding f join child c on c.register = f.register and c.id = f.child
        where f.register = $1 and c.state = $2 group by f.rule order by f.rule";
}

many! {
    /// New children.
    CHILDREN_ADD = 13, "insert into child (register, id, version, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values", "";
    /// Their sensitive part.
    CHILDREN_SENSITIVE_ADD = 3, "insert into child_sensitive (register, child, record) values", "";
    /// Events.
    EVENTS_ADD = 23, "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values", "";
    /// Their sensitive part.
    EVENTS_SENSITIVE_ADD = 4, "insert into child_event_sensitive (register, child, seq, record) values", "";
    /// Numbers.
    NUMBERS_ADD = 7, "insert into child_number (register, child, seq, number, source, status, since) values", "";
    /// Claims; who comes second is left out.
    CLAIMS_ADD = 5, "insert into number_claim (number, register, child, at, disputed) values", " on conflict (number) do nothing";
    /// Findings.
    FINDINGS_ADD = 10, "insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values", "";
}
