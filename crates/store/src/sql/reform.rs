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
    /// Takes an assignment back: an event for each child who stands where it was put and to whom nothing happened since. An import turned back and forth
    /// is nothing, nor is one that is undone, a later reform, or a number of
    /// another child.
    UNASSIGN_EVENTS = "insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import,
        state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record)
        select c.register, c.id, c.version + 1, cast($3 as text), cast($4 as bigint), 'reassigned', cast($5 as text), cast($6 as text),
        cast($7 as text), cast($8 as text), cast($9 as text), cast($10 as text), cast(null as text),
        c.state, c.name_key, c.birth, c.leaves_on, b.edition, b.unit, c.number, c.identified, c.complete, c.record
        from child_event e join child c on c.register = e.register and c.id = e.child
        join child_event b on b.register = e.register and b.child = e.child and b.seq = e.seq - 1
        where e.register = $1 and e.audit_seq = $2 and (c.version = e.seq or (c.edition = e.edition and coalesce(c.unit, '') = coalesce(e.unit, '') and not exists
         (select 1 from child_event o where o.register = e.register and o.child = e.child and o.seq > e.seq
          and o.kind <> 'reassigned' and o.source not in ('undo', 'redo', 'across') and not exists
          (select 1 from import i where i.register = o.register and i.id = o.import and i.state = 'undone'))))";
    /// The children themselves go where their event of the act says. Each looks its event up by the whole key: joined, it would be left to a
    /// planner that takes the events of a new act for one.
    ASSIGN_CHILDREN = "update child set version = version + 1,
        edition = (select e.edition from child_event e where e.register = $1 and e.child = child.id and e.seq = child.version + 1),
        unit = (select e.unit from child_event e where e.register = $1 and e.child = child.id and e.seq = child.version + 1)
        where register = $1 and id in (select e.child from child_event e where e.register = $1 and e.audit_seq = $2)";
    /// Children a reform assigned and to whom nothing happened since, in the sense of taking it back.
    REASSIGNED_UNTOUCHED = "select count(*) from child_event e join child c on c.register = e.register and c.id = e.child
        where e.register = $1 and e.audit_seq = $2 and (c.version = e.seq or (c.edition = e.edition and coalesce(c.unit, '') = coalesce(e.unit, '') and not exists
         (select 1 from child_event o where o.register = e.register and o.child = e.child and o.seq > e.seq
          and o.kind <> 'reassigned' and o.source not in ('undo', 'redo', 'across') and not exists
          (select 1 from import i where i.register = o.register and i.id = o.import and i.state = 'undone'))))";
    /// A page of the children a reform assigned, who stand in its edition, and to whom something happened since. `|| ''`: a child is to be found
    /// by its id, not among all of an edition; a planner in the dark takes either.
    REASSIGNED_TOUCHED = "select c.id, c.edition, c.unit from child_event e join child c on c.register = e.register and c.id = e.child
        where e.register = $1 and e.audit_seq = $2 and e.child > $3 and c.edition || '' = e.edition
        and not (c.version = e.seq or (coalesce(c.unit, '') = coalesce(e.unit, '') and not exists
         (select 1 from child_event o where o.register = e.register and o.child = e.child and o.seq > e.seq
          and o.kind <> 'reassigned' and o.source not in ('undo', 'redo', 'across') and not exists
          (select 1 from import i where i.register = o.register and i.id = o.import and i.state = 'undone')))) order by e.child limit $4";
    /// A page of the children who came into the edition of a reform after it, not by it. Counted, not «not exists»: that would be turned into a
    /// join, and one over all events where the planner knows nothing of the new edition. `+ 0`: the events are to be found by the child, not by
    /// the act.
    REFORM_NEWCOMERS = "select c.id, c.edition, c.unit from child c
        where c.register = $1 and c.state = $2 and c.edition = $3 and c.id > $5
        and (select count(*) from child_event e where e.register = c.register and e.child = c.id and e.audit_seq + 0 <= $4 and e.edition = $3) = 0
        order by c.id limit $6";
    /// Children on a day who stand in units of an earlier edition than the one that is asked: by their unit, and the unit a later reform
    /// gave them from there.
    COVERAGE_FORTH = "select unit, edition, case when old_unit = unit and old_edition = edition then new_unit else '' end,
        case when old_unit = unit and old_edition = edition then cast($4 as text) else '' end,
        count(*), count(*) filter (where identified = 1), count(*) filter (where complete = 1),
        count(*) filter (where coalesce((select t.bits & 4 from tally_child t where t.register = $1 and t.child = stood.child), 0) > 0),
        count(*) filter (where coalesce((select t.bits & 8 from tally_child t where t.register = $1 and t.child = stood.child), 0) > 0)
        from (select child, max(case when past = 1 and back = 1 then coalesce(unit, '') end) as unit,
              max(case when past = 1 and back = 1 then edition end) as edition,
              max(case when past = 1 and back = 1 then state end) as state, max(case when past = 1 and back = 1 then birth end) as birth,
              max(case when past = 1 and back = 1 then leaves_on end) as leaves_on,
              max(case when past = 1 and back = 1 and identified = true then 1 else 0 end) as identified,
              max(case when past = 1 and back = 1 and complete = true then 1 else 0 end) as complete,
              coalesce(max(case when past = 2 and forth = 1 then unit end), '') as new_unit,
              coalesce(max(case when past = 2 and forth = 1 then old_unit end), '') as old_unit,
              coalesce(max(case when past = 2 and forth = 1 then old_edition end), '') as old_edition
              from (select told.*, row_number() over (partition by child, past order by seq desc) as back,
                    row_number() over (partition by child, past order by seq) as forth
                    from (select child, seq, unit, edition, state, birth, leaves_on, identified, complete,
                          case when at <= $5 then 1 when kind = 'reassigned' and edition = $4 then 2 else 3 end as past,
                          lag(unit) over (partition by register, child order by seq) as old_unit,
                          lag(edition) over (partition by register, child order by seq) as old_edition
                          from child_event where register = $1) as told) as ranked
              group by child) as stood
        where state = $2 and birth <= $3 and leaves_on > $3 and edition < $4
        group by unit, edition, case when old_unit = unit and old_edition = edition then new_unit else '' end,
        case when old_unit = unit and old_edition = edition then cast($4 as text) else '' end
        order by 2, 1, 4, 3";
    /// Children of one unit on a day with their records and ways. Each is looked up by its key, as in [`super::TALLY_HAMLETS`].
    RECORDS_AND_WAYS = "select c.identified, c.complete, coalesce((select t.bits from tally_child t where t.register = c.register and t.child = c.id), 0),
        c.record, coalesce((select t.way from tally_child t where t.register = c.register and t.child = c.id), '')
        from child c where c.register = $1 and c.state || '' = $2 and c.birth || '' <= $3 and c.leaves_on || '' > $3 and c.edition = $4 and c.unit = $5
        order by c.id || ''";
    /// Those of one unit who had never stood in a unit of the asked edition or an older one, as the book was at a moment.
    COVERAGE_RECORDS = "select c.identified, c.complete, coalesce((select t.bits from tally_child t where t.register = $1 and t.child = c.child), 0), c.record
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
