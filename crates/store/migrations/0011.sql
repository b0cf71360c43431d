-- Pairs of records that may be one child, as the linkage found them; and how an office reads the columns of its lists. In the words and by
-- the rules of 0001.

-- child < other. millionths, why: as weighed when the two records had these versions. state: open, later (put off), gone (suspected no more).
-- Whether a pair still waits is said by the records themselves: both count, and nobody has set them apart.
create table pair (
  register text not null,
  child text not null,
  other text not null,
  version bigint not null,
  millionths bigint not null,
  why text not null,
  child_version bigint not null,
  other_version bigint not null,
  found_at text not null check (length(found_at) = 27),
  weighed_at text not null check (length(weighed_at) = 27),
  state text not null,
  primary key (register, child, other),
  foreign key (register, child) references child (register, id),
  foreign key (register, other) references child (register, id)
);
create index pair_by_other on pair (register, other, child);
create index pair_by_weight on pair (register, state, millionths);

-- What an office has said of the columns of one shape of table. columns: as JSON.
create table column_mapping (
  register text not null,
  office text not null,
  shape text not null,
  columns text not null,
  at text not null check (length(at) = 27),
  who text not null,
  primary key (register, office, shape),
  foreign key (register) references register (register)
);
