//! How far every unit is, without reading its children: what each child adds, sums by month of birth and of the 16th birthday, what each
//! day's acts added. Every act ends by putting it right for the children it touched; nothing else writes it.
//!
//! In: an [`Act`] that ends. Out: the tables `tally_child`, `tally`, `tally_unit`, `tally_day`, `tally_move`; `read` asks them.

mod past;
mod read;
mod then;

pub(crate) use past::fill;
pub use read::*;

use crate::act::Act;
use crate::change::{SOME, padded, some};
use crate::child::ACTIVE;
use crate::error::Result;
use crate::store::{Tx, add_many, all, first, run};
use crate::work::Found;
use crate::{limits, sql};
use std::collections::{BTreeMap, BTreeSet};

/// Number that is well formed, contradicts nothing and belongs to no one else.
pub const IDENTIFIED: i64 = 1;
/// What is asked of every child is known.
pub const COMPLETE: i64 = 2;
/// The police gave or verified the number.
pub const VERIFIED: i64 = 4;
/// Something is wrong with the record.
pub const ERRORS: i64 = 8;
/// Any error, in the sum of what is to be done of a child.
const ANY_ERROR: i64 = 32;

/// From so many events on they are read by the act, not one by one.
const MANY: usize = 1_000;

/// A child with what it adds, and what is written down that it adds.
#[derive(sqlx::FromRow)]
struct Adds {
    child: String,
    state: String,
    edition: String,
    unit: String,
    way: String,
    birth: String,
    leaves_on: String,
    identified: bool,
    complete: bool,
    work: i64,
    verified: i64,
    had_edition: String,
    had_unit: String,
    had_way: String,
    had_birth: String,
    had_leaves_on: String,
    had_bits: i64,
}

/// A part of the sums: where now and before, born and leaving when, what.
#[derive(PartialEq, Eq)]
struct Part<'a> {
    edition: &'a str,
    unit: &'a str,
    way: &'a str,
    birth: &'a str,
    leaves_on: &'a str,
    bits: i64,
}

impl Adds {
    fn now(&self) -> Option<Part<'_>> {
        let bit = |holds: bool, bit: i64| if holds { bit } else { 0 };
        (self.state == ACTIVE).then(|| Part {
            edition: &self.edition,
            unit: &self.unit,
            way: &self.way,
            birth: &self.birth,
            leaves_on: &self.leaves_on,
            bits: bit(self.identified, IDENTIFIED)
                | bit(self.complete, COMPLETE)
                | bit(self.verified > 0, VERIFIED)
                | bit(self.work & ANY_ERROR != 0, ERRORS),
        })
    }

    fn before(&self) -> Option<Part<'_>> {
        (self.had_bits >= 0).then(|| Part {
            edition: &self.had_edition,
            unit: &self.had_unit,
            way: &self.had_way,
            birth: &self.had_birth,
            leaves_on: &self.had_leaves_on,
            bits: self.had_bits,
        })
    }
}

/// The month of a day, or what of it is known.
fn month(day: &str) -> &str {
    day.get(..7).unwrap_or(day)
}

/// Edition, unit, way, month of birth, month of the 16th birthday.
type Months = (String, String, String, String, String);
/// Edition and unit.
type Place = (String, String);

/// What changes, of all children of an act.
#[derive(Default)]
struct Change {
    /// Children, identified, complete, verified, with errors.
    months: BTreeMap<Months, [i64; 5]>,
    /// Came, went, moved in, moved out, cleaned, identified, complete, verified, with errors.
    places: BTreeMap<Place, [i64; 9]>,
}

impl Change {
    fn take(&mut self, part: &Part<'_>, sign: i64) {
        let one = |bit: i64| if part.bits & bit == 0 { 0 } else { sign };
        let measures = [IDENTIFIED, COMPLETE, VERIFIED, ERRORS].map(one);
        let place = (part.edition.to_owned(), part.unit.to_owned());
        let key = (
            place.0.clone(),
            place.1.clone(),
            part.way.to_owned(),
            month(part.birth).to_owned(),
            month(part.leaves_on).to_owned(),
        );
        let sums = self.months.entry(key).or_default();
        for (sum, one) in sums.iter_mut().zip([sign].iter().chain(&measures)) {
            *sum += one;
        }
        let sums = self.places.entry(place).or_default();
        for (sum, one) in sums.iter_mut().skip(5).zip(&measures) {
            *sum += one;
        }
    }

