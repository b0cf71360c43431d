//! What is to be done, counted and in pages.
//!
//! In: a [`Tx`]. Out: [`Counted`], pages of ids, [`DoneOn`] days, what else waits.

use super::{ERROR, WARNING, bits, sort_key};
use crate::error::Result;
use crate::sql;
use crate::store::{Tx, all, first};

/// How many children have a finding of a rule, at one place and by one person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Code of the rule.
    pub rule: String,
    /// Its group, 0 without.
    pub list: i64,
    /// `error` or `warning`.
    pub severity: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit; empty where unknown.
    pub unit: String,
    /// Hamlet; empty where unknown, and where the whole book is counted.
    pub hamlet: String,
    /// Who brought the record or changed it last.
    pub who: String,
    /// Children.
    pub children: i64,
    /// Since when the oldest stands.
    pub oldest: String,
}

/// The same with each child once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit; empty where unknown.
    pub unit: String,
    /// Hamlet; empty where unknown, and where the whole book is counted.
    pub hamlet: String,
    /// Who brought the record or changed it last.
    pub who: String,
    /// Children with these errors and warnings and no others.
    pub children: i64,
    /// What they have, as a sum.
    sum: i64,
    /// Since when the oldest stands.
    pub oldest: String,
}

impl Whole {
    /// Those who have an error of a group, 1 to 5.
    pub fn of_group(&self, group: i64) -> i64 {
        let bit = bits(group, "error") & !ERROR;
        if self.sum & bit == 0 {
            0
        } else {
            self.children
        }
    }
    /// Those who have an error.
    pub fn errors(&self) -> i64 {
        if self.sum & ERROR == 0 {
            0
        } else {
            self.children
        }
    }
    /// Those who have a warning.
    pub fn warnings(&self) -> i64 {
        if self.sum & WARNING == 0 {
            0
        } else {
            self.children
        }
    }
}

/// What is counted of an area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// By rule.
    pub rules: Vec<Counts>,
    /// Each child once.
    pub whole: Vec<Whole>,
}

/// Which children a page is of; `None` takes all.
#[derive(Clone, Copy, Default)]
pub struct Filter<'a> {
    /// The day on which they are children.
    pub day: &'a str,
    /// Edition and code of a unit.
    pub unit: Option<(&'a str, &'a str)>,
    /// A rule.
    pub rule: Option<&'a str>,
    /// Errors of a group, 1 to 5; not with a rule.
    pub list: Option<i64>,
    /// `error` or `warning`; not with a rule or a group.
    pub severity: Option<&'a str>,
    /// A hamlet; only together with a unit.
    pub hamlet: Option<&'a str>,
    /// A person.
    pub who: Option<&'a str>,
}

/// Children about whom something was put right on a day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DoneOn {
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// The day, in UTC.
    pub day: String,
    /// Children.
    pub children: i64,
}

/// A move that waits: from where, to where, into which other book, since when, by whom.
pub type MoveWaiting = (String, String, String, String, String, String, String);

/// Rows of imports that wait: kind, edition, unit, how many, since when.
pub type RowsWaiting = (String, String, String, i64, String);

impl Tx {
    /// Children by rule, unit and person; of a unit by hamlet too.
    ///
    /// # Errors
    /// The database's.
    pub async fn work_counts(
        &mut self,
        book: &str,
        day: &str,
        unit: Option<(&str, &str)>,
    ) -> Result<Counted> {
        let rows: Vec<Counts> = match unit {
            None => all!(self, Counts, sql::WORK_COUNTS, book, day)?,
            Some((edition, unit)) => all!(
                self,
                Counts,
                sql::WORK_COUNTS_OF_UNIT,
                book,
                day,
                edition,
                unit
            )?,
        };
        let mut out = Counted::default();
        for row in rows {
            if row.rule.is_empty() {
                out.whole.push(Whole {
                    edition: row.edition,
                    unit: row.unit,
                    hamlet: row.hamlet,
                    who: row.who,
                    children: row.children,
                    sum: row.list,
                    oldest: row.oldest,
                });
            } else {
                out.rules.push(row);
            }
        }
        Ok(out)
    }

    /// A page of children with something to be done, by name and id, after one: name as it is sorted, id.
    ///
    /// # Errors
    /// The database's.
    pub async fn work_page(
        &mut self,
        book: &str,
        filter: Filter<'_>,
        after: (&str, &str),
        most: i64,
    ) -> Result<Vec<(String, String)>> {
        type Key = (String, String);
        // A rule decides alone; else the sum of the child does.
        let sum = match (filter.rule, filter.list, filter.severity) {
            (Some(_), ..) => 0,
            (None, Some(list), _) => bits(list, "error") & !ERROR,
            (None, None, severity) => bits(0, severity.unwrap_or("")),
        };
        let rule = filter.rule.unwrap_or("");
        let who = filter.who.unwrap_or("*");
        match filter.unit {
            Some((edition, unit)) => all!(
                self,
                Key,
                sql::WORK_PAGE_OF_UNIT,
                book,
                filter.day,
                after.0,
                after.1,
                rule,
                sum,
                who,
                edition,
                unit,
                filter.hamlet.unwrap_or("*"),
                most
            ),
            None => all!(
                self,
                Key,
                sql::WORK_PAGE,
                book,
                filter.day,
                after.0,
                after.1,
                rule,
                sum,
                who,
                most
            ),
        }
    }

    /// Where a child stands in the order of a page; `None` where there is no such child.
    ///
    /// # Errors
    /// The database's.
    pub async fn sort_key_of(&mut self, book: &str, child: &str) -> Result<Option<String>> {
        let found: Option<(String,)> = first!(self, (String,), sql::NAME_OF_CHILD, book, child)?;
        Ok(found.map(|(name,)| sort_key(&name)))
    }

    /// Children about whom something was put right after a moment, by day and unit.
    ///
    /// # Errors
    /// The database's.
    pub async fn work_done(&mut self, book: &str, after: &str) -> Result<Vec<DoneOn>> {
        all!(self, DoneOn, sql::WORK_DONE_BY_DAY, book, after)
    }

    /// Moves that wait for an answer, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn moves_waiting(&mut self, book: &str) -> Result<Vec<MoveWaiting>> {
        all!(self, MoveWaiting, sql::MOVES_WAITING, book)
    }

    /// Rows of imports that wait for a person.
    ///
    /// # Errors
    /// The database's.
    pub async fn rows_waiting(&mut self, book: &str) -> Result<Vec<RowsWaiting>> {
        all!(self, RowsWaiting, sql::ROWS_WAITING, book)
    }

    /// Children changed by acts after one, by its number in the chain.
    ///
    /// # Errors
    /// The database's.
    pub async fn changed_after(&mut self, book: &str, seq: i64) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(self, (String,), sql::CHANGED_AFTER, book, seq)?;
        Ok(found.into_iter().map(|(child,)| child).collect())
    }
}
