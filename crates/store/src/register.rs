//! Books, and the area units they refer to.
//!
//! In: a [`Store`]. Out: [`Register`]s.

use crate::act::Act;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::{Store, Tx, add_many, all, first, run};

/// A book.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Register {
    /// Its key, fixed for ever.
    pub register: String,
    /// Its name for people.
    pub name: String,
    /// Code of its province.
    pub province: String,
    /// Edition of the province's code.
    pub edition: String,
    /// When it was made.
    pub created_at: String,
    /// Number of its last act.
    pub audit_seq: i64,
    /// Hash of its last act.
    pub audit_hash: String,
}

/// A point in a book's chain of acts: how much of the book something that is kept knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Number of an act.
    pub seq: i64,
    /// Its hash, which stands for all before it.
    pub hash: String,
}

impl Register {
    /// Where the book is.
    pub fn mark(&self) -> Mark {
        Mark {
            seq: self.audit_seq,
            hash: self.audit_hash.clone(),
        }
    }
}

/// An area unit.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    /// Code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// `province`, `district`, `commune`.
    pub level: &'static str,
    /// Code of the unit it belongs to.
    pub parent: Option<&'a str>,
}

impl Store {
    /// Makes a book.
    ///
    /// # Errors
    /// [`Error::RegisterExists`], the database's.
    pub async fn add_register(&self, book: &Register) -> Result<()> {
        let mut tx = self.write().await?;
        let made = run!(
            tx,
            sql::REGISTER_ADD,
            book.register.as_str(),
            book.name.as_str(),
            book.province.as_str(),
            book.edition.as_str(),
            book.created_at.as_str(),
        )?;
        if made == 0 {
            return Err(Error::RegisterExists(book.register.clone()));
        }
        tx.commit().await
    }

    /// Writes down the units of an edition; those that are there stay. Gives how many were new.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_units(&self, edition: &str, units: &[Unit<'_>]) -> Result<u64> {
        let mut tx = self.write().await?;
        let added = tx.add_units(edition, units).await?;
        tx.commit().await?;
        Ok(added)
    }
}

impl Act {
    /// The same, within an act that refers to them.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_units(&mut self, edition: &str, units: &[Unit<'_>]) -> Result<u64> {
        self.tx.add_units(edition, units).await
    }
}

impl Tx {
    /// Whether a book that is at `now` came by `mark`. It did not where a backup was put in its place after that was written down, though its acts may
    /// have the same numbers.
    ///
    /// # Errors
    /// The database's.
    pub async fn came_by(&mut self, book: &str, now: &Mark, mark: &Mark) -> Result<bool> {
        if mark.seq >= now.seq {
            return Ok(mark == now);
        }
        let found = first!(self, (String,), sql::AUDIT_HASH, book, mark.seq)?;
        Ok(found.is_some_and(|(hash,)| hash == mark.hash))
    }

    async fn add_units(&mut self, edition: &str, units: &[Unit<'_>]) -> Result<u64> {
        add_many!(self, sql::UNITS_ADD, units, unit => [edition, unit.code, unit.name, unit.level, unit.parent])
    }

    /// All books.
    ///
    /// # Errors
    /// The database's.
    pub async fn registers(&mut self) -> Result<Vec<Register>> {
        all!(self, Register, sql::REGISTERS)
    }
}
