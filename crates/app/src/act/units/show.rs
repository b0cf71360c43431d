//! `treem units show`: a unit with its time, what it was made of and what it became.
//!
//! In: a code or a name, a day. Out: [`Period`]s.

use super::{
    Gone, Hit, NOTHING_WRITTEN, Placed, Related, find, is_code, is_open, no_such, on, quoted,
    related, several,
};
use serde::Serialize;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition, Level, Share, Unit};

/// One meaning of a code.
#[derive(Debug, Serialize)]
pub struct Period {
    /// The unit.
    #[serde(flatten)]
    pub unit: Placed,
    /// The first edition in which it is this unit.
    pub from: &'static str,
    /// The last day of the last one; `9999-12-31`, and no key in JSON, where it is still in force.
    #[serde(skip_serializing_if = "is_open")]
    pub until: &'static str,
    /// True where the first edition of the program has it already: it may be older.
    pub older: bool,
    /// What it was made of; empty where it is as old as the lists.
    pub former: Vec<Related>,
    /// What it became; empty for a unit of the last edition, and where that is not known.
    pub successors: Vec<Related>,
    /// What lies in it on the day that was asked for; without a day, in the last edition of the period.
    #[serde(flatten)]
    pub inside: Inside,
    /// What lay in it from edition to edition, where no day was asked for and it changed; else empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<Contents>,
}

/// What lies in a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inside {
    /// The units in it: communes of a district, districts (or communes) of a province.
    pub children: Vec<Placed>,
    /// How many communes lie in it.
    pub communes: usize,
}

/// What lay in a unit for some time.
#[derive(Clone, Debug, Serialize)]
pub struct Contents {
    /// First day of the first edition with these units.
    pub from: &'static str,
    /// The last day of the last one; as [`Period::until`].
    #[serde(skip_serializing_if = "is_open")]
    pub until: &'static str,
    /// The units.
    #[serde(flatten)]
    pub inside: Inside,
}

/// What a code or a name means: each period for a code without a day, else the one of the day.
pub fn show(
    text: &str,
    day: Option<PartialDate>,
    today: PartialDate,
) -> Result<Vec<Period>, String> {
    if text.trim().is_empty() {
        return Err(NOTHING_WRITTEN.to_owned());
    }
    let is_code = is_code(text);
    let edition = on(day.unwrap_or(today));
    let none = |former: &[Gone]| no_such(edition, text, former);
    let code = if is_code {
        text.trim()
    } else {
        let found = find(edition, text, None);
        let home: Vec<Hit> = found.units.iter().filter(|hit| hit.home).cloned().collect();
        let hits = if home.is_empty() { found.units } else { home };
        match (hits.as_slice(), found.former.as_slice()) {
            ([hit], _) => hit.unit.code,
            ([], [gone]) => {
                return periods(gone.unit.code)
                    .into_iter()
                    .filter(|period| period.until == gone.until)
                    .map(Ok)
                    .collect();
            }
            ([], formers) => return Err(none(formers)),
            _ => return Err(several(text, &hits)),
        }
    };
    let mut all = periods(code);
    if all.is_empty() {
        return Err(format!("không có đơn vị nào mang mã “{}”.", quoted(text)));
    }
    if day.is_some() || !is_code {
        all.retain(|period| period.from <= edition.from && edition.from <= period.until);
        if all.is_empty() {
            return Err(none(&find(edition, text, None).former));
        }
    }
    if day.is_some() {
        for period in &mut all {
            period.contents.clear();
            if let Some(unit) = edition.by_code(code) {
                period.inside = inside(edition, unit);
            }
        }
    }
    Ok(all)
}

fn periods(code: &str) -> Vec<Period> {
    let mut out: Vec<Period> = Vec::new();
    let mut before: Option<&'static Edition> = None;
    for (edition, unit) in unit::meanings(code) {
        let made_of = before.map_or_else(Vec::new, |before| {
            unit::predecessors(code, edition.from, before.from)
        });
        let goes_on = matches!(made_of.as_slice(), [kin] if kin.unit.code == code && kin.share == Share::Whole)
            && out.last().is_some_and(|last| last.unit.name == unit.name);
        let successors = unit::editions()
            .find(|next| next.from > edition.from)
            .map_or_else(Vec::new, |next| {
                related(next, &unit::successors(code, edition.from, next.from))
            });
        let Some(placed) = Placed::of(edition, unit) else {
            continue;
        };
        let inside = inside(edition, unit);
        let mut contents = Vec::new();
        let (from, older, former) = match out.last() {
            Some(last) if goes_on => (last.from, last.older, last.former.clone()),
            _ => {
                let earlier = unit::editions().rfind(|earlier| earlier.from < edition.from);
                let former = earlier.map_or_else(Vec::new, |earlier| {
                    related(
                        earlier,
                        &unit::predecessors(code, edition.from, earlier.from),
                    )
                });
                (edition.from, earlier.is_none(), former)
            }
        };
        if goes_on && let Some(last) = out.pop() {
            contents = last.contents;
        }
        match contents.last_mut() {
            Some(last) if last.inside == inside => last.until = edition.until,
            _ => contents.push(Contents {
                from: edition.from,
                until: edition.until,
                inside: inside.clone(),
            }),
        }
        out.push(Period {
            unit: placed,
            from,
            until: edition.until,
            older,
            former,
            successors,
            inside,
            contents,
        });
        before = Some(edition);
    }
    for period in &mut out {
        if period.contents.len() == 1 {
            period.contents.clear();
        }
    }
    out
}

fn inside(edition: &Edition, unit: &Unit) -> Inside {
    Inside {
        children: edition
            .units()
            .iter()
            .filter(|child| child.parent == unit.code)
            .filter_map(|child| Placed::of(edition, child))
            .collect(),
        communes: if unit.level() == Level::Commune {
            0
        } else {
            edition.communes_of(unit).count()
        },
    }
}
