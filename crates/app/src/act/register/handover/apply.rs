//! `treem handover apply`: first what each answer will change, then it is done, as one act: fields and number with source, day and list; tasks for
//! civil status; requests back to the police; the end of a record where a person confirms it.
//!
//! In: a list that came back. Out: [`Applied`]. What a person must confirm waits with its question and may be done later; nothing else waits for it.
//! The whole can be taken back ([`super::back`]).

mod going;

pub(super) use going::{Stands, stands, withdraw};

use super::super::across::{Others, settle};
use super::super::again::Again;
use super::super::again::said::Columns;
use super::super::mass::plan::name;
use super::super::{Desk, Done, Failed, begin, edit, life, rules, wait};
use super::frozen::freeze;
use super::held::stored;
use super::keying::{Against, beside, holding};
use super::tasks::{civil_days, due};
use super::{must, row_of};
use std::collections::{BTreeMap, BTreeSet};
use treem_child::field::Field;
use treem_child::handover::answer::Answer;
use treem_child::handover::code;
use treem_child::handover::doubts::{Record, doubts};
use treem_child::handover::effect::{Effect, End, Now, Standing, effect};
use treem_child::handover::state::Place;
use treem_child::handover::step::Step;
use treem_child::normalise::date::PartialDate;
use treem_store::answers::{self, CIVIL, EffectRow, REQUEST, Task};
use treem_store::child::{Child, DIED, Entry, Finding, MOVED, State};
use treem_store::handover::{DONE, OPEN};
use treem_store::{Act, Tx};

/// The source of what an answer writes.
pub const SOURCE: &str = "handover";

/// What is asked for.
pub struct Asked {
    /// The list.
    pub list: String,
    /// Rows that are confirmed, and why.
    pub confirmed: Vec<(String, String)>,
    /// The day on which age is judged; deadlines count from it.
    pub as_of: PartialDate,
    /// Why.
    pub why: String,
    /// Do it; else only say what would be.
    pub yes: bool,
}

/// What an answer changes, or changed.
#[derive(serde::Serialize)]
pub struct AppliedRow {
    /// The row.
    pub row: code::Row,
    /// The child.
    pub child: String,
    /// Its name.
    pub name: String,
    /// The answer in words.
    pub label: &'static str,
    /// `does`; `waits`: a person must confirm; `refused`: cannot be done; `nothing`: there is nothing to do.
    pub state: &'static str,
    /// All of it.
    pub effect: Effect,
    /// Why it was confirmed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What applying came to, or would come to.
#[derive(serde::Serialize)]
pub struct Applied {
    /// The list.
    pub list: code::List,
    /// It was done.
    pub done: bool,
    /// Rows with an answer.
    pub rows: Vec<AppliedRow>,
    /// Rows without: they go into the next list.
    pub unanswered: usize,
    /// Other children whose findings changed with it.
    pub others: usize,
}

/// An answer with what it is about to change.
struct Planned {
    row: code::Row,
    child: Child,
    findings: Vec<Finding>,
    answer: Answer,
    effect: Effect,
    why: String,
    /// What of the number was in doubt; confirmed when it was typed with a reason.
    confirmed: bool,
}

impl Planned {
    fn state(&self) -> &'static str {
        match &self.effect {
            effect if effect.refused.is_some() => "refused",
            effect if !effect.asks.is_empty() && !self.confirmed => "waits",
            effect if !effect.does_anything() => "nothing",
            _ => "does",
        }
    }

    /// Numbers that become free are written first.
    fn frees(&self) -> bool {
        let mut changes = self.effect.changes.iter();
        !changes.any(|one| one.field == Field::Number && !one.after.is_empty())
    }
}

