//! Statements of what is to be done: one row a child and rule, made from children, findings and events.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows). A filter of `*` takes all.

use super::{Many, many, statements};

statements! {
    /// What is wrong with some children who count; where there are fewer than fifty, one is named again.
    WORK_WANTED_OF = "select c.id as child, c.state, c.edition, coalesce(c.unit, '') as unit, c.name_key, c.birth, c.leaves_on, c.record,
        coalesce((select e.who from child_event e where e.register = c.register and e.child = c.id
         and e.seq = (select max(l.seq) from child_event l where l.register = c.register and l.child = c.id and l.source not in ('across', 'rules'))), '') as who,
        (select e.at from child_event e where e.register = c.register and e.child = c.id and e.seq = c.version) as at,
        f.rule, coalesce(f.list, 0) as list, f.severity
        from child c join finding f on f.register = c.register and f.child = c.id
        where c.register = $1 and c.state = 'active' and f.severity <> 'note' and c.id in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51) order by c.id, f.nth";
    /// Children with something wrong after one id and up to another; what it is is read apart ([`WORK_FINDINGS_BETWEEN`]). Joined, PostgreSQL read all
    /// findings of the book for each page, or the page's for each of its children where it knows nothing of the tables. `is true` keeps it from making a
    /// join of it after all: it hashes the page's findings once.
    WORK_CHILDREN_BETWEEN = "select c.id as child, c.state, c.edition, coalesce(c.unit, '') as unit, c.name_key, c.birth, c.leaves_on, c.record,
        coalesce((select e.who from child_event e where e.register = c.register and e.child = c.id
         and e.seq = (select max(l.seq) from child_event l where l.register = c.register and l.child = c.id and l.source not in ('across', 'rules'))), '') as who,
        (select e.at from child_event e where e.register = c.register and e.child = c.id and e.seq = c.version) as at
        from child c where c.register = $1 and c.id > $2 and c.id <= $3 and c.state = 'active'
        and (c.id in (select f.child from finding f where f.register = $1 and f.child > $2 and f.child <= $3 and f.severity <> 'note')) is true order by c.id";
    /// What is wrong with the children after one id and up to another.
    WORK_FINDINGS_BETWEEN = "select child, rule, coalesce(list, 0) as list, severity from finding
        where register = $1 and child > $2 and child <= $3 and severity <> 'note' order by child, nth";
    /// What is written down of some children.
    WORK_HAD_OF = "select w.child, c.state, w.rule, w.list, w.severity, w.edition, w.unit, w.hamlet, w.who, w.sort_key, w.birth, w.leaves_on, w.since
        from work w join child c on c.register = w.register and c.id = w.child
        where w.register = $1 and w.child in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51) order by w.child, w.rule";
    /// The same of the children after one id and up to another. The state is looked up by the child's key: joined, PostgreSQL walked all children
    /// before the page, or, with the page's bounds said of both, the page for each of its rows where it knows nothing of the tables.
    WORK_HAD_BETWEEN = "select w.child, (select c.state from child c where c.register = w.register and c.id = w.child) as state, w.rule, w.list, w.severity, w.edition, w.unit, w.hamlet, w.who, w.sort_key, w.birth, w.leaves_on, w.since
        from work w
        where w.register = $1 and w.child > $2 and w.child <= $3 order by w.child, w.rule";
    /// Makes room for a child.
    WORK_DROP = "delete from work where register = $1 and child = $2";
    /// Children by rule, unit and person, with the oldest; of those who are children on a day. In the order of the index.
    WORK_COUNTS = "select rule, list, severity, edition, unit, '' as hamlet, who, count(*) as children, min(since) as oldest from work
        where register = $1 and birth <= $2 and leaves_on > $2
        group by edition, unit, rule, list, severity, who order by edition, unit, rule, list, severity, who";
    /// The same of a unit, by hamlet too.
    WORK_COUNTS_OF_UNIT = "select rule, list, severity, edition, unit, hamlet, who, count(*) as children, min(since) as oldest from work
        where register = $1 and birth <= $2 and leaves_on > $2 and edition = $3 and unit = $4
        group by edition, unit, rule, list, severity, who, hamlet order by edition, unit, rule, list, severity, who, hamlet";
    /// Children with a rule by name, after one: of the whole book. Without a rule: those of a sum.
    WORK_PAGE = "select sort_key, child from work where register = $1 and birth <= $2 and leaves_on > $2
        and (sort_key > $3 or (sort_key = $3 and child > $4)) and rule = $5 and ((list & $6) > 0 or $6 = 0) and (who = $7 or $7 = '*')
        order by sort_key, child limit $8";
    /// The same of a unit.
    WORK_PAGE_OF_UNIT = "select sort_key, child from work where register = $1 and birth <= $2 and leaves_on > $2
        and (sort_key > $3 or (sort_key = $3 and child > $4)) and rule = $5 and ((list & $6) > 0 or $6 = 0) and (who = $7 or $7 = '*')
        and edition = $8 and unit = $9 and (hamlet = $10 or $10 = '*')
        order by sort_key, child limit $11";
    /// Where a child stands in the order of a page.
    NAME_OF_CHILD = "select name_key from child where register = $1 and id = $2";
    /// Children about whom something was done after a moment, by unit and day.
    WORK_DONE_BY_DAY = "select edition, unit, substr(at, 1, 10) as day, count(distinct child) as children from work_done
        where register = $1 and at > $2 and how = 'fixed' group by edition, unit, substr(at, 1, 10) order by day, edition, unit";
    /// Moves that wait for an answer: from where and to where, since when.
    MOVES_WAITING = "select from_edition, coalesce(from_unit, ''), to_edition, to_unit, coalesce(to_register, ''), proposed_at, proposed_by
        from child_move where register = $1 and state = 'proposed' order by id";
    /// Rows of imports that wait for a person, by unit, with the oldest import.
    ROWS_WAITING = "select w.kind, w.edition, coalesce(w.unit, ''), count(*), min(i.at) from import_waiting w
        join import i on i.register = w.register and i.id = w.import
        where w.register = $1 and w.state = 'open' and i.state = 'applied' group by w.kind, w.edition, w.unit";
    /// Children the acts after one have changed.
    CHANGED_AFTER = "select distinct child from child_event where register = $1 and audit_seq > $2";
}

many! {
    /// What is to be done.
    WORK_ADD = 13, "insert into work (register, child, rule, list, severity, edition, unit, hamlet, who, sort_key, birth, leaves_on, since) values", "";
    /// What was done.
    WORK_DONE_ADD = 10, "insert into work_done (register, child, rule, at, list, edition, unit, since, who, how) values", " on conflict (register, child, rule, at) do nothing";
}
