//! `treem child edit`: a person changes fields of one record. First it is shown what would change, and which findings go and come.
//!
//! In: the record, fields as typed. Out: [`Edited`]. A typed value goes the way of an import's; the change begins from a version.

use super::across::{Others, settle};
use super::again::said::{Columns, Said, column_of};
use super::again::{Again, Typed};
use super::show::find;
use super::{Book, Desk, Done, Failed, begin, rules, second, wait};
use crate::access::Deed;
use crate::act::check::written::SENSITIVE;
use treem_child::field::Field;
use treem_child::normalise::date::PartialDate;
use treem_store::child::{Child, Entry, Finding};
use treem_store::{Act, Error, Tx};

/// What is asked for.
pub struct Asked {
    /// An id or a number.
    pub child: String,
    /// Fields as typed.
    pub typed: Vec<Typed>,
    /// Why.
    pub why: String,
    /// The version the change begins from; the present one where nothing is said.
    pub version: Option<i64>,
    /// The day on which age is judged.
    pub as_of: PartialDate,
    /// Do it; else only say what would be.
    pub yes: bool,
}

/// A field before and after.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Change {
    /// Code of the field.
    pub field: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// Before; `None` where it is sensitive and not shown.
    pub before: Option<String>,
    /// After.
    pub after: String,
}

/// What an edit came to or would come to.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Edited {
    /// The child's id.
    pub child: String,
    /// Its version now.
    pub version: i64,
    /// It was done; else this is only what would be.
    pub done: bool,
    /// What changes, in the order of the record.
    pub changes: Vec<Change>,
    /// Findings that go: rule and field.
    pub gone: Vec<(String, String)>,
    /// Findings that come: rule, field, raw value, suggestion.
    pub come: Vec<(String, String, String, String)>,
    /// Đã chuẩn hóa, before and after.
    pub identified: (bool, bool),
    /// Đủ thông tin cơ bản, before and after.
    pub complete: (bool, bool),
    /// Other children who have, or would have, the number.
    pub disputed_with: Vec<String>,
    /// Other children whose findings changed with it.
    pub others: Vec<String>,
    /// It waits for a second check: the fix it waits as ([`super::second`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits: Option<String>,
}

/// A record with what it shall be.
pub(super) struct Draft {
    pub(super) before: Child,
    pub(super) findings: Vec<Finding>,
    pub(super) entry: Entry,
    pub(super) old: Others,
    pub(super) new: Others,
}

/// Changes a record, or says what would change.
///
/// # Errors
/// [`Failed::Refused`]: no such child, somebody was faster, nothing would change.
pub fn run(desk: &mut Desk, asked: &Asked) -> Done<Edited> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let id = find(&mut tx, &book, &asked.child).await?;
        desk.must_child(Deed::Edit, &mut tx, (&book, &id)).await?;
        let mut again = Again::new(rules::in_force(&mut tx, &book).await?, asked.as_of);
        let seen = draft(&mut tx, &mut again, &book, (&id, asked)).await?;
        let mut told = tell(&seen);
        drop(tx);
        if told.changes.is_empty() {
            return Err(Failed::Refused(
                "hồ sơ đã ghi đúng như vậy; không có gì để sửa.".to_owned(),
            ));
        }
        if !asked.yes {
            return Ok(told);
        }
        if second::is_asked_for(&asked.typed)
            && let Some(kind) = second::of_unit(&open, &seen.before.now).await?
        {
            told.waits = Some(second::propose_edit(desk, &open, asked, (&seen, kind)).await?);
            open.leave().await;
            return Ok(told);
        }
        let mut act = begin(&open.store, desk.doing(&book, "edit", &asked.why)).await?;
        // Between looking and writing somebody may have been faster.
        let now = draft(act.reading(), &mut again, &book, (&id, asked)).await?;
        if now.before.version != seen.before.version {
            return Err(Error::Conflict {
                seen: seen.before.version,
                now: now.before.version,
            }
            .into());
        }
        told = tell(&now);
        told.version = act
            .change_child("changed", now.before.version, &now.entry)
            .await?;
        told.others = settle(&mut act, &mut again, &book, (&id, vec![now.old, now.new])).await?;
        told.done = true;
        act.lost_claims().await?;
        close(act, open, &told).await?;
        Ok(told)
    })
}

