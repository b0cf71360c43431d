//! Units of the book's province, for choosing one.
//!
//! In: a desk and a deed. Out: [`Places`], cut to where the deed is allowed.

use super::super::register::{Desk, Done, wait};
use crate::access::{Cut, Deed};
use treem_child::normalise::unit::{self, Edition, Unit};

/// Units a role can be given over.
pub struct Places {
    /// First day of the edition.
    pub edition: &'static str,
    /// The province of the book there and all units in it, with how many steps each lies below it, in the order of the list.
    pub units: Vec<(usize, &'static str, &'static str)>,
}

/// The units of the book's province in which a deed is allowed, by the editions its children stand in and the one of today; the latest first.
///
/// # Errors
/// The register's.
pub fn places(desk: &Desk, deed: Deed) -> Done<Vec<Places>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = &open.book;
        let mut days = vec![
            book.edition.clone(),
            desk.now.get(..10).unwrap_or_default().to_owned(),
        ];
        days.extend(
            tx.reforms(&book.register)
                .await?
                .into_iter()
                .map(|one| one.edition),
        );
        let mut editions: Vec<&'static str> =
            days.iter().map(|day| unit::edition(day).from).collect();
        editions.sort_unstable();
        editions.dedup();
        let cut = desk.area(deed);
        Ok(editions
            .into_iter()
            .rev()
            .map(|day| Places {
                edition: day,
                units: units_of((&book.edition, &book.province), unit::edition(day), &cut),
            })
            .collect())
    })
}

/// The units of a province, as it is in another edition.
fn units_of(
    (from, province): (&str, &str),
    edition: &'static Edition,
    cut: &Cut,
) -> Vec<(usize, &'static str, &'static str)> {
    let from = unit::edition(from);
    let code = if edition.from < from.from {
        unit::predecessors(province, from.from, edition.from)
    } else {
        unit::successors(province, from.from, edition.from)
    };
    let Some(province) = code.first().map(|kin| kin.unit) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    below(edition, province, 0, &mut out);
    out.retain(|(_, code, _)| cut.holds(edition.from, Some(code)));
    out
}

fn below(
    edition: &'static Edition,
    unit: &'static Unit,
    depth: usize,
    out: &mut Vec<(usize, &'static str, &'static str)>,
) {
    out.push((depth, unit.code, unit.name));
    for child in edition.units().iter().filter(|one| one.parent == unit.code) {
        below(edition, child, depth.saturating_add(1), out);
    }
}
