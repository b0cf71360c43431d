//! What a record must keep beside its fields, so that it can be checked again and say the same: cells that are no value, what the reader
//! repaired, a parent's state.
//!
//! In: a [`Child`] with its row. Out: [`Written`], as JSON in the record. Empty for nearly every sound row.

use std::collections::BTreeMap;
use treem_child::field::Field;
use treem_child::finding::Finding;
use treem_child::normalise::date::{self, DateValue, PartialDate};
use treem_child::normalise::name::NameState;
use treem_child::normalise::number::{self, Number};
use treem_child::normalise::sex::{self, SexValue};
use treem_child::normalise::text;
use treem_child::record::{Child, Ethnic, Person, PersonState};

/// Sensitive fields (NĐ 356/2025/NĐ-CP Đ.4): ethnic group, health, circumstances, and the note, which may speak of any of them.
pub const SENSITIVE: [Field; 4] = [
    Field::Ethnicity,
    Field::Insurance,
    Field::Circumstance,
    Field::Note,
];
/// A date that no calendar has.
const NO_DATE: &str = "99/99/9999";
/// A word that is no sex.
const NO_SEX: &str = "không đọc được";
/// A word that says the birth is not registered.
const NOT_REGISTERED: &str = "chưa khai sinh";

/// Code of the rule, field, cell as it stood, repaired text.
pub type Note = (String, Field, String, Option<String>);

/// What a record keeps beside its fields.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Written {
    /// What the reader repaired.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The commune written is none of the edition; the unit to write instead, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Cells as they stood, where the field does not say it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub raw: BTreeMap<Field, String>,
    /// What to read instead of the field or the cell.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub text: BTreeMap<Field, String>,
}

impl Written {
    /// Of a child: `notes` are the reader's findings, `findings` all of its row's; `raw` gives a cell, `text` the same repaired.
    pub fn of(
        child: &Child<'_>,
        notes: &[Finding],
        findings: &[Finding],
        raw: &dyn Fn(Field) -> String,
        text: &dyn Fn(Field) -> String,
    ) -> Self {
        let mut out = Self {
            notes: notes
                .iter()
                .map(|note| {
                    (
                        note.rule.code().to_owned(),
                        note.field,
                        note.raw.clone(),
                        note.suggestion.clone(),
                    )
                })
                .collect(),
            ..Self::default()
        };
        let noted = |finding: &&Finding| !notes.contains(finding);
        for finding in findings.iter().filter(noted) {
            out.keep(child, finding.field, raw);
        }
        out.values(child, raw, text);
        for (field, person) in [
            (Field::Father, &child.father),
            (Field::Mother, &child.mother),
            (Field::Guardian, &child.guardian),
        ] {
            if let Some(words) = state_words(person) {
                out.text.insert(field, words);
            }
        }
        let cared = [&child.father, &child.mother, &child.guardian];
        if !cared.iter().any(|person| person.state.is_named()) {
            out.keep(child, Field::Mother, raw);
        }
        let residence = &child.residence;
        if residence.unit.is_none() {
            out.keep(child, Field::Commune, raw);
            out.place = residence.unknown.map(|why| {
                why.suggestion()
                    .map_or(String::new(), |unit| unit.name.to_owned())
            });
        }
        if residence.hamlet.is_empty() {
            out.keep(child, Field::Hamlet, raw);
        }
        out
    }

    /// The fields whose value may be no text.
    fn values(
        &mut self,
        child: &Child<'_>,
        raw: &dyn Fn(Field) -> String,
        text: &dyn Fn(Field) -> String,
    ) {
        if child.name_state != NameState::Good {
            let cell = self.keep(child, Field::Name, raw);
            let short = child.name_state == NameState::Short;
            self.instead(Field::Name, !short && child.name != cell, &child.name);
        }
        if !matches!(child.birth, DateValue::Known(date) if date.is_full()) {
            let cell = self.keep(child, Field::Birth, raw);
            let read = date::date(&text::clean(&cell).0, 0);
            match child.birth {
                DateValue::Known(_) => {}
                DateValue::Swapped(date) => {
                    let words = format!("{:02}/{:02}/{:04}", date.month, date.day, date.year);
                    self.instead(Field::Birth, true, &words);
                }
                DateValue::Missing => self.instead(Field::Birth, read != DateValue::Missing, ""),
                DateValue::Invalid => {
                    self.instead(Field::Birth, read != DateValue::Invalid, NO_DATE);
                }
            }
        }
        if !matches!(child.sex, SexValue::Known(_)) {
            let cell = self.keep(child, Field::Sex, raw);
            let missing = child.sex == SexValue::Missing;
            let differs = sex::sex(&text::clean(&cell).0) != child.sex;
            self.instead(Field::Sex, differs, if missing { "" } else { NO_SEX });
        }
        if !matches!(
            child.ethnic,
            Ethnic::Known {
                doubtful: false,
                ..
            }
        ) {
            let cell = self.keep(child, Field::Ethnicity, raw);
            let words = text(Field::Ethnicity);
            self.instead(Field::Ethnicity, words != cell, &words);
        }
        if child.number_out().is_empty() {
            let cell = self.keep(child, Field::Number, raw);
            let read = number::number(&cell);
            let same = match (&read, &child.number) {
                (Number::Missing, Number::Missing)
                | (Number::NotRegistered, Number::NotRegistered) => true,
                (Number::Other(read), Number::Other(was)) => read == was,
                (Number::Twelve(read, _), Number::Twelve(was, _)) => read == was,
                _ => false,
            };
            let words = match &child.number {
                Number::NotRegistered => NOT_REGISTERED,
                other => other.text(),
            };
            self.instead(Field::Number, !same, words);
        }
    }

