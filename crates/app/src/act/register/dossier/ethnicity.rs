//! The ethnic group of a child who has none, proposed from that of its brothers and sisters: beside the finding, never for many at once, since
//! equal names of parents are no proof.
//!
//! In: the relatives this person may see whole, the sections of a record. Out: the finding with what speaks for it, and where all agree a
//! proposal; the relatives whose ethnic group was read.

use super::super::Done;
use super::super::proposal::Proposal;
use super::Section;
use super::family::Relative;
use std::collections::BTreeMap;
use treem_child::field::Field;
use treem_store::Tx;
use treem_store::child::Child;

/// The group as people call it: the own name, else the official one.
fn called(child: &Child) -> Option<String> {
    let apart: serde_json::Value = serde_json::from_str(&child.now.sensitive).ok()?;
    ["ethnicity_own", "ethnicity"]
        .into_iter()
        .filter_map(|name| apart.get(name).and_then(serde_json::Value::as_str))
        .find(|name| !name.is_empty())
        .map(str::to_owned)
}

/// Puts what brothers and sisters are beside the finding that none, or none that is known, is written.
pub(super) async fn propose(
    tx: &mut Tx,
    book: &str,
    family: &[Relative],
    sections: &mut [Section],
) -> Done<Vec<Relative>> {
    let rows = sections.iter_mut().flat_map(|section| &mut section.rows);
    let mut findings = rows
        .filter(|row| row.field == Field::Ethnicity)
        .flat_map(|row| &mut row.findings);
    let Some(found) = findings.find(|found| {
        found.proposal.is_none()
            && matches!(
                found.rule.as_str(),
                "ethnicity.missing" | "ethnicity.unknown"
            )
    }) else {
        return Ok(Vec::new());
    };
    let ids: Vec<&str> = family.iter().map(|one| one.child.as_str()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let children = tx.children_of(book, &ids).await?;
    let said = family.iter().filter_map(|one| {
        let child = children.iter().find(|child| child.id == one.child)?;
        Some((one.shares, called(child)?))
    });
    let (evidence, value) = weigh(said);
    found.evidence = evidence;
    found.proposal = value.map(|value| Proposal {
        field: Field::Ethnicity,
        label: Field::Ethnicity.label(),
        value,
        safe: false,
    });
    Ok(family.to_vec())
}

/// What they are, in words; and the group where all are of one.
fn weigh(said: impl Iterator<Item = (&'static str, String)>) -> (String, Option<String>) {
    let mut counts: BTreeMap<(String, &'static str), u32> = BTreeMap::new();
    for (shares, group) in said {
        *counts.entry((group, shares)).or_default() += 1;
    }
    let words: Vec<String> = counts
        .iter()
        .map(|((group, shares), count)| format!("{count} anh chị em {shares}: {group}"))
        .collect();
    let mut groups: Vec<&String> = counts.keys().map(|(group, _)| group).collect();
    groups.dedup();
    let only = match groups.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    };
    (words.join("; "), only)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_brothers_and_sisters_say() {
        let check = |said: &[(&'static str, &str)], evidence: &str, value: Option<&str>| {
            let said = said
                .iter()
                .map(|(shares, group)| (*shares, (*group).to_owned()));
            let told = weigh(said);
            assert_eq!((told.0.as_str(), told.1.as_deref()), (evidence, value));
        };
        check(
            &[("cùng cha mẹ", "Pa Cô"), ("cùng cha mẹ", "Pa Cô")],
            "2 anh chị em cùng cha mẹ: Pa Cô",
            Some("Pa Cô"),
        );
        check(
            &[("cùng cha mẹ", "Pa Cô"), ("cùng mẹ", "Pa Cô")],
            "1 anh chị em cùng cha mẹ: Pa Cô; 1 anh chị em cùng mẹ: Pa Cô",
            Some("Pa Cô"),
        );
        check(
            &[("cùng cha mẹ", "Pa Cô"), ("cùng mẹ", "Kinh")],
            "1 anh chị em cùng mẹ: Kinh; 1 anh chị em cùng cha mẹ: Pa Cô",
            None,
        );
        check(&[], "", None);
    }
}
