//! Statements of where children live within a unit.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A page of the children of an act's events, with where they are written down to live.
    HOMES_OF_ACT = "select c.id as child, c.state, c.edition, coalesce(c.unit, '') as unit, c.record,
        coalesce(h.edition, '') as had_edition, coalesce(h.unit, '') as had_unit, coalesce(h.hamlet, '') as had_hamlet
        from child c left join child_home h on h.register = c.register and h.child = c.id
        where c.register = $1 and c.id in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2 and e.child > $3
         order by e.child limit $4) order by c.id";
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
