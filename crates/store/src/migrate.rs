//! Brings the structure of a register up to date: forward only, each step in one transaction, remembered with its hash.
//!
//! In: a [`Store`]. Out: its tables. A structure that is newer than the program, or not its own, is refused.

use crate::dialect::statements;
use crate::error::{Error, Result};
use crate::store::{Engine, Inner, Store, Tx, all, first, run};
use crate::{home, sql, tally, work};
use sha2::{Digest as _, Sha256};

/// The steps. A step that was released is never changed.
pub const STEPS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001.sql")),
    (2, include_str!("../migrations/0002.sql")),
    (3, include_str!("../migrations/0003.sql")),
    (4, include_str!("../migrations/0004.sql")),
    (5, include_str!("../migrations/0005.sql")),
    (6, include_str!("../migrations/0006.sql")),
    (7, include_str!("../migrations/0007.sql")),
    (8, include_str!("../migrations/0008.sql")),
    (9, include_str!("../migrations/0009.sql")),
    (10, include_str!("../migrations/0010.sql")),
    (11, include_str!("../migrations/0011.sql")),
    (12, include_str!("../migrations/0012.sql")),
    (13, include_str!("../migrations/0013.sql")),
    (14, include_str!("../migrations/0014.sql")),
    (15, include_str!("../migrations/0015.sql")),
    (16, include_str!("../migrations/0016.sql")),
    (17, include_str!("../migrations/0017.sql")),
    (18, include_str!("../migrations/0018.sql")),
    (19, include_str!("../migrations/0019.sql")),
    (20, include_str!("../migrations/0020.sql")),
    (21, include_str!("../migrations/0021.sql")),
    (22, include_str!("../migrations/0022.sql")),
];

/// The step after which what is to be done is written down of the children who are there.
const WORK: i64 = 9;
/// The step after which the hamlets of the children who are there are written down.
const HOMES: i64 = 15;
/// The step after which the children who are there are summed up.
const TALLY: i64 = 22;

/// Remembers the steps.
const TABLE: &str = "create table if not exists migration (
  number bigint not null,
  sha256 text not null,
  primary key (number)
);";

fn digest(text: &str) -> String {
    crate::chain::hex(&Sha256::digest(text.as_bytes()))
}

/// True where a register has been made here.
pub(crate) async fn is_there(store: &Store) -> Result<bool> {
    let mut tx = store.read().await?;
    let known: Option<(i64,)> = match store.engine() {
        Engine::Sqlite => first!(tx, (i64,), sql::HAS_TABLES_SQLITE, "migration")?,
        Engine::Postgres => first!(tx, (i64,), sql::HAS_TABLES_POSTGRES, "migration")?,
    };
    Ok(known.is_some_and(|(count,)| count > 0))
}

/// Runs what has not been run yet.
pub(crate) async fn run(store: &Store) -> Result<()> {
    if !is_there(store).await? {
        let mut tx = store.write().await?;
        script(&mut tx, TABLE).await?;
        tx.commit().await?;
    }
    let mut tx = store.write().await?;
    let done: Vec<(i64, String)> = all!(tx, (i64, String), sql::MIGRATIONS)?;
    if let Some((number, _)) = done
        .iter()
        .find(|(number, _)| !STEPS.iter().any(|(known, _)| known == number))
    {
        return Err(Error::Newer(*number));
    }
    for &(number, text) in STEPS {
        let hash = digest(text);
        match done.iter().find(|(known, _)| *known == number) {
            Some((_, known)) if *known != hash => return Err(Error::Foreign(number)),
            Some(_) => {}
            None => {
                script(&mut tx, text).await?;
                run!(tx, sql::MIGRATION_ADD, number, hash.as_str())?;
                match number {
                    WORK => work::fill(&mut tx).await?,
                    HOMES => home::fill(&mut tx).await?,
                    TALLY => tally::fill(&mut tx).await?,
                    _ => {}
                }
            }
        }
    }
    tx.commit().await
}

async fn script(tx: &mut Tx, text: &str) -> Result<()> {
    match &mut tx.0 {
        Inner::Lite(transaction) => {
            for statement in statements(text, Engine::Sqlite) {
                sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
                    .execute(&mut **transaction)
                    .await?;
            }
        }
        Inner::Pg(transaction) => {
            for statement in statements(text, Engine::Postgres) {
                sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
                    .execute(&mut **transaction)
                    .await?;
            }
        }
    }
    Ok(())
}
