//! `treem unmerge`: one record is two again.
//!
//! In: a merge, or one of its records. Out: [`Unmerged`]: what was done, or would be. Both are as they were, but for what was edited on the
//! survivor since.

use super::super::again::Again;
use super::super::settle::{settle, with_shared};
use super::super::show::find;
use super::super::texts::{KNOWN, texts, typed};
use super::super::{Book, Desk, Done, Failed, begin, wait};
use super::{is_held, numbers};
use treem_child::merging::edited_later;
use treem_store::Tx;
use treem_store::child::{Child, Entry, Event, Finding, MERGED, State, holds_number};
use treem_store::merges::Merge;

/// What undoing a merge came to, or would come to.
#[derive(serde::Serialize)]
pub struct Unmerged {
    /// The merge.
    pub merge: String,
    /// It was done.
    pub done: bool,
    /// The record that stayed.
    pub survivor: String,
    /// The record that comes back.
    pub loser: String,
    /// Fields of the survivor that were edited since, and are kept.
    pub kept: Vec<String>,
    /// Other children whose number is theirs alone now, or no more.
    pub settled: Vec<String>,
}

/// Undoes a merge, or says what that would do. `who`: the merge, or one of its children: then the last merge of it.
///
/// # Errors
/// [`Failed::Refused`]: no such merge, or the survivor cannot give the loser back.
pub fn unmerge(
    desk: &mut Desk,
    who: &str,
    why: &str,
    yes: bool,
    mut again: Again,
) -> Done<Unmerged> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let merge = find_merge(&open, who).await?;
        if !yes {
            let mut tx = open.store.read().await?;
            let two = two(&mut tx, &book, &merge, &mut again).await?;
            return Ok(Unmerged {
                merge: merge.id,
                done: false,
                survivor: merge.survivor,
                loser: merge.loser,
                kept: two.kept,
                settled: Vec::new(),
            });
        }
        let mut act = begin(&open.store, desk.doing(&book, "unmerge", why)).await?;
        if !act.end_merge(&merge.id).await? {
            return Err(Failed::Refused("lần gộp này đã được tách rồi.".to_owned()));
        }
        let two = two(act.reading(), &book, &merge, &mut again).await?;
        let held = numbers(&[
            &two.survivor.now.number,
            &two.stays.state.number,
            &two.back.state.number,
        ]);
        // The survivor first: what it took from the loser is the loser's again.
        act.change_child("unmerged", two.survivor.version, &two.stays)
            .await?;
        act.change_child("unmerged", two.loser_version, &two.back)
            .await?;
        act.lost_claims().await?;
        let both = [merge.survivor.as_str(), merge.loser.as_str()];
        let settled = settle(&mut act, &mut again, &held, &both).await?;
        let detail = serde_json::json!({"merge": merge.id, "loser": merge.loser, "kept": two.kept, "settled": settled.len()});
        act.finish(&merge.survivor, &detail.to_string()).await?;
        open.store.close().await;
        Ok(Unmerged {
            merge: merge.id,
            done: true,
            survivor: merge.survivor,
            loser: merge.loser,
            kept: two.kept,
            settled,
        })
    })
}

async fn find_merge(open: &Book, who: &str) -> Done<Merge> {
    let book = open.book.register.as_str();
    let mut tx = open.store.read().await?;
    if let Some(merge) = tx.merge(book, who).await? {
        return if merge.undone_at.is_none() {
            Ok(merge)
        } else {
            Err(Failed::Refused("lần gộp này đã được tách rồi.".to_owned()))
        };
    }
    let is_number = who.len() == 12 && who.bytes().all(|byte| byte.is_ascii_digit());
    let id = if is_number {
        find(&mut tx, book, who).await?
    } else {
        who.to_owned()
    };
    let merges = tx.merges_of(book, &id).await?;
    merges
        .into_iter()
        .rfind(|merge| merge.undone_at.is_none())
        .ok_or_else(|| {
            Failed::Refused(format!(
                "không có lần gộp nào mang mã “{who}”, cũng không có hồ sơ nào mang mã này đã được gộp."
            ))
        })
}

/// Both records as they become.
struct Two {
    survivor: Child,
    stays: Entry,
    loser_version: i64,
    back: Entry,
    kept: Vec<String>,
}

async fn two(tx: &mut Tx, book: &str, merge: &Merge, again: &mut Again) -> Done<Two> {
    let survivor = tx.child(book, &merge.survivor).await?;
    let loser = tx.child(book, &merge.loser).await?;
    if survivor.now.state == MERGED {
        return Err(Failed::Refused(format!(
            "hồ sơ {} sau đó đã được gộp vào hồ sơ khác; hãy tách lần gộp ấy trước.",
            survivor.id
        )));
    }
    let events = tx.events(book, &survivor.id).await?;
    let at = |events: &[Event], version: i64| {
        let found = events.iter().find(|event| event.seq == version);
        found
            .map(|event| event.then.clone())
            .ok_or_else(|| Failed::Broken(anyhow::anyhow!("lịch sử hồ sơ thiếu bản {version}")))
    };
    let before = at(&events, merge.survivor_version)?;
    let merged = at(&events, merge.merged_version)?;
    let kept = edited_later(&texts(&merged), &texts(&survivor.now), &KNOWN);
    let findings = read(&merge.findings);
    let entry = |id: &str, state: State, findings| Entry {
        id: id.to_owned(),
        source: "unmerge".to_owned(),
        import: None,
        state,
        findings,
    };
    let mut state = before;
    state.state.clone_from(&survivor.now.state);
    let mut stays = entry(&survivor.id, state.clone(), findings);
    if !kept.is_empty() {
        let typed = typed(&survivor.now, &kept, &mut state);
        let made = again.entry(&state, &stays.findings, &typed);
        stays = entry(&survivor.id, made.state, made.findings);
    }
    let own = tx.events(book, &loser.id).await?;
    let found = tx.findings(book, &loser.id).await?;
    let mut back = entry(&loser.id, at(&own, merge.loser_version)?, found);
    // Whether their numbers are theirs alone may have changed since.
    let same = stays.state.number == back.state.number && holds_number(&stays.state.state);
    for one in [&mut stays, &mut back] {
        let Some(number) = one.state.number.clone() else {
            continue;
        };
        let shared = same || is_held(tx, book, &number, &[&survivor.id, &loser.id]).await?;
        if let Some(findings) = with_shared(&one.findings, &number, shared) {
            let made = again.entry(&one.state, &findings, &[]);
            *one = entry(&one.id, made.state, made.findings);
        }
    }
    Ok(Two {
        stays,
        back,
        loser_version: loser.version,
        survivor,
        kept,
    })
}

fn read(findings: &str) -> Vec<Finding> {
    type Of = (String, String, Option<i64>, String, String, String, bool);
    let all: Vec<Of> = serde_json::from_str(findings).unwrap_or_default();
    all.into_iter()
        .map(
            |(rule, field, list, severity, raw, suggestion, safe)| Finding {
                rule,
                field,
                list,
                severity,
                raw,
                suggestion,
                safe,
            },
        )
        .collect()
}
