//! Statements of sessions, and of attempts to sign in.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A new session.
    SESSION_ADD = "insert into session (register, id, sha256, person, step, created_at, seen_at, ends_at, agent)
        values ($1, $2, $3, $4, $5, $6, $6, $7, $8)";
    /// A session that has not ended, of a token.
    SESSION_OF = "select id, person, step, created_at, seen_at, ends_at, agent from session
        where register = $1 and sha256 = $2 and ended_at is null and ends_at > $3 and seen_at > $4";
    /// Sessions of a person that have not ended.
    SESSIONS_OF = "select id, person, step, created_at, seen_at, ends_at, agent from session
        where register = $1 and person = $2 and ended_at is null and ends_at > $3 and seen_at > $4 order by created_at desc, id";
    /// Seen just now.
    SESSION_SEEN = "update session set seen_at = $3 where register = $1 and id = $2 and seen_at < $3";
    /// Ends one of a person.
    SESSION_END = "update session set ended_at = $4 where register = $1 and id = $2 and person = $3 and ended_at is null";
    /// Ends all of a person but one.
    SESSIONS_END = "update session set ended_at = $4 where register = $1 and person = $2 and id <> $3 and ended_at is null";
    /// How often it failed, and until when nothing is taken.
    ATTEMPT = "select failures, locked_until from attempt where register = $1 and kind = $2 and what = $3";
    /// It failed, or may fail.
    ATTEMPT_SET = "insert into attempt (register, kind, what, failures, last_at, locked_until) values ($1, $2, $3, $4, $5, $6)
        on conflict (register, kind, what) do update set failures = excluded.failures, last_at = excluded.last_at, locked_until = excluded.locked_until";
    /// It went well.
    ATTEMPT_DROP = "delete from attempt where register = $1 and kind = $2 and what = $3";
    /// Old ones are forgotten.
    ATTEMPTS_OLD = "delete from attempt where register = $1 and last_at < $2 and locked_until < $3";
    /// Sessions that ended long ago are forgotten.
    SESSIONS_OLD = "delete from session where register = $1 and ends_at < $2";
}

many! {}
