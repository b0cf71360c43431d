//! Rows of any table, the same from both engines: read in the order of their key, hashed in one canonical form, written by the quickest
//! way each engine has. These are the only statements that are not written down: they are made from the catalogue ([`crate::tables`]).
//!
//! In: a [`Tx`] and a [`Table`]. Out: a stream of rows, a [`Digest`], a [`Writer`].

use crate::error::{Error, Result};
use crate::limits;
use crate::store::{Engine, Inner, Tx};
use crate::tables::{Kind, Table};
use futures_util::stream::{BoxStream, StreamExt as _};
use sha2::{Digest as _, Sha256};
use sqlx::postgres::PgCopyIn;
use sqlx::{AssertSqlSafe, PgConnection, Row as _, SqliteConnection};
use std::fmt::Write as _;

/// What stands in a column of a row.
pub(crate) enum Value {
    Null,
    Text(String),
    Whole(i64),
    Real(f64),
    Bytes(Vec<u8>),
}

/// How many rows a table has, and the hash of all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The table.
    pub table: String,
    /// Rows.
    pub rows: u64,
    /// SHA-256 over the rows in the order of their key, in a form that is the same on both engines.
    pub sha256: String,
}

/// A name in a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn columns(table: &Table) -> String {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| quoted(&column.name))
        .collect();
    names.join(", ")
}

/// All rows in the order of their key. Texts by their bytes: a server may sort by the rules of a language otherwise.
fn select(table: &Table, engine: Engine) -> String {
    let key: Vec<String> = table
        .key
        .iter()
        .map(|name| {
            let text = table
                .columns
                .iter()
                .any(|column| column.name == *name && column.kind == Kind::Text);
            match engine {
                Engine::Postgres if text => format!("{} collate \"C\"", quoted(name)),
                _ => quoted(name),
            }
        })
        .collect();
    format!(
        "select {} from {} order by {}",
        columns(table),
        quoted(&table.name),
        key.join(", ")
    )
}

/// The values of a row of either engine.
macro_rules! values {
    ($row:expr, $table:expr) => {{
        let row = $row?;
        let mut out = Vec::with_capacity($table.columns.len());
        for (at, column) in $table.columns.iter().enumerate() {
            out.push(match column.kind {
                Kind::Text => row
                    .try_get::<Option<String>, _>(at)?
                    .map_or(Value::Null, Value::Text),
                Kind::Whole => row
                    .try_get::<Option<i64>, _>(at)?
                    .map_or(Value::Null, Value::Whole),
                Kind::Boolean => row
                    .try_get::<Option<bool>, _>(at)?
                    .map_or(Value::Null, |truth| Value::Whole(i64::from(truth))),
                Kind::Bytes => row
                    .try_get::<Option<Vec<u8>>, _>(at)?
                    .map_or(Value::Null, Value::Bytes),
                Kind::Real => row
                    .try_get::<Option<f64>, _>(at)?
                    .map_or(Value::Null, Value::Real),
            });
        }
        Ok(out)
    }};
}

/// All rows of a table, in the order of their key, some at a time.
pub(crate) fn rows<'a>(tx: &'a mut Tx, table: &'a Table) -> BoxStream<'a, Result<Vec<Value>>> {
    match &mut tx.0 {
        Inner::Lite(transaction) => sqlx::query(AssertSqlSafe(select(table, Engine::Sqlite)))
            .fetch(&mut **transaction)
            .map(move |row| values!(row, table))
            .boxed(),
        Inner::Pg(transaction) => sqlx::query(AssertSqlSafe(select(table, Engine::Postgres)))
            .fetch(&mut **transaction)
            .map(move |row| values!(row, table))
            .boxed(),
    }
}

/// How many rows a table has.
pub(crate) async fn count(tx: &mut Tx, table: &Table) -> Result<u64> {
    let text = AssertSqlSafe(format!("select count(*) from {}", quoted(&table.name)));
    let (count,): (i64,) = match &mut tx.0 {
        Inner::Lite(transaction) => sqlx::query_as(text).fetch_one(&mut **transaction).await?,
        Inner::Pg(transaction) => sqlx::query_as(text).fetch_one(&mut **transaction).await?,
    };
    Ok(count.unsigned_abs())
}

/// A foreign key of PostgreSQL: its table, its name, what it says.
pub(crate) type Foreign = (String, String, String);

