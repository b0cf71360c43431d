//! The queue: rows of imports that wait for a person, whom they may be, and what was decided of them.
//!
//! In: an [`Act`] that writes, a [`Tx`] that reads. Out: [`Waiting`], [`Candidate`], [`Decided`]. A row is decided from a version, as a
//! child is changed from one; what was decided is kept, also when it is taken back.

use crate::act::Act;
use crate::error::{Error, Result};
use crate::store::{Tx, add_many, all, first, run};
use crate::{limits, sql};

/// The kind of a row that may be a child of the book.
pub const PERHAPS: &str = "perhaps";
/// The kind of a row of a child of the book that says other things of it.
pub const CHANGES: &str = "changes";
/// The kind of a child whose import is done again while somebody like it is in the book.
pub const AGAIN: &str = "again";
/// The state of a row that waits.
pub const OPEN: &str = "open";
/// The state of a row that is a child of the book.
pub const SAME: &str = "same";
/// The state of a row that became a child of its own.
pub const NEW: &str = "new";
/// The state of a row whose fields were taken, all or some.
pub const TAKEN: &str = "taken";
/// The state of a row whose fields were not taken.
pub const KEPT: &str = "kept";
/// The state of a row whose import is undone.
pub const GONE: &str = "gone";

/// A row that waits, or was decided.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    /// The import.
    pub import: String,
    /// Its number there.
    pub nth: i64,
    /// How often it was turned.
    pub version: i64,
    /// [`PERHAPS`], [`CHANGES`] or [`AGAIN`].
    pub kind: String,
    /// [`OPEN`], [`SAME`], [`NEW`], [`TAKEN`], [`KEPT`] or [`GONE`].
    pub state: String,
    /// What the row says of who it is, as a hash.
    pub print: String,
    /// The child whose fields differ; who it was decided to be.
    pub child: Option<String>,
    /// Fields that differ, separated by commas.
    pub fields: String,
    /// Why a person has to decide, one word; empty where the probability says it.
    pub note: String,
    /// Edition of the unit.
    pub edition: String,
    /// Unit.
    pub unit: Option<String>,
    /// Sound number.
    pub number: Option<String>,
    /// The fields as JSON, without the sensitive ones.
    pub record: String,
    /// Findings of the row as JSON.
    pub findings: String,
    /// The sensitive fields as JSON.
    pub sensitive: String,
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row as a person sees it.
    pub row_number: i64,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Waiting({} {} {} {})",
            self.nth, self.version, self.kind, self.state
        )
    }
}

/// Whom a row may be.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Candidate {
    /// Number of the row.
    pub nth: i64,
    /// 1 for the likeliest.
    pub place: i64,
    /// A child of the book, or
    pub child: Option<String>,
    /// another row of the same import.
    pub other: Option<i64>,
    /// The probability.
    pub millionths: i64,
    /// What each comparison adds, as JSON, without values.
    pub why: String,
}

/// A decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Decided {
    /// The row's version after it.
    pub version: i64,
    /// `same`, `new`, `taken`, `kept`, `open` (taken back).
    pub decision: String,
    /// The child.
    pub child: Option<String>,
    /// The child's version after it, where it changed.
    pub child_version: Option<i64>,
    /// Fields taken.
    pub fields: String,
    /// The child's findings before, as JSON.
    pub before: String,
}

/// A decision and who made it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Entered {
    /// The row's version after it.
    pub version: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// `same`, `new`, `taken`, `kept`, `open` (taken back).
    pub decision: String,
    /// The child.
    pub child: Option<String>,
    /// Fields taken.
    pub fields: String,
}

