//! What the police answer: every answer as it was typed, what it came to, how numbers stand by their word, tasks that come of it, settings.
//!
//! In: an [`Act`] that writes, a [`Tx`] that reads. Out: [`AnswerRow`], [`EffectRow`], [`Standing`], [`Task`]. What an answer means and changes is decided
//! by `treem_child::handover`; here it is only kept. An answer is never deleted.

use crate::act::Act;
use crate::child::ACTIVE;
use crate::error::Result;
use crate::store::{Tx, add_many, all, first, run};
use crate::{limits, sql};

/// Typed once, and that is enough.
pub const SINGLE: &str = "single";
/// Typed, and to be typed again by who does not see it.
pub const FIRST: &str = "first";
/// Typed again.
pub const SECOND: &str = "second";
/// Chosen by a person between two that were typed.
pub const SETTLED: &str = "settled";
/// Taken away: it was no answer.
pub const CLEARED: &str = "cleared";

/// A birth to be registered.
pub const CIVIL: &str = "civil";
/// A number the police are to cancel or to establish anew.
pub const REQUEST: &str = "request";

/// Rows of a list that wait for a person: list, edition and unit, why, how many, since when. Why: [`FIRST`] (to be typed again), [`SECOND`] (typed
/// twice, not alike), `confirm` (applied, but what it changes wants a person's word).
pub type Waits = (i64, String, String, String, i64, String);

/// An answer as it was typed or read back.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct AnswerRow {
    /// The row.
    pub row_number: i64,
    /// Its place among the row's answers, from 1.
    pub seq: i64,
    /// When; written by the act.
    pub at: String,
    /// By whom; written by the act.
    pub who: String,
    /// `portal`, `paper` or `workbook`.
    pub way: String,
    /// [`SINGLE`], [`FIRST`], [`SECOND`], [`SETTLED`], [`CLEARED`].
    pub keying: String,
    /// Its word.
    pub kind: String,
    /// The answer as JSON.
    pub answer: String,
    /// What was written beside it.
    pub note: String,
    /// It is the answer of the row.
    pub holds: bool,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for AnswerRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "AnswerRow({} {} {})",
            self.row_number, self.keying, self.kind
        )
    }
}

/// What an answer came to.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct EffectRow {
    /// The row.
    pub row_number: i64,
    /// The act; written by it.
    pub audit_seq: i64,
    /// The child.
    pub child: String,
    /// The version it made of the child; 0 where it changed no field.
    pub version: i64,
    /// The effect as JSON.
    pub effect: String,
    /// What was said by who confirmed it.
    pub why: String,
    /// The act that took it back.
    pub undone_seq: Option<i64>,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for EffectRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EffectRow({})", self.row_number)
    }
}

/// How a number of a child stands or stood.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Standing {
    /// The act; written by it.
    pub audit_seq: i64,
    /// Twelve digits.
    pub number: String,
    /// `given`, `verified` or `cancelled`.
    pub standing: String,
    /// From when; written by the act.
    pub since: String,
    /// The list.
    pub list: i64,
    /// The row.
    pub row_number: i64,
    /// Until when; `None` while it holds.
    pub ended_at: Option<String>,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Standing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Standing({})", self.standing)
    }
}

/// Something others have to do.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Task {
    /// Its id.
    pub id: String,
    /// [`CIVIL`] or [`REQUEST`].
    pub kind: String,
    /// When it was opened; written by the act.
    pub at: String,
    /// By whom; written by the act.
    pub who: String,
    /// The child.
    pub child: String,
    /// The list.
    pub list: i64,
    /// The row.
    pub row_number: i64,
    /// Edition of the unit.
    pub edition: String,
    /// The unit.
    pub unit: String,
    /// The day it should be done by.
    pub due: Option<String>,
    /// What is asked for, as JSON.
    pub detail: String,
    /// `open`, `done` or `withdrawn`.
    pub state: String,
    /// What came of it.
    pub result: String,
    /// When.
    pub answered_at: Option<String>,
    /// By whom.
    pub answered_by: Option<String>,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Task {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Task({} {})", self.kind, self.state)
    }
}

