//! The queue as a person reads it: how much waits by import, and each row beside the children it may be.
//!
//! In: the book, perhaps an import. Out: [`Queue`], [`Page`]. Sensitive fields are named where they differ, and not shown.

use super::super::import::same::Said;
use super::super::record::SENSITIVE;
use super::super::{Desk, Done, wait};
use super::import_of;
use crate::access::{Cut, Deed};
use treem_child::link::words;
use treem_store::Tx;
use treem_store::queue::{CHANGES, OPEN, Waiting};

/// Fields that are shown side by side.
const SHOWN: [&str; 11] = [
    "name",
    "birth",
    "sex",
    "number",
    "father",
    "mother",
    "guardian",
    "phone",
    "unit_name",
    "hamlet",
    "address",
];

/// What waits of an import.
#[derive(Default, serde::Serialize)]
pub struct Size {
    /// The import.
    pub import: String,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// Rows that may be children of the book.
    pub perhaps: i64,
    /// Rows whose differing fields wait.
    pub changes: i64,
    /// Rows decided.
    pub decided: i64,
    /// Rows of an undone import.
    pub gone: i64,
}

/// What waits, by import.
#[derive(Default, serde::Serialize)]
pub struct Queue {
    /// The oldest first; imports of which nothing ever waited are left out.
    pub imports: Vec<Size>,
}

/// What one comparison adds.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Why {
    /// What is compared, in words.
    pub what: String,
    /// How alike it is, in words.
    pub how: String,
    /// Bits: +1 doubles the odds.
    pub bits: f64,
}

/// Whom a row may be.
#[derive(serde::Serialize)]
pub struct Maybe {
    /// A child of the book.
    pub child: Option<String>,
    /// Another row of the import that waits.
    pub row: Option<String>,
    /// Its state in the book.
    pub state: String,
    /// The probability.
    pub probability: f64,
    /// What it says: field and value.
    pub says: Vec<(&'static str, String)>,
    /// Why.
    pub why: Vec<Why>,
}

/// A field that differs: field, as in the book, as in the row.
type Differs = (String, String, String);

/// A row that waits.
#[derive(serde::Serialize)]
pub struct Row {
    /// How it is named: `IMPORT:ROW`.
    #[serde(rename = "row")]
    pub name: String,
    /// File, sheet, row.
    pub origin: (String, String, i64),
    /// `perhaps`, `changes`, `again`.
    pub kind: String,
    /// Why a person has to decide, in words; empty where the probability says it.
    pub note: &'static str,
    /// What it says.
    pub says: Vec<(&'static str, String)>,
    /// Whom it may be, the likeliest first.
    pub candidates: Vec<Maybe>,
    /// The child whose fields differ.
    pub child: Option<String>,
    /// The fields.
    pub differs: Vec<Differs>,
}

/// Rows that wait, some of them.
#[derive(serde::Serialize)]
pub struct Page {
    /// The import.
    pub import: String,
    /// The rows.
    pub rows: Vec<Row>,
    /// More rows follow.
    pub more: bool,
}

/// Millionths as a probability.
pub fn probability(millionths: i64) -> f64 {
    f64::from(i32::try_from(millionths).unwrap_or(0)) / 1_000_000.0
}

/// What waits, by import.
///
/// # Errors
/// The register cannot be used.
pub fn sizes(desk: &Desk) -> Done<Queue> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = &open.book.register;
        let counts = tx.waiting_counts(book).await?;
        let mut queue = Queue::default();
        let cut = desk.area(Deed::Decide);
        desk.must_somewhere(Deed::Decide)?;
        for import in tx.imports(book).await? {
            let mut size = Size {
                import: import.id,
                at: import.at,
                who: import.who,
                ..Size::default()
            };
            if !cut.is_whole() {
                size.of_area(&mut tx, book, &cut).await?;
                if size.changes.saturating_add(size.perhaps) > 0 {
                    queue.imports.push(size);
                }
                continue;
            }
            let mut any = false;
            for (_, kind, state, count) in counts.iter().filter(|(of, ..)| *of == size.import) {
                any = true;
                let slot = match (state.as_str(), kind.as_str()) {
                    (OPEN, CHANGES) => &mut size.changes,
                    (OPEN, _) => &mut size.perhaps,
                    ("gone", _) => &mut size.gone,
                    _ => &mut size.decided,
                };
                *slot = slot.saturating_add(*count);
            }
            if any {
                queue.imports.push(size);
            }
        }
        Ok(queue)
    })
}

/// Rows of an import that wait, at most `limit` after a row; or the one row.
///
/// # Errors
/// [`super::Failed::Refused`]: no such import.
pub fn page(
    desk: &Desk,
    import: &str,
    only: Option<i64>,
    (after, limit): (i64, usize),
) -> Done<Page> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let import = import_of(&mut tx, book, import).await?.id;
        let cut = desk.area(Deed::Decide);
        desk.must_somewhere(Deed::Decide)?;
        let mut waiting = match only {
            Some(nth) => tx
                .waiting_row(book, &import, nth)
                .await?
                .into_iter()
                .collect(),
            None => inside(&mut tx, (book, &import), &cut, (after, limit)).await?,
        };
        if let [row] = waiting.as_slice()
            && only.is_some()
        {
            desk.must(Deed::Decide, &row.edition, row.unit.as_deref())?;
        }
        let more = waiting.len() > limit;
        waiting.truncate(limit);
        let mut rows = Vec::new();
        for row in &waiting {
            rows.push(told(&mut tx, book, row, &cut).await?);
        }
        Ok(Page { import, rows, more })
    })
}

