//! The sums of the children who were there before there were sums, and of the days on which they came.
//!
//! In: a register that is brought up to date. Out: all five tables. Since when a child is verified or has an error is known of what holds
//! today; what was verified or wrong once and is no more left no trace, so that nothing counts as cleaned on those days.

use super::{Change, Days, add_days, all_of, day_of, put};
use crate::act::Act;
use crate::child::ACTIVE;
use crate::error::Result;
use crate::sql;
use crate::store::{Tx, all, first, run};

/// An event: child, time, person, state, edition, unit, identified, complete.
type Past = (String, String, String, String, String, String, bool, bool);
/// Child, edition, unit, which mark, since when, who.
type Mark = (String, String, String, i64, String, String);

/// Sums up all children of all books.
pub(crate) async fn fill(tx: &mut Tx) -> Result<()> {
    for book in tx.registers().await? {
        fill_book(tx, &book.register).await?;
        let name = book.register.as_str();
        let apart: Option<(i64,)> = first!(tx, (i64,), sql::TALLY_DAYS_MOVED, name)?;
        if apart.is_none() {
            part_moves(tx, &book.register).await?;
        }
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
        run!(self.tx, sql::TALLY_CLEAR_UNITS, book.as_str())?;
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
    run!(tx, sql::TALLY_CLEAR_MOVES, book)?;
    let mut days = Days::new();
    let mut last = String::new();
    while let Some(end) = tx.end_of_page(book, &last).await? {
        let (after, to) = (last.as_str(), end.as_str());
        for_events(
            &all!(tx, Past, sql::TALLY_PAST, book, after, to)?,
            &mut days,
        );
        let marks = all!(tx, Mark, sql::TALLY_PAST_MARKS, book, after, to)?;
        for (_, edition, unit, mark, since, who) in marks {
            let key = (day_of(&since), edition, unit, who);
            let sums: &mut [i64; 9] = days.entry(key).or_default();
            let [.., verified, errors] = sums;
            *(if mark == super::VERIFIED {
                verified
            } else {
                errors
            }) += 1;
        }
        last = end;
    }
    add_days(tx, book, &days).await
}

/// Takes the moves out of the days of a book whose days were kept before moves stood apart.
async fn part_moves(tx: &mut Tx, book: &str) -> Result<()> {
    let (mut moves, mut last) = (Days::new(), String::new());
    while let Some(end) = tx.end_of_page(book, &last).await? {
        let (after, to) = (last.as_str(), end.as_str());
        let mut days = Days::new();
        for_events(
            &all!(tx, Past, sql::TALLY_PAST, book, after, to)?,
            &mut days,
        );
        for (key, [_, _, moved_in, moved_out, ..]) in days {
            if moved_in != 0 || moved_out != 0 {
                let into = moves.entry(key).or_default();
                let taken = [-moved_in, -moved_out, moved_in, moved_out];
                for (sum, one) in into.iter_mut().zip(taken) {
                    *sum += one;
                }
            }
        }
        last = end;
    }
    add_days(tx, book, &moves).await
}

/// Adds what events of some children changed, each child's in their order.
fn for_events(events: &[Past], days: &mut Days) {
    let mut before: Option<&Past> = None;
    for event in events {
        let (child, at, who, state, edition, unit, identified, complete) = event;
        let was = before.filter(|was| was.0 == *child && was.3 == ACTIVE);
        let is = state == ACTIVE;
        let same = is && was.is_some_and(|was| was.4 == *edition && was.5 == *unit);
        let mut add = |place: (&str, &str), sums: [i64; 9]| {
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
        let moved = i64::from(is && was.is_some() && !same);
        if let Some(was) = was {
            let went = i64::from(!is);
            let (identified, complete) = (-i64::from(was.6), -i64::from(was.7));
            add(
                (&was.4, &was.5),
                [0, went, 0, moved, 0, identified, complete, 0, 0],
            );
        }
        if is {
            let came = i64::from(was.is_none());
            let (identified, complete) = (i64::from(*identified), i64::from(*complete));
            add(
                (edition, unit),
                [came, 0, moved, 0, 0, identified, complete, 0, 0],
            );
        }
        before = Some(event);
    }
}
