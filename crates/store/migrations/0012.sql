-- The hand-over to the police: lists, their rows, what was done to them, the rows as they were when a list was closed, households' sheets,
-- and how many days a list may stay where it is. In the words and by the rules of 0001.

-- place, since, rows, open_rows, seal, closed_on: as its steps (handover_step) leave it; the doctor compares. closing: how often it was closed;
-- the frozen rows of each closing are kept. source: what it was drawn from, as JSON. part_of: the list that was split.
create table handover_list (
  register text not null,
  number bigint not null,
  place text not null,
  since text not null check (length(since) = 27),
  title text not null,
  source text not null,
  edition text not null,
  unit text not null,
  hamlet text not null,
  part_of bigint,
  rows bigint not null,
  open_rows bigint not null,
  closing bigint not null,
  seal text,
  closed_on text,
  drawn_at text not null check (length(drawn_at) = 27),
  drawn_by text not null,
  steps bigint not null,
  primary key (register, number),
  foreign key (register) references register (register),
  foreign key (edition, unit) references unit (edition, code)
);
create index handover_list_by_place on handover_list (register, place, number);

-- state: open, struck, done, left, moved (docs/handover.md). version: the child's when it was drawn. why: codes of rules, parted by |. note: why it
-- was struck. earlier: code of the row of an earlier list that was left without an answer. review: same, changed; empty until it was reviewed.
create table handover_row (
  register text not null,
  list bigint not null,
  row_number bigint not null,
  child text not null,
  version bigint not null,
  state text not null,
  answered boolean not null,
  why text not null,
  note text not null,
  earlier text not null,
  review text not null,
  reviewed_at text check (length(reviewed_at) = 27),
  reviewed_by text,
  primary key (register, list, row_number),
  foreign key (register, list) references handover_list (register, number),
  foreign key (register, child) references child (register, id)
);
-- A child stands open on one list at most.
create unique index handover_row_open on handover_row (register, child) where state = 'open';
create index handover_row_by_child on handover_row (register, child, list);

-- detail: the step, tally: how the rows stood after it, both as JSON.
create table handover_step (
  register text not null,
  list bigint not null,
  seq bigint not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  role text not null,
  office text not null,
  step text not null,
  detail text not null,
  tally text not null,
  primary key (register, list, seq),
  foreign key (register, list) references handover_list (register, number)
);

-- The rows as they were sealed, as JSON; they hold what the law calls sensitive.
create table handover_frozen (
  register text not null,
  list bigint not null,
  closing bigint not null,
  row_number bigint not null,
  frozen text not null,
  primary key (register, list, closing, row_number),
  foreign key (register, list, row_number) references handover_row (register, list, row_number)
);

-- A household's sheet. members: SHA-256 of the children's ids: the same household keeps its sheet.
create table handover_sheet (
  register text not null,
  number bigint not null,
  members text not null,
  edition text not null,
  unit text not null,
  hamlet text not null,
  at text not null check (length(at) = 27),
  who text not null,
  primary key (register, number),
  foreign key (register) references register (register),
  foreign key (edition, unit) references unit (edition, code)
);
create unique index handover_sheet_by_members on handover_sheet (register, members);

create table handover_sheet_child (
  register text not null,
  sheet bigint not null,
  nth bigint not null,
  child text not null,
  primary key (register, sheet, nth),
  foreign key (register, sheet) references handover_sheet (register, number),
  foreign key (register, child) references child (register, id)
);

-- How many days a list of a unit may stay in a place before it is late; the last said holds.
create table handover_days (
  register text not null,
  edition text not null,
  unit text not null,
  place text not null,
  at text not null check (length(at) = 27),
  who text not null,
  days bigint not null,
  primary key (register, edition, unit, place, at),
  foreign key (register) references register (register),
  foreign key (edition, unit) references unit (edition, code)
);
