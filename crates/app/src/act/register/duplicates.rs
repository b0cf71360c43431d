//! `treem duplicates`: records of the book that may be one child, found by the linkage over all of it, without those that are known to
//! be different children.
//!
//! In: a book, perhaps an area. Out: [`Queue`]: pairs with their probability and why, the likeliest first. Memory: `treem_child::link`
//! states it (about 200 bytes a child).

use super::import::columns::{Places, Seen};
use super::import::linked::why;
use super::{Desk, Done, unit_name, wait};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use crate::act::link::engine;
use anyhow::anyhow;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use treem_child::link::model::model;
use treem_child::link::{Children, words};
use treem_child::normalise::unit::{self, Edition, Unit};
use treem_link::explain::{Waterfall, explain};
use treem_store::Tx;
use treem_store::child::{ACTIVE, Child};

/// From this probability on two records are suspected to be one child.
pub const SUSPECTED: f64 = 0.5;
/// What a comparison must add, in bits, to be named.
const NAMED: f64 = 1.0;

/// A record of a pair.
#[derive(Clone, serde::Serialize)]
pub struct Side {
    /// Its id.
    pub child: String,
    /// Name.
    pub name: String,
    /// Birth date.
    pub birth: String,
    /// Code of its unit.
    pub unit: String,
    /// Name of its unit.
    pub unit_name: String,
}

/// Two records that may be one child.
#[derive(serde::Serialize)]
pub struct Pair {
    /// How probable that is.
    pub probability: f64,
    /// `same` or `perhaps`.
    pub band: &'static str,
    /// The record that was there first.
    pub left: Side,
    /// The other.
    pub right: Side,
    /// What speaks for it.
    #[serde(rename = "for")]
    pub speaks_for: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
    /// What each comparison adds, as JSON.
    #[serde(skip)]
    pub why: String,
    /// Versions of the two records.
    #[serde(skip)]
    pub versions: (i64, i64),
}

