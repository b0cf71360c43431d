//! `treem merge`: two records of one child become one.
//!
//! In: two children, what is to be taken from which. Out: [`Merged`]: what was done, or would be. The loser points to the survivor and keeps
//! everything it says ([`undo`]).

pub mod undo;

use super::across::{Others, settle};
use super::again::Again;
use super::show::find;
use super::texts::{KNOWN, is_sensitive, texts, typed};
use super::{Desk, Done, Failed, begin, kept, pairs, rules, wait};
use crate::access::Deed;
use std::collections::{BTreeMap, BTreeSet};
use treem_child::merging::{Chosen, Side, choose};
use treem_child::normalise::date::PartialDate;
use treem_store::child::{ACTIVE, Child, Entry, Finding, MERGED};
use treem_store::merges::Merge;
use treem_store::moves::PROPOSED;
use treem_store::{Act, Tx};

/// What is asked for.
pub struct Asked {
    /// The two: ids or numbers, as they were named.
    pub children: [String; 2],
    /// Which of them stays; the first without.
    pub keep: Option<String>,
    /// By field: 0 for the first named, 1 for the second.
    pub take: Vec<(String, usize)>,
    /// Versions the person has seen, by id; one that is not named is taken as it is.
    pub seen: Vec<(String, i64)>,
    /// Why.
    pub why: String,
    /// Do it; else only say what would be.
    pub yes: bool,
    /// The day on which age is judged.
    pub as_of: PartialDate,
}

/// A field in which the two differ.
#[derive(serde::Serialize)]
pub struct Differs {
    /// Its name.
    pub field: String,
    /// What the first named says; empty for sensitive fields.
    pub a: String,
    /// What the second named says.
    pub b: String,
    /// `A` or `B`: whose value holds.
    pub from: &'static str,
}

/// What merging came to, or would come to.
#[derive(serde::Serialize)]
pub struct Merged {
    /// Its id; empty where nothing was done.
    pub merge: String,
    /// It was done.
    pub done: bool,
    /// The record that stays.
    pub survivor: String,
    /// The record that points to it.
    pub loser: String,
    /// Fields that differ.
    pub fields: Vec<Differs>,
    /// Rules that fired for the survivor, and do no more.
    pub gone: Vec<String>,
    /// Rules that fire for it now.
    pub new: Vec<String>,
    /// Other children whose number is theirs alone now, or no more.
    pub settled: Vec<String>,
}

/// Both records with their findings, and what was chosen.
struct Plan {
    survivor: (Child, Vec<Finding>),
    loser: (Child, Vec<Finding>),
    /// The first named is the survivor.
    first_stays: bool,
    chosen: Vec<Chosen>,
    result: Entry,
    /// Who shares something with one of them, or will with the result.
    others: Vec<Others>,
    again: Again,
}

/// Merges two records, or says what that would do.
///
/// # Errors
/// [`Failed::Refused`]: they cannot be merged, or a field is none.
pub fn merge(desk: &mut Desk, asked: &Asked) -> Done<Merged> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        if !asked.yes {
            let mut tx = open.store.read().await?;
            let plan = plan(&mut tx, &book, asked).await?;
            may(desk, &plan)?;
            return Ok(told(&plan));
        }
        let mut act = begin(&open.store, desk.doing(&book, "merge", &asked.why)).await?;
        let mut plan = plan(act.reading(), &book, asked).await?;
        may(desk, &plan)?;
        let mut out = told(&plan);
        out.merge = desk.ids.next_id();
        out.done = true;
        write(&mut act, &plan, &out.merge).await?;
        pairs::carry(&mut act, &book, (&out.loser, &out.survivor)).await?;
        act.lost_claims().await?;
        let others = std::mem::take(&mut plan.others);
        out.settled = settle(&mut act, &mut plan.again, &book, (&out.survivor, others)).await?;
        let detail = serde_json::json!({"merge": out.merge, "loser": out.loser, "taken": taken(&plan), "settled": out.settled.len()});
        act.finish(&out.survivor, &detail.to_string()).await?;
        open.leave().await;
        Ok(out)
    })
}

/// Both records lie in the area.
fn may(desk: &Desk, plan: &Plan) -> Done<()> {
    for (child, _) in [&plan.survivor, &plan.loser] {
        desk.must(Deed::Merge, &child.now.edition, child.now.unit.as_deref())?;
    }
    Ok(())
}

fn taken(plan: &Plan) -> Vec<String> {
    plan.chosen
        .iter()
        .filter(|one| one.from == Side::Loser)
        .map(|one| one.field.clone())
        .collect()
}

/// The loser points to the survivor; the survivor says what was chosen.
async fn write(act: &mut Act, plan: &Plan, id: &str) -> Done<()> {
    let (loser, findings) = &plan.loser;
    let mut gone = Entry {
        id: loser.id.clone(),
        source: "merge".to_owned(),
        import: None,
        state: loser.now.clone(),
        findings: findings.clone(),
    };
    MERGED.clone_into(&mut gone.state.state);
    act.change_child("merged", loser.version, &gone).await?;
    let survivor = &plan.survivor.0;
    let merged_version = act
        .change_child("merged", survivor.version, &plan.result)
        .await?;
    act.add_merge(&Merge {
        id: id.to_owned(),
        survivor: survivor.id.clone(),
        loser: loser.id.clone(),
        survivor_version: survivor.version,
        loser_version: loser.version,
        merged_version,
        taken: serde_json::json!(taken(plan)).to_string(),
        findings: kept::to_json(&plan.survivor.1),
        ..Merge::default()
    })
    .await?;
    Ok(())
}

