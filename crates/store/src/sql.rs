//! Every statement of the program, in the dialect both engines speak (docs/decisions/0012-one-sql-text.md).
//!
//! In: nothing. Out: the statements, and [`ALL`] and [`MANY`], by which a test runs each on both engines. `register` is in every where
//! of a per-child table. There is no update and no delete of `child_event`, `child_event_sensitive` or `audit`.

/// An insert of many rows.
pub struct Many {
    /// `insert into … values`.
    pub into: &'static str,
    /// How many columns it writes.
    pub columns: usize,
    /// What follows the values.
    pub tail: &'static str,
}

impl Many {
    /// Rows of one statement.
    pub fn most(&self) -> usize {
        (crate::limits::PARAMETERS / self.columns).max(1)
    }
    /// The statement for so many rows.
    pub fn text(&self, rows: usize) -> String {
        use std::fmt::Write as _;
        let mut out = String::with_capacity(self.into.len() + rows * self.columns * 6);
        out.push_str(self.into);
        let mut next = 1;
        for row in 0..rows {
            out.push_str(if row == 0 { " (" } else { ", (" });
            for column in 0..self.columns {
                let _ = write!(out, "{}${next}", if column == 0 { "" } else { ", " });
                next += 1;
            }
            out.push(')');
        }
        out.push_str(self.tail);
        out
    }
}

macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $text;)*
        /// All statements with their names.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

