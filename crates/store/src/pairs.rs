//! Pairs of records that may be one child, everything else that waits for a person, and how offices read the columns of their lists.
//!
//! In: what the linkage found; a [`Tx`] that reads. Out: [`Pair`]s and [`Waits`] as they stand now: a pair of which one record was merged,
//! closed or withdrawn, or that somebody has set apart, does not wait, and waits again where that is undone. What the linkage weighed is a
//! projection and is no part of the audit chain; what a person says of a pair is an act.

use crate::act::Act;
use crate::error::{Error, Result};
use crate::merges::Merge;
use crate::sql;
use crate::store::{Store, Tx, add_many, all, first, run};

/// The state of a pair that waits.
pub const OPEN: &str = "open";
/// The state of a pair that was put off.
pub const LATER: &str = "later";
/// The state of a pair that is not suspected any more.
pub const GONE: &str = "gone";

/// Two records that may be one child.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Pair {
    /// The record that was there first.
    pub child: String,
    /// The other.
    pub other: String,
    /// How often it was put into a state.
    pub version: i64,
    /// How probable it is.
    pub millionths: i64,
    /// What each comparison adds, as JSON, without values.
    pub why: String,
    /// The first record's version when it was weighed.
    pub child_version: i64,
    /// The other's.
    pub other_version: i64,
    /// Since when it is suspected.
    pub found_at: String,
    /// [`OPEN`], [`LATER`] or [`GONE`].
    pub state: String,
    /// The first record's version now.
    pub child_now: i64,
    /// The other's.
    pub other_now: i64,
    /// Edition of the first one's unit.
    pub child_edition: String,
    /// The first one's unit.
    pub child_unit: Option<String>,
    /// Edition of the other's unit.
    pub other_edition: String,
    /// The other's unit.
    pub other_unit: Option<String>,
}

impl Pair {
    /// Both records are as they were when it was weighed.
    pub fn is_fresh(&self) -> bool {
        (self.child_version, self.other_version) == (self.child_now, self.other_now)
    }
}

/// A row of an import that waits, without what it says.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Waits {
    /// The import.
    pub import: String,
    /// Its number there.
    pub nth: i64,
    /// How often it was turned; above 1 it was put off, or a decision taken back.
    pub version: i64,
    /// As of [`crate::queue::Waiting`].
    pub kind: String,
    /// As of [`crate::queue::Waiting`].
    pub note: String,
    /// Edition of the unit.
    pub edition: String,
    /// Unit.
    pub unit: Option<String>,
    /// When it was imported.
    pub at: String,
    /// How likely the likeliest candidate is.
    pub millionths: i64,
    /// Candidates that are in the book.
    pub known: i64,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The likeliest.
    #[default]
    Likeliest,
    /// What waits longest.
    Oldest,
}

/// Which rows a page is of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rows<'a> {
    /// Rows of known children that say other things; else those that may be somebody.
    pub changes: bool,
    /// Those that were put off; else those that were not.
    pub later: bool,
    /// Edition and code of their unit; none: all.
    pub unit: Option<(&'a str, &'a str)>,
    /// In which order.
    pub order: Order,
    /// The row after which the page begins: how likely, import, number.
    pub after: Option<(i64, &'a str, i64)>,
}

/// How many rows wait: kind, 1 where they were put off, edition and unit, how many.
pub type RowsTally = (String, i64, String, String, i64);

/// How many pairs wait: state, edition and unit of the first, of the other, how many.
pub type PairsTally = (String, String, String, String, String, i64);

/// Something that was decided of a row, and still holds.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Late {
    /// The import.
    pub import: String,
    /// The row.
    pub nth: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// `same`, `new`, `taken`, `kept`.
    pub decision: String,
    /// The child.
    pub child: Option<String>,
    /// Why it waited: as of [`crate::queue::Waiting`].
    pub kind: String,
    /// Edition of the unit.
    pub edition: String,
    /// Unit.
    pub unit: Option<String>,
    /// What the row says, as JSON.
    pub record: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Late {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Late({} {} {})", self.nth, self.decision, self.at)
    }
}

