//! Fixes of many records as one act, edits and fixes that wait for a second check, and which units ask for one.
//!
//! In: an [`Act`] that writes, a [`Tx`] that reads. Out: [`Fix`], its [`FixRow`]s, [`SecondCheck`]s.

use crate::act::Act;
use crate::error::Result;
use crate::store::{Tx, add_many, all, first, run};
use crate::{limits, sql};

/// A fix that waits for a second check.
pub const WAITS: &str = "waits";
/// A fix that was carried out.
pub const DONE: &str = "done";
/// A fix that was taken back.
pub const UNDONE: &str = "undone";
/// A fix the second check did not let pass.
pub const REFUSED: &str = "refused";

/// Nobody looks again.
pub const NONE: &str = "none";
/// Somebody whose area is above approves.
pub const ABOVE: &str = "above";
/// It is typed again by who does not see what was typed.
pub const KEYED: &str = "keyed";

/// A fix of many records, or an edit that waits.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Fix {
    /// Its id.
    pub id: String,
    /// When it was proposed or done.
    pub at: String,
    /// By whom.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Of which office.
    pub office: String,
    /// `fix`: one rule or one value for many; `edit`: fields of one record.
    pub kind: String,
    /// The rule, or the code of the field.
    pub what: String,
    /// Empty, [`ABOVE`] or [`KEYED`].
    pub second: String,
    /// [`WAITS`], [`DONE`], [`UNDONE`], [`REFUSED`].
    pub state: String,
    /// Edition of the unit.
    pub edition: String,
    /// The unit whose list it was made from; empty: the whole book.
    pub unit: String,
    /// Records it is about.
    pub rows: i64,
    /// The day on which age was judged.
    pub as_of: String,
    /// Why.
    pub why: String,
    /// The act that did it.
    pub done_seq: Option<i64>,
    /// The act that took it back.
    pub undone_seq: Option<i64>,
    /// When it was approved, refused or taken back.
    pub answered_at: Option<String>,
    /// By whom.
    pub answered_by: Option<String>,
    /// What was said.
    pub answer: Option<String>,
}

/// What a fix that waits would write into a field of a child.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FixRow {
    /// The child.
    pub child: String,
    /// Code of the field.
    pub field: String,
    /// The child's version when it was proposed.
    pub seen: i64,
    /// It was typed again, alike.
    pub keyed: bool,
    /// The value as typed.
    pub value: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for FixRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "FixRow({}, {}, keyed {})",
            self.field, self.seen, self.keyed
        )
    }
}

/// A fix that waits, the children of one unit: fix, when, who, second check, edition, unit, children.
pub type FixWaiting = (String, String, String, String, String, String, i64);

/// What an act made of a child: the child, the version it made, its source, the version of now.
pub type Made = (String, i64, String, i64);

/// What was said of second checks in a unit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SecondCheck {
    /// Edition.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// When.
    pub at: String,
    /// By whom.
    pub who: String,
    /// [`NONE`], [`ABOVE`], [`KEYED`].
    pub kind: String,
}

