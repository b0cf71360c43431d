//! `/import/{id}/run`: a work on its way; and `/import/{id}`: what the import came to.
//!
//! In: the intake. Out: the page, or only its part where it asks for that by itself; where the work is over, the way on.

use super::{Around, load, names, work};
use crate::access::Deed;
use crate::act::register::import::Imported;
use crate::act::register::intake::{self, Intake, steps};
use crate::act::register::pairs::look;
use crate::act::register::{Desk, Done};
use crate::jobs::End;
use crate::web::answer::{capital, show};
use crate::web::work::{Place, is_part, over, watch};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;
use treem_child::texts::grouped;

#[derive(Template)]
#[template(path = "import_ended.html")]
struct Ended {
    page: Page,
    id: String,
    names: String,
    sentence: String,
    stopped: bool,
}

#[derive(Template)]
#[template(path = "import_done.html")]
struct Imports {
    page: Page,
    names: String,
    told: Imported,
}

impl Imports {
    /// Rows of children who are known and of whom the row says nothing new.
    fn unchanged(&self) -> u64 {
        self.told.same.saturating_sub(self.told.changes)
    }
    /// Rows that wait for a person.
    fn waits(&self) -> u64 {
        self.told.perhaps.saturating_add(self.told.differing)
    }
}

/// The page.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Answer> {
    let intake = load(&state, &person, id).await?;
    let at = format!("/import/{}", intake.id);
    match state.jobs.view(&intake.id, &person.sign_in) {
        Some(view) if view.end.is_none() => {
            let place = Place {
                at,
                names: names(&intake),
                way: ("/import", "Nhập từ tệp"),
                back_again: "Mở lại ở trang Nhập từ tệp, mục Đang làm dở.",
            };
            Ok(watch(&person, place, view, &headers))
        }
        _ if is_part(&headers) => Ok(over(&format!("{at}/run"))),
        ended => {
            // It may have ended since the intake was read: what it has made is read anew.
            let intake = load(&state, &person, intake.id).await?;
            Ok(after(&person, &intake, ended.and_then(|view| view.end)))
        }
    }
}

/// The way on where a work is over.
fn after(person: &Person, intake: &Intake, end: Option<End>) -> Response {
    let (sentence, stopped) = match end {
        Some(End::Refused(sentence)) => (capital(&sentence), false),
        Some(End::Broken(what)) => {
            eprintln!("treem serve: {what}");
            (
                "Máy chủ gặp trục trặc; không có gì được ghi vào sổ.".to_owned(),
                false,
            )
        }
        Some(End::Stopped) => (
            "Đã dừng theo yêu cầu; không có gì được ghi vào sổ.".to_owned(),
            true,
        ),
        Some(End::Done) | None => return Answer::to(&next(intake)),
    };
    let mut page = Page::new("Chưa nhập", "/import", Some(person)).back("/import", "Nhập từ tệp");
    page.wrong = !stopped;
    show(&Ended {
        page,
        names: names(intake),
        id: intake.id.clone(),
        sentence,
        stopped,
    })
}

/// The step an intake is at.
fn next(intake: &Intake) -> String {
    let id = &intake.id;
    match (&intake.imported, &intake.tried, intake.is_read) {
        (Some(_), _, _) => format!("/import/{id}"),
        (None, Some(_), _) => format!("/import/{id}/preview"),
        (None, None, true) => format!("/import/{id}/columns"),
        (None, None, false) => "/import".to_owned(),
    }
}

/// Begins the import.
pub async fn begin(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let intake = load(&state, &person, id).await?;
    let at = format!("/import/{}/run", intake.id);
    if intake.imported.is_some() {
        return Ok(Answer::to(&next(&intake)));
    }
    if intake.tried.is_none() {
        return Ok(Answer::to(&format!("/import/{}/columns", intake.id)));
    }
    work(&state, &person, intake, "Nhập vào sổ", import_and_look);
    Ok(Answer::to(&at))
}

/// Imports; lists that went into an empty book as they stood are then looked through for children who stand there twice.
fn import_and_look(desk: &mut Desk, intake: &mut Intake, around: Around<'_>) -> Done<bool> {
    let Some(told) = steps::import(desk, intake, around)? else {
        return Ok(false);
    };
    if !told.linked && desk.must_somewhere(Deed::Merge).is_ok() {
        // The import is done, whatever becomes of this.
        let _ = look::save(desk, around)?;
    }
    Ok(true)
}

/// Asks the work to stop.
pub async fn stop(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let intake = load(&state, &person, id).await?;
    state.jobs.stop(&intake.id, &person.sign_in);
    Ok(Answer::to(&format!("/import/{}/run", intake.id)))
}

/// Throws the files away.
pub async fn discard(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let intake = load(&state, &person, id).await?;
    if state.jobs.is_on(&intake.id) {
        return Ok(Answer::to(&format!("/import/{}/run", intake.id)));
    }
    state
        .act(&person, move |desk| intake::discard(desk, &intake.id))
        .await?;
    Ok(Answer::to("/import"))
}

/// What the import came to; where it is not done, the step it is at.
pub async fn result(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let intake = load(&state, &person, id).await?;
    let Some(told) = intake.imported.clone() else {
        return Ok(Answer::to(&if state.jobs.is_on(&intake.id) {
            format!("/import/{}/run", intake.id)
        } else {
            next(&intake)
        }));
    };
    Ok(show(&Imports {
        page: Page::new("Đã nhập", "/import", Some(&person)).back("/import", "Nhập từ tệp"),
        names: names(&intake),
        told,
    }))
}
