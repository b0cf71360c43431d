//! One row of a table → [`Child`] and what was repaired on the way.
//!
//! In: a [`Row`], the [`Plan`] of its table and what stands around it ([`Around`]). Out: the record and `text.*` notes. Every
//! cell goes the same way: legacy code by the column's verdict, Unicode repair, then its field's own reader.

use super::date::{self, DateValue, PartialDate};
use super::encoding::{self, Encoding, Verdict};
use super::ethnicity::{self, Ethnicity};
use super::name::{self, NameReader, NameState};
use super::number::{self, Number};
use super::sex::{self, Sex, SexValue};
use super::text::{self, Repairs};
use super::unit::{self, Edition, Found, Level, Unit};
use super::{Plan, phone, syllable};
use crate::cell::{Cell, CellKind, Font, Row, Spread};
use crate::field::Field;
use crate::finding::Finding;
use crate::limits;
use crate::record::{Child, Ethnic, Person, PersonState, PlaceSource, Residence};
use crate::rule::RuleId;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

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
}

const NO_COLUMN: u16 = u16::MAX;

/// Reads the rows of one table. One per worker: it remembers syllables, ethnic names, units.
pub struct RowReader {
    plan: Plan,
    column_of: [u16; Field::ALL.len()],
    context: Context,
    names: NameReader,
    ethnic: FxHashMap<String, Ethnicity>,
    /// By "commune NUL district" as written.
    communes: FxHashMap<String, (Option<&'static Unit>, Option<&'static str>)>,
    /// A key in the making, kept to save an allocation a row.
    key: String,
    addresses: FxHashMap<String, AddressParts>,
}

#[derive(Clone, Default)]
struct AddressParts {
    hamlet: Option<String>,
    unit: Option<&'static Unit>,
    unknown: Option<&'static str>,
}

const NOT_IN_LIST: &str = "không có trong danh mục đơn vị hành chính đang có hiệu lực";
const SEVERAL: &str = "là tên của nhiều xã, phường; cần ghi rõ huyện";

impl RowReader {
    /// A reader for a table.
    pub fn new(plan: Plan, context: Context) -> Self {
        let mut column_of = [NO_COLUMN; Field::ALL.len()];
        for (index, column) in plan.columns.iter().enumerate() {
            if let Some(field) = column.field
                && let Some(slot) = column_of.get_mut(field as usize)
                && *slot == NO_COLUMN
            {
                *slot = u16::try_from(index).unwrap_or(NO_COLUMN);
            }
        }
        Self { plan, column_of, context, names: NameReader::default(), ethnic: FxHashMap::default(), communes: FxHashMap::default(), key: String::new(), addresses: FxHashMap::default() }
    }

    /// What holds for the run.
    pub fn context(&self) -> Context {
        self.context
    }

    /// True where the table has a column for the field.
    pub fn has(&self, field: Field) -> bool {
        self.column_of.get(field as usize).is_some_and(|column| *column != NO_COLUMN)
    }

    fn cell<'r, 'c>(&self, row: &Row<'r, 'c>, field: Field) -> Option<&'r Cell<'c>> {
        let column = *self.column_of.get(field as usize)?;
        if column == NO_COLUMN {
            return None;
        }
        row.cell(usize::from(column)).filter(|cell| cell.kind != CellKind::Empty && cell.spread != Spread::FromLeft)
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
            if parts.iter().all(|part| part.is_empty()) { String::new() } else { parts.join(sign) }
        };
        let own = one(field);
        if !own.is_empty() {
            return own.to_owned();
        }
        match field {
            Field::Birth => {
                let parts = [Field::BirthDay, Field::BirthMonth, Field::BirthYear].iter().map(|field| one(*field)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
                if parts.is_empty() && self.has(Field::SexMale) { join(&[Field::SexMale, Field::SexFemale], "") } else { parts }
            }
            Field::Sex => join(&[Field::SexMale, Field::SexFemale], "|"),
            Field::Name => join(&[Field::NameFamily, Field::NameMiddle, Field::NameGiven], " ").trim().to_owned(),
            Field::Father | Field::Mother => one(Field::Parents).to_owned(),
            Field::Commune => [Field::Address, Field::AddressCurrent, Field::District].iter().map(|field| one(*field)).find(|text| !text.is_empty()).unwrap_or("").to_owned(),
            Field::Hamlet => one(Field::Address).to_owned(),
            _ => String::new(),
        }
    }

