//! Moves that wait for an answer, to and from the units of a person.
//!
//! In: the side. Out: the page; each move is answered at the child.

use super::super::answer::show;
use super::super::{Answer, Page, Person, State, shown};
use crate::act::register::moves::{self, Moved};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use std::sync::Arc;
use treem_store::moves::PROPOSED;

#[derive(Template)]
#[template(path = "list_moves.html")]
struct Moves {
    page: Page,
    moves: Vec<Moved>,
}

/// The page.
pub async fn page(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    let mut told = state
        .act(&person, |desk| moves::list(desk, None, Some(PROPOSED)))
        .await?
        .moves;
    for one in &mut told {
        one.day = shown::day(&one.day);
        one.proposed_at = shown::moment(&one.proposed_at);
    }
    let page = Page::new("Đề nghị chuyển chờ trả lời", "/list", Some(&person));
    Ok(show(&Moves {
        page: page.back("/today", "Về việc hôm nay"),
        moves: told,
    }))
}
