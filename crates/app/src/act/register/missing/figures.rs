//! How many children there are by unit and age, from who stands in which lists.
//!
//! In: [`Person`]s: children of the book and found ones, each with its unit, birth date and lists. Out: [`Figure`]s of communes, districts and
//! provinces, by age band and for all ages.
//!
//! The book is not one of the lists where three others name somebody: it also holds children who moved away or stand in it twice, and each of them
//! would count as one whom all others miss. Communes are taken together where the same kinds of lists are loaded for them, so that a list that
//! one commune lacks is not one its children are missing from. All ages are the sum of the bands, the ranges added as those of figures that err
//! independently, and none is narrower than linkage and models are exact; where a band says nothing, all ages are estimated at once.

use super::known::{Answer, Counts, known, merge, sum, whole};
use super::{ALL_AGES, BANDS, BOOK};
use std::collections::BTreeMap;
use treem_child::limits::AGE_LIMIT_YEARS;
use treem_child::normalise::unit::{Edition, Level};
use treem_store::sector::Figure;

/// A child as the lists speak of it.
pub struct Person<'p> {
    /// Code of the commune (or district, where no more is known); empty where it is not known.
    pub unit: &'static str,
    /// Birth date: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub birth: &'p str,
    /// Bits of the lists that name it, the book's among them.
    pub lists: i64,
}

/// Age in whole years on a day; `None` where it is not known, not born yet, or 16.
fn age(birth: &str, day: &str) -> Option<i16> {
    let year = |text: &str| text.get(..4)?.parse::<i16>().ok();
    let (born, now) = (year(birth)?, year(day)?);
    let before = birth.get(5..).filter(|rest| !rest.is_empty()) > day.get(5..);
    let age = now.checked_sub(born)?.checked_sub(i16::from(before))?;
    (0..AGE_LIMIT_YEARS).contains(&age).then_some(age)
}

/// The age band of a child on a day, by its place among [`BANDS`].
pub fn band(birth: &str, day: &str) -> Option<usize> {
    let age = age(birth, day)?;
    BANDS.iter().rposition(|band| age >= band.from)
}

/// The figures of a unit, by band; `None`: all ages.
type Figures = Vec<(Option<usize>, Answer)>;

/// What is counted of a unit.
#[derive(Default)]
struct Of {
    /// By band: counts by lists.
    bands: [Counts; BANDS.len()],
    /// Children of the book by band.
    entered: [u64; BANDS.len()],
    /// Kinds that name anybody here.
    kinds: i64,
}

impl Of {
    fn add(&mut self, more: &Self) {
        for (mine, theirs) in self.bands.iter_mut().zip(&more.bands) {
            merge(mine, theirs);
        }
        for (mine, theirs) in self.entered.iter_mut().zip(more.entered) {
            *mine += theirs;
        }
        self.kinds |= more.kinds;
    }

    /// Its figures by band, and for all ages.
    fn figures(&self) -> Figures {
        let mut out: Figures = self
            .bands
            .iter()
            .enumerate()
            .map(|(at, counts)| (Some(at), known(counts)))
            .collect();
        let all = if out.iter().all(|(_, known)| known.is_ok()) {
            let parts = out.iter().filter_map(|(_, known)| known.as_ref().ok());
            let lists = parts.clone().fold(0, |bits, (_, lists)| bits | lists);
            Ok((sum(parts.map(|(known, _)| known)), lists))
        } else {
            let mut together = Counts::new();
            for counts in &self.bands {
                merge(&mut together, counts);
            }
            known(&together)
        };
        out.push((None, all));
        out
    }

    /// Children some other list names, those of them not in the book, and children of the book; of a band, or of all.
    fn counts(&self, band: Option<usize>) -> (u64, u64, u64) {
        let (mut seen, mut found, mut entered) = (0, 0, 0);
        for (at, (counts, in_book)) in self.bands.iter().zip(self.entered).enumerate() {
            if band.is_some_and(|band| band != at) {
                continue;
            }
            entered += in_book;
            for (lists, count) in counts {
                if lists & !BOOK != 0 {
                    seen += count;
                    found += if lists & BOOK == 0 { *count } else { 0 };
                }
            }
        }
        (seen, found, entered)
    }
}

