//! Targets: what holds and how far the units are; a file loaded.
//!
//! In: a day, an edition, a file. Out: the page.

use super::super::answer::{capital, show};
use super::super::sent::{Sent, ending};
use super::super::{Answer, Page, Person, State, shown};
use super::paper::{Block, table};
use super::{WAY, area_of, day_of, units};
use crate::access::Deed;
use crate::act::register::Failed;
use crate::act::register::letter::target;
use crate::act::units::quoted;
use anyhow::Context as _;
use askama::Template;
use axum::extract::{Multipart, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use std::io::Write as _;
use std::sync::Arc;
use treem_child::normalise::unit;
use treem_child::report::letter::table as grids;

/// What is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    day: String,
    edition: String,
    set: String,
    withdrawn: String,
}

#[derive(Template)]
#[template(path = "letter_targets.html")]
struct Targets {
    page: Page,
    day: String,
    editions: Vec<(String, String, bool)>,
    grid: Block,
    notes: Vec<String>,
    wrong: String,
    at: &'static str,
    may: bool,
}

/// The page.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let said = match (asked.set.parse::<u64>(), asked.withdrawn.parse::<u64>()) {
        (Ok(set), Ok(0)) => Some(format!("Đã nạp {set} chỉ tiêu.")),
        (Ok(set), Ok(back)) => Some(format!("Đã nạp {set} chỉ tiêu, rút {back} chỉ tiêu.")),
        _ => None,
    };
    with(&state, &person, asked, (said, String::new())).await
}

async fn with(
    state: &Arc<State>,
    person: &Person,
    asked: Asked,
    (said, wrong): (Option<String>, String),
) -> Result<Response, Answer> {
    let typed = asked.day.clone();
    let (held, editions) = state
        .act(person, move |desk| {
            let day = day_of(&asked.day, desk)?;
            let (groups, first) = units(desk, Deed::Report, ("", &asked.day))?;
            let mut days: Vec<String> = groups
                .iter()
                .filter_map(|(_, options)| options.first())
                .filter_map(|(value, ..)| Some(value.split_once('/')?.0.to_owned()))
                .collect();
            days.dedup();
            let chosen = if days.contains(&asked.edition) {
                asked.edition
            } else {
                area_of(&first).map_or_else(
                    || unit::edition(&day.to_string()).from.to_owned(),
                    |(edition, _)| edition.from.to_owned(),
                )
            };
            let held = target::show(desk, day, unit::edition(&chosen))?;
            let editions: Vec<(String, String, bool)> = days
                .into_iter()
                .map(|day| {
                    let is = day == chosen;
                    let label = format!("từ {}", shown::day(&day));
                    (day, label, is)
                })
                .collect();
            Ok((held, editions))
        })
        .await?;
    let mut notes = Vec::new();
    let grid = table(&grids::targets(&held.standings), &mut notes);
    let mut page = Page::new("Chỉ tiêu", WAY, Some(person))
        .back(WAY, "Về Văn bản")
        .said(said);
    page.wrong = !wrong.is_empty();
    let shown = Targets {
        page,
        day: if typed.is_empty() {
            shown::day(&held.day)
        } else {
            typed
        },
        editions,
        grid,
        notes,
        wrong,
        at: "file",
        may: person.may(Deed::Letters),
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// Loads a file.
pub async fn load(
    Of(state): Of<Arc<State>>,
    person: Person,
    form: Multipart,
) -> Result<Response, Answer> {
    let sent = Sent::read(form, &person).await?;
    let edition = sent.get("edition").to_owned();
    let of = edition.clone();
    let done = state
        .try_act(Some(&person), move |desk| {
            let Some((name, bytes)) = sent.file else {
                return Err(Failed::Refused("hãy chọn một tệp.".to_owned()));
            };
            let mut file = tempfile::Builder::new()
                .prefix("treem-import-")
                .suffix(&ending(&name))
                .tempfile()
                .context("không tạo được tệp tạm")?;
            file.write_all(&bytes).context("không ghi được tệp tạm")?;
            let day = if of.is_empty() {
                shown::today(&desk.now).to_string()
            } else {
                of
            };
            let loaded = target::load(desk, file.path(), unit::edition(&day));
            // The sentence names the file as the person knows it.
            loaded.map_err(|failed| match failed {
                Failed::Refused(sentence) => {
                    let ours = file.path().display().to_string();
                    Failed::Refused(sentence.replace(&ours, &format!("tệp {}", quoted(&name))))
                }
                other => other,
            })
        })
        .await;
    match done {
        Ok(told) => Ok(Answer::to(&format!(
            "{WAY}/targets?edition={}&set={}&withdrawn={}",
            told.edition, told.set, told.withdrawn
        ))),
        Err(Failed::Refused(sentence)) => {
            let asked = Asked {
                edition,
                ..Asked::default()
            };
            with(&state, &person, asked, (None, capital(&sentence))).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