/// Applies the answers of a list, or says what would be.
///
/// # Errors
/// [`Failed::Refused`]: no such list, it has not come back, nothing is left to be done; [`Failed::Denied`].
pub fn run(desk: &mut Desk, asked: &Asked) -> Done<Applied> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let against = Against::of(&mut tx, (&book, &desk.now), &asked.list).await?;
        must(desk, &Step::Apply, against.held.unit())?;
        if !asked.yes {
            let planned = plan(&mut tx, &book, (&against, asked)).await?;
            return Ok(told(&against, &planned, false));
        }
        drop(tx);
        let ids: Vec<String> = (0..against.rows.len().saturating_mul(2))
            .map(|_| desk.ids.next_id())
            .collect();
        let doing = desk.doing(&book, "handover-apply", &asked.why);
        let mut act = begin(&open.store, doing).await?;
        let mut against = Against::of(act.reading(), (&book, &desk.now), &asked.list).await?;
        let mut planned = plan(act.reading(), &book, (&against, asked)).await?;
        let first = against.held.place() == Place::Returned;
        if !first && !planned.iter().any(|one| one.state() == "does") {
            return Err(Failed::Refused(format!(
                "Danh sách {} không còn dòng nào để cập nhật; dòng đang chờ xác nhận thì thêm --confirm DÒNG=LÝ_DO.",
                against.held.code
            )));
        }
        planned.sort_by_key(|one| (!one.frees(), one.row));
        let rules = rules::in_force(act.reading(), &book).await?;
        let mut doer = Doer {
            again: Again::new(rules, asked.as_of),
            book: book.clone(),
            as_of: asked.as_of,
            list: against.held.list.number,
            civil_days: civil_days(act.reading(), &book).await?,
            ids,
            around: Vec::new(),
            effects: Vec::new(),
            standings: Vec::new(),
        };
        let doing = |one: &&Planned| one.state() == "does" || one.state() == "nothing";
        let effects = planned.iter().filter(doing).map(|one| &one.effect);
        going::know(&mut act, effects).await?;
        for one in planned.iter().filter(doing) {
            doer.row(&mut act, one).await?;
        }
        let others = doer.end(&mut act).await?;
        if first {
            against.held.take(&mut act, Step::Apply).await?;
        }
        planned.sort_by_key(|one| one.row);
        let mut told = told(&against, &planned, true);
        told.others = others;
        let count = |state: &str| told.rows.iter().filter(|row| row.state == state).count();
        let detail = serde_json::json!({
            "list": against.held.code, "does": count("does"), "waits": count("waits"), "refused": count("refused"),
            "unanswered": told.unanswered, "others": others,
        });
        act.finish(&against.held.code.to_string(), &detail.to_string())
            .await?;
        open.leave().await;
        Ok(told)
    })
}

fn told(against: &Against, planned: &[Planned], done: bool) -> Applied {
    let rows: Vec<AppliedRow> = planned
        .iter()
        .map(|one| AppliedRow {
            row: one.row,
            child: one.child.id.clone(),
            name: name(&one.child.now.record),
            label: one.answer.kind().label(),
            state: one.state(),
            effect: one.effect.clone(),
            why: one.why.clone(),
        })
        .collect();
    let live = |state: &str| state == OPEN || state == treem_store::handover::LEFT;
    Applied {
        list: against.held.code,
        done,
        rows,
        unanswered: against
            .rows
            .values()
            .filter(|row| live(&row.state) && !row.answered)
            .count(),
        others: 0,
    }
}

