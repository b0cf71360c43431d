//! Templates of the province: what there is, edited as text, checked line by line, seen filled in before it is kept.
//!
//! In: a name, a text. Out: the pages. A text with mistakes is shown with them and not kept.

use super::super::answer::{capital, show};
use super::super::{Answer, Page, Person, State, shown};
use super::paper::Paper;
use super::{Choice, WAY, asked, file, units};
use crate::access::Deed;
use crate::act::register::Failed;
use crate::act::register::letter::make;
use crate::act::register::letter::template::{self, KINDS};
use askama::Template;
use axum::extract::State as Of;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use std::sync::Arc;
use treem_child::report::letter::template::Wrong;

/// Which text.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    name: String,
    #[serde(default)]
    told: String,
}

/// A text, as typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    act: String,
}

/// A text there is.
struct Line {
    name: String,
    href: String,
    what: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "letter_templates.html")]
struct All {
    page: Page,
    lines: Vec<Line>,
    may: bool,
}

fn what(kind: &str) -> &'static str {
    KINDS
        .iter()
        .find(|(word, ..)| *word == kind)
        .map_or("", |(_, what, _)| what)
}

/// All texts.
pub async fn all(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Which>,
) -> Result<Response, Answer> {
    let lists = state.act(&person, |desk| template::list(desk)).await?;
    let said = match asked.told.as_str() {
        "kept" => Some("Đã lưu mẫu; văn bản soạn từ nay dùng mẫu này.".to_owned()),
        "withdrawn" => Some("Đã bỏ mẫu của tỉnh; dùng lại mẫu có sẵn.".to_owned()),
        _ => None,
    };
    let lines = lists.templates.into_iter().map(|one| Line {
        href: format!("{WAY}/templates/edit?name={}", shown::encoded(&one.name)),
        what: what(&one.kind),
        state: if one.nth == 0 {
            "Có sẵn".to_owned()
        } else {
            format!("{}, lưu lúc {}", one.who, shown::spoken(&one.at))
        },
        name: one.name,
    });
    Ok(show(&All {
        page: Page::new("Mẫu văn bản", WAY, Some(&person))
            .back(WAY, "Về Văn bản")
            .said(said),
        lines: lines.collect(),
        may: person.may(Deed::Letters),
    }))
}

#[derive(Template)]
#[template(path = "letter_template.html")]
struct One {
    page: Page,
    name: String,
    kind: String,
    what: &'static str,
    text: String,
    wrong: Vec<Wrong>,
    refused: String,
    checked: bool,
    papers: Vec<Paper>,
    /// Fields: as they are written, meaning, whether each stands alone on a line.
    fields: Vec<(String, &'static str, bool)>,
    may: bool,
}

/// One text.
pub async fn one(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Which>,
) -> Result<Response, Answer> {
    let name = asked.name.clone();
    let (kind, text, lists) = state
        .act(&person, move |desk| {
            let (kind, text) = template::text(desk, &name)?;
            Ok((kind, text, template::list(desk)?))
        })
        .await?;
    let typed = Typed {
        name: asked.name,
        kind,
        text,
        act: String::new(),
    };
    Ok(with(
        &person,
        typed,
        (Vec::new(), String::new(), false),
        (Vec::new(), lists.fields),
    ))
}

fn with(
    person: &Person,
    typed: Typed,
    (wrong, refused, checked): (Vec<Wrong>, String, bool),
    (papers, fields): (Vec<Paper>, Vec<[&'static str; 3]>),
) -> Response {
    let mut page = Page::new("Sửa mẫu văn bản", WAY, Some(person))
        .back(&format!("{WAY}/templates"), "Về Mẫu văn bản");
    page.wrong = !wrong.is_empty() || !refused.is_empty();
    let shown = One {
        page,
        what: what(&typed.kind),
        fields: if typed.kind == "offices" {
            Vec::new()
        } else {
            fields
                .into_iter()
                .map(|[name, kind, meaning]| (format!("{{{name}}}"), meaning, kind != "text"))
                .collect()
        },
        name: typed.name,
        kind: typed.kind,
        text: typed.text,
        wrong,
        refused,
        checked,
        papers,
        may: person.may(Deed::Letters),
    };
    (shown.page.status(), show(&shown)).into_response()
}

/// Checks, shows filled in, keeps, gives as a file, or takes a text back.
pub async fn change(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(mut typed): Form<Typed>,
) -> Result<Response, Answer> {
    // A browser sends lines with both signs of their end.
    typed.text = typed.text.replace("\r\n", "\n");
    let (name, kind, text) = (typed.name.clone(), typed.kind.clone(), typed.text.clone());
    match typed.act.as_str() {
        "take" => {
            let name = if kind == "offices" {
                "co-quan.toml"
            } else {
                "mau-van-ban.txt"
            };
            return Ok(file(name, text.into_bytes()));
        }
        "keep" | "withdraw" => {
            let text = if typed.act == "keep" {
                text
            } else {
                String::new()
            };
            let wrong = template::check(&kind, &text).wrong;
            if typed.act == "keep" && !wrong.is_empty() {
                let lists = state.act(&person, |desk| template::list(desk)).await?;
                return Ok(with(
                    &person,
                    typed,
                    (wrong, String::new(), true),
                    (Vec::new(), lists.fields),
                ));
            }
            let done = state
                .try_act(Some(&person), move |desk| {
                    template::load(desk, (&name, &kind), &text)
                })
                .await;
            return match done {
                Ok(told) => {
                    let told = if told.withdrawn { "withdrawn" } else { "kept" };
                    Ok(Answer::to(&format!("{WAY}/templates?told={told}")))
                }
                Err(Failed::Refused(sentence)) => {
                    let lists = state.act(&person, |desk| template::list(desk)).await?;
                    Ok(with(
                        &person,
                        typed,
                        (Vec::new(), capital(&sentence), false),
                        (Vec::new(), lists.fields),
                    ))
                }
                Err(failed) => Err(Answer::of(failed, Some(&person))),
            };
        }
        _ => {}
    }
    let wrong = template::check(&kind, &text).wrong;
    let is_sound = wrong.is_empty();
    let (papers, refused, fields) = state
        .act(&person, move |desk| {
            let fields = template::list(desk)?.fields;
            if !is_sound || kind == "offices" {
                return Ok((Vec::new(), String::new(), fields));
            }
            let (_, first) = units(desk, Deed::Report, ("", ""))?;
            let choice = Choice {
                unit: first,
                kind,
                ..Choice::default()
            };
            let made = asked(&choice, desk, Some(text)).and_then(|asked| make(desk, &asked));
            match made {
                Ok(made) => {
                    let papers = made.written.iter().take(1).map(|one| Paper::of(0, one));
                    Ok((papers.collect(), String::new(), fields))
                }
                Err(Failed::Refused(sentence)) => Ok((Vec::new(), capital(&sentence), fields)),
                Err(other) => Err(other),
            }
        })
        .await?;
    Ok(with(
        &person,
        typed,
        (wrong, refused, true),
        (papers, fields),
    ))
}
