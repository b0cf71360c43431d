//! Numbers that more than one child has: those who have each, side by side, and what may be done.
//!
//! In: where the page begins (an id). Out: the page. Numbers are masked; who lives elsewhere is a claim without a name.

use super::super::answer::show;
use super::super::{Answer, Page, Person, State, shown};
use crate::act::register::disputes::{self, Holder, Shared};
use crate::act::register::pairs::words::file_name;
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: String,
}

#[derive(Template)]
#[template(path = "list_disputes.html")]
struct Disputes {
    page: Page,
    total: String,
    numbers: Vec<Shared>,
    next: Option<String>,
}

/// Where a number came from.
fn origin(one: &Holder) -> String {
    let day = shown::moment(&one.since);
    match &one.origin {
        Some((file, row)) => format!("{}, dòng {row}; từ {day}", file_name(file)),
        None => format!("từ {day}"),
    }
}

/// The page.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let mut told = state
        .act(&person, move |desk| {
            let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
            disputes::page(desk, after)
        })
        .await?;
    for one in told.numbers.iter_mut().flat_map(|one| &mut one.holders) {
        one.birth = shown::birth(&one.birth);
    }
    let page = Page::new("Số có hai trẻ cùng mang", "/list", Some(&person));
    Ok(show(&Disputes {
        page: page.back("/today", "Về việc hôm nay"),
        total: treem_child::texts::grouped(told.total as u64),
        numbers: told.numbers,
        next: told.next,
    }))
}