    /// The cell's own text where nothing speaks for a legacy code: what a fast reader may look at first.
    fn bare<'r>(&self, row: &Row<'r, '_>, field: Field) -> Option<&'r str> {
        let cell = self.cell(row, field)?;
        (self.verdict(field) == Verdict::Unicode && cell.runs.is_none() && matches!(cell.font, Font::Unknown | Font::Unicode)).then_some(cell.text.as_ref())
    }

    /// Decodes and repairs the cell of a field; says what was repaired.
    fn text<'r>(&self, row: &Row<'r, '_>, field: Field, findings: &mut Vec<Finding>) -> Cow<'r, str> {
        let Some(cell) = self.cell(row, field) else { return Cow::Borrowed("") };
        if let Some(text) = self.bare(row, field).filter(|text| text::is_plain(text)) {
            return Cow::Borrowed(text);
        }
        self.repaired(cell, field, findings, false)
    }

    fn repaired<'r>(&self, cell: &'r Cell<'_>, field: Field, findings: &mut Vec<Finding>, lines: bool) -> Cow<'r, str> {
        let decoded = encoding::decode_cell(cell, self.verdict(field));
        let mut repairs = if decoded.ambiguous { Repairs::AMBIGUOUS } else { Repairs::NONE };
        let from = decoded.from;
        if from != Encoding::Unicode {
            repairs |= Repairs::ENCODING;
        }
        let (text, more) = match decoded.text {
            Cow::Borrowed(text) => if lines { text::clean_lines(text) } else { text::clean(text) },
            Cow::Owned(text) => {
                let (cleaned, more) = if lines { text::clean_lines(&text) } else { text::clean(&text) };
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
    pub fn read<'r>(&mut self, row: &Row<'r, '_>, around: &'r Around, findings: &mut Vec<Finding>) -> Child<'r> {
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
        let not_yet = not_yet(&number, &nationality, &birth_registration, &birth_certificate, &note, &ethnic);
        let (mut father, mut mother) = (self.person(row, Field::Father, findings), self.person(row, Field::Mother, findings));
        if self.has(Field::Parents) {
            self.both_parents(row, &mut father, &mut mother, findings);
        }
        let mut guardian = self.person(row, Field::Guardian, findings);
        self.details(row, &mut father, [Field::FatherBirth, Field::FatherNumber, Field::FatherPhone]);
        self.details(row, &mut mother, [Field::MotherBirth, Field::MotherNumber, Field::MotherPhone]);
        self.details(row, &mut guardian, [Field::GuardianBirth, Field::GuardianNumber, Field::GuardianPhone]);
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
            Cow::Owned(parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
        } else {
            whole
        };
        let named = self.name_of(text);
        if named.repairs.contains(Repairs::CASE) && named.state != NameState::Placeholder && named.state != NameState::Invalid {
            findings.push(Finding::new(RuleId::TEXT_CASE, Field::Name, self.raw(row, Field::Name)).suggest(named.text.as_ref()));
        }
        named
    }

    fn name_of<'r>(&mut self, text: Cow<'r, str>) -> name::Named<'r> {
        match text {
            Cow::Borrowed(text) => self.names.name(text),
            Cow::Owned(text) => {
                let named = self.names.name(&text);
                let (state, repairs, key) = (named.state, named.repairs, named.key);
                name::Named { text: Cow::Owned(named.text.into_owned()), state, repairs, key }
            }
        }
    }

    fn date_of_cell(&self, cell: &Cell<'_>, field: Field) -> DateValue {
        let pivot = self.context.as_of.year;
        match cell.kind {
            CellKind::Empty => DateValue::Missing,
            CellKind::Date(serial) => date::from_serial(serial, self.plan.date1904).map_or(DateValue::Invalid, DateValue::Known),
            CellKind::Number(value) => date::from_number(value, self.plan.date1904, pivot),
            CellKind::Text | CellKind::Bool | CellKind::Error => date::plain(&cell.text).unwrap_or_else(|| {
                let text = self.decoded(cell, field);
                date::date(&text::clean(&text).0, pivot)
            }),
        }
    }

    fn birth(&self, row: &Row<'_, '_>, findings: &mut Vec<Finding>) -> DateValue {
        if let Some(cell) = self.cell(row, Field::Birth) {
            let value = self.date_of_cell(cell, Field::Birth);
            if value != DateValue::Missing {
                return self.turned(cell, value, findings);
            }
        }
        if self.has(Field::BirthYear) || self.has(Field::BirthDay) {
            let value = self.birth_of_three(row);
            if value != DateValue::Missing {
                return value;
            }
        }
        for field in [Field::SexMale, Field::SexFemale] {
            if let Some(cell) = self.cell(row, field)
                && !sex::is_tick(cell.text.trim())
                && let value @ (DateValue::Known(_) | DateValue::Swapped(_)) = self.date_of_cell(cell, field)
            {
                return value;
            }
        }
        DateValue::Missing
    }

    /// Excel has swapped the real dates of the whole column ([`super::PlanColumn::dates_swapped`]): each is read as it was meant,
    /// and said.
    fn turned(&self, cell: &Cell<'_>, value: DateValue, findings: &mut Vec<Finding>) -> DateValue {
        let column = self.column_of.get(Field::Birth as usize).and_then(|column| self.plan.columns.get(usize::from(*column)));
        if let (true, CellKind::Date(_), DateValue::Known(date)) = (column.is_some_and(|column| column.dates_swapped), cell.kind, value)
            && date.day != date.month
            && let Some(turned) = PartialDate::new(date.year, date.day, date.month)
        {
            findings.push(Finding::new(RuleId::BIRTH_SWAPPED, Field::Birth, date.display()).suggest(turned.display()));
            return DateValue::Known(turned);
        }
        value
    }

    fn birth_of_three(&self, row: &Row<'_, '_>) -> DateValue {
        let part = |field: Field| -> Cow<'_, str> {
            self.cell(row, field).map_or(Cow::Borrowed(""), |cell| match cell.kind {
                CellKind::Number(value) => Cow::Owned(format!("{}", value.trunc())),
                _ => text::clean(&self.decoded(cell, field)).0.into_owned().into(),
            })
        };
        let (day, month, year) = (part(Field::BirthDay), part(Field::BirthMonth), part(Field::BirthYear));
        let blank = |text: &str| text::is_missing(text) || text == "0" || text == "00";
        match (blank(&day), blank(&month), blank(&year)) {
            (true, true, true) => DateValue::Missing,
            // One of the columns may hold a whole date.
            (false, true, true) => date::date(&day, self.context.as_of.year),
            (true, true, false) => date::date(&year, self.context.as_of.year),
            (_, _, true) => DateValue::Invalid,
            (no_day, _, false) => {
                let joined = format!("{}/{}/{}", if no_day { "0" } else { day.trim() }, if blank(&month) { "0" } else { month.trim() }, year.trim());
                date::date(&joined, self.context.as_of.year)
            }
        }
    }

    fn sex(&self, row: &Row<'_, '_>, findings: &mut Vec<Finding>) -> SexValue {
        if self.has(Field::Sex) {
            match self.bare(row, Field::Sex) {
                Some("Nam") => return SexValue::Known(Sex::Male),
                Some("Nữ") => return SexValue::Known(Sex::Female),
                _ => {}
            }
            let text = self.text(row, Field::Sex, findings);
            if !text::is_missing(&text) || !self.has(Field::SexMale) {
                return sex::sex(&text);
            }
        }
        if self.has(Field::SexMale) || self.has(Field::SexFemale) {
            let one = |field: Field| self.cell(row, field).map_or("", |cell| cell.text.trim());
            let is_date = |text: &str| {
                [Field::SexMale, Field::SexFemale]
                    .iter()
                    .filter_map(|field| self.cell(row, *field).map(|cell| (cell, *field)))
                    .any(|(cell, field)| cell.text.trim() == text && matches!(self.date_of_cell(cell, field), DateValue::Known(_) | DateValue::Swapped(_)))
            };
            return sex::sex_of_ticks(one(Field::SexMale), one(Field::SexFemale), is_date);
        }
        SexValue::Missing
    }

    fn ethnicity<'r>(&mut self, row: &Row<'r, '_>, findings: &mut Vec<Finding>) -> Ethnic<'r> {
        // Only plain text is remembered, so what is remembered needs no second look.
        if let Some(text) = self.bare(row, Field::Ethnicity)
            && let Some(known) = self.ethnic.get(text)
        {
            return ethnic(known, text);
        }
        let text = self.text(row, Field::Ethnicity, findings);
        if text::is_missing(&text) {
            return Ethnic::Missing;
        }
        let list = self.column_of.get(Field::Ethnicity as usize).and_then(|column| self.plan.columns.get(usize::from(*column))).and_then(|column| column.ethnic_list);
        let found = ethnicity::ethnicity(&text, list);
        let out = match &text {
            Cow::Borrowed(text) => ethnic(&found, text),
            Cow::Owned(_) => ethnic(&found, ""),
        };
        if text::is_plain(&text) {
            if self.ethnic.len() >= limits::VALUE_CACHE {
                self.ethnic.clear();
            }
            self.ethnic.insert(text.into_owned(), found);
        }
        out
    }

    fn number<'r>(&self, row: &Row<'r, '_>, field: Field) -> Number<'r> {
        let Some(cell) = self.cell(row, field) else { return Number::Missing };
        match number::number(&cell.text) {
            // Words in a legacy code: "ch­a cã" is "chưa có".
            Number::Other(_) if !cell.text.is_ascii() => match self.decoded(cell, field) {
                Cow::Borrowed(text) => number::number(text),
                Cow::Owned(text) => owned(number::number(&text)),
            },
            number => number,
        }
    }

    /// A cell's text out of its legacy code, without a word about it: for fields whose value is no text.
    fn decoded<'r>(&self, cell: &'r Cell<'_>, field: Field) -> Cow<'r, str> {
        if cell.text.is_ascii() { Cow::Borrowed(&cell.text) } else { encoding::decode_cell(cell, self.verdict(field)).text }
    }

    fn phone<'r>(&self, row: &Row<'r, '_>, field: Field) -> Cow<'r, str> {
        let Some(cell) = self.cell(row, field) else { return Cow::Borrowed("") };
        if phone::is_plain(&cell.text) {
            return Cow::Borrowed(&cell.text);
        }
        let phones = phone::phones(&cell.text);
        if phones.numbers.is_empty() { text::clean(&cell.text).0 } else { Cow::Owned(phones.to_string()) }
    }

    fn person<'r>(&mut self, row: &Row<'r, '_>, field: Field, findings: &mut Vec<Finding>) -> Person<'r> {
        if let Some(named) = self.bare(row, field).and_then(|text| self.names.proper(text)) {
            return Person { name: named.text, state: PersonState::Named, key: named.key, ..Person::default() };
        }
        let text = self.text(row, field, findings);
        if text.is_empty() {
            return Person::default();
        }
        self.person_of(text)
    }

    /// A parent from a text: a name, "Không rõ", "Hồ Văn Khăm (chết)".
    fn person_of<'r>(&mut self, text: Cow<'r, str>) -> Person<'r> {
        let named = self.name_of(text);
        match named.state {
            NameState::Good => return Person { name: named.text, state: PersonState::Named, key: named.key, ..Person::default() },
            NameState::Missing => return Person::default(),
            NameState::Unknown => return Person { name: named.text, state: PersonState::Unknown, ..Person::default() },
            NameState::Placeholder | NameState::Invalid | NameState::Short => {}
        }
        let folded = syllable::ascii_fold(&named.text);
        if name::says_nothing(&folded) {
            return Person::default();
        }
        let (bare, state) = split_state(&named.text, &folded);
        match bare {
            Some(bare) => {
                let inner = self.names.name(&bare);
                let (key, good) = (inner.key, inner.text.into_owned());
                Person { name: Cow::Owned(good), state, key, ..Person::default() }
            }
            None => {
                let state = if named.text.chars().any(char::is_alphabetic) { PersonState::Named } else { PersonState::Missing };
                let key = hash_or_zero(named.key, state);
                Person { name: named.text, state, key, ..Person::default() }
            }
        }
    }

    /// "Họ tên cha, mẹ" in one cell: under each other, or with a comma, slash, dash or "và" between them, perhaps labelled.
    fn both_parents<'r>(&mut self, row: &Row<'r, '_>, father: &mut Person<'r>, mother: &mut Person<'r>, findings: &mut Vec<Finding>) {
        let Some(cell) = self.cell(row, Field::Parents) else { return };
        let text = self.repaired(cell, Field::Parents, findings, true);
        let parts = split_parents(&text);
        for (role, part) in parts {
            let person = self.person_of(Cow::Owned(part));
            if person.state == PersonState::Missing {
                continue;
            }
            let is_mother = match role {
                Some(is_mother) => is_mother,
                None => syllable::ascii_fold(&person.name).contains(" thi ") || father.state != PersonState::Missing,
            };
            let target = if is_mother { &mut *mother } else { &mut *father };
            if target.state == PersonState::Missing {
                *target = person;
            } else if mother.state == PersonState::Missing {
                *mother = person;
            } else if father.state == PersonState::Missing {
                *father = person;
            }
        }
    }

    fn details<'r>(&self, row: &Row<'r, '_>, person: &mut Person<'r>, [birth, number, phone]: [Field; 3]) {
        if let Some(cell) = self.cell(row, birth)
            && let DateValue::Known(date) | DateValue::Swapped(date) = self.date_of_cell(cell, birth)
        {
            person.birth = date.to_string();
        }
        if self.has(number) {
            let value = self.number(row, number);
            person.number_padded = value.padded();
            person.number = match value {
                Number::Twelve(text, _) | Number::Other(text) => text,
                Number::Missing | Number::NotRegistered => Cow::Borrowed(""),
            };
        }
        if self.has(phone) {
            person.phone = self.phone(row, phone);
        }
    }

    fn residence<'r>(&mut self, row: &Row<'r, '_>, around: &'r Around, findings: &mut Vec<Finding>) -> Residence<'r> {
        let remembered = self.remembered_commune(row);
        let commune = if remembered.is_some() { Cow::Borrowed("") } else { self.text(row, Field::Commune, findings) };
        let district = if remembered.is_some() { Cow::Borrowed("") } else { self.text(row, Field::District, findings) };
        let address = self.text(row, Field::Address, findings);
        let current = self.text(row, Field::AddressCurrent, findings);
        let mut out = Residence { address, current, ..Residence::default() };
        let hamlet = self.text(row, Field::Hamlet, findings);
        if !text::is_missing(&hamlet) {
            out.hamlet = hamlet;
        }
        if let Some((unit, unknown)) = remembered {
            out.unit = unit;
            out.unknown = unknown;
            out.source = PlaceSource::Row;
        } else if !text::is_missing(&commune) {
            let (unit, unknown) = self.commune(&commune, &district, around);
            out.unit = unit;
            out.unknown = unknown;
            out.source = PlaceSource::Row;
        }
        if out.source == PlaceSource::None || out.hamlet.is_empty() {
            for text in [out.address.clone(), out.current.clone()] {
                if text::is_missing(&text) {
                    continue;
                }
                let parts = self.address(&text, &district, around);
                if out.source == PlaceSource::None && (parts.unit.is_some() || parts.unknown.is_some()) {
                    out.unit = parts.unit;
                    out.unknown = parts.unknown;
                    out.source = PlaceSource::Address;
                }
                if out.hamlet.is_empty()
                    && let Some(hamlet) = parts.hamlet
                {
                    out.hamlet = Cow::Owned(hamlet);
                }
            }
        }
        if out.source == PlaceSource::None {
            if let Some(unit) = around.heading_unit {
                out.unit = Some(unit);
                out.source = PlaceSource::Heading;
            } else if let Some(unit) = around.unit {
                out.unit = Some(unit);
                out.source = PlaceSource::Context;
            }
        }
        if out.hamlet.is_empty()
            && let Some(hamlet) = &around.hamlet
        {
            out.hamlet = Cow::Borrowed(hamlet);
        }
        out
    }

    fn within(&self, district: &str, around: &Around) -> Option<&'static Unit> {
        if !text::is_missing(district)
            && let Found::One(unit, _) = self.context.edition.find(district, Level::District, None)
        {
            return Some(unit);
        }
        around.district.or_else(|| around.unit.or(around.heading_unit).and_then(|unit| self.context.edition.district_of(unit)))
    }

    /// The commune of a row whose cells have been seen before, as they stand. Only plain text is remembered, so what is
    /// remembered needs no second look.
    fn remembered_commune(&mut self, row: &Row<'_, '_>) -> Option<(Option<&'static Unit>, Option<&'static str>)> {
        let commune = self.bare(row, Field::Commune)?;
        let district = if self.cell(row, Field::District).is_some() { self.bare(row, Field::District)? } else { "" };
        self.key.clear();
        self.key.push_str(commune);
        self.key.push('\0');
        self.key.push_str(district);
        self.communes.get(self.key.as_str()).copied()
    }

    fn commune(&mut self, commune: &str, district: &str, around: &Around) -> (Option<&'static Unit>, Option<&'static str>) {
        self.key.clear();
        self.key.push_str(commune);
        self.key.push('\0');
        self.key.push_str(district);
        if let Some(found) = self.communes.get(self.key.as_str()) {
            return *found;
        }
        let edition = self.context.edition;
        let within = self.within(district, around);
        let mut found = edition.find(commune, Level::Commune, within);
        if matches!(found, Found::None) && within.is_some() && text::is_missing(district) {
            // The title's district is a hint, not a fence.
            found = edition.find(commune, Level::Commune, None);
        }
        let answer = match found {
            Found::One(unit, _) => (Some(unit), None),
            Found::Several(units) => match units.iter().find(|unit| around.unit.is_some_and(|known| known.code == unit.code)) {
                Some(unit) => (Some(*unit), None),
                None => (None, Some(SEVERAL)),
            },
            Found::None => {
                // "Thôn A Đăng, xã Tà Rụt" in the column of the commune
                let parts = address_parts(edition, commune, within);
                if parts.unit.is_some() { (parts.unit, None) } else { (None, Some(NOT_IN_LIST)) }
            }
            Found::Missing => (None, None),
        };
        if text::is_plain(commune) && text::is_plain(district) {
            if self.communes.len() >= limits::VALUE_CACHE {
                self.communes.clear();
            }
            self.communes.insert(self.key.clone(), answer);
        }
        answer
    }

    fn address(&mut self, text: &str, district: &str, around: &Around) -> AddressParts {
        if let Some(known) = self.addresses.get(text) {
            return known.clone();
        }
        let parts = address_parts(self.context.edition, text, self.within(district, around));
        if self.addresses.len() >= limits::VALUE_CACHE {
            self.addresses.clear();
        }
        self.addresses.insert(text.to_owned(), parts.clone());
        parts
    }
}