impl Act {
    /// Writes answers down; where one holds, no earlier one of its row does.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_answers(&mut self, list: i64, rows: &[AnswerRow]) -> Result<()> {
        let doing = self.doing.clone();
        let (book, seq) = (doing.register.as_str(), self.seq);
        for row in rows.iter().filter(|row| row.holds || row.keying == CLEARED) {
            run!(self.tx, sql::ANSWERS_UNHOLD, book, list, row.row_number)?;
        }
        add_many!(self.tx, sql::ANSWERS_ADD, rows, row => [
            book, list, row.row_number, row.seq, seq, doing.at.as_str(), doing.who.as_str(), doing.role.as_str(), doing.office.as_str(),
            row.way.as_str(), row.keying.as_str(), row.kind.as_str(), row.answer.as_str(), row.note.as_str(), row.holds,
        ])?;
        Ok(())
    }

    /// Writes down what answers of a list came to.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_effects(&mut self, list: i64, rows: &[EffectRow]) -> Result<()> {
        let (book, seq) = (self.doing.register.clone(), self.seq);
        add_many!(self.tx, sql::EFFECTS_ADD, rows, row => [
            book.as_str(), list, row.row_number, seq, row.child.as_str(), row.version, row.effect.as_str(), row.why.as_str(),
        ])?;
        Ok(())
    }

    /// What the answers of a list came to is taken back by this act.
    ///
    /// # Errors
    /// The database's.
    pub async fn undo_effects(&mut self, list: i64) -> Result<()> {
        let book = self.doing.register.clone();
        run!(self.tx, sql::EFFECTS_UNDO, book.as_str(), list, self.seq)?;
        Ok(())
    }

    /// Says how numbers of children stand from now on: what stood of them before ends. The word stands beside the number, too.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_standings(&mut self, rows: &[(String, Standing)]) -> Result<()> {
        let (book, at, seq) = (self.doing.register.clone(), self.doing.at.clone(), self.seq);
        let (book, at) = (book.as_str(), at.as_str());
        for (child, row) in rows {
            self.found.add(child);
            run!(self.tx, sql::STANDING_END, book, child.as_str(), at, seq)?;
            run!(
                self.tx,
                sql::NUMBER_STATUS,
                book,
                child.as_str(),
                row.number.as_str(),
                row.standing.as_str()
            )?;
        }
        add_many!(self.tx, sql::STANDINGS_ADD, rows, (child, row) => [
            book, child.as_str(), seq, row.number.as_str(), row.standing.as_str(), at, row.list, row.row_number,
        ])?;
        Ok(())
    }

    /// What an earlier act said of numbers is taken back by this one, for these children: what stood before stands again.
    ///
    /// # Errors
    /// The database's.
    pub async fn undo_standings(&mut self, earlier: i64, children: &[String]) -> Result<()> {
        let (book, at, seq) = (self.doing.register.clone(), self.doing.at.clone(), self.seq);
        let (book, at) = (book.as_str(), at.as_str());
        run!(self.tx, sql::STANDINGS_UNDO, book, earlier, at, seq)?;
        run!(self.tx, sql::STANDINGS_BACK, book, earlier)?;
        for child in children {
            self.found.add(child);
            let now = self.tx.standings_of(book, child).await?;
            let open = now.iter().find(|one| one.ended_at.is_none());
            let number = self.tx.child(book, child).await?.now.number;
            if let Some(number) = number {
                let word = open
                    .filter(|one| one.number == number)
                    .map_or("written", |one| one.standing.as_str());
                run!(
                    self.tx,
                    sql::NUMBER_STATUS,
                    book,
                    child.as_str(),
                    number.as_str(),
                    word
                )?;
            }
        }
        Ok(())
    }

    /// Opens a task.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_task(&mut self, task: &Task) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::TASK_ADD,
            doing.register.as_str(),
            task.id.as_str(),
            task.kind.as_str(),
            doing.at.as_str(),
            doing.who.as_str(),
            self.seq,
            task.child.as_str(),
            task.list,
            task.row_number,
            task.edition.as_str(),
            task.unit.as_str(),
            task.due.as_deref(),
            task.detail.as_str(),
        )?;
        Ok(())
    }

    /// An open task is `done` or `withdrawn`; `false` where it is not open.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_task(&mut self, id: &str, state: &str, result: &str) -> Result<bool> {
        let doing = self.doing.clone();
        Ok(run!(
            self.tx,
            sql::TASK_SET,
            doing.register.as_str(),
            id,
            state,
            result,
            doing.at.as_str(),
            doing.who.as_str()
        )? > 0)
    }

    /// The open tasks an earlier act opened are withdrawn.
    ///
    /// # Errors
    /// The database's.
    pub async fn withdraw_tasks(&mut self, earlier: i64) -> Result<u64> {
        let doing = self.doing.clone();
        Ok(run!(
            self.tx,
            sql::TASKS_WITHDRAW,
            doing.register.as_str(),
            earlier,
            doing.at.as_str(),
            doing.who.as_str()
        )?)
    }

    /// Says a setting.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_setting(&mut self, name: &str, value: &str) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::SETTING_ADD,
            doing.register.as_str(),
            name,
            doing.at.as_str(),
            doing.who.as_str(),
            value
        )?;
        Ok(())
    }
}

