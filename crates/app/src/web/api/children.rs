//! Children: search, a record, its history, a change.
//!
//! In: ids, or names and numbers in a body. Out: what `treem find`, `child show|history|edit` give.

use super::{Application, Body, No, Query, Refusals};
use crate::act::register::again::Typed;
use crate::act::register::{edit, fields, find, show};
use crate::web::State;
use axum::Json;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;
use utoipa::{IntoParams, ToSchema};

/// Whom to look for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// The beginning of a name, with or without marks; a number of twelve digits; a telephone.
    #[schema(min_length = 2, max_length = 200)]
    pub name: String,
}

/// Children by the beginning of their name, with or without marks; at most 50, those of the token's area.
#[utoipa::path(post, path = "/api/v1/children/search", tag = "children", request_body = Search, responses(
    (status = 200, description = "Whom was found", body = find::Found), Refusals))]
pub async fn search(
    Of(state): Of<Arc<State>>,
    app: Application,
    Body(asked): Body<Search>,
) -> Result<Json<find::Found>, No> {
    app.act(&state, move |desk| find::run(desk, &asked.name))
        .await
        .map(Json)
}

/// What of a record.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// With the sensitive fields; the look is written down.
    #[serde(default)]
    pub sensitive: bool,
    /// As it was at this moment (UTC).
    #[param(format = DateTime)]
    pub register_as_of: Option<String>,
}

/// A record, by its id.
#[utoipa::path(get, path = "/api/v1/children/{id}", tag = "children", params(("id" = String, Path, description = "Id of the record", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"), Which), responses(
    (status = 200, description = "The record", body = show::Shown), Refusals))]
pub async fn one(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<show::Shown>, No> {
    by_id(&id)?;
    app.act(&state, move |desk| {
        show::show(desk, &id, which.register_as_of.as_deref(), which.sensitive)
    })
    .await
    .map(Json)
}

/// Everything that happened to a record, the oldest first.
#[utoipa::path(get, path = "/api/v1/children/{id}/history", tag = "children", params(("id" = String, Path, description = "Id of the record", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")), responses(
    (status = 200, description = "What happened", body = [show::Happened]), Refusals))]
pub async fn history(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(id): Path<String>,
) -> Result<Json<Vec<show::Happened>>, No> {
    by_id(&id)?;
    app.act(&state, move |desk| show::history(desk, &id))
        .await
        .map(Json)
}

/// A change as it is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeAsked)]
pub struct Change {
    /// Fields as typed, by their codes (`name`, `birth`, `sex`, …) or Vietnamese names.
    pub fields: BTreeMap<String, String>,
    /// The version the change begins from: a record that was changed since is not written over.
    pub version: i64,
    /// Why.
    #[serde(default)]
    pub why: String,
    /// The day on which age is judged, `YYYY-MM-DD`.
    #[schema(format = Date)]
    pub as_of: String,
    /// Do it; otherwise only what would be is said.
    #[serde(default)]
    pub yes: bool,
}

/// Changes fields of a record, or says what would change.
#[utoipa::path(post, path = "/api/v1/children/{id}/changes", tag = "children", request_body = Change,
    params(("id" = String, Path, description = "Id of the record", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"), ("Request-Id" = Option<String>, Header, description = "UUID; the same is never done twice", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")), responses(
    (status = 200, description = "What changed or would change; or, for a Request-Id that was done before, what that act did", body = edit::Edited), Refusals))]
pub async fn change(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(id): Path<String>,
    Body(asked): Body<Change>,
) -> Result<Response, No> {
    by_id(&id)?;
    let typed = asked
        .fields
        .iter()
        .map(|(name, text)| {
            fields::by_name(name)
                .map(|field| (field, text.clone()))
                .ok_or_else(|| No::unusable(format!("không có trường “{name}”.")))
        })
        .collect::<Result<Vec<Typed>, _>>()?;
    let as_of = day(&asked.as_of)?;
    let asked = edit::Asked {
        child: id,
        typed,
        why: asked.why,
        version: Some(asked.version),
        as_of,
        yes: asked.yes,
    };
    if asked.yes {
        app.write(&state, move |desk| edit::run(desk, &asked)).await
    } else {
        let told = app.act(&state, move |desk| edit::run(desk, &asked)).await?;
        Ok(axum::response::IntoResponse::into_response(Json(told)))
    }
}

/// A day as it is written in the API.
pub fn day(text: &str) -> Result<PartialDate, No> {
    PartialDate::from_iso(text)
        .filter(|day| day.is_full())
        .ok_or_else(|| No::unusable("ngày phải viết YYYY-MM-DD."))
}

/// Records are named by id alone: an identity number may not stand in an address.
fn by_id(id: &str) -> Result<(), No> {
    if super::is_uuid(id) {
        Ok(())
    } else {
        Err(No::unusable(
            "mã hồ sơ phải là UUID; tìm theo họ tên thì dùng POST /api/v1/children/search.",
        ))
    }
}
