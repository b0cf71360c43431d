//! Names and codes of units that are no more.
//!
//! In: a text that is no unit of an edition. Out: [`Former`]: the unit it was, until when, and what it is now.

use super::list::{self, list};
use super::{Edition, Found, Kin, Level, Share, Unit, succession, word};
use crate::normalise::date::PartialDate;
use crate::normalise::fold::{Words, keys};
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// A unit of an earlier edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Former {
    /// The unit as it was.
    pub unit: &'static Unit,
    /// The latest edition that has it.
    pub edition: &'static Edition,
    /// The first day of the edition that was asked.
    now: &'static str,
}

/// Why a text that stands where a commune should stand is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// No unit of the edition, and none of an earlier one.
    NotInList,
    /// The name of several communes.
    Several,
    /// A unit of an earlier edition.
    Former(Former),
}

impl Unknown {
    /// The second half of the sentence that begins with the text.
    pub fn words(&self) -> Cow<'static, str> {
        match self {
            Self::NotInList => {
                Cow::Borrowed("không có trong danh mục đơn vị hành chính đang có hiệu lực")
            }
            Self::Several => Cow::Borrowed("là tên của nhiều xã, phường; cần ghi rõ huyện"),
            Self::Former(former) => Cow::Owned(former.words()),
        }
    }

    /// The unit to write instead, where all of the old one went into it.
    pub fn suggestion(&self) -> Option<&'static Unit> {
        match self {
            Self::Former(former) => former.successor(),
            _ => None,
        }
    }
}

impl Former {
    /// `là tên cũ (đến 31/12/2019), nay là Thị trấn Diên Sanh`.
    fn words(&self) -> String {
        let until = self.until();
        let names: Vec<&str> = self.successors().iter().map(|kin| kin.unit.name).collect();
        let now = match names.as_slice() {
            [] => String::new(),
            [name] => format!(", nay là {name}"),
            _ => format!(", nay chia về {}", names.join(", ")),
        };
        format!("là tên cũ, dùng đến {until}{now}")
    }

    /// Its last day, as it is written in Vietnamese.
    pub fn until(&self) -> String {
        PartialDate::from_iso(self.edition.until)
            .map_or_else(|| self.edition.until.to_owned(), PartialDate::display)
    }

    /// What all of it became, where that still bears its name.
    pub fn goes_on(&self) -> Option<&'static Unit> {
        self.successor()
            .filter(|unit| keys(unit.short).0 == keys(self.unit.short).0)
    }

    /// What it became in the edition that was asked; nothing where that is not known.
    pub fn successors(&self) -> Vec<Kin> {
        succession::successors(self.unit.code, self.edition.from, self.now)
    }

    /// The unit that all of it became.
    pub fn successor(&self) -> Option<&'static Unit> {
        match self.successors().as_slice() {
            [kin] if kin.share == Share::Whole => Some(kin.unit),
            _ => None,
        }
    }
}

/// The earlier editions as seen from the provinces that became the home province.
pub(super) struct Past {
    /// The latest first.
    views: Vec<&'static Edition>,
    /// All their names without marks: a text without one of them means no unit of theirs.
    names: FxHashSet<&'static str>,
}

/// Words of the longest name that is looked for among all of them.
const NAME_WORDS: usize = 8;

impl Past {
    fn of(edition: &Edition) -> Self {
        let home = edition.home().map_or("", |unit| unit.code);
        let now = edition.list.number;
        let views = (0..now).rev().map(list).flat_map(move |list| {
            let mut provinces: Vec<&'static Unit> =
                succession::predecessors(home, list::list(now).from, list.from)
                    .into_iter()
                    .map(|kin| kin.unit)
                    .collect();
            // Of the provinces merged into one, the one that gave its name speaks first.
            let name = list::list(now).unit(home).map_or("", |unit| unit.short);
            provinces.sort_by_key(|unit| unit.short != name);
            provinces
                .into_iter()
                .filter_map(|unit| list.province_of(unit.code).map(|number| list.view(number)))
        });
        let views: Vec<&'static Edition> = views.collect();
        let names = views.iter().flat_map(|view| view.plain.keys());
        Self {
            names: names.map(String::as_str).collect(),
            views,
        }
    }

