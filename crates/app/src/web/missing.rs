//! *Ai còn thiếu*: who stands in other lists and not in the book; how many children there are; down from the province to the children of a commune.
//!
//! In: the person, a unit. Out: the page; a found child refused; the comparison begun again; the list of a commune as a workbook. Names only for who may
//! see children.

use super::answer::show;
use super::long::Long;
use super::{Answer, Page, Person, State, shown};
use crate::access::Deed;
use crate::act::register::Failed;
use crate::act::register::missing::found::{self, Listed};
use crate::act::register::missing::report::{self, Line, Range, Report};
use crate::act::register::missing::{REASONS, decide, key, link as act_link, sources, write};
use crate::act::units;
use crate::limits;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use shown::{birth, count, day as spoken_day, moment};
use std::sync::Arc;
use treem_child::normalise::unit::{self, Edition, Level};

#[derive(Template)]
#[template(path = "missing.html")]
struct Missing {
    page: Page,
    heading: String,
    day: String,
    notes: Vec<String>,
    whole: Option<Row>,
    units: Vec<Row>,
    list: Option<Names>,
    bands: Vec<Row>,
    rests_on: String,
    assumptions: Vec<&'static str>,
    is_home: bool,
    sources: Vec<sources::Listed>,
    is_stale: bool,
    may_link: bool,
    may_add: bool,
    may_decide: bool,
    may_export: bool,
    reasons: [(&'static str, &'static str); 4],
}

/// A unit or a band, as its figures are read.
#[derive(Default)]
struct Row {
    href: String,
    name: String,
    found: String,
    perhaps: String,
    headcount: String,
    entered: String,
    net: String,
    estimate: String,
    range: String,
    gross: String,
    gross_range: String,
    seen: String,
    why: String,
    doubts: Vec<String>,
}

/// The names of a commune.
struct Names {
    sure: bool,
    here: String,
    file: String,
    children: Vec<Listed>,
    next: Option<String>,
}

fn rows(source: &sources::Listed) -> String {
    count(source.rows)
}

fn percent(share: impl std::borrow::Borrow<f64>) -> String {
    format!("{:.0} %", share.borrow() * 100.0)
}

fn range(of: Option<Range>) -> (String, String) {
    of.map_or_else(
        || ("chưa biết".to_owned(), String::new()),
        |of| {
            (
                count(of.total),
                format!("{} – {}", count(of.low), count(of.high)),
            )
        },
    )
}

fn signed(figure: i64) -> String {
    if figure < 0 {
        format!("−{}", count(figure.saturating_abs()))
    } else {
        count(figure)
    }
}

fn row(edition: &str, line: &Line) -> Row {
    let (estimate, range_of) = range(line.estimate);
    let (gross, gross_range) = range(line.gross);
    let none = || "chưa có".to_owned();
    Row {
        href: format!("/missing/{edition}/{}", line.unit),
        name: line.name.to_owned(),
        found: count(line.found),
        perhaps: count(line.perhaps),
        headcount: line.headcount.map_or_else(none, count),
        entered: count(line.entered),
        net: line.net.map_or_else(none, signed),
        estimate,
        range: range_of,
        gross,
        gross_range,
        why: line.why.clone(),
        doubts: line.doubts.clone(),
        ..Row::default()
    }
}

/// What is asked of the page.
#[derive(Deserialize)]
pub struct Asked {
    /// Those who perhaps are in the book.
    perhaps: Option<String>,
    /// After which row the page begins: source and number alone.
    after: Option<String>,
    /// What was just done.
    said: Option<String>,
}

fn said(word: Option<&str>) -> Option<String> {
    match word? {
        "entered" => Some("Trẻ đã được nhập vào sổ.".to_owned()),
        "refused" => Some("Đã ghi lý do; lần đối chiếu sau không hỏi lại.".to_owned()),
        "linked" => Some("Đã đối chiếu các danh sách với sổ.".to_owned()),
        _ => None,
    }
}

