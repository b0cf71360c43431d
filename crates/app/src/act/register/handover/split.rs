//! `treem handover split`: a list ends and its rows go on in several, each drawn up anew: by hamlet, or with some rows apart.
//!
//! In: a list that has not been sent, how it is parted, why. Out: the list and its parts. Each row goes into exactly one part and keeps its reasons
//! and, through `earlier`, its history.

use super::super::{Desk, Done, Failed, begin, wait};
use super::held::{Held, row_code};
use super::order::natural;
use super::show::{Shown, shown_of};
use super::{list_of, must, row_of};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::handover::code;
use treem_child::handover::step::{Part, Step};
use treem_child::normalise::syllable::ascii_fold;
use treem_store::handover::{List, OPEN, Row};

/// How a list is parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// One part a hamlet.
    Hamlet,
    /// These rows into a part of their own, the others into another.
    Rows(Vec<String>),
}

/// A list that was split.
#[derive(serde::Serialize)]
pub struct Split {
    /// The list.
    pub list: Shown,
    /// Its parts.
    pub parts: Vec<Shown>,
}

/// Splits a list.
///
/// # Errors
/// [`Failed::Refused`]: no such list or row, it has been sent, there would be one part only.
pub fn run(desk: &mut Desk, list: &str, by: &By, why: &str) -> Done<Split> {
    let code = list_of(list)?;
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "handover", why)).await?;
        let mut held = Held::of(act.reading(), &book, code).await?;
        let rows = act.reading().handover_rows(&book, held.list.number).await?;
        let rows: Vec<Row> = rows.into_iter().filter(|row| row.state == OPEN).collect();
        let parts = match by {
            By::Hamlet => {
                let mut parts: BTreeMap<String, (String, Vec<Row>)> = BTreeMap::new();
                for row in rows {
                    let hamlet = hamlet(&act.reading().child(&book, &row.child).await?.now.record);
                    let part = parts
                        .entry(ascii_fold(hamlet.trim()))
                        .or_insert_with(|| (hamlet, Vec::new()));
                    part.1.push(row);
                }
                let mut parts: Vec<(String, Vec<Row>)> = parts.into_values().collect();
                parts.sort_by_cached_key(|(hamlet, _)| natural(hamlet));
                parts
            }
            By::Rows(apart) => apart_from(code, rows, apart)?,
        };
        // The codes of the parts are known before they are drawn: they are counted up.
        let last = act.reading().last_handover(&book).await?.unwrap_or(0);
        let into: Option<Vec<Part>> = (last.saturating_add(1)..)
            .zip(&parts)
            .map(|(number, (_, rows))| {
                Some(Part {
                    list: super::held::code_of(number)?,
                    rows: u32::try_from(rows.len()).ok()?,
                })
            })
            .collect();
        let step = Step::Split {
            into: into.ok_or_else(|| {
                Failed::Refused("Sổ này không còn đủ số danh sách cho các phần.".to_owned())
            })?,
            why: why.to_owned(),
        };
        must(desk, &step, held.unit())?;
        held.take(&mut act, step).await?;
        let mut drawn: Vec<Held> = Vec::with_capacity(parts.len());
        for (hamlet, rows) in parts {
            let part = List {
                title: if hamlet.is_empty() {
                    held.list.title.clone()
                } else {
                    format!("{} – {hamlet}", held.list.title)
                },
                source: held.list.source.clone(),
                edition: held.list.edition.clone(),
                unit: held.list.unit.clone(),
                hamlet,
                part_of: Some(held.list.number),
                ..List::default()
            };
            let rows = rows.into_iter().map(again).collect();
            drawn.push(Held::draw(&mut act, part, rows).await?);
        }
        act.finish(&code.to_string(), &held.detail()).await?;
        let mut tx = open.store.read().await?;
        let list = shown_of(desk, &mut tx, &book, &held).await?;
        let mut parts = Vec::with_capacity(drawn.len());
        for part in &drawn {
            parts.push(shown_of(desk, &mut tx, &book, part).await?);
        }
        drop(tx);
        open.leave().await;
        Ok(Split { list, parts })
    })
}

/// The row as it begins in a part.
fn again(row: Row) -> Row {
    Row {
        earlier: row_code(&row).map_or_else(String::new, |code| code.to_string()),
        answered: false,
        note: String::new(),
        review: String::new(),
        reviewed_at: None,
        reviewed_by: None,
        ..row
    }
}

fn apart_from(list: code::List, rows: Vec<Row>, apart: &[String]) -> Done<Vec<(String, Vec<Row>)>> {
    let mut wanted: BTreeSet<i64> = BTreeSet::new();
    for text in apart {
        wanted.insert(i64::from(row_of(list, text)?.number()));
    }
    let (taken, rest): (Vec<Row>, Vec<Row>) = rows
        .into_iter()
        .partition(|row| wanted.contains(&row.row_number));
    if taken.len() != wanted.len() {
        return Err(Failed::Refused(format!(
            "{} dòng đã ghi không có trong danh sách {list}, hoặc đã bị loại.",
            wanted.len().saturating_sub(taken.len())
        )));
    }
    Ok([taken, rest]
        .into_iter()
        .filter(|rows| !rows.is_empty())
        .map(|rows| (String::new(), rows))
        .collect())
}

/// The one member of a record that is asked for.
#[derive(serde::Deserialize, Default)]
struct Place {
    #[serde(default)]
    hamlet: String,
}

fn hamlet(record: &str) -> String {
    serde_json::from_str::<Place>(record)
        .unwrap_or_default()
        .hamlet
}
