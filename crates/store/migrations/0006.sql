-- Mirrors: exports of the national software as dated sources, apart from the children of the book. Nothing of it is ever changed.

-- One export. profile: how its columns were read, as TOML. files: names, sizes and SHA-256 as JSON.
create table mirror (
  register text not null,
  id text not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  day text not null check (length(day) = 10),
  edition text not null,
  profile text not null,
  files text not null,
  rows bigint not null,
  primary key (register, id),
  foreign key (register) references register (register)
);

-- One row of it. key: the software's own key of the child, may be empty. record: the fields as JSON, without the sensitive ones.
create table mirror_row (
  register text not null,
  mirror text not null,
  nth bigint not null,
  sheet text not null,
  row_number bigint not null,
  key text not null,
  name_key text not null,
  birth text not null,
  edition text not null,
  unit text,
  number text,
  record text not null,
  primary key (register, mirror, nth),
  foreign key (register, mirror) references mirror (register, id),
  foreign key (edition, unit) references unit (edition, code)
);

create table mirror_row_sensitive (
  register text not null,
  mirror text not null,
  nth bigint not null,
  record text not null,
  primary key (register, mirror, nth),
  foreign key (register, mirror, nth) references mirror_row (register, mirror, nth)
);

-- Which child of the book a key of the software was found to be, when that was beyond doubt.
create table mirror_link (
  register text not null,
  key text not null,
  mirror text not null,
  child text not null,
  how text not null,
  primary key (register, key, mirror),
  foreign key (register, mirror) references mirror (register, id),
  foreign key (register, child) references child (register, id)
);
