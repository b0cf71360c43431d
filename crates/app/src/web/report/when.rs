//! *Khi nào xong*.
//!
//! In: unit and day, as the address has them. Out: the page.

use crate::act::register::report::when as act;
use crate::web::answer::show;
use crate::web::{Answer, Page, Person, State, shown};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "report_when.html")]
struct When {
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
    Ok(show(&When {
        page: Page::new("Khi nào xong", "/report", Some(&person)).back("/report", "Tiến độ"),
        day: shown::day(&told.as_of),
    }))
}
