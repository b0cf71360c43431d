//! The children of a list, page by page: each with what is wrong with it and what is proposed.
//!
//! In: a [`Filter`], the last child of the page before. Out: [`Page`]. Numbers are masked; the ethnic group, which the law calls sensitive,
//! is shown only where it is asked for, and that is an act (`look`) of the audit chain.

use super::super::proposal::{self, Proposal, title};
use super::super::texts::masked;
use super::super::{Desk, Done, Failed, begin, rules, unit_name, wait};
use super::Filter;
use super::scope::Scope;
use crate::access::{Cut, Deed};
use crate::act::access::look::Seen;
use crate::limits;
use std::collections::HashMap;
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;
use treem_store::Tx;
use treem_store::child::{Child, Finding};
use treem_store::work;

/// A page of a list.
#[derive(serde::Serialize)]
pub struct Page {
    /// Its children, by name.
    pub rows: Vec<Row>,
    /// Where the next page begins: the last child's id; none on the last page.
    pub next: Option<String>,
}

/// A child of a list.
#[derive(serde::Serialize)]
pub struct Row {
    /// Id of the record.
    pub child: String,
    /// Its version.
    pub version: i64,
    /// Name; empty where none is known.
    pub name: String,
    /// Birth date as far as it is known, `YYYY-MM-DD`.
    pub birth: String,
    /// `Nam`, `Nữ` or empty.
    pub sex: String,
    /// The ethnic group, own name first; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<String>,
    /// The number, its middle hidden; empty without.
    pub number: String,
    /// Code of the unit.
    pub unit: String,
    /// Name of the unit; empty where unknown.
    pub unit_name: String,
    /// Hamlet.
    pub hamlet: String,
    /// The mother's name, else the father's, else the guardian's.
    pub carer: String,
    /// What is wrong, notes left out.
    pub findings: Vec<Found>,
}

/// Something wrong with a child.
#[derive(Clone, serde::Serialize)]
pub struct Found {
    /// Code of the rule.
    pub rule: String,
    /// What the rule looks for.
    pub title: String,
    /// Code of the field.
    pub field: String,
    /// What a person reads for the field.
    pub label: &'static str,
    /// Group, where it has one.
    pub group: Option<i64>,
    /// `error` or `warning`.
    pub severity: String,
    /// The value as written; a number of twelve digits is masked, sensitive fields are empty.
    pub raw: String,
    /// What is proposed.
    pub proposal: Option<Proposal>,
    /// What speaks for it beside the record itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

impl Found {
    /// What a person sees of a finding.
    pub fn of(rules: &RuleSet, finding: &Finding) -> Self {
        let whole =
            finding.raw.len() == 12 && finding.raw.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            title: title(rules, &finding.rule),
            label: Field::from_code(&finding.field).map_or("", Field::label),
            raw: if whole {
                masked(&finding.raw)
            } else {
                finding.raw.clone()
            },
            proposal: proposal::of(finding),
            evidence: String::new(),
            rule: finding.rule.clone(),
            field: finding.field.clone(),
            group: finding.list,
            severity: finding.severity.clone(),
        }
    }
}

/// A page of the list, after a child.
///
/// # Errors
/// [`Failed::Refused`]: the child of the cursor is not in the book.
pub fn page(desk: &mut Desk, filter: &Filter, after: Option<&str>, sensitive: bool) -> Done<Page> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let set = rules::in_force(&mut tx, book).await?;
        desk.must_somewhere(Deed::See)?;
        let scope = Scope::of(&open.book, filter.area, &desk.area(Deed::See));
        let after = match after {
            None => (String::new(), String::new()),
            Some(child) => {
                let name = tx.sort_key_of(book, child).await?;
                let name = name.ok_or_else(|| {
                    Failed::Refused("trang này không còn; hãy xem lại danh sách từ đầu.".to_owned())
                })?;
                (name, child.to_owned())
            }
        };
        let most = limits::LIST_PAGE;
        let mut ids = ids(
            &mut tx,
            book,
            &scope,
            filter,
            (&after.0, &after.1),
            most + 1,
        )
        .await?;
        let more = ids.len() > most;
        ids.truncate(most);
        let cut = desk.area(Deed::SeeSensitive);
        if sensitive {
            desk.must_somewhere(Deed::SeeSensitive)?;
        }
        let rows = rows(&mut tx, book, &set, &ids, (sensitive, &cut)).await?;
        drop(tx);
        let deed = if sensitive {
            Deed::SeeSensitive
        } else {
            Deed::See
        };
        desk.looks(&open, (deed, "list"), Seen::Children(rows.len() as u64))
            .await?;
        if sensitive && !rows.is_empty() {
            let act = begin(&open.store, desk.doing(book, "look", "")).await?;
            let detail = serde_json::json!({"list": rows.len(), "sensitive": true});
            act.finish("", &detail.to_string()).await?;
        }
        Ok(Page {
            next: ids.last().cloned().filter(|_| more),
            rows,
        })
    })
}

