//! *Vì sao chậm*: what stands out, with the evidence and the list behind it; the pyramid of ages; faults by commune.
//!
//! In: unit, as the address has it: edition and code with a stroke between. Out: the pages.

use crate::access::Deed;
use crate::act::register::report::evidence::{self, Evidence};
use crate::act::register::report::why::{self as act, Told, Why};
use crate::web::answer::show;
use crate::web::chart::{self, Chart, Years};
use crate::web::{Answer, Page, Person, State, shown};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::normalise::unit::{self, Edition, Unit};
use treem_child::report::insight::{FALSE_SHARE, Kind, percent};

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Edition and code with a stroke between; empty: all the person may see.
    unit: String,
    /// Of a list: what stands out.
    kind: String,
    /// Of a list of ages: years of birth.
    from: Option<i16>,
    /// The last of them.
    to: Option<i16>,
}

/// The unit of an address.
pub fn area(text: &str) -> Option<(&'static Edition, &'static Unit)> {
    let (day, code) = text.split_once('/')?;
    let edition = unit::edition(day);
    Some((edition, edition.by_code(code)?))
}

#[derive(Template)]
#[template(path = "report_why.html")]
struct WhyPage {
    page: Page,
    day: String,
    place: String,
    communes: String,
    unplaced: String,
    groups: Vec<Group>,
    tests: Vec<[String; 4]>,
    false_share: String,
    pyramid: Chart,
    heat: Chart,
}

/// Insights of one kind.
struct Group {
    title: &'static str,
    advice: &'static str,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    district: String,
    sentence: String,
    surely: &'static str,
    chance: String,
    href: String,
    action: &'static str,
}

/// Where the list behind an insight is.
fn href(one: &Told, may_see: bool, may_see_sensitive: bool) -> (String, &'static str) {
    let unit = shown::encoded(&one.unit);
    let kind = Kind::of_code(one.kind);
    let allowed = may_see && (kind != Some(Kind::Special) || may_see_sensitive);
    if one.unit.is_empty() || !allowed {
        return (String::new(), "");
    }
    if kind == Some(Kind::Beyond) {
        return ("/duplicates".to_owned(), "Xem các cặp");
    }
    let years = one
        .years
        .map_or_else(String::new, |(from, to)| format!("&from={from}&to={to}"));
    let words = match kind {
        Some(Kind::Ages) => "Xem trẻ đã nhập của các năm này",
        _ => "Xem danh sách",
    };
    (
        format!("/report/why/list?kind={}&unit={unit}{years}", one.kind),
        words,
    )
}

fn groups(told: &Why, person: &Person) -> Vec<Group> {
    let (see, sensitive) = (person.may(Deed::See), person.may(Deed::SeeSensitive));
    let mut out: Vec<Group> = Vec::new();
    for one in &told.insights {
        let (href, action) = href(one, see, sensitive);
        let line = Line {
            name: one.name.clone(),
            district: one.district.clone(),
            sentence: one.sentence.clone(),
            surely: one.surely,
            chance: one.chance.clone(),
            href,
            action,
        };
        match out.iter_mut().find(|group| group.title == one.title) {
            Some(group) => group.lines.push(line),
            None => out.push(Group {
                title: one.title,
                advice: one.advice,
                lines: vec![line],
            }),
        }
    }
    out
}

fn pyramid(told: &Why) -> Chart {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let years: Vec<Years> = told
        .ages
        .iter()
        .map(|age| Years {
            year: age.year,
            entered: [count(age.entered[0]), count(age.entered[1])],
            expected: age.expected,
        })
        .collect();
    let mut chart = chart::pyramid(&years);
    chart.note = if told.ages.iter().any(|age| age.expected.is_some()) {
        told.ground.clone()
    } else {
        "Có xã chưa có số trẻ em báo cáo, nên không có số dự kiến để so.".to_owned()
    };
    chart
}

fn heat(told: &Why, may_see: bool) -> Chart {
    let rules: Vec<String> = told.rules.iter().map(|(_, title)| title.clone()).collect();
    let lines: Vec<chart::Line> = told
        .faults
        .iter()
        .filter(|one| one.children.iter().any(|children| *children > 0))
        .map(|one| chart::Line {
            name: one.name.clone(),
            entered: i64::try_from(one.entered).unwrap_or(i64::MAX),
            cells: told
                .rules
                .iter()
                .zip(&one.children)
                .map(|((rule, _), children)| chart::Cell {
                    children: *children,
                    href: if may_see {
                        let unit = shown::encoded(&one.unit);
                        format!("/list?rule={}&unit={unit}", shown::encoded(rule))
                    } else {
                        String::new()
                    },
                })
                .collect(),
        })
        .collect();
    chart::heat(&rules, &lines)
}

/// The page.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let (at, kept) = (area(&asked.unit), Arc::clone(&state.portraits));
    let told = state
        .act(&person, move |desk| {
            let day = shown::today(&desk.now);
            act::run(desk, at, day, &kept)
        })
        .await?;
    let page = Page::new("Vì sao chậm", "/report", Some(&person)).back("/report", "Tiến độ");
    Ok(show(&WhyPage {
        day: shown::day(&told.as_of),
        place: super::place(&page, &told.unit),
        communes: shown::count(i64::try_from(told.communes).unwrap_or(0)),
        unplaced: if told.unplaced > 0 {
            shown::count(i64::try_from(told.unplaced).unwrap_or(0))
        } else {
            String::new()
        },
        groups: groups(&told, &person),
        tests: told
            .tests
            .iter()
            .map(|one| {
                [
                    one.title.to_owned(),
                    one.cells.to_string(),
                    percent(one.usual),
                    one.least.to_owned(),
                ]
            })
            .collect(),
        false_share: percent(FALSE_SHARE),
        pyramid: pyramid(&told),
        heat: heat(&told, person.may(Deed::See)),
        page,
    }))
}

#[derive(Template)]
#[template(path = "report_why_list.html")]
struct List {
    page: Page,
    day: String,
    told: Evidence,
    count: String,
    shown: String,
}

/// The children behind an insight.
pub async fn list(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let (Some(kind), Some((edition, unit))) = (Kind::of_code(&asked.kind), area(&asked.unit))
    else {
        return Err(Answer::not_found(Some(&person)));
    };
    let years = asked.from.zip(asked.to);
    let place = (edition.from.to_owned(), unit.code.to_owned());
    let told = state
        .act(&person, move |desk| {
            let asked = evidence::Asked {
                kind,
                unit: place,
                years,
                as_of: shown::today(&desk.now),
            };
            evidence::run(desk, &asked)
        })
        .await?;
    let title = format!("{}: {}", told.name, told.title);
    let count = |many: usize| shown::count(i64::try_from(many).unwrap_or(i64::MAX));
    Ok(show(&List {
        page: Page::new(&title, "/report", Some(&person)).back("/report/why", "Vì sao chậm"),
        day: shown::day(&told.as_of),
        count: count(told.children),
        shown: if told.rows.len() < told.children {
            count(told.rows.len())
        } else {
            String::new()
        },
        told,
    }))
}
