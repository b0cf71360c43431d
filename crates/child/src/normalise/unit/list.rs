//! The lists of the editions: the whole country, read from the tables in `data/units` when an edition is first asked for.
//!
//! In: `code TAB name TAB parent` lines, province by province, each unit before those that lie in it. Out: [`List`].

use super::edition::Edition;
use super::{Level, Unit, UnitKind};
use crate::normalise::fold::keys;
use crate::normalise::number;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// A table, and the list read from it.
struct Source {
    from: &'static str,
    until: &'static str,
    table: &'static str,
    list: OnceLock<List>,
}

/// How many editions there are.
pub(super) const EDITIONS: usize = 4;

/// The day an edition without an end lasts to.
pub(super) const OPEN: &str = "9999-12-31";

static SOURCES: [Source; EDITIONS] = [
    Source {
        from: "2019-10-06",
        until: "2019-12-31",
        table: include_str!("../../../data/units/2019-10-06.tsv"),
        list: OnceLock::new(),
    },
    Source {
        from: "2020-01-01",
        until: "2024-12-31",
        table: include_str!("../../../data/units/2020-01-01.tsv"),
        list: OnceLock::new(),
    },
    Source {
        from: "2025-01-01",
        until: "2025-06-30",
        table: include_str!("../../../data/units/2025-01-01.tsv"),
        list: OnceLock::new(),
    },
    Source {
        from: "2025-07-01",
        until: OPEN,
        table: include_str!("../../../data/units/2025-07-01.tsv"),
        list: OnceLock::new(),
    },
];

/// Other spellings in use: code, whole name, spellings. They hold in every edition where the code bears the name.
pub(super) const ALIASES: &str = include_str!("../../../data/units/aliases.tsv");

/// Names of provinces that no edition writes, and the code of the province before 1/7/2025.
const PROVINCE_NAMES: [(&str, &str); 8] = [
    ("Huế", "46"),
    ("Thừa Thiên - Huế", "46"),
    ("HCM", "79"),
    ("TPHCM", "79"),
    ("Sài Gòn", "79"),
    ("Đắc Lắc", "66"),
    ("Bà Rịa", "77"),
    ("Kontum", "62"),
];

/// All units of the country of one edition.
pub(super) struct List {
    /// Its place among the editions, 0 the oldest.
    pub(super) number: usize,
    pub(super) from: &'static str,
    pub(super) until: &'static str,
    pub(super) units: Vec<Unit>,
    pub(super) by_code: FxHashMap<&'static str, usize>,
    pub(super) provinces: Vec<Province>,
    names: OnceLock<FxHashMap<String, usize>>,
}

/// Where a province's units stand, and the edition as seen from it.
pub(super) struct Province {
    pub(super) start: usize,
    pub(super) end: usize,
    view: OnceLock<Edition>,
}

/// The number of the edition in force on a day; the nearest one for a day before the first.
pub(super) fn number_on(day: &str) -> usize {
    SOURCES
        .iter()
        .rposition(|source| source.from <= day)
        .unwrap_or(0)
}

/// A list by its number; the last one for a number that is too high.
pub(super) fn list(number: usize) -> &'static List {
    let [.., last] = &SOURCES;
    let number = number.min(EDITIONS - 1);
    let source = SOURCES.get(number).unwrap_or(last);
    source
        .list
        .get_or_init(|| List::parse(number, source.from, source.until, source.table))
}

impl List {
    /// A line that is no unit is passed over (a test counts them).
    fn parse(number: usize, from: &'static str, until: &'static str, table: &'static str) -> Self {
        let lines = table.len() / 26;
        let mut list = Self {
            number,
            from,
            until,
            units: Vec::with_capacity(lines),
            by_code: FxHashMap::with_capacity_and_hasher(lines, rustc_hash::FxBuildHasher),
            provinces: Vec::new(),
            names: OnceLock::new(),
        };
        for line in table.lines() {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or("");
            let (code, name, parent) = (next(), next(), next());
            let Some(kind) = UnitKind::of(code, name) else {
                continue;
            };
            let index = list.units.len();
            if kind.level() == Level::Province {
                list.provinces.push(Province {
                    start: index,
                    end: index,
                    view: OnceLock::new(),
                });
            }
            if let Some(province) = list.provinces.last_mut() {
                province.end = index + 1;
            }
            list.units.push(Unit {
                code,
                name,
                short: name.get(kind.label().len()..).unwrap_or(name).trim_start(),
                kind,
                parent,
            });
            list.by_code.insert(code, index);
        }
        list
    }

    pub(super) fn unit(&self, code: &str) -> Option<&Unit> {
        self.by_code
            .get(code)
            .and_then(|index| self.units.get(*index))
    }

    /// The number of the province a unit lies in or is.
    pub(super) fn province_of(&self, code: &str) -> Option<usize> {
        let index = *self.by_code.get(code)?;
        let after = self
            .provinces
            .partition_point(|province| province.start <= index);
        after.checked_sub(1)
    }

    /// The edition as seen from a province; from the first one where there is no such province.
    pub(super) fn view(&'static self, province: usize) -> &'static Edition {
        static NOWHERE: Province = Province {
            start: 0,
            end: 0,
            view: OnceLock::new(),
        };
        let place = self
            .provinces
            .get(province)
            .or(self.provinces.first())
            .unwrap_or(&NOWHERE);
        place
            .view
            .get_or_init(|| Edition::of(self, province, place.start..place.end))
    }

    /// The number of the province that a name without marks means, a former province or another spelling too.
    pub(super) fn province_named(&self, plain: &str) -> Option<usize> {
        self.names
            .get_or_init(|| {
                let written = number::PROVINCES
                    .iter()
                    .map(|(code, name)| (*name, format!("{code:02}")))
                    .chain(
                        PROVINCE_NAMES
                            .iter()
                            .map(|(name, code)| (*name, (*code).to_owned())),
                    );
                let mut names = FxHashMap::default();
                for (name, code) in written {
                    let now = super::succession::province_now(&code, self.number);
                    if let Some(number) = now.and_then(|code| self.province_of(code)) {
                        names.insert(keys(name).1, number);
                    }
                }
                for unit in self
                    .units
                    .iter()
                    .filter(|unit| unit.level() == Level::Province)
                {
                    if let Some(number) = self.province_of(unit.code) {
                        names.insert(keys(unit.short).1, number);
                    }
                }
                names
            })
            .get(plain)
            .copied()
    }
}
