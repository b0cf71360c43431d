//! Which second check units ask for.
//!
//! In: a unit and a kind. Out: [`Settings`] of a book: what is said of a unit, or of the nearest unit above it.

use super::super::again::Typed;
use super::super::{Desk, Done, begin, unit_name, wait};
use crate::access::Deed;
use std::collections::BTreeMap;
use treem_child::field::Field;
use treem_child::normalise::unit::{self, Edition, Unit};
use treem_store::Tx;
use treem_store::fixes::{ABOVE, DONE, KEYED, NONE, REFUSED, SecondCheck, UNDONE, WAITS};

/// Fields of an edit that ask for a second check.
const ASKED: [Field; 3] = [Field::Number, Field::Name, Field::Birth];

/// The settings there are, as they are typed and as a person reads them.
pub const KINDS: [(&str, &str); 3] = [
    (NONE, "không kiểm tra lần hai"),
    (ABOVE, "người ở cấp trên duyệt"),
    (KEYED, "nhập lại lần hai, không thấy lần đầu"),
];

/// Which second check a unit asks for, for all below it.
#[derive(serde::Serialize)]
pub struct Setting {
    /// Edition.
    pub edition: String,
    /// Code.
    pub unit: String,
    /// Name.
    pub unit_name: String,
    /// `none`, `above`, `keyed`.
    pub kind: String,
    /// Since when.
    pub at: String,
    /// By whom.
    pub who: String,
}

/// The settings of a book.
pub struct Settings(BTreeMap<(String, String), String>);

impl Settings {
    /// As the book has them.
    pub async fn of(tx: &mut Tx, book: &str) -> Done<Self> {
        let mut out = BTreeMap::new();
        for one in tx.second_checks(book).await? {
            // A code is the same unit in another edition only under the same name.
            let name = unit_name(&one.edition, &one.unit);
            out.insert((one.unit, name), one.kind);
        }
        Ok(Self(out))
    }

    /// What a unit asks for: what is said of it, or of the nearest unit above.
    pub fn kind(&self, edition: &str, unit: &str) -> Option<&'static str> {
        let edition = unit::edition(edition);
        let mut at = edition.by_code(unit);
        while let Some(unit) = at {
            let key = (unit.code.to_owned(), unit.name.to_owned());
            match self.0.get(&key).map(String::as_str) {
                Some(ABOVE) => return Some(ABOVE),
                Some(KEYED) => return Some(KEYED),
                Some(_) => return None,
                None => at = edition.parent_of(unit),
            }
        }
        None
    }
}

/// Says which second check a unit asks for, for all below it: [`NONE`], [`ABOVE`], [`KEYED`].
///
/// # Errors
/// The register cannot be used.
pub fn set(desk: &mut Desk, (edition, unit): (&Edition, &Unit), kind: &str) -> Done<Setting> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        desk.must(Deed::Approve, edition.from, Some(unit.code))?;
        let mut act = begin(&open.store, desk.doing(&book, "second-check", "")).await?;
        act.add_second_check((edition.from, unit.code), kind)
            .await?;
        let detail = serde_json::json!({"edition": edition.from, "unit": unit.code, "kind": kind});
        act.finish(unit.code, &detail.to_string()).await?;
        open.leave().await;
        Ok(Setting {
            edition: edition.from.to_owned(),
            unit: unit.code.to_owned(),
            unit_name: unit.name.to_owned(),
            kind: kind.to_owned(),
            at: desk.now.clone(),
            who: desk.who.clone(),
        })
    })
}

/// What units have said, the last of each.
///
/// # Errors
/// The register cannot be used.
pub fn settings(desk: &Desk) -> Done<Vec<Setting>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let mut last: BTreeMap<(String, String), SecondCheck> = BTreeMap::new();
        for one in tx.second_checks(&open.book.register).await? {
            last.insert((one.edition.clone(), one.unit.clone()), one);
        }
        Ok(last
            .into_values()
            .map(|one| Setting {
                unit_name: unit_name(&one.edition, &one.unit),
                edition: one.edition,
                unit: one.unit,
                kind: one.kind,
                at: one.at,
                who: one.who,
            })
            .collect())
    })
}

/// True where an edit of these fields asks for a second check.
pub fn is_asked_for(typed: &[Typed]) -> bool {
    typed.iter().any(|(field, _)| ASKED.contains(field))
}

/// What a state of a fix is called.
pub fn state(word: &str) -> &'static str {
    match word {
        WAITS => "đang chờ",
        DONE => "đã sửa",
        UNDONE => "đã hoàn tác",
        REFUSED => "đã từ chối",
        _ => "",
    }
}
