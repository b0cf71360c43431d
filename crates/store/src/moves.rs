//! Moves: proposed by one side, answered by the other; within a book or into another one.
//!
//! In: an [`Act`]. Out: [`Move`]s, and [`Trace`]s: what happened to children between two moments.

use crate::act::Act;
use crate::child::Entry;
use crate::error::Result;
use crate::store::{Tx, all, first, run};
use crate::{limits, sql};

/// A move that waits for its answer.
pub const PROPOSED: &str = "proposed";
/// A move that was carried out.
pub const CONFIRMED: &str = "confirmed";
/// A move the other side refused.
pub const REFUSED: &str = "refused";
/// A move its own side took back.
pub const WITHDRAWN: &str = "withdrawn";

/// A move.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Move {
    /// Its id.
    pub id: String,
    /// The child.
    pub child: String,
    /// The child's version when it was proposed.
    pub version: i64,
    /// Edition of the unit it comes from.
    pub from_edition: String,
    /// Code of that unit.
    pub from_unit: Option<String>,
    /// The other book; `None` within this one.
    pub to_register: Option<String>,
    /// The record in the other book, once it is there.
    pub to_child: Option<String>,
    /// Edition of the unit it goes to.
    pub to_edition: String,
    /// Code of that unit.
    pub to_unit: String,
    /// Hamlet there; empty where not given.
    pub hamlet: String,
    /// Address there; empty where not given.
    pub address: String,
    /// The day of the move.
    pub day: String,
    /// [`PROPOSED`], [`CONFIRMED`], [`REFUSED`], [`WITHDRAWN`].
    pub state: String,
    /// When it was proposed.
    pub proposed_at: String,
    /// By whom.
    pub proposed_by: String,
    /// Why.
    pub why: String,
    /// When it was answered.
    pub answered_at: Option<String>,
    /// By whom.
    pub answered_by: Option<String>,
    /// What was said with the answer.
    pub answer: Option<String>,
}

/// An event of a child, as much of it as counting takes.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Trace {
    /// The child.
    pub child: String,
    /// Its version.
    pub seq: i64,
    /// What happened.
    pub kind: String,
    /// When.
    pub at: String,
    /// The state from then on.
    pub state: String,
    /// Birth date.
    pub birth: String,
    /// The first day on which the child is 16.
    pub leaves_on: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit; empty where unknown.
    pub unit: String,
}

impl Act {
    /// Writes a proposed move down, with its own reason, at the time of the act and by who does it.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_move(&mut self, one: &Move) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::MOVE_ADD,
            doing.register.as_str(),
            one.id.as_str(),
            one.child.as_str(),
            one.version,
            one.from_edition.as_str(),
            one.from_unit.as_deref(),
            one.to_register.as_deref(),
            one.to_edition.as_str(),
            one.to_unit.as_str(),
            one.hamlet.as_str(),
            one.address.as_str(),
            one.day.as_str(),
            PROPOSED,
            doing.at.as_str(),
            doing.who.as_str(),
            one.why.as_str(),
        )?;
        Ok(())
    }

    /// Answers a proposed move; `false` where it had been answered.
    ///
    /// # Errors
    /// The database's.
    pub async fn answer_move(
        &mut self,
        id: &str,
        state: &str,
        to_child: Option<&str>,
    ) -> Result<bool> {
        let doing = self.doing.clone();
        Ok(run!(
            self.tx,
            sql::MOVE_ANSWER,
            doing.register.as_str(),
            id,
            state,
            doing.at.as_str(),
            doing.who.as_str(),
            doing.why.as_str(),
            to_child,
        )? > 0)
    }

    /// Gives up the number claim of a child who goes on in another book, so that the record there can claim it.
    ///
    /// # Errors
    /// The database's.
    pub async fn give_up_claim(&mut self, child: &str) -> Result<()> {
        let book = self.doing.register.clone();
        run!(self.tx, sql::CLAIM_DROP, book.as_str(), child)?;
        Ok(())
    }

    /// Adds a child who comes from a record of another book, after [`Act::give_up_claim`] there. The claim follows the child; where
    /// somebody else in the book it left has the number, too, it is disputed as before.
    ///
    /// # Errors
    /// As [`Act::add_children`].
    pub async fn add_moved(&mut self, entry: &Entry, from: (&str, &str)) -> Result<()> {
        let (book, at) = (self.doing.register.clone(), self.doing.at.clone());
        self.add_children_as("moved", std::slice::from_ref(entry))
            .await?;
        run!(
            self.tx,
            sql::ORIGIN_ADD,
            book.as_str(),
            entry.id.as_str(),
            from.0,
            from.1,
            at.as_str()
        )?;
        if let Some(number) = &entry.state.number {
            run!(self.tx, sql::CLAIM_FOLLOWS, from.0, number.as_str(), from.1)?;
        }
        Ok(())
    }
}

impl Tx {
    /// A move.
    ///
    /// # Errors
    /// The database's.
    pub async fn child_move(&mut self, book: &str, id: &str) -> Result<Option<Move>> {
        first!(self, Move, sql::MOVE, book, id)
    }

    /// A page of moves in the order they were proposed, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn moves_after(&mut self, book: &str, id: &str) -> Result<Vec<Move>> {
        all!(self, Move, sql::MOVES, book, id, limits::PAGE)
    }

    /// Moves of a child, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn moves_of(&mut self, book: &str, child: &str) -> Result<Vec<Move>> {
        all!(self, Move, sql::MOVES_OF_CHILD, book, child)
    }

    /// The book and the record which a record goes on from.
    ///
    /// # Errors
    /// The database's.
    pub async fn origin_of(&mut self, book: &str, child: &str) -> Result<Option<(String, String)>> {
        first!(self, (String, String), sql::ORIGIN_OF, book, child)
    }

    /// What happened to children after a moment and up to another, with the event that held at the first before it: a page in order of
    /// child and version, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn traces(
        &mut self,
        book: &str,
        (from, to): (&str, &str),
        after: (&str, i64),
    ) -> Result<Vec<Trace>> {
        all!(
            self,
            Trace,
            sql::TRACES,
            book,
            from,
            to,
            after.0,
            after.1,
            limits::PAGE
        )
    }
}
