//! Area units by edition: the unit a code, a name, an address or a title means.
//!
//! In: text as people write it. Out: [`Found`], [`Place`], [`Named`]. A unit belongs to an edition, and an edition is the day
//! it came into force: codes are used again with another meaning, so a bare code means nothing without one.
//!
//! Loaded now: Quảng Trị from 1/1/2020 to 31/12/2024 (NQ 832/NQ-UBTVQH14), the 125 communes of the letter's time.

mod kind;
mod place;
mod title;
mod word;

use super::fold::{Words, keys, lacks_marks_only};
use super::text;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use word::Kind;

pub use kind::{Level, UnitKind};
pub use place::Place;
pub use title::Named;

/// One unit of one edition.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    /// Code of the General Statistics Office: 2, 3 or 5 digits.
    pub code: &'static str,
    /// Whole name (`Xã Tà Rụt`).
    pub name: &'static str,
    /// Name without the kind (`Tà Rụt`, `1`).
    pub short: &'static str,
    /// Kind.
    pub kind: UnitKind,
    /// Code of the unit it lies in, in the same edition; empty for a province.
    pub parent: &'static str,
}

impl Unit {
    /// The level of the unit.
    pub fn level(&self) -> Level {
        self.kind.level()
    }
}

/// How a text led to its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// By its code.
    Code,
    /// By its name; case, spaces, tone placement and i / y do not matter.
    Exact,
    /// By another spelling of the list, or under another kind (`xã Khe Sanh`).
    Alias,
    /// By its name with marks left out.
    WithoutDiacritics,
}

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One unit.
    One(&'static Unit, How),
    /// A name of several units: the district has to be known.
    Several(Vec<&'static Unit>),
    /// No unit of the edition.
    None,
    /// Nothing is written.
    Missing,
}

impl Found {
    /// The unit, where there is exactly one.
    pub fn unit(&self) -> Option<&'static Unit> {
        if let Self::One(unit, _) = self {
            Some(unit)
        } else {
            None
        }
    }
}

/// A unit that a key leads to, and whether the key is only another spelling.
type Entry = (usize, bool);

/// The units in force from one day until the next edition.
pub struct Edition {
    /// The day it came into force, `YYYY-MM-DD`.
    pub from: &'static str,
    /// Its last day, `YYYY-MM-DD`.
    pub until: &'static str,
    units: Vec<Unit>,
    by_code: FxHashMap<&'static str, usize>,
    /// By name with marks.
    toned: FxHashMap<String, Vec<Entry>>,
    /// By name without marks; the name with marks beside it.
    plain: FxHashMap<String, Vec<(Entry, String)>>,
    /// Names with marks of units abolished before the edition that are one letter away from a unit of it.
    former: Vec<String>,
}

impl std::fmt::Debug for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Edition({}, {} units)", self.from, self.units.len())
    }
}

static QUANG_TRI_2020: LazyLock<Edition> = LazyLock::new(|| {
    Edition::parse(
        "2020-01-01",
        include_str!("../../data/units/quang-tri-2020-01-01.tsv"),
    )
});

/// The edition in force on a day (`YYYY-MM-DD`). Only that of 2020-01-01 is loaded so far: it answers for any day.
pub fn edition(day: &str) -> &'static Edition {
    let editions: [&'static LazyLock<Edition>; 1] = [&QUANG_TRI_2020];
    let [first] = editions;
    editions
        .iter()
        .rev()
        .find(|edition| edition.from <= day)
        .copied()
        .unwrap_or(first)
}

