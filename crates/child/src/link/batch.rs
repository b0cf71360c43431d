//! Children on their way from the workers that read them to the columns of [`Children`].
//!
//! In: [`Entry`]s. Out: [`Batch`], which holds their text in one piece and what can be worked out beforehand.

use super::people::lower;
use super::{CONTRADICTS, Children, Day, Entry, Record, contradicts, four_bits};
use crate::normalise::sex::Sex;
use treem_link::comparison::{hash_bytes, hash_text};

/// Children whose names are looked up together.
const LOOKED_UP: usize = 64;

/// One child, texts as places in the batch's text.
#[derive(Clone, Copy)]
struct Packed {
    names: [(u64, usize); 3],
    commune: u64,
    district: u32,
    birth: Day,
    number: u64,
    phone: u32,
    ethnicity: u64,
    sex: u8,
    contradicted: bool,
}

/// Children of a piece of a list, in order.
#[derive(Default)]
pub struct Batch {
    text: String,
    packed: Vec<Packed>,
    /// A name in small letters, its memory kept from one to the next.
    lower: Vec<u8>,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Batch({} children)", self.packed.len())
    }
}

impl Batch {
    /// Adds a child.
    pub fn push(&mut self, entry: &Entry<'_>) {
        let mut name = |text: &str| {
            self.text.push_str(text);
            (
                if text.is_empty() {
                    0
                } else {
                    lower(text, &mut self.lower);
                    hash_bytes(&self.lower)
                },
                self.text.len(),
            )
        };
        let names = [name(entry.name), name(entry.father), name(entry.mother)];
        let commune = if !entry.unit.is_empty() {
            hash_text(entry.unit)
        } else if entry.commune.trim().is_empty() {
            0
        } else {
            hash_text(&crate::normalise::syllable::ascii_fold(
                entry.commune.trim(),
            )) ^ 2
        };
        let mut digits = 0_u32;
        let mut count = 0;
        for byte in entry.phone.bytes().rev().filter(u8::is_ascii_digit).take(9) {
            digits += u32::from(byte - b'0') * 10_u32.pow(count);
            count += 1;
        }
        self.packed.push(Packed {
            names,
            commune,
            district: entry.district.parse().unwrap_or(0),
            birth: entry.birth.map_or(Day::UNKNOWN, Day::of),
            number: entry.number.map_or(0, four_bits),
            phone: if count == 9 { digits } else { 0 },
            ethnicity: if entry.ethnicity.is_empty() {
                0
            } else {
                hash_text(entry.ethnicity)
            },
            sex: match entry.sex {
                None => 0,
                Some(Sex::Male) => 1,
                Some(Sex::Female) => 2,
            },
            contradicted: entry.number.is_some_and(|parts| contradicts(parts, entry)),
        });
    }

    /// How many children it holds.
    pub fn len(&self) -> usize {
        self.packed.len()
    }
    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }
}

impl Children {
    /// Adds the children of a batch.
    pub fn extend(&mut self, batch: &Batch) {
        let mut from = 0;
        for some in batch.packed.chunks(LOOKED_UP) {
            // Looks into the memory of all names lie far apart; none of these waits for another.
            let mut seen = [[0; 3]; LOOKED_UP];
            for (seen, packed) in seen.iter_mut().zip(some) {
                *seen = packed.names.map(|(hash, _)| self.people.seen(hash));
            }
            for (at, seen) in (from..from + some.len()).zip(seen) {
                self.extend_by(batch, at, seen);
            }
            from += some.len();
        }
    }

    /// Adds one child of a batch, by its place there; nothing where there is none.
    pub fn extend_one(&mut self, batch: &Batch, at: usize) {
        self.extend_by(batch, at, [0; 3]);
    }

    /// As [`Children::extend_one`], with the numbers of its names that are known, 0 where not.
    fn extend_by(&mut self, batch: &Batch, at: usize, seen: [u32; 3]) {
        let Some(packed) = batch.packed.get(at) else {
            return;
        };
        let mut from = at
            .checked_sub(1)
            .and_then(|before| batch.packed.get(before))
            .map_or(0, |before| before.names[2].1);
        let mut names = seen;
        for (name, (hash, to)) in names.iter_mut().zip(&packed.names) {
            if *name == 0 {
                *name = self
                    .people
                    .number_of(*hash, batch.text.get(from..*to).unwrap_or(""));
            }
            from = *to;
        }
        self.people.bear(names[0]);
        let next = u16::try_from(self.ethnicity_numbers.len() + 1).unwrap_or(u16::MAX);
        let ethnicity = if packed.ethnicity == 0 {
            0
        } else {
            *self
                .ethnicity_numbers
                .entry(packed.ethnicity)
                .or_insert(next)
        };
        let commune = self.commune(packed.commune, packed.district);
        let marked = names.iter().any(|name| self.people.is_marked(*name));
        self.records.push(Record {
            names,
            birth: packed.birth,
            commune,
            phone: packed.phone,
            number: packed.number,
            ethnicity,
            sex: packed.sex,
            number_doubt: if packed.contradicted { CONTRADICTS } else { 0 },
            unmarked: !marked && names != [0; 3],
            rarity: [0; 3],
        });
    }

    fn commune(&mut self, key: u64, district: u32) -> u32 {
        if self.districts.is_empty() {
            self.districts.push(0);
        }
        if key == 0 {
            return 0;
        }
        if let Some(number) = self.commune_numbers.get(&key) {
            return *number;
        }
        let number = u32::try_from(self.districts.len()).unwrap_or(0);
        self.districts.push(district);
        self.commune_numbers.insert(key, number);
        number
    }
}
