//! What PostgreSQL's planner knows of the tables while an act writes them. It learns of them from `analyze`, which the server runs by itself
//! between acts and never within one; so an act that fills a table the planner believes empty is planned for no rows, and a statement
//! that should look a child up by its key walks all children for each child. Every act therefore lets the planner look at a table once it
//! has written so many of its rows, and again when it has written eight times as many.
//!
//! In: how many rows each statement wrote. Out: nothing but better plans; where the server refuses to look, the act goes on without.
//! SQLite needs none of it: its plans do not change with the rows, and all statements name their index's columns.
//!
//! Source: PostgreSQL documentation, 25.1.3 (what is read of it within a transaction: ANALYZE, notes).

use crate::error::Result;
use crate::limits;
use crate::store::{Inner, Tx};
use sqlx::{AssertSqlSafe, Postgres, Transaction};
use std::collections::HashMap;

/// The function through which a role that does not own the tables has them looked at ([`crate::Store::grant`] makes it).
pub(crate) const FUNCTION: &str = "treem_analyze";

/// Rows written by a transaction.
#[derive(Default)]
pub(crate) struct Written {
    tables: HashMap<&'static str, Rows>,
    how: Option<How>,
}

#[derive(Clone, Copy)]
struct Rows {
    written: u64,
    next: u64,
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// The owner.
    Itself,
    /// Another role.
    ByFunction,
    /// It was refused: it is not asked again.
    NotAtAll,
}

impl Written {
    /// Counts the rows of a statement; its table, where it is time to look at it.
    fn due(&mut self, statement: &'static str, rows: u64) -> Option<&'static str> {
        let table = table(statement)?;
        let of = self.tables.entry(table).or_insert(Rows {
            written: 0,
            next: limits::STATISTICS_ROWS,
        });
        of.written = of.written.saturating_add(rows);
        if of.written < of.next {
            return None;
        }
        of.next = of.written.saturating_mul(limits::STATISTICS_GROWTH);
        Some(table)
    }
}

/// The table a statement writes.
fn table(statement: &'static str) -> Option<&'static str> {
    let mut words = statement.split_ascii_whitespace();
    let table = match (words.next()?, words.next()?) {
        ("insert", "into") | ("delete", "from") => words.next()?,
        ("update", table) => table,
        _ => return None,
    };
    Some(table.trim_end_matches('('))
}

/// A statement has written rows.
pub(crate) async fn wrote(
    tx: &mut Transaction<'static, Postgres>,
    written: &mut Written,
    statement: &'static str,
    rows: u64,
) -> sqlx::Result<()> {
    match written.due(statement, rows) {
        Some(table) => look(tx, written, table).await,
        None => Ok(()),
    }
}

/// Lets the planner look at a table. Another act of the server may be looking at it: then it is left to that one, soon.
async fn look(
    tx: &mut Transaction<'static, Postgres>,
    written: &mut Written,
    table: &str,
) -> sqlx::Result<()> {
    let how = match written.how {
        Some(how) => how,
        None => {
            let (function,): (bool,) = sqlx::query_as("select to_regprocedure($1) is not null")
                .bind(format!("{FUNCTION}(text)"))
                .fetch_one(&mut **tx)
                .await?;
            if function {
                How::ByFunction
            } else {
                How::Itself
            }
        }
    };
    written.how = Some(how);
    let looks = match how {
        How::Itself => format!("analyze {table}"),
        How::ByFunction => format!("select {FUNCTION}('{table}')"),
        How::NotAtAll => return Ok(()),
    };
    // The settings hold to the end of the transaction unless they are put back.
    let (wait, sample) = (limits::STATISTICS_WAIT_MS, limits::STATISTICS_TARGET);
    let text = format!(
        "savepoint statistics; set local lock_timeout = {wait}; set local default_statistics_target = {sample}; {looks}; \
         set local lock_timeout to default; set local default_statistics_target to default; release savepoint statistics"
    );
    if sqlx::raw_sql(AssertSqlSafe(text))
        .execute(&mut **tx)
        .await
        .is_err()
    {
        written.how = Some(How::NotAtAll);
        sqlx::raw_sql("rollback to savepoint statistics; release savepoint statistics")
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

impl Tx {
    /// Rows have been copied into a table.
    pub(crate) async fn copied(&mut self, table: &str, rows: u64) -> Result<()> {
        if let Inner::Pg(transaction) = &mut self.0
            && rows >= limits::STATISTICS_ROWS
        {
            look(transaction, &mut self.1, table).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Written, table};

    #[test]
    fn the_table_of_a_statement() {
        for (statement, want) in [
            ("insert into work (register, child) values", Some("work")),
            ("delete from finding where register = $1", Some("finding")),
            ("update child set version = 1", Some("child")),
            ("select 1", None),
            ("", None),
        ] {
            assert_eq!(table(statement), want, "{statement}");
        }
        for (_, statement) in crate::sql::all() {
            let writes = ["insert", "update", "delete"]
                .iter()
                .any(|word| statement.starts_with(word));
            assert_eq!(table(statement).is_some(), writes, "{statement}");
        }
    }

    #[test]
    fn it_looks_after_many_rows_and_after_many_more() {
        let mut written = Written::default();
        let mut looked = Vec::new();
        for step in 1_u64..=1_000 {
            if written.due("update child set state = $1", 1_000).is_some() {
                looked.push(step);
            }
            assert_eq!(
                written.due("delete from finding where register = $1", 1),
                None
            );
        }
        assert_eq!(looked, [5, 40, 320]);
    }
}
