//! One item of the queue, whole: both sides field by field with the letters that differ, how likely it is and why, brothers and sisters, what
//! may be answered.
//!
//! In: a [`Key`], perhaps which candidate. Out: [`Item`]. Sensitive fields are named where they differ, and not shown; numbers are masked
//! where both sides agree, or only one has one.

use super::super::decide::list::{Why, note, probability, why};
use super::super::import::columns::Places;
use super::super::import::same::{Said, compare};
use super::super::texts::masked;
use super::super::texts::{KNOWN, UNIT, is_sensitive, texts};
use super::super::{Book, Desk, Done, Failed, unit_name, wait};
use super::siblings::{self, Family, Sibling};
use super::words::{in_order, label};
use super::{Key, weigh};
use crate::access::Deed;
use crate::act::access::look::Seen;
use crate::shown;
use std::collections::BTreeMap;
use treem_child::differ::{Span, differ};
use treem_child::merging::{Side, choose};
use treem_child::normalise::unit;
use treem_store::Tx;
use treem_store::child::{ACTIVE, Child};
use treem_store::import::APPLIED;
use treem_store::pairs::{GONE, Pair};
use treem_store::queue::{CHANGES, OPEN, Waiting};

/// How two sides of a field stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// They say the same, perhaps in other letters.
    Same,
    /// Only the first says something: it stays.
    First,
    /// Only the second says something: it is filled in where the two are one child.
    Second,
    /// They say different things: a person chooses.
    Differs,
    /// They say different things of which the leading field speaks, or that are not chosen.
    Follows,
}

/// A field on both sides.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    /// Its name.
    pub field: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What each side says, in pieces.
    pub sides: [Vec<Span>; 2],
    /// How they stand.
    pub how: How,
    /// It is sensitive: that it differs is said, and nothing else.
    pub hidden: bool,
}

/// One of the two.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Party {
    /// The record, where it is one.
    pub child: Option<String>,
    /// Its version.
    pub version: i64,
    /// Its state in the book.
    pub state: String,
    /// File, sheet, row, where it stood in a list.
    pub origin: Option<(String, String, i64)>,
    /// Name.
    pub name: String,
    /// Its unit.
    pub unit_name: String,
    /// Edition and code of the unit.
    #[serde(skip)]
    pub unit: (String, String),
    /// Brothers and sisters in the book.
    pub siblings: Vec<Sibling>,
}

/// Whom a row may be.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Candidate {
    /// The record.
    pub child: Option<String>,
    /// Another row that has to be decided first.
    pub row: Option<Key>,
    /// Name.
    pub name: String,
    /// Birth date.
    pub birth: String,
    /// How likely.
    pub probability: f64,
    /// Edition and code of the unit.
    #[serde(skip)]
    unit: (String, String),
}

/// What may be answered.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct May {
    /// That they are one child; of a row of a known child: that the choices hold.
    pub same: bool,
    /// That they are not.
    pub apart: bool,
}

/// An item.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Item {
    /// Its name.
    pub key: Key,
    /// `perhaps`, `changes`, `again`, `pair`.
    pub kind: String,
    /// What the person has seen: given back with the answer, so that nobody answers to what has changed since.
    pub seen: String,
    /// The record that was there first, or that of the book; and the other, or the row.
    pub parties: [Party; 2],
    /// The fields.
    pub lines: Vec<Line>,
    /// How likely it is.
    pub probability: f64,
    /// Why, the weightiest first.
    pub why: Vec<Why>,
    /// Why a person has to decide, in words; empty where the probability says it.
    pub note: &'static str,
    /// Whom a row may be, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// Which of them is shown.
    pub with: usize,
    /// Candidates outside this person's area, who are not shown.
    pub hidden: usize,
    /// What may be answered.
    pub may: May,
}

impl Item {
    /// Fields of which a person chooses the side.
    pub fn choices(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.how == How::Differs)
    }
}

/// Both sides as the linkage and the acts see them.
pub(super) struct Sides {
    /// What each says.
    pub said: [Said; 2],
    /// Fields of which a person chooses.
    pub differs: Vec<String>,
    /// Fields the second side fills in.
    pub fills: Vec<String>,
}

