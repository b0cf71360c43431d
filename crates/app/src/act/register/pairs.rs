//! *Xử lý nghi trùng*: everything that may be one child and waits for a person, as one queue: rows of imports ([`super::decide`]) and pairs of
//! records within the book ([`super::duplicates`]).
//!
//! In: a desk, an area, an order. Out: [`Queue`] with counts that are true at this moment; one item whole ([`item`]); what a person says of
//! it done ([`answer`]). A pair of which a record was edited is weighed again when it is shown ([`weigh`]).

pub mod answer;
pub mod item;
mod key;
pub mod late;
pub mod look;
pub mod picks;
mod siblings;
mod weigh;
pub mod words;

pub use key::Key;

use super::decide::list::probability;
use super::import::within::Within;
use super::{Desk, Done, unit_name, wait};
use crate::access::Deed;
use crate::limits;
use treem_store::pairs::{LATER, Pair, Waits};
use treem_store::queue::CHANGES;
use treem_store::{Act, Tx};

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The likeliest.
    #[default]
    Likeliest,
    /// What waits longest.
    Oldest,
}

/// Something that waits.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Waiting {
    /// How it is named: `IMPORT:ROW`, or the two records with `~` between them.
    pub key: Key,
    /// `perhaps`, `changes`, `again` as of [`super::decide`], `pair`.
    pub kind: String,
    /// How probable it is that the two are one child; of `changes` it is certain.
    pub probability: f64,
    /// Since when it waits.
    pub since: String,
    /// Name of the unit; of the other record where the first has none.
    pub unit_name: String,
    /// It was put off.
    pub later: bool,
    /// Another row has to be decided first.
    pub blocked: bool,
}

/// The queue.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Queue {
    /// Everything that waits.
    pub total: usize,
    /// Rows that may be children of the book.
    pub rows: usize,
    /// Rows of known children that say other things.
    pub changes: usize,
    /// Pairs of records.
    pub pairs: usize,
    /// Of all, what was put off.
    pub later: usize,
    /// In order; all, or as many as were asked for.
    pub items: Vec<Waiting>,
}

/// What is asked for.
#[derive(Clone, Copy, Default)]
pub struct Asked<'a> {
    /// Only what has a record, or a row, of this area.
    pub within: Option<Within<'a>>,
    /// In which order.
    pub order: Order,
}

/// Everything that waits, at most so many listed: rows that this person may decide, pairs that they may merge.
///
/// # Errors
/// [`super::Failed::Denied`]; the register cannot be used.
pub fn queue(desk: &Desk, asked: Asked<'_>, most: usize) -> Done<Queue> {
    wait(async {
        let open = desk.open().await?;
        let mut tx = open.store.read().await?;
        let out = of(desk, &mut tx, &open.book.register, (asked, most)).await;
        drop(tx);
        open.leave().await;
        out
    })
}

/// The same within a transaction.
async fn of(
    desk: &Desk,
    tx: &mut Tx,
    book: &str,
    (asked, most): (Asked<'_>, usize),
) -> Done<Queue> {
    let (decides, merges) = (desk.area(Deed::Decide), desk.area(Deed::Merge));
    if decides.is_empty() && merges.is_empty() {
        desk.must_whole(Deed::Decide)?;
    }
    let inside = |edition: &str, unit: Option<&str>| {
        asked
            .within
            .is_none_or(|within| unit.is_some_and(|unit| within(edition, unit)))
    };
    let mut items = Vec::new();
    for row in tx.all_waiting(book, limits::QUEUE).await? {
        let unit = row.unit.as_deref();
        if decides.holds(&row.edition, unit) && inside(&row.edition, unit) {
            items.push(of_row(row));
        }
    }
    for pair in tx.open_pairs(book, limits::QUEUE).await? {
        let one = (pair.child_edition.as_str(), pair.child_unit.as_deref());
        let two = (pair.other_edition.as_str(), pair.other_unit.as_deref());
        if merges.holds(one.0, one.1)
            && merges.holds(two.0, two.1)
            && (inside(one.0, one.1) || inside(two.0, two.1))
        {
            items.push(of_pair(pair));
        }
    }
    let kind = |kind: &str| items.iter().filter(|one| one.kind == kind).count();
    let mut out = Queue {
        total: items.len(),
        changes: kind(CHANGES),
        pairs: kind(PAIR),
        later: items.iter().filter(|one| one.later).count(),
        ..Queue::default()
    };
    out.rows = out.total.saturating_sub(out.changes + out.pairs);
    // What was put off comes last; of the rest what is certain, and only asks for a choice, after what is not.
    items.sort_by(|one, other| {
        let early = |item: &Waiting| (item.later, item.blocked, item.kind == CHANGES);
        let likely = other.probability.total_cmp(&one.probability);
        let old = one.since.cmp(&other.since);
        early(one)
            .cmp(&early(other))
            .then(match asked.order {
                Order::Likeliest => likely.then(old),
                Order::Oldest => old.then(likely),
            })
            .then_with(|| one.key.cmp(&other.key))
    });
    items.truncate(most);
    out.items = items;
    Ok(out)
}

/// The kind of an item that is a pair of records.
pub const PAIR: &str = "pair";

fn of_row(row: Waits) -> Waiting {
    Waiting {
        unit_name: row
            .unit
            .as_deref()
            .map_or_else(String::new, |unit| unit_name(&row.edition, unit)),
        probability: if row.kind == CHANGES {
            1.0
        } else {
            probability(row.millionths)
        },
        blocked: row.kind != CHANGES && row.known == 0,
        later: row.version > 1,
        kind: row.kind,
        since: row.at,
        key: Key::Row(row.import, row.nth),
    }
}

fn of_pair(pair: Pair) -> Waiting {
    let name = |edition: &str, unit: &Option<String>| {
        unit.as_deref()
            .map_or_else(String::new, |unit| unit_name(edition, unit))
    };
    let first = name(&pair.child_edition, &pair.child_unit);
    Waiting {
        unit_name: if first.is_empty() {
            name(&pair.other_edition, &pair.other_unit)
        } else {
            first
        },
        kind: PAIR.to_owned(),
        probability: probability(pair.millionths),
        since: pair.found_at,
        later: pair.state == LATER,
        blocked: false,
        key: Key::Pair(pair.child, pair.other),
    }
}

/// What the loser of a merge was like, the survivor is like now: those pairs are weighed when they are shown.
pub(super) async fn carry(act: &mut Act, book: &str, (loser, survivor): (&str, &str)) -> Done<()> {
    let like = act.reading().pairs_of(book, loser).await?;
    let mut pairs = Vec::new();
    for (other, _) in like.into_iter().filter(|(other, _)| other != survivor) {
        let (child, other) = if other.as_str() < survivor {
            (other, survivor.to_owned())
        } else {
            (survivor.to_owned(), other)
        };
        if act.reading().pair(book, &child, &other).await?.is_none() {
            pairs.push(Pair {
                child,
                other,
                millionths: 1_000_000 / 2,
                why: "[]".to_owned(),
                ..Pair::default()
            });
        }
    }
    act.add_pairs(&pairs).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
