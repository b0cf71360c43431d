//! What a row of a child who is in the book adds to the record, and where it says something else.
//!
//! In: the record and the row ([`Said`]). Out: fields that fill what is missing, and fields that differ ([`compare`]); the record with
//! some of them taken ([`take`]). Nothing that is written is written over by itself: a difference waits for a person. Fields that speak
//! of one thing (a parent's name, birth year, number and telephone; a commune, its hamlet and the address) go together: where the
//! leading one differs, the others are of somebody or something else.

use super::super::record::SENSITIVE;
use serde_json::{Map, Value};
use treem_child::normalise::syllable::{ascii_fold, fold_syllable};
use treem_store::child::{Entry, State};

/// Fields that stand alone.
const SINGLE: [&str; 19] = [
    "name",
    "birth",
    "sex",
    "number",
    "id",
    "nationality",
    "birth_certificate",
    "birth_registration",
    "birth_place",
    "home_place",
    "phone",
    "household",
    "household_head",
    "household_poor",
    "school",
    "insurance",
    "circumstance",
    "note",
    "guardian_relation",
];

/// Fields that go together; the first leads.
const GROUPS: [&[&str]; 5] = [
    &[
        "ethnicity",
        "ethnicity_own",
        "ethnicity_code_1979",
        "ethnicity_code_2008",
    ],
    &["father", "father_birth", "father_number", "father_phone"],
    &["mother", "mother_birth", "mother_number", "mother_phone"],
    &[
        "guardian",
        "guardian_birth",
        "guardian_number",
        "guardian_phone",
    ],
    &[
        "unit",
        "edition",
        "unit_name",
        "district",
        "district_name",
        "hamlet",
        "address",
        "address_current",
    ],
];

/// Of a place, what is the unit itself.
const UNIT: [&str; 5] = ["unit", "edition", "unit_name", "district", "district_name"];

/// What a record or a row says.
#[derive(Clone, Default)]
pub struct Said {
    record: Map<String, Value>,
    sensitive: Map<String, Value>,
    unit: String,
    edition: String,
}

fn map(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

impl Said {
    /// Of its parts.
    pub fn new(record: &str, sensitive: &str, unit: Option<&str>, edition: &str) -> Self {
        Self {
            record: map(record),
            sensitive: map(sensitive),
            unit: unit.unwrap_or("").to_owned(),
            edition: edition.to_owned(),
        }
    }

    /// Of a record.
    pub fn of(state: &State) -> Self {
        Self::new(
            &state.record,
            &state.sensitive,
            state.unit.as_deref(),
            &state.edition,
        )
    }

    /// A field; empty where nothing is said.
    pub fn get(&self, field: &str) -> &str {
        let from = match field {
            "unit" => return &self.unit,
            "edition" => return &self.edition,
            _ if SENSITIVE.contains(&field) => &self.sensitive,
            _ => &self.record,
        };
        from.get(field).and_then(Value::as_str).unwrap_or("")
    }

    /// A field as a careful person would write it: the group's own name where the family has one.
    pub fn words(&self, field: &str) -> &str {
        match (field, self.get("ethnicity_own")) {
            ("ethnicity", own) if !own.is_empty() => own,
            _ => self.get(field),
        }
    }

    fn set(&mut self, field: &str, value: &str) {
        match field {
            "unit" => value.clone_into(&mut self.unit),
            "edition" => value.clone_into(&mut self.edition),
            _ => {
                let into = if SENSITIVE.contains(&field) {
                    &mut self.sensitive
                } else {
                    &mut self.record
                };
                if value.is_empty() {
                    into.remove(field);
                } else {
                    into.insert(field.to_owned(), Value::String(value.to_owned()));
                }
            }
        }
    }

    /// The state of a child who says this; what is worked out from it is still that of `state`.
    pub fn into_state(self, state: &State) -> State {
        State {
            unit: Some(self.unit).filter(|unit| !unit.is_empty()),
            edition: self.edition,
            record: Value::Object(self.record).to_string(),
            sensitive: Value::Object(self.sensitive).to_string(),
            ..state.clone()
        }
    }
}

/// How a value of a row stands to that of the record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// It says nothing that the record does not say.
    Agrees,
    /// The record says nothing, or less of the same.
    Fills,
    /// It says something else.
    Differs,
}

