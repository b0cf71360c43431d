-- Letters: templates and offices a province edits, targets, lists that are followed. In the words and by the rules of 0001. Append-only.

-- kind: letter, commune, offices. nth: from 1 within a name; the last holds. content: the text; empty where it was withdrawn.
create table letter_template (
  register text not null,
  name text not null,
  nth bigint not null,
  kind text not null,
  sha256 text not null check (length(sha256) = 64),
  content text not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  primary key (register, name, nth)
);

-- measure: entered, identified, complete, verified. kind: percent (amount in hundredths), number, none (withdrawn). The last of a unit,
-- measure and day holds.
create table target (
  register text not null,
  edition text not null,
  unit text not null,
  measure text not null,
  day text not null,
  audit_seq bigint not null,
  kind text not null,
  amount bigint not null,
  decided_by text not null,
  at text not null check (length(at) = 27),
  who text not null,
  primary key (register, edition, unit, measure, day, audit_seq)
);

-- A saved list. what: a group, a rule, unidentified, incomplete. day: on which age was judged. moment: the book as it was then.
create table cohort (
  register text not null,
  id text not null,
  name text not null,
  what text not null,
  day text not null,
  moment text not null check (length(moment) = 27),
  edition text not null,
  unit text not null,
  children bigint not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  primary key (register, id)
);
create unique index cohort_by_name on cohort (register, name);

-- Who is on it.
create table cohort_child (
  register text not null,
  cohort text not null,
  child text not null,
  primary key (register, cohort, child),
  foreign key (register, cohort) references cohort (register, id),
  foreign key (register, child) references child (register, id)
);
