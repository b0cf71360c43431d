//! `treem units show`: a unit with its time, what it was made of and what it became.
//!
//! In: a code or a name, a day. Out: [`Period`]s.

use super::{Hit, Placed, Related, find, no_such, on, related, several};
use serde::Serialize;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition, Level, Share};

/// One meaning of a code.
#[derive(Debug, Serialize)]
pub struct Period {
    /// The unit.
    #[serde(flatten)]
    pub unit: Placed,
    /// The first edition in which it is this unit.
    pub from: &'static str,
    /// The last day of the last one.
    pub until: &'static str,
    /// True where the first edition of the program has it already: it may be older.
    pub older: bool,
    /// What it was made of; empty where it is as old as the lists.
    pub former: Vec<Related>,
    /// What it became; empty for a unit of the last edition, and where that is not known.
    pub successors: Vec<Related>,
    /// The units in it: communes of a district, districts (or communes) of a province.
    pub children: Vec<Placed>,
    /// How many communes lie in it.
    pub communes: usize,
}

/// What a code or a name means: each period for a code without a day, else the one of the day.
pub fn show(
    text: &str,
    day: Option<PartialDate>,
    today: PartialDate,
) -> Result<Vec<Period>, String> {
    let code = text.trim();
    let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    let edition = on(day.unwrap_or(today));
    let code = if is_code {
        code
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
            ([], _) => return Err(no_such(edition, text)),
            _ => return Err(several(text, &hits)),
        }
    };
    let mut all = periods(code);
    if all.is_empty() {
        return Err(format!("không có đơn vị nào mang mã “{text}”."));
    }
    if day.is_some() || !is_code {
        all.retain(|period| period.from <= edition.from && edition.from <= period.until);
        if all.is_empty() {
            return Err(no_such(edition, text));
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
        let children: Vec<Placed> = edition
            .units()
            .iter()
            .filter(|child| child.parent == unit.code)
            .filter_map(|child| Placed::of(edition, child))
            .collect();
        let communes = if unit.level() == Level::Commune {
            0
        } else {
            edition.communes_of(unit).count()
        };
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
        if goes_on {
            out.pop();
        }
        out.push(Period {
            unit: placed,
            from,
            until: edition.until,
            older,
            former,
            successors,
            children,
            communes,
        });
        before = Some(edition);
    }
    out
}