/// What each answer would change that has not been done yet.
async fn plan(tx: &mut Tx, book: &str, (against, asked): (&Against, &Asked)) -> Done<Vec<Planned>> {
    let held = &against.held;
    let place = held.place();
    if !matches!(place, Place::Returned | Place::Applied | Place::Seen) {
        return Err(Failed::Refused(format!(
            "Danh sách {} đang ở bước “{}”; chỉ cập nhật được khi Công an đã bàn giao lại.",
            held.code,
            place.label()
        )));
    }
    let mut confirmed: BTreeMap<code::Row, String> = BTreeMap::new();
    for (row, why) in &asked.confirmed {
        if why.trim().is_empty() {
            return Err(Failed::Refused(format!(
                "Hãy ghi lý do xác nhận dòng {row}."
            )));
        }
        confirmed.insert(row_of(held.code, row)?, why.clone());
    }
    let answers = holding(tx, book, held).await?;
    let done: BTreeSet<i64> = tx
        .effects(book, held.list.number)
        .await?
        .into_iter()
        .filter(|one| one.undone_seq.is_none())
        .map(|one| one.row_number)
        .collect();
    let columns = Columns::new();
    let mut out = Vec::new();
    for (code, row) in &against.rows {
        let number = stored(code.number());
        let wanted = if place == Place::Returned { OPEN } else { DONE };
        let (Some((answer, note)), Some(sealed)) = (answers.get(&number), against.frozen.get(code))
        else {
            continue;
        };
        if row.state != wanted || done.contains(&number) {
            continue;
        }
        let child = tx.child(book, &row.child).await?;
        let findings = tx.findings(book, &row.child).await?;
        let now = freeze(&columns, *code, (&child, &findings), &[]);
        let given = answer.number().unwrap_or("");
        let (adults, holders) = beside(tx, book, (&child, given)).await?;
        let at = Now {
            row: &now,
            state: &child.now.state,
            adults: &adults,
            holders: &holders,
        };
        let mut made = effect(sealed, &at, answer);
        going::plan(tx, book, &child, &mut made).await?;
        let why = confirmed.remove(code);
        let record = Record {
            adults: &adults,
            holders: &holders,
            ..Record::of(&now)
        };
        let in_doubt: Vec<String> = doubts(given, &record)
            .iter()
            .map(treem_child::handover::doubts::Doubt::sentence)
            .collect();
        // Who typed the number said why it is right.
        let by_note = !note.is_empty() && made.asks.iter().all(|ask| in_doubt.contains(ask));
        out.push(Planned {
            row: *code,
            child,
            findings,
            answer: answer.clone(),
            confirmed: why.is_some() || by_note,
            why: why.unwrap_or_else(|| if by_note { note.clone() } else { String::new() }),
            effect: made,
        });
    }
    if let Some((row, _)) = confirmed.iter().next() {
        return Err(Failed::Refused(format!(
            "Dòng {row} không có kết quả nào đang chờ cập nhật."
        )));
    }
    twice(&mut out);
    Ok(out)
}

/// One number for two rows is asked about.
fn twice(planned: &mut [Planned]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let given = |one: &Planned| {
        let mut changes = one.effect.changes.iter();
        let number = changes.find(|change| change.field == Field::Number);
        number
            .map(|change| change.after.clone())
            .filter(|number| !number.is_empty())
    };
    for number in planned.iter().filter_map(given) {
        *seen.entry(number).or_default() += 1;
    }
    for one in planned {
        if given(one).is_some_and(|number| seen.get(&number).is_some_and(|count| *count > 1)) {
            one.effect
                .asks
                .push("Hai dòng của danh sách này cùng được cung cấp một số.".to_owned());
            one.confirmed = false;
        }
    }
}

/// Writes what answers change.
struct Doer {
    again: Again,
    book: String,
    as_of: PartialDate,
    list: i64,
    civil_days: i64,
    ids: Vec<String>,
    around: Vec<Others>,
    effects: Vec<EffectRow>,
    standings: Vec<(String, answers::Standing)>,
}

