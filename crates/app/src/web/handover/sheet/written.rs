//! What was written on a sheet goes into the register: corrections, children who are gone, a child nobody knew of.
//!
//! In: the form of a sheet. Out: the next code; or the sheet again with what was refused, as it was typed.

use super::super::super::answer::capital;
use super::super::super::list::fix::one as part;
use super::super::{Parts, on_page, shown};
use super::{Came, page_of};
use crate::act::register::entry::{self, Household, Texts};
use crate::act::register::handover::visit::{self, At, Visit};
use crate::act::register::handover::{found, list_of, review};
use crate::act::register::{Desk, Done, Failed, edit, fields};
use crate::web::{Answer, Person, State};
use axum::extract::{Path, State as Of};
use axum::response::Response;
use axum_extra::extract::Form;
use std::sync::Arc;
use treem_child::field::Field;
use treem_child::handover::code::{Row, Sheet};
use treem_child::normalise::unit;

/// A household as *Nhập mới* takes it: what the children we know have in common, and the new one.
pub fn household(visit: &Visit, parts: &[(String, String)]) -> Household {
    let mut common = Texts::new();
    common.insert("commune".to_owned(), visit.unit.clone());
    common.insert("hamlet".to_owned(), visit.hamlet.clone());
    if let Some(first) = visit.children.iter().find(|child| child.active) {
        for (name, value) in [
            ("address", first.known.home.address.clone()),
            ("father", first.known.father.name.clone()),
            ("mother", first.known.mother.name.clone()),
            ("guardian", first.known.guardian.name.clone()),
            ("phone", first.known.phone.clone()),
        ] {
            if !value.is_empty() {
                common.insert(name.to_owned(), value);
            }
        }
    }
    let mut row = entry::Row::default();
    for field in entry::OF_CHILD {
        let value = part(parts, &format!("n.{}", field.code())).trim();
        if !value.is_empty() {
            row.fields.insert(field.code().to_owned(), value.to_owned());
        }
    }
    Household {
        household: common,
        children: vec![row],
        ..Household::default()
    }
}

/// What was typed of one child.
fn fields_of(nth: usize, parts: &[(String, String)]) -> Vec<(Field, String)> {
    let prefix = format!("f{nth}.");
    parts
        .iter()
        .filter_map(|(name, value)| {
            let field = Field::from_code(name.strip_prefix(&prefix)?)?;
            let value = value.trim();
            (!value.is_empty() && fields::by_name(field.code()) == Some(field))
                .then(|| (field, value.to_owned()))
        })
        .collect()
}

fn sentence(failed: Failed) -> Done<String> {
    match failed {
        Failed::Refused(sentence) => Ok(on_page(&sentence)),
        Failed::Denied(sentence) => Ok(capital(&sentence)),
        failed @ Failed::Broken(_) => Err(failed),
    }
}

/// One child of a sheet.
fn put(
    desk: &mut Desk,
    at: &At,
    (nth, sheet): (usize, Sheet),
    parts: &[(String, String)],
) -> Done<()> {
    let as_of = shown::today(&desk.now);
    let typed = fields_of(nth, parts);
    match (at.row, part(parts, &format!("s{nth}"))) {
        (Some(row), "gone") => {
            let why = part(parts, &format!("g{nth}")).trim().to_owned();
            let strike = [row.to_string()];
            let list = row.list().to_string();
            return review::rows(desk, &list, (&[], &strike), &why).map(|_| ());
        }
        (_, "later") if typed.is_empty() => return Ok(()),
        (Some(row), _) => {
            let asked = if typed.is_empty() {
                review::Asked::Same
            } else {
                review::Asked::Changed {
                    typed: typed.clone(),
                    as_of,
                    yes: true,
                }
            };
            let list = row.list().to_string();
            match review::row(desk, &list, &row.to_string(), &asked) {
                Ok(_) => return Ok(()),
                // The list has gone on: what was written on the sheet still goes into the record.
                Err(Failed::Refused(_)) if list_has_gone(desk, &list) => {}
                Err(failed) => return Err(failed),
            }
        }
        (None, _) => {}
    }
    if typed.is_empty() {
        return Ok(());
    }
    let asked = edit::Asked {
        child: at.child.clone(),
        typed,
        why: format!("Phiếu rà soát {sheet}"),
        version: None,
        as_of,
        yes: true,
    };
    edit::run(desk, &asked).map(|_| ())
}

