//! The people of a commune: households, parents, children, who cares for them.
//!
//! In: a [`Commune`] of the plan. Out: [`People`], made from the seed and the commune alone: any commune can be made at any
//! time, twice the same. Shares of families with one parent, of twins, of children with their grandparents are estimates; see
//! `docs/generate.md`.

mod family;
mod home;
mod number;
mod register;

pub use home::names_of_units;

use super::names::{Custom, Region, Sex};
use super::plan::{Commune, Plan};
use jiff::civil::Date;

/// An ethnic group as the sample needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The official name without brackets.
    pub name: &'static str,
    /// How its people are named.
    pub custom: Custom,
}

impl Group {
    /// A group.
    pub const fn new(name: &'static str, custom: Custom) -> Self {
        Self { name, custom }
    }

    /// Kinh of a region.
    pub const fn kinh(region: Region) -> Self {
        Self::new("Kinh", Custom::Kinh(region))
    }

    /// True for the groups of the hills.
    pub fn is_hill(self) -> bool {
        !matches!(self.custom, Custom::Kinh(_))
    }
}

/// A parent or carer.
#[derive(Clone, Debug)]
pub struct Adult {
    /// Whole name.
    pub name: String,
    /// Birth year.
    pub year: i16,
    /// Identity number; 0: none (a foreigner).
    pub number: u64,
    /// What became of them.
    pub life: Life,
}

/// What became of a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// At home.
    Home,
    /// Dead.
    Dead,
    /// Works or lives elsewhere.
    Away,
}

/// Hộ nghèo, cận nghèo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// Poor by the list of the year.
    Poor,
    /// Near-poor.
    NearPoor,
    /// Neither.
    Enough,
}

/// A household.
#[derive(Clone, Debug)]
pub struct Household {
    /// Its number in the commune, from 1.
    pub number: u32,
    /// Its hamlet, by place in [`People::hamlets`].
    pub hamlet: usize,
    /// House and street in a town; empty in the country.
    pub street: String,
    /// The ethnic group of the family.
    pub group: Group,
    /// The name the family writes for its group.
    pub own: &'static str,
    /// Father, where he is known.
    pub father: Option<Adult>,
    /// Mother, where she is known.
    pub mother: Option<Adult>,
    /// Who cares for the children where it is not a parent, and who that is to them.
    pub guardian: Option<(Adult, &'static str)>,
    /// Telephone; empty without.
    pub phone: String,
    /// Poor or not.
    pub means: Means,
}

impl Household {
    /// The name of its head: father, mother, or carer.
    pub fn head(&self) -> &str {
        let home = |adult: &&Adult| adult.life == Life::Home;
        self.father
            .as_ref()
            .filter(home)
            .or_else(|| self.mother.as_ref().filter(home))
            .or_else(|| self.guardian.as_ref().map(|(adult, _)| adult))
            .or(self.mother.as_ref())
            .or(self.father.as_ref())
            .map_or("", |adult| adult.name.as_str())
    }
}

/// Why a child has no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoNumber {
    /// The birth is not registered.
    Unregistered,
    /// Not a citizen of Vietnam.
    Foreign,
}

/// Where a child's record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// In the register, sound and whole.
    Register,
    /// In the register, without a sound number.
    Unsound,
    /// In the register with a sound number, without parents or address.
    Incomplete,
    /// Only on the commune's list.
    List,
}

/// A child as it is.
#[derive(Clone, Debug)]
pub struct Child {
    /// Its household, by place in [`People::households`].
    pub household: usize,
    /// Whole name.
    pub name: String,
    /// Birth date.
    pub birth: Date,
    /// Sex.
    pub sex: Sex,
    /// Identity number; 0 without.
    pub number: u64,
    /// Why there is none.
    pub no_number: Option<NoNumber>,
    /// Circumstances or risk in words; empty for most.
    pub circumstance: &'static str,
    /// Where the birth is registered.
    pub registered_at: String,
    /// Where its record is.
    pub place: Where,
}

/// Everybody of a commune.
#[derive(Debug)]
pub struct People {
    /// Names of the hamlets with their kind.
    pub hamlets: Vec<String>,
    /// Households.
    pub households: Vec<Household>,
    /// Children, household by household.
    pub children: Vec<Child>,
}

impl People {
    /// Makes the people of a commune: as many children, special ones and records in the register as the plan says.
    pub fn of(plan: &Plan, commune: &Commune) -> Self {
        let mut people = family::make(plan, commune);
        register::place(plan, commune, &mut people);
        people
    }

    /// The household of a child.
    pub fn household(&self, child: &Child) -> Option<&Household> {
        self.households.get(child.household)
    }
}

#[cfg(test)]
mod tests;
