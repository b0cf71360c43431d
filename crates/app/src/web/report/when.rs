//! *Khi nào xong*: how fast it goes, when it will be done, what each week has to bring, and by when each level has to be done.
//!
//! In: unit and deadline, as the address has them. Out: the page.

use super::why::area;
use crate::act::register::report::when::{self as act, Series, When};
use crate::web::answer::show;
use crate::web::chart::{self, Chart, Point, Progress};
use crate::web::{Answer, Page, Person, State, shown};
use askama::Template;
use axum::extract::State as Of;
use axum::response::Response;
use axum_extra::extract::Query;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;
use treem_child::report::forecast::tenths;
use treem_child::report::insight::percent;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Edition and code with a stroke between; empty: all the person may see.
    unit: String,
    /// The day on which it has to be done, as somebody types it.
    deadline: String,
}

#[derive(Template)]
#[template(path = "report_when.html")]
struct WhenPage {
    page: Page,
    day: String,
    place: String,
    unit: String,
    deadline: String,
    wrong: &'static str,
    measures: Vec<Measure>,
    ladder: Vec<[String; 2]>,
    communes: Vec<Line>,
    people: Vec<[String; 3]>,
    notes: Vec<String>,
    progress: Chart,
}

/// One of the two measures.
struct Measure {
    name: &'static str,
    left: String,
    likely: String,
    early: String,
    late: String,
    sentence: String,
    needed: String,
    chance: String,
}

struct Line {
    name: String,
    district: String,
    href: String,
    left: String,
    pace: String,
    done: String,
    needed: String,
    chance: String,
}

fn day_of(day: Option<&String>) -> String {
    day.map(|day| shown::day(day)).unwrap_or_default()
}

fn measure(name: &'static str, one: &Series) -> Measure {
    Measure {
        name,
        left: one.left.map(shown::count).unwrap_or_default(),
        likely: day_of(one.likely.as_ref()),
        early: day_of(one.early.as_ref()),
        late: day_of(one.late.as_ref()),
        sentence: one.sentence.clone(),
        needed: one.needed.map(tenths).unwrap_or_default(),
        chance: one.chance.map(percent).unwrap_or_default(),
    }
}

fn line(one: &act::Commune) -> Line {
    let own = &one.entering;
    let done = match (&own.likely, own.unknown) {
        (Some(likely), _) => {
            let late = own.late.as_deref().map_or_else(
                || "sau hơn mười năm".to_owned(),
                |day| format!("đến {}", shown::day(day)),
            );
            let early = own.early.as_deref().unwrap_or(likely);
            format!("{} (từ {} {late})", shown::day(likely), shown::day(early))
        }
        (None, _) => own.sentence.clone(),
    };
    Line {
        name: one.name.clone(),
        district: one.district.clone(),
        href: format!("/report/when?unit={}", shown::encoded(&one.unit)),
        left: own.left.map_or_else(|| "–".to_owned(), shown::count),
        pace: own.pace.map_or_else(|| "–".to_owned(), tenths),
        done,
        needed: own.needed.map(tenths).unwrap_or_default(),
        chance: own.chance.map(percent).unwrap_or_default(),
    }
}

/// Points that a band is drawn through.
const POINTS: i32 = 12;

/// A reckoned count of children.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a count of children, far below the ends of the type"
)]
fn whole(value: f64) -> i64 {
    value.clamp(0.0, 1e12).round() as i64
}

/// Entering week by week, and where it goes.
fn progress(told: &When) -> Chart {
    let own = &told.entering;
    let today: Option<Date> = told.as_of.parse().ok();
    let weeks = own.weeks.iter().filter_map(|(week, children)| {
        let week: Date = week.parse().ok()?;
        Some((week, i64::try_from(*children).unwrap_or(0)))
    });
    let weeks: Vec<(Date, i64)> = weeks.collect();
    let sum: i64 = weeks.iter().map(|(_, children)| children).sum();
    let mut at = told.entered.saturating_sub(sum);
    let mut past: Vec<Point> = Vec::new();
    let point = |day, children, band| Point {
        day,
        children,
        band,
    };
    past.extend(weeks.first().map(|(week, _)| point(*week, at, None)));
    for (week, children) in &weeks {
        at += children;
        past.push(point(week.saturating_add(1.week()), at, None));
    }
    let goal = own.left.map(|left| told.entered + left);
    let mut future = Vec::new();
    if let (Some(forecast), Some(today), Some(goal)) = (own.forecast, today, goal) {
        past.push(point(today, told.entered, None));
        let end = forecast.late.unwrap_or(forecast.likely * 2.0);
        let end = end.min(forecast.likely * 2.5);
        for part in 1..=POINTS {
            let weeks = end * f64::from(part) / f64::from(POINTS);
            let (low, middle, high) = forecast.band(weeks);
            let count = |more: f64| (told.entered + whole(more)).min(goal);
            if let Some(day) = act::after(today, weeks) {
                future.push(point(day, count(middle), Some((count(low), count(high)))));
            }
        }
    }
    chart::progress(&Progress {
        past,
        future,
        goal,
        deadline: own.deadline.parse().ok(),
    })
}

/// The page.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let (at, kept) = (area(&asked.unit), Arc::clone(&state.portraits));
    let typed = asked.deadline.trim();
    let deadline: Option<Date> =
        shown::read_day(typed).and_then(|day| day.to_string().parse().ok());
    let wrong = if typed.is_empty() || deadline.is_some() {
        ""
    } else {
        "Ngày phải xong không đọc được; viết ngày/tháng/năm, ví dụ 31/12/2026."
    };
    let told = state
        .act(&person, move |desk| {
            let asked = act::Asked {
                area: at,
                as_of: shown::today(&desk.now),
                deadline,
            };
            act::run(desk, asked, &kept)
        })
        .await?;
    let mut page = Page::new("Khi nào xong", "/report", Some(&person)).back("/report", "Tiến độ");
    page.wrong = !wrong.is_empty();
    Ok(show(&WhenPage {
        day: shown::day(&told.as_of),
        place: super::place(&page, &told.unit),
        unit: asked.unit.clone(),
        deadline: asked.deadline.clone(),
        wrong,
        measures: vec![
            measure("Nhập", &told.entering),
            measure("Làm sạch", &told.cleaning),
        ],
        ladder: told
            .ladder
            .iter()
            .map(|step| {
                let past = if step.is_past { " (đã qua)" } else { "" };
                [
                    step.name.to_owned(),
                    format!("{}{past}", shown::day(&step.day)),
                ]
            })
            .collect(),
        communes: told.communes.iter().map(line).collect(),
        people: told
            .people
            .iter()
            .map(|one| {
                [
                    one.who.clone(),
                    shown::count(one.entered),
                    tenths(one.per_week),
                ]
            })
            .collect(),
        notes: told.notes.clone(),
        progress: progress(&told),
        page,
    }))
}
