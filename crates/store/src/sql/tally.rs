//! Statements of how far every unit is: what each child adds, sums by month, what each day added.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, packed, statements};

/// The way of a child (migration 0022): of each edition but the one it stands in the unit it stood in last, in order; `$child`, `$edition`: the
/// child and its edition; `$of_l`, `$of_m`: what more an event must fulfil, of `l` and of `m`.
macro_rules! way {
    ($child:literal, $edition:literal, $of_l:literal, $of_m:literal) => {
        concat!(
            "coalesce((select string_agg(l.edition || ' ' || l.unit, ';' order by l.seq) from child_event l
             where l.register = $1 and l.child = ",
            $child,
            " and l.edition <> ",
            $edition,
            " and l.unit is not null",
            $of_l,
            " and l.seq = (select max(m.seq) from child_event m
             where m.register = l.register and m.child = l.child and m.edition = l.edition and m.unit is not null",
            $of_m,
            ")), '')"
        )
    };
}

/// What a child (`c`) adds, and what is written down of it (`t`). Where it did not change its edition, its way is the one that is known: no act
/// takes a child into another edition and back (doctor would find its way astray).
/// `|| ''`: a row of the work is to be found by its child and not by its rule, under which all children stand; a planner in the dark takes
/// either.
macro_rules! adds {
    () => {
        concat!(
            "c.id as child, c.state, c.edition, coalesce(c.unit, '') as unit,
        case when c.version = 1 then '' when t.edition = c.edition then t.way else ",
            way!("c.id", "c.edition", "", ""),
            " end as way, c.birth, c.leaves_on, c.identified, c.complete,
        coalesce((select w.list from work w where w.register = c.register and w.child = c.id and w.rule || '' = ''), 0) as work,
        (select count(*) from number_standing s where s.register = c.register and s.child = c.id and s.ended_seq is null
         and s.standing <> 'cancelled' and s.number = c.number) as verified,
        coalesce(t.edition, '') as had_edition, coalesce(t.unit, '') as had_unit, coalesce(t.way, '') as had_way,
        coalesce(t.birth, '') as had_birth, coalesce(t.leaves_on, '') as had_leaves_on, coalesce(t.bits, -1) as had_bits"
        )
    };
}

/// The way of a child as the book was at a moment (`$4`), of its last event before it (`e`).
macro_rules! way_then {
    () => {
        concat!(
            "case when e.seq = 1 then '' else ",
            way!("e.child", "e.edition", " and l.at <= $4", " and m.at <= $4"),
            " end"
        )
    };
}

/// Children of whom the acts from one (`$5`) to another (`$6`) wrote something.
macro_rules! touched {
    () => {
        "(select l.child from child_event l where l.register = $1 and l.audit_seq >= $5 and l.audit_seq <= $6
          union select s.child from number_standing s where s.register = $1 and s.audit_seq >= $5 and s.audit_seq <= $6
          union select s.child from number_standing s where s.register = $1 and s.ended_seq >= $5 and s.ended_seq <= $6)"
    };
}

