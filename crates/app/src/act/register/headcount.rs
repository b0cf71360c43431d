//! `treem headcount`: figures of how many children a unit has, with day, source and who signed; and which of them cannot be believed.
//!
//! In: a file. Out: [`Loaded`], or what holds on a day ([`Holding`]). A doubt refuses nothing: a figure may be odd and true.

use super::geography::{Group, WithFormer, groups};
use super::init::kept;
use super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use crate::act::coverage::headcounts::{self, Defaults};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use treem_child::normalise::unit::{self, Edition, Level};
use treem_child::report::headcounts::{Unit, doubts};
use treem_store::Tx;
use treem_store::headcount::{Headcount, Population};

/// What loading came to.
#[derive(serde::Serialize)]
pub struct Loaded {
    /// Figures written down.
    pub units: u64,
    /// Children together.
    pub children: i64,
    /// Edition of the units.
    pub edition: String,
    /// Populations written down.
    pub populations: u64,
    /// Figures of the file that should be looked at.
    pub doubts: Vec<Doubt>,
}

/// A headcount that cannot be believed.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Doubt {
    /// Code of the unit.
    pub unit: String,
    /// Its edition.
    pub edition: String,
    /// What it was held against: `people`, `former`, `register`.
    pub against: &'static str,
    /// Why, in one sentence.
    pub sentence: String,
}

/// A headcount that holds.
#[derive(serde::Serialize, utoipa::ToSchema)]
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

/// What holds on a day.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Holding {
    /// By unit.
    pub headcounts: Vec<Held>,
    /// Those of them that should be looked at.
    pub doubts: Vec<Doubt>,
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
    let read = headcounts::read(path, edition, defaults).map_err(|sentence| named(&sentence))?;
    keep(desk, edition, read)
}

/// Writes one figure down.
///
/// # Errors
/// [`Failed::Refused`]: no day, nothing to say where it comes from, a figure that is none; [`Failed::Denied`].
pub fn one(desk: &mut Desk, edition: &'static Edition, line: headcounts::Line) -> Done<Loaded> {
    if line.headcount < 0 || line.headcount > 10_000_000 {
        return Err(Failed::Refused(
            "số trẻ em phải là một số từ 0 trở lên.".to_owned(),
        ));
    }
    if line.source.trim().is_empty() {
        return Err(Failed::Refused(
            "hãy ghi nguồn của số liệu, ví dụ báo cáo số mấy, ngày nào.".to_owned(),
        ));
    }
    let read = headcounts::Read {
        lines: vec![line],
        people: Vec::new(),
    };
    keep(desk, edition, read)
}

fn keep(desk: &mut Desk, edition: &'static Edition, read: headcounts::Read) -> Done<Loaded> {
    wait(async {
        let open = desk.open().await?;
        let figures: Vec<Headcount> = read
            .lines
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
        for one in &figures {
            desk.must(Deed::Headcounts, &one.edition, Some(&one.unit))?;
        }
        let people: Vec<Population> = read
            .people
            .into_iter()
            .map(|one| Population {
                edition: edition.from.to_owned(),
                unit: one.unit.code.to_owned(),
                day: one.day,
                source: one.source,
                people: one.count,
            })
            .collect();
        for one in &people {
            desk.must(Deed::Headcounts, &one.edition, Some(&one.unit))?;
        }
        let children = figures.iter().map(|one| one.children).sum();
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "headcount", "")).await?;
        act.add_units(edition.from, &kept(edition)).await?;
        let units = act.add_headcounts(&figures).await?;
        let populations = act.add_populations(&people).await?;
        let ours: BTreeSet<&str> = figures.iter().map(|one| one.unit.as_str()).collect();
        let last = figures.iter().map(|one| one.day.as_str()).max();
        let doubts = match last {
            Some(day) => {
                let children = groups(act.reading(), &book, (day, None)).await?;
                let held = act.reading().headcounts_with_former(&book, day).await?;
                let only = Some((edition.from, &ours));
                doubted(act.reading(), &book, (day, &children, &held), only).await?
            }
            None => Vec::new(),
        };
        let detail = serde_json::json!({"units": units, "children": children, "edition": edition.from, "populations": populations, "doubts": doubts.len()});
        act.finish(&book, &detail.to_string()).await?;
        open.leave().await;
        Ok(Loaded {
            units,
            children,
            edition: edition.from.to_owned(),
            populations,
            doubts,
        })
    })
}

