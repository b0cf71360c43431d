//! Figures: coverage, movements, headcounts.
//!
//! In: days, an edition. Out: what `treem coverage|movements|headcount show` give.

use super::{Application, No, Query, Refusals};
use crate::act::register::{
    coverage as act_coverage, headcount, missing, movements as act_movements,
};
use crate::act::units;
use crate::web::State;
use axum::Json;
use axum::extract::State as Of;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::Level;
use utoipa::IntoParams;

/// Of which day.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Day {
    /// The day the figures are of, `YYYY-MM-DD`; today where nothing is said.
    #[param(format = Date)]
    pub as_of: Option<String>,
    /// The area units in force on that day; the day of the figures where nothing is said.
    #[param(format = Date)]
    pub edition: Option<String>,
    /// The state of the book at that moment (UTC); now where nothing is said.
    #[param(format = DateTime)]
    pub register_as_of: Option<String>,
}

fn read(text: Option<&str>, otherwise: PartialDate) -> Result<PartialDate, No> {
    text.map_or(Ok(otherwise), super::children::day)
}

/// The table of progress from the register: headcount, entered, rate, missing, by unit.
#[utoipa::path(get, path = "/api/v1/coverage", tag = "tables", params(Day), responses(
    (status = 200, description = "The table, as `treem coverage --json`", body = Value), Refusals))]
pub async fn coverage(
    Of(state): Of<Arc<State>>,
    app: Application,
    Query(day): Query<Day>,
) -> Result<Json<Value>, No> {
    let as_of = read(day.as_of.as_deref(), state.today())?;
    let edition = units::on(read(day.edition.as_deref(), as_of)?);
    app.act(&state, move |desk| {
        let table = act_coverage::run(
            desk,
            edition,
            (&as_of.to_string(), day.register_as_of.as_deref()),
            None,
        )?;
        Ok(Json(serde_json::to_value(table).unwrap_or_default()))
    })
    .await
}

/// A month.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Month {
    /// First day, `YYYY-MM-DD`.
    #[param(format = Date)]
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    #[param(format = Date)]
    pub to: String,
}

/// How each commune came from its children of one evening to those of another.
#[utoipa::path(get, path = "/api/v1/movements", tag = "tables", params(Month), responses(
    (status = 200, description = "The table, as `treem movements --json`", body = Value), Refusals))]
pub async fn movements(
    Of(state): Of<Arc<State>>,
    app: Application,
    Query(month): Query<Month>,
) -> Result<Json<Value>, No> {
    let date = |text: &str| {
        text.parse::<jiff::civil::Date>()
            .map_err(|_| No::unusable("ngày phải viết YYYY-MM-DD."))
    };
    let (from, to) = (date(&month.from)?, date(&month.to)?);
    let before = from
        .yesterday()
        .map_err(|_| No::unusable("ngày đầu kỳ không dùng được."))?;
    if from > to {
        return Err(No::unusable("ngày đầu kỳ sau ngày cuối kỳ."));
    }
    let asked = act_movements::Asked {
        from: from.to_string(),
        before: before.to_string(),
        to: to.to_string(),
        level: Level::Commune,
        area: None,
    };
    app.act(&state, move |desk| {
        let table = act_movements::run(desk, &asked)?;
        Ok(Json(serde_json::to_value(table).unwrap_or_default()))
    })
    .await
}

/// On which day.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OnDay {
    /// The day, `YYYY-MM-DD`; today where nothing is said.
    #[param(format = Date)]
    pub as_of: Option<String>,
}

/// Headcounts that hold on a day, with doubts.
#[utoipa::path(get, path = "/api/v1/headcounts", tag = "tables", params(OnDay), responses(
    (status = 200, description = "The headcounts", body = headcount::Holding), Refusals))]
pub async fn headcounts(
    Of(state): Of<Arc<State>>,
    app: Application,
    Query(day): Query<OnDay>,
) -> Result<Json<headcount::Holding>, No> {
    let as_of = read(day.as_of.as_deref(), state.today())?;
    app.act(&state, move |desk| {
        headcount::show(desk, &as_of.to_string())
    })
    .await
    .map(Json)
}

/// Who is missing, as figures by unit: found elsewhere, net difference, estimate with its range, gross missing, doubts about the headcount, and the
/// lists with their purpose and legal basis. No names.
#[utoipa::path(get, path = "/api/v1/missing", tag = "tables", params(Day), responses(
    (status = 200, description = "The figures", body = missing::report::Report), Refusals))]
pub async fn missing(
    Of(state): Of<Arc<State>>,
    app: Application,
    Query(day): Query<Day>,
) -> Result<Json<missing::report::Report>, No> {
    let as_of = read(day.as_of.as_deref(), state.today())?;
    let edition = read(day.edition.as_deref(), as_of)?;
    app.act(&state, move |desk| {
        missing::report::run(
            desk,
            &missing::report::Asked {
                area: None,
                level: None,
                day: as_of.to_string(),
                edition: units::on(edition),
            },
        )
    })
    .await
    .map(Json)
}
