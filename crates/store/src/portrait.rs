//! What the children of a unit are like, unit by unit, which units acts have touched since, and findings that came back: for what stands out
//! among units.
//!
//! In: a [`Tx`]. Out: [`Trait`]s of a unit's children, units, counts.

use crate::error::Result;
use crate::store::{Tx, all};
use crate::{limits, sql};

/// What of a child is looked at.
#[derive(Clone, sqlx::FromRow)]
pub struct Trait {
    /// Id.
    pub id: String,
    /// Birth date as far as it is known.
    pub birth: String,
    /// The 16th birthday.
    pub leaves_on: String,
    /// The record.
    pub record: String,
    /// Its sensitive part.
    pub sensitive: String,
}

/// Findings of a unit and rule that were put right, and how many of them stand again: edition, unit, rule, both counts.
pub type Back = (String, String, String, i64, i64);

impl Tx {
    /// Units in which children of the book stand: edition and code; an empty code: children whose unit is not known.
    ///
    /// # Errors
    /// The database's.
    pub async fn units_of_children(&mut self, book: &str) -> Result<Vec<(String, String)>> {
        all!(self, (String, String), sql::PORTRAIT_UNITS, book)
    }

    /// A page of the children of a unit (an empty code: of none) who count on a day, after an id; the last page is shorter than [`limits::PAGE`].
    ///
    /// # Errors
    /// The database's.
    pub async fn traits_of_unit(
        &mut self,
        book: &str,
        (edition, unit): (&str, &str),
        day: &str,
        after: &str,
    ) -> Result<Vec<Trait>> {
        if unit.is_empty() {
            return all!(
                self,
                Trait,
                sql::PORTRAIT_OF_NOWHERE,
                book,
                edition,
                day,
                after,
                limits::PAGE
            );
        }
        all!(
            self,
            Trait,
            sql::PORTRAIT_OF_UNIT,
            book,
            edition,
            unit,
            day,
            after,
            limits::PAGE
        )
    }

    /// Units that acts after one, by its number in the chain, have touched.
    ///
    /// # Errors
    /// The database's.
    pub async fn units_touched(&mut self, book: &str, seq: i64) -> Result<Vec<(String, String)>> {
        let found: Vec<(String, String, String, String)> = all!(
            self,
            (String, String, String, String),
            sql::PORTRAIT_TOUCHED,
            book,
            seq
        )?;
        let mut out: Vec<(String, String)> = Vec::new();
        for (edition, unit, was_edition, was_unit) in found {
            out.push((edition, unit));
            if !was_edition.is_empty() {
                out.push((was_edition, was_unit));
            }
        }
        out.sort();
        out.dedup();
        Ok(out)
    }

    /// Findings that were put right after a moment, by unit and rule.
    ///
    /// # Errors
    /// The database's.
    pub async fn findings_back(&mut self, book: &str, after: &str) -> Result<Vec<Back>> {
        all!(self, Back, sql::CAME_BACK, book, after)
    }

    /// Children of a unit with such a finding that stands again, at most so many.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_back(
        &mut self,
        book: &str,
        after: &str,
        (edition, unit): (&str, &str),
        most: i64,
    ) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(
            self,
            (String,),
            sql::CHILDREN_BACK,
            book,
            after,
            edition,
            unit,
            most
        )?;
        Ok(found.into_iter().map(|(child,)| child).collect())
    }
}