/// Takes PostgreSQL's foreign keys away for the time a register is replaced: it asks them of every row, which is most of the work. SQLite
/// has none that can be taken away, and keeps asking. Who reads at this time waits. Gives what [`tighten`] puts back.
pub(crate) async fn loosen(tx: &mut Tx) -> Result<Vec<Foreign>> {
    let Inner::Pg(transaction) = &mut tx.0 else {
        return Ok(Vec::new());
    };
    let keys: Vec<Foreign> = sqlx::query_as(
        "select cast(t.relname as text), cast(c.conname as text), pg_get_constraintdef(c.oid)
         from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
         where c.contype = 'f' and n.nspname = current_schema() order by 1, 2",
    )
    .fetch_all(&mut **transaction)
    .await?;
    for (table, name, _) in &keys {
        let text = format!(
            "alter table {} drop constraint {}",
            quoted(table),
            quoted(name)
        );
        sqlx::raw_sql(AssertSqlSafe(text))
            .execute(&mut **transaction)
            .await?;
    }
    Ok(keys)
}

/// Puts the foreign keys back: each is asked of all rows at once.
///
/// # Errors
/// A row that refers to nothing; the database's.
pub(crate) async fn tighten(tx: &mut Tx, keys: &[Foreign]) -> Result<()> {
    let Inner::Pg(transaction) = &mut tx.0 else {
        return Ok(());
    };
    for (table, name, what) in keys {
        let text = format!(
            "alter table {} add constraint {} {what}",
            quoted(table),
            quoted(name)
        );
        sqlx::raw_sql(AssertSqlSafe(text))
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Takes all rows away.
pub(crate) async fn clear(tx: &mut Tx, table: &Table) -> Result<()> {
    let text = AssertSqlSafe(format!("delete from {}", quoted(&table.name)));
    match &mut tx.0 {
        Inner::Lite(transaction) => {
            sqlx::query(text).execute(&mut **transaction).await?;
        }
        Inner::Pg(transaction) => {
            sqlx::query(text).execute(&mut **transaction).await?;
        }
    }
    Ok(())
}

/// Hashes rows: each value with its kind and its length before it, columns in the order of their names.
pub(crate) struct Hashing {
    order: Vec<usize>,
    buffer: Vec<u8>,
    hasher: Sha256,
    digest: Digest,
}

impl Hashing {
    pub(crate) fn new(table: &Table) -> Self {
        let mut order: Vec<usize> = (0..table.columns.len()).collect();
        let name = |at: usize| table.columns.get(at).map(|column| column.name.as_str());
        order.sort_by_key(|at| name(*at));
        let mut out = Self {
            buffer: Vec::new(),
            hasher: Sha256::new(),
            digest: Digest {
                table: table.name.clone(),
                rows: 0,
                sha256: String::new(),
            },
            order: Vec::new(),
        };
        for name in order.iter().filter_map(|at| name(*at)) {
            out.part(b'c', name.as_bytes());
        }
        out.order = order;
        out
    }

    fn part(&mut self, kind: u8, bytes: &[u8]) {
        self.buffer.push(kind);
        self.buffer
            .extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        self.buffer.extend_from_slice(bytes);
    }

    pub(crate) fn push(&mut self, row: &[Value]) {
        for at in 0..self.order.len() {
            let value = self.order.get(at).and_then(|at| row.get(*at));
            match value {
                None | Some(Value::Null) => self.part(b'n', &[]),
                Some(Value::Text(text)) => self.part(b't', text.as_bytes()),
                Some(Value::Whole(whole)) => self.part(b'w', &whole.to_be_bytes()),
                Some(Value::Real(real)) => self.part(b'r', &real.to_bits().to_be_bytes()),
                Some(Value::Bytes(bytes)) => self.part(b'b', bytes),
            }
        }
        self.hasher.update(&self.buffer);
        self.buffer.clear();
        self.digest.rows = self.digest.rows.saturating_add(1);
    }

    pub(crate) fn finish(mut self) -> Digest {
        self.hasher.update(&self.buffer);
        self.digest.sha256 = crate::chain::hex(&self.hasher.finalize());
        self.digest
    }
}

/// Writes the rows of one table: PostgreSQL takes them as one `copy`, SQLite some dozens a statement.
pub(crate) enum Writer<'a> {
    Lite {
        connection: &'a mut SqliteConnection,
        table: &'a Table,
        waiting: Vec<Value>,
    },
    Pg {
        copy: PgCopyIn<&'a mut PgConnection>,
        kinds: Vec<Kind>,
        buffer: String,
    },
}

impl<'a> Writer<'a> {
    /// Begins. The columns are those of `table`, and so is their order.
    pub(crate) async fn begin(tx: &'a mut Tx, table: &'a Table) -> Result<Self> {
        Ok(match &mut tx.0 {
            Inner::Lite(transaction) => Self::Lite {
                connection: transaction,
                table,
                waiting: Vec::new(),
            },
            Inner::Pg(transaction) => {
                let text = format!(
                    "copy {} ({}) from stdin",
                    quoted(&table.name),
                    columns(table)
                );
                Self::Pg {
                    copy: transaction.copy_in_raw(&text).await?,
                    kinds: table.columns.iter().map(|column| column.kind).collect(),
                    buffer: String::new(),
                }
            }
        })
    }

    pub(crate) async fn push(&mut self, row: Vec<Value>) -> Result<()> {
        match self {
            Self::Lite {
                connection,
                table,
                waiting,
            } => {
                waiting.extend(row);
                if waiting.len() + table.columns.len() > limits::COPY_PARAMETERS {
                    insert(connection, table, waiting).await?;
                }
            }
            Self::Pg {
                copy,
                kinds,
                buffer,
            } => {
                for (at, (value, kind)) in row.iter().zip(kinds).enumerate() {
                    if at > 0 {
                        buffer.push('\t');
                    }
                    copied(value, *kind, buffer);
                }
                buffer.push('\n');
                if buffer.len() >= limits::COPY_BYTES {
                    copy.send(buffer.as_bytes()).await?;
                    buffer.clear();
                }
            }
        }
        Ok(())
    }

    pub(crate) async fn finish(self) -> Result<()> {
        match self {
            Self::Lite {
                connection,
                table,
                mut waiting,
            } => {
                if !waiting.is_empty() {
                    insert(connection, table, &mut waiting).await?;
                }
            }
            Self::Pg {
                mut copy, buffer, ..
            } => {
                copy.send(buffer.as_bytes()).await?;
                copy.finish().await?;
            }
        }
        Ok(())
    }
}

/// Rows of one statement on SQLite. Parameters without a name: those with one are looked up by walking through all of them.
async fn insert(
    connection: &mut SqliteConnection,
    table: &Table,
    waiting: &mut Vec<Value>,
) -> Result<()> {
    let width = table.columns.len().max(1);
    let count = waiting.len() / width;
    let row = format!("({})", vec!["?"; width].join(", "));
    let text = format!(
        "insert into {} ({}) values {}",
        quoted(&table.name),
        columns(table),
        vec![row.as_str(); count].join(", ")
    );
    let whole = count == (limits::COPY_PARAMETERS / width).max(1);
    let mut query = sqlx::query(AssertSqlSafe(text)).persistent(whole);
    for value in waiting.drain(..) {
        query = match value {
            Value::Null => query.bind(None::<String>),
            Value::Text(text) => query.bind(text),
            Value::Whole(whole) => query.bind(whole),
            Value::Real(real) => query.bind(real),
            Value::Bytes(bytes) => query.bind(bytes),
        };
    }
    query.execute(&mut *connection).await?;
    Ok(())
}

/// A value in the text form of PostgreSQL's `copy` (PostgreSQL documentation, COPY, «Text Format»).
fn copied(value: &Value, kind: Kind, out: &mut String) {
    match value {
        Value::Null => out.push_str("\\N"),
        Value::Whole(whole) if kind == Kind::Boolean => {
            out.push(if *whole == 0 { 'f' } else { 't' });
        }
        Value::Whole(whole) => {
            let _ = write!(out, "{whole}");
        }
        Value::Real(real) => {
            let _ = write!(out, "{real:?}");
        }
        Value::Bytes(bytes) => {
            out.push_str("\\\\x");
            out.push_str(&crate::chain::hex(bytes));
        }
        Value::Text(text) => {
            for c in text.chars() {
                match c {
                    '\\' => out.push_str("\\\\"),
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    '\t' => out.push_str("\\t"),
                    c => out.push(c),
                }
            }
        }
    }
}

impl Tx {
    /// How many rows a table has.
    ///
    /// # Errors
    /// The database's.
    pub async fn count(&mut self, table: &Table) -> Result<u64> {
        count(self, table).await
    }

    /// How many rows a table has, and their hash. `told`: after some thousand rows; `false` stops.
    ///
    /// # Errors
    /// [`Error::Stopped`], the database's.
    pub async fn digest(&mut self, table: &Table, told: &dyn Fn(u64) -> bool) -> Result<Digest> {
        let mut hashing = Hashing::new(table);
        let mut rows = rows(self, table);
        let mut count = 0_u64;
        while let Some(row) = rows.next().await {
            hashing.push(&row?);
            count = count.wrapping_add(1);
            if count.is_multiple_of(limits::COPY_STEP) && !told(limits::COPY_STEP) {
                return Err(Error::Stopped);
            }
        }
        if !told(count % limits::COPY_STEP) {
            return Err(Error::Stopped);
        }
        Ok(hashing.finish())
    }
}
