//! `/api/v1`: the same acts as JSON, for other programs. Described by OpenAPI (`/api/v1/openapi.json`, `docs/openapi.json`).
//!
//! In: a token in `Authorization: Bearer …` that an administrator has made (`treem people token`), with roles over areas as a person has
//! them. Out: what an act came to, as JSON; a refusal is one Vietnamese sentence under `error`. A write may carry `Request-Id` (a UUID):
//! the same id is never done twice, the second answer says what the first did. Names, numbers and phones stand in no address.

pub mod children;
pub mod handover;
pub mod imports;
pub mod tables;
pub mod work;

use super::State;
use super::routes::{Door, Routes};
use crate::access::Grants;
use crate::act::access::{look, tokens};
use crate::act::register::{Desk, Done, Failed, repeated};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use treem_store::audit::Link;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{IntoResponses, Modify, OpenApi, ToSchema};

/// The header of a write that must not be done twice.
pub const REQUEST_ID: &str = "request-id";

/// The description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "treem",
        description = "Sổ theo dõi trẻ em: các việc của trang, dưới dạng JSON. Địa chỉ không bao giờ mang họ tên, số định danh hay số điện thoại.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        children::search,
        children::one,
        children::history,
        children::change,
        imports::list,
        imports::undo,
        imports::send,
        imports::job,
        work::today,
        work::lists,
        work::pairs,
        work::pair,
        work::answer,
        work::household,
        handover::lists,
        handover::one,
        handover::rows,
        handover::answer,
        tables::coverage,
        tables::movements,
        tables::headcounts,
        tables::missing,
    ),
    components(schemas(Refusal, Already)),
    security(("token" = [])),
    modifiers(&Token)
)]
pub struct Api;

struct Token;

