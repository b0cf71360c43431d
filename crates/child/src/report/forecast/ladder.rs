//! By when each level has to be done so that the one above it can look and send on.
//!
//! In: the day on which the province has to be done, today, the days each level keeps for itself. Out: [`Rung`]s.

use crate::normalise::unit::Level;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Days that a level keeps between what those below it bring and its own day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// The province, after the districts (after the communes where there are none).
    pub province: i32,
    /// A district, after its communes.
    pub district: i32,
}

impl Default for Steps {
    /// A week each: a list that comes on Friday is looked at within the next week.
    fn default() -> Self {
        Self {
            province: 7,
            district: 7,
        }
    }
}

/// A level and its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// The level.
    pub level: Level,
    /// By when it has to be done.
    pub day: Date,
    /// The day has passed already.
    pub is_past: bool,
}

/// The days of all levels, the province first. A country without districts has two rungs.
pub fn ladder(deadline: Date, today: Date, steps: Steps, districts: bool) -> Vec<Rung> {
    let back = |day: Date, days: i32| day.saturating_sub(days.max(0).days());
    let rung = |level, day: Date| Rung {
        level,
        day,
        is_past: day <= today,
    };
    let below = back(deadline, steps.province);
    if !districts {
        return vec![rung(Level::Province, deadline), rung(Level::Commune, below)];
    }
    vec![
        rung(Level::Province, deadline),
        rung(Level::District, below),
        rung(Level::Commune, back(below, steps.district)),
    ]
}

/// Weeks from one day to another; negative where it has passed.
pub fn weeks_between(from: Date, to: Date) -> f64 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    f64::from(days) / 7.0
}