statements! {
    /// What some children add, with what is written down of them; where there are fewer than fifty, one is named again.
    TALLY_OF = concat!("select ", adds!(), " from child c left join tally_child t on t.register = c.register and t.child = c.id
        where c.register = $1 and c.id in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51)");
    /// The same of the children after one id and up to another.
    TALLY_BETWEEN = concat!("select ", adds!(), " from child c left join tally_child t on t.register = c.register and t.child = c.id
        and t.child > $2 and t.child <= $3 where c.register = $1 and c.id > $2 and c.id <= $3");
    /// The same of those of them who have an event of an act.
    TALLY_OF_ACT = concat!("select ", adds!(), " from child c left join tally_child t on t.register = c.register and t.child = c.id
        and t.child > $2 and t.child <= $3 where c.register = $1 and c.id in
        (select e.child from child_event e where e.register = $1 and e.audit_seq = $4 and e.child > $2 and e.child <= $3)");
    /// The last id of a page of the children of an act after one.
    TALLY_ACT_END = "select max(p.child) from (select e.child from child_event e where e.register = $1 and e.audit_seq = $2 and e.child > $3
        order by e.child limit $4) p";
    /// One child adds nothing any more.
    TALLY_DROP = "delete from tally_child where register = $1 and child = $2";
    /// Those after one id and up to another who do not count add nothing any more.
    TALLY_DROP_BETWEEN = "delete from tally_child where register = $1 and child > $2 and child <= $3
        and (select c.state from child c where c.register = tally_child.register and c.id = tally_child.child) <> 'active'";
    /// Children on a day (`$7`) by unit and way, in one row: all, less those who left in the years before one, with the sign of what is left those of
    /// some months, less those who are born in its month or later; and with those born or leaving in its month, as far as they count on the day.
    TALLY_UNITS = concat!("select ", packed!("edition", "unit", "way", "children", "identified", "complete", "verified", "errors"; ""), " from
        (select edition, unit, way, sum(children) as children, sum(identified) as identified, sum(complete) as complete,
         sum(verified) as verified, sum(errors) as errors from
         (select edition, unit, way, children, identified, complete, verified, errors from tally_unit
          where register = $1 and grain = 0 and leaves = ''
          union all select edition, unit, way, -children, -identified, -complete, -verified, -errors from tally_unit
          where register = $1 and grain = 1 and leaves < $3
          union all select edition, unit, way, $6 * children, $6 * identified, $6 * complete, $6 * verified, $6 * errors from tally_unit
          where register = $1 and grain = 2 and leaves > $4 and leaves <= $5
          union all select edition, unit, way, -children, -identified, -complete, -verified, -errors from tally
          where register = $1 and born >= $2 and leaves > $2
          union all select edition, unit, way, 1, bits & 1, (bits & 2) / 2, (bits & 4) / 4, (bits & 8) / 8 from tally_child
          where register = $1 and birth >= $2 and birth < $8 and birth <= $7 and leaves_on > $7
          union all select edition, unit, way, 1, bits & 1, (bits & 2) / 2, (bits & 4) / 4, (bits & 8) / 8 from tally_child
          where register = $1 and leaves_on >= $2 and leaves_on < $8 and leaves_on > $7 and birth < $2) as parts
         group by edition, unit, way having sum(children) <> 0) as units");
    /// Children of a unit on a day, by hamlet and way. Each is looked up by its key: a planner that knows nothing of the tables would walk through all of one.
    TALLY_HAMLETS = "select hamlet, way, bits, count(*) from
        (select coalesce((select h.hamlet from child_home h where h.register = c.register and h.child = c.id), '') as hamlet,
         (select t.way from tally_child t where t.register = c.register and t.child = c.id) as way,
         (select t.bits from tally_child t where t.register = c.register and t.child = c.id and t.birth <= $4 and t.leaves_on > $4) as bits
         from child c where c.register = $1 and c.edition = $2 and c.unit = $3) as of_unit
        where bits is not null group by hamlet, way, bits order by hamlet, way, bits";
    /// A page of the children on a day who are so, after one: of the whole book, with their units and ways.
    TALLY_PAGE = "select child, edition, unit, way,
        coalesce((select h.hamlet from child_home h where h.register = tally_child.register and h.child = tally_child.child), '') as hamlet
        from tally_child where register = $1 and child > $2 and birth <= $3 and leaves_on > $3
        and (bits & $4) = $5 order by child limit $6";
    /// The same of a unit, perhaps of a hamlet. `|| ''`: the children are to be found by the unit, not by their order.
    TALLY_PAGE_OF_UNIT = "select child, edition, unit, coalesce(way, '') as way, hamlet from
        (select c.id as child, c.edition, c.unit,
         coalesce((select h.hamlet from child_home h where h.register = c.register and h.child = c.id), '') as hamlet,
         (select t.way from tally_child t where t.register = c.register and t.child = c.id) as way,
         (select t.bits from tally_child t where t.register = c.register and t.child = c.id and t.birth <= $3 and t.leaves_on > $3) as bits
         from child c where c.register = $1 and c.edition = $7 and c.unit = $8 and c.id || '' > $2) as of_unit
        where (bits & $4) = $5 and ($9 = '*' or hamlet = $9) order by child || '' limit $6";
    /// What the acts of some days added, by unit and person.
    TALLY_DAYS = "select day, edition, unit, who, cast(sum(came) as bigint) as came, cast(sum(went) as bigint) as went,
        cast(sum(moved_in) as bigint) as moved_in, cast(sum(moved_out) as bigint) as moved_out, cast(sum(cleaned) as bigint) as cleaned,
        cast(sum(identified) as bigint) as identified, cast(sum(complete) as bigint) as complete, cast(sum(verified) as bigint) as verified,
        cast(sum(errors) as bigint) as errors from
        (select day, edition, unit, who, came, went, 0 as moved_in, 0 as moved_out, cleaned, identified, complete, verified, errors from tally_day
         where register = $1 and day >= $2 and day <= $3
         union all select day, edition, unit, who, 0, 0, moved_in, moved_out, 0, 0, 0, 0, 0 from tally_move
         where register = $1 and day >= $2 and day <= $3) as both_tables
        group by day, edition, unit, who order by day, edition, unit, who";
    /// Whether moves stand apart in what the days added.
    TALLY_DAYS_MOVED = "select cast(1 as bigint) from tally_move where register = $1 limit 1";
    /// How many acts were done after a moment, counted so far, and the first of them.
    ACTS_AFTER = "select count(*), min(seq) from (select seq from audit where register = $1 and at > $2 limit $3) as some_of_them";
    /// How many acts were done before it, and the last of them. Acts stand in the order in which they ended: one that began before may come later.
    ACTS_UNTIL = "select count(*), max(seq) from (select seq from audit where register = $1 and at <= $2 limit $3) as some_of_them";
    /// How many events the acts from one to another wrote, counted so far.
    EVENTS_OF_ACTS = "select count(*) from (select audit_seq from child_event where register = $1 and audit_seq >= $2 and audit_seq <= $3 limit $4) as some_of_them";
    /// By unit and way, what the children were on a day as the book was at a moment of whom the acts from one to another wrote something, less so
    /// many times what they are now. `|| ''`: each is looked up by its key, not among all of an age.
    TALLY_THEN = concat!("select edition, unit, way, cast(sum(children) as bigint), cast(sum(identified) as bigint),
        cast(sum(complete) as bigint), cast(sum(verified) as bigint) from
        (select t.edition, t.unit, t.way, cast(-1 as bigint) * $7 as children, (t.bits & 1) / -1 * $7 as identified,
         (t.bits & 2) / -2 * $7 as complete, (t.bits & 4) / -4 * $7 as verified
         from tally_child t where t.register = $1 and t.birth || '' <= $3 and t.leaves_on || '' > $3 and t.child in ", touched!(), "
         union all
         select e.edition, coalesce(e.unit, ''), ", way_then!(), ", 1, case when e.identified = true then 1 else 0 end,
         case when e.complete = true then 1 else 0 end,
         case when exists (select 1 from number_standing s where s.register = e.register and s.child = e.child and s.number = e.number
          and s.since <= $4 and (s.ended_at is null or s.ended_at > $4) and s.standing <> 'cancelled') then 1 else 0 end
         from child_event e where e.register = $1 and e.state = $2 and e.birth <= $3 and e.leaves_on > $3 and e.child in ", touched!(), "
         and e.seq = (select max(l.seq) from child_event l where l.register = e.register and l.child = e.child and l.at <= $4)) as parts
        group by edition, unit, way order by edition, unit, way");
    /// By unit and way, children on a day as the book was at a moment: what the last event of each before it says.
    TALLY_READ = concat!("select edition, unit, way, count(*), count(*) filter (where identified = true), count(*) filter (where complete = true)
        from (select e.edition, coalesce(e.unit, '') as unit, ", way_then!(), " as way, e.identified, e.complete
         from (select child, seq, edition, unit, state, birth, leaves_on, identified, complete,
               row_number() over (partition by register, child order by seq desc) as back
               from child_event where register = $1 and at <= $4) e
         where e.back = 1 and e.state = $2 and e.birth <= $3 and e.leaves_on > $3) as stood
        group by edition, unit, way order by edition, unit, way");
    /// Verified on a day as the book was at a moment, by unit and way.
    TALLY_READ_VERIFIED = concat!("select e.edition, coalesce(e.unit, ''), ", way_then!(), " as way, count(distinct s.child) from number_standing s
        join child_event e on e.register = s.register and e.child = s.child
        where s.register = $1 and s.since <= $4 and (s.ended_at is null or s.ended_at > $4) and s.standing <> 'cancelled'
        and e.seq = (select max(l.seq) from child_event l where l.register = s.register and l.child = s.child and l.at <= $4)
        and e.number = s.number and e.state = $2 and e.birth <= $3 and e.leaves_on > $3
        group by e.edition, coalesce(e.unit, ''), way order by 1, 2, 3");
    /// What happened to the children after one id and up to another, for days before there were sums.
    TALLY_PAST = "select child, at, who, state, edition, coalesce(unit, ''), identified, complete from child_event
        where register = $1 and child > $2 and child <= $3 order by child, seq";
    /// Since when those of them are verified, and since when they have an error.
    TALLY_PAST_MARKS = "select t.child, t.edition, t.unit, cast(4 as bigint), s.since, '' from tally_child t join number_standing s on s.register = t.register and s.child = t.child
        where t.register = $1 and t.child > $2 and t.child <= $3 and (t.bits & 4) > 0 and s.ended_seq is null and s.standing <> 'cancelled'
        and s.number = (select c.number from child c where c.register = t.register and c.id = t.child)
        union all select t.child, t.edition, t.unit, cast(8 as bigint), w.since, w.who from tally_child t join work w on w.register = t.register and w.child = t.child and w.rule || '' = ''
        where t.register = $1 and t.child > $2 and t.child <= $3 and (t.bits & 8) > 0";
    /// Makes room for the sums of months.
    TALLY_CLEAR = "delete from tally where register = $1";
    /// Makes room for the sums of units.
    TALLY_CLEAR_UNITS = "delete from tally_unit where register = $1";
    /// Makes room for what children add.
    TALLY_CLEAR_CHILDREN = "delete from tally_child where register = $1";
    /// Makes room for what days added.
    TALLY_CLEAR_DAYS = "delete from tally_day where register = $1";
    /// Makes room for the moves of days.
    TALLY_CLEAR_MOVES = "delete from tally_move where register = $1";
    /// Children of whom something else is summed up than they are, or who do not count. Each is looked up by its key alone, as in
    /// [`TALLY_HAMLETS`]: of two indexes a planner in the dark takes either ([`TALLY_OF`]).
    TALLY_CHILDREN_ASTRAY = "select (select count(*) from child c where c.register = $1 and c.state = 'active' and coalesce(
        (select case when t.edition = c.edition and t.unit = coalesce(c.unit, '') and t.birth = c.birth and t.leaves_on = c.leaves_on then t.bits else -1 end
         from tally_child t where t.register = c.register and t.child = c.id), -1) <> case when c.identified = true then 1 else 0 end
         + case when c.complete = true then 2 else 0 end
         + case when (select count(*) from number_standing s where s.register = c.register and s.child = c.id and s.ended_seq is null
           and s.standing <> 'cancelled' and s.number = c.number) > 0 then 4 else 0 end
         + case when (select count(*) from work w where w.register = c.register and w.child = c.id and w.rule || '' = '' and (w.list & 32) > 0) > 0 then 8 else 0 end)
        + (select count(*) from tally_child t where t.register = $1 and coalesce(
        (select c.state from child c where c.register = t.register and c.id = t.child), '') <> 'active')";
    /// Children whose way is not the one their events say.
    TALLY_WAYS_ASTRAY = concat!("select count(*) from child c where c.register = $1 and c.state = 'active'
        and (select t.way from tally_child t where t.register = c.register and t.child = c.id)
        <> case when c.version = 1 then '' else ", way!("c.id", "c.edition", "", ""), " end");
    /// Months of a unit whose sums are not those of its children.
    TALLY_ASTRAY = "select count(*) from (select edition, unit, way, born, leaves from
        (select edition, unit, way, born, leaves, children, identified, complete, verified, errors from tally where register = $1
         union all select edition, unit, way, substr(birth, 1, 7), substr(leaves_on, 1, 7), -1, -(bits & 1), -(bits & 2) / 2, -(bits & 4) / 4,
         -(bits & 8) / 8 from tally_child where register = $1) as both_sides
        group by edition, unit, way, born, leaves
        having sum(children) <> 0 or sum(identified) <> 0 or sum(complete) <> 0 or sum(verified) <> 0 or sum(errors) <> 0) as off";
    /// Sums of a unit that are not those of its months.
    TALLY_UNITS_ASTRAY = "select count(*) from (select grain, leaves, edition, unit, way from
        (select grain, leaves, edition, unit, way, children, identified, complete, verified, errors from tally_unit where register = $1
         union all select 0, '', edition, unit, way, -children, -identified, -complete, -verified, -errors from tally where register = $1
         union all select 1, substr(leaves, 1, 4), edition, unit, way, -children, -identified, -complete, -verified, -errors from tally where register = $1
         union all select 2, leaves, edition, unit, way, -children, -identified, -complete, -verified, -errors from tally where register = $1) as both_sides
        group by grain, leaves, edition, unit, way
        having sum(children) <> 0 or sum(identified) <> 0 or sum(complete) <> 0 or sum(verified) <> 0 or sum(errors) <> 0) as off";
    /// Units whose days do not add up to their sums.
    TALLY_DAYS_ASTRAY = "select count(*) from (select edition, unit from
        (select edition, unit, children, identified, complete, verified, errors from tally where register = $1
         union all select edition, unit, went - came, -identified, -complete, -verified, -errors from tally_day where register = $1
         union all select edition, unit, moved_out - moved_in, 0, 0, 0, 0 from tally_move where register = $1) as both_sides
        group by edition, unit
        having sum(children) <> 0 or sum(identified) <> 0 or sum(complete) <> 0 or sum(verified) <> 0 or sum(errors) <> 0) as off";
}

many! {
    /// What children add.
    TALLY_CHILDREN_ADD = 8, "insert into tally_child (register, child, edition, unit, way, birth, leaves_on, bits) values", " on conflict (register, child) do update set
        edition = excluded.edition, unit = excluded.unit, way = excluded.way, birth = excluded.birth, leaves_on = excluded.leaves_on, bits = excluded.bits";
    /// What the sums of months change by.
    TALLY_ADD = 11, "insert into tally (register, edition, unit, way, born, leaves, children, identified, complete, verified, errors) values", " on conflict (register, edition, unit, way, born, leaves) do update set children = tally.children + excluded.children,
        identified = tally.identified + excluded.identified, complete = tally.complete + excluded.complete,
        verified = tally.verified + excluded.verified, errors = tally.errors + excluded.errors";
    /// What the sums of units change by.
    TALLY_UNITS_ADD = 11, "insert into tally_unit (register, grain, leaves, edition, unit, way, children, identified, complete, verified, errors) values", " on conflict (register, grain, leaves, edition, unit, way) do update set children = tally_unit.children + excluded.children,
        identified = tally_unit.identified + excluded.identified, complete = tally_unit.complete + excluded.complete,
        verified = tally_unit.verified + excluded.verified, errors = tally_unit.errors + excluded.errors";
    /// What a day added.
    TALLY_DAYS_ADD = 12, "insert into tally_day (register, day, edition, unit, who, came, went, cleaned, identified, complete, verified, errors) values", " on conflict (register, day, edition, unit, who) do update set came = tally_day.came + excluded.came,
        went = tally_day.went + excluded.went, cleaned = tally_day.cleaned + excluded.cleaned, identified = tally_day.identified + excluded.identified,
        complete = tally_day.complete + excluded.complete, verified = tally_day.verified + excluded.verified,
        errors = tally_day.errors + excluded.errors";
    /// Moves of a day.
    TALLY_MOVES_ADD = 7, "insert into tally_move (register, day, edition, unit, who, moved_in, moved_out) values", " on conflict (register, day, edition, unit, who) do update set
        moved_in = tally_move.moved_in + excluded.moved_in, moved_out = tally_move.moved_out + excluded.moved_out";
}
