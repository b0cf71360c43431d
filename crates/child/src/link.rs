//! Step *link*: who in a list is already in the register, who is new, who is written down twice.
//!
//! In: children of one or two lists ([`Children`]). Out: a [`treem_link::model::Model`] to run over them ([`model::model`]), and what
//! a pair then is ([`band::Band`]). The engine is `treem-link`; here is what it has to know of Vietnamese children: how their
//! names are written, that siblings share a family, that in a commune where all are Hồ the surname says nothing.

#![expect(
    clippy::cast_precision_loss,
    reason = "counts of children become shares; 52 bits are more than enough"
)]

pub mod band;
mod batch;
mod compare;
mod dates;
mod meet;
pub mod model;
mod people;
mod rarity;
pub mod words;

pub use batch::Batch;
pub use dates::Dates;
pub use people::{Likeness, People};

use crate::normalise::date::PartialDate;
use crate::normalise::name::says_unknown;
use crate::normalise::number::{Number, Parts};
use crate::normalise::sex::{Sex, SexValue};
use crate::normalise::syllable::ascii_fold;
use crate::record::{Child, Person};
use dates::Day;
use rustc_hash::FxHashMap;

/// What the linkage looks at of one child. Text that is no name (a placeholder, "không rõ") is empty: missing weighs nothing.
#[derive(Clone, Default)]
pub struct Entry<'a> {
    /// Name in proper case.
    pub name: &'a str,
    /// Birth date with its precision.
    pub birth: Option<PartialDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Official ethnic group.
    pub ethnicity: &'a str,
    /// Father's name.
    pub father: &'a str,
    /// Mother's name.
    pub mother: &'a str,
    /// Code of the commune, of the edition in force; empty where no edition knows it.
    pub unit: &'a str,
    /// Code of the district; empty where unknown.
    pub district: &'a str,
    /// The commune as written, compared where no edition knows it.
    pub commune: &'a str,
    /// A sound number, lost zeros put back.
    pub number: Option<Parts>,
    /// Telephone: digits.
    pub phone: &'a str,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entry(***)")
    }
}

fn parent<'a>(person: &'a Person<'_>) -> &'a str {
    if person.state.is_named() {
        named(person.name.as_ref())
    } else {
        ""
    }
}

/// A parent named after a child ("Pả Thảo", "Vỗ Thảo": father of Thảo) is not named.
fn named(name: &str) -> &str {
    let called = name.split(' ').next().unwrap_or("");
    if matches!(called, "Pả" | "Vỗ" | "Pa" | "Vo") && name.split(' ').count() == 2 {
        ""
    } else {
        name
    }
}

/// A parent as a record keeps the words: the name the linkage compares, empty where the words say that nobody knows.
pub fn parent_name(text: &str) -> &str {
    if text.is_empty() || says_unknown(&ascii_fold(text)) {
        ""
    } else {
        named(text)
    }
}

/// The sound number of a child, lost zeros put back: twelve digits, a known place, born in this century.
fn sound_number(number: &Number<'_>) -> Option<Parts> {
    let digits = number.text();
    if !(10..=12).contains(&digits.len()) {
        return None;
    }
    Parts::of_value(number.padded()?).filter(|parts| parts.is_sound_child())
}

impl<'a> Entry<'a> {
    /// Of a record. `commune`: the commune as the row writes it.
    pub fn of(
        child: &'a Child<'_>,
        edition: &'static crate::normalise::unit::Edition,
        commune: &'a str,
    ) -> Self {
        let unit = child.residence.unit;
        Self {
            name: child.name_out(),
            birth: child.birth_date(),
            sex: match child.sex {
                SexValue::Known(sex) => Some(sex),
                SexValue::Missing | SexValue::Invalid => None,
            },
            ethnicity: child.ethnic_group().map_or("", |group| group.name),
            father: parent(&child.father),
            mother: parent(&child.mother),
            unit: unit.map_or("", |unit| unit.code),
            district: unit
                .and_then(|unit| edition.district_of(unit))
                .map_or("", |district| district.code),
            commune,
            number: sound_number(&child.number),
            phone: child.phone.as_ref(),
        }
    }
}

