//! What a layout does to a row: columns it has not, zeros it loses, dates it turns round.
//!
//! In: a row, a layout. Out: the row in the state in which the list holds it. Called before the truth is said.

use super::super::truth::bare;
use super::super::written::{Birth, Is, Said, Text, Written};
use super::{BirthForm, Hamlets, Layout, NameForm, NumberForm, SexForm};

/// Puts a row into the state in which a list of the layout holds it.
pub fn project(layout: &Layout, row: &mut Written<'_>) {
    match layout.number {
        NumberForm::Text | NumberForm::Ways => {}
        NumberForm::Lost => {
            for number in [
                &mut row.number,
                &mut row.father.number,
                &mut row.mother.number,
                &mut row.guardian.number,
            ] {
                if bare(number).is_some_and(|digits| digits.len() > 8) {
                    let lost = number.trim_start_matches('0').to_owned();
                    *number = lost.into();
                }
            }
        }
        NumberForm::Scientific => {
            if let Some(digits) = bare(&row.number).filter(|digits| digits.len() > 9) {
                let lost = digits.trim_start_matches('0');
                let (first, rest) = lost.split_at(1.min(lost.len()));
                let short = rest.get(..2).unwrap_or(rest);
                row.number = format!("{first},{short}E+{}", lost.len().saturating_sub(1)).into();
            }
        }
        NumberForm::None => row.number = Text::Borrowed(""),
    }
    if layout.hamlets == Hamlets::Nowhere {
        row.hamlet = Said::missing("");
    }
    if matches!(layout.hamlets, Hamlets::Rows | Hamlets::Sheets) && row.hamlet.is != Is::Known {
        // The row stands under its hamlet all the same.
        row.hamlet = Said::known("");
    }
    if layout.names != NameForm::One && row.name.chars().all(|letter| !letter.is_alphabetic()) {
        row.name = Text::Borrowed("");
    }
    match layout.sex {
        // One column or the other holds the date: without the sex there is no place for it, without the date no sign of the sex.
        SexForm::BySex => {
            let dated = !matches!(row.birth, Birth::Missing(_));
            if row.sex.is != Is::Known || !dated {
                row.sex = Said::missing("");
                row.birth = Birth::Missing(Text::Borrowed(""));
            }
        }
        SexForm::Ticks => {
            if row.sex.is == Is::Missing {
                row.sex = Said::missing("");
            }
        }
        SexForm::Words | SexForm::Ways | SexForm::Letters => {}
    }
    if layout.birth == BirthForm::Turned
        && let Birth::Day(day) = row.birth
        && day.day() <= 12
        && day.day() != day.month()
        && let Ok(turned) = day.with().day(1).month(day.day()).build()
        && let Ok(turned) = turned.with().day(day.month()).build()
    {
        row.birth = Birth::Turned(turned, day);
    }
}
