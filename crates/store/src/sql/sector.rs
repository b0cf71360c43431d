//! Statements of lists of other sectors and of who is missing.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows). Rows of a child are looked up one by one by their key, as a server
//! without statistics would else read a whole list for each.

use super::{Many, many, packed, statements};

statements! {
    /// A new source.
    SECTOR_SOURCE_ADD = "insert into sector_source (register, source, audit_seq, at, who, kind, purpose, basis, day, edition, unit, files, rows, counts)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '{}')";
    /// All sources, as they were loaded.
    SECTOR_SOURCES = "select source, audit_seq, at, who, kind, purpose, basis, day, edition, unit, files, rows, counts, dropped_at, dropped_by, dropped_seq
        from sector_source where register = $1 order by source";
    /// A page of the rows of a source, after one.
    SECTOR_ROWS = "select r.source, r.nth, r.file, r.sheet, r.row_number, r.name_key, r.birth, r.edition, r.unit, r.number, r.record,
        (select s.record from sector_row_sensitive s where s.register = r.register and s.source = r.source and s.nth = r.nth) as sensitive
        from sector_row r where r.register = $1 and r.source = $2 and r.nth > $3 order by r.nth limit $4";
    /// Rows of children found elsewhere, all rows of one together, after one.
    SECTOR_ROWS_FOUND = "select m.found_source, m.found_nth, m.source, m.nth, m.millionths,
        (select r.record from sector_row r where r.register = m.register and r.source = m.source and r.nth = m.nth) as record,
        (select s.record from sector_row_sensitive s where s.register = m.register and s.source = m.source and s.nth = m.nth) as sensitive
        from sector_match m where m.register = $1 and m.found_source = $2 and m.found_nth = $3 order by m.source, m.nth";
    /// What persons said of rows.
    SECTOR_STATES = "select source, nth, state, why, note, child, at, who from sector_state where register = $1 order by source, nth";
    /// How many rows of a source were said to be what.
    SECTOR_STATES_OF = "select state, why, count(*) from sector_state where register = $1 and source = $2 group by state, why order by state, why";
    /// What a person said of a row; said again, the later holds.
    SECTOR_STATE_SET = "insert into sector_state (register, source, nth, state, why, note, child, at, who, audit_seq)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (register, source, nth) do update set state = excluded.state, why = excluded.why, note = excluded.note, child = excluded.child,
        at = excluded.at, who = excluded.who, audit_seq = excluded.audit_seq";
    /// The state of a found child.
    SECTOR_FOUND_SET = "update sector_found set state = $4 where register = $1 and source = $2 and nth = $3 and state = $5";
    /// A found child.
    SECTOR_FOUND_ONE = "select source, nth, edition, unit, name_key, birth, lists, child, millionths, sure, state
        from sector_found where register = $1 and source = $2 and nth = $3";
    /// A page of the found children of a unit in a state, after one: those who are surely not in the book first, then by name.
    SECTOR_FOUND_OF_UNIT = "select source, nth, edition, unit, name_key, birth, lists, child, millionths, sure, state
        from sector_found where register = $1 and edition = $2 and unit = $3 and state = $4 and sure = $5
        and (name_key > $6 or (name_key = $6 and (source > $7 or (source = $7 and nth > $8))))
        order by name_key, source, nth limit $9";
    /// A page of the found children whose unit nobody knows, in a state, after one.
    SECTOR_FOUND_NOWHERE = "select source, nth, edition, unit, name_key, birth, lists, child, millionths, sure, state
        from sector_found where register = $1 and unit is null and state = $2 and sure = $3
        and (source > $4 or (source = $4 and nth > $5)) order by source, nth limit $6";
    /// How many found children there are by unit and state, and by whether they are surely not in the book.
    SECTOR_FOUND_COUNTS = "select edition, coalesce(unit, ''), state, sure, count(*) from sector_found where register = $1
        group by edition, coalesce(unit, ''), state, sure order by edition, coalesce(unit, ''), state, sure";
    /// The last comparison.
    SECTOR_LINK_LAST = "select audit_seq, at, who, day, sources from sector_link where register = $1 order by audit_seq desc limit 1";
    /// A comparison.
    SECTOR_LINK_ADD = "insert into sector_link (register, audit_seq, at, who, day, sources) values ($1, $2, $3, $4, $5, $6)";
    /// The estimates of an edition in one row, of an age band or of each (`*`).
    SECTOR_ESTIMATES = concat!("select ", packed!("unit", "band", "lists", "seen", "found", "entered", "coalesce(cast(low as text), '')",
        "coalesce(cast(total as text), '')", "coalesce(cast(high as text), '')", "ground"; " order by unit, band"), " from sector_estimate
        where register = $1 and edition = $2 and ($3 = '*' or band = $3)");
    /// What the last comparison found is forgotten: rows.
    SECTOR_MATCHES_CLEAR = "delete from sector_match where register = $1";
    /// Found children.
    SECTOR_FOUND_CLEAR = "delete from sector_found where register = $1";
    /// Estimates.
    SECTOR_ESTIMATES_CLEAR = "delete from sector_estimate where register = $1";
    /// The rows of a source are erased: what persons said of them.
    SECTOR_STATES_DROP = "delete from sector_state where register = $1 and source = $2";
    /// Their sensitive part.
    SECTOR_ROWS_SENSITIVE_DROP = "delete from sector_row_sensitive where register = $1 and source = $2";
    /// The rows.
    SECTOR_ROWS_DROP = "delete from sector_row where register = $1 and source = $2";
    /// What is kept of it.
    SECTOR_SOURCE_DROP = "update sector_source set files = '[]', counts = $3, dropped_at = $4, dropped_by = $5, dropped_seq = $6
        where register = $1 and source = $2 and dropped_at is null";
}

many! {
    /// Rows of a source.
    SECTOR_ROWS_ADD = 12, "insert into sector_row (register, source, nth, file, sheet, row_number, name_key, birth, edition, unit, number, record) values", "";
    /// Their sensitive part.
    SECTOR_ROWS_SENSITIVE_ADD = 4, "insert into sector_row_sensitive (register, source, nth, record) values", "";
    /// Who rows are.
    SECTOR_MATCHES_ADD = 7, "insert into sector_match (register, source, nth, child, found_source, found_nth, millionths) values", "";
    /// Found children.
    SECTOR_FOUND_ADD = 12, "insert into sector_found (register, source, nth, edition, unit, name_key, birth, lists, child, millionths, sure, state) values", "";
    /// Estimates.
    SECTOR_ESTIMATES_ADD = 12, "insert into sector_estimate (register, edition, unit, band, lists, seen, found, entered, low, total, high, ground) values", "";
}
