//! `treem missing sources|drop`: which lists of other sectors are here, what for and on which basis; and their end.
//!
//! In: a source. Out: [`Listed`], [`Dropped`]. Dropped, no row of it is left: counts, purpose, basis and the links of the audit chain are.

use super::super::begin;
use super::super::{Desk, Done, Failed, unit_name, wait};
use super::{Kind, link};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use treem_child::normalise::date::PartialDate;
use treem_store::sector::Source;

/// A source in the list.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
#[schema(as = MissingSource)]
pub struct Listed {
    /// Its number.
    pub source: i64,
    /// Its kind.
    pub kind: String,
    /// The same in words.
    pub label: &'static str,
    /// What for.
    pub purpose: String,
    /// By which law or decision.
    pub basis: String,
    /// The day it speaks of.
    pub day: String,
    /// When it was loaded.
    pub at: String,
    /// Who loaded it.
    pub who: String,
    /// Edition of its units.
    pub edition: String,
    /// The unit it is of; empty where it is of several.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// Rows.
    pub rows: i64,
    /// The last comparison knows it.
    pub compared: bool,
    /// When its rows were erased; empty where they are there.
    pub dropped_at: String,
    /// Who erased them.
    pub dropped_by: String,
}

/// All sources.
#[expect(clippy::struct_field_names, reason = "the key of the answer")]
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Sources {
    /// As they were loaded.
    pub sources: Vec<Listed>,
    /// The day of the last comparison; empty where there was none.
    pub day: String,
    /// When that was.
    pub at: String,
}

impl Sources {
    /// A list was loaded or erased since the last comparison.
    pub fn is_stale(&self) -> bool {
        self.sources
            .iter()
            .any(|one| one.compared != one.dropped_at.is_empty())
    }
}

/// What dropping came to.
#[derive(Debug, Default, serde::Serialize)]
pub struct Dropped {
    /// The source.
    pub source: i64,
    /// Rows that were erased.
    pub rows: i64,
    /// They are; else it is only said what would be.
    pub done: bool,
    /// The comparison of the lists that are left, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linked: Option<link::Linked>,
}

fn listed(one: Source, compared: &[i64]) -> Listed {
    let unit = one.unit.unwrap_or_default();
    Listed {
        label: Kind::from_code(&one.kind).map_or("", Kind::label),
        unit_name: unit_name(&one.edition, &unit),
        compared: compared.contains(&one.source),
        source: one.source,
        kind: one.kind,
        purpose: one.purpose,
        basis: one.basis,
        day: one.day,
        at: one.at,
        who: one.who,
        edition: one.edition,
        unit,
        rows: one.rows,
        dropped_at: one.dropped_at.unwrap_or_default(),
        dropped_by: one.dropped_by.unwrap_or_default(),
    }
}

/// All sources, erased ones too: figures and words alone.
///
/// # Errors
/// [`Failed::Denied`]; the database's.
pub fn list(desk: &Desk) -> Done<Sources> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let compared = tx.compared(book).await?;
        let known: Vec<i64> = compared
            .as_ref()
            .and_then(|one| serde_json::from_str(&one.sources).ok())
            .unwrap_or_default();
        let sources = tx.sources(book).await?;
        let (day, at) = compared.map_or((String::new(), String::new()), |one| (one.day, one.at));
        Ok(Sources {
            sources: sources.into_iter().map(|one| listed(one, &known)).collect(),
            day,
            at,
        })
    })
}

/// Erases the rows of a source, and compares the lists that are left again. Without `yes` it is only said what would be.
///
/// # Errors
/// [`Failed::Refused`]: no such source, or it is erased already; [`Failed::Denied`].
pub fn drop_one(
    desk: &mut Desk,
    source: i64,
    yes: bool,
    around: (&dyn Progress, &Stop),
) -> Done<Dropped> {
    let (mut told, day, left) = wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let all = tx.sources(&book).await?;
        let Some(one) = all.iter().find(|one| one.source == source) else {
            return Err(Failed::Refused(format!(
                "không có danh sách số {source}; xem bằng treem missing sources."
            )));
        };
        desk.must(Deed::Import, &one.edition, one.unit.as_deref())?;
        if let Some(at) = &one.dropped_at {
            return Err(Failed::Refused(format!(
                "danh sách số {source} đã được hủy lúc {}.",
                crate::shown::moment(at)
            )));
        }
        let mut told = Dropped {
            source,
            rows: one.rows,
            ..Dropped::default()
        };
        let said = tx.said_of_source(&book, source).await?;
        let day = tx.compared(&book).await?.map(|one| one.day);
        let left = all
            .iter()
            .any(|other| other.source != source && other.dropped_at.is_none());
        drop(tx);
        if yes {
            let said: Vec<serde_json::Value> = said
                .into_iter()
                .map(|(state, why, rows)| serde_json::json!({"state": state, "why": why, "rows": rows}))
                .collect();
            let counts = serde_json::json!({"rows": told.rows, "said": said}).to_string();
            let mut act = begin(&open.store, desk.doing(&book, "missing-drop", "")).await?;
            told.done = act.drop_source(source, &counts).await?;
            act.finish(&source.to_string(), &counts).await?;
        }
        open.leave().await;
        Ok((told, day, left))
    })?;
    if let (true, Some(day)) = (
        told.done && left,
        day.as_deref().and_then(PartialDate::from_iso),
    ) {
        told.linked = Some(link::run(desk, day, around)?);
    }
    Ok(told)
}