impl Modify for Token {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        openapi
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The description as it is committed.
///
/// # Errors
/// It cannot be written as JSON.
pub fn description() -> Result<String, serde_json::Error> {
    Ok(format!(
        "{}\n",
        serde_json::to_string_pretty(&Api::openapi())?
    ))
}

/// The addresses of the API.
pub fn routes(routes: Routes) -> Routes {
    routes
        .at("/api/v1/openapi.json", Door::Anyone, get(describe))
        .at(
            "/api/v1/children/search",
            Door::Token,
            post(children::search),
        )
        .at("/api/v1/children/{id}", Door::Token, get(children::one))
        .at(
            "/api/v1/children/{id}/history",
            Door::Token,
            get(children::history),
        )
        .at(
            "/api/v1/children/{id}/changes",
            Door::Token,
            post(children::change),
        )
        .takes_files(
            "/api/v1/imports",
            Door::Token,
            get(imports::list).post(imports::send),
        )
        .at("/api/v1/imports/jobs/{job}", Door::Token, get(imports::job))
        .at("/api/v1/today", Door::Token, get(work::today))
        .at("/api/v1/lists", Door::Token, get(work::lists))
        .at("/api/v1/pairs", Door::Token, get(work::pairs))
        .at(
            "/api/v1/pairs/{key}",
            Door::Token,
            get(work::pair).post(work::answer),
        )
        .at("/api/v1/households", Door::Token, post(work::household))
        .at(
            "/api/v1/imports/{id}/undo",
            Door::Token,
            post(imports::undo),
        )
        .at("/api/v1/handover", Door::Token, get(handover::lists))
        .at("/api/v1/handover/{list}", Door::Token, get(handover::one))
        .at(
            "/api/v1/handover/{list}/rows",
            Door::Token,
            get(handover::rows),
        )
        .at(
            "/api/v1/handover/{list}/answers",
            Door::Token,
            post(handover::answer),
        )
        .at("/api/v1/coverage", Door::Token, get(tables::coverage))
        .at("/api/v1/movements", Door::Token, get(tables::movements))
        .at("/api/v1/headcounts", Door::Token, get(tables::headcounts))
        .at("/api/v1/missing", Door::Token, get(tables::missing))
}

async fn describe() -> Response {
    match description() {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Why nothing was done.
#[derive(Serialize, ToSchema)]
pub struct Refusal {
    /// One Vietnamese sentence: what, where, what to do.
    pub error: String,
}

/// What any address may refuse.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only described")]
pub enum Refusals {
    /// A parameter, field or day that cannot be read.
    #[response(status = 400)]
    Unusable(Refusal),
    /// No token, or one that has ended.
    #[response(status = 401)]
    Unknown(Refusal),
    /// Not allowed, or not of this area.
    #[response(status = 403)]
    Denied(Refusal),
    /// Too much at once.
    #[response(status = 413)]
    TooLarge(Refusal),
    /// The body is no JSON.
    #[response(status = 415)]
    NoJson(Refusal),
    /// There is no such record or import, nothing to do, or somebody was faster.
    #[response(status = 422)]
    Refused(Refusal),
    /// Too many requests in a moment.
    #[response(status = 429)]
    Slower(Refusal),
}

/// A write that had been done before under the same `Request-Id`.
#[derive(Serialize, ToSchema)]
pub struct Already {
    /// Always true.
    #[serde(rename = "already")]
    pub done: bool,
    /// The number of the act in the book's chain.
    pub act: i64,
    /// Its word.
    pub word: String,
    /// When it was done.
    pub at: String,
    /// The id it was about.
    pub subject: String,
    /// What it came to.
    pub detail: serde_json::Value,
}

impl Already {
    /// Of the link of the act.
    pub fn of(link: Link) -> Self {
        Self {
            done: true,
            act: link.seq,
            word: link.act,
            at: link.at,
            subject: link.subject,
            detail: serde_json::from_str(&link.detail).unwrap_or_default(),
        }
    }
}

/// A refusal with its status.
pub struct No(StatusCode, String);

impl No {
    /// What an act refused.
    pub fn of(failed: Failed) -> Self {
        match failed {
            Failed::Refused(sentence) => Self(StatusCode::UNPROCESSABLE_ENTITY, sentence),
            Failed::Denied(sentence) => Self(StatusCode::FORBIDDEN, sentence),
            Failed::Broken(error) => {
                eprintln!("treem serve: {error:#}");
                Self(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "máy chủ gặp trục trặc, việc vừa rồi chưa được ghi; hãy thử lại sau ít phút."
                        .to_owned(),
                )
            }
        }
    }

    /// The request cannot be used.
    pub fn unusable(sentence: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, sentence.into())
    }
}

impl From<Failed> for No {
    fn from(failed: Failed) -> Self {
        Self::of(failed)
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        (self.0, Json(Refusal { error: self.1 })).into_response()
    }
}

/// A program that asks.
#[derive(Clone, Debug)]
pub struct Application {
    /// What the administrator called it.
    name: String,
    grants: Grants,
    request: Option<String>,
}

impl Application {
    /// Whose token a request carries; `None`: nobody's.
    ///
    /// # Errors
    /// The register's.
    pub async fn of(state: &Arc<State>, headers: &HeaderMap) -> Done<Option<Self>> {
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|said| said.to_str().ok())
            .and_then(|said| said.strip_prefix("Bearer "));
        let Some(token) = bearer.map(str::to_owned) else {
            return Ok(None);
        };
        let request = headers
            .get(REQUEST_ID)
            .and_then(|said| said.to_str().ok())
            .map(str::to_lowercase);
        let found = state
            .try_act(None, move |desk| tokens::who(desk, &token))
            .await?;
        Ok(found.map(|(name, grants)| Self {
            name,
            grants,
            request,
        }))
    }

    /// Runs an act for the program.
    ///
    /// # Errors
    /// What the act refuses.
    pub async fn act<T: Send + 'static>(
        &self,
        state: &Arc<State>,
        work: impl FnOnce(&mut Desk) -> Done<T> + Send + 'static,
    ) -> Result<T, No> {
        let mut desk = self.desk(state);
        let under_way = state.acts.begin();
        let done = tokio::task::spawn_blocking(move || {
            let _until_done = under_way;
            let done = work(&mut desk);
            look::refusals(&mut desk)?;
            done
        });
        match done.await {
            Ok(done) => done.map_err(No::of),
            Err(_) => Err(No::of(Failed::Broken(anyhow::anyhow!(
                "an act was broken off"
            )))),
        }
    }