/// Rows that wait after a row and lie in the area: one more than `limit`, where there are.
async fn inside(
    tx: &mut Tx,
    (book, import): (&str, &str),
    cut: &Cut,
    (after, limit): (i64, usize),
) -> Done<Vec<Waiting>> {
    let (mut out, mut last) = (Vec::new(), after);
    while out.len() <= limit {
        let page = tx.waiting(book, import, OPEN, last).await?;
        let Some(end) = page.last() else { break };
        last = end.nth;
        out.extend(
            page.into_iter()
                .filter(|row| cut.holds(&row.edition, row.unit.as_deref())),
        );
    }
    Ok(out)
}

impl Size {
    /// Counts the rows that lie in an area.
    async fn of_area(&mut self, tx: &mut Tx, book: &str, cut: &Cut) -> Done<()> {
        let import = self.import.clone();
        for row in inside(tx, (book, &import), cut, (0, usize::MAX)).await? {
            let slot = match row.kind.as_str() {
                CHANGES => &mut self.changes,
                _ => &mut self.perhaps,
            };
            *slot = slot.saturating_add(1);
        }
        Ok(())
    }
}

async fn told(tx: &mut Tx, book: &str, row: &Waiting, cut: &Cut) -> Done<Row> {
    let says = Said::new(
        &row.record,
        &row.sensitive,
        row.unit.as_deref(),
        &row.edition,
    );
    let mut out = Row {
        name: format!("{}:{}", row.import, row.nth),
        origin: (row.file.clone(), row.sheet.clone(), row.row_number),
        kind: row.kind.clone(),
        note: note(&row.note),
        says: shown(&says),
        candidates: Vec::new(),
        child: row.child.clone(),
        differs: Vec::new(),
    };
    if row.kind == CHANGES {
        if let Some(id) = &row.child {
            let have = tx.child(book, id).await?.now;
            if !cut.holds(&have.edition, have.unit.as_deref()) {
                return Ok(out);
            }
            let have = Said::of(&have);
            out.differs = row
                .fields
                .split(',')
                .filter(|field| !field.is_empty())
                .map(|field| differing(field, &have, &says))
                .collect();
        }
        return Ok(out);
    }
    for candidate in tx.candidates(book, &row.import, (row.nth, row.nth)).await? {
        let (said, state) = match (&candidate.child, candidate.other) {
            (Some(id), _) => {
                let child = tx.child(book, id).await?;
                // Who lives elsewhere is decided by those who see both.
                if !cut.holds(&child.now.edition, child.now.unit.as_deref()) {
                    continue;
                }
                (Said::of(&child.now), child.now.state)
            }
            (None, Some(other)) => match tx.waiting_row(book, &row.import, other).await? {
                Some(other) => (
                    Said::new(
                        &other.record,
                        &other.sensitive,
                        other.unit.as_deref(),
                        &other.edition,
                    ),
                    other.state,
                ),
                None => continue,
            },
            (None, None) => continue,
        };
        out.candidates.push(Maybe {
            row: candidate
                .other
                .map(|other| format!("{}:{other}", row.import)),
            child: candidate.child,
            state,
            probability: probability(candidate.millionths),
            says: shown(&said),
            why: why(&candidate.why),
        });
    }
    Ok(out)
}

/// Why a person has to decide, in words.
pub(in crate::act::register) fn note(word: &str) -> &'static str {
    match word {
        "left" => "hồ sơ trong sổ là của trẻ đã chuyển đi hoặc đã mất",
        "taken" => "một dòng khác của lần nhập này đã nhận hồ sơ ấy",
        "follows" => "cùng một trẻ với một dòng khác đang chờ",
        _ => "",
    }
}

fn shown(said: &Said) -> Vec<(&'static str, String)> {
    SHOWN
        .iter()
        .map(|field| (*field, said.get(field).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

fn differing(field: &str, have: &Said, row: &Said) -> Differs {
    let value = |said: &Said| {
        if SENSITIVE.contains(&field) {
            String::new()
        } else if field == "unit" {
            said.get("unit_name").to_owned()
        } else {
            said.get(field).to_owned()
        }
    };
    (field.to_owned(), value(have), value(row))
}

pub(in crate::act::register) fn why(text: &str) -> Vec<Why> {
    let steps: Vec<(String, String, f64)> = serde_json::from_str(text).unwrap_or_default();
    steps
        .into_iter()
        .map(|(what, how, bits)| Why {
            what: match words::label(&what) {
                "" => "Ứng viên khác".to_owned(),
                label => label.to_owned(),
            },
            how,
            bits,
        })
        .collect()
}
