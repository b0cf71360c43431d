//! A long work as it is watched: its page, and the part of it that asks for itself once a second; without scripts the page asks.
//!
//! In: how far the work is ([`View`]), where it lives. Out: the page or the part; or, for the part, the way on once the work is over.

use super::answer::{capital, show};
use super::{Page, Person};
use crate::jobs::View;
use crate::shown::span;
use askama::Template;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use treem_child::texts::grouped;

#[derive(Template)]
#[template(path = "work.html")]
struct Work {
    page: Page,
    at: String,
    names: String,
    back_again: &'static str,
    view: View,
}

#[derive(Template)]
#[template(path = "work_part.html")]
struct Part {
    at: String,
    view: View,
}

/// What a counter of a work is called.
fn counter(code: &str) -> &'static str {
    match code {
        "new" => "mới",
        "same" => "đã có",
        "changes" => "có thêm hoặc khác",
        "perhaps" => "chờ xác định",
        _ => "",
    }
}

/// Where a work lives, and what the person came from.
pub struct Place {
    /// Its address: `/run` shows it, `/stop` stops it.
    pub at: String,
    /// What it is about, as a heading.
    pub names: String,
    /// The way the page belongs to, and the name of that way.
    pub way: (&'static str, &'static str),
    /// How it is found again.
    pub back_again: &'static str,
}

/// Whether only the part is asked for.
pub fn is_part(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

/// The page of a work, or its part.
pub fn watch(person: &Person, place: Place, view: View, headers: &HeaderMap) -> Response {
    if is_part(headers) {
        return show(&Part { at: place.at, view });
    }
    let (way, name) = place.way;
    show(&Work {
        page: Page::new(&view.what, way, Some(person)).back(way, name),
        at: place.at,
        names: place.names,
        back_again: place.back_again,
        view,
    })
}

/// Asks the browser to open the page anew: the work is over.
pub fn over(at: &str) -> Response {
    let mut answer = StatusCode::NO_CONTENT.into_response();
    if let Ok(at) = HeaderValue::from_str(at) {
        let go = HeaderName::from_static("hx-redirect");
        answer.headers_mut().insert(go, at);
    }
    answer
}
