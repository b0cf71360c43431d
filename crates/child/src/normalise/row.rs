//! One row of a table → [`Child`] and what was repaired on the way.
//!
//! In: a [`Row`], the [`Plan`] of its table and what stands around it ([`Around`]). Out: the record and `text.*` notes. Every
//! cell goes the same way: legacy code by the column's verdict, Unicode repair, then its field's own reader.

mod family;
mod residence;
mod values;

pub use residence::Communes;

use super::Plan;
use super::date::PartialDate;
use super::encoding::{self, Encoding, Verdict};
use super::ethnicity::Ethnicity;
use super::name::{self, NameReader, NameState};
use super::text::{self, Repairs};
use super::unit::{Edition, Unit};
use crate::cell::{Cell, CellKind, Font, Row, Spread};
use crate::field::Field;
use crate::finding::Finding;
use crate::limits;
use crate::record::Child;
use crate::rule::RuleId;
use residence::{AddressParts, Commune};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::Arc;
use values::not_yet;

/// What holds for all rows of a run.
#[derive(Clone, Copy)]
pub struct Context {
    /// The day on which age and "future" are judged.
    pub as_of: PartialDate,
    /// The area units in force.
    pub edition: &'static Edition,
}

/// What stands around a row: headings inside the table, then sheet, title, file, option.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The hamlet of the last heading row, or of sheet or title.
    pub hamlet: Option<String>,
    /// The commune of the last heading row.
    pub heading_unit: Option<&'static Unit>,
    /// The commune of sheet, title, file name or option.
    pub unit: Option<&'static Unit>,
    /// The district of title or file name, where no commune is known.
    pub district: Option<&'static Unit>,
    /// The province that title, sheet or file name names, where it is not the home province: communes are looked up there.
    pub province: Option<&'static Unit>,
}

const NO_COLUMN: u16 = u16::MAX;

/// Reads the rows of one table. One per worker: it remembers syllables, ethnic names, units.
pub struct RowReader {
    plan: Plan,
    column_of: [u16; Field::ALL.len()],
    context: Context,
    names: NameReader,
    ethnic: FxHashMap<String, Ethnicity>,
    /// By the cells, and what stands around them: [`RowReader::remember_as`].
    communes: FxHashMap<String, Commune>,
    /// What other readers have found.
    found: Arc<Communes>,
    /// A key in the making, kept to save an allocation a row.
    key: String,
    addresses: FxHashMap<String, AddressParts>,
    /// The last cell of the province's column, and the edition as seen from there.
    province: (String, Option<&'static Edition>),
}

impl RowReader {
    /// A reader for a table.
    pub fn new(plan: Plan, context: Context) -> Self {
        Self::beside(plan, context, Arc::default())
    }

    /// A reader that shares what communes are found with others of the same context.
    pub fn beside(plan: Plan, context: Context, found: Arc<Communes>) -> Self {
        let mut column_of = [NO_COLUMN; Field::ALL.len()];
        for (index, column) in plan.columns.iter().enumerate() {
            if let Some(field) = column.field
                && let Some(slot) = column_of.get_mut(field as usize)
                && *slot == NO_COLUMN
            {
                *slot = u16::try_from(index).unwrap_or(NO_COLUMN);
            }
        }
        Self {
            plan,
            column_of,
            context,
            names: NameReader::default(),
            ethnic: FxHashMap::default(),
            communes: FxHashMap::default(),
            found,
            key: String::new(),
            addresses: FxHashMap::default(),
            province: (String::new(), None),
        }
    }

    /// What holds for the run.
    pub fn context(&self) -> Context {
        self.context
    }

    /// True where the table has a column for the field.
    pub fn has(&self, field: Field) -> bool {
        self.column_of
            .get(field as usize)
            .is_some_and(|column| *column != NO_COLUMN)
    }

    fn cell<'r, 'c>(&self, row: &Row<'r, 'c>, field: Field) -> Option<&'r Cell<'c>> {
        let column = *self.column_of.get(field as usize)?;
        if column == NO_COLUMN {
            return None;
        }
        row.cell(usize::from(column))
            .filter(|cell| cell.kind != CellKind::Empty && cell.spread != Spread::FromLeft)
    }

    fn verdict(&self, field: Field) -> Verdict {
        self.column_of
            .get(field as usize)
            .and_then(|column| self.plan.columns.get(usize::from(*column)))
            .map_or(Verdict::Unicode, |column| column.verdict)
    }

