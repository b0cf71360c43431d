//! Headcounts carried into the units of another edition.
//!
//! In: the headcounts that hold on a day, each of its edition. Out: those of the asked edition. What was counted in units of that edition
//! holds as it is. Beside it a unit has the sum of the old units that went whole into it, where all of them are known; and an old
//! district the sum of the new units that lie in it, where they are known and reach beyond it nowhere. Nothing is divided.

use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use treem_child::normalise::unit::{
    Edition, Level, Share, Unit, editions, predecessors, successors,
};
use treem_store::Tx;
use treem_store::headcount::Headcount;

/// A headcount that holds, and the one that held on the days before its own.
pub type WithFormer = (Headcount, Option<Headcount>);

/// Figures of one edition by code.
type Known = BTreeMap<&'static str, i64>;

/// Headcounts as the units of an edition have them, with the records they come from.
pub struct Headcounts {
    edition: &'static Edition,
    /// By unit, those carried from other editions too.
    pub by_unit: Known,
    /// How many of them were carried.
    pub carried: usize,
    /// As they were written down, each with the one that held before.
    held: Vec<WithFormer>,
    /// Which of them are of which unit, once it is asked.
    index: OnceLock<Index>,
}

/// Places of written figures.
#[derive(Default)]
struct Index {
    /// A unit's own.
    own: FxHashMap<&'static str, usize>,
    /// Those of units, of any edition, that lie in a unit whole.
    within: FxHashMap<&'static str, Vec<usize>>,
}

impl Index {
    fn of(edition: &'static Edition, held: &[WithFormer]) -> Self {
        let mut out = Self::default();
        for (at, (one, _)) in held.iter().enumerate() {
            let lies = lies_in(edition, one);
            let Some((first, others)) = lies.split_first() else {
                continue;
            };
            if one.edition == edition.from {
                out.own.entry(first.code).or_insert(at);
            }
            for area in edition.around(first) {
                if others.iter().all(|unit| edition.is_in(unit, area)) {
                    out.within.entry(area.code).or_default().push(at);
                }
            }
        }
        out
    }
}

impl Headcounts {
    /// Those of a book that hold on a day.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(
        tx: &mut Tx,
        book: &str,
        (edition, day): (&'static Edition, &str),
    ) -> treem_store::Result<Self> {
        let held = tx.headcounts_with_former(book, day).await?;
        Ok(Self::new(edition, held))
    }

    fn new(edition: &'static Edition, held: Vec<WithFormer>) -> Self {
        let (by_unit, carried) = carry(edition, &held.iter().map(|(one, _)| one));
        Self {
            edition,
            by_unit,
            carried,
            held,
            index: OnceLock::new(),
        }
    }

    /// As they were written down, of all editions.
    pub fn held(&self) -> &[WithFormer] {
        &self.held
    }

    /// The headcount of a unit: its own, or the sum of all units in it; `None` where one of them is not known.
    pub fn of(&self, unit: &Unit) -> Option<i64> {
        if let Some(own) = self.by_unit.get(unit.code) {
            return Some(*own);
        }
        let own = |one: &Unit| self.by_unit.get(one.code).copied();
        match unit.level() {
            Level::Commune => None,
            Level::Province if self.edition.has_districts() => {
                // An island district has no commune, and nobody to be counted where it says nothing itself.
                let peopled = |one: &&Unit| {
                    self.by_unit.contains_key(one.code)
                        || self.edition.communes_of(one).next().is_some()
                };
                let districts = self.edition.districts_of(unit).filter(peopled);
                districts.map(|one| self.of(one)).sum()
            }
            Level::District | Level::Province => {
                let mut communes = self.edition.communes_of(unit).peekable();
                communes.peek()?;
                communes.map(own).sum()
            }
        }
    }

