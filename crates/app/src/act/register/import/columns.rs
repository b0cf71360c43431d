//! Children as the linkage sees them, from what is written: a record of the register, or a line of a list. Both by the same way, so
//! that a list of the book's own children agrees with them in everything.
//!
//! In: a stored record, or a line with its findings. Out: [`Seen`], from which comes a [`treem_child::link::Entry`].

use super::super::kept::finding_field;
use super::super::record::{Heads, child_field};
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::fmt::Write as _;
use treem_child::link::{self, Batch};
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::number::Parts;
use treem_child::normalise::sex::Sex;
use treem_child::normalise::unit::{Edition, Level, predecessors, successors};
use treem_child::rule::RuleId;
use treem_store::change::Linkable;

/// What the linkage looks at.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Seen<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    birth: Cow<'a, str>,
    #[serde(borrow)]
    sex: Cow<'a, str>,
    #[serde(borrow)]
    father: Cow<'a, str>,
    #[serde(borrow)]
    mother: Cow<'a, str>,
    #[serde(borrow)]
    phone: Cow<'a, str>,
    #[serde(borrow)]
    number: Cow<'a, str>,
    #[serde(skip)]
    ethnicity: Cow<'a, str>,
    #[serde(skip)]
    place: Place,
    #[serde(skip)]
    commune: Cow<'a, str>,
}

/// The sensitive field among them.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Sensitive<'a> {
    #[serde(borrow)]
    ethnicity: Cow<'a, str>,
}

/// A commune and its district, by code; empty where unknown.
#[derive(Clone, Copy, Default)]
struct Place {
    unit: &'static str,
    district: &'static str,
}

/// Finds places in the edition of the list; each looked up once.
pub struct Places {
    here: &'static Edition,
    known: FxHashMap<(String, String), Place>,
}

impl Places {
    /// For lists of an edition.
    pub fn new(here: &'static Edition) -> Self {
        Self {
            here,
            known: FxHashMap::default(),
        }
    }

    /// Whether two units, each with its edition, are one in the edition of the list.
    pub fn are_one(&mut self, one: (&str, &str), other: (&str, &str)) -> bool {
        let (one, other) = (self.of(one.0, one.1), self.of(other.0, other.1));
        (one.unit, one.district) == (other.unit, other.district) && !one.district.is_empty()
    }

    /// A unit of an edition, or what alone it became until the list's.
    fn of(&mut self, from: &str, code: &str) -> Place {
        if code.is_empty() {
            return Place::default();
        }
        let key = (from.to_owned(), code.to_owned());
        if let Some(place) = self.known.get(&key) {
            return *place;
        }
        let unit = if from == self.here.from || from.is_empty() {
            self.here.by_code(code)
        } else {
            let (first, last) = if from < self.here.from {
                (from, self.here.from)
            } else {
                (self.here.from, from)
            };
            // A list of an earlier day than the record is held against what the record's unit was made of.
            let kin = if first == from {
                successors(code, first, last)
            } else {
                predecessors(code, last, first)
            };
            match kin.as_slice() {
                [one] => self.here.by_code(one.unit.code),
                _ => None,
            }
        };
        let place = unit.map_or_else(Place::default, |unit| Place {
            unit: if unit.level() == Level::Commune {
                unit.code
            } else {
                ""
            },
            district: match unit.level() {
                Level::District => unit.code,
                _ => self
                    .here
                    .district_of(unit)
                    .map_or("", |district| district.code),
            },
        });
        self.known.insert(key, place);
        place
    }
}

impl<'a> Seen<'a> {
    /// Of a record. `restored`: the number with its lost zeros, where a finding suggests one.
    pub fn record(child: &'a Linkable, restored: Option<&'a str>, places: &mut Places) -> Self {
        let unit = child.unit.as_deref().unwrap_or("");
        let mut seen = Self::stored(
            (&child.record, &child.sensitive),
            (&child.edition, unit),
            places,
        );
        if seen.number.is_empty() {
            seen.number = Cow::Borrowed(restored.unwrap_or(""));
        }
        seen
    }

