-- The rule files a book has been checked by: append-only, the last one is in force. Empty text: the built-in rules alone.
create table rule_file (
  register text not null,
  nth bigint not null,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  as_of text not null check (length(as_of) = 10),
  sha256 text not null,
  content text not null,
  primary key (register, nth),
  foreign key (register) references register (register)
);