/// An item. `with`: which candidate of a row, from 0.
///
/// # Errors
/// [`Failed::Refused`]: it does not wait any more.
pub fn item(desk: &mut Desk, key: &Key, with: usize) -> Done<Item> {
    wait(async {
        let open = desk.open().await?;
        let out = one(desk, &open, key, with).await?;
        // Before anything is shown: who cannot be written down does not see.
        for party in &out.parties {
            if let Some(child) = &party.child {
                let (edition, unit) = &party.unit;
                let unit = Some(unit.as_str()).filter(|unit| !unit.is_empty());
                let seen = Seen::Child(child, edition, unit);
                desk.looks(&open, (Deed::See, ""), seen).await?;
            }
        }
        open.leave().await;
        Ok(out)
    })
}

/// The same for an act that shows nothing of it.
pub(super) fn unseen(desk: &Desk, key: &Key, with: usize) -> Done<Item> {
    wait(async {
        let open = desk.open().await?;
        let out = one(desk, &open, key, with).await;
        open.leave().await;
        out
    })
}

async fn one(desk: &Desk, open: &Book, key: &Key, with: usize) -> Done<Item> {
    match key {
        Key::Row(import, nth) => of_row(desk, open, (import, *nth), with).await,
        Key::Pair(child, other) => of_pair(desk, open, (child, other)).await,
    }
}

pub(super) fn gone() -> Failed {
    Failed::Refused(
        "việc này không còn chờ nữa: đã có người xử lý, hoặc hồ sơ đã thay đổi.".to_owned(),
    )
}

/// A row that waits, if its import holds.
pub(super) async fn waiting(tx: &mut Tx, book: &str, (import, nth): (&str, i64)) -> Done<Waiting> {
    let holds = tx.import(book, import).await?;
    if holds.is_none_or(|import| import.state != APPLIED) {
        return Err(gone());
    }
    let row = tx.waiting_row(book, import, nth).await?;
    row.filter(|row| row.state == OPEN).ok_or_else(gone)
}

/// Two records as one pair.
pub(super) async fn records(tx: &mut Tx, book: &str, ids: [&str; 2]) -> Done<[Child; 2]> {
    let [one, other] = ids;
    let both = [tx.child(book, one).await?, tx.child(book, other).await?];
    if both.iter().any(|child| child.now.state != ACTIVE) || tx.is_apart(book, one, other).await? {
        return Err(gone());
    }
    Ok(both)
}

/// What a row and a record say, and how it goes together.
pub(super) fn row_sides(row: &Waiting, have: Said) -> Sides {
    let says = Said::new(
        &row.record,
        &row.sensitive,
        row.unit.as_deref(),
        &row.edition,
    );
    let mut places = Places::new(unit::edition(&row.edition));
    let compared = compare(&have, &says, &mut |one, other| places.are_one(one, other));
    let own = |fields: Vec<&str>| fields.into_iter().map(str::to_owned).collect();
    let (differs, fills) = if row.kind == CHANGES {
        let left = row.fields.split(',').filter(|field| !field.is_empty());
        (left.map(str::to_owned).collect(), Vec::new())
    } else {
        (own(compared.differs), own(compared.fills))
    };
    Sides {
        said: [have, says],
        differs,
        fills,
    }
}

/// What two records say, and how it goes together where the first stays.
pub(super) fn pair_sides(both: &[Child; 2]) -> Sides {
    let [one, other] = both.each_ref().map(|child| texts(&child.now));
    let chosen = choose(&one, &other, &BTreeMap::new(), &KNOWN).unwrap_or_default();
    let (mut differs, mut fills) = (Vec::new(), Vec::new());
    for field in chosen {
        if field.from == Side::Loser {
            fills.push(field.field);
        } else if !field.survivor.is_empty() && !field.loser.is_empty() {
            differs.push(field.field);
        }
    }
    // Where the leading field of a person differs, it speaks for the rest.
    let led = differs.clone();
    differs.retain(|field| {
        field
            .split_once('_')
            .is_none_or(|(lead, _)| !led.iter().any(|other| other == lead))
    });
    Sides {
        said: both.each_ref().map(|child| Said::of(&child.now)),
        differs,
        fills,
    }
}

