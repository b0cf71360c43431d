//! The record of a child as one row of a list gives it.
//!
//! In: nothing. Out: [`Child`], [`Person`], [`Ethnic`], [`Residence`]; [`PLAIN`], the one table of fields that are text. Text borrows from the row where nothing had to be
//! repaired. Missing, unknown and wrong are three states, never one.

use crate::field::Field;
use crate::normalise::date::DateValue;
use crate::normalise::ethnicity::Group;
use crate::normalise::name::NameState;
use crate::normalise::number::Number;
use crate::normalise::sex::SexValue;
use crate::normalise::unit::{Unit, Unknown};
use std::borrow::Cow;

/// Father, mother or guardian.
#[derive(Clone, Default)]
pub struct Person<'a> {
    /// The name, or the words that stand for it; empty where nothing is written.
    pub name: Cow<'a, str>,
    /// What the name is.
    pub state: PersonState,
    /// Equal for equal names (see [`crate::normalise::name`]); 0 without a name.
    pub key: u64,
    /// Birth year or date, ISO form; empty where unknown.
    pub birth: String,
    /// Identity number as written, cleaned.
    pub number: Cow<'a, str>,
    /// The number with lost zeros restored, as an integer.
    pub number_padded: Option<u64>,
    /// Telephone.
    pub phone: Cow<'a, str>,
}

/// What is known of a parent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PersonState {
    /// Nothing is written.
    #[default]
    Missing,
    /// Written: nobody knows ("Không rõ"). Legitimate for one parent.
    Unknown,
    /// A name is written.
    Named,
    /// A name is written, and that the person is dead.
    Dead,
    /// A name is written, and that the person is away.
    Away,
}

impl PersonState {
    /// True where a name is written: such a person counts as a carer on paper.
    pub fn is_named(self) -> bool {
        matches!(self, Self::Named | Self::Dead | Self::Away)
    }
}

/// What the list says of the ethnic group.
#[derive(Clone, Default)]
pub enum Ethnic<'a> {
    /// Nothing.
    #[default]
    Missing,
    /// Not one of the 54, nor a known other name.
    Unknown,
    /// An old name of several groups.
    Ambiguous(Vec<&'static Group>),
    /// Known, with the own name as written where it differs from the official one.
    Known {
        /// The official group.
        group: &'static Group,
        /// "Pa Cô".
        own: Cow<'a, str>,
        /// The written name is also an old name of other groups.
        doubtful: bool,
    },
    /// A foreigner.
    Foreign,
}

/// Where the commune was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PlaceSource {
    /// Nowhere.
    #[default]
    None,
    /// A column of the row.
    Row,
    /// The address in the row.
    Address,
    /// A heading row inside the table.
    Heading,
    /// Sheet name, title, file name or option.
    Context,
}

/// Where the child lives.
#[derive(Clone, Default)]
pub struct Residence<'a> {
    /// The commune, of the edition in force.
    pub unit: Option<&'static Unit>,
    /// Where the commune was read.
    pub source: PlaceSource,
    /// Something was written that is no unit of the edition.
    pub unknown: Option<Unknown>,
    /// The district, where that is all that is known.
    pub district: Option<&'static Unit>,
    /// Hamlet.
    pub hamlet: Cow<'a, str>,
    /// Address as written.
    pub address: Cow<'a, str>,
    /// Current address where it is written apart.
    pub current: Cow<'a, str>,
}

