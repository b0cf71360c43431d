//! Father, mother, guardian: in columns of their own, or two in one cell.
//!
//! In: cells. Out: [`Person`]s. Methods of [`RowReader`], apart for reading.

use super::RowReader;
use crate::cell::Row;
use crate::field::Field;
use crate::finding::Finding;
use crate::normalise::date::DateValue;
use crate::normalise::name::{self, NameState};
use crate::normalise::number::Number;
use crate::normalise::syllable;
use crate::record::{Person, PersonState};
use std::borrow::Cow;

impl RowReader {
    pub(super) fn person<'r>(
        &mut self,
        row: &Row<'r, '_>,
        field: Field,
        findings: &mut Vec<Finding>,
    ) -> Person<'r> {
        if let Some(named) = self
            .bare(row, field)
            .and_then(|text| self.names.proper(text))
        {
            return Person {
                name: named.text,
                state: PersonState::Named,
                key: named.key,
                ..Person::default()
            };
        }
        let text = self.text(row, field, findings);
        if text.is_empty() {
            return Person::default();
        }
        self.person_of(text)
    }

    /// A parent from a text: a name, "Không rõ", "Hồ Văn Khăm (chết)".
    pub(super) fn person_of<'r>(&mut self, text: Cow<'r, str>) -> Person<'r> {
        let named = self.name_of(text);
        match named.state {
            NameState::Good => {
                return Person {
                    name: named.text,
                    state: PersonState::Named,
                    key: named.key,
                    ..Person::default()
                };
            }
            NameState::Missing => return Person::default(),
            NameState::Unknown => {
                return Person {
                    name: named.text,
                    state: PersonState::Unknown,
                    ..Person::default()
                };
            }
            NameState::Placeholder | NameState::Invalid | NameState::Short => {}
        }
        let folded = syllable::ascii_fold(&named.text);
        if name::says_nothing(&folded) {
            return Person::default();
        }
        let (bare, state) = split_state(&named.text, &folded);
        if let Some(bare) = bare {
            let inner = self.names.name(&bare);
            let (key, good) = (inner.key, inner.text.into_owned());
            Person {
                name: Cow::Owned(good),
                state,
                key,
                ..Person::default()
            }
        } else {
            let state = if named.text.chars().any(char::is_alphabetic) {
                PersonState::Named
            } else {
                PersonState::Missing
            };
            let key = hash_or_zero(named.key, state);
            Person {
                name: named.text,
                state,
                key,
                ..Person::default()
            }
        }
    }

    /// "Họ tên cha, mẹ" in one cell: under each other, or with a comma, slash, dash or "và" between them, perhaps labelled.
    pub(super) fn both_parents<'r>(
        &mut self,
        row: &Row<'r, '_>,
        father: &mut Person<'r>,
        mother: &mut Person<'r>,
        findings: &mut Vec<Finding>,
    ) {
        let Some(cell) = self.cell(row, Field::Parents) else {
            return;
        };
        let text = self.repaired(cell, Field::Parents, findings, true);
        let parts = split_parents(&text);
        for (role, part) in parts {
            let person = self.person_of(Cow::Owned(part));
            if person.state == PersonState::Missing {
                continue;
            }
            let is_mother = match role {
                Some(is_mother) => is_mother,
                None => {
                    syllable::ascii_fold(&person.name).contains(" thi ")
                        || father.state != PersonState::Missing
                }
            };
            let target = if is_mother {
                &mut *mother
            } else {
                &mut *father
            };
            if target.state == PersonState::Missing {
                *target = person;
            } else if mother.state == PersonState::Missing {
                *mother = person;
            } else if father.state == PersonState::Missing {
                *father = person;
            }
        }
    }

    pub(super) fn details<'r>(
        &self,
        row: &Row<'r, '_>,
        person: &mut Person<'r>,
        [birth, number, phone]: [Field; 3],
    ) {
        if let Some(cell) = self.cell(row, birth)
            && let DateValue::Known(date) | DateValue::Swapped(date) =
                self.date_of_cell(cell, birth)
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
}

fn hash_or_zero(key: u64, state: PersonState) -> u64 {
    if state.is_named() { key } else { 0 }
}

/// Splits "Hồ Văn Khăm (chết)" and "Hồ Văn Khăm - đã mất" into the name and the state.
fn split_state(text: &str, folded: &str) -> (Option<String>, PersonState) {
    const DEAD: [&str; 7] = [
        "chet",
        "da chet",
        "da mat",
        "mat",
        "qua doi",
        "tu vong",
        "da qua doi",
    ];
    const AWAY: [&str; 8] = [
        "di lam xa",
        "di lam",
        "bo di",
        "da bo di",
        "ly hon",
        "ly than",
        "di tu",
        "mat tich",
    ];
    let Some(cut) = text.find(['(', '-', ',', ';', ':', '[']) else {
        return (
            None,
            if folded.is_empty() {
                PersonState::Missing
            } else {
                PersonState::Named
            },
        );
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
    let is_name = bare.split(' ').count() >= 2
        && bare
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’'));
    if is_name {
        (Some(bare.to_owned()), state)
    } else {
        (None, PersonState::Named)
    }
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
            && (matches!(c, '\n' | ',' | ';' | '/' | '&' | '+' | '|')
                || (matches!(c, '-' | '–') && last.ends_with(' ') && chars.peek() == Some(&' ')));
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
            "cha" | "bố" | "ba" | "bo" | "ch"
                if word.ends_with(':') || words.is_empty() && word != "Ba" || role.is_some() =>
            {
                Some(false)
            }
            "mẹ" | "me" | "má" | "mẹ"
                if word.ends_with(':') || words.is_empty() || role.is_some() =>
            {
                Some(true)
            }
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
            None if matches!(bare.to_lowercase().as_str(), "họ" | "tên")
                && words.is_empty()
                && role.is_some() => {}
            None => words.push(word),
        }
    }
    if !words.is_empty() {
        out.push((role, words.join(" ")));
    }
    out
}
