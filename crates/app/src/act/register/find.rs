//! `treem find`: children by the beginning of their name, typed with or without marks, in any case.
//!
//! In: a name. Out: [`Found`]: at most [`crate::limits::FOUND`] children who count, in order of their names.

use super::{Desk, Done, Failed, wait};
use crate::access::Deed;
use crate::limits;
use treem_child::normalise::syllable::ascii_fold;
use treem_child::normalise::unit;

/// Who was found.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Found {
    /// In order of their names.
    pub children: Vec<One>,
    /// There are more than these.
    pub more: bool,
}

/// One of them: enough to choose by, no number.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct One {
    /// Id of the record.
    pub child: String,
    /// Name.
    pub name: String,
    /// Birth date as far as it is known.
    pub birth: String,
    /// Name of the unit; empty where unknown.
    pub unit: String,
    /// The mother's name, else the father's, else the guardian's.
    pub carer: String,
}

/// Finds children.
///
/// # Errors
/// [`Failed::Refused`]: the name has no letter.
pub fn run(desk: &Desk, name: &str) -> Done<Found> {
    let begins = ascii_fold(&name.split_whitespace().collect::<Vec<_>>().join(" "));
    if !begins.chars().any(char::is_alphabetic) {
        return Err(Failed::Refused(
            "hãy ghi họ tên cần tìm, từ chữ đầu, có dấu hay không dấu đều được, ví dụ treem find \"ho thi m\".".to_owned(),
        ));
    }
    wait(async {
        let open = desk.open().await?;
        let mut tx = open.store.read().await?;
        let found = tx
            .children_named(
                &open.book.register,
                &begins,
                limits::FOUND.saturating_add(1),
            )
            .await?;
        let cut = desk.area(Deed::Search);
        desk.must_somewhere(Deed::Search)?;
        let most = usize::try_from(limits::FOUND).unwrap_or(usize::MAX);
        Ok(Found {
            more: found.len() > most,
            children: found
                .into_iter()
                .take(most)
                .filter(|child| cut.holds(&child.now.edition, child.now.unit.as_deref()))
                .map(|child| {
                    let record: serde_json::Value =
                        serde_json::from_str(&child.now.record).unwrap_or_default();
                    let field = |name: &str| {
                        let text = record.get(name).and_then(serde_json::Value::as_str);
                        text.unwrap_or("").to_owned()
                    };
                    let carers = ["mother", "father", "guardian"].map(field);
                    let code = child.now.unit.unwrap_or_default();
                    One {
                        child: child.id,
                        name: field("name"),
                        birth: child.now.birth,
                        unit: unit::edition(&child.now.edition)
                            .by_code(&code)
                            .map_or_else(String::new, |unit| unit.name.to_owned()),
                        carer: carers
                            .into_iter()
                            .find(|carer| !carer.is_empty())
                            .unwrap_or_default(),
                    }
                })
                .collect(),
        })
    })
}