/// Parts that are estimated together: those for which the same kinds of lists are loaded. A small rest is no group of its own: a commune whose few
/// children one list happens to miss, or children of whom only the district is known.
fn groups(parts: &[&Of]) -> Vec<Of> {
    let mut by_kinds: BTreeMap<i64, Of> = BTreeMap::new();
    for part in parts {
        by_kinds.entry(part.kinds).or_default().add(part);
    }
    let size = |of: &Of| of.bands.iter().flat_map(Counts::values).sum::<u64>();
    let all: u64 = by_kinds.values().map(size).sum();
    let mut out: Vec<Of> = by_kinds.into_values().collect();
    out.sort_by_key(|of| std::cmp::Reverse(size(of)));
    // Without any list a rest has to be smaller still: nobody there can be found missing.
    let is_rest = |of: &Of| size(of) * if of.kinds == 0 { 50 } else { 10 } < all;
    let (rest, mut kept): (Vec<Of>, Vec<Of>) = out.into_iter().partition(is_rest);
    for one in &rest {
        match kept.first_mut() {
            Some(first) => first.add(one),
            None => kept.push(Of::default()),
        }
    }
    kept
}

/// All figures.
pub fn figures<'p>(
    edition: &'static Edition,
    day: &str,
    persons: impl Iterator<Item = Person<'p>>,
) -> Vec<Figure> {
    let mut units: BTreeMap<&'static str, Of> = BTreeMap::new();
    for person in persons {
        let Some(band) = band(person.birth, day) else {
            continue;
        };
        let of = units.entry(person.unit).or_default();
        if let (Some(counts), Some(entered)) = (of.bands.get_mut(band), of.entered.get_mut(band)) {
            *counts.entry(person.lists).or_default() += 1;
            *entered += u64::from(person.lists & BOOK != 0);
        }
        of.kinds |= person.lists & !BOOK;
    }
    let mut out = Vec::new();
    // By district and province: what lies in it, and the units whose figures are its sum.
    let mut districts: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    let mut provinces: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    for code in units.keys() {
        let Some(unit) = edition.by_code(code) else {
            continue;
        };
        let province = edition
            .province_of(unit)
            .map_or("", |province| province.code);
        let district = edition
            .district_of(unit)
            .filter(|_| edition.has_districts())
            .map_or("", |district| district.code);
        if !district.is_empty() {
            districts.entry(district).or_default().push(code);
        }
        provinces.entry(province).or_default().push(code);
    }
    for (code, of) in &units {
        if edition
            .by_code(code)
            .is_some_and(|unit| unit.level() == Level::Commune)
        {
            push(&mut out, (edition, code), &[of], of.figures());
        }
    }
    let mut summed: BTreeMap<&str, Vec<Figures>> = BTreeMap::new();
    for (code, below) in &districts {
        let parts: Vec<&Of> = below.iter().filter_map(|code| units.get(code)).collect();
        let figures = together(&groups(&parts).iter().map(Of::figures).collect::<Vec<_>>());
        if let Some(province) = edition
            .by_code(code)
            .and_then(|unit| edition.province_of(unit))
        {
            summed
                .entry(province.code)
                .or_default()
                .push(figures.clone());
        }
        push(&mut out, (edition, code), &parts, figures);
    }
    for (code, below) in &provinces {
        let parts: Vec<&Of> = below.iter().filter_map(|code| units.get(code)).collect();
        let figures = match summed.get(code) {
            Some(figures) if below.iter().all(|code| in_district(edition, code)) => {
                together(figures)
            }
            _ => together(&groups(&parts).iter().map(Of::figures).collect::<Vec<_>>()),
        };
        push(&mut out, (edition, code), &parts, figures);
    }
    out.sort_by(|one, other| (&one.unit, &one.band).cmp(&(&other.unit, &other.band)));
    out
}

fn in_district(edition: &'static Edition, code: &str) -> bool {
    edition.has_districts()
        && edition
            .by_code(code)
            .is_some_and(|unit| unit.level() != Level::Province)
}

