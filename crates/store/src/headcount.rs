//! Headcounts: how many children a unit says it has, on which day, from which source, signed by whom.
//!
//! In: an [`Act`]. Out: [`Headcount`]s. Nothing is overwritten: a later figure for the same day is another row.

use crate::act::Act;
use crate::error::Result;
use crate::sql;
use crate::store::{Tx, add_many, all};

/// A headcount.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Headcount {
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// The day it speaks of.
    pub day: String,
    /// Where it comes from.
    pub source: String,
    /// Who signed.
    pub signed_by: String,
    /// Children.
    pub children: i64,
    /// When it was written down.
    pub loaded_at: String,
}

/// How many people of all ages a unit has.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Population {
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// The day it speaks of.
    pub day: String,
    /// Where it comes from.
    pub source: String,
    /// People.
    pub people: i64,
}

impl Act {
    /// Writes populations down, at the time of the act. Gives how many were new.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_populations(&mut self, populations: &[Population]) -> Result<u64> {
        let (book, at) = (self.doing.register.clone(), self.doing.at.clone());
        add_many!(self.tx, sql::POPULATIONS_ADD, populations, one => [
            book.as_str(), one.edition.as_str(), one.unit.as_str(), one.day.as_str(), one.source.as_str(), at.as_str(), one.people,
        ])
    }

    /// Writes down headcounts, at the time of the act. Gives how many were new.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_headcounts(&mut self, headcounts: &[Headcount]) -> Result<u64> {
        let (book, at) = (self.doing.register.clone(), self.doing.at.clone());
        add_many!(self.tx, sql::HEADCOUNTS_ADD, headcounts, one => [
            book.as_str(), one.edition.as_str(), one.unit.as_str(), one.day.as_str(), one.source.as_str(), at.as_str(),
            one.signed_by.as_str(), one.children,
        ])
    }
}

impl Tx {
    /// The headcount of each unit that holds on a day: the latest day up to it, and of that day the one written down last.
    ///
    /// # Errors
    /// The database's.
    pub async fn headcounts(&mut self, book: &str, day: &str) -> Result<Vec<Headcount>> {
        let all = self.headcounts_with_former(book, day).await?;
        Ok(all.into_iter().map(|(one, _)| one).collect())
    }

    /// The same, each with the one that held on the days before its own.
    ///
    /// # Errors
    /// The database's.
    pub async fn headcounts_with_former(
        &mut self,
        book: &str,
        day: &str,
    ) -> Result<Vec<(Headcount, Option<Headcount>)>> {
        let all: Vec<Headcount> = all!(self, Headcount, sql::HEADCOUNTS, book, day)?;
        let mut out: Vec<(Headcount, Option<Headcount>)> = Vec::new();
        for one in all {
            match out.last_mut() {
                Some((last, former)) if last.edition == one.edition && last.unit == one.unit => {
                    if last.day == one.day {
                        *last = one;
                    } else {
                        *former = Some(std::mem::replace(last, one));
                    }
                }
                _ => out.push((one, None)),
            }
        }
        Ok(out)
    }

    /// The people of each unit on a day: the latest day up to it, and of that day what was written down last.
    ///
    /// # Errors
    /// The database's.
    pub async fn populations(&mut self, book: &str, day: &str) -> Result<Vec<Population>> {
        let all: Vec<Population> = all!(self, Population, sql::POPULATIONS, book, day)?;
        let mut out: Vec<Population> = Vec::new();
        for one in all {
            match out.last_mut() {
                Some(last) if last.edition == one.edition && last.unit == one.unit => *last = one,
                _ => out.push(one),
            }
        }
        Ok(out)
    }
}