    /// The written figures a unit's headcount is: its own; else those of its units; else those of another edition it was carried from.
    pub fn records(&self, unit: &Unit) -> Vec<&Headcount> {
        let index = self
            .index
            .get_or_init(|| Index::of(self.edition, &self.held));
        let held = |at: &usize| self.held.get(*at).map(|(one, _)| one);
        if let Some(one) = index.own.get(unit.code).and_then(held) {
            return vec![one];
        }
        let Some(sum) = self.of(unit) else {
            return Vec::new();
        };
        let mut by_edition: BTreeMap<&str, Vec<&Headcount>> = BTreeMap::new();
        for one in index
            .within
            .get(unit.code)
            .into_iter()
            .flatten()
            .filter_map(held)
        {
            by_edition.entry(&one.edition).or_default().push(one);
        }
        let adds_up =
            |records: &Vec<&Headcount>| records.iter().map(|one| one.children).sum::<i64>() == sum;
        let here = by_edition.remove(self.edition.from).filter(adds_up);
        here.or_else(|| by_edition.into_values().rev().find(adds_up))
            .unwrap_or_default()
    }
}

fn lies_in(edition: &'static Edition, one: &Headcount) -> Vec<&'static Unit> {
    let (unit, from) = (one.unit.as_str(), one.edition.as_str());
    let kin = match from.cmp(edition.from) {
        std::cmp::Ordering::Equal => return edition.by_code(unit).into_iter().collect(),
        std::cmp::Ordering::Less => successors(unit, from, edition.from),
        std::cmp::Ordering::Greater => predecessors(unit, from, edition.from),
    };
    kin.into_iter()
        .filter_map(|kin| edition.by_code(kin.unit.code))
        .collect()
}

/// The figures by code, and how many of them were carried.
pub fn carry<'h>(
    asked: &'static Edition,
    held: &(impl Iterator<Item = &'h Headcount> + Clone),
) -> (Known, usize) {
    let mut out = Known::new();
    for one in held.clone().filter(|one| one.edition == asked.from) {
        if let Some(unit) = asked.by_code(&one.unit) {
            out.insert(unit.code, one.children);
        }
    }
    let direct = out.len();
    // The nearest edition speaks first: earlier ones from the latest on, then later ones.
    let earlier = editions().rev().filter(|other| other.from < asked.from);
    let later = editions().filter(|other| other.from > asked.from);
    for other in earlier {
        let known = of_edition(other, held.clone());
        for unit in targets(asked, other, &known) {
            let sum = from_older(asked, other, unit, &known);
            enter(asked, &mut out, unit, sum);
        }
    }
    for other in later {
        let known = of_edition(other, held.clone());
        from_newer(asked, other, &known, &mut out);
    }
    let carried = out.len().saturating_sub(direct);
    (out, carried)
}

fn of_edition<'h>(edition: &'static Edition, held: impl Iterator<Item = &'h Headcount>) -> Known {
    held.filter(|one| one.edition == edition.from)
        .filter_map(|one| Some((edition.by_code(&one.unit)?.code, one.children)))
        .collect()
}

/// Writes a figure down, unless the unit, its district or one of its communes has one.
fn enter(asked: &'static Edition, out: &mut Known, unit: &'static Unit, sum: Option<i64>) {
    let Some(sum) = sum else { return };
    let around = asked
        .district_of(unit)
        .is_some_and(|district| out.contains_key(district.code));
    let within = unit.level() == Level::District
        && asked
            .communes_of(unit)
            .any(|commune| out.contains_key(commune.code));
    if !around && !within {
        out.entry(unit.code).or_insert(sum);
    }
}