/// Ids of the children of a list after one, by name, at most so many.
pub async fn ids(
    tx: &mut Tx,
    book: &str,
    scope: &Scope,
    filter: &Filter,
    after: (&str, &str),
    most: usize,
) -> Done<Vec<String>> {
    let day = filter.as_of.to_string();
    let asked = work::Filter {
        day: &day,
        unit: None,
        rule: filter.rule.as_deref(),
        list: filter.group.filter(|_| filter.rule.is_none()),
        severity: match (&filter.rule, filter.group) {
            (Some(_), _) => None,
            (None, Some(_)) => Some("error"),
            (None, None) => filter.severity.as_deref(),
        },
        hamlet: filter.hamlet.as_deref(),
        who: filter.who.as_deref(),
    };
    let units = match &filter.unit {
        Some((edition, unit)) if scope.holds(edition, unit) => {
            vec![Some((edition.as_str(), unit.as_str()))]
        }
        Some(_) => Vec::new(),
        None => scope.questions(),
    };
    if filter.unit.is_none() && matches!(scope, Scope::Most(_)) {
        return cut_ids(tx, book, (scope, asked), after, most).await;
    }
    let several = units.len() > 1;
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for unit in units {
        let asked = work::Filter { unit, ..asked };
        found.extend(tx.work_page(book, asked, after, limit).await?);
    }
    if several {
        // Each unit gives its first ones; the first of all are among them.
        found.sort();
        found.truncate(most);
    }
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// The same of the whole book, without those who stand elsewhere.
async fn cut_ids(
    tx: &mut Tx,
    book: &str,
    (scope, asked): (&Scope, work::Filter<'_>),
    after: (&str, &str),
    most: usize,
) -> Done<Vec<String>> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut after = (after.0.to_owned(), after.1.to_owned());
    let mut out = Vec::new();
    loop {
        let page = tx
            .work_page(book, asked, (&after.0, &after.1), limit)
            .await?;
        let Some(last) = page.last() else { break };
        after.clone_from(last);
        let ids: Vec<&str> = page.iter().map(|(_, id)| id.as_str()).collect();
        let here: std::collections::BTreeSet<String> = tx
            .children_of(book, &ids)
            .await?
            .into_iter()
            .filter(|child| {
                scope.holds(&child.now.edition, child.now.unit.as_deref().unwrap_or(""))
            })
            .map(|child| child.id)
            .collect();
        let is_last = page.len() < most;
        out.extend(
            page.into_iter()
                .map(|(_, id)| id)
                .filter(|id| here.contains(id)),
        );
        if is_last || out.len() >= most {
            break;
        }
    }
    out.truncate(most);
    Ok(out)
}

/// The children of these ids in their order.
pub(in crate::act::register) async fn rows(
    tx: &mut Tx,
    book: &str,
    set: &RuleSet,
    ids: &[String],
    (sensitive, cut): (bool, &Cut),
) -> Done<Vec<Row>> {
    let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
    let children = tx.children_of(book, &asked).await?;
    let mut findings = tx.findings_of(book, &asked).await?;
    let mut by_id: HashMap<String, Child> = children
        .into_iter()
        .map(|child| (child.id.clone(), child))
        .collect();
    Ok(ids
        .iter()
        .filter_map(|id| {
            let child = by_id.remove(id)?;
            let sees = sensitive && cut.holds(&child.now.edition, child.now.unit.as_deref());
            Some(row(set, child, findings.remove(id), sees))
        })
        .collect())
}

fn row(set: &RuleSet, child: Child, findings: Option<Vec<Finding>>, sensitive: bool) -> Row {
    let record: serde_json::Value = serde_json::from_str(&child.now.record).unwrap_or_default();
    let apart: serde_json::Value = serde_json::from_str(&child.now.sensitive).unwrap_or_default();
    let text = |of: &serde_json::Value, name: &str| {
        of.get(name)
            .and_then(serde_json::Value::as_str)
            .unwrap_or("")
            .to_owned()
    };
    let carers = ["mother", "father", "guardian"].map(|name| text(&record, name));
    let code = child.now.unit.unwrap_or_default();
    let findings = findings.unwrap_or_default();
    Row {
        ethnicity: sensitive.then(|| {
            let own = text(&apart, "ethnicity_own");
            let group = text(&apart, "ethnicity");
            match own.as_str() {
                "" => group,
                own if own == group => group,
                own => format!("{own} ({group})"),
            }
        }),
        name: text(&record, "name"),
        sex: text(&record, "sex"),
        hamlet: text(&record, "hamlet"),
        carer: carers
            .into_iter()
            .find(|carer| !carer.is_empty())
            .unwrap_or_default(),
        number: child.now.number.as_deref().map(masked).unwrap_or_default(),
        unit_name: unit_name(&child.now.edition, &code),
        unit: code,
        birth: child.now.birth,
        findings: findings
            .iter()
            .filter(|one| one.severity != "note")
            .map(|one| Found::of(set, one))
            .collect(),
        child: child.id,
        version: child.version,
    }
}
