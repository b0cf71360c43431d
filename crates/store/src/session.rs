//! Sessions, and failed attempts to sign in. They are no acts of the chain: they change nothing that is in the book.
//!
//! In: hashes of tokens, moments as texts of fixed width. Out: [`Session`]s. Every writing here is a transaction of its own.

use crate::error::Result;
use crate::sql;
use crate::store::{Store, Tx, all, first, run};

/// The person is signed in.
pub const WHOLE: &str = "whole";
/// The code of the second factor is still asked for.
pub const CODE: &str = "code";

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    /// Its id, which is no secret.
    pub id: String,
    /// Whose.
    pub person: String,
    /// [`WHOLE`], [`CODE`].
    pub step: String,
    /// Since when.
    pub created_at: String,
    /// Last seen.
    pub seen_at: String,
    /// Ends at the latest.
    pub ends_at: String,
    /// The browser, in short.
    pub agent: String,
}

/// What a count of failures is of.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// `name` or `address`.
    pub kind: &'a str,
    /// SHA-256 of it.
    pub what: &'a str,
}

/// A moment, and the latest one at which a session must have been seen to go on.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// Now.
    pub at: &'a str,
    /// Sessions last seen before this have ended.
    pub idle: &'a str,
}

impl Store {
    /// Begins a session.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_session(&self, book: &str, sha256: &str, session: &Session) -> Result<()> {
        let mut tx = self.write().await?;
        run!(
            tx,
            sql::SESSION_ADD,
            book,
            session.id.as_str(),
            sha256,
            session.person.as_str(),
            session.step.as_str(),
            session.created_at.as_str(),
            session.ends_at.as_str(),
            session.agent.as_str(),
        )?;
        tx.commit().await
    }

    /// Ends a session of a person; `false` where it had ended.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_session(
        &self,
        book: &str,
        (id, person): (&str, &str),
        at: &str,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let ended = run!(tx, sql::SESSION_END, book, id, person, at)? > 0;
        tx.commit().await?;
        Ok(ended)
    }

    /// Ends all sessions of a person but one (empty: all); how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_sessions(&self, book: &str, person: &str, but: &str, at: &str) -> Result<u64> {
        let mut tx = self.write().await?;
        let ended = run!(tx, sql::SESSIONS_END, book, person, but, at)?;
        tx.commit().await?;
        Ok(ended)
    }

    /// Takes a code's time step; `false` where it or a later one was taken.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_step(&self, book: &str, person: &str, step: i64) -> Result<bool> {
        let mut tx = self.write().await?;
        let taken = run!(tx, sql::PERSON_STEP, book, person, step)? > 0;
        tx.commit().await?;
        Ok(taken)
    }

    /// Counts attempts before they are looked at, so that many at once cannot pass together. `next`: from the failures so far, the moment
    /// until which nothing more is taken. Gives the moments until which one of them is locked (empty: none; then all are counted).
    ///
    /// # Errors
    /// The database's.
    pub async fn charge(
        &self,
        book: &str,
        of: &[Counted<'_>],
        at: &str,
        next: &(dyn Fn(&str, i64) -> String + Sync),
    ) -> Result<Option<String>> {
        let mut tx = self.write().await?;
        // The book's lock: on a server two attempts would else read the same count.
        tx.lock_book(book).await?;
        let mut counts = Vec::with_capacity(of.len());
        for one in of {
            let known: Option<(i64, String)> =
                first!(tx, (i64, String), sql::ATTEMPT, book, one.kind, one.what)?;
            let (failures, until) = known.unwrap_or_default();
            if until.as_str() > at {
                return Ok(Some(until));
            }
            counts.push(failures.saturating_add(1));
        }
        for (one, failures) in of.iter().zip(counts) {
            let until = next(one.kind, failures);
            let until = until.as_str();
            run!(
                tx,
                sql::ATTEMPT_SET,
                book,
                one.kind,
                one.what,
                failures,
                at,
                until
            )?;
        }
        tx.commit().await?;
        Ok(None)
    }

    /// The attempts went well: they are no failures.
    ///
    /// # Errors
    /// The database's.
    pub async fn forgive(&self, book: &str, of: &[Counted<'_>]) -> Result<()> {
        let mut tx = self.write().await?;
        for one in of {
            run!(tx, sql::ATTEMPT_DROP, book, one.kind, one.what)?;
        }
        tx.commit().await
    }

    /// Forgets attempts and sessions that ended before a moment.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget(&self, book: &str, before: &str) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx, sql::ATTEMPTS_OLD, book, before, before)?;
        run!(tx, sql::SESSIONS_OLD, book, before)?;
        tx.commit().await
    }
}

impl Tx {
    /// The session of a token, where it goes on.
    ///
    /// # Errors
    /// The database's.
    pub async fn session_of(
        &mut self,
        book: &str,
        sha256: &str,
        now: Now<'_>,
    ) -> Result<Option<Session>> {
        first!(
            self,
            Session,
            sql::SESSION_OF,
            book,
            sha256,
            now.at,
            now.idle
        )
    }

    /// Sessions of a person that go on, the latest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn sessions_of(
        &mut self,
        book: &str,
        person: &str,
        now: Now<'_>,
    ) -> Result<Vec<Session>> {
        all!(
            self,
            Session,
            sql::SESSIONS_OF,
            book,
            person,
            now.at,
            now.idle
        )
    }
}