impl Tx {
    /// The answers of a list, by row, the first first.
    ///
    /// # Errors
    /// The database's.
    pub async fn answers(&mut self, book: &str, list: i64) -> Result<Vec<AnswerRow>> {
        all!(self, AnswerRow, sql::ANSWERS, book, list)
    }

    /// The answers of a row, the first first.
    ///
    /// # Errors
    /// The database's.
    pub async fn answers_of(&mut self, book: &str, list: i64, row: i64) -> Result<Vec<AnswerRow>> {
        all!(self, AnswerRow, sql::ANSWERS_OF_ROW, book, list, row)
    }

    /// Rows that wait for a person, by list.
    ///
    /// # Errors
    /// The database's.
    pub async fn answers_waiting(&mut self, book: &str) -> Result<Vec<Waits>> {
        let mut out: Vec<Waits> = all!(self, Waits, sql::ANSWERS_WAITING, book)?;
        let more: Vec<Waits> = all!(self, Waits, sql::EFFECTS_WAITING, book, ACTIVE)?;
        out.extend(more);
        Ok(out)
    }

    /// What the answers of a list came to, by row, with what was taken back.
    ///
    /// # Errors
    /// The database's.
    pub async fn effects(&mut self, book: &str, list: i64) -> Result<Vec<EffectRow>> {
        all!(self, EffectRow, sql::EFFECTS, book, list)
    }

    /// How the numbers of a child stand and stood, the first first.
    ///
    /// # Errors
    /// The database's.
    pub async fn standings_of(&mut self, book: &str, child: &str) -> Result<Vec<Standing>> {
        all!(self, Standing, sql::STANDINGS_OF, book, child)
    }

    /// A task.
    ///
    /// # Errors
    /// The database's.
    pub async fn task(&mut self, book: &str, id: &str) -> Result<Option<Task>> {
        first!(self, Task, sql::TASK, book, id)
    }

    /// Tasks of a kind in a state, or all; at most a page.
    ///
    /// # Errors
    /// The database's.
    pub async fn tasks(
        &mut self,
        book: &str,
        kind: Option<&str>,
        state: Option<&str>,
    ) -> Result<Vec<Task>> {
        let (kind, state) = (kind.unwrap_or("*"), state.unwrap_or("*"));
        all!(self, Task, sql::TASKS, book, kind, state, limits::PAGE)
    }

    /// The setting of a name that holds.
    ///
    /// # Errors
    /// The database's.
    pub async fn setting(&mut self, book: &str, name: &str) -> Result<Option<String>> {
        let found: Option<(String,)> = first!(self, (String,), sql::SETTING, book, name)?;
        Ok(found.map(|(value,)| value))
    }
}
