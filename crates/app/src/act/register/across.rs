//! The rules over many rows, in a book: which children share a number (also with a child of another book), which are one
//! child by name, birth date and a parent.
//!
//! In: a record as it is or shall be. Out: the findings it has of these rules; [`settle`] puts those of the others right.

use super::again::Again;
use super::{Done, record};
use std::collections::BTreeMap;
use treem_child::check::across::RowKey;
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;
use treem_child::rule::RuleId;
use treem_store::child::{ACTIVE, Child, Entry, Finding, MOVED, State, holds_number};
use treem_store::{Act, Tx};

/// Children of one name and birth date that are compared.
const NAMESAKES: u32 = 10_000;

/// The finding of a rule over many rows, where the rules have it.
pub fn finding(rules: &RuleSet, rule: RuleId, raw: &str) -> Option<Finding> {
    let field = if rule == RuleId::ID_SHARED {
        Field::Number
    } else {
        rule.info()?.field
    };
    let group = rules.group(rule).map(|group| i64::from(group.number()));
    rules.is_on(rule).then(|| {
        record::finding(
            (rule.code(), field.code(), group),
            rules.severity(rule).code(),
            (raw, "", false),
        )
    })
}

/// True where two records are one child by group 5.
pub fn are_one(left: RowKey, right: RowKey) -> bool {
    let parent = |left: u32, right: u32| left != 0 && left == right;
    left.person != 0
        && left.person == right.person
        && (parent(left.father, right.father) || parent(left.mother, right.mother))
}

/// Children of the book who share something with a record.
#[derive(Default)]
pub struct Others {
    /// Who holds its number.
    pub holders: Vec<Child>,
    /// Who is the same child by group 5.
    pub twins: Vec<Child>,
    /// A child of another book has its number.
    pub elsewhere: bool,
}

impl Others {
    /// Those of a record; `id` is its own.
    pub async fn of(
        tx: &mut Tx,
        again: &mut Again,
        book: &str,
        (id, state): (&str, &State),
    ) -> Done<Self> {
        let mut out = Self::default();
        if let Some(number) = state
            .number
            .as_deref()
            .filter(|_| holds_number(&state.state))
        {
            out.holders = tx.holders(book, number).await?;
            out.holders.retain(|other| other.id != id);
            // Who moved away goes on elsewhere, maybe in another book under this very number.
            out.elsewhere =
                state.state != MOVED && !tx.numbers_elsewhere(book, &[number]).await?.is_empty();
        }
        let key = again.key(state);
        if key.person != 0 && state.state == ACTIVE {
            let of = (state.name_key.as_str(), state.birth.as_str());
            let named = tx.children_called(book, of, NAMESAKES).await?;
            out.twins = named
                .into_iter()
                .filter(|other| other.id != id && are_one(key, again.key(&other.now)))
                .collect();
        }
        Ok(out)
    }

    /// A record's findings over many rows, in the place of those it had; others of it stay.
    pub fn findings(&self, rules: &RuleSet, state: &State, had: &[Finding]) -> Vec<Finding> {
        let ours = [RuleId::ID_SHARED, RuleId::CHILD_DUPLICATE];
        let keep = |finding: &&Finding| ours.iter().all(|rule| rule.code() != finding.rule);
        let mut out: Vec<Finding> = had.iter().filter(keep).cloned().collect();
        let mut put = |rule: RuleId, raw: &str| {
            let before = had.iter().find(|finding| finding.rule == rule.code());
            out.extend(before.cloned().or_else(|| finding(rules, rule, raw)));
        };
        let twin = |id: &str| self.twins.iter().any(|twin| twin.id == id);
        if self.elsewhere || self.holders.iter().any(|other| !twin(&other.id)) {
            put(RuleId::ID_SHARED, state.number.as_deref().unwrap_or(""));
        }
        if !self.twins.is_empty() {
            put(RuleId::CHILD_DUPLICATE, "");
        }
        out
    }
}

/// Puts right what the others of a record have of these rules, after the record has changed; gives the ids of those whose findings
/// changed. Where *identified* changes with them, it is an event of theirs.
pub async fn settle(
    act: &mut Act,
    again: &mut Again,
    book: &str,
    (id, others): (&str, Vec<Others>),
) -> Done<Vec<String>> {
    let mut all: BTreeMap<String, Child> = BTreeMap::new();
    for other in others {
        for child in other.holders.into_iter().chain(other.twins) {
            all.insert(child.id.clone(), child);
        }
    }
    all.remove(id);
    let mut out = Vec::new();
    for (other, child) in all {
        let had = act.reading().findings(book, &other).await?;
        let now = Others::of(act.reading(), again, book, (&other, &child.now)).await?;
        // Only these rules are looked at: age was judged on the day of the record's own check.
        let mut findings = now.findings(again.rules(), &child.now, &had);
        findings.sort_by(|left, right| left.rule.cmp(&right.rule));
        if findings == had {
            continue;
        }
        let identified = again.judge(&child.now, &findings).measures.identified;
        out.push(other.clone());
        if identified == child.now.identified {
            act.set_findings(&other, &findings).await?;
            continue;
        }
        // Nobody has edited it: where an import had the last word, it still has.
        let import = act.reading().import_of(book, &other, child.version).await?;
        let entry = Entry {
            id: other,
            source: "across".to_owned(),
            import,
            state: State {
                identified,
                ..child.now
            },
            findings,
        };
        act.change_child("changed", child.version, &entry).await?;
    }
    Ok(out)
}
