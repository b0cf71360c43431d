//! An area as the store counts it: the whole book, or units of the editions in which children may stand.
//!
//! In: the book, a unit with all below it, what the person may see. Out: [`Scope`]. A code is taken in another edition only where it has
//! the same level and name; what a person may see is found in other editions through the successions.

use crate::access::{Area, Cut};
use treem_child::normalise::unit::{self, Edition, Level, Unit};
use treem_store::register::Register;

/// An area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of the book.
    Book,
    /// These units: edition and code.
    Units(Vec<(String, String)>),
}

impl Scope {
    /// The scope of an area in a book, as far as a person may see it; none is all of that.
    pub fn of(book: &Register, area: Option<(&'static Edition, &'static Unit)>, cut: &Cut) -> Self {
        match Self::asked(book, area) {
            all if cut.is_whole() => all,
            Self::Book => Self::Units(seen(cut)),
            Self::Units(mut units) => {
                units.retain(|(edition, unit)| cut.holds(edition, Some(unit)));
                Self::Units(units)
            }
        }
    }

    fn asked(book: &Register, area: Option<(&'static Edition, &'static Unit)>) -> Self {
        let Some((edition, area)) = area else {
            return Self::Book;
        };
        if area.level() == Level::Province {
            let own = unit::edition(&book.edition);
            let province = own.by_code(&book.province);
            let is_ours = province
                .and_then(|province| edition.province_named(province.name))
                .is_some_and(|province| province.code == area.code);
            return if is_ours {
                Self::Book
            } else {
                Self::Units(Vec::new())
            };
        }
        let mut units = Vec::new();
        for edition in unit::editions() {
            let Some(known) = edition.by_code(area.code) else {
                continue;
            };
            if known.level() != area.level() || known.name != area.name {
                continue;
            }
            units.push((edition.from.to_owned(), known.code.to_owned()));
            if known.level() != Level::Commune {
                let below = edition.communes_of(known);
                units.extend(below.map(|one| (edition.from.to_owned(), one.code.to_owned())));
            }
        }
        Self::Units(units)
    }

    /// What the store is asked, one after the other: `None` is the whole book.
    pub fn questions(&self) -> Vec<Option<(&str, &str)>> {
        match self {
            Self::Book => vec![None],
            Self::Units(units) => units
                .iter()
                .map(|(edition, unit)| Some((edition.as_str(), unit.as_str())))
                .collect(),
        }
    }

    /// True where a unit lies in it.
    pub fn holds(&self, edition: &str, unit: &str) -> bool {
        match self {
            Self::Book => true,
            Self::Units(units) => units
                .iter()
                .any(|(known, code)| known == edition && code == unit),
        }
    }
}

/// All units a person may see, in every edition.
fn seen(cut: &Cut) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut add = |edition: &Edition, unit: &Unit| {
        let one = (edition.from.to_owned(), unit.code.to_owned());
        if cut.holds(edition.from, Some(unit.code)) && !out.contains(&one) {
            out.push(one);
        }
    };
    for (from, code) in cut.areas().iter().filter_map(Area::unit) {
        let own = unit::edition(from);
        let Some(area) = own.by_code(code) else {
            continue;
        };
        let around = own.at(area).own_units();
        for unit in around.iter().filter(|unit| own.is_in(unit, area)) {
            add(own, unit);
            for other in unit::editions().filter(|other| other.from != own.from) {
                let kin = if own.from < other.from {
                    unit::successors(unit.code, own.from, other.from)
                } else {
                    unit::predecessors(unit.code, own.from, other.from)
                };
                for one in kin {
                    add(other, one.unit);
                }
            }
        }
    }
    out
}
