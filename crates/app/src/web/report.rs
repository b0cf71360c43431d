//! *Tiến độ*: the table of progress, why units lag, when they will be done.
//!
//! In: unit, level, days, as the address has them. Out: the page. Every figure leads to the children, or the headcount, behind it.

pub mod children;
pub mod headcount;
pub mod when;
pub mod why;

use super::answer::show;
use super::{Answer, Page, Person, State, chart, shown};
use crate::access::Deed;
use crate::act::register::report::pace::{self, Did, Pace};
use crate::act::register::report::show::{self as act, Line, Lines, Shown};
use crate::act::register::report::table;
use crate::limits;
use askama::Template;
use axum::extract::State as Of;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
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
        let own = || {
            let grants = person.grants.all().iter();
            grants
                .filter_map(|grant| grant.area.unit())
                .map(|(edition, _)| edition)
                .next()
        };
        let edition = match (self.edition.as_str(), own()) {
            ("", Some(own)) => unit::edition(own),
            ("", None) => unit::edition(&as_of.to_string()),
            (asked, _) => unit::edition(asked),
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
        let mut out = String::from("/report?");
        for (name, value) in [
            ("unit", unit),
            ("level", level),
            ("day", &self.day),
            ("edition", &self.edition),
            ("compare", &self.compare),
        ] {
            if !value.is_empty() {
                out.push_str(&format!("{name}={}&", shown::encoded(value)));
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

/// A line as the page shows it.
struct Row {
    name: String,
    href: String,
    is_total: bool,
    cells: Vec<Cell>,
    /// The same as a bar.
    bar: chart::Bar,
}

/// A figure.
struct Cell {
    label: &'static str,
    shown: String,
    href: String,
    /// What changed, with its sign; empty where nothing is compared.
    change: String,
    under: String,
}

/// What was done each week.
struct PaceShown {
    weeks: Vec<String>,
    lines: Vec<(String, Vec<(String, String, String)>)>,
    people: Vec<(String, String, String, String)>,
}

const HEADS: [&str; 7] = [
    "Hiện có",
    "Trên phần mềm",
    "Đã chuẩn hóa",
    "Đủ thông tin",
    "Đã xác thực",
    "Còn phải nhập",
    "Còn phải làm sạch",
];

fn signed(count: i64) -> String {
    let text = shown::count(count.saturating_abs());
    match count {
        ..0 => format!("−{text}"),
        0 => "0".to_owned(),
        1.. => format!("+{text}"),
    }
}

/// A share in hundredths of a per cent, as people write it: `73,42 %`.
fn share(part: i64, of: i64) -> String {
    if of <= 0 {
        return String::new();
    }
    let hundredths = (part.saturating_mul(20_000) / of + 1) / 2;
    format!("{},{:02} %", hundredths / 100, hundredths % 100)
}

/// The days a headcount speaks of, who signed, in a few words.
fn told(line: &Line) -> String {
    let mut days: Vec<&str> = line.records.iter().map(|one| one.day.as_str()).collect();
    days.sort_unstable();
    days.dedup();
    let day = match days.as_slice() {
        [] => return String::new(),
        [one] => format!("ngày {}", shown::day(one)),
        [first, .., last] => format!("{} – {}", shown::day(first), shown::day(last)),
    };
    match line.records.as_slice() {
        [one] => {
            let parts = [day.as_str(), &one.source, &one.signed_by];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join("; ")
        }
        several => format!("{day}; cộng từ {} đơn vị", several.len()),
    }
}

fn row(asked: &Asked, told_of: &Shown, line: &Line, may_see: bool, is_total: bool) -> Row {
    let edition = unit::edition(&told_of.edition);
    let unit = edition.by_code(&line.unit);
    let behind = |figure: &str| -> String {
        if !line.listed || !may_see {
            return String::new();
        }
        let unit = if line.hamlet.is_some() {
            &told_of.unit
        } else {
            &line.unit
        };
        let mut out = format!(
            "/report/children?figure={figure}&unit={unit}&edition={}&day={}",
            told_of.edition, told_of.as_of
        );
        if let Some(hamlet) = &line.hamlet {
            out.push_str("&hamlet=");
            out.push_str(&shown::encoded(hamlet));
        }
        out
    };
    let change = |count: Option<i64>| match (line.change, count) {
        (Some(_), Some(count)) => signed(count),
        _ => String::new(),
    };
    let of = line.change;
    let cell = |nth: usize, count: Option<i64>, href: String, change: String, under: String| Cell {
        label: HEADS.get(nth).copied().unwrap_or(""),
        shown: count.map_or_else(
            || "–".to_owned(),
            |count| {
                if count < 0 {
                    format!("vượt {}", shown::count(-count))
                } else {
                    shown::count(count)
                }
            },
        ),
        // Nobody is behind a nought.
        href: if count.unwrap_or(0) == 0 {
            String::new()
        } else {
            href
        },
        change,
        under,
    };
    let record = if line.records.is_empty() {
        String::new()
    } else {
        format!(
            "/report/headcount?unit={}&edition={}&day={}",
            line.unit, told_of.edition, told_of.as_of
        )
    };
    let said = line
        .headcount
        .map_or_else(String::new, |said| share(line.registered, said));
    let href = match unit {
        Some(unit) if !is_total && unit.code != told_of.unit => {
            asked.href(unit.code, below(unit, line))
        }
        _ => String::new(),
    };
    Row {
        name: line.name.clone(),
        is_total,
        bar: chart::Bar {
            name: line.name.clone(),
            href: href.clone(),
            headcount: line.headcount,
            entered: line.registered,
            identified: line.identified,
        },
        href,
        cells: vec![
            cell(
                0,
                line.headcount,
                record,
                change(of.and_then(|of| of.headcount)),
                told(line),
            ),
            cell(
                1,
                Some(line.registered),
                behind("registered"),
                change(of.map(|of| of.registered)),
                said,
            ),
            cell(
                2,
                Some(line.identified),
                behind("identified"),
                change(of.map(|of| of.identified)),
                share(line.identified, line.registered),
            ),
            cell(
                3,
                Some(line.complete),
                behind("complete"),
                change(of.map(|of| of.complete)),
                share(line.complete, line.registered),
            ),
            cell(
                4,
                line.verified,
                behind("verified"),
                change(of.and_then(|of| of.verified)),
                line.verified
                    .map_or_else(String::new, |count| share(count, line.registered)),
            ),
            cell(
                5,
                line.to_enter,
                String::new(),
                change(of.and_then(|of| of.to_enter)),
                String::new(),
            ),
            cell(
                6,
                line.to_clean,
                behind("to_clean"),
                String::new(),
                String::new(),
            ),
        ],
    }
}

/// The level below a unit.
fn below(unit: &Unit, line: &Line) -> &'static str {
    match (unit.level(), line.hamlet.is_some()) {
        (Level::Province, _) => "",
        (Level::District, _) => "commune",
        (Level::Commune, _) => "hamlet",
    }
}

fn weeks(of: &Did) -> Vec<(String, String, String)> {
    let three = of.entered.iter().zip(&of.cleaned).zip(&of.verified);
    three
        .map(|((entered, cleaned), verified)| {
            (
                shown::count(*entered),
                shown::count(*cleaned),
                signed(*verified),
            )
        })
        .collect()
}

fn pace_shown(told: &Pace) -> Option<PaceShown> {
    let idle = |of: &Did| {
        of.entered
            .iter()
            .chain(&of.cleaned)
            .all(|count| *count == 0)
    };
    if idle(&told.total) {
        return None;
    }
    let sum = |of: &[i64]| shown::count(of.iter().sum());
    Some(PaceShown {
        weeks: told.weeks.iter().map(|day| shown::day(day)).collect(),
        lines: vec![("Cả địa bàn".to_owned(), weeks(&told.total))],
        people: told
            .people
            .iter()
            .filter(|one| !idle(one))
            .map(|one| {
                (
                    one.name.clone(),
                    sum(&one.entered),
                    sum(&one.cleaned),
                    one.entered.last().zip(one.cleaned.last()).map_or_else(
                        String::new,
                        |(entered, cleaned)| {
                            format!("{} / {}", shown::count(*entered), shown::count(*cleaned))
                        },
                    ),
                )
            })
            .collect(),
    })
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
    let own = read.clone();
    let (told, pace) = state
        .act(&person, move |desk| {
            let told = act::run(desk, &own)?;
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
    let lag = |nth: &usize| told.lines.get(*nth).and_then(|line| line.to_enter);
    order.sort_by_key(|nth| std::cmp::Reverse(lag(nth).unwrap_or(i64::MIN)));
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
            let bars: Vec<chart::Bar> = rows.iter().map(|row| row.bar.clone()).collect();
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

/// How many have come how far; each step with its list.
fn funnel(told: &Shown, rows: &[Row]) -> chart::Chart {
    let total = &told.total;
    let cells = rows.last().map_or(&[][..], |row| row.cells.as_slice());
    let href = |nth: usize| {
        let cell: Option<&Cell> = cells.get(nth);
        cell.map_or_else(String::new, |cell| cell.href.clone())
    };
    let mut steps = Vec::new();
    if let Some(children) = total.headcount {
        steps.push(chart::Step {
            name: "Trẻ em hiện có",
            children,
            href: href(0),
        });
    }
    for (name, children, nth) in [
        ("Nhập: có trên phần mềm", Some(total.registered), 1),
        ("Làm sạch: đã chuẩn hóa", Some(total.identified), 2),
        ("Xác thực: Công an xác nhận", total.verified, 4),
    ] {
        steps.extend(children.map(|children| chart::Step {
            name,
            children,
            href: href(nth),
        }));
    }
    chart::funnel(&steps)
}

fn levels(told: &Shown, area: Option<&Unit>) -> Vec<(&'static str, &'static str, bool)> {
    let edition = unit::edition(&told.edition);
    let mut out = Vec::new();
    let level = area.map(Unit::level);
    if level.is_none_or(|level| level == Level::Province) && edition.has_districts() {
        out.push(("district", "Theo huyện"));
    }
    if level != Some(Level::Commune) {
        out.push(("commune", "Theo xã"));
    } else {
        out.push(("hamlet", "Theo thôn"));
    }
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
