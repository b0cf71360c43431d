//! Finding children: all of a unit, or by the beginning of a name typed without marks.
//!
//! In: a [`Tx`]. Out: [`Child`]ren who count, in pages; [`Named`] ones, enough to choose by.

use crate::child::{ACTIVE, Child};
use crate::error::Result;
use crate::store::{Tx, all};
use crate::{limits, sql};

/// What comes after every name that begins with a text: names are folded to small letters and spaces.
const LAST: &str = "zzzzzzzz";

/// A child that was found by its name: what one chooses by, nothing sensitive.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// The name, lower case without marks.
    pub name_key: String,
    /// Birth date `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or empty.
    pub birth: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// The fields as JSON, without the sensitive ones.
    pub record: String,
}

impl From<Child> for Named {
    fn from(child: Child) -> Self {
        Self {
            id: child.id,
            name_key: child.now.name_key,
            birth: child.now.birth,
            edition: child.now.edition,
            unit: child.now.unit,
            record: child.now.record,
        }
    }
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Named({})", self.id)
    }
}

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

    /// Children whose name begins with a text, of the whole book or of a unit (edition and code), in order of their names, at most so many.
    /// The text is folded as `name_key` is: small letters without marks; an empty one finds nobody.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_named(
        &mut self,
        book: &str,
        unit: Option<(&str, &str)>,
        begins: &str,
        most: u32,
    ) -> Result<Vec<Named>> {
        if begins.is_empty() {
            return Ok(Vec::new());
        }
        let last = format!("{begins}{LAST}");
        let (last, most) = (last.as_str(), i64::from(most));
        match unit {
            None => all!(
                self,
                Named,
                sql::CHILDREN_NAMED,
                book,
                begins,
                last,
                ACTIVE,
                most
            ),
            Some((edition, unit)) => all!(
                self,
                Named,
                sql::CHILDREN_NAMED_OF_UNIT,
                book,
                edition,
                unit,
                begins,
                last,
                ACTIVE,
                most
            ),
        }
    }

    /// Children of a name, folded as `name_key` is, and a birth date, in order of their ids, at most so many.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_called(
        &mut self,
        book: &str,
        (name, birth): (&str, &str),
        most: u32,
    ) -> Result<Vec<Child>> {
        all!(
            self,
            Child,
            sql::CHILDREN_CALLED,
            book,
            name,
            birth,
            ACTIVE,
            i64::from(most)
        )
    }
}
