//! What stands in the boxes of the police's rows: from answers that were kept, from a form, and to lines of the act.
//!
//! In: an answer, or a form. Out: [`Boxes`], [`Line`]s of the rows in which something was changed.

use super::shown;
use crate::act::register::handover::keying::{self, Line};
use std::collections::BTreeMap;
use treem_child::handover::answer::{Answer as Given, Kind};
use treem_child::handover::frozen::Frozen;

/// What stands in the boxes of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boxes {
    /// Word of the answer.
    pub answer: String,
    /// The number.
    pub number: String,
    /// What the population database says, where to, when.
    pub value: String,
    /// Why it is right although something speaks against it.
    pub why: String,
}

/// Twelve digits in groups of three, as they are read aloud.
pub fn grouped(number: &str) -> String {
    let whole = number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit());
    if !whole {
        return number.to_owned();
    }
    let mut out = String::with_capacity(15);
    for (at, digit) in number.chars().enumerate() {
        if at > 0 && at % 3 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// An answer as the boxes show it.
pub fn boxes(answer: &Given) -> Boxes {
    let mut out = Boxes {
        answer: answer.kind().word().to_owned(),
        ..Boxes::default()
    };
    match answer {
        Given::NumberGiven { number } => out.number = grouped(number),
        Given::NumberOnAnother { number } => out.number = grouped(number.as_deref().unwrap_or("")),
        Given::NumberChanged { new, .. } => out.number = grouped(new.as_deref().unwrap_or("")),
        Given::Differs { fields } => {
            let said: Vec<String> = fields
                .iter()
                .map(|one| format!("{}: {}", one.field.label(), one.value))
                .collect();
            out.value = said.join("; ");
        }
        Given::MovedAway { to } => out.value.clone_from(to),
        Given::Died { day } => out.value = shown::day(day),
        Given::Agrees
        | Given::NotFound
        | Given::NotResident
        | Given::BirthNotRegistered
        | Given::NotCitizen => {}
    }
    out
}

/// What was typed of the rows, by number.
pub fn typed(parts: &[(String, String)]) -> BTreeMap<u32, Boxes> {
    let mut out: BTreeMap<u32, Boxes> = BTreeMap::new();
    for (name, value) in parts {
        let Some((letter, number)) = name.split_once('.') else {
            continue;
        };
        let Ok(number) = number.parse::<u32>() else {
            continue;
        };
        let text = value.trim().to_owned();
        let row = out.entry(number).or_default();
        match letter {
            "a" => row.answer = text,
            "v" => row.number = text,
            "t" => row.value = text,
            "y" => row.why = text,
            _ => {}
        }
    }
    out
}

/// What the act is told of a row; `None` where nothing was typed.
pub fn line(number: u32, boxes: &Boxes) -> Option<Line> {
    let digits: String = boxes.number.chars().filter(char::is_ascii_digit).collect();
    let mut answer = boxes.answer.clone();
    let mut value = if digits.is_empty() {
        boxes.value.clone()
    } else {
        boxes.number.clone()
    };
    // Without scripts: one key in the box of the number is the answer; a number alone is a number that was given.
    let mut keys = boxes.number.chars();
    if answer.is_empty()
        && let (Some(key), None) = (keys.next(), keys.next())
        && let Some(kind) = Kind::from_key(key.to_ascii_uppercase())
    {
        kind.word().clone_into(&mut answer);
        value.clone_from(&boxes.value);
    } else if answer.is_empty() && !digits.is_empty() {
        Kind::NumberGiven.word().clone_into(&mut answer);
    }
    let mut note = String::new();
    if !digits.is_empty() && value == boxes.number && !boxes.value.is_empty() {
        note.clone_from(&boxes.value);
        if answer == Kind::Differs.word() {
            value = format!("Số định danh: {digits}; {}", boxes.value);
            note.clear();
        }
    }
    if answer.is_empty() && value.is_empty() {
        return None;
    }
    Some(Line {
        row: number.to_string(),
        answer,
        value,
        note,
        why: boxes.why.clone(),
    })
}

/// Only the rows in which something was changed.
pub fn changed(read: &[(Frozen, keying::Shown)], typed: &BTreeMap<u32, Boxes>) -> Vec<Line> {
    let mut out = Vec::new();
    for (number, boxes) in typed {
        let known = read.iter().find(|(row, _)| row.code.number() == *number);
        let now = known
            .and_then(|(_, answer)| answer.answer.as_ref())
            .map(self::boxes);
        let same = now.as_ref().is_some_and(|now| {
            let digits = |text: &str| {
                text.chars()
                    .filter(char::is_ascii_digit)
                    .collect::<String>()
            };
            now.answer == boxes.answer
                && digits(&now.number) == digits(&boxes.number)
                && now.value == boxes.value
        });
        // An answer that was written and is emptied is taken away.
        if now.is_some() && boxes.answer.is_empty() && boxes.number.is_empty() {
            out.push(Line {
                row: number.to_string(),
                answer: "-".to_owned(),
                ..Line::default()
            });
        } else if !same && let Some(line) = line(*number, boxes) {
            out.push(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_of_a_row() {
        let boxes = |answer: &str, number: &str, value: &str| Boxes {
            answer: answer.to_owned(),
            number: number.to_owned(),
            value: value.to_owned(),
            why: String::new(),
        };
        for (typed, expect) in [
            (boxes("", "", ""), None),
            // A key in the box of the number.
            (boxes("", "4", ""), Some(("not-found", "", ""))),
            (boxes("", "n", ""), Some(("not-citizen", "", ""))),
            // A number alone.
            (
                boxes("", "045 218 000 318", ""),
                Some(("number-given", "045 218 000 318", "")),
            ),
            // A number that is too short is asked about, not taken for a key.
            (boxes("", "04", ""), Some(("number-given", "04", ""))),
            (
                boxes("moved-away", "", "Gio Linh"),
                Some(("moved-away", "Gio Linh", "")),
            ),
            (
                boxes("number-given", "045218000318", "mới cấp"),
                Some(("number-given", "045218000318", "mới cấp")),
            ),
            (
                boxes("differs", "045218000318", "Họ tên: Hồ Thị Mở"),
                Some((
                    "differs",
                    "Số định danh: 045218000318; Họ tên: Hồ Thị Mở",
                    "",
                )),
            ),
        ] {
            let line = line(7, &typed);
            let found = line.as_ref().map(|line| {
                assert_eq!(line.row, "7");
                (
                    line.answer.as_str(),
                    line.value.as_str(),
                    line.note.as_str(),
                )
            });
            assert_eq!(found, expect, "{typed:?}");
        }
    }

    #[test]
    fn a_number_in_groups() {
        for (number, shown) in [
            ("045218000318", "045 218 000 318"),
            ("45218000318", "45218000318"),
            ("04521800031x", "04521800031x"),
            ("", ""),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}
