//! Headcounts that cannot be believed: held against the people of the unit, its neighbours, its own former figure, the register.
//!
//! In: [`Unit`]s with what is known of each. Out: [`Doubt`]s, a sentence each. Nothing is refused: a figure may be odd and true.

use crate::texts::grouped;
use std::collections::BTreeMap;

/// What is known of a unit.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Which units are its neighbours: those with the same text here (the level and the unit above).
    pub among: String,
    /// Children it says it has.
    pub headcount: i64,
    /// People of all ages, where known, and the day of that figure.
    pub people: Option<(i64, String)>,
    /// Its former headcount, where there is one, and the day of it.
    pub former: Option<(i64, String)>,
    /// Children of the unit in the register.
    pub entered: i64,
}

/// What a headcount is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The people of the unit.
    People,
    /// The unit's former headcount.
    Former,
    /// The register.
    Register,
}

impl Against {
    /// The machine's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Former => "former",
            Self::Register => "register",
        }
    }
}

/// A headcount that should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Place of the unit among those that were given, from 0: codes repeat over editions.
    pub at: usize,
    /// Code of the unit.
    pub unit: String,
    /// What it is held against.
    pub against: Against,
    /// Why, in one sentence.
    pub sentence: String,
}

/// Neighbours it takes to know what is usual.
const NEIGHBOURS: usize = 3;
/// People below which a share says nothing.
const FEW_PEOPLE: i64 = 1_000;
/// Children below which a ratio or a jump says nothing.
const FEW_CHILDREN: i64 = 50;
/// Percentage points which a share of the people may be off, however alike the neighbours are.
const SHARE_OFF: f64 = 8.0;
/// The same for the share that is in the register.
const ENTERED_OFF: f64 = 35.0;
/// Percent by which a headcount may jump.
const JUMP: f64 = 20.0;
/// Deviations from the median which are still usual; times 1.4826, that of a normal distribution in terms of the median one.
const DEVIATIONS: f64 = 3.0 * 1.4826;
/// Share of the people, in percent, beyond which no unit of the country comes.
const MOST: f64 = 50.0;

/// Looks at all units together. Gives doubts in the order of the units, for each that which says most: people, then its former
/// figure, then the register.
pub fn doubts(units: &[Unit]) -> Vec<Doubt> {
    let mut groups: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
    for unit in units {
        groups.entry(&unit.among).or_default().push(unit);
    }
    units
        .iter()
        .enumerate()
        .flat_map(|(at, unit)| {
            let group = groups.get(unit.among.as_str()).into_iter().flatten();
            let near: Vec<&Unit> = group
                .copied()
                .filter(|other| other.code != unit.code)
                .collect();
            [
                of_people(unit, &near).map(|sentence| (Against::People, sentence)),
                of_former(unit).map(|sentence| (Against::Former, sentence)),
                of_register(unit, &near).map(|sentence| (Against::Register, sentence)),
            ]
            .into_iter()
            .flatten()
            .map(move |(against, sentence)| Doubt {
                at,
                unit: unit.code.clone(),
                against,
                sentence,
            })
        })
        .collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people become shares; 52 bits are more than enough"
)]
fn percent(part: i64, whole: i64) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

fn shown(percent: f64) -> String {
    format!("{:.0}%", percent.round())
}

fn count(count: i64) -> String {
    grouped(count.unsigned_abs())
}

/// The middle one; of an even number the mean of both.
pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let at = values.len() / 2;
    if values.len() % 2 == 1 {
        values.get(at).copied()
    } else {
        Some(f64::midpoint(
            *values.get(at.checked_sub(1)?)?,
            *values.get(at)?,
        ))
    }
}

