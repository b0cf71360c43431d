//! Writes a household into the book: new children are added, who is in the book already is filled in where something is missing.
//!
//! In: what was made of the typed rows. Out: the same, told. One act under the client's request: sent again, it says what was done and
//! writes nothing. Nothing that is written in the book is written over.

use super::super::across::{Others, settle};
use super::super::again::Again;
use super::super::again::said::is_across;
use super::super::import::columns::Places;
use super::super::import::same::{Said, compare, take};
use super::super::init::kept;
use super::super::kept::field_of;
use super::super::missing;
use super::super::{Book, Desk, Done, Failed};
use super::read::{By, Made, Making, Typing};
use super::{Answer, Asked, Told};
use treem_child::field::Field;
use treem_child::normalise::unit::{Edition, Unit};
use treem_store::audit::Link;
use treem_store::child::Entry;
use treem_store::{Act, Begun};

/// What became of a row, as the audit chain keeps it: row, id, `new`, `same` or `filled`.
type Became = (usize, String, String);

/// What a list knows and the person may not see speaks against saving: what it is stays unsaid.
const HIDDEN: &str = "Danh sách tìm thấy trẻ này có ghi thông tin bạn không được xem, và theo đó trẻ có thể đã có trong sổ hoặc số định danh bị trùng. Hãy báo cán bộ xã xem và nhập trẻ này.";

/// Saves.
///
/// # Errors
/// [`Failed::Refused`]: the draft is gone; the database's.
pub async fn save(
    desk: &mut Desk,
    open: &Book,
    asked: &Asked,
    (by, typing): (&By, &Typing),
    (made, told): (&mut Made, &mut Told),
) -> Done<()> {
    let book = open.book.register.clone();
    let mut doing = desk.doing(&book, "entry", "");
    if let Some(request) = asked.request.as_ref().filter(|request| !request.is_empty()) {
        doing.request.clone_from(request);
    }
    told.request.clone_from(&doing.request);
    if let Some(unit) = made.unit {
        know(open, by.edition, unit).await?;
    }
    let mut act = match open.store.begin(doing).await? {
        Begun::Act(act) => act,
        Begun::Done(link) => return already(&link, told),
    };
    // Whoever wrote between looking and saving may have added one of these children: then it is looked at again, under the lock.
    if act.number() != open.book.audit_seq.saturating_add(1) {
        *made = by.make(act.reading(), &book, typing).await?;
        made.cut(desk);
        let now = made.told(by, asked);
        if !now.asks.is_empty() {
            let request = std::mem::take(&mut told.request);
            *told = now;
            told.request = request;
            return Ok(());
        }
    }
    if !asked.household.missing.is_empty()
        && let Some(whole) =
            missing::decide::unseen(desk, act.reading(), &book, &asked.household).await?
    {
        let typing = super::read::typing(&whole, by.edition)?;
        let mut known = by.make(act.reading(), &book, &typing).await?;
        known.cut(desk);
        if !known.told(by, asked).asks.is_empty() {
            told.asks.push(super::Ask {
                row: Some(1),
                field: "",
                sentence: HIDDEN.to_owned(),
            });
            return Ok(());
        }
        *made = known;
    }
    let mut writing = Writing {
        act: &mut act,
        again: by.again(),
        places: Places::new(by.edition),
        book: &book,
        became: Vec::new(),
        children: Vec::new(),
    };
    for making in &made.rows {
        let place = told.children.iter().position(|one| one.row == making.row);
        let one = place.and_then(|at| told.children.get_mut(at));
        let Some(one) = one else { continue };
        let others = match making.same() {
            Some(child) => writing.fill(making, child, one).await?,
            None => writing.add(desk.ids.next_id(), making, one).await?,
        };
        told.others.extend(others);
    }
    let (became, children) = (writing.became, writing.children);
    // The found child is the first row; where that was taken out, nobody was fetched.
    if let Some((_, child, _)) = became.iter().find(|(row, ..)| *row == 1)
        && !asked.household.missing.is_empty()
    {
        let key = missing::key(&asked.household.missing)?;
        missing::decide::fetched(desk, &mut act, key, child).await?;
    }
    act.lost_claims().await?;
    // Without scripts a household may never have been kept as a draft.
    if let Some(draft) = &asked.draft
        && act.reading().draft(&book, draft).await?.is_some()
    {
        act.draft_saved(draft, &desk.who, &children).await?;
    }
    told.others.retain(|other| !children.contains(other));
    told.others.sort_unstable();
    told.others.dedup();
    let detail = serde_json::json!({"rows": became, "others": told.others.len()});
    let subject = asked.draft.as_ref().or(children.first()).cloned();
    act.finish(&subject.unwrap_or_default(), &detail.to_string())
        .await?;
    told.done = true;
    Ok(())
}

/// Writes down a commune and what it lies in, where the book has had no child of this edition there.
async fn know(open: &Book, edition: &'static Edition, commune: &'static Unit) -> Done<()> {
    let all = kept(edition);
    let mut chain: Vec<treem_store::register::Unit<'_>> = Vec::new();
    let mut at = Some(commune.code);
    while let Some(unit) = at.and_then(|code| all.iter().find(|unit| unit.code == code)) {
        at = unit.parent;
        chain.push(unit.clone());
    }
    open.store.add_units(edition.from, &chain).await?;
    Ok(())
}

