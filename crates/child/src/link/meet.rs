//! The blocking keys of the child model: which children are compared at all.
//!
//! In: the number of a child. Out: what it says under a key, and the finer ways in which a block that is too large is split.

use super::{Children, Hashes, Whose};
use treem_link::comparison::{Key, mix};

/// The keys under which children are compared, the most telling first (reference: names-and-text §3.4 without month, commune and
/// initials, which brought up nothing that others did not; and those that carry what these miss).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meeting {
    Number,
    BirthGiven,
    Parents,
    BirthMother,
    BirthFather,
    BirthCommune,
    MotherCommune,
    NameCommune,
    MotherGiven,
    YearCommuneGiven,
    FatherGiven,
    PhoneYear,
    FatherCommune,
}

impl Meeting {
    /// All of them in their order.
    pub(super) const ALL: [Self; 13] = [
        Self::Number,
        Self::BirthGiven,
        Self::Parents,
        Self::BirthMother,
        Self::BirthFather,
        Self::BirthCommune,
        Self::MotherCommune,
        Self::NameCommune,
        Self::MotherGiven,
        Self::YearCommuneGiven,
        Self::FatherGiven,
        Self::PhoneYear,
        Self::FatherCommune,
    ];
}

/// What a block that is too large is split by: pairs of it have to agree in one of its ways as well.
#[derive(Clone, Copy)]
enum Finer {
    Given,
    Mother,
    Father,
    Name,
    Year,
    Commune,
}

impl Meeting {
    /// The finer ways, and what they are called.
    fn finer(self) -> (&'static [Finer], &'static [&'static str]) {
        match self {
            Self::Number => (&[], &[]),
            Self::BirthGiven => (
                &[Finer::Name, Finer::Mother, Finer::Father],
                &["name", "given of mother", "given of father"],
            ),
            Self::Parents | Self::PhoneYear => (
                &[Finer::Given, Finer::Year, Finer::Commune],
                &["given", "year", "commune"],
            ),
            Self::BirthMother => (
                &[Finer::Given, Finer::Father],
                &["given", "given of father"],
            ),
            Self::BirthFather => (
                &[Finer::Given, Finer::Mother],
                &["given", "given of mother"],
            ),
            Self::BirthCommune | Self::YearCommuneGiven => (
                &[Finer::Name, Finer::Mother, Finer::Father],
                &["name", "given of mother", "given of father"],
            ),
            Self::MotherCommune => (
                &[Finer::Given, Finer::Year, Finer::Father],
                &["given", "year", "given of father"],
            ),
            Self::FatherCommune => (
                &[Finer::Given, Finer::Year, Finer::Mother],
                &["given", "year", "given of mother"],
            ),
            Self::NameCommune => (
                &[Finer::Year, Finer::Mother, Finer::Father],
                &["year", "given of mother", "given of father"],
            ),
            Self::MotherGiven => (
                &[Finer::Commune, Finer::Name, Finer::Father],
                &["commune", "name", "given of father"],
            ),
            Self::FatherGiven => (
                &[Finer::Commune, Finer::Name, Finer::Mother],
                &["commune", "name", "given of mother"],
            ),
        }
    }
}

/// One key.
pub(super) struct MeetingKey<'c> {
    pub(super) children: &'c Children,
    pub(super) meeting: Meeting,
}

/// All parts, none of them 0.
fn all(parts: &[u64]) -> u64 {
    if parts.contains(&0) {
        return 0;
    }
    parts
        .iter()
        .fold(parts.len() as u64, |hash, part| mix(hash, *part))
        | 1
}

impl Key for MeetingKey<'_> {
    fn name(&self) -> &str {
        super::words::meeting(self.meeting)
    }
    fn finer(&self) -> &[&'static str] {
        self.meeting.finer().1
    }
    fn finer_key(&self, way: usize, record: u32) -> u64 {
        let children = self.children;
        match self.meeting.finer().0.get(way) {
            Some(Finer::Given) => children
                .people
                .plain_given(children.name(Whose::Child, record)),
            Some(Finer::Mother) => children
                .people
                .plain_given(children.name(Whose::Mother, record)),
            Some(Finer::Father) => children
                .people
                .plain_given(children.name(Whose::Father, record)),
            Some(Finer::Name) => u64::from(children.hashes[record as usize].name),
            Some(Finer::Year) => u64::from(children.birth(record).year()),
            Some(Finer::Commune) => u64::from(children.at_commune(record)),
            None => 0,
        }
    }
    fn key(&self, record: u32) -> u64 {
        let children = self.children;
        let Hashes {
            name,
            father,
            mother,
            given,
            sound,
        } = children.hashes[record as usize];
        let [name, father, mother] = [u64::from(name), u64::from(father), u64::from(mother)];
        let [given, sound] = [u64::from(given), u64::from(sound)];
        let birth = children.birth(record);
        let full = if birth.is_full() {
            u64::from(birth.either_way())
        } else {
            0
        };
        let year = u64::from(birth.year());
        let commune = u64::from(children.at_commune(record));
        match self.meeting {
            Meeting::Number => all(&[children.number(record)]),
            Meeting::BirthGiven => all(&[full, given]),
            Meeting::Parents => all(&[father, mother]),
            Meeting::BirthMother => all(&[full, mother]),
            Meeting::BirthFather => all(&[full, father]),
            Meeting::BirthCommune => all(&[full, commune]),
            Meeting::MotherCommune => all(&[mother, commune]),
            Meeting::FatherCommune => all(&[father, commune]),
            Meeting::NameCommune => all(&[name, commune]),
            Meeting::MotherGiven => all(&[year, given, mother]),
            Meeting::YearCommuneGiven => all(&[year, commune, sound]),
            Meeting::FatherGiven => all(&[year, given, father]),
            Meeting::PhoneYear => all(&[u64::from(children.record(record).phone), year]),
        }
    }
}
