//! *Xử lý nghi trùng*: the next item at once, both sides field by field, what will happen before the click, the next one by itself.
//!
//! In: the key of an item, choices, an answer. Out: pages; the part that says what will happen.

mod done;
mod search;

pub use done::{back, show_page as done, unmerge, unmerge_ask};
pub use search::{begin as look, show_page as looking, stop as look_stop};

use super::answer::{capital, show};
use super::{Answer, Page, Person, State};
use crate::act::register::pairs::answer::{self as answers, Answer as Said};
use crate::act::register::pairs::item::{self, How, Item, Line};
use crate::act::register::pairs::picks::{self, Picks, Will};
use crate::act::register::pairs::words::{bits, file_name, percent, sure};
use crate::act::register::pairs::{self, Asked, Key, Order, Queue};
use crate::act::register::{Desk, Done, Failed};
use crate::limits;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use std::borrow::Borrow;
use std::sync::Arc;
use treem_child::texts::grouped;

/// An item with what a person has picked.
struct Shown {
    item: Item,
    picks: Picks,
}

impl Shown {
    fn is_change(&self) -> bool {
        self.item.kind == "changes"
    }

    /// The heading: how sure it is.
    fn headline(&self) -> String {
        if self.is_change() {
            return "Dòng này là của trẻ đã có, nhưng ghi khác hồ sơ".to_owned();
        }
        let sure = capital(sure(self.item.probability));
        format!("{sure} – khả năng {}", percent(self.item.probability))
    }

    /// One of the two has no number, so that it says nothing.
    fn lacks_number(&self) -> bool {
        let line = self.item.lines.iter().find(|line| line.field == "number");
        line.is_some_and(|line| matches!(line.how, How::First | How::Second))
    }

    /// What a side is.
    fn title(&self, side: impl Borrow<usize>) -> String {
        let Some(party) = self.item.parties.get(*side.borrow()) else {
            return String::new();
        };
        let origin = party.origin.as_ref().map(|(file, sheet, row)| {
            let sheet = if sheet.is_empty() {
                String::new()
            } else {
                format!(", trang {sheet}")
            };
            format!("{}{sheet}, dòng {row}", file_name(file))
        });
        match (&party.child, origin) {
            (Some(_), Some(origin)) => format!("hồ sơ trong sổ (từ {origin})"),
            (Some(_), None) => "hồ sơ trong sổ".to_owned(),
            (None, Some(origin)) => format!("từ tệp {origin}"),
            (None, None) => "–".to_owned(),
        }
    }

    fn picked(&self, field: &str) -> usize {
        self.picks
            .iter()
            .find(|(known, _)| known == field)
            .map_or(0, |(_, side)| *side)
    }
}

/// A person chooses the side of this field.
fn chooses(line: &Line) -> bool {
    line.how == How::Differs
}

/// How a line looks.
fn line_look(line: &Line) -> &'static str {
    match line.how {
        How::Same => "same",
        How::Differs => "differs",
        _ => "one",
    }
}

/// What becomes of a field nobody chooses.
fn follows(line: &Line) -> &'static str {
    match line.how {
        How::Second => "bổ sung từ (2)",
        How::First => "giữ của (1)",
        How::Follows => "theo dòng trên",
        _ => "",
    }
}

#[derive(Template)]
#[template(path = "duplicates.html")]
struct Duplicates {
    page: Page,
    wrong: String,
    queue: Queue,
    shown: Option<Shown>,
    will: Result<Will, String>,
    is_change: bool,
    oldest: bool,
    /// What was just answered: one line, for it comes after every answer.
    said: Option<String>,
}

#[derive(Template)]
#[template(path = "duplicates_will.html")]
struct Consequence {
    will: Result<Will, String>,
    is_change: bool,
}

/// What is asked of the page.
#[derive(Deserialize)]
pub struct Wanted {
    /// Which candidate of a row.
    with: Option<usize>,
    /// What was just answered.
    said: Option<String>,
    /// `oldest`: what waits longest comes first.
    order: Option<String>,
}

