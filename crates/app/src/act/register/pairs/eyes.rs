//! What a person sees of everything that waits.
//!
//! In: what is asked for, the rights of a person. Out: [`Eyes`].

use super::Asked;
use crate::access::Cut;
use crate::act::register::facets::scope::Scope;
use treem_store::pairs::Pair;

/// What a person sees of the queue.
pub struct Eyes<'a> {
    /// What is asked for.
    pub asked: Asked<'a>,
    /// Where they decide, as the store is asked.
    pub scope: Scope,
    /// Where they decide.
    pub decides: Cut,
    /// Where they merge.
    pub merges: Cut,
}

impl Eyes<'_> {
    fn inside(&self, edition: &str, unit: Option<&str>) -> bool {
        self.asked
            .within
            .is_none_or(|within| unit.is_some_and(|unit| within(edition, unit)))
    }

    /// True where a row is theirs to decide, and of the part that is asked for.
    pub fn row(&self, edition: &str, unit: Option<&str>) -> bool {
        self.decides.holds(edition, unit) && self.inside(edition, unit)
    }

    /// The same as [`Eyes::sees`] of the units of both records.
    pub fn pair(&self, one: (&str, Option<&str>), two: (&str, Option<&str>)) -> bool {
        self.merges.holds(one.0, one.1)
            && self.merges.holds(two.0, two.1)
            && (self.inside(one.0, one.1) || self.inside(two.0, two.1))
    }

    /// True where a pair is theirs to merge, and of the part that is asked for.
    pub fn sees(&self, pair: &Pair) -> bool {
        let one = (pair.child_edition.as_str(), pair.child_unit.as_deref());
        let two = (pair.other_edition.as_str(), pair.other_unit.as_deref());
        self.pair(one, two)
    }
}
