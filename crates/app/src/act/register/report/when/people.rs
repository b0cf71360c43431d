//! Pace by person.
//!
//! In: who entered how many in which week. Out: [`Pace`]s.

use super::series::Weeks;
use jiff::civil::Date;
use std::collections::BTreeMap;
use treem_child::report::forecast::weeks_between;

/// What a person entered.
#[derive(Debug, serde::Serialize)]
pub struct Pace {
    /// Who.
    pub who: String,
    /// Children entered in the weeks that are looked back on.
    pub entered: i64,
    /// Children a week since this person's first week.
    pub per_week: f64,
}

/// People while they are counted.
#[derive(Default)]
pub(super) struct People(BTreeMap<String, Weeks>);

impl People {
    /// Somebody entered so many.
    pub(super) fn entered(&mut self, who: &str, week: Date, children: i64) {
        if children > 0 {
            let weeks = self.0.entry(who.to_owned()).or_default();
            *weeks.entry(week).or_default() += children;
        }
    }

    /// All of them, those with most first; the end is the Monday of the week that is going on.
    pub(super) fn told(self, end: Date) -> Vec<Pace> {
        let mut out: Vec<Pace> = self
            .0
            .into_iter()
            .map(|(who, weeks)| {
                let entered: i64 = weeks.values().sum();
                let first = weeks.keys().next().copied().unwrap_or(end);
                #[expect(clippy::cast_precision_loss, reason = "a count of children")]
                let per_week = entered as f64 / weeks_between(first, end).max(1.0);
                Pace {
                    who,
                    entered,
                    per_week,
                }
            })
            .collect();
        out.sort_by(|one, other| (other.entered, &one.who).cmp(&(one.entered, &other.who)));
        out
    }
}
