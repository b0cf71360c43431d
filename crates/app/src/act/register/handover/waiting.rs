//! Lists that wait for somebody, for *Việc hôm nay*: at the officer's, at the households', at the leader's, at the police's; and what is late.
//!
//! In: an area. Out: [`Waiting`]s.

use super::super::Done;
use super::super::facets::scope::Scope;
use super::late::Settings;
use treem_child::handover::state::{Holder, Place};
use treem_store::Tx;

/// Lists that wait for somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// For whom; none: those that are late, whoever has them.
    pub holder: Option<Holder>,
    /// How many.
    pub lists: i64,
    /// Since when the oldest waits.
    pub oldest: Option<String>,
}

/// Lists of an area that wait, by holder; the late ones last.
pub(in crate::act) async fn waiting(
    tx: &mut Tx,
    book: &str,
    scope: &Scope,
    now: &str,
) -> Done<Vec<Waiting>> {
    let settings = Settings::of(tx, book).await?;
    let mut out: Vec<Waiting> = [
        Some(Holder::Officer),
        Some(Holder::Households),
        Some(Holder::Leader),
        Some(Holder::Police),
        None,
    ]
    .into_iter()
    .map(|holder| Waiting {
        holder,
        ..Waiting::default()
    })
    .collect();
    for place in Place::ALL.iter().filter(|place| place.is_open()) {
        for list in tx.handovers_at(book, place.word()).await? {
            if !scope.holds(&list.edition, &list.unit) {
                continue;
            }
            let unit = (list.edition.as_str(), list.unit.as_str());
            let late = settings.due(*place, unit, &list.since, now).late.is_some();
            for one in &mut out {
                if one.holder == Some(place.holder()) || one.holder.is_none() && late {
                    one.lists = one.lists.saturating_add(1);
                    if one
                        .oldest
                        .as_ref()
                        .is_none_or(|oldest| list.since < *oldest)
                    {
                        one.oldest = Some(list.since.clone());
                    }
                }
            }
        }
    }
    Ok(out)
}
