//! Counts of weeks, and what they let expect.
//!
//! In: children a week, how many are left, a deadline. Out: [`Series`].

use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeMap;
use treem_child::report::forecast::{self, Forecast, Unknown, forecast, needed, weeks_between};

/// Children by the Monday of a week.
pub type Weeks = BTreeMap<Date, i64>;

/// Adds other weeks.
pub fn sum(into: &mut Weeks, other: &Weeks) {
    for (week, children) in other {
        *into.entry(*week).or_default() += children;
    }
}

/// The last week in which a third and more of all children came at once: a register was loaded, nobody worked that fast. `None` without one.
pub fn loads(came: &Weeks, entered: i64) -> Option<Date> {
    let large = came
        .iter()
        .filter(|(_, children)| children.saturating_mul(3) > entered && **children > 1_000);
    large.map(|(week, _)| *week).next_back()
}

/// The counts of all weeks before one, those without a count too, from the first that has one, or from that after a load.
pub fn added(weeks: &Weeks, end: Date, loads: Option<Date>) -> Vec<(Date, u64)> {
    let mut out = Vec::new();
    let first = loads
        .map(|week| week.saturating_add(1.week()))
        .or_else(|| weeks.keys().next().copied());
    let Some(mut week) = first else { return out };
    while week < end {
        let children = weeks.get(&week).copied().unwrap_or(0).max(0);
        out.push((week, children.unsigned_abs()));
        week = week.saturating_add(1.week());
    }
    out
}

/// Weeks, and what they let expect.
#[derive(Debug, serde::Serialize)]
pub struct Series {
    /// Monday of each whole week, and how many children.
    pub weeks: Vec<(String, u64)>,
    /// How many are left; none where nobody says how many there are.
    pub left: Option<i64>,
    /// Children a week; none where there is no pace.
    pub pace: Option<f64>,
    /// The day by which nothing is left one time of ten, every other time, nine times of ten; the last none beyond ten years.
    pub early: Option<String>,
    /// Every other time.
    pub likely: Option<String>,
    /// Nine times of ten.
    pub late: Option<String>,
    /// Why there is no forecast, or on what it rests.
    pub sentence: String,
    /// The machine's name of why there is none; empty with one.
    pub unknown: &'static str,
    /// The deadline; empty without.
    pub deadline: String,
    /// What each week has to bring until the deadline.
    pub needed: Option<f64>,
    /// How likely nothing is left by the deadline.
    pub chance: Option<f64>,
    /// The forecast itself, for a picture.
    #[serde(skip)]
    pub forecast: Option<Forecast>,
}

/// A day so many weeks after another.
pub fn after(day: Date, weeks: f64) -> Option<Date> {
    if !weeks.is_finite() || !(0.0..=forecast::HORIZON_WEEKS).contains(&weeks) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most ten years of days")]
    let days = (weeks * 7.0).ceil() as i64;
    day.checked_add(days.days()).ok()
}

impl Series {
    /// What the weeks let expect.
    pub fn of(
        weeks: &[(Date, u64)],
        left: Option<i64>,
        today: Date,
        deadline: Option<Date>,
    ) -> Self {
        let counts: Vec<u64> = weeks.iter().map(|(_, children)| *children).collect();
        let told = match left.map(|left| left.max(0).unsigned_abs()) {
            Some(left) => forecast(&counts, left),
            None => Err(Unknown::NoGoal),
        };
        let until = deadline.map(|day| weeks_between(today, day));
        let day = |weeks: f64| after(today, weeks).map(|day| day.to_string());
        let found = told.as_ref().ok();
        let is_done = told == Err(Unknown::Done);
        Self {
            weeks: weeks
                .iter()
                .map(|(week, children)| (week.to_string(), *children))
                .collect(),
            left,
            pace: found.map(|told| told.pace),
            early: found.and_then(|told| day(told.early)),
            likely: found.and_then(|told| day(told.likely)),
            late: found.and_then(|told| day(told.late?)),
            sentence: match &told {
                Ok(told) => told.model(),
                Err(unknown) => unknown.sentence(),
            },
            unknown: told.as_ref().err().map_or("", |unknown| unknown.code()),
            deadline: deadline.map_or_else(String::new, |day| day.to_string()),
            needed: left
                .filter(|left| *left > 0)
                .zip(until)
                .and_then(|(left, weeks)| needed(left.unsigned_abs(), weeks)),
            chance: if is_done {
                until.map(|_| 1.0)
            } else {
                found.zip(until).map(|(told, weeks)| told.chance_by(weeks))
            },
            forecast: told.ok(),
        }
    }

    /// Where it stands among others: first those without a pace, then the latest, last those who are done.
    pub fn order(&self) -> f64 {
        match (self.unknown, &self.forecast) {
            ("done", _) => 3.0,
            ("no-goal", _) => 2.0,
            (_, Some(told)) => 1.0 - told.likely / (2.0 * forecast::HORIZON_WEEKS),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn weeks(counts: &[i64]) -> Weeks {
        let first = date(2024, 1, 1);
        (0..)
            .zip(counts)
            .filter(|(_, children)| **children > 0)
            .map(|(at, children)| (first.saturating_add((at * 7).days()), *children))
            .collect()
    }

    fn counts(weeks: &[(Date, u64)]) -> Vec<u64> {
        weeks.iter().map(|(_, children)| *children).collect()
    }

    #[test]
    fn weeks_without_anything_count_too() {
        let end = date(2024, 2, 5);
        for (came, entered, want) in [
            (&[0, 5, 0, 7, 0][..], 12, vec![5, 0, 7, 0]),
            // A register was loaded, then people worked.
            (&[9_000, 0, 20, 30, 0], 9_050, vec![0, 20, 30, 0]),
            (&[], 0, vec![]),
        ] {
            let came = weeks(came);
            assert_eq!(counts(&added(&came, end, loads(&came, entered))), want);
        }
    }

    #[test]
    fn a_deadline_says_what_is_needed() {
        let (today, came) = (date(2024, 3, 4), weeks(&[10; 9]));
        let told = Series::of(
            &added(&came, today, None),
            Some(40),
            today,
            Some(date(2024, 4, 15)),
        );
        assert_eq!(told.weeks.len(), 9);
        assert!((told.needed.unwrap() - 40.0 / 6.0).abs() < 1e-9);
        assert!(told.chance.unwrap() > 0.95, "{:?}", told.chance);
        assert!(told.early < told.likely && told.likely < told.late);
        let slow = Series::of(
            &added(&came, today, None),
            Some(400),
            today,
            Some(date(2024, 4, 15)),
        );
        assert!(slow.chance.unwrap() < 0.01 && slow.order() < told.order());
        let done = Series::of(&[], Some(0), today, Some(date(2024, 4, 15)));
        assert_eq!(
            (done.unknown, done.chance, done.needed),
            ("done", Some(1.0), None)
        );
        let still = Series::of(&[], Some(9), today, None);
        assert_eq!(
            (still.unknown, still.pace, still.likely.as_deref()),
            ("not-begun", None, None)
        );
        assert!(still.order() < slow.order() && told.order() < done.order());
        assert_eq!(Series::of(&[], None, today, None).unknown, "no-goal");
    }
}
