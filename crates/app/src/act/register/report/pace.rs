//! What was done each week, by unit and person: children entered, records put right.
//!
//! In: an area, how many weeks. Out: [`Pace`]. From what the acts of each day added; whoever turned 16 did nothing.

use crate::access::Deed;
use crate::act::register::facets::scope::Scope;
use crate::act::register::{Desk, Done, unit_name, wait};
use crate::shown;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;
use treem_child::normalise::unit::{Edition, Unit};

/// What was done.
#[derive(Debug, serde::Serialize)]
pub struct Pace {
    /// The Mondays of the weeks, the oldest first; the last week is not over.
    pub weeks: Vec<String>,
    /// All together.
    pub total: Did,
    /// By unit.
    pub units: Vec<Did>,
    /// By person.
    pub people: Vec<Did>,
}

/// What one unit or person did.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Did {
    /// Edition of the unit; empty for a person.
    pub edition: String,
    /// Code of the unit; empty for a person.
    pub unit: String,
    /// Name of the unit or person.
    pub name: String,
    /// Children who came, week by week.
    pub entered: Vec<i64>,
    /// Records whose last error was put right, week by week.
    pub cleaned: Vec<i64>,
    /// Children newly verified by the police, week by week.
    pub verified: Vec<i64>,
}

impl Did {
    fn of(weeks: usize) -> Self {
        Self {
            entered: vec![0; weeks],
            cleaned: vec![0; weeks],
            verified: vec![0; weeks],
            ..Self::default()
        }
    }

    fn add(&mut self, week: usize, [entered, cleaned, verified]: [i64; 3]) {
        for (of, count) in [
            (&mut self.entered, entered),
            (&mut self.cleaned, cleaned),
            (&mut self.verified, verified),
        ] {
            if let Some(sum) = of.get_mut(week) {
                *sum += count;
            }
        }
    }
}

/// What was done in the last weeks, this one included.
///
/// # Errors
/// The register cannot be used.
pub fn run(
    desk: &Desk,
    area: Option<(&'static Edition, &'static Unit)>,
    weeks: usize,
) -> Done<Pace> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let (open, mut tx) = desk.read().await?;
        let scope = Scope::of(&open.book, area, &desk.area(Deed::Report));
        let today = shown::date_of(&desk.now).unwrap_or(Date::ZERO);
        let mondays = mondays(today, weeks);
        let mut out = Pace {
            total: Did::of(weeks),
            units: Vec::new(),
            people: Vec::new(),
            weeks: mondays.iter().map(Date::to_string).collect(),
        };
        let Some(from) = out.weeks.first().cloned() else {
            return Ok(out);
        };
        let mut units: BTreeMap<(String, String), Did> = BTreeMap::new();
        let mut people: BTreeMap<String, Did> = BTreeMap::new();
        let book = open.book.register.as_str();
        for day in tx.tally_days(book, &from, &today.to_string()).await? {
            if !scope.holds(&day.edition, &day.unit) {
                continue;
            }
            let week = out.weeks.iter().rposition(|monday| *monday <= day.day);
            let Some(week) = week else { continue };
            let done = [day.came, day.cleaned, day.verified];
            out.total.add(week, done);
            let unit = units.entry((day.edition, day.unit));
            unit.or_insert_with(|| Did::of(weeks)).add(week, done);
            let person = people.entry(day.who);
            person.or_insert_with(|| Did::of(weeks)).add(week, done);
        }
        out.units = units
            .into_iter()
            .map(|((edition, unit), one)| Did {
                name: unit_name(&edition, &unit),
                edition,
                unit,
                ..one
            })
            .collect();
        out.people = people
            .into_iter()
            .map(|(name, one)| Did { name, ..one })
            .collect();
        Ok(out)
    })
}

/// The Mondays of the last weeks, that of this week the last.
fn mondays(today: Date, weeks: usize) -> Vec<Date> {
    let back = i64::from(today.weekday().since(Weekday::Monday));
    let Ok(monday) = today.checked_sub(back.days()) else {
        return Vec::new();
    };
    let before = |weeks: usize| {
        let days = i64::try_from(weeks).unwrap_or(0).saturating_mul(7);
        monday.checked_sub(days.days()).ok()
    };
    (0..weeks).rev().filter_map(before).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_mondays() {
        let shown = |today: &str| -> Vec<String> {
            let days = mondays(today.parse().unwrap(), 2);
            days.iter().map(Date::to_string).collect()
        };
        assert_eq!(shown("2024-06-13"), ["2024-06-03", "2024-06-10"]);
        assert_eq!(shown("2024-06-10"), ["2024-06-03", "2024-06-10"]);
        assert_eq!(shown("2024-06-16"), ["2024-06-03", "2024-06-10"]);
    }
}