/// Two records that were set apart: the smaller id, the other, when, who, why.
pub type Set = (String, String, String, String, String);

impl Act {
    /// Writes down pairs as the linkage weighed them at the time of the act.
    ///
    /// # Errors
    /// The database's; where a child is not in the book, too.
    pub async fn add_pairs(&mut self, pairs: &[Pair]) -> Result<()> {
        let (book, at) = (self.doing.register.clone(), self.doing.at.clone());
        let (book, at) = (book.as_str(), at.as_str());
        add_many!(self.tx, sql::PAIRS_ADD, pairs, pair => [
            book, pair.child.as_str(), pair.other.as_str(), 1_i64, pair.millionths, pair.why.as_str(), pair.child_version, pair.other_version,
            at, at, OPEN,
        ])?;
        Ok(())
    }

    /// Pairs that were last weighed before this act are not suspected any more; gives how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_pairs(&mut self) -> Result<u64> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::PAIRS_GONE,
            doing.register.as_str(),
            doing.at.as_str()
        )
    }

    /// Puts a pair into a state.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody did so in between; the database's.
    pub async fn set_pair(&mut self, pair: &Pair, state: &str) -> Result<()> {
        let book = self.doing.register.clone();
        let done = run!(
            self.tx,
            sql::PAIR_SET,
            book.as_str(),
            pair.child.as_str(),
            pair.other.as_str(),
            pair.version,
            state
        )?;
        if done == 0 {
            return Err(Error::Conflict {
                seen: pair.version,
                now: pair.version.saturating_add(1),
            });
        }
        Ok(())
    }
}

impl Store {
    /// A pair was weighed again; `child_now`, `other_now` are the versions it was weighed at.
    ///
    /// # Errors
    /// The database's.
    pub async fn weigh_pair(&self, book: &str, pair: &Pair, at: &str) -> Result<()> {
        let mut tx = self.write().await?;
        run!(
            tx,
            sql::PAIR_WEIGHED,
            book,
            pair.child.as_str(),
            pair.other.as_str(),
            pair.millionths,
            pair.why.as_str(),
            pair.child_now,
            pair.other_now,
            at,
            pair.state.as_str(),
        )?;
        tx.commit().await
    }

    /// Remembers what an office says of the columns of a shape of table, as JSON.
    ///
    /// # Errors
    /// The database's.
    pub async fn keep_columns(
        &self,
        book: &str,
        office: &str,
        (shape, columns): (&str, &str),
        (at, who): (&str, &str),
    ) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx, sql::COLUMNS_SET, book, office, shape, columns, at, who)?;
        tx.commit().await
    }
}

