//! Fixes: those that wait for a second check, those that were done, taken back, refused.
//!
//! In: the id of a fix. Out: its page; taking back, approving, typing again, refusing.

use super::super::answer::show;
use super::super::{Answer, Page, Person, State, shown};
use super::fix::{Parts, one, second};
use crate::access::Deed;
use crate::act::register::mass::{Fixed, Left, undo};
use crate::act::register::second::{self, Part, Waiting};
use crate::act::register::{Failed, fields};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use std::sync::Arc;
use treem_store::fixes::{DONE, KEYED, WAITS};

/// Which fixes, and what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    told: String,
    left: u64,
}

#[derive(Template)]
#[template(path = "list_fixes.html")]
struct All {
    page: Page,
    fixes: Vec<Waiting>,
}

/// The list of them.
pub async fn all(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let mut fixes = state
        .act(&person, move |desk| {
            let only = Some(asked.state.as_str()).filter(|state| !state.is_empty());
            second::list(desk, only)
        })
        .await?;
    for fix in &mut fixes {
        fix.at = shown::moment(&fix.at);
        second::state(&fix.state).clone_into(&mut fix.state);
    }
    let page = Page::new("Các lượt sửa", "/list", Some(&person)).back("/list", "Về danh sách");
    Ok(show(&All { page, fixes }))
}

struct Row {
    nth: usize,
    child: String,
    name: String,
    changes: String,
    fields: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "list_one.html")]
struct One {
    page: Page,
    fix: String,
    title: String,
    state: String,
    second: &'static str,
    who: String,
    at: String,
    rows: i64,
    why: String,
    answered: String,
    can_undo: bool,
    waits: bool,
    is_keyed: bool,
    may_approve: bool,
    asked: Vec<Row>,
    kept: Vec<Left>,
}

/// One of them.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(fix): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let left = match asked.left {
        0 => String::new(),
        left => format!(" {left} hồ sơ bị bỏ qua, giữ nguyên như cũ."),
    };
    let said = match asked.told.as_str() {
        "done" => Some(format!(
            "Đã sửa.{left} Nếu nhầm, hoàn tác được ở ngay trang này."
        )),
        "waits" => Some(format!("Đã ghi thành đề nghị, chờ kiểm tra lần hai.{left}")),
        "keyed" => Some("Giống lần nhập đầu. Còn hồ sơ khác của lượt này cần nhập lại.".to_owned()),
        "undone" => Some("Đã hoàn tác: các hồ sơ trở lại như trước.".to_owned()),
        "refused" => Some("Đã từ chối đề nghị; hồ sơ giữ nguyên.".to_owned()),
        _ => None,
    };
    shown_page(&state, &person, fix, said, Vec::new()).await
}

async fn shown_page(
    state: &Arc<State>,
    person: &Person,
    fix: String,
    said: Option<String>,
    kept: Vec<Left>,
) -> Result<Response, Answer> {
    let ((one, parts), would) = state
        .act(person, move |desk| {
            let (one, parts) = second::one(desk, &fix)?;
            let would = (one.state == WAITS && one.second != KEYED)
                .then(|| second::look(desk, &fix))
                .transpose()?;
            Ok(((one, parts), would))
        })
        .await?;
    let waits = one.state == WAITS;
    let page = Page::new("Lượt sửa", "/list", Some(person))
        .back("/list/fixes", "Về các lượt sửa")
        .said(said);
    let answered = one.answered.map_or_else(String::new, |(who, words)| {
        if words.is_empty() {
            who
        } else {
            format!("{who}: {words}")
        }
    });
    Ok(show(&One {
        page,
        may_approve: person.may(Deed::Approve) && one.who != person.sign_in,
        can_undo: one.state == DONE && person.may(Deed::MassFix),
        waits,
        is_keyed: one.second == KEYED,
        second: second(Some(&one.second)),
        state: second::state(&one.state).to_owned(),
        fix: one.fix,
        title: one.title,
        at: shown::moment(&one.at),
        who: one.who,
        rows: one.rows,
        why: one.why,
        answered,
        asked: if waits {
            rows(parts, would)
        } else {
            Vec::new()
        },
        kept,
    }))
}

fn rows(parts: Vec<Part>, would: Option<Fixed>) -> Vec<Row> {
    let Some(would) = would else {
        let open = parts.into_iter().filter(|part| !part.keyed);
        return open
            .enumerate()
            .map(|(nth, part)| Row {
                nth,
                child: part.child,
                name: part.name,
                changes: String::new(),
                fields: part
                    .fields
                    .iter()
                    .map(|field| (field.code(), field.label()))
                    .collect(),
            })
            .collect();
    };
    let changing = would.rows.into_iter().map(|row| {
        let changes: Vec<String> = row
            .changes
            .iter()
            .map(|change| {
                let before = change.before.as_deref().unwrap_or("(không hiện)");
                format!("{}: {before} → {}", change.label, change.after)
            })
            .collect();
        (row.child, row.name, changes.join("; "))
    });
    let left = would
        .left
        .into_iter()
        .map(|left| (left.child, left.name, left.why));
    changing
        .chain(left)
        .enumerate()
        .map(|(nth, (child, name, changes))| Row {
            nth,
            child,
            name,
            changes,
            fields: Vec::new(),
        })
        .collect()
}

/// Takes it back.
pub async fn take_back(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(fix): Path<String>,
) -> Result<Response, Answer> {
    let own = fix.clone();
    let told = state
        .act(&person, move |desk| undo::undo(desk, &own, "", true))
        .await?;
    if told.kept.is_empty() {
        return Ok(Answer::to(&format!("/list/fixes/{fix}?told=undone")));
    }
    let said = format!("Đã hoàn tác {} hồ sơ.", told.turned);
    shown_page(&state, &person, fix, Some(said), told.kept).await
}

/// Approves or refuses it.
async fn answered(
    state: &Arc<State>,
    person: &Person,
    fix: String,
    (approves, why): (bool, String),
) -> Result<Response, Answer> {
    let own = fix.clone();
    let told = state
        .act(person, move |desk| {
            second::answer(desk, &own, approves, &why)
        })
        .await?;
    let word = if told.done { "done" } else { "refused" };
    Ok(Answer::to(&format!(
        "/list/fixes/{fix}?told={word}&left={}",
        told.left.len()
    )))
}

/// Approves it.
pub async fn approve(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(fix): Path<String>,
) -> Result<Response, Answer> {
    answered(&state, &person, fix, (true, String::new())).await
}

/// Refuses it.
pub async fn refuse(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(fix): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let why = one(&parts, "why").to_owned();
    answered(&state, &person, fix, (false, why)).await
}

/// Types it again.
pub async fn key(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(fix): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let own = fix.clone();
    let told = state
        .act(&person, move |desk| {
            let child = one(&parts, "child");
            let typed: Vec<_> = parts
                .iter()
                .filter_map(|(name, value)| Some((fields::by_name(name)?, value.clone())))
                .collect();
            if child.is_empty() || typed.is_empty() {
                return Err(Failed::Refused(
                    "hãy nhập lại các trường của hồ sơ.".to_owned(),
                ));
            }
            second::key(desk, &own, Some(child), &typed)
        })
        .await?;
    let word = if told.done { "done" } else { "keyed" };
    Ok(Answer::to(&format!("/list/fixes/{fix}?told={word}")))
}
