//! Records that belong to one child: merged into each other, or going on in another book.
//!
//! In: a record. Out: [`Kin`]: which others there are, and everything that happened to all of them as one history.

use super::{Done, Failed};
use std::collections::{BTreeSet, VecDeque};
use treem_store::Tx;
use treem_store::child::{Event, MERGED};
use treem_store::moves::CONFIRMED;

/// Records of one child that are looked at; more would be a circle.
const MOST: usize = 200;

/// The other records of a child.
#[derive(Default, serde::Serialize, utoipa::ToSchema)]
pub struct Kin {
    /// The record this one was merged into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
    /// Records that were merged into this one, and into those.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<String>,
    /// Book and record this one goes on from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<(String, String)>,
    /// Book and record in which this one goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<(String, String)>,
}

/// The other records of a child.
pub async fn kin(tx: &mut Tx, book: &str, id: &str) -> Done<Kin> {
    let mut out = Kin {
        moved_from: tx.origin_of(book, id).await?,
        moved_to: moved_to(tx, book, id).await?,
        ..Kin::default()
    };
    let mut waiting = VecDeque::from([id.to_owned()]);
    while let Some(next) = waiting.pop_front() {
        for merge in tx.merges_of(book, &next).await? {
            if merge.undone_at.is_some() {
                continue;
            }
            if merge.loser == id {
                out.merged_into = Some(merge.survivor);
            } else if merge.survivor == next && out.merged.len() < MOST {
                out.merged.push(merge.loser.clone());
                waiting.push_back(merge.loser);
            }
        }
    }
    Ok(out)
}

async fn moved_to(tx: &mut Tx, book: &str, id: &str) -> Done<Option<(String, String)>> {
    let moves = tx.moves_of(book, id).await?;
    Ok(moves
        .into_iter()
        .filter(|one| one.state == CONFIRMED)
        .find_map(|one| Some((one.to_register?, one.to_child?))))
}

/// The record a number means, of several that have or had it: of records merged into each other the one that stayed; of those left the
/// one that counts.
pub async fn meant(tx: &mut Tx, book: &str, ids: &[String]) -> Done<Vec<String>> {
    let mut all = BTreeSet::new();
    for id in ids {
        let mut id = id.clone();
        for _ in 0..MOST {
            match kin(tx, book, &id).await?.merged_into {
                Some(survivor) if tx.child(book, &id).await?.now.state == MERGED => id = survivor,
                _ => break,
            }
        }
        all.insert(id);
    }
    let mut counting = Vec::new();
    for id in &all {
        let child = tx.child(book, id).await?;
        if treem_store::child::holds_number(&child.now.state) {
            counting.push(id.clone());
        }
    }
    Ok(if counting.len() == 1 {
        counting
    } else {
        all.into_iter().collect()
    })
}

/// Everything that happened to a child in all its records, with the book of each: the record itself, those merged into it, those it goes
/// on from and in.
pub async fn history(tx: &mut Tx, book: &str, id: &str) -> Done<Vec<(String, Event)>> {
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    let mut waiting = VecDeque::from([(book.to_owned(), id.to_owned())]);
    let mut out: Vec<(String, Event)> = Vec::new();
    while let Some(next) = waiting.pop_front() {
        if known.len() >= MOST || !known.insert(next.clone()) {
            continue;
        }
        let (book, id) = next;
        let events = tx.events(&book, &id).await?;
        if events.is_empty() && known.len() == 1 {
            return Err(Failed::from(treem_store::Error::NoChild));
        }
        out.extend(events.into_iter().map(|event| (book.clone(), event)));
        let kin = kin(tx, &book, &id).await?;
        waiting.extend(kin.moved_from);
        waiting.extend(kin.moved_to);
        waiting.extend(kin.merged.into_iter().map(|loser| (book.clone(), loser)));
    }
    if known.len() > 1 {
        // In one record the versions say what came after what; between two, the times do.
        out.sort_by(|(_, left), (_, right)| {
            (&left.at, &left.child, left.seq).cmp(&(&right.at, &right.child, right.seq))
        });
    }
    Ok(out)
}
