-- People and access: accounts, roles over areas, one-time links, sessions, attempts to sign in, tokens of applications, and who looked.
-- Of a secret only its hash is kept.

-- A person. name: what they sign in with. password: hash by argon2, empty until a link was used. totp: secret of the second factor,
-- totp_step: the last time step a code was taken of. state: active, locked.
create table person (
  register text not null,
  id text not null,
  name text not null,
  shown text not null,
  office text not null,
  password text not null,
  totp text,
  totp_step bigint not null,
  state text not null,
  must_change boolean not null,
  created_at text not null check (length(created_at) = 27),
  primary key (register, id),
  foreign key (register) references register (register)
);
create unique index person_by_name on person (register, name);

-- A role over an area. holder: a person or a token. edition, unit: the unit with all below it; none of both: the whole book.
create table area_grant (
  register text not null,
  id text not null,
  holder text not null,
  role text not null,
  edition text,
  unit text,
  given_at text not null check (length(given_at) = 27),
  given_by text not null,
  ended_at text,
  ended_by text,
  primary key (register, id),
  foreign key (register) references register (register)
);
create index area_grant_by_holder on area_grant (register, holder);

-- A link by which a person sets a password, once.
create table person_link (
  register text not null,
  sha256 text not null,
  person text not null,
  made_at text not null check (length(made_at) = 27),
  made_by text not null,
  ends_at text not null,
  used_at text,
  primary key (register, sha256),
  foreign key (register, person) references person (register, id)
);

-- A session. step: whole; code: the password was right, the code of the second factor is still asked for.
create table session (
  register text not null,
  id text not null,
  sha256 text not null,
  person text not null,
  step text not null,
  created_at text not null check (length(created_at) = 27),
  seen_at text not null,
  ends_at text not null,
  agent text not null,
  ended_at text,
  primary key (register, id),
  foreign key (register, person) references person (register, id)
);
create unique index session_by_sha256 on session (register, sha256);
create index session_by_person on session (register, person);

-- Failed attempts to sign in. kind: name, address; what: the SHA-256 of it.
create table attempt (
  register text not null,
  kind text not null,
  what text not null,
  failures bigint not null,
  last_at text not null,
  locked_until text not null,
  primary key (register, kind, what),
  foreign key (register) references register (register)
);

-- A token of an application.
create table token (
  register text not null,
  id text not null,
  sha256 text not null,
  name text not null,
  made_at text not null check (length(made_at) = 27),
  made_by text not null,
  ends_at text not null,
  ended_at text,
  primary key (register, id),
  foreign key (register) references register (register)
);
create unique index token_by_sha256 on token (register, sha256);

-- Who looked at whom, who took an export away, who was refused. holder: a person or a token.
create table look (
  register text not null,
  id text not null,
  at text not null check (length(at) = 27),
  holder text not null,
  who text not null,
  deed text not null,
  allowed boolean not null,
  child text,
  subject text not null,
  edition text,
  unit text,
  children bigint not null,
  primary key (register, id),
  foreign key (register) references register (register)
);
create index look_by_child on look (register, child, id);
create index look_by_holder on look (register, holder, id);
