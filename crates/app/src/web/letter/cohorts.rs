//! Saved lists that are followed: saved here, and what became of each child.
//!
//! In: a list and a name; later the id of the list. Out: the pages. Names of children are shown only after that is written down.

use super::super::answer::{capital, show};
use super::super::list::then::{figures, named, what, whats};
use super::super::{Answer, Page, Person, State, shown};
use super::{WAY, area_of, day_of, units};
use crate::access::Deed;
use crate::act::check::{Silent, Stop};
use crate::act::register::Failed;
use crate::act::register::letter::cohort::{self, Saved};
use crate::act::register::list::{self, Since};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Form;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::normalise::unit;

/// A list to be saved, as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    name: String,
    what: String,
    unit: String,
    day: String,
}

#[derive(Template)]
#[template(path = "letter_cohorts.html")]
struct All {
    page: Page,
    typed: Typed,
    whats: Vec<super::Choosable>,
    groups: Vec<super::Group>,
    lines: Vec<[String; 6]>,
    wrong: String,
    at: &'static str,
}

/// The page.
pub async fn page(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    with(&state, &person, Typed::default(), String::new()).await
}

async fn with(
    state: &Arc<State>,
    person: &Person,
    typed: Typed,
    wrong: String,
) -> Result<Response, Answer> {
    let chosen = typed.unit.clone();
    let (held, groups) = state
        .act(person, move |desk| {
            Ok((cohort::all(desk)?, units(desk, Deed::See, (&chosen, ""))?.0))
        })
        .await?;
    let labels = whats("");
    let line = |one: Saved| {
        let label = labels.iter().find(|(code, ..)| *code == one.what);
        [
            format!("{WAY}/cohorts/{}", one.id),
            one.name,
            label.map_or(one.what, |(_, label, _)| label.clone()),
            one.unit_name,
            shown::day(&one.day),
            shown::count(one.children),
        ]
    };
    let mut page = Page::new("Danh sách theo dõi", WAY, Some(person)).back(WAY, "Về Văn bản");
    page.wrong = !wrong.is_empty();
    let shown = All {
        page,
        whats: whats(&typed.what),
        groups,
        lines: held.cohorts.into_iter().map(line).collect(),
        at: if wrong.contains("gày này") {
            "day"
        } else {
            "name"
        },
        typed,
        wrong,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// Saves a list.
pub async fn save(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(typed): Form<Typed>,
) -> Result<Response, Answer> {
    let own = typed.clone();
    let done = state
        .try_act(Some(&person), move |desk| {
            let as_of = day_of(&own.day, desk)?;
            let area = area_of(&own.unit);
            let edition =
                area.map_or_else(|| unit::edition(&as_of.to_string()), |(edition, _)| edition);
            let asked = list::Asked {
                what: what(&own.what),
                unit: area.map(|(_, unit)| unit),
                as_of,
                moment: None,
                compare: None,
            };
            cohort::save(
                desk,
                &own.name,
                (&asked, edition),
                (&Silent, &Stop::default()),
            )
        })
        .await;
    match done {
        Ok(saved) => Ok(Answer::to(&format!("{WAY}/cohorts/{}", saved.id))),
        Err(Failed::Refused(sentence)) => with(&state, &person, typed, capital(&sentence)).await,
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

#[derive(Template)]
#[template(path = "letter_cohort.html")]
struct One {
    page: Page,
    name: String,
    about: String,
    heads: Vec<&'static str>,
    lines: Vec<(String, Vec<(&'static str, String)>)>,
    named: Vec<(&'static str, Vec<[String; 4]>)>,
    more: bool,
}

/// What became of a list.
pub async fn one(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Answer> {
    let told = state
        .act(&person, move |desk| {
            let today = shown::today(&desk.now);
            let told = cohort::show(desk, &id, today, (&Silent, &Stop::default()))?;
            list::names_shown(desk, &told.now)?;
            Ok(told)
        })
        .await?;
    // Nobody is new on a saved list, and who is on it now is who is open.
    let cells = |since: Since| -> Vec<(&'static str, u64)> {
        figures(since, 0)
            .into_iter()
            .filter(|(head, _)| !matches!(*head, "Mới thêm" | "Nay"))
            .collect()
    };
    let line = |name: &str, since: Since| {
        let cells = cells(since).into_iter();
        let cells = cells.map(|(head, count)| (head, treem_child::texts::grouped(count)));
        (name.to_owned(), cells.collect())
    };
    let mut lines: Vec<_> = told
        .now
        .units
        .iter()
        .map(|unit| {
            let name = if unit.name.is_empty() {
                "Chưa rõ xã"
            } else {
                &unit.name
            };
            line(name, unit.since.unwrap_or_default())
        })
        .collect();
    lines.push(line("Tổng cộng", told.now.since.unwrap_or_default()));
    let labels = whats("");
    let label = labels
        .iter()
        .find(|(code, ..)| *code == told.cohort.what)
        .map_or(told.cohort.what.as_str(), |(_, label, _)| label.as_str());
    let place = if told.cohort.unit_name.is_empty() {
        String::new()
    } else {
        format!(" · {}", told.cohort.unit_name)
    };
    Ok(show(&One {
        page: Page::new(&told.cohort.name, WAY, Some(&person))
            .back(&format!("{WAY}/cohorts"), "Về Danh sách theo dõi"),
        about: format!(
            "{label}{place} · lập ngày {} · người lưu: {}",
            shown::day(&told.cohort.day),
            told.cohort.who
        ),
        name: told.cohort.name,
        heads: cells(Since::default())
            .into_iter()
            .map(|(head, _)| head)
            .collect(),
        lines,
        more: told.now.became.len() >= crate::limits::LIST_NAMED,
        named: named(&told.now.became),
    }))
}
