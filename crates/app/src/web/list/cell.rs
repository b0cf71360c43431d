//! One field of one record, changed in its row of the list: a small form, what would change, written. Without scripts the same addresses lead
//! to the record's own form.
//!
//! In: a record and a field; what was typed over which version. Out: the part of the row, or the record's form.

use super::super::answer::{capital, show};
use super::super::child::edit::{self, Typed};
use super::super::child::{read, sections};
use super::super::work::is_part;
use super::super::{Answer, Person, State};
use super::fix::{Parts, one};
use crate::act::register::dossier::Eyes;
use crate::act::register::{Failed, fields};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::http::HeaderMap;
use axum::response::Response;
use axum_extra::extract::Form;
use std::sync::Arc;
use treem_child::field::Field;

#[derive(Template, Default)]
#[template(path = "list_cell.html")]
struct Cell {
    child: String,
    name: String,
    field: &'static str,
    label: &'static str,
    version: i64,
    was: String,
    value: String,
    hint: &'static str,
    digits: bool,
    error: String,
    /// What would change, line by line; empty while it is typed.
    changes: Vec<String>,
    come: Vec<String>,
    /// It is written: in a sentence.
    done: String,
    /// The fix it waits as.
    waits: String,
}

/// The field of an address, where it is one that is edited.
fn known(code: &str) -> Option<Field> {
    Field::from_code(code).filter(|field| fields::by_name(field.code()) == Some(*field))
}

async fn cell(
    state: &Arc<State>,
    person: &Person,
    (child, field): (&str, &str),
) -> Result<(Cell, Field), Answer> {
    let Some(field) = known(field) else {
        return Err(Answer::not_found(Some(person)));
    };
    let now = read(state, person, child, Eyes::default()).await?;
    let rows = sections(&now).into_iter().flat_map(|one| one.rows);
    let row = rows.into_iter().find(|row| row.code == field.code());
    let (value, guarded, digits) = row.map_or((String::new(), false, false), |row| {
        // What is masked is no value: left empty, it stays.
        let guarded = row.secret || row.masked;
        let value = if guarded { String::new() } else { row.value };
        (value, guarded, row.digits)
    });
    let cell = Cell {
        child: now.child,
        name: now.name,
        field: field.code(),
        label: field.label(),
        version: now.version,
        was: value.clone(),
        value,
        hint: if guarded {
            "Giá trị đang có không hiện ở đây; để trống là giữ nguyên."
        } else {
            ""
        },
        digits,
        ..Cell::default()
    };
    Ok((cell, field))
}

/// The small form.
pub async fn ask(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path((child, field)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Answer> {
    let (cell, field) = cell(&state, &person, (&child, &field)).await?;
    if !is_part(&headers) {
        let at = format!("/child/{}/edit#f-{}", cell.child, field.code());
        return Ok(Answer::to(&at));
    }
    Ok(show(&cell))
}

/// What would change; or, once that was seen, writes it.
pub async fn change(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path((child, field)): Path<(String, String)>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let (mut cell, field) = cell(&state, &person, (&child, &field)).await?;
    let typed = Typed::of(&parts);
    let value = typed.fields.iter().find(|(one, _)| *one == field);
    let Some((_, value)) = value.cloned() else {
        "Ô này chưa đổi so với hồ sơ.".clone_into(&mut cell.error);
        return Ok(show(&cell));
    };
    cell.value = value;
    if typed.version != cell.version {
        "Hồ sơ vừa được người khác sửa; ô này hiện giá trị mới, hãy xem lại."
            .clone_into(&mut cell.error);
        cell.value.clone_from(&cell.was);
        return Ok(show(&cell));
    }
    let yes = one(&parts, "step") == "save";
    let done = edit::act(&state, &person, &cell.child, &typed, (String::new(), yes)).await;
    match done {
        Ok((told, set, _)) => {
            let text = |text: &str| if text.is_empty() { "(trống)" } else { text }.to_owned();
            let change = |one: &crate::act::register::edit::Change| match one.before.as_deref() {
                None => format!("{}: {}", one.label, text(&one.after)),
                Some(before) => {
                    format!("{}: {} → {}", one.label, text(before), text(&one.after))
                }
            };
            cell.changes = told.changes.iter().map(change).collect();
            let title = |code: &str| crate::act::register::proposal::title(&set, code);
            cell.come = told.come.iter().map(|one| title(&one.0)).collect();
            if yes {
                cell.waits = told.waits.unwrap_or_default();
                cell.done = cell.changes.join("; ");
            }
            Ok(show(&cell))
        }
        Err(Failed::Refused(sentence)) => {
            cell.error = capital(&sentence);
            Ok(show(&cell))
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
