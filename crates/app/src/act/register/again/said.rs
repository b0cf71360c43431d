//! A stored record, read back: its columns, what it keeps beside them, and what it has that is no column.
//!
//! In: [`State`], findings of a record of the first form. Out: [`Said`], which borrows from the state.

use super::super::record::{Heads, WRITTEN};
use crate::act::check::written::{Note, Written};
use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use treem_child::field::Field;
use treem_child::rule::RuleId;
use treem_store::child::{Finding, State};

/// Rules that look at many rows: one row can neither find nor lose them.
pub const ACROSS: [RuleId; 3] = [
    RuleId::ID_SHARED,
    RuleId::CHILD_DUPLICATE,
    RuleId::BIRTH_HEAPED,
];

/// True for a rule that looks at many rows.
pub fn is_across(code: &str) -> bool {
    ACROSS.iter().any(|rule| rule.code() == code)
}

/// Places of the columns of a record by their names.
pub struct Columns {
    /// The heads.
    pub heads: Heads,
    at: FxHashMap<&'static str, usize>,
    field: Vec<(Field, usize)>,
}

impl Columns {
    /// As the register keeps them.
    pub fn new() -> Self {
        let heads = Heads::new();
        let at: FxHashMap<&'static str, usize> = (0_usize..)
            .zip(&heads.children)
            .filter(|(_, head)| !head.starts_with(WRITTEN))
            .map(|(at, head)| (*head, at))
            .collect();
        let field = Field::ALL
            .iter()
            .filter_map(|field| Some((*field, *at.get(column_of(*field)?)?)))
            .collect();
        Self { heads, at, field }
    }

    /// The place of a field's column.
    pub fn place(&self, field: Field) -> usize {
        self.field
            .iter()
            .find(|(known, _)| *known == field)
            .map_or(usize::MAX, |(_, at)| *at)
    }

    /// The fields that have a column, with its place.
    pub fn fields(&self) -> &[(Field, usize)] {
        &self.field
    }
}

/// The column of a field of the record; the commune's is `unit_name`.
pub fn column_of(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Id => "id",
        Field::Name => "name",
        Field::Birth => "birth",
        Field::Sex => "sex",
        Field::Ethnicity => "ethnicity",
        Field::Nationality => "nationality",
        Field::Number => "number",
        Field::BirthCertificate => "birth_certificate",
        Field::BirthRegistration => "birth_registration",
        Field::BirthPlace => "birth_place",
        Field::HomePlace => "home_place",
        Field::Commune => "unit_name",
        Field::District => "district_name",
        Field::Hamlet => "hamlet",
        Field::Address => "address",
        Field::AddressCurrent => "address_current",
        Field::Father => "father",
        Field::FatherBirth => "father_birth",
        Field::FatherNumber => "father_number",
        Field::FatherPhone => "father_phone",
        Field::Mother => "mother",
        Field::MotherBirth => "mother_birth",
        Field::MotherNumber => "mother_number",
        Field::MotherPhone => "mother_phone",
        Field::Guardian => "guardian",
        Field::GuardianBirth => "guardian_birth",
        Field::GuardianNumber => "guardian_number",
        Field::GuardianPhone => "guardian_phone",
        Field::GuardianRelation => "guardian_relation",
        Field::Phone => "phone",
        Field::Household => "household",
        Field::HouseholdHead => "household_head",
        Field::HouseholdPoor => "household_poor",
        Field::School => "school",
        Field::Insurance => "insurance",
        Field::Circumstance => "circumstance",
        Field::Note => "note",
        _ => return None,
    })
}

/// Members of a record that are no columns, in order.
pub type More<'s> = Vec<(Cow<'s, str>, String)>;

/// What a stored record says.
pub struct Said<'s> {
    columns: Vec<Cow<'s, str>>,
    /// What it keeps beside its columns.
    pub written: Written,
    /// Other members of the record and of its sensitive part.
    pub more: [More<'s>; 2],
    /// Nothing is kept beside the columns: a sound record, or one of the first form.
    is_first_form: bool,
}