/// The same request has been done: what it came to. That its children are in the book by now is no finding of theirs.
///
/// # Errors
/// [`Failed::Refused`]: the request was for something else.
pub fn already(link: &Link, told: &mut Told) -> Done<()> {
    if link.act != "entry" {
        return Err(Failed::Refused(
            "mã yêu cầu này đã dùng cho một việc khác; hãy gửi lại với mã khác.".to_owned(),
        ));
    }
    let detail: serde_json::Value = serde_json::from_str(&link.detail).unwrap_or_default();
    let rows: Vec<Became> = detail
        .get("rows")
        .and_then(|rows| serde_json::from_value(rows.clone()).ok())
        .unwrap_or_default();
    for one in &mut told.children {
        if let Some((_, id, what)) = rows.iter().find(|(row, ..)| *row == one.row) {
            one.id = Some(id.clone());
            one.what = match what.as_str() {
                "same" => "same",
                "filled" => "filled",
                _ => "new",
            };
        }
        one.may_be.clear();
        for shown in &mut one.fields {
            shown.findings.retain(|said| !is_across(&said.rule));
        }
    }
    told.asks.clear();
    told.request.clone_from(&link.request);
    (told.done, told.already) = (true, true);
    Ok(())
}

impl Making {
    /// The child of the book it was said to be.
    fn same(&self) -> Option<&str> {
        self.may_be
            .iter()
            .find(|one| one.answer == Some(Answer::Same))
            .map(|one| one.child.as_str())
    }
}

struct Writing<'a> {
    act: &'a mut Act,
    again: Again,
    places: Places,
    book: &'a str,
    became: Vec<Became>,
    children: Vec<String>,
}

impl Writing<'_> {
    /// Adds a child; gives the others whose findings change with it.
    async fn add(
        &mut self,
        id: String,
        making: &Making,
        one: &mut super::Child,
    ) -> Done<Vec<String>> {
        let mut entry = making.entry.clone();
        entry.id.clone_from(&id);
        // A brother or sister of the same form may share the number.
        let (act, again) = (&mut *self.act, &mut self.again);
        let others = Others::of(act.reading(), again, self.book, (&id, &entry.state)).await?;
        let kept = others.findings(again.rules(), &entry.state, &entry.findings);
        let judged = again.judge(&entry.state, &kept);
        entry.state.identified = judged.measures.identified;
        entry.state.complete = judged.measures.complete;
        entry.findings = judged.findings;
        one.identified = entry.state.identified;
        act.add_children(std::slice::from_ref(&entry)).await?;
        let settled = settle(act, again, self.book, (&id, vec![others])).await?;
        let apart: Vec<(String, String)> = making
            .may_be
            .iter()
            .map(|other| (id.clone(), other.child.clone()))
            .collect();
        act.add_apart(&apart).await?;
        one.id = Some(id.clone());
        self.became.push((making.row, id.clone(), "new".to_owned()));
        self.children.push(id);
        Ok(settled)
    }

    /// Fills in what a record lacks.
    async fn fill(
        &mut self,
        making: &Making,
        child: &str,
        one: &mut super::Child,
    ) -> Done<Vec<String>> {
        let (act, again) = (&mut *self.act, &mut self.again);
        let before = act.reading().child(self.book, child).await?;
        let findings = act.reading().findings(self.book, child).await?;
        let (mut have, row) = (Said::of(&before.now), Said::of(&making.entry.state));
        let places = &mut self.places;
        let compared = compare(&have, &row, &mut |one, other| places.are_one(one, other));
        let labels = |names: &[&'static str]| -> Vec<&'static str> {
            let mut out: Vec<&'static str> = names
                .iter()
                .filter_map(|name| field_of(name))
                .map(Field::label)
                .collect();
            out.dedup();
            out
        };
        one.filled = labels(&compared.fills);
        one.differs = labels(&compared.differs);
        one.id = Some(child.to_owned());
        one.what = if compared.fills.is_empty() {
            "same"
        } else {
            "filled"
        };
        self.became
            .push((making.row, child.to_owned(), one.what.to_owned()));
        self.children.push(child.to_owned());
        if compared.fills.is_empty() {
            return Ok(Vec::new());
        }
        take(&mut have, &row, &compared.fills);
        let typed: Vec<(Field, String)> = compared
            .fills
            .iter()
            .filter_map(|name| Some((field_of(name)?, have.words(name).to_owned())))
            .collect();
        let state = have.into_state(&before.now);
        let old = Others::of(act.reading(), again, self.book, (child, &before.now)).await?;
        let entry = again.entry(&state, &findings, &typed);
        let new = Others::of(act.reading(), again, self.book, (child, &entry.state)).await?;
        let kept = new.findings(again.rules(), &entry.state, &findings);
        let entry = Entry {
            id: child.to_owned(),
            source: "entry".to_owned(),
            ..again.entry(&state, &kept, &typed)
        };
        act.change_child("changed", before.version, &entry).await?;
        settle(act, again, self.book, (child, vec![old, new])).await
    }
}
