//! Finding children: all of a unit, or by the beginning of a name typed without marks.
//!
//! In: a [`Tx`]. Out: [`Child`]ren who count, in pages.

use crate::child::{ACTIVE, Child};
use crate::error::Result;
use crate::store::{Tx, all};
use crate::{limits, sql};

/// What comes after every name that begins with a text: names are folded to small letters and spaces.
const LAST: &str = "zzzzzzzz";

impl Tx {
    /// A page of the children of a unit in order of their ids, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_of_unit(
        &mut self,
        book: &str,
        (edition, unit): (&str, &str),
        after: &str,
    ) -> Result<Vec<Child>> {
        all!(
            self,
            Child,
            sql::CHILDREN_OF_UNIT,
            book,
            edition,
            unit,
            ACTIVE,
            after,
            limits::PAGE
        )
    }

    /// Children whose name begins with a text, in order of their names, at most so many. The text is folded as `name_key` is: small letters
    /// without marks; an empty one finds nobody.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_named(
        &mut self,
        book: &str,
        begins: &str,
        most: u32,
    ) -> Result<Vec<Child>> {
        if begins.is_empty() {
            return Ok(Vec::new());
        }
        let last = format!("{begins}{LAST}");
        all!(
            self,
            Child,
            sql::CHILDREN_NAMED,
            book,
            begins,
            last.as_str(),
            ACTIVE,
            i64::from(most)
        )
    }
}
