//! `treem unmerge`: one record is two again.
//!
//! In: a merge, or one of its records. Out: [`Unmerged`]: what was done, or would be. Both are as they were, but for what was edited on the
//! survivor since.

use super::super::across::{Others, are_one, settle};
use super::super::again::Again;
use super::super::show::find;
use super::super::texts::{KNOWN, texts, typed};
use super::super::{Book, Desk, Done, Failed, begin, kept, rules, wait};
use super::beside;
use crate::access::Deed;
use treem_child::merging::edited_later;
use treem_child::normalise::date::PartialDate;
use treem_store::Tx;
use treem_store::child::{ACTIVE, Child, Entry, Event, MERGED, State, holds_number};
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
    as_of: PartialDate,
) -> Done<Unmerged> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let merge = find_merge(&open, who).await?;
        for id in [&merge.survivor, &merge.loser] {
            let mut tx = open.store.read().await?;
            desk.must_child(Deed::Merge, &mut tx, (&book, id)).await?;
        }
        if !yes {
            let mut tx = open.store.read().await?;
            let two = two(&mut tx, &book, &merge, as_of).await?;
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
        let mut two = two(act.reading(), &book, &merge, as_of).await?;
        // The survivor first: what it took from the loser is the loser's again.
        act.change_child("unmerged", two.survivor.version, &two.stays)
            .await?;
        act.change_child("unmerged", two.loser_version, &two.back)
            .await?;
        let settled = settle(
            &mut act,
            &mut two.again,
            &book,
            (&merge.survivor, std::mem::take(&mut two.others)),
        )
        .await?;
        act.lost_claims().await?;
        let detail = serde_json::json!({"merge": merge.id, "loser": merge.loser, "kept": two.kept, "settled": settled.len()});
        act.finish(&merge.survivor, &detail.to_string()).await?;
        open.leave().await;
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
    others: Vec<Others>,
    again: Again,
}

async fn two(tx: &mut Tx, book: &str, merge: &Merge, as_of: PartialDate) -> Done<Two> {
    let mut again = Again::new(rules::in_force(tx, book).await?, as_of);
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
    let findings = kept::from_json(&merge.findings);
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
    let both = [survivor.id.as_str(), loser.id.as_str()];
    let of = Others::of(tx, &mut again, book, (&survivor.id, &survivor.now)).await?;
    let mut others = vec![beside(of, &both)];
    // Whom each shares something with may have changed since.
    for turn in [false, true] {
        let (one, other, version) = if turn {
            (&mut back, &stays, survivor.version)
        } else {
            (&mut stays, &back, loser.version)
        };
        let of = Others::of(tx, &mut again, book, (&one.id, &one.state)).await?;
        let mut of = beside(of, &both);
        let other = Child {
            id: other.id.clone(),
            version,
            now: other.state.clone(),
        };
        meet(&mut of, &mut again, &one.state, other);
        let mut findings = of.findings(again.rules(), &one.state, &one.findings);
        findings.sort_by(|left, right| left.rule.cmp(&right.rule));
        if findings != one.findings {
            one.state.identified = again.judge(&one.state, &findings).measures.identified;
            one.findings = findings;
        }
        others.push(beside(of, &both));
    }
    Ok(Two {
        stays,
        back,
        loser_version: loser.version,
        survivor,
        kept,
        others,
        again,
    })
}

/// The other of the two counts among those who share something, as it will be.
fn meet(others: &mut Others, again: &mut Again, state: &State, other: Child) {
    let theirs = &other.now;
    let holds = holds_number(&state.state) && holds_number(&theirs.state);
    let count = state.state == ACTIVE && theirs.state == ACTIVE;
    if holds && state.number.is_some() && state.number == theirs.number {
        others.holders.push(other.clone());
    }
    if count
        && state.name_key == theirs.name_key
        && state.birth == theirs.birth
        && are_one(again.key(state), again.key(theirs))
    {
        others.twins.push(other);
    }
}
