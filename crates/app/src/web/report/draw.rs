//! The table, the steps and the pace as the page shows them: figures with their links.
//!
//! In: what the acts gave. Out: rows, cells, charts.

use super::Asked;
use crate::act::register::report::pace::{Did, Pace};
use crate::act::register::report::show::{Line, Shown};
use crate::web::{chart, shown};
use treem_child::normalise::unit::{self, Level, Unit};

/// A line as the page shows it.
pub struct Row {
    /// The unit.
    pub name: String,
    /// Its own table; empty without.
    pub href: String,
    /// All together.
    pub is_total: bool,
    /// Its figures.
    pub cells: Vec<Cell>,
    /// The same as a bar.
    pub bar: chart::Bar,
}

/// A figure.
pub struct Cell {
    /// What it is of.
    pub label: &'static str,
    /// As people read it.
    pub shown: String,
    /// What is behind it; empty without.
    pub href: String,
    /// What changed, with its sign; empty where nothing is compared.
    pub change: String,
    /// What is said of it.
    pub under: String,
}

/// What was done each week.
pub struct PaceShown {
    /// The Mondays.
    pub weeks: Vec<String>,
    /// Entered, cleaned, verified, week by week.
    pub counts: Vec<(String, String, String)>,
    /// Name, entered, cleaned, and both of this week.
    pub people: Vec<(String, String, String, String)>,
}

/// The figures of a row.
pub const HEADS: [&str; 7] = [
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

/// A line of the table. `may_see`: whether this person may open lists of children.
pub fn row(asked: &Asked, told_of: &Shown, line: &Line, may_see: bool, is_total: bool) -> Row {
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

/// What was done each week; nothing where nobody did anything.
pub fn pace_shown(told: &Pace) -> Option<PaceShown> {
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
        counts: weeks(&told.total),
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

/// How many have come how far; each step with its list.
pub fn funnel(told: &Shown, rows: &[Row]) -> chart::Chart {
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
