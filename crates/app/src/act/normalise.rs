//! Step *normalise*, one value at a time: what anybody can try on the command line.
//!
//! In: values, a field, perhaps a legacy code. Out: the value as `children.csv` would give it, and codes of findings.

use treem_child::cell::{Cell, Font};
use treem_child::normalise::date::{self, DateValue, PartialDate};
use treem_child::normalise::encoding::{self, Encoding, Verdict, Vote};
use treem_child::normalise::ethnicity::{Ethnicity, ethnicity};
use treem_child::normalise::name::{NameReader, NameState};
use treem_child::normalise::number::{self, Number, Place};
use treem_child::normalise::sex::{self, SexValue};
use treem_child::normalise::text::{self, Repairs};
use treem_child::normalise::unit::{Edition, Found, Level};
use treem_child::normalise::{phone, unit};
use treem_child::rule::RuleId;

/// What a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueField {
    /// A person's name.
    Name,
    /// A birth date.
    Date,
    /// An identity number.
    Number,
    /// Sex.
    Sex,
    /// Ethnic group.
    Ethnicity,
    /// A commune, or an address with one.
    Unit,
    /// Telephone numbers.
    Phone,
    /// Any text.
    Text,
}

/// Normalises values of one kind.
pub struct Normaliser {
    field: ValueField,
    from: Option<Encoding>,
    verdict: Verdict,
    as_of: PartialDate,
    edition: &'static Edition,
    names: NameReader,
}

impl Normaliser {
    /// For a field; without `from` the legacy code is found from the values themselves, `column` being all of them.
    pub fn new<'v>(
        field: ValueField,
        from: Option<Encoding>,
        as_of: PartialDate,
        column: impl Iterator<Item = &'v str>,
    ) -> Self {
        let mut vote = Vote::default();
        if from.is_none() {
            for value in column {
                vote.add(value, Font::Unknown);
            }
        }
        Self {
            field,
            from,
            verdict: vote.verdict(),
            as_of,
            edition: unit::edition(&as_of.to_string()),
            names: NameReader::default(),
        }
    }

    /// The value, and the codes of what was found, sorted.
    pub fn value(&mut self, raw: &str) -> (String, Vec<&'static str>) {
        let cell = Cell::text(raw);
        let (decoded, mut repairs) = if let Some(from) = self.from {
            let decoded = encoding::decode(raw, from);
            let changed = if decoded == raw {
                Repairs::NONE
            } else {
                Repairs::ENCODING
            };
            (decoded, changed)
        } else {
            let decoded = encoding::decode_cell(&cell, self.verdict);
            let mut repairs = if decoded.ambiguous {
                Repairs::AMBIGUOUS
            } else {
                Repairs::NONE
            };
            if decoded.from != Encoding::Unicode {
                repairs |= Repairs::ENCODING;
            }
            (decoded.text, repairs)
        };
        let (cleaned, more) = text::clean(&decoded);
        repairs |= more;
        let (value, mut codes) = self.read(&cleaned, &mut repairs);
        codes.extend(text_codes(repairs));
        codes.sort_unstable();
        codes.dedup();
        (value, codes)
    }

    fn read(&mut self, text: &str, repairs: &mut Repairs) -> (String, Vec<&'static str>) {
        match self.field {
            ValueField::Text => (text.to_owned(), Vec::new()),
            ValueField::Name => self.name(text, repairs),
            ValueField::Date => self.date(text),
            ValueField::Number => number_value(text),
            ValueField::Sex => match sex::sex(text) {
                SexValue::Known(sex) => (sex.label().to_owned(), vec![]),
                SexValue::Missing => (String::new(), vec![RuleId::SEX_MISSING.code()]),
                SexValue::Invalid => (String::new(), vec![RuleId::SEX_INVALID.code()]),
            },
            ValueField::Ethnicity => ethnic_value(text),
            ValueField::Unit => self.unit(text),
            ValueField::Phone => (phone::phones(text).to_string(), vec![]),
        }
    }

    fn name(&mut self, text: &str, repairs: &mut Repairs) -> (String, Vec<&'static str>) {
        let named = self.names.name(text);
        *repairs |= named.repairs;
        match named.state {
            NameState::Good => (named.text.into_owned(), vec![]),
            NameState::Short => (named.text.into_owned(), vec![RuleId::NAME_SHORT.code()]),
            NameState::Missing => (String::new(), vec![RuleId::NAME_MISSING.code()]),
            NameState::Unknown | NameState::Placeholder | NameState::Invalid => {
                (String::new(), vec![RuleId::NAME_INVALID.code()])
            }
        }
    }

    fn date(&self, text: &str) -> (String, Vec<&'static str>) {
        match date::date(text, self.as_of.year) {
            DateValue::Missing => (String::new(), vec![RuleId::BIRTH_MISSING.code()]),
            DateValue::Invalid => (String::new(), vec![RuleId::BIRTH_INVALID.code()]),
            DateValue::Swapped(date) => (date.to_string(), vec![RuleId::BIRTH_SWAPPED.code()]),
            DateValue::Known(date) => {
                let mut codes = Vec::new();
                if !date.is_full() {
                    codes.push(RuleId::BIRTH_PARTIAL.code());
                }
                if date.earliest() > (self.as_of.year, self.as_of.month, self.as_of.day) {
                    codes.push(RuleId::BIRTH_FUTURE.code());
                }
                (date.to_string(), codes)
            }
        }
    }

    fn unit(&self, text: &str) -> (String, Vec<&'static str>) {
        let mut found = self.edition.find(text, Level::Commune, None);
        if !matches!(found, Found::One(..)) {
            let mut place = self.edition.place(text, None);
            if let Some(province) = place.elsewhere {
                place = self.edition.at(province).place(text, None);
            }
            if matches!(place.commune, Found::One(..)) {
                found = place.commune;
            }
        }
        match found {
            Found::One(unit, _) => (format!("{} {}", unit.code, unit.name), vec![]),
            Found::Missing => (String::new(), vec![RuleId::PLACE_MISSING.code()]),
            Found::Several(_) | Found::None => (String::new(), vec![RuleId::PLACE_UNKNOWN.code()]),
        }
    }
}

