//! The hand-over: lists that go to the police, their rows, every step that was taken, the rows as they were sealed, households' sheets.
//!
//! In: an [`Act`] that writes, a [`Tx`] that reads. Out: [`List`], [`Row`], [`StepRow`], [`Sheet`], [`Days`]. What a step may do is decided by
//! `treem_child::handover`; here it is only kept. A row is never deleted, and a child stands open on one list at most.

mod read;

use crate::act::Act;
use crate::error::Result;
use crate::sql;
use crate::store::{add_many, first, run};

/// On the list, in effect.
pub const OPEN: &str = "open";
/// Struck out in review.
pub const STRUCK: &str = "struck";
/// Answered, and the answer is in the register.
pub const DONE: &str = "done";
/// The list ended without an answer to it.
pub const LEFT: &str = "left";
/// Went on in a part of the list.
pub const MOVED: &str = "moved";

/// A list.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct List {
    /// Its number within the book.
    pub number: i64,
    /// Where it is (`treem_child::handover::state::Place`).
    pub place: String,
    /// Since when.
    pub since: String,
    /// What it is called; no child's name.
    pub title: String,
    /// What it was drawn from, as JSON.
    pub source: String,
    /// Edition of the unit.
    pub edition: String,
    /// The unit whose list it is.
    pub unit: String,
    /// The hamlet, where it is of one; else empty.
    pub hamlet: String,
    /// The list it is a part of.
    pub part_of: Option<i64>,
    /// Rows ever drawn.
    pub rows: i64,
    /// Rows in effect.
    pub open_rows: i64,
    /// How often it was closed.
    pub closing: i64,
    /// The seal, while one stands over it: 64 hexadecimal digits.
    pub seal: Option<String>,
    /// The day it was closed.
    pub closed_on: Option<String>,
    /// When it was drawn up.
    pub drawn_at: String,
    /// By whom.
    pub drawn_by: String,
    /// How many steps were taken.
    pub steps: i64,
}

/// A row of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    /// The list.
    pub list: i64,
    /// Its number within the list, from 1.
    pub row_number: i64,
    /// The child.
    pub child: String,
    /// The child's version when the row was drawn.
    pub version: i64,
    /// [`OPEN`], [`STRUCK`], [`DONE`], [`LEFT`], [`MOVED`].
    pub state: String,
    /// It has an answer of the police.
    pub answered: bool,
    /// Codes of rules, parted by `|`: why the child is on the list.
    pub why: String,
    /// Why it was struck.
    pub note: String,
    /// Code of the row of an earlier list that was left without an answer.
    pub earlier: String,
    /// `same` or `changed`; empty until it was reviewed at home.
    pub review: String,
    /// When it was.
    pub reviewed_at: Option<String>,
    /// By whom.
    pub reviewed_by: Option<String>,
}

/// A step that was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct StepRow {
    /// Its place among the list's steps, from 1.
    pub seq: i64,
    /// The act's number in the audit chain.
    pub audit_seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Of which office.
    pub office: String,
    /// Its word.
    pub step: String,
    /// The step as JSON.
    pub detail: String,
    /// How the rows stood after it, as JSON.
    pub tally: String,
}

/// Where a step leaves a list.
#[derive(Clone, Debug, Default)]
pub struct Stand<'s> {
    /// Where it is.
    pub place: &'s str,
    /// Since when.
    pub since: &'s str,
    /// Rows ever drawn.
    pub rows: i64,
    /// Rows in effect.
    pub open_rows: i64,
    /// How often it was closed.
    pub closing: i64,
    /// The seal, while one stands over it.
    pub seal: Option<&'s str>,
    /// The day it was closed.
    pub closed_on: Option<&'s str>,
}

/// A household's sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Sheet {
    /// Its number within the book.
    pub number: i64,
    /// Edition of the unit.
    pub edition: String,
    /// Where the household lives.
    pub unit: String,
    /// Hamlet.
    pub hamlet: String,
    /// When it was made.
    pub at: String,
    /// By whom.
    pub who: String,
}

/// How many days a list of a unit may stay in a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Days {
    /// Edition.
    pub edition: String,
    /// The unit: of all below it, too.
    pub unit: String,
    /// The place.
    pub place: String,
    /// When it was said.
    pub at: String,
    /// By whom.
    pub who: String,
    /// Days; 0: never late.
    pub days: i64,
}

/// How many rows of a state, with an answer or without.
pub type Stands = (String, bool, i64);