fn address_parts(edition: &'static Edition, text: &str, within: Option<&'static Unit>) -> AddressParts {
    if text.chars().count() > limits::CELL_CHARS {
        return AddressParts::default();
    }
    let place = edition.place(text, within);
    let (unit, unknown) = match place.commune {
        Found::One(unit, _) => (Some(unit), None),
        Found::Several(_) => (None, Some(SEVERAL)),
        Found::None => (None, Some(NOT_IN_LIST)),
        Found::Missing => (None, None),
    };
    AddressParts { hamlet: place.hamlet.and_then(|hamlet| unit::hamlet(&hamlet)), unit, unknown }
}

fn hash_or_zero(key: u64, state: PersonState) -> u64 {
    if state.is_named() { key } else { 0 }
}

fn owned(number: Number<'_>) -> Number<'static> {
    match number {
        Number::Missing => Number::Missing,
        Number::NotRegistered => Number::NotRegistered,
        Number::Twelve(text, parts) => Number::Twelve(Cow::Owned(text.into_owned()), parts),
        Number::Other(text) => Number::Other(Cow::Owned(text.into_owned())),
    }
}

/// The record's form of what was found; the own name borrows from the row where it stands there as it is.
fn ethnic<'r>(found: &Ethnicity, text: &'r str) -> Ethnic<'r> {
    match found {
        Ethnicity::Known { group, own, ambiguous } => {
            let own = match own {
                None => Cow::Borrowed(""),
                Some(own) if own == text => Cow::Borrowed(text),
                Some(own) => Cow::Owned(own.clone()),
            };
            Ethnic::Known { group, own, doubtful: *ambiguous }
        }
        Ethnicity::Ambiguous { candidates } => Ethnic::Ambiguous(candidates.clone()),
        Ethnicity::Foreign => Ethnic::Foreign,
        Ethnicity::Unknown | Ethnicity::Missing => Ethnic::Unknown,
    }
}

