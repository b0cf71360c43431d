//! What others have to do before a row is settled: births for civil status, numbers for the police; each with its deadline and what came of it.
//!
//! In: a kind, a state; what came of a task. Out: the page.

use super::super::answer::show;
use super::super::list::fix::one as part;
use super::{NAME, Parts, WAY, on_page, shown};
use crate::access::Deed;
use crate::act::register::Failed;
use crate::act::register::handover::tasks::{self, Shown};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use std::sync::Arc;

/// Which tasks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    kind: String,
    all: String,
    told: String,
}

#[derive(Template)]
#[template(path = "handover_tasks.html")]
struct Waiting {
    page: Page,
    wrong: String,
    tasks: Vec<Shown>,
    kind: String,
    all: bool,
    may: bool,
}

async fn page_of(
    state: &Arc<State>,
    person: &Person,
    asked: Asked,
    (said, wrong): (Option<String>, String),
) -> Result<Response, Answer> {
    let own = asked.clone();
    let mut tasks = state
        .act(person, move |desk| {
            let today = shown::date_of(&desk.now).unwrap_or_default();
            let kind = Some(own.kind.as_str()).filter(|kind| !kind.is_empty());
            let only = own.all.is_empty().then_some("open");
            tasks::list(desk, (kind, only), today)
        })
        .await?;
    for task in &mut tasks {
        task.at = shown::moment(&task.at);
        task.due = task.due.as_deref().map(shown::day);
    }
    let mut page = Page::new("Việc sau đối chiếu", WAY, Some(person))
        .back(WAY, NAME)
        .said(said);
    page.wrong = !wrong.is_empty();
    let status = page.status();
    let shown = show(&Waiting {
        page,
        wrong,
        tasks,
        kind: asked.kind,
        all: !asked.all.is_empty(),
        may: person.may(Deed::HandOver),
    });
    Ok((status, shown).into_response())
}

/// The page.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let said = (asked.told == "done").then(|| "Đã ghi kết quả của việc.".to_owned());
    page_of(&state, &person, asked, (said, String::new())).await
}

/// A task is done, or withdrawn.
pub async fn finish(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(task): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let result = part(&parts, "result").trim().to_owned();
    let withdrawn = part(&parts, "do") == "withdraw";
    let done = state
        .try_act(Some(&person), move |desk| {
            let today = shown::date_of(&desk.now).unwrap_or_default();
            tasks::finish(desk, (&task, &result, withdrawn), today).map(|_| ())
        })
        .await;
    match done {
        Ok(()) => Ok(Answer::to("/handover/tasks?told=done")),
        Err(Failed::Refused(sentence)) => {
            let wrong = on_page(&sentence);
            page_of(&state, &person, Asked::default(), (None, wrong)).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
