//! Statements that change many children at once, from the events of an act.
//!
//! In: nothing. Out: the statements. All take the book, the number of the act, and between which ids the children lie.

use super::{Many, many, statements};

statements! {
    /// A page of the children who can be who a list speaks of: those a later list may name; with what the linkage looks at.
    CHILDREN_LINKABLE = "select c.id, c.state, c.edition, c.unit, c.number, c.record,
        coalesce((select s.record from child_sensitive s where s.register = c.register and s.child = c.id), '') as sensitive from child c
        where c.register = $1 and c.id > $2 and c.state not in ('withdrawn', 'merged', 'mistake') order by c.id limit $3";
    /// Some children; where there are fewer than fifty, one is named again.
    CHILDREN_OF = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete,
        c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.id in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51) order by c.id";
    /// Their findings.
    FINDINGS_OF = "select child, rule, field, list, severity, raw, suggestion, safe from finding
        where register = $1 and child in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51) order by child, nth";
    /// Who has one of some numbers; not one who went on from there in another book.
    HOLDERS_OF = "select c.number, c.id from child c where c.register = $1 and c.number in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51)
        and c.state in ('active', 'moved', 'died')
        and not exists (select 1 from child_move m where m.register = c.register and m.child = c.id and m.to_child is not null)
        order by c.number, c.id";
    /// A page of the numbers that came to children, or went from them, by acts after one.
    NUMBERS_TURNED = "select distinct n.number from child_event e
        join child_number n on n.register = e.register and n.child = e.child and (n.since = e.at or n.ended_at = e.at)
        where e.register = $1 and e.audit_seq > $2 and n.number > $3 order by n.number limit $4";
    /// A page of the children who count and whose number a child of another book has, without the finding that says so.
    NUMBERS_UNTOLD = "select c.id from child c where c.register = $1 and c.id > $2 and c.state = 'active' and c.number is not null
        and not exists (select 1 from finding f where f.register = c.register and f.child = c.id and f.rule = 'id.shared')
        and exists (select 1 from register b join child o on o.register = b.register where b.register <> $1 and o.number = c.number
         and o.state in ('active', 'moved', 'died')
         and not exists (select 1 from child_move m where m.register = o.register and m.child = o.id and m.to_child is not null))
        order by c.id limit $3";
    /// Suggestions of a rule for the children of a book.
    SUGGESTIONS = "select child, suggestion from finding where register = $1 and rule = $2 and suggestion <> '' order by child";
    /// Children say what the act's events say.
    CHANGE_CHILDREN = "update child set (version, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) =
        (select e.seq, e.state, e.name_key, e.birth, e.leaves_on, e.edition, e.unit, e.number, e.identified, e.complete, e.record
         from child_event e where e.register = child.register and e.audit_seq = $2 and e.child = child.id)
        where register = $1 and id in (select e.child from child_event e
         where e.register = $1 and e.audit_seq = $2 and e.kind = $3 and e.child >= $4 and e.child <= $5)";
    /// The sensitive part of the same.
    CHANGE_CHILDREN_SENSITIVE = "update child_sensitive set record =
        (select s.record from child_event e join child_event_sensitive s on s.register = e.register and s.child = e.child and s.seq = e.seq
         where e.register = child_sensitive.register and e.audit_seq = $2 and e.child = child_sensitive.child)
        where register = $1 and child in (select e.child from child_event e
         where e.register = $1 and e.audit_seq = $2 and e.kind = $3 and e.child >= $4 and e.child <= $5)";
    /// Numbers that do not hold any more after the act's events.
    CHANGE_NUMBERS_END = "update child_number set ended_at = $3 where register = $1 and ended_at is null
        and child in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2 and e.child >= $4 and e.child <= $5)
        and not exists (select 1 from child_event e where e.register = $1 and e.audit_seq = $2 and e.child = child_number.child
         and e.number = child_number.number and e.state in ('active', 'moved', 'died'))";
    /// Numbers that hold after the act's events and did not before.
    CHANGE_NUMBERS_ADD = "insert into child_number (register, child, seq, number, source, status, since)
        select e.register, e.child, e.seq, e.number, e.source, 'written', e.at from child_event e
        where e.register = $1 and e.audit_seq = $2 and e.child >= $3 and e.child <= $4
        and e.number is not null and e.state in ('active', 'moved', 'died')
        and not exists (select 1 from child_number n where n.register = $1 and n.child = e.child and n.ended_at is null and n.number = e.number)";
    /// Claims given up by the act's events.
    CHANGE_CLAIMS_DROP = "delete from number_claim where register = $1
        and child in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2 and e.child >= $3 and e.child <= $4)
        and not exists (select 1 from child_event e where e.register = $1 and e.audit_seq = $2 and e.child = number_claim.child
         and e.number = number_claim.number and e.state in ('active', 'moved', 'died'))";
    /// Of the numbers the act's events gave or took, those that nobody claims go to the first child who has them.
    CHANGE_CLAIMS_FILL = "insert into number_claim (number, register, child, at, disputed)
        select number, register, min(id), cast($3 as text), count(*) > 1 from child
        where register = $1 and state in ('active', 'moved', 'died') and number in (select n.number from child_number n
         join child_event e on e.register = n.register and e.child = n.child
         where e.register = $1 and e.audit_seq = $2 and n.register = $1)
        group by register, number on conflict (number) do nothing";
    /// Whether the numbers the act's events gave or took are disputed in their book.
    CHANGE_CLAIMS_SETTLE = "update number_claim set disputed =
        ((select count(*) from child c where c.register = $1 and c.number = number_claim.number and c.state in ('active', 'moved', 'died')) > 1)
        where register = $1 and number in (select n.number from child_number n
         join child_event e on e.register = n.register and e.child = n.child
         where e.register = $1 and e.audit_seq = $2 and n.register = $1)";
    /// Findings of the act's children go, to make room; of those who do not yet say what the events say.
    CHANGE_FINDINGS_DROP = "delete from finding where register = $1 and child in (select e.child from child_event e
        join child c on c.register = e.register and c.id = e.child and c.version = e.seq - 1
        where e.register = $1 and e.audit_seq = $2 and e.kind = $3 and e.child >= $4 and e.child <= $5)";
    /// What was kept of findings before goes, where the import begins to change the child (anew).
    BEFORE_DROP = "delete from import_finding where register = $1 and import = $6 and side = 'before' and child in
        (select e.child from child_event e join child_event b on b.register = e.register and b.child = e.child and b.seq = e.seq - 1
         join child c on c.register = e.register and c.id = e.child and c.version = e.seq - 1
         where e.register = $1 and e.audit_seq = $2 and e.kind = $3 and e.child >= $4 and e.child <= $5
         and (b.import is null or b.import <> $6))";
    /// The findings of such children are kept.
    BEFORE_KEEP = "insert into import_finding (register, import, child, side, nth, rule, field, list, severity, raw, suggestion, safe)
        select f.register, cast($6 as text), f.child, 'before', f.nth, f.rule, f.field, f.list, f.severity, f.raw, f.suggestion, f.safe
        from finding f where f.register = $1 and f.child in
        (select e.child from child_event e join child_event b on b.register = e.register and b.child = e.child and b.seq = e.seq - 1
         join child c on c.register = e.register and c.id = e.child and c.version = e.seq - 1
         where e.register = $1 and e.audit_seq = $2 and e.kind = $3 and e.child >= $4 and e.child <= $5
         and (b.import is null or b.import <> $6))";
    /// Undoing: what was kept of findings after goes.
    AFTER_DROP = "delete from import_finding where register = $1 and import = $4 and side = 'after' and child in
        (select e.child from child_event e where e.register = $1 and e.audit_seq = $2 and e.kind = $3)";
    /// Undoing: the findings as the import left them are kept.
    AFTER_KEEP = "insert into import_finding (register, import, child, side, nth, rule, field, list, severity, raw, suggestion, safe)
        select f.register, cast($4 as text), f.child, 'after', f.nth, f.rule, f.field, f.list, f.severity, f.raw, f.suggestion, f.safe
        from finding f where f.register = $1 and f.child in
        (select e.child from child_event e join child c on c.register = e.register and c.id = e.child and c.version = e.seq - 1
         where e.register = $1 and e.audit_seq = $2 and e.kind = $3)";
    /// Findings come back from one side.
    FINDINGS_BACK = "insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe)
        select k.register, k.child, k.nth, k.rule, k.field, k.list, k.severity, k.raw, k.suggestion, k.safe
        from import_finding k join child_event e on e.register = k.register and e.child = k.child
        where e.register = $1 and e.audit_seq = $2 and e.kind = $3 and k.register = $1 and k.import = $4 and k.side = $5";
}

many! {}