async fn close(act: Act, open: Book, told: &Edited) -> Done<()> {
    let fields: Vec<&str> = told.changes.iter().map(|change| change.field).collect();
    let detail = serde_json::json!({"version": told.version, "fields": fields, "gone": told.gone.len(), "come": told.come.len(), "others": told.others.len()});
    act.finish(&told.child, &detail.to_string()).await?;
    open.leave().await;
    Ok(())
}

/// What a change would make of a record.
pub(super) async fn draft(
    tx: &mut Tx,
    again: &mut Again,
    book: &str,
    (id, asked): (&str, &Asked),
) -> Done<Draft> {
    let before = tx.child(book, id).await?;
    if let Some(seen) = asked.version.filter(|seen| *seen != before.version) {
        return Err(Error::Conflict {
            seen,
            now: before.version,
        }
        .into());
    }
    let findings = tx.findings(book, id).await?;
    draft_of(tx, again, book, (before, findings), &asked.typed).await
}

/// The same of a record that has been read.
pub(super) async fn draft_of(
    tx: &mut Tx,
    again: &mut Again,
    book: &str,
    (before, findings): (Child, Vec<Finding>),
    typed: &[Typed],
) -> Done<Draft> {
    let id = before.id.as_str();
    let mut entry = again.entry(&before.now, &findings, typed);
    let (mut old, mut new) = (Others::default(), Others::default());
    let across = [
        Field::Number,
        Field::Name,
        Field::Birth,
        Field::Father,
        Field::Mother,
    ];
    if typed.iter().any(|(field, _)| across.contains(field)) {
        old = Others::of(tx, again, book, (id, &before.now)).await?;
        new = Others::of(tx, again, book, (id, &entry.state)).await?;
        // The raw number of a dispute is that of the number as it is now.
        let had: Vec<Finding> = findings
            .iter()
            .filter(|finding| before.now.number == entry.state.number || finding.field != "number")
            .cloned()
            .collect();
        let kept = new.findings(again.rules(), &entry.state, &had);
        entry = again.entry(&before.now, &kept, typed);
    }
    entry.id.clone_from(&before.id);
    "edit".clone_into(&mut entry.source);
    Ok(Draft {
        before,
        findings,
        entry,
        old,
        new,
    })
}

/// The fields in which two records differ, in the order of the record; sensitive ones without what stood there.
pub(super) fn differences(columns: &Columns, was: &Said<'_>, is: &Said<'_>) -> Vec<Change> {
    let named = Field::ALL
        .iter()
        .filter(|field| column_of(**field).is_some());
    named
        .filter_map(|field| {
            let before = was.words(columns, *field);
            let after = is.words(columns, *field);
            (before != after).then(|| Change {
                field: field.code(),
                label: field.label(),
                before: (!SENSITIVE.contains(field)).then_some(before),
                after,
            })
        })
        .collect()
}

/// What a draft changes, in words.
pub(super) fn tell(draft: &Draft) -> Edited {
    let columns = Columns::new();
    let was = Said::of(&columns, &draft.before.now, &draft.findings);
    let is = Said::of(&columns, &draft.entry.state, &draft.entry.findings);
    let changes = differences(&columns, &was, &is);
    let same =
        |left: &Finding, right: &Finding| left.rule == right.rule && left.field == right.field;
    let without = |all: &[Finding], others: &[Finding]| -> Vec<Finding> {
        let gone = |one: &&Finding| !others.iter().any(|other| same(one, other));
        all.iter().filter(gone).cloned().collect()
    };
    let (now, then) = (&draft.before.now, &draft.entry.state);
    Edited {
        child: draft.before.id.clone(),
        version: draft.before.version,
        done: false,
        changes,
        gone: without(&draft.findings, &draft.entry.findings)
            .into_iter()
            .map(|one| (one.rule, one.field))
            .collect(),
        come: without(&draft.entry.findings, &draft.findings)
            .into_iter()
            .map(|one| (one.rule, one.field, one.raw, one.suggestion))
            .collect(),
        identified: (now.identified, then.identified),
        complete: (now.complete, then.complete),
        disputed_with: draft
            .new
            .holders
            .iter()
            .map(|other| other.id.clone())
            .collect(),
        others: Vec::new(),
        waits: None,
    }
}