/// The order of an address.
fn order(word: Option<&str>) -> Order {
    match word {
        Some("oldest") => Order::Oldest,
        _ => Order::Likeliest,
    }
}

/// Everything the page needs, read at once.
struct Ready {
    queue: Queue,
    shown: Option<(Item, Result<Will, String>)>,
}

/// What would happen, or why it cannot.
fn will(desk: &mut Desk, key: &Key, with: usize, picks: &Picks) -> Done<Result<Will, String>> {
    match picks::will(desk, key, with, picks) {
        Ok(will) => Ok(Ok(will)),
        Err(Failed::Refused(sentence)) => Ok(Err(capital(&sentence))),
        Err(failed) => Err(failed),
    }
}

/// The item of a key; without one the first that still waits.
fn ready(
    desk: &mut Desk,
    key: Option<&Key>,
    (with, order): (usize, Order),
    picks: &Picks,
) -> Done<Ready> {
    let asked = Asked {
        order,
        ..Asked::default()
    };
    let queue = pairs::queue(desk, asked, limits::QUEUE_TRIED)?;
    if let Some(key) = key {
        let item = item::item(desk, key, with)?;
        let will = will(desk, key, with, picks)?;
        return Ok(Ready {
            queue,
            shown: Some((item, will)),
        });
    }
    let keys: Vec<Key> = queue.items.iter().map(|one| one.key.clone()).collect();
    let mut fell = false;
    for key in keys {
        // A pair that is weighed again may fall out of the queue as it is looked at.
        let item = match item::item(desk, &key, 0) {
            Ok(item) => item,
            Err(Failed::Refused(_)) => {
                fell = true;
                continue;
            }
            Err(failed) => return Err(failed),
        };
        let will = will(desk, &key, 0, picks)?;
        return Ok(Ready {
            queue: if fell {
                pairs::queue(desk, asked, 0)?
            } else {
                queue
            },
            shown: Some((item, will)),
        });
    }
    Ok(Ready { queue, shown: None })
}

/// The next item.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Answer> {
    let said = wanted.said.as_deref().map(told);
    let order = order(wanted.order.as_deref());
    let ready = state
        .act(&person, move |desk| {
            ready(desk, None, (0, order), &Vec::new())
        })
        .await?;
    let mut page = Page::new("Xử lý nghi trùng", "/duplicates", Some(&person));
    page.said = said;
    Ok(page_of(page, ready, (Vec::new(), order), String::new()))
}

/// What was just answered, as the next page says it.
fn told(word: &str) -> String {
    match word {
        "same" => "Đã ghi là cùng một trẻ.",
        "apart" => "Đã ghi là hai trẻ khác nhau.",
        "twins" => "Đã ghi là hai trẻ sinh đôi.",
        "later" => "Đã để sau.",
        "taken" => "Đã ghi theo lựa chọn.",
        _ => "Đã ghi.",
    }
    .to_owned()
}

fn page_of(
    mut page: Page,
    ready: Ready,
    (picks, order): (Picks, Order),
    wrong: String,
) -> Response {
    page.wrong = !wrong.is_empty();
    let said = page.said.take();
    let (shown, will) = match ready.shown {
        Some((item, will)) => (Some(Shown { item, picks }), will),
        None => (None, Ok(Will::default())),
    };
    let status = page.status();
    let is_change = shown.as_ref().is_some_and(Shown::is_change);
    let answer = show(&Duplicates {
        page,
        wrong,
        queue: ready.queue,
        shown,
        will,
        is_change,
        oldest: order == Order::Oldest,
        said,
    });
    (status, answer).into_response()
}

fn key_of(person: &Person, key: &str) -> Result<Key, Answer> {
    Key::parse(key).ok_or_else(|| Answer::not_found(Some(person)))
}

