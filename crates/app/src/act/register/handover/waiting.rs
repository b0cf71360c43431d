//! Lists that wait for somebody, for *Việc hôm nay*: at the officer's, at the households', at the leader's, at the police's; what is late; and
//! rows of lists that wait for a person's word.
//!
//! In: an area. Out: [`Waiting`]s, [`Waits`].

use super::super::Done;
use super::super::facets::scope::Scope;
use super::held::counted;
use super::late::Settings;
use std::collections::BTreeMap;
use treem_child::handover::state::{Holder, Place};
use treem_child::texts::grouped;
use treem_store::Tx;
use treem_store::answers::{FIRST, SECOND};

/// Rows of a list that wait for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Waits {
    /// Typed once, to be typed again by who does not see it.
    pub second: u32,
    /// Typed twice, not alike: one is to be chosen.
    pub differ: u32,
    /// Applied, but what the answer changes wants a person's word.
    pub confirm: u32,
}

impl Waits {
    /// None waits.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// In words, one piece a kind.
    pub fn words(self) -> Vec<String> {
        [
            (self.second, "dòng chờ gõ lần hai"),
            (self.differ, "dòng gõ hai lần khác nhau, chờ chọn"),
            (self.confirm, "dòng chờ xác nhận"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{} {words}", grouped(count)))
        .collect()
    }

    fn add(&mut self, why: &str, count: i64) {
        let slot = match why {
            FIRST => &mut self.second,
            SECOND => &mut self.differ,
            _ => &mut self.confirm,
        };
        *slot = slot.saturating_add(counted(count));
    }
}

/// Rows that wait for a person, by the number of their list.
pub(in crate::act) async fn rows(tx: &mut Tx, book: &str) -> Done<BTreeMap<i64, Waits>> {
    let mut out: BTreeMap<i64, Waits> = BTreeMap::new();
    for (list, _, _, why, count, _) in tx.answers_waiting(book).await? {
        out.entry(list).or_default().add(&why, count);
    }
    Ok(out)
}

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
    let open = Place::ALL.iter().filter(|place| place.is_open());
    let words: Vec<&str> = open.map(|place| place.word()).collect();
    for list in tx.handovers_in(book, &words).await? {
        let Some(place) =
            Place::from_word(&list.place).filter(|_| scope.holds(&list.edition, &list.unit))
        else {
            continue;
        };
        let unit = (list.edition.as_str(), list.unit.as_str());
        let late = settings.due(place, unit, &list.since, now).late.is_some();
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
    Ok(out)
}
