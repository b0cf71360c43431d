-- What shows that a list of the hand-over was signed: scans of wet signatures, detached signatures, signed PDFs. In the words and by the rules
-- of 0001. Append-only.

-- side: commune, police. kind: wet-scan, p7s, signed-pdf. media: what the bytes are, by themselves. over: what was signed: seal (the canonical
-- bytes), pdf (a printed list that carries the seal), unknown (a paper that does not say which list it is). seal: the list's when it came in.
-- verdict, sentence: what was found when it came in, by what was trusted then; of a scan empty. signer, office, authority, certificate, signed_at: as
-- the certificate and the signature say.
create table handover_evidence (
  register text not null,
  id text not null,
  list bigint not null,
  side text not null,
  kind text not null,
  name text not null,
  media text not null,
  sha256 text not null check (length(sha256) = 64),
  bytes bigint not null,
  over text not null,
  seal text not null check (length(seal) = 64),
  verdict text not null,
  sentence text not null,
  signer text not null,
  office text not null,
  authority text not null,
  certificate text not null,
  signed_at text,
  audit_seq bigint not null,
  at text not null check (length(at) = 27),
  who text not null,
  primary key (register, id),
  foreign key (register, list) references handover_list (register, number)
);
create unique index handover_evidence_once on handover_evidence (register, list, side, sha256);

-- Its bytes, apart: papers hold what the law calls sensitive.
create table handover_evidence_content (
  register text not null,
  evidence text not null,
  content bytea not null,
  primary key (register, evidence),
  foreign key (register, evidence) references handover_evidence (register, id)
);
