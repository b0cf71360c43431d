//! What PostgreSQL's planner knows of the tables while an act writes them. It learns of them from `analyze`, which the server runs by itself
//! between acts and never within one; so an act that fills a table the planner believes empty is planned for no rows, and a statement
//! that should look a child up by its key walks all children for each child. Every act therefore lets the planner look at a table once it
//! has written so many of its rows, and again when it has written eight times as many. The server's own visit to a table that an act has just
//! emptied may hold the table when the next act fills it, and leaves behind that it is empty: it is made to give way.
//!
//! In: how many rows each statement wrote. Out: nothing but better plans; where the server refuses to look, the act goes on without.
//! SQLite needs none of it: its plans do not change with the rows, and all statements name their index's columns.
//!
//! Source: PostgreSQL documentation, 25.1.3 (what is read of it within a transaction: ANALYZE, notes).

use crate::error::Result;
use crate::limits;
use crate::store::{Inner, Tx};
use sqlx::postgres::PgQueryResult;
use sqlx::{AssertSqlSafe, Postgres, Transaction};
use std::collections::HashMap;

/// The function through which a role that does not own the tables has them looked at ([`crate::Store::grant`] makes it).
pub(crate) const FUNCTION: &str = "treem_analyze";

/// Rows written by a transaction.
#[derive(Default)]
pub(crate) struct Written {
    tables: HashMap<&'static str, Rows>,
    /// Whether it is asked through [`FUNCTION`]; not known before the first look.
    by_function: Option<bool>,
}

#[derive(Clone, Copy)]
struct Rows {
    written: u64,
    next: u64,
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

    /// The look at a table was refused: it is time again after as many rows as the first. The server's own visit, which held the table, may
    /// have seen it as it was before the act, and what the planner believes then would hold for all that is still to be written.
    fn refused(&mut self, table: &str) {
        if let Some(of) = self.tables.get_mut(table) {
            of.next = of.written.saturating_add(limits::STATISTICS_ROWS);
        }
    }
}

/// The table a statement puts rows into. What it takes away is not counted: a look at a table that was just emptied, to be filled again, would
/// leave behind that it is empty, and for eight times as many rows as it had.
fn table(statement: &'static str) -> Option<&'static str> {
    let mut words = statement.split_ascii_whitespace();
    let table = match (words.next()?, words.next()?) {
        ("insert", "into") => words.next()?,
        ("update", table) => table,
        _ => return None,
    };
    Some(table.trim_end_matches('('))
}

/// What a statement wrote, in rows; the planner looks at its table where it is time.
pub(crate) async fn wrote(
    tx: &mut Transaction<'static, Postgres>,
    written: &mut Written,
    statement: &'static str,
    done: sqlx::Result<PgQueryResult>,
) -> sqlx::Result<u64> {
    let rows = done?.rows_affected();
    if let Some(table) = written.due(statement, rows)
        && !look(tx, written, table).await?
    {
        written.refused(table);
    }
    Ok(rows)
}

/// Lets the planner look at a table; whether it did. Another act or the server itself may be looking at it: then this look is left out, and
/// the act goes on.
async fn look(
    tx: &mut Transaction<'static, Postgres>,
    written: &mut Written,
    table: &str,
) -> sqlx::Result<bool> {
    let by_function = if let Some(known) = written.by_function {
        known
    } else {
        let (there,): (bool,) = sqlx::query_as("select to_regprocedure($1) is not null")
            .bind(format!("{FUNCTION}(text)"))
            .fetch_one(&mut **tx)
            .await?;
        written.by_function = Some(there);
        there
    };
    let looks = if by_function {
        format!("select {FUNCTION}('{table}')")
    } else {
        format!("analyze {table}")
    };
    // Held by an act of ours, the table stays held until that act has ended; the server's own visit gives way to who waits long enough.
    let (ours,): (bool,) = sqlx::query_as(HELD_BY_US)
        .bind(table)
        .fetch_one(&mut **tx)
        .await?;
    if ours {
        return Ok(false);
    }
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
        sqlx::raw_sql("rollback to savepoint statistics; release savepoint statistics")
            .execute(&mut **tx)
            .await?;
        return Ok(false);
    }
    Ok(true)
}

/// Whether another session of this program's role has a table so that nobody else may look at it. Of other roles' sessions the server says
/// nothing but that they are there, nor is its own visit one of ours.
const HELD_BY_US: &str =
    "select exists (select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.relation = to_regclass($1) and l.granted and l.mode = 'ShareUpdateExclusiveLock'
    and a.backend_type = 'client backend' and a.pid <> pg_backend_pid())";

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
            ("delete from finding where register = $1", None),
            ("update child set version = 1", Some("child")),
            ("select 1", None),
            ("", None),
        ] {
            assert_eq!(table(statement), want, "{statement}");
        }
        for (_, statement) in crate::sql::all() {
            let writes = ["insert", "update"]
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
            // A table that is emptied and filled again is looked at for what it is filled with.
            let emptied = written.due("delete from finding where register = $1", 1_000_000);
            assert_eq!(emptied, None);
            let filled = written.due("insert into finding (register) values", 100);
            assert_eq!(filled.is_some(), matches!(step, 50 | 400), "{step}");
        }
        assert_eq!(looked, [5, 40, 320]);
    }

    #[test]
    fn a_look_that_was_refused_is_tried_again_soon() {
        let mut written = Written::default();
        let mut tried = Vec::new();
        for step in 1_u64..=60 {
            if let Some(table) = written.due("update child set state = $1", 1_000) {
                tried.push(step);
                if step < 15 {
                    written.refused(table);
                }
            }
        }
        assert_eq!(tried, [5, 10, 15]);
        written.refused("finding");
    }
}
