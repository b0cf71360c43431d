//! *Tiến độ*: the table of progress, why units lag, when they will be done.
//!
//! In: unit, level, days, as the address has them. Out: the page.

pub mod when;
pub mod why;

use super::answer::show;
use super::{Answer, Page, Person, State, shown};
use crate::act::register::report::show as act;
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "report.html")]
struct Report {
    page: Page,
    day: String,
}

/// The page.
pub async fn show_page(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    let told = state
        .act(&person, |desk| {
            act::run(desk, &shown::today(&desk.now).to_string())
        })
        .await?;
    Ok(show(&Report {
        page: Page::new("Tiến độ", "/report", Some(&person)),
        day: shown::day(&told.as_of),
    }))
}
