//! Moves that wait for an answer, to and from the units of a person.
//!
//! In: the person. Out: the page; who is to receive the child answers here, the record is not theirs yet.

use super::super::answer::show;
use super::super::{Answer, Page, Person, State, shown};
use crate::act::register::arrivals::{self, Arrival};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "list_moves.html")]
struct Moves {
    page: Page,
    moves: Vec<Arrival>,
}

/// The page.
pub async fn page(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    let mut told = state.act(&person, arrivals::run).await?;
    for one in &mut told {
        one.birth = shown::birth(&one.birth);
        one.moved.day = shown::day(&one.moved.day);
        one.moved.proposed_at = shown::moment(&one.moved.proposed_at);
    }
    let page = Page::new("Đề nghị chuyển chờ trả lời", "/list", Some(&person));
    Ok(show(&Moves {
        page: page.back("/today", "Về việc hôm nay"),
        moves: told,
    }))
}
