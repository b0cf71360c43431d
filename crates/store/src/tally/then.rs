//! The sums as the book was at a moment. Where few events came after it, they are the sums of now without what those changed; where few came
//! before it, what these left; else what the last event of every child before it says.
//!
//! In: a [`Tx`], a day, a moment. Out: [`Tallied`].

use super::read::{Place, Sums, Tallied};
use crate::child::ACTIVE;
use crate::error::Result;
use crate::store::{Tx, all, first};
use crate::{limits, sql};
use std::collections::BTreeMap;

/// Acts from one to another.
type Acts = (i64, i64);

/// Sums by place.
type ByPlace = BTreeMap<Place, Sums>;

/// Edition, unit, way, children, identified, complete, verified.
type Row = (String, String, String, i64, i64, i64, i64);

/// How many acts there are, and the one at the edge.
macro_rules! acts {
    ($tx:expr, $statement:expr, $($value:expr),+) => {{
        type Acts = (i64, Option<i64>);
        let found: Option<Acts> = first!($tx, Acts, $statement, $($value),+)?;
        found.unwrap_or_default()
    }};
}

impl Tx {
    /// The children of a day by unit and way, as the book was at a moment (UTC, fixed width); with an error: not known of a moment, and nought.
    /// `most`: how many events are looked at one by one, where that saves reading all of them; `None`: a share of the children
    /// ([`limits::MOMENT_SHARE`]). It changes nothing but the time it takes.
    ///
    /// # Errors
    /// The database's.
    pub async fn tally_at(
        &mut self,
        book: &str,
        day: &str,
        moment: &str,
        most: Option<i64>,
    ) -> Result<Vec<Tallied>> {
        let now = self.tally(book, day).await?;
        let most = most.unwrap_or_else(|| share(&now));
        let limit = most.saturating_add(1);
        let (acts, first) = acts!(self, sql::ACTS_AFTER, book, moment, limit);
        let after = (first.unwrap_or(i64::MAX), i64::MAX);
        let came = acts.max(self.events_of(book, after, limit).await?);
        let (acts, last) = acts!(self, sql::ACTS_UNTIL, book, moment, limit);
        let before = (0, last.unwrap_or(0));
        let had = acts.max(self.events_of(book, before, limit).await?);
        let mut out = ByPlace::new();
        if came.min(had) > most {
            self.read_whole(book, (day, moment), &mut out).await?;
        } else if came <= had {
            for one in now {
                let errors = 0;
                let sums = Sums { errors, ..one.sums };
                out.insert((one.edition, one.unit, one.way), sums);
            }
            let then = self.of_some(book, (day, moment), (after, 1)).await?;
            add(&mut out, then);
        } else {
            let then = self.of_some(book, (day, moment), (before, 0)).await?;
            add(&mut out, then);
        }
        out.retain(|_, sums| *sums != Sums::default());
        Ok(out
            .into_iter()
            .map(|((edition, unit, way), sums)| Tallied {
                edition,
                unit,
                way,
                sums,
            })
            .collect())
    }

    /// How many events some acts wrote, counted up to a limit.
    async fn events_of(&mut self, book: &str, (from, to): Acts, limit: i64) -> Result<i64> {
        let found: Option<(i64,)> =
            first!(self, (i64,), sql::EVENTS_OF_ACTS, book, from, to, limit)?;
        Ok(found.map_or(0, |(count,)| count))
    }

    /// What the children were at a moment of whom some acts wrote something, less so many times what they are now.
    async fn of_some(
        &mut self,
        book: &str,
        (day, moment): (&str, &str),
        ((from, to), times): (Acts, i64),
    ) -> Result<Vec<Row>> {
        all!(
            self,
            Row,
            sql::TALLY_THEN,
            book,
            ACTIVE,
            day,
            moment,
            from,
            to,
            times
        )
    }

    /// What the last event of every child before the moment says.
    async fn read_whole(
        &mut self,
        book: &str,
        (day, moment): (&str, &str),
        out: &mut ByPlace,
    ) -> Result<()> {
        type Read = (String, String, String, i64, i64, i64);
        type Verified = (String, String, String, i64);
        let read = all!(self, Read, sql::TALLY_READ, book, ACTIVE, day, moment)?;
        for (edition, unit, way, children, identified, complete) in read {
            let sums = out.entry((edition, unit, way)).or_default();
            (sums.children, sums.identified, sums.complete) = (children, identified, complete);
        }
        let statement = sql::TALLY_READ_VERIFIED;
        for (edition, unit, way, count) in
            all!(self, Verified, statement, book, ACTIVE, day, moment)?
        {
            out.entry((edition, unit, way)).or_default().verified = count;
        }
        Ok(())
    }
}

fn add(out: &mut ByPlace, rows: Vec<Row>) {
    for (edition, unit, way, children, identified, complete, verified) in rows {
        out.entry((edition, unit, way)).or_default().add(Sums {
            children,
            identified,
            complete,
            verified,
            errors: 0,
        });
    }
}

/// Events worth looking at one by one: each costs as much as reading some in a row.
fn share(now: &[Tallied]) -> i64 {
    let children: i64 = now.iter().map(|one| one.sums.children).sum();
    children / limits::MOMENT_SHARE
}
