//! Statements that ask each engine's catalogue and settings: what one engine has for itself ends in its name.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, statements};

statements! {
    /// Tables, their columns in order, each column's type and its place in the primary key (0: none).
    COLUMNS_SQLITE = "select m.name, c.name, c.type, c.pk from sqlite_master m join pragma_table_info(m.name) c
        where m.type = 'table' order by m.name, c.cid";
    /// The same in the catalogue of PostgreSQL.
    COLUMNS_POSTGRES = "select cast(t.relname as text), cast(a.attname as text), cast(format_type(a.atttypid, null) as text),
        cast(coalesce(array_position(p.conkey, a.attnum), 0) as bigint)
        from pg_class t join pg_namespace n on n.oid = t.relnamespace join pg_attribute a on a.attrelid = t.oid
        left join pg_constraint p on p.conrelid = t.oid and p.contype = 'p'
        where t.relkind in ('r', 'p') and n.nspname = current_schema() and a.attnum > 0 and not a.attisdropped
        order by t.relname, a.attnum";
    /// Which table refers to which.
    REFERENCES_SQLITE = "select distinct m.name, f.\"table\" from sqlite_master m join pragma_foreign_key_list(m.name) f
        where m.type = 'table' order by 1, 2";
    /// The same in the catalogue of PostgreSQL.
    REFERENCES_POSTGRES = "select distinct cast(t.relname as text), cast(r.relname as text)
        from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
        join pg_namespace n on n.oid = t.relnamespace
        where c.contype = 'f' and n.nspname = current_schema() order by 1, 2";
    /// Rows that refer to nothing, by table and the table they should refer to.
    UNREFERRED_SQLITE = "select f.\"table\", f.\"parent\", count(*) from pragma_foreign_key_check f group by 1, 2 order by 1, 2";
    /// How PostgreSQL keeps what was committed.
    SETTINGS_POSTGRES = "select current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')";
}

/// There is no insert of many rows here.
pub(super) const MANIES: &[(&str, Many)] = &[];