/// The figures of a whole from those of its parts; nothing is said where a part that names somebody says nothing.
fn together(parts: &[Figures]) -> Figures {
    let bands = (0..BANDS.len()).map(Some).chain([None]);
    bands
        .map(|band| {
            let mine: Vec<&Answer> = parts
                .iter()
                .flat_map(|figures| figures.iter().filter(|(of, _)| *of == band))
                .map(|(_, known)| known)
                .collect();
            let lists = mine.iter().fold(0, |bits, known| {
                bits | known.as_ref().map_or(0, |one| one.1)
            });
            let unknown = mine.iter().find_map(|known| known.as_ref().err());
            let said = match unknown {
                // A part without any list names nobody in two of them.
                Some((sentence, used)) => Err((sentence.clone(), *used)),
                None => Ok((
                    sum(mine
                        .iter()
                        .filter_map(|known| Some(&known.as_ref().ok()?.0))),
                    lists,
                )),
            };
            (band, said)
        })
        .collect()
}

fn push(
    out: &mut Vec<Figure>,
    (edition, code): (&'static Edition, &str),
    parts: &[&Of],
    figures: Figures,
) {
    let int = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    for (band, known) in figures {
        let (mut seen, mut found, mut entered) = (0, 0, 0);
        for part in parts {
            let counts = part.counts(band);
            (seen, found, entered) = (seen + counts.0, found + counts.1, entered + counts.2);
        }
        let mut figure = Figure {
            edition: edition.from.to_owned(),
            unit: (*code).to_owned(),
            band: band
                .and_then(|at| BANDS.get(at))
                .map_or(ALL_AGES, |band| band.code)
                .to_owned(),
            seen: int(seen),
            found: int(found),
            entered: int(entered),
            ..Figure::default()
        };
        match known {
            Ok((known, lists)) => {
                let seen = figure.seen;
                let (low, high) = known.range();
                figure.lists = lists;
                figure.low = Some(whole(low.floor()).max(seen));
                figure.total = Some(whole(known.total.round()).max(seen));
                figure.high = Some(whole(high.ceil()).max(seen));
                figure.ground = known.ground;
            }
            Err((sentence, lists)) => (figure.lists, figure.ground) = (lists, sentence),
        }
        out.push(figure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_bands() {
        for (birth, want) in [
            ("2024-06-13", Some(0)),
            ("2021-06-14", Some(0)),
            ("2021-06-13", Some(1)),
            ("2018-06-13", Some(2)),
            ("2013-06-13", Some(3)),
            ("2008-06-14", Some(3)),
            ("2008-06-13", None),
            ("2024-06-14", None),
            ("2016", Some(2)),
            ("", None),
        ] {
            assert_eq!(band(birth, "2024-06-13"), want, "{birth}");
        }
    }

    #[test]
    fn a_commune_with_two_lists_is_estimated_from_both_and_the_book() {
        let edition = treem_child::normalise::unit::edition("2024-06-13");
        let mut persons = Vec::new();
        let mut add = |count: usize, lists: i64| {
            for _ in 0..count {
                persons.push(Person {
                    unit: edition.by_code("19588").map_or("", |unit| unit.code),
                    birth: "2016-03-12",
                    lists,
                });
            }
        };
        // Book 80 of 100, A0 50 of 100, independent.
        add(40, BOOK | 2);
        add(40, BOOK);
        add(10, 2);
        let all = figures(edition, "2024-06-13", persons.into_iter());
        let of = |unit: &str, band: &str| {
            all.iter()
                .find(|one| one.unit == unit && one.band == band)
                .unwrap()
        };
        for (unit, band) in [("19588", "6-10"), ("19588", ""), ("45", "")] {
            let one = of(unit, band);
            assert_eq!((one.seen, one.found, one.entered), (50, 10, 80), "{unit}");
            let total = one.total.unwrap();
            assert!((98..=101).contains(&total), "{unit} {total}");
            assert!(one.low.unwrap() < 100 && one.high.unwrap() >= 100);
        }
        assert_eq!(of("19588", "0-2").total, Some(0));
    }
}
