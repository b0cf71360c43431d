//! What is to be done: one row for each rule that fires on a child who counts, and one of the child, with unit, hamlet and person, so that a list of a province
//! is counted by one statement. Every act ends by putting it right for the children it touched; nothing else writes it.
//!
//! In: an [`Act`] that ends. Out: the table `work`, and what was done of it; `count` reads them.

mod count;

pub use count::*;

use crate::act::Act;
use crate::change::{SOME, padded, some};
use crate::error::Result;
use crate::sql;
use crate::store::{Tx, add_many, all, run};
use std::collections::{BTreeMap, BTreeSet};

/// From so many children on the whole book is looked at, page by page.
const MANY: usize = 2_000;

/// Children whose findings an act changed without an event.
#[derive(Debug)]
pub(crate) enum Found {
    /// These.
    Some(BTreeSet<String>),
    /// All of the book.
    All,
}

impl Default for Found {
    fn default() -> Self {
        Self::Some(BTreeSet::new())
    }
}

impl Found {
    pub(crate) fn add(&mut self, child: &str) {
        if let Self::Some(children) = self {
            children.insert(child.to_owned());
        }
    }
}

/// A row of what is to be done.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
struct Row {
    child: String,
    state: String,
    rule: String,
    list: i64,
    severity: String,
    edition: String,
    unit: String,
    hamlet: String,
    who: String,
    sort_key: String,
    birth: String,
    leaves_on: String,
    since: String,
}

/// A child with something wrong.
#[derive(sqlx::FromRow)]
struct Whose {
    child: String,
    state: String,
    edition: String,
    unit: String,
    name_key: String,
    birth: String,
    leaves_on: String,
    record: String,
    who: String,
    at: String,
}

/// What is wrong with a child.
#[derive(sqlx::FromRow)]
struct Fault {
    child: String,
    rule: String,
    list: i64,
    severity: String,
}

/// A finding with its child.
#[derive(sqlx::FromRow)]
struct Faulty {
    #[sqlx(flatten)]
    whose: Whose,
    rule: String,
    list: i64,
    severity: String,
}

/// Children, and what is wrong with each.
type Wanted = Vec<(Whose, Vec<Fault>)>;

/// Findings of a child follow each other.
fn grouped(rows: Vec<Faulty>) -> Wanted {
    let mut out = Wanted::new();
    for row in rows {
        let fault = Fault {
            child: row.whose.child.clone(),
            rule: row.rule,
            list: row.list,
            severity: row.severity,
        };
        match out.last_mut() {
            Some((last, faults)) if last.child == fault.child => faults.push(fault),
            _ => out.push((row.whose, vec![fault])),
        }
    }
    out
}

/// Findings of children who do not count are left out.
fn joined(children: Vec<Whose>, faults: Vec<Fault>) -> Wanted {
    let mut of: BTreeMap<String, Vec<Fault>> = BTreeMap::new();
    for fault in faults {
        of.entry(fault.child.clone()).or_default().push(fault);
    }
    let with = |whose: Whose| of.remove(&whose.child).map(|faults| (whose, faults));
    children.into_iter().filter_map(with).collect()
}

/// The one member of a record that is asked for.
#[derive(serde::Deserialize)]
struct Place {
    #[serde(default)]
    hamlet: String,
}

/// Who does what and when: for what was done.
#[derive(Clone, Copy)]
struct Doer<'a> {
    at: &'a str,
    who: &'a str,
    by_rules: bool,
}

impl Act {
    /// Puts right what is to be done of the children this act touched.
    pub(crate) async fn settle_work(&mut self) -> Result<()> {
        let doing = self.doing.clone();
        let book = doing.register.as_str();
        let doer = Doer {
            at: &doing.at,
            who: &doing.who,
            by_rules: doing.act == "rules",
        };
        let mut touched: BTreeSet<&str> = self.events.children().collect();
        let all = match &self.found {
            Found::All => true,
            Found::Some(found) => {
                touched.extend(found.iter().map(String::as_str));
                touched.len() >= MANY
            }
        };
        if all {
            return all_of(&mut self.tx, book, Some(doer)).await;
        }
        let touched: Vec<&str> = touched.into_iter().collect();
        for chunk in touched.chunks(SOME) {
            let ids = padded(chunk);
            let wanted = grouped(some!(self.tx, Faulty, sql::WORK_WANTED_OF, book, ids)?);
            let had = some!(self.tx, Row, sql::WORK_HAD_OF, book, ids)?;
            put(&mut self.tx, book, (wanted, had), Some(doer)).await?;
        }
        Ok(())
    }
}

/// Writes down what is to be done of all children of all books.
pub(crate) async fn fill(tx: &mut Tx) -> Result<()> {
    for book in tx.registers().await? {
        all_of(tx, &book.register, None).await?;
    }
    Ok(())
}

