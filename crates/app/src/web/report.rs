//! *Tiến độ*: the table of progress, why units lag, when they will be done.
//!
//! In: unit, level, days, as the address has them. Out: the page. Every figure leads to the children, or the headcount, behind it.

pub mod children;
mod draw;
pub mod headcount;
pub mod when;
pub mod why;

use super::answer::show;
use super::{Answer, Page, Person, State, chart, shown};
use crate::access::Deed;
use crate::act::register::report::pace;
use crate::act::register::report::show::{self as act, Lines, Shown};
use crate::act::register::report::table;
use crate::limits;
use askama::Template;
use axum::extract::State as Of;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use draw::{HEADS, PaceShown, Row, funnel, pace_shown, row};
use serde::Deserialize;
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Level, Unit};

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Code of a unit.
    unit: String,
    /// Code of the level of the lines.
    level: String,
    /// The day, as people type it.
    day: String,
    /// The first day of an edition.
    edition: String,
    /// The day that is compared with, as people type it.
    compare: String,
    /// `xlsx` or `csv`.
    file: String,
}

impl Asked {
    /// As the act takes it; what cannot be read is said. Where no edition is asked for, it is that of the person's area: where the children
    /// stand.
    fn read(&self, today: PartialDate, person: &Person) -> Result<act::Asked, &'static str> {
        let as_of = match self.day.trim() {
            "" => today,
            text => shown::read_day(text).ok_or("Ngày số liệu viết như 13/6/2024.")?,
        };
        let compare = match self.compare.trim() {
            "" => None,
            text => Some(shown::read_day(text).ok_or("Ngày đem so viết như 13/6/2024.")?),
        };
        let edition = match self.edition.as_str() {
            "" => person.edition(&as_of.to_string()),
            asked => unit::edition(asked),
        };
        let unit = edition.by_code(&self.unit);
        if unit.is_none() && !self.unit.is_empty() {
            return Err("Đơn vị này không có trong danh mục đơn vị đã chọn.");
        }
        Ok(act::Asked {
            as_of: as_of.to_string(),
            edition,
            unit,
            level: Lines::of(&self.level),
            compare: compare.map(|day| day.to_string()),
        })
    }

    /// The address of the same with another unit and level.
    fn href(&self, unit: &str, level: &str) -> String {
        use std::fmt::Write as _;
        let mut out = String::from("/report?");
        for (name, value) in [
            ("unit", unit),
            ("level", level),
            ("day", &self.day),
            ("edition", &self.edition),
            ("compare", &self.compare),
        ] {
            if !value.is_empty() {
                let _ = write!(out, "{name}={}&", shown::encoded(value));
            }
        }
        out.pop();
        out
    }

    /// The same as a file.
    fn file(&self, kind: &str) -> String {
        let href = self.href(&self.unit, &self.level);
        let sign = if href.contains('?') { '&' } else { '?' };
        format!("{href}{sign}file={kind}")
    }
}