/// True where a share is farther from the neighbours' than they are from each other.
fn is_off(share: f64, mut near: Vec<f64>, least: f64) -> bool {
    if near.len() < NEIGHBOURS {
        return false;
    }
    let Some(middle) = median(&mut near) else {
        return false;
    };
    let mut off: Vec<f64> = near.iter().map(|one| (one - middle).abs()).collect();
    let usual = median(&mut off).unwrap_or(0.0) * DEVIATIONS;
    (share - middle).abs() > usual.max(least)
}

/// `13/06/2024`.
fn day(iso: &str) -> String {
    crate::normalise::date::PartialDate::from_iso(iso).map_or_else(
        || iso.to_owned(),
        crate::normalise::date::PartialDate::display,
    )
}

fn of_people(unit: &Unit, near: &[&Unit]) -> Option<String> {
    let (people, of) = unit
        .people
        .as_ref()
        .filter(|(people, _)| *people >= FEW_PEOPLE || unit.headcount > *people)?;
    let share = percent(unit.headcount, *people);
    let begin = format!(
        "{}: {} trẻ bằng {} dân số ({} người, ngày {})",
        unit.name,
        count(unit.headcount),
        shown(share),
        count(*people),
        day(of)
    );
    let known: Vec<(i64, i64)> = near
        .iter()
        .filter_map(|other| {
            let people = other.people.as_ref()?.0;
            (people >= FEW_PEOPLE).then_some((other.headcount, people))
        })
        .collect();
    if is_off(
        share,
        known
            .iter()
            .map(|(part, whole)| percent(*part, *whole))
            .collect(),
        SHARE_OFF,
    ) {
        let rest = percent(
            known.iter().map(|(part, _)| part).sum(),
            known.iter().map(|(_, whole)| whole).sum(),
        );
        return Some(format!(
            "{begin}; các đơn vị bên cạnh cộng lại là {}.",
            shown(rest)
        ));
    }
    (share > MOST).then(|| format!("{begin}, quá một nửa số dân."))
}

fn of_former(unit: &Unit) -> Option<String> {
    let (former, of) = unit.former.as_ref()?;
    let change = unit.headcount.saturating_sub(*former);
    let share = percent(change.saturating_abs(), *former);
    if change.saturating_abs() < FEW_CHILDREN || share <= JUMP {
        return None;
    }
    Some(format!(
        "{}: {} trẻ, {} {} so với số {} của ngày {}.",
        unit.name,
        count(unit.headcount),
        if change > 0 { "tăng" } else { "giảm" },
        shown(share),
        count(*former),
        day(of)
    ))
}

