//! A record changed by hand: the form, what would change, saved; where somebody was faster, both side by side and nothing lost.
//!
//! In: fields as typed, the version they were typed over. Out: the preview, the record, or the page of the conflict.

use super::super::answer::{capital, show};
use super::super::list::fix::{Parts, one, second};
use super::super::{Answer, Page, Person, State, shown};
use super::{Section, changes, read, sections};
use crate::act::register::dossier::{Dossier, Eyes};
use crate::act::register::edit::{self, Change, Edited};
use crate::act::register::proposal::title;
use crate::act::register::{Failed, fields, rules, second};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Form;
use std::sync::Arc;
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;

#[derive(Template)]
#[template(path = "child_edit.html")]
struct Ask {
    page: Page,
    child: String,
    version: i64,
    name: String,
    error: String,
    sections: Vec<Section>,
}

#[derive(Template)]
#[template(path = "child_preview.html")]
struct Preview {
    page: Page,
    child: String,
    name: String,
    changes: Vec<Change>,
    gone: Vec<String>,
    come: Vec<String>,
    marks: Vec<String>,
    disputed: Vec<String>,
    second: &'static str,
    hidden: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "child_conflict.html")]
struct Conflict {
    page: Page,
    child: String,
    seen: i64,
    now: i64,
    fields: Vec<(&'static str, String, String)>,
    since: Vec<String>,
    hidden: Vec<(String, String)>,
}

/// What was typed, and over which version.
pub struct Typed {
    /// The version it was typed over.
    pub version: i64,
    /// What differs from what the form showed.
    pub fields: Vec<(Field, String)>,
}

impl Typed {
    /// Fields that differ from what the form showed; one that was shown nowhere was typed. `drop.FIELD` takes away a value the form did not
    /// show, where nothing was typed in its place.
    pub fn of(parts: &[(String, String)]) -> Self {
        let was = |name: &str| {
            let name = format!("was.{name}");
            parts.iter().find(|(known, _)| *known == name)
        };
        let known = |name: &str| {
            Field::from_code(name).filter(|field| fields::by_name(field.code()) == Some(*field))
        };
        let typed = |field: Field| !one(parts, field.code()).trim().is_empty();
        let dropped = parts.iter().filter_map(|(name, _)| {
            let field = known(name.strip_prefix("drop.")?)?;
            (!typed(field)).then(|| (field, String::new()))
        });
        let fields = parts
            .iter()
            .filter_map(|(name, value)| {
                let field = known(name)?;
                let same = was(name).is_some_and(|(_, was)| was.trim() == value.trim());
                (!same).then(|| (field, value.trim().to_owned()))
            })
            .chain(dropped)
            .collect();
        Self {
            version: one(parts, "version").parse().unwrap_or(0),
            fields,
        }
    }

