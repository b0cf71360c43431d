-- How far every unit is: what each child adds to its unit, sums by month, and what each day's acts added. In the words and by the rules of 0001.

-- One row for each child who counts: a projection of child, work and number_standing, kept by every act (src/tally.rs). bits: 1 identified,
-- 2 complete, 4 verified by the police, 8 with an error.
create table tally_child (
  register text not null,
  child text not null,
  edition text not null,
  unit text not null,
  birth text not null,
  leaves_on text not null check (length(leaves_on) = 10),
  bits bigint not null,
  primary key (register, child),
  foreign key (register, child) references child (register, id)
);
create index tally_child_by_birth on tally_child (register, birth);
create index tally_child_by_leaving on tally_child (register, leaves_on);

-- The same summed up by unit and by the months of birth and of the 16th birthday (birth may be shorter: what of it is known). A day is
-- whole months and an exact count of those born or leaving in its own month.
create table tally (
  register text not null,
  edition text not null,
  unit text not null,
  born text not null,
  leaves text not null,
  children bigint not null,
  identified bigint not null,
  complete bigint not null,
  verified bigint not null,
  errors bigint not null,
  primary key (register, edition, unit, born, leaves),
  foreign key (register) references register (register)
);

-- What the acts of a day of the country added to a unit, or took from it, by person: children who came, who went, whose last
-- error was put right, and the difference in each of the measures. Whoever turns 16 is no act.
create table tally_day (
  register text not null,
  day text not null check (length(day) = 10),
  edition text not null,
  unit text not null,
  who text not null,
  came bigint not null,
  went bigint not null,
  cleaned bigint not null,
  identified bigint not null,
  complete bigint not null,
  verified bigint not null,
  errors bigint not null,
  primary key (register, day, edition, unit, who),
  foreign key (register) references register (register)
);