impl Act {
    /// Writes a list down that this act draws up, without its rows.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_handover(&mut self, list: &List) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::HANDOVER_ADD,
            doing.register.as_str(),
            list.number,
            list.place.as_str(),
            doing.at.as_str(),
            list.title.as_str(),
            list.source.as_str(),
            list.edition.as_str(),
            list.unit.as_str(),
            list.hamlet.as_str(),
            list.part_of,
            list.rows,
            doing.who.as_str(),
        )?;
        Ok(())
    }

    /// Adds rows to a list.
    ///
    /// # Errors
    /// The database's: also where a child stands open on another list.
    pub async fn add_handover_rows(&mut self, rows: &[Row]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::HANDOVER_ROWS_ADD, rows, row => [
            book.as_str(), row.list, row.row_number, row.child.as_str(), row.version, row.state.as_str(), row.answered, row.why.as_str(),
            row.note.as_str(), row.earlier.as_str(), row.review.as_str(),
        ])?;
        Ok(())
    }

    /// Writes down where a step leaves a list, and the step.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_handover_step(
        &mut self,
        list: i64,
        stand: &Stand<'_>,
        (seq, step, detail, tally): (i64, &str, &str, &str),
    ) -> Result<()> {
        let doing = self.doing.clone();
        let book = doing.register.as_str();
        run!(
            self.tx,
            sql::HANDOVER_STEP_ADD,
            book,
            list,
            seq,
            self.seq,
            doing.at.as_str(),
            doing.who.as_str(),
            doing.role.as_str(),
            doing.office.as_str(),
            step,
            detail,
            tally,
        )?;
        run!(
            self.tx,
            sql::HANDOVER_SET,
            book,
            list,
            stand.place,
            stand.since,
            stand.rows,
            stand.open_rows,
            stand.closing,
            stand.seal,
            stand.closed_on,
            seq,
        )?;
        Ok(())
    }

    /// All rows of a list that are in one state go into another; of those with an answer, without one, or all. Gives how many.
    ///
    /// # Errors
    /// The database's: also where a child would stand open on two lists.
    pub async fn handover_rows_to(
        &mut self,
        list: i64,
        (from, to): (&str, &str),
        answered: Option<bool>,
    ) -> Result<u64> {
        let book = self.doing.register.clone();
        let book = book.as_str();
        match answered {
            None => run!(self.tx, sql::HANDOVER_ROWS_TO, book, list, from, to),
            Some(answered) => run!(
                self.tx,
                sql::HANDOVER_ROWS_ANSWERED_TO,
                book,
                list,
                from,
                to,
                answered
            ),
        }
    }

    /// Strikes an open row out; `false` where it is not open.
    ///
    /// # Errors
    /// The database's.
    pub async fn strike_handover_row(&mut self, list: i64, row: i64, why: &str) -> Result<bool> {
        let book = self.doing.register.clone();
        Ok(run!(
            self.tx,
            sql::HANDOVER_ROW_STRIKE,
            book.as_str(),
            list,
            row,
            why
        )? > 0)
    }

    /// An open row has an answer from now on, or none any more; `false` where it is not open.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_handover_answered(
        &mut self,
        list: i64,
        row: i64,
        answered: bool,
    ) -> Result<bool> {
        let book = self.doing.register.clone();
        Ok(run!(
            self.tx,
            sql::HANDOVER_ROW_ANSWERED,
            book.as_str(),
            list,
            row,
            answered
        )? > 0)
    }

    /// An open row was reviewed at home, and was right (`same`) or not (`changed`); `false` where it is not open.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_handover_review(&mut self, list: i64, row: i64, review: &str) -> Result<bool> {
        let doing = self.doing.clone();
        Ok(run!(
            self.tx,
            sql::HANDOVER_ROW_REVIEWED,
            doing.register.as_str(),
            list,
            row,
            review,
            doing.at.as_str(),
            doing.who.as_str()
        )? > 0)
    }

    /// Keeps the rows of a list as they are sealed: number of the row, and the row as JSON.
    ///
    /// # Errors
    /// The database's.
    pub async fn freeze_handover(
        &mut self,
        list: i64,
        closing: i64,
        rows: &[(i64, String)],
    ) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::HANDOVER_FROZEN_ADD, rows, (row, frozen) => [
            book.as_str(), list, closing, *row, frozen.as_str(),
        ])?;
        Ok(())
    }

    /// The sheet of a household: the one it has, or a new one under the next number. `members`: a digest of its children's ids. Gives the number.
    ///
    /// # Errors
    /// The database's.
    pub async fn sheet_of(
        &mut self,
        members: &str,
        (edition, unit, hamlet): (&str, &str, &str),
        children: &[String],
    ) -> Result<i64> {
        let doing = self.doing.clone();
        let book = doing.register.as_str();
        let known: Option<Sheet> = first!(self.tx, Sheet, sql::SHEET_OF_MEMBERS, book, members)?;
        if let Some(sheet) = known {
            return Ok(sheet.number);
        }
        let last: Option<(Option<i64>,)> = first!(self.tx, (Option<i64>,), sql::SHEET_LAST, book)?;
        let number = last.and_then(|(last,)| last).unwrap_or(0).saturating_add(1);
        run!(
            self.tx,
            sql::SHEET_ADD,
            book,
            number,
            members,
            edition,
            unit,
            hamlet,
            doing.at.as_str(),
            doing.who.as_str()
        )?;
        let children: Vec<(i64, &String)> = (1..).zip(children).collect();
        add_many!(self.tx, sql::SHEET_CHILDREN_ADD, children, (nth, child) => [
            book, number, *nth, child.as_str(),
        ])?;
        Ok(number)
    }

    /// Says how many days a list of a unit may stay in a place.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_handover_days(
        &mut self,
        unit: (&str, &str),
        place: &str,
        days: i64,
    ) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::DAYS_ADD,
            doing.register.as_str(),
            unit.0,
            unit.1,
            place,
            doing.at.as_str(),
            doing.who.as_str(),
            days
        )?;
        Ok(())
    }
}
