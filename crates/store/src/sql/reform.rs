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
    /// Children on a day whom a reform that came after a moment led into an edition, each by itself, from the unit it stood in then: by that unit and
    /// the one they were led to, the last that was not taken back. Whom a reform did not place as their unit says stands in `reform_child`; of
    /// one that was taken back all are looked at, for some were kept. Each event is looked up by its child; joined, a planner in the dark would begin
    /// with all events.
    COVERAGE_LED = "select stood, led, count(*) as children, cast(sum(identified) as bigint) as identified, cast(sum(complete) as bigint) as complete from
        (select r.child,
         (select s.edition || ' ' || s.unit from child_event s where s.register = $1 and s.child = r.child and s.seq = r.last
          and s.state = $2 and s.birth <= $3 and s.leaves_on > $3 and s.edition < $4) as stood,
         (select case when s.identified = true then 1 else 0 end from child_event s where s.register = $1 and s.child = r.child and s.seq = r.last) as identified,
         (select case when s.complete = true then 1 else 0 end from child_event s where s.register = $1 and s.child = r.child and s.seq = r.last) as complete,
         (select p.edition || ' ' || p.unit from child_event p where p.register = $1 and p.child = r.child and p.seq = r.seq - 1) as left_unit,
         (select e.unit from child_event e where e.register = $1 and e.child = r.child and e.seq = r.seq) as led,
         row_number() over (partition by r.child order by r.seq desc) as back
         from (select m.child,
               (select max(e.seq) from child_event e where e.register = $1 and e.child = m.child and e.kind = 'reassigned' and e.audit_seq = m.audit_seq) as seq,
               (select max(l.seq) from child_event l where l.register = $1 and l.child = m.child and l.at <= $5) as last
               from (select f.audit_seq, f.undone_seq, k.child from reform f join reform_child k on k.register = f.register and k.reform = f.id
                     where f.register = $1 and f.edition = $4 and f.at > $5
                     union select f.audit_seq, f.undone_seq, l.child from reform f
                     join child_event l on l.register = f.register and l.audit_seq = f.audit_seq
                     where f.register = $1 and f.edition = $4 and f.at > $5 and f.undone_seq is not null) as m
               where (select count(*) from child_event u where u.register = $1 and u.audit_seq = m.undone_seq and u.child = m.child) = 0) as r
         where r.seq is not null and r.last is not null) as placed
        where back = 1 and stood = left_unit and led is not null group by stood, led order by stood, led";
    /// Children of one unit on a day, with their records, who had never stood in a unit of the asked edition or an older one, as the book was at a moment.
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
