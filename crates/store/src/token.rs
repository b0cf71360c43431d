//! Tokens by which applications come in.
//!
//! In: an [`Act`], hashes. Out: [`Token`]s; the roles of a token are held by its id ([`crate::person::Held`]).

use crate::act::Act;
use crate::error::Result;
use crate::sql;
use crate::store::{Tx, all, first, run};

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Token {
    /// Its id.
    pub id: String,
    /// What the application is called.
    pub name: String,
    /// Since when.
    pub made_at: String,
    /// By whom.
    pub made_by: String,
    /// Until when at the latest.
    pub ends_at: String,
    /// When it was ended.
    pub ended_at: Option<String>,
}

impl Act {
    /// Adds a token.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_token(
        &mut self,
        id: &str,
        sha256: &str,
        name: &str,
        ends_at: &str,
    ) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::TOKEN_ADD,
            doing.register.as_str(),
            id,
            sha256,
            name,
            doing.at.as_str(),
            doing.who.as_str(),
            ends_at,
        )?;
        Ok(())
    }

    /// Ends a token; `false` where it had ended.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_token(&mut self, id: &str) -> Result<bool> {
        let doing = self.doing.clone();
        let (book, at) = (doing.register.as_str(), doing.at.as_str());
        Ok(run!(self.tx, sql::TOKEN_END, book, id, at)? > 0)
    }
}

impl Tx {
    /// All tokens, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn tokens(&mut self, book: &str) -> Result<Vec<Token>> {
        all!(self, Token, sql::TOKENS, book)
    }

    /// The token of a secret, where it can be used at this moment.
    ///
    /// # Errors
    /// The database's.
    pub async fn token_of(&mut self, book: &str, sha256: &str, now: &str) -> Result<Option<Token>> {
        first!(self, Token, sql::TOKEN_OF, book, sha256, now)
    }
}