/// Why no number can exist yet, where the row says so (design §5, `id.not-yet`).
fn not_yet(number: &Number<'_>, nationality: &str, registration: &str, certificate: &str, note: &str, ethnic: &Ethnic<'_>) -> Option<&'static str> {
    const UNREGISTERED: &str = "chưa đăng ký khai sinh";
    match number {
        Number::NotRegistered => return Some(UNREGISTERED),
        Number::Missing => {}
        Number::Twelve(..) | Number::Other(_) => return None,
    }
    if !text::is_missing(nationality) {
        let folded = syllable::ascii_fold(nationality);
        let vietnamese = matches!(folded.trim(), "viet nam" | "vn" | "vietnam" | "vnm" | "viet" | "nguoi viet nam" | "cong hoa xa hoi chu nghia viet nam" | "kinh" | "1" | "000");
        if !vietnamese {
            return Some(if name::says_unknown(&folded) || folded.contains("khong quoc tich") || folded.contains("chua") {
                "chưa xác định quốc tịch"
            } else {
                "không có quốc tịch Việt Nam"
            });
        }
    }
    if matches!(ethnic, Ethnic::Foreign) {
        return Some("không có quốc tịch Việt Nam");
    }
    [registration, certificate, note].iter().any(|text| !text.is_empty() && number::says_unregistered(&syllable::ascii_fold(text))).then_some(UNREGISTERED)
}

