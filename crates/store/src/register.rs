//! Books, and the area units they refer to.
//!
//! In: a [`Store`]. Out: [`Register`]s.

use crate::act::Act;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::{Store, Tx, add_many, all, run};

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
        let added = add_many!(tx, sql::UNITS_ADD, units, unit => [edition, unit.code, unit.name, unit.level, unit.parent])?;
        tx.commit().await?;
        Ok(added)
    }
}

impl Act {
    /// Writes down the units of an edition within the act; those that are there stay. Gives how many were new.
    ///
    /// # Errors
    /// The database's.
    pub async fn add_units(&mut self, edition: &str, units: &[Unit<'_>]) -> Result<u64> {
        add_many!(self.tx, sql::UNITS_ADD, units, unit => [edition, unit.code, unit.name, unit.level, unit.parent])
    }
}

impl Tx {
    /// All books.
    ///
    /// # Errors
    /// The database's.
    pub async fn registers(&mut self) -> Result<Vec<Register>> {
        all!(self, Register, sql::REGISTERS)
    }
}
