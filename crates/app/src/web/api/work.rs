//! The day's work: queues, lists, what may be one child, a household.
//!
//! In: filters, keys, answers, a household as typed. Out: what `treem today|fix|pairs|entry` give, in pages by cursor.

use super::{Application, Body, No, Query, Refusals};
use crate::act::register::entry::{self, Household};
use crate::act::register::facets::{self, Filter, rows};
use crate::act::register::pairs::answer::{self as answers, Answer};
use crate::act::register::pairs::{self, Key, Kind, item};
use crate::act::register::today as act_today;
use crate::act::units;
use crate::shown;
use crate::web::State;
use axum::Json;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

fn value(of: &impl serde::Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

/// The queues of the token's area.
#[utoipa::path(get, path = "/api/v1/today", tag = "work", responses(
    (status = 200, description = "The queues, as `treem today --json`", body = Value), Refusals))]
pub async fn today(Of(state): Of<Arc<State>>, app: Application) -> Result<Json<Value>, No> {
    app.act(&state, |desk| {
        let day = shown::today(&desk.now);
        Ok(Json(value(&act_today::run(desk, None, day)?)))
    })
    .await
}

/// Which children.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// A rule, by its code.
    pub rule: Option<String>,
    /// Errors of a group, 1 to 5.
    #[param(minimum = 1, maximum = 5)]
    pub group: Option<i64>,
    /// `error` or `warning`.
    pub severity: Option<String>,
    /// A unit: day of its edition and code, with a stroke between (`2024-06-13/19588`).
    pub unit: Option<String>,
    /// The last child of the page before.
    pub after: Option<String>,
}

/// Children with something to be put right: the counts, and a page of them by name.
#[utoipa::path(get, path = "/api/v1/lists", tag = "work", params(Which), responses(
    (status = 200, description = "`facets` with the counts, `rows`, and `next`: the `after` of the next page", body = Value), Refusals))]
pub async fn lists(
    Of(state): Of<Arc<State>>,
    app: Application,
    Query(which): Query<Which>,
) -> Result<Json<Value>, No> {
    let unit = match &which.unit {
        None => None,
        Some(text) => {
            let Some((edition, unit)) = text.split_once('/') else {
                return Err(No::unusable(
                    "unit phải viết NGÀY/MÃ, ví dụ 2024-06-13/19588.",
                ));
            };
            Some((edition.to_owned(), unit.to_owned()))
        }
    };
    app.act(&state, move |desk| {
        let mut filter = Filter::all(None, shown::today(&desk.now));
        filter.rule = which.rule;
        filter.group = which.group.filter(|group| (1..=5).contains(group));
        filter.severity = which.severity;
        filter.unit = unit;
        let counts = facets::run(desk, &filter)?;
        let page = rows::page(desk, &filter, which.after.as_deref(), false)?;
        Ok(Json(
            json!({"facets": counts, "rows": page.rows, "next": page.next}),
        ))
    })
    .await
}

/// Which part of the queue.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// `rows`: of lists, that may be children of the book; `changes`: of known children, that say other things; `pairs`: two records.
    pub kind: String,
    /// Those that were put off.
    pub later: bool,
    /// The last key of the page before.
    pub after: Option<String>,
}

fn key(text: &str) -> Result<Key, No> {
    Key::parse(text).ok_or_else(|| No::unusable("mã của việc này không dùng được."))
}

/// What may be one child and waits for a person, a page in the order in which it came.
#[utoipa::path(get, path = "/api/v1/pairs", tag = "work", params(Part), responses(
    (status = 200, description = "`items`, and `next`: the `after` of the next page", body = Value), Refusals))]
pub async fn pairs(
    Of(state): Of<Arc<State>>,
    app: Application,
    Query(part): Query<Part>,
) -> Result<Json<Value>, No> {
    let kind = match part.kind.as_str() {
        "rows" => Kind::Rows,
        "changes" => Kind::Changes,
        "pairs" | "" => Kind::Pairs,
        _ => return Err(No::unusable("kind phải là rows, changes hoặc pairs.")),
    };
    let after = part.after.as_deref().map(key).transpose()?;
    app.act(&state, move |desk| {
        let page = pairs::list(desk, kind, part.later, after.as_ref())?;
        Ok(Json(value(&page)))
    })
    .await
}

/// Which candidate of a row.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct With {
    /// From 0, the likeliest.
    pub with: usize,
}

