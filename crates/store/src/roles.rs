//! What a role of a PostgreSQL server may do in a register that another role owns: what the statements of the program do, and no more. No
//! statement changes or deletes events or the audit chain, so neither may the role; nor may it change the structure.
//!
//! In: a [`Store`] opened as the owner, a role. Out: its rights, given anew. SQLite knows no roles.

use crate::error::{Error, Result};
use crate::store::{Inner, Store, first};
use crate::tables::STEPS_TABLE;
use crate::{sql, statistics};
use sqlx::AssertSqlSafe;
use std::collections::BTreeSet;

/// The longest name of a role, in bytes (PostgreSQL documentation, 4.1.1).
const NAME_BYTES: usize = 63;
/// PostgreSQL's code for a role that is not there (PostgreSQL documentation, appendix A).
const NO_ROLE: &str = "42704";

impl Store {
    /// Gives a role what the program needs to work with the register day by day, in the place of what it had. Gives how many tables there are
    /// that it may not change.
    ///
    /// # Errors
    /// [`Error::NoRoles`] on SQLite, [`Error::NoRole`], [`Error::NotOwner`], the database's.
    pub async fn grant(&self, role: &str) -> Result<usize> {
        let tables = self.read().await?.tables().await?;
        let mut tx = self.write().await?;
        let Inner::Pg(transaction) = &mut tx.0 else {
            return Err(Error::NoRoles);
        };
        if role.is_empty() || role.len() > NAME_BYTES || role.contains('\0') {
            return Err(Error::NoRole(role.to_owned()));
        }
        let (schema,): (String,) = sqlx::query_as("select current_schema()::text")
            .fetch_one(&mut **transaction)
            .await?;
        let to = quoted(role);
        let mut statements = vec![format!("grant usage on schema {} to {to}", quoted(&schema))];
        let mut kept = 0;
        let names = tables.iter().map(|table| table.name.as_str());
        for table in names.chain([STEPS_TABLE]) {
            let rights = rights(table);
            kept += usize::from(!rights.contains("update") && !rights.contains("delete"));
            let name = quoted(table);
            statements.push(format!("revoke all on table {name} from {to}"));
            let rights: Vec<&str> = rights.into_iter().collect();
            statements.push(format!(
                "grant {} on table {name} to {to}",
                rights.join(", ")
            ));
        }
        let (place, function) = (quoted(&schema), quoted(statistics::FUNCTION));
        statements.push(format!(
            "create or replace function {place}.{function}(of_table text) returns void language plpgsql security definer \
             set search_path = {place}, pg_temp as $$ begin execute format('analyze %I', of_table); end $$"
        ));
        statements.push(format!(
            "revoke all on function {place}.{function}(text) from public"
        ));
        statements.push(format!(
            "grant execute on function {place}.{function}(text) to {to}"
        ));
        for statement in statements {
            let done = sqlx::raw_sql(AssertSqlSafe(statement))
                .execute(&mut **transaction)
                .await;
            done.map_err(|error| match &error {
                sqlx::Error::Database(said) if said.code().as_deref() == Some(NO_ROLE) => {
                    Error::NoRole(role.to_owned())
                }
                _ => Error::from(error),
            })?;
        }
        tx.commit().await?;
        Ok(kept)
    }

    /// Whether the role in use could change or delete what happened, were it told to: so it is with an owner. Never on SQLite, where the file is
    /// guarded instead.
    ///
    /// # Errors
    /// The database's.
    pub async fn may_rewrite(&self) -> Result<bool> {
        let Self::Pg(_) = self else {
            return Ok(false);
        };
        let mut tx = self.read().await?;
        let may: Option<(bool,)> = first!(tx, (bool,), sql::MAY_REWRITE_POSTGRES)?;
        Ok(may.is_some_and(|(may,)| may))
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What the statements of the program do with a table.
fn rights(table: &str) -> BTreeSet<&'static str> {
    if table == STEPS_TABLE {
        return BTreeSet::from(["select"]);
    }
    let mut out = BTreeSet::from(["select", "insert"]);
    let single = sql::all().map(|(_, text)| (*text).to_owned());
    let many = sql::all_many().map(|(_, many)| format!("{} {}", many.into, many.tail));
    for text in single.chain(many) {
        let words: Vec<&str> = text
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .collect();
        let says = |part: &[&str]| words.windows(part.len()).any(|words| words == part);
        if says(&["update", table]) || (says(&["into", table]) && says(&["do", "update"])) {
            out.insert("update");
        }
        if says(&["delete", "from", table]) {
            out.insert("delete");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::rights;

    #[test]
    fn what_the_statements_do() {
        for (table, want) in [
            ("child", "insert select update"),
            ("child_event", "insert select"),
            ("child_event_sensitive", "insert select"),
            ("audit", "insert select"),
            ("finding", "delete insert select"),
            ("number_claim", "delete insert select update"),
            ("attempt", "delete insert select update"),
            ("column_mapping", "insert select update"),
            ("migration", "select"),
        ] {
            let rights: Vec<&str> = rights(table).into_iter().collect();
            assert_eq!(rights.join(" "), want, "{table}");
        }
    }
}