macro_rules! many {
    ($($(#[$doc:meta])* $name:ident = $columns:literal, $into:literal, $tail:literal;)*) => {
        $($(#[$doc])* pub const $name: Many = Many { into: $into, columns: $columns, tail: $tail };)*
        /// All inserts of many rows with their names.
        pub const MANY: &[(&str, Many)] = &[$((stringify!($name), $name)),*];
    };
}

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
    /// A page of the chain.
    AUDIT_PAGE = "select seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash
        from audit where register = $1 and seq > $2 order by seq limit $3";
    /// The events of an act, a page from a child on.
    EVENTS_OF_ACT = "select e.child, e.seq, e.request, e.audit_seq, e.kind, e.at, e.who, e.role, e.office, e.why, e.source, e.import,
        e.state, e.name_key, e.birth, e.leaves_on, e.edition, e.unit, e.number, e.identified, e.complete, e.record, s.record as sensitive
        from child_event e join child_event_sensitive s on s.register = e.register and s.child = e.child and s.seq = e.seq
        where e.register = $1 and e.audit_seq = $2 and e.child > $3 order by e.child limit $4";
    /// Events of acts that the chain does not know.
    EVENTS_BEYOND = "select count(*) from child_event where register = $1 and audit_seq > $2";

    /// A child as it is now.
    CHILD = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete,
        c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.id = $2";
    /// A page of children, from an id on.
    CHILDREN_PAGE = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete,
        c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.id > $2 order by c.id limit $3";
    /// Children who have, or had, a number.
    CHILDREN_OF_NUMBER = "select distinct child from child_number where register = $1 and number = $2 order by child limit $3";
    /// The version of a child.
    CHILD_VERSION = "select version from child where register = $1 and id = $2";
    /// Changes a child, if it still has the version the change began from.
    CHILD_SET = "update child set version = version + 1, state = $4, name_key = $5, birth = $6, leaves_on = $7, edition = $8, unit = $9,
        number = $10, identified = $11, complete = $12, record = $13
        where register = $1 and id = $2 and version = $3";
    /// The sensitive part of the same.
    CHILD_SENSITIVE_SET = "update child_sensitive set record = $3 where register = $1 and child = $2";
    /// How many children are in a state.
    CHILDREN_IN_STATE = "select count(*) from child where register = $1 and state = $2";
    /// Children whose row says another version than their last event.
    CHILDREN_ASTRAY = "select count(*) from child c
        where c.register = $1 and c.version <> (select count(*) from child_event e where e.register = c.register and e.child = c.id)";
    /// What happened to a child.
    EVENTS = "select e.child, e.seq, e.request, e.audit_seq, e.kind, e.at, e.who, e.role, e.office, e.why, e.source, e.import,
        e.state, e.name_key, e.birth, e.leaves_on, e.edition, e.unit, e.number, e.identified, e.complete, e.record, s.record as sensitive
        from child_event e join child_event_sensitive s on s.register = e.register and s.child = e.child and s.seq = e.seq
        where e.register = $1 and e.child = $2 order by e.seq";
    /// A child as it was at a moment.
    EVENT_AT = "select e.child, e.seq, e.request, e.audit_seq, e.kind, e.at, e.who, e.role, e.office, e.why, e.source, e.import,
        e.state, e.name_key, e.birth, e.leaves_on, e.edition, e.unit, e.number, e.identified, e.complete, e.record, s.record as sensitive
        from child_event e join child_event_sensitive s on s.register = e.register and s.child = e.child and s.seq = e.seq
        where e.register = $1 and e.child = $2 and e.at <= $3 order by e.seq desc limit 1";
    /// Numbers a child has had.
    NUMBERS = "select number, source, status, since, ended_at from child_number where register = $1 and child = $2 order by seq";
    /// A number no longer holds.
    NUMBER_END = "update child_number set ended_at = $3 where register = $1 and child = $2 and ended_at is null";
    /// Another child has the number: a dispute.
    CLAIM_DISPUTE = "update number_claim set disputed = true where number = $1 and child <> $2";
    /// A child gives up its claim.
    CLAIM_DROP = "delete from number_claim where register = $1 and child = $2";
    /// A claim that was given up goes to the next child who has the number.
    CLAIM_PASS = "insert into number_claim (number, register, child, at, disputed)
        select number, register, id, cast($4 as text), false from child
        where register = $1 and number = $2 and id <> $3 and state <> 'withdrawn' order by id limit 1
        on conflict (number) do nothing";
    /// Whether a number is still disputed in the book that claims it.
    CLAIM_SETTLE = "update number_claim set disputed =
        ((select count(*) from child c where c.register = $1 and c.number = $2 and c.state <> 'withdrawn') > 1)
        where register = $1 and number = $2";
    /// Claims of one book that others dispute.
    CLAIMS_DISPUTED = "select number, child from number_claim where register = $1 and disputed = true order by number";
    /// Children of some import whose number another child claimed before.
    CLAIMS_LOST = "select c.id, c.number from child_event e join child c on c.register = e.register and c.id = e.child
        join number_claim n on n.number = c.number
        where e.register = $1 and e.audit_seq = $2 and (n.child <> c.id or n.register <> c.register) order by c.id";

    /// What is wrong with a child.
    FINDINGS = "select rule, field, list, severity, raw, suggestion, safe from finding where register = $1 and child = $2 order by nth";
    /// Makes room for new findings.
    FINDINGS_DROP = "delete from finding where register = $1 and child = $2";
    /// How often a rule fires among children of a state.
    FINDINGS_COUNT = "select f.rule, count(*) from finding f join child c on c.register = f.register and c.id = f.child
        where f.register = $1 and c.state = $2 group by f.rule order by f.rule";

    /// A new import.
    IMPORT_ADD = "insert into import (register, id, audit_seq, at, who, as_of, edition, files, rows, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// All imports, the oldest first.
    IMPORTS = "select id, audit_seq, at, who, as_of, edition, files, rows, state from import where register = $1 order by audit_seq";
    /// One import.
    IMPORT = "select id, audit_seq, at, who, as_of, edition, files, rows, state from import where register = $1 and id = $2";
    /// An import is undone, or done again.
    IMPORT_STATE_SET = "update import set state = $3 where register = $1 and id = $2 and state <> $3";
    /// Turns an import back, or forth again: an event for each child who is in a state and whose last event is the import's.
    TURN_EVENTS = "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record)
        select c.register, c.id, c.version + 1, cast($4 as text), cast($5 as bigint), cast($6 as text), cast($7 as text), cast($8 as text),
        cast($9 as text), cast($10 as text), cast($11 as text), cast($12 as text), cast($2 as text),
        cast($13 as text), c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete, c.record
        from child c join (select child, max(seq) as seq from child_event where register = $1 and import = $2 group by child) l
        on l.child = c.id and l.seq = c.version
        where c.register = $1 and c.state = $3";
    /// The sensitive part of these events.
    TURN_EVENTS_SENSITIVE = "insert into child_event_sensitive (register, child, seq, record)
        select e.register, e.child, e.seq, s.record from child_event e
        join child_sensitive s on s.register = e.register and s.child = e.child
        where e.register = $1 and e.audit_seq = $2";
    /// The children themselves.
    TURN_CHILDREN = "update child set version = version + 1, state = $3
        where register = $1 and id in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2)";
    /// Their numbers no longer hold.
    TURN_NUMBERS_END = "update child_number set ended_at = $3 where register = $1 and ended_at is null
        and child in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2)";
    /// Their numbers hold again.
    TURN_NUMBERS_ADD = "insert into child_number (register, child, seq, number, source, status, since)
        select e.register, e.child, e.seq, e.number, e.source, 'written', e.at from child_event e
        where e.register = $1 and e.audit_seq = $2 and e.number is not null";
    /// They claim nothing any more.
    TURN_CLAIMS_DROP = "delete from number_claim where register = $1
        and child in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2)";
    /// Numbers that nobody claims go to the first child who has them.
    CLAIMS_FILL = "insert into number_claim (number, register, child, at, disputed)
        select number, register, min(id), cast($2 as text), count(*) > 1 from child
        where register = $1 and state <> 'withdrawn' and number is not null group by register, number
        on conflict (number) do nothing";
    /// Whether the numbers of these children are disputed in their book.
    TURN_CLAIMS_SETTLE = "update number_claim set disputed =
        ((select count(*) from child c where c.register = $1 and c.number = number_claim.number and c.state <> 'withdrawn') > 1)
        where register = $1 and number in (select e.number from child_event e where e.register = $1 and e.audit_seq = $2)";
    /// Children an import touched: their version and state now, and that of the import's last event.
    IMPORT_CHILDREN = "select c.id, c.version, c.state, l.seq from
        (select child, max(seq) as seq from child_event where register = $1 and import = $2 and child > $3
         group by child order by child limit $4) l
        join child c on c.register = $1 and c.id = l.child order by c.id";
    /// Decisions of an import, counted.
    IMPORT_DECISIONS = "select decision, count(*) from import_row where register = $1 and import = $2 group by decision order by decision";
    /// Where a child stood in the lists.
    IMPORT_ROWS_OF_CHILD = "select import, file, sheet, row_number, decision from import_row where register = $1 and child = $2
        order by import, nth";

    /// Headcounts up to a day, so that the last of a unit is the one that holds.
    HEADCOUNTS = "select edition, unit, day, source, signed_by, children, loaded_at from headcount
        where register = $1 and day <= $2 order by edition, unit, day, loaded_at, source";

    /// Children on a day, by unit: born by then, under 16 still, in a state.
    COVERAGE = "select coalesce(unit, ''), edition, count(*), count(*) filter (where identified = true), count(*) filter (where complete = true)
        from child where register = $1 and state = $2 and birth <= $3 and leaves_on > $3
        group by coalesce(unit, ''), edition order by coalesce(unit, ''), edition";
    /// The same, as the book was at a moment.
    COVERAGE_AT = "select unit, edition, count(*), count(*) filter (where identified = true), count(*) filter (where complete = true)
        from (select coalesce(unit, '') as unit, edition, state, birth, leaves_on, identified, complete,
              row_number() over (partition by register, child order by seq desc) as back
              from child_event where register = $1 and at <= $4) as past
        where back = 1 and state = $2 and birth <= $3 and leaves_on > $3
        group by unit, edition order by unit, edition";
}

