//! The yardsticks of the register (bench/register.sh): the same rows written bare, the same table read bare, the same questions asked bare,
//! all through the driver the program uses, beside the program's own way where that is asked for.
//!
//! In: `rows FROM TO` (what FROM has and TO has not is written into TO in one transaction, a statement a row), `many FROM TO` (the same, some
//! hundred rows a statement), `scan DATA TIMES`, `lookups DATA TIMES`.
//! Out: lines of JSON; `seconds` is the work alone.

#![allow(
    clippy::print_stdout,
    reason = "a measurement that is run by hand, no part of the program"
)]

use sqlx::{Postgres, Row as _, Sqlite};
use std::collections::HashMap;
use std::time::Instant;
use treem_store::Store;
use treem_store::migrate::STEPS;

type Anything = Result<(), Box<dyn std::error::Error>>;

/// A value of a row.
#[derive(Clone, PartialEq)]
enum Value {
    Text(Option<String>),
    Number(Option<i64>),
    Truth(Option<bool>),
}

/// A table as the migrations make it.
struct Table {
    name: String,
    columns: Vec<(String, String)>,
    key: Vec<usize>,
}

/// All tables, in the order in which they refer to each other.
fn tables() -> Vec<Table> {
    let mut out: Vec<Table> = Vec::new();
    for line in STEPS.iter().flat_map(|(_, text)| text.lines()) {
        let words: Vec<&str> = line
            .split([' ', ',', '(', ')', ';'])
            .filter(|word| !word.is_empty())
            .collect();
        let column = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
        match words.as_slice() {
            ["create", "table", name, ..] => out.push(Table {
                name: (*name).to_owned(),
                columns: Vec::new(),
                key: Vec::new(),
            }),
            ["drop", "table", name] => out.retain(|table| table.name != *name),
            ["alter", "table", name, "add", "column", new, kind, ..] => {
                if let Some(table) = out.iter_mut().find(|table| table.name == *name) {
                    table.columns.push(column(new, kind));
                }
            }
            ["primary", "key", names @ ..] if line.starts_with("  ") => {
                if let Some(table) = out.last_mut() {
                    let at =
                        |name: &&str| table.columns.iter().position(|(known, _)| known == name);
                    table.key = names.iter().filter_map(at).collect();
                }
            }
            [new, kind @ ("text" | "bigint" | "boolean" | "bytea"), ..]
                if line.starts_with("  ") =>
            {
                if let Some(table) = out.last_mut() {
                    table.columns.push(column(new, kind));
                }
            }
            _ => {}
        }
    }
    out
}

