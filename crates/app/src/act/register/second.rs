//! Second checks: which units ask for one, what waits, and how it passes: somebody whose area is above approves it, or it is typed again by
//! who does not see what was typed. One person who holds a commune alone can always work: the second is the setting “keyed”.
//!
//! In: a unit's setting; a fix that waits with an answer. Out: [`Waiting`], [`Fixed`]. What was changed meanwhile is left out.

pub mod settings;

use super::again::{Again, Typed};
use super::edit;
use super::fields::by_name;
use super::mass::plan::{Plan, Planned, name};
use super::mass::undo::fix_of;
use super::mass::{Fixed, carry_out, finish};
use super::proposal::title;
use super::{Book, Desk, Done, Failed, begin, rules, unit_name, wait};
use crate::access::Deed;
pub use settings::{KINDS, Setting, Settings, is_asked_for, set, settings, state};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;
use treem_child::normalise::date::PartialDate;
use treem_store::Tx;
use treem_store::child::State;
use treem_store::fixes::{ABOVE, DONE, Fix, FixRow, KEYED, REFUSED, WAITS};

/// A fix in the list.
#[derive(serde::Serialize)]
pub struct Waiting {
    /// Its id.
    pub fix: String,
    /// `waits`, `done`, `undone`, `refused`.
    pub state: String,
    /// When it was proposed or done.
    pub at: String,
    /// By whom.
    pub who: String,
    /// `fix` or `edit`.
    pub kind: String,
    /// The rule or the field, in words.
    pub title: String,
    /// Which second check it waits for.
    pub second: String,
    /// Name of the unit whose list it was made from; empty: the book.
    pub unit_name: String,
    /// Records.
    pub rows: i64,
    /// Why.
    pub why: String,
    /// Who answered, and what was said.
    pub answered: Option<(String, String)>,
}

/// The second check the unit of a record asks for.
pub(super) async fn of_unit(open: &Book, state: &State) -> Done<Option<&'static str>> {
    let mut tx = open.store.read().await?;
    let settings = Settings::of(&mut tx, &open.book.register).await?;
    let unit = state.unit.as_deref().unwrap_or(&open.book.province);
    Ok(settings.kind(&state.edition, unit))
}

/// The second check an edit would wait for.
///
/// # Errors
/// The register cannot be used.
pub fn for_edit(desk: &Desk, asked: &edit::Asked) -> Done<Option<&'static str>> {
    if !is_asked_for(&asked.typed) {
        return Ok(None);
    }
    wait(async {
        let open = desk.open().await?;
        let child = {
            let mut tx = open.store.read().await?;
            tx.child(&open.book.register, &asked.child).await?
        };
        of_unit(&open, &child.now).await
    })
}

/// The second check a fix asks for: one level up where any of its units asks for that.
pub(super) async fn strictest(tx: &mut Tx, book: &str, plan: &Plan) -> Done<Option<&'static str>> {
    let settings = Settings::of(tx, book).await?;
    let mut out = None;
    let units: BTreeSet<(&str, &str)> = plan
        .rows
        .iter()
        .map(|one| {
            let now = &one.draft.before.now;
            (now.edition.as_str(), now.unit.as_deref().unwrap_or(book))
        })
        .collect();
    for (edition, unit) in units {
        match settings.kind(edition, unit) {
            Some(ABOVE) => return Ok(Some(ABOVE)),
            Some(kind) => out = Some(kind),
            None => {}
        }
    }
    Ok(out)
}

/// Writes a fix down that waits.
pub(super) async fn propose(desk: &mut Desk, open: &Book, fix: &Fix, rows: &[FixRow]) -> Done<()> {
    let book = open.book.register.clone();
    let mut act = begin(&open.store, desk.doing(&book, "fix-proposed", &fix.why)).await?;
    act.add_fix(fix, rows).await?;
    let detail = serde_json::json!({"what": fix.what, "kind": fix.kind, "rows": fix.rows, "second": fix.second});
    act.finish(&fix.id, &detail.to_string()).await?;

    Ok(())
}