impl Act {
    /// Writes a fix down, done by this act or waiting with its rows.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_fix(&mut self, fix: &Fix, rows: &[FixRow]) -> Result<()> {
        let doing = self.doing.clone();
        let book = doing.register.as_str();
        run!(
            self.tx,
            sql::FIX_ADD,
            book,
            fix.id.as_str(),
            doing.at.as_str(),
            doing.who.as_str(),
            doing.role.as_str(),
            doing.office.as_str(),
            fix.kind.as_str(),
            fix.what.as_str(),
            fix.second.as_str(),
            fix.state.as_str(),
            fix.edition.as_str(),
            fix.unit.as_str(),
            fix.rows,
            fix.as_of.as_str(),
            fix.why.as_str(),
            fix.done_seq,
        )?;
        add_many!(self.tx, sql::FIX_ROWS_ADD, rows, row => [
            book, fix.id.as_str(), row.child.as_str(), row.field.as_str(), row.seen, row.keyed,
        ])?;
        add_many!(self.tx, sql::FIX_ROWS_SENSITIVE_ADD, rows, row => [
            book, fix.id.as_str(), row.child.as_str(), row.field.as_str(), row.value.as_str(),
        ])?;
        Ok(())
    }

    /// A fix goes from one state into another by this act, with what was said and how many records it came to; `false` where it is in
    /// another state.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_fix(
        &mut self,
        id: &str,
        (from, to): (&str, &str),
        rows: i64,
        answer: &str,
    ) -> Result<bool> {
        let doing = self.doing.clone();
        Ok(run!(
            self.tx,
            sql::FIX_SET,
            doing.register.as_str(),
            id,
            from,
            to,
            Some(self.seq).filter(|_| to == DONE),
            Some(self.seq).filter(|_| to == UNDONE),
            rows,
            doing.at.as_str(),
            doing.who.as_str(),
            answer,
        )? > 0)
    }

    /// A child of a fix that waits was typed again, alike.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_keyed(&mut self, fix: &str, child: &str) -> Result<()> {
        let book = self.doing.register.clone();
        run!(self.tx, sql::FIX_ROW_KEYED, book.as_str(), fix, child)?;
        Ok(())
    }

    /// Says which second check a unit asks for from now on.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_second_check(&mut self, unit: (&str, &str), kind: &str) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::SECOND_CHECK_ADD,
            doing.register.as_str(),
            unit.0,
            unit.1,
            doing.at.as_str(),
            doing.who.as_str(),
            kind
        )?;
        Ok(())
    }
}

impl Tx {
    /// A fix.
    ///
    /// # Errors
    /// The database's.
    pub async fn fix(&mut self, book: &str, id: &str) -> Result<Option<Fix>> {
        first!(self, Fix, sql::FIX, book, id)
    }

    /// The fix an act did, by its number in the chain.
    ///
    /// # Errors
    /// The database's.
    pub async fn fix_of_act(&mut self, book: &str, seq: i64) -> Result<Option<Fix>> {
        first!(self, Fix, sql::FIX_OF_ACT, book, seq)
    }

    /// A page of fixes, the newest first, before one (`~`: from the newest on); of a state, or all.
    ///
    /// # Errors
    /// The database's.
    pub async fn fixes(
        &mut self,
        book: &str,
        before: &str,
        state: Option<&str>,
    ) -> Result<Vec<Fix>> {
        let state = state.unwrap_or("*");
        all!(self, Fix, sql::FIXES, book, before, state, limits::PAGE)
    }

    /// What a fix would write, by child and field.
    ///
    /// # Errors
    /// The database's.
    pub async fn fix_rows(&mut self, book: &str, id: &str) -> Result<Vec<FixRow>> {
        all!(self, FixRow, sql::FIX_ROWS, book, id)
    }

    /// Fixes that wait and speak of a child.
    ///
    /// # Errors
    /// The database's.
    pub async fn fixes_of(&mut self, book: &str, child: &str) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(self, (String,), sql::FIXES_WAITING_OF, book, child)?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }

    /// Fixes that wait, by unit of their children.
    ///
    /// # Errors
    /// The database's.
    pub async fn fixes_waiting(&mut self, book: &str) -> Result<Vec<FixWaiting>> {
        all!(self, FixWaiting, sql::FIXES_WAITING, book)
    }

    /// What an act made of children.
    ///
    /// # Errors
    /// The database's.
    pub async fn made_by(&mut self, book: &str, seq: i64) -> Result<Vec<Made>> {
        all!(self, Made, sql::EVENTS_MADE, book, seq)
    }

    /// What units have said of second checks, the last said last.
    ///
    /// # Errors
    /// The database's.
    pub async fn second_checks(&mut self, book: &str) -> Result<Vec<SecondCheck>> {
        all!(self, SecondCheck, sql::SECOND_CHECKS, book)
    }
}
