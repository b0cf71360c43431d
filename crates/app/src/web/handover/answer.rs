//! What the police see: one line a child in the order in which they look up, the cursor in the box for the number, answers by key.
//!
//! In: the code of a list; what was typed of its rows. Out: the page with everything that was typed still in it; for the script a row's part
//! alone. A row is written by itself: one that is asked about keeps no other waiting.

mod typed;

use super::super::answer::show;
use super::super::list::fix::one as part;
use super::{Parts, WAY, of_list, on_page, shown};
use crate::access::Deed;
use crate::act::register::handover::keying::page::{self, Page as Rows, Which};
use crate::act::register::handover::keying::{self, Kept};
use crate::act::register::handover::{asked, list_of, show as act};
use crate::act::register::{Desk, Done, Failed};
use crate::web::{Answer, Page, Person, State};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use treem_child::handover::answer::Kind;
use treem_child::handover::frozen::{Carer, Frozen};
use treem_child::handover::state::Place;
use treem_child::handover::step::Way;
use typed::{Boxes, boxes, changed, grouped, typed};

/// Rows of a page.
const ROWS: usize = 50;

/// Which rows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The first row, counted from 0.
    from: usize,
    /// Only those without an answer.
    only: String,
    told: String,
}

/// An answer that can be chosen.
pub struct Choice {
    /// Its key.
    pub key: String,
    /// Its word.
    pub word: &'static str,
    /// In words.
    pub label: &'static str,
    /// It is chosen.
    pub chosen: bool,
}

/// What became of a row.
#[derive(Default)]
pub struct Told {
    /// Number of the row.
    pub number: u32,
    /// It is written down: in words.
    pub kept: String,
    /// What is asked.
    pub asked: String,
    /// A reason would do.
    pub can_confirm: bool,
    /// The reason as typed.
    pub why: String,
}

