//! Brothers and sisters of a record or a row: children of its unit whose record names the same father or mother, letter by
//! letter.
//!
//! In: what a side says. Out: [`Sibling`]s, at most [`limits::SIBLINGS`]; children of other units are not looked for.

use super::super::Done;
use crate::limits;
use serde_json::Value;
use treem_child::normalise::syllable::ascii_fold;
use treem_store::Tx;
use treem_store::child::Child;

/// A brother or sister in the book.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Sibling {
    /// The record.
    pub child: String,
    /// Name.
    pub name: String,
    /// Birth year; empty where unknown.
    pub year: String,
    /// Found by both parents; else by one.
    pub both: bool,
}

/// What a side says of where it belongs.
pub struct Family<'a> {
    /// Father's name; empty where unknown.
    pub father: &'a str,
    /// Mother's name.
    pub mother: &'a str,
    /// Edition and unit.
    pub unit: (&'a str, &'a str),
}

/// The brothers and sisters, without `not`; those by both parents first, then by age.
pub async fn of(tx: &mut Tx, book: &str, family: &Family<'_>, not: &[&str]) -> Done<Vec<Sibling>> {
    let (father, mother) = (ascii_fold(family.father), ascii_fold(family.mother));
    if family.unit.1.is_empty() || (father.is_empty() && mother.is_empty()) {
        return Ok(Vec::new());
    }
    let parents = (family.mother.trim(), family.father.trim());
    let most = i64::from(limits::FOUND);
    let near = tx.siblings_in(book, family.unit, "", parents, most).await?;
    let mut found: Vec<Sibling> = near
        .iter()
        .filter(|child| !not.contains(&child.id.as_str()))
        .filter_map(|child| sibling(child, (&father, &mother)))
        .collect();
    found.sort_by(|one, other| {
        (!one.both, &one.year, &one.child).cmp(&(!other.both, &other.year, &other.child))
    });
    // Where some share both parents, those who share the name of one are other people's.
    if found.first().is_some_and(|first| first.both) {
        found.retain(|one| one.both);
    }
    found.truncate(limits::SIBLINGS);
    Ok(found)
}

fn sibling(child: &Child, (father, mother): (&str, &str)) -> Option<Sibling> {
    let record: Value = serde_json::from_str(&child.now.record).ok()?;
    let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or("");
    let same = |ours: &str, theirs: &str| !ours.is_empty() && ours == ascii_fold(theirs);
    let (by_father, by_mother) = (same(father, text("father")), same(mother, text("mother")));
    (by_father || by_mother).then(|| Sibling {
        child: child.id.clone(),
        name: text("name").to_owned(),
        year: child.now.birth.get(..4).unwrap_or("").to_owned(),
        both: by_father && by_mother,
    })
}
