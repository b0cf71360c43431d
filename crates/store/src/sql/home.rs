//! Statements of where children live within a unit.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// The children of an act's events after one id and up to another, with where they are written down to live.
    /// The limit is never reached; it keeps PostgreSQL from asking the act's events anew for each child where it knows nothing of the tables.
    HOMES_OF_ACT = "select c.id as child, c.state, c.edition, coalesce(c.unit, '') as unit, c.record,
        coalesce(h.edition, '') as had_edition, coalesce(h.unit, '') as had_unit, coalesce(h.hamlet, '') as had_hamlet
        from child c left join child_home h on h.register = c.register and h.child = c.id and h.child > $3 and h.child <= $4
        where c.register = $1 and c.id in (select e.child from child_event e where e.register = $1
         and e.audit_seq = $2 and e.child > $3 and e.child <= $4 order by e.child limit $5)";
    /// Makes room for those of an act after one id and up to another.
    HOMES_DROP = "delete from child_home where register = $1 and child in
        (select e.child from child_event e where e.register = $1 and e.audit_seq = $2 and e.child > $3 and e.child <= $4)";
    /// Hamlets of a unit, those of most children first.
    HAMLETS = "select hamlet from child_home where register = $1 and edition = $2 and unit = $3
        group by hamlet order by count(*) desc, hamlet limit $4";
}

many! {
    /// Where children live.
    HOMES_ADD = 5, "insert into child_home (register, child, edition, unit, hamlet) values", "";
}