    fn instead(&mut self, field: Field, differs: bool, words: &str) {
        if differs {
            self.text.insert(field, words.to_owned());
        }
    }

    /// Keeps a cell where neither field nor note says it; gives it.
    fn keep(&mut self, child: &Child<'_>, field: Field, raw: &dyn Fn(Field) -> String) -> String {
        let cell = raw(field);
        let known = match self.notes.iter().find(|note| note.1 == field) {
            Some(note) => note.2 == cell,
            None => plain(child, field) == cell,
        };
        if !known {
            self.raw.insert(field, cell.clone());
        }
        cell
    }

    /// The cell of a field as it stood, where it was kept.
    pub fn kept(&self, field: Field) -> Option<&str> {
        let noted = || self.notes.iter().find(|note| note.1 == field);
        self.raw
            .get(&field)
            .or_else(|| noted().map(|note| &note.2))
            .map(String::as_str)
    }

    /// The cell of a field: as it was kept, else as the record's field says.
    pub fn cell(&self, child: &Child<'_>, field: Field) -> String {
        self.kept(field)
            .map_or_else(|| plain(child, field), str::to_owned)
    }

    /// True where there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Forgets what was written in a field: somebody has written something else.
    pub fn forget(&mut self, field: Field) {
        self.raw.remove(&field);
        self.text.remove(&field);
        self.notes.retain(|note| note.1 != field);
    }

    /// Adds what another part says.
    pub fn join(&mut self, other: Self) {
        self.notes.extend(other.notes);
        self.raw.extend(other.raw);
        self.text.extend(other.text);
        self.place = self.place.take().or(other.place);
    }

    /// The open and the sensitive part as JSON, each empty where there is nothing.
    pub fn into_json(mut self) -> (String, String) {
        if self.is_empty() {
            return (String::new(), String::new());
        }
        let mut apart = Self::default();
        for field in SENSITIVE {
            apart.raw.extend(self.raw.remove_entry(&field));
            apart.text.extend(self.text.remove_entry(&field));
        }
        let hidden = |note: &mut Note| SENSITIVE.contains(&note.1);
        apart.notes = self.notes.extract_if(.., hidden).collect();
        let json = |part: &Self| {
            if part.is_empty() {
                String::new()
            } else {
                serde_json::to_string(part).unwrap_or_default()
            }
        };
        (json(&self), json(&apart))
    }
}

/// A parent's name with the state that the name alone does not tell.
fn state_words(person: &Person<'_>) -> Option<String> {
    match person.state {
        PersonState::Dead => Some(format!("{} (đã mất)", person.name)),
        PersonState::Away => Some(format!("{} (bỏ đi)", person.name)),
        PersonState::Missing | PersonState::Unknown | PersonState::Named => None,
    }
}

/// A cell as a careful person would have written what the record says.
fn plain(child: &Child<'_>, field: Field) -> String {
    let residence = &child.residence;
    let text: &str = match field {
        Field::Name => child.name_out(),
        Field::Birth => {
            return child
                .birth_date()
                .map_or(String::new(), PartialDate::display);
        }
        Field::Sex => match child.sex {
            SexValue::Known(sex) => sex.label(),
            SexValue::Missing | SexValue::Invalid => "",
        },
        Field::Ethnicity => match &child.ethnic {
            Ethnic::Known { group, own, .. } if own.is_empty() => group.name,
            Ethnic::Known { own, .. } => own,
            _ => "",
        },
        Field::Number => child.number_out(),
        Field::Commune => residence.unit.map_or("", |unit| unit.name),
        Field::District => residence.district.map_or("", |unit| unit.name),
        Field::Hamlet if residence.hamlet.is_empty() => &residence.address,
        Field::Hamlet => &residence.hamlet,
        field => child.plain(field).unwrap_or(""),
    };
    text.to_owned()
}
