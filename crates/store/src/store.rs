//! The two engines: opening, creating, and transactions that are the same on both.
//!
//! In: an address. Out: [`Store`], [`Tx`]. On SQLite one connection writes and some read (WAL); every writing transaction begins
//! immediate, so that it waits for another writer instead of failing halfway.

use crate::error::{Error, Result};
use crate::statistics::Written;
use crate::{limits, migrate};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A server.
    Postgres,
}

/// An open register.
#[derive(Clone, Debug)]
pub enum Store {
    /// A file.
    Lite {
        /// The one connection that writes.
        write: SqlitePool,
        /// Those that read.
        read: SqlitePool,
        /// Those that read whole tables, papers among them: they read few rows ahead.
        tables: SqlitePool,
    },
    /// A server.
    Pg(PgPool),
}

/// A transaction. Dropped without [`Tx::commit`], nothing of it remains.
pub struct Tx(pub(crate) Inner, pub(crate) Written);

pub(crate) enum Inner {
    Lite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Pg(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// What an address means.
enum Address {
    File(PathBuf),
    Server(Box<PgConnectOptions>),
}

impl Address {
    fn of(text: &str) -> Result<Self> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            PgConnectOptions::from_str(text)
                .map(|options| Self::Server(Box::new(options.application_name("treem"))))
                .map_err(|_| Error::BadAddress)
        } else if text.is_empty() || text.contains("://") {
            Err(Error::BadAddress)
        } else {
            Ok(Self::File(PathBuf::from(text)))
        }
    }
}

/// The address without a password, for messages.
pub fn shown(address: &str) -> &str {
    let Some((_, rest)) = address.split_once("://") else {
        return address;
    };
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    // It may stand among the parameters, too; what follows it is not shown either.
    place
        .split_once("password=")
        .map_or(place, |(before, _)| before.trim_end_matches(['?', '&']))
}

impl Store {
    /// Opens a register that is there, and brings its structure up to date.
    ///
    /// `address`: a file, or `postgres://…`.
    ///
    /// # Errors
    /// [`Error::NoStore`], [`Error::Unreachable`], [`Error::BadAddress`], [`Error::Newer`].
    pub async fn open(address: &str) -> Result<Self> {
        let store = match Address::of(address)? {
            Address::File(path) if !path.is_file() => {
                return Err(Error::NoStore(shown(address).to_owned()));
            }
            Address::File(path) => Self::lite(&path, address, true).await?,
            Address::Server(options) => Self::pg(*options, address).await?,
        };
        if !migrate::is_there(&store).await? {
            return Err(Error::NoStore(shown(address).to_owned()));
        }
        migrate::run(&store).await?;
        Ok(store)
    }

