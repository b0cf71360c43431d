//! The sums of the children who were there before there were sums, and of the days on which they came.
//!
//! In: a register that is brought up to date. Out: all three tables. Since when a child is verified or has an error is known of what holds
//! today; what was verified or wrong once and is no more left no trace, so that nothing counts as cleaned on those days.

use super::{Change, all_of, day_of, put};
use crate::act::Act;
use crate::child::ACTIVE;
use crate::error::Result;
use crate::store::{Tx, add_many, all, first, run};
use crate::{limits, sql};
use std::collections::BTreeMap;

/// An event: child, time, person, state, edition, unit, identified, complete.
type Past = (String, String, String, String, String, String, bool, bool);
/// Child, edition, unit, which mark, since when, who.
type Mark = (String, String, String, i64, String, String);
/// Day, edition, unit, person.
type Key = (String, String, String, String);

/// Sums up all children of all books.
pub(crate) async fn fill(tx: &mut Tx) -> Result<()> {
    for book in tx.registers().await? {
        fill_book(tx, &book.register).await?;
    }
    Ok(())
}

impl Act {
    /// Sums up the book anew, where its sums were spoilt. What the days added stays where it agrees with the sums.
    ///
    /// # Errors
    /// The database's.
    pub async fn recount(&mut self) -> Result<()> {
        let book = self.doing.register.clone();
        run!(self.tx, sql::TALLY_CLEAR, book.as_str())?;
        run!(self.tx, sql::TALLY_CLEAR_CHILDREN, book.as_str())?;
        fill_book(&mut self.tx, &book).await
    }
}

async fn fill_book(tx: &mut Tx, book: &str) -> Result<()> {
    let mut change = Change::default();
    all_of(tx, book, &mut change).await?;
    put(tx, book, &change, None).await?;
    let off: Option<(i64,)> = first!(tx, (i64,), sql::TALLY_DAYS_ASTRAY, book)?;
    if off.is_none_or(|(units,)| units == 0) {
        return Ok(());
    }
    run!(tx, sql::TALLY_CLEAR_DAYS, book)?;
    let mut days = BTreeMap::new();
    let mut last = String::new();
    while let Some(end) = end_of_page(tx, book, &last).await? {
        let (after, to) = (last.as_str(), end.as_str());
        for_events(
            &all!(tx, Past, sql::TALLY_PAST, book, after, to)?,
            &mut days,
        );
        let marks = all!(tx, Mark, sql::TALLY_PAST_MARKS, book, after, to)?;
        for (_, edition, unit, mark, since, who) in marks {
            let key = (day_of(&since), edition, unit, who);
            let sums: &mut [i64; 7] = days.entry(key).or_default();
            let [.., verified, errors] = sums;
            *(if mark == super::VERIFIED {
                verified
            } else {
                errors
            }) += 1;
        }
        last = end;
    }
    let days: Vec<(&Key, &[i64; 7])> = days.iter().collect();
    add_many!(tx, sql::TALLY_DAYS_ADD, days, ((day, edition, unit, who), [came, went, cleaned, identified, complete, verified, errors]) => [
        book, day.as_str(), edition.as_str(), unit.as_str(), who.as_str(), *came, *went, *cleaned, *identified, *complete, *verified, *errors,
    ])?;
    Ok(())
}

async fn end_of_page(tx: &mut Tx, book: &str, after: &str) -> Result<Option<String>> {
    type End = (Option<String>,);
    let end: Option<End> = first!(tx, End, sql::WORK_PAGE_END, book, after, limits::PAGE)?;
    Ok(end.and_then(|(end,)| end))
}

/// Adds what events of some children changed, each child's in their order.
fn for_events(events: &[Past], days: &mut BTreeMap<Key, [i64; 7]>) {
    let mut before: Option<&Past> = None;
    for event in events {
        let (child, at, who, state, edition, unit, identified, complete) = event;
        let was = before.filter(|was| was.0 == *child && was.3 == ACTIVE);
        let is = state == ACTIVE;
        let same = is && was.is_some_and(|was| was.4 == *edition && was.5 == *unit);
        let mut add = |place: (&str, &str), sums: [i64; 7]| {
            let key = (
                day_of(at),
                place.0.to_owned(),
                place.1.to_owned(),
                who.clone(),
            );
            let into = days.entry(key).or_default();
            for (sum, one) in into.iter_mut().zip(sums) {
                *sum += one;
            }
        };
        if let Some(was) = was {
            let gone = i64::from(!same);
            add(
                (&was.4, &was.5),
                [0, gone, 0, -i64::from(was.6), -i64::from(was.7), 0, 0],
            );
        }
        if is {
            let came = i64::from(!same);
            add(
                (edition, unit),
                [
                    came,
                    0,
                    0,
                    i64::from(*identified),
                    i64::from(*complete),
                    0,
                    0,
                ],
            );
        }
        before = Some(event);
    }
}