    /// The cell of a field as it stands in the file; a date in three columns is joined by slashes, two tick columns by a bar.
    pub fn raw(&self, row: &Row<'_, '_>, field: Field) -> String {
        let one = |field: Field| self.cell(row, field).map_or("", |cell| cell.text.as_ref());
        let join = |fields: &[Field], sign: &str| {
            let parts: Vec<&str> = fields.iter().map(|field| one(*field)).collect();
            if parts.iter().all(|part| part.is_empty()) {
                String::new()
            } else {
                parts.join(sign)
            }
        };
        let own = one(field);
        if !own.is_empty() {
            return own.to_owned();
        }
        match field {
            Field::Birth => {
                let parts = [Field::BirthDay, Field::BirthMonth, Field::BirthYear]
                    .iter()
                    .map(|field| one(*field))
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("/");
                if parts.is_empty() && self.has(Field::SexMale) {
                    join(&[Field::SexMale, Field::SexFemale], "")
                } else {
                    parts
                }
            }
            Field::Sex => join(&[Field::SexMale, Field::SexFemale], "|"),
            Field::Name => join(
                &[Field::NameFamily, Field::NameMiddle, Field::NameGiven],
                " ",
            )
            .trim()
            .to_owned(),
            Field::Father | Field::Mother => one(Field::Parents).to_owned(),
            Field::Commune => [Field::Address, Field::AddressCurrent, Field::District]
                .iter()
                .map(|field| one(*field))
                .find(|text| !text.is_empty())
                .unwrap_or("")
                .to_owned(),
            Field::Hamlet => one(Field::Address).to_owned(),
            _ => String::new(),
        }
    }

    /// The cell's own text where nothing speaks for a legacy code: what a fast reader may look at first.
    fn bare<'r>(&self, row: &Row<'r, '_>, field: Field) -> Option<&'r str> {
        let cell = self.cell(row, field)?;
        (self.verdict(field) == Verdict::Unicode
            && cell.runs.is_none()
            && matches!(cell.font, Font::Unknown | Font::Unicode))
        .then_some(cell.text.as_ref())
    }