/// One of them whole: both sides field by field, why, what may be answered. The look is written down.
#[utoipa::path(get, path = "/api/v1/pairs/{key}", tag = "work",
    params(("key" = String, Path, description = "`IMPORT:ROW`, or two records with `~` between them"), With), responses(
    (status = 200, description = "The item, as `treem pairs --json`", body = Value), Refusals))]
pub async fn pair(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(asked): Path<String>,
    Query(with): Query<With>,
) -> Result<Json<Value>, No> {
    let key = key(&asked)?;
    app.act(&state, move |desk| {
        Ok(Json(value(&item::item(desk, &key, with.with)?)))
    })
    .await
}

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PairAnswer)]
pub struct Said {
    /// `same`, `apart`, `twins`, `later`.
    pub answer: String,
    /// `seen` of the item as it was read: an answer to what has changed since is refused.
    pub seen: String,
    /// Which candidate of a row, from 0.
    #[serde(default)]
    pub with: usize,
    /// Of fields that differ, which side holds: 1 or 2; 1 where nothing is said.
    #[serde(default)]
    pub picks: BTreeMap<String, usize>,
}

/// Answers.
#[utoipa::path(post, path = "/api/v1/pairs/{key}", tag = "work", request_body = Said,
    params(("key" = String, Path, description = "`IMPORT:ROW`, or two records with `~` between them"), ("Request-Id" = Option<String>, Header, description = "UUID; the same is never done twice", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")), responses(
    (status = 200, description = "What was done; or, for a Request-Id that was done before, what that act did", body = Value), Refusals))]
pub async fn answer(
    Of(state): Of<Arc<State>>,
    app: Application,
    Path(asked): Path<String>,
    Body(said): Body<Said>,
) -> Result<Response, No> {
    let key = key(&asked)?;
    if said.seen.is_empty() {
        return Err(No::unusable("cần seen của việc này như đã đọc ở GET."));
    }
    let picks = said
        .picks
        .into_iter()
        .map(|(field, side)| match side {
            1 | 2 => Ok((field, side - 1)),
            _ => Err(No::unusable("picks nhận 1 hoặc 2.")),
        })
        .collect::<Result<_, _>>()?;
    let answer = match said.answer.as_str() {
        "same" => Answer::Same(picks),
        "apart" => Answer::Apart,
        "twins" => Answer::Twins,
        "later" => Answer::Later,
        _ => {
            return Err(No::unusable(
                "answer phải là same, apart, twins hoặc later.",
            ));
        }
    };
    app.write(&state, move |desk| {
        answers::answer(desk, &key, (&said.seen, said.with), &answer)
    })
    .await
}

/// A household as typed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// What holds for all its children, by field: `commune`, `hamlet`, `mother`, `father`, `guardian`, `ethnicity`, …
    #[serde(default)]
    pub household: BTreeMap<String, String>,
    /// The children, each by field: `name`, `birth`, `sex`, `number`, …; `answers`: by the id of a record it may be, `same` or `different`.
    pub children: Vec<Value>,
    /// The day on which age is judged, `YYYY-MM-DD`.
    #[schema(format = Date)]
    pub as_of: String,
    /// Save it; otherwise only what would be is said.
    #[serde(default)]
    pub yes: bool,
}

/// Adds the children of a household, or says what would be. `asks` says what must be settled before.
#[utoipa::path(post, path = "/api/v1/households", tag = "work", request_body = Typed,
    params(("Request-Id" = Option<String>, Header, description = "UUID; the same is never done twice", pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")), responses(
    (status = 200, description = "What it came to, as `treem entry --json`; `already` where this Request-Id was done before", body = Value), Refusals))]
pub async fn household(
    Of(state): Of<Arc<State>>,
    app: Application,
    Body(typed): Body<Typed>,
) -> Result<Response, No> {
    let as_of = super::children::day(&typed.as_of)?;
    let body = json!({"household": typed.household, "children": typed.children});
    let household: Household = serde_json::from_value(body)
        .map_err(|_| No::unusable("children: mỗi trẻ là các trường dạng chữ, và answers."))?;
    let asked = entry::Asked {
        household,
        request: app.request()?,
        draft: None,
        as_of,
        edition: units::on(as_of),
        yes: typed.yes,
    };
    let told = app
        .act(&state, move |desk| entry::run(desk, &asked))
        .await?;
    Ok(Json(value(&told)).into_response())
}