fn of_register(unit: &Unit, near: &[&Unit]) -> Option<String> {
    if unit.entered > unit.headcount {
        return Some(format!(
            "{}: báo cáo {} trẻ, nhưng trong sổ đã có {}.",
            unit.name,
            count(unit.headcount),
            count(unit.entered)
        ));
    }
    let share = |one: &Unit| percent(one.entered, one.headcount);
    let known: Vec<f64> = near
        .iter()
        .filter(|other| other.headcount >= FEW_CHILDREN && other.entered > 0)
        .map(|other| share(other))
        .collect();
    if unit.people.is_some() || unit.headcount < FEW_CHILDREN || unit.entered == 0 {
        return None;
    }
    let middle = median(&mut known.clone())?;
    is_off(share(unit), known, ENTERED_OFF).then(|| {
        format!(
            "{}: trong sổ mới có {} của {} trẻ báo cáo; ở các đơn vị bên cạnh thường là {}.",
            unit.name,
            shown(share(unit)),
            count(unit.headcount),
            shown(middle)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str, headcount: i64, people: i64, former: i64, entered: i64) -> Unit {
        let known = |figure: i64, day: &str| (figure > 0).then(|| (figure, day.to_owned()));
        Unit {
            code: code.to_owned(),
            name: format!("Huyện {code}"),
            among: "45".to_owned(),
            headcount,
            people: known(people, "2019-04-01"),
            former: known(former, "2023-12-31"),
            entered,
        }
    }

    /// Doubts of one unit beside four usual ones of 25 to 29 % and 70 to 80 % entered.
    fn check(odd: Unit, want: &[(Against, &str)]) {
        let usual = |code: &str, headcount: i64, entered: i64| {
            let people = if odd.people.is_some() { 50_000 } else { 0 };
            unit(code, headcount, people, 0, entered)
        };
        let units = [
            usual("B", 12_500, 9_000),
            usual("C", 13_500, 10_500),
            usual("D", 14_000, 10_000),
            usual("E", 14_500, 11_500),
            odd,
        ];
        let found: Vec<(Against, String)> = doubts(&units)
            .into_iter()
            .map(|doubt| {
                assert_eq!(doubt.unit, "A", "{}", doubt.sentence);
                (doubt.against, doubt.sentence)
            })
            .collect();
        let found: Vec<(Against, &str)> = found
            .iter()
            .map(|(against, sentence)| (*against, sentence.as_str()))
            .collect();
        assert_eq!(found, want);
    }

    #[test]
    fn what_cannot_be_believed_is_said() {
        // The letter's Hướng Hóa: 43 % of its people.
        check(
            unit("A", 38_857, 90_000, 0, 17_919),
            &[(
                Against::People,
                "Huyện A: 38.857 trẻ bằng 43% dân số (90.000 người, ngày 01/04/2019); các đơn vị bên cạnh cộng lại là 27%.",
            )],
        );
        check(unit("A", 14_000, 50_000, 13_500, 10_000), &[]);
        check(
            unit("A", 4_000, 50_000, 0, 3_000),
            &[(
                Against::People,
                "Huyện A: 4.000 trẻ bằng 8% dân số (50.000 người, ngày 01/04/2019); các đơn vị bên cạnh cộng lại là 27%.",
            )],
        );
        // An island of few people.
        check(unit("A", 90, 400, 0, 80), &[]);
        check(
            unit("A", 90, 60, 0, 80),
            &[(
                Against::People,
                "Huyện A: 90 trẻ bằng 150% dân số (60 người, ngày 01/04/2019); các đơn vị bên cạnh cộng lại là 27%.",
            )],
        );
        // Without people: the former figure, and what is in the register.
        check(
            unit("A", 14_000, 0, 10_000, 10_000),
            &[(
                Against::Former,
                "Huyện A: 14.000 trẻ, tăng 40% so với số 10.000 của ngày 31/12/2023.",
            )],
        );
        check(
            unit("A", 7_000, 0, 10_000, 5_000),
            &[(
                Against::Former,
                "Huyện A: 7.000 trẻ, giảm 30% so với số 10.000 của ngày 31/12/2023.",
            )],
        );
        check(unit("A", 14_000, 0, 12_000, 10_000), &[]);
        check(unit("A", 70, 0, 30, 60), &[]);
        check(
            unit("A", 9_000, 0, 0, 9_001),
            &[(
                Against::Register,
                "Huyện A: báo cáo 9.000 trẻ, nhưng trong sổ đã có 9.001.",
            )],
        );
        check(
            unit("A", 40_000, 0, 0, 12_000),
            &[(
                Against::Register,
                "Huyện A: trong sổ mới có 30% của 40.000 trẻ báo cáo; ở các đơn vị bên cạnh thường là 75%.",
            )],
        );
        check(unit("A", 40_000, 0, 0, 24_000), &[]);
        // Nothing is in the register yet: that says nothing of the headcount.
        check(unit("A", 40_000, 0, 0, 0), &[]);
    }

    #[test]
    fn without_neighbours_only_what_cannot_be() {
        let found = doubts(&[unit("A", 600, 1_100, 0, 0), unit("B", 100, 1_100, 0, 0)]);
        assert_eq!(found.len(), 1);
        assert!(found[0].sentence.ends_with("quá một nửa số dân."));
        assert!(doubts(&[]).is_empty());
    }
}
