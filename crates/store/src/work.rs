//! What is to be done: one row for each rule that fires on a child who counts, and one of the child, with unit, hamlet and person, so that a list of a province
//! is counted by one statement. Every act ends by putting it right for the children it touched; nothing else writes it.
//!
//! In: an [`Act`] that ends, a [`Tx`] that reads. Out: [`Counts`], [`Whole`], pages of ids, [`DoneOn`] days.

use crate::act::Act;
use crate::change::{SOME, padded, some};
use crate::error::Result;
use crate::store::{Tx, add_many, all, first, run};
use crate::{limits, sql};
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

/// A finding with its child, as the book has them.
#[derive(sqlx::FromRow)]
struct Wanted {
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
    rule: String,
    list: i64,
    severity: String,
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
            let wanted = some!(self.tx, Wanted, sql::WORK_WANTED_OF, book, ids)?;
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
    loop {
        let end: Option<(Option<String>,)> = first!(
            tx,
            (Option<String>,),
            sql::WORK_PAGE_END,
            book,
            last.as_str(),
            limits::PAGE
        )?;
        let Some(end) = end.and_then(|(end,)| end) else {
            return Ok(());
        };
        let (after, to) = (last.as_str(), end.as_str());
        let wanted = all!(tx, Wanted, sql::WORK_WANTED_BETWEEN, book, after, to)?;
        let had = all!(tx, Row, sql::WORK_HAD_BETWEEN, book, after, to)?;
        put(tx, book, (wanted, had), doer).await?;
        last = end;
    }
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
    (wanted, had): (Vec<Wanted>, Vec<Row>),
    doer: Option<Doer<'_>>,
) -> Result<()> {
    let mut old: BTreeMap<String, BTreeMap<String, Row>> = BTreeMap::new();
    for row in had {
        let of = old.entry(row.child.clone()).or_default();
        of.insert(row.rule.clone(), row);
    }
    let mut new: BTreeMap<String, BTreeMap<String, Row>> = BTreeMap::new();
    for one in wanted {
        let stood = old.get(&one.child).and_then(|rows| rows.get(&one.rule));
        let since = match (stood, doer) {
            (Some(row), _) => row.since.clone(),
            (None, Some(doer)) => doer.at.to_owned(),
            (None, None) => one.at,
        };
        let of = new.entry(one.child.clone()).or_default();
        of.entry(one.rule.clone()).or_insert_with(|| Row {
            hamlet: serde_json::from_str::<Place>(&one.record)
                .map(|place| place.hamlet)
                .unwrap_or_default(),
            child: one.child,
            state: one.state,
            rule: one.rule,
            list: one.list,
            severity: one.severity,
            edition: one.edition,
            unit: one.unit,
            who: one.who,
            sort_key: sort_key(&one.name_key),
            birth: one.birth,
            leaves_on: one.leaves_on,
            since,
        });
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

/// How many children have a finding of a rule, at one place and by one person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Code of the rule.
    pub rule: String,
    /// Its group, 0 without.
    pub list: i64,
    /// `error` or `warning`.
    pub severity: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit; empty where unknown.
    pub unit: String,
    /// Hamlet; empty where unknown, and where the whole book is counted.
    pub hamlet: String,
    /// Who brought the record or changed it last.
    pub who: String,
    /// Children.
    pub children: i64,
    /// Since when the oldest stands.
    pub oldest: String,
}

/// The same with each child once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit; empty where unknown.
    pub unit: String,
    /// Hamlet; empty where unknown, and where the whole book is counted.
    pub hamlet: String,
    /// Who brought the record or changed it last.
    pub who: String,
    /// Children with these errors and warnings and no others.
    pub children: i64,
    /// What they have, as a sum.
    sum: i64,
    /// Since when the oldest stands.
    pub oldest: String,
}

impl Whole {
    /// Those who have an error of a group, 1 to 5.
    pub fn of_group(&self, group: i64) -> i64 {
        let bit = bits(group, "error") & !ERROR;
        if self.sum & bit == 0 {
            0
        } else {
            self.children
        }
    }
    /// Those who have an error.
    pub fn errors(&self) -> i64 {
        if self.sum & ERROR == 0 {
            0
        } else {
            self.children
        }
    }
    /// Those who have a warning.
    pub fn warnings(&self) -> i64 {
        if self.sum & WARNING == 0 {
            0
        } else {
            self.children
        }
    }
}

/// What is counted of an area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// By rule.
    pub rules: Vec<Counts>,
    /// Each child once.
    pub whole: Vec<Whole>,
}

