//! One fix for many records: what a rule proposes, or one value for one field. First every row is shown as it is and as it would be, with
//! those who are left out and why; then it is one act, which can be undone.
//!
//! In: [`Asked`]. Out: [`Fixed`]. Only what is safe in bulk is done to many; nothing that is written and sound is written over. A record
//! that somebody has changed since the preview is left out and said. Where a unit asks for a second check, the fix waits
//! ([`super::second`]).

pub mod plan;
pub mod undo;

use super::across::settle;
use super::again::Again;
use super::edit::Change;
use super::facets::Filter;
use super::facets::rows::ids;
use super::facets::scope::Scope;
use super::{Desk, Done, Failed, begin, rules, second, wait};
use crate::access::Deed;
use crate::limits;
use plan::{Plan, Planned};
use std::collections::BTreeSet;
use treem_child::field::Field;
use treem_child::rule::RuleId;
use treem_store::Act;
use treem_store::fixes::{self, Fix};

/// What is to be written.
#[derive(Clone)]
pub enum What {
    /// What a rule proposes; with a value, only where it proposes just that.
    Rule {
        /// Its code.
        rule: String,
        /// The value.
        value: Option<String>,
    },
    /// One value, where the field is empty or wrong.
    Value {
        /// The field.
        field: Field,
        /// As typed.
        text: String,
    },
}

/// Fields that are a child's own: no value can be right for many.
pub const OWN: [Field; 12] = [
    Field::Id,
    Field::Name,
    Field::Birth,
    Field::Number,
    Field::BirthCertificate,
    Field::FatherNumber,
    Field::FatherPhone,
    Field::MotherNumber,
    Field::MotherPhone,
    Field::GuardianNumber,
    Field::GuardianPhone,
    Field::Insurance,
];

/// What is asked for.
pub struct Asked {
    /// What is to be written.
    pub what: What,
    /// The list.
    pub filter: Filter,
    /// Only these children of it.
    pub these: Option<Vec<String>>,
    /// Why.
    pub why: String,
    /// The preview it begins from ([`Fixed::seen`]): who was changed since is left out.
    pub seen: Option<i64>,
    /// Do it; else only say what would be.
    pub yes: bool,
}

/// A record of a fix.
#[derive(serde::Serialize)]
pub struct Row {
    /// Id of the record.
    pub child: String,
    /// Its version: before it is done the one it begins from, then the one it has.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Name of the unit.
    pub unit_name: String,
    /// What changes.
    pub changes: Vec<Change>,
}

/// A record that is left out.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub struct Left {
    /// Id of the record.
    pub child: String,
    /// Name.
    pub name: String,
    /// Why, in one Vietnamese sentence.
    pub why: String,
}

/// What a fix came to, or would come to.
#[derive(serde::Serialize)]
pub struct Fixed {
    /// Its id, once it is written down.
    pub fix: Option<String>,
    /// It was done.
    pub done: bool,
    /// Which second check it waits for, or would wait for: `above` or `keyed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits: Option<String>,
    /// The book's last act when this was looked at.
    pub seen: i64,
    /// Records it changes.
    pub rows: Vec<Row>,
    /// Records it leaves out.
    pub left: Vec<Left>,
    /// Other children whose findings changed with it.
    pub others: Vec<String>,
}

