//! Statements of what children of a unit are like, and of what came back.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// Units in which children of the book stand, or stood last.
    PORTRAIT_UNITS = "select distinct edition, coalesce(unit, '') from child where register = $1 order by 1, 2";
    /// A page of the children of a unit who count and are under 16 on a day, from an id on.
    PORTRAIT_OF_UNIT = "select c.id, c.birth, c.leaves_on, c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.edition = $2 and c.unit = $3 and c.state = 'active' and c.leaves_on > $4
        and c.id > $5 order by c.id limit $6";
    /// The same of the children whose unit nobody knows.
    PORTRAIT_OF_NOWHERE = "select c.id, c.birth, c.leaves_on, c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.edition = $2 and c.unit is null and c.state = 'active' and c.leaves_on > $3
        and c.id > $4 order by c.id limit $5";
    /// Units that acts after one have touched: where children stand since, and where they stood before.
    PORTRAIT_TOUCHED = "select distinct e.edition, coalesce(e.unit, ''),
        coalesce((select b.edition from child_event b where b.register = e.register and b.child = e.child and b.seq = e.seq - 1), ''),
        coalesce((select b.unit from child_event b where b.register = e.register and b.child = e.child and b.seq = e.seq - 1), '')
        from child_event e where e.register = $1 and e.audit_seq > $2 order by 1, 2, 3, 4";
    /// Findings that were put right after a moment, by unit and rule: how many, and how many of them stand again.
    CAME_BACK = "select d.edition, d.unit, d.rule, count(*),
        cast(sum(case when exists (select 1 from work w where w.register = d.register and w.child = d.child and w.rule = d.rule and w.since > d.at)
         then 1 else 0 end) as bigint)
        from work_done d where d.register = $1 and d.at > $2 and d.how = 'fixed' and d.rule <> ''
        group by d.edition, d.unit, d.rule order by 1, 2, 3";
    /// Children of a unit with a finding that was put right after a moment and stands again.
    CHILDREN_BACK = "select distinct d.child from work_done d where d.register = $1 and d.at > $2 and d.edition = $3 and d.unit = $4 and d.how = 'fixed'
        and d.rule <> '' and exists (select 1 from work w where w.register = d.register and w.child = d.child and w.rule = d.rule and w.since > d.at)
        order by 1 limit $5";
}

many! {}
