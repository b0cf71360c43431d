//! Statements that ask whether the tables of a book agree with each other; each counts what does not. `treem doctor` asks them all.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, statements};

statements! {
    /// Children whose row says other than their last event.
    CHILDREN_UNLIKE_EVENT = "select count(*) from child c
        join child_event e on e.register = c.register and e.child = c.id and e.seq = c.version
        where c.register = $1 and (c.state <> e.state or c.name_key <> e.name_key or c.birth <> e.birth or c.leaves_on <> e.leaves_on
        or c.edition <> e.edition or coalesce(c.unit, '') <> coalesce(e.unit, '') or coalesce(c.number, '') <> coalesce(e.number, '')
        or c.identified <> e.identified or c.complete <> e.complete or c.record <> e.record)";
    /// Children whose sensitive part is missing or is not that of their last event.
    SENSITIVE_ASTRAY = "select count(*) from child c
        left join child_sensitive s on s.register = c.register and s.child = c.id
        left join child_event_sensitive e on e.register = c.register and e.child = c.id and e.seq = c.version
        where c.register = $1 and (s.record is null or e.record is null or s.record <> e.record)";
    /// Children whose number is not the one that holds in their history of numbers.
    NUMBERS_ASTRAY = "select count(*) from child c
        left join child_number n on n.register = c.register and n.child = c.id and n.ended_at is null
        where c.register = $1 and ((c.state = 'active' and coalesce(c.number, '') <> coalesce(n.number, ''))
        or (c.state = 'withdrawn' and n.number is not null))";
    /// Children who count, with a number nobody claims.
    NUMBERS_UNCLAIMED = "select count(*) from child c where c.register = $1 and c.state = 'active' and c.number is not null
        and not exists (select 1 from number_claim n where n.number = c.number)";
    /// Claims of a child who does not have the number.
    CLAIMS_ASTRAY = "select count(*) from number_claim n where n.register = $1 and not exists
        (select 1 from child c where c.register = n.register and c.id = n.child and c.number = n.number
        and c.state not in ('withdrawn', 'merged', 'mistake'))";
    /// Claims that pass for undisputed though two children of the book have the number.
    CLAIMS_UNDISPUTED = "select count(*) from number_claim n where n.register = $1 and n.disputed = false and
        (select count(*) from child c where c.register = n.register and c.number = n.number
        and c.state not in ('withdrawn', 'merged', 'mistake')) > 1";
    /// Children who pass for identified without a number, or with a finding that says it is missing or malformed.
    IDENTIFIED_ASTRAY = "select count(*) from child c where c.register = $1 and c.identified = true and (c.number is null or exists
        (select 1 from finding f where f.register = c.register and f.child = c.id and f.rule in ('id.missing', 'id.length', 'id.place')
        and f.severity = 'error'))";
    /// Imports that have not as many rows as they say.
    IMPORTS_ASTRAY = "select count(*) from import i where i.register = $1 and i.rows <>
        (select count(*) from import_row r where r.register = i.register and r.import = i.id)";
    /// Rows of imports whose child is not there.
    IMPORT_ROWS_ASTRAY = "select count(*) from import_row r where r.register = $1 and r.child is not null and not exists
        (select 1 from child c where c.register = r.register and c.id = r.child)";
    /// Events of imports that are not there.
    EVENTS_OF_NO_IMPORT = "select count(*) from child_event e where e.register = $1 and e.import is not null and not exists
        (select 1 from import i where i.register = e.register and i.id = e.import)";
    /// Findings of children who count that are not written down as to be done, and what is written down without one.
    WORK_ASTRAY = "select (select count(*) from (select f.child, f.rule from finding f join child c on c.register = f.register and c.id = f.child
        where f.register = $1 and c.state = 'active' and f.severity <> 'note' and not exists
        (select 1 from work w where w.register = f.register and w.child = f.child and w.rule = f.rule and w.edition = c.edition
        and w.unit = coalesce(c.unit, '') and w.birth = c.birth and w.leaves_on = c.leaves_on)
        group by f.child, f.rule) p) + (select count(*) from work w where w.register = $1 and w.rule <> '' and not exists
        (select 1 from finding f join child c on c.register = f.register and c.id = f.child
        where f.register = w.register and f.child = w.child and f.rule = w.rule and f.severity <> 'note' and c.state = 'active'))";
    /// Hamlets that are written down of a child who does not count, lives elsewhere or names another one, and those that are not written
    /// down. A hamlet with a sign that JSON or `like` reads otherwise is not looked for in the record.
    HOMES_ASTRAY = "select (select count(*) from child_home h join child c on c.register = h.register and c.id = h.child
        where h.register = $1 and (c.state <> 'active' or c.edition <> h.edition or coalesce(c.unit, '') <> h.unit
        or case when h.hamlet like '%!!%' escape '!' or h.hamlet like '%\"%' escape '!' or h.hamlet like '%\\%' escape '!' then false
         else c.record not like '%' || h.hamlet || '%' escape '!' end))
        + (select count(*) from child c where c.register = $1 and c.state = 'active' and c.unit is not null
        and c.record like '%\"hamlet\":\"%' and c.record not like '%\"hamlet\":\"\"%'
        and not exists (select 1 from child_home h where h.register = c.register and h.child = c.id))";
    /// Whether the role in use may change or delete events or the audit chain.
    MAY_REWRITE_POSTGRES = "select has_table_privilege('child_event', 'update, delete') or has_table_privilege('child_event_sensitive', 'update, delete')
        or has_table_privilege('audit', 'update, delete')";
    /// When an act was done last, and what it wrote down.
    AUDIT_LAST_OF_ACT = "select at, detail from audit where register = $1 and act = $2 order by seq desc limit 1";
}

/// There is no insert of many rows here.
pub(super) const MANIES: &[(&str, Many)] = &[];
