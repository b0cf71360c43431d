//! One answer as it is typed from paper: code, key or word of the answer, value, note. Understood by the same rules as a row of a workbook.
//!
//! In: the row as it was sent, the texts. Out: [`Taken`].

use super::super::answer::Kind;
use super::super::frozen::Frozen;
use super::grid::{Line, Text};
use super::head::{Role, Table};
use super::judge::{self, Cells};
use super::{Sent, Taken};
use crate::cell::CellKind;

/// What is typed for a row.
#[derive(Clone, Copy, Default)]
pub struct Typed<'t> {
    /// The key of an answer (1–9, 0, N), the machine's word, or words.
    pub answer: &'t str,
    /// The number, or what the population database says.
    pub value: &'t str,
    /// A note.
    pub note: &'t str,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Typed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Typed({})", self.answer)
    }
}

/// The kind of a key or a machine's word.
pub fn kind_of(text: &str) -> Option<Kind> {
    let text = text.trim();
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(key), None) => Kind::from_key(key.to_ascii_uppercase()),
        _ => Kind::from_word(text),
    }
}

/// Understands what was typed for a row.
pub fn typed(row: &Frozen, sent: &Sent<'_>, given: &Typed<'_>) -> Taken {
    let answer = match kind_of(given.answer) {
        Some(kind) => kind.label(),
        None => given.answer,
    };
    let text = |text: &str| Text {
        text: text.trim().to_owned(),
        kind: if text.trim().is_empty() {
            CellKind::Empty
        } else {
            CellKind::Text
        },
        ..Text::default()
    };
    // Digits and nothing else are the number.
    let digits = given.value.chars().filter(char::is_ascii_digit).count();
    let only = given
        .value
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '-'));
    let is_number = only && digits >= 9;
    let (number, value) = if is_number {
        (given.value, "")
    } else {
        ("", given.value)
    };
    let line = Line {
        number: 1,
        cells: vec![text(answer), text(number), text(value), text(given.note)],
    };
    let table = Table {
        first: 0,
        columns: vec![
            (0, Role::Answer),
            (1, Role::Number),
            (2, Role::Value),
            (3, Role::Note),
        ],
        notes: Vec::new(),
    };
    let cells = Cells {
        line: &line,
        table: &table,
    };
    judge::judge(row, sent, &cells).taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handover::answer::Answer;
    use crate::handover::code;

    #[test]
    fn typed_from_paper() {
        let list = code::List::new(code::FIRST_LIST).unwrap();
        let row = Frozen {
            name: "Hồ Văn Khăm".into(),
            birth: "2015-04-02".into(),
            sex: "Nam".into(),
            ..Frozen::empty(code::Row::new(list, 1).unwrap())
        };
        let rows = [row.clone()];
        let sent = Sent {
            list,
            digest: None,
            rows: &rows,
            year: 2026,
        };
        let number = || Answer::NumberGiven {
            number: "045215000002".into(),
        };
        for (answer, value, expect) in [
            ("2", "045215000002", Ok(number())),
            ("2", "045 215 000 002", Ok(number())),
            ("number-given", "045215000002", Ok(number())),
            ("đã cấp", "045215000002", Ok(number())),
            ("4", "", Ok(Answer::NotFound)),
            (
                "0",
                "045215000002",
                Ok(Answer::NumberChanged {
                    old: String::new(),
                    new: Some("045215000002".into()),
                }),
            ),
            ("n", "", Ok(Answer::NotCitizen)),
            (
                "7",
                "12/3/2024",
                Ok(Answer::Died {
                    day: "2024-03-12".into(),
                }),
            ),
            (
                "6",
                "Gio Linh",
                Ok(Answer::MovedAway {
                    to: "Gio Linh".into(),
                }),
            ),
            ("2", "", Err('q')),
            ("2", "045315000002", Err('q')),
            ("2", "0452150000021", Err('r')),
            ("1", "", Err('q')),
            ("k có", "", Err('q')),
            ("", "", Err('.')),
        ] {
            let given = Typed {
                answer,
                value,
                note: "",
            };
            let found = match typed(&row, &sent, &given) {
                Taken::Understood { answer, .. } => Ok(answer),
                Taken::Question { .. } => Err('q'),
                Taken::Refused { .. } => Err('r'),
                Taken::Unanswered => Err('.'),
            };
            assert_eq!(found, expect, "{answer} {value}");
        }
    }
}