impl Doer {
    async fn row(&mut self, act: &mut Act, one: &Planned) -> Done<()> {
        let number = stored(one.row.number());
        let mut version = 0;
        let mut now = one.child.now.number.clone();
        if !one.effect.changes.is_empty() {
            let typed: Vec<(Field, String)> = one
                .effect
                .changes
                .iter()
                .map(|change| (change.field, change.after.clone()))
                .collect();
            // Rows before this one may have freed its number.
            let before = act.reading().child(&self.book, &one.child.id).await?;
            let findings = act.reading().findings(&self.book, &one.child.id).await?;
            let book = self.book.clone();
            let mut draft = edit::draft_of(
                act.reading(),
                &mut self.again,
                &book,
                (before, findings),
                &typed,
            )
            .await?;
            if !edit::tell(&draft).changes.is_empty() {
                SOURCE.clone_into(&mut draft.entry.source);
                now.clone_from(&draft.entry.state.number);
                let seen = draft.before.version;
                version = act.change_child("changed", seen, &draft.entry).await?;
                self.around.extend([draft.old, draft.new]);
            }
        }
        let mut effect = one.effect.clone();
        match &one.effect.end {
            Some(End::Proposed(to)) => {
                let id = self.ids.pop().unwrap_or_default();
                let of = (&one.child, one.row);
                effect = going::propose(act, of, (&effect, to), (id, self.as_of)).await?;
            }
            Some(End::Died { day }) => {
                let day = Some(day.as_str()).filter(|day| !day.is_empty());
                version = self.close(act, one, (DIED, day)).await?;
            }
            Some(End::Moved { .. }) => version = self.close(act, one, (MOVED, None)).await?,
            None => {}
        }
        if let Some(standing) = one.effect.number {
            let of = match standing {
                Standing::Cancelled => one.child.now.number.clone(),
                Standing::Given | Standing::Verified => now,
            };
            if let Some(of) = of {
                let row = answers::Standing {
                    number: of,
                    standing: standing.word().to_owned(),
                    list: self.list,
                    row_number: number,
                    ..answers::Standing::default()
                };
                self.standings.push((one.child.id.clone(), row));
            }
        }
        self.tasks(act, one).await?;
        self.effects.push(EffectRow {
            row_number: number,
            child: one.child.id.clone(),
            version,
            effect: serde_json::to_string(&effect).map_err(anyhow::Error::from)?,
            why: one.why.clone(),
            ..EffectRow::default()
        });
        Ok(())
    }

    /// The record ends.
    async fn close(
        &mut self,
        act: &mut Act,
        one: &Planned,
        (word, day): (&str, Option<&str>),
    ) -> Done<i64> {
        let before = &one.child.now;
        let state = State {
            state: word.to_owned(),
            record: life::closed_on(&before.record, day),
            ..before.clone()
        };
        let of = (one.child.id.as_str(), before);
        self.around
            .push(Others::of(act.reading(), &mut self.again, &self.book, of).await?);
        let of = (one.child.id.as_str(), &state);
        self.around
            .push(Others::of(act.reading(), &mut self.again, &self.book, of).await?);
        let entry = Entry {
            id: one.child.id.clone(),
            source: SOURCE.to_owned(),
            import: None,
            state,
            findings: one.findings.clone(),
        };
        Ok(act
            .change_child("closed", one.child.version, &entry)
            .await?)
    }

    async fn tasks(&mut self, act: &mut Act, one: &Planned) -> Done<()> {
        let mut kinds: Vec<(&str, Option<String>, String)> = Vec::new();
        if one.effect.civil {
            kinds.push((CIVIL, due(self.as_of, self.civil_days), "{}".to_owned()));
        }
        for request in &one.effect.requests {
            let detail = serde_json::json!({
                "field": request.field.code(), "ours": request.ours, "theirs": request.theirs, "sentence": request.sentence(),
            });
            kinds.push((REQUEST, None, detail.to_string()));
        }
        for (kind, due, detail) in kinds {
            let Some(id) = self.ids.pop() else { continue };
            act.add_task(&Task {
                id,
                kind: kind.to_owned(),
                child: one.child.id.clone(),
                list: self.list,
                row_number: stored(one.row.number()),
                edition: one.child.now.edition.clone(),
                unit: one.child.now.unit.clone().unwrap_or_default(),
                due,
                detail,
                ..Task::default()
            })
            .await?;
        }
        Ok(())
    }

    /// Others' findings, numbers' standing, and what it all came to.
    async fn end(&mut self, act: &mut Act) -> Done<usize> {
        let around = std::mem::take(&mut self.around);
        let others = settle(act, &mut self.again, &self.book, ("", around)).await?;
        act.lost_claims().await?;
        act.add_standings(&self.standings).await?;
        act.add_effects(self.list, &self.effects).await?;
        Ok(others.len())
    }
}
