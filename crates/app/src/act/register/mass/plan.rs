//! What a fix would make of each record, and which it leaves out.
//!
//! In: ids, what is to be written. Out: [`Plan`]. A record is left out with one sentence that says why; what would put another error in the
//! place of the one it mends is left out, too.

use super::super::again::{Again, Typed};
use super::super::edit::{self, Draft};
use super::super::proposal::{self, title};
use super::super::{Done, unit_name};
use super::{Asked, Fixed, Left, Row, What};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::field::Field;
use treem_store::Tx;
use treem_store::child::{ACTIVE, Child, Finding};
use treem_store::fixes::FixRow;

/// A record with what it shall be.
pub struct Planned {
    pub(in super::super) draft: Draft,
    /// What is written, as typed.
    pub typed: Vec<Typed>,
}

/// What a fix would do.
#[derive(Default)]
pub struct Plan {
    /// Records it changes.
    pub rows: Vec<Planned>,
    /// Records it leaves out.
    pub left: Vec<Left>,
}

/// What a plan minds.
#[derive(Clone, Copy)]
struct How<'a> {
    /// The rule that must be gone then.
    mended: Option<&'a str>,
    /// It is a fix that waits itself.
    waits: bool,
    /// An edit of one record: a person answers for what comes of it.
    single: bool,
}

/// A record as a plan finds it: what is to be written, and the rule that is to be mended; or why not.
pub type Choice<'a> = &'a dyn Fn(&Child, &[Finding]) -> Result<Vec<Typed>, String>;

/// The name a record says.
pub fn name(record: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(record).unwrap_or_default();
    let name = record.get("name").and_then(serde_json::Value::as_str);
    name.unwrap_or("").to_owned()
}

impl Plan {
    /// The plan of a fix. `changed`: children changed since it was looked at.
    pub(super) async fn of(
        tx: &mut Tx,
        again: &mut Again,
        book: &str,
        (asked, ids, changed): (&Asked, &[String], &BTreeSet<String>),
    ) -> Done<Self> {
        let alone = ids.len() == 1;
        let choose = |child: &Child, findings: &[Finding]| {
            if changed.contains(&child.id) {
                return Err("hồ sơ vừa được người khác sửa; hãy xem lại.".to_owned());
            }
            choice(&asked.what, findings, child, alone)
        };
        let mended = match &asked.what {
            What::Rule { rule, .. } => Some(rule.as_str()),
            What::Value { .. } => None,
        };
        let how = How {
            mended,
            waits: false,
            single: false,
        };
        Self::made(tx, again, book, (ids, &choose, how)).await
    }

