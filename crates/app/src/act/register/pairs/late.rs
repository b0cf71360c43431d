//! What was done lately of the queue: merges, rows decided, records set apart; each can be taken back from here.
//!
//! In: a desk. Out: [`Lately`], the latest first.

use super::super::import::same::Said;
use super::super::{Desk, Done, wait};
use crate::access::Deed;
use crate::limits;
use crate::shown::birth;
use treem_store::Tx;

/// A child as it is named in a list.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Named {
    /// The record.
    pub child: String,
    /// Name.
    pub name: String,
    /// Birth date.
    pub birth: String,
    /// Edition and code of the unit.
    #[serde(skip)]
    unit: (String, Option<String>),
}

/// Two records that became one.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Merged {
    /// The merge.
    pub merge: String,
    /// The record that stays.
    pub survivor: Named,
    /// The one that went.
    pub loser: Named,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// It was undone.
    pub undone: bool,
}

/// Two records that were set apart.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Apart {
    /// The records.
    pub children: [Named; 2],
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// Why.
    pub why: String,
}

/// A row that was decided.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Decided {
    /// The import.
    pub import: String,
    /// The row.
    pub nth: i64,
    /// What the row says.
    pub name: String,
    /// Who it is.
    pub child: Option<String>,
    /// `same`, `new`, `taken`, `kept`.
    pub decision: String,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
}

/// Everything done lately.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Lately {
    /// Merges.
    pub merges: Vec<Merged>,
    /// Rows.
    pub rows: Vec<Decided>,
    /// Records set apart.
    pub apart: Vec<Apart>,
}

/// What was done lately.
///
/// # Errors
/// The register cannot be used.
pub fn lately(desk: &Desk) -> Done<Lately> {
    desk.must_somewhere(Deed::See)?;
    let cut = desk.area(Deed::See);
    let inside = |unit: &(String, Option<String>)| cut.holds(&unit.0, unit.1.as_deref());
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let mut out = Lately::default();
        for merge in tx.last_merges(book, limits::LATELY).await? {
            let survivor = named(&mut tx, book, &merge.survivor).await?;
            let loser = named(&mut tx, book, &merge.loser).await?;
            if inside(&survivor.unit) && inside(&loser.unit) {
                out.merges.push(Merged {
                    merge: merge.id,
                    survivor,
                    loser,
                    at: merge.at,
                    who: merge.who,
                    undone: merge.undone_at.is_some(),
                });
            }
        }
        for row in tx.last_decisions(book, limits::LATELY).await? {
            if inside(&(row.edition.clone(), row.unit.clone())) {
                out.rows.push(Decided {
                    name: Said::new(&row.record, "{}", None, "")
                        .get("name")
                        .to_owned(),
                    import: row.import,
                    nth: row.nth,
                    child: row.child,
                    decision: row.decision,
                    at: row.at,
                    who: row.who,
                });
            }
        }
        for (child, other, at, who, why) in tx.last_apart(book, limits::LATELY).await? {
            let children = [
                named(&mut tx, book, &child).await?,
                named(&mut tx, book, &other).await?,
            ];
            if children.iter().all(|child| inside(&child.unit)) {
                out.apart.push(Apart {
                    children,
                    at,
                    who,
                    why,
                });
            }
        }
        drop(tx);
        open.leave().await;
        Ok(out)
    })
}

async fn named(tx: &mut Tx, book: &str, id: &str) -> Done<Named> {
    let child = tx.child(book, id).await?;
    Ok(Named {
        name: Said::of(&child.now).get("name").to_owned(),
        birth: birth(&child.now.birth),
        unit: (child.now.edition, child.now.unit),
        child: child.id,
    })
}
