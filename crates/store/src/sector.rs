//! Lists of other sectors, kept apart from the book: where each comes from and what for, its rows, who they were found to be, and how many
//! children the overlaps speak of.
//!
//! In: an [`Act`], rows. Out: [`Source`]s, [`Row`]s, [`FoundChild`]ren, [`Figure`]s. A source is never changed; it is erased ([`Act::drop_source`]), and
//! then its counts and its links of the audit chain are all that is left. What a comparison found is rewritten by the next one; what persons said
//! ([`Said`]) stays.

mod read;

use crate::act::Act;
use crate::error::{Error, Result};
use crate::store::{add_many, run};
use crate::{limits, sql};

/// A found child nobody has looked at yet.
pub const OPEN: &str = "open";
/// A found child that was entered into the book.
pub const FETCHED: &str = "fetched";
/// A found child that is not missing.
pub const REFUSED: &str = "refused";

/// A source.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Source {
    /// Its number in the book, from 1.
    pub source: i64,
    /// Number of its act in the audit chain.
    pub audit_seq: i64,
    /// When it was loaded.
    pub at: String,
    /// Who loaded it.
    pub who: String,
    /// `a0`, `school`, `vaccination`, `insurance`, `civil`.
    pub kind: String,
    /// What it was loaded for.
    pub purpose: String,
    /// By which law or decision.
    pub basis: String,
    /// The day it speaks of.
    pub day: String,
    /// Edition of its units.
    pub edition: String,
    /// The area it is of, where it is one.
    pub unit: Option<String>,
    /// Its files as JSON; empty once it is erased.
    pub files: String,
    /// Its rows.
    pub rows: i64,
    /// What became of its rows, as JSON; kept when they were erased.
    pub counts: String,
    /// When its rows were erased.
    pub dropped_at: Option<String>,
    /// Who erased them.
    pub dropped_by: Option<String>,
    /// Number of that act.
    pub dropped_seq: Option<i64>,
}

/// A row of a source.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    /// The source.
    pub source: i64,
    /// Its number in it, from 1.
    pub nth: i64,
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row as a person sees it.
    pub row_number: i64,
    /// The name, lower case without marks.
    pub name_key: String,
    /// Birth date as in the book.
    pub birth: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Sound identity number.
    pub number: Option<String>,
    /// The fields as JSON, without the sensitive ones.
    pub record: String,
    /// The sensitive fields as JSON.
    pub sensitive: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({}-{})", self.source, self.nth)
    }
}

/// Who a row is. Exactly one of `child` and `found` is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// The row: source and number.
    pub row: (i64, i64),
    /// The child of the book.
    pub child: Option<String>,
    /// The found child, by its first row.
    pub found: Option<(i64, i64)>,
    /// How likely, in millionths.
    pub millionths: i64,
}

/// A child found elsewhere and not in the book.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct FoundChild {
    /// Source of its first row.
    pub source: i64,
    /// Number of its first row.
    pub nth: i64,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// The name, lower case without marks.
    pub name_key: String,
    /// Birth date as in the book.
    pub birth: String,
    /// A bit for each kind of list that names it.
    pub lists: i64,
    /// Whom of the book it may be all the same.
    pub child: Option<String>,
    /// How likely that is, in millionths.
    pub millionths: i64,
    /// Whether it is surely not in the book.
    pub sure: bool,
    /// [`OPEN`], [`FETCHED`] or [`REFUSED`].
    pub state: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for FoundChild {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FoundChild({}-{} {})", self.source, self.nth, self.state)
    }
}

/// A row of a found child.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct RowOfFound {
    /// Source of the child's first row.
    pub found_source: i64,
    /// Number of the child's first row.
    pub found_nth: i64,
    /// Source of this row.
    pub source: i64,
    /// Number of this row.
    pub nth: i64,
    /// How likely the row is that child's, in millionths.
    pub millionths: i64,
    /// The fields as JSON.
    pub record: String,
    /// The sensitive fields as JSON.
    pub sensitive: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for RowOfFound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RowOfFound({}-{})", self.source, self.nth)
    }
}

/// What a person said of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Said {
    /// The source.
    pub source: i64,
    /// The row.
    pub nth: i64,
    /// [`FETCHED`] or [`REFUSED`].
    pub state: String,
    /// Why, as a word; empty where it was fetched.
    pub why: String,
    /// What else was said.
    pub note: String,
    /// The child that was entered, or that it is.
    pub child: Option<String>,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
}

/// A comparison of all lists with the book.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Compared {
    /// Number of its act.
    pub audit_seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// The day on which children were children.
    pub day: String,
    /// Numbers of the sources, as JSON.
    pub sources: String,
}

/// How many children there are in a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Figure {
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// The age band; empty: all ages.
    pub band: String,
    /// Bits of the kinds it rests on.
    pub lists: i64,
    /// Children in one list of other sectors or more.
    pub seen: i64,
    /// Of those, not in the book.
    pub found: i64,
    /// Children of the book.
    pub entered: i64,
    /// From …; nothing where nothing can be said.
    pub low: Option<i64>,
    /// Likely.
    pub total: Option<i64>,
    /// … to.
    pub high: Option<i64>,
    /// On what it rests, or why nothing can be said.
    pub ground: String,
}

/// Found children by unit: edition, unit (empty: unknown), state, sure, how many.
pub type FoundCount = (String, String, String, bool, i64);