    /// Runs an act that writes: once for each `Request-Id`.
    ///
    /// # Errors
    /// What the act refuses; an id that is no UUID.
    pub async fn write<T: Serialize + Send + 'static>(
        &self,
        state: &Arc<State>,
        work: impl FnOnce(&mut Desk) -> Done<T> + Send + 'static,
    ) -> Result<Response, No> {
        let request = self.request()?;
        let done = self
            .act(state, move |desk| {
                if let Some(request) = request {
                    if let Some(link) = repeated(desk, &request)? {
                        return Ok(Err(link));
                    }
                    desk.request = Some(request);
                }
                work(desk).map(Ok)
            })
            .await?;
        Ok(match done {
            Ok(told) => Json(told).into_response(),
            Err(link) => Json(Already::of(link)).into_response(),
        })
    }

    /// The id of the request, where the program gave one.
    ///
    /// # Errors
    /// It is no UUID.
    pub fn request(&self) -> Result<Option<String>, No> {
        match &self.request {
            Some(request) if !is_uuid(request) => Err(No::unusable("Request-Id phải là một UUID.")),
            request => Ok(request.clone()),
        }
    }

    /// Whose works it watches: the token, not its name.
    pub fn holder(&self) -> &str {
        &self.grants.holder
    }

    /// A desk of this moment for the program.
    pub fn desk(&self, state: &Arc<State>) -> Desk {
        let mut desk = state.desk(None);
        desk.who = format!("ứng dụng {}", self.name);
        "token".clone_into(&mut desk.role);
        desk.grants = Some(self.grants.clone());
        desk
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

impl FromRequestParts<Arc<State>> for Application {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<State>) -> Result<Self, No> {
        let held = parts.extensions.get::<Self>().cloned();
        held.ok_or_else(unknown)
    }
}

/// No token, or one that is not known, has ended, or was ended.
pub fn unknown() -> No {
    No(
        StatusCode::UNAUTHORIZED,
        "cần mã ứng dụng còn hiệu lực trong Authorization: Bearer …; người quản trị lập mã bằng treem people token.".to_owned(),
    )
}

/// A JSON body; what cannot be read is refused in words.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = No;

    async fn from_request(request: Request, state: &S) -> Result<Self, No> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(No(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "nội dung phải là JSON (Content-Type: application/json).".to_owned(),
            )),
            Err(JsonRejection::BytesRejection(_)) => Err(No(
                StatusCode::PAYLOAD_TOO_LARGE,
                "nội dung quá lớn.".to_owned(),
            )),
            Err(_) => Err(No::unusable(
                "nội dung JSON không đúng như mô tả ở /api/v1/openapi.json.",
            )),
        }
    }
}

/// A query; what cannot be read is refused in words.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, No> {
        let read = axum_extra::extract::Query::<T>::from_request_parts(parts, state).await;
        read.map(|query| Self(query.0)).map_err(|_| {
            No::unusable("tham số trong địa chỉ không đúng như mô tả ở /api/v1/openapi.json.")
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_description_is_that_of_the_program() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
        let made = super::description().unwrap();
        // To write it anew: TREEM_OPENAPI=write cargo test -p treem openapi
        if option_env!("TREEM_OPENAPI") == Some("write") {
            std::fs::write(&path, &made).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == made,
            "docs/openapi.json is not that of this program: make openapi"
        );
    }
}
