//! Statements that find children: by unit, by name.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A page of a unit's children in a state, from an id on. What is sensitive is looked up child by child: joined, PostgreSQL reads it of the
    /// whole book for the sake of one unit.
    CHILDREN_OF_UNIT = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete,
        c.record, (select s.record from child_sensitive s where s.register = $1 and s.child = c.id) as sensitive
        from child c where c.register = $1 and c.edition = $2 and c.unit = $3 and c.state = $4 and c.id > $5 order by c.id limit $6";
    /// Children in a state whose name begins so, without what is sensitive. The range ($2 and $2 with eight z) is what the index can do under
    /// any order of letters; the beginning itself decides. The index has them in this order, so that the page ends the search.
    CHILDREN_NAMED = "select c.id, c.name_key, c.birth, c.edition, c.unit, c.record from child c
        where c.register = $1 and c.name_key >= $2 and c.name_key <= $3 and substr(c.name_key, 1, length($2)) = $2 and c.state = $4
        order by c.name_key, c.id limit $5";
    /// The same of one unit.
    CHILDREN_NAMED_OF_UNIT = "select c.id, c.name_key, c.birth, c.edition, c.unit, c.record from child c
        where c.register = $1 and c.edition = $2 and c.unit = $3 and c.name_key >= $4 and c.name_key <= $5
        and substr(c.name_key, 1, length($4)) = $4 and c.state = $6 order by c.name_key, c.id limit $7";
    /// Children in a state of one name and one birth date.
    CHILDREN_CALLED = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete,
        c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.name_key = $2 and c.birth = $3 and c.state = $4 order by c.id limit $5";
}

many! {}
