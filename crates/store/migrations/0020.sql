-- A child who moves within the book is not entered, and has not left: moves of a day stand apart from what came and went. In the words and by
-- the rules of 0001.
create table tally_move (
  register text not null,
  day text not null check (length(day) = 10),
  edition text not null,
  unit text not null,
  who text not null,
  moved_in bigint not null,
  moved_out bigint not null,
  primary key (register, day, edition, unit, who),
  foreign key (register) references register (register)
);

-- The sums of tally by unit alone, so that a country need not be read month by month. grain 0: all (leaves empty); 1: those who leave in a
-- year; 2: those who leave in a month. A day is all, less those who have left, less those who are not born (src/tally/read.rs).
create table tally_unit (
  register text not null,
  grain bigint not null check (grain in (0, 1, 2)),
  leaves text not null,
  edition text not null,
  unit text not null,
  children bigint not null,
  identified bigint not null,
  complete bigint not null,
  verified bigint not null,
  errors bigint not null,
  primary key (register, grain, leaves, edition, unit),
  foreign key (register) references register (register)
);
insert into tally_unit (register, grain, leaves, edition, unit, children, identified, complete, verified, errors)
select register, 0, '', edition, unit, sum(children), sum(identified), sum(complete), sum(verified), sum(errors) from tally
group by register, edition, unit;
insert into tally_unit (register, grain, leaves, edition, unit, children, identified, complete, verified, errors)
select register, 1, substr(leaves, 1, 4), edition, unit, sum(children), sum(identified), sum(complete), sum(verified), sum(errors) from tally
group by register, substr(leaves, 1, 4), edition, unit;
insert into tally_unit (register, grain, leaves, edition, unit, children, identified, complete, verified, errors)
select register, 2, leaves, edition, unit, sum(children), sum(identified), sum(complete), sum(verified), sum(errors) from tally
group by register, leaves, edition, unit;
create index tally_by_birth on tally (register, born);