/// Which children a page is of; `None` takes all.
#[derive(Clone, Copy, Default)]
pub struct Filter<'a> {
    /// The day on which they are children.
    pub day: &'a str,
    /// Edition and code of a unit.
    pub unit: Option<(&'a str, &'a str)>,
    /// A rule.
    pub rule: Option<&'a str>,
    /// Errors of a group, 1 to 5; not with a rule.
    pub list: Option<i64>,
    /// `error` or `warning`; not with a rule or a group.
    pub severity: Option<&'a str>,
    /// A hamlet; only together with a unit.
    pub hamlet: Option<&'a str>,
    /// A person.
    pub who: Option<&'a str>,
}

/// Children about whom something was put right on a day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DoneOn {
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// The day, in UTC.
    pub day: String,
    /// Children.
    pub children: i64,
}

/// A move that waits: from where, to where, into which other book, since when, by whom.
pub type MoveWaiting = (String, String, String, String, String, String, String);

/// Rows of imports that wait: kind, edition, unit, how many, since when.
pub type RowsWaiting = (String, String, String, i64, String);

impl Tx {
    /// Children by rule, unit and person; of a unit by hamlet too.
    ///
    /// # Errors
    /// The database's.
    pub async fn work_counts(
        &mut self,
        book: &str,
        day: &str,
        unit: Option<(&str, &str)>,
    ) -> Result<Counted> {
        let rows: Vec<Counts> = match unit {
            None => all!(self, Counts, sql::WORK_COUNTS, book, day)?,
            Some((edition, unit)) => all!(
                self,
                Counts,
                sql::WORK_COUNTS_OF_UNIT,
                book,
                day,
                edition,
                unit
            )?,
        };
        let mut out = Counted::default();
        for row in rows {
            if row.rule.is_empty() {
                out.whole.push(Whole {
                    edition: row.edition,
                    unit: row.unit,
                    hamlet: row.hamlet,
                    who: row.who,
                    children: row.children,
                    sum: row.list,
                    oldest: row.oldest,
                });
            } else {
                out.rules.push(row);
            }
        }
        Ok(out)
    }

    /// A page of children with something to be done, by name and id, after one: name as it is sorted, id.
    ///
    /// # Errors
    /// The database's.
    pub async fn work_page(
        &mut self,
        book: &str,
        filter: Filter<'_>,
        after: (&str, &str),
        most: i64,
    ) -> Result<Vec<(String, String)>> {
        type Key = (String, String);
        // A rule decides alone; else the sum of the child does.
        let sum = match (filter.rule, filter.list, filter.severity) {
            (Some(_), ..) => 0,
            (None, Some(list), _) => bits(list, "error") & !ERROR,
            (None, None, severity) => bits(0, severity.unwrap_or("")),
        };
        let rule = filter.rule.unwrap_or("");
        let who = filter.who.unwrap_or("*");
        match filter.unit {
            Some((edition, unit)) => all!(
                self,
                Key,
                sql::WORK_PAGE_OF_UNIT,
                book,
                filter.day,
                after.0,
                after.1,
                rule,
                sum,
                who,
                edition,
                unit,
                filter.hamlet.unwrap_or("*"),
                most
            ),
            None => all!(
                self,
                Key,
                sql::WORK_PAGE,
                book,
                filter.day,
                after.0,
                after.1,
                rule,
                sum,
                who,
                most
            ),
        }
    }

    /// Where a child stands in the order of a page; `None` where there is no such child.
    ///
    /// # Errors
    /// The database's.
    pub async fn sort_key_of(&mut self, book: &str, child: &str) -> Result<Option<String>> {
        let found: Option<(String,)> = first!(self, (String,), sql::NAME_OF_CHILD, book, child)?;
        Ok(found.map(|(name,)| sort_key(&name)))
    }

    /// Children about whom something was put right after a moment, by day and unit.
    ///
    /// # Errors
    /// The database's.
    pub async fn work_done(&mut self, book: &str, after: &str) -> Result<Vec<DoneOn>> {
        all!(self, DoneOn, sql::WORK_DONE_BY_DAY, book, after)
    }

    /// Moves that wait for an answer, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn moves_waiting(&mut self, book: &str) -> Result<Vec<MoveWaiting>> {
        all!(self, MoveWaiting, sql::MOVES_WAITING, book)
    }

    /// Rows of imports that wait for a person.
    ///
    /// # Errors
    /// The database's.
    pub async fn rows_waiting(&mut self, book: &str) -> Result<Vec<RowsWaiting>> {
        all!(self, RowsWaiting, sql::ROWS_WAITING, book)
    }

    /// Children changed by acts after one, by its number in the chain.
    ///
    /// # Errors
    /// The database's.
    pub async fn changed_after(&mut self, book: &str, seq: i64) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(self, (String,), sql::CHANGED_AFTER, book, seq)?;
        Ok(found.into_iter().map(|(child,)| child).collect())
    }
}
