//! *Xử lý nghi trùng*: everything that may be one child and waits for a person, as one queue: rows of imports ([`super::decide`]) and pairs of
//! records within the book ([`super::duplicates`]).
//!
//! In: a desk, an area, an order. Out: [`Queue`] with counts that are true at this moment; one item whole ([`item`]); what a person says of
//! it done ([`answer`]). A pair of which a record was edited is weighed again when it is shown ([`weigh`]).

pub mod answer;
mod eyes;
pub mod item;
mod key;
pub mod late;
mod lines;
pub mod look;
pub mod picks;
mod siblings;
mod weigh;
pub mod words;

pub use key::Key;

use super::decide::list::probability;
use super::facets::scope::Scope;
use super::import::within::Within;
use super::{Desk, Done, unit_name, wait};
use crate::access::Deed;
use crate::limits;
use eyes::Eyes;
pub use treem_store::pairs::Order;
use treem_store::pairs::{LATER, OPEN, Pair, Rows, Waits};
use treem_store::queue::CHANGES;
use treem_store::register::Register;
use treem_store::{Act, Tx};

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
        let (open, mut tx) = desk.read().await?;
        let out = of(desk, &mut tx, &open.book, (asked, most)).await;
        drop(tx);
        open.leave().await;
        out
    })
}

