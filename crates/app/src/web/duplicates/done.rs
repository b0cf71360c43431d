//! `/duplicates/done`: what was answered lately, each to be taken back; a merge only after it was said what that would do.
//!
//! In: a merge, or the key of an item. Out: pages.

use super::{Key, key_of};
use crate::access::Deed;
use crate::act::register::merge::undo::{Unmerged, unmerge as undo};
use crate::act::register::pairs::late::{Lately, lately};
use crate::act::register::pairs::{answer, words};
use crate::act::register::{Desk, Done, apart};
use crate::shown::{moment, today};
use crate::web::answer::show;
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "duplicates_done.html")]
struct Finished {
    page: Page,
    lately: Lately,
    may: bool,
}

#[derive(Template)]
#[template(path = "duplicates_unmerge.html")]
struct Part {
    page: Page,
    told: Unmerged,
    kept: String,
}

/// What a decision is called.
fn decision(word: &str) -> &'static str {
    match word {
        "same" => "là trẻ đã có",
        "new" => "là trẻ mới",
        "taken" => "sửa hồ sơ theo dòng",
        "kept" => "giữ như hồ sơ",
        _ => "",
    }
}

/// What was just done.
#[derive(Deserialize)]
pub struct Wanted {
    said: Option<String>,
}

/// The page.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Answer> {
    let lately = state.act(&person, |desk| lately(desk)).await?;
    let said = match wanted.said.as_deref() {
        Some("unmerged") => Some("Đã tách hồ sơ.".to_owned()),
        Some("back") => Some("Đã lấy lại; việc này chờ xử lý lại.".to_owned()),
        _ => None,
    };
    Ok(show(&Finished {
        page: Page::new("Đã xử lý", "/duplicates", Some(&person))
            .back("/duplicates", "Xử lý nghi trùng")
            .said(said),
        lately,
        may: person.may(Deed::Merge) || person.may(Deed::Decide),
    }))
}

fn unmerged(desk: &mut Desk, merge: &str, why: &str, yes: bool) -> Done<Unmerged> {
    let day = today(&desk.now);
    undo(desk, merge, why, yes, day)
}

/// What parting two records would do.
pub async fn unmerge_ask(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(merge): Path<String>,
) -> Result<Response, Answer> {
    let told = state
        .act(&person, move |desk| unmerged(desk, &merge, "", false))
        .await?;
    let kept: Vec<&str> = told.kept.iter().map(String::as_str).collect();
    Ok(show(&Part {
        page: Page::new("Tách hồ sơ đã gộp", "/duplicates", Some(&person))
            .back("/duplicates/done", "Đã xử lý"),
        kept: words::list(&kept),
        told,
    }))
}

/// Why they are parted.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    why: String,
}

/// Parts them.
pub async fn unmerge(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(merge): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Answer> {
    let why: String = typed.why.trim().chars().take(200).collect();
    state
        .act(&person, move |desk| unmerged(desk, &merge, &why, true))
        .await?;
    Ok(Answer::to("/duplicates/done?said=unmerged"))
}

/// Takes back what was said of a row, or of two records.
pub async fn back(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(key): Path<String>,
) -> Result<Response, Answer> {
    let key = key_of(&person, &key)?;
    state
        .act(&person, move |desk| match &key {
            Key::Row(import, nth) => answer::take_back(desk, (import, *nth)),
            Key::Pair(child, other) => apart::run(desk, [child, other], "", true).map(|_| ()),
        })
        .await?;
    Ok(Answer::to("/duplicates/done?said=back"))
}