    fn hidden(&self, version: i64) -> Vec<(String, String)> {
        let mut out = vec![("version".to_owned(), version.to_string())];
        let fields = self.fields.iter();
        out.extend(fields.map(|(field, value)| (field.code().to_owned(), value.clone())));
        out
    }
}

/// The form.
pub async fn ask(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(child): Path<String>,
) -> Result<Response, Answer> {
    let read = read(&state, &person, &child, Eyes::default()).await?;
    Ok(form(&person, &read, String::new()))
}

fn back(page: Page, child: &str) -> Page {
    page.back(&format!("/child/{child}"), "Về hồ sơ")
}

fn form(person: &Person, read: &Dossier, error: String) -> Response {
    let mut page = back(Page::new("Sửa hồ sơ", "/list", Some(person)), &read.child);
    page.wrong = !error.is_empty();
    let status = page.status();
    let mut sections = sections(read);
    for section in &mut sections {
        section.rows.retain(|row| row.can_edit);
        for row in section.rows.iter_mut().filter(|row| row.masked) {
            // What is masked is no value: left empty, it stays.
            row.value.clear();
            row.secret = true;
        }
    }
    let shown = show(&Ask {
        page,
        child: read.child.clone(),
        version: read.version,
        name: read.name.clone(),
        error,
        sections,
    });
    (status, shown).into_response()
}

/// What would change.
pub async fn preview(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(child): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let typed = Typed::of(&parts);
    let now = read(&state, &person, &child, Eyes::default()).await?;
    if now.version != typed.version {
        return Ok(conflict(&person, &now, &typed));
    }
    if typed.fields.is_empty() {
        let error = "Chưa có ô nào đổi so với hồ sơ.".to_owned();
        return Ok(form(&person, &now, error));
    }
    let done = act(&state, &person, &child, &typed, (String::new(), false)).await;
    match done {
        Ok((told, set, kind)) => Ok(show(&previewed(&person, &now, &typed, (told, &set, kind)))),
        Err(Failed::Refused(sentence)) => Ok(form(&person, &now, capital(&sentence))),
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// Runs the edit; the rules of the book and the second check come along for the words.
pub async fn act(
    state: &Arc<State>,
    person: &Person,
    child: &str,
    typed: &Typed,
    (why, yes): (String, bool),
) -> Result<(Edited, RuleSet, Option<&'static str>), Failed> {
    let (child, version, fields) = (child.to_owned(), typed.version, typed.fields.clone());
    state
        .try_act(Some(person), move |desk| {
            let asked = edit::Asked {
                child,
                typed: fields,
                why,
                version: Some(version),
                as_of: shown::today(&desk.now),
                yes,
            };
            let told = edit::run(desk, &asked)?;
            let kind = second::for_edit(desk, &asked)?;
            Ok((told, rules::of_desk(desk)?, kind))
        })
        .await
}

fn previewed(
    person: &Person,
    now: &Dossier,
    typed: &Typed,
    (told, set, kind): (Edited, &RuleSet, Option<&'static str>),
) -> Preview {
    let mut marks = Vec::new();
    for (label, (before, after)) in [
        ("Đã chuẩn hóa", told.identified),
        ("Đủ thông tin cơ bản", told.complete),
    ] {
        if before != after {
            let yes = |truth: bool| if truth { "có" } else { "chưa" };
            marks.push(format!("{label}: {} → {}.", yes(before), yes(after)));
        }
    }
    Preview {
        page: back(
            Page::new("Xem trước khi ghi", "/list", Some(person)),
            &now.child,
        ),
        child: now.child.clone(),
        name: now.name.clone(),
        gone: told.gone.iter().map(|(rule, _)| title(set, rule)).collect(),
        come: told.come.iter().map(|one| title(set, &one.0)).collect(),
        marks,
        disputed: told.disputed_with,
        second: second(kind),
        hidden: typed.hidden(now.version),
        changes: told.changes,
    }
}

/// Somebody was faster: what they changed beside what was typed.
fn conflict(person: &Person, now: &Dossier, typed: &Typed) -> Response {
    let value = |field: Field| {
        let mut rows = now.sections.iter().flat_map(|section| &section.rows);
        rows.find(|row| row.field == field)
            .map_or_else(String::new, |row| row.value.clone())
    };
    let later = now.history.iter().filter(|one| one.version > typed.version);
    let since = later
        .map(|one| {
            format!(
                "{}, {}: {}. {}",
                shown::moment(&one.at),
                one.who,
                one.what,
                changes(one).join("; ")
            )
        })
        .collect();
    let mut page = back(
        Page::new("Hồ sơ vừa được người khác sửa", "/list", Some(person)),
        &now.child,
    );
    page.wrong = true;
    let shown = show(&Conflict {
        page,
        child: now.child.clone(),
        seen: typed.version,
        now: now.version,
        fields: typed
            .fields
            .iter()
            .map(|(field, own)| (field.label(), value(*field), own.clone()))
            .collect(),
        since,
        hidden: typed.hidden(now.version),
    });
    (StatusCode::CONFLICT, shown).into_response()
}

/// Saves.
pub async fn save(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(child): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let typed = Typed::of(&parts);
    let why = one(&parts, "why").to_owned();
    let now = read(&state, &person, &child, Eyes::default()).await?;
    if now.version != typed.version {
        return Ok(conflict(&person, &now, &typed));
    }
    let done = act(&state, &person, &child, &typed, (why, true)).await;
    match done {
        Ok((told, ..)) => Ok(match told.waits {
            Some(fix) => Answer::to(&format!("/list/fixes/{fix}?told=waits")),
            None => Answer::to(&format!("/child/{child}?told=saved")),
        }),
        Err(Failed::Refused(sentence)) => {
            // Between reading and writing somebody may have been faster still.
            let now = read(&state, &person, &child, Eyes::default()).await?;
            Ok(if now.version == typed.version {
                form(&person, &now, capital(&sentence))
            } else {
                conflict(&person, &now, &typed)
            })
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed() {
        for (form, fields) in [
            // A field the form did not show, left empty: it stays.
            ("was.number=&number=", ""),
            ("was.number=&number=&drop.number=1", "number:"),
            (
                "was.number=&number=045315000217&drop.number=1",
                "number:045315000217",
            ),
            ("was.name=Mơ&name=Mơ &drop.nothing=1", ""),
            ("was.name=Mơ&name=", "name:"),
            ("name=Mơ", "name:Mơ"),
        ] {
            let parts: Parts = form
                .split('&')
                .filter_map(|part| part.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            let typed = Typed::of(&parts);
            let said: Vec<String> = typed
                .fields
                .iter()
                .map(|(field, value)| format!("{}:{value}", field.code()))
                .collect();
            assert_eq!(said.join(" "), fields, "{form}");
        }
    }
}
