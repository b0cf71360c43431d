//! Statements of tokens of applications.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A new token.
    TOKEN_ADD = "insert into token (register, id, sha256, name, made_at, made_by, ends_at) values ($1, $2, $3, $4, $5, $6, $7)";
    /// Ends it.
    TOKEN_END = "update token set ended_at = $3 where register = $1 and id = $2 and ended_at is null";
    /// All tokens.
    TOKENS = "select id, name, made_at, made_by, ends_at, ended_at from token where register = $1 order by id";
    /// The token of a secret, where it can be used.
    TOKEN_OF = "select id, name, made_at, made_by, ends_at, ended_at from token
        where register = $1 and sha256 = $2 and ended_at is null and ends_at > $3";
}

many! {}