/// Writes an edit down that waits; gives its id.
pub(super) async fn propose_edit(
    desk: &mut Desk,
    open: &Book,
    asked: &edit::Asked,
    (draft, kind): (&edit::Draft, &str),
) -> Done<String> {
    let before = &draft.before;
    let mut tx = open.store.read().await?;
    let waiting = tx.fixes_of(&open.book.register, &before.id).await?;
    drop(tx);
    if !waiting.is_empty() {
        return Err(Failed::Refused(
            "hồ sơ có một đề nghị sửa đang chờ kiểm tra lần hai; hãy trả lời đề nghị ấy trước."
                .to_owned(),
        ));
    }
    let fields: Vec<&str> = asked.typed.iter().map(|(field, _)| field.code()).collect();
    let fix = Fix {
        id: desk.ids.next_id(),
        kind: "edit".to_owned(),
        what: fields.join(","),
        second: kind.to_owned(),
        state: WAITS.to_owned(),
        edition: before.now.edition.clone(),
        unit: before.now.unit.clone().unwrap_or_default(),
        rows: 1,
        as_of: asked.as_of.to_string(),
        why: asked.why.clone(),
        ..Fix::default()
    };
    let rows: Vec<FixRow> = asked
        .typed
        .iter()
        .map(|(field, value)| FixRow {
            child: before.id.clone(),
            field: field.code().to_owned(),
            seen: before.version,
            keyed: false,
            value: value.clone(),
        })
        .collect();
    propose(desk, open, &fix, &rows).await?;
    Ok(fix.id)
}

/// Fixes of a state, or all, the newest first.
///
/// # Errors
/// The register cannot be used.
pub fn list(desk: &Desk, state: Option<&str>) -> Done<Vec<Waiting>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let set = rules::in_force(&mut tx, book).await?;
        desk.must_somewhere(Deed::See)?;
        let cut = desk.area(Deed::See);
        let fixes = tx.fixes(book, "~", state).await?;
        let holds = |edition: &str, unit: &str| {
            cut.holds(edition, Some(unit).filter(|unit| !unit.is_empty()))
        };
        // One over a whole area names no unit: what waits for somebody of a unit is known by its children, as it is counted.
        let waiting = tx.fixes_waiting(book).await?;
        let within: std::collections::BTreeSet<String> = waiting
            .into_iter()
            .filter(|(_, _, _, _, edition, unit, _)| holds(edition, unit))
            .map(|(fix, ..)| fix)
            .collect();
        Ok(fixes
            .into_iter()
            .filter(|one| {
                one.who == desk.who || holds(&one.edition, &one.unit) || within.contains(&one.id)
            })
            .map(|one| shown(&set, one))
            .collect())
    })
}

fn shown(set: &RuleSet, one: Fix) -> Waiting {
    Waiting {
        title: called(set, &one),
        unit_name: unit_name(&one.edition, &one.unit),
        fix: one.id,
        state: one.state,
        at: one.at,
        who: one.who,
        kind: one.kind,
        second: one.second,
        rows: one.rows,
        why: one.why,
        answered: one.answered_by.zip(one.answer),
    }
}

/// One fix, with its children; whoever may see one of them, or proposed it, may see it.
///
/// # Errors
/// [`Failed::Refused`]: no such fix. [`Failed::Denied`].
pub fn one(desk: &Desk, fix: &str) -> Done<(Waiting, Vec<Part>)> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let set = rules::in_force(&mut tx, book).await?;
        let fix = fix_of(&mut tx, book, fix).await?;
        let rows = tx.fix_rows(book, &fix.id).await?;
        must_all(desk, Deed::See, &mut tx, (book, &rows)).await?;
        if let Some(seq) = fix.done_seq.filter(|_| rows.is_empty()) {
            for (child, ..) in tx.made_by(book, seq).await? {
                desk.must_child(Deed::See, &mut tx, (book, &child)).await?;
            }
        }
        let mut parts = Vec::new();
        for (child, typed) in by_child(&rows) {
            let record = tx.child(book, &child).await?.now.record;
            parts.push(Part {
                name: name(&record),
                keyed: rows.iter().any(|row| row.child == child && row.keyed),
                fields: typed.into_iter().map(|(field, _)| field).collect(),
                child,
            });
        }
        Ok((shown(&set, fix), parts))
    })
}

/// A child of a fix that waits.
pub struct Part {
    /// Its id.
    pub child: String,
    /// Name.
    pub name: String,
    /// It was typed again, alike.
    pub keyed: bool,
    /// Fields that are to be typed.
    pub fields: Vec<Field>,
}

/// The rule or the fields of a fix, in words.
fn called(set: &RuleSet, fix: &Fix) -> String {
    let fields: Option<Vec<&str>> = fix
        .what
        .split(',')
        .map(|code| Field::from_code(code).map(Field::label))
        .collect();
    fields.map_or_else(|| title(set, &fix.what), |labels| labels.join(", "))
}

