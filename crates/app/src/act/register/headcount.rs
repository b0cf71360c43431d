//! `treem headcount`: figures of how many children a unit has, with day, source and who signed.
//!
//! In: a file. Out: [`Loaded`], or what holds on a day.

use super::init::kept;
use super::{Desk, Done, Failed, begin, wait};
use crate::act::coverage::headcounts::{self, Defaults};
use std::path::Path;
use treem_child::normalise::unit::Edition;
use treem_store::headcount::Headcount;

/// What loading came to.
#[derive(serde::Serialize)]
pub struct Loaded {
    /// Figures written down.
    pub units: u64,
    /// Children together.
    pub children: i64,
    /// Edition of the units.
    pub edition: String,
}

/// A headcount that holds.
#[derive(serde::Serialize)]
pub struct Held {
    /// Code of the unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Edition.
    pub edition: String,
    /// The day it speaks of.
    pub day: String,
    /// Children.
    pub headcount: i64,
    /// Source.
    pub source: String,
    /// Who signed.
    pub signed_by: String,
}

/// Writes the figures of a file down.
///
/// # Errors
/// [`Failed::Refused`]: the file, a line of it, or a unit cannot be used; then nothing is written.
pub fn load(
    desk: &mut Desk,
    path: &Path,
    edition: &'static Edition,
    defaults: &Defaults,
) -> Done<Loaded> {
    let named = |sentence: &str| Failed::Refused(format!("{}: {sentence}", path.display()));
    let lines = headcounts::read(path, edition, defaults).map_err(|sentence| named(&sentence))?;
    wait(async {
        let open = desk.open().await?;
        open.store.add_units(edition.from, &kept(edition)).await?;
        let figures: Vec<Headcount> = lines
            .into_iter()
            .map(|line| Headcount {
                edition: edition.from.to_owned(),
                unit: line.unit.code.to_owned(),
                day: line.day,
                source: line.source,
                signed_by: line.signed_by,
                children: line.headcount,
                loaded_at: String::new(),
            })
            .collect();
        let children = figures.iter().map(|one| one.children).sum();
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "headcount", "")).await?;
        let units = act.add_headcounts(&figures).await?;
        let detail =
            serde_json::json!({"units": units, "children": children, "edition": edition.from});
        act.finish(&book, &detail.to_string()).await?;
        open.store.close().await;
        Ok(Loaded {
            units,
            children,
            edition: edition.from.to_owned(),
        })
    })
}

/// The figures that hold on a day.
///
/// # Errors
/// The register cannot be used.
pub fn show(desk: &Desk, day: &str) -> Done<Vec<Held>> {
    wait(async {
        let open = desk.open().await?;
        let mut tx = open.store.read().await?;
        let held = tx.headcounts(&open.book.register, day).await?;
        Ok(held
            .into_iter()
            .map(|one| Held {
                name: treem_child::normalise::unit::edition(&one.edition)
                    .by_code(&one.unit)
                    .map_or_else(String::new, |unit| unit.name.to_owned()),
                unit: one.unit,
                edition: one.edition,
                day: one.day,
                headcount: one.children,
                source: one.source,
                signed_by: one.signed_by,
            })
            .collect())
    })
}
