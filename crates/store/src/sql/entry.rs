//! Statements of entries typed by hand: drafts, papers beside them, and whom a typed child may be.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A new draft; one of the same id stays as it is.
    DRAFT_ADD = "insert into entry_draft (register, id, person, version, state, edition, unit, updated_at, content)
        values ($1, $2, $3, 1, 'open', $4, $5, $6, $7) on conflict (register, id) do nothing";
    /// What is typed by now, if the draft is open, the person's, and still has the version this began from.
    DRAFT_SET = "update entry_draft set version = version + 1, edition = $5, unit = $6, updated_at = $7, content = $8
        where register = $1 and id = $2 and person = $3 and version = $4 and state = 'open'";
    /// A draft.
    DRAFT = "select id, person, version, state, edition, unit, updated_at, content from entry_draft where register = $1 and id = $2";
    /// The open drafts of a person, the latest first.
    DRAFTS_OF = "select id, person, version, state, edition, unit, updated_at, content from entry_draft
        where register = $1 and person = $2 and state = 'open' order by updated_at desc, id desc limit $3";
    /// How many drafts of a person are open.
    DRAFTS_OPEN = "select count(*) from entry_draft where register = $1 and person = $2 and state = 'open'";
    /// A draft is done with: saved or thrown away. Nothing of what was typed stays.
    DRAFT_END = "update entry_draft set version = version + 1, state = $4, updated_at = $5, content = ''
        where register = $1 and id = $2 and person = $3 and state = 'open'";
    /// A paper.
    ATTACHMENT_ADD = "insert into attachment (register, id, draft, name, kind, sha256, bytes, at, who) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Its bytes.
    ATTACHMENT_CONTENT_ADD = "insert into attachment_content (register, attachment, content) values ($1, $2, $3)";
    /// One paper.
    ATTACHMENT = "select id, draft, name, kind, sha256, bytes, at, who from attachment where register = $1 and id = $2";
    /// Its bytes.
    ATTACHMENT_CONTENT = "select content from attachment_content where register = $1 and attachment = $2";
    /// Papers of a draft.
    ATTACHMENTS_OF_DRAFT = "select id, draft, name, kind, sha256, bytes, at, who from attachment where register = $1 and draft = $2 order by id";
    /// Papers of a child.
    ATTACHMENTS_OF_CHILD = "select a.id, a.draft, a.name, a.kind, a.sha256, a.bytes, a.at, a.who
        from attachment_child c join attachment a on a.register = c.register and a.id = c.attachment
        where c.register = $1 and c.child = $2 order by a.id";
    /// Children a paper speaks of.
    CHILDREN_OF_ATTACHMENT = "select child from attachment_child where register = $1 and attachment = $2 order by child";
    /// The bytes of a draft's papers that speak of no child go ...
    ATTACHMENT_CONTENT_DROP = "delete from attachment_content where register = $1 and attachment in
        (select a.id from attachment a where a.register = $1 and a.draft = $2 and ($3 = '' or a.id = $3)
         and a.id not in (select c.attachment from attachment_child c where c.register = $1))";
    /// ... and the papers with them. An empty id: all of the draft.
    ATTACHMENT_DROP = "delete from attachment where register = $1 and draft = $2 and ($3 = '' or id = $3)
        and id not in (select c.attachment from attachment_child c where c.register = $1)";
    /// Children of a name. The order is that of an expression: SQLite would walk the whole book by its key otherwise.
    LINKABLE_NAMED = "select c.id, c.state, c.edition, c.unit, c.number, c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.name_key = $2 and c.state not in ('withdrawn', 'merged', 'mistake') order by c.id || '' limit $3";
    /// Children born on a day.
    LINKABLE_BORN = "select c.id, c.state, c.edition, c.unit, c.number, c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.birth = $2 and c.state not in ('withdrawn', 'merged', 'mistake') order by c.id || '' limit $3";
    /// Children of a unit born from one day to before another, as far as that is known.
    LINKABLE_BESIDE = "select c.id, c.state, c.edition, c.unit, c.number, c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.edition = $2 and c.unit = $3 and substr(c.birth, 1, 4) >= $4 and substr(c.birth, 1, 4) < $5
        and c.state not in ('withdrawn', 'merged', 'mistake') order by c.id || '' limit $6";
    /// Children who hold a number.
    LINKABLE_NUMBERED = "select c.id, c.state, c.edition, c.unit, c.number, c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.number = $2 and c.state not in ('withdrawn', 'merged', 'mistake') order by c.id || '' limit $3";
}

many! {
    /// Papers and the children they speak of.
    ATTACHMENT_CHILDREN_ADD = 3, "insert into attachment_child (register, child, attachment) values", " on conflict (register, child, attachment) do nothing";
}
