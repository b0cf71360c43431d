//! The rules of a book: the rule file in force.
//!
//! In: the book. Out: its [`RuleSet`]; the built-in one where no file was published.

use super::{Done, Failed};
use treem_child::check::rules::RuleSet;
use treem_store::Tx;

/// The rules a book is checked by.
///
/// # Errors
/// [`Failed::Refused`] where the file in force is one this program cannot read.
pub async fn in_force(tx: &mut Tx, book: &str) -> Done<RuleSet> {
    match tx.rule_files(book).await?.last() {
        None => Ok(RuleSet::default()),
        Some(file) => RuleSet::from_toml(&file.content).map_err(|error| {
            Failed::Refused(format!(
                "tệp quy tắc đang có hiệu lực trong sổ (số {}) không đọc được: {error}",
                file.nth
            ))
        }),
    }
}