    /// Decodes and repairs the cell of a field; says what was repaired.
    fn text<'r>(
        &self,
        row: &Row<'r, '_>,
        field: Field,
        findings: &mut Vec<Finding>,
    ) -> Cow<'r, str> {
        let Some(cell) = self.cell(row, field) else {
            return Cow::Borrowed("");
        };
        if let Some(text) = self.bare(row, field).filter(|text| text::is_plain(text)) {
            return Cow::Borrowed(text);
        }
        self.repaired(cell, field, findings, false)
    }

    /// The cell of a field as a person reads it: out of its legacy code and repaired, before its field's own reader.
    pub fn decoded_text<'r>(&self, row: &Row<'r, '_>, field: Field) -> Cow<'r, str> {
        self.text(row, field, &mut Vec::new())
    }

    fn repaired<'r>(
        &self,
        cell: &'r Cell<'_>,
        field: Field,
        findings: &mut Vec<Finding>,
        lines: bool,
    ) -> Cow<'r, str> {
        let decoded = encoding::decode_cell(cell, self.verdict(field));
        let mut repairs = if decoded.ambiguous {
            Repairs::AMBIGUOUS
        } else {
            Repairs::NONE
        };
        let from = decoded.from;
        if from != Encoding::Unicode {
            repairs |= Repairs::ENCODING;
        }
        let (text, more) = match decoded.text {
            Cow::Borrowed(text) => {
                if lines {
                    text::clean_lines(text)
                } else {
                    text::clean(text)
                }
            }
            Cow::Owned(text) => {
                let (cleaned, more) = if lines {
                    text::clean_lines(&text)
                } else {
                    text::clean(&text)
                };
                (Cow::Owned(cleaned.into_owned()), more)
            }
        };
        repairs |= more;
        if !repairs.is_none() && !matches!(cell.kind, CellKind::Number(_) | CellKind::Date(_)) {
            note_repairs(repairs, from, field, &cell.text, &text, findings);
        }
        text
    }

    /// Reads a row. Notes of repairs are added to `findings`.
    pub fn read<'r>(
        &mut self,
        row: &Row<'r, '_>,
        around: &'r Around,
        findings: &mut Vec<Finding>,
    ) -> Child<'r> {
        let named = self.name(row, findings);
        let birth = self.birth(row, findings);
        let sex = self.sex(row, findings);
        let ethnic = self.ethnicity(row, findings);
        let residence = self.residence(row, around, findings);
        let number = self.number(row, Field::Number);
        let nationality = self.text(row, Field::Nationality, findings);
        let birth_registration = self.text(row, Field::BirthRegistration, findings);
        let birth_certificate = self.text(row, Field::BirthCertificate, findings);
        let note = self.text(row, Field::Note, findings);
        let not_yet = not_yet(
            &number,
            &nationality,
            &birth_registration,
            &birth_certificate,
            &note,
            &ethnic,
        );
        let (mut father, mut mother) = (
            self.person(row, Field::Father, findings),
            self.person(row, Field::Mother, findings),
        );
        if self.has(Field::Parents) {
            self.both_parents(row, &mut father, &mut mother, findings);
        }
        let mut guardian = self.person(row, Field::Guardian, findings);
        self.details(
            row,
            &mut father,
            [Field::FatherBirth, Field::FatherNumber, Field::FatherPhone],
        );
        self.details(
            row,
            &mut mother,
            [Field::MotherBirth, Field::MotherNumber, Field::MotherPhone],
        );
        self.details(
            row,
            &mut guardian,
            [
                Field::GuardianBirth,
                Field::GuardianNumber,
                Field::GuardianPhone,
            ],
        );
        Child {
            id: self.text(row, Field::Id, findings),
            name: named.text,
            name_state: named.state,
            name_key: named.key,
            birth,
            sex,
            ethnic,
            nationality,
            number,
            not_yet,
            birth_certificate,
            birth_registration,
            birth_place: self.text(row, Field::BirthPlace, findings),
            home_place: self.text(row, Field::HomePlace, findings),
            residence,
            father,
            mother,
            guardian,
            guardian_relation: self.text(row, Field::GuardianRelation, findings),
            phone: self.phone(row, Field::Phone),
            household: self.text(row, Field::Household, findings),
            household_head: self.text(row, Field::HouseholdHead, findings),
            household_poor: self.text(row, Field::HouseholdPoor, findings),
            school: self.text(row, Field::School, findings),
            insurance: self.text(row, Field::Insurance, findings),
            circumstance: self.text(row, Field::Circumstance, findings),
            note,
        }
    }

    fn name<'r>(&mut self, row: &Row<'r, '_>, findings: &mut Vec<Finding>) -> name::Named<'r> {
        let parted = self.has(Field::NameGiven) || self.has(Field::NameFamily);
        if let (Some(text), false) = (self.bare(row, Field::Name), parted)
            && let Some(named) = self.names.proper(text)
        {
            return named;
        }
        let whole = self.text(row, Field::Name, findings);
        let text = if parted {
            let mut parts: Vec<Cow<'r, str>> = vec![whole];
            for field in [Field::NameFamily, Field::NameMiddle, Field::NameGiven] {
                parts.push(self.text(row, field, findings));
            }
            Cow::Owned(
                parts
                    .iter()
                    .map(|part| part.trim())
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        } else {
            whole
        };
        let named = self.name_of(text);
        if named.repairs.contains(Repairs::CASE)
            && named.state != NameState::Placeholder
            && named.state != NameState::Invalid
        {
            findings.push(
                Finding::new(RuleId::TEXT_CASE, Field::Name, self.raw(row, Field::Name))
                    .suggest(named.text.as_ref()),
            );
        }
        named
    }

    fn name_of<'r>(&mut self, text: Cow<'r, str>) -> name::Named<'r> {
        match text {
            Cow::Borrowed(text) => self.names.name(text),
            Cow::Owned(text) => {
                let named = self.names.name(&text);
                let (state, repairs, key) = (named.state, named.repairs, named.key);
                name::Named {
                    text: Cow::Owned(named.text.into_owned()),
                    state,
                    repairs,
                    key,
                }
            }
        }
    }
}

/// Keeps a value by its text. A memory that is full begins anew.
fn remember<T>(memory: &mut FxHashMap<String, T>, text: String, value: T) {
    if memory.len() >= limits::VALUE_CACHE {
        memory.clear();
    }
    memory.insert(text, value);
}

fn note_repairs(
    repairs: Repairs,
    from: Encoding,
    field: Field,
    raw: &str,
    text: &str,
    findings: &mut Vec<Finding>,
) {
    for (bit, rule) in [
        (Repairs::AMBIGUOUS, RuleId::TEXT_AMBIGUOUS),
        (Repairs::DECOMPOSED, RuleId::TEXT_DECOMPOSED),
        (Repairs::ENCODING, RuleId::TEXT_ENCODING),
        (Repairs::INVISIBLE, RuleId::TEXT_INVISIBLE),
        (Repairs::LETTERS, RuleId::TEXT_LETTERS),
        (Repairs::SPACES, RuleId::TEXT_SPACES),
    ] {
        if repairs.contains(bit) {
            let mut finding = Finding::new(rule, field, raw);
            if bit != Repairs::AMBIGUOUS {
                finding = finding.suggest(text);
            }
            if bit == Repairs::ENCODING {
                finding = finding.detail(from.label());
            }
            findings.push(finding);
        }
    }
}
