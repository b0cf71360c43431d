-- What the police answer: as it was typed, what it changed, how numbers stand by their word, tasks that come of it, and settings. In the words
-- and by the rules of 0001.

-- Every answer ever typed or read back: append-only but for holds. way: portal, paper, workbook. keying: first, second (typed again without seeing
-- the first), single, settled (a person chose between two), cleared (it was no answer). answer: JSON. holds: it is the answer of the row.
create table handover_answer (
  register text not null,
  list bigint not null,
  row_number bigint not null,
  seq bigint not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  role text not null,
  office text not null,
  way text not null,
  keying text not null,
  kind text not null,
  answer text not null,
  note text not null,
  holds boolean not null,
  primary key (register, list, row_number, seq),
  foreign key (register, list, row_number) references handover_row (register, list, row_number)
);

-- What an answer came to when its list was applied. version: the one it made of the child, 0 where it changed no field. effect: JSON. why: what the
-- person said who confirmed it. undone_seq: the act that took it back.
create table handover_effect (
  register text not null,
  list bigint not null,
  row_number bigint not null,
  audit_seq bigint not null,
  child text not null,
  version bigint not null,
  effect text not null,
  why text not null,
  undone_seq bigint,
  primary key (register, list, row_number, audit_seq),
  foreign key (register, list, row_number) references handover_row (register, list, row_number),
  foreign key (register, child) references child (register, id)
);

-- How a number of a child stands by the word of the police, with its history. standing: given, verified, cancelled. ended_seq: the act that ended it.
create table number_standing (
  register text not null,
  child text not null,
  audit_seq bigint not null,
  number text not null,
  standing text not null,
  since text not null check (length(since) = 27),
  list bigint not null,
  row_number bigint not null,
  ended_at text,
  ended_seq bigint,
  primary key (register, child, audit_seq),
  foreign key (register, child) references child (register, id)
);

-- What others have to do before a row is settled. kind: civil (the birth is to be registered), request (the police are to cancel or establish a
-- number anew). detail: JSON. state: open, done, withdrawn. due: the day it should be done by.
create table handover_task (
  register text not null,
  id text not null,
  kind text not null,
  at text not null check (length(at) = 27),
  who text not null,
  audit_seq bigint not null,
  child text not null,
  list bigint not null,
  row_number bigint not null,
  edition text not null,
  unit text not null,
  due text check (length(due) = 10),
  detail text not null,
  state text not null,
  result text not null,
  answered_at text,
  answered_by text,
  primary key (register, id),
  foreign key (register, child) references child (register, id)
);
create index handover_task_by_state on handover_task (register, state, kind, due);

-- Settings of the hand-over; the last said holds.
create table handover_setting (
  register text not null,
  name text not null,
  at text not null check (length(at) = 27),
  who text not null,
  value text not null,
  primary key (register, name, at),
  foreign key (register) references register (register)
);