async fn all_of(tx: &mut Tx, book: &str, doer: Option<Doer<'_>>) -> Result<()> {
    let mut last = String::new();
    while let Some(end) = tx.end_of_page(book, &last).await? {
        let (after, to) = (last.as_str(), end.as_str());
        let children = all!(tx, Whose, sql::WORK_CHILDREN_BETWEEN, book, after, to)?;
        let faults = all!(tx, Fault, sql::WORK_FINDINGS_BETWEEN, book, after, to)?;
        let wanted = joined(children, faults);
        let had = all!(tx, Row, sql::WORK_HAD_BETWEEN, book, after, to)?;
        put(tx, book, (wanted, had), doer).await?;
        last = end;
    }
    Ok(())
}

/// A folded name in letters and digits alone: servers differ in how they sort spaces and signs.
fn sort_key(name_key: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '0' };
    name_key.chars().map(plain).collect()
}

/// Writes what differs; without a doer nothing was done, and a finding stands since the record last changed.
async fn put(
    tx: &mut Tx,
    book: &str,
    (wanted, had): (Wanted, Vec<Row>),
    doer: Option<Doer<'_>>,
) -> Result<()> {
    let mut old: BTreeMap<String, BTreeMap<String, Row>> = BTreeMap::new();
    for row in had {
        let of = old.entry(row.child.clone()).or_default();
        of.insert(row.rule.clone(), row);
    }
    let mut new: BTreeMap<String, BTreeMap<String, Row>> = BTreeMap::new();
    for (one, faults) in wanted {
        let had = old.get(&one.child);
        let hamlet = serde_json::from_str::<Place>(&one.record)
            .map(|place| place.hamlet)
            .unwrap_or_default();
        let sort_key = sort_key(&one.name_key);
        let mut rows = BTreeMap::new();
        for fault in faults {
            let since = match (had.and_then(|rows| rows.get(&fault.rule)), doer) {
                (Some(row), _) => row.since.as_str(),
                (None, Some(doer)) => doer.at,
                (None, None) => one.at.as_str(),
            };
            rows.entry(fault.rule.clone()).or_insert_with(|| Row {
                child: one.child.clone(),
                state: one.state.clone(),
                rule: fault.rule,
                list: fault.list,
                severity: fault.severity,
                edition: one.edition.clone(),
                unit: one.unit.clone(),
                hamlet: hamlet.clone(),
                who: one.who.clone(),
                sort_key: sort_key.clone(),
                birth: one.birth.clone(),
                leaves_on: one.leaves_on.clone(),
                since: since.to_owned(),
            });
        }
        new.insert(one.child, rows);
    }
    for rows in new.values_mut() {
        whole(rows);
    }
    let mut gone = Vec::new();
    for (child, rows) in &old {
        let stays = new.get(child);
        if stays == Some(rows) {
            new.remove(child);
            continue;
        }
        run!(tx, sql::WORK_DROP, book, child.as_str())?;
        let left = |row: &&Row| {
            !row.rule.is_empty() && stays.is_none_or(|stays| !stays.contains_key(&row.rule))
        };
        gone.extend(rows.values().filter(left));
    }
    let add: Vec<&Row> = new.values().flat_map(BTreeMap::values).collect();
    add_many!(tx, sql::WORK_ADD, add, row => [
        book, row.child.as_str(), row.rule.as_str(), row.list, row.severity.as_str(), row.edition.as_str(), row.unit.as_str(),
        row.hamlet.as_str(), row.who.as_str(), row.sort_key.as_str(), row.birth.as_str(), row.leaves_on.as_str(), row.since.as_str(),
    ])?;
    let Some(doer) = doer else { return Ok(()) };
    add_many!(tx, sql::WORK_DONE_ADD, gone, row => [
        book, row.child.as_str(), row.rule.as_str(), doer.at, row.list, row.edition.as_str(), row.unit.as_str(),
        row.since.as_str(), doer.who,
        match (doer.by_rules, row.state == crate::child::ACTIVE) {
            (true, _) => "rules",
            (false, true) => "fixed",
            (false, false) => "left",
        },
    ])?;
    Ok(())
}

/// The sum of an error of any group.
const ERROR: i64 = 32;
/// The sum of a warning.
const WARNING: i64 = 64;

/// What a finding adds to the sum of its child.
fn bits(list: i64, severity: &str) -> i64 {
    match (severity, list) {
        ("error", 1..=5) => {
            ERROR
                | 1_i64
                    .checked_shl(u32::try_from(list - 1).unwrap_or(0))
                    .unwrap_or(0)
        }
        ("error", _) => ERROR,
        ("warning", _) => WARNING,
        _ => 0,
    }
}

/// Adds the row of the child as a whole.
fn whole(rows: &mut BTreeMap<String, Row>) {
    let list = rows
        .values()
        .fold(0, |sum, row| sum | bits(row.list, &row.severity));
    let Some(first) = rows
        .values()
        .min_by(|one, other| one.since.cmp(&other.since))
    else {
        return;
    };
    let row = Row {
        rule: String::new(),
        list,
        severity: String::new(),
        ..first.clone()
    };
    rows.insert(String::new(), row);
}
