//! The figures of a letter: units with their headcounts, what the register holds of them, targets; all arithmetic on whole numbers.
//!
//! In: counts. Out: [`Figures`] with sums, two measures and two queues that are never one figure, and [`Standing`]: how far a unit is from
//! its target.

use super::field::Field;
use super::fill::Facts;
use super::table;
use crate::normalise::date::PartialDate;
use crate::texts::grouped;

/// What is known of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Unit {
    /// Code; empty for the sum of units.
    pub code: String,
    /// Name as in a table.
    pub name: String,
    /// Children it says it has; `None` where it is not known.
    pub headcount: Option<i64>,
    /// The day of that figure, where it has one day.
    pub headcount_day: String,
    /// Children in the register.
    pub children: i64,
    /// Of them *identified*.
    pub identified: i64,
    /// Of them *complete*.
    pub complete: i64,
    /// Of them with a number that the police gave or verified; `None` where it is not known.
    pub verified: Option<i64>,
    /// Why its headcount should be looked at, a sentence each.
    pub doubts: Vec<String>,
}

/// What a target is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Children in the register, of the headcount.
    Entered,
    /// Children identified, of those in the register.
    Identified,
    /// Children complete, of those in the register.
    Complete,
    /// Children verified by the police, of those in the register.
    Verified,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Entered,
        Self::Identified,
        Self::Complete,
        Self::Verified,
    ];

    /// The machine's word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Identified => "identified",
            Self::Complete => "complete",
            Self::Verified => "verified",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Entered => "đã nhập",
            Self::Identified => "đã chuẩn hóa",
            Self::Complete => "đủ thông tin cơ bản",
            Self::Verified => "đã xác thực",
        }
    }

    /// By the machine's word or the words themselves.
    pub fn named(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|one| one.code() == text || one.label() == text)
    }
}

/// How much is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Amount {
    /// Hundredths of a percent.
    Percent(i64),
    /// Children.
    Number(i64),
}

/// A target.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Target {
    /// Code of the unit.
    pub unit: String,
    /// Until when, `YYYY-MM-DD`.
    pub day: String,
    /// Of what.
    pub measure: Measure,
    /// How much, at least.
    pub amount: Amount,
    /// By which document.
    pub decided_by: String,
}

/// How far a unit is from a target.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Standing {
    /// The target.
    pub target: Target,
    /// Name of the unit.
    pub name: String,
    /// What there is, in the target's own kind; `None` where the headcount, or what the police verified, is not known.
    pub now: Option<Amount>,
    /// Children still needed.
    pub needs: Option<i64>,
    /// Its day has come.
    pub due: bool,
    /// Why the unit's headcount should be looked at.
    pub doubts: Vec<String>,
}

impl Standing {
    /// True where there is enough.
    pub fn reached(&self) -> bool {
        self.needs == Some(0)
    }

    /// True where the day has come and there is not enough.
    pub fn behind(&self) -> bool {
        self.due && self.needs.is_some_and(|needs| needs > 0)
    }
}

/// Everything a letter says in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Figures {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// The units of the table, in order.
    pub units: Vec<Unit>,
    /// The area itself, where its figures are more than the sum (children whose unit is not known).
    pub unplaced: i64,
    /// First and last day of the headcounts.
    pub headcount_days: Option<(String, String)>,
    /// Targets of the units and of the area.
    pub targets: Vec<Target>,
    /// Code and name of the area.
    pub area: (String, String),
    /// What a reader should know, beside the doubts.
    pub remarks: Vec<String>,
}

/// A part of a whole in hundredths of a percent, rounded half up.
pub fn percent(part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    i64::try_from((part * 20_000 + whole).div_euclid(whole * 2)).ok()
}

/// `82,95`.
pub fn shown_percent(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let value = hundredths.unsigned_abs();
    format!("{sign}{},{:02}", grouped(value / 100), value % 100)
}

/// `187.288`.
pub fn shown_count(count: i64) -> String {
    let sign = if count < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(count.unsigned_abs()))
}

/// `13/6/2024`.
pub fn shown_day(iso: &str) -> String {
    PartialDate::from_iso(iso).map_or_else(
        || iso.to_owned(),
        |day| format!("{}/{}/{}", day.day, day.month, day.year),
    )
}

impl Unit {
    /// Children still to be entered: at least none, for a register may hold more than the unit said.
    pub fn to_enter(&self) -> Option<i64> {
        Some(self.headcount?.saturating_sub(self.children).max(0))
    }

    /// Children in the register that are to be cleaned.
    pub fn to_clean(&self) -> i64 {
        self.children.saturating_sub(self.identified)
    }

    /// In the register, of the headcount.
    pub fn entered_rate(&self) -> Option<i64> {
        percent(self.children, self.headcount?)
    }

    /// Identified, of the headcount: what the letter of 2024 printed.
    pub fn covered_rate(&self) -> Option<i64> {
        percent(self.identified, self.headcount?)
    }

    fn value(&self, measure: Measure) -> Option<(i64, i64)> {
        Some(match measure {
            Measure::Entered => (self.children, self.headcount?),
            Measure::Identified => (self.identified, self.children),
            Measure::Complete => (self.complete, self.children),
            Measure::Verified => (self.verified?, self.children),
        })
    }

