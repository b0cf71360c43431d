//! Statements of looks: who saw whom, who took an export away, who was refused.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A page of looks, the latest first, before an id; of a holder, a child, a deed, between two moments.
    LOOKS = "select id, at, holder, who, deed, allowed, child, subject, edition, unit, children from look
        where register = $1 and id < $2 and ($3 = '' or holder = $3) and ($4 = '' or child = $4) and ($5 = '' or deed = $5)
        and at >= $6 and at < $7 order by id desc limit $8";
    /// A page of the chain, the latest first, before a number; by a person, about a subject, of an act, between two moments.
    AUDIT_BACK = "select seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash
        from audit where register = $1 and seq < $2 and ($3 = '' or who = $3) and ($4 = '' or subject = $4) and ($5 = '' or act = $5)
        and at >= $6 and at < $7 order by seq desc limit $8";
}

many! {
    /// Looks.
    LOOKS_ADD = 12, "insert into look (register, id, at, holder, who, deed, allowed, child, subject, edition, unit, children) values", "";
}
