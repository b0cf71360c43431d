//! What goes back: a page, a redirect, or a refusal as a page that says what, where and what to do.
//!
//! In: a template or a failure. Out: a response that no cache keeps.

use super::{Page, Person};
use crate::act::register::Failed;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
/// A sentence of an act, as it stands alone on a page.
pub use treem_child::texts::capital;

/// A refusal as a page.
#[derive(Template)]
#[template(path = "refused.html")]
struct Refused {
    page: Page,
    sentence: String,
    advice: &'static str,
}

/// An answer that is not the page that was asked for.
pub struct Answer(Box<Response>);

impl Answer {
    /// What an act refused, or that something broke. What broke is written to standard error without anything of the request.
    pub fn of(failed: Failed, person: Option<&Person>) -> Self {
        match failed {
            Failed::Refused(sentence) => {
                Self::page(StatusCode::UNPROCESSABLE_ENTITY, person, &sentence, "")
            }
            Failed::Denied(sentence) => Self::page(
                StatusCode::FORBIDDEN,
                person,
                &sentence,
                "Nếu việc này thuộc phần việc của bạn, hãy đề nghị người quản trị cấp quyền.",
            ),
            Failed::Broken(error) => {
                eprintln!("treem serve: {error:#}");
                Self::page(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    person,
                    "Máy chủ gặp trục trặc, việc vừa rồi chưa được ghi.",
                    "Hãy thử lại sau ít phút; nếu vẫn vậy, hãy báo người quản trị xem nhật ký của máy chủ.",
                )
            }
        }
    }

    /// A failure in words, for tests.
    #[cfg(test)]
    pub fn said(failed: &Failed) -> String {
        match failed {
            Failed::Refused(sentence) | Failed::Denied(sentence) => sentence.clone(),
            Failed::Broken(error) => format!("{error:#}"),
        }
    }

    /// There is no such page, or nothing of that id in the person's area: the two look the same.
    pub fn not_found(person: Option<&Person>) -> Self {
        Self::page(
            StatusCode::NOT_FOUND,
            person,
            "Không có trang này.",
            "Có thể địa chỉ đã đổi, hoặc hồ sơ không thuộc địa bàn của bạn.",
        )
    }

    /// A sentence as a page.
    pub fn page(
        status: StatusCode,
        person: Option<&Person>,
        sentence: &str,
        advice: &'static str,
    ) -> Self {
        let mut page = Page::new("Chưa làm được", "", person);
        page.wrong = true;
        let sentence = capital(sentence);
        let shown = show(&Refused {
            page,
            sentence,
            advice,
        });
        Self(Box::new((status, shown).into_response()))
    }

    /// Goes elsewhere after something was done.
    pub fn to(address: &str) -> Response {
        Redirect::to(address).into_response()
    }
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// Shows a template.
pub fn show(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => ([(header::CACHE_CONTROL, "no-store")], Html(text)).into_response(),
        Err(error) => {
            eprintln!("treem serve: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