    /// The plan of a fix that waits. `single`: an edit, which may bring errors along.
    pub(in super::super) async fn made_waiting(
        tx: &mut Tx,
        again: &mut Again,
        book: &str,
        (ids, choose, single): (&[String], Choice<'_>, bool),
    ) -> Done<Self> {
        let how = How {
            mended: None,
            waits: true,
            single,
        };
        Self::made(tx, again, book, (ids, choose, how)).await
    }

    /// The plan of records for each of which something is to be written.
    async fn made(
        tx: &mut Tx,
        again: &mut Again,
        book: &str,
        (ids, choose, how): (&[String], Choice<'_>, How<'_>),
    ) -> Done<Self> {
        let mut out = Self::default();
        let mut numbers: BTreeMap<String, String> = BTreeMap::new();
        let batch: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        for id in ids {
            let before = tx.child(book, id).await?;
            let findings = tx.findings(book, id).await?;
            let called = name(&before.now.record);
            let mut leave = |why: String| {
                out.left.push(Left {
                    child: id.clone(),
                    name: called.clone(),
                    why,
                });
            };
            let chosen = match choose(&before, &findings) {
                _ if before.now.state != ACTIVE => Err("hồ sơ không còn được theo dõi.".to_owned()),
                Ok(_) if !how.waits && !tx.fixes_of(book, id).await?.is_empty() => {
                    Err("hồ sơ có một đề nghị sửa đang chờ kiểm tra lần hai.".to_owned())
                }
                chosen => chosen,
            };
            let typed = match chosen {
                Ok(typed) => typed,
                Err(why) => {
                    leave(why);
                    continue;
                }
            };
            let draft = edit::draft_of(tx, again, book, (before, findings), &typed).await?;
            let why = against(&draft, again, (how.mended, &batch, &numbers));
            if let Some(why) = why.filter(|_| !how.single) {
                leave(why);
                continue;
            }
            let number = &draft.entry.state.number;
            if let Some(number) = number
                .as_ref()
                .filter(|_| draft.before.now.number != *number)
            {
                numbers.insert(number.clone(), id.clone());
            }
            out.rows.push(Planned { draft, typed });
        }
        Ok(out)
    }

    /// What it does, for a person.
    pub(in super::super) fn tell(&self, seen: i64, second: Option<&str>) -> Fixed {
        Fixed {
            fix: None,
            done: false,
            waits: second.map(str::to_owned),
            seen,
            rows: self
                .rows
                .iter()
                .map(|one| {
                    let now = &one.draft.before.now;
                    Row {
                        child: one.draft.before.id.clone(),
                        version: one.draft.before.version,
                        name: name(&now.record),
                        unit_name: unit_name(&now.edition, now.unit.as_deref().unwrap_or("")),
                        changes: edit::tell(&one.draft).changes,
                    }
                })
                .collect(),
            left: self
                .left
                .iter()
                .map(|left| Left {
                    child: left.child.clone(),
                    name: left.name.clone(),
                    why: left.why.clone(),
                })
                .collect(),
            others: Vec::new(),
        }
    }

    /// Its rows as the store keeps them while they wait.
    pub(super) fn typed(&self) -> Vec<FixRow> {
        let rows = self.rows.iter().flat_map(|one| {
            one.typed.iter().map(|(field, value)| FixRow {
                child: one.draft.before.id.clone(),
                field: field.code().to_owned(),
                seen: one.draft.before.version,
                keyed: false,
                value: value.clone(),
            })
        });
        rows.collect()
    }
}

/// What is to be written into a record, or why nothing is.
fn choice(
    what: &What,
    findings: &[Finding],
    child: &Child,
    alone: bool,
) -> Result<Vec<Typed>, String> {
    match what {
        What::Rule { rule, value } => {
            let mut of = findings.iter().filter(|finding| finding.rule == *rule);
            let Some(finding) = of.next() else {
                return Err("hồ sơ không còn lỗi này.".to_owned());
            };
            let proposal = proposal::of(finding)
                .ok_or_else(|| "lỗi này không có đề nghị sửa; hãy sửa từng hồ sơ.".to_owned())?;
            if value.as_ref().is_some_and(|value| *value != proposal.value) {
                return Err("đề nghị sửa của hồ sơ này khác.".to_owned());
            }
            if !proposal.safe && !alone {
                return Err(
                    "đề nghị này chưa chắc chắn, phải xem từng hồ sơ rồi mới sửa.".to_owned(),
                );
            }
            Ok(vec![(proposal.field, proposal.value)])
        }
        What::Value { field, text } => {
            let wrong = findings
                .iter()
                .any(|one| one.severity != "note" && one.field == field.code());
            if !wrong && says(child, *field) && !alone {
                return Err(format!(
                    "{} đã được ghi và không có lỗi; không ghi đè.",
                    field.label()
                ));
            }
            Ok(vec![(*field, text.clone())])
        }
    }
}

/// True where a record says something in a field.
fn says(child: &Child, field: Field) -> bool {
    let Some(column) = super::super::again::said::column_of(field) else {
        return false;
    };
    if field == Field::Commune {
        return child.now.unit.is_some();
    }
    [&child.now.record, &child.now.sensitive]
        .iter()
        .any(|text| {
            let record: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            record.get(column).is_some_and(|value| value != "")
        })
}

/// Why a draft is not to be written together with others.
fn against(
    draft: &Draft,
    again: &Again,
    (mended, batch, numbers): (Option<&str>, &BTreeSet<&str>, &BTreeMap<String, String>),
) -> Option<String> {
    if edit::tell(draft).changes.is_empty() {
        return Some("hồ sơ đã ghi đúng như vậy.".to_owned());
    }
    let still = |rule: &str| draft.entry.findings.iter().any(|one| one.rule == rule);
    if mended.is_some_and(still) {
        return Some("sửa như đề nghị thì lỗi này vẫn còn.".to_owned());
    }
    let had = |one: &&Finding| {
        let same = |old: &Finding| old.rule == one.rule && old.field == one.field;
        !draft.findings.iter().any(same)
    };
    let come = draft.entry.findings.iter().filter(had);
    if let Some(error) = come.into_iter().find(|one| one.severity == "error") {
        return Some(format!(
            "sửa xong lại có lỗi khác: {}.",
            title(again.rules(), &error.rule)
        ));
    }
    let taken = draft.entry.state.number.as_ref();
    if batch.len() > 1 && taken.is_some_and(|number| numbers.contains_key(number)) {
        return Some("một trẻ khác trong cùng lượt sẽ mang số này; hãy xem từng hồ sơ.".to_owned());
    }
    let around = [&draft.old, &draft.new];
    let mut others = around
        .iter()
        .flat_map(|others| others.holders.iter().chain(&others.twins));
    others.any(|other| batch.contains(other.id.as_str())).then(|| {
        "hồ sơ liên quan đến một trẻ khác trong cùng lượt (cùng số hoặc nghi trùng); hãy sửa riêng.".to_owned()
    })
}
