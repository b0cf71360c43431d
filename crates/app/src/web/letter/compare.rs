//! *Đối chiếu bảng đã in*: paste or upload a table, see cell by cell what disagrees with itself and with the register.
//!
//! In: a text or a file, a day, an edition. Out: the page. What was sent is kept nowhere.

use super::super::answer::{capital, show};
use super::super::sent::Sent;
use super::super::{Answer, Page, Person, State, shown};
use super::{WAY, area_of, day_of, units};
use crate::access::Deed;
use crate::act::register::Failed;
use crate::act::register::letter::compare::{Cell, Compared, pasted, run};
use askama::Template;
use axum::extract::{Multipart, State as Of};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use treem_child::normalise::unit;

#[derive(Template)]
#[template(path = "letter_compare.html")]
struct Compare {
    page: Page,
    text: String,
    day: String,
    editions: Vec<(String, String, bool)>,
    told: Option<Told>,
    wrong: String,
    at: &'static str,
}

struct Told {
    heading: String,
    rows: Vec<(String, Vec<(&'static str, Cell)>)>,
    repairs: Vec<String>,
    left_out: Vec<String>,
    notes: Vec<String>,
}

/// The page with nothing sent yet.
pub async fn page(Of(state): Of<Arc<State>>, person: Person) -> Result<Response, Answer> {
    with(
        &state,
        &person,
        (String::new(), String::new(), String::new()),
        Ok(None),
    )
    .await
}

/// Compares what was sent.
pub async fn compare(
    Of(state): Of<Arc<State>>,
    person: Person,
    form: Multipart,
) -> Result<Response, Answer> {
    let sent = Sent::read(form, &person).await?;
    let typed = (
        sent.get("text").to_owned(),
        sent.get("day").to_owned(),
        sent.get("edition").to_owned(),
    );
    let own = typed.clone();
    let done = state
        .try_act(Some(&person), move |desk| {
            let (text, day, edition) = own;
            let day = day_of(&day, desk)?;
            let bytes = match sent.file {
                Some((_, bytes)) => bytes.to_vec(),
                None => pasted(&text)?,
            };
            let edition = if edition.is_empty() {
                day.to_string()
            } else {
                edition
            };
            run(desk, &bytes, (day, unit::edition(&edition)))
        })
        .await;
    match done {
        Ok(told) => with(&state, &person, typed, Ok(Some(told))).await,
        Err(Failed::Refused(sentence)) => {
            with(&state, &person, typed, Err(capital(&sentence))).await
        }
        Err(failed) => Err(Answer::of(failed, Some(&person))),
    }
}

async fn with(
    state: &Arc<State>,
    person: &Person,
    (text, day, chosen): (String, String, String),
    told: Result<Option<Compared>, String>,
) -> Result<Response, Answer> {
    let mut editions = state
        .act(person, move |desk| {
            let (groups, _) = units(desk, Deed::Report, ("", ""))?;
            let days = groups
                .iter()
                .filter_map(|(_, options)| options.first())
                .filter_map(|(value, ..)| area_of(value))
                .map(|(edition, _)| {
                    let label = format!("từ {}", shown::day(edition.from));
                    (edition.from.to_owned(), label, edition.from == chosen)
                });
            Ok(days.collect::<Vec<_>>())
        })
        .await?;
    let none = !editions.iter().any(|(.., is)| *is);
    editions.insert(0, (String::new(), "theo ngày số liệu".to_owned(), none));
    let (told, wrong) = match told {
        Ok(told) => (told.map(tell), String::new()),
        Err(sentence) => (None, sentence),
    };
    let mut page = Page::new("Đối chiếu bảng đã in", WAY, Some(person)).back(WAY, "Về Văn bản");
    page.wrong = !wrong.is_empty();
    let shown = Compare {
        page,
        text,
        day,
        editions,
        told,
        at: if wrong.contains("gày này") {
            "day"
        } else {
            "text"
        },
        wrong,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

fn tell(told: Compared) -> Told {
    let heading = match (told.own, told.register) {
        (0, 0) => "Mọi ô khớp với bảng và với sổ".to_owned(),
        (own, 0) => format!("{own} ô không khớp với chính bảng; không ô nào khác sổ"),
        (0, register) => format!("Bảng khớp với chính nó; {register} ô khác sổ"),
        (own, register) => format!("{own} ô không khớp với chính bảng, {register} ô khác sổ"),
    };
    let rows = told.rows.into_iter().map(|row| {
        let cells = vec![
            ("Số trẻ hiện có", row.headcount),
            ("Đã nhập", row.entered),
            ("Tỷ lệ (%)", row.rate),
            ("Còn thiếu", row.missing),
        ];
        (row.unit, cells)
    });
    Told {
        heading,
        rows: rows.collect(),
        repairs: told
            .coverage
            .repairs
            .iter()
            .map(|repair| repair.explanation.clone())
            .collect(),
        left_out: told.left_out,
        notes: told.notes,
    }
}
