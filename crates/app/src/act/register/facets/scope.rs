//! An area as the store counts it: the whole book, or units of the editions in which children may stand.
//!
//! In: the book, a unit with all below it, what the person may see. Out: [`Scope`]. A code is taken in another edition only where it has
//! the same level and name; what a person may see is found in other editions through the successions.

use crate::access::{Area, Cut};
use treem_child::normalise::unit::{self, Edition, Level, Unit};
use treem_store::register::Register;

/// Units that are asked for one by one; of more the whole book is counted and cut.
const ONE_BY_ONE: usize = 60;

/// An area.
#[derive(Clone, Debug)]
pub enum Scope {
    /// All of the book.
    Book,
    /// The whole book, cut to what a person may see.
    Most(Cut),
    /// These units: edition and code.
    Units(Vec<(String, String)>),
}

impl Scope {
    /// The scope of an area in a book, as far as a person may see it; none is all of that.
    pub fn of(book: &Register, area: Option<(&'static Edition, &'static Unit)>, cut: &Cut) -> Self {
        match Self::asked(book, area) {
            all if cut.is_whole() => all,
            Self::Book => {
                let wide = |area: &Area| {
                    let unit = area
                        .unit()
                        .and_then(|(edition, code)| unit::edition(edition).by_code(code));
                    unit.is_some_and(|unit| unit.level() == Level::Province)
                };
                if cut.areas().iter().any(wide) {
                    return Self::Most(cut.clone());
                }
                let units = seen(cut);
                if units.len() > ONE_BY_ONE {
                    Self::Most(cut.clone())
                } else {
                    Self::Units(units)
                }
            }
            Self::Most(_) => Self::Most(cut.clone()),
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
            Self::Book | Self::Most(_) => vec![None],
            Self::Units(units) => units
                .iter()
                .map(|(edition, unit)| Some((edition.as_str(), unit.as_str())))
                .collect(),
        }
    }

    /// True where the store is asked about the whole book.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Book | Self::Most(_))
    }

    /// True where a unit lies in it.
    pub fn holds(&self, edition: &str, unit: &str) -> bool {
        match self {
            Self::Book => true,
            Self::Most(cut) => cut.holds(edition, Some(unit).filter(|unit| !unit.is_empty())),
            Self::Units(units) => units
                .iter()
                .any(|(known, code)| known == edition && code == unit),
        }
    }
}

/// All units a person may see, in every edition.
fn seen(cut: &Cut) -> Vec<(String, String)> {
    let of = |edition: &'static Edition| {
        let units = cut.units(edition).unwrap_or_default().into_iter();
        units.map(|unit| (edition.from.to_owned(), unit.code.to_owned()))
    };
    unit::editions().flat_map(of).collect()
}
