-- Where children stood before is summed up with where they stand, so that the units of before a reform are read as quickly as those of today.
-- In the words and by the rules of 0001. The tables of 0017 and 0020 are made anew with one column more, way: the units a child stood in
-- last in each other edition, in the order in which it left them ('2020-01-01 19588;2025-01-01 19585'; empty for most). They are filled by
-- src/tally/past.rs.
drop table tally_child;
drop table tally;
drop table tally_unit;

create table tally_child (
  register text not null,
  child text not null,
  edition text not null,
  unit text not null,
  way text not null,
  birth text not null,
  leaves_on text not null check (length(leaves_on) = 10),
  bits bigint not null,
  primary key (register, child),
  foreign key (register, child) references child (register, id)
);
create index tally_child_by_birth on tally_child (register, birth);
create index tally_child_by_leaving on tally_child (register, leaves_on);

create table tally (
  register text not null,
  edition text not null,
  unit text not null,
  way text not null,
  born text not null,
  leaves text not null,
  children bigint not null,
  identified bigint not null,
  complete bigint not null,
  verified bigint not null,
  errors bigint not null,
  primary key (register, edition, unit, way, born, leaves),
  foreign key (register) references register (register)
);
create index tally_by_birth on tally (register, born);

create table tally_unit (
  register text not null,
  grain bigint not null check (grain in (0, 1, 2)),
  leaves text not null,
  edition text not null,
  unit text not null,
  way text not null,
  children bigint not null,
  identified bigint not null,
  complete bigint not null,
  verified bigint not null,
  errors bigint not null,
  primary key (register, grain, leaves, edition, unit, way),
  foreign key (register) references register (register)
);
