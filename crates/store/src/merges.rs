//! Merges of two records, and the numbers that more than one child has.
//!
//! In: an [`Act`]. Out: [`Merge`]s, [`Dispute`]s. The records themselves are changed by
//! [`change_child`](Act::change_child); here is what ties them together.

use crate::act::Act;
use crate::error::Result;
use crate::sql;
use crate::store::{Tx, all, first, run};

/// Two records that became one.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Merge {
    /// Its id.
    pub id: String,
    /// The record that stays.
    pub survivor: String,
    /// The record that points to it.
    pub loser: String,
    /// The survivor's version before.
    pub survivor_version: i64,
    /// The loser's version before.
    pub loser_version: i64,
    /// The survivor's version after.
    pub merged_version: i64,
    /// Names of the fields taken from the loser, as a JSON list.
    pub taken: String,
    /// The survivor's findings before, as a JSON list.
    pub findings: String,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// Why.
    pub why: String,
    /// When it was undone.
    pub undone_at: Option<String>,
}

/// A child whose number another one has, too.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Dispute {
    /// The number.
    pub number: String,
    /// The child.
    pub child: String,
    /// Edition of its unit.
    pub edition: String,
    /// Code of its unit.
    pub unit: Option<String>,
    /// Its state.
    pub state: String,
    /// Since when it has the number.
    pub since: String,
    /// From where.
    pub source: String,
    /// The book of the child who had it first.
    pub claimed_in: String,
    /// The child who had it first.
    pub claimed_by: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Dispute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dispute({})", self.child)
    }
}

impl Act {
    /// Writes a merge down, at the time of the act and by who does it.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_merge(&mut self, merge: &Merge) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::MERGE_ADD,
            doing.register.as_str(),
            merge.id.as_str(),
            merge.survivor.as_str(),
            merge.loser.as_str(),
            merge.survivor_version,
            merge.loser_version,
            merge.merged_version,
            merge.taken.as_str(),
            merge.findings.as_str(),
            doing.at.as_str(),
            doing.who.as_str(),
            doing.why.as_str(),
        )?;
        Ok(())
    }

    /// A merge is undone; `false` where it had been.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_merge(&mut self, id: &str) -> Result<bool> {
        let doing = self.doing.clone();
        Ok(run!(
            self.tx,
            sql::MERGE_END,
            doing.register.as_str(),
            id,
            doing.at.as_str(),
            doing.who.as_str()
        )? > 0)
    }
}

impl Tx {
    /// A merge by its id.
    ///
    /// # Errors
    /// The database's.
    pub async fn merge(&mut self, book: &str, id: &str) -> Result<Option<Merge>> {
        first!(self, Merge, sql::MERGE, book, id)
    }

    /// Merges a record took part in, the oldest first, those that were undone, too.
    ///
    /// # Errors
    /// The database's.
    pub async fn merges_of(&mut self, book: &str, child: &str) -> Result<Vec<Merge>> {
        all!(self, Merge, sql::MERGES_OF, book, child)
    }

    /// Children of a book whose number another one has, too, by number.
    ///
    /// # Errors
    /// The database's.
    pub async fn disputes(&mut self, book: &str) -> Result<Vec<Dispute>> {
        all!(self, Dispute, sql::DISPUTES, book)
    }
}
