//! `treem handover seen`: whether the national software's latest export shows what a list changed; what has still to be entered there.
//!
//! In: a list that was applied, the latest mirror. Out: [`Seen`]. Only when nothing is missing there is the list done with.

use super::super::mirror::{self, Choice};
use super::super::{Desk, Done, Failed, begin, wait};
use super::held::Held;
use super::{list_of, must};
use crate::act::check::{Progress, Stop};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::field::Field;
use treem_child::handover::code;
use treem_child::handover::state::Place;
use treem_child::handover::step::Step;

/// A row that the export does not show yet.
#[derive(serde::Serialize)]
pub struct Missing {
    /// The row.
    pub row: String,
    /// The child.
    pub child: String,
    /// Fields that have to be entered there; empty: the child is not there at all.
    pub fields: Vec<&'static str>,
}

/// What the export shows of a list.
#[derive(serde::Serialize)]
pub struct Seen {
    /// The list.
    pub list: code::List,
    /// The day the export speaks of.
    pub day: String,
    /// Rows whose changes it shows.
    pub shown: usize,
    /// Rows it does not show yet.
    pub missing: Vec<Missing>,
    /// The list is written down as seen.
    pub done: bool,
}

/// Holds a list against the latest export; with `yes`, and where nothing is missing, it is written down as seen.
///
/// # Errors
/// [`Failed::Refused`]: no such list, it was not applied, there is no export; [`Failed::Denied`].
pub fn run(
    desk: &mut Desk,
    (list, day, yes): (&str, &str, bool),
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Seen> {
    wait(async {
        let code = list_of(list)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let held = Held::of(&mut tx, &book, code).await?;
        must(desk, &Step::See, held.unit())?;
        if held.place() != Place::Applied {
            return Err(Failed::Refused(format!(
                "Danh sách {code} đang ở bước “{}”; chỉ đối chiếu với phần mềm quốc gia sau khi đã cập nhật vào sổ.",
                held.place().label()
            )));
        }
        let mut changed: BTreeMap<String, (i64, BTreeSet<Field>)> = BTreeMap::new();
        for row in tx.effects(&book, held.list.number).await? {
            if row.undone_seq.is_some() || row.version == 0 {
                continue;
            }
            let effect: serde_json::Value = serde_json::from_str(&row.effect).unwrap_or_default();
            let fields = effect.get("changes").and_then(serde_json::Value::as_array);
            let fields = fields.into_iter().flatten().filter_map(|change| {
                Field::from_code(change.get("field").and_then(serde_json::Value::as_str)?)
            });
            let of = changed.entry(row.child).or_default();
            of.0 = row.row_number;
            of.1.extend(fields);
        }
        drop(tx);
        let choice = Choice {
            mirror: None,
            unit: None,
            day,
        };
        let there = mirror::hold(desk, &choice, (progress, stop)).await?;
        if there.linked.stopped {
            return Err(Failed::Refused("đã dừng; chưa ghi gì.".to_owned()));
        }
        let missing = missing(&there, &changed, code);
        let mut told = Seen {
            list: code,
            day: there.mirror.day.clone(),
            shown: changed.len().saturating_sub(missing.len()),
            missing,
            done: false,
        };
        if yes && told.missing.is_empty() {
            let mut act = begin(&open.store, desk.doing(&book, "handover-seen", "")).await?;
            let mut held = Held::of(act.reading(), &book, code).await?;
            held.take(&mut act, Step::See).await?;
            act.finish(&code.to_string(), &held.detail()).await?;
            told.done = true;
        }
        open.leave().await;
        Ok(told)
    })
}

/// Whose changes the export does not show. Who no longer counts has nothing to be entered.
fn missing(
    there: &mirror::Held,
    changed: &BTreeMap<String, (i64, BTreeSet<Field>)>,
    list: code::List,
) -> Vec<Missing> {
    let paired: BTreeMap<usize, BTreeSet<Field>> = there
        .compared
        .pairs
        .iter()
        .map(|pair| {
            let fields = pair.differences.iter().map(|one| one.field).collect();
            (pair.child, fields)
        })
        .collect();
    let mut out = Vec::new();
    for (at, child) in there.children.iter().enumerate() {
        let Some((row, fields)) = changed.get(&child.id) else {
            continue;
        };
        let fields: Vec<&'static str> = match paired.get(&at) {
            Some(differ) => {
                let open: Vec<_> = fields.intersection(differ).map(|one| one.code()).collect();
                if open.is_empty() {
                    continue;
                }
                open
            }
            None => Vec::new(),
        };
        let row = u32::try_from(*row)
            .ok()
            .and_then(|number| code::Row::new(list, number));
        out.push(Missing {
            row: row.map_or_else(String::new, |row| row.to_string()),
            child: child.id.clone(),
            fields,
        });
    }
    out
}