/// One item.
pub async fn one(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Answer> {
    let key = key_of(&person, &key)?;
    let with = wanted.with.unwrap_or(0);
    let order = order(wanted.order.as_deref());
    let ready = state
        .act(&person, move |desk| {
            ready(desk, Some(&key), (with, order), &Vec::new())
        })
        .await?;
    let page = Page::new("Xử lý nghi trùng", "/duplicates", Some(&person))
        .back("/duplicates", "Việc tiếp theo");
    Ok(page_of(page, ready, (Vec::new(), order), String::new()))
}

/// What the form says.
struct Typed {
    seen: String,
    with: usize,
    answer: String,
    order: Order,
    picks: Picks,
}

impl Typed {
    fn of(form: Vec<(String, String)>) -> Self {
        let mut out = Self {
            seen: String::new(),
            with: 0,
            answer: String::new(),
            order: Order::Likeliest,
            picks: Vec::new(),
        };
        for (name, value) in form {
            match name.as_str() {
                "seen" => out.seen = value,
                "with" => out.with = value.parse().unwrap_or(0),
                "answer" => out.answer = value,
                "order" => out.order = order(Some(&value)),
                name => {
                    if let Some(field) = name.strip_prefix("pick:") {
                        out.picks
                            .push((field.to_owned(), usize::from(value == "1")));
                    }
                }
            }
        }
        out
    }
}

/// The part that says what would happen.
pub async fn consequence(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(key): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Answer> {
    let key = key_of(&person, &key)?;
    let typed = Typed::of(form);
    let (will, is_change) = state
        .act(&person, move |desk| {
            let told = will(desk, &key, typed.with, &typed.picks)?;
            let is_change = told.as_ref().is_ok_and(|will| will.apart.is_empty());
            Ok((told, is_change))
        })
        .await?;
    Ok(show(&Consequence { will, is_change }))
}

/// Takes an answer; the next one comes by itself.
pub async fn take(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(key): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Answer> {
    let key = key_of(&person, &key)?;
    let typed = Typed::of(form);
    let said = match typed.answer.as_str() {
        "same" => Said::Same(typed.picks.clone()),
        "apart" => Said::Apart,
        "twins" => Said::Twins,
        "later" => Said::Later,
        _ => return again(&state, &person, key, typed, String::new()).await,
    };
    let (asked, seen, with) = (key.clone(), typed.seen.clone(), typed.with);
    let done = state
        .try_act(Some(&person), move |desk| {
            answers::answer(desk, &asked, (&seen, with), &said)
        })
        .await;
    match done {
        Ok(done) => {
            let order = match typed.order {
                Order::Oldest => "&order=oldest",
                Order::Likeliest => "",
            };
            Ok(Answer::to(&format!(
                "/duplicates?said={}{order}",
                done.answer
            )))
        }
        Err(Failed::Refused(sentence)) => {
            again(&state, &person, key, typed, capital(&sentence)).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

/// The item again, as it is now, with what was picked.
async fn again(
    state: &Arc<State>,
    person: &Person,
    key: Key,
    typed: Typed,
    wrong: String,
) -> Result<Response, Answer> {
    let (picks, order) = (typed.picks.clone(), typed.order);
    let found = state
        .try_act(Some(person), move |desk| {
            ready(desk, Some(&key), (typed.with, order), &typed.picks)
        })
        .await;
    let page = Page::new("Xử lý nghi trùng", "/duplicates", Some(person))
        .back("/duplicates", "Việc tiếp theo");
    match found {
        Ok(ready) => Ok(page_of(page, ready, (picks, order), wrong)),
        // It does not wait any more: what was wrong with the answer says it better.
        Err(Failed::Refused(sentence)) => {
            let sentence = if wrong.is_empty() { sentence } else { wrong };
            Err(Answer::page(
                StatusCode::CONFLICT,
                Some(person),
                &sentence,
                "Mở trang Xử lý nghi trùng để làm việc tiếp theo.",
            ))
        }
        Err(failed) => Err(Answer::of(failed, Some(person))),
    }
}

#[cfg(test)]
mod tests;
