-- Moves, merges, records that are known to be different children, populations. In the words and by the rules of 0001.

-- Two records of which a person has said that they are not one child. child < other. ended_at is empty while that holds.
create table apart (
  register text not null,
  child text not null,
  other text not null,
  at text not null check (length(at) = 27),
  who text not null,
  why text not null,
  ended_at text,
  primary key (register, child, other),
  foreign key (register, child) references child (register, id),
  foreign key (register, other) references child (register, id)
);
create index apart_by_other on apart (register, other, child);

-- A move, proposed by one side and answered by the other. to_register is empty within the book; to_child is the record there.
create table child_move (
  register text not null,
  id text not null,
  child text not null,
  version bigint not null,
  from_edition text not null,
  from_unit text,
  to_register text,
  to_child text,
  to_edition text not null,
  to_unit text not null,
  hamlet text not null,
  address text not null,
  day text not null check (length(day) = 10),
  state text not null,
  proposed_at text not null check (length(proposed_at) = 27),
  proposed_by text not null,
  why text not null,
  answered_at text,
  answered_by text,
  answer text,
  primary key (register, id),
  foreign key (register, child) references child (register, id),
  foreign key (to_edition, to_unit) references unit (edition, code)
);
create index child_move_by_child on child_move (register, child);
create index child_move_by_state on child_move (register, state, id);

-- A record that goes on from one of another book.
create table child_origin (
  register text not null,
  child text not null,
  from_register text not null,
  from_child text not null,
  at text not null check (length(at) = 27),
  primary key (register, child),
  foreign key (register, child) references child (register, id)
);

-- A merge: the loser points to the survivor. Versions: of both before it, and of the survivor after. taken: fields taken from the
-- loser; findings: of the survivor before; both as JSON.
create table child_merge (
  register text not null,
  id text not null,
  survivor text not null,
  loser text not null,
  survivor_version bigint not null,
  loser_version bigint not null,
  merged_version bigint not null,
  taken text not null,
  findings text not null,
  at text not null check (length(at) = 27),
  who text not null,
  why text not null,
  undone_at text,
  undone_by text,
  primary key (register, id),
  foreign key (register, survivor) references child (register, id),
  foreign key (register, loser) references child (register, id)
);
create index child_merge_by_survivor on child_merge (register, survivor);
create index child_merge_by_loser on child_merge (register, loser);

-- How many people a unit has, of all ages: append-only, the last loaded of the latest day counts.
create table population (
  register text not null,
  edition text not null,
  unit text not null,
  day text not null check (length(day) = 10),
  source text not null,
  loaded_at text not null check (length(loaded_at) = 27),
  people bigint not null,
  primary key (register, edition, unit, day, source, loaded_at),
  foreign key (register) references register (register),
  foreign key (edition, unit) references unit (edition, code)
);