impl Act {
    /// Writes down a source, loaded now by this act.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_source(&mut self, source: &Source) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::SECTOR_SOURCE_ADD,
            doing.register.as_str(),
            source.source,
            self.seq,
            doing.at.as_str(),
            doing.who.as_str(),
            source.kind.as_str(),
            source.purpose.as_str(),
            source.basis.as_str(),
            source.day.as_str(),
            source.edition.as_str(),
            source.unit.as_deref(),
            source.files.as_str(),
            source.rows,
        )?;
        Ok(())
    }

    /// Writes down rows of a source.
    ///
    /// # Errors
    /// [`Error::TooLong`], the database's.
    pub async fn add_source_rows(&mut self, rows: &[Row]) -> Result<()> {
        let long = |row: &Row| row.record.len() + row.sensitive.len();
        if let Some(row) = rows.iter().find(|row| long(row) > limits::RECORD_BYTES) {
            return Err(Error::TooLong(long(row)));
        }
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::SECTOR_ROWS_ADD, rows, row => [
            book.as_str(), row.source, row.nth, row.file.as_str(), row.sheet.as_str(), row.row_number, row.name_key.as_str(),
            row.birth.as_str(), row.edition.as_str(), row.unit.as_deref(), row.number.as_deref(), row.record.as_str(),
        ])?;
        add_many!(self.tx, sql::SECTOR_ROWS_SENSITIVE_ADD, rows, row => [
            book.as_str(), row.source, row.nth, row.sensitive.as_str(),
        ])?;
        Ok(())
    }

    /// Erases the rows of a source, and what comparisons found of all sources: the next one finds the rest again. `counts`: what is kept, as JSON.
    /// Gives whether there was something to erase.
    ///
    /// # Errors
    /// The database's.
    pub async fn drop_source(&mut self, source: i64, counts: &str) -> Result<bool> {
        let doing = self.doing.clone();
        let book = doing.register.as_str();
        let done = run!(
            self.tx,
            sql::SECTOR_SOURCE_DROP,
            book,
            source,
            counts,
            doing.at.as_str(),
            doing.who.as_str(),
            self.seq,
        )?;
        if done == 0 {
            return Ok(false);
        }
        self.forget_compared().await?;
        run!(self.tx, sql::SECTOR_STATES_DROP, book, source)?;
        run!(self.tx, sql::SECTOR_ROWS_SENSITIVE_DROP, book, source)?;
        run!(self.tx, sql::SECTOR_ROWS_DROP, book, source)?;
        Ok(true)
    }

    /// Forgets what the last comparison found, and what it made of it.
    async fn forget_compared(&mut self) -> Result<()> {
        let book = self.doing.register.clone();
        run!(self.tx, sql::SECTOR_MATCHES_CLEAR, book.as_str())?;
        run!(self.tx, sql::SECTOR_FOUND_CLEAR, book.as_str())?;
        run!(self.tx, sql::SECTOR_ESTIMATES_CLEAR, book.as_str())?;
        Ok(())
    }

    /// Begins writing down a comparison, in the place of the last one.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin_compared(&mut self, day: &str, sources: &str) -> Result<()> {
        self.forget_compared().await?;
        let doing = self.doing.clone();
        let book = doing.register.as_str();
        run!(
            self.tx,
            sql::SECTOR_LINK_ADD,
            book,
            self.seq,
            doing.at.as_str(),
            doing.who.as_str(),
            day,
            sources,
        )?;
        Ok(())
    }

    /// Writes down who rows are.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_matches(&mut self, matches: &[Match]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::SECTOR_MATCHES_ADD, matches, one => [
            book.as_str(), one.row.0, one.row.1, one.child.as_deref(), one.found.map(|found| found.0), one.found.map(|found| found.1), one.millionths,
        ])?;
        Ok(())
    }

    /// Writes down found children.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_found(&mut self, found: &[FoundChild]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::SECTOR_FOUND_ADD, found, one => [
            book.as_str(), one.source, one.nth, one.edition.as_str(), one.unit.as_deref(), one.name_key.as_str(), one.birth.as_str(), one.lists,
            one.child.as_deref(), one.millionths, one.sure, one.state.as_str(),
        ])?;
        Ok(())
    }

    /// Writes down estimates.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_figures(&mut self, figures: &[Figure]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::SECTOR_ESTIMATES_ADD, figures, one => [
            book.as_str(), one.edition.as_str(), one.unit.as_str(), one.band.as_str(), one.lists, one.seen, one.found, one.entered,
            one.low, one.total, one.high, one.ground.as_str(),
        ])?;
        Ok(())
    }

    /// Writes down what a person said of a found child, on each of its rows. Gives whether it was in the state this began from.
    ///
    /// # Errors
    /// The database's.
    pub async fn say_found(
        &mut self,
        (source, nth): (i64, i64),
        rows: &[(i64, i64)],
        (said, was): (&Said, &str),
    ) -> Result<bool> {
        let doing = self.doing.clone();
        let book = doing.register.as_str();
        let state = said.state.as_str();
        if run!(
            self.tx,
            sql::SECTOR_FOUND_SET,
            book,
            source,
            nth,
            state,
            was
        )? == 0
        {
            return Ok(false);
        }
        for (source, nth) in rows {
            run!(
                self.tx,
                sql::SECTOR_STATE_SET,
                book,
                *source,
                *nth,
                state,
                said.why.as_str(),
                said.note.as_str(),
                said.child.as_deref(),
                doing.at.as_str(),
                doing.who.as_str(),
                self.seq,
            )?;
        }
        Ok(true)
    }
}