    /// Opens a register, making its file and structure where there is none.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn create(address: &str) -> Result<Self> {
        let store = match Address::of(address)? {
            Address::File(path) => {
                make_file(&path).map_err(|_| Error::Unreachable(address.to_owned()))?;
                Self::lite(&path, address, true).await?
            }
            Address::Server(options) => Self::pg(*options, address).await?,
        };
        migrate::run(&store).await?;
        Ok(store)
    }

    /// A new register in an empty file that is thrown away if anything goes wrong: without a journal, so that every row is written once.
    /// Who keeps the file lets the system write it out first.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn part(path: &Path) -> Result<Self> {
        let store = Self::lite(path, &path.to_string_lossy(), false).await?;
        migrate::run(&store).await?;
        Ok(store)
    }

    /// Ends a register that was begun by [`Store::part`]: from now on it is opened as any other, and opening it changes no byte.
    ///
    /// # Errors
    /// The database's.
    pub async fn whole(self) -> Result<()> {
        if let Self::Lite { write, .. } = &self {
            sqlx::query("pragma journal_mode = wal")
                .execute(write)
                .await?;
        }
        self.close().await;
        Ok(())
    }

    async fn lite(path: &Path, address: &str, lasting: bool) -> Result<Self> {
        let (journal, synchronous) = if lasting {
            (SqliteJournalMode::Wal, SqliteSynchronous::Full)
        } else {
            (SqliteJournalMode::Off, SqliteSynchronous::Off)
        };
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .journal_mode(journal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .page_size(limits::PAGE_BYTES)
            .pragma("cache_size", limits::CACHE_KIB)
            .busy_timeout(limits::BUSY);
        let pool = |most| {
            SqlitePoolOptions::new()
                .max_connections(most)
                .acquire_timeout(limits::CONNECT)
        };
        let unreachable = |error: sqlx::Error| match Error::from(error) {
            Error::Damaged => Error::Damaged,
            _ => Error::Unreachable(shown(address).to_owned()),
        };
        Ok(Self::Lite {
            write: pool(1)
                .connect_with(options.clone())
                .await
                .map_err(unreachable)?,
            tables: pool(limits::CONNECTIONS).connect_lazy_with(options.clone()),
            read: pool(limits::CONNECTIONS)
                .connect_with(options.row_buffer_size(limits::ROWS_AHEAD))
                .await
                .map_err(unreachable)?,
        })
    }

    async fn pg(options: PgConnectOptions, address: &str) -> Result<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(limits::CONNECTIONS)
            .acquire_timeout(limits::CONNECT)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    // A program that was killed leaves no statement running, with all it holds. A server that cannot look says so; it is
                    // asked for nothing it must have.
                    let _ = sqlx::raw_sql(limits::CLIENT_CHECK)
                        .execute(connection)
                        .await;
                    Ok(())
                })
            })
            .connect_with(options)
            .await
            .map_err(|error| match error {
                // invalid_catalog_name
                sqlx::Error::Database(said) if said.code().as_deref() == Some("3D000") => {
                    Error::NoDatabase(shown(address).to_owned())
                }
                sqlx::Error::Tls(_) => Error::Untrusted(shown(address).to_owned()),
                // So the handshake says that it does not trust the server.
                sqlx::Error::Io(said) if said.kind() == std::io::ErrorKind::InvalidData => {
                    Error::Untrusted(shown(address).to_owned())
                }
                _ => Error::Unreachable(shown(address).to_owned()),
            })?;
        Ok(Self::Pg(pool))
    }

    /// The engine.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Lite { .. } => Engine::Sqlite,
            Self::Pg(_) => Engine::Postgres,
        }
    }

    /// A transaction that only reads, and sees the register as it is at this moment to the end.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(&self) -> Result<Tx> {
        let inner = match self {
            Self::Lite { read, .. } => Inner::Lite(read.begin().await?),
            Self::Pg(pool) => Inner::Pg(
                pool.begin_with("begin isolation level repeatable read read only")
                    .await?,
            ),
        };
        Ok(Tx(inner, Written::default()))
    }

    /// As [`Store::read`], to go through whole tables: a row may be a paper of many megabytes.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn read_tables(&self) -> Result<Tx> {
        match self {
            Self::Lite { tables, .. } => {
                Ok(Tx(Inner::Lite(tables.begin().await?), Written::default()))
            }
            Self::Pg(_) => self.read().await,
        }
    }

    /// As [`Store::read`], with a second transaction that sees exactly what the first one sees, to read another part at the same time.
    /// There is none on SQLite, which answers within this program, nor where the connections are in use or the server shares no
    /// snapshots.
    ///
    /// Source: PostgreSQL documentation, 9.28.5 (snapshot synchronization functions).
    ///
    /// # Errors
    /// The database's.
    pub async fn read_by_two(&self) -> Result<(Tx, Option<Tx>)> {
        let mut first = self.read().await?;
        let (Self::Pg(pool), Inner::Pg(own)) = (self, &mut first.0) else {
            return Ok((first, None));
        };
        // Who holds a connection does not wait for another one: two who did might wait for each other.
        if pool.num_idle() == 0 && pool.size() >= limits::CONNECTIONS {
            return Ok((first, None));
        }
        let snapshot: sqlx::Result<(String,)> = sqlx::query_as("select pg_export_snapshot()")
            .fetch_one(&mut **own)
            .await;
        let Ok((snapshot,)) = snapshot else {
            // The transaction is lost with the question; its connection goes back first.
            drop(first);
            return Ok((self.read().await?, None));
        };
        // A server that is full answers late: then one reads alone.
        let begun = pool.begin_with("begin isolation level repeatable read read only");
        let Ok(Ok(mut second)) = tokio::time::timeout(limits::SECOND, begun).await else {
            return Ok((first, None));
        };
        let set = format!("set transaction snapshot '{snapshot}'");
        let taken = sqlx::raw_sql(sqlx::AssertSqlSafe(set))
            .execute(&mut *second)
            .await;
        let second = taken
            .is_ok()
            .then(|| Tx(Inner::Pg(second), Written::default()));
        Ok((first, second))
    }

    /// A transaction that writes.
    pub(crate) async fn write(&self) -> Result<Tx> {
        let inner = match self {
            Self::Lite { write, .. } => Inner::Lite(write.begin_with("begin immediate").await?),
            Self::Pg(pool) => Inner::Pg(pool.begin().await?),
        };
        Ok(Tx(inner, Written::default()))
    }

    /// Lets the engine look at its own file; sentences of what it finds, empty if nothing. PostgreSQL has no such question to ask.
    ///
    /// # Errors
    /// The database's.
    pub async fn damage(&self) -> Result<Vec<String>> {
        let Self::Lite { read, .. } = self else {
            return Ok(Vec::new());
        };
        let found: Vec<(String,)> = sqlx::query_as("pragma integrity_check(20)")
            .fetch_all(read)
            .await?;
        Ok(found
            .into_iter()
            .map(|(line,)| line)
            .filter(|line| line != "ok")
            .collect())
    }

    /// Closes all connections; on SQLite what the log holds goes into the file.
    pub async fn close(self) {
        match self {
            Self::Lite {
                write,
                read,
                tables,
            } => {
                tables.close().await;
                read.close().await;
                write.close().await;
            }
            Self::Pg(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Keeps what was written.
    pub(crate) async fn commit(self) -> Result<()> {
        match self.0 {
            Inner::Lite(transaction) => transaction.commit().await?,
            Inner::Pg(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

/// An empty file that only its owner may read, and the folder it stands in.
fn make_file(path: &Path) -> std::io::Result<()> {
    if path.is_file() {
        return Ok(());
    }
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

/// Runs a statement; gives how many rows it touched.
macro_rules! run {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::store::Inner::Lite(transaction) => {
                $crate::watch::asked($crate::store::Engine::Sqlite, $sql, &[$(stringify!($bind)),*]);
                sqlx::query($sql)$(.bind($bind))*.execute(&mut **transaction).await.map(|done| done.rows_affected())
            }
            $crate::store::Inner::Pg(transaction) => {
                $crate::watch::asked($crate::store::Engine::Postgres, $sql, &[$(stringify!($bind)),*]);
                let done = sqlx::query($sql)$(.bind($bind))*.execute(&mut **transaction).await;
                $crate::statistics::wrote(transaction, &mut $tx.1, $sql, done).await
            }
        }
        .map_err($crate::error::Error::from)
    };
}

/// All rows of a statement.
macro_rules! all {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::store::Inner::Lite(transaction) => {
                $crate::watch::asked($crate::store::Engine::Sqlite, $sql, &[$(stringify!($bind)),*]);
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **transaction).await
            }
            $crate::store::Inner::Pg(transaction) => {
                $crate::watch::asked($crate::store::Engine::Postgres, $sql, &[$(stringify!($bind)),*]);
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **transaction).await
            }
        }
        .map_err($crate::error::Error::from)
    };
}

/// The first row of a statement, where there is one.
macro_rules! first {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.0 {
            $crate::store::Inner::Lite(transaction) => {
                $crate::watch::asked($crate::store::Engine::Sqlite, $sql, &[$(stringify!($bind)),*]);
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **transaction).await
            }
            $crate::store::Inner::Pg(transaction) => {
                $crate::watch::asked($crate::store::Engine::Postgres, $sql, &[$(stringify!($bind)),*]);
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **transaction).await
            }
        }
        .map_err($crate::error::Error::from)
    };
}

