//! `/find`: children by the beginning of a name, a number, a telephone; by a form, so that none of it is ever in an address.
//!
//! In: what was typed. Out: those of the person's area.

use super::answer::{capital, show};
use super::list::fix::{Parts, one};
use super::{Answer, Page, Person, State, shown};
use crate::act::register::Failed;
use crate::act::register::find::{self, One};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Form;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "find.html")]
struct Find {
    page: Page,
    text: String,
    error: String,
    asked: bool,
    found: Vec<One>,
    more: bool,
}

/// The form alone.
pub async fn ask(person: Person) -> Response {
    show(&Find {
        page: Page::new("Tìm trẻ em", "", Some(&person)),
        text: String::new(),
        error: String::new(),
        asked: false,
        found: Vec::new(),
        more: false,
    })
}

/// Who was found.
pub async fn find(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let text = one(&parts, "what").trim().to_owned();
    let own = text.clone();
    let found = state
        .try_act(Some(&person), move |desk| find::run(desk, &own))
        .await;
    let mut page = Find {
        page: Page::new("Tìm trẻ em", "", Some(&person)),
        text,
        error: String::new(),
        asked: true,
        found: Vec::new(),
        more: false,
    };
    match found {
        Ok(found) => {
            page.found = found.children;
            page.more = found.more;
            for one in &mut page.found {
                one.birth = shown::birth(&one.birth);
            }
        }
        Err(Failed::Refused(sentence)) => {
            page.error = capital(&sentence);
            page.page.wrong = true;
        }
        Err(failed) => return Err(Answer::of(failed, Some(&person))),
    }
    Ok(show(&page))
}