/// What a fix that waits would do. Of one that is typed again the values are not shown.
///
/// # Errors
/// [`Failed::Refused`]: no such fix, or it does not wait.
pub fn look(desk: &Desk, fix: &str) -> Done<Fixed> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let fix = waiting(&mut tx, book, fix).await?;
        let mut again = Again::new(rules::in_force(&mut tx, book).await?, day(&fix)?);
        let rows = tx.fix_rows(book, &fix.id).await?;
        must_all(desk, Deed::See, &mut tx, (book, &rows)).await?;
        let plan = plan(&mut tx, &mut again, book, (&fix, &rows)).await?;
        let mut told = plan.tell(open.book.audit_seq, Some(&fix.second));
        told.fix = Some(fix.id);
        if fix.second == KEYED {
            for change in told.rows.iter_mut().flat_map(|row| &mut row.changes) {
                change.before = None;
                change.after.clear();
            }
        }
        Ok(told)
    })
}

/// Approves a fix that waits for somebody above, or refuses any that waits.
///
/// # Errors
/// [`Failed::Refused`]: no such fix, it does not wait, or it was proposed by the same person.
pub fn answer(desk: &mut Desk, fix: &str, approves: bool, why: &str) -> Done<Fixed> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let fix = waiting(&mut tx, &book, fix).await?;
        let rows = tx.fix_rows(&book, &fix.id).await?;
        // Who proposed may take the proposal back.
        let deed = if fix.who == desk.who || fix.second == KEYED {
            Deed::Edit
        } else {
            Deed::Approve
        };
        must_all(desk, deed, &mut tx, (&book, &rows)).await?;
        drop(tx);
        if approves && fix.second == KEYED {
            return Err(Failed::Refused(
                "đề nghị này chờ nhập lại lần hai, không duyệt bằng một lời được; xem treem fix key."
                    .to_owned(),
            ));
        }
        if approves && fix.who == desk.who {
            return Err(Failed::Refused(
                "người đề nghị không tự duyệt được; cần một người khác, ở cấp trên.".to_owned(),
            ));
        }
        if approves {
            let told = pass(desk, &open, &fix, why, &[]).await?;
            open.leave().await;
            return Ok(told);
        }
        let mut act = begin(&open.store, desk.doing(&book, "fix-refused", why)).await?;
        if !act
            .set_fix(&fix.id, (WAITS, REFUSED), fix.rows, why)
            .await?
        {
            return Err(answered());
        }
        act.finish(&fix.id, "{}").await?;
        let mut told = Plan::default().tell(open.book.audit_seq, None);
        open.leave().await;
        told.fix = Some(fix.id);
        Ok(told)
    })
}

/// Types a fix again: the fields of one child, or one value for all its children. When all are typed alike it is carried out.
///
/// # Errors
/// [`Failed::Refused`]: it is not alike, no such fix, it does not wait for this.
pub fn key(desk: &mut Desk, fix: &str, child: Option<&str>, typed: &[Typed]) -> Done<Fixed> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let fix = waiting(&mut tx, &book, fix).await?;
        if fix.second != KEYED {
            return Err(Failed::Refused(
                "đề nghị này chờ cấp trên duyệt, không phải nhập lại.".to_owned(),
            ));
        }
        let mut again = Again::new(rules::in_force(&mut tx, &book).await?, day(&fix)?);
        let rows = tx.fix_rows(&book, &fix.id).await?;
        must_all(desk, Deed::Edit, &mut tx, (&book, &rows)).await?;
        let mut alike = Vec::new();
        for (id, first) in by_child(&rows) {
            if rows.iter().any(|row| row.child == id && row.keyed)
                || child.is_some_and(|child| child != id)
            {
                continue;
            }
            let before = tx.child(&book, &id).await?;
            let findings = tx.findings(&book, &id).await?;
            let mut state = |typed: &[Typed]| again.entry(&before.now, &findings, typed).state;
            let fields = |typed: &[Typed]| {
                typed
                    .iter()
                    .map(|(field, _)| *field)
                    .collect::<BTreeSet<_>>()
            };
            if fields(&first) != fields(typed) || state(&first) != state(typed) {
                return Err(Failed::Refused(
                    "không giống lần nhập đầu; hãy xem lại giấy tờ rồi nhập lại, hoặc từ chối đề nghị."
                        .to_owned(),
                ));
            }
            alike.push(id);
        }
        drop(tx);
        if alike.is_empty() {
            return Err(Failed::Refused(
                "trong đề nghị này không có hồ sơ ấy, hoặc hồ sơ đã được nhập lại rồi.".to_owned(),
            ));
        }
        let all = rows
            .iter()
            .all(|row| row.keyed || alike.contains(&row.child));
        if all {
            let told = pass(desk, &open, &fix, "", &alike).await?;
            open.leave().await;
            return Ok(told);
        }
        let mut act = begin(&open.store, desk.doing(&book, "fix-keyed", "")).await?;
        for child in &alike {
            act.set_keyed(&fix.id, child).await?;
        }
        let detail = serde_json::json!({"rows": alike.len()});
        act.finish(&fix.id, &detail.to_string()).await?;
        let mut told = Plan::default().tell(open.book.audit_seq, Some(KEYED));
        open.leave().await;
        told.fix = Some(fix.id);
        Ok(told)
    })
}

