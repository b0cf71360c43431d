//! One act: everything a person or a command does to a book at once, in one transaction, with its link of the audit chain.
//!
//! In: who does what and why, under which request. Out: [`Act`], which writes; [`Act::finish`] adds the link and keeps it all. An act
//! that is dropped leaves nothing. A request that has been done already is not done again ([`Begun::Done`]).

use crate::audit::{Link, hash_of};
use crate::chain::{self, Events};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::{Store, Tx, first, run};
use crate::work::Found;

/// Who does what to which book. All of it is a parameter: the clock, chance and the user are the caller's.
#[derive(Clone, Debug)]
pub struct Doing {
    /// The book.
    pub register: String,
    /// One word: `import`, `undo`, `headcount`, …
    pub act: String,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Of which office.
    pub office: String,
    /// Why.
    pub why: String,
    /// The client's id of this request: the same id is never done twice.
    pub request: String,
    /// When: UTC, `2026-11-23T18:04:05.123456Z`.
    pub at: String,
}

/// What beginning came to.
pub enum Begun {
    /// The act may write.
    Act(Act),
    /// This request has been done; its link.
    Done(Link),
}

/// An act under way. It holds the book's write lock.
pub struct Act {
    pub(crate) tx: Tx,
    pub(crate) doing: Doing,
    pub(crate) seq: i64,
    previous: String,
    pub(crate) events: Events,
    /// Children whose findings changed without an event.
    pub(crate) found: Found,
}

impl Store {
    /// Begins an act: waits for the book's write lock and looks whether the request has been done.
    ///
    /// # Errors
    /// [`Error::NoRegister`], [`Error::Busy`], the database's.
    pub async fn begin(&self, doing: Doing) -> Result<Begun> {
        Act::in_tx(self.write().await?, doing).await
    }

    /// Begins an act that goes on in another book ([`Act::go_on`]): waits for the write locks of both, in the order of their keys, so
    /// that two such acts never wait for each other.
    ///
    /// # Errors
    /// As [`Store::begin`].
    pub async fn begin_over(&self, doing: Doing, other: &str) -> Result<Begun> {
        let mut tx = self.write().await?;
        let mut books = [doing.register.as_str(), other];
        books.sort_unstable();
        for book in books {
            if !tx.lock_book(book).await? {
                return Err(Error::NoRegister(book.to_owned()));
            }
        }
        Act::in_tx(tx, doing).await
    }
}

impl Tx {
    /// What was done under a request of a client; `None`: nothing yet.
    ///
    /// # Errors
    /// The database's.
    pub async fn act_of_request(&mut self, book: &str, request: &str) -> Result<Option<Link>> {
        first!(self, Link, sql::AUDIT_OF_REQUEST, book, request)
    }

    /// Takes a book's write lock; `false` where there is no such book.
    pub(crate) async fn lock_book(&mut self, book: &str) -> Result<bool> {
        Ok(run!(self, sql::REGISTER_LOCK, book)? > 0)
    }
}

impl Act {
    /// Begins an act within a transaction.
    pub(crate) async fn in_tx(mut tx: Tx, doing: Doing) -> Result<Begun> {
        let book = doing.register.as_str();
        if !tx.lock_book(book).await? {
            return Err(Error::NoRegister(doing.register));
        }
        if let Some(link) = tx.act_of_request(book, &doing.request).await? {
            return Ok(Begun::Done(link));
        }
        let head: Option<(i64, String)> = first!(tx, (i64, String), sql::REGISTER_HEAD, book)?;
        let (seq, previous) = head.unwrap_or((0, chain::BEGIN.to_owned()));
        Ok(Begun::Act(Self {
            tx,
            doing,
            seq: seq.saturating_add(1),
            previous,
            events: Events::default(),
            found: Found::default(),
        }))
    }

    /// The number of this act in the book's chain.
    pub fn number(&self) -> i64 {
        self.seq
    }

    /// What is being done.
    pub fn doing(&self) -> &Doing {
        &self.doing
    }

    /// Adds the link of the chain and keeps everything. `subject`: the id the act is about; `detail`: JSON without personal data.
    ///
    /// # Errors
    /// The database's; then nothing has been kept, or, where the connection broke ([`Error::Lost`]), the same request may be sent again.
    pub async fn finish(self, subject: &str, detail: &str) -> Result<Link> {
        let (tx, link) = self.close(subject, detail).await?;
        tx.commit().await?;
        Ok(link)
    }

    /// Adds the link of the chain and goes on in another book, in the same transaction: what follows is kept together with this, or
    /// nothing of either. The other book must have been named to [`Store::begin_over`].
    ///
    /// # Errors
    /// As [`Act::finish`].
    pub async fn go_on(self, subject: &str, detail: &str, doing: Doing) -> Result<Begun> {
        let (tx, _) = self.close(subject, detail).await?;
        Self::in_tx(tx, doing).await
    }

    /// Adds the link of the chain; what was done is kept with the transaction.
    pub(crate) async fn close(mut self, subject: &str, detail: &str) -> Result<(Tx, Link)> {
        self.settle_work().await?;
        self.settle_homes().await?;
        self.settle_tally().await?;
        let mut link = Link {
            seq: self.seq,
            at: self.doing.at.clone(),
            who: self.doing.who.clone(),
            role: self.doing.role.clone(),
            office: self.doing.office.clone(),
            act: self.doing.act.clone(),
            why: self.doing.why.clone(),
            subject: subject.to_owned(),
            request: self.doing.request.clone(),
            detail: detail.to_owned(),
            event_count: self.events.count(),
            events: self.events.digest(),
            previous: self.previous.clone(),
            hash: String::new(),
        };
        let book = self.doing.register.as_str();
        link.hash = hash_of(book, &link);
        run!(
            self.tx,
            sql::AUDIT_ADD,
            book,
            link.seq,
            link.at.as_str(),
            link.who.as_str(),
            link.role.as_str(),
            link.office.as_str(),
            link.act.as_str(),
            link.why.as_str(),
            link.subject.as_str(),
            link.request.as_str(),
            link.detail.as_str(),
            link.event_count,
            link.events.as_str(),
            link.previous.as_str(),
            link.hash.as_str(),
        )?;
        run!(
            self.tx,
            sql::REGISTER_HEAD_SET,
            book,
            link.seq,
            link.hash.as_str()
        )?;
        Ok((self.tx, link))
    }
}

/// Runs a statement that writes events of this act: after what it says first come request, number, time, who, role, office, why and the act
/// as the events' source, then the rest.
macro_rules! run_as {
    ($act:expr, $sql:expr, [$($first:expr),* $(,)?] $(, $rest:expr)* $(,)?) => {{
        let doing = $act.doing.clone();
        $crate::store::run!(
            $act.tx,
            $sql,
            $($first,)*
            doing.request.as_str(),
            $act.seq,
            doing.at.as_str(),
            doing.who.as_str(),
            doing.role.as_str(),
            doing.office.as_str(),
            doing.why.as_str(),
            doing.act.as_str()
            $(, $rest)*
        )
    }};
}

pub(crate) use run_as;
