//! `treem missing list`: the children who were found elsewhere and not in the book, by name.
//!
//! In: an area, a state. Out: [`Listed`] children: what all lists together say of each, where it was found, how sure that is. Cut to the person's
//! area; that it was looked at is written down.

use super::super::facets::scope::Scope;
use super::super::kept::field_of;
use super::super::{Book, Desk, Done, begin, wait};
use super::{Kind, shown};
use crate::access::Deed;
use crate::act::access::look::Seen;
use crate::limits;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::field::Field;
use treem_child::normalise::unit::{self, Edition, Unit};
use treem_store::Tx;
use treem_store::sector::{FoundChild, OPEN};

/// What is asked for.
pub struct Asked {
    /// Only this area.
    pub area: Option<(&'static Edition, &'static Unit)>,
    /// `open`, `fetched` or `refused`.
    pub state: &'static str,
    /// Children that are listed; the others are counted.
    pub most: usize,
}

/// Whom of the book a found child may be all the same.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct MayBe {
    /// The child.
    pub child: String,
    /// Its name.
    pub name: String,
    /// Its birth date.
    pub birth: String,
    /// The name of its unit.
    pub unit_name: String,
    /// How likely, 0 to 1.
    pub probability: f64,
}

/// A found child.
#[derive(Clone, serde::Serialize, utoipa::ToSchema)]
pub struct Listed {
    /// Its row, as people type it: `3-125`.
    pub row: String,
    /// Name.
    pub name: String,
    /// Birth date.
    pub birth: String,
    /// Sex.
    pub sex: String,
    /// Identity number; empty where the person may not see it.
    pub number: String,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Hamlet.
    pub hamlet: String,
    /// Father.
    pub father: String,
    /// Mother.
    pub mother: String,
    /// The kinds of lists that name it.
    pub lists: Vec<&'static str>,
    /// The same in words.
    pub found_in: String,
    /// Surely not in the book.
    pub sure: bool,
    /// How likely it is not in the book, 0 to 1.
    pub probability: f64,
    /// Whom of the book it may be all the same.
    pub may_be: Option<MayBe>,
    /// `open`, `fetched`, `refused`.
    pub state: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listed({} {})", self.row, self.state)
    }
}

/// What a list came to.
#[derive(Debug, Default, serde::Serialize)]
pub struct List {
    /// The day of the comparison; empty where there was none.
    pub day: String,
    /// Children who are surely not in the book.
    pub found: i64,
    /// Children who perhaps are.
    pub perhaps: i64,
    /// Those that are listed: the sure ones of each unit first.
    pub children: Vec<Listed>,
}

/// All that the rows of a found child say, by column; the first row speaks first.
pub struct Facts {
    fields: BTreeMap<String, String>,
}

impl Facts {
    /// Of a found child.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(tx: &mut Tx, book: &str, key: (i64, i64)) -> Done<Self> {
        let mut rows = tx.rows_of_found(book, key).await?;
        rows.sort_by_key(|row| ((row.source, row.nth) != key, row.source, row.nth));
        let mut fields = BTreeMap::new();
        for row in rows {
            for text in [&row.record, &row.sensitive] {
                let more: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
                for (name, value) in more {
                    if let Value::String(value) = value
                        && !value.is_empty()
                    {
                        fields.entry(name).or_insert(value);
                    }
                }
            }
        }
        Ok(Self { fields })
    }

    /// A column; empty where no list says it.
    pub fn get(&self, column: &str) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }

    /// The fields a person may type, with what the lists say of each. Where the child lives is not among them.
    pub fn typed(&self) -> impl Iterator<Item = (Field, &str)> {
        self.fields.iter().filter_map(|(column, text)| {
            let field = field_of(column)?;
            let place = matches!(field, Field::Province | Field::District | Field::Commune);
            (!place && field != Field::Id).then_some((field, text.as_str()))
        })
    }
}

/// A found child as it is shown.
///
/// # Errors
/// The database's.
pub async fn listed(tx: &mut Tx, book: &str, desk: &Desk, one: &FoundChild) -> Done<Listed> {
    let key = (one.source, one.nth);
    let facts = Facts::of(tx, book, key).await?;
    let edition = unit::edition(&one.edition);
    let name_of = |code: &str| {
        edition
            .by_code(code)
            .map_or("", |unit| unit.name)
            .to_owned()
    };
    let may_be = match &one.child {
        Some(child) if !one.sure => may_be(tx, book, desk, (child, one.millionths)).await?,
        _ => None,
    };
    let numbers = desk.may(Deed::SeeNumber, &one.edition, one.unit.as_deref());
    let text = |column: &str| facts.get(column).to_owned();
    Ok(Listed {
        row: shown(key),
        name: text("name"),
        birth: text("birth"),
        sex: text("sex"),
        number: if numbers {
            text("number")
        } else {
            String::new()
        },
        edition: one.edition.clone(),
        unit: one.unit.clone().unwrap_or_default(),
        unit_name: one.unit.as_deref().map(name_of).unwrap_or_default(),
        hamlet: text("hamlet"),
        father: text("father"),
        mother: text("mother"),
        lists: Kind::of_bits(one.lists).map(Kind::code).collect(),
        found_in: Kind::labels(one.lists),
        sure: one.sure,
        probability: share(1_000_000_i64.saturating_sub(one.millionths)),
        may_be,
        state: one.state.clone(),
    })
}

/// Millionths as a share.
#[expect(clippy::cast_precision_loss, reason = "at most a million")]
fn share(millionths: i64) -> f64 {
    millionths as f64 / 1e6
}

