//! Ages and sexes: who is entered beside how many there should be.
//!
//! In: counts and what is expected of each year of birth. Out: a [`Chart`]: boys to the left, girls to the right, the expected as an outline.

use super::{Chart, Fill, WIDTH, float, round_up, share};
use crate::shown;
use treem_child::report::insight::about;

/// A year of birth.
#[derive(Clone, Debug, Default)]
pub struct Years {
    /// The year.
    pub year: i16,
    /// Boys and girls in the register.
    pub entered: [i64; 2],
    /// Boys and girls there should be; none where no headcount says so.
    pub expected: Option<[f64; 2]>,
}

const ROW: f64 = 20.0;
const HIGH: f64 = 14.0;
const TOP: f64 = 28.0;
/// Half of the room for the years.
const GAP: f64 = 26.0;
const HALF: f64 = 220.0;

/// The pyramid, the youngest at the foot. The last and the first year are not whole ones: children of them are born later, or were 16.
pub fn pyramid(years: &[Years]) -> Chart {
    let mut chart = Chart::new("pyramid", "Tháp tuổi: đã nhập so với dự kiến");
    chart.legend = vec![(Fill::Solid, "Đã nhập: nam"), (Fill::Hatch, "Đã nhập: nữ")];
    if years.iter().any(|year| year.expected.is_some()) {
        chart.legend.push((Fill::Empty, "Khung: số dự kiến"));
    }
    chart.heads(&[
        "Năm sinh",
        "Nam đã nhập",
        "Nam dự kiến",
        "Nữ đã nhập",
        "Nữ dự kiến",
    ]);
    let most = years
        .iter()
        .flat_map(|year| {
            let expected = year.expected.unwrap_or([0.0; 2]);
            [
                float(year.entered[0]),
                float(year.entered[1]),
                expected[0],
                expected[1],
            ]
        })
        .filter(|value| value.is_finite())
        .fold(0.0, f64::max);
    let most = round_up(most);
    let middle = WIDTH / 2.0;
    let mut order: Vec<&Years> = years.iter().collect();
    order.sort_by_key(|year| year.year);
    chart.say_as((middle - GAP, TOP - 12.0), "end", "Nam", "strong");
    chart.say_as((middle + GAP, TOP - 12.0), "start", "Nữ", "strong");
    let mut y = TOP;
    for year in order {
        chart.say_as((middle, y + 11.0), "middle", year.year.to_string(), "small");
        for (side, sign) in [(0, -1.0), (1, 1.0)] {
            let entered = HALF * share(float(year.entered[side]), most);
            let edge = middle + sign * GAP;
            let left = |width: f64| if side == 0 { edge - width } else { edge };
            let fill = if side == 0 { Fill::Solid } else { Fill::Hatch };
            let mut reach = entered;
            if let Some(expected) = year.expected {
                let width = HALF * share(expected[side], most);
                chart.put((left(width), y - 1.5), (width, HIGH + 3.0), Fill::Empty);
                reach = reach.max(width);
            }
            chart.put((left(entered), y), (entered, HIGH), fill);
            let anchor = if side == 0 { "end" } else { "start" };
            chart.say_as(
                (edge + sign * (reach + 5.0), y + 11.0),
                anchor,
                shown::count(year.entered[side]),
                "small",
            );
        }
        let expected = |side: usize| {
            year.expected
                .map_or_else(|| "–".to_owned(), |all| about(all[side]))
        };
        chart.rows.push(vec![
            year.year.to_string(),
            shown::count(year.entered[0]),
            expected(0),
            shown::count(year.entered[1]),
            expected(1),
        ]);
        y += ROW;
    }
    chart.height = y + 6.0;
    chart
}
