//! Photos and scans beside the form.
//!
//! In: one file of a form; an id. Out: the form's page again, or bytes that a browser takes for a picture and for nothing else.

use super::super::{Answer, Person, State};
use crate::act::register::entry::{Household, drafts, papers};
use axum::extract::{Form, Multipart, Path, State as Of};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// Lays a paper beside a draft.
pub async fn add(
    Of(state): Of<Arc<State>>,
    person: Person,
    mut form: Multipart,
) -> Result<Response, Answer> {
    let unread = |person: &Person| {
        Answer::page(
            StatusCode::UNPROCESSABLE_ENTITY,
            Some(person),
            "Không nhận được ảnh này.",
            "Ảnh phải là JPEG, PNG hoặc WebP, không quá 10 MB. Hãy quay lại và chọn ảnh khác; những gì đã gõ vẫn còn.",
        )
    };
    let (mut draft, mut file) = (String::new(), None);
    while let Some(field) = form.next_field().await.map_err(|_| unread(&person))? {
        if field.name() == Some("draft") {
            draft = field.text().await.map_err(|_| unread(&person))?;
        } else if field.name() == Some("paper") {
            let name = field.file_name().unwrap_or("").to_owned();
            let bytes = field.bytes().await.map_err(|_| unread(&person))?;
            file = Some((name, bytes));
        }
    }
    let Some((name, bytes)) = file.filter(|_| drafts::is_id(&draft)) else {
        return Err(unread(&person));
    };
    let to = format!("/entry/draft/{draft}");
    state
        .act(&person, move |desk| {
            // Without scripts the paper may come before anything was kept.
            if drafts::open(desk, &draft).is_err() {
                drafts::keep(desk, (&draft, 0), "", &Household::default())?;
            }
            papers::add(desk, &draft, (&name, &bytes))
        })
        .await?;
    Ok(Answer::to(&to))
}

/// Which paper of which draft.
#[derive(serde::Deserialize)]
pub struct Which {
    draft: String,
    paper: String,
}

/// Takes a paper away.
pub async fn drop(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(which): Form<Which>,
) -> Result<Response, Answer> {
    let to = format!("/entry/draft/{}", which.draft);
    let known = drafts::is_id(&which.draft);
    state
        .act(&person, move |desk| {
            papers::drop(desk, &which.draft, &which.paper)
        })
        .await?;
    Ok(Answer::to(if known { &to } else { "/entry" }))
}

/// A paper.
pub async fn see(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(paper): Path<String>,
) -> Result<Response, Answer> {
    let (kept, content) = state
        .act(&person, move |desk| papers::look(desk, &paper))
        .await?;
    let mut response = content.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&kept.kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("inline"),
    );
    Ok(response)
}