impl Edition {
    /// Takes the columns code, kind, name, parent, aliases; `#` opens a remark. A line that is no unit is passed over (a test
    /// counts them).
    fn parse(from: &'static str, table: &'static str) -> Self {
        let mut edition = Self {
            from,
            until: "2024-12-31",
            units: Vec::new(),
            by_code: FxHashMap::default(),
            toned: FxHashMap::default(),
            plain: FxHashMap::default(),
            former: Vec::new(),
        };
        for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or("");
            let (code, kind, name, parent, aliases) = (next(), next(), next(), next(), next());
            let Some(kind) = UnitKind::from_code(kind) else {
                if kind == "former" {
                    let words = Words::new(name);
                    edition.former.push(
                        words
                            .toned(
                                word::kind(&words, 0).map_or(0, |found| found.words),
                                words.len(),
                            )
                            .to_owned(),
                    );
                }
                continue;
            };
            // The kind's words are as long in any case (`Thị Trấn Ái Tử`).
            let short = name.get(kind.label().len()..).unwrap_or(name).trim_start();
            let index = edition.units.len();
            edition.units.push(Unit {
                code,
                name,
                short,
                kind,
                parent,
            });
            edition.by_code.insert(code, index);
            edition.enter(short, (index, false));
            for alias in aliases.split('|').filter(|alias| !alias.is_empty()) {
                edition.enter(alias, (index, true));
            }
        }
        edition
    }

    fn enter(&mut self, name: &str, entry: Entry) {
        let (toned, plain) = keys(name);
        self.toned.entry(toned.clone()).or_default().push(entry);
        self.plain.entry(plain).or_default().push((entry, toned));
    }

    /// Every unit: the province, its districts, its communes.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit of a code, exactly as the list writes it.
    pub fn by_code(&self, code: &str) -> Option<&Unit> {
        self.by_code
            .get(code)
            .and_then(|index| self.units.get(*index))
    }

    /// The communes of a district, or of the province, in the order of the list.
    pub fn communes_of<'e>(&'e self, unit: &Unit) -> impl Iterator<Item = &'e Unit> {
        let (level, code) = (unit.level(), unit.code);
        self.units.iter().filter(move |commune| {
            commune.level() == Level::Commune
                && (level == Level::Province || commune.parent == code)
        })
    }

    /// The unit one level up.
    pub fn parent_of(&'static self, unit: &Unit) -> Option<&'static Unit> {
        self.by_code(unit.parent)
    }

    /// The district a unit lies in or is; `None` for a province.
    pub fn district_of(&'static self, unit: &Unit) -> Option<&'static Unit> {
        match unit.level() {
            Level::Province => None,
            Level::District => self.by_code(unit.code),
            Level::Commune => self
                .by_code(unit.parent)
                .filter(|parent| parent.level() == Level::District),
        }
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

    /// The unit that a cell of a column of that level means: a name with or without its kind, abbreviated or not, in any case,
    /// with marks or without; a code (`19588`, `19588.0`); or an address in which the level stands. `within` is a fence: only
    /// units of that district (or of the district of that commune) are found.
    pub fn find(&'static self, text: &str, level: Level, within: Option<&Unit>) -> Found {
        if text::is_missing(text) {
            return Found::Missing;
        }
        let fence = within.and_then(|unit| {
            if unit.level() == Level::Commune {
                self.by_code(unit.parent)
            } else {
                Some(unit)
            }
        });
        let words = Words::new(text);
        let length = words.len();
        if says_nothing(words.plain(0, length)) {
            return Found::Missing;
        }
        if let Some(unit) = self.coded(&words, level) {
            return if fence.is_none_or(|fence| self.is_in(unit, fence)) {
                Found::One(unit, How::Code)
            } else {
                Found::None
            };
        }
        // A bare figure is a ward only where the district is known.
        if length == 1 && words.is_number(0) && fence.is_none() {
            return Found::None;
        }
        if words.is_whole(0, length) {
            let bare = choose(self.lookup(&words, 0, length, level, fence), None);
            if bare != Found::None {
                return bare;
            }
            if let Some(kind) = word::kind(&words, 0) {
                let named = self.after_kind(&words, kind.words, length, kind.unit, fence);
                if kind.unit.level() == level && named != Found::None {
                    return named;
                }
            }
        }
        let place = self.place_in(&words, fence);
        let found = match level {
            Level::Commune => place.commune,
            Level::District => place
                .district
                .map_or(Found::None, |unit| Found::One(unit, How::Exact)),
            Level::Province => place
                .province
                .map_or(Found::None, |unit| Found::One(unit, How::Exact)),
        };
        match found {
            Found::One(unit, _) if fence.is_some_and(|fence| !self.is_in(unit, fence)) => {
                Found::None
            }
            Found::Missing | Found::None => {
                // `XÃ TÀ RỤT 25 trẻ`: by its word of kind only.
                let named = (level == Level::Commune && place.inside).then(|| self.in_title(text));
                let unit = named
                    .filter(|named| named.with_kind)
                    .and_then(|named| named.commune);
                match unit.filter(|unit| fence.is_none_or(|fence| self.is_in(unit, fence))) {
                    Some(unit) => Found::One(unit, How::Alias),
                    None => Found::None,
                }
            }
            found => found,
        }
    }

    /// A code, perhaps with `.0` after it or the name beside it.
    fn coded(&'static self, words: &Words<'_>, level: Level) -> Option<&'static Unit> {
        let at = (0..words.len())
            .find(|&at| words.is_number(at) && words.written(at, at + 1).len() >= 2)?;
        let written = words.written(at, at + 1);
        let unit = self.by_code(written).filter(|unit| unit.level() == level)?;
        let rest = words.len() - 1;
        let only = rest == 0
            || (rest == 1
                && at == 0
                && words.gap(1) == super::fold::Gap::Dot
                && words.plain(1, 2) == "0");
        let beside = |from: usize, to: usize| {
            let skip = word::kind(words, from).map_or(0, |kind| kind.words);
            [from, from + skip].iter().any(|&from| {
                self.lookup(words, from, to, level, None)
                    .iter()
                    .any(|(found, _)| found.code == unit.code)
            })
        };
        (only || (at == 0 && beside(1, words.len())) || (at == rest && beside(0, at)))
            .then_some(unit)
    }

    /// What words `from..to` mean after a word of kind; `I`, `01` and `một` are figures there.
    fn after_kind(
        &'static self,
        words: &Words<'_>,
        from: usize,
        to: usize,
        kind: UnitKind,
        fence: Option<&Unit>,
    ) -> Found {
        let mut found = self.lookup(words, from, to, kind.level(), fence);
        if found.is_empty()
            && to == from + 1
            && let Some(figure) = word::figure(words.toned(from, to))
        {
            found = self.entries(figure, figure, true, kind.level(), fence);
        }
        choose(found, Some(kind))
    }

    /// Units of a level whose name words `from..to` are.
    fn lookup(
        &'static self,
        words: &Words<'_>,
        from: usize,
        to: usize,
        level: Level,
        fence: Option<&Unit>,
    ) -> Vec<(&'static Unit, How)> {
        if from >= to || to > words.len() {
            return Vec::new();
        }
        self.entries(
            words.toned(from, to),
            words.plain(from, to),
            words.is_marked(),
            level,
            fence,
        )
    }

    fn entries(
        &'static self,
        toned: &str,
        plain: &str,
        marked: bool,
        level: Level,
        fence: Option<&Unit>,
    ) -> Vec<(&'static Unit, How)> {
        let Some(candidates) = self.plain.get(plain) else {
            return Vec::new();
        };
        if marked && self.former.iter().any(|former| former == toned) {
            return Vec::new();
        }
        let fits = |index: usize| {
            self.units.get(index).filter(|unit| {
                unit.level() == level && fence.is_none_or(|fence| self.is_in(unit, fence))
            })
        };
        let mut found: Vec<(&'static Unit, How)> = Vec::new();
        for (index, alias) in self.toned.get(toned).into_iter().flatten() {
            found.extend(
                fits(*index).map(|unit| (unit, if *alias { How::Alias } else { How::Exact })),
            );
        }
        if found.is_empty() {
            for ((index, _), _) in candidates
                .iter()
                .filter(|(_, known)| lacks_marks_only(toned, known))
            {
                found.extend(fits(*index).map(|unit| (unit, How::WithoutDiacritics)));
            }
        }
        found.dedup_by_key(|(unit, _)| unit.code);
        found
    }
}

/// The answer among candidates: those of the written kind first, then those found by the better way.
fn choose(mut found: Vec<(&'static Unit, How)>, kind: Option<UnitKind>) -> Found {
    if let Some(kind) = kind {
        if found.iter().any(|(unit, _)| unit.kind == kind) {
            found.retain(|(unit, _)| unit.kind == kind);
        } else {
            for (_, how) in &mut found {
                *how = (*how).max(How::Alias);
            }
        }
    }
    if let Some(best) = found.iter().map(|(_, how)| *how).min() {
        found.retain(|(_, how)| *how == best);
    }
    match found.as_slice() {
        [] => Found::None,
        [(unit, how)] => Found::One(unit, *how),
        _ => Found::Several(found.into_iter().map(|(unit, _)| unit).collect()),
    }
}

/// Words that say that nothing is known.
fn says_nothing(plain: &str) -> bool {
    matches!(
        plain,
        "chuaco"
            | "khongco"
            | "chuaro"
            | "khongro"
            | "khongxacdinh"
            | "chuacapnhat"
            | "null"
            | "na"
    )
}

/// A hamlet's name as written, with proper spacing and without signs around it; `None` where nothing is said (blank, `-`,
/// `chưa có`, `0`).
pub fn hamlet(text: &str) -> Option<String> {
    if text::is_missing(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split_whitespace() {
        if !out.is_empty() && !part.starts_with([',', ';', ')']) {
            out.push(' ');
        }
        out.push_str(part);
    }
    let trimmed = out.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | ':' | '-' | '–' | '—' | '/' | '\\' | '.' | '…' | '*' | '•' | '_' | '|'
            )
    });
    let words = Words::new(trimmed);
    let plain = words.plain(0, words.len());
    let empty_kind = Kind::hamlet(&words, 0).is_some_and(|length| length == words.len());
    (!says_nothing(plain) && !matches!(plain, "" | "0") && !empty_kind).then(|| trimmed.to_owned())
}

#[cfg(test)]
mod tests;
