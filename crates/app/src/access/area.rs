//! Areas: a unit of an edition with all below it, or the whole book.
//!
//! In: a unit of any edition. Out: whether it lies in the area. Between editions a unit lies in an area only where all it became, or all
//! it was made of, does: who was given one of three communes does not see the other two after their merger.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use treem_child::normalise::unit::{self, Edition, Kin, Unit};

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// Everywhere in the book, children without a known unit included.
    Whole,
    /// A unit with all below it.
    Unit {
        /// The edition's first day.
        edition: &'static str,
        /// The code.
        code: &'static str,
    },
}

impl Area {
    /// The area of a unit as it is written down: an edition and a code; `None` where there is no such unit.
    pub fn of(edition: &str, code: &str) -> Option<Self> {
        let edition = unit::edition(edition);
        Some(Self::Unit {
            edition: edition.from,
            code: edition.by_code(code)?.code,
        })
    }

    /// Edition and code; none for the whole book.
    pub fn unit(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Whole => None,
            Self::Unit { edition, code } => Some((edition, code)),
        }
    }

    /// What people read.
    pub fn name(&self) -> String {
        match self {
            Self::Whole => "Toàn sổ".to_owned(),
            Self::Unit { edition, code } => {
                let edition = unit::edition(edition);
                edition
                    .by_code(code)
                    .map_or_else(|| (*code).to_owned(), |unit| edition.full_name(unit))
            }
        }
    }

    /// True where a unit of an edition lies in the area; a child without a unit lies only in the whole book.
    pub fn holds(&self, edition: &str, unit: Option<&str>) -> bool {
        let Self::Unit {
            edition: own,
            code: area,
        } = self
        else {
            return true;
        };
        let theirs = unit::edition(edition);
        let Some(unit) = unit.and_then(|code| theirs.by_code(code)) else {
            return false;
        };
        let ours = unit::edition(own);
        let Some(area) = ours.by_code(area) else {
            return false;
        };
        if theirs.from == ours.from {
            return ours.is_in(unit, area);
        }
        let kin = kin(unit.code, theirs.from, ours.from);
        !kin.is_empty() && kin.iter().all(|kin| ours.is_in(kin.unit, area))
    }
}

/// What a unit became, or was made of, in another edition.
fn kin(code: &str, from: &str, to: &str) -> Vec<Kin> {
    if from < to {
        unit::successors(code, from, to)
    } else {
        unit::predecessors(code, from, to)
    }
}

/// What is known of units: by edition and code, whether they lie in.
type Known = HashMap<(&'static str, &'static str), bool>;

/// What a list is cut to. Cheap to ask for child after child, from several threads: what was found of a unit is remembered.
#[derive(Clone, Debug)]
pub struct Cut {
    whole: bool,
    areas: Arc<[Area]>,
    known: Arc<RwLock<Known>>,
}

impl Cut {
    /// To some areas together.
    pub fn to(areas: Vec<Area>) -> Self {
        Self {
            whole: areas.contains(&Area::Whole),
            areas: areas.into(),
            known: Arc::default(),
        }
    }

    /// To nothing less than the book.
    pub fn whole() -> Self {
        Self::to(vec![Area::Whole])
    }

    /// True where nothing is cut off.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// True where nothing is left.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// The areas.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// True where somebody of a unit is in.
    pub fn holds(&self, edition: &str, unit: Option<&str>) -> bool {
        if self.whole {
            return true;
        }
        let theirs = unit::edition(edition);
        let Some(unit) = unit.and_then(|code| theirs.by_code(code)) else {
            return false;
        };
        let key = (theirs.from, unit.code);
        if let Some(known) = self
            .known
            .read()
            .ok()
            .and_then(|known| known.get(&key).copied())
        {
            return known;
        }
        let holds = |area: &Area| area.holds(theirs.from, Some(unit.code));
        let found = self.areas.iter().any(holds);
        if let Ok(mut known) = self.known.write() {
            known.insert(key, found);
        }
        found
    }

    /// The units of an edition that are in, in the order of its list; `None`: all, and children without a unit. Looked for below the areas and
    /// among what their units became or were made of, not among all units of the country.
    pub fn units(&self, edition: &'static Edition) -> Option<Vec<&'static Unit>> {
        if self.whole {
            return None;
        }
        let mut out: Vec<&'static Unit> = Vec::new();
        for (from, code) in self.areas.iter().filter_map(Area::unit) {
            let own = unit::edition(from);
            let Some(area) = own.by_code(code) else {
                continue;
            };
            let around = own.at(area).own_units().iter();
            let below = around.filter(|unit| own.is_in(unit, area));
            if own.from == edition.from {
                out.extend(below);
                continue;
            }
            for unit in below {
                for kin in kin(unit.code, own.from, edition.from) {
                    // What the communes lie in: a district became nothing, but all of its communes did.
                    let mut at = Some(kin.unit);
                    while let Some(unit) = at {
                        out.push(unit);
                        at = edition.parent_of(unit);
                    }
                }
            }
        }
        // All units of an edition stand in one list, so that their places in memory are its order.
        out.sort_unstable_by_key(|unit| std::ptr::from_ref::<Unit>(unit).addr());
        out.dedup_by_key(|unit| unit.code);
        out.retain(|unit| self.holds(edition.from, Some(unit.code)));
        Some(out)
    }
}
