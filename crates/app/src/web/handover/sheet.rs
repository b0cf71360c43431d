//! Households' sheets: the stack of them typed fast (code, Enter, what is missing, Enter), each household on a phone from its QR, children nobody
//! knew of; and the households of a list in the order in which one walks.
//!
//! In: the code of a sheet, what was written on it. Out: the household; the next code. Corrections go the way of every edit, a new child that of
//! *Nhập mới trẻ em phát sinh*.

mod written;

pub use written::enter;

use super::super::answer::show;
use super::super::list::fix::one as part;
use super::{NAME, Parts, WAY, of_list, on_page};
use crate::access::Deed;
use crate::act::register::Failed;
use crate::act::register::entry::OF_CHILD;
use crate::act::register::fields;
use crate::act::register::handover::review;
use crate::act::register::handover::sheets::{self, Of as Whose};
use crate::act::register::handover::visit::{self, At, Visit};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use std::sync::Arc;
use treem_child::field::Field;
use treem_child::handover::frozen::Frozen;
use treem_child::normalise::unit::in_running_text;
use written::household;

/// Fields that can be put right on a sheet, in the order of the paper.
const FIELDS: [Field; 12] = [
    Field::Name,
    Field::Birth,
    Field::Sex,
    Field::Ethnicity,
    Field::Number,
    Field::BirthRegistration,
    Field::HomePlace,
    Field::Hamlet,
    Field::Mother,
    Field::Father,
    Field::Guardian,
    Field::Phone,
];

struct Input {
    id: String,
    name: String,
    label: &'static str,
    have: String,
    value: String,
    digits: bool,
    hint: &'static str,
}

struct Child {
    nth: usize,
    id: String,
    code: String,
    name: String,
    facts: Vec<(&'static str, String)>,
    review: &'static str,
    active: bool,
    missing: Vec<Input>,
    others: Vec<Input>,
    others_open: bool,
    error: String,
    gone: bool,
    gone_why: String,
}

#[derive(Template)]
#[template(path = "handover_sheet.html")]
struct One {
    page: Page,
    sheet: String,
    place: String,
    children: Vec<Child>,
    new: Vec<Input>,
    new_open: bool,
    new_error: String,
    to_entry: Vec<(String, String)>,
    errors: Vec<(String, String)>,
    may_rows: bool,
    may_add: bool,
    list: String,
    request: String,
}

#[derive(Template)]
#[template(path = "handover_sheets.html")]
struct All {
    page: Page,
    list: String,
    households: Vec<House>,
    children: usize,
    makes_pdf: bool,
    may_print: bool,
}

struct House {
    sheet: String,
    hamlet: String,
    address: String,
    head: String,
    children: Vec<String>,
    missing: usize,
}

#[derive(Template)]
#[template(path = "handover_stack.html")]
struct Stack {
    page: Page,
    wrong: String,
    code: String,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    told: String,
}

/// What we have of a field.
fn have(known: &Frozen, field: Field) -> String {
    match field {
        Field::Name => known.name.clone(),
        Field::Birth => known.birth_shown(),
        Field::Sex => known.sex.clone(),
        Field::Ethnicity => known.ethnicity_shown(),
        Field::Number => known.number.clone(),
        Field::BirthRegistration => known.birth_registration.clone(),
        Field::HomePlace => known.home_place.clone(),
        Field::Hamlet => known.home.hamlet.clone(),
        Field::Mother => known.mother.name.clone(),
        Field::Father => known.father.name.clone(),
        Field::Guardian => known.guardian.name.clone(),
        Field::Phone => known.phone.clone(),
        _ => String::new(),
    }
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::Birth => "gõ liền: 12032015",
        Field::Sex => "1 nam, 2 nữ",
        Field::Number => "12 chữ số",
        _ => "",
    }
}

fn input((prefix, field): (&str, Field), have: String, parts: &[(String, String)]) -> Input {
    let name = format!("{prefix}.{}", field.code());
    Input {
        id: name.replace('.', "-"),
        label: field.label(),
        have,
        value: part(parts, &name).to_owned(),
        digits: matches!(field, Field::Birth | Field::Number | Field::Phone),
        hint: hint(field),
        name,
    }
}

/// What was typed, and what was refused of whom.
type Typed<'t> = (&'t [(String, String)], &'t [(usize, String)]);

fn child(nth: usize, at: &At, (parts, errors): Typed<'_>) -> Child {
    let prefix = format!("f{nth}");
    let can = |field: Field| fields::by_name(field.code()) == Some(field);
    let missing: Vec<Field> = at
        .missing
        .iter()
        .copied()
        .filter(|field| can(*field))
        .collect();
    let facts = FIELDS
        .iter()
        .filter(|field| **field != Field::Name)
        .filter_map(|field| {
            let value = have(&at.known, *field);
            let sealed = *field == Field::Ethnicity && at.sealed;
            match (value.is_empty(), sealed) {
                (_, true) => Some((field.label(), "(đã ghi)".to_owned())),
                (true, _) => None,
                (false, _) => Some((field.label(), value)),
            }
        })
        .collect();
    let others: Vec<Input> = FIELDS
        .iter()
        .filter(|field| !missing.contains(field))
        .map(|field| input((&prefix, *field), have(&at.known, *field), parts))
        .collect();
    Child {
        nth,
        id: at.child.clone(),
        code: at.row.map(|row| row.to_string()).unwrap_or_default(),
        name: at.known.name.clone(),
        facts,
        review: match at.review.as_str() {
            review::SAME => "đã rà soát, đúng",
            review::CHANGED => "đã rà soát, có sửa",
            _ => "",
        },
        active: at.active,
        others_open: others.iter().any(|one| !one.value.is_empty()),
        missing: missing
            .iter()
            .map(|field| input((&prefix, *field), have(&at.known, *field), parts))
            .collect(),
        others,
        error: errors
            .iter()
            .find(|(row, _)| *row == nth)
            .map(|(_, sentence)| sentence.clone())
            .unwrap_or_default(),
        gone: part(parts, &format!("s{nth}")) == "gone",
        gone_why: part(parts, &format!("g{nth}")).to_owned(),
    }
}