fn list_has_gone(desk: &Desk, list: &str) -> bool {
    let read = list_of(list).and_then(|_| crate::act::register::handover::show::show(desk, list));
    read.is_ok_and(|shown| {
        treem_child::handover::state::Place::from_word(shown.line.place)
            .is_some_and(|place| !place.is_loose())
    })
}

/// The child nobody knew of.
fn add(
    desk: &mut Desk,
    visit: &Visit,
    (parts, request): (&[(String, String)], &str),
    came: &mut Came,
) -> Done<bool> {
    let typed = household(visit, parts);
    if typed.children.iter().all(|row| row.fields.is_empty()) {
        return Ok(false);
    }
    let asked = entry::Asked {
        household: typed,
        request: Some(request.to_owned()).filter(|id| !id.is_empty()),
        draft: None,
        as_of: shown::today(&desk.now),
        edition: unit::edition(visit.edition),
        yes: true,
    };
    let told = entry::run(desk, &asked)?;
    if !told.done {
        came.to_entry = true;
        let said: Vec<String> = told.asks.iter().map(|one| capital(&one.sentence)).collect();
        came.errors.push((0, said.join(" ")));
        return Ok(false);
    }
    let ids: Vec<String> = told
        .children
        .iter()
        .filter_map(|child| child.id.clone())
        .collect();
    // Onto the list that is being collected; where it has gone on, that is said.
    let on = visit.children.iter().find_map(|at| at.row);
    if let Some(list) = visit.list.or(on.map(Row::list))
        && let Err(failed) = found::run(desk, (list, visit.sheet), &ids)
    {
        came.says.push(sentence(failed)?);
    }
    Ok(true)
}

/// Writes a sheet down.
pub async fn enter(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(sheet): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let own = sheet.clone();
    let typed = parts.clone();
    let (visit, came, added, request) = state
        .act(&person, move |desk| {
            let visit = visit::open(desk, &own)?;
            let mut came = Came::default();
            for (nth, at) in (1_usize..).zip(&visit.children) {
                // The form names its children: one that has changed its place since is not written for another.
                if part(&typed, &format!("c{nth}")) != at.child || !at.active {
                    continue;
                }
                if let Err(failed) = put(desk, at, (nth, visit.sheet), &typed) {
                    let said = sentence(failed)?;
                    // What stands there already is no mistake of a sheet.
                    if !said.starts_with("Hồ sơ đã ghi đúng như vậy") {
                        came.errors
                            .push((nth, format!("{}: {said}", at.known.name)));
                    }
                }
            }
            let request = part(&typed, "request").to_owned();
            let added = match add(desk, &visit, (&typed, &request), &mut came) {
                Ok(added) => added,
                Err(failed) => {
                    came.errors.push((0, sentence(failed)?));
                    false
                }
            };
            let visit = visit::open(desk, &own)?;
            let request = desk.ids.next_id();
            Ok((visit, came, added, request))
        })
        .await?;
    if came.errors.is_empty() && came.says.is_empty() {
        let told = if added {
            format!("{}%20new", visit.sheet)
        } else {
            visit.sheet.to_string()
        };
        return Ok(Answer::to(&format!("/handover/sheet?told={told}")));
    }
    // What was written down is not shown as typed any more; what was refused is.
    let kept: Parts = parts
        .into_iter()
        .filter(|(name, _)| {
            let of_child = name
                .strip_prefix(['f', 's', 'g'])
                .and_then(|rest| rest.split('.').next())
                .and_then(|nth| nth.parse::<usize>().ok());
            match of_child {
                Some(nth) => came.errors.iter().any(|(row, _)| *row == nth),
                None => !(name.starts_with("n.") && added),
            }
        })
        .collect();
    let mut came = came;
    let says = std::mem::take(&mut came.says);
    came.errors.extend(says.into_iter().map(|said| (0, said)));
    Ok(page_of(&person, &visit, (&kept, &came), request))
}
