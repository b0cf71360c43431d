//! `treem handover apply --undo`: what the answers of a list changed is taken back: each record says what it said before, numbers stand as they stood,
//! open tasks are withdrawn, the list is with the commune again. Who was edited later stays and is listed.
//!
//! In: a list that was applied. Out: [`Undone`].

use super::super::across::{Others, settle};
use super::super::again::Again;
use super::super::mass::Left;
use super::super::mass::plan::name;
use super::super::{Desk, Done, Failed, begin, rules, wait};
use super::apply::{SOURCE, Stands, stands, withdraw};
use super::held::Held;
use super::{list_of, must};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::handover::code;
use treem_child::handover::step::Step;
use treem_child::normalise::date::PartialDate;
use treem_store::Tx;
use treem_store::child::{ACTIVE, Entry};

/// What taking back came to, or would come to.
#[derive(serde::Serialize)]
pub struct Undone {
    /// The list.
    pub list: code::List,
    /// It was done.
    pub done: bool,
    /// Records that say what they said before.
    pub turned: usize,
    /// Records that stay as they are.
    pub kept: Vec<Left>,
    /// Tasks that are withdrawn.
    pub tasks: u64,
    /// Proposed moves that are withdrawn.
    pub moves: usize,
}

/// Takes back what a list's answers changed, or says what would be.
///
/// # Errors
/// [`Failed::Refused`]: no such list, nothing was applied, no reason; [`Failed::Denied`].
pub fn undo(
    desk: &mut Desk,
    list: &str,
    (why, as_of, yes): (&str, PartialDate, bool),
) -> Done<Undone> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let code = list_of(list)?;
        let step = Step::TakeBack {
            why: why.to_owned(),
        };
        let mut tx = open.store.read().await?;
        let held = Held::of(&mut tx, &book, code).await?;
        must(desk, &step, held.unit())?;
        let set = rules::in_force(&mut tx, &book).await?;
        let mut again = Again::new(set, as_of);
        if !yes {
            let plan = plan(&mut tx, &mut again, (&book, &held)).await?;
            return Ok(Undone {
                list: code,
                done: false,
                turned: plan.entries.len(),
                kept: plan.kept,
                tasks: 0,
                moves: plan.moves.len(),
            });
        }
        drop(tx);
        let mut act = begin(&open.store, desk.doing(&book, "handover-unapply", why)).await?;
        let mut held = Held::of(act.reading(), &book, code).await?;
        let plan = plan(act.reading(), &mut again, (&book, &held)).await?;
        for (seen, kind, entry) in &plan.entries {
            act.change_child(kind, *seen, entry).await?;
        }
        settle(&mut act, &mut again, &book, ("", plan.around)).await?;
        act.lost_claims().await?;
        let mut tasks = 0;
        // The latest first: what it ended stands again before the one before it is taken back.
        for earlier in plan.acts.iter().rev() {
            act.undo_standings(*earlier, &plan.children).await?;
            tasks += act.withdraw_tasks(*earlier).await?;
        }
        for one in &plan.moves {
            withdraw(&mut act, one).await?;
        }
        act.undo_effects(held.list.number).await?;
        held.take(&mut act, step).await?;
        let detail = serde_json::json!({
            "list": code, "turned": plan.entries.len(), "kept": plan.kept.len(), "tasks": tasks, "moves": plan.moves.len(),
        });
        act.finish(&code.to_string(), &detail.to_string()).await?;
        open.leave().await;
        Ok(Undone {
            list: code,
            done: true,
            turned: plan.entries.len(),
            kept: plan.kept,
            tasks,
            moves: plan.moves.len(),
        })
    })
}

#[derive(Default)]
struct Plan {
    entries: Vec<(i64, &'static str, Entry)>,
    kept: Vec<Left>,
    around: Vec<Others>,
    acts: BTreeSet<i64>,
    children: Vec<String>,
    moves: Vec<String>,
}

/// What each record said before the acts that applied the list.
async fn plan(tx: &mut Tx, again: &mut Again, (book, held): (&str, &Held)) -> Done<Plan> {
    let mut out = Plan::default();
    let mut changed: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for row in tx.effects(book, held.list.number).await? {
        if row.undone_seq.is_some() {
            continue;
        }
        out.acts.insert(row.audit_seq);
        match stands(tx, book, &row.effect).await? {
            Stands::No => {}
            Stands::Waits(id) => out.moves.push(id),
            Stands::Gone(to) => {
                let child = tx.child(book, &row.child).await?;
                out.kept.push(Left {
                    child: row.child.clone(),
                    name: name(&child.now.record),
                    why: format!("{to} đã xác nhận trẻ chuyển đến; giữ nguyên."),
                });
            }
        }
        let of = changed.entry(row.child).or_default();
        of.insert(row.audit_seq);
    }
    if out.acts.is_empty() && !held.place().is_sealed() {
        return Err(Failed::Refused(format!(
            "Danh sách {} chưa được cập nhật vào sổ nên không có gì để hủy.",
            held.code
        )));
    }
    out.children = changed.keys().cloned().collect();
    for (child, acts) in changed {
        let before = tx.child(book, &child).await?;
        let events = tx.events(book, &child).await?;
        let of_acts: Vec<i64> = events
            .iter()
            .filter(|event| acts.contains(&event.audit_seq))
            .map(|event| event.seq)
            .collect();
        let (Some(first), Some(last)) = (of_acts.iter().min(), of_acts.iter().max()) else {
            continue;
        };
        let mut stay = |why: &str| {
            out.kept.push(Left {
                child: child.clone(),
                name: name(&before.now.record),
                why: why.to_owned(),
            });
        };
        if *last != before.version {
            stay("hồ sơ đã được sửa sau khi cập nhật; giữ nguyên.");
            continue;
        }
        let Some(then) = events.into_iter().find(|event| event.seq == first - 1) else {
            stay("không có bản trước của hồ sơ này.");
            continue;
        };
        let had = tx.findings(book, &child).await?;
        let mut state = then.then;
        let old = Others::of(tx, again, book, (&child, &before.now)).await?;
        let new = Others::of(tx, again, book, (&child, &state)).await?;
        let judged = again.judge(&state, &new.findings(again.rules(), &state, &had));
        state.identified = judged.measures.identified;
        state.complete = judged.measures.complete;
        let kind = if before.now.state == ACTIVE {
            "reverted"
        } else {
            "restored"
        };
        out.entries.push((
            before.version,
            kind,
            Entry {
                id: child,
                source: format!("un{SOURCE}"),
                import: None,
                state,
                findings: judged.findings,
            },
        ));
        out.around.extend([old, new]);
    }
    Ok(out)
}
