//! The rules of a book: the rule file in force.
//!
//! In: the book. Out: its [`RuleSet`]; the built-in one where no file was published.

use super::{Desk, Done, Failed, wait};
use treem_child::check::rules::RuleSet;
use treem_store::Tx;
use treem_store::rules::RuleFile;

/// The rules a book is checked by.
///
/// # Errors
/// [`Failed::Refused`] where the file in force is one this program cannot read.
pub async fn in_force(tx: &mut Tx, book: &str) -> Done<RuleSet> {
    at(tx, book, None).await
}

/// The rules of the book at a desk.
///
/// # Errors
/// The register cannot be used, and as [`in_force`].
pub fn of_desk(desk: &Desk) -> Done<RuleSet> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        in_force(&mut tx, &open.book.register).await
    })
}

fn read(file: &RuleFile) -> Done<RuleSet> {
    RuleSet::from_toml(&file.content).map_err(|error| {
        Failed::Refused(format!(
            "tệp quy tắc số {} trong sổ không đọc được: {error}",
            file.nth
        ))
    })
}

/// The rules that were in force at a moment; without one, those of now.
///
/// # Errors
/// As [`in_force`].
pub async fn at(tx: &mut Tx, book: &str, moment: Option<&str>) -> Done<RuleSet> {
    let files = tx.rule_files(book).await?;
    let last = files
        .iter()
        .rfind(|file| moment.is_none_or(|moment| file.at.as_str() <= moment));
    last.map_or_else(|| Ok(RuleSet::default()), read)
}