/// The same within a transaction.
async fn of(
    desk: &Desk,
    tx: &mut Tx,
    of: &Register,
    (asked, most): (Asked<'_>, usize),
) -> Done<Queue> {
    let book = of.register.as_str();
    let (decides, merges) = (desk.area(Deed::Decide), desk.area(Deed::Merge));
    if decides.is_empty() && merges.is_empty() {
        desk.must_whole(Deed::Decide)?;
    }
    let eyes = Eyes {
        asked,
        scope: Scope::of(of, None, &decides),
        decides,
        merges,
    };
    let own = own_pairs(tx, of, &eyes).await?;
    let (mut out, pairs_there) = count(tx, book, &eyes, own.as_deref()).await?;
    for later in [false, true] {
        let left = most.saturating_sub(out.items.len());
        if left == 0 {
            break;
        }
        // What was put off comes last; of the rest what is certain, and only asks for a choice, after what is not.
        let (mut unsure, mut blocked) = rows(tx, book, &eyes, (false, later, left)).await?;
        // No more are looked for than there are: else all pairs of the book would be read for a commune of few.
        let there = pairs_there.get(usize::from(later)).copied().unwrap_or(0);
        let state = if later { LATER } else { OPEN };
        match &own {
            Some(own) => {
                let of_state = own.iter().filter(|pair| pair.state == state);
                unsure.extend(of_state.cloned().map(of_pair));
            }
            None => unsure.extend(pairs(tx, book, &eyes, (state, left.min(there))).await?),
        }
        let by = |one: &Waiting, other: &Waiting| {
            let likely = other.probability.total_cmp(&one.probability);
            let old = one.since.cmp(&other.since);
            let first = match asked.order {
                Order::Likeliest => likely.then(old),
                Order::Oldest => old.then(likely),
            };
            first.then_with(|| one.key.cmp(&other.key))
        };
        unsure.sort_by(by);
        if unsure.len() < left {
            let (mut sure, _) = rows(tx, book, &eyes, (true, later, left)).await?;
            sure.sort_by(by);
            blocked.sort_by(by);
            unsure.append(&mut sure);
            unsure.append(&mut blocked);
        }
        unsure.truncate(left);
        out.items.append(&mut unsure);
    }
    Ok(out)
}

/// A unit as the store gives it: empty where it is not known.
fn known(unit: &str) -> Option<&str> {
    Some(unit).filter(|unit| !unit.is_empty())
}

/// All pairs of a person's own units, where these are few; `None`: the book is asked. An officer's few pairs are not looked for among all.
async fn own_pairs(tx: &mut Tx, of: &Register, eyes: &Eyes<'_>) -> Done<Option<Vec<Pair>>> {
    let scope = Scope::of(of, None, &eyes.merges);
    if scope.is_whole() {
        return Ok(None);
    }
    let most = i64::try_from(limits::PAIRS).unwrap_or(i64::MAX);
    let mut out = Vec::new();
    for unit in scope.questions().into_iter().flatten() {
        out.extend(tx.pairs_of_unit(&of.register, unit, most).await?);
    }
    out.retain(|pair| eyes.sees(pair));
    Ok(Some(out))
}

/// How much waits, by one statement for rows and one for pairs; of pairs apart, how many wait and how many were put off.
async fn count(
    tx: &mut Tx,
    book: &str,
    eyes: &Eyes<'_>,
    own: Option<&[Pair]>,
) -> Done<(Queue, [usize; 2])> {
    let (mut out, mut later) = (Queue::default(), 0);
    let whole = |count: i64| usize::try_from(count).unwrap_or(0);
    for (kind, later, edition, unit, count) in tx.waits_tally(book).await? {
        if !eyes.row(&edition, known(&unit)) {
            continue;
        }
        if kind == CHANGES {
            out.changes += whole(count);
        } else {
            out.rows += whole(count);
        }
        if later > 0 {
            out.later += whole(count);
        }
    }
    if let Some(own) = own {
        out.pairs = own.len();
        later = own.iter().filter(|pair| pair.state == LATER).count();
    } else {
        for (state, edition, unit, other_edition, other_unit, count) in tx.pairs_tally(book).await?
        {
            let (one, two) = (known(&unit), known(&other_unit));
            if !eyes.pair((&edition, one), (&other_edition, two)) {
                continue;
            }
            out.pairs += whole(count);
            if state == LATER {
                later += whole(count);
            }
        }
    }
    out.later += later;
    out.total = out.rows + out.changes + out.pairs;
    let waiting = out.pairs.saturating_sub(later);
    Ok((out, [waiting, later]))
}

/// The first rows, in the order that is asked for; apart, those that other rows hold up.
async fn rows(
    tx: &mut Tx,
    book: &str,
    eyes: &Eyes<'_>,
    (changes, later, most): (bool, bool, usize),
) -> Done<(Vec<Waiting>, Vec<Waiting>)> {
    let (mut out, mut blocked) = (Vec::new(), Vec::new());
    for unit in eyes.scope.questions() {
        let mut last: Option<(i64, String, i64)> = None;
        let mut found = 0;
        while found < most {
            let after = last.as_ref();
            let asked = Rows {
                changes,
                later,
                unit,
                order: eyes.asked.order,
                after: after.map(|(weight, import, nth)| (*weight, import.as_str(), *nth)),
            };
            let page = tx.waits_page(book, asked, limits::QUEUE_PAGE).await?;
            let Some(end) = page.last() else { break };
            last = Some((end.millionths, end.import.clone(), end.nth));
            for row in page {
                if !eyes.row(&row.edition, row.unit.as_deref()) {
                    continue;
                }
                let row = of_row(row);
                if row.blocked {
                    blocked.push(row);
                } else {
                    found += 1;
                    out.push(row);
                }
            }
        }
    }
    Ok((out, blocked))
}

/// The first pairs, in the order that is asked for.
async fn pairs(
    tx: &mut Tx,
    book: &str,
    eyes: &Eyes<'_>,
    (state, most): (&str, usize),
) -> Done<Vec<Waiting>> {
    let which = (state, eyes.asked.order);
    let mut out = Vec::new();
    let mut last: Option<Pair> = None;
    while out.len() < most {
        let page = tx
            .pairs_page(book, which, last.as_ref(), limits::QUEUE_PAGE)
            .await?;
        let Some(end) = page.last() else { break };
        last = Some(end.clone());
        for pair in page {
            if eyes.sees(&pair) {
                out.push(of_pair(pair));
            }
        }
    }
    Ok(out)
}

/// A page of one kind of what waits, in the order in which it came, after one: `perhaps` and `again` are rows, as of [`CHANGES`] and [`PAIR`].
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Listed {
    /// What waits.
    pub items: Vec<Waiting>,
    /// Where the next page begins: the last one's key; none on the last page.
    pub next: Option<String>,
}

/// Which kind is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Rows that may be children of the book.
    Rows,
    /// Rows of known children that say other things.
    Changes,
    /// Pairs of records.
    Pairs,
}

