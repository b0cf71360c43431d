//! What is known of every unit of an edition on a day: children by how far they are, headcounts with the records they come from.
//!
//! In: an edition, a day, perhaps a moment of the book. Out: [`Figures`]. Without a moment no child is read: the sums are kept by the acts.

use crate::act::register::Done;
use crate::act::register::geography::{Asked, Counts, Group, Placed, carry, groups, place};
use std::collections::BTreeMap;
use treem_child::normalise::unit::{self, Edition, Level, Unit};
use treem_store::Tx;
use treem_store::headcount::Headcount;

/// The figures of an edition.
pub struct Figures {
    /// The edition.
    pub edition: &'static Edition,
    /// Children by unit.
    pub placed: Placed,
    /// Whether it is known who is verified.
    pub knows_verified: bool,
    /// Headcounts by unit, those carried from other editions too.
    pub headcounts: BTreeMap<&'static str, i64>,
    /// Headcounts as they were written down.
    held: Vec<Headcount>,
    /// Where the units of those of other editions lie in this one.
    lies: Vec<Vec<&'static Unit>>,
}

/// Asks for all figures of a book.
///
/// # Errors
/// The database's.
pub async fn of(tx: &mut Tx, book: &str, asked: Asked<'_>) -> Done<Figures> {
    let counted: Vec<Group> = match asked.moment {
        None => groups(tx, book, (asked.day, None)).await?,
        Some(moment) => then(tx, book, (asked.day, moment)).await?,
    };
    let placed = place(tx, book, asked, &counted).await?;
    let held = tx.headcounts(book, asked.day).await?;
    let (headcounts, _) = carry(asked.edition, &held);
    let lies = held.iter().map(|one| lies_in(asked.edition, one)).collect();
    Ok(Figures {
        edition: asked.edition,
        knows_verified: asked.moment.is_none() || placed.single.is_empty(),
        placed,
        headcounts,
        held,
        lies,
    })
}

/// The children of a day as the book was at a moment, from what happened to them.
async fn then(tx: &mut Tx, book: &str, (day, moment): (&str, &str)) -> Done<Vec<Group>> {
    let mut counted = groups(tx, book, (day, Some(moment))).await?;
    for (unit, edition, count) in tx.verified_at(book, day, moment).await? {
        let group = counted
            .iter_mut()
            .find(|one| one.unit == unit && one.edition == edition);
        if let Some(Group {
            counts: [.., verified, _],
            ..
        }) = group
        {
            *verified += count;
        }
    }
    Ok(counted)
}

fn lies_in(edition: &'static Edition, one: &Headcount) -> Vec<&'static Unit> {
    let (unit, from) = (one.unit.as_str(), one.edition.as_str());
    let kin = match from.cmp(edition.from) {
        std::cmp::Ordering::Equal => return edition.by_code(unit).into_iter().collect(),
        std::cmp::Ordering::Less => unit::successors(unit, from, edition.from),
        std::cmp::Ordering::Greater => unit::predecessors(unit, from, edition.from),
    };
    kin.into_iter()
        .filter_map(|kin| edition.by_code(kin.unit.code))
        .collect()
}

impl Figures {
    /// The children of all units of an area that pass.
    pub fn sum(&self, area: Option<&Unit>, passes: impl Fn(&str) -> bool) -> Counts {
        let mut out = Counts::default();
        for (code, counts) in &self.placed.children {
            let inside = match (area, self.edition.by_code(code)) {
                (None, _) => true,
                (Some(area), Some(unit)) => self.edition.is_in(unit, area),
                (Some(_), None) => false,
            };
            if inside && passes(code) {
                for (sum, count) in out.iter_mut().zip(counts) {
                    *sum += count;
                }
            }
        }
        out
    }

    /// The headcount of a unit: its own, or the sum of all units in it; `None` where one of them is not known.
    pub fn headcount(&self, unit: &Unit) -> Option<i64> {
        if let Some(own) = self.headcounts.get(unit.code) {
            return Some(*own);
        }
        match unit.level() {
            Level::Commune => None,
            Level::District => {
                let communes: Vec<&Unit> = self.edition.communes_of(unit).collect();
                let sum = communes.iter().map(|one| self.headcounts.get(one.code));
                if communes.is_empty() { None } else { sum.sum() }
            }
            Level::Province => {
                let districts: Vec<&Unit> = self.edition.districts_of(unit).collect();
                if districts.is_empty() {
                    let communes = self.edition.communes_of(unit);
                    communes.map(|one| self.headcounts.get(one.code)).sum()
                } else {
                    districts.into_iter().map(|one| self.headcount(one)).sum()
                }
            }
        }
    }

    /// The written figures a unit's headcount is: its own; else those of its units; else those of another edition it was carried from.
    pub fn records(&self, unit: &Unit) -> Vec<&Headcount> {
        let own = |one: &&Headcount| one.edition == self.edition.from && one.unit == unit.code;
        if let Some(one) = self.held.iter().find(own) {
            return vec![one];
        }
        let Some(sum) = self.headcount(unit) else {
            return Vec::new();
        };
        let mut by_edition: BTreeMap<&str, Vec<&Headcount>> = BTreeMap::new();
        for (one, lies) in self.held.iter().zip(&self.lies) {
            let inside = |unit_of: &&Unit| self.edition.is_in(unit_of, unit);
            if !lies.is_empty() && lies.iter().all(inside) {
                by_edition.entry(&one.edition).or_default().push(one);
            }
        }
        let adds_up =
            |records: &Vec<&Headcount>| records.iter().map(|one| one.children).sum::<i64>() == sum;
        let here = by_edition.remove(self.edition.from).filter(adds_up);
        here.or_else(|| by_edition.into_values().rev().find(adds_up))
            .unwrap_or_default()
    }

    /// The groups (edition and unit) an area is made of; `None` where children in it were placed one by one, and a list of its groups
    /// would not be its children.
    pub fn groups(&self, area: Option<&Unit>) -> Option<Vec<(String, String)>> {
        let inside = |code: &str| match area {
            None => true,
            Some(area) => self
                .edition
                .by_code(code)
                .is_some_and(|unit| self.edition.is_in(unit, area)),
        };
        if self.placed.single.iter().any(|code| inside(code)) {
            return None;
        }
        let whole = self.placed.whole.iter().filter(|(code, _)| inside(code));
        Some(whole.flat_map(|(_, groups)| groups.clone()).collect())
    }
}
