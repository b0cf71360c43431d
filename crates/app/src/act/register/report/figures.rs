//! What is known of every unit of an edition on a day: children by how far they are, headcounts with the records they come from.
//!
//! In: an edition, a day, perhaps an evening of the book. Out: [`Figures`]. Of now no child is read: the sums are kept by the acts.

use super::evenings::{Evening, Evenings};
use crate::access::Cut;
use crate::act::register::Done;
use crate::act::register::geography::{
    Asked, Counts, Group, Headcounts, Of, Placed, add, groups, place,
};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use treem_child::normalise::unit::{Edition, Unit};
use treem_store::Tx;
use treem_store::register::Mark;

/// The figures of an edition.
pub struct Figures {
    /// Children by unit.
    pub placed: Placed,
    /// Whether it is known who is verified.
    pub knows_verified: bool,
    /// Headcounts, those carried from other editions too.
    pub headcounts: Headcounts,
    /// By unit: the units in it, or it, that have children.
    within: FxHashMap<&'static str, Vec<&'static str>>,
}

/// By unit: the units of `placed` in it, in the order of their codes.
fn within(
    edition: &'static Edition,
    placed: &Placed,
) -> FxHashMap<&'static str, Vec<&'static str>> {
    let mut out: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for unit in placed
        .children
        .keys()
        .filter_map(|code| edition.by_code(code))
    {
        for area in edition.around(unit) {
            out.entry(area.code).or_default().push(unit.code);
        }
    }
    out
}

/// Asks for all figures of a book as it is now.
///
/// # Errors
/// The database's.
pub async fn of(
    tx: &mut Tx,
    book: &str,
    (edition, day): (&'static Edition, &str),
) -> Done<Figures> {
    let counted = groups(tx, book, (day, None)).await?;
    let asked = Asked {
        edition,
        day,
        moment: None,
    };
    placed(tx, book, asked, &counted).await
}

/// The same of an evening as the book was then, from what is kept of it; `of`: where the book is, and now.
///
/// # Errors
/// The database's.
pub async fn of_evening(
    tx: &mut Tx,
    (edition, evening): (&'static Edition, Evening),
    of: (&Mark, &str),
    kept: &Evenings,
) -> Done<Figures> {
    let counted = if let Some(counted) = kept.of(tx, &evening, of.0).await? {
        counted
    } else {
        let at = (evening.day.as_str(), Some(evening.moment.as_str()));
        let counted = Arc::new(groups(tx, &evening.book, at).await?);
        kept.keep(evening.clone(), of, &counted);
        counted
    };
    let asked = Asked {
        edition,
        day: &evening.day,
        moment: Some(&evening.moment),
    };
    placed(tx, &evening.book, asked, &counted).await
}

async fn placed(tx: &mut Tx, book: &str, asked: Asked<'_>, counted: &[Group]) -> Done<Figures> {
    let placed = place(tx, book, asked, counted).await?;
    let headcounts = Headcounts::read(tx, book, (asked.edition, asked.day)).await?;
    Ok(Figures {
        within: within(asked.edition, &placed),
        knows_verified: asked.moment.is_none() || !placed.single,
        placed,
        headcounts,
    })
}

impl Figures {
    /// Codes of units with children in an area; of the whole book also where none is known.
    fn codes(&self, area: Option<&Unit>) -> Box<dyn Iterator<Item = &str> + '_> {
        match area {
            None => Box::new(self.placed.children.keys().map(String::as_str)),
            Some(area) => Box::new(self.within.get(area.code).into_iter().flatten().copied()),
        }
    }

    /// The children of all units of an area that pass.
    pub fn sum(&self, area: Option<&Unit>, passes: impl Fn(&str) -> bool) -> Counts {
        let mut out = Counts::default();
        for code in self.codes(area).filter(|code| passes(code)) {
            let counts = self.placed.children.get(code).copied();
            add(&mut out, counts.unwrap_or_default());
        }
        out
    }

    /// The groups an area is made of.
    pub fn groups(&self, area: &Unit) -> Vec<Of> {
        self.groups_of(Some(area)).cloned().collect()
    }

    /// Whether somebody may open the figures of an area as lists: all children stand in units that are seen.
    pub fn is_listed(&self, area: Option<&Unit>, see: &Cut) -> bool {
        let is_seen = |of: &Of| see.holds(&of.edition, Some(&of.unit));
        see.is_whole() || self.groups_of(area).all(is_seen)
    }

    fn groups_of(&self, area: Option<&Unit>) -> impl Iterator<Item = &Of> {
        self.codes(area)
            .filter_map(|code| self.placed.whole.get(code))
            .flatten()
    }
}
