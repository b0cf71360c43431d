//! `/admin/headcounts`: how many children the units say they have, which of the figures cannot be believed; a file loaded, one figure added.
//!
//! In: the person, a file or a figure. Out: the page.

use super::super::answer::{capital, show};
use super::super::sent::{Sent, ending};
use super::super::{Answer, Page, Person, State};
use super::page;
use crate::act::access::places;
use crate::act::coverage::headcounts::{Defaults, Line};
use crate::act::register::headcount::{self, Doubt, Held, Loaded};
use crate::act::register::{Desk, Done, Failed};
use crate::act::units;
use anyhow::Context as _;
use askama::Template;
use axum::Form;
use axum::extract::{Multipart, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;
use treem_child::normalise::unit;

#[derive(Template)]
#[template(path = "admin_headcounts.html")]
struct Headcounts {
    page: Page,
    day: String,
    rows: Vec<Row>,
    total: String,
    doubtful: usize,
    groups: Vec<(String, Vec<Choosable>)>,
    typed: Typed,
    wrong: String,
    at: &'static str,
}

/// An option: its value, what people read, whether it is chosen.
type Choosable = (String, String, bool);

/// A figure with what is odd about it.
struct Row {
    name: String,
    day: String,
    count: String,
    source: String,
    signed_by: String,
    doubts: Vec<String>,
}

/// Which day, and what was done.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    day: String,
    #[serde(default)]
    units: String,
    #[serde(default)]
    doubts: String,
}

/// A figure, as typed.
#[derive(Clone, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    count: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    signed_by: String,
}

fn today(desk: &Desk) -> jiff::civil::Date {
    crate::shown::date_of(&desk.now).unwrap_or_default()
}

/// A day: `2024-06-13`, or as it is written here: `13/6/2024`.
fn day_of(text: &str, today: jiff::civil::Date) -> Done<String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(today.to_string());
    }
    let mut parts = text.splitn(3, '/').map(str::trim);
    let written = match (parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(month), Some(year)) => format!("{year:0>4}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    };
    written
        .parse::<jiff::civil::Date>()
        .map(|day| day.to_string())
        .map_err(|_| {
            Failed::Refused(format!(
                "ngày “{}” không dùng được: viết ngày/tháng/năm, ví dụ 13/6/2024.",
                units::quoted(text)
            ))
        })
}

/// The page.
pub async fn home(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let said = match (asked.units.parse::<u64>(), asked.doubts.parse::<u64>()) {
        (Ok(units), Ok(0)) => format!("Đã ghi {units} số."),
        (Ok(units), Ok(doubts)) => {
            format!("Đã ghi {units} số; {doubts} số nên xem lại, ghi ở bảng dưới.")
        }
        _ => String::new(),
    };
    with(
        &state,
        &person,
        (asked.day, said),
        Typed::default(),
        String::new(),
        "file",
    )
    .await
}

