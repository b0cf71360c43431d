//! `/admin/second`: which second check units ask for.
//!
//! In: the person; a unit and a kind. Out: the page. What is said of a unit holds for all below it where nothing nearer is said.

use super::super::answer::{capital, show};
use super::super::{Answer, Page, Person, State};
use super::page;
use crate::access::{Area, Deed};
use crate::act::register::Failed;
use crate::act::register::second::settings::{self, KINDS, Setting};
use crate::act::units;
use crate::shown::moment;
use askama::Template;
use axum::Form;
use axum::extract::State as Of;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use std::sync::Arc;
use treem_child::normalise::unit::{self, Edition, Unit};

#[derive(Template)]
#[template(path = "admin_second.html")]
struct Second {
    page: Page,
    lines: Vec<Line>,
    places: Vec<Choice>,
    kinds: Vec<(&'static str, String)>,
    wrong: String,
}

/// What a unit has said.
struct Line {
    unit: String,
    kind: &'static str,
    who: String,
    at: String,
}

/// A unit that may be chosen.
struct Choice {
    code: String,
    name: String,
    chosen: bool,
}

/// The units a person may decide for, with the edition they are of.
fn places(state: &State, person: &Person) -> (&'static Edition, Vec<&'static Unit>) {
    let cut = person.grants.cut(Deed::Approve);
    let day = cut.areas().iter().find_map(Area::unit);
    let edition = day.map_or_else(|| units::on(state.today()), |(day, _)| unit::edition(day));
    let all = cut
        .units(edition)
        .unwrap_or_else(|| edition.own_units().iter().collect());
    (edition, all)
}

fn line(one: Setting) -> Line {
    let kind = KINDS.iter().find(|(code, _)| *code == one.kind);
    Line {
        unit: one.unit_name,
        kind: kind.map_or("", |(_, words)| words),
        who: one.who,
        at: moment(&one.at),
    }
}

async fn with(
    state: &Arc<State>,
    person: &Person,
    (said, wrong, unit): (&str, String, &str),
) -> Result<Response, Answer> {
    let settings = state.act(person, |desk| settings::settings(desk)).await?;
    let mut page = page("Kiểm tra lần hai", person, said);
    page.wrong = !wrong.is_empty();
    let (_, all) = places(state, person);
    let shown = Second {
        lines: settings.into_iter().map(line).collect(),
        places: all
            .into_iter()
            .map(|one| Choice {
                code: one.code.to_owned(),
                name: one.name.to_owned(),
                chosen: one.code == unit,
            })
            .collect(),
        kinds: KINDS
            .iter()
            .map(|(code, words)| (*code, capital(words)))
            .collect(),
        page,
        wrong,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// The page.
pub async fn home(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    with(&state, &person, ("", String::new(), "")).await
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    unit: String,
    kind: String,
}

/// Says which second check a unit asks for.
pub async fn set(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(asked): Form<Asked>,
) -> Result<Response, Answer> {
    let (edition, all) = places(&state, &person);
    let known = all.into_iter().find(|one| one.code == asked.unit);
    let kind = KINDS.iter().find(|(code, _)| *code == asked.kind);
    let (Some(unit), Some((kind, _))) = (known, kind) else {
        let wrong = if known.is_none() {
            "Hãy chọn một đơn vị trong địa bàn của bạn."
        } else {
            "Hãy chọn một cách kiểm tra."
        };
        return with(&state, &person, ("", wrong.to_owned(), &asked.unit)).await;
    };
    let done = state
        .try_act(Some(&person), move |desk| {
            settings::set(desk, (edition, unit), kind)
        })
        .await;
    match done {
        Ok(_) => {
            let said = "Đã ghi; có hiệu lực với việc sửa từ bây giờ.";
            with(&state, &person, (said, String::new(), "")).await
        }
        Err(Failed::Refused(sentence)) => {
            with(&state, &person, ("", capital(&sentence), &asked.unit)).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
