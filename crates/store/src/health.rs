//! What an engine says of itself, and whether the tables of a book agree with each other: for `treem doctor`.
//!
//! In: a [`Store`], a [`Tx`]. Out: [`Engineering`], [`Astray`] counts, the last time an act was done.

use crate::error::Result;
use crate::sql;
use crate::store::{Store, Tx, all, first};

/// The oldest PostgreSQL this program is tested with, as the server counts its versions.
pub const POSTGRES_AT_LEAST: u32 = 150_000;

/// How an engine keeps what was committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engineering {
    /// One file.
    Sqlite {
        /// `wal` as this program sets it.
        journal: String,
        /// 2 (full): what was committed is on the disk.
        synchronous: i64,
    },
    /// A server.
    Postgres {
        /// Version as the server counts: 150004 is 15.4.
        version: u32,
        /// `fsync`, `full_page_writes`, `synchronous_commit`: `on` each.
        settings: [String; 3],
    },
}

/// What does not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Astray {
    /// Children with another number of events than their version says.
    Versions,
    /// Children whose row says other than their last event.
    Rows,
    /// Children whose sensitive part is missing or another than that of their last event.
    Sensitive,
    /// Children whose number is not the one that holds in its history.
    Numbers,
    /// Numbers of children who count that nobody claims.
    Unclaimed,
    /// Claims of a child who does not have the number.
    Claims,
    /// Claims that pass for undisputed.
    Undisputed,
    /// Children who pass for identified and are not.
    Identified,
    /// Imports that have not as many rows as they say.
    Imports,
    /// Rows of imports whose child is not there.
    ImportRows,
    /// Events of imports that are not there.
    Events,
    /// Findings that are not written down as to be done, or the other way round.
    Work,
    /// Children who are not written down to live where their record says.
    Homes,
    /// Children of whom something else is summed up than they are.
    Counted,
    /// Sums of a month that are not those of its children.
    Sums,
    /// Units whose days do not add up to what they have.
    Days,
}

/// Every question with its statement.
const QUESTIONS: [(Astray, &str); 18] = [
    (Astray::Versions, sql::CHILDREN_ASTRAY),
    (Astray::Rows, sql::CHILDREN_UNLIKE_EVENT),
    (Astray::Sensitive, sql::SENSITIVE_ASTRAY),
    (Astray::Numbers, sql::NUMBERS_ASTRAY),
    (Astray::Unclaimed, sql::NUMBERS_UNCLAIMED),
    (Astray::Claims, sql::CLAIMS_ASTRAY),
    (Astray::Undisputed, sql::CLAIMS_UNDISPUTED),
    (Astray::Identified, sql::IDENTIFIED_ASTRAY),
    (Astray::Imports, sql::IMPORTS_ASTRAY),
    (Astray::ImportRows, sql::IMPORT_ROWS_ASTRAY),
    (Astray::Events, sql::EVENTS_OF_NO_IMPORT),
    (Astray::Work, sql::WORK_ASTRAY),
    (Astray::Homes, sql::HOMES_ASTRAY),
    (Astray::Counted, sql::TALLY_CHILDREN_ASTRAY),
    (Astray::Counted, sql::TALLY_WAYS_ASTRAY),
    (Astray::Sums, sql::TALLY_ASTRAY),
    (Astray::Sums, sql::TALLY_UNITS_ASTRAY),
    (Astray::Days, sql::TALLY_DAYS_ASTRAY),
];

impl Store {
    /// How the engine keeps what was committed.
    ///
    /// # Errors
    /// The database's.
    pub async fn engineering(&self) -> Result<Engineering> {
        match self {
            Self::Lite { write, .. } => {
                let mut connection = write.acquire().await?;
                let (journal,): (String,) = sqlx::query_as("pragma journal_mode")
                    .fetch_one(&mut *connection)
                    .await?;
                let (synchronous,): (i64,) = sqlx::query_as("pragma synchronous")
                    .fetch_one(&mut *connection)
                    .await?;
                Ok(Engineering::Sqlite {
                    journal,
                    synchronous,
                })
            }
            Self::Pg(pool) => {
                let version = pool.acquire().await?.server_version_num().unwrap_or(0);
                let mut tx = self.read().await?;
                type Settings = (String, String, String);
                let settings: Option<Settings> = first!(tx, Settings, sql::SETTINGS_POSTGRES)?;
                let (fsync, pages, commit) = settings.unwrap_or_default();
                Ok(Engineering::Postgres {
                    version,
                    settings: [fsync, pages, commit],
                })
            }
        }
    }

    /// Rows that refer to nothing: their table, the table they should refer to, how many. PostgreSQL lets none come in.
    ///
    /// # Errors
    /// The database's.
    pub async fn unreferred(&self) -> Result<Vec<(String, String, i64)>> {
        type Of = (String, String, i64);
        let mut tx = self.read().await?;
        match self {
            Self::Lite { .. } => all!(tx, Of, sql::UNREFERRED_SQLITE),
            Self::Pg(_) => Ok(Vec::new()),
        }
    }
}

impl Tx {
    /// What does not agree in a book, with how many; empty if all does.
    ///
    /// # Errors
    /// The database's.
    pub async fn astray(&mut self, book: &str) -> Result<Vec<(Astray, i64)>> {
        let mut out = Vec::new();
        for (what, statement) in QUESTIONS {
            let count: Option<(i64,)> = first!(self, (i64,), statement, book)?;
            if let Some((count,)) = count.filter(|(count,)| *count > 0) {
                out.push((what, count));
            }
        }
        Ok(out)
    }

    /// When an act was done last in a book, and what it wrote down.
    ///
    /// # Errors
    /// The database's.
    pub async fn last_of(&mut self, book: &str, act: &str) -> Result<Option<(String, String)>> {
        first!(self, (String, String), sql::AUDIT_LAST_OF_ACT, book, act)
    }

    /// Steps of the structure that have been run.
    ///
    /// # Errors
    /// The database's.
    pub async fn steps(&mut self) -> Result<Vec<i64>> {
        let steps: Vec<(i64, String)> = all!(self, (i64, String), sql::MIGRATIONS)?;
        Ok(steps.into_iter().map(|(number, _)| number).collect())
    }
}