/// Fields that are names of persons.
fn is_name(field: &str) -> bool {
    matches!(
        field,
        "name" | "father" | "mother" | "guardian" | "household_head"
    )
}

fn how(field: &str, have: &str, row: &str) -> How {
    if row.is_empty() || have == row {
        return How::Agrees;
    }
    if have.is_empty() {
        return How::Fills;
    }
    if field == "birth" || field.ends_with("_birth") {
        return if have.starts_with(row) {
            How::Agrees
        } else if row.starts_with(have) {
            How::Fills
        } else {
            How::Differs
        };
    }
    let agrees = if is_name(field) {
        let folded = |text: &str| {
            text.split_whitespace()
                .map(fold_syllable)
                .collect::<Vec<_>>()
        };
        let (ours, theirs) = (folded(have), folded(row));
        ours == theirs
            || (row.is_ascii() && ascii_fold(have) == ascii_fold(row))
            || is_shorter(&theirs, &ours)
    } else if field.contains("number") || field.contains("phone") || field.contains("code") {
        false
    } else {
        letters(have) == letters(row)
    };
    if agrees { How::Agrees } else { How::Differs }
}

/// A name without some of its middle words: "Nguyễn Thảo" for "Nguyễn Thị Thảo".
fn is_shorter(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.len() > 1
        && short.len() < long.len()
        && (short.first(), short.last()) == (long.first(), long.last())
        && short.iter().all(|word| rest.any(|other| other == word))
}

/// The letters and digits alone, without case and marks.
fn letters(text: &str) -> String {
    ascii_fold(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// What a row does to a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Fields that fill what is missing.
    pub fills: Vec<&'static str>,
    /// Fields that say something else; the leading one of those that go together.
    pub differs: Vec<&'static str>,
}

/// A unit: its edition and its code.
pub type Unit<'a> = (&'a str, &'a str);

/// Holds a row against a record. `one_place`: whether two units, each with its edition, are one.
pub fn compare(
    have: &Said,
    row: &Said,
    one_place: &mut impl FnMut(Unit<'_>, Unit<'_>) -> bool,
) -> Compared {
    let mut out = Compared::default();
    let mut put = |field: &'static str, how: How| match how {
        How::Agrees => {}
        How::Fills => out.fills.push(field),
        How::Differs => out.differs.push(field),
    };
    for field in SINGLE {
        // What the carer is to the child is said of one carer.
        if field == "guardian_relation"
            && how("guardian", have.get("guardian"), row.get("guardian")) == How::Differs
        {
            continue;
        }
        put(field, how(field, have.get(field), row.get(field)));
    }
    for group in GROUPS {
        let Some((lead, rest)) = group.split_first() else {
            continue;
        };
        let mut of_lead = how(lead, have.get(lead), row.get(lead));
        let is_place = *lead == "unit";
        if is_place && of_lead == How::Differs {
            let district = have.get("unit") == have.get("district");
            if one_place(
                (have.get("edition"), have.get("unit")),
                (row.get("edition"), row.get("unit")),
            ) || row.get("unit") == row.get("district")
                && row.get("district") == have.get("district")
            {
                of_lead = How::Agrees;
            } else if district && row.get("district") == have.get("district") {
                of_lead = How::Fills;
            }
        }
        put(lead, of_lead);
        if of_lead == How::Differs {
            continue;
        }
        for field in rest {
            if is_place && UNIT.contains(field) {
                continue;
            }
            put(field, how(field, have.get(field), row.get(field)));
        }
    }
    out
}

/// Takes fields of a row into a record. A leading field takes along what goes with it, and what went with the old one goes.
pub fn take(have: &mut Said, row: &Said, fields: &[&str]) {
    for field in fields {
        let group = GROUPS.iter().find(|group| group.first() == Some(field));
        let Some(group) = group else {
            have.set(field, row.get(field));
            continue;
        };
        let replaced = !have.get(field).is_empty();
        for member in *group {
            let value = row.get(member);
            if !value.is_empty() || replaced || UNIT.contains(member) {
                have.set(member, value);
            }
        }
    }
}

/// All fields a row says, for a list of what a person may take.
pub fn is_field(name: &str) -> bool {
    SINGLE.contains(&name) || GROUPS.iter().any(|group| group.contains(&name))
}

