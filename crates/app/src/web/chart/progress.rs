//! How the count grew, and where it goes from here.
//!
//! In: [`Point`]s of the past, a forecast, the goal. Out: a [`Chart`] with the band in which four of five ends lie.

use super::{Chart, WIDTH, float, known, round_up};
use crate::shown;
use jiff::civil::Date;

/// A count on a day.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// The day.
    pub day: Date,
    /// Children.
    pub children: i64,
    /// Of what is to come: from, to.
    pub band: Option<(i64, i64)>,
}

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// What was, the oldest first.
    pub past: Vec<Point>,
    /// What is likely to come.
    pub future: Vec<Point>,
    /// How many there are to be.
    pub goal: Option<i64>,
    /// By when.
    pub deadline: Option<Date>,
}

const LEFT: f64 = 64.0;
const RIGHT: f64 = WIDTH - 16.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 250.0;

/// Where days and counts lie.
struct Axes {
    first: Date,
    days: f64,
    most: f64,
}

impl Axes {
    fn x(&self, day: Date) -> f64 {
        let days = self.first.until(day).map_or(0, |span| span.get_days());
        LEFT + (RIGHT - LEFT) * (f64::from(days) / self.days).clamp(0.0, 1.0)
    }

    fn y(&self, children: i64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * super::share(float(children), self.most)
    }

    fn at(&self, point: &Point) -> (f64, f64) {
        (self.x(point.day), self.y(point.children))
    }
}

/// The chart; without a past it has no shapes.
pub fn progress(told: &Progress) -> Chart {
    let mut chart = Chart::new("progress", "Tiến độ theo thời gian");
    chart.heads(&["Ngày", "Số trẻ", "Khoảng dự báo"]);
    chart.height = BOTTOM + 40.0;
    let all = || told.past.iter().chain(&told.future);
    for point in all() {
        chart.rows.push(vec![
            shown::day(&point.day.to_string()),
            shown::count(point.children),
            point.band.map_or_else(String::new, |(from, to)| {
                format!("từ {} đến {}", shown::count(from), shown::count(to))
            }),
        ]);
    }
    let Some(first) = told.past.first().map(|point| point.day) else {
        return chart;
    };
    let last = all()
        .map(|point| point.day)
        .chain(told.deadline)
        .max()
        .unwrap_or(first);
    let counts = all().map(|point| {
        point.children.max(
            point
                .band
                .map_or(0, |band| band.1.min(told.goal.unwrap_or(i64::MAX))),
        )
    });
    let most = counts.chain(told.goal).max().unwrap_or(0);
    let axes = Axes {
        first,
        days: f64::from(first.until(last).map_or(1, |span| span.get_days()).max(1)),
        most: round_up(float(most)),
    };
    for part in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let y = BOTTOM - (BOTTOM - TOP) * part;
        chart.way(&[(LEFT, y), (RIGHT, y)], "axis");
        let words = treem_child::report::insight::about(axes.most * part);
        chart.say_as((LEFT - 6.0, y + 4.0), "end", words, "small");
    }
    let today = told.past.last().copied();
    if let Some(today) = today.filter(|_| !told.future.is_empty()) {
        let upper = told.future.iter().map(|point| {
            (
                axes.x(point.day),
                axes.y(point.band.map_or(point.children, |band| band.1)),
            )
        });
        let lower = told.future.iter().rev().map(|point| {
            (
                axes.x(point.day),
                axes.y(point.band.map_or(point.children, |band| band.0)),
            )
        });
        let edge: Vec<(f64, f64)> = std::iter::once(axes.at(&today))
            .chain(upper)
            .chain(lower)
            .collect();
        chart.way(&edge, "band");
        let middle: Vec<(f64, f64)> = std::iter::once(&today)
            .chain(&told.future)
            .map(|point| axes.at(point))
            .collect();
        chart.way(&middle, "dashed");
    }
    let line: Vec<(f64, f64)> = told.past.iter().map(|point| axes.at(point)).collect();
    chart.way(&line, "line");
    if let Some(goal) = told.goal {
        chart.way(&[(LEFT, axes.y(goal)), (RIGHT, axes.y(goal))], "goal");
        let words = format!("Số trẻ em hiện có: {}", known(Some(goal)));
        chart.say_as((LEFT + 4.0, axes.y(goal) - 5.0), "start", words, "strong");
    }
    if let Some(day) = told.deadline {
        chart.way(&[(axes.x(day), TOP), (axes.x(day), BOTTOM)], "goal");
        let words = format!("Hạn {}", shown::day(&day.to_string()));
        chart.say_as((axes.x(day) - 4.0, BOTTOM - 8.0), "end", words, "strong");
    }
    days(
        &mut chart,
        &axes,
        [Some(first), today.map(|today| today.day), Some(last)],
    );
    "Đường liền: đã nhập. Đường đứt và vùng gạch: dự báo; số thật nằm trong vùng này 4 trong 5 lần nếu mọi người tiếp tục làm như những tuần vừa qua.".clone_into(&mut chart.note);
    chart
}

/// The days under the axis, those that would touch the one before left out.
fn days(chart: &mut Chart, axes: &Axes, days: [Option<Date>; 3]) {
    let mut before = f64::MIN;
    for (at, day) in days.into_iter().enumerate() {
        let Some(day) = day else { continue };
        let x = axes.x(day);
        if x - before < 90.0 {
            continue;
        }
        before = x;
        let anchor = match at {
            0 => "start",
            1 => "middle",
            _ => "end",
        };
        chart.say_as(
            (x, BOTTOM + 18.0),
            anchor,
            shown::day(&day.to_string()),
            "small",
        );
    }
}
