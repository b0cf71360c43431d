//! The fields whose value is no text: birth date, sex, ethnic group, number, telephone.
//!
//! In: cells. Out: values with their three states. Methods of [`RowReader`], apart for reading.

use super::{RowReader, remember};
use crate::cell::{Cell, CellKind, Row};
use crate::field::Field;
use crate::finding::Finding;
use crate::normalise::date::{self, DateValue, PartialDate};
use crate::normalise::encoding;
use crate::normalise::ethnicity::{self, Ethnicity};
use crate::normalise::number::{self, Number};
use crate::normalise::sex::{self, Sex, SexValue};
use crate::normalise::{name, phone, syllable, text};
use crate::record::Ethnic;
use crate::rule::RuleId;
use std::borrow::Cow;

impl RowReader {
    pub(super) fn date_of_cell(&self, cell: &Cell<'_>, field: Field) -> DateValue {
        let pivot = self.context.as_of.year;
        match cell.kind {
            CellKind::Empty => DateValue::Missing,
            CellKind::Date(serial) => date::from_serial(serial, self.plan.date1904)
                .map_or(DateValue::Invalid, DateValue::Known),
            CellKind::Number(value) => date::from_number(value, self.plan.date1904, pivot),
            CellKind::Text | CellKind::Bool | CellKind::Error => date::plain(&cell.text)
                .unwrap_or_else(|| {
                    let text = self.decoded(cell, field);
                    date::date(&text::clean(&text).0, pivot)
                }),
        }
    }

    pub(super) fn birth(&self, row: &Row<'_, '_>, findings: &mut Vec<Finding>) -> DateValue {
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
                && let Some(value) = self.born_by_sex(cell, field)
            {
                return value;
            }
        }
        DateValue::Missing
    }

    /// The birth date in a column of the sex; also one that cannot be ("31/02/2015", "8 tuổi"): it stands for no tick.
    fn born_by_sex(&self, cell: &Cell<'_>, field: Field) -> Option<DateValue> {
        let text = cell.text.trim();
        if sex::is_tick(text) {
            return None;
        }
        match self.date_of_cell(cell, field) {
            DateValue::Missing => None,
            DateValue::Invalid => {
                let like_a_date = text.len() > 3
                    && text.bytes().any(|byte| byte.is_ascii_digit())
                    && text.bytes().any(|byte| !byte.is_ascii_digit());
                like_a_date.then_some(DateValue::Invalid)
            }
            value => Some(value),
        }
    }

    /// Excel has swapped the real dates of the whole column ([`super::PlanColumn::dates_swapped`]): each is read as it was meant,
    /// and said.
    pub(super) fn turned(
        &self,
        cell: &Cell<'_>,
        value: DateValue,
        findings: &mut Vec<Finding>,
    ) -> DateValue {
        let column = self
            .column_of
            .get(Field::Birth as usize)
            .and_then(|column| self.plan.columns.get(usize::from(*column)));
        if let (true, CellKind::Date(_), DateValue::Known(date)) = (
            column.is_some_and(|column| column.dates_swapped),
            cell.kind,
            value,
        ) && date.day != date.month
            && let Some(turned) = PartialDate::new(date.year, date.day, date.month)
        {
            findings.push(
                Finding::new(RuleId::BIRTH_SWAPPED, Field::Birth, date.display())
                    .suggest(turned.display()),
            );
            return DateValue::Known(turned);
        }
        value
    }

    pub(super) fn birth_of_three(&self, row: &Row<'_, '_>) -> DateValue {
        let part = |field: Field| -> Cow<'_, str> {
            self.cell(row, field)
                .map_or(Cow::Borrowed(""), |cell| match cell.kind {
                    CellKind::Number(value) => Cow::Owned(format!("{}", value.trunc())),
                    _ => text::clean(&self.decoded(cell, field))
                        .0
                        .into_owned()
                        .into(),
                })
        };
        let (day, month, year) = (
            part(Field::BirthDay),
            part(Field::BirthMonth),
            part(Field::BirthYear),
        );
        let blank = |text: &str| text::is_missing(text) || text == "0" || text == "00";
        match (blank(&day), blank(&month), blank(&year)) {
            (true, true, true) => DateValue::Missing,
            // One of the columns may hold a whole date.
            (false, true, true) => date::date(&day, self.context.as_of.year),
            (true, true, false) => date::date(&year, self.context.as_of.year),
            (_, _, true) => DateValue::Invalid,
            (no_day, _, false) => {
                let joined = format!(
                    "{}/{}/{}",
                    if no_day { "0" } else { day.trim() },
                    if blank(&month) { "0" } else { month.trim() },
                    year.trim()
                );
                date::date(&joined, self.context.as_of.year)
            }
        }
    }

    pub(super) fn sex(&self, row: &Row<'_, '_>, findings: &mut Vec<Finding>) -> SexValue {
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
                    .any(|(cell, field)| {
                        cell.text.trim() == text && self.born_by_sex(cell, field).is_some()
                    })
            };
            let value = sex::sex_of_ticks(one(Field::SexMale), one(Field::SexFemale), is_date);
            // A list with one column "Nữ" ticks the girls; who is not ticked is a boy.
            if value == SexValue::Missing
                && self.has(Field::SexFemale)
                && !self.has(Field::SexMale)
                && !self.has(Field::Sex)
            {
                return SexValue::Known(Sex::Male);
            }
            return value;
        }
        SexValue::Missing
    }

    pub(super) fn ethnicity<'r>(
        &mut self,
        row: &Row<'r, '_>,
        findings: &mut Vec<Finding>,
    ) -> Ethnic<'r> {
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
        let list = self
            .column_of
            .get(Field::Ethnicity as usize)
            .and_then(|column| self.plan.columns.get(usize::from(*column)))
            .and_then(|column| column.ethnic_list);
        let found = ethnicity::ethnicity(&text, list);
        let out = match &text {
            Cow::Borrowed(text) => ethnic(&found, text),
            Cow::Owned(_) => ethnic(&found, ""),
        };
        if text::is_plain(&text) {
            remember(&mut self.ethnic, text.into_owned(), found);
        }
        out
    }

    pub(super) fn number<'r>(&self, row: &Row<'r, '_>, field: Field) -> Number<'r> {
        let Some(cell) = self.cell(row, field) else {
            return Number::Missing;
        };
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
    pub(super) fn decoded<'r>(&self, cell: &'r Cell<'_>, field: Field) -> Cow<'r, str> {
        if cell.text.is_ascii() {
            Cow::Borrowed(&cell.text)
        } else {
            encoding::decode_cell(cell, self.verdict(field)).text
        }
    }

    pub(super) fn phone<'r>(&self, row: &Row<'r, '_>, field: Field) -> Cow<'r, str> {
        let Some(cell) = self.cell(row, field) else {
            return Cow::Borrowed("");
        };
        if phone::is_plain(&cell.text) {
            return Cow::Borrowed(&cell.text);
        }
        let phones = phone::phones(&cell.text);
        if phones.numbers.is_empty() {
            text::clean(&cell.text).0
        } else {
            Cow::Owned(phones.to_string())
        }
    }
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
        Ethnicity::Known {
            group,
            own,
            ambiguous,
        } => {
            let own = match own {
                None => Cow::Borrowed(""),
                Some(own) if own == text => Cow::Borrowed(text),
                Some(own) => Cow::Owned(own.clone()),
            };
            Ethnic::Known {
                group,
                own,
                doubtful: *ambiguous,
            }
        }
        Ethnicity::Ambiguous { candidates } => Ethnic::Ambiguous(candidates.clone()),
        Ethnicity::Foreign => Ethnic::Foreign,
        Ethnicity::Unknown | Ethnicity::Missing => Ethnic::Unknown,
    }
}

