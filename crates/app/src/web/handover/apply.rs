//! *Cập nhật vào sổ*: what each answer will change, before it does; then it is done; and it can be taken back.
//!
//! In: the code of a list, the rows a person confirms with why. Out: what would be; the page of the list.

use super::super::answer::show;
use super::super::list::fix::one as part;
use super::{Parts, WAY, of_list, on_page, shown};
use crate::act::register::handover::apply::{self, Applied, AppliedRow, Asked};
use crate::act::register::handover::back::{self, Undone};
use crate::act::register::handover::show as act;
use crate::act::register::mass::Left;
use crate::act::register::{Desk, Done, Failed};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Form;
use std::sync::Arc;
use treem_child::field::Field;
use treem_child::handover::effect::End;
use treem_child::handover::state::Place;

struct Row {
    number: u32,
    code: String,
    child: String,
    name: String,
    label: &'static str,
    changes: Vec<(&'static str, String, String)>,
    says: Vec<String>,
    asks: Vec<String>,
    refused: String,
    why: String,
}

#[derive(Template)]
#[template(path = "handover_apply.html")]
struct Apply {
    page: Page,
    wrong: String,
    list: String,
    same: Vec<Row>,
    changes: Vec<Row>,
    waits: Vec<Row>,
    refused: Vec<Row>,
    nothing: Vec<Row>,
    unanswered: usize,
    first: bool,
    may_undo: bool,
    why: String,
}

#[derive(Template)]
#[template(path = "handover_undo.html")]
struct Undo {
    page: Page,
    wrong: String,
    list: String,
    turned: usize,
    moves: usize,
    kept: Vec<Left>,
    why: String,
}

fn dated(field: Field, value: &str) -> String {
    if field == Field::Birth {
        shown::birth(value)
    } else {
        value.to_owned()
    }
}

/// What an effect does beside the fields, in words.
fn says(row: &AppliedRow) -> Vec<String> {
    let effect = &row.effect;
    let mut out: Vec<String> = Vec::new();
    if let Some(standing) = effect.number {
        out.push(format!("Số định danh: {}.", standing.label()));
    }
    if effect.civil {
        out.push(
            "Mở việc cho công chức tư pháp – hộ tịch: đăng ký khai sinh, có thời hạn.".to_owned(),
        );
    }
    out.extend(
        effect
            .requests
            .iter()
            .map(|one| format!("Gửi đề nghị Công an. {}", one.sentence())),
    );
    match &effect.end {
        Some(End::Died { day }) if day.is_empty() => {
            out.push("Đóng hồ sơ: trẻ đã chết.".to_owned());
        }
        Some(End::Died { day }) => {
            out.push(format!("Đóng hồ sơ: trẻ đã chết ngày {}.", shown::day(day)));
        }
        Some(End::Moved { to }) if to.is_empty() => {
            out.push("Đóng hồ sơ: trẻ đã chuyển đi.".to_owned());
        }
        Some(End::Proposed(to)) => out.push(format!("Đề nghị chuyển đến {}.", to.unit_name)),
        Some(End::Moved { to }) => out.push(format!("Đóng hồ sơ: trẻ đã chuyển đến {to}.")),
        None => {}
    }
    if effect.stays_open {
        out.push("Chưa xong: trẻ vào danh sách sau.".to_owned());
    }
    out.extend(effect.says.iter().cloned());
    out
}

impl Row {
    fn of(row: &AppliedRow, parts: &[(String, String)]) -> Self {
        let number = row.row.number();
        Self {
            number,
            code: row.row.to_string(),
            child: row.child.clone(),
            name: row.name.clone(),
            label: row.label,
            changes: row
                .effect
                .changes
                .iter()
                .map(|one| {
                    (
                        one.field.label(),
                        dated(one.field, &one.before),
                        dated(one.field, &one.after),
                    )
                })
                .collect(),
            says: says(row),
            asks: row.effect.asks.clone(),
            refused: row.effect.refused.clone().unwrap_or_default(),
            why: part(parts, &format!("y.{number}")).to_owned(),
        }
    }
}

struct Read {
    applied: Applied,
    place: Place,
}

fn asked(list: &str, desk: &Desk, (parts, yes): (&[(String, String)], bool)) -> Asked {
    Asked {
        list: list.to_owned(),
        confirmed: parts
            .iter()
            .filter_map(|(name, why)| {
                let row = name.strip_prefix("y.")?;
                let why = why.trim();
                (yes && !why.is_empty()).then(|| (row.to_owned(), why.to_owned()))
            })
            .collect(),
        as_of: shown::today(&desk.now),
        why: part(parts, "why").trim().to_owned(),
        yes,
    }
}

fn read(desk: &mut Desk, list: &str) -> Done<Read> {
    let asked = asked(list, desk, (&[], false));
    let applied = apply::run(desk, &asked)?;
    let place = Place::from_word(act::show(desk, list)?.line.place).unwrap_or(Place::Returned);
    Ok(Read { applied, place })
}

fn page_of(
    person: &Person,
    read: &Read,
    (parts, wrong): (&[(String, String)], String),
) -> Response {
    let list = read.applied.list.to_string();
    let of = |wanted: &dyn Fn(&AppliedRow) -> bool| -> Vec<Row> {
        let rows = read.applied.rows.iter().filter(|row| wanted(row));
        rows.map(|row| Row::of(row, parts)).collect()
    };
    // What agrees changes nothing but that the number is verified.
    let plain = |row: &AppliedRow| {
        row.effect.changes.is_empty()
            && row.effect.end.is_none()
            && !row.effect.civil
            && row.effect.requests.is_empty()
    };
    let mut page = of_list("Cập nhật vào sổ", person, &list);
    page.wrong = !wrong.is_empty();
    let status = page.status();
    let shown = show(&Apply {
        page,
        wrong,
        same: of(&|row| row.state == "does" && plain(row)),
        changes: of(&|row| row.state == "does" && !plain(row)),
        waits: of(&|row| row.state == "waits"),
        refused: of(&|row| row.state == "refused"),
        nothing: of(&|row| row.state == "nothing"),
        unanswered: read.applied.unanswered,
        first: read.place == Place::Returned,
        may_undo: matches!(read.place, Place::Applied | Place::Seen),
        why: part(parts, "why").to_owned(),
        list,
    });
    (status, shown).into_response()
}

/// What would be.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
) -> Result<Response, Answer> {
    let read = state.act(&person, move |desk| read(desk, &list)).await?;
    Ok(page_of(&person, &read, (&[], String::new())))
}

