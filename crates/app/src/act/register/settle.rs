//! Numbers that came to stand on two children, or stand on one alone again: their finding `id.shared` and the measure *identified* follow,
//! on every side.
//!
//! In: an act that has changed who has a number. Out: the children who were changed for it, each with an event.

use super::Done;
use super::again::Again;
use std::collections::BTreeSet;
use treem_child::rule::RuleId;
use treem_store::Act;
use treem_store::child::{ACTIVE, Entry, Finding};

/// Where an event of settling comes from.
pub const SOURCE: &str = "dispute";

/// Settles numbers in the act's book, of all who have them but `except`: those the act has changed already know ([`with_shared`]). A record
/// that is suspected to be the same child as another (`child.duplicate`) is asked about as that, not as a second owner. Gives the ids of
/// those who were changed.
///
/// # Errors
/// The database's; a record that was changed since it was read.
pub async fn settle(
    act: &mut Act,
    again: &mut Again,
    numbers: &BTreeSet<String>,
    except: &[&str],
) -> Done<Vec<String>> {
    let book = act.doing().register.clone();
    let mut out = Vec::new();
    for number in numbers.iter().filter(|number| !number.is_empty()) {
        act.settle_claim(number).await?;
        let holders = act.reading().holders(&book, number).await?;
        let several = holders.len() > 1;
        for holder in holders.iter().filter(|holder| holder.state == ACTIVE) {
            if except.contains(&holder.id.as_str()) {
                continue;
            }
            let findings = act.reading().findings(&book, &holder.id).await?;
            let Some(findings) = with_shared(&findings, number, several) else {
                continue;
            };
            let child = act.reading().child(&book, &holder.id).await?;
            let entry = Entry {
                id: holder.id.clone(),
                source: SOURCE.to_owned(),
                ..again.entry(&child.now, &findings, &[])
            };
            act.change_child("changed", child.version, &entry).await?;
            out.push(holder.id.clone());
        }
    }
    Ok(out)
}

/// The findings of a record whose number others have, too, or no more; `None` where they say so already.
pub fn with_shared(findings: &[Finding], number: &str, shared: bool) -> Option<Vec<Finding>> {
    let (rule, double) = (RuleId::ID_SHARED.code(), RuleId::CHILD_DUPLICATE.code());
    let has = |rule: &str| findings.iter().any(|one| one.rule == rule);
    if shared == has(rule) || shared && has(double) {
        return None;
    }
    let mut out = findings.to_vec();
    if shared {
        out.push(Finding {
            rule: rule.to_owned(),
            field: "number".to_owned(),
            raw: number.to_owned(),
            ..Finding::default()
        });
    } else {
        out.retain(|one| one.rule != rule);
    }
    Some(out)
}
