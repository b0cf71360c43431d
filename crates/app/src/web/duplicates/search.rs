//! `/duplicates/look`: looks through the book, as far as this person sees it, for records that may be one child.
//!
//! In: that it is asked for. Out: the page of the work; once it is over, the queue.

use crate::act::register::pairs::look;
use crate::web::long::Long;
use crate::web::{Answer, Person, State};
use axum::extract::State as Of;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

/// One of each person at a time.
fn long(person: &Person) -> Long {
    Long {
        key: format!("look:{}", person.id),
        at: "/duplicates/look".to_owned(),
        way: ("/duplicates", "Xử lý nghi trùng"),
        back_again: "Xong thì các cặp tìm được hiện ở trang Xử lý nghi trùng.",
        broke: "Máy chủ gặp trục trặc; hàng chờ như trước.",
    }
}

/// Begins to look.
pub async fn begin(Of(state): Of<Arc<State>>, person: Person) -> Response {
    long(&person).begin(
        &state,
        &person,
        "Tìm các cặp nghi trùng",
        |desk, around| Ok((!look::save(desk, around)?.stopped, String::new())),
    )
}

/// How far it is.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Answer> {
    long(&person).told(&state, &person, &headers)?;
    Ok(Answer::to("/duplicates"))
}

/// Asks it to stop.
pub async fn stop(Of(state): Of<Arc<State>>, person: Person) -> Response {
    long(&person).stop(&state, &person)
}