async fn of_row(desk: &Desk, open: &Book, (import, nth): (&str, i64), with: usize) -> Done<Item> {
    let book = open.book.register.as_str();
    let mut tx = open.store.read().await?;
    let row = waiting(&mut tx, book, (import, nth)).await?;
    desk.must(Deed::Decide, &row.edition, row.unit.as_deref())?;
    let mut found = candidates(&mut tx, book, &row).await?;
    // Whom this person may not see is not shown; somebody above decides such a row.
    let all = found.len();
    found.retain(|(one, _)| {
        let code = Some(one.unit.1.as_str()).filter(|code| !code.is_empty());
        desk.may(Deed::See, &one.unit.0, code)
    });
    let hidden = all - found.len();
    let with = with.min(found.len().saturating_sub(1));
    let chosen = found.get(with);
    let child = match chosen.and_then(|(one, _)| one.child.clone()) {
        Some(id) => Some(tx.child(book, &id).await?),
        None => None,
    };
    let other = match chosen.and_then(|(one, _)| one.row.clone()) {
        Some(Key::Row(import, nth)) => tx.waiting_row(book, &import, nth).await?,
        _ => None,
    };
    let first = match (&child, &other) {
        (Some(child), _) => party(child),
        (None, Some(other)) => of_list(other),
        (None, None) => Party::default(),
    };
    let have = match (&child, &other) {
        (Some(child), _) => Said::of(&child.now),
        (None, Some(other)) => Said::new(
            &other.record,
            &other.sensitive,
            other.unit.as_deref(),
            &other.edition,
        ),
        (None, None) => Said::default(),
    };
    let sides = row_sides(&row, have);
    let mut parties = [first, of_list(&row)];
    family(&mut tx, book, &mut parties, &sides).await?;
    let is_change = row.kind == CHANGES;
    let (probability, steps) = chosen.map_or((0.0, ""), |(one, steps)| (one.probability, steps));
    Ok(Item {
        key: Key::Row(import.to_owned(), nth),
        seen: seen(row.version, child.as_ref().map_or(0, |child| child.version)),
        lines: lines(&sides),
        probability: if is_change { 1.0 } else { probability },
        why: in_order(why(steps)),
        note: note(&row.note),
        may: May {
            same: child.is_some(),
            apart: !is_change && hidden == 0,
        },
        hidden,
        kind: row.kind,
        parties,
        candidates: found.into_iter().map(|(one, _)| one).collect(),
        with,
    })
}

/// What a person has seen, as it is given back.
pub(super) fn seen(one: i64, other: i64) -> String {
    format!("{one}.{other}")
}

/// Whom a row may be, each with what was compared; of a row of a known child that child alone.
async fn candidates(tx: &mut Tx, book: &str, row: &Waiting) -> Done<Vec<(Candidate, String)>> {
    let known = |child: &Child, probability: f64| Candidate {
        child: Some(child.id.clone()),
        row: None,
        name: Said::of(&child.now).get("name").to_owned(),
        birth: shown::birth(&child.now.birth),
        probability,
        unit: (
            child.now.edition.clone(),
            child.now.unit.clone().unwrap_or_default(),
        ),
    };
    if let (CHANGES, Some(id)) = (row.kind.as_str(), &row.child) {
        let child = tx.child(book, id).await?;
        return Ok(vec![(known(&child, 1.0), String::new())]);
    }
    let mut out = Vec::new();
    for one in tx.candidates(book, &row.import, (row.nth, row.nth)).await? {
        let likely = probability(one.millionths);
        let mut id = one.child.clone();
        if let (None, Some(other)) = (&id, one.other) {
            let Some(other) = tx.waiting_row(book, &row.import, other).await? else {
                continue;
            };
            if other.state == OPEN || other.child.is_none() {
                let says = of_list(&other);
                let birth = Said::new(&other.record, "{}", None, "")
                    .get("birth")
                    .to_owned();
                let candidate = Candidate {
                    child: None,
                    row: Some(Key::Row(row.import.clone(), other.nth)),
                    name: says.name,
                    birth: shown::birth(&birth),
                    probability: likely,
                    unit: says.unit,
                };
                out.push((candidate, one.why));
                continue;
            }
            id = other.child;
        }
        if let Some(id) = id {
            let child = tx.child(book, &id).await?;
            out.push((known(&child, likely), one.why));
        }
    }
    Ok(out)
}

async fn of_pair(desk: &Desk, open: &Book, (child, other): (&str, &str)) -> Done<Item> {
    let book = open.book.register.as_str();
    let mut tx = open.store.read().await?;
    let pair: Pair = tx.pair(book, child, other).await?.ok_or_else(gone)?;
    let both = records(&mut tx, book, [child, other]).await?;
    drop(tx);
    for child in &both {
        desk.must(Deed::Merge, &child.now.edition, child.now.unit.as_deref())?;
    }
    let pair = weigh::again(open, pair, both.clone(), &desk.now).await?;
    if pair.state == GONE {
        return Err(gone());
    }
    let mut tx = open.store.read().await?;
    let sides = pair_sides(&both);
    let mut parties = both.each_ref().map(party);
    for party in &mut parties {
        let id = party.child.clone().unwrap_or_default();
        let origins = tx.origins(book, &id).await?;
        party.origin = origins
            .into_iter()
            .next()
            .map(|one| (one.file, one.sheet, one.row_number));
    }
    family(&mut tx, book, &mut parties, &sides).await?;
    let [one, two] = &both;
    Ok(Item {
        key: Key::Pair(child.to_owned(), other.to_owned()),
        kind: super::PAIR.to_owned(),
        seen: seen(one.version, two.version),
        parties,
        lines: lines(&sides),
        probability: probability(pair.millionths),
        why: in_order(why(&pair.why)),
        note: "",
        candidates: Vec::new(),
        with: 0,
        hidden: 0,
        may: May {
            same: true,
            apart: true,
        },
    })
}