/// A page of one kind.
///
/// # Errors
/// [`super::Failed::Refused`]: the cursor is of another kind, or of nothing; [`super::Failed::Denied`].
pub fn list(desk: &Desk, kind: Kind, later: bool, after: Option<&Key>) -> Done<Listed> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let (decides, merges) = (desk.area(Deed::Decide), desk.area(Deed::Merge));
        let area = if kind == Kind::Pairs {
            &merges
        } else {
            &decides
        };
        if area.is_empty() {
            desk.must_whole(Deed::Decide)?;
        }
        let eyes = Eyes {
            asked: Asked {
                order: Order::Oldest,
                ..Asked::default()
            },
            scope: Scope::Book,
            decides,
            merges,
        };
        let bad =
            || super::Failed::Refused("trang này không còn; hãy bắt đầu lại từ đầu.".to_owned());
        let most = limits::LIST_PAGE;
        let mut items = match (kind, after) {
            (Kind::Rows | Kind::Changes, None) => {
                rows_after(&mut tx, book, &eyes, (kind, later), None).await?
            }
            (Kind::Rows | Kind::Changes, Some(Key::Row(import, nth))) => {
                let after = Some((import.clone(), *nth));
                rows_after(&mut tx, book, &eyes, (kind, later), after).await?
            }
            (Kind::Pairs, None) => pairs_after(&mut tx, book, &eyes, later, None).await?,
            (Kind::Pairs, Some(Key::Pair(child, other))) => {
                let last = tx.pair(book, child, other).await?.ok_or_else(bad)?;
                pairs_after(&mut tx, book, &eyes, later, Some(last)).await?
            }
            _ => return Err(bad()),
        };
        let more = items.len() > most;
        items.truncate(most);
        let next = items.last().map(|one| one.key.to_string()).filter(|_| more);
        Ok(Listed { items, next })
    })
}

/// Rows after one, one more than a page has.
async fn rows_after(
    tx: &mut Tx,
    book: &str,
    eyes: &Eyes<'_>,
    (kind, later): (Kind, bool),
    mut after: Option<(String, i64)>,
) -> Done<Vec<Waiting>> {
    let mut out = Vec::new();
    while out.len() <= limits::LIST_PAGE {
        let last = after.as_ref();
        let asked = Rows {
            changes: kind == Kind::Changes,
            later,
            unit: None,
            order: Order::Oldest,
            after: last.map(|(import, nth)| (0, import.as_str(), *nth)),
        };
        let page = tx.waits_page(book, asked, limits::QUEUE_PAGE).await?;
        let Some(end) = page.last() else { break };
        after = Some((end.import.clone(), end.nth));
        let seen = page
            .into_iter()
            .filter(|row| eyes.row(&row.edition, row.unit.as_deref()));
        out.extend(seen.map(of_row));
    }
    Ok(out)
}

/// Pairs after one, one more than a page has.
async fn pairs_after(
    tx: &mut Tx,
    book: &str,
    eyes: &Eyes<'_>,
    later: bool,
    mut after: Option<Pair>,
) -> Done<Vec<Waiting>> {
    let which = (if later { LATER } else { OPEN }, Order::Oldest);
    let mut out = Vec::new();
    while out.len() <= limits::LIST_PAGE {
        let page = tx
            .pairs_page(book, which, after.as_ref(), limits::QUEUE_PAGE)
            .await?;
        let Some(end) = page.last() else { break };
        after = Some(end.clone());
        let seen = page.into_iter().filter(|pair| eyes.sees(pair));
        out.extend(seen.map(of_pair));
    }
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