#[derive(Template)]
#[template(path = "report.html")]
struct Report {
    page: Page,
    error: &'static str,
    asked: Asked,
    day: String,
    compare: String,
    name: String,
    /// First day, what people read, whether it is chosen.
    editions: Vec<(&'static str, String, bool)>,
    /// Code, what people read, whether it is chosen.
    levels: Vec<(&'static str, &'static str, bool)>,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
    notes: Vec<String>,
    /// Children of the area.
    total: i64,
    /// Units as bars; nothing where no unit says its headcount.
    bars: Option<chart::Chart>,
    /// The steps on the way of a record.
    funnel: chart::Chart,
    xlsx: String,
    csv: String,
    pace: Option<PaceShown>,
}

/// The place a page is about: the unit's name, or of no unit the person's area.
fn place(page: &Page, unit: &str) -> String {
    let mine = page.me.as_ref().filter(|_| unit.is_empty());
    mine.map_or_else(|| unit.to_owned(), |me| me.area.clone())
}

/// The page, or the table as a file.
pub async fn show_page(
    Of(state): Of<Arc<State>>,
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Response, Answer> {
    let mut page = Page::new("Tiến độ", "/report", Some(&person));
    let (read, error) = match asked.read(state.today(), &person) {
        Ok(read) => (read, ""),
        Err(error) => {
            page.wrong = true;
            let plain = Asked::default().read(state.today(), &person);
            (plain.map_err(|_| Answer::not_found(Some(&person)))?, error)
        }
    };
    let (own, kept) = (read.clone(), Arc::clone(&state.evenings));
    let (told, pace) = state
        .act(&person, move |desk| {
            let told = act::run(desk, &own, &kept)?;
            let area = own.edition.by_code(&told.unit);
            let area = area.map(|unit| (own.edition, unit));
            Ok((told, pace::run(desk, area, limits::PACE_WEEKS)?))
        })
        .await?;
    match asked.file.as_str() {
        "csv" => return Ok(file(table::csv(&told), "text/csv; charset=utf-8", "csv")),
        "xlsx" => {
            let bytes =
                table::xlsx(&told).map_err(|error| Answer::of(error.into(), Some(&person)))?;
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            return Ok(file(bytes, kind, "xlsx"));
        }
        _ => {}
    }
    let may_see = person.may(Deed::See);
    let mut rows: Vec<Row> = told
        .lines
        .iter()
        .map(|line| row(&asked, &told, line, may_see, false))
        .collect();
    // Who lags stands first; who has everything, or says no headcount, behind.
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let lag = |nth: &usize| {
        let line = told.lines.get(*nth)?;
        Some((line.to_enter.unwrap_or(i64::MIN), line.registered))
    };
    order.sort_by_key(|nth| std::cmp::Reverse(lag(nth)));
    let mut sorted: Vec<Option<Row>> = rows.drain(..).map(Some).collect();
    rows.extend(
        order
            .into_iter()
            .filter_map(|nth| sorted.get_mut(nth).and_then(Option::take)),
    );
    rows.push(Row {
        name: "Tổng cộng".to_owned(),
        ..row(&asked, &told, &told.total, may_see, true)
    });
    let area = read.edition.by_code(&told.unit);
    if let Some(unit) = read.unit.or(area) {
        let above = read.edition.parent_of(unit);
        if let Some(above) = above.filter(|_| read.unit.is_some()) {
            let top = above.level() == Level::Province;
            let code = if top { "" } else { above.code };
            page = page.back(&asked.href(code, ""), above.name);
        }
    }
    let chosen = told.edition.as_str();
    let status = page.status();
    let shown_page = show(&Report {
        error,
        day: shown::day(&told.as_of),
        compare: told.compare.as_deref().map(shown::day).unwrap_or_default(),
        name: told.name.clone(),
        editions: unit::editions()
            .map(|one| (one.from, shown::day(one.from), one.from == chosen))
            .collect(),
        levels: levels(&told, area),
        heads: HEADS.to_vec(),
        bars: rows.iter().any(|row| row.bar.headcount.is_some()).then(|| {
            let bars = rows.iter().map(|row| row.bar.clone());
            let bars: Vec<chart::Bar> = bars.filter(|bar| bar.headcount.is_some()).collect();
            chart::coverage(&bars)
        }),
        funnel: funnel(&told, &rows),
        rows,
        total: told.total.registered,
        notes: told.notes,
        xlsx: asked.file("xlsx"),
        csv: asked.file("csv"),
        pace: pace_shown(&pace),
        asked,
        page,
    });
    Ok((status, shown_page).into_response())
}

fn levels(told: &Shown, area: Option<&Unit>) -> Vec<(&'static str, &'static str, bool)> {
    let edition = unit::edition(&told.edition);
    let mut out = Vec::new();
    let level = area.map(Unit::level);
    if level.is_none_or(|level| level == Level::Province) && edition.has_districts() {
        out.push(("district", "Theo huyện"));
    }
    out.push(if level == Some(Level::Commune) {
        ("hamlet", "Theo thôn")
    } else {
        ("commune", "Theo xã")
    });
    out.into_iter()
        .map(|(code, label)| (code, label, code == told.level))
        .collect()
}

fn file(bytes: Vec<u8>, kind: &'static str, ending: &str) -> Response {
    let name = format!("attachment; filename=\"tien-do.{ending}\"");
    (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        bytes,
    )
        .into_response()
}
