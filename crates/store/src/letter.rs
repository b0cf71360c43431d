//! Letters: templates and offices a province edits, targets of units, lists that are saved to be followed. Nothing is overwritten: what
//! was written last holds.
//!
//! In: an [`Act`] that writes, a [`Tx`] that reads. Out: [`Template`]s, [`Target`]s, [`Cohort`]s.

use crate::act::Act;
use crate::child::Event;
use crate::error::{Error, Result};
use crate::store::{Tx, add_many, all, run};
use crate::{limits, sql};

/// A version of a template.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Template {
    /// What it is called.
    pub name: String,
    /// From 1 within its name.
    pub nth: i64,
    /// `letter`, `commune`, `offices`.
    pub kind: String,
    /// SHA-256 of the text.
    pub sha256: String,
    /// The text; empty where it was withdrawn.
    pub content: String,
    /// The act that wrote it down.
    pub audit_seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
}

/// A target of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Target {
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// `entered`, `identified`, `complete`, `verified`.
    pub measure: String,
    /// Until when.
    pub day: String,
    /// `percent`, `number`, `none`.
    pub kind: String,
    /// Hundredths of a percent, or children.
    pub amount: i64,
    /// By which document.
    pub decided_by: String,
    /// When it was written down.
    pub at: String,
    /// Who wrote it down.
    pub who: String,
}

/// A target that was withdrawn.
pub const WITHDRAWN: &str = "none";

/// A saved list.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Cohort {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is of.
    pub what: String,
    /// The day on which age was judged.
    pub day: String,
    /// The moment of the book.
    pub moment: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit it was cut to; empty where it was not.
    pub unit: String,
    /// Children on it.
    pub children: i64,
    /// When it was saved.
    pub at: String,
    /// Who saved it.
    pub who: String,
}

impl Act {
    /// Writes down a version of a template; gives its number.
    ///
    /// # Errors
    /// [`Error::TooLong`], the database's.
    pub async fn add_template(
        &mut self,
        (name, kind): (&str, &str),
        sha256: &str,
        content: &str,
    ) -> Result<i64> {
        if content.len() > limits::RECORD_BYTES {
            return Err(Error::TooLong(content.len()));
        }
        let book = self.doing.register.clone();
        let known = self.tx.templates(&book).await?;
        let last = known.iter().filter(|one| one.name == name);
        let nth = last.map(|one| one.nth).max().unwrap_or(0).saturating_add(1);
        run!(
            self.tx,
            sql::TEMPLATE_ADD,
            book.as_str(),
            name,
            nth,
            kind,
            sha256,
            content,
            self.seq,
            self.doing.at.as_str(),
            self.doing.who.as_str(),
        )?;
        Ok(nth)
    }

    /// Sets targets at the time of the act. Gives how many.
    ///
    /// # Errors
    /// The database's; the same target twice.
    pub async fn add_targets(&mut self, targets: &[Target]) -> Result<u64> {
        let doing = self.doing.clone();
        add_many!(self.tx, sql::TARGETS_ADD, targets, one => [
            doing.register.as_str(), one.edition.as_str(), one.unit.as_str(), one.measure.as_str(), one.day.as_str(), self.seq,
            one.kind.as_str(), one.amount, one.decided_by.as_str(), doing.at.as_str(), doing.who.as_str(),
        ])
    }

    /// Saves a list with who is on it. `at` and `who` of the cohort are those of the act.
    ///
    /// # Errors
    /// The database's; a list of that name.
    pub async fn add_cohort(&mut self, cohort: &Cohort, children: &[String]) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::COHORT_ADD,
            doing.register.as_str(),
            cohort.id.as_str(),
            cohort.name.as_str(),
            cohort.what.as_str(),
            cohort.day.as_str(),
            cohort.moment.as_str(),
            cohort.edition.as_str(),
            cohort.unit.as_str(),
            cohort.children,
            self.seq,
            doing.at.as_str(),
            doing.who.as_str(),
        )?;
        add_many!(self.tx, sql::COHORT_CHILDREN_ADD, children, child => [
            doing.register.as_str(), cohort.id.as_str(), child.as_str(),
        ])?;
        Ok(())
    }
}

impl Tx {
    /// All versions of all templates, by name, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn templates(&mut self, book: &str) -> Result<Vec<Template>> {
        all!(self, Template, sql::TEMPLATES, book)
    }

    /// The targets that hold, of all editions.
    ///
    /// # Errors
    /// The database's.
    pub async fn targets(&mut self, book: &str) -> Result<Vec<Target>> {
        let all: Vec<Target> = all!(self, Target, sql::TARGETS, book)?;
        let mut out: Vec<Target> = Vec::new();
        for one in all {
            match out.last_mut() {
                Some(last)
                    if last.edition == one.edition
                        && last.unit == one.unit
                        && last.measure == one.measure
                        && last.day == one.day =>
                {
                    *last = one;
                }
                _ => out.push(one),
            }
        }
        out.retain(|one| one.kind != WITHDRAWN);
        Ok(out)
    }

    /// The saved lists, the latest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn cohorts(&mut self, book: &str) -> Result<Vec<Cohort>> {
        all!(self, Cohort, sql::COHORTS, book)
    }

    /// A page of the children of a saved list as they were at a moment, in order of their ids, after one; who was not in the book then is left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn cohort_at(
        &mut self,
        book: &str,
        cohort: &str,
        at: &str,
        after: &str,
    ) -> Result<Vec<Event>> {
        all!(
            self,
            Event,
            sql::COHORT_AT,
            book,
            cohort,
            at,
            after,
            limits::PAGE
        )
    }
}