/// Why no number can exist yet, where the row says so (design §5, `id.not-yet`).
pub(super) fn not_yet(
    number: &Number<'_>,
    nationality: &str,
    registration: &str,
    certificate: &str,
    note: &str,
    ethnic: &Ethnic<'_>,
) -> Option<&'static str> {
    const UNREGISTERED: &str = "chưa đăng ký khai sinh";
    match number {
        Number::NotRegistered => return Some(UNREGISTERED),
        Number::Missing => {}
        Number::Twelve(..) | Number::Other(_) => return None,
    }
    if !text::is_missing(nationality) {
        let folded = syllable::ascii_fold(nationality);
        let vietnamese = matches!(
            folded.trim(),
            "viet nam"
                | "vn"
                | "vietnam"
                | "vnm"
                | "viet"
                | "nguoi viet nam"
                | "cong hoa xa hoi chu nghia viet nam"
                | "kinh"
                | "1"
                | "000"
        );
        if !vietnamese {
            return Some(
                if name::says_unknown(&folded)
                    || folded.contains("khong quoc tich")
                    || folded.contains("chua")
                {
                    "chưa xác định quốc tịch"
                } else {
                    "không có quốc tịch Việt Nam"
                },
            );
        }
    }
    if matches!(ethnic, Ethnic::Foreign) {
        return Some("không có quốc tịch Việt Nam");
    }
    [registration, certificate, note]
        .iter()
        .any(|text| !text.is_empty() && number::says_unregistered(&syllable::ascii_fold(text)))
        .then_some(UNREGISTERED)
}
