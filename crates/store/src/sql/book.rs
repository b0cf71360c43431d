//! Statements of the structure, the books, the audit chain, the area units.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// How many tables of a name there are.
    HAS_TABLES_SQLITE = "select count(*) from sqlite_master where type = 'table' and name = $1";
    /// The same in the catalogue of PostgreSQL.
    HAS_TABLES_POSTGRES = "select count(*) from information_schema.tables where table_schema = current_schema() and table_name = $1";
    /// Steps of the structure that have been run.
    MIGRATIONS = "select number, sha256 from migration order by number";
    /// A step has been run.
    MIGRATION_ADD = "insert into migration (number, sha256) values ($1, $2)";
    /// A new book.
    REGISTER_ADD = "insert into register (register, name, province, edition, created_at, audit_seq, audit_hash)
        values ($1, $2, $3, $4, $5, 0, '') on conflict (register) do nothing";
    /// All books.
    REGISTERS = "select register, name, province, edition, created_at, audit_seq, audit_hash from register order by register";
    /// Takes the book's write lock: whoever else wants to write waits here.
    REGISTER_LOCK = "update register set audit_seq = audit_seq where register = $1";
    /// The head of the book's audit chain.
    REGISTER_HEAD = "select audit_seq, audit_hash from register where register = $1";
    /// Moves the head on.
    REGISTER_HEAD_SET = "update register set audit_seq = $2, audit_hash = $3 where register = $1";
    /// A link of the audit chain.
    AUDIT_ADD = "insert into audit (register, seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    /// The act a request has led to.
    AUDIT_OF_REQUEST = "select seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash
        from audit where register = $1 and request = $2";
    /// The hash of an act.
    AUDIT_HASH = "select hash from audit where register = $1 and seq = $2";
    /// A page of the chain.
    AUDIT_PAGE = "select seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash
        from audit where register = $1 and seq > $2 order by seq limit $3";
    /// The events of an act, a page from a child on.
    EVENTS_OF_ACT = "select e.child, e.seq, e.request, e.audit_seq, e.kind, e.at, e.who, e.role, e.office, e.why, e.source, e.import,
        e.state, e.name_key, e.birth, e.leaves_on, e.edition, e.unit, e.number, e.identified, e.complete, e.record,
        coalesce((select s.record from child_event_sensitive s where s.register = e.register and s.child = e.child and s.seq = e.seq), '') as sensitive
        from child_event e
        where e.register = $1 and e.audit_seq = $2 and e.child > $3 order by e.child limit $4";
    /// Events of acts that the chain does not know.
    EVENTS_BEYOND = "select count(*) from child_event where register = $1 and audit_seq > $2";
}

many! {
    /// Area units of an edition.
    UNITS_ADD = 5, "insert into unit (edition, code, name, level, parent) values", " on conflict (edition, code) do nothing";
}
