//! The children behind a figure.
//!
//! In: figure, unit, hamlet, day, edition, the last child of the page before, as the address has them. Out: the page.

use crate::act::register::report::children as act;
use crate::web::answer::show;
use crate::web::{Answer, Page, Person, State, shown};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::normalise::unit;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    figure: String,
    unit: String,
    hamlet: Option<String>,
    edition: String,
    day: String,
    after: String,
}

struct Row {
    child: String,
    name: String,
    birth: String,
    sex: String,
    number: String,
    place: String,
    findings: Vec<String>,
}

#[derive(Template)]
#[template(path = "report_children.html")]
struct Children {
    page: Page,
    place: String,
    day: String,
    rows: Vec<Row>,
    next: String,
}

/// The page.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let edition = unit::edition(&asked.edition);
    let unit = edition.by_code(&asked.unit);
    let day = shown::read_day(&asked.day).unwrap_or_else(|| state.today());
    if unit.is_none() && !asked.unit.is_empty() {
        return Err(Answer::not_found(Some(&person)));
    }
    let own = asked.clone();
    let told = state
        .act(&person, move |desk| {
            let asked = act::Asked {
                as_of: day.to_string(),
                edition,
                unit,
                hamlet: own.hamlet,
                figure: own.figure,
            };
            act::page(desk, &asked, &own.after)
        })
        .await?;
    let hamlet = asked.hamlet.as_ref().map_or_else(String::new, |hamlet| {
        format!("&hamlet={}", shown::encoded(hamlet))
    });
    let next = told.next.as_ref().map_or_else(String::new, |next| {
        format!(
            "/report/children?figure={}&unit={}&edition={}&day={day}{hamlet}&after={next}",
            shown::encoded(&asked.figure),
            shown::encoded(&asked.unit),
            edition.from
        )
    });
    let place = unit.map_or_else(|| "Toàn sổ".to_owned(), |unit| edition.full_name(unit));
    let place = match asked.hamlet.as_deref() {
        Some("") => format!("{place}, chưa ghi thôn"),
        Some(hamlet) => format!("{hamlet}, {}", unit::in_running_text(&place)),
        None => place,
    };
    let back = format!(
        "/report?unit={}&edition={}&day={}",
        shown::encoded(&asked.unit),
        edition.from,
        shown::encoded(&shown::day(&day.to_string()))
    );
    Ok(show(&Children {
        page: Page::new(told.title, "/report", Some(&person)).back(&back, "Tiến độ"),
        place,
        day: shown::day(&day.to_string()),
        rows: told
            .rows
            .into_iter()
            .map(|row| Row {
                birth: shown::birth(&row.birth),
                place: [row.hamlet.as_str(), row.unit_name.as_str()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(", "),
                findings: row.findings.into_iter().map(|one| one.title).collect(),
                child: row.child,
                name: row.name,
                sex: row.sex,
                number: row.number,
            })
            .collect(),
        next,
    }))
}