/// Units of the edition into which known ones went.
fn targets(asked: &'static Edition, old: &Edition, known: &Known) -> Vec<&'static Unit> {
    let codes: BTreeSet<&str> = known
        .keys()
        .flat_map(|code| successors(code, old.from, asked.from))
        .map(|kin| kin.unit.code)
        .collect();
    codes
        .iter()
        .filter_map(|code| asked.by_code(code))
        .collect()
}

/// The sum of the old units, where all of them went whole into this one and are known.
fn from_older(asked: &Edition, old: &Edition, unit: &Unit, known: &Known) -> Option<i64> {
    let kin = predecessors(unit.code, asked.from, old.from);
    if kin.is_empty() || kin.iter().any(|kin| kin.share != Share::Whole) {
        return None;
    }
    kin.iter().map(|kin| known.get(kin.unit.code)).sum()
}

/// Figures of later units: of a unit that is one old one whole, and of a district whose successors reach beyond it nowhere.
fn from_newer(asked: &'static Edition, new: &Edition, known: &Known, out: &mut Known) {
    let mut districts: BTreeSet<&'static str> = BTreeSet::new();
    let mut singles: Vec<(&'static Unit, i64)> = Vec::new();
    for (code, children) in known {
        let kin = predecessors(code, new.from, asked.from);
        for kin in &kin {
            districts.extend(asked.district_of(kin.unit).map(|district| district.code));
        }
        if let [one] = kin.as_slice()
            && one.share == Share::Whole
            && let Some(unit) = asked.by_code(one.unit.code)
        {
            singles.push((unit, *children));
        }
    }
    for code in districts {
        if let Some(district) = asked.by_code(code) {
            let sum = of_district(asked, new, district, known);
            enter(asked, out, district, sum);
        }
    }
    for (unit, children) in singles {
        enter(asked, out, unit, Some(children));
    }
}

fn of_district(asked: &Edition, new: &Edition, district: &Unit, known: &Known) -> Option<i64> {
    let communes: Vec<&Unit> = asked.communes_of(district).collect();
    let old = if communes.is_empty() {
        vec![district]
    } else {
        communes
    };
    let mut into: BTreeSet<&'static str> = BTreeSet::new();
    for unit in old {
        let kin = successors(unit.code, asked.from, new.from);
        if kin.is_empty() {
            return None;
        }
        into.extend(kin.iter().map(|kin| kin.unit.code));
    }
    let within = |code: &&str| {
        predecessors(code, new.from, asked.from).iter().all(|kin| {
            asked
                .district_of(kin.unit)
                .is_some_and(|around| around.code == district.code)
        })
    };
    into.iter()
        .map(|code| known.get(code).filter(|_| within(code)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use treem_child::normalise::unit;

    fn held(edition: &str, figures: &[(&str, i64)]) -> Vec<Headcount> {
        figures
            .iter()
            .map(|(unit, children)| Headcount {
                edition: edition.to_owned(),
                unit: (*unit).to_owned(),
                day: "2024-06-03".to_owned(),
                source: String::new(),
                signed_by: String::new(),
                children: *children,
                loaded_at: String::new(),
            })
            .collect()
    }

    fn check(day: &str, figures: &[Headcount], expect: &[(&str, i64)], carried: usize) {
        let (known, count) = carry(unit::edition(day), &figures.iter());
        let known: Vec<(&str, i64)> = known.into_iter().collect();
        assert_eq!((known.as_slice(), count), (expect, carried), "{day}");
    }

    #[test]
    fn figures_go_where_all_of_a_unit_went() {
        // Tà Rụt of 1/7/2025 is Húc Nghì, A Vao and Tà Rụt of before.
        let three = held(
            "2020-01-01",
            &[("19582", 100), ("19585", 200), ("19588", 300)],
        );
        check("2025-07-01", &three, &[("19588", 600)], 1);
        check("2025-07-01", &three[..2], &[], 0);
        check(
            "2024-06-13",
            &three,
            &[("19582", 100), ("19585", 200), ("19588", 300)],
            0,
        );
        // A figure of the edition itself holds.
        let mut both = three.clone();
        both.extend(held("2025-07-01", &[("19588", 650)]));
        check("2025-07-01", &both, &[("19588", 650)], 0);
    }

    #[test]
    fn figures_go_back_to_a_district_only_whole() {
        // Đa Krông is Hướng Hiệp, Đakrông, Ba Lòng, Tà Rụt, La Lay since.
        let five = held(
            "2025-07-01",
            &[
                ("19555", 1),
                ("19564", 10),
                ("19567", 100),
                ("19588", 1000),
                ("19594", 10000),
            ],
        );
        check("2024-06-13", &five, &[("467", 11111)], 1);
        check("2024-06-13", &five[..4], &[], 0);
        // Between 1/1/2020 and 1/1/2025 a commune that nothing happened to goes on.
        let same = held("2025-01-01", &[("19588", 7)]);
        check("2024-06-13", &same, &[("19588", 7)], 1);
    }
}
