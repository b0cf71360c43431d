//! Lists of the hand-over: where each is, its rows as they were closed, answers of the police.
//!
//! In: codes of lists, answers by row. Out: what `treem handover list|show|answers|answer` give. The token's role says whether it answers for the police.

use super::{Application, Body, No, Query, Refusals};
use crate::act::register::handover::keying::{self, Line};
use crate::act::register::handover::{frozen, show};
use crate::limits;
use crate::web::State;
use axum::Json;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use treem_child::handover::step::Way;
use utoipa::{IntoParams, ToSchema};

/// Which lists.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Only those that are late.
    #[serde(default)]
    pub late: bool,
    /// Those that have ended, too.
    #[serde(default)]
    pub ended: bool,
}

/// Lists of the token's area, those that have stood longest first.
#[utoipa::path(get, path = "/api/v1/handover", tag = "handover", params(Which), responses(
    (status = 200, description = "The lists, as `treem handover list --json`", body = Value), Refusals))]
pub async fn lists(
    Of(state): Of<Arc<State>>,
    app: Application,
    Query(which): Query<Which>,
) -> Result<Json<Value>, No> {
    app.act(&state, move |desk| {
        let lists = show::list(
            desk,
            &show::Asked {
                late: which.late,
                ended: which.ended,
                ..show::Asked::default()
            },
        )?;
        Ok(Json(serde_json::to_value(lists).unwrap_or_default()))
    })
    .await
}

/// A list: where it is, who holds it, its steps, how its rows stand.
#[utoipa::path(get, path = "/api/v1/handover/{list}", tag = "handover",
    params(("list" = String, Path, description = "Code of the list", pattern = "^[1-8][0-9]{4}-[0-9]$")), responses(
    (status = 200, description = "The list, as `treem handover show --json`", body = Value), Refusals))]
pub async fn one(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(list): Path<String>,
) -> Result<Json<Value>, No> {
    app.act(&state, move |desk| {
        let shown = show::show(desk, &list)?;
        Ok(Json(serde_json::to_value(shown).unwrap_or_default()))
    })
    .await
}

/// The rows of a closed list as they were sealed, and the answers that hold.
#[utoipa::path(get, path = "/api/v1/handover/{list}/rows", tag = "handover",
    params(("list" = String, Path, description = "Code of the list", pattern = "^[1-8][0-9]{4}-[0-9]$")), responses(
    (status = 200, description = "Seal, rows, answers", body = Value), Refusals))]
pub async fn rows(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(list): Path<String>,
) -> Result<Json<Value>, No> {
    app.act(&state, move |desk| {
        // Answers first: of a list that is not closed there are none, and nothing is shown of it.
        let answers = keying::answers(desk, &list)?;
        let paper = frozen::paper(desk, &list)?;
        Ok(Json(serde_json::json!({
            "list": paper.held.code,
            "seal": paper.seal.map(treem_child::handover::seal::Digest::hex),
            "rows": paper.rows,
            "answers": answers,
        })))
    })
    .await
}

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Answer)]
pub struct Given {
    /// Code of the row, or its number within the list.
    #[schema(min_length = 1, max_length = 20)]
    pub row: String,
    /// Word of the answer: `agrees`, `number-given`, `differs`, `not-found`, `number-on-another`, `moved-away`, `died`, `not-resident`,
    /// `birth-not-registered`, `number-changed`, `not-citizen`; `-` takes the answer of the row away.
    #[schema(max_length = 60)]
    pub answer: String,
    /// The number, or what the population database says (`Họ tên: …; Ngày sinh: …`), where to, on which day.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub value: String,
    /// A note.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: String,
    /// Why it is right although something speaks against it.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub why: String,
}

/// Answers of rows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The answers; each row stands for itself.
    #[schema(min_items = 1, max_items = 5000)]
    pub answers: Vec<Given>,
}

/// Writes answers down. What disagrees with the record or with other children is asked about (`asked`) and not written until a reason is given.
#[utoipa::path(post, path = "/api/v1/handover/{list}/answers", tag = "handover", request_body = Answers,
    params(("list" = String, Path, description = "Code of the list", pattern = "^[1-8][0-9]{4}-[0-9]$"), ("Request-Id" = Option<String>, Header, description = "UUID; the same is never done twice", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")), responses(
    (status = 200, description = "What was written and what is asked, as `treem handover answer --json`", body = Value), Refusals))]
pub async fn answer(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(list): Path<String>,
    Body(typed): Body<Answers>,
) -> Result<Response, No> {
    let most = limits::FIX_ROWS;
    if typed.answers.is_empty() || typed.answers.len() > most {
        return Err(No::unusable(format!(
            "mỗi lượt gửi từ 1 đến {most} kết quả."
        )));
    }
    let lines: Vec<Line> = typed
        .answers
        .into_iter()
        .map(|one| Line {
            row: one.row,
            answer: one.answer,
            value: one.value,
            note: one.note,
            why: one.why,
        })
        .collect();
    app.write(&state, move |desk| {
        super::super::handover::answer::must(desk, &list)?;
        keying::key(desk, &list, Way::Portal, &lines)
    })
    .await
}