/// One child as one row of a list gives it.
pub struct Child<'a> {
    /// The list's own key.
    pub id: Cow<'a, str>,
    /// Name in proper case, as written.
    pub name: Cow<'a, str>,
    /// What the name is.
    pub name_state: NameState,
    /// Equal for equal names; 0 without a name.
    pub name_key: u64,
    /// Birth date.
    pub birth: DateValue,
    /// Sex.
    pub sex: SexValue,
    /// Ethnic group.
    pub ethnic: Ethnic<'a>,
    /// Nationality as written.
    pub nationality: Cow<'a, str>,
    /// Identity number.
    pub number: Number<'a>,
    /// Why no number can exist yet, where the row says so.
    pub not_yet: Option<&'static str>,
    /// Number of the birth certificate.
    pub birth_certificate: Cow<'a, str>,
    /// Where the birth was registered.
    pub birth_registration: Cow<'a, str>,
    /// Where the child was born.
    pub birth_place: Cow<'a, str>,
    /// Home place (quê quán).
    pub home_place: Cow<'a, str>,
    /// Where the child lives.
    pub residence: Residence<'a>,
    /// Father.
    pub father: Person<'a>,
    /// Mother.
    pub mother: Person<'a>,
    /// Guardian.
    pub guardian: Person<'a>,
    /// What the guardian is to the child.
    pub guardian_relation: Cow<'a, str>,
    /// Telephone of the household.
    pub phone: Cow<'a, str>,
    /// Code of the household.
    pub household: Cow<'a, str>,
    /// Head of the household.
    pub household_head: Cow<'a, str>,
    /// Poor, near-poor.
    pub household_poor: Cow<'a, str>,
    /// School, class.
    pub school: Cow<'a, str>,
    /// Health-insurance card.
    pub insurance: Cow<'a, str>,
    /// Circumstances: sensitive (NĐ 356/2025/NĐ-CP Đ.4).
    pub circumstance: Cow<'a, str>,
    /// Note.
    pub note: Cow<'a, str>,
}

impl Child<'_> {
    /// The name as `children.csv` gives it: empty if missing, a placeholder or otherwise invalid.
    pub fn name_out(&self) -> &str {
        if matches!(self.name_state, NameState::Good | NameState::Short) {
            &self.name
        } else {
            ""
        }
    }
    /// The number as `children.csv` gives it: twelve digits, a known place, 2 or 3 as fourth digit; else empty.
    pub fn number_out(&self) -> &str {
        match &self.number {
            Number::Twelve(text, parts) if parts.is_sound_child() => text,
            _ => "",
        }
    }
    /// The birth date where one is known (also one with day and month swapped: the finding says so).
    pub fn birth_date(&self) -> Option<crate::normalise::date::PartialDate> {
        match self.birth {
            DateValue::Known(date) | DateValue::Swapped(date) => Some(date),
            DateValue::Missing | DateValue::Invalid => None,
        }
    }
    /// The official group, where it is known.
    pub fn ethnic_group(&self) -> Option<&'static Group> {
        if let Ethnic::Known { group, .. } = self.ethnic {
            Some(group)
        } else {
            None
        }
    }
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Child<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Child(***)")
    }
}

macro_rules! plain {
    ($($field:ident = $($part:ident).+;)*) => {
        /// The fields that a record holds as text, as their cells say it.
        pub const PLAIN: &[Field] = &[$(Field::$field),*];

        impl Child<'_> {
            /// What a field of [`PLAIN`] says; nothing of the others, which are read as values.
            pub fn plain(&self, field: Field) -> Option<&str> {
                match field {
                    $(Field::$field => Some(&self.$($part).+),)*
                    _ => None,
                }
            }
        }
    };
}

plain! {
    Id = id;
    Nationality = nationality;
    BirthCertificate = birth_certificate;
    BirthRegistration = birth_registration;
    BirthPlace = birth_place;
    HomePlace = home_place;
    Address = residence.address;
    AddressCurrent = residence.current;
    Father = father.name;
    FatherBirth = father.birth;
    FatherNumber = father.number;
    FatherPhone = father.phone;
    Mother = mother.name;
    MotherBirth = mother.birth;
    MotherNumber = mother.number;
    MotherPhone = mother.phone;
    Guardian = guardian.name;
    GuardianBirth = guardian.birth;
    GuardianNumber = guardian.number;
    GuardianPhone = guardian.phone;
    GuardianRelation = guardian_relation;
    Phone = phone;
    Household = household;
    HouseholdHead = household_head;
    HouseholdPoor = household_poor;
    School = school;
    Insurance = insurance;
    Circumstance = circumstance;
    Note = note;
}
