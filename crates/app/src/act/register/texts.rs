//! A record field by field, as a person compares two of them; and fields of one typed into the other.
//!
//! In: [`State`]s. Out: [`Texts`] by the names of `children.csv`, [`Typed`] fields for the re-check.

use super::again::Typed;
use super::again::said::column_of;
use super::record::SENSITIVE;
use serde_json::{Map, Value};
use treem_child::field::Field;
use treem_child::merging::Texts;
use treem_child::normalise::unit::{self, Level, Unit};
use treem_store::child::State;

/// Fields that hold an identity number.
pub const NUMBERS: [Field; 4] = [
    Field::Number,
    Field::FatherNumber,
    Field::MotherNumber,
    Field::GuardianNumber,
];

/// The unit, with its district, province and edition.
pub const UNIT: &str = "unit";
/// What a record says, in the order in which it is shown.
pub const KNOWN: [&str; 36] = [
    "name",
    "birth",
    "sex",
    "ethnicity",
    "number",
    UNIT,
    "hamlet",
    "address",
    "address_current",
    "father",
    "father_birth",
    "father_number",
    "father_phone",
    "mother",
    "mother_birth",
    "mother_number",
    "mother_phone",
    "guardian",
    "guardian_birth",
    "guardian_number",
    "guardian_phone",
    "guardian_relation",
    "phone",
    "id",
    "nationality",
    "birth_certificate",
    "birth_registration",
    "birth_place",
    "home_place",
    "household",
    "household_head",
    "household_poor",
    "school",
    "insurance",
    "circumstance",
    "note",
];

/// True where a field is not shown.
pub fn is_sensitive(field: &str) -> bool {
    SENSITIVE.contains(&field)
}

/// What a record says.
pub fn texts(state: &State) -> Texts {
    let map = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
    let (open, apart) = (map(&state.record), map(&state.sensitive));
    let of = |name: &str| {
        let value = open.get(name).or_else(|| apart.get(name));
        value.and_then(Value::as_str).unwrap_or("").to_owned()
    };
    KNOWN
        .iter()
        .map(|name| {
            let text = match *name {
                UNIT => unit_text(state),
                // The own name says more than that of the group.
                "ethnicity" if !of("ethnicity_own").is_empty() => of("ethnicity_own"),
                name => of(name),
            };
            ((*name).to_owned(), text)
        })
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// Code, name and edition of the unit.
fn unit_text(state: &State) -> String {
    state.unit.as_deref().map_or_else(String::new, |code| {
        let name = super::unit_name(&state.edition, code);
        format!("{name} ({code}, danh mục {})", state.edition)
    })
}

/// The fields of one record, to be typed into another, whose edition becomes that of the unit where the unit is among them.
pub fn typed(from: &State, fields: &[String], into: &mut State) -> Vec<Typed> {
    let texts = texts(from);
    let mut out = Vec::new();
    for name in fields {
        if name == UNIT {
            into.edition.clone_from(&from.edition);
            let edition = unit::edition(&from.edition);
            let unit = from.unit.as_deref().and_then(|code| edition.by_code(code));
            match unit {
                Some(unit) => out.extend(typed_unit(edition, unit)),
                None => out.push((Field::Commune, String::new())),
            }
        } else if let Some(field) = Field::ALL
            .iter()
            .find(|field| column_of(**field) == Some(name))
        {
            out.push((*field, texts.get(name).cloned().unwrap_or_default()));
        }
    }
    out
}

/// A unit as a person types it: by the names of its province, its district, and its own.
pub fn typed_unit(edition: &unit::Edition, unit: &Unit) -> Vec<Typed> {
    let mut out = Vec::new();
    if let Some(province) = edition.province_of(unit) {
        out.push((Field::Province, province.name.to_owned()));
    }
    if let Some(district) = edition.district_of(unit) {
        out.push((Field::District, district.name.to_owned()));
    }
    let own = if unit.level() == Level::Commune {
        unit.name
    } else {
        ""
    };
    out.push((Field::Commune, own.to_owned()));
    out
}

/// A number of which only the ends are shown. What is too short is nobody's number, and stays.
pub fn masked(number: &str) -> String {
    match (
        number.get(..3),
        number.len().checked_sub(3).and_then(|at| number.get(at..)),
    ) {
        (Some(head), Some(tail)) if number.len() > 6 => format!("{head}…{tail}"),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn the_middle_is_hidden() {
        for (number, shown) in [
            ("045215000012", "045…012"),
            ("0452150", "045…150"),
            ("123456", "123456"),
            ("", ""),
            ("số chưa có", "số chưa có"),
        ] {
            assert_eq!(masked(number), shown);
        }
    }
}