/// A line.
pub struct Row {
    /// Number within the list.
    pub number: u32,
    /// Whole code.
    pub code: String,
    /// What they look up.
    pub facts: Vec<(&'static str, String)>,
    /// Name.
    pub name: String,
    /// Why the child is on the list.
    pub why: String,
    /// What stands in the boxes.
    pub boxes: Boxes,
    /// The answers.
    pub choices: Vec<Choice>,
    /// What became of it.
    pub told: Told,
}

#[derive(Template)]
#[template(path = "handover_answer.html")]
struct Answering {
    page: Page,
    wrong: String,
    list: String,
    title: String,
    count: usize,
    answered: usize,
    rows: Vec<Row>,
    from: usize,
    only: bool,
    before: String,
    after: String,
    can_write: bool,
    must_receive: bool,
    place_label: &'static str,
    keys: Vec<(String, &'static str)>,
    asked: usize,
}

#[derive(Template)]
#[template(path = "handover_answer_said.html")]
struct Said {
    told: Told,
    answered: usize,
    count: usize,
}

#[derive(Template)]
#[template(path = "handover_answer_check.html")]
struct Checked {
    doubts: Vec<String>,
    is_final: bool,
    good: bool,
}

fn choices(chosen: &str) -> Vec<Choice> {
    Kind::ALL
        .iter()
        .map(|kind| Choice {
            key: kind.key().to_string(),
            word: kind.word(),
            label: kind.label(),
            chosen: kind.word() == chosen,
        })
        .collect()
}

fn carer(carer: &Carer) -> String {
    if carer.nationality.is_empty() || carer.name.is_empty() {
        carer.name.clone()
    } else {
        format!("{} ({})", carer.name, carer.nationality)
    }
}

/// The fields in the order in which they are looked up; what is empty is said, so that nobody searches for it.
fn facts(row: &Frozen) -> Vec<(&'static str, String)> {
    let mut out = vec![
        ("Số định danh hiện ghi", grouped(&row.number)),
        ("Ngày sinh", row.birth_shown()),
        ("Giới tính", row.sex.clone()),
        ("Dân tộc", row.ethnicity_shown()),
    ];
    for (label, value) in [
        ("Quốc tịch", row.nationality.clone()),
        ("Nơi đăng ký khai sinh", row.birth_registration.clone()),
        ("Quê quán", row.home_place.clone()),
        ("Nơi thường trú", row.home_shown()),
        ("Cha", carer(&row.father)),
        ("Mẹ", carer(&row.mother)),
        ("Người giám hộ", carer(&row.guardian)),
        ("Điện thoại", row.phone.clone()),
    ] {
        if !value.is_empty() {
            out.push((label, value));
        }
    }
    out
}

/// A page of rows for who answers in the portal.
fn read(desk: &mut Desk, list: &str, which: &Which) -> Done<Rows> {
    page::page(desk, list, (which, ROWS))
}

/// Whether this person answers for the police: in the portal nobody else does.
///
/// # Errors
/// [`Failed::Refused`]: no such list; [`Failed::Denied`].
pub fn must(desk: &mut Desk, list: &str) -> Done<()> {
    let shown = act::show(desk, list)?;
    desk.must(Deed::Answer, &shown.line.edition, Some(&shown.line.unit))
}

/// What a kept row says.
fn kept(answer: &keying::Shown) -> String {
    match answer.state {
        "holds" => format!("Đã ghi: {}", answer.label),
        "first" => "Đã gõ lần một, chờ gõ lần hai".to_owned(),
        "differs" => "Hai lần gõ khác nhau, chờ chọn".to_owned(),
        _ => String::new(),
    }
}

fn page_of(
    person: &Person,
    read: &Rows,
    (asked, over, now): (&Asked, &BTreeMap<u32, Boxes>, Option<&Kept>),
    wrong: String,
) -> Response {
    let held = &read.held;
    let list = held.code.to_string();
    let place = held.place();
    let only = !asked.only.is_empty();
    // After a form was sent its own rows are shown again, from where they stood.
    let from = if over.is_empty() {
        read.from
    } else {
        asked.from
    };
    let rows: Vec<Row> = read
        .rows
        .iter()
        .map(|(row, answer)| {
            let number = row.code.number();
            let code = row.code.to_string();
            let question = now.and_then(|now| {
                now.asked
                    .iter()
                    .find(|one| one.row == code || one.row == number.to_string())
            });
            let own = answer.answer.as_ref().map(boxes).unwrap_or_default();
            let boxes = over
                .get(&number)
                .filter(|_| question.is_some() || now.is_none());
            let boxes = boxes.cloned().unwrap_or(own);
            Row {
                number,
                facts: facts(row),
                name: row.name.clone(),
                why: row.why_shown().join("; "),
                choices: choices(&boxes.answer),
                told: Told {
                    number,
                    kept: if question.is_some() {
                        String::new()
                    } else {
                        kept(answer)
                    },
                    asked: question.map(|one| one.sentence.clone()).unwrap_or_default(),
                    can_confirm: question.is_some_and(|one| one.can_confirm),
                    why: boxes.why.clone(),
                },
                boxes,
                code,
            }
        })
        .collect();
    let href = |from: usize| {
        let only = if only { "&only=open" } else { "" };
        format!("{WAY}/{list}/answer?from={from}{only}")
    };
    let end = from.saturating_add(rows.len());
    let said = (asked.told == "kept").then(|| "Đã ghi kết quả.".to_owned());
    let mut page = of_list(&format!("Đối chiếu danh sách {list}"), person, &list).said(said);
    page.keys = crate::web::page::Keys::Answers;
    let asked_count = rows.iter().filter(|row| !row.told.asked.is_empty()).count();
    page.wrong = !wrong.is_empty() || asked_count > 0;
    let status = page.status();
    let shown = show(&Answering {
        page,
        wrong,
        title: held.list.title.clone(),
        count: read.count,
        answered: read.answered,
        from,
        only,
        before: if from > 0 {
            href(from.saturating_sub(ROWS))
        } else {
            String::new()
        },
        after: if end < read.wanted {
            href(end)
        } else {
            String::new()
        },
        can_write: place == Place::Received,
        must_receive: place == Place::Sent,
        place_label: place.label(),
        keys: super::keys(),
        asked: asked_count,
        rows,
        list,
    });
    (status, shown).into_response()
}

/// The page.
pub async fn page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let which = Which::From {
        from: asked.from,
        open: !asked.only.is_empty(),
    };
    let read = state
        .act(&person, move |desk| read(desk, &list, &which))
        .await?;
    Ok(page_of(
        &person,
        &read,
        (&asked, &BTreeMap::new(), None),
        String::new(),
    ))
}

/// Writes down what was typed.
pub async fn enter(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    headers: HeaderMap,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let all = typed(&parts);
    let is_part = headers.contains_key("x-part");
    let own = list.clone();
    let sent = all.clone();
    let these = || Which::These(all.keys().copied().collect());
    let which = these();
    let done = state
        .try_act(Some(&person), move |desk| {
            // Who answers in the portal answers as the police; what came on paper is keyed elsewhere.
            let before = read(desk, &own, &which)?;
            let lines = changed(&before.rows, &sent);
            if lines.is_empty() {
                return Ok((before, None));
            }
            let now = keying::key(desk, &own, Way::Portal, &lines)?;
            Ok((read(desk, &own, &which)?, Some(now)))
        })
        .await;
    let asked = Asked {
        from: part(&parts, "from").parse().unwrap_or(0),
        only: part(&parts, "only").to_owned(),
        told: String::new(),
    };
    match done {
        Ok((read, now)) if is_part => Ok(row_said(&read, &all, now.as_ref())),
        Ok((_, now)) if now.as_ref().is_none_or(|now| now.asked.is_empty()) => {
            let only = if asked.only.is_empty() {
                ""
            } else {
                "&only=open"
            };
            let from = asked.from;
            Ok(Answer::to(&format!(
                "{WAY}/{list}/answer?from={from}{only}&told=kept"
            )))
        }
        Ok((read, now)) => Ok(page_of(
            &person,
            &read,
            (&asked, &all, now.as_ref()),
            String::new(),
        )),
        Err(Failed::Refused(sentence)) if is_part => {
            let number = all.keys().next().copied().unwrap_or(0);
            let shown = show(&Said {
                told: Told {
                    number,
                    asked: on_page(&sentence),
                    ..Told::default()
                },
                answered: 0,
                count: 0,
            });
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(Failed::Refused(sentence)) => {
            let wrong = on_page(&sentence);
            let (list, which) = (list.clone(), these());
            let again = state.try_act(Some(&person), move |desk| read(desk, &list, &which));
            match again.await {
                Ok(read) => Ok(page_of(&person, &read, (&asked, &all, None), wrong)),
                Err(_) => Err(Answer::of(Failed::Refused(sentence), Some(&person))),
            }
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// One row's part, for the script.
fn row_said(read: &Rows, all: &BTreeMap<u32, Boxes>, now: Option<&Kept>) -> Response {
    let number = all.keys().next().copied().unwrap_or(0);
    let answer = read.rows.first().map(|(_, answer)| answer);
    let question = now.and_then(|now| now.asked.first());
    show(&Said {
        told: Told {
            number,
            kept: match question {
                None => answer.map(kept).unwrap_or_default(),
                Some(_) => String::new(),
            },
            asked: question.map(|one| one.sentence.clone()).unwrap_or_default(),
            can_confirm: question.is_some_and(|one| one.can_confirm),
            why: all
                .get(&number)
                .map(|boxes| boxes.why.clone())
                .unwrap_or_default(),
        },
        answered: read.answered,
        count: read.count,
    })
}

/// A number that is being typed, for the script; nothing is written.
pub async fn check(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(list): Path<String>,
    Form(parts): Form<Parts>,
) -> Result<Response, Answer> {
    let (row, number) = (
        part(&parts, "row").to_owned(),
        part(&parts, "number").to_owned(),
    );
    let look = state
        .try_act(Some(&person), move |desk| {
            list_of(&list)?;
            asked::number(desk, &list, (&row, &number))
        })
        .await;
    match look {
        Ok(look) => Ok(show(&Checked {
            good: look.doubts.is_empty(),
            is_final: look.is_final,
            doubts: look.doubts,
        })),
        Err(Failed::Refused(sentence)) => Ok(show(&Checked {
            doubts: vec![on_page(&sentence)],
            is_final: true,
            good: false,
        })),
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}