/// One child: what is compared lies together, so that a pair costs two looks into memory.
#[derive(Clone, Copy)]
struct Record {
    names: [u32; 3],
    birth: Day,
    commune: u32,
    phone: u32,
    /// Twelve digits, four bits each; 0 without.
    number: u64,
    ethnicity: u16,
    /// 1 male, 2 female, 0 unknown.
    sex: u8,
    /// What speaks against the number: [`CONTRADICTS`], [`SHARED`].
    number_doubt: u8,
    /// No name of the record has a mark: whoever wrote it wrote none.
    unmarked: bool,
    /// By whose name: how rare it is within the commune.
    rarity: [u8; 3],
}

/// The number says another sex or birth year than the record.
const CONTRADICTS: u8 = 1;
/// Of two lists: the number stands on another record of the same list as well.
const SHARED: u8 = 2;

/// The children of one or two lists: 40 bytes a child, and each distinct name once (about 150 bytes).
#[derive(Default)]
pub struct Children {
    people: People,
    records: Vec<Record>,
    first_list: Option<usize>,
    commune_numbers: FxHashMap<u64, u32>,
    /// By commune: its district, 0 where unknown.
    districts: Vec<u32>,
    ethnicity_numbers: FxHashMap<u64, u16>,
    rarity: rarity::Rarity,
    /// By record, for the keys: what they hash of the names.
    hashes: Vec<Hashes>,
}

/// What blocking keys take of a record's names, worked out once; 0 where there is none.
#[derive(Clone, Copy)]
struct Hashes {
    name: u32,
    father: u32,
    mother: u32,
    given: u32,
    sound: u32,
}

/// Which name of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Child = 0,
    Father = 1,
    Mother = 2,
}

impl Children {
    /// Keeps names as text, for explaining.
    pub fn keep_texts(&mut self) {
        self.people.keep_texts();
    }

    /// Adds a child.
    pub fn push(&mut self, entry: &Entry<'_>) {
        let mut one = Batch::default();
        one.push(entry);
        self.extend(&one);
    }

    /// Says that the first list ends here.
    pub fn end_first_list(&mut self) {
        self.first_list = Some(self.len());
    }
    /// Children of the first list, where there are two.
    pub fn first_list(&self) -> Option<usize> {
        self.first_list
    }
    /// How many children there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }
    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Counts how common names, dates and communes are. Call once all children are there.
    pub fn count(&mut self, threads: usize) {
        let people = &self.people;
        let half = |key: u64| {
            if key == 0 {
                0
            } else {
                u32::try_from((key ^ key >> 32) & 0xFFFF_FFFF).unwrap_or(1) | 1
            }
        };
        let of = |record: &Record| {
            let [name, father, mother] = record.names;
            Hashes {
                name: half(people.plain_key(name)),
                father: half(people.plain_key(father)),
                mother: half(people.plain_key(mother)),
                given: half(people.plain_given(name)),
                sound: half(people.sound_given(name)),
            }
        };
        let each = self.records.len().div_ceil(threads.max(1)).max(1);
        self.hashes = std::thread::scope(|scope| {
            let workers: Vec<_> = self
                .records
                .chunks(each)
                .map(|piece| scope.spawn(|| piece.iter().map(of).collect::<Vec<_>>()))
                .collect();
            let pieces = workers.into_iter().map(std::thread::ScopedJoinHandle::join);
            pieces.flat_map(Result::unwrap_or_default).collect()
        });
        self.doubt_shared_numbers();
        let (rarity, near) = rarity::Rarity::of(self, threads);
        self.rarity = rarity;
        for (whose, steps) in near.iter().enumerate() {
            for (record, step) in self.records.iter_mut().zip(steps) {
                record.rarity[whose] = *step;
            }
        }
    }

