-- Where children live within a unit; rows that wait in the order of how likely they are. In the words and by the rules of 0001.

-- The hamlet of each child who counts and names one: a projection of child, kept by every act (src/home.rs).
create table child_home (
  register text not null,
  child text not null,
  edition text not null,
  unit text not null,
  hamlet text not null,
  primary key (register, child),
  foreign key (register, child) references child (register, id)
);
create index child_home_by_unit on child_home (register, edition, unit, hamlet);

-- weight: how likely the likeliest candidate of a row is, kept with the candidates. The indexes hold what the queue asks of all rows.
alter table import_waiting add column weight bigint;
update import_waiting set weight = coalesce((select max(c.millionths) from import_candidate c
where c.register = import_waiting.register and c.import = import_waiting.import and c.nth = import_waiting.nth), 0);
create index import_waiting_by_weight on import_waiting (register, state, weight desc, import, nth, kind, note, version, edition, unit);
create index import_waiting_by_unit on import_waiting (register, state, edition, unit, weight desc, import, nth, kind, note, version);

-- Pairs by how likely they are and by their age, in the order in which they are asked for.
create index pair_in_order on pair (register, state, millionths desc, child, other);
create index pair_by_age on pair (register, state, found_at, child, other);
drop index pair_by_weight;
