//! An edition of the area units, as seen from one province.
//!
//! In: a day. Out: [`Edition`]: the units of the whole country in force that day, and the names of its home province.

use super::former::Past;
use super::list::{self, List};
use super::succession;
use super::{Level, Unit};
use crate::normalise::fold::keys;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::OnceLock;

/// A unit that a key leads to (its place in the list), and whether the key is only another spelling.
pub(super) type Entry = (usize, bool);

/// The units in force from one day until the next edition. What is looked up by name or address is looked up in the home
/// province; [`Edition::at`] gives the same edition seen from another one.
pub struct Edition {
    /// The day it came into force, `YYYY-MM-DD`.
    pub from: &'static str,
    /// Its last day, `YYYY-MM-DD`; `9999-12-31` for the last one.
    pub until: &'static str,
    pub(super) list: &'static List,
    /// The home province's number in the list.
    pub(super) province: usize,
    own: Range<usize>,
    /// By name with marks.
    pub(super) toned: FxHashMap<String, Vec<Entry>>,
    /// By name without marks; the name with marks beside it.
    pub(super) plain: FxHashMap<String, Vec<(Entry, String)>>,
    /// Names with marks of communes of the home province that are no more.
    pub(super) former: OnceLock<FxHashSet<String>>,
    /// The earlier editions as seen from this one.
    pub(super) past: OnceLock<Past>,
}

impl std::fmt::Debug for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Edition({}, {} units, home {})",
            self.from,
            self.list.units.len(),
            self.home().map_or("", |unit| unit.name)
        )
    }
}

/// Editions are few and never change: the same day and home are the same edition.
impl PartialEq for Edition {
    fn eq(&self, other: &Self) -> bool {
        self.list.number == other.list.number && self.province == other.province
    }
}

impl Eq for Edition {}

/// The code that Quảng Trị, the home province, has in an edition: 45, from 1/7/2025 on that of Quảng Bình, which it was
/// merged with.
const HOME: [&str; list::EDITIONS] = ["45", "45", "45", "44"];

/// The edition in force on a day (`YYYY-MM-DD`), at home in Quảng Trị. A day before the first edition has the first,
/// [`Edition::from`] says so.
pub fn edition(day: &str) -> &'static Edition {
    numbered(list::number_on(day))
}

/// All editions, the oldest first, at home in Quảng Trị.
pub fn editions() -> impl DoubleEndedIterator<Item = &'static Edition> {
    (0..list::EDITIONS).map(numbered)
}

fn numbered(number: usize) -> &'static Edition {
    let list = list::list(number);
    let home = HOME.get(list.number).copied().unwrap_or("45");
    list.view(list.province_of(home).unwrap_or(0))
}

impl Edition {
    pub(super) fn of(list: &'static List, province: usize, own: Range<usize>) -> Self {
        let mut edition = Self {
            from: list.from,
            until: list.until,
            list,
            province,
            own: own.clone(),
            toned: FxHashMap::default(),
            plain: FxHashMap::default(),
            former: OnceLock::new(),
            past: OnceLock::new(),
        };
        for index in own.clone() {
            if let Some(unit) = list.units.get(index) {
                edition.enter(unit.short, (index, false));
            }
        }
        for line in list::ALIASES.lines() {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or("");
            let (code, name, spellings) = (next(), next(), next());
            let place = list.by_code.get(code).filter(|index| own.contains(index));
            if let Some(index) = place
                && list.units.get(*index).is_some_and(|unit| unit.name == name)
            {
                for spelling in spellings.split('|') {
                    edition.enter(spelling, (*index, true));
                }
            }
        }
        // A province that was merged is still written.
        if let Some(home) = list.units.get(own.start) {
            for name in succession::merged_provinces(home.code, list.number) {
                edition.enter(name, (own.start, true));
            }
        }
        edition
    }

    fn enter(&mut self, name: &str, entry: Entry) {
        let (toned, plain) = keys(name);
        self.toned.entry(toned.clone()).or_default().push(entry);
        self.plain.entry(plain).or_default().push((entry, toned));
    }

