//! Statements of mirrors: exports of the national software as dated sources.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A new mirror.
    MIRROR_ADD = "insert into mirror (register, id, audit_seq, at, who, day, edition, profile, files, rows)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// All mirrors, by the day they speak of, then as they were loaded.
    MIRRORS = "select id, audit_seq, at, who, day, edition, profile, files, rows from mirror where register = $1 order by day, audit_seq";
    /// A page of the rows of a mirror, after one.
    MIRROR_ROWS = "select r.nth, r.sheet, r.row_number, r.key, r.name_key, r.birth, r.edition, r.unit, r.number, r.record, s.record as sensitive
        from mirror_row r join mirror_row_sensitive s on s.register = r.register and s.mirror = r.mirror and s.nth = r.nth
        where r.register = $1 and r.mirror = $2 and r.nth > $3 order by r.nth limit $4";
    /// Keys with the child each was found to be, the latest finding last.
    MIRROR_LINKS = "select l.key, l.child from mirror_link l join mirror m on m.register = l.register and m.id = l.mirror
        where l.register = $1 order by m.audit_seq, l.key";
}

many! {
    /// Rows of a mirror.
    MIRROR_ROWS_ADD = 12, "insert into mirror_row (register, mirror, nth, sheet, row_number, key, name_key, birth, edition, unit, number, record) values", "";
    /// Their sensitive part.
    MIRROR_ROWS_SENSITIVE_ADD = 4, "insert into mirror_row_sensitive (register, mirror, nth, record) values", "";
    /// Keys and children.
    MIRROR_LINKS_ADD = 5, "insert into mirror_link (register, key, mirror, child, how) values", " on conflict (register, key, mirror) do nothing";
}
