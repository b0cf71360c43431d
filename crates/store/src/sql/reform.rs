//! Statements of reforms of area units, and of counting children in the units of another edition.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A new reform.
    REFORM_ADD = "insert into reform (register, id, audit_seq, at, who, edition, source, state) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// All reforms, the oldest first.
    REFORMS = "select id, audit_seq, at, who, edition, source, state, undone_seq from reform where register = $1 order by audit_seq";
    /// What reforms in a state said of units.
    REFORM_UNITS = "select u.reform, u.edition, u.from_unit, u.hamlet, u.to_unit, r.edition as to_edition
        from reform_unit u join reform r on r.register = u.register and r.id = u.reform
        where u.register = $1 and r.state = $2 order by r.audit_seq, u.edition, u.from_unit, u.hamlet";
    /// A reform is undone.
    REFORM_STATE_SET = "update reform set state = $3, undone_seq = $4 where register = $1 and id = $2 and state <> $3";
    /// Where the children in a state stand.
    STANDING = "select edition, coalesce(unit, ''), count(*) from child where register = $1 and state = $2
        group by edition, coalesce(unit, '') order by edition, coalesce(unit, '')";
    /// A page of the children of a unit, from an id on.
    RECORDS_OF_UNIT = "select c.id, c.record from child c
        where c.register = $1 and c.state = $2 and c.edition = $3 and c.unit = $4 and c.id > $5 order by c.id limit $6";
    /// Assigns children: an event for each whose unit the reform has an answer for.
    REASSIGN_EVENTS = "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record)
        select c.register, c.id, c.version + 1, cast($4 as text), cast($5 as bigint), 'reassigned', cast($6 as text), cast($7 as text),
        cast($8 as text), cast($9 as text), cast($10 as text), cast($11 as text), cast(null as text),
        c.state, c.name_key, c.birth, c.leaves_on, cast($12 as text), coalesce(k.to_unit, u.to_unit), c.number, c.identified, c.complete, c.record
        from child c join reform_unit u on u.register = c.register and u.reform = $2 and u.edition = c.edition and u.from_unit = c.unit
        and u.hamlet = ''
        left join reform_child k on k.register = c.register and k.reform = $2 and k.child = c.id
        where c.register = $1 and c.state = $3 and coalesce(k.to_unit, u.to_unit) is not null";
    /// Takes an assignment back: an event for each child to whom nothing happened since.
    UNASSIGN_EVENTS = "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record)
        select c.register, c.id, c.version + 1, cast($3 as text), cast($4 as bigint), 'reassigned', cast($5 as text), cast($6 as text),
        cast($7 as text), cast($8 as text), cast($9 as text), cast($10 as text), cast(null as text),
        c.state, c.name_key, c.birth, c.leaves_on, b.edition, b.unit, c.number, c.identified, c.complete, c.record
        from child_event e join child c on c.register = e.register and c.id = e.child and c.version = e.seq
        join child_event b on b.register = e.register and b.child = e.child and b.seq = e.seq - 1
        where e.register = $1 and e.audit_seq = $2";
    /// The children themselves go where their event of the act says.
    ASSIGN_CHILDREN = "update child set version = e.seq, edition = e.edition, unit = e.unit from child_event e
        where child.register = $1 and e.register = $1 and e.audit_seq = $2 and e.child = child.id";
    /// Children a reform assigned and to whom nothing happened since.
    REASSIGNED_UNTOUCHED = "select count(*) from child_event e join child c on c.register = e.register and c.id = e.child and c.version = e.seq
        where e.register = $1 and e.audit_seq = $2";
    /// A page of the children a reform assigned and to whom something happened since.
    REASSIGNED_TOUCHED = "select c.id, c.edition, c.unit from child_event e join child c on c.register = e.register and c.id = e.child
        where e.register = $1 and e.audit_seq = $2 and c.version <> e.seq and c.id > $3 order by c.id limit $4";
    /// A page of the children who came into the edition of a reform after it, not by it.
    REFORM_NEWCOMERS = "select c.id, c.edition, c.unit from child c
        where c.register = $1 and c.state = $2 and c.edition = $3 and c.id > $5 and not exists
        (select 1 from child_event e where e.register = c.register and e.child = c.id and e.audit_seq <= $4 and e.edition = $3)
        order by c.id limit $6";
    /// Children on a day who stand in units of a later edition than the one that is asked: by their unit, their own last unit of the asked
    /// edition or an older one, and their own unit of the nearest later edition.
    COVERAGE_BACK = "select c.unit, c.edition, coalesce(f.unit, ''), coalesce(f.edition, ''), coalesce(g.unit, ''), coalesce(g.edition, ''),
        count(*), count(*) filter (where c.identified = true), count(*) filter (where c.complete = true)
        from (select child, coalesce(unit, '') as unit, edition, state, birth, leaves_on, identified, complete,
              row_number() over (partition by register, child order by seq desc) as back
              from child_event where register = $1 and at <= $5) c
        left join (select child, unit, edition, row_number() over (partition by register, child order by seq desc) as back
              from child_event where register = $1 and at <= $5 and edition <= $4 and unit is not null) f on f.child = c.child and f.back = 1
        left join (select child, unit, edition, row_number() over (partition by register, child order by edition, seq desc) as back
              from child_event where register = $1 and at <= $5 and edition > $4 and unit is not null) g on g.child = c.child and g.back = 1
        where c.back = 1 and c.state = $2 and c.birth <= $3 and c.leaves_on > $3 and c.edition > $4
        group by c.unit, c.edition, coalesce(f.unit, ''), coalesce(f.edition, ''), coalesce(g.unit, ''), coalesce(g.edition, '')
        order by c.edition, c.unit, coalesce(f.edition, ''), coalesce(f.unit, ''), coalesce(g.edition, ''), coalesce(g.unit, '')";
    /// Children on a day who stand in units of an earlier edition than the one that is asked: by their unit, and the unit a later reform
    /// gave them from there.
    COVERAGE_FORTH = "select c.unit, c.edition, coalesce(h.unit, ''), coalesce(h.edition, ''),
        count(*), count(*) filter (where c.identified = true), count(*) filter (where c.complete = true)
        from (select child, coalesce(unit, '') as unit, edition, state, birth, leaves_on, identified, complete,
              row_number() over (partition by register, child order by seq desc) as back
              from child_event where register = $1 and at <= $5) c
        left join (select p.child, p.unit, p.edition, p.old_unit, p.old_edition,
              row_number() over (partition by p.child order by p.seq) as nth
              from (select child, seq, kind, at, unit, edition, lag(unit) over (partition by register, child order by seq) as old_unit,
                    lag(edition) over (partition by register, child order by seq) as old_edition
                    from child_event where register = $1) p
              where p.kind = 'reassigned' and p.at > $5 and p.edition = $4) h
        on h.child = c.child and h.nth = 1 and h.old_unit = c.unit and h.old_edition = c.edition
        where c.back = 1 and c.state = $2 and c.birth <= $3 and c.leaves_on > $3 and c.edition < $4
        group by c.unit, c.edition, coalesce(h.unit, ''), coalesce(h.edition, '')
        order by c.edition, c.unit, coalesce(h.edition, ''), coalesce(h.unit, '')";
    /// Those of them in one unit who have never stood in a unit of the asked edition or an older one, with their records: their hamlet may tell.
    COVERAGE_RECORDS = "select c.identified, c.complete, c.record
        from (select child, coalesce(unit, '') as unit, edition, state, birth, leaves_on, identified, complete, record,
              row_number() over (partition by register, child order by seq desc) as back
              from child_event where register = $1 and at <= $4) c
        where c.back = 1 and c.state = $2 and c.birth <= $3 and c.leaves_on > $3 and c.edition = $5 and c.unit = $6
        and not exists (select 1 from child_event e where e.register = $1 and e.child = c.child and e.at <= $4 and e.edition <= $7
                        and e.unit is not null)
        order by c.child";
}

many! {
    /// What became of units.
    REFORM_UNITS_ADD = 6, "insert into reform_unit (register, reform, edition, from_unit, hamlet, to_unit) values", "";
    /// Children whose hamlet says where they go.
    REFORM_CHILDREN_ADD = 4, "insert into reform_child (register, reform, child, to_unit) values", "";
}