    /// Of what is stored of a child: its fields and the sensitive ones, edition and unit.
    pub fn stored(
        (record, sensitive): (&'a str, &'a str),
        (edition, unit): (&str, &str),
        places: &mut Places,
    ) -> Self {
        let mut seen: Self = serde_json::from_str(record).unwrap_or_default();
        let sensitive: Sensitive<'a> = serde_json::from_str(sensitive).unwrap_or_default();
        seen.ethnicity = sensitive.ethnicity;
        seen.place = places.of(edition, unit);
        seen
    }

    /// Of a line and its findings.
    pub fn line(
        heads: &Heads,
        line: &'a [String],
        findings: &'a [Vec<String>],
        places: &mut Places,
    ) -> Self {
        let field = |name: &str| Cow::Borrowed(child_field(heads, line, name));
        let code = match field("unit") {
            unit if unit.is_empty() => field("district"),
            unit => unit,
        };
        let of_rule = |rule: RuleId, cell: &str| {
            findings
                .iter()
                .find(|finding| finding_field(finding, "rule") == rule.code())
                .map_or("", |finding| finding_field(finding, cell))
        };
        let number = match field("number") {
            number if number.is_empty() => {
                Cow::Borrowed(of_rule(RuleId::ID_ZERO_LOST, "suggestion"))
            }
            number => number,
        };
        Self {
            name: field("name"),
            birth: field("birth"),
            sex: field("sex"),
            father: field("father"),
            mother: field("mother"),
            phone: field("phone"),
            number,
            ethnicity: field("ethnicity"),
            place: places.of("", &code),
            commune: Cow::Borrowed(of_rule(RuleId::PLACE_UNKNOWN, "raw")),
        }
    }

    /// Adds it to a batch.
    pub fn push(&self, batch: &mut Batch) {
        batch.push(&self.entry());
    }

    /// The name as it stands.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// As the linkage wants it.
    pub fn entry(&self) -> link::Entry<'_> {
        link::Entry {
            name: &self.name,
            birth: partial(&self.birth),
            sex: match self.sex.as_ref() {
                "Nam" => Some(Sex::Male),
                "Nữ" => Some(Sex::Female),
                _ => None,
            },
            ethnicity: &self.ethnicity,
            father: link::parent_name(&self.father),
            mother: link::parent_name(&self.mother),
            unit: self.place.unit,
            district: self.place.district,
            commune: &self.commune,
            number: self.parts(),
            phone: &self.phone,
        }
    }

    fn parts(&self) -> Option<Parts> {
        Parts::of(&self.number).filter(|parts| parts.is_sound_child())
    }

    /// How much it says: of two rows of one child the fuller is held against the register.
    pub fn fullness(&self) -> u8 {
        let said = [
            !self.number.is_empty(),
            !self.father.is_empty(),
            !self.mother.is_empty(),
            !self.sex.is_empty(),
            self.birth.len() == 10,
            !self.name.is_ascii(),
        ];
        said.into_iter().map(u8::from).sum()
    }

    /// What it says of who it is, as a hash: equal rows of two lists are one question.
    pub fn print(&self) -> String {
        let mut hasher = Sha256::new();
        for text in [
            &self.name,
            &self.birth,
            &self.sex,
            &self.father,
            &self.mother,
            &self.number,
            &Cow::Borrowed(self.place.unit),
        ] {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        let mut out = String::with_capacity(32);
        for byte in hasher.finalize().iter().take(16) {
            let _ = write!(out, "{byte:02x}");
        }
        out
    }
}

/// A date of a record: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
fn partial(text: &str) -> Option<PartialDate> {
    PartialDate::from_iso(text).or_else(|| {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let mut date = PartialDate::of_year(year);
        if let Some(month) = parts.next() {
            date.month = month
                .parse()
                .ok()
                .filter(|month| (1..=12).contains(month))?;
        }
        Some(date)
    })
}
