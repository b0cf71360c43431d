//! Brothers and sisters: children of one unit whose records name the same parents.
//!
//! In: a [`Tx`]. Out: [`Child`]ren who count, the oldest first, without their sensitive part.

use crate::child::{ACTIVE, Child};
use crate::error::Result;
use crate::sql;
use crate::store::{Tx, all};

/// A pattern that finds a member with this value in a record; one that finds nothing without a value.
fn saying(member: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    let text = serde_json::Value::from(value).to_string();
    let mut out = format!("%\"{member}\":");
    for c in text.chars() {
        if matches!(c, '!' | '%' | '_') {
            out.push('!');
        }
        out.push(c);
    }
    out.push('%');
    out
}

impl Tx {
    /// Children of the unit of a child whose record names the same mother or the same father, at most so many.
    ///
    /// # Errors
    /// The database's.
    pub async fn siblings(
        &mut self,
        book: &str,
        child: &Child,
        (mother, father): (&str, &str),
        most: i64,
    ) -> Result<Vec<Child>> {
        let unit = child.now.unit.as_deref().unwrap_or("");
        let place = (child.now.edition.as_str(), unit);
        self.siblings_in(book, place, &child.id, (mother, father), most)
            .await
    }

    /// The same of somebody in a unit who may not be in the book; `not`: a child who is not told, empty for none.
    ///
    /// # Errors
    /// The database's.
    pub async fn siblings_in(
        &mut self,
        book: &str,
        (edition, unit): (&str, &str),
        not: &str,
        (mother, father): (&str, &str),
        most: i64,
    ) -> Result<Vec<Child>> {
        let (mother, father) = (saying("mother", mother), saying("father", father));
        if unit.is_empty() || (mother.is_empty() && father.is_empty()) {
            return Ok(Vec::new());
        }
        all!(
            self,
            Child,
            sql::CHILDREN_SAYING,
            book,
            edition,
            unit,
            ACTIVE,
            not,
            mother.as_str(),
            father.as_str(),
            most
        )
    }

    /// Children who count and whose record holds digits somewhere, at most so many: for telephones, which no index knows.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_saying(
        &mut self,
        book: &str,
        digits: &str,
        most: i64,
    ) -> Result<Vec<Child>> {
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Vec::new());
        }
        let pattern = format!("%{digits}%");
        all!(
            self,
            Child,
            sql::CHILDREN_HOLDING_TEXT,
            book,
            ACTIVE,
            pattern.as_str(),
            most
        )
    }
}
