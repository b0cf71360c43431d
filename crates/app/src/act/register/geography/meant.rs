//! Which children a figure is of: units with the ways by which their children came, and, of who came by none of an asked edition, the hamlets.
//!
//! In: groups ([`Of`]). Out: [`Units`], which says of a child whether it is meant.

use std::collections::{BTreeMap, BTreeSet};

/// A way ([`treem_store::tally::stood`]) and, where it is the hamlet that tells, that as the records have it.
pub type Way = (String, Option<String>);

/// Children who stand in one unit: all of them, those who came to it by one way, or of these those of one hamlet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Of {
    /// Edition of the unit.
    pub edition: String,
    /// Its code; empty where unknown.
    pub unit: String,
    /// By which they came; `None`: all.
    pub way: Option<Way>,
}

/// Which children of a unit are meant.
#[derive(Debug, PartialEq, Eq)]
pub enum Meant {
    /// All.
    All,
    /// Those who came by these ways; of a way with hamlets, those of these.
    Ways(BTreeMap<String, Option<BTreeSet<String>>>),
}

impl Meant {
    /// Whether a child with this way and hamlet is meant.
    pub fn holds(&self, way: &str, hamlet: &str) -> bool {
        match self {
            Self::All => true,
            Self::Ways(ways) => ways.get(way).is_some_and(|hamlets| {
                let hamlets = hamlets.as_ref();
                hamlets.is_none_or(|some| some.contains(hamlet))
            }),
        }
    }

    fn add(&mut self, way: Option<Way>) {
        let Self::Ways(ways) = self else { return };
        match way {
            None => *self = Self::All,
            Some((way, None)) => {
                ways.insert(way, None);
            }
            Some((way, Some(hamlet))) => {
                let some = ways.entry(way).or_insert_with(|| Some(BTreeSet::new()));
                if let Some(some) = some {
                    some.insert(hamlet);
                }
            }
        }
    }
}

/// Units with their editions, and which of their children are meant.
pub type Units = BTreeMap<(String, String), Meant>;

/// The units of groups.
pub fn units(groups: Vec<Of>) -> Units {
    let mut out = Units::new();
    for Of { edition, unit, way } in groups {
        out.entry((edition, unit))
            .or_insert_with(|| Meant::Ways(BTreeMap::new()))
            .add(way);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_meant() {
        let of = |unit: &str, way: Option<(&str, Option<&str>)>| Of {
            edition: "2025-07-01".to_owned(),
            unit: unit.to_owned(),
            way: way.map(|(way, hamlet)| (way.to_owned(), hamlet.map(str::to_owned))),
        };
        let units = units(vec![
            of("19588", None),
            of("19588", Some(("a", None))),
            of("19594", Some(("a", None))),
            of("19594", Some(("a", Some("Pa Ling")))),
            of("19594", Some(("", Some("Pa Ling")))),
            of("19594", Some(("", Some("")))),
        ]);
        for (unit, way, hamlet, is_meant) in [
            ("19588", "b", "Cựp", true),
            ("19594", "a", "Cựp", true),
            ("19594", "b", "Pa Ling", false),
            ("19594", "", "Pa Ling", true),
            ("19594", "", "", true),
            ("19594", "", "Cựp", false),
        ] {
            let meant = &units[&("2025-07-01".to_owned(), unit.to_owned())];
            assert_eq!(meant.holds(way, hamlet), is_meant, "{unit} {way} {hamlet}");
        }
    }
}
