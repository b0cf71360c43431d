//! *Việc hôm nay*: where everybody begins.
//!
//! In: the person. Out: the page; without a person, the way to sign in.

use super::answer::show;
use super::{Answer, Page, Person};
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "today.html")]
struct Today {
    page: Page,
}

/// The first address: on to the day's work, or to the door.
pub async fn home(person: Option<Person>) -> Response {
    Answer::to(if person.is_some() {
        "/today"
    } else {
        "/sign-in"
    })
}

/// The page.
pub async fn show_page(person: Person) -> Response {
    show(&Today {
        page: Page::new("Việc hôm nay", "/today", Some(&person)),
    })
}
