//! Imports: which there are, turning one back or forth again, and importing lists as a work that is asked about.
//!
//! In: ids of imports; files. Out: what `treem imports|undo|import` give.

use super::{Application, Body, No, Refusals};
use crate::access::Deed;
use crate::act::access::look;
use crate::act::check::{Silent, Stop};
use crate::act::register::import::Imported;
use crate::act::register::intake::receive::{self, About};
use crate::act::register::intake::{self, Intake, steps};
use crate::act::register::{Desk, Done, Failed, repeated, undo as act};
use crate::jobs::{End, View};
use crate::web::State;
use crate::web::import::take;
use crate::web::long::Around;
use axum::Json;
use axum::extract::{FromRequest as _, Multipart, Path, Request, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use treem_child::normalise::unit::edition;
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

/// Files to import.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
pub struct Upload {
    /// Lists: xlsx, xls, xlsb, ods, docx, csv, txt.
    #[schema(format = Binary)]
    files: Vec<String>,
    /// The day on which age is judged, `YYYY-MM-DD`; today where nothing is said.
    as_of: Option<String>,
    /// Code of the commune of rows that name none.
    unit: Option<String>,
}

/// An import under way.
#[derive(Serialize, ToSchema)]
pub struct Job {
    /// Its id: `GET /api/v1/imports/jobs/{job}`.
    #[serde(rename = "job")]
    pub id: String,
    /// `waits`, `runs`, `done`, `refused`, `broken`.
    pub state: &'static str,
    /// What is being done now.
    pub step: String,
    /// So much of it.
    pub done: u64,
    /// Of so much; 0 where that is not known.
    pub of: u64,
    /// Why nothing was imported; one Vietnamese sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub error: String,
    /// What it came to, as `treem import --json`.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub imported: Value,
}

fn told(job: String, view: View) -> Job {
    let (state, error) = match view.end {
        None if view.before.is_some() => ("waits", String::new()),
        None => ("runs", String::new()),
        Some(End::Done) => ("done", String::new()),
        Some(End::Refused(sentence)) => ("refused", sentence),
        Some(End::Stopped) => (
            "refused",
            "đã dừng; không có gì được ghi vào sổ.".to_owned(),
        ),
        Some(End::Broken(what)) => {
            eprintln!("treem serve: {what}");
            (
                "broken",
                "máy chủ gặp trục trặc; không có gì được ghi vào sổ.".to_owned(),
            )
        }
    };
    Job {
        id: job,
        state,
        step: view.step,
        done: view.done,
        of: view.of,
        error,
        imported: serde_json::from_str(&view.told).unwrap_or_default(),
    }
}

/// Begins to import lists; the same `Request-Id` is imported once.
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports",
    request_body(content = Upload, content_type = "multipart/form-data"),
    params(("Request-Id" = Option<String>, Header, description = "UUID; the same is never done twice", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")), responses(
    (status = 202, description = "It is under way", body = Job),
    (status = 200, description = "It was imported before under this Request-Id", body = super::Already), Refusals))]
pub async fn send(
    Of(state): Of<Arc<State>>,
    app: Application,
    request: Request,
) -> Result<Response, No> {
    let id = app.request()?;
    let owner = app.holder().to_owned();
    if let Some(id) = &id {
        if let Some(view) = state.jobs.view(&key(&owner, id), &owner) {
            return Ok((StatusCode::ACCEPTED, Json(told(id.clone(), view))).into_response());
        }
        let asked = id.clone();
        let done = app.act(&state, move |desk| repeated(desk, &asked)).await?;
        if let Some(link) = done {
            return Ok(Json(super::Already::of(link)).into_response());
        }
    }
    let mut parts = Multipart::from_request(request, &state)
        .await
        .map_err(|_| No::unusable("nội dung phải là multipart/form-data có tệp ở trường files."))?;
    let mut receiving = app
        .act(&state, |desk| {
            desk.must_somewhere(Deed::Import)?;
            receive::begin(desk)
        })
        .await?;
    let typed = take(&mut receiving, &mut parts).await?;
    let as_of = match typed.as_of.trim() {
        "" => state.today(),
        text => super::children::day(text)?,
    };
    let (job, mut intake) = app
        .act(&state, move |desk| {
            let day = as_of.to_string();
            let edition = edition(&day);
            let area = desk.area(Deed::Import);
            let unit = Some(typed.unit).filter(|code| !code.is_empty());
            if let Some(code) = &unit
                && (edition.by_code(code).is_none() || !area.holds(edition.from, Some(code)))
            {
                desk.must(Deed::Import, edition.from, Some(code))?;
                return Err(Failed::Refused(format!("không có đơn vị mang mã {code}.")));
            }
            let about = About {
                edition: day.clone(),
                as_of: day,
                unit,
            };
            let intake = receiving.finish(desk, about)?;
            Ok((id.unwrap_or_else(|| intake.id.clone()), intake))
        })
        .await?;
    let mut desk = app.desk(&state);
    desk.request = Some(job.clone());
    let (jobs, at) = (state.jobs.clone(), key(&owner, &job));
    let own = at.clone();
    state.jobs.start(
        &at,
        &owner,
        "Nhập từ tệp",
        Box::new(move |progress, stop| {
            let around: Around<'_> = (progress, stop);
            let done = both(&mut desk, &mut intake, around);
            look::refusals(&mut desk)?;
            // What was sent is not kept: what it came to is.
            let _ = intake::discard(&desk, &intake.id);
            let Some(imported) = done? else {
                return Ok(false);
            };
            let text = serde_json::to_string(&imported).map_err(anyhow::Error::from)?;
            jobs.tell(&own, text);
            Ok(true)
        }),
    );
    let view = state.jobs.view(&at, &owner).unwrap_or_default();
    Ok((StatusCode::ACCEPTED, Json(told(job, view))).into_response())
}

/// Reads the files, then imports them.
fn both(desk: &mut Desk, intake: &mut Intake, around: Around<'_>) -> Done<Option<Imported>> {
    let request = desk.request.take();
    if !steps::read(desk, intake, around)? {
        return Ok(None);
    }
    desk.request = request;
    steps::import(desk, intake, around)
}

fn key(owner: &str, job: &str) -> String {
    format!("api:{owner}:{job}")
}

/// How far an import is, or what it came to; kept for a day.
#[utoipa::path(get, path = "/api/v1/imports/jobs/{job}", tag = "imports",
    params(("job" = String, Path, description = "Id of the job", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")), responses(
    (status = 200, description = "How far it is", body = Job), Refusals))]
pub async fn job(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(job): Path<String>,
) -> Result<Json<Job>, No> {
    let owner = app.holder();
    let view = state.jobs.view(&key(owner, &job), owner);
    view.map(|view| Json(told(job, view))).ok_or_else(|| {
        No::of(Failed::Refused(
            "không có lượt nhập này: mã sai, của ứng dụng khác, hoặc đã quá 24 giờ; các lượt đã vào sổ xem ở GET /api/v1/imports.".to_owned(),
        ))
    })
}