impl Tx {
    /// A page of the pairs that wait in a state ([`OPEN`], [`LATER`]), after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn pairs_page(
        &mut self,
        book: &str,
        (state, order): (&str, Order),
        after: Option<&Pair>,
        most: i64,
    ) -> Result<Vec<Pair>> {
        let (child, other) = after.map_or(("", ""), |pair| (&pair.child, &pair.other));
        match order {
            Order::Likeliest => {
                let weight = after.map_or(i64::MAX, |pair| pair.millionths);
                let text = sql::PAIRS_LIKELIEST;
                all!(self, Pair, text, book, state, weight, child, other, most)
            }
            Order::Oldest => {
                let found = after.map_or("", |pair| pair.found_at.as_str());
                let text = sql::PAIRS_OLDEST;
                all!(self, Pair, text, book, state, found, child, other, most)
            }
        }
    }

    /// All pairs that wait, in either state, of whom the first record is of a unit (edition and code), at most so many.
    ///
    /// # Errors
    /// The database's.
    pub async fn pairs_of_unit(
        &mut self,
        book: &str,
        (edition, unit): (&str, &str),
        most: i64,
    ) -> Result<Vec<Pair>> {
        all!(self, Pair, sql::PAIRS_OF_UNIT, book, edition, unit, most)
    }

    /// How many pairs wait, by state and by where both records live.
    ///
    /// # Errors
    /// The database's.
    pub async fn pairs_tally(&mut self, book: &str) -> Result<Vec<PairsTally>> {
        all!(self, PairsTally, sql::PAIRS_TALLY, book)
    }

    /// A pair, the smaller id first, whatever became of it.
    ///
    /// # Errors
    /// The database's.
    pub async fn pair(&mut self, book: &str, child: &str, other: &str) -> Result<Option<Pair>> {
        first!(self, Pair, sql::PAIR, book, child, other)
    }

    /// Whom a record was found to be like, and since when.
    ///
    /// # Errors
    /// The database's.
    pub async fn pairs_of(&mut self, book: &str, child: &str) -> Result<Vec<(String, String)>> {
        all!(self, (String, String), sql::PAIRS_OF, book, child)
    }

    /// A page of the rows of imports that wait for a person, but for those that follow another one.
    ///
    /// # Errors
    /// The database's.
    pub async fn waits_page(
        &mut self,
        book: &str,
        rows: Rows<'_>,
        most: i64,
    ) -> Result<Vec<Waits>> {
        let (changes, later) = (i64::from(rows.changes), i64::from(rows.later));
        let (weight, import, nth) = rows.after.unwrap_or((i64::MAX, "", 0));
        match (rows.order, rows.unit) {
            (Order::Likeliest, None) => {
                let text = sql::WAITS_LIKELIEST;
                all!(
                    self, Waits, text, book, changes, later, weight, import, nth, most
                )
            }
            (Order::Likeliest, Some((edition, unit))) => {
                let text = sql::WAITS_LIKELIEST_OF_UNIT;
                all!(
                    self, Waits, text, book, changes, later, edition, unit, weight, import, nth,
                    most
                )
            }
            (Order::Oldest, None) => {
                let text = sql::WAITS_OLDEST;
                all!(self, Waits, text, book, changes, later, import, nth, most)
            }
            (Order::Oldest, Some((edition, unit))) => {
                let text = sql::WAITS_OLDEST_OF_UNIT;
                all!(
                    self, Waits, text, book, changes, later, edition, unit, import, nth, most
                )
            }
        }
    }

    /// How many rows wait, but for those that follow another one: by kind, by whether they were put off, by unit.
    ///
    /// # Errors
    /// The database's.
    pub async fn waits_tally(&mut self, book: &str) -> Result<Vec<RowsTally>> {
        all!(self, RowsTally, sql::WAITS_TALLY, book)
    }

    /// The last merges, those that were undone, too.
    ///
    /// # Errors
    /// The database's.
    pub async fn last_merges(&mut self, book: &str, most: u32) -> Result<Vec<Merge>> {
        all!(self, Merge, sql::MERGES_LATE, book, i64::from(most))
    }

    /// What was decided of rows last and still holds.
    ///
    /// # Errors
    /// The database's.
    pub async fn last_decisions(&mut self, book: &str, most: u32) -> Result<Vec<Late>> {
        all!(self, Late, sql::DECISIONS_LATE, book, i64::from(most))
    }

    /// Records that were set apart last, and still are.
    ///
    /// # Errors
    /// The database's.
    pub async fn last_apart(&mut self, book: &str, most: u32) -> Result<Vec<Set>> {
        all!(self, Set, sql::APART_LATE, book, i64::from(most))
    }

    /// What an office has said of columns: shape and columns, the latest last.
    ///
    /// # Errors
    /// The database's.
    pub async fn columns_of(&mut self, book: &str, office: &str) -> Result<Vec<(String, String)>> {
        all!(self, (String, String), sql::COLUMNS_OF, book, office)
    }
}
