//! Whether a cell still says what was sent, and whom of the list a row without a code looks like.
//!
//! In: what was sent, what came. Out: yes or no; a [`Frozen`] row. What a spreadsheet does by itself (a zero lost, a date in another form, letters
//! lost to a question mark, capitals, spaces) is no edit.

use super::super::columns::Column;
use super::super::frozen::Frozen;
use super::Sent;
use super::grid::Text;
use super::head::Role;
use super::judge::Cells;
use crate::field::Field;
use crate::normalise::date::{DateValue, date};
use crate::normalise::number::number;
use crate::normalise::sex::sex;
use crate::normalise::syllable::ascii_fold;

/// Letters and digits alone, small and without marks; a question mark or � stays: it stands for one letter that was lost.
fn bare(text: &str) -> Vec<char> {
    ascii_fold(text)
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '?' | '\u{fffd}'))
        .collect()
}

/// True where a text is another one but for what is lost on the way.
pub(super) fn same_words(sent: &str, came: &str) -> bool {
    let (sent, came) = (bare(sent), bare(came));
    sent.len() == came.len()
        && sent
            .iter()
            .zip(&came)
            .all(|(left, right)| left == right || matches!(right, '?' | '\u{fffd}'))
}

/// True where a field came as it was sent.
pub(super) fn same(field: Field, sent: &str, came: &Text, year: i16) -> bool {
    let text = came.text.as_str();
    if sent == text {
        return true;
    }
    let digits = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.trim_start_matches('0').to_owned()
    };
    match field {
        Field::Birth => match (date(sent, year), date(text, year)) {
            (DateValue::Known(left), DateValue::Known(right)) => left == right,
            _ => same_words(sent, text),
        },
        Field::Number => {
            let (left, right) = (number(sent), number(text));
            match (left.padded(), right.padded()) {
                (Some(left), Some(right)) => left == right,
                _ => left.text() == right.text(),
            }
        }
        Field::Phone => digits(sent) == digits(text),
        Field::Sex => sex(sent) == sex(text),
        _ => same_words(sent, text),
    }
}

/// The one row of the list whose name and birth date a row of the file has.
pub(super) fn whom<'s>(cells: &Cells<'_>, sent: &Sent<'s>) -> Option<&'s Frozen> {
    let cell = |field: Field| {
        let column = cells.table.one(Role::Sent(field))?;
        cells.line.own(column).filter(|cell| !cell.is_blank())
    };
    let (name, birth) = (cell(Field::Name)?, cell(Field::Birth)?);
    let others = [Field::Sex, Field::Father, Field::Mother];
    let mut found = sent.rows.iter().filter(|row| {
        let agrees = |field: Field, came: &Text| {
            same(field, &Column::Sent(field).cell(row), came, sent.year)
        };
        !row.name.is_empty()
            && agrees(Field::Name, name)
            && agrees(Field::Birth, birth)
            && others
                .iter()
                .all(|field| cell(*field).is_none_or(|came| agrees(*field, came)))
    });
    match (found.next(), found.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}