impl<'s> Said<'s> {
    /// Reads a record. Text that is no JSON object says nothing.
    pub fn of(places: &Columns, state: &'s State, findings: &[Finding]) -> Self {
        let mut out = Self {
            columns: vec![Cow::Borrowed(""); places.heads.children.len()],
            written: Written::default(),
            more: [Vec::new(), Vec::new()],
            is_first_form: true,
        };
        for (which, text) in [(0, &state.record), (1, &state.sensitive)] {
            let mut reader = serde_json::Deserializer::from_str(text);
            let seed = Into {
                said: &mut out,
                places,
                which,
            };
            // What cannot be read is not there; the audit chain, not this, guards the record.
            let _ = seed.deserialize(&mut reader);
        }
        if out.is_first_form {
            out.of_findings(findings);
        }
        out
    }

    /// A column by its place.
    pub fn column(&self, at: usize) -> &str {
        self.columns.get(at).map_or("", AsRef::as_ref)
    }

    /// A field in words: the group's own name, what is no value as it was written.
    pub fn words(&self, columns: &Columns, field: Field) -> String {
        let own = match field {
            Field::Ethnicity => self.column(columns.heads.at("ethnicity_own")),
            _ => "",
        };
        let value = match own {
            "" => self.column(columns.place(field)),
            own => own,
        };
        if value.is_empty() {
            self.written.kept(field).unwrap_or("").to_owned()
        } else {
            let read = self.written.text.get(&field);
            read.map_or(value, String::as_str).to_owned()
        }
    }

    /// A record of the first form keeps its raw cells in its findings only.
    fn of_findings(&mut self, findings: &[Finding]) {
        for finding in findings {
            let Some(field) = Field::from_code(&finding.field) else {
                continue;
            };
            if is_across(&finding.rule) {
                continue;
            }
            let swapped = finding.rule == RuleId::BIRTH_SWAPPED.code();
            if finding.rule.starts_with("text.") || swapped {
                let suggestion = Some(finding.suggestion.clone()).filter(|text| !text.is_empty());
                let note: Note = (finding.rule.clone(), field, finding.raw.clone(), suggestion);
                self.written.notes.push(note);
                continue;
            }
            if finding.rule == RuleId::PLACE_UNKNOWN.code() {
                self.written.place = Some(finding.suggestion.clone());
            }
            if !finding.raw.is_empty() {
                self.written.raw.insert(field, finding.raw.clone());
            }
        }
    }
}

/// Puts the members of a JSON object into a [`Said`].
struct Into<'a, 's> {
    said: &'a mut Said<'s>,
    places: &'a Columns,
    which: usize,
}

impl<'s> DeserializeSeed<'s> for Into<'_, 's> {
    type Value = ();
    fn deserialize<D: Deserializer<'s>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'s> Visitor<'s> for Into<'_, 's> {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a record")
    }
    fn visit_map<A: MapAccess<'s>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Text(name)) = map.next_key()? {
            if let Some(at) = self.places.at.get(name.as_ref()) {
                let Text(value) = map.next_value()?;
                if let Some(slot) = self.said.columns.get_mut(*at) {
                    *slot = value;
                }
            } else if name == WRITTEN {
                self.said.is_first_form = false;
                self.said.written.join(map.next_value()?);
            } else if name == "raw" && self.which == 1 {
                // The first form of a record keeps the raw cells of sensitive fields here.
                let raw: std::collections::BTreeMap<Field, String> = map.next_value()?;
                self.said.written.raw.extend(raw);
            } else {
                let value: serde_json::Value = map.next_value()?;
                if let Some(more) = self.said.more.get_mut(self.which) {
                    more.push((name, value.to_string()));
                }
            }
        }
        Ok(())
    }
}

/// A text, borrowed where it stands without escapes.
struct Text<'s>(Cow<'s, str>);

impl<'s> serde::Deserialize<'s> for Text<'s> {
    fn deserialize<D: Deserializer<'s>>(reader: D) -> Result<Self, D::Error> {
        struct Seen;
        impl<'s> Visitor<'s> for Seen {
            type Value = Text<'s>;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text")
            }
            fn visit_borrowed_str<E>(self, text: &'s str) -> Result<Text<'s>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'s>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        reader.deserialize_str(Seen)
    }
}
