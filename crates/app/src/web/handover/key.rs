//! *Gõ kết quả từ giấy*: code, Tab, answer, Enter. Where the unit asks for it every line is typed twice by who does not see the first; two that
//! differ wait for a person.
//!
//! In: a line as typed. Out: the page with what became of it; what was asked about stays in the boxes.

use super::super::answer::show;
use super::super::list::fix::one as part;
use super::{Parts, of_list, on_page};
use crate::access::Deed;
use crate::act::register::handover::keying::{self, Kept, Line};
use crate::act::register::handover::{asked, show as act};
use crate::act::register::{Desk, Done, Failed};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Form;
use std::sync::Arc;
use treem_child::handover::answer::Kind;
use treem_child::handover::code;
use treem_child::handover::state::Place;
use treem_child::handover::step::Way;

#[derive(Template)]
#[template(path = "handover_key.html")]
struct Key {
    page: Page,
    wrong: String,
    list: String,
    count: u32,
    answered: u32,
    first: usize,
    blind: bool,
    can_write: bool,
    place_label: &'static str,
    line: Line,
    question: String,
    can_confirm: bool,
    said: String,
    differs: Vec<(u32, String)>,
    todo: Vec<String>,
    more: usize,
    keys: Vec<(String, &'static str)>,
    request: String,
}

/// Rows still without an answer that are named.
const NAMED: usize = 60;

struct Read {
    list: code::List,
    place: Place,
    count: u32,
    answered: u32,
    answers: Vec<keying::Shown>,
    blind: bool,
    request: String,
}

/// The list, for who hands over.
fn gate(desk: &Desk, list: &str) -> Done<act::Shown> {
    let shown = act::show(desk, list)?;
    desk.must(Deed::HandOver, &shown.line.edition, Some(&shown.line.unit))?;
    Ok(shown)
}

fn read(desk: &mut Desk, list: &str) -> Done<Read> {
    let shown = gate(desk, list)?;
    Ok(Read {
        list: shown.line.list,
        place: Place::from_word(shown.line.place).unwrap_or(Place::Drawn),
        count: shown.tally.open,
        answered: shown.tally.answered,
        answers: keying::answers(desk, list)?,
        blind: asked::is_blind(desk, list)?,
        request: desk.ids.next_id(),
    })
}

fn page_of(
    person: &Person,
    read: Read,
    (line, kept, said): (Line, Option<Kept>, String),
    wrong: String,
) -> Response {
    let list = read.list.to_string();
    let question = kept.as_ref().and_then(|kept| kept.asked.first()).cloned();
    let mut page = of_list("Gõ kết quả từ giấy", person, &list);
    page.wrong = !wrong.is_empty() || question.is_some();
    let status = page.status();
    let waiting = |state: &str| {
        read.answers
            .iter()
            .filter(|one| one.state == state)
            .map(|one| (one.row.number(), one.row.to_string()))
            .collect::<Vec<_>>()
    };
    let open: Vec<String> = waiting("").into_iter().map(|(_, code)| code).collect();
    let shown = show(&Key {
        page,
        wrong,
        count: read.count,
        answered: read.answered,
        first: waiting("first").len(),
        blind: read.blind,
        can_write: read.place.is_with_police(),
        place_label: read.place.label(),
        question: question
            .as_ref()
            .map(|one| one.sentence.clone())
            .unwrap_or_default(),
        can_confirm: question.is_some_and(|one| one.can_confirm),
        line,
        said,
        differs: waiting("differs"),
        more: open.len().saturating_sub(NAMED),
        todo: open.into_iter().take(NAMED).collect(),
        keys: super::keys(),
        request: read.request,
        list,
    });
    (status, shown).into_response()
}

/// The page.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
) -> Result<Response, Answer> {
    let read = state.act(&person, move |desk| read(desk, &list)).await?;
    Ok(page_of(
        &person,
        read,
        (Line::default(), None, String::new()),
        String::new(),
    ))
}

/// What became of a line, in words.
fn said(kept: &Kept) -> String {
    let Some(row) = kept.written.first() else {
        return String::new();
    };
    let label = Kind::from_word(row.kind).map_or("", Kind::label);
    match row.state {
        "holds" => format!("Dòng {}: đã ghi “{label}”.", row.row),
        "first" => format!(
            "Dòng {}: đã gõ lần một; người gõ lần hai không thấy kết quả này.",
            row.row
        ),
        "differs" => format!(
            "Dòng {}: hai lần gõ khác nhau, xem lại giấy rồi chọn ở dưới.",
            row.row
        ),
        _ => format!("Dòng {}: đã bỏ kết quả.", row.row),
    }
}

/// Writes a line down, or settles one of two.
pub async fn enter(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let text = |name: &str| part(&parts, name).trim().to_owned();
    let line = Line {
        row: text("row"),
        answer: text("answer"),
        value: text("value"),
        note: text("note"),
        why: text("why"),
    };
    let settles = text("do") == "settle";
    let request = text("request");
    let (own, typed) = (list.clone(), line.clone());
    let done = state
        .try_act(Some(&person), move |desk| {
            // What was brought on paper is keyed by who hands over; the police have a page of their own.
            gate(desk, &own)?;
            if !request.is_empty() {
                // The same form sent again is no second keying.
                desk.request = Some(request);
            }
            let kept = if settles {
                keying::settle(desk, &own, &typed, &typed.why)?
            } else {
                keying::key(desk, &own, Way::Paper, std::slice::from_ref(&typed))?
            };
            desk.request = None;
            Ok((read(desk, &own)?, kept))
        })
        .await;
    match done {
        Ok((read, kept)) => {
            let (line, said) = if kept.asked.is_empty() {
                (Line::default(), said(&kept))
            } else {
                (line, String::new())
            };
            Ok(page_of(
                &person,
                read,
                (line, Some(kept), said),
                String::new(),
            ))
        }
        Err(Failed::Refused(sentence)) => {
            let read = state.act(&person, move |desk| read(desk, &list)).await?;
            Ok(page_of(
                &person,
                read,
                (line, None, String::new()),
                on_page(&sentence),
            ))
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
