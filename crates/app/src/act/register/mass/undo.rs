//! A fix taken back: each record says again what it said before, with an event; who was edited later stays and is listed.
//!
//! In: the id of a fix, or the number of its act. Out: [`Undone`].

use super::super::across::{Others, settle};
use super::super::again::Again;
use super::super::{Desk, Done, Failed, begin, rules, wait};
use super::Left;
use super::plan::name;
use crate::access::Deed;
use std::collections::BTreeSet;
use treem_child::normalise::date::PartialDate;
use treem_store::Tx;
use treem_store::child::{Entry, State};
use treem_store::fixes::{DONE, Fix, UNDONE};

/// What taking back came to, or would come to.
#[derive(serde::Serialize)]
pub struct Undone {
    /// The fix.
    pub fix: String,
    /// It was done; else this is only what would be.
    pub done: bool,
    /// Records that say what they said before.
    pub turned: u64,
    /// Records that stay as they are.
    pub kept: Vec<Left>,
}

/// The fix of an id, or of the number of its act.
///
/// # Errors
/// [`Failed::Refused`]: there is none.
pub async fn fix_of(tx: &mut Tx, book: &str, text: &str) -> Done<Fix> {
    let found = match text.parse::<i64>() {
        Ok(seq) => tx.fix_of_act(book, seq).await?,
        Err(_) => tx.fix(book, text).await?,
    };
    found.ok_or_else(|| {
        Failed::Refused(format!(
            "không có lượt sửa “{text}”; xem các lượt sửa bằng treem fix list."
        ))
    })
}

/// Takes a fix back, or says what would be.
///
/// # Errors
/// [`Failed::Refused`]: no such fix, or it is not done.
pub fn undo(desk: &mut Desk, fix: &str, why: &str, yes: bool) -> Done<Undone> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let fix = fix_of(&mut tx, &book, fix).await?;
        let seq = fix.done_seq.filter(|_| fix.state == DONE);
        let seq = seq.ok_or_else(|| {
            Failed::Refused(
                if fix.state == UNDONE {
                    "lượt sửa này đã được hoàn tác."
                } else {
                    "lượt sửa này chưa được thực hiện nên không có gì để hoàn tác."
                }
                .to_owned(),
            )
        })?;
        for (child, ..) in tx.made_by(&book, seq).await? {
            desk.must_child(Deed::MassFix, &mut tx, (&book, &child))
                .await?;
        }
        let as_of = PartialDate::from_iso(&fix.as_of)
            .ok_or_else(|| Failed::Refused("ngày của lượt sửa không đọc được.".to_owned()))?;
        let mut again = Again::new(rules::in_force(&mut tx, &book).await?, as_of);
        if !yes {
            let (entries, kept, _) = back(&mut tx, &mut again, &book, seq).await?;
            return Ok(told(&fix, entries.len(), kept, false));
        }
        drop(tx);
        let mut act = begin(&open.store, desk.doing(&book, "unfix", why)).await?;
        let (entries, kept, others) = back(act.reading(), &mut again, &book, seq).await?;
        for (seen, entry) in &entries {
            act.change_child("reverted", *seen, entry).await?;
        }
        let others = settle(&mut act, &mut again, &book, ("", others)).await?;
        act.lost_claims().await?;
        if !act.set_fix(&fix.id, (DONE, UNDONE), fix.rows, why).await? {
            return Err(Failed::Refused(
                "lượt sửa này vừa được người khác hoàn tác.".to_owned(),
            ));
        }
        let detail = serde_json::json!({"turned": entries.len(), "kept": kept.len(), "others": others.len()});
        act.finish(&fix.id, &detail.to_string()).await?;
        open.leave().await;
        Ok(told(&fix, entries.len(), kept, true))
    })
}

fn told(fix: &Fix, turned: usize, kept: Vec<Left>, done: bool) -> Undone {
    Undone {
        fix: fix.id.clone(),
        done,
        turned: turned as u64,
        kept,
    }
}

/// A record with the version it begins from.
type Back = (i64, Entry);

/// What each record said before the act, and who stays.
async fn back(
    tx: &mut Tx,
    again: &mut Again,
    book: &str,
    seq: i64,
) -> Done<(Vec<Back>, Vec<Left>, Vec<Others>)> {
    let (mut out, mut kept, mut around) = (Vec::new(), Vec::new(), Vec::new());
    let made = tx.made_by(book, seq).await?;
    let batch: BTreeSet<&str> = made.iter().map(|one| one.0.as_str()).collect();
    for (child, made, source, now) in &made {
        if source == "across" {
            // Findings that followed those of another record will follow again.
            continue;
        }
        let before = tx.child(book, child).await?;
        let mut stay = |why: &str| {
            kept.push(Left {
                child: child.clone(),
                name: name(&before.now.record),
                why: why.to_owned(),
            });
        };
        if made != now {
            stay("hồ sơ đã được sửa sau lượt này; giữ nguyên.");
            continue;
        }
        let events = tx.events(book, child).await?;
        let Some(then) = events.into_iter().find(|event| event.seq == made - 1) else {
            stay("không có bản trước của hồ sơ này.");
            continue;
        };
        let had = tx.findings(book, child).await?;
        let mut state = State {
            state: before.now.state.clone(),
            ..then.then
        };
        let old = Others::of(tx, again, book, (child, &before.now)).await?;
        let new = Others::of(tx, again, book, (child, &state)).await?;
        let all = [&old, &new];
        let mut others = all
            .iter()
            .flat_map(|one| one.holders.iter().chain(&one.twins));
        if others.any(|other| batch.contains(other.id.as_str())) {
            stay("hồ sơ nay liên quan đến một trẻ khác của cùng lượt; hãy sửa riêng.");
            continue;
        }
        let judged = again.judge(&state, &new.findings(again.rules(), &state, &had));
        state.identified = judged.measures.identified;
        state.complete = judged.measures.complete;
        out.push((
            before.version,
            Entry {
                id: child.clone(),
                source: "unfix".to_owned(),
                import: None,
                state,
                findings: judged.findings,
            },
        ));
        around.extend([old, new]);
    }
    Ok((out, kept, around))
}
