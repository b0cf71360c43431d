-- Work that is to be done: what is wrong with whom, by unit, hamlet and person; fixes of many records; second checks. In the words and
-- by the rules of 0001.

-- One row for each rule that fires on a child who counts, notes left out, and one with an empty rule for the child as a whole: a
-- projection of child, finding and child_event, kept by every act (src/work.rs). list: the group, 0 without; of a child as a whole a sum:
-- 1, 2, 4, 8, 16 for errors of the groups 1 to 5, 32 for any error, 64 for a warning. sort_key: the folded name in letters and digits alone, which every server sorts alike. who: who brought the record or changed it last. since: from when on the finding stands.
create table work (
  register text not null,
  child text not null,
  rule text not null,
  list bigint not null,
  severity text not null,
  edition text not null,
  unit text not null,
  hamlet text not null,
  who text not null,
  sort_key text not null,
  birth text not null,
  leaves_on text not null check (length(leaves_on) = 10),
  since text not null check (length(since) = 27),
  primary key (register, child, rule),
  foreign key (register, child) references child (register, id)
);
create index work_by_count on work (register, edition, unit, rule, list, severity, who, hamlet, birth, leaves_on, since);
create index work_by_unit on work (register, edition, unit, rule, sort_key, child);
create index work_by_rule on work (register, rule, sort_key, child);

-- What was done of it: append-only. how: fixed; left (the record counts no more); rules (other rules say so).
create table work_done (
  register text not null,
  child text not null,
  rule text not null,
  at text not null check (length(at) = 27),
  list bigint not null,
  edition text not null,
  unit text not null,
  since text not null check (length(since) = 27),
  who text not null,
  how text not null,
  primary key (register, child, rule, at),
  foreign key (register, child) references child (register, id)
);
create index work_done_by_time on work_done (register, at);

-- Fixes: of many records by one rule or one value, and edits that wait for a second check. kind: fix, edit. state: waits, done, undone,
-- refused. second: empty, above (somebody one level up approves), keyed (typed again without seeing it). done_seq: the act that did it.
create table fix (
  register text not null,
  id text not null,
  version bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  role text not null,
  office text not null,
  kind text not null,
  what text not null,
  second text not null,
  state text not null,
  edition text not null,
  unit text not null,
  rows bigint not null,
  as_of text not null check (length(as_of) = 10),
  why text not null,
  done_seq bigint,
  undone_seq bigint,
  answered_at text,
  answered_by text,
  answer text,
  primary key (register, id),
  foreign key (register) references register (register)
);
create index fix_by_state on fix (register, state, id);

-- What a fix that waits would write. seen: the child's version when it was proposed. keyed: typed again alike.
create table fix_row (
  register text not null,
  fix text not null,
  child text not null,
  field text not null,
  seen bigint not null,
  keyed boolean not null,
  primary key (register, fix, child, field),
  foreign key (register, fix) references fix (register, id),
  foreign key (register, child) references child (register, id)
);
create index fix_row_by_child on fix_row (register, child, fix);

-- Its values, apart: any of them may be sensitive.
create table fix_row_sensitive (
  register text not null,
  fix text not null,
  child text not null,
  field text not null,
  value text not null,
  primary key (register, fix, child, field),
  foreign key (register, fix, child, field) references fix_row (register, fix, child, field)
);

-- Which units ask for a second check: append-only, the last said holds, for all below the unit where nothing nearer is said.
create table second_check (
  register text not null,
  edition text not null,
  unit text not null,
  at text not null check (length(at) = 27),
  who text not null,
  kind text not null,
  primary key (register, edition, unit, at),
  foreign key (register) references register (register)
);
