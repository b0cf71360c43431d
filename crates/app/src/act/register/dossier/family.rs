//! Brothers and sisters of a child: who of the same unit names the same parents; and who else holds its number.
//!
//! In: a record. Out: [`Relative`]s, the oldest first. Equal names of parents are no proof: it is shown what is equal.

use super::super::{Done, unit_name};
use crate::limits;
use treem_store::Tx;
use treem_store::child::Child;

/// Another record.
#[derive(Clone)]
pub struct Relative {
    /// Its id.
    pub child: String,
    /// Name.
    pub name: String,
    /// Birth date as far as it is known.
    pub birth: String,
    /// Edition of its unit.
    pub edition: String,
    /// Code of its unit.
    pub unit: Option<String>,
    /// Name of its unit.
    pub unit_name: String,
    /// What it shares: `cùng cha mẹ`, `cùng mẹ`, `cùng cha`; empty for a number.
    pub shares: &'static str,
}

fn member(child: &Child, name: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(&child.now.record).unwrap_or_default();
    let value = record.get(name).and_then(serde_json::Value::as_str);
    value.unwrap_or("").to_owned()
}

fn relative(child: &Child, shares: &'static str) -> Relative {
    let unit = child.now.unit.as_deref().unwrap_or("");
    Relative {
        child: child.id.clone(),
        name: member(child, "name"),
        birth: child.now.birth.clone(),
        unit_name: unit_name(&child.now.edition, unit),
        edition: child.now.edition.clone(),
        unit: child.now.unit.clone(),
        shares,
    }
}

/// Children of the same parents.
pub(super) async fn siblings(tx: &mut Tx, book: &str, child: &Child) -> Done<Vec<Relative>> {
    let (mother, father) = (member(child, "mother"), member(child, "father"));
    let most = i64::from(limits::FOUND);
    let found = tx.siblings(book, child, (&mother, &father), most).await?;
    let same = |one: &Child, name: &str, own: &str| !own.is_empty() && member(one, name) == own;
    Ok(found
        .iter()
        .filter_map(|one| {
            let shares = match (same(one, "mother", &mother), same(one, "father", &father)) {
                (true, true) => "cùng cha mẹ",
                (true, false) => "cùng mẹ",
                (false, true) => "cùng cha",
                (false, false) => return None,
            };
            Some(relative(one, shares))
        })
        .collect())
}

/// Other children who hold the number.
pub(super) async fn holders(tx: &mut Tx, book: &str, child: &Child) -> Done<Vec<Relative>> {
    let Some(number) = &child.now.number else {
        return Ok(Vec::new());
    };
    let holders = tx.holders(book, number).await?;
    let others = holders.iter().filter(|other| other.id != child.id);
    Ok(others.map(|other| relative(other, "")).collect())
}