/// What came of a sheet that was typed.
#[derive(Default)]
struct Came {
    /// By child, from 1; 0 is the new one.
    errors: Vec<(usize, String)>,
    /// The new child may be one of the book, or something is to be settled: it goes on in the form of a household.
    to_entry: bool,
    /// What is good to know.
    says: Vec<String>,
}

fn page_of(
    person: &Person,
    visit: &Visit,
    (parts, came): (&[(String, String)], &Came),
    request: String,
) -> Response {
    let sheet = visit.sheet.to_string();
    let mut page = Page::new(&format!("Phiếu {sheet}"), WAY, Some(person))
        .back("/handover/sheet", "Gõ phiếu khác");
    page.wrong = !came.errors.is_empty();
    let status = page.status();
    let place = [visit.hamlet.clone(), in_running_text(&visit.unit_name)];
    let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let new: Vec<Input> = OF_CHILD
        .iter()
        .map(|field| input(("n", *field), String::new(), parts))
        .collect();
    let children: Vec<Child> = visit
        .children
        .iter()
        .zip(1_usize..)
        .map(|(at, nth)| child(nth, at, (parts, &came.errors)))
        .collect();
    let shown = show(&One {
        page,
        place: place.join(", "),
        errors: came
            .errors
            .iter()
            .map(|(row, sentence)| {
                let to = if *row == 0 {
                    "n-name".to_owned()
                } else {
                    format!("tre-{row}")
                };
                (to, sentence.clone())
            })
            .collect(),
        children,
        new_open: new.iter().any(|one| !one.value.is_empty()),
        new_error: came
            .errors
            .iter()
            .find(|(row, _)| *row == 0)
            .map(|(_, sentence)| sentence.clone())
            .unwrap_or_default(),
        to_entry: if came.to_entry {
            let typed = household(visit, parts);
            let common = typed.household.into_iter();
            let own = typed.children.into_iter().flat_map(|row| row.fields);
            common
                .map(|(name, value)| (format!("h.{name}"), value))
                .chain(own.map(|(name, value)| (format!("c1.{name}"), value)))
                .collect()
        } else {
            Vec::new()
        },
        new,
        may_rows: visit.may_rows && visit.list.is_some(),
        may_add: person.may(Deed::Add),
        list: visit.list.map(|list| list.to_string()).unwrap_or_default(),
        request,
        sheet,
    });
    (status, shown).into_response()
}

/// The box for the next code.
pub async fn stack(person: Person, Query(asked): Query<Asked>) -> Response {
    let said = match asked.told.split_once(' ') {
        _ if asked.told.is_empty() => None,
        Some((sheet, "new")) => Some(format!("Phiếu {}: đã ghi, có thêm trẻ mới.", digits(sheet))),
        _ => Some(format!("Phiếu {}: đã ghi.", digits(&asked.told))),
    };
    show(&Stack {
        page: Page::new("Gõ phiếu rà soát hộ", WAY, Some(&person))
            .back(WAY, NAME)
            .said(said),
        wrong: String::new(),
        code: String::new(),
    })
}

/// Only what a code is made of.
fn digits(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_digit() || *c == '-')
        .take(12)
        .collect()
}

/// Opens the sheet of a code.
pub async fn find(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let code = part(&parts, "code").trim().to_owned();
    let own = code.clone();
    // A scanner may give the whole address of the QR code.
    let read = own.rsplit('/').next().unwrap_or("").to_owned();
    let found = state
        .try_act(Some(&person), move |desk| sheets::sheet(desk, &read))
        .await;
    match found {
        Ok(found) => Ok(Answer::to(&format!("/handover/sheet/{}", found.sheet))),
        Err(Failed::Refused(sentence)) => {
            let mut page = Page::new("Gõ phiếu rà soát hộ", WAY, Some(&person)).back(WAY, NAME);
            page.wrong = true;
            let shown = show(&Stack {
                page,
                wrong: on_page(&sentence),
                code,
            });
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// The household of a sheet.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(sheet): Path<String>,
) -> Result<Response, Answer> {
    let (visit, request) = state
        .act(&person, move |desk| {
            Ok((visit::open(desk, &sheet)?, desk.ids.next_id()))
        })
        .await?;
    Ok(page_of(&person, &visit, (&[], &Came::default()), request))
}

/// The households of a list.
pub async fn all(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
) -> Result<Response, Answer> {
    let own = list.clone();
    let sheets = state
        .act(&person, move |desk| sheets::sheets(desk, &Whose::List(own)))
        .await?;
    let list = sheets.list.map(|list| list.to_string()).unwrap_or(list);
    let page = of_list("Phiếu rà soát hộ", &person, &list);
    Ok(show(&All {
        page,
        children: sheets
            .households
            .iter()
            .map(|house| house.children.len())
            .sum(),
        households: sheets
            .households
            .into_iter()
            .map(|house| House {
                sheet: house.sheet.to_string(),
                hamlet: house.hamlet,
                address: house.address,
                head: house.head,
                missing: house.children.iter().map(|child| child.missing.len()).sum(),
                children: house
                    .children
                    .iter()
                    .map(|child| format!("{} ({})", child.known.name, child.known.birth_shown()))
                    .collect(),
            })
            .collect(),
        makes_pdf: crate::act::register::handover::papers::makes_pdf(),
        may_print: person.may(Deed::HandOver),
        list,
    }))
}
