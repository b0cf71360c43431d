//! What the police see: one line a child in the order in which they look up, the cursor in the box for the number, answers by key.
//!
//! In: the code of a list; what was typed of its rows. Out: the page with everything that was typed still in it; for the script a row's part
//! alone. A row is written by itself: one that is asked about keeps no other waiting.

use super::super::answer::show;
use super::super::list::fix::one as part;
use super::{Can, Parts, WAY, on_page, shown};
use crate::access::Deed;
use crate::act::register::handover::frozen;
use crate::act::register::handover::keying::{self, Kept, Line};
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
use treem_child::handover::answer::{Answer as Given, Kind};
use treem_child::handover::frozen::{Carer, Frozen};
use treem_child::handover::state::Place;
use treem_child::handover::step::Way;

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

/// What stands in the boxes of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boxes {
    /// Word of the answer.
    pub answer: String,
    /// The number.
    pub number: String,
    /// What the population database says, where to, when.
    pub value: String,
    /// Why it is right although something speaks against it.
    pub why: String,
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

/// Twelve digits in groups of three, as they are read aloud.
pub fn grouped(number: &str) -> String {
    let whole = number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit());
    if !whole {
        return number.to_owned();
    }
    let mut out = String::with_capacity(15);
    for (at, digit) in number.chars().enumerate() {
        if at > 0 && at % 3 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// An answer as the boxes show it.
pub fn boxes(answer: &Given) -> Boxes {
    let mut out = Boxes {
        answer: answer.kind().word().to_owned(),
        ..Boxes::default()
    };
    match answer {
        Given::NumberGiven { number } => out.number = grouped(number),
        Given::NumberOnAnother { number } => out.number = grouped(number.as_deref().unwrap_or("")),
        Given::NumberChanged { new, .. } => out.number = grouped(new.as_deref().unwrap_or("")),
        Given::Differs { fields } => {
            let said: Vec<String> = fields
                .iter()
                .map(|one| format!("{}: {}", one.field.label(), one.value))
                .collect();
            out.value = said.join("; ");
        }
        Given::MovedAway { to } => out.value.clone_from(to),
        Given::Died { day } => out.value = shown::day(day),
        Given::Agrees
        | Given::NotFound
        | Given::NotResident
        | Given::BirthNotRegistered
        | Given::NotCitizen => {}
    }
    out
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

/// What was typed of the rows, by number.
fn typed(parts: &[(String, String)]) -> BTreeMap<u32, Boxes> {
    let mut out: BTreeMap<u32, Boxes> = BTreeMap::new();
    for (name, value) in parts {
        let Some((letter, number)) = name.split_once('.') else {
            continue;
        };
        let Ok(number) = number.parse::<u32>() else {
            continue;
        };
        let text = value.trim().to_owned();
        let row = out.entry(number).or_default();
        match letter {
            "a" => row.answer = text,
            "v" => row.number = text,
            "t" => row.value = text,
            "y" => row.why = text,
            _ => {}
        }
    }
    out
}

/// What the act is told of a row; `None` where nothing was typed.
fn line(number: u32, boxes: &Boxes) -> Option<Line> {
    let digits: String = boxes.number.chars().filter(char::is_ascii_digit).collect();
    let mut answer = boxes.answer.clone();
    let mut value = if digits.is_empty() {
        boxes.value.clone()
    } else {
        boxes.number.clone()
    };
    // Without scripts: one key in the box of the number is the answer; a number alone is a number that was given.
    let mut keys = boxes.number.chars();
    if answer.is_empty()
        && let (Some(key), None) = (keys.next(), keys.next())
        && let Some(kind) = Kind::from_key(key.to_ascii_uppercase())
    {
        kind.word().clone_into(&mut answer);
        value.clone_from(&boxes.value);
    } else if answer.is_empty() && !digits.is_empty() {
        Kind::NumberGiven.word().clone_into(&mut answer);
    }
    let mut note = String::new();
    if !digits.is_empty() && value == boxes.number && !boxes.value.is_empty() {
        note.clone_from(&boxes.value);
        if answer == Kind::Differs.word() {
            value = format!("Số định danh: {digits}; {}", boxes.value);
            note.clear();
        }
    }
    if answer.is_empty() && value.is_empty() {
        return None;
    }
    Some(Line {
        row: number.to_string(),
        answer,
        value,
        note,
        why: boxes.why.clone(),
    })
}

/// What a page needs.
struct Read {
    paper: frozen::Paper,
    answers: Vec<keying::Shown>,
    can: Can,
}

fn read(desk: &mut Desk, list: &str) -> Done<Read> {
    let paper = frozen::paper(desk, list)?;
    let (edition, unit) = paper.held.unit();
    let can = Can::of(desk, edition, unit);
    if !can.answers {
        desk.must(Deed::Answer, edition, Some(unit))?;
    }
    let place = paper.held.place();
    if !place.is_sealed() {
        return Err(Failed::Refused(format!(
            "danh sách {} chưa chuyển đến Công an: đang ở bước “{}”.",
            paper.held.code,
            place.label()
        )));
    }
    let answers = keying::answers(desk, list)?;
    Ok(Read {
        paper,
        answers,
        can,
    })
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
    read: &Read,
    (asked, over, now): (&Asked, &BTreeMap<u32, Boxes>, Option<&Kept>),
    wrong: String,
) -> Response {
    let held = &read.paper.held;
    let list = held.code.to_string();
    let place = held.place();
    let by_row: BTreeMap<u32, &keying::Shown> = read
        .answers
        .iter()
        .map(|answer| (answer.row.number(), answer))
        .collect();
    let only = !asked.only.is_empty();
    let wanted: Vec<&Frozen> = read
        .paper
        .rows
        .iter()
        .filter(|row| {
            let state = by_row.get(&row.code.number()).map_or("", |one| one.state);
            !only || state != "holds" || over.contains_key(&row.code.number())
        })
        .collect();
    let from = asked.from.min(wanted.len().saturating_sub(1)) / ROWS * ROWS;
    let rows: Vec<Row> = wanted
        .iter()
        .skip(from)
        .take(ROWS)
        .map(|row| {
            let number = row.code.number();
            let answer = by_row.get(&number);
            let code = row.code.to_string();
            let question = now.and_then(|now| {
                now.asked
                    .iter()
                    .find(|one| one.row == code || one.row == number.to_string())
            });
            let own = answer
                .and_then(|one| one.answer.as_ref())
                .map(boxes)
                .unwrap_or_default();
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
                        answer.map(|one| kept(one)).unwrap_or_default()
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
    let count = read.paper.rows.len();
    let answered = read
        .answers
        .iter()
        .filter(|one| one.state == "holds")
        .count();
    let href = |from: usize| {
        let only = if only { "&only=open" } else { "" };
        format!("{WAY}/{list}/answer?from={from}{only}")
    };
    let end = from.saturating_add(rows.len());
    let said = (asked.told == "kept").then(|| "Đã ghi kết quả.".to_owned());
    let mut page = Page::new(&format!("Đối chiếu danh sách {list}"), WAY, Some(person))
        .back(&format!("{WAY}/{list}"), &format!("Danh sách {list}"))
        .said(said);
    page.keys = crate::web::page::Keys::Answers;
    let asked_count = rows.iter().filter(|row| !row.told.asked.is_empty()).count();
    page.wrong = !wrong.is_empty() || asked_count > 0;
    let status = if page.wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let shown = show(&Answering {
        page,
        wrong,
        title: read.paper.heading.title.clone(),
        count,
        answered,
        from,
        only,
        before: if from > 0 {
            href(from.saturating_sub(ROWS))
        } else {
            String::new()
        },
        after: if end < wanted.len() {
            href(end)
        } else {
            String::new()
        },
        can_write: read.can.answers && place == Place::Received,
        must_receive: read.can.answers && place == Place::Sent,
        place_label: place.label(),
        keys: Kind::ALL
            .iter()
            .map(|kind| (kind.key().to_string(), kind.label()))
            .collect(),
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
    let read = state.act(&person, move |desk| read(desk, &list)).await?;
    Ok(page_of(
        &person,
        &read,
        (&asked, &BTreeMap::new(), None),
        String::new(),
    ))
}

/// Only the rows in which something was changed.
fn changed(read: &[keying::Shown], typed: &BTreeMap<u32, Boxes>) -> Vec<Line> {
    let mut out = Vec::new();
    for (number, boxes) in typed {
        let known = read.iter().find(|one| one.row.number() == *number);
        let now = known.and_then(|one| one.answer.as_ref()).map(self::boxes);
        let same = now.as_ref().is_some_and(|now| {
            let digits = |text: &str| {
                text.chars()
                    .filter(char::is_ascii_digit)
                    .collect::<String>()
            };
            now.answer == boxes.answer
                && digits(&now.number) == digits(&boxes.number)
                && now.value == boxes.value
        });
        // An answer that was written and is emptied is taken away.
        if now.is_some() && boxes.answer.is_empty() && boxes.number.is_empty() {
            out.push(Line {
                row: number.to_string(),
                answer: "-".to_owned(),
                ..Line::default()
            });
        } else if !same && let Some(line) = line(*number, boxes) {
            out.push(line);
        }
    }
    out
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
    let done = state
        .try_act(Some(&person), move |desk| {
            // Who answers in the portal answers as the police; what came on paper is keyed elsewhere.
            let before = read(desk, &own)?;
            let lines = changed(&before.answers, &sent);
            if lines.is_empty() {
                return Ok((before, None));
            }
            let now = keying::key(desk, &own, Way::Portal, &lines)?;
            Ok((read(desk, &own)?, Some(now)))
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
            let again = state.try_act(Some(&person), {
                let list = list.clone();
                move |desk| read(desk, &list)
            });
            match again.await {
                Ok(read) => Ok(page_of(&person, &read, (&asked, &all, None), wrong)),
                Err(_) => Err(Answer::of(Failed::Refused(sentence), Some(&person))),
            }
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// One row's part, for the script.
fn row_said(read: &Read, all: &BTreeMap<u32, Boxes>, now: Option<&Kept>) -> Response {
    let number = all.keys().next().copied().unwrap_or(0);
    let answer = read.answers.iter().find(|one| one.row.number() == number);
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
        answered: read
            .answers
            .iter()
            .filter(|one| one.state == "holds")
            .count(),
        count: read.paper.rows.len(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_of_a_row() {
        let boxes = |answer: &str, number: &str, value: &str| Boxes {
            answer: answer.to_owned(),
            number: number.to_owned(),
            value: value.to_owned(),
            why: String::new(),
        };
        for (typed, expect) in [
            (boxes("", "", ""), None),
            // A key in the box of the number.
            (boxes("", "4", ""), Some(("not-found", "", ""))),
            (boxes("", "n", ""), Some(("not-citizen", "", ""))),
            // A number alone.
            (
                boxes("", "045 218 000 318", ""),
                Some(("number-given", "045 218 000 318", "")),
            ),
            // A number that is too short is asked about, not taken for a key.
            (boxes("", "04", ""), Some(("number-given", "04", ""))),
            (
                boxes("moved-away", "", "Gio Linh"),
                Some(("moved-away", "Gio Linh", "")),
            ),
            (
                boxes("number-given", "045218000318", "mới cấp"),
                Some(("number-given", "045218000318", "mới cấp")),
            ),
            (
                boxes("differs", "045218000318", "Họ tên: Hồ Thị Mở"),
                Some((
                    "differs",
                    "Số định danh: 045218000318; Họ tên: Hồ Thị Mở",
                    "",
                )),
            ),
        ] {
            let line = line(7, &typed);
            let found = line.as_ref().map(|line| {
                assert_eq!(line.row, "7");
                (
                    line.answer.as_str(),
                    line.value.as_str(),
                    line.note.as_str(),
                )
            });
            assert_eq!(found, expect, "{typed:?}");
        }
    }

    #[test]
    fn a_number_in_groups() {
        for (number, shown) in [
            ("045218000318", "045 218 000 318"),
            ("45218000318", "45218000318"),
            ("04521800031x", "04521800031x"),
            ("", ""),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}