/// What an entry says.
pub fn said(entry: &Entry) -> Said {
    Said::of(&entry.state)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(fields: &[(&str, &str)]) -> Said {
        let mut out = Said::default();
        for (field, value) in fields {
            out.set(field, value);
        }
        out
    }

    fn check(have: &[(&str, &str)], row: &[(&str, &str)], fills: &[&str], differs: &[&str]) {
        let compared = compare(&said(have), &said(row), &mut |one, other| one == other);
        assert_eq!(
            (compared.fills.as_slice(), compared.differs.as_slice()),
            (fills, differs),
            "{have:?} {row:?}"
        );
    }

    #[test]
    fn what_a_row_adds_and_what_it_contradicts() {
        check(&[("name", "Hồ Thị Mơ")], &[("name", "Hồ Thị Mơ")], &[], &[]);
        check(&[("name", "Hồ Thị Mơ")], &[("name", "Ho Thi Mo")], &[], &[]);
        check(
            &[("name", "Trần Thị Hòa")],
            &[("name", "Trần Thị Hoà")],
            &[],
            &[],
        );
        check(
            &[("name", "Hồ Thị Mơ")],
            &[("name", "Hồ Thị Mở")],
            &[],
            &["name"],
        );
        check(
            &[("mother", "Nguyễn Thị Thảo")],
            &[("mother", "Nguyễn Thảo")],
            &[],
            &[],
        );
        check(
            &[("mother", "Nguyễn Thảo")],
            &[("mother", "Nguyễn Thị Thảo")],
            &[],
            &["mother"],
        );
        check(
            &[("birth", "2015")],
            &[("birth", "2015-03-12")],
            &["birth"],
            &[],
        );
        check(&[("birth", "2015-03-12")], &[("birth", "2015")], &[], &[]);
        check(
            &[("birth", "2015-03-12")],
            &[("birth", "2015-12-03")],
            &[],
            &["birth"],
        );
        check(
            &[("hamlet", "Thôn A Đăng")],
            &[("hamlet", "thôn A Đăng."), ("address", "Tổ 2")],
            &["address"],
            &[],
        );
        check(&[], &[("number", "045215000012")], &["number"], &[]);
        check(
            &[("number", "045215000011")],
            &[("number", "045215000012")],
            &[],
            &["number"],
        );
    }

    #[test]
    fn what_speaks_of_one_thing_goes_together() {
        let father = [("father", "Hồ Văn Lâm"), ("father_birth", "1980")];
        check(
            &father,
            &[("father", "Hồ Văn Lâm"), ("father_phone", "0912345678")],
            &["father_phone"],
            &[],
        );
        check(
            &father,
            &[("father", "Hồ Văn Nam"), ("father_phone", "0912345678")],
            &[],
            &["father"],
        );
        check(&[], &father, &["father", "father_birth"], &[]);
        let here = [
            ("unit", "19588"),
            ("edition", "2020-01-01"),
            ("district", "469"),
        ];
        check(
            &here,
            &[
                ("unit", "19591"),
                ("edition", "2020-01-01"),
                ("district", "469"),
                ("hamlet", "Thôn 2"),
            ],
            &[],
            &["unit"],
        );
        check(
            &[("unit", "469"), ("district", "469")],
            &here,
            &["unit"],
            &[],
        );
        check(
            &here,
            &[
                ("unit", "469"),
                ("district", "469"),
                ("edition", "2020-01-01"),
            ],
            &[],
            &[],
        );
    }

    #[test]
    fn who_is_taken_leaves_nothing_of_the_other() {
        let mut have = said(&[
            ("father", "Hồ Văn Lâm"),
            ("father_birth", "1980"),
            ("hamlet", "Thôn 1"),
            ("note", "cũ"),
            ("ethnicity", "Kinh"),
        ]);
        let row = said(&[
            ("father", "Hồ Văn Nam"),
            ("father_phone", "0912345678"),
            ("note", "mới"),
            ("ethnicity", "Tà Ôi"),
        ]);
        take(&mut have, &row, &["father", "note"]);
        let got = |field: &str| have.get(field).to_owned();
        assert_eq!(
            [
                got("father"),
                got("father_birth"),
                got("father_phone"),
                got("hamlet"),
                got("note"),
                got("ethnicity")
            ],
            ["Hồ Văn Nam", "", "0912345678", "Thôn 1", "mới", "Kinh"]
        );
        assert!(have.sensitive.contains_key("note") && have.sensitive.contains_key("ethnicity"));
    }
}
