//! The answers of a list, row by row; of a first keying nothing but that it is there.
//!
//! In: a list. Out: [`Shown`]s.

use super::super::super::{Desk, Done, wait};
use super::super::held::stored;
use super::Against;
use std::collections::BTreeMap;
use treem_child::handover::answer::Answer;
use treem_child::handover::code;
use treem_store::answers::{AnswerRow, FIRST, SECOND};

/// An answer of a list as a person sees it.
#[derive(Clone, serde::Serialize)]
pub struct Shown {
    /// The row.
    pub row: code::Row,
    /// The answer that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// In words.
    pub label: &'static str,
    /// `holds`, `first`, `differs`, or empty.
    pub state: &'static str,
    /// When it was written down last.
    pub at: String,
    /// By whom.
    pub who: String,
    /// `portal`, `paper`, `workbook`, or empty.
    pub way: String,
    /// What was written beside it.
    pub note: String,
}

/// The answers of a list, row by row. Of a first keying nothing is shown but that it is there.
///
/// # Errors
/// [`Failed::Refused`]: no such list.
pub fn answers(desk: &Desk, list: &str) -> Done<Vec<Shown>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let against = Against::for_answers(desk, &mut tx, book, list).await?;
        let known = tx.answers(book, against.held.list.number).await?;
        let mut by_row: BTreeMap<i64, Vec<AnswerRow>> = BTreeMap::new();
        for one in known {
            by_row.entry(one.row_number).or_default().push(one);
        }
        let none = Vec::new();
        Ok(against
            .frozen
            .keys()
            .map(|row| of_row(*row, by_row.get(&stored(row.number())).unwrap_or(&none)))
            .collect())
    })
}

/// What is shown of the answers of one row, the first first.
pub(super) fn of_row(row: code::Row, answers: &[AnswerRow]) -> Shown {
    let holds = answers.iter().find(|one| one.holds);
    let last = answers.last();
    let answer: Option<Answer> = holds.and_then(|one| serde_json::from_str(&one.answer).ok());
    let shown = holds.or(last);
    let text =
        |part: fn(&AnswerRow) -> &String| shown.map_or_else(String::new, |one| part(one).clone());
    Shown {
        row,
        label: answer.as_ref().map_or("", |answer| answer.kind().label()),
        state: match (holds, last.map(|one| one.keying.as_str())) {
            (Some(_), _) => "holds",
            (None, Some(FIRST)) => "first",
            (None, Some(SECOND)) => "differs",
            _ => "",
        },
        answer,
        at: text(|one| &one.at),
        who: text(|one| &one.who),
        way: text(|one| &one.way),
        // Beside a first keying nothing is shown: it may tell what was typed.
        note: holds.map_or_else(String::new, |one| one.note.clone()),
    }
}
