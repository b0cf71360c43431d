//! A children's list as an annex, DOCX or PDF; the export is written down before the file goes out.
//!
//! In: a form. Out: the file, or the page with what is in the way.

use super::super::list::then::{what, whats};
use super::super::{Answer, Person, State};
use super::{area_of, day_of, file};
use crate::act::check::{Silent, Stop};
use crate::act::register::letter::annex;
use crate::act::register::letter::paper::{self, Kind};
use crate::act::register::list;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Form;
use serde::Deserialize;
use std::sync::Arc;

/// What is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    what: String,
    unit: String,
    day: String,
    ending: String,
}

/// The annex.
pub async fn make(
    Of(state): Of<Arc<State>>,
    person: Person,
    Form(typed): Form<Typed>,
) -> Result<Response, Answer> {
    let (name, bytes) = state
        .act(&person, move |desk| {
            let kind = if typed.ending == "pdf" {
                Kind::Pdf
            } else {
                Kind::Docx
            };
            let asked = list::Asked {
                what: what(&typed.what),
                unit: area_of(&typed.unit).map(|(_, unit)| unit),
                as_of: day_of(&typed.day, desk)?,
                moment: None,
                compare: None,
            };
            let label = whats(&typed.what)
                .into_iter()
                .find(|(code, ..)| *code == typed.what)
                .map_or_else(String::new, |(_, label, _)| format!(": {label}"));
            let heading = format!("Danh sách trẻ em{label}");
            let made = annex::run(desk, &asked, &heading, (&Silent, &Stop::default()))?;
            let name = format!("phu-luc-{}.{}", asked.as_of, kind.ending());
            Ok((name, paper::of_document(&made.document, kind, &desk.now)?))
        })
        .await?;
    Ok(file(&name, bytes))
}
