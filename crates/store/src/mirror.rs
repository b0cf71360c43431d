//! Mirrors: what another system says of the children, as of a day, kept apart from the book and never changed.
//!
//! In: an [`Act`], rows. Out: [`Mirror`]s, [`Row`]s, and which child of the book a key of theirs was found to be.

use crate::act::Act;
use crate::error::{Error, Result};
use crate::store::{Tx, add_many, all, run};
use crate::{limits, sql};

/// A mirror.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Mirror {
    /// Its id.
    pub id: String,
    /// Number of its act in the audit chain.
    pub audit_seq: i64,
    /// When it was loaded.
    pub at: String,
    /// Who loaded it.
    pub who: String,
    /// The day it speaks of.
    pub day: String,
    /// Edition of its units.
    pub edition: String,
    /// How its columns were read, as TOML.
    pub profile: String,
    /// Its files as JSON.
    pub files: String,
    /// Its rows.
    pub rows: i64,
}

/// A row of a mirror.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    /// Its number in the mirror, from 1.
    pub nth: i64,
    /// Sheet.
    pub sheet: String,
    /// Row as a person sees it.
    pub row_number: i64,
    /// Their key of the child; may be empty.
    pub key: String,
    /// The name, lower case without marks.
    pub name_key: String,
    /// Birth date as in the book.
    pub birth: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Sound identity number.
    pub number: Option<String>,
    /// The fields as JSON, without the sensitive ones.
    pub record: String,
    /// The sensitive fields as JSON.
    pub sensitive: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({})", self.nth)
    }
}

/// A key of theirs and the child of the book it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Their key.
    pub key: String,
    /// The child.
    pub child: String,
    /// By what it was found: `id`, `number`, `name`.
    pub how: &'static str,
}

impl Act {
    /// Writes down a mirror, loaded now by this act.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_mirror(&mut self, mirror: &Mirror) -> Result<()> {
        let doing = self.doing.clone();
        run!(
            self.tx,
            sql::MIRROR_ADD,
            doing.register.as_str(),
            mirror.id.as_str(),
            self.seq,
            doing.at.as_str(),
            doing.who.as_str(),
            mirror.day.as_str(),
            mirror.edition.as_str(),
            mirror.profile.as_str(),
            mirror.files.as_str(),
            mirror.rows,
        )?;
        Ok(())
    }

    /// Writes down rows of a mirror.
    ///
    /// # Errors
    /// [`Error::TooLong`], the database's.
    pub async fn add_mirror_rows(&mut self, mirror: &str, rows: &[Row]) -> Result<()> {
        let long = |row: &Row| row.record.len() + row.sensitive.len();
        if let Some(row) = rows.iter().find(|row| long(row) > limits::RECORD_BYTES) {
            return Err(Error::TooLong(long(row)));
        }
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::MIRROR_ROWS_ADD, rows, row => [
            book.as_str(), mirror, row.nth, row.sheet.as_str(), row.row_number, row.key.as_str(), row.name_key.as_str(),
            row.birth.as_str(), row.edition.as_str(), row.unit.as_deref(), row.number.as_deref(), row.record.as_str(),
        ])?;
        add_many!(self.tx, sql::MIRROR_ROWS_SENSITIVE_ADD, rows, row => [
            book.as_str(), mirror, row.nth, row.sensitive.as_str(),
        ])?;
        Ok(())
    }

    /// Writes down which child a key of theirs is.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_mirror_links(&mut self, mirror: &str, links: &[Link]) -> Result<()> {
        let book = self.doing.register.clone();
        add_many!(self.tx, sql::MIRROR_LINKS_ADD, links, link => [
            book.as_str(), link.key.as_str(), mirror, link.child.as_str(), link.how,
        ])?;
        Ok(())
    }
}

impl Tx {
    /// All mirrors, by the day they speak of.
    ///
    /// # Errors
    /// The database's.
    pub async fn mirrors(&mut self, book: &str) -> Result<Vec<Mirror>> {
        all!(self, Mirror, sql::MIRRORS, book)
    }

    /// A page of the rows of a mirror, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn mirror_rows(&mut self, book: &str, mirror: &str, after: i64) -> Result<Vec<Row>> {
        all!(
            self,
            Row,
            sql::MIRROR_ROWS,
            book,
            mirror,
            after,
            limits::PAGE
        )
    }

    /// Keys of theirs with the child each was found to be; where one was found twice, the later stands later.
    ///
    /// # Errors
    /// The database's.
    pub async fn mirror_links(&mut self, book: &str) -> Result<Vec<(String, String)>> {
        all!(self, (String, String), sql::MIRROR_LINKS, book)
    }
}