impl Act {
    /// Writes down rows that wait. Their rows of the import ([`Act::add_import_rows`]) are written apart.
    ///
    /// # Errors
    /// [`Error::TooLong`], the database's.
    pub async fn add_waiting(&mut self, rows: &[Waiting]) -> Result<()> {
        let long = |row: &Waiting| row.record.len() + row.sensitive.len() + row.findings.len();
        if let Some(row) = rows.iter().find(|row| long(row) > limits::RECORD_BYTES) {
            return Err(Error::TooLong(long(row)));
        }
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::WAITING_ADD, rows, row => [
            book.as_str(), row.import.as_str(), row.nth, row.version, row.kind.as_str(), row.state.as_str(), row.print.as_str(),
            row.child.as_deref(), row.fields.as_str(), row.note.as_str(), row.edition.as_str(), row.unit.as_deref(),
            row.number.as_deref(), row.record.as_str(), row.findings.as_str(), 0_i64,
        ])?;
        add_many!(self.tx, sql::WAITING_SENSITIVE_ADD, rows, row => [
            book.as_str(), row.import.as_str(), row.nth, row.sensitive.as_str(),
        ])?;
        Ok(())
    }

    /// Writes down whom rows of an import may be.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_candidates(&mut self, import: &str, candidates: &[Candidate]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::CANDIDATES_ADD, candidates, one => [
            book.as_str(), import, one.nth, one.place, one.child.as_deref(), one.other, one.millionths, one.why.as_str(),
        ])?;
        let nths = || candidates.iter().map(|one| one.nth);
        if let (Some(first), Some(last)) = (nths().min(), nths().max()) {
            run!(
                self.tx,
                sql::WAITING_WEIGH,
                book.as_str(),
                import,
                first,
                last
            )?;
        }
        Ok(())
    }

    /// A row that was decided before waits again: whom it may be is told anew.
    ///
    /// # Errors
    /// The database's.
    pub async fn ask_again(&mut self, import: &str, nth: i64, child: Option<&str>) -> Result<bool> {
        let book = self.doing.register.as_str();
        if run!(self.tx, sql::WAITING_AGAIN, book, import, nth, child)? == 0 {
            return Ok(false);
        }
        run!(self.tx, sql::CANDIDATES_DROP, book, import, nth)?;
        Ok(true)
    }

    /// Decides rows: each goes from its version into the state its decision names, and the decision is kept.
    ///
    /// `decided`: the row, and what is decided; `version` is filled in. The row's differing fields become those that are left.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody decided a row in between; the database's.
    pub async fn decide(&mut self, decided: &[(Waiting, Decided)]) -> Result<()> {
        let book = self.doing.register.clone();
        for (row, decision) in decided {
            let done = run!(
                self.tx,
                sql::WAITING_SET,
                book.as_str(),
                row.import.as_str(),
                row.nth,
                row.version,
                decision.decision.as_str(),
                decision.child.as_deref(),
                row.fields.as_str(),
            )?;
            if done == 0 {
                return Err(Error::Conflict {
                    seen: row.version,
                    now: row.version.saturating_add(1),
                });
            }
        }
        let (seq, at, who) = (self.seq, self.doing.at.clone(), self.doing.who.clone());
        add_many!(self.tx, sql::DECISIONS_ADD, decided, (row, one) => [
            book.as_str(), row.import.as_str(), row.nth, row.version.saturating_add(1), seq, at.as_str(), who.as_str(),
            one.decision.as_str(), one.child.as_deref(), one.child_version, one.fields.as_str(), one.before.as_str(),
        ])?;
        Ok(())
    }

    /// All rows of an import that are in one state go into another; gives how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn turn_waiting(&mut self, import: &str, from: &str, to: &str) -> Result<u64> {
        let book = self.doing.register.as_str();
        run!(self.tx, sql::WAITING_TURN, book, import, from, to)
    }
}

impl Tx {
    /// Rows of an import in a state, a page of them after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn waiting(
        &mut self,
        book: &str,
        import: &str,
        state: &str,
        after: i64,
    ) -> Result<Vec<Waiting>> {
        all!(
            self,
            Waiting,
            sql::WAITING_PAGE,
            book,
            import,
            state,
            after,
            limits::PAGE
        )
    }

    /// One row.
    ///
    /// # Errors
    /// The database's.
    pub async fn waiting_row(
        &mut self,
        book: &str,
        import: &str,
        nth: i64,
    ) -> Result<Option<Waiting>> {
        first!(self, Waiting, sql::WAITING, book, import, nth)
    }

    /// How many rows are in which state: import, kind, state, rows.
    ///
    /// # Errors
    /// The database's.
    pub async fn waiting_counts(
        &mut self,
        book: &str,
    ) -> Result<Vec<(String, String, String, i64)>> {
        all!(
            self,
            (String, String, String, i64),
            sql::WAITING_COUNT,
            book
        )
    }

    /// Whom rows from one number to another may be.
    ///
    /// # Errors
    /// The database's.
    pub async fn candidates(
        &mut self,
        book: &str,
        import: &str,
        (first, last): (i64, i64),
    ) -> Result<Vec<Candidate>> {
        all!(self, Candidate, sql::CANDIDATES, book, import, first, last)
    }

    /// Where a child of an import stood first.
    ///
    /// # Errors
    /// The database's.
    pub async fn row_of_child(
        &mut self,
        book: &str,
        import: &str,
        child: &str,
    ) -> Result<Option<i64>> {
        let found: Option<(Option<i64>,)> =
            first!(self, (Option<i64>,), sql::ROW_OF_CHILD, book, import, child)?;
        Ok(found.and_then(|(nth,)| nth))
    }

    /// The row that a child of an import was decided from.
    ///
    /// # Errors
    /// The database's.
    pub async fn waiting_of_child(
        &mut self,
        book: &str,
        import: &str,
        child: &str,
    ) -> Result<Option<i64>> {
        let found: Option<(Option<i64>,)> =
            first!(self, (Option<i64>,), sql::ROW_DECIDED, book, import, child)?;
        Ok(found.and_then(|(nth,)| nth))
    }

    /// What persons have decided of rows: by print, who it is ...
    ///
    /// # Errors
    /// The database's.
    pub async fn decided_same(&mut self, book: &str) -> Result<Vec<(String, String)>> {
        all!(self, (String, String), sql::DECIDED_SAME, book)
    }

    /// ... and of rows that became somebody new: by print, who it is, and who it is not.
    ///
    /// # Errors
    /// The database's.
    pub async fn decided_new(
        &mut self,
        book: &str,
    ) -> Result<Vec<(String, Option<String>, Option<String>)>> {
        all!(
            self,
            (String, Option<String>, Option<String>),
            sql::DECIDED_NEW,
            book
        )
    }

    /// The last decision of a row.
    ///
    /// # Errors
    /// The database's.
    pub async fn last_decision(
        &mut self,
        book: &str,
        import: &str,
        nth: i64,
    ) -> Result<Option<Decided>> {
        first!(self, Decided, sql::DECISION_LAST, book, import, nth)
    }

    /// Everything that was decided of a row.
    ///
    /// # Errors
    /// The database's.
    pub async fn decisions(&mut self, book: &str, import: &str, nth: i64) -> Result<Vec<Entered>> {
        all!(self, Entered, sql::DECISIONS, book, import, nth)
    }
}
