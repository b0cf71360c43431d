//! `treem missing enter|refuse`: a found child comes into the book, or is said not to be missing.
//!
//! In: a found child by its row. Out: [`Entered`], [`Refused`]. Entering goes the way of every entry ([`super::super::entry`]) with what the lists
//! say filled in; the guard against doubles asks as it always does. What was said is kept on each row, so that a later comparison goes by it.

use super::super::entry::{self, Answer, Household, Row, Texts, Told};
use super::super::texts::NUMBERS;
use super::super::{Desk, Done, Failed, begin, wait};
use super::found::{Facts, Listed, listed};
use super::{REASONS, shown};
use crate::access::Deed;
use crate::act::check::written::SENSITIVE;
use crate::shown::birth;
use std::collections::BTreeMap;
use treem_child::field::Field;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition};
use treem_store::sector::{FETCHED, FoundChild, OPEN, REFUSED, Said};
use treem_store::{Act, Tx};

/// What is asked for.
pub struct Entering {
    /// The found child.
    pub key: (i64, i64),
    /// Children of the book it may be are others: the person has looked.
    pub different: bool,
    /// The day on which age is judged.
    pub as_of: PartialDate,
    /// The units in force.
    pub edition: &'static Edition,
    /// Write it; else only say what would be.
    pub yes: bool,
}

/// What entering came to.
#[derive(Debug, serde::Serialize)]
pub struct Entered {
    /// The row.
    pub row: String,
    /// As of every entry.
    #[serde(flatten)]
    pub told: Told,
}

/// A found child that is not missing.
#[derive(Debug, serde::Serialize)]
pub struct Refused {
    /// The row.
    pub row: String,
    /// Why, as a word.
    pub why: &'static str,
    /// The same in words.
    pub reason: &'static str,
}

async fn of(tx: &mut Tx, book: &str, key: (i64, i64)) -> Done<FoundChild> {
    tx.found(book, key).await?.ok_or_else(|| {
        Failed::Refused(format!(
            "không có trẻ nào mang mã dòng {}; danh sách có thể đã được đối chiếu lại hoặc đã hủy, hãy xem lại bằng treem missing list.",
            shown(key)
        ))
    })
}

/// It must still be open.
fn still_open(found: &FoundChild) -> Done<()> {
    let said = match found.state.as_str() {
        FETCHED => "đã được nhập vào sổ",
        REFUSED => "đã được ghi là không thiếu",
        _ => return Ok(()),
    };
    Err(Failed::Refused(format!(
        "trẻ ở dòng {} {said}.",
        shown((found.source, found.nth))
    )))
}

/// The right it takes to see a field, beyond seeing that the child is there.
fn needs(field: Field) -> Option<Deed> {
    if SENSITIVE.contains(&field) {
        Some(Deed::SeeSensitive)
    } else if NUMBERS.contains(&field) {
        Some(Deed::SeeNumber)
    } else {
        None
    }
}

/// Whether a person may see a field of a found child.
fn sees(desk: &Desk, found: &FoundChild, field: Field) -> bool {
    needs(field).is_none_or(|deed| desk.may(deed, &found.edition, found.unit.as_deref()))
}

/// Where a field is typed: in the child's row, or once for the household.
fn place(household: &mut Household, field: Field) -> &mut Texts {
    if entry::OF_CHILD.contains(&field) {
        if household.children.is_empty() {
            household.children.push(Row::default());
        }
        if let Some(child) = household.children.first_mut() {
            return &mut child.fields;
        }
    }
    &mut household.household
}

/// The household of a found child, with everything filled in that the lists say and the person may see; the rest is filled in when it is saved
/// ([`unseen`]).
fn household(desk: &Desk, found: &FoundChild, facts: &Facts, edition: &Edition) -> Household {
    let mut out = Household {
        missing: shown((found.source, found.nth)),
        ..Household::default()
    };
    if let Some(unit) = &found.unit
        && edition.from == unit::edition(&found.edition).from
    {
        out.household
            .insert(Field::Commune.code().to_owned(), unit.clone());
    }
    for (field, text) in facts.typed().filter(|(field, _)| sees(desk, found, *field)) {
        let text = if field == Field::Birth {
            birth(text)
        } else {
            text.to_owned()
        };
        place(&mut out, field).insert(field.code().to_owned(), text);
    }
    out
}

/// What is known of a found child and hidden from who enters it, put where nothing was typed: an identity number is not lost because a collaborator
/// may not read it. Nothing where the first row is no longer that child, by name and birth date, or nothing is hidden.
///
/// # Errors
/// [`Failed::Refused`]: a row that is none; [`Failed::Denied`]; the database's.
pub async fn unseen(
    desk: &Desk,
    tx: &mut Tx,
    book: &str,
    typed: &Household,
) -> Done<Option<Household>> {
    let key = super::key(&typed.missing)?;
    let Some(found) = tx.found(book, key).await? else {
        return Ok(None);
    };
    desk.must(Deed::Add, &found.edition, found.unit.as_deref())?;
    let facts = Facts::of(tx, book, key).await?;
    let Some(row) = typed.children.first() else {
        return Ok(None);
    };
    let says = |field: Field| {
        let own = row.fields.get(field.code());
        own.map_or("", |text| text.trim()).to_lowercase()
    };
    let (name, born) = (facts.get("name").to_lowercase(), birth(facts.get("birth")));
    if says(Field::Name) != name && says(Field::Birth) != born {
        return Ok(None);
    }
    let mut out = typed.clone();
    let mut more = false;
    for (field, text) in facts
        .typed()
        .filter(|(field, _)| !sees(desk, &found, *field))
    {
        let typed = place(&mut out, field)
            .entry(field.code().to_owned())
            .or_default();
        if typed.trim().is_empty() {
            text.clone_into(typed);
            more = true;
        }
    }
    Ok(more.then_some(out))
}