many! {
    /// Area units of an edition.
    UNITS_ADD = 5, "insert into unit (edition, code, name, level, parent) values", " on conflict (edition, code) do nothing";
    /// New children.
    CHILDREN_ADD = 13, "insert into child (register, id, version, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values", "";
    /// Their sensitive part.
    CHILDREN_SENSITIVE_ADD = 3, "insert into child_sensitive (register, child, record) values", "";
    /// Events.
    EVENTS_ADD = 23, "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values", "";
    /// Their sensitive part.
    EVENTS_SENSITIVE_ADD = 4, "insert into child_event_sensitive (register, child, seq, record) values", "";
    /// Numbers.
    NUMBERS_ADD = 7, "insert into child_number (register, child, seq, number, source, status, since) values", "";
    /// Claims; who comes second is left out.
    CLAIMS_ADD = 5, "insert into number_claim (number, register, child, at, disputed) values", " on conflict (number) do nothing";
    /// Findings.
    FINDINGS_ADD = 10, "insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values", "";
    /// Rows of an import.
    IMPORT_ROWS_ADD = 8, "insert into import_row (register, import, nth, file, sheet, row_number, decision, child) values", "";
    /// Headcounts.
    HEADCOUNTS_ADD = 8, "insert into headcount (register, edition, unit, day, source, loaded_at, signed_by, children) values", " on conflict (register, edition, unit, day, source, loaded_at) do nothing";
}