/// Writes many rows with few statements; gives how many were written.
macro_rules! add_many {
    ($tx:expr, $many:expr, $rows:expr, $row:pat => [$($bind:expr),* $(,)?]) => {{
        let (mut written, most) = (0_u64, $many.most());
        for chunk in $rows.chunks(most) {
            let engine = match &$tx.0 {
                $crate::store::Inner::Lite(_) => $crate::store::Engine::Sqlite,
                $crate::store::Inner::Pg(_) => $crate::store::Engine::Postgres,
            };
            let text = sqlx::AssertSqlSafe($many.text(chunk.len(), engine));
            let whole = chunk.len() == most;
            written += match &mut $tx.0 {
                $crate::store::Inner::Lite(transaction) => {
                    $crate::watch::note($crate::store::Engine::Sqlite, $many.into);
                    let mut query = sqlx::query(text).persistent(whole);
                    for $row in chunk {
                        query = query$(.bind($bind))*;
                    }
                    query.execute(&mut **transaction).await.map(|done| done.rows_affected())
                }
                $crate::store::Inner::Pg(transaction) => {
                    $crate::watch::note($crate::store::Engine::Postgres, $many.into);
                    let mut query = sqlx::query(text).persistent(whole);
                    for $row in chunk {
                        query = query$(.bind($bind))*;
                    }
                    let done = query.execute(&mut **transaction).await;
                    $crate::statistics::wrote(transaction, &mut $tx.1, $many.into, done).await
                }
            }
            .map_err($crate::error::Error::from)?;
        }
        $crate::error::Result::Ok(written)
    }};
}

pub(crate) use {add_many, all, first, run};

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_password_is_never_shown() {
        for (address, want) in [
            ("treem-data/register.db", "treem-data/register.db"),
            ("postgres://so:bi-mat@may/treem", "may/treem"),
            ("postgres:///treem?host=/run", "/treem?host=/run"),
            ("postgres://may/treem?password=bi-mat&host=x", "may/treem"),
            (
                "postgres://may/treem?host=x&password=bi-mat",
                "may/treem?host=x",
            ),
        ] {
            assert_eq!(shown(address), want);
        }
    }
}
