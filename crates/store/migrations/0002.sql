-- What an import leaves to a person: rows that may be a child of the book, and rows of a child whose fields differ.

-- A row that waits, or was decided. kind: perhaps, changes. state: open, same, new, taken, kept, gone (its import is undone).
-- print: what the row says of who it is, as a hash: the same row of a later list is not asked again. child: whose fields differ, or
-- what was decided. fields: those that differ. note: why a person has to decide. record, findings: as of a child, as JSON.
create table import_waiting (
  register text not null,
  import text not null,
  nth bigint not null,
  version bigint not null,
  kind text not null,
  state text not null,
  print text not null,
  child text,
  fields text not null,
  note text not null,
  edition text not null,
  unit text,
  number text,
  record text not null,
  findings text not null,
  primary key (register, import, nth),
  foreign key (register, import) references import (register, id)
);
create index import_waiting_by_state on import_waiting (register, state, import, nth);
create index import_waiting_by_child on import_waiting (register, child);

-- The sensitive fields of such a row, apart as those of a child.
create table import_waiting_sensitive (
  register text not null,
  import text not null,
  nth bigint not null,
  record text not null,
  primary key (register, import, nth),
  foreign key (register, import, nth) references import_waiting (register, import, nth)
);

-- Whom a row may be, the likeliest first: a child of the book, or another row of the same import that waits. millionths: the
-- probability. why: what each comparison adds, as JSON, without values.
create table import_candidate (
  register text not null,
  import text not null,
  nth bigint not null,
  place bigint not null,
  child text,
  other bigint,
  millionths bigint not null,
  why text not null,
  primary key (register, import, nth, place),
  foreign key (register, import, nth) references import_waiting (register, import, nth)
);

-- What was decided of a row, and what was taken back: append-only. before: the findings of the child before, as JSON.
create table import_decision (
  register text not null,
  import text not null,
  nth bigint not null,
  version bigint not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  decision text not null,
  child text,
  child_version bigint,
  fields text not null,
  before text not null,
  primary key (register, import, nth, version),
  foreign key (register, import, nth) references import_waiting (register, import, nth)
);

-- Findings of children an import changed, as they were before it, or after it: for undoing and doing again.
create table import_finding (
  register text not null,
  import text not null,
  child text not null,
  side text not null,
  nth bigint not null,
  rule text not null,
  field text not null,
  list bigint,
  severity text not null,
  raw text not null,
  suggestion text not null,
  safe boolean not null,
  primary key (register, import, child, side, nth),
  foreign key (register, child) references child (register, id)
);
