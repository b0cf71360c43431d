//! `/duplicates/look`: looks through the book, as far as this person sees it, for records that may be one child.
//!
//! In: that it is asked for. Out: the page of the work; once it is over, the queue.

use crate::act::register::pairs::look;
use crate::jobs::End;
use crate::web::answer::capital;
use crate::web::work::{Place, is_part, over, watch};
use crate::web::{Answer, Person, State};
use axum::extract::State as Of;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// Where the work lives.
const AT: &str = "/duplicates/look";

/// One of each person at a time.
fn key(person: &Person) -> String {
    format!("look:{}", person.id)
}

/// Begins to look.
pub async fn begin(Of(state): Of<Arc<State>>, person: Person) -> Response {
    let mut desk = state.desk(Some(&person));
    state.jobs.start(
        &key(&person),
        &person.sign_in,
        "Tìm các cặp nghi trùng",
        Box::new(move |progress, stop| Ok(!look::save(&mut desk, (progress, stop))?.stopped)),
    );
    Answer::to(&format!("{AT}/run"))
}

/// How far it is.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Answer> {
    match state.jobs.view(&key(&person), &person.sign_in) {
        Some(view) if view.end.is_none() => {
            let place = Place {
                at: AT.to_owned(),
                names: String::new(),
                way: ("/duplicates", "Xử lý nghi trùng"),
                back_again: "Xong thì các cặp tìm được hiện ở trang Xử lý nghi trùng.",
            };
            Ok(watch(&person, place, view, &headers))
        }
        _ if is_part(&headers) => Ok(over(&format!("{AT}/run"))),
        ended => match ended.and_then(|view| view.end) {
            Some(End::Refused(sentence)) => Err(Answer::page(
                StatusCode::UNPROCESSABLE_ENTITY,
                Some(&person),
                &capital(&sentence),
                "",
            )),
            Some(End::Broken(what)) => {
                eprintln!("treem serve: {what}");
                Err(Answer::page(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    Some(&person),
                    "Máy chủ gặp trục trặc; hàng chờ như trước.",
                    "Hãy thử lại sau ít phút.",
                ))
            }
            Some(End::Done | End::Stopped) | None => Ok(Answer::to("/duplicates")),
        },
    }
}

/// Asks it to stop.
pub async fn stop(Of(state): Of<Arc<State>>, person: Person) -> Response {
    state.jobs.stop(&key(&person), &person.sign_in);
    Answer::to(&format!("{AT}/run"))
}