    /// False for a text that has no name of a unit in it and no code: looking for it in every edition is dear.
    fn may_name(&self, text: &str) -> bool {
        let words = Words::new(text);
        let length = words.len();
        (0..length).any(|from| {
            let longest = length.min(from + NAME_WORDS);
            words.is_number(from) && words.written(from, from + 1).len() > 3
                || word::figure(words.toned(from, from + 1)).is_some()
                || (from + 1..=longest).any(|to| self.names.contains(words.plain(from, to)))
        })
    }
}

impl Edition {
    fn past(&self) -> &Past {
        self.past.get_or_init(|| Past::of(self))
    }

    /// The earlier editions as seen from the provinces that became the home province, the latest first.
    pub(super) fn earlier(&self) -> impl Iterator<Item = &'static Edition> {
        self.past().views.iter().copied()
    }

    /// The commune of an earlier edition that a text means which means none in this one. `district` is the row's district as
    /// written, or empty.
    pub fn former(&'static self, text: &str, district: &str) -> Option<Former> {
        match self.formers(text, district).as_slice() {
            [former] => Some(*former),
            _ => None,
        }
    }

    /// As [`Edition::former`]; all of them, where the latest edition that has the name has it several times.
    pub fn formers(&'static self, text: &str, district: &str) -> Vec<Former> {
        if !self.past().may_name(text) {
            return Vec::new();
        }
        let found = self.earlier().find_map(|earlier| {
            let within = match earlier.find(district, Level::District, None) {
                Found::One(unit, _) => Some(unit),
                _ => None,
            };
            let units = match earlier.find(text, Level::Commune, within) {
                Found::One(unit, _) => vec![unit],
                Found::Several(units) => units,
                _ => vec![earlier.place(text, within).commune.unit()?],
            };
            Some((earlier, units))
        });
        found.map_or_else(Vec::new, |(earlier, units)| {
            units
                .into_iter()
                .map(|unit| self.was(unit, earlier))
                .collect()
        })
    }

    /// The district of an earlier edition that a name means, with or without its kind.
    pub fn former_district(&'static self, text: &str) -> Option<Former> {
        self.earlier()
            .find_map(|earlier| match earlier.find(text, Level::District, None) {
                Found::One(unit, _) => Some(self.was(unit, earlier)),
                _ => None,
            })
    }

    /// The province of an earlier edition that went into the home province, by its code: 45 is Quảng Trị until 30/6/2025.
    pub fn former_province(&'static self, code: &str) -> Option<Former> {
        self.earlier().find_map(|earlier| {
            let unit = earlier.home().filter(|home| home.code == code.trim())?;
            Some(self.was(unit, earlier))
        })
    }

    /// The commune of an earlier edition that a title, the name of a sheet or of a file speaks of, where it speaks of none of
    /// this one.
    pub fn former_in_title(&'static self, text: &str) -> Option<Former> {
        self.earlier().find_map(|earlier| {
            let unit = earlier.in_title_at_home(text).commune?;
            Some(self.was(unit, earlier))
        })
    }

    fn was(&self, unit: &'static Unit, edition: &'static Edition) -> Former {
        Former {
            unit,
            edition,
            now: self.from,
        }
    }

    /// False for a unit that has its name from elsewhere: there are no townships from 1/7/2025 on, so `thị trấn Ái Tử` is an old
    /// unit, and what is called Xã Ái Tử now is not what became of it.
    pub(super) fn may_be_called_township(&'static self, unit: &Unit) -> bool {
        self.has_districts()
            || self.earlier().next().is_none_or(|before| {
                succession::predecessors(unit.code, self.from, before.from)
                    .iter()
                    .any(|kin| {
                        kin.unit.kind == super::UnitKind::Township && kin.unit.short == unit.short
                    })
            })
    }

    /// True for the name of a commune that is no more: it is not to be taken for one that only has other marks.
    pub(super) fn is_former(&self, toned: &str) -> bool {
        self.former
            .get_or_init(|| {
                let mut names = FxHashSet::default();
                for earlier in self.earlier() {
                    for unit in earlier.own_units() {
                        let name = keys(unit.short).0;
                        if unit.level() == Level::Commune && !self.toned.contains_key(&name) {
                            names.insert(name);
                        }
                    }
                }
                names
            })
            .contains(toned)
    }
}