async fn with(
    state: &Arc<State>,
    person: &Person,
    (day, said): (String, String),
    typed: Typed,
    wrong: String,
    at: &'static str,
) -> Result<Response, Answer> {
    let (day, held, places) = state
        .act(person, move |desk| {
            let day = day_of(&day, today(desk))?;
            let held = headcount::show(desk, &day)?;
            Ok((
                day,
                held,
                places::places(desk, crate::access::Deed::Headcounts)?,
            ))
        })
        .await?;
    let mut doubts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Doubt { unit, sentence, .. } in held.doubts {
        doubts.entry(unit).or_default().push(sentence);
    }
    let grouped = |count: i64| treem_child::texts::grouped(count.unsigned_abs());
    let total = held.headcounts.iter().map(|one| one.headcount).sum();
    let doubtful = doubts.len();
    let mut rows: Vec<Row> = held
        .headcounts
        .into_iter()
        .map(|one: Held| Row {
            doubts: doubts.remove(&one.unit).unwrap_or_default(),
            name: one.name,
            day: units::shown(&one.day),
            count: grouped(one.headcount),
            source: one.source,
            signed_by: one.signed_by,
        })
        .collect();
    // What should be looked at comes first.
    rows.sort_by_key(|row| row.doubts.is_empty());
    let option = |edition: &str, (depth, code, name): (usize, &str, &str)| {
        let value = format!("{edition}/{code}");
        let name = format!("{}{name}", "\u{a0}\u{a0}\u{a0}".repeat(depth));
        let chosen = value == typed.unit;
        (value, name, chosen)
    };
    let groups = places
        .into_iter()
        .filter(|places| !places.units.is_empty())
        .map(|places| {
            let name = format!("Đơn vị theo danh mục từ {}", units::shown(places.edition));
            let units = places.units.into_iter();
            let units = units.map(|of| option(places.edition, of)).collect();
            (name, units)
        })
        .collect();
    let mut page = page("Số trẻ em hiện có", person, &said);
    page.wrong = !wrong.is_empty();
    let shown = Headcounts {
        page,
        day: units::shown(&day),
        total: grouped(total),
        rows,
        doubtful,
        groups,
        typed,
        wrong,
        at,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

fn done(loaded: &Loaded) -> Response {
    Answer::to(&format!(
        "/admin/headcounts?units={}&doubts={}",
        loaded.units,
        loaded.doubts.len()
    ))
}

/// Loads a file.
pub async fn load(
    Of(state): Of<Arc<State>>,
    person: Person,
    form: Multipart,
) -> Result<Response, Answer> {
    let sent = Sent::read(form, &person).await?;
    let (edition, day) = (sent.get("edition").to_owned(), sent.get("day").to_owned());
    let (source, signed_by) = (
        sent.get("source").to_owned(),
        sent.get("signed_by").to_owned(),
    );
    let loaded = state
        .try_act(Some(&person), move |desk| {
            let Some((name, bytes)) = sent.file else {
                return Err(Failed::Refused("hãy chọn một tệp.".to_owned()));
            };
            let today = today(desk);
            let defaults = Defaults {
                day: day_of(&day, today)?,
                source,
                signed_by,
            };
            let edition = unit::edition(&day_of(&edition, today)?);
            let mut file = tempfile::Builder::new()
                .prefix("treem-import-")
                .suffix(&ending(&name))
                .tempfile()
                .context("không tạo được tệp tạm")?;
            file.write_all(&bytes).context("không ghi được tệp tạm")?;
            let loaded = headcount::load(desk, file.path(), edition, &defaults);
            // The sentence names the file as the person knows it.
            loaded.map_err(|failed| match failed {
                Failed::Refused(sentence) => {
                    let ours = file.path().display().to_string();
                    let theirs = format!("tệp {}", units::quoted(&name));
                    Failed::Refused(sentence.replace(&ours, &theirs))
                }
                other => other,
            })
        })
        .await;
    match loaded {
        Ok(loaded) => Ok(done(&loaded)),
        Err(Failed::Refused(sentence)) => {
            let now = (String::new(), String::new());
            with(
                &state,
                &person,
                now,
                Typed::default(),
                capital(&sentence),
                "file",
            )
            .await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// Adds one figure.
pub async fn add(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(typed): Form<Typed>,
) -> Result<Response, Answer> {
    let asked = typed.clone();
    let loaded = state
        .try_act(Some(&person), move |desk| {
            let chosen = asked.unit.split_once('/').and_then(|(day, code)| {
                let edition = unit::edition(day);
                Some((edition, edition.by_code(code)?))
            });
            let (edition, unit) =
                chosen.ok_or_else(|| Failed::Refused("hãy chọn đơn vị.".to_owned()))?;
            let digits: String = asked
                .count
                .chars()
                .filter(|c| !matches!(c, '.' | ' ' | '\u{a0}'))
                .collect();
            let headcount = digits.parse().map_err(|_| {
                Failed::Refused("số trẻ em phải là một số, ví dụ 1.250.".to_owned())
            })?;
            let line = Line {
                unit,
                headcount,
                day: day_of(&asked.day, today(desk))?,
                source: asked.source,
                signed_by: asked.signed_by,
            };
            headcount::one(desk, edition, line)
        })
        .await;
    match loaded {
        Ok(loaded) => Ok(done(&loaded)),
        Err(Failed::Refused(sentence)) => {
            let at = match sentence.as_str() {
                sentence if sentence.contains("đơn vị") => "unit",
                sentence if sentence.contains("nguồn") => "source",
                sentence if sentence.contains("ngày “") => "day",
                _ => "count",
            };
            let now = (String::new(), String::new());
            with(&state, &person, now, typed, capital(&sentence), at).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