/// It is done.
pub async fn enter(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let (own, typed) = (list.clone(), parts.clone());
    let done = state
        .try_act(Some(&person), move |desk| {
            let asked = asked(&own, desk, (&typed, true));
            apply::run(desk, &asked).map(|_| ())
        })
        .await;
    match done {
        Ok(()) => Ok(Answer::to(&format!("{WAY}/{list}?told=applied"))),
        Err(Failed::Refused(sentence)) => {
            let read = state.act(&person, move |desk| read(desk, &list)).await?;
            Ok(page_of(&person, &read, (&parts, on_page(&sentence))))
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

fn undo_page(person: &Person, told: Undone, (why, wrong): (String, String)) -> Response {
    let list = told.list.to_string();
    let mut page = of_list("Hủy cập nhật", person, &list);
    page.wrong = !wrong.is_empty();
    let status = page.status();
    let shown = show(&Undo {
        page,
        wrong,
        turned: told.turned,
        moves: told.moves,
        kept: told.kept,
        why,
        list,
    });
    (status, shown).into_response()
}

/// What taking back would be.
pub async fn undo_ask(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
) -> Result<Response, Answer> {
    let told = state
        .act(&person, move |desk| {
            let today = shown::today(&desk.now);
            back::undo(desk, &list, ("", today, false))
        })
        .await?;
    Ok(undo_page(&person, told, (String::new(), String::new())))
}

/// It is taken back.
pub async fn undo(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let why = part(&parts, "why").trim().to_owned();
    let (own, reason) = (list.clone(), why.clone());
    let done = state
        .try_act(Some(&person), move |desk| {
            let today = shown::today(&desk.now);
            back::undo(desk, &own, (&reason, today, true)).map(|_| ())
        })
        .await;
    match done {
        Ok(()) => Ok(Answer::to(&format!("{WAY}/{list}?told=undone"))),
        Err(Failed::Refused(sentence)) => {
            let told = state
                .act(&person, move |desk| {
                    let today = shown::today(&desk.now);
                    back::undo(desk, &list, ("", today, false))
                })
                .await?;
            Ok(undo_page(&person, told, (why, on_page(&sentence))))
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