    /// Every unit of the country: each province, its districts, their communes. From 1/7/2025 on there are no districts, and a
    /// commune lies in its province.
    pub fn units(&self) -> &'static [Unit] {
        &self.list.units
    }

    /// Every unit of the home province, the province first.
    pub fn own_units(&self) -> &'static [Unit] {
        self.list.units.get(self.own.clone()).unwrap_or(&[])
    }

    /// The home province.
    pub fn home(&self) -> Option<&'static Unit> {
        self.list.units.get(self.own.start)
    }

    /// The same edition, at home in the province where a unit lies (or which it is); itself where the unit is not known.
    pub fn at(&'static self, unit: &Unit) -> &'static Edition {
        match self.list.province_of(unit.code) {
            Some(province) if province != self.province => self.list.view(province),
            _ => self,
        }
    }

    /// True where a unit lies in the home province or is it.
    pub fn is_at_home(&self, unit: &Unit) -> bool {
        self.list
            .by_code
            .get(unit.code)
            .is_some_and(|index| self.own.contains(index))
    }

    /// The provinces and cities at their level, in the order of their codes.
    pub fn provinces(&self) -> impl Iterator<Item = &'static Unit> {
        let list = self.list;
        list.provinces
            .iter()
            .filter_map(|province| list.units.get(province.start))
    }

    /// The province that a name or a code of two digits means, whatever the home: another spelling and, from 1/7/2025 on, a
    /// province that was merged into one (`Quảng Bình`) too.
    pub fn province_named(&self, text: &str) -> Option<&'static Unit> {
        let words = crate::normalise::fold::Words::new(text.trim());
        let length = words.len();
        let list = self.list;
        if length == 1 && words.is_number(0) {
            let unit = list.unit(text.trim());
            return unit.filter(|unit| unit.level() == Level::Province);
        }
        let skip = super::word::kind(&words, 0)
            .filter(|kind| matches!(kind.unit, super::UnitKind::Province | super::UnitKind::City))
            .map_or(0, |kind| kind.words);
        [0, skip]
            .into_iter()
            .find_map(|from| list.province_named(words.plain(from, length)))
            .and_then(|number| list.provinces.get(number))
            .and_then(|province| list.units.get(province.start))
    }

    /// The unit of a code, exactly as the list writes it, anywhere in the country.
    pub fn by_code(&self, code: &str) -> Option<&'static Unit> {
        self.list.unit(code)
    }

    /// False from 1/7/2025 on.
    pub fn has_districts(&self) -> bool {
        self.list.number + 1 < list::EDITIONS
    }

    /// The districts of a province, in the order of the list; none from 1/7/2025 on.
    pub fn districts_of(&self, province: &Unit) -> impl Iterator<Item = &'static Unit> {
        let code = province.code;
        self.units_around(province)
            .iter()
            .filter(move |unit| unit.level() == Level::District && unit.parent == code)
    }

    /// The communes of a district, or of a province, in the order of the list.
    pub fn communes_of(&self, unit: &Unit) -> impl Iterator<Item = &'static Unit> {
        let (level, code) = (unit.level(), unit.code);
        self.units_around(unit).iter().filter(move |commune| {
            commune.level() == Level::Commune
                && (level == Level::Province || commune.parent == code)
        })
    }

    /// All units of the province where a unit lies.
    fn units_around(&self, unit: &Unit) -> &'static [Unit] {
        let list = self.list;
        list.province_of(unit.code)
            .and_then(|number| list.provinces.get(number))
            .and_then(|province| list.units.get(province.start..province.end))
            .unwrap_or(&[])
    }

    /// The unit one level up.
    pub fn parent_of(&self, unit: &Unit) -> Option<&'static Unit> {
        self.by_code(unit.parent)
    }

    /// The district a unit lies in or is; `None` for a province, and for a commune from 1/7/2025 on.
    pub fn district_of(&self, unit: &Unit) -> Option<&'static Unit> {
        match unit.level() {
            Level::Province => None,
            Level::District => self.by_code(unit.code),
            Level::Commune => self
                .by_code(unit.parent)
                .filter(|parent| parent.level() == Level::District),
        }
    }

    /// The province a unit lies in or is.
    pub fn province_of(&self, unit: &Unit) -> Option<&'static Unit> {
        let list = self.list;
        list.province_of(unit.code)
            .and_then(|number| list.provinces.get(number))
            .and_then(|province| list.units.get(province.start))
    }

    /// A unit, the unit it lies in, and so on up to its province.
    pub fn around(&self, unit: &'static Unit) -> impl Iterator<Item = &'static Unit> {
        std::iter::successors(Some(unit), |unit| self.by_code(unit.parent))
    }

    /// True where `unit` lies in `area` or is it.
    pub fn is_in(&self, unit: &Unit, area: &Unit) -> bool {
        let mut at = Some(unit);
        while let Some(unit) = at {
            if unit.code == area.code {
                return true;
            }
            at = self.by_code(unit.parent);
        }
        false
    }

    /// The whole name with the units it lies in: `Xã Tà Rụt, huyện Đa Krông, tỉnh Quảng Trị`.
    pub fn full_name(&self, unit: &Unit) -> String {
        let mut out = unit.name.to_owned();
        let mut at = self.parent_of(unit);
        while let Some(unit) = at {
            out.push_str(", ");
            out.push_str(&in_running_text(unit.name));
            at = self.parent_of(unit);
        }
        out
    }
}

/// A unit's name inside a sentence: `Xã Tà Rụt` → `xã Tà Rụt`.
pub fn in_running_text(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