/// The queue.
#[derive(serde::Serialize)]
pub struct Queue {
    /// Records looked at.
    pub children: usize,
    /// Suspected pairs; more than are listed where the list was cut.
    pub found: usize,
    /// Pairs left out because somebody has said that they are different children.
    pub apart: usize,
    /// The likeliest first.
    pub pairs: Vec<Pair>,
    /// The run was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

/// What is asked for.
pub struct Asked {
    /// Only pairs with a record of this area, in its own edition.
    pub area: Option<(&'static Edition, &'static Unit)>,
    /// Pairs that are listed.
    pub most: usize,
}

/// Finds them.
///
/// # Errors
/// The register cannot be used; the engine's.
pub fn run(desk: &Desk, asked: &Asked, progress: &dyn Progress, stop: &Stop) -> Done<Queue> {
    wait(async {
        desk.must_somewhere(Deed::See)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let apart: FxHashSet<(String, String)> = tx.all_apart(book).await?.into_iter().collect();
        let (sides, mut children) = read(&mut tx, book, progress, stop).await?;
        drop(tx);
        let mut out = Queue {
            children: sides.len(),
            found: 0,
            apart: 0,
            pairs: Vec::new(),
            stopped: stop.is_asked(),
        };
        if out.stopped || sides.is_empty() {
            return Ok(out);
        }
        progress.step("đếm họ tên", 0, 0);
        children.count(treem_link::run::cores());
        let model = model(&children);
        let linked = engine(&model, children.len(), None, progress, stop)
            .map_err(|error| anyhow!("không đối chiếu được: {error}"))?;
        let Some(linked) = linked else {
            out.stopped = true;
            return Ok(out);
        };
        let cut = desk.area(Deed::See);
        let inside = |one: &One| {
            cut.holds(
                &one.edition,
                Some(&one.side.unit)
                    .filter(|unit| !unit.is_empty())
                    .map(String::as_str),
            )
        };
        let mut found = Vec::new();
        for pair in &linked.pairs {
            let (Some(left), Some(right)) = (
                sides.get(pair.left as usize),
                sides.get(pair.right as usize),
            ) else {
                continue;
            };
            if !inside(left) || !inside(right) {
                continue;
            }
            if pair.probability < SUSPECTED || !(asked.takes(left) || asked.takes(right)) {
                continue;
            }
            // Ids grow, and the records stand in their order: left is the smaller one.
            if apart.contains(&(left.side.child.clone(), right.side.child.clone())) {
                out.apart += 1;
                continue;
            }
            found.push(pair);
        }
        out.found = found.len();
        found.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        for pair in found.into_iter().take(asked.most) {
            let waterfall = explain(&model, &linked, pair.left, pair.right);
            let band = children.band(pair.left, pair.right, pair.probability);
            let (speaks_for, against) = said(&waterfall, true);
            let side = |at: u32| sides.get(at as usize);
            if let (Some(left), Some(right)) = (side(pair.left), side(pair.right)) {
                out.pairs.push(Pair {
                    probability: pair.probability,
                    band: band.code(),
                    left: left.side.clone(),
                    right: right.side.clone(),
                    speaks_for,
                    against,
                    why: why(&model, &linked, pair.left, pair.right),
                    versions: (left.version, right.version),
                });
            }
        }
        Ok(out)
    })
}

/// A record and the edition of its unit.
pub(super) struct One {
    side: Side,
    edition: String,
    version: i64,
}

impl Asked {
    fn takes(&self, one: &One) -> bool {
        self.area.is_none_or(|(edition, area)| {
            one.edition == edition.from
                && edition
                    .by_code(&one.side.unit)
                    .is_some_and(|unit| edition.is_in(unit, area))
        })
    }
}

/// The edition in whose units most children stand: in it all are compared.
async fn edition_of_most(tx: &mut Tx, book: &str) -> Done<String> {
    let mut editions: BTreeMap<String, i64> = BTreeMap::new();
    for (edition, _, children) in tx.standing(book).await? {
        *editions.entry(edition).or_default() += children;
    }
    let most = editions.into_iter().max_by_key(|(_, children)| *children);
    Ok(most.map(|(edition, _)| edition).unwrap_or_default())
}

/// The records that count, in order of their ids.
async fn read(
    tx: &mut Tx,
    book: &str,
    progress: &dyn Progress,
    stop: &Stop,
) -> Done<(Vec<One>, Children)> {
    let (mut sides, mut children) = (Vec::new(), Children::default());
    let mut places = Places::new(unit::edition(&edition_of_most(tx, book).await?));
    let of = tx.children_in_state(book, ACTIVE).await?.unsigned_abs();
    let mut last = String::new();
    loop {
        let page = tx.children_after(book, &last).await?;
        let Some(end) = page.last() else { break };
        last.clone_from(&end.id);
        for child in page.into_iter().filter(|child| child.now.state == ACTIVE) {
            sides.push(add(&mut children, child, &mut places));
        }
        progress.step("đọc sổ", sides.len() as u64, of);
        if stop.is_asked() {
            break;
        }
    }
    Ok((sides, children))
}

/// Adds a record to the columns of the linkage.
pub(super) fn add(children: &mut Children, child: Child, places: &mut Places) -> One {
    let now = child.now;
    let code = now.unit.unwrap_or_default();
    let stored = (now.record.as_str(), now.sensitive.as_str());
    let seen = Seen::stored(stored, (&now.edition, &code), places);
    children.push(&seen.entry());
    One {
        side: Side {
            child: child.id,
            name: seen.name().to_owned(),
            birth: now.birth,
            unit_name: unit_name(&now.edition, &code),
            unit: code,
        },
        edition: now.edition,
        version: child.version,
    }
}

/// What speaks for it and against it, the weightiest first. `how_common`: with how usual the value is, where that was counted over all.
pub(super) fn said(waterfall: &Waterfall, how_common: bool) -> (Vec<String>, Vec<String>) {
    let mut steps: Vec<(f64, String)> = waterfall
        .steps
        .iter()
        .filter(|step| step.level > 0 && step.bits.abs() >= NAMED)
        .map(|step| {
            let label = words::label(&step.comparison);
            let mut words = format!("{}: {}", label.to_lowercase(), step.label);
            let common = step.common.filter(|common| how_common && *common > 0.0);
            if let Some(common) = common {
                let _ = write!(
                    words,
                    " (khoảng {:.0} người có một)",
                    (1.0 / common).round()
                );
            }
            (step.bits, words)
        })
        .collect();
    steps.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let (speaks_for, against): (Vec<_>, Vec<_>) =
        steps.into_iter().partition(|(bits, _)| *bits > 0.0);
    let words = |steps: Vec<(f64, String)>| steps.into_iter().map(|(_, words)| words).collect();
    (words(speaks_for), words(against))
}
