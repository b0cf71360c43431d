//! `/imports`: all lists that were imported, by whom, what waits of them; one undone or done again, after it was said what that would do.
//!
//! In: which import. Out: pages.

use crate::access::Deed;
use crate::act::check::{Silent, Stop};
use crate::act::register::pairs::words::file_name;
use crate::act::register::undo::{self, Listed, Undone};
use crate::shown::moment;
use crate::web::answer::show;
use crate::web::long::Long;
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::http::HeaderMap;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::texts::grouped;

/// An import of the list.
struct Line {
    id: String,
    at: String,
    who: String,
    files: String,
    rows: String,
    new: i64,
    waits: i64,
    holds: bool,
}

#[derive(Template)]
#[template(path = "imports.html")]
struct Imports {
    page: Page,
    lines: Vec<Line>,
    may_undo: bool,
}

#[derive(Template)]
#[template(path = "import_undo.html")]
struct Undo {
    page: Page,
    told: Undone,
    /// It would be done again.
    again: bool,
}

/// What was just done.
#[derive(Deserialize)]
pub struct Said {
    said: Option<String>,
}

/// The list, the latest first.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(said): Query<Said>,
) -> Result<Response, Answer> {
    let listed = state.act(&person, |desk| undo::list(desk)).await?;
    let said = match said.said.as_deref() {
        Some("undone") => Some("Đã hủy lượt nhập.".to_owned()),
        Some("applied") => Some("Đã nhập lại.".to_owned()),
        Some("stopped") => Some("Đã dừng theo yêu cầu; sổ như trước.".to_owned()),
        _ => None,
    };
    let page = Page::new("Các lượt đã nhập", "/import", Some(&person))
        .back("/import", "Nhập từ tệp")
        .said(said);
    Ok(show(&Imports {
        page,
        lines: listed.into_iter().rev().map(line).collect(),
        may_undo: person.may(Deed::Undo),
    }))
}

fn line(one: Listed) -> Line {
    let files: Vec<&str> = one
        .files
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|file| file.get("file")?.as_str())
        .collect();
    Line {
        at: moment(&one.at),
        files: match files.as_slice() {
            [] => String::new(),
            [file] => file_name(file).to_owned(),
            [first, rest @ ..] => format!("{} và {} tệp khác", file_name(first), rest.len()),
        },
        rows: grouped(one.rows.unsigned_abs()),
        new: one.decisions.get("new").copied().unwrap_or(0),
        waits: one.waits,
        holds: one.state == "applied",
        who: one.who,
        id: one.import,
    }
}

/// What undoing it, or doing it again, would do.
pub async fn ask(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(import): Path<String>,
) -> Result<Response, Answer> {
    let (told, again) = state
        .act(&person, move |desk| {
            let listed = undo::list(desk)?;
            let again = listed
                .iter()
                .any(|one| one.import == import && one.state != "applied");
            let told = undo::run(desk, &import, (again, true), (&Silent, &Stop::default()))?;
            Ok((told, again))
        })
        .await?;
    let title = if again {
        "Nhập lại lượt đã hủy"
    } else {
        "Hủy lượt nhập"
    };
    Ok(show(&Undo {
        page: Page::new(title, "/import", Some(&person)).back("/imports", "Các lượt đã nhập"),
        told,
        again,
    }))
}

fn long(import: &str) -> Long {
    Long {
        key: format!("undo:{import}"),
        at: format!("/imports/{import}"),
        way: ("/imports", "Các lượt đã nhập"),
        back_again: "Xong thì xem kết quả ở trang Các lượt đã nhập.",
        broke: "Máy chủ gặp trục trặc; sổ như trước, không có gì bị hủy hay nhập lại.",
    }
}

/// Undoes it.
pub async fn undo(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(import): Path<String>,
) -> Response {
    turn(&state, &person, import, false)
}

/// Does it again.
pub async fn again(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(import): Path<String>,
) -> Response {
    turn(&state, &person, import, true)
}

fn turn(state: &Arc<State>, person: &Person, import: String, again: bool) -> Response {
    let what = if again {
        "Nhập lại lượt đã hủy"
    } else {
        "Hủy lượt nhập"
    };
    long(&import).begin(state, person, what, move |desk, around| {
        let told = undo::run(desk, &import, (again, false), around)?;
        Ok((!told.stopped, told.state))
    })
}

/// How far it is; once it is over, the list.
pub async fn run(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(import): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Answer> {
    let told = long(&import).told(&state, &person, &headers)?;
    let said = told.unwrap_or_else(|| "stopped".to_owned());
    Ok(Answer::to(&format!("/imports?said={said}")))
}

/// Asks it to stop.
pub async fn stop(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(import): Path<String>,
) -> Response {
    long(&import).stop(&state, &person)
}