    /// Marks numbers that stand twice in one of two lists. In a single list that is what is searched for.
    fn doubt_shared_numbers(&mut self) {
        let Some(first) = self.first_list else {
            return;
        };
        let first = first.min(self.records.len());
        let (left, right) = self.records.split_at_mut(first);
        for list in [left, right] {
            let mut numbers: Vec<u64> = list
                .iter()
                .map(|record| record.number)
                .filter(|number| *number != 0)
                .collect();
            numbers.sort_unstable();
            let shared: rustc_hash::FxHashSet<u64> = numbers
                .windows(2)
                .filter(|pair| pair[0] == pair[1])
                .map(|pair| pair[0])
                .collect();
            for record in list {
                if shared.contains(&record.number) {
                    record.number_doubt |= SHARED;
                }
            }
        }
    }

    /// What a record says of a comparison, for explaining; names only where texts are kept.
    pub fn said(&self, comparison: &str, record: u32) -> String {
        let name = |whose| self.people.text(self.name(whose, record)).to_owned();
        match comparison {
            "name" => name(Whose::Child),
            "father" => name(Whose::Father),
            "mother" => name(Whose::Mother),
            "birth" => self.birth(record).display(),
            "sex" => ["", "Nam", "Nữ"]
                .get(usize::from(self.sex(record)))
                .copied()
                .unwrap_or("")
                .to_owned(),
            "number" if self.number(record) != 0 => format!("{:012x}", self.number(record)),
            _ => String::new(),
        }
    }

    fn record(&self, record: u32) -> &Record {
        &self.records[record as usize]
    }
    fn name(&self, whose: Whose, record: u32) -> u32 {
        self.record(record).names[whose as usize]
    }
    fn birth(&self, record: u32) -> Day {
        self.record(record).birth
    }
    fn at_commune(&self, record: u32) -> u32 {
        self.record(record).commune
    }
    fn number(&self, record: u32) -> u64 {
        self.record(record).number
    }
    /// The number, where nothing speaks against it; 0 without.
    fn sound_number(&self, record: u32) -> u64 {
        let record = self.record(record);
        if record.number_doubt == 0 {
            record.number
        } else {
            0
        }
    }
    fn sex(&self, record: u32) -> u8 {
        self.record(record).sex
    }
    fn district(&self, record: u32) -> u32 {
        self.districts
            .get(self.at_commune(record) as usize)
            .copied()
            .unwrap_or(0)
    }
}

/// Twelve digits, four bits each, so that digits can be compared all at once.
fn four_bits(parts: Parts) -> u64 {
    let mut rest = parts.value();
    let mut out = 0;
    for place in 0..12 {
        out |= (rest % 10) << (4 * place);
        rest /= 10;
    }
    out
}

/// The number says another sex or birth year than the record: as where one number was pasted on brothers and sisters.
fn contradicts(parts: Parts, entry: &Entry<'_>) -> bool {
    entry
        .sex
        .is_some_and(|sex| Sex::of_digit(parts.century_digit()) != sex)
        || entry
            .birth
            .is_some_and(|birth| birth.year != parts.birth_year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::number::number;

    #[test]
    fn lost_zeros_are_put_back_and_only_sound_numbers_count() {
        let whole = number("045215001234");
        for (written, sound) in [
            ("045215001234", true),
            ("45215001234", true),
            ("1215001234", true),
            ("045015001234", false),
            ("003215001234", false),
            ("123456789", false),
            ("", false),
        ] {
            assert_eq!(sound_number(&number(written)).is_some(), sound, "{written}");
        }
        assert_eq!(
            sound_number(&number("45215001234")).map(four_bits),
            sound_number(&whole).map(four_bits)
        );
    }

    #[test]
    fn a_number_of_another_sex_or_year_contradicts() {
        let entry = |sex, year| Entry {
            sex: Some(sex),
            birth: Some(PartialDate::of_year(year)),
            ..Entry::default()
        };
        let parts = sound_number(&number("045215001234")).unwrap();
        assert!(!contradicts(parts, &entry(Sex::Male, 2015)));
        assert!(contradicts(parts, &entry(Sex::Female, 2015)));
        assert!(contradicts(parts, &entry(Sex::Male, 2018)));
    }
}
