//! What a list says of a child, cell by cell, and what state each cell is in: the place where truth and list part.
//!
//! In: a child, its household. Out: [`Written`]: the cells as a careful officer would fill them. Faults and layouts change it,
//! and [`super::truth`] says from the states, never from a program's answer, which rules a row must show.

use super::names::Sex;
use super::people::{Adult, Child, Household, Life, NoNumber, People};
use super::plan::Commune;
use jiff::civil::Date;
use std::borrow::Cow;

/// A text cell.
pub type Text<'a> = Cow<'a, str>;

/// State of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameIs {
    /// A name of two syllables or more.
    Good,
    /// Nothing.
    Missing,
    /// A placeholder, digits, signs.
    Invalid,
    /// One syllable.
    Short,
}

/// The birth date as it stands in the cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Birth<'a> {
    /// A whole date.
    Day(Date),
    /// Day and month in the wrong order, beyond doubt; the date that is meant.
    Swapped(Date),
    /// A date whose day and month Excel has turned round: what it says, and what is meant.
    Turned(Date, Date),
    /// Year, or year and month; the text, the year.
    Partial(Text<'a>, i16),
    /// No date of the calendar.
    Invalid(Text<'a>),
    /// Nothing, or a sign for nothing.
    Missing(Text<'a>),
}

impl Birth<'_> {
    /// The year that can be read.
    pub fn year(&self) -> Option<i16> {
        match self {
            Self::Day(day) | Self::Swapped(day) | Self::Turned(day, _) => Some(day.year()),
            Self::Partial(_, year) => Some(*year),
            Self::Invalid(_) | Self::Missing(_) => None,
        }
    }
}

/// A cell of which the text is one thing and what it means another.
#[derive(Clone, Debug, PartialEq)]
pub struct Said<'a> {
    /// The text.
    pub text: Text<'a>,
    /// What it is.
    pub is: Is,
}

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// What it should be.
    Known,
    /// Empty, or a sign for it.
    Missing,
    /// Something that is no value of the list.
    Unknown,
    /// An old name of several groups.
    Ambiguous,
}

impl<'a> Said<'a> {
    /// A known value.
    pub fn known(text: impl Into<Text<'a>>) -> Self {
        Self {
            text: text.into(),
            is: Is::Known,
        }
    }
    /// Nothing, or a sign for it.
    pub fn missing(text: impl Into<Text<'a>>) -> Self {
        Self {
            text: text.into(),
            is: Is::Missing,
        }
    }
}

/// A parent or carer as written.
#[derive(Clone, Debug, Default)]
pub struct Carer<'a> {
    /// Name, or words that stand for it.
    pub name: Text<'a>,
    /// True where a name stands there.
    pub named: bool,
    /// Birth year as written; 0 without.
    pub year: i16,
    /// Identity number as written; empty without.
    pub number: Text<'a>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// The child among all children, from 0.
    pub child: u64,
    /// Name.
    pub name: Text<'a>,
    /// What the name is.
    pub name_is: NameIs,
    /// Birth date.
    pub birth: Birth<'a>,
    /// Sex as written.
    pub sex: Said<'a>,
    /// The sex that is meant, where one is written.
    pub sex_meant: Sex,
    /// Ethnic group.
    pub ethnicity: Said<'a>,
    /// Nationality.
    pub nationality: Text<'a>,
    /// Identity number.
    pub number: Text<'a>,
    /// Father.
    pub father: Carer<'a>,
    /// Mother.
    pub mother: Carer<'a>,
    /// Guardian or carer.
    pub guardian: Carer<'a>,
    /// What the guardian is to the child.
    pub relation: &'static str,
    /// Hamlet.
    pub hamlet: Said<'a>,
    /// The hamlet's place, also where it is not written.
    pub hamlet_place: usize,
    /// House and street.
    pub street: Text<'a>,
    /// Commune.
    pub commune: Said<'a>,
    /// Telephone.
    pub phone: Text<'a>,
    /// Household code.
    pub household: String,
    /// Head of the household.
    pub head: Text<'a>,
    /// Hộ nghèo, Hộ cận nghèo, or empty.
    pub means: &'static str,
    /// Circumstances.
    pub circumstance: &'static str,
    /// Where the birth is registered.
    pub registered_at: Text<'a>,
    /// True where the child is no citizen.
    pub foreign: bool,
    /// Where the row repeats a child: who it is that stands there already.
    pub repeats: Option<Repeat>,
}

/// What a repeated row repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// A row of the same list, by place among its children.
    List(usize),
    /// A row of the register, by place among the commune's records there.
    Register(usize),
    /// A row of the list of the commune before, by place among its children.
    Neighbour(usize),
}

/// Twelve digits.
pub fn digits(number: u64) -> String {
    format!("{number:012}")
}

fn carer(adult: Option<&Adult>) -> Carer<'_> {
    adult.map_or_else(Carer::default, |adult| Carer {
        name: Text::Borrowed(&adult.name),
        named: true,
        year: adult.year,
        number: if adult.number == 0 {
            Text::Borrowed("")
        } else {
            digits(adult.number).into()
        },
    })
}

impl<'a> Written<'a> {
    /// The row of a child as it is.
    pub fn of(people: &'a People, commune: &'a Commune, at: usize) -> Option<Self> {
        let child: &'a Child = people.children.get(at)?;
        let household: &'a Household = people.household(child)?;
        let foreign = child.no_number == Some(NoNumber::Foreign);
        let mut father = carer(household.father.as_ref());
        if household.father.is_none() && child.household.is_multiple_of(3) {
            // What the certificate says of a father nobody knows.
            father.name = Text::Borrowed("Không xác định");
        }
        let dead = |carer: &mut Carer<'a>, adult: Option<&Adult>| {
            if adult.is_some_and(|adult| adult.life == Life::Dead)
                && child.household.is_multiple_of(2)
            {
                carer.name = format!("{} (đã mất)", carer.name).into();
            }
        };
        dead(&mut father, household.father.as_ref());
        let mut mother = carer(household.mother.as_ref());
        dead(&mut mother, household.mother.as_ref());
        Some(Self {
            child: commune.child_from + at as u64,
            name: Text::Borrowed(&child.name),
            name_is: NameIs::Good,
            birth: Birth::Day(child.birth),
            sex: Said::known(child.sex.label()),
            sex_meant: child.sex,
            ethnicity: Said::known(household.own),
            nationality: Text::Borrowed(if foreign { "Lào" } else { "Việt Nam" }),
            number: if child.number == 0 {
                Text::Borrowed("")
            } else {
                digits(child.number).into()
            },
            father,
            mother,
            guardian: carer(household.guardian.as_ref().map(|(adult, _)| adult)),
            relation: household
                .guardian
                .as_ref()
                .map_or("", |(_, relation)| *relation),
            hamlet: Said::known(
                people
                    .hamlets
                    .get(household.hamlet)
                    .map_or("", String::as_str),
            ),
            hamlet_place: household.hamlet,
            street: Text::Borrowed(&household.street),
            commune: Said::known(commune.unit.name),
            phone: Text::Borrowed(&household.phone),
            household: format!("{}-{:04}", commune.unit.code, household.number),
            head: Text::Borrowed(household.head()),
            means: match household.means {
                super::people::Means::Poor => "Hộ nghèo",
                super::people::Means::NearPoor => "Hộ cận nghèo",
                super::people::Means::Enough => "",
            },
            circumstance: child.circumstance,
            registered_at: Text::Borrowed(&child.registered_at),
            foreign,
            repeats: None,
        })
    }
}
