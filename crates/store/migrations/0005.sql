-- Reforms of area units: children assigned from the units of earlier editions to those of another, as one act that can be undone.

-- source: what said so (the tables of successions, or a file with its SHA-256), as JSON. state: applied, undone.
create table reform (
  register text not null,
  id text not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  edition text not null,
  source text not null,
  state text not null,
  undone_seq bigint,
  primary key (register, id),
  foreign key (register) references register (register)
);

-- What became of a unit: one row with an empty hamlet for each unit (to_unit empty: divided, or not known; its children stay), and one for
-- each of its hamlets that a file names.
create table reform_unit (
  register text not null,
  reform text not null,
  edition text not null,
  from_unit text not null,
  hamlet text not null,
  to_unit text,
  primary key (register, reform, edition, from_unit, hamlet),
  foreign key (register, reform) references reform (register, id),
  foreign key (edition, from_unit) references unit (edition, code)
);

-- Children of divided units whose hamlet says where they go.
create table reform_child (
  register text not null,
  reform text not null,
  child text not null,
  to_unit text not null,
  primary key (register, reform, child),
  foreign key (register, reform) references reform (register, id),
  foreign key (register, child) references child (register, id)
);
