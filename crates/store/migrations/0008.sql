-- Entries typed by hand: drafts, and the photos and scans that lie beside them. In the words and by the rules of 0001.

-- A household in the making, as typed. state: open, saved, thrown; what is no longer open keeps no content, so that a late message cannot
-- bring it back. unit: where the household lives, as far as it is chosen.
create table entry_draft (
  register text not null,
  id text not null,
  person text not null,
  version bigint not null,
  state text not null,
  edition text not null,
  unit text,
  updated_at text not null check (length(updated_at) = 27),
  content text not null,
  primary key (register, id),
  foreign key (register) references register (register)
);
create index entry_draft_by_person on entry_draft (register, person, state, updated_at);

-- A photo or a scan of a paper: sensitive by law (NĐ 356/2025/NĐ-CP Đ.4), so its bytes stand apart. kind: image/jpeg, image/png, image/webp.
create table attachment (
  register text not null,
  id text not null,
  draft text not null,
  name text not null,
  kind text not null,
  sha256 text not null,
  bytes bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  primary key (register, id),
  foreign key (register, draft) references entry_draft (register, id)
);
create index attachment_by_draft on attachment (register, draft, id);

create table attachment_content (
  register text not null,
  attachment text not null,
  content bytea not null,
  primary key (register, attachment),
  foreign key (register, attachment) references attachment (register, id)
);

-- The children a paper speaks of, once they are in the book.
create table attachment_child (
  register text not null,
  child text not null,
  attachment text not null,
  primary key (register, child, attachment),
  foreign key (register, child) references child (register, id),
  foreign key (register, attachment) references attachment (register, id)
);

-- Who was born on a day: whom a child that is typed may be.
create index child_by_birth on child (register, birth);
