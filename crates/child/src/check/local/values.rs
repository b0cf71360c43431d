//! What a local rule's expression can see of a row: `child`, `raw`, `findings`, `as_of`.
//!
//! In: a [`Child`]. Out: values by name, resolved only when an expression asks, borrowed from the record. Every name is
//! checked when the rule file is read, so that a misspelt field is said then and not on a million rows.

use super::expression::Kind;
use crate::field::Field;
use crate::limits;
use crate::normalise::date::PartialDate;
use crate::normalise::row::Context;
use crate::normalise::sex::SexValue;
use crate::normalise::text;
use crate::record::{Child, Ethnic, Person, PersonState};
use cel::common::types::{CelInt, CelList, CelString};
use cel::common::value::CowVal;

/// Every variable, with what it is.
pub const VARIABLES: &[(&str, Kind)] = &[
    ("child.id", Kind::Text),
    ("child.name", Kind::Text),
    ("child.birth", Kind::Text),
    ("child.birth_year", Kind::Whole),
    ("child.birth_month", Kind::Whole),
    ("child.birth_day", Kind::Whole),
    ("child.age", Kind::Whole),
    ("child.sex", Kind::Text),
    ("child.ethnicity", Kind::Text),
    ("child.ethnicity_own", Kind::Text),
    ("child.nationality", Kind::Text),
    ("child.number", Kind::Text),
    ("child.birth_certificate", Kind::Text),
    ("child.birth_registration", Kind::Text),
    ("child.birth_place", Kind::Text),
    ("child.home_place", Kind::Text),
    ("child.unit", Kind::Text),
    ("child.unit_name", Kind::Text),
    ("child.hamlet", Kind::Text),
    ("child.address", Kind::Text),
    ("child.address_current", Kind::Text),
    ("child.phone", Kind::Text),
    ("child.household", Kind::Text),
    ("child.household_head", Kind::Text),
    ("child.poor", Kind::Text),
    ("child.school", Kind::Text),
    ("child.insurance", Kind::Text),
    ("child.circumstance", Kind::Text),
    ("child.note", Kind::Text),
    ("child.relation", Kind::Text),
    ("child.father.name", Kind::Text),
    ("child.father.state", Kind::Text),
    ("child.father.birth", Kind::Text),
    ("child.father.number", Kind::Text),
    ("child.father.phone", Kind::Text),
    ("child.mother.name", Kind::Text),
    ("child.mother.state", Kind::Text),
    ("child.mother.birth", Kind::Text),
    ("child.mother.number", Kind::Text),
    ("child.mother.phone", Kind::Text),
    ("child.guardian.name", Kind::Text),
    ("child.guardian.state", Kind::Text),
    ("child.guardian.birth", Kind::Text),
    ("child.guardian.number", Kind::Text),
    ("child.guardian.phone", Kind::Text),
    ("findings", Kind::List),
    ("as_of", Kind::Text),
];

/// What a variable is; `raw.<field code>` is text for every field a list can have.
pub(super) fn kind_of(name: &str) -> Option<Kind> {
    if let Some(code) = name.strip_prefix("raw.") {
        return Field::from_code(code).map(|_| Kind::Text);
    }
    VARIABLES
        .iter()
        .find(|variable| variable.0 == name)
        .map(|variable| variable.1)
}

/// One row, as expressions see it.
pub(super) struct Values<'a> {
    child: &'a Child<'a>,
    as_of: PartialDate,
    raw: Vec<(Field, String)>,
    findings: CelList<'a>,
}

impl<'a> Values<'a> {
    pub(super) fn new(
        child: &'a Child<'a>,
        context: Context,
        raw: Vec<(Field, String)>,
        findings: CelList<'a>,
    ) -> Self {
        Self {
            child,
            as_of: context.as_of,
            raw,
            findings,
        }
    }
}

impl cel::context::VariableResolver for Values<'_> {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        let child = self.child;
        if let Some(name) = variable.strip_prefix("child.") {
            return match name.split_once('.') {
                None => of_child(child, name, self.as_of),
                Some(("father", name)) => of_person(&child.father, name),
                Some(("mother", name)) => of_person(&child.mother, name),
                Some(("guardian", name)) => of_person(&child.guardian, name),
                Some(_) => None,
            };
        }
        if let Some(code) = variable.strip_prefix("raw.") {
            let field = Field::from_code(code)?;
            return self
                .raw
                .iter()
                .find(|known| known.0 == field)
                .map(|known| cell(&known.1));
        }
        match variable {
            "findings" => Some(CowVal::Borrowed(&self.findings)),
            "as_of" => Some(iso(self.as_of)),
            _ => None,
        }
    }
}

