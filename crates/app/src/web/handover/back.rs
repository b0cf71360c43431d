//! The workbook that came back: understood row by row, shown before anything is written down; then what is understood is written, of what is
//! asked the rows a person says why of.
//!
//! In: the file; then its id and reasons. Out: what was understood; the page of the list.

use super::super::answer::show;
use super::super::list::fix::one as part;
use super::one::{self, Sought};
use super::{Parts, WAY, of_list, on_page};
use crate::act::register::handover::workbook::{self, Read, ReadRow};
use crate::act::register::handover::{came, list_of};
use crate::act::register::{Done, Failed};
use crate::web::sent::Sent;
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Multipart, Path, State as Of};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Form;
use std::sync::Arc;

struct Row {
    number: u32,
    code: String,
    name: String,
    label: &'static str,
    sentence: String,
    places: String,
    altered: Vec<String>,
    note: String,
    /// Why, as typed.
    why: String,
    /// What was asked when it was written down.
    asked: String,
    can_confirm: bool,
}

impl Row {
    fn of(row: &ReadRow, parts: &[(String, String)]) -> Self {
        let number = row.row.number();
        Self {
            number,
            code: row.row.to_string(),
            name: row.name.clone(),
            label: row.label,
            sentence: row.sentence.clone(),
            places: row.places.join(", "),
            altered: row
                .altered
                .iter()
                .map(|one| {
                    let shown = |text: &str| {
                        if text.is_empty() {
                            "(trống)".to_owned()
                        } else {
                            format!("“{text}”")
                        }
                    };
                    format!(
                        "{}: đã gửi {}, trả về {}",
                        one.field.label(),
                        shown(&one.sent),
                        shown(&one.came)
                    )
                })
                .collect(),
            note: row.note.clone(),
            why: part(parts, &format!("y.{number}")).to_owned(),
            asked: String::new(),
            can_confirm: row.answer.is_some(),
        }
    }
}

#[derive(Template)]
#[template(path = "handover_back.html")]
struct Back {
    page: Page,
    wrong: String,
    list: String,
    id: String,
    notes: Vec<String>,
    counts: [usize; 4],
    questions: Vec<Row>,
    refused: Vec<Row>,
    understood: Vec<Row>,
    unanswered: Vec<Row>,
    /// Rows that were written down; the others are asked about.
    written: Option<usize>,
}

fn page_of(
    person: &Person,
    (read, id): (&Read, String),
    (parts, wrong): (&[(String, String)], String),
) -> Response {
    let list = read.list.to_string();
    let of = |state: &str| -> Vec<Row> {
        read.rows
            .iter()
            .filter(|row| row.state == state)
            .map(|row| Row::of(row, parts))
            .collect()
    };
    let (mut questions, mut understood) = (of("question"), of("understood"));
    let mut written = None;
    if let Some(kept) = &read.kept {
        written = Some(kept.written.len());
        let done: Vec<String> = kept.written.iter().map(|row| row.row.to_string()).collect();
        questions.append(&mut understood);
        questions.retain(|row| !done.contains(&row.code));
        for row in &mut questions {
            if let Some(asked) = kept.asked.iter().find(|asked| asked.row == row.code) {
                row.asked.clone_from(&asked.sentence);
                row.can_confirm &= asked.can_confirm;
            }
        }
    }
    let mut page = of_list("Bảng tính trả về", person, &list);
    page.wrong = !wrong.is_empty();
    let status = page.status();
    let shown = show(&Back {
        page,
        wrong,
        list,
        id,
        notes: read.notes.clone(),
        counts: read.counts,
        questions,
        refused: of("refused"),
        understood,
        unanswered: of("unanswered"),
        written,
    });
    (status, shown).into_response()
}

/// Reads a file that came back.
pub async fn send(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    form: Multipart,
) -> Result<Response, Answer> {
    let sent = Sent::read(form, &person).await?;
    let own = list.clone();
    let done: Done<(Read, String)> = state
        .try_act(Some(&person), move |desk| {
            let Some((_, bytes)) = sent.file else {
                return Err(Failed::Refused("chưa chọn bảng tính nào.".to_owned()));
            };
            let code = list_of(&own)?;
            let (id, path) = came::keep(desk, code, &bytes)?;
            let read = workbook::read(desk, &own, &path, (&[], false));
            match read {
                Ok(read) if read.refused.is_none() => Ok((read, id)),
                Ok(read) => {
                    came::drop(desk, code, &id);
                    Err(Failed::Refused(read.refused.unwrap_or_default()))
                }
                Err(failed) => {
                    came::drop(desk, code, &id);
                    Err(failed)
                }
            }
        })
        .await;
    match done {
        Ok((read, id)) => Ok(page_of(&person, (&read, id), (&[], String::new()))),
        Err(Failed::Refused(sentence)) => {
            let wrong = on_page(&sentence);
            one::with(&state, &person, list, (None, wrong, Sought::default())).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// Writes down what was understood, and the rows that are accepted with why.
pub async fn enter(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path((list, id)): Path<(String, String)>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let (own, kept_id, typed) = (list.clone(), id.clone(), parts.clone());
    let done = state
        .try_act(Some(&person), move |desk| {
            let code = list_of(&own)?;
            let path = came::of(desk, code, &kept_id)?;
            let accepted: Vec<(String, String)> = typed
                .iter()
                .filter_map(|(name, why)| {
                    let row = name.strip_prefix("y.")?;
                    (!why.trim().is_empty()).then(|| (row.to_owned(), why.trim().to_owned()))
                })
                .collect();
            let read = workbook::read(desk, &own, &path, (&accepted, true))?;
            let all = read.kept.as_ref().is_some_and(|kept| kept.asked.is_empty());
            if all {
                came::drop(desk, code, &kept_id);
            }
            Ok((read, all))
        })
        .await;
    match done {
        Ok((_, true)) => Ok(Answer::to(&format!("{WAY}/{list}?told=read"))),
        Ok((read, false)) => Ok(page_of(&person, (&read, id), (&parts, String::new()))),
        Err(Failed::Refused(sentence)) => {
            // What was typed stays: the file is read again and shown with it.
            let own = list.clone();
            let again = state
                .try_act(Some(&person), move |desk| {
                    let path = came::of(desk, list_of(&own)?, &id)?;
                    Ok((workbook::read(desk, &own, &path, (&[], false))?, id))
                })
                .await;
            if let Ok((read, id)) = again {
                return Ok(page_of(&person, (&read, id), (&parts, on_page(&sentence))));
            }
            let wrong = on_page(&sentence);
            one::with(&state, &person, list, (None, wrong, Sought::default())).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
