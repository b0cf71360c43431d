//! The area of a table: which unit it begins with, which units its lines are, which of them a person sees.
//!
//! In: the book, an edition, what a person may see. Out: [`View`], its units.

use super::Lines;
use crate::access::Cut;
use crate::act::register::Book;
use treem_child::normalise::unit::{self, Edition, Level, Unit};

/// What an area is of, what is cut off it, and where it lies.
pub struct View<'a> {
    /// What a person may see.
    pub cut: &'a Cut,
    /// The edition.
    pub edition: &'static Edition,
    /// The area, where there is one.
    pub area: Option<&'static Unit>,
    /// The book's units, where the edition has made its province part of a larger one.
    pub ours: Option<Vec<&'static str>>,
}

impl View<'_> {
    /// Whether a person sees what is of a unit.
    pub fn sees(&self, code: &str) -> bool {
        let code = Some(code).filter(|code| !code.is_empty());
        self.cut.is_whole() || self.cut.holds(self.edition.from, code)
    }

    /// Whether a unit is one of the book's.
    pub fn has(&self, unit: &Unit) -> bool {
        self.ours
            .as_ref()
            .is_none_or(|ours| ours.contains(&unit.code))
    }
}

/// The one unit a person is given, in the edition.
pub fn one_unit(edition: &'static Edition, cut: &Cut) -> Option<&'static Unit> {
    let [one] = cut.areas() else { return None };
    let (from, code) = one.unit()?;
    let unit = if from == edition.from {
        edition.by_code(code)
    } else {
        let kin = if from < edition.from {
            unit::successors(code, from, edition.from)
        } else {
            unit::predecessors(code, from, edition.from)
        };
        match kin.as_slice() {
            [kin] => edition.by_code(kin.unit.code),
            _ => None,
        }
    };
    unit.filter(|unit| cut.holds(edition.from, Some(unit.code)))
}

/// The province of the book, in the edition.
pub fn province(open: &Book, edition: &'static Edition) -> Option<&'static Unit> {
    let own = unit::edition(&open.book.edition);
    let province = own.by_code(&open.book.province)?;
    edition
        .province_named(province.name)
        .or_else(|| edition.home())
}

/// Communes of the edition that lie in the book's province of its own edition; `None` where that is the same province.
pub fn ours(
    open: &Book,
    edition: &'static Edition,
    province: Option<&'static Unit>,
) -> Option<Vec<&'static str>> {
    let own = unit::edition(&open.book.edition);
    let theirs = own.by_code(&open.book.province)?;
    if own.has_districts() == edition.has_districts() || own.from > edition.from {
        return None;
    }
    let communes = edition.communes_of(province?);
    let within = |code: &str| {
        let kin = unit::predecessors(code, edition.from, own.from);
        kin.iter().any(|kin| own.is_in(kin.unit, theirs))
    };
    Some(
        communes
            .map(|unit| unit.code)
            .filter(|code| within(code))
            .collect(),
    )
}

/// The level below an area.
pub fn below(edition: &Edition, area: Option<&Unit>) -> Lines {
    match area.map(Unit::level) {
        Some(Level::Commune) => Lines::Hamlet,
        Some(Level::District) => Lines::Commune,
        _ if edition.has_districts() => Lines::District,
        _ => Lines::Commune,
    }
}

/// The units of the lines.
pub fn units(view: &View<'_>, level: Lines) -> Vec<&'static Unit> {
    let (edition, Some(area)) = (view.edition, view.area) else {
        return Vec::new();
    };
    let districts = || edition.districts_of(area).collect::<Vec<&'static Unit>>();
    match (area.level(), level) {
        (Level::Commune, _) | (Level::Province, Lines::Province) => vec![area],
        (Level::District, Lines::Province | Lines::District) => vec![area],
        (Level::Province, Lines::District) if edition.has_districts() => districts(),
        _ => {
            let mut out: Vec<&'static Unit> = edition.communes_of(area).collect();
            // A district without communes stands for itself.
            let bare = |unit: &&Unit| edition.communes_of(unit).next().is_none();
            match area.level() {
                Level::Province => out.extend(districts().into_iter().filter(|one| bare(one))),
                _ if out.is_empty() => out.push(area),
                _ => {}
            }
            out.retain(|unit| view.has(unit));
            out
        }
    }
}

/// The first names, and how many more.
pub fn few(names: &[&str]) -> String {
    let mut out: Vec<String> = names
        .iter()
        .take(5)
        .map(|name| (*name).to_owned())
        .collect();
    if names.len() > 5 {
        out.push(format!("và {} đơn vị khác", names.len() - 5));
    }
    out.join(", ")
}