    /// A child adds something else than before.
    fn turn(&mut self, before: Option<&Part<'_>>, now: Option<&Part<'_>>) {
        if let Some(part) = before {
            self.take(part, -1);
        }
        if let Some(part) = now {
            self.take(part, 1);
        }
        let place = |part: &Part<'_>| (part.edition.to_owned(), part.unit.to_owned());
        let (from, to) = (before.map(place), now.map(place));
        let wrong = |part: &&Part<'_>| part.bits & ERRORS != 0;
        let cleaned =
            before.is_some_and(|part| wrong(&part)) && !now.is_none_or(|part| wrong(&part));
        let right = to.clone().filter(|_| cleaned);
        // Whoever was in the book before is not entered: a move, or a unit that got another code.
        let turns = match (from, to) {
            (Some(from), Some(to)) if from == to => [(None, 0), (None, 0), (right, 4)],
            (Some(from), Some(to)) => [(Some(to), 2), (Some(from), 3), (right, 4)],
            (from, to) => [(to, 0), (from, 1), (right, 4)],
        };
        for (place, at) in turns {
            if let Some(place) = place
                && let Some(count) = self.places.entry(place).or_default().get_mut(at)
            {
                *count += 1;
            }
        }
    }
}

impl Act {
    /// Puts right what the children this act touched add.
    pub(crate) async fn settle_tally(&mut self) -> Result<()> {
        let (doing, seq) = (self.doing.clone(), self.seq);
        let book = doing.register.as_str();
        let mut change = Change::default();
        let Found::Some(found) = &self.found else {
            all_of(&mut self.tx, book, &mut change).await?;
            return put(&mut self.tx, book, &change, Some((&doing.at, &doing.who))).await;
        };
        let mut some: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        let touched: BTreeSet<&str> = self.events.children().collect();
        if touched.len() < MANY {
            some.extend(&touched);
        } else {
            some.retain(|child| !touched.contains(child));
            let mut last = String::new();
            while let Some(end) = end_of_act(&mut self.tx, book, seq, &last).await? {
                let (after, to) = (last.as_str(), end.as_str());
                let page = all!(self.tx, Adds, sql::TALLY_OF_ACT, book, after, to, seq)?;
                write(&mut self.tx, book, &page, &mut change).await?;
                last = end;
            }
        }
        let some: Vec<&str> = some.into_iter().collect();
        for chunk in some.chunks(SOME) {
            let ids = padded(chunk);
            let page = some!(self.tx, Adds, sql::TALLY_OF, book, ids)?;
            write(&mut self.tx, book, &page, &mut change).await?;
        }
        put(&mut self.tx, book, &change, Some((&doing.at, &doing.who))).await
    }
}

/// The last of the next page of children an act touched, after one; `None` where there are no more.
async fn end_of_act(tx: &mut Tx, book: &str, seq: i64, after: &str) -> Result<Option<String>> {
    type End = (Option<String>,);
    let end: Option<End> = first!(tx, End, sql::TALLY_ACT_END, book, seq, after, limits::PAGE)?;
    Ok(end.and_then(|(end,)| end))
}

/// All children of a book, page by page.
async fn all_of(tx: &mut Tx, book: &str, change: &mut Change) -> Result<()> {
    let mut last = String::new();
    while let Some(end) = tx.end_of_page(book, &last).await? {
        let (after, to) = (last.as_str(), end.as_str());
        let page = all!(tx, Adds, sql::TALLY_BETWEEN, book, after, to)?;
        write(tx, book, &page, change).await?;
        last = end;
    }
    Ok(())
}

/// Writes what differs of a page of children, and remembers what it changes.
async fn write(tx: &mut Tx, book: &str, page: &[Adds], change: &mut Change) -> Result<()> {
    let (mut add, mut gone) = (Vec::new(), Vec::new());
    for one in page {
        let (before, now) = (one.before(), one.now());
        if before == now {
            continue;
        }
        change.turn(before.as_ref(), now.as_ref());
        match now {
            Some(part) => add.push((one.child.as_str(), part)),
            None => gone.push(one.child.as_str()),
        }
    }
    if gone.len() > SOME {
        // A page of this size is a stretch of ids.
        let (first, last) = (gone.iter().min(), gone.iter().max());
        if let (Some(first), Some(last)) = (first, last) {
            run!(tx, sql::TALLY_DROP, book, *first)?;
            run!(tx, sql::TALLY_DROP_BETWEEN, book, *first, *last)?;
        }
    } else {
        for child in gone {
            run!(tx, sql::TALLY_DROP, book, child)?;
        }
    }
    add_many!(tx, sql::TALLY_CHILDREN_ADD, add, (child, part) => [
        book, *child, part.edition, part.unit, part.way, part.birth, part.leaves_on, part.bits,
    ])?;
    Ok(())
}

