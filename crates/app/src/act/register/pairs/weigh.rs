//! Weighs a pair again whose records have changed: among the children of their units, so that what is common there counts as common.
//!
//! In: two records. Out: the pair as it stands now, kept for the next time; not suspected any more where it falls below
//! [`super::super::duplicates::SUSPECTED`]. A look at the whole book is more exact; this one is there at once.

use super::super::duplicates::{SUSPECTED, add};
use super::super::import::columns::Places;
use super::super::import::linked::{millionths, why};
use super::super::{Book, Done};
use crate::act::check::{Silent, Stop};
use crate::act::link::engine;
use crate::limits;
use anyhow::anyhow;
use treem_child::link::Children;
use treem_child::link::model::model;
use treem_child::normalise::unit;
use treem_link::explain::explain;
use treem_store::child::Child;
use treem_store::pairs::{GONE, Pair};

/// The pair as it is now. `both`: its records.
pub async fn again(open: &Book, mut pair: Pair, both: [Child; 2], now: &str) -> Done<Pair> {
    if pair.is_fresh() {
        return Ok(pair);
    }
    let book = open.book.register.as_str();
    let mut tx = open.store.read().await?;
    let ids = both.each_ref().map(|child| child.id.clone());
    let mut units: Vec<(String, String)> = both
        .iter()
        .filter_map(|child| Some((child.now.edition.clone(), child.now.unit.clone()?)))
        .collect();
    units.dedup();
    let mut children = Children::default();
    let mut places = Places::new(unit::edition(&both[0].now.edition));
    for child in both {
        add(&mut children, child, &mut places);
    }
    for (edition, unit) in &units {
        let near = tx.children_of_unit(book, (edition, unit), "").await?;
        let others = near.into_iter().filter(|child| !ids.contains(&child.id));
        for child in others.take(limits::WEIGHED_AMONG) {
            add(&mut children, child, &mut places);
        }
    }
    drop(tx);
    children.count(treem_link::run::cores());
    let model = model(&children);
    let linked = engine(&model, children.len(), None, &Silent, &Stop::default())
        .map_err(|error| anyhow!("không đối chiếu được: {error}"))?;
    let Some(linked) = linked else {
        return Ok(pair);
    };
    let probability = explain(&model, &linked, 0, 1).probability;
    pair.millionths = millionths(probability);
    pair.why = why(&model, &linked, 0, 1);
    if probability < SUSPECTED {
        GONE.clone_into(&mut pair.state);
    }
    open.store.weigh_pair(book, &pair, now).await?;
    Ok(pair)
}