/// Splits "Hồ Văn Khăm (chết)" and "Hồ Văn Khăm - đã mất" into the name and the state.
fn split_state(text: &str, folded: &str) -> (Option<String>, PersonState) {
    const DEAD: [&str; 7] = ["chet", "da chet", "da mat", "mat", "qua doi", "tu vong", "da qua doi"];
    const AWAY: [&str; 8] = ["di lam xa", "di lam", "bo di", "da bo di", "ly hon", "ly than", "di tu", "mat tich"];
    let Some(cut) = text.find(['(', '-', ',', ';', ':', '[']) else {
        return (None, if folded.is_empty() { PersonState::Missing } else { PersonState::Named });
    };
    let (bare, tail) = text.split_at(cut);
    let bare = bare.trim();
    let tail = syllable::ascii_fold(tail);
    let tail = tail.trim_matches(|c: char| !c.is_alphanumeric());
    let state = if DEAD.contains(&tail) {
        PersonState::Dead
    } else if AWAY.contains(&tail) {
        PersonState::Away
    } else {
        PersonState::Named
    };
    let is_name = bare.split(' ').count() >= 2 && bare.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’'));
    if is_name { (Some(bare.to_owned()), state) } else { (None, PersonState::Named) }
}

/// The names in one cell, each with its role where a label gives it (`Some(true)` mother).
fn split_parents(text: &str) -> Vec<(Option<bool>, String)> {
    let mut pieces: Vec<String> = vec![String::new()];
    let mut chars = text.chars().peekable();
    let mut depth = 0_u8;
    while let Some(c) = chars.next() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let last = pieces.last().map_or("", String::as_str);
        let cut = depth == 0
            && (matches!(c, '\n' | ',' | ';' | '/' | '&' | '+' | '|') || (matches!(c, '-' | '–') && last.ends_with(' ') && chars.peek() == Some(&' ')));
        if cut {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    let mut out = Vec::new();
    for piece in pieces {
        for part in piece.split(" và ").flat_map(|part| part.split(" Và ")) {
            out.extend(labelled(part));
        }
    }
    out
}

/// "Cha: Hồ Văn Khăm Mẹ: Hồ Thị Thoan", "Bố Hồ Văn Khăm".
fn labelled(part: &str) -> Vec<(Option<bool>, String)> {
    let mut out: Vec<(Option<bool>, String)> = Vec::new();
    let mut role = None;
    let mut words: Vec<&str> = Vec::new();
    for word in part.split_whitespace() {
        let bare = word.trim_end_matches([':', '.']);
        let label = match bare.to_lowercase().as_str() {
            "cha" | "bố" | "ba" | "bo" | "ch" if word.ends_with(':') || words.is_empty() && word != "Ba" || role.is_some() => Some(false),
            "mẹ" | "me" | "má" | "mẹ" if word.ends_with(':') || words.is_empty() || role.is_some() => Some(true),
            _ => None,
        };
        match label {
            Some(is_mother) => {
                if !words.is_empty() {
                    out.push((role, words.join(" ")));
                    words.clear();
                }
                role = Some(is_mother);
            }
            None if matches!(bare.to_lowercase().as_str(), "họ" | "tên") && words.is_empty() && role.is_some() => {}
            None => words.push(word),
        }
    }
    if !words.is_empty() {
        out.push((role, words.join(" ")));
    }
    out
}

fn note_repairs(repairs: Repairs, from: Encoding, field: Field, raw: &str, text: &str, findings: &mut Vec<Finding>) {
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