fn of_child<'b>(child: &'b Child<'_>, name: &str, as_of: PartialDate) -> Option<CowVal<'b, 'b>> {
    let birth = child.birth_date();
    Some(match name {
        "name" => text(child.name_out()),
        "birth" => birth.map_or_else(|| text(""), iso),
        "birth_year" => whole(birth.map_or(0, |date| i64::from(date.year))),
        "birth_month" => whole(birth.map_or(0, |date| i64::from(date.month))),
        "birth_day" => whole(birth.map_or(0, |date| i64::from(date.day))),
        "age" => whole(birth.and_then(|date| age(date, as_of)).unwrap_or(-1)),
        "sex" => match child.sex {
            SexValue::Known(sex) => text(sex.label()),
            SexValue::Missing | SexValue::Invalid => text(""),
        },
        "ethnicity" => text(child.ethnic_group().map_or("", |group| group.name)),
        "ethnicity_own" => match &child.ethnic {
            Ethnic::Known { own, .. } => text(own),
            _ => text(""),
        },
        "number" => text(child.number_out()),
        "unit" => text(child.residence.unit.map_or("", |unit| unit.code)),
        "unit_name" => text(child.residence.unit.map_or("", |unit| unit.name)),
        "id" => text(&child.id),
        "nationality" => text(&child.nationality),
        "birth_certificate" => text(&child.birth_certificate),
        "birth_registration" => text(&child.birth_registration),
        "birth_place" => text(&child.birth_place),
        "home_place" => text(&child.home_place),
        "hamlet" => text(&child.residence.hamlet),
        "address" => text(&child.residence.address),
        "address_current" => text(&child.residence.current),
        "phone" => text(&child.phone),
        "household" => text(&child.household),
        "household_head" => text(&child.household_head),
        "poor" => text(&child.household_poor),
        "school" => text(&child.school),
        "insurance" => text(&child.insurance),
        "circumstance" => text(&child.circumstance),
        "note" => text(&child.note),
        "relation" => text(&child.guardian_relation),
        _ => return None,
    })
}

fn of_person<'b>(person: &'b Person<'_>, name: &str) -> Option<CowVal<'b, 'b>> {
    Some(match name {
        "name" => text(&person.name),
        "state" => text(match person.state {
            PersonState::Missing => "missing",
            PersonState::Unknown => "unknown",
            PersonState::Named => "named",
            PersonState::Dead => "dead",
            PersonState::Away => "away",
        }),
        "birth" => text(&person.birth),
        "number" => text(&person.number),
        "phone" => text(&person.phone),
        _ => return None,
    })
}

/// A text of the record: empty where what stands there means that nothing does (a dash, dots).
fn text(text: &str) -> CowVal<'_, '_> {
    cell(if text::is_missing(text) { "" } else { text })
}

/// A text as it stands; one longer than a value can be is cut, so that no cell makes an expression slow.
fn cell(text: &str) -> CowVal<'_, '_> {
    let mut text = text;
    if text.len() > limits::CELL_CHARS {
        text = text
            .get(..text.floor_char_boundary(limits::CELL_CHARS))
            .unwrap_or("");
    }
    CowVal::owned(CelString::from(text))
}

fn whole<'b>(value: i64) -> CowVal<'b, 'b> {
    CowVal::owned(CelInt::from(value))
}

fn iso<'b>(date: PartialDate) -> CowVal<'b, 'b> {
    CowVal::owned(CelString::from(date.to_string()))
}

/// Whole years on the as-of date, where what is known of the date leaves one answer; `None` else, and before birth.
fn age(birth: PartialDate, as_of: PartialDate) -> Option<i64> {
    let today = (as_of.year, as_of.month, as_of.day);
    let years = |(year, month, day): (i16, u8, u8)| {
        i64::from(today.0) - i64::from(year) - i64::from((today.1, today.2) < (month, day))
    };
    let (most, least) = (years(birth.earliest()), years(birth.latest()));
    (most == least && least >= 0).then_some(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        let as_of = PartialDate {
            year: 2024,
            month: 6,
            day: 13,
        };
        let check = |year, month, day, expected: Option<i64>| {
            assert_eq!(
                age(PartialDate { year, month, day }, as_of),
                expected,
                "{year}-{month}-{day}"
            );
        };
        check(2015, 6, 13, Some(9));
        check(2015, 6, 14, Some(8));
        check(2015, 3, 0, Some(9));
        check(2015, 6, 0, None);
        check(2024, 6, 13, Some(0));
        check(2024, 6, 14, None);
        check(2015, 0, 0, None);
    }

    #[test]
    fn kinds() {
        for (name, kind) in [
            ("child.age", Some(Kind::Whole)),
            ("child.mother.phone", Some(Kind::Text)),
            ("raw.mother.phone", Some(Kind::Text)),
            ("raw.nothing", None),
            ("child.agee", None),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }
}
