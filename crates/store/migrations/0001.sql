-- The register, first form. Written in PostgreSQL's words; four of them are replaced for SQLite (src/dialect.rs).
-- Rules: register first in every key of a per-child table; text, bigint, boolean, bytea only; no defaults, no triggers.

-- Reference tables: the area units by edition.
create table unit (
  edition text not null,
  code text not null,
  name text not null,
  level text not null,
  parent text,
  primary key (edition, code)
);

-- The books. audit_seq and audit_hash are the head of the book's audit chain; updating them is also its write lock.
create table register (
  register text not null,
  name text not null,
  province text not null,
  edition text not null,
  created_at text not null check (length(created_at) = 27),
  audit_seq bigint not null,
  audit_hash text not null,
  primary key (register)
);

-- A child as it is now. record: the fields as JSON, without the sensitive ones. leaves_on: the 16th birthday.
create table child (
  register text not null,
  id text not null,
  version bigint not null,
  state text not null,
  name_key text not null,
  birth text not null,
  leaves_on text not null check (length(leaves_on) = 10),
  edition text not null,
  unit text,
  number text,
  identified boolean not null,
  complete boolean not null,
  record text not null,
  primary key (register, id),
  foreign key (register) references register (register),
  foreign key (edition, unit) references unit (edition, code)
);
create index child_by_unit on child (register, edition, unit);
create index child_by_name on child (register, name_key);
create index child_by_number on child (register, number);

-- What the law calls sensitive (NĐ 356/2025/NĐ-CP Đ.4): ethnic group, circumstances, health. Apart, so that it can be guarded apart.
create table child_sensitive (
  register text not null,
  child text not null,
  record text not null,
  primary key (register, child),
  foreign key (register, child) references child (register, id)
);

-- Everything that happened to a child: append-only. seq is the child's version after it.
create table child_event (
  register text not null,
  child text not null,
  seq bigint not null,
  request text not null,
  audit_seq bigint not null,
  kind text not null,
  at text not null check (length(at) = 27),
  who text not null,
  role text not null,
  office text not null,
  why text not null,
  source text not null,
  import text,
  state text not null,
  name_key text not null,
  birth text not null,
  leaves_on text not null check (length(leaves_on) = 10),
  edition text not null,
  unit text,
  number text,
  identified boolean not null,
  complete boolean not null,
  record text not null,
  primary key (register, child, seq),
  foreign key (register, child) references child (register, id)
);
create unique index child_event_once on child_event (register, child, request);
create index child_event_by_audit on child_event (register, audit_seq, child);
create index child_event_by_import on child_event (register, import, child, seq);

create table child_event_sensitive (
  register text not null,
  child text not null,
  seq bigint not null,
  record text not null,
  primary key (register, child, seq),
  foreign key (register, child, seq) references child_event (register, child, seq)
);

-- Identity numbers a child has had. ended_at is empty while one holds.
create table child_number (
  register text not null,
  child text not null,
  seq bigint not null,
  number text not null,
  source text not null,
  status text not null,
  since text not null check (length(since) = 27),
  ended_at text,
  primary key (register, child, seq),
  foreign key (register, child) references child (register, id)
);

-- Who claimed a number first, over all books. A second claimant makes a dispute, never an error.
create table number_claim (
  number text not null,
  register text not null,
  child text not null,
  at text not null check (length(at) = 27),
  disputed boolean not null,
  primary key (number)
);
create index number_claim_by_child on number_claim (register, child);

-- What is wrong with a child: a projection of the record and the rules, made anew when either changes.
create table finding (
  register text not null,
  child text not null,
  nth bigint not null,
  rule text not null,
  field text not null,
  list bigint,
  severity text not null,
  raw text not null,
  suggestion text not null,
  safe boolean not null,
  primary key (register, child, nth),
  foreign key (register, child) references child (register, id)
);
create index finding_by_rule on finding (register, rule);

-- An import is one act that can be undone. files: names, sizes and SHA-256 as JSON.
create table import (
  register text not null,
  id text not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  as_of text not null check (length(as_of) = 10),
  edition text not null,
  files text not null,
  rows bigint not null,
  state text not null,
  primary key (register, id),
  foreign key (register) references register (register)
);

-- What became of each row of an import, and where it stood.
create table import_row (
  register text not null,
  import text not null,
  nth bigint not null,
  file text not null,
  sheet text not null,
  row_number bigint not null,
  decision text not null,
  child text,
  primary key (register, import, nth),
  foreign key (register, import) references import (register, id)
);
create index import_row_by_child on import_row (register, child);

-- How many children a unit says it has: append-only, the last loaded of the latest day counts.
create table headcount (
  register text not null,
  edition text not null,
  unit text not null,
  day text not null check (length(day) = 10),
  source text not null,
  loaded_at text not null check (length(loaded_at) = 27),
  signed_by text not null,
  children bigint not null,
  primary key (register, edition, unit, day, source, loaded_at),
  foreign key (register) references register (register),
  foreign key (edition, unit) references unit (edition, code)
);

-- What was done, chained by hash: append-only. events: SHA-256 over the events the act wrote.
create table audit (
  register text not null,
  seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  role text not null,
  office text not null,
  act text not null,
  why text not null,
  subject text not null,
  request text not null,
  detail text not null,
  event_count bigint not null,
  events text not null,
  previous text not null,
  hash text not null,
  primary key (register, seq),
  foreign key (register) references register (register)
);
create unique index audit_once on audit (register, request);