/// Carries out a fix that has passed its second check.
async fn pass(desk: &mut Desk, open: &Book, fix: &Fix, why: &str, keyed: &[String]) -> Done<Fixed> {
    let book = open.book.register.clone();
    let reason = if fix.why.is_empty() { why } else { &fix.why };
    let mut act = begin(&open.store, desk.doing(&book, &fix.kind, reason)).await?;
    for child in keyed {
        act.set_keyed(&fix.id, child).await?;
    }
    let set = rules::in_force(act.reading(), &book).await?;
    let mut again = Again::new(set, day(fix)?);
    let rows = act.reading().fix_rows(&book, &fix.id).await?;
    let count = i64::try_from(by_child(&rows).len()).unwrap_or(i64::MAX);
    if !act.set_fix(&fix.id, (WAITS, DONE), count, why).await? {
        return Err(answered());
    }
    let plan = plan(act.reading(), &mut again, &book, (fix, &rows)).await?;
    let mut told = plan.tell(open.book.audit_seq, None);
    told.fix = Some(fix.id.clone());
    told.done = true;
    let planned: Vec<Planned> = plan.rows;
    told.others = carry_out(
        &mut act,
        &mut again,
        &book,
        (&fix.kind, planned),
        &mut told.rows,
    )
    .await?;
    finish(act, fix, &told).await?;
    Ok(told)
}

/// What the rows of a fix would make of their records; who was changed since is left out.
async fn plan(
    tx: &mut Tx,
    again: &mut Again,
    book: &str,
    (fix, rows): (&Fix, &[FixRow]),
) -> Done<Plan> {
    let typed = by_child(rows);
    let ids: Vec<String> = typed.keys().cloned().collect();
    let seen: BTreeMap<&str, i64> = rows
        .iter()
        .map(|row| (row.child.as_str(), row.seen))
        .collect();
    // An edit may bring errors along, as an edit without a second check may.
    let single = fix.kind == "edit";
    let choose = |child: &treem_store::child::Child, _: &[treem_store::child::Finding]| {
        if seen.get(child.id.as_str()) != Some(&child.version) {
            return Err("hồ sơ đã được sửa sau khi có đề nghị này; hãy đề nghị lại.".to_owned());
        }
        Ok(typed.get(&child.id).cloned().unwrap_or_default())
    };
    Plan::made_waiting(tx, again, book, (&ids, &choose, single)).await
}

/// What is to be written into each child.
fn by_child(rows: &[FixRow]) -> BTreeMap<String, Vec<Typed>> {
    let mut out: BTreeMap<String, Vec<Typed>> = BTreeMap::new();
    for row in rows {
        let field = Field::from_code(&row.field).or_else(|| by_name(&row.field));
        let of = out.entry(row.child.clone()).or_default();
        of.extend(field.map(|field| (field, row.value.clone())));
    }
    out
}

/// A deed about every child of a fix.
async fn must_all(
    desk: &Desk,
    deed: Deed,
    tx: &mut Tx,
    (book, rows): (&str, &[FixRow]),
) -> Done<()> {
    for row in rows {
        desk.must_child(deed, tx, (book, &row.child)).await?;
    }
    Ok(())
}

async fn waiting(tx: &mut Tx, book: &str, fix: &str) -> Done<Fix> {
    let fix = fix_of(tx, book, fix).await?;
    if fix.state == WAITS {
        Ok(fix)
    } else {
        Err(answered())
    }
}

fn answered() -> Failed {
    Failed::Refused("lượt sửa này không còn chờ; xem treem fix list.".to_owned())
}

fn day(fix: &Fix) -> Done<PartialDate> {
    PartialDate::from_iso(&fix.as_of)
        .ok_or_else(|| Failed::Refused("ngày của lượt sửa không đọc được.".to_owned()))
}