fn number_value(text: &str) -> (String, Vec<&'static str>) {
    match number::number(text) {
        Number::Missing => (String::new(), vec![RuleId::ID_MISSING.code()]),
        Number::NotRegistered => (String::new(), vec![RuleId::ID_NOT_YET.code()]),
        Number::Other(_) => (String::new(), vec![RuleId::ID_LENGTH.code()]),
        Number::Twelve(digits, parts) => {
            let mut codes = Vec::new();
            match parts.place() {
                Place::Province => {}
                Place::Abroad => codes.push(RuleId::ID_ABROAD.code()),
                Place::Unknown => codes.push(RuleId::ID_PLACE.code()),
            }
            if !matches!(parts.century_digit(), 2 | 3) {
                codes.push(RuleId::ID_CENTURY.code());
            }
            (
                if parts.is_sound_child() {
                    digits.into_owned()
                } else {
                    String::new()
                },
                codes,
            )
        }
    }
}

fn ethnic_value(text: &str) -> (String, Vec<&'static str>) {
    if text::is_missing(text) {
        return (String::new(), vec![RuleId::ETHNICITY_MISSING.code()]);
    }
    match ethnicity(text, None) {
        Ethnicity::Known {
            group, ambiguous, ..
        } => (
            group.name.to_owned(),
            if ambiguous {
                vec![RuleId::ETHNICITY_AMBIGUOUS.code()]
            } else {
                vec![]
            },
        ),
        Ethnicity::Ambiguous { .. } => (String::new(), vec![RuleId::ETHNICITY_AMBIGUOUS.code()]),
        Ethnicity::Foreign => (String::new(), vec![]),
        Ethnicity::Missing | Ethnicity::Unknown => {
            (String::new(), vec![RuleId::ETHNICITY_UNKNOWN.code()])
        }
    }
}

fn text_codes(repairs: Repairs) -> impl Iterator<Item = &'static str> {
    [
        (Repairs::AMBIGUOUS, RuleId::TEXT_AMBIGUOUS),
        (Repairs::CASE, RuleId::TEXT_CASE),
        (Repairs::DECOMPOSED, RuleId::TEXT_DECOMPOSED),
        (Repairs::ENCODING, RuleId::TEXT_ENCODING),
        (Repairs::INVISIBLE, RuleId::TEXT_INVISIBLE),
        (Repairs::LETTERS, RuleId::TEXT_LETTERS),
        (Repairs::SPACES, RuleId::TEXT_SPACES),
    ]
    .into_iter()
    .filter(move |(bit, _)| repairs.contains(*bit))
    .map(|(_, rule)| rule.code())
}
