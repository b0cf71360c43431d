//! *Văn bản*: choose day, area, kind and template; see the letter the system has written; take it away as DOCX, PDF or xlsx.
//!
//! In: the choice as the address has it. Out: the page, or a file. No child is named here; the annexes and lists that name some have doors of
//! their own.

pub mod annex;
pub mod cohorts;
pub mod compare;
pub mod paper;
pub mod targets;
pub mod templates;

use super::answer::{capital, show};
use super::{Answer, Page, Person, State, shown};
use crate::access::Deed;
use crate::act::access::places;
use crate::act::register::letter::paper::{self as files, Kind as Ending};
use crate::act::register::letter::template::{self, Listed};
use crate::act::register::letter::{Asked, From, Kind, Made, make};
use crate::act::register::{Desk, Done, Failed};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use paper::Paper;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition, Unit};

const WAY: &str = "/letter";

/// The choice as an address or a form has it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    day: String,
    /// Edition and code with a stroke between.
    unit: String,
    kind: String,
    template: String,
}

impl Choice {
    /// The address of something with this choice.
    fn href(&self, path: &str) -> String {
        let parts: Vec<String> = [
            ("day", &self.day),
            ("unit", &self.unit),
            ("kind", &self.kind),
            ("template", &self.template),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", shown::encoded(value)))
        .collect();
        format!("{path}?{}", parts.join("&"))
    }
}

/// A day as typed; today where nothing is.
fn day_of(text: &str, desk: &Desk) -> Done<PartialDate> {
    if text.trim().is_empty() {
        return Ok(shown::today(&desk.now));
    }
    shown::read_day(text).ok_or_else(|| {
        Failed::Refused("ngày này không đọc được: viết ngày/tháng/năm, ví dụ 13/6/2024.".to_owned())
    })
}

/// An area as chosen: the edition and the unit.
fn area_of(text: &str) -> Option<(&'static Edition, &'static Unit)> {
    let (edition, code) = text.split_once('/')?;
    let edition = unit::edition(edition);
    Some((edition, edition.by_code(code)?))
}

/// An option of a select: value, label, whether it is chosen.
type Choosable = (String, String, bool);

/// Options under a heading.
type Group = (String, Vec<Choosable>);

/// The units a person may write about, by edition; and the one that is meant where nothing is chosen: the first of the edition of the day,
/// else the first.
fn units(desk: &Desk, deed: Deed, (chosen, day): (&str, &str)) -> Done<(Vec<Group>, String)> {
    let day = match day_of(day, desk) {
        Ok(day) => day,
        Err(_) => shown::today(&desk.now),
    };
    let on = unit::edition(&day.to_string()).from;
    let (mut first, mut of_day) = (String::new(), String::new());
    let mut groups = Vec::new();
    for of in places::places(desk, deed)? {
        let mut options = Vec::new();
        for (depth, code, name) in of.units {
            let value = format!("{}/{code}", of.edition);
            if first.is_empty() {
                first.clone_from(&value);
            }
            if of_day.is_empty() && of.edition == on {
                of_day.clone_from(&value);
            }
            let label = format!("{}{name}", "\u{a0}\u{a0}\u{a0}".repeat(depth));
            let is = value == chosen;
            options.push((value, label, is));
        }
        if !options.is_empty() {
            groups.push((format!("Danh mục từ {}", shown::day(of.edition)), options));
        }
    }
    let meant = if of_day.is_empty() { first } else { of_day };
    Ok((groups, meant))
}

/// What the act is asked for.
fn asked(choice: &Choice, desk: &Desk, text: Option<String>) -> Done<Asked> {
    let day = day_of(&choice.day, desk)?;
    let (edition, unit) =
        area_of(&choice.unit).ok_or_else(|| Failed::Refused("hãy chọn địa bàn.".to_owned()))?;
    let today = shown::today(&desk.now).to_string();
    // Offices of the day where the edition holds on it; else those of the edition.
    let on = day.to_string();
    let offices_on = if unit::edition(&on).from == edition.from {
        on
    } else if unit::edition(&today).from == edition.from {
        today
    } else {
        edition.from.to_owned()
    };
    Ok(Asked {
        kind: Kind::from_code(&choice.kind).unwrap_or(Kind::Letter),
        day,
        edition,
        offices_on,
        unit: Some(unit),
        moment: None,
        template: match (text, choice.template.as_str()) {
            (Some(text), _) => From::Text(text),
            (None, "") => From::Usual,
            (None, name) => From::Named(name.to_owned()),
        },
    })
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Home {
    page: Page,
    choice: Choice,
    groups: Vec<(String, Vec<Choosable>)>,
    kinds: Vec<Choosable>,
    templates: Vec<Choosable>,
    wrong: String,
    at: &'static str,
    papers: Vec<Paper>,
    /// Papers that are not shown.
    more: usize,
    warnings: Vec<String>,
    files: Vec<(String, &'static str)>,
    may_see: bool,
    may_export: bool,
}

/// Papers that are shown on a page.
const SHOWN: usize = 3;

/// The templates of a kind, for choosing one.
fn of_kind(all: &[Listed], kind: &str, chosen: &str) -> Vec<Choosable> {
    let mut out = vec![(
        String::new(),
        "Mẫu thường dùng".to_owned(),
        chosen.is_empty(),
    )];
    out.extend(
        all.iter()
            .filter(|one| one.kind == kind && one.name != kind)
            .map(|one| (one.name.clone(), one.name.clone(), one.name == chosen)),
    );
    out
}

/// The page.
pub async fn home(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(choice): Query<Choice>,
) -> Result<Response, Answer> {
    let own = choice.clone();
    let (mut choice, groups, lists, made) = state
        .act(&person, move |desk| {
            let mut choice = own;
            let (groups, first) = units(desk, Deed::Report, (&choice.unit, &choice.day))?;
            if choice.unit.is_empty() {
                choice.unit = first;
            }
            let lists = template::list(desk)?;
            let made = match asked(&choice, desk, None).and_then(|asked| make(desk, &asked)) {
                Ok(made) => Ok(made),
                Err(Failed::Refused(sentence)) => Err(capital(&sentence)),
                Err(other) => return Err(other),
            };
            Ok((choice, groups, lists, made))
        })
        .await?;
    if Kind::from_code(&choice.kind).is_none() {
        Kind::Letter.code().clone_into(&mut choice.kind);
    }
    let (made, wrong): (Option<Made>, String) = match made {
        Ok(made) => (Some(made), String::new()),
        Err(sentence) => (None, sentence),
    };
    let all: Vec<Paper> = made
        .as_ref()
        .map(|made| {
            (0..)
                .zip(&made.written)
                .take(SHOWN)
                .map(|(nth, one)| Paper::of(nth, one))
                .collect()
        })
        .unwrap_or_default();
    let mut page = Page::new("Văn bản", WAY, Some(&person));
    page.wrong = !wrong.is_empty();
    let kinds = Kind::ALL.map(|kind| {
        let is = kind.code() == choice.kind;
        (kind.code().to_owned(), kind.label().to_owned(), is)
    });
    let files = if made.is_some() {
        Ending::ALL
            .into_iter()
            .filter(|kind| *kind != Ending::Pdf || cfg!(feature = "papers"))
            .map(|kind| {
                let name = match kind {
                    Ending::Docx => "Tải DOCX để sửa",
                    Ending::Pdf => "Tải PDF",
                    Ending::Xlsx => "Tải các bảng (xlsx)",
                };
                (choice.href(&format!("{WAY}/file/{}", kind.ending())), name)
            })
            .collect()
    } else {
        Vec::new()
    };
    let shown = Home {
        groups,
        kinds: kinds.to_vec(),
        templates: of_kind(&lists.templates, &choice.kind, &choice.template),
        at: if wrong.contains("Ngày") {
            "day"
        } else {
            "unit"
        },
        wrong,
        more: made
            .as_ref()
            .map_or(0, |made| made.written.len().saturating_sub(SHOWN)),
        warnings: made.map(|made| made.warnings).unwrap_or_default(),
        papers: all,
        files,
        may_see: person.may(Deed::See),
        may_export: person.may(Deed::Export),
        choice,
        page,
    };
    Ok((shown.page.status(), show(&shown)).into_response())
}

/// A file to be saved, never to be run in the browser.
fn file(name: &str, bytes: Vec<u8>) -> Response {
    let kind = match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "text/plain; charset=utf-8",
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(named) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    response
}

/// The letter as a file.
pub async fn download(
    Of(state): Of<Arc<State>>,
    person: Person,
    Path(ending): Path<String>,
    Query(choice): Query<Choice>,
) -> Result<Response, Answer> {
    let Some(kind) = Ending::of(&format!("x.{ending}")) else {
        return Err(Answer::not_found(Some(&person)));
    };
    let (name, bytes) = state
        .act(&person, move |desk| {
            let asked = asked(&choice, desk, None)?;
            let made = make(desk, &asked)?;
            let name = match asked.kind {
                Kind::Letter => "cong-van",
                Kind::Commune => "bang-viec",
            };
            let name = format!("{name}-{}.{}", asked.day, kind.ending());
            Ok((name, files::bytes(&made.written, kind, &desk.now)?))
        })
        .await?;
    Ok(file(&name, bytes))
}
