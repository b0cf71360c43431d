//! The headcounts behind a figure of the table: unit, day, source, who signed.
//!
//! In: unit, day, edition, as the address has them. Out: the page.

use crate::act::register::report::evenings::Evenings;
use crate::act::register::report::show::{self as act, Record};
use crate::web::answer::show;
use crate::web::{Answer, Page, Person, State, shown};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::normalise::unit;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    unit: String,
    edition: String,
    day: String,
}

#[derive(Template)]
#[template(path = "report_headcount.html")]
struct Headcount {
    page: Page,
    name: String,
    day: String,
    sum: String,
    records: Vec<Record>,
}

/// The page.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let edition = unit::edition(&asked.edition);
    let unit = edition.by_code(&asked.unit);
    let day = shown::read_day(&asked.day).unwrap_or_else(|| state.today());
    if unit.is_none() && !asked.unit.is_empty() {
        return Err(Answer::not_found(Some(&person)));
    }
    let told = state
        .act(&person, move |desk| {
            act::run(
                desk,
                &act::Asked {
                    as_of: day.to_string(),
                    edition,
                    unit,
                    level: None,
                    compare: None,
                },
                &Evenings::default(),
            )
        })
        .await?;
    let back = format!(
        "/report?edition={}&day={}",
        edition.from,
        shown::encoded(&shown::day(&day.to_string()))
    );
    Ok(show(&Headcount {
        page: Page::new("Số trẻ em hiện có", "/report", Some(&person)).back(&back, "Tiến độ"),
        name: told.total.name,
        day: shown::day(&day.to_string()),
        sum: told.total.headcount.map(shown::count).unwrap_or_default(),
        records: told.total.records,
    }))
}