/// Whom of the book it may be, where the person may see that child.
async fn may_be(
    tx: &mut Tx,
    book: &str,
    desk: &Desk,
    (child, millionths): (&str, i64),
) -> Done<Option<MayBe>> {
    let now = tx.child(book, child).await?.now;
    if !desk.may(Deed::See, &now.edition, now.unit.as_deref()) {
        return Ok(None);
    }
    let record: Map<String, Value> = serde_json::from_str(&now.record).unwrap_or_default();
    let name = record.get("name").and_then(Value::as_str).unwrap_or("");
    let unit = now.unit.as_deref().unwrap_or("");
    Ok(Some(MayBe {
        child: child.to_owned(),
        name: name.to_owned(),
        unit_name: super::super::unit_name(&now.edition, unit),
        birth: now.birth,
        probability: share(millionths),
    }))
}

/// Lists them.
///
/// # Errors
/// [`super::Failed::Denied`]; the database's.
pub fn run(desk: &mut Desk, asked: &Asked) -> Done<List> {
    wait(async {
        desk.must_somewhere(Deed::See)?;
        let open = desk.open().await?;
        let list = read(desk, &open, asked, Deed::See).await?;
        if !list.children.is_empty() {
            let children = Seen::Children(list.children.len() as u64);
            desk.looks(&open, (Deed::See, "missing"), children).await?;
        }
        open.leave().await;
        Ok(list)
    })
}

/// All of them, to be taken away as a file, of who may be exported: the export is in the chain and among the looks before anybody has it.
///
/// # Errors
/// As [`run`].
pub fn export(desk: &mut Desk, asked: &Asked) -> Done<List> {
    wait(async {
        desk.must_somewhere(Deed::Export)?;
        let open = desk.open().await?;
        let list = read(desk, &open, asked, Deed::Export).await?;
        let book = open.book.register.clone();
        let act = begin(&open.store, desk.doing(&book, "export", "")).await?;
        let unit = asked.area.map_or("", |(_, unit)| unit.code);
        let detail = serde_json::json!({"missing": asked.state, "unit": unit, "children": list.children.len()});
        act.finish(&book, &detail.to_string()).await?;
        let children = Seen::Children(list.children.len() as u64);
        desk.looks(&open, (Deed::Export, "missing"), children)
            .await?;
        open.leave().await;
        Ok(list)
    })
}

/// Reads them, as far as the person may do a deed with them.
async fn read(desk: &Desk, open: &Book, asked: &Asked, deed: Deed) -> Done<List> {
    let book = open.book.register.as_str();
    let scope = Scope::of(&open.book, asked.area, &desk.area(deed));
    let mut tx = open.store.read().await?;
    let compared = tx.compared(book).await?;
    let mut out = List {
        day: compared.map(|one| one.day).unwrap_or_default(),
        ..List::default()
    };
    // Where nobody knows the unit, the edition says nothing either.
    let mut units: BTreeSet<(String, String)> = BTreeSet::new();
    for (edition, unit, state, sure, count) in tx.found_counts(book).await? {
        if state != asked.state || !scope.holds(&edition, &unit) {
            continue;
        }
        if sure {
            out.found += count;
        } else {
            out.perhaps += count;
        }
        let edition = if unit.is_empty() {
            String::new()
        } else {
            edition
        };
        units.insert((edition, unit));
    }
    for (edition, unit) in &units {
        for sure in [true, false] {
            let which = (asked.state, sure);
            let mut after = (String::new(), 0, 0);
            while out.children.len() < asked.most {
                let left = i64::try_from(asked.most - out.children.len()).unwrap_or(i64::MAX);
                let most = left.min(limits::FOUND_READ);
                let page = if unit.is_empty() {
                    let from = (after.1, after.2);
                    tx.found_nowhere(book, which, from, most).await?
                } else {
                    let from = (after.0.as_str(), after.1, after.2);
                    tx.found_of_unit(book, (edition, unit), which, from, most)
                        .await?
                };
                let Some(end) = page.last() else { break };
                after = (end.name_key.clone(), end.source, end.nth);
                for one in &page {
                    out.children.push(listed(&mut tx, book, desk, one).await?);
                }
            }
        }
    }
    Ok(out)
}

/// A page of the found children of a commune.
pub struct Page {
    /// The children.
    pub children: Vec<Listed>,
    /// After whom the next page begins, where there is one.
    pub next: Option<(i64, i64)>,
}

/// Reads a page of those who are surely, or perhaps, missing of a unit, after one.
///
/// # Errors
/// [`super::Failed::Denied`]; the database's.
pub fn page(
    desk: &mut Desk,
    (edition, unit): (&str, &str),
    sure: bool,
    after: Option<(i64, i64)>,
) -> Done<Page> {
    wait(async {
        desk.must(Deed::See, edition, Some(unit))?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let most = limits::FOUND_PAGE;
        // The name of the last one stands in no address.
        let last = match after {
            Some(after) => tx.found(&book, after).await?,
            None => None,
        };
        let after = last.as_ref().map_or(("", 0, 0), |last| {
            (last.name_key.as_str(), last.source, last.nth)
        });
        let mut found = tx
            .found_of_unit(&book, (edition, unit), (OPEN, sure), after, most + 1)
            .await?;
        let more = found.len() > usize::try_from(most).unwrap_or(usize::MAX);
        if more {
            found.pop();
        }
        let next = found
            .last()
            .filter(|_| more)
            .map(|end| (end.source, end.nth));
        let mut children = Vec::with_capacity(found.len());
        for one in &found {
            children.push(listed(&mut tx, &book, desk, one).await?);
        }
        drop(tx);
        if !children.is_empty() {
            let seen = Seen::Children(children.len() as u64);
            desk.looks(&open, (Deed::See, "missing"), seen).await?;
        }
        open.leave().await;
        Ok(Page { children, next })
    })
}