impl Table {
    fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        names.join(", ")
    }
    fn select(&self) -> String {
        format!("select {} from {}", self.names(), self.name)
    }
    /// Inserts so many rows. PostgreSQL wants its parameters numbered; SQLite is slow when they are.
    fn insert(&self, rows: usize, numbered: bool) -> String {
        let wide = self.columns.len();
        let row = |at: usize| {
            let mark = |n: usize| {
                if numbered {
                    format!("${}", at * wide + n)
                } else {
                    "?".to_owned()
                }
            };
            let marks: Vec<String> = (1..=wide).map(mark).collect();
            format!("({})", marks.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!(
            "insert into {} ({}) values {}",
            self.name,
            self.names(),
            rows.join(", ")
        )
    }
    /// Sets everything but the key.
    fn update(&self) -> String {
        let one = |at: usize| {
            let name = self.columns.get(at).map_or("", |(name, _)| name.as_str());
            format!("{name} = ${}", at + 1)
        };
        let others: Vec<String> = (0..self.columns.len())
            .filter(|at| !self.key.contains(at))
            .map(one)
            .collect();
        let key: Vec<String> = self.key.iter().copied().map(one).collect();
        format!(
            "update {} set {} where {}",
            self.name,
            others.join(", "),
            key.join(" and ")
        )
    }
    fn key(&self, row: &[Value]) -> String {
        let mut out = String::new();
        for value in self.key.iter().filter_map(|at| row.get(*at)) {
            match value {
                Value::Text(text) => out.push_str(text.as_deref().unwrap_or("")),
                Value::Number(number) => out.push_str(&number.unwrap_or(0).to_string()),
                Value::Truth(_) => {}
            }
            out.push('\u{1}');
        }
        out
    }
}

macro_rules! values {
    ($table:expr, $row:expr) => {
        $table
            .columns
            .iter()
            .enumerate()
            .map(|(at, (_, kind))| {
                Ok(match kind.as_str() {
                    "bigint" => Value::Number($row.try_get(at)?),
                    "boolean" => Value::Truth($row.try_get(at)?),
                    _ => Value::Text($row.try_get(at)?),
                })
            })
            .collect::<Result<Vec<Value>, sqlx::Error>>()
    };
}

macro_rules! written {
    ($engine:ty, $statement:expr, $row:expr, $transaction:expr) => {{
        let mut query = sqlx::query::<$engine>(sqlx::AssertSqlSafe($statement));
        for value in $row.iter().flat_map(|row| row.iter()) {
            query = match value {
                Value::Text(text) => query.bind(text.as_deref()),
                Value::Number(number) => query.bind(*number),
                Value::Truth(truth) => query.bind(*truth),
            };
        }
        query.execute(&mut *$transaction).await?;
    }};
}

macro_rules! all_written {
    ($engine:ty, $work:expr, $transaction:expr, $most:expr, $numbered:expr) => {
        for (table, new, changed) in $work {
            for rows in new.chunks(($most / table.columns.len()).max(1)) {
                written!(
                    $engine,
                    table.insert(rows.len(), $numbered),
                    rows,
                    $transaction
                );
            }
            for row in changed {
                written!(
                    $engine,
                    table.update(),
                    std::slice::from_ref(row),
                    $transaction
                );
            }
        }
    };
}

async fn read(store: &Store, table: &Table) -> Result<Vec<Vec<Value>>, sqlx::Error> {
    let text = || sqlx::AssertSqlSafe(table.select());
    match store {
        Store::Lite { read, .. } => {
            let rows = sqlx::query(text()).fetch_all(read).await?;
            rows.iter().map(|row| values!(table, row)).collect()
        }
        Store::Pg(pool) => {
            let rows = sqlx::query(text()).fetch_all(pool).await?;
            rows.iter().map(|row| values!(table, row)).collect()
        }
    }
}

/// A table, its new rows, its changed rows.
type Difference = (Table, Vec<Vec<Value>>, Vec<Vec<Value>>);

/// Writes into one register what another has beyond it, at most so many parameters a statement.
async fn rows(from: &str, to: &str, most: usize) -> Anything {
    let (from, to) = (Store::open(from).await?, Store::open(to).await?);
    let mut work: Vec<Difference> = Vec::new();
    for table in tables() {
        if table.name == "migration" {
            continue;
        }
        let there = read(&to, &table).await?;
        let mut known: HashMap<String, Vec<Value>> = there
            .into_iter()
            .map(|row| (table.key(&row), row))
            .collect();
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for row in read(&from, &table).await? {
            match known.remove(&table.key(&row)) {
                None => new.push(row),
                Some(before) if before != row => changed.push(row),
                Some(_) => {}
            }
        }
        work.push((table, new, changed));
    }
    let count: usize = work
        .iter()
        .map(|(_, new, changed)| new.len() + changed.len())
        .sum();
    let started = Instant::now();
    match &to {
        Store::Lite { write, .. } => {
            let mut transaction = write.begin_with("begin immediate").await?;
            all_written!(Sqlite, &work, transaction, most, false);
            transaction.commit().await?;
        }
        Store::Pg(pool) => {
            let mut transaction = pool.begin().await?;
            all_written!(Postgres, &work, transaction, most, true);
            transaction.commit().await?;
        }
    }
    to.close().await;
    let seconds = started.elapsed().as_secs_f64();
    println!("{{\"what\": \"rows written bare\", \"rows\": {count}, \"seconds\": {seconds:.3}}}");
    Ok(())
}

/// Reads every child, and what stands beside it, as the database has it.
async fn scan(data: &str, times: usize) -> Anything {
    let store = Store::open(data).await?;
    for table in tables() {
        let name = table.name.as_str();
        if !matches!(name, "child" | "child_sensitive" | "finding") {
            continue;
        }
        let (mut best, mut count) = (f64::MAX, 0);
        for _ in 0..times {
            let started = Instant::now();
            count = read(&store, &table).await?.len();
            best = best.min(started.elapsed().as_secs_f64());
        }
        println!(
            "{{\"what\": \"select * from {name}\", \"rows\": {count}, \"seconds\": {best:.3}}}"
        );
    }
    Ok(())
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

/// Half and 99 of 100 of some times, in microseconds.
fn quantiles(times: &mut [f64]) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| {
        let one = times.get(times.len() * share / 100).or(times.last());
        one.map_or(0.0, |seconds| seconds * 1e6)
    };
    (at(50), at(99))
}

async fn ask(store: &Store, text: &'static str, values: &[&str]) -> Result<usize, sqlx::Error> {
    match store {
        Store::Lite { read, .. } => {
            let query = values.iter().fold(sqlx::query(text), |query, value| {
                query.bind((*value).to_owned())
            });
            Ok(query.fetch_all(read).await?.len())
        }
        Store::Pg(pool) => {
            let query = values.iter().fold(sqlx::query(text), |query, value| {
                query.bind((*value).to_owned())
            });
            Ok(query.fetch_all(pool).await?.len())
        }
    }
}

/// The questions of a working day, asked of the program and bare, in turn.
async fn lookups(data: &str, times: usize) -> Anything {
    const ONE: &str = "select * from child where register = $1 and id = $2";
    const UNIT: &str = "select * from child where register = $1 and edition = $2 and unit = $3 order by id limit 5000";
    const NAME: &str = "select * from child where register = $1 and name_key = $2 limit 20";
    let store = Store::open(data).await?;
    let Some(book) = store.read().await?.registers().await?.into_iter().next() else {
        return Ok(());
    };
    let book = book.register;
    let (mut children, mut last) = (Vec::new(), String::new());
    let mut tx = store.read().await?;
    // Ids, units and names to ask for.
    loop {
        let page = tx.children_after(&book, &last).await?;
        let Some(end) = page.last() else { break };
        last.clone_from(&end.id);
        for child in page.into_iter().step_by(7) {
            let now = child.now;
            children.push((
                child.id,
                now.edition,
                now.unit.unwrap_or_default(),
                now.name_key,
            ));
        }
        if children.len() > 200_000 {
            break;
        }
    }
    drop(tx);
    let mut dice = Dice(1);
    for question in ["child by id", "list of a unit", "search by name"] {
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        // A fifth more warms the engine's caches.
        for turn in 0..times + times / 5 {
            let Some((id, edition, unit, name)) = children.get(dice.below(children.len())) else {
                continue;
            };
            // In turn: who comes second finds the pages in memory.
            for own in [turn % 2 == 0, turn % 2 != 0] {
                let started = Instant::now();
                if own {
                    let mut tx = store.read().await?;
                    match question {
                        "child by id" => drop(tx.child(&book, id).await?),
                        "list of a unit" => {
                            drop(tx.children_of_unit(&book, (edition, unit), "").await?);
                        }
                        _ => drop(tx.children_named(&book, None, name, 20).await?),
                    }
                } else {
                    match question {
                        "child by id" => ask(&store, ONE, &[&book, id]).await?,
                        "list of a unit" => ask(&store, UNIT, &[&book, edition, unit]).await?,
                        _ => ask(&store, NAME, &[&book, name]).await?,
                    };
                }
                let took = started.elapsed().as_secs_f64();
                if turn >= times / 5 {
                    if own { &mut ours } else { &mut bare }.push(took);
                }
            }
        }
        let ((half, most), (bare_half, bare_most)) = (quantiles(&mut ours), quantiles(&mut bare));
        let ratio = most / bare_most.max(1.0);
        println!(
            "{{\"what\": \"{question}\", \"treem_p50_us\": {half:.0}, \"treem_p99_us\": {most:.0}, \"bare_p50_us\": {bare_half:.0}, \"bare_p99_us\": {bare_most:.0}, \"ratio_p99\": {ratio:.2}}}"
        );
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Anything {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["rows", from, to] => rows(from, to, 1).await,
        ["many", from, to] => rows(from, to, 1_000).await,
        ["scan", data, times] => scan(data, times.parse()?).await,
        ["lookups", data, times] => lookups(data, times.parse()?).await,
        _ => Err("usage: bare rows|many FROM TO | scan DATA TIMES | lookups DATA TIMES".into()),
    }
}
