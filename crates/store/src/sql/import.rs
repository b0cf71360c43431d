//! Statements of imports, and turning them back and forth.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A new import.
    IMPORT_ADD = "insert into import (register, id, audit_seq, at, who, as_of, edition, files, rows, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// All imports, the oldest first.
    IMPORTS = "select id, audit_seq, at, who, as_of, edition, files, rows, state from import where register = $1 order by audit_seq";
    /// One import.
    IMPORT = "select id, audit_seq, at, who, as_of, edition, files, rows, state from import where register = $1 and id = $2";
    /// An import is undone, or done again.
    IMPORT_STATE_SET = "update import set state = $3 where register = $1 and id = $2 and state <> $3";
    /// Turns an import back: its own children, to whom nothing happened after it but reforms, are withdrawn.
    TURN_WITHDRAW = "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record)
        select c.register, c.id, c.version + 1, cast($3 as text), cast($4 as bigint), 'withdrawn', cast($5 as text), cast($6 as text),
        cast($7 as text), cast($8 as text), cast($9 as text), cast($10 as text), cast($2 as text),
        'withdrawn', c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete, c.record
        from child c join (select child, max(seq) as seq, count(*) as own from child_event where register = $1 and import = $2 group by child) l
        on l.child = c.id
        where c.register = $1 and c.state <> 'withdrawn' and (l.seq = c.version or not exists (select 1 from child_event o
         where o.register = $1 and o.child = c.id and o.seq > l.seq and o.kind <> 'reassigned'))
        and (l.own = c.version or l.own = (select count(*) from child_event o
         where o.register = $1 and o.child = c.id and o.kind <> 'reassigned'))";
    /// Turns an import back: children it changed, and nothing but reforms changed later, say what they said before it. Where a reform has put
    /// them since, they stay, unless the import had put them elsewhere itself (`p`: as they stood before that).
    TURN_REVERT = "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record)
        select c.register, c.id, c.version + 1, cast($3 as text), cast($4 as bigint), 'reverted', cast($5 as text), cast($6 as text),
        cast($7 as text), cast($8 as text), cast($9 as text), cast($10 as text), cast($2 as text),
        b.state, b.name_key, b.birth, b.leaves_on, coalesce(p.edition, c.edition), case when p.edition is null then c.unit else p.unit end,
        b.number, b.identified, b.complete, b.record
        from child c join (select child, max(seq) as seq, count(*) as own from child_event where register = $1 and import = $2 group by child) l
        on l.child = c.id and l.own < c.version
        join child_event n on n.register = c.register and n.child = c.id and n.seq = l.seq
        join child_event b on b.register = c.register and b.child = c.id and b.seq =
         (select max(o.seq) from child_event o where o.register = $1 and o.child = c.id and o.seq < l.seq
          and (o.import is null or o.import <> $2) and o.kind <> 'reassigned')
        left join child_event p on p.register = c.register and p.child = c.id and p.seq =
         (select min(i.seq) - 1 from child_event i
          join child_event j on j.register = i.register and j.child = i.child and j.seq = i.seq - 1
          where i.register = $1 and i.child = c.id and i.seq > b.seq and i.import = $2 and i.source not in ('undo', 'redo')
          and (i.edition <> j.edition or coalesce(i.unit, '') <> coalesce(j.unit, '')))
        where c.register = $1 and n.kind <> 'reverted' and (l.seq = c.version or not exists (select 1 from child_event o
         where o.register = $1 and o.child = c.id and o.seq > l.seq and o.kind <> 'reassigned'))";
    /// The sensitive part of these.
    TURN_REVERT_SENSITIVE = "insert into child_event_sensitive (register, child, seq, record)
        select e.register, e.child, e.seq, s.record from child_event e
        join child_event_sensitive s on s.register = e.register and s.child = e.child and s.seq =
         (select max(o.seq) from child_event o where o.register = $1 and o.child = e.child and o.seq < e.seq
          and (o.import is null or o.import <> $3) and o.kind <> 'reassigned')
        where e.register = $1 and e.audit_seq = $2 and e.kind = 'reverted'";
    /// Turns an import forth again: what one undoing withdrew or reverted, and nothing but reforms changed later, is as it was just before.
    /// Where a reform, or its undoing, has put them since, they stay, unless the import had put them elsewhere itself: then they are where
    /// they were before the undoing, but for what a reform said that holds no more.
    TURN_AGAIN = "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record)
        select c.register, c.id, c.version + 1, cast($3 as text), cast($4 as bigint), cast($11 as text), cast($5 as text), cast($6 as text),
        cast($7 as text), cast($8 as text), cast($9 as text), cast($10 as text), cast($2 as text),
        b.state, b.name_key, b.birth, b.leaves_on,
        case when n.edition = b.edition and coalesce(n.unit, '') = coalesce(b.unit, '') then c.edition else p.edition end,
        case when n.edition = b.edition and coalesce(n.unit, '') = coalesce(b.unit, '') then c.unit else p.unit end,
        b.number, b.identified, b.complete, b.record
        from child_event n join child c on c.register = n.register and c.id = n.child
        join child_event b on b.register = n.register and b.child = n.child and b.seq = n.seq - 1
        join child_event p on p.register = n.register and p.child = n.child and p.seq =
         (select max(o.seq) from child_event o where o.register = $1 and o.child = n.child and o.seq < n.seq
          and o.source not in ('undo', 'redo') and (o.kind <> 'reassigned' or exists
          (select 1 from reform r where r.register = $1 and r.audit_seq = o.audit_seq and r.state = 'applied')))
        where n.register = $1 and n.audit_seq = $13 and n.import = $2 and n.kind = $12
        and (n.seq = c.version or not exists (select 1 from child_event o
         where o.register = $1 and o.child = c.id and o.seq > n.seq and o.kind <> 'reassigned'))
        and not exists (select 1 from import_waiting w where w.register = $1 and w.import = $2 and w.state = 'open' and w.kind = 'again'
         and w.child = c.id)";
    /// The sensitive part of these: of the event before the one of the undoing.
    TURN_AGAIN_SENSITIVE = "insert into child_event_sensitive (register, child, seq, record)
        select e.register, e.child, e.seq, s.record from child_event e
        join child_event n on n.register = e.register and n.audit_seq = $4 and n.child = e.child
        join child_event_sensitive s on s.register = e.register and s.child = e.child and s.seq = n.seq - 1
        where e.register = $1 and e.audit_seq = $2 and e.kind = $3";
    /// The sensitive part of events that leave it as it is.
    TURN_EVENTS_SENSITIVE = "insert into child_event_sensitive (register, child, seq, record)
        select e.register, e.child, e.seq, s.record from child_event e
        join child_sensitive s on s.register = e.register and s.child = e.child
        where e.register = $1 and e.audit_seq = $2 and e.kind = $3";
    /// Children who are withdrawn, or are there again.
    TURN_CHILDREN = "update child set version = version + 1, state = $3
        where register = $1 and id in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2 and e.kind = $4)";
    /// The children after one id and up to another whom an import touched: their version and state now, the import's last event and its kind, what others had a hand in, and how
    /// often a reform put them elsewhere: at all, and after the import.
    IMPORT_CHILDREN = "select c.id, c.version, c.state, l.seq, e.kind, e.audit_seq, c.version - l.own,
        case when l.own = c.version then 0 else
         (select count(*) from child_event o where o.register = $1 and o.child = c.id and o.kind = 'reassigned') end,
        case when l.seq = c.version then 0 else
         (select count(*) from child_event o where o.register = $1 and o.child = c.id and o.kind = 'reassigned' and o.seq > l.seq) end from
        (select child, max(seq) as seq, count(*) as own from child_event where register = $1 and import = $2 and child > $3 and child <= $4
         group by child) l
        join child c on c.register = $1 and c.id = l.child and c.id > $3 and c.id <= $4
        join child_event e on e.register = $1 and e.child = l.child and e.seq = l.seq and e.child > $3 and e.child <= $4 order by c.id";
    /// The last of the next page of children an import touched.
    IMPORT_CHILDREN_END = "select max(p.child) from
        (select distinct child from child_event where register = $1 and import = $2 and child > $3 order by child limit $4) p";
    /// Children who came into the book after an act, by another import than one, or by hand, and are still there.
    CAME_AFTER = "select count(*) from child c join child_event e on e.register = c.register and e.child = c.id and e.seq = c.version
        where c.register = $1 and e.audit_seq > $3 and c.state <> 'withdrawn' and (e.import is null or e.import <> $2)";
    /// The act that last undid an import.
    LAST_UNDONE = "select max(seq) from audit where register = $1 and subject = $2 and act = 'undo'";
    /// A page of the children an import's undoing withdrew, with what the linkage looks at.
    CHILDREN_WITHDRAWN = "select c.id, c.state, c.edition, c.unit, c.number, c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        join child_event e on e.register = c.register and e.child = c.id and e.audit_seq = $5
        where c.register = $1 and c.state = 'withdrawn' and e.import = $2 and c.id > $3 and (e.seq = c.version or not exists
         (select 1 from child_event o where o.register = $1 and o.child = c.id and o.seq > e.seq and o.kind <> 'reassigned'))
        order by c.id limit $4";
    /// Decisions of an import, counted.
    IMPORT_DECISIONS = "select decision, count(*) from import_row where register = $1 and import = $2 group by decision order by decision";
    /// A page of the rows of an import, with what was decided later.
    IMPORT_ROWS_PAGE = "select r.nth, r.file, r.sheet, r.row_number, r.decision, r.child, w.state, w.child
        from import_row r left join import_waiting w on w.register = r.register and w.import = r.import and w.nth = r.nth and w.kind <> 'changes'
        where r.register = $1 and r.import = $2 and r.nth > $3 order by r.nth limit $4";
    /// Where a child stood in the lists.
    IMPORT_ROWS_OF_CHILD = "select import || '' as import, file, sheet, row_number, decision from import_row where register = $1 and child = $2
        union select r.import, r.file, r.sheet, r.row_number, w.state from import_waiting w
        join import_row r on r.register = w.register and r.import = w.import and r.nth = w.nth
        where w.register = $1 and w.child = $2 and w.kind in ('perhaps', 'again') and w.state in ('same', 'new')
        order by 1, 2, 3, 4";
    /// The row of an import by its number.
    IMPORT_ROW = "select import, file, sheet, row_number, decision from import_row where register = $1 and import = $2 and nth = $3";
}

many! {
    /// Rows of an import.
    IMPORT_ROWS_ADD = 8, "insert into import_row (register, import, nth, file, sheet, row_number, decision, child) values", "";
}
