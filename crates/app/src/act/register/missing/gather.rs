//! The book and all lists, read for a comparison.
//!
//! In: a book. Out: [`Book`], [`Row`]s. Memory: about 300 bytes a child of the book beside the linkage's columns, and the rows as they stand.

use super::super::Done;
use super::super::import::columns::{Places, Seen};
use super::super::mirror::unit_in;
use super::Kind;
use crate::act::check::{Progress, Stop};
use rustc_hash::FxHashMap;
use treem_child::link::Batch;
use treem_child::normalise::unit::Edition;
use treem_child::rule::RuleId;
use treem_store::Tx;
use treem_store::child::ACTIVE;

/// A row of a list.
pub struct Row {
    /// Source and number.
    pub key: (i64, i64),
    /// Its kind of list.
    pub kind: Kind,
    /// Edition of the unit.
    pub edition: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// The same in the edition of the comparison; empty where it is not known.
    pub here: &'static str,
    /// The name, lower case without marks.
    pub name_key: String,
    /// Birth date.
    pub birth: String,
    /// The fields as JSON.
    pub record: String,
    /// The sensitive fields as JSON.
    pub sensitive: String,
}

/// The children of the book, by place.
#[derive(Default)]
pub struct Book {
    /// Their ids.
    pub ids: Vec<String>,
    /// Whether each counts; else it moved away or died.
    pub active: Vec<bool>,
    /// Birth dates.
    pub births: Vec<String>,
    /// Codes of the units in the edition of the comparison; empty where not known.
    pub here: Vec<&'static str>,
    /// The linkage's columns.
    pub batches: Vec<Batch>,
}

impl Book {
    /// The place of a child.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.ids
            .binary_search_by(|known| known.as_str().cmp(id))
            .ok()
    }
}

/// Units of any edition in that of the comparison; each looked up once.
pub struct Here {
    edition: &'static Edition,
    known: FxHashMap<(String, String), &'static str>,
}

impl Here {
    /// In an edition.
    pub fn new(edition: &'static Edition) -> Self {
        Self {
            edition,
            known: FxHashMap::default(),
        }
    }

    /// The code of a unit there; empty where it was divided, or is not known.
    pub fn of(&mut self, edition: &str, unit: Option<&str>) -> &'static str {
        let Some(unit) = unit else { return "" };
        let key = (edition.to_owned(), unit.to_owned());
        if let Some(known) = self.known.get(&key) {
            return known;
        }
        let code = unit_in(self.edition, edition, unit).unwrap_or("");
        self.known.insert(key, code);
        code
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Born {
    birth: String,
}

/// Reads the children of the book; `None` where it was stopped.
///
/// # Errors
/// The database's.
pub async fn book(
    tx: &mut Tx,
    book: &str,
    (places, here): (&mut Places, &mut Here),
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Option<Book>> {
    let restored: FxHashMap<String, String> = tx
        .suggestions(book, RuleId::ID_ZERO_LOST.code())
        .await?
        .into_iter()
        .collect();
    let mut out = Book::default();
    let mut last = String::new();
    loop {
        let page = tx.linkable(book, &last).await?;
        let Some(end) = page.last() else {
            return Ok(Some(out));
        };
        last.clone_from(&end.id);
        let mut batch = Batch::default();
        for child in &page {
            let own = restored.get(&child.id).map(String::as_str);
            Seen::record(child, own, places).push(&mut batch);
            out.active.push(child.state == ACTIVE);
            let born: Born = serde_json::from_str(&child.record).unwrap_or_default();
            out.births.push(born.birth);
            out.here
                .push(here.of(&child.edition, child.unit.as_deref()));
        }
        out.ids.extend(page.into_iter().map(|child| child.id));
        out.batches.push(batch);
        progress.step("đọc sổ", out.ids.len() as u64, 0);
        if stop.is_asked() {
            return Ok(None);
        }
    }
}

/// Reads the rows of all lists that are there, in the order of kinds, sources, rows; `None` where it was stopped.
///
/// # Errors
/// The database's.
pub async fn rows(
    tx: &mut Tx,
    book: &str,
    here: &mut Here,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Option<Vec<Row>>> {
    let mut out: Vec<Row> = Vec::new();
    let mut sources: Vec<(Kind, i64)> = tx
        .sources(book)
        .await?
        .into_iter()
        .filter(|one| one.dropped_at.is_none())
        .filter_map(|one| Some((Kind::from_code(&one.kind)?, one.source)))
        .collect();
    sources.sort_unstable();
    for (kind, source) in sources {
        let mut last = 0;
        loop {
            let page = tx.source_rows(book, source, last).await?;
            let Some(end) = page.last() else { break };
            last = end.nth;
            out.extend(page.into_iter().map(|row| Row {
                key: (row.source, row.nth),
                kind,
                here: here.of(&row.edition, row.unit.as_deref()),
                edition: row.edition,
                unit: row.unit,
                name_key: row.name_key,
                birth: row.birth,
                record: row.record,
                sensitive: row.sensitive,
            }));
            progress.step("đọc danh sách", out.len() as u64, 0);
            if stop.is_asked() {
                return Ok(None);
            }
        }
    }
    Ok(Some(out))
}
