//! Records of which a person has said that they are different children, so that nothing asks again.
//!
//! In: an [`Act`], pairs of ids in any order. Out: the same, the smaller id first.

use crate::act::Act;
use crate::error::Result;
use crate::sql;
use crate::store::{Tx, add_many, all, first, run};
use std::collections::BTreeSet;

/// A pair in its order.
fn ordered<'p>(one: &'p str, other: &'p str) -> (&'p str, &'p str) {
    if one <= other {
        (one, other)
    } else {
        (other, one)
    }
}

impl Act {
    /// Remembers that the children of each pair are not one. A child and itself are no pair and are left out.
    ///
    /// # Errors
    /// The database's; where a child is not in the book, too.
    pub async fn add_apart(&mut self, pairs: &[(String, String)]) -> Result<()> {
        let doing = self.doing.clone();
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(one, other)| ordered(one, other))
            .filter(|(one, other)| one != other)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        for (child, other) in &pairs {
            run!(
                self.tx,
                sql::APART_AGAIN,
                doing.register.as_str(),
                *child,
                *other,
                doing.at.as_str(),
                doing.who.as_str(),
                doing.why.as_str(),
            )?;
        }
        add_many!(self.tx, sql::APART_ADD, pairs, (child, other) => [
            doing.register.as_str(), *child, *other, doing.at.as_str(), doing.who.as_str(), doing.why.as_str(),
        ])?;
        Ok(())
    }

    /// Takes a pair back: the two may be asked about again. `false` where they were not apart.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_apart(&mut self, one: &str, other: &str) -> Result<bool> {
        let (child, other) = ordered(one, other);
        let doing = self.doing.clone();
        Ok(run!(
            self.tx,
            sql::APART_END,
            doing.register.as_str(),
            child,
            other,
            doing.at.as_str()
        )? > 0)
    }
}

impl Tx {
    /// All pairs that are not one child, the smaller id first, in order.
    ///
    /// # Errors
    /// The database's.
    pub async fn all_apart(&mut self, book: &str) -> Result<Vec<(String, String)>> {
        all!(self, (String, String), sql::APART_ALL, book)
    }

    /// Ids of those who are not the same as a child, in order.
    ///
    /// # Errors
    /// The database's.
    pub async fn apart_of(&mut self, book: &str, child: &str) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(self, (String,), sql::APART_OF, book, child)?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }

    /// Whether somebody has said that two are not one child.
    ///
    /// # Errors
    /// The database's.
    pub async fn is_apart(&mut self, book: &str, one: &str, other: &str) -> Result<bool> {
        let (child, other) = ordered(one, other);
        let found: Option<(i64,)> = first!(self, (i64,), sql::APART, book, child, other)?;
        Ok(found.is_some_and(|(count,)| count > 0))
    }
}