    /// How far it is from a target on a day.
    pub fn standing(&self, target: &Target, day: &str) -> Standing {
        let (now, needs) = match (target.amount, target.measure) {
            (Amount::Number(wanted), measure) => {
                let have = match measure {
                    Measure::Entered => Some(self.children),
                    other => self.value(other).map(|(part, _)| part),
                };
                (
                    have.map(Amount::Number),
                    have.map(|have| wanted.saturating_sub(have).max(0)),
                )
            }
            (Amount::Percent(wanted), measure) => match self.value(measure) {
                Some((part, whole)) if whole > 0 => {
                    let least = (i128::from(wanted) * i128::from(whole)).div_euclid(10_000)
                        + i128::from((i128::from(wanted) * i128::from(whole)) % 10_000 != 0);
                    let needs = i64::try_from((least - i128::from(part)).max(0)).ok();
                    (percent(part, whole).map(Amount::Percent), needs)
                }
                _ => (None, None),
            },
        };
        Standing {
            target: target.clone(),
            name: self.name.clone(),
            now,
            needs,
            due: target.day.as_str() <= day,
            doubts: self.doubts.clone(),
        }
    }
}

impl Figures {
    /// The sum of the units, and of the children whose unit is not known. The headcount is known where that of every unit is.
    pub fn total(&self) -> Unit {
        let mut out = Unit {
            code: self.area.0.clone(),
            name: "Tổng cộng".to_owned(),
            headcount: Some(0),
            verified: Some(0),
            ..Unit::default()
        };
        for unit in &self.units {
            out.headcount = out
                .headcount
                .zip(unit.headcount)
                .and_then(|(sum, one)| sum.checked_add(one));
            out.verified = out
                .verified
                .zip(unit.verified)
                .and_then(|(sum, one)| sum.checked_add(one));
            out.children = out.children.saturating_add(unit.children);
            out.identified = out.identified.saturating_add(unit.identified);
            out.complete = out.complete.saturating_add(unit.complete);
        }
        if self.units.is_empty() {
            (out.headcount, out.verified) = (None, None);
        }
        out
    }

    /// Children to be entered, unit by unit: one that has more than it said does not make up for another.
    pub fn to_enter(&self) -> Option<i64> {
        if self.units.is_empty() {
            return None;
        }
        self.units.iter().map(Unit::to_enter).sum()
    }

    /// How far each unit, and the area, is from its targets, in order of units, days and measures.
    pub fn standings(&self) -> Vec<Standing> {
        let mut out = Vec::new();
        let total = Unit {
            name: self.area.1.clone(),
            ..self.total()
        };
        let alone = self.units.len() == 1 && self.units.iter().all(|unit| unit.code == total.code);
        for unit in self.units.iter().chain((!alone).then_some(&total)) {
            let mut own: Vec<&Target> = self
                .targets
                .iter()
                .filter(|target| target.unit == unit.code)
                .collect();
            own.sort_by_key(|target| (target.day.as_str(), target.measure));
            out.extend(
                own.into_iter()
                    .map(|target| unit.standing(target, &self.day)),
            );
        }
        out
    }

    /// Fills the fields of figures in. `doers`: who works in a commune, its police.
    pub fn tell(&self, doers: (&str, &str), facts: &mut Facts) {
        let total = self.total();
        let day = shown_day(&self.day);
        facts.text(Field::Day, day);
        if let Some((first, last)) = &self.headcount_days {
            let text = if first == last {
                format!("ngày {}", shown_day(first))
            } else {
                format!("từ ngày {} đến ngày {}", shown_day(first), shown_day(last))
            };
            facts.text(Field::HeadcountDays, text);
        }
        for (field, count) in [
            (Field::Headcount, total.headcount),
            (Field::Children, Some(total.children)),
            (Field::Identified, Some(total.identified)),
            (Field::NotIdentified, Some(total.to_clean())),
            (Field::Complete, Some(total.complete)),
            (
                Field::NotComplete,
                Some(total.children.saturating_sub(total.complete)),
            ),
            (Field::Verified, total.verified),
            (Field::ToEnter, self.to_enter()),
            (Field::Units, i64::try_from(self.units.len()).ok()),
        ] {
            if let Some(count) = count {
                facts.text(field, shown_count(count));
            }
        }
        for (field, rate) in [
            (Field::EnteredRate, total.entered_rate()),
            (Field::CoveredRate, total.covered_rate()),
            (
                Field::IdentifiedRate,
                percent(total.identified, total.children),
            ),
            (Field::CompleteRate, percent(total.complete, total.children)),
        ] {
            if let Some(rate) = rate {
                facts.text(field, shown_percent(rate));
            }
        }
        facts.table(Field::Progress, table::progress(self));
        facts.table(Field::ProgressShort, table::progress_short(self));
        facts.table(Field::Targets, table::targets(&self.standings()));
        facts.table(Field::Tasks, table::tasks(self, doers));
        facts.lines(Field::Behind, table::behind(&self.standings()));
        facts.lines(Field::Remarks, table::remarks(self));
    }
}