/// The edition in whose units the last comparison speaks; that of the person's area before.
fn edition_of(day: &str, own: &'static Edition) -> &'static Edition {
    if day.is_empty() {
        own
    } else {
        unit::edition(day)
    }
}

/// The way in: the province, or all of the person's area.
pub async fn home(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let today = state.today().to_string();
    let own = person.edition(&today);
    let told = state
        .act(&person, move |desk| {
            let listed = sources::list(desk)?;
            let edition = edition_of(&listed.day, own);
            report::run(
                desk,
                &report::Asked {
                    area: None,
                    level: None,
                    day: if listed.day.is_empty() {
                        today
                    } else {
                        listed.day
                    },
                    edition,
                },
            )
        })
        .await?;
    // Who holds one commune alone begins with its children.
    if let [only] = told.units.as_slice()
        && only.level == "commune"
        && person.may(Deed::See)
        && asked.said.is_none()
    {
        return Ok(Answer::to(&format!(
            "/missing/{}/{}",
            told.edition, only.unit
        )));
    }
    let page =
        Page::new("Ai còn thiếu", "/missing", Some(&person)).said(said(asked.said.as_deref()));
    Ok(show(&page_of(page, &person, told, None, None)))
}

/// Everything of a report on one page: a unit, what lies right below it, its children.
fn page_of(
    page: Page,
    person: &Person,
    told: Report,
    at: Option<&str>,
    list: Option<Names>,
) -> Missing {
    let top = match at {
        Some(at) => told.units.iter().find(|line| line.unit == at),
        None => told.units.iter().find(|line| line.level == "province"),
    };
    let whole = top.map(|line| row(told.edition, line));
    let under = |line: &&Line| match top {
        Some(top) => line.parent == top.unit,
        // Of who holds several units and no whole: those that lie in none of the others.
        None => !told.units.iter().any(|other| other.unit == line.parent),
    };
    let bands = top.map_or_else(Vec::new, |line| {
        let of = |band: &report::OfBand| {
            let (estimate, range) = range(band.estimate);
            Row {
                name: band.label.to_owned(),
                seen: count(band.seen),
                found: count(band.found),
                estimate,
                range,
                ..Row::default()
            }
        };
        line.bands.iter().map(of).collect()
    });
    Missing {
        heading: top
            .filter(|_| at.is_some())
            .map_or_else(|| page.title.clone(), |line| line.name.to_owned()),
        day: spoken_day(&told.day),
        units: told
            .units
            .iter()
            .filter(under)
            .map(|line| row(told.edition, line))
            .collect(),
        rests_on: top.map_or_else(String::new, |line| line.rests_on.clone()),
        assumptions: if told.sources.day.is_empty() {
            Vec::new()
        } else {
            told.assumptions.clone()
        },
        is_stale: told.sources.is_stale(),
        is_home: at.is_none(),
        whole,
        list,
        bands,
        notes: told.notes,
        sources: told.sources.sources,
        may_link: person.may(Deed::Import),
        may_add: person.may(Deed::Add),
        may_decide: person.may(Deed::Decide),
        may_export: person.may(Deed::Export),
        reasons: REASONS,
        page,
    }
}

/// A unit: what lies below it; of a commune its children.
pub async fn unit(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path((from, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let edition = unit::edition(&from);
    let Some(at) = edition.by_code(&code).filter(|_| edition.from == from) else {
        return Err(Answer::not_found(Some(&person)));
    };
    let is_commune = at.level() == Level::Commune;
    let names = is_commune && person.may(Deed::See);
    let sure = asked.perhaps.is_none();
    let today = state.today().to_string();
    let after = asked.after.clone();
    let (told, found) = state
        .act(&person, move |desk| {
            let day = sources::list(desk)?.day;
            let told = report::run(
                desk,
                &report::Asked {
                    area: Some((edition, at)),
                    level: None,
                    day: if day.is_empty() { today } else { day },
                    edition,
                },
            )?;
            let found = if names {
                let after = after.as_deref().map(key).transpose()?;
                Some(found::page(desk, (edition.from, at.code), sure, after)?)
            } else {
                None
            };
            Ok((told, found))
        })
        .await?;
    let here = format!("/missing/{}/{}", edition.from, at.code);
    let list = found.map(|found| Names {
        sure,
        file: format!("/missing/file/{}/{}", edition.from, at.code),
        next: found.next.map(|(source, nth)| {
            let perhaps = if sure { "" } else { "perhaps=1&" };
            format!("{here}?{perhaps}after={source}-{nth}")
        }),
        here,
        children: found.children,
    });
    let mut page = Page::new(at.name, "/missing", Some(&person)).said(said(asked.said.as_deref()));
    let above = edition.parent_of(at).filter(|above| {
        person
            .grants
            .may(Deed::Report, edition.from, Some(above.code))
            .is_ok()
    });
    page = match above {
        Some(above) if above.level() != Level::Province => page.back(
            &format!("/missing/{}/{}", edition.from, above.code),
            above.name,
        ),
        _ => page.back("/missing", "Ai còn thiếu"),
    };
    Ok(show(&page_of(page, &person, told, Some(at.code), list)))
}

/// Why a found child is not missing, and where one came from.
#[derive(Deserialize)]
pub struct Why {
    why: String,
    #[serde(default)]
    back: String,
}

/// Writes down that a found child is not missing.
pub async fn refuse(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(row): Path<String>,
    Form(form): Form<Why>,
) -> Result<Response, Answer> {
    state
        .act(&person, move |desk| {
            decide::refuse(desk, key(&row)?, &form.why, "")
        })
        .await?;
    // Only back into these pages.
    let back = Some(form.back).filter(|back| back.starts_with("/missing/"));
    let back = back.unwrap_or_else(|| "/missing".to_owned());
    let sign = if back.contains('?') { '&' } else { '?' };
    Ok(Answer::to(&format!("{back}{sign}said=refused")))
}

/// The children of a commune as a workbook.
pub async fn file(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path((from, code)): Path<(String, String)>,
) -> Result<Response, Answer> {
    let edition = unit::edition(&from);
    let at = units::area(edition, &code).ok();
    // Names go out by commune: whoever walks with them is of one.
    let Some(at) = at.filter(|at| at.level() == Level::Commune && edition.from == from) else {
        return Err(Answer::not_found(Some(&person)));
    };
    let bytes = state
        .act(&person, move |desk| {
            desk.must(Deed::Export, edition.from, Some(at.code))?;
            let list = found::export(
                desk,
                &found::Asked {
                    area: Some((edition, at)),
                    state: "open",
                    most: limits::FOUND_FILE,
                },
            )?;
            write::workbook(&list).map_err(Failed::Broken)
        })
        .await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    );
    let named = format!("attachment; filename=\"con-thieu-{}.xlsx\"", at.code);
    if let Ok(named) = HeaderValue::from_str(&named) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    Ok(response)
}

/// The comparison, once at a time.
fn long() -> Long {
    Long {
        key: "missing-link".to_owned(),
        at: "/missing/link".to_owned(),
        way: ("/missing", "Ai còn thiếu"),
        back_again: "Xong thì số liệu mới hiện ở trang Ai còn thiếu.",
        broke: "Máy chủ gặp trục trặc; kết quả lần đối chiếu trước vẫn còn.",
    }
}

/// Begins to compare.
pub async fn link(Of(state): Of<Arc<State>>, person: Person) -> Response {
    let today = state.today();
    long().begin(
        &state,
        &person,
        "Đối chiếu danh sách của ngành khác với sổ",
        move |desk, around| Ok((!act_link::run(desk, today, around)?.stopped, String::new())),
    )
}

/// How far it is.
pub async fn linking(
    Of(state): Of<Arc<State>>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Answer> {
    long().told(&state, &person, &headers)?;
    Ok(Answer::to("/missing?said=linked"))
}

/// Asks it to stop.
pub async fn link_stop(Of(state): Of<Arc<State>>, person: Person) -> Response {
    long().stop(&state, &person)
}