fn party(child: &Child) -> Party {
    let said = Said::of(&child.now);
    let code = child.now.unit.clone().unwrap_or_default();
    Party {
        child: Some(child.id.clone()),
        version: child.version,
        state: child.now.state.clone(),
        origin: None,
        name: said.get("name").to_owned(),
        unit_name: unit_name(&child.now.edition, &code),
        unit: (child.now.edition.clone(), code),
        siblings: Vec::new(),
    }
}

fn of_list(row: &Waiting) -> Party {
    let said = Said::new(&row.record, "{}", row.unit.as_deref(), &row.edition);
    let code = row.unit.clone().unwrap_or_default();
    Party {
        child: None,
        version: row.version,
        state: row.state.clone(),
        origin: Some((row.file.clone(), row.sheet.clone(), row.row_number)),
        name: said.get("name").to_owned(),
        unit_name: unit_name(&row.edition, &code),
        unit: (row.edition.clone(), code),
        siblings: Vec::new(),
    }
}

/// Brothers and sisters of both.
async fn family(tx: &mut Tx, book: &str, parties: &mut [Party; 2], sides: &Sides) -> Done<()> {
    let ids: Vec<String> = parties
        .iter()
        .filter_map(|party| party.child.clone())
        .collect();
    let not: Vec<&str> = ids.iter().map(String::as_str).collect();
    for (party, said) in parties.iter_mut().zip(&sides.said) {
        let family = Family {
            father: said.get("father"),
            mother: said.get("mother"),
            unit: (&party.unit.0, &party.unit.1),
        };
        party.siblings = siblings::of(tx, book, &family, &not).await?;
    }
    Ok(())
}

/// What a side says of a field, as a person reads it.
fn shown(said: &Said, field: &str) -> String {
    match field {
        UNIT => {
            let names = [said.get("unit_name"), said.get("district_name")];
            let known: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
            if known.is_empty() {
                unit_name(said.get("edition"), said.get("unit"))
            } else {
                known.join(", ")
            }
        }
        "birth" => shown::birth(said.get("birth")),
        field if field.ends_with("_birth") => shown::birth(said.get(field)),
        field => said.words(field).to_owned(),
    }
}

/// The fields either side says, in the order of a record.
fn lines(sides: &Sides) -> Vec<Line> {
    let [one, other] = &sides.said;
    let mut out = Vec::new();
    for field in KNOWN {
        let (mut ours, mut theirs) = (shown(one, field), shown(other, field));
        if ours.is_empty() && theirs.is_empty() {
            continue;
        }
        let has = |fields: &[String]| fields.iter().any(|known| known == field);
        let how = if has(&sides.differs) {
            How::Differs
        } else if theirs.is_empty() {
            How::First
        } else if ours.is_empty() {
            if has(&sides.fills) {
                How::Second
            } else {
                How::Follows
            }
        } else if has(&sides.fills) {
            How::Second
        } else if led(field, &sides.differs) && ours != theirs {
            How::Follows
        } else {
            How::Same
        };
        let hidden = is_sensitive(field);
        if hidden && how == How::Same {
            continue;
        }
        if hidden {
            (ours, theirs) = (String::new(), String::new());
        } else if field.ends_with("number") && how != How::Differs {
            (ours, theirs) = (masked(&ours), masked(&theirs));
        }
        out.push(Line {
            field,
            label: label(field),
            sides: differ(&ours, &theirs),
            how,
            hidden,
        });
    }
    out
}

/// True where a leading field that differs speaks for this one.
fn led(field: &str, differs: &[String]) -> bool {
    let place = ["hamlet", "address", "address_current"].contains(&field);
    let lead = if place {
        UNIT
    } else {
        field.split_once('_').map_or("", |(lead, _)| lead)
    };
    !lead.is_empty() && differs.iter().any(|known| known == lead)
}