/// A found child with the household an entry begins with.
pub struct Begun {
    /// The child as it is listed.
    pub listed: Listed,
    /// What is typed already.
    pub household: Household,
}

/// What an entry of a found child begins with.
///
/// # Errors
/// [`Failed::Refused`]: no such row, or it is done with; [`Failed::Denied`].
pub fn begun(desk: &mut Desk, key: (i64, i64), edition: &'static Edition) -> Done<Begun> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let found = of(&mut tx, &book, key).await?;
        desk.must(Deed::Add, &found.edition, found.unit.as_deref())?;
        still_open(&found)?;
        let facts = Facts::of(&mut tx, &book, key).await?;
        let listed = listed(&mut tx, &book, desk, &found).await?;
        drop(tx);
        let household = household(desk, &found, &facts, edition);
        let seen = crate::act::access::look::Seen::Children(1);
        desk.looks(&open, (Deed::See, "missing"), seen).await?;
        open.leave().await;
        Ok(Begun { listed, household })
    })
}

/// Enters a found child.
///
/// # Errors
/// As [`begun`] and [`entry::run`].
pub fn enter(desk: &mut Desk, asked: &Entering) -> Done<Entered> {
    let begun = begun(desk, asked.key, asked.edition)?;
    let mut entering = entry::Asked {
        household: begun.household,
        request: None,
        draft: None,
        as_of: asked.as_of,
        edition: asked.edition,
        yes: false,
    };
    let mut told = entry::run(desk, &entering)?;
    if asked.different {
        let may_be = told.children.iter().flat_map(|child| &child.may_be);
        let answers: BTreeMap<String, Answer> = may_be
            .map(|one| (one.child.clone(), Answer::Different))
            .collect();
        if let Some(row) = entering.household.children.first_mut() {
            row.answers = answers;
        }
        told = entry::run(desk, &entering)?;
    }
    if asked.yes && told.asks.is_empty() {
        entering.yes = true;
        told = entry::run(desk, &entering)?;
    }
    Ok(Entered {
        row: shown(asked.key),
        told,
    })
}

/// Writes down, within the act that enters it, that a found child is a child of the book. Where it is done with already, or its list was erased
/// meanwhile, nothing is left to be said.
///
/// # Errors
/// [`Failed::Denied`]; the database's.
pub async fn fetched(desk: &Desk, act: &mut Act, key: (i64, i64), child: &str) -> Done<()> {
    let book = act.doing().register.clone();
    let Some(found) = act.reading().found(&book, key).await? else {
        return Ok(());
    };
    desk.must(Deed::Add, &found.edition, found.unit.as_deref())?;
    let rows = keys(act.reading(), &book, key).await?;
    let said = Said {
        state: FETCHED.to_owned(),
        child: Some(child.to_owned()),
        ..Said::default()
    };
    act.say_found(key, &rows, (&said, OPEN)).await?;
    Ok(())
}

/// The rows of a found child.
async fn keys(tx: &mut Tx, book: &str, key: (i64, i64)) -> Done<Vec<(i64, i64)>> {
    let rows = tx.rows_of_found(book, key).await?;
    Ok(rows.iter().map(|row| (row.source, row.nth)).collect())
}

/// Writes down that a found child is not missing, and why.
///
/// # Errors
/// [`Failed::Refused`]: no such reason, no such row, or it is done with; [`Failed::Denied`].
pub fn refuse(desk: &mut Desk, key: (i64, i64), why: &str, note: &str) -> Done<Refused> {
    let Some((why, words)) = REASONS.into_iter().find(|(code, _)| *code == why) else {
        let known: Vec<String> = REASONS
            .iter()
            .map(|(code, words)| format!("{code} ({words})"))
            .collect();
        return Err(Failed::Refused(format!(
            "hãy chọn lý do: {}.",
            known.join(", ")
        )));
    };
    let said = Said {
        state: REFUSED.to_owned(),
        why: why.to_owned(),
        note: note.trim().chars().take(500).collect(),
        ..Said::default()
    };
    say(desk, key, said)?;
    Ok(Refused {
        row: shown(key),
        why,
        reason: words,
    })
}

/// Says something of a found child, on each of its rows. Who is a double of a child of the book is that child from now on.
fn say(desk: &mut Desk, key: (i64, i64), mut said: Said) -> Done<()> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let found = of(&mut tx, &book, key).await?;
        desk.must(Deed::Decide, &found.edition, found.unit.as_deref())?;
        still_open(&found)?;
        let rows = keys(&mut tx, &book, key).await?;
        drop(tx);
        if said.why == "double" && !found.sure {
            said.child.clone_from(&found.child);
        }
        let mut act = begin(&open.store, desk.doing(&book, "missing-refuse", &said.why)).await?;
        if !act.say_found(key, &rows, (&said, OPEN)).await? {
            return Err(Failed::Refused(
                "người khác vừa xử lý trẻ này; hãy xem lại danh sách.".to_owned(),
            ));
        }
        let detail = serde_json::json!({"row": shown(key), "rows": rows.len(), "state": said.state, "why": said.why, "child": said.child});
        act.finish(&shown(key), &detail.to_string()).await?;
        open.leave().await;
        Ok(())
    })
}