/// Writes the sums; without a time and a person, those of months alone.
async fn put(tx: &mut Tx, book: &str, change: &Change, by: Option<(&str, &str)>) -> Result<()> {
    let months: Vec<_> = change
        .months
        .iter()
        .filter(|(_, sums)| sums.iter().any(|sum| *sum != 0))
        .collect();
    let mut units: BTreeMap<(i64, &str, &str, &str, &str), [i64; 5]> = BTreeMap::new();
    for ((edition, unit, way, _, leaves), sums) in &months {
        let year = leaves.get(..4).unwrap_or(leaves);
        for (grain, leaves) in [(0, ""), (1, year), (2, leaves)] {
            let into = units
                .entry((grain, leaves, edition, unit, way))
                .or_default();
            for (sum, one) in into.iter_mut().zip(*sums) {
                *sum += one;
            }
        }
    }
    let units: Vec<_> = units
        .into_iter()
        .filter(|(_, sums)| sums.iter().any(|sum| *sum != 0))
        .collect();
    add_many!(tx, sql::TALLY_UNITS_ADD, units, ((grain, leaves, edition, unit, way), [children, identified, complete, verified, errors]) => [
        book, *grain, *leaves, *edition, *unit, *way, *children, *identified, *complete, *verified, *errors,
    ])?;
    add_many!(tx, sql::TALLY_ADD, months, ((edition, unit, way, born, leaves), [children, identified, complete, verified, errors]) => [
        book, edition.as_str(), unit.as_str(), way.as_str(), born.as_str(), leaves.as_str(), *children, *identified, *complete, *verified, *errors,
    ])?;
    let Some((at, who)) = by else { return Ok(()) };
    let day = day_of(at);
    let days: Days = change
        .places
        .iter()
        .map(|((edition, unit), sums)| {
            let key = (day.clone(), edition.clone(), unit.clone(), who.to_owned());
            (key, *sums)
        })
        .collect();
    add_days(tx, book, &days).await
}

/// Day, edition, unit, person.
type Key = (String, String, String, String);
/// What days added: came, went, moved in, moved out, cleaned, identified, complete, verified, with errors.
type Days = BTreeMap<Key, [i64; 9]>;

/// Writes what days added.
async fn add_days(tx: &mut Tx, book: &str, days: &Days) -> Result<()> {
    type Of<'a, const N: usize> = Vec<(&'a Key, [i64; N])>;
    let (mut sums, mut moves): (Of<'_, 7>, Of<'_, 2>) = (Vec::new(), Vec::new());
    for (key, [came, went, moved_in, moved_out, rest @ ..]) in days {
        let [cleaned, identified, complete, verified, errors] = *rest;
        sums.push((
            key,
            [
                *came, *went, cleaned, identified, complete, verified, errors,
            ],
        ));
        moves.push((key, [*moved_in, *moved_out]));
    }
    sums.retain(|(_, sums)| sums.iter().any(|sum| *sum != 0));
    moves.retain(|(_, sums)| sums.iter().any(|sum| *sum != 0));
    add_many!(tx, sql::TALLY_DAYS_ADD, sums, ((day, edition, unit, who), [came, went, cleaned, identified, complete, verified, errors]) => [
        book, day.as_str(), edition.as_str(), unit.as_str(), who.as_str(), *came, *went, *cleaned, *identified, *complete, *verified, *errors,
    ])?;
    add_many!(tx, sql::TALLY_MOVES_ADD, moves, ((day, edition, unit, who), [moved_in, moved_out]) => [
        book, day.as_str(), edition.as_str(), unit.as_str(), who.as_str(), *moved_in, *moved_out,
    ])?;
    Ok(())
}

/// The day of a moment of the store in the country, which is seven hours ahead.
fn day_of(at: &str) -> String {
    let day = at.get(..10).unwrap_or("");
    let hour: u32 = at
        .get(11..13)
        .and_then(|hour| hour.parse().ok())
        .unwrap_or(0);
    if hour < 17 {
        return day.to_owned();
    }
    next_day(day).unwrap_or_else(|| day.to_owned())
}

fn next_day(day: &str) -> Option<String> {
    let mut parts = day.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, of_month) = (parts.next()??, parts.next()??, parts.next()??);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let (year, month, of_month) = match (of_month < last, month < 12) {
        (true, _) => (year, month, of_month + 1),
        (false, true) => (year, month + 1, 1),
        (false, false) => (year + 1, 1, 1),
    };
    Some(format!("{year:04}-{month:02}-{of_month:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_in_the_country() {
        for (at, day) in [
            ("2024-06-13T16:59:59.999999Z", "2024-06-13"),
            ("2024-06-13T17:00:00.000000Z", "2024-06-14"),
            ("2024-02-28T17:00:00.000000Z", "2024-02-29"),
            ("2023-02-28T23:00:00.000000Z", "2023-03-01"),
            ("2024-12-31T20:00:00.000000Z", "2025-01-01"),
            ("2024-04-30T17:00:00.000000Z", "2024-05-01"),
        ] {
            assert_eq!(day_of(at), day, "{at}");
        }
    }
}
