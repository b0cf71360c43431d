//! `/import/{id}/columns`: what was found in the files and how each column is read; a person says where it is read wrongly.
//!
//! In: choices by column. Out: the page; after a change, or on the way to the preview, a job.

use super::{Around, load, names, work};
use crate::act::register::intake::columns::{self, Said};
use crate::act::register::intake::seen::{Column, File, Seen, Table};
use crate::act::register::intake::{Intake, steps};
use crate::act::register::{Desk, Done, Failed};
use crate::web::answer::{capital, show};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use treem_child::field::Field;
use treem_child::texts::grouped;

#[derive(Template)]
#[template(path = "import_columns.html")]
struct Columns {
    page: Page,
    wrong: String,
    id: String,
    names: String,
    seen: Seen,
    first: Vec<Vec<(&'static str, String)>>,
    fields: Vec<(&'static str, &'static str)>,
}

impl Columns {
    /// Tables of one shape once, numbered.
    fn tables(&self) -> impl Iterator<Item = (usize, &Table)> {
        self.seen.shapes().into_iter().enumerate()
    }

    /// Files that could not be used.
    fn refused(&self) -> impl Iterator<Item = &File> {
        self.seen.files.iter().filter(|file| file.error.is_some())
    }
}

/// How sure it is that a column is read rightly.
fn sure(column: &Column) -> (&'static str, &'static str) {
    match column.certainty {
        _ if column.field.is_empty() => ("không dùng", "govuk-tag--grey"),
        certainty if certainty >= 0.9 => ("chắc", "govuk-tag--green"),
        certainty if certainty >= 0.5 => ("khá chắc", "govuk-tag--blue"),
        _ => ("cần xem lại", "govuk-tag--orange"),
    }
}

/// The page.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let intake = load(&state, &person, id).await?;
    if state.jobs.is_on(&intake.id) {
        return Ok(Answer::to(&format!("/import/{}/run", intake.id)));
    }
    page(&state, &person, intake, (&[], String::new())).await
}

async fn page(
    state: &Arc<State>,
    person: &Person,
    intake: Intake,
    (said, wrong): (&[Said], String),
) -> Result<Response, Answer> {
    let kept = intake.clone();
    let (mut seen, first) = state
        .act(person, move |desk| {
            let seen = steps::seen(desk, &kept)?;
            let first = if seen.children > 0 {
                steps::first(desk, &kept)?
            } else {
                Vec::new()
            };
            Ok((seen, first))
        })
        .await?;
    seen.say(said);
    let mut page =
        Page::new("Các cột của tệp", "/import", Some(person)).back("/import", "Nhập từ tệp");
    page.wrong = !wrong.is_empty();
    let status = page.status();
    let shown = show(&Columns {
        page,
        wrong,
        names: names(&intake),
        id: intake.id,
        seen,
        first,
        fields: Field::ALL
            .iter()
            .map(|field| (field.code(), field.label()))
            .collect(),
    });
    Ok((status, shown).into_response())
}

/// Takes the choices; on to the preview, or back to look again where `look` was pressed.
pub async fn change(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Answer> {
    let intake = load(&state, &person, id).await?;
    let at = format!("/import/{}/run", intake.id);
    if state.jobs.is_on(&intake.id) {
        return Ok(Answer::to(&at));
    }
    let said: Vec<Said> = typed
        .iter()
        .filter_map(|(name, field)| said(name, field))
        .collect();
    let looks = typed.iter().any(|(name, _)| name == "look");
    let (mut changing, chosen) = (intake.clone(), said.clone());
    let changed = state
        .try_act(Some(&person), move |desk| {
            columns::set(desk, &mut changing, &chosen)?;
            Ok(changing)
        })
        .await;
    let intake = match changed {
        Ok(intake) => intake,
        Err(Failed::Refused(sentence)) => {
            return page(&state, &person, intake, (&said, capital(&sentence))).await;
        }
        Err(failed) => return Err(Answer::of(failed, Some(&person))),
    };
    if looks && intake.is_read {
        return Ok(Answer::to(&format!("/import/{}/columns", intake.id)));
    }
    let what = if looks {
        "Đọc lại tệp"
    } else {
        "Tính thử"
    };
    work(
        &state,
        &person,
        intake,
        what,
        move |desk, intake, around| again(desk, intake, looks, around),
    );
    Ok(Answer::to(&at))
}

/// Reads again what has to be, then tries the import out.
fn again(desk: &mut Desk, intake: &mut Intake, looks: bool, around: Around<'_>) -> Done<bool> {
    if !intake.is_read && !steps::read(desk, intake, around)? {
        return Ok(false);
    }
    if looks {
        return Ok(true);
    }
    Ok(steps::preview(desk, intake, around)?.is_some())
}

/// A choice of the form: `c:SHAPE:LETTERS`.
fn said(name: &str, field: &str) -> Option<Said> {
    let (shape, letters) = name.strip_prefix("c:")?.split_once(':')?;
    Some(Said {
        shape: shape.to_owned(),
        letters: letters.to_owned(),
        field: field.to_owned(),
    })
}
