//! Coverage of units as bars in one scale, and the funnel of the four steps.
//!
//! In: counts of units, of steps. Out: [`Chart`]s.

use super::{Chart, Fill, LETTERS, WIDTH, cut, float, known, percent, share};
use crate::shown;

/// A unit.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Where its figures are.
    pub href: String,
    /// Children it says it has.
    pub headcount: Option<i64>,
    /// Children in the register.
    pub entered: i64,
    /// Of them identified.
    pub identified: i64,
}

/// Where bars begin, and how wide a full one is.
const FROM: f64 = 190.0;
/// Width of a whole headcount.
const FULL: f64 = 300.0;
/// From one bar to the next.
const ROW: f64 = 26.0;
/// Height of a bar.
const HIGH: f64 = 15.0;
/// Where bars begin, from above.
const TOP: f64 = 24.0;

/// How much of its headcount each unit has in the register, and how much of that is identified. Takes units in the order in which they are
/// shown; bars are shares of the unit's own headcount, so that a small unit is seen beside a large one.
pub fn coverage(units: &[Bar]) -> Chart {
    let mut chart = Chart::new(
        "coverage",
        "Đã nhập và đã chuẩn hóa so với số trẻ em hiện có",
    );
    chart.legend = vec![
        (Fill::Solid, "Đã chuẩn hóa (có mã định danh)"),
        (Fill::Hatch, "Đã nhập, chưa chuẩn hóa"),
        (Fill::Empty, "Chưa nhập"),
    ];
    chart.heads(&[
        "Đơn vị",
        "Số trẻ em hiện có",
        "Đã nhập",
        "Tỷ lệ đã nhập",
        "Đã chuẩn hóa",
        "Tỷ lệ đã chuẩn hóa",
    ]);
    for (at, label) in [(0.0, "0%"), (0.5, "50%"), (1.0, "100%")] {
        chart.say_as((FROM + FULL * at, TOP - 10.0), "middle", label, "small");
    }
    let mut y = TOP;
    for unit in units {
        let base = y + LETTERS - 1.0;
        chart.lead((FROM - 8.0, base), "end", cut(&unit.name, 26), &unit.href);
        match unit.headcount.filter(|all| *all > 0) {
            Some(all) => {
                let whole = float(all);
                let entered = FULL * share(float(unit.entered), whole);
                let identified = FULL * share(float(unit.identified.min(unit.entered)), whole);
                chart.put((FROM, y), (FULL, HIGH), Fill::Empty);
                chart.put((FROM, y), (identified, HIGH), Fill::Solid);
                chart.put(
                    (FROM + identified, y),
                    (entered - identified, HIGH),
                    Fill::Hatch,
                );
                let more = if unit.entered > all {
                    " (nhiều hơn số báo cáo)"
                } else {
                    ""
                };
                let words = format!("{}{more}", percent(unit.entered, all));
                chart.say((FROM + FULL + 8.0, base), "start", words);
            }
            None => chart.say((FROM, base), "start", "chưa có số trẻ em báo cáo"),
        }
        chart.rows.push(vec![
            unit.name.clone(),
            known(unit.headcount),
            shown::count(unit.entered),
            percent(unit.entered, unit.headcount.unwrap_or(0)),
            shown::count(unit.identified),
            percent(unit.identified, unit.headcount.unwrap_or(0)),
        ]);
        y += ROW;
    }
    let bottom = y - ROW + HIGH + 4.0;
    for at in [0.0, 0.5, 1.0] {
        let x = FROM + FULL * at;
        chart.way(&[(x, TOP - 6.0), (x, bottom.max(TOP))], "axis");
    }
    chart.height = y.max(TOP + ROW);
    chart
}

/// A step on the way of a record.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it is called.
    pub name: &'static str,
    /// Children who have come so far.
    pub children: i64,
    /// Where they are listed; empty: nowhere.
    pub href: String,
}

/// How many children have come through each step; the first is all there are.
pub fn funnel(steps: &[Step]) -> Chart {
    let mut chart = Chart::new("funnel", "Từ trẻ em hiện có đến sổ: còn lại sau từng bước");
    chart.heads(&[
        "Bước",
        "Số trẻ",
        "So với bước đầu",
        "Còn lại so với bước trước",
    ]);
    let whole = steps.iter().map(|step| step.children).max().unwrap_or(0);
    let first = steps.first().map_or(0, |step| step.children);
    let (full, high, row, middle) = (270.0, 30.0, 52.0, 370.0);
    let mut y = 8.0;
    let mut before: Option<(f64, i64)> = None;
    for (at, step) in steps.iter().enumerate() {
        let width = full * share(float(step.children), float(whole));
        let left = middle - width / 2.0;
        if let Some((above, count)) = before {
            let half = above / 2.0;
            let edges = [
                (middle - half, y - row + high),
                (middle + half, y - row + high),
                (left + width, y),
                (left, y),
            ];
            chart.way(&edges, "band");
            let less = count.saturating_sub(step.children).max(0);
            if less > 0 {
                chart.say_as(
                    (middle, y - 7.0),
                    "middle",
                    format!("còn {}", shown::count(less)),
                    "small",
                );
            }
        }
        let fill = if at == 0 { Fill::Empty } else { Fill::Solid };
        chart.put((left, y), (width, high), fill);
        chart.lead(
            (middle - full / 2.0 - 12.0, y + 20.0),
            "end",
            step.name.to_owned(),
            &step.href,
        );
        let words = format!(
            "{} · {}",
            shown::count(step.children),
            percent(step.children, first)
        );
        chart.say((WIDTH - 4.0, y + 20.0), "end", words);
        chart.rows.push(vec![
            step.name.to_owned(),
            shown::count(step.children),
            percent(step.children, first),
            before.map_or_else(
                || "–".to_owned(),
                |(_, count)| shown::count(count.saturating_sub(step.children).max(0)),
            ),
        ]);
        before = Some((width, step.children));
        y += row;
    }
    chart.height = (y - row + high + 8.0).max(40.0);
    chart
}
