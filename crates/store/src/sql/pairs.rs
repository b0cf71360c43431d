//! Statements of pairs that may be one child, of everything that waits, and of how columns are read.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A page of the pairs in a state that wait, the likeliest first, with what tells whether they were weighed as they are now, and where
    /// they live.
    PAIRS_LIKELIEST = "select p.child, p.other, p.version, p.millionths, p.why, p.child_version, p.other_version, p.found_at, p.state,
        c.version as child_now, o.version as other_now, c.edition as child_edition, c.unit as child_unit, o.edition as other_edition, o.unit as other_unit
        from pair p join child c on c.register = p.register and c.id = p.child join child o on o.register = p.register and o.id = p.other
        where p.register = $1 and p.state = $2 and c.state = 'active' and o.state = 'active'
        and not exists (select 1 from apart a where a.register = p.register and a.child = p.child and a.other = p.other and a.ended_at is null)
        and (p.millionths < $3 or (p.millionths = $3 and (p.child > $4 or (p.child = $4 and p.other > $5))))
        order by p.millionths desc, p.child, p.other limit $6";
    /// The same, those suspected longest first.
    PAIRS_OLDEST = "select p.child, p.other, p.version, p.millionths, p.why, p.child_version, p.other_version, p.found_at, p.state,
        c.version as child_now, o.version as other_now, c.edition as child_edition, c.unit as child_unit, o.edition as other_edition, o.unit as other_unit
        from pair p join child c on c.register = p.register and c.id = p.child join child o on o.register = p.register and o.id = p.other
        where p.register = $1 and p.state = $2 and c.state = 'active' and o.state = 'active'
        and not exists (select 1 from apart a where a.register = p.register and a.child = p.child and a.other = p.other and a.ended_at is null)
        and (p.found_at > $3 or (p.found_at = $3 and (p.child > $4 or (p.child = $4 and p.other > $5))))
        order by p.found_at, p.child, p.other limit $6";
    /// All pairs that wait of whom the first lives in a unit. `cross join`: as in [`PAIRS_TALLY`]; `u` is the index alone, whose children's long
    /// records are read only where there is a pair; `|| ''`: a pair is found by its first child, not by its state.
    PAIRS_OF_UNIT = "select p.child, p.other, p.version, p.millionths, p.why, p.child_version, p.other_version, p.found_at, p.state,
        c.version as child_now, o.version as other_now, c.edition as child_edition, c.unit as child_unit, o.edition as other_edition, o.unit as other_unit
        from child u cross join pair p cross join child c cross join child o
        where u.register = $1 and u.edition = $2 and u.unit = $3 and p.register = u.register and p.child = u.id and p.state || '' in ('open', 'later')
        and c.register = p.register and c.id = p.child and o.register = p.register and o.id = p.other and c.state = 'active' and o.state = 'active'
        and not exists (select 1 from apart a where a.register = p.register and a.child = p.child and a.other = p.other and a.ended_at is null)
        order by p.child, p.other limit $4";
    /// How many pairs wait, by state and by where both live: of children who count, whose rows in the sums are short. `cross join`: SQLite keeps the
    /// order, and does not begin with all children.
    PAIRS_TALLY = "select p.state, c.edition, c.unit, o.edition, o.unit, count(*)
        from pair p cross join tally_child c cross join tally_child o
        where p.register = $1 and c.register = p.register and c.child = p.child and o.register = p.register and o.child = p.other and p.state in ('open', 'later')
        and not exists (select 1 from apart a where a.register = p.register and a.child = p.child and a.other = p.other and a.ended_at is null)
        group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5";
    /// One pair, whatever became of it.
    PAIR = "select p.child, p.other, p.version, p.millionths, p.why, p.child_version, p.other_version, p.found_at, p.state,
        c.version as child_now, o.version as other_now, c.edition as child_edition, c.unit as child_unit, o.edition as other_edition, o.unit as other_unit
        from pair p join child c on c.register = p.register and c.id = p.child join child o on o.register = p.register and o.id = p.other
        where p.register = $1 and p.child = $2 and p.other = $3";
    /// Whom a record was found to be like.
    PAIRS_OF = "select case when child = $2 then other else child end, found_at from pair
        where register = $1 and (child = $2 or other = $2) and state in ('open', 'later') order by 1";
    /// A pair goes from one version into a state.
    PAIR_SET = "update pair set version = version + 1, state = $5 where register = $1 and child = $2 and other = $3 and version = $4";
    /// A pair is weighed again.
    PAIR_WEIGHED = "update pair set millionths = $4, why = $5, child_version = $6, other_version = $7, weighed_at = $8, state = $9
        where register = $1 and child = $2 and other = $3";
    /// Pairs that a look at the whole book did not find again.
    PAIRS_GONE = "update pair set version = version + 1, state = 'gone' where register = $1 and state in ('open', 'later') and weighed_at < $2";
    /// A page of the rows of imports that wait for a person, the likeliest first: where they live, how likely the
    /// likeliest candidate is, how many of them are in the book. $2: 1 for rows of known children that say other things; $3: 1 for those
    /// that were put off.
    WAITS_LIKELIEST = "select w.import, w.nth, w.version, w.kind, w.note, w.edition, w.unit, i.at, coalesce(w.weight, 0) as millionths,
        (select count(*) from import_candidate c left join import_waiting o on o.register = c.register and o.import = c.import and o.nth = c.other
         where c.register = w.register and c.import = w.import and c.nth = w.nth and (c.child is not null or o.child is not null)) as known
        from import_waiting w join import i on i.register = w.register and i.id = w.import
        where w.register = $1 and w.state = 'open' and i.state = 'applied' and w.note <> 'follows'
        and (case when w.kind = 'changes' then 1 else 0 end) = $2 and (case when w.version > 1 then 1 else 0 end) = $3
        and (w.weight < $4 or (w.weight = $4 and (w.import > $5 or (w.import = $5 and w.nth > $6))))
        order by w.weight desc, w.import, w.nth limit $7";
    /// The same of a unit.
    WAITS_LIKELIEST_OF_UNIT = "select w.import, w.nth, w.version, w.kind, w.note, w.edition, w.unit, i.at, coalesce(w.weight, 0) as millionths,
        (select count(*) from import_candidate c left join import_waiting o on o.register = c.register and o.import = c.import and o.nth = c.other
         where c.register = w.register and c.import = w.import and c.nth = w.nth and (c.child is not null or o.child is not null)) as known
        from import_waiting w join import i on i.register = w.register and i.id = w.import
        where w.register = $1 and w.state = 'open' and i.state = 'applied' and w.note <> 'follows'
        and (case when w.kind = 'changes' then 1 else 0 end) = $2 and (case when w.version > 1 then 1 else 0 end) = $3
        and w.edition = $4 and w.unit = $5
        and (w.weight < $6 or (w.weight = $6 and (w.import > $7 or (w.import = $7 and w.nth > $8))))
        order by w.weight desc, w.import, w.nth limit $9";
    /// The same in the order in which they came: the ids of imports grow with time.
    WAITS_OLDEST = "select w.import, w.nth, w.version, w.kind, w.note, w.edition, w.unit, i.at, coalesce(w.weight, 0) as millionths,
        (select count(*) from import_candidate c left join import_waiting o on o.register = c.register and o.import = c.import and o.nth = c.other
         where c.register = w.register and c.import = w.import and c.nth = w.nth and (c.child is not null or o.child is not null)) as known
        from import_waiting w join import i on i.register = w.register and i.id = w.import
        where w.register = $1 and w.state = 'open' and i.state = 'applied' and w.note <> 'follows'
        and (case when w.kind = 'changes' then 1 else 0 end) = $2 and (case when w.version > 1 then 1 else 0 end) = $3
        and (w.import > $4 or (w.import = $4 and w.nth > $5))
        order by w.import, w.nth limit $6";
    /// The same of a unit.
    WAITS_OLDEST_OF_UNIT = "select w.import, w.nth, w.version, w.kind, w.note, w.edition, w.unit, i.at, coalesce(w.weight, 0) as millionths,
        (select count(*) from import_candidate c left join import_waiting o on o.register = c.register and o.import = c.import and o.nth = c.other
         where c.register = w.register and c.import = w.import and c.nth = w.nth and (c.child is not null or o.child is not null)) as known
        from import_waiting w join import i on i.register = w.register and i.id = w.import
        where w.register = $1 and w.state = 'open' and i.state = 'applied' and w.note <> 'follows'
        and (case when w.kind = 'changes' then 1 else 0 end) = $2 and (case when w.version > 1 then 1 else 0 end) = $3
        and w.edition = $4 and w.unit = $5
        and (w.import > $6 or (w.import = $6 and w.nth > $7))
        order by w.import, w.nth limit $8";
    /// How many rows wait, by kind, by whether they were put off, and by unit.
    WAITS_TALLY = "select w.kind, cast(case when w.version > 1 then 1 else 0 end as bigint), w.edition, coalesce(w.unit, ''), count(*)
        from import_waiting w join import i on i.register = w.register and i.id = w.import
        where w.register = $1 and w.state = 'open' and i.state = 'applied' and w.note <> 'follows'
        group by 1, 2, 3, 4 order by 1, 2, 3, 4";
    /// The last merges.
    MERGES_LATE = "select id, survivor, loser, survivor_version, loser_version, merged_version, taken, findings, at, who, why, undone_at
        from child_merge where register = $1 order by id desc limit $2";
    /// What was decided of rows last, where nothing was decided of them since: with what the row says and who it is.
    DECISIONS_LATE = "select d.import, d.nth, d.at, d.who, d.decision, d.child, w.kind, w.edition, w.unit, w.record
        from import_decision d join import_waiting w on w.register = d.register and w.import = d.import and w.nth = d.nth and w.version = d.version
        where d.register = $1 and d.decision <> 'open' and w.state = d.decision order by d.audit_seq desc, d.import, d.nth limit $2";
    /// Records that were set apart last.
    APART_LATE = "select child, other, at, who, why from apart where register = $1 and ended_at is null order by at desc, child, other limit $2";
    /// What an office has said of columns.
    COLUMNS_OF = "select shape, columns from column_mapping where register = $1 and office = $2 order by at, shape";
    /// Says it, in the place of what was said before.
    COLUMNS_SET = "insert into column_mapping (register, office, shape, columns, at, who) values ($1, $2, $3, $4, $5, $6)
        on conflict (register, office, shape) do update set columns = excluded.columns, at = excluded.at, who = excluded.who";
}

many! {
    /// Pairs as weighed; one that is there keeps its age, and is still put off where it was.
    PAIRS_ADD = 11, "insert into pair (register, child, other, version, millionths, why, child_version, other_version, found_at, weighed_at, state) values",
        " on conflict (register, child, other) do update set millionths = excluded.millionths, why = excluded.why, child_version = excluded.child_version,
        other_version = excluded.other_version, weighed_at = excluded.weighed_at, state = case when pair.state = 'later' then 'later' else 'open' end";
}
