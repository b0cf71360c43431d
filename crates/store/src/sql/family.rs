//! Statements about the brothers and sisters of a child.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// Children of a unit whose record holds one of two texts; `!` goes before a sign that means itself.
    CHILDREN_SAYING = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete,
        c.record, '' as sensitive
        from child c where c.register = $1 and c.edition = $2 and c.unit = $3 and c.state = $4 and c.id <> $5
        and (c.record like $6 escape '!' or c.record like $7 escape '!') order by c.birth || '', c.id limit $8";
    /// Children whose record holds a text somewhere.
    CHILDREN_HOLDING_TEXT = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified,
        c.complete, c.record, '' as sensitive
        from child c where c.register = $1 and c.state = $2 and c.record like $3 escape '!' order by c.id limit $4";
}

many! {}
