//! What a number that is being typed may be, before it is written down; and whether answers from paper are typed twice.
//!
//! In: a list, a row, a number as typed. Out: [`Look`].

use super::super::second::settings::Settings;
use super::super::{Desk, Done, Failed, wait};
use super::keying::{Against, beside};
use super::{list_of, row_of};
use treem_child::handover::doubts::{Doubt, Record, doubts};
use treem_store::fixes::KEYED;

/// A row under the fingers.
pub struct Look {
    /// What speaks against the number, one sentence each.
    pub doubts: Vec<String>,
    /// It is no number at all.
    pub is_final: bool,
}

/// Looks at a number that is typed for a row. Nothing is written.
///
/// # Errors
/// [`Failed::Refused`]: no such list or row; [`Failed::Denied`].
pub fn number(desk: &Desk, list: &str, (row, number): (&str, &str)) -> Done<Look> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let code = row_of(list_of(list)?, row)?;
        let row = std::iter::once(Ok(code));
        let against = Against::for_rows(desk, &mut tx, (book, list), row).await?;
        let Some((kept, frozen)) = against.rows.get(&code).zip(against.frozen.get(&code)) else {
            return Err(Failed::Refused(format!(
                "Danh sách {} không có dòng {code}.",
                against.held.code
            )));
        };
        let digits: String = number
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '.')
            .collect();
        let mut found = Vec::new();
        if !digits.is_empty() {
            let child = tx.child(book, &kept.child).await?;
            let (adults, holders) = beside(&mut tx, book, (&child, &digits)).await?;
            let record = Record {
                adults: &adults,
                holders: &holders,
                ..Record::of(frozen)
            };
            found = doubts(&digits, &record);
        }
        Ok(Look {
            is_final: found.iter().any(Doubt::is_final),
            doubts: found.iter().map(Doubt::sentence).collect(),
        })
    })
}

/// Whether answers of a list from paper are typed twice.
///
/// # Errors
/// [`Failed::Refused`]: no such list.
pub fn is_blind(desk: &Desk, list: &str) -> Done<bool> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let held = super::held::Held::of(&mut tx, book, list_of(list)?).await?;
        let (edition, unit) = held.unit();
        let settings = Settings::of(&mut tx, book).await?;
        Ok(settings.kind(edition, unit) == Some(KEYED))
    })
}
