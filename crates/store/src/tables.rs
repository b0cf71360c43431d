//! The tables of an open register with their columns, read from its own catalogue, so that a table a later step adds is never forgotten.
//!
//! In: a [`Tx`]. Out: [`Table`]s in an order in which each comes after those it refers to.

use crate::error::{Error, Result};
use crate::migrate;
use crate::sql;
use crate::store::{Inner, Tx, all};
use std::collections::BTreeSet;

/// What a column holds. On SQLite a truth is a whole number, 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Whole,
    /// A truth.
    Boolean,
    /// Bytes.
    Bytes,
    /// A number with a fraction.
    Real,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the catalogue.
    pub columns: Vec<Column>,
    /// The columns of its primary key, in order.
    pub key: Vec<String>,
    /// Tables it refers to.
    pub refers: BTreeSet<String>,
}

/// The program's own table of steps: each register has its own.
pub const STEPS_TABLE: &str = "migration";

fn kind(table: &str, text: &str) -> Result<Kind> {
    match text.to_ascii_lowercase().as_str() {
        "text" => Ok(Kind::Text),
        "integer" | "bigint" => Ok(Kind::Whole),
        "boolean" => Ok(Kind::Boolean),
        "blob" | "bytea" => Ok(Kind::Bytes),
        "real" | "double precision" => Ok(Kind::Real),
        _ => Err(Error::OtherStructure(table.to_owned())),
    }
}

/// Names of all tables the steps make. What else stands in a shared database is not ours.
fn ours() -> BTreeSet<&'static str> {
    migrate::STEPS
        .iter()
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| line.trim_start().strip_prefix("create table "))
        .filter_map(|rest| rest.split([' ', '(']).next())
        .collect()
}

impl Tx {
    /// All tables of the register but that of the steps, each after those it refers to.
    ///
    /// # Errors
    /// [`Error::OtherStructure`] where a table the steps make is not there, or holds what the program does not know; the database's.
    pub async fn tables(&mut self) -> Result<Vec<Table>> {
        type Row = (String, String, String, i64);
        let (columns, references): (Vec<Row>, Vec<(String, String)>) = match &self.0 {
            Inner::Lite(_) => (
                all!(self, Row, sql::COLUMNS_SQLITE)?,
                all!(self, (String, String), sql::REFERENCES_SQLITE)?,
            ),
            Inner::Pg(_) => (
                all!(self, Row, sql::COLUMNS_POSTGRES)?,
                all!(self, (String, String), sql::REFERENCES_POSTGRES)?,
            ),
        };
        let mut out: Vec<Table> = Vec::new();
        let mut keys: Vec<(String, i64, String)> = Vec::new();
        let ours = ours();
        for (table, column, text, place) in columns {
            if !ours.contains(table.as_str()) {
                continue;
            }
            if out.last().is_none_or(|last| last.name != table) {
                out.push(Table {
                    name: table.clone(),
                    columns: Vec::new(),
                    key: Vec::new(),
                    refers: BTreeSet::new(),
                });
            }
            if place > 0 {
                keys.push((table.clone(), place, column.clone()));
            }
            let kind = kind(&table, &text)?;
            if let Some(last) = out.last_mut() {
                last.columns.push(Column { name: column, kind });
            }
        }
        keys.sort();
        for table in &mut out {
            let of = |of: &str| of == table.name;
            table.key = keys
                .iter()
                .filter(|(name, ..)| of(name))
                .map(|(_, _, column)| column.clone())
                .collect();
            table.refers = references
                .iter()
                .filter(|(name, to)| of(name) && to != name)
                .map(|(_, to)| to.clone())
                .collect();
        }
        if let Some(missing) = ours
            .iter()
            .find(|name| !out.iter().any(|table| table.name == **name))
        {
            return Err(Error::OtherStructure((*missing).to_owned()));
        }
        Ok(in_order(out))
    }
}

/// Each table after those it refers to; by name where nothing else decides.
fn in_order(mut tables: Vec<Table>) -> Vec<Table> {
    tables.sort_by(|one, other| one.name.cmp(&other.name));
    let mut out: Vec<Table> = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let placed = |name: &str| out.iter().any(|table| table.name == name);
        // Two tables that refer to each other cannot be: a test looks at the real ones.
        let next = tables
            .iter()
            .position(|table| table.refers.iter().all(|to| placed(to)))
            .unwrap_or(0);
        out.push(tables.remove(next));
    }
    out
}