/// Fixes many records, or says what would be.
///
/// # Errors
/// [`Failed::Refused`]: no such rule, a field that is a child's own, too many records, nobody whom it can be done to.
pub fn run(desk: &mut Desk, asked: &Asked) -> Done<Fixed> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let set = rules::in_force(&mut tx, &book).await?;
        let filter = asked.list(&set)?;
        desk.must_somewhere(Deed::MassFix)?;
        let scope = Scope::of(&open.book, filter.area, &desk.area(Deed::MassFix));
        let ids = match &asked.these {
            Some(these) => {
                for id in these {
                    desk.must_child(Deed::MassFix, &mut tx, (&book, id)).await?;
                }
                these.clone()
            }
            None => {
                ids(
                    &mut tx,
                    &book,
                    &scope,
                    &filter,
                    ("", ""),
                    limits::FIX_ROWS + 1,
                )
                .await?
            }
        };
        if ids.len() > limits::FIX_ROWS {
            return Err(Failed::Refused(format!(
                "lượt sửa này có hơn {} hồ sơ; hãy chọn từng xã.",
                treem_child::texts::grouped(limits::FIX_ROWS as u64)
            )));
        }
        let mut again = Again::new(set, filter.as_of);
        let seen = asked.seen.unwrap_or(open.book.audit_seq);
        let none = BTreeSet::new();
        let plan = Plan::of(&mut tx, &mut again, &book, (asked, &ids, &none)).await?;
        let kind = second::strictest(&mut tx, &book, &plan).await?;
        drop(tx);
        let mut told = plan.tell(seen, kind);
        if !asked.yes {
            return Ok(told);
        }
        if told.rows.is_empty() {
            let why = told.left.first().map_or("", |left| left.why.as_str());
            return Err(Failed::Refused(format!(
                "không có hồ sơ nào sửa được theo cách này{}{why}",
                if why.is_empty() { "." } else { ": " }
            )));
        }
        if let Some(kind) = kind {
            let fix = asked.fix(desk, kind, &filter, plan.rows.len());
            second::propose(desk, &open, &fix, &plan.typed()).await?;
            told.fix = Some(fix.id);
            open.leave().await;
            return Ok(told);
        }
        let mut act = begin(&open.store, desk.doing(&book, "fix", &asked.why)).await?;
        let changed: BTreeSet<String> = act
            .reading()
            .changed_after(&book, seen)
            .await?
            .into_iter()
            .collect();
        let plan = Plan::of(act.reading(), &mut again, &book, (asked, &ids, &changed)).await?;
        let mut told = plan.tell(seen, None);
        told.done = true;
        let mut fix = asked.fix(desk, "", &filter, plan.rows.len());
        fixes::DONE.clone_into(&mut fix.state);
        fix.done_seq = Some(act.number());
        told.others = carry_out(
            &mut act,
            &mut again,
            &book,
            ("fix", plan.rows),
            &mut told.rows,
        )
        .await?;
        act.add_fix(&fix, &[]).await?;
        finish(act, &fix, &told).await?;
        open.leave().await;
        told.fix = Some(fix.id);
        Ok(told)
    })
}

/// Writes the records of a plan; gives the other children whose findings changed.
pub(super) async fn carry_out(
    act: &mut Act,
    again: &mut Again,
    book: &str,
    (source, planned): (&str, Vec<Planned>),
    rows: &mut [Row],
) -> Done<Vec<String>> {
    let mut others = Vec::with_capacity(planned.len());
    for (mut one, row) in planned.into_iter().zip(rows) {
        source.clone_into(&mut one.draft.entry.source);
        let seen = one.draft.before.version;
        row.version = act.change_child("changed", seen, &one.draft.entry).await?;
        others.extend([one.draft.old, one.draft.new]);
    }
    // No record of the act is among the others: an act writes one event a child.
    let others = settle(act, again, book, ("", others)).await?;
    act.lost_claims().await?;
    Ok(others)
}

/// Ends the act of a fix.
pub(super) async fn finish(act: Act, fix: &Fix, told: &Fixed) -> Done<()> {
    let detail = serde_json::json!({
        "what": fix.what, "kind": fix.kind, "rows": told.rows.len(), "left": told.left.len(), "others": told.others.len(),
        "proposed_by": Some(fix.who.as_str()).filter(|who| !who.is_empty()),
    });
    act.finish(&fix.id, &detail.to_string()).await?;

    Ok(())
}

impl Asked {
    /// The list it is about: that of the rule, where a rule is asked for.
    fn list(&self, set: &treem_child::check::rules::RuleSet) -> Done<Filter> {
        let mut filter = self.filter.clone();
        match &self.what {
            What::Rule { rule, .. } => {
                let known = RuleId::from_code(rule).or_else(|| set.rule_of_local(rule));
                if known.is_none() {
                    return Err(Failed::Refused(format!(
                        "không có quy tắc “{rule}”; xem các quy tắc bằng treem rules list."
                    )));
                }
                filter.rule = Some(rule.clone());
            }
            What::Value { field, .. } if OWN.contains(field) => {
                return Err(Failed::Refused(format!(
                    "{} là của riêng từng trẻ, không ghi một giá trị cho nhiều trẻ được; hãy sửa từng hồ sơ.",
                    field.label()
                )));
            }
            What::Value { .. } => {}
        }
        Ok(filter)
    }

    fn fix(&self, desk: &mut Desk, second: &str, filter: &Filter, rows: usize) -> Fix {
        let (edition, unit) = match (&filter.unit, filter.area) {
            (Some((edition, unit)), _) => (edition.clone(), unit.clone()),
            (None, Some((edition, unit))) => (edition.from.to_owned(), unit.code.to_owned()),
            (None, None) => (String::new(), String::new()),
        };
        Fix {
            id: desk.ids.next_id(),
            kind: "fix".to_owned(),
            what: match &self.what {
                What::Rule { rule, .. } => rule.clone(),
                What::Value { field, .. } => field.code().to_owned(),
            },
            second: second.to_owned(),
            state: fixes::WAITS.to_owned(),
            edition,
            unit,
            rows: i64::try_from(rows).unwrap_or(i64::MAX),
            as_of: filter.as_of.to_string(),
            why: self.why.clone(),
            ..Fix::default()
        }
    }
}
