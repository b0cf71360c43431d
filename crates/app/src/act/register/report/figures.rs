//! What is known of every unit of an edition on a day: children by how far they are, headcounts with the records they come from.
//!
//! In: an edition, a day, perhaps an evening of the book. Out: [`Figures`]. Of now no child is read: the sums are kept by the acts.

use super::evenings::{Evening, Evenings};
use crate::act::register::Done;
use crate::act::register::geography::{Asked, Counts, Group, Headcounts, Placed, groups, place};
use std::sync::Arc;
use treem_child::normalise::unit::{Edition, Unit};
use treem_store::Tx;
use treem_store::register::Mark;

/// The figures of an edition.
pub struct Figures {
    /// The edition.
    pub edition: &'static Edition,
    /// Children by unit.
    pub placed: Placed,
    /// Whether it is known who is verified.
    pub knows_verified: bool,
    /// Headcounts, those carried from other editions too.
    pub headcounts: Headcounts,
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
    let held = tx.headcounts(book, asked.day).await?;
    Ok(Figures {
        edition: asked.edition,
        knows_verified: asked.moment.is_none() || placed.single.is_empty(),
        placed,
        headcounts: Headcounts::new(asked.edition, held),
    })
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
