-- Lists of other sectors (household book, schools, vaccination, insurance, civil status), apart from the children of the book: loaded for a
-- purpose, on a legal basis, and erased when the purpose is over. In the words and by the rules of 0001.

-- One load. kind: a0, school, vaccination, insurance, civil. unit: the area it is of; null: several. files: names, sizes and SHA-256 as JSON.
-- counts: what was left to know when its rows were erased (dropped_…), as JSON.
create table sector_source (
  register text not null,
  source bigint not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  kind text not null,
  purpose text not null,
  basis text not null,
  day text not null check (length(day) = 10),
  edition text not null,
  unit text,
  files text not null,
  rows bigint not null,
  counts text not null,
  dropped_at text check (length(dropped_at) = 27),
  dropped_by text,
  dropped_seq bigint,
  primary key (register, source),
  foreign key (register) references register (register)
);

-- One row of it. record: the fields as JSON, without the sensitive ones.
create table sector_row (
  register text not null,
  source bigint not null,
  nth bigint not null,
  file text not null,
  sheet text not null,
  row_number bigint not null,
  name_key text not null,
  birth text not null,
  edition text not null,
  unit text,
  number text,
  record text not null,
  primary key (register, source, nth),
  foreign key (register, source) references sector_source (register, source)
);

create table sector_row_sensitive (
  register text not null,
  source bigint not null,
  nth bigint not null,
  record text not null,
  primary key (register, source, nth),
  foreign key (register, source, nth) references sector_row (register, source, nth)
);

-- Who a row was found to be by the last comparison: a child of the book, or a child found elsewhere, named by its first row. millionths: how
-- likely. Rewritten by every comparison.
create table sector_match (
  register text not null,
  source bigint not null,
  nth bigint not null,
  child text,
  found_source bigint,
  found_nth bigint,
  millionths bigint not null,
  primary key (register, source, nth),
  foreign key (register, source, nth) references sector_row (register, source, nth),
  foreign key (register, child) references child (register, id)
);
create index sector_match_by_found on sector_match (register, found_source, found_nth, source, nth);

-- A child found elsewhere and not in the book, by its first row. lists: a bit for each kind that names it. child, millionths: whom of the book it may
-- be all the same, and how likely. state: open, fetched, refused. Rewritten by every comparison.
create table sector_found (
  register text not null,
  source bigint not null,
  nth bigint not null,
  edition text not null,
  unit text,
  name_key text not null,
  birth text not null,
  lists bigint not null,
  child text,
  millionths bigint not null,
  sure boolean not null,
  state text not null,
  primary key (register, source, nth),
  foreign key (register, source, nth) references sector_row (register, source, nth),
  foreign key (register, child) references child (register, id)
);
create index sector_found_by_unit on sector_found (register, edition, unit, state, sure, name_key, source, nth);

-- What a person said of a row: fetched (child: the one that was entered), or refused and why. A later comparison goes by it.
create table sector_state (
  register text not null,
  source bigint not null,
  nth bigint not null,
  state text not null,
  why text not null,
  note text not null,
  child text,
  at text not null check (length(at) = 27),
  who text not null,
  audit_seq bigint not null,
  primary key (register, source, nth),
  foreign key (register, source, nth) references sector_row (register, source, nth),
  foreign key (register, child) references child (register, id)
);

-- A comparison. day: on which children were children. sources: their numbers as JSON.
create table sector_link (
  register text not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  day text not null check (length(day) = 10),
  sources text not null,
  primary key (register, audit_seq),
  foreign key (register) references register (register)
);

-- How many children there are, from the overlaps of the lists. band: an age band, empty for all ages. lists: bits of the kinds it rests on, the book
-- among them. seen: children in one list or more; found: of those, not in the book; entered: children of the book. total, low, high: null where nothing
-- can be said, then why.
create table sector_estimate (
  register text not null,
  edition text not null,
  unit text not null,
  band text not null,
  lists bigint not null,
  seen bigint not null,
  found bigint not null,
  entered bigint not null,
  low bigint,
  total bigint,
  high bigint,
  ground text not null,
  primary key (register, edition, unit, band),
  foreign key (register) references register (register)
);
