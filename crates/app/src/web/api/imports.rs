//! Imports: which there are, and turning one back or forth again.
//!
//! In: ids of imports. Out: what `treem imports|undo` give.

use super::{Application, Body, No, Refusals};
use crate::act::check::{Silent, Stop};
use crate::act::register::undo as act;
use crate::web::State;
use axum::Json;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// All imports, the oldest first.
#[utoipa::path(get, path = "/api/v1/imports", tag = "imports", responses(
    (status = 200, description = "The imports", body = [act::Listed]), Refusals))]
pub async fn list(
    Of(state): Of<Arc<State>>,
    app: Application,
) -> Result<Json<Vec<act::Listed>>, No> {
    app.act(&state, |desk| act::list(desk)).await.map(Json)
}

/// Which way to turn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Do it again after it was undone.
    #[serde(default)]
    pub redo: bool,
    /// Do it; otherwise only what would be is said.
    #[serde(default)]
    pub yes: bool,
}

/// Undoes an import, or does it again.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", tag = "imports", request_body = Turn,
    params(("id" = String, Path, description = "Id of the import", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"), ("Request-Id" = Option<String>, Header, description = "UUID; the same is never done twice", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")), responses(
    (status = 200, description = "What it came to or would come to", body = act::Undone), Refusals))]
pub async fn undo(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(id): Path<String>,
    Body(turn): Body<Turn>,
) -> Result<Response, No> {
    let (redo, yes) = (turn.redo, turn.yes);
    let work = move |desk: &mut crate::act::register::Desk| {
        act::run(desk, &id, (redo, !yes), (&Silent, &Stop::default()))
    };
    if yes {
        return app.write(&state, work).await;
    }
    Ok(Json(app.act(&state, work).await?).into_response())
}