/// Reads both and decides.
async fn plan(tx: &mut Tx, book: &str, asked: &Asked) -> Done<Plan> {
    let [first, second] = &asked.children;
    let first = find(tx, book, first).await?;
    let second = find(tx, book, second).await?;
    if first == second {
        return Err(Failed::Refused(
            "hai mã này là của cùng một hồ sơ.".to_owned(),
        ));
    }
    let stays = match &asked.keep {
        Some(keep) => find(tx, book, keep).await?,
        None => first.clone(),
    };
    if stays != first && stays != second {
        return Err(Failed::Refused(
            "--keep phải là một trong hai hồ sơ được gộp.".to_owned(),
        ));
    }
    if tx.is_apart(book, &first, &second).await? {
        return Err(Failed::Refused(format!(
            "hai hồ sơ này đã được ghi là hai trẻ khác nhau; nếu không phải thì bỏ bằng treem apart {first} {second} --lift."
        )));
    }
    let first_stays = stays == first;
    let goes = if first_stays { second } else { first };
    let survivor = whole(tx, book, &stays).await?;
    let loser = whole(tx, book, &goes).await?;
    for (child, _) in [&survivor, &loser] {
        let seen = asked.seen.iter().find(|(id, _)| *id == child.id);
        if let Some((_, seen)) = seen.filter(|(_, seen)| *seen != child.version) {
            return Err(Failed::from(treem_store::Error::Conflict {
                seen: *seen,
                now: child.version,
            }));
        }
    }
    let takes: BTreeMap<String, Side> = asked
        .take
        .iter()
        .map(|(field, which)| {
            let side = if (*which == 0) == first_stays {
                Side::Survivor
            } else {
                Side::Loser
            };
            (field.clone(), side)
        })
        .collect();
    let chosen = choose(
        &texts(&survivor.0.now),
        &texts(&loser.0.now),
        &takes,
        &KNOWN,
    )
    .map_err(|field| {
        Failed::Refused(format!(
            "không có trường “{field}”; các trường: {}.",
            KNOWN.join(", ")
        ))
    })?;
    let fields: Vec<String> = chosen
        .iter()
        .filter(|one| one.from == Side::Loser)
        .map(|one| one.field.clone())
        .collect();
    let mut state = survivor.0.now.clone();
    let typed = typed(&loser.0.now, &fields, &mut state);
    let mut again = Again::new(rules::in_force(tx, book).await?, asked.as_of);
    let mut result = again.entry(&state, &survivor.1, &typed);
    let both = [survivor.0.id.as_str(), loser.0.id.as_str()];
    let mut others = Vec::new();
    for (child, state) in [
        (&survivor.0, &survivor.0.now),
        (&loser.0, &loser.0.now),
        (&survivor.0, &result.state),
    ] {
        let of = Others::of(tx, &mut again, book, (&child.id, state)).await?;
        others.push(beside(of, &both));
    }
    // The raw number of a dispute is that of the number as it is now.
    let had: Vec<Finding> = survivor
        .1
        .iter()
        .filter(|one| survivor.0.now.number == result.state.number || one.field != "number")
        .cloned()
        .collect();
    if let Some(new) = others.last() {
        let findings = new.findings(again.rules(), &result.state, &had);
        result = again.entry(&state, &findings, &typed);
    }
    result.id.clone_from(&survivor.0.id);
    "merge".clone_into(&mut result.source);
    Ok(Plan {
        survivor,
        loser,
        first_stays,
        chosen,
        result,
        others,
        again,
    })
}

/// Those who share something, without these two.
fn beside(mut others: Others, both: &[&str]) -> Others {
    let keep = |other: &Child| !both.contains(&other.id.as_str());
    others.holders.retain(keep);
    others.twins.retain(keep);
    others
}

/// A record that may be merged, with its findings.
async fn whole(tx: &mut Tx, book: &str, id: &str) -> Done<(Child, Vec<Finding>)> {
    let child = tx.child(book, id).await?;
    if child.now.state != ACTIVE {
        return Err(Failed::Refused(format!(
            "hồ sơ {id} không còn được theo dõi trong sổ nên không gộp được."
        )));
    }
    let moves = tx.moves_of(book, id).await?;
    if let Some(waiting) = moves.iter().find(|one| one.state == PROPOSED) {
        return Err(Failed::Refused(format!(
            "hồ sơ {id} có một đề nghị chuyển chưa trả lời ({}); hãy trả lời trước.",
            waiting.id
        )));
    }
    let findings = tx.findings(book, id).await?;
    Ok((child, findings))
}

fn told(plan: &Plan) -> Merged {
    let rules = |of: &[Finding]| -> BTreeSet<String> {
        of.iter()
            .filter(|one| one.severity != "note")
            .map(|one| one.rule.clone())
            .collect()
    };
    let (before, after) = (rules(&plan.survivor.1), rules(&plan.result.findings));
    let fields = plan.chosen.iter().map(|one| {
        let shown = |text: &str| {
            if is_sensitive(&one.field) {
                String::new()
            } else {
                text.to_owned()
            }
        };
        let (survivor, loser) = (shown(&one.survivor), shown(&one.loser));
        let stays = one.from == Side::Survivor;
        let (a, b) = if plan.first_stays {
            (survivor, loser)
        } else {
            (loser, survivor)
        };
        Differs {
            field: one.field.clone(),
            a,
            b,
            from: if stays == plan.first_stays { "A" } else { "B" },
        }
    });
    Merged {
        merge: String::new(),
        done: false,
        survivor: plan.survivor.0.id.clone(),
        loser: plan.loser.0.id.clone(),
        fields: fields.collect(),
        gone: before.difference(&after).cloned().collect(),
        new: after.difference(&before).cloned().collect(),
        settled: Vec::new(),
    }
}