/// The figures that hold on a day.
///
/// # Errors
/// The register cannot be used.
pub fn show(desk: &Desk, day: &str) -> Done<Holding> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let held = tx.headcounts_with_former(book, day).await?;
        let children = groups(&mut tx, book, (day, None)).await?;
        Ok(Holding {
            doubts: doubts_on(&mut tx, book, (day, &children, &held)).await?,
            headcounts: held
                .into_iter()
                .map(|(one, _)| Held {
                    name: super::unit_name(&one.edition, &one.unit),
                    unit: one.unit,
                    edition: one.edition,
                    day: one.day,
                    headcount: one.children,
                    source: one.source,
                    signed_by: one.signed_by,
                })
                .collect(),
        })
    })
}

/// A day, the children who stand in the book on it, and the headcounts that hold on it.
type OnDay<'a> = (&'a str, &'a [Group], &'a [WithFormer]);

/// The doubts about the headcounts that hold on a day.
pub(super) async fn doubts_on(tx: &mut Tx, book: &str, on: OnDay<'_>) -> Done<Vec<Doubt>> {
    doubted(tx, book, on, None).await
}

/// Which of the figures that hold on a day cannot be believed; of some units of an edition alone, where they are given.
async fn doubted(
    tx: &mut Tx,
    book: &str,
    (day, children, held): OnDay<'_>,
    only: Option<(&str, &BTreeSet<&str>)>,
) -> Done<Vec<Doubt>> {
    let mut people: BTreeMap<(String, String), (i64, String)> = BTreeMap::new();
    for one in tx.populations(book, day).await? {
        people.insert((one.edition, one.unit), (one.people, one.day));
    }
    let mut entered: BTreeMap<(String, &'static str), i64> = BTreeMap::new();
    for one in children {
        let edition = unit::edition(&one.edition);
        let Some(unit) = edition.by_code(&one.unit) else {
            continue;
        };
        let above = edition
            .district_of(unit)
            .filter(|above| above.code != unit.code);
        for unit in std::iter::once(unit).chain(above) {
            *entered.entry((one.edition.clone(), unit.code)).or_default() += one.counts[0];
        }
    }
    let (mut units, mut editions) = (Vec::new(), Vec::new());
    for (one, former) in held {
        let edition = unit::edition(&one.edition);
        let Some(unit) = edition.by_code(&one.unit) else {
            continue;
        };
        let level = match unit.level() {
            Level::Province => "province",
            Level::District => "district",
            Level::Commune => "commune",
        };
        editions.push(one.edition.clone());
        units.push(Unit {
            code: one.unit.clone(),
            name: unit.name.to_owned(),
            among: format!("{} {level} {}", one.edition, unit.parent),
            headcount: one.children,
            entered: entered
                .get(&(one.edition.clone(), unit.code))
                .copied()
                .unwrap_or(0),
            people: people.remove(&(one.edition.clone(), one.unit.clone())),
            former: former
                .as_ref()
                .map(|former| (former.children, former.day.clone())),
        });
    }
    let ours = |unit: &str, of: &str| {
        only.is_none_or(|(edition, codes)| codes.contains(unit) && of == edition)
    };
    Ok(doubts(&units)
        .into_iter()
        .map(|doubt| Doubt {
            edition: editions.get(doubt.at).cloned().unwrap_or_default(),
            unit: doubt.unit,
            against: doubt.against.code(),
            sentence: doubt.sentence,
        })
        .filter(|doubt| ours(&doubt.unit, &doubt.edition))
        .collect())
}
