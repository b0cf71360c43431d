//! Units by rules: where which faults are common.
//!
//! In: counts of a unit and rule. Out: a [`Chart`]; each cell has its figure, the shade is the share of the unit's children.

use super::{Chart, Fill, LETTERS, cut, float, percent, share};
use crate::shown;

/// A count.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Children.
    pub children: i64,
    /// Where they are listed.
    pub href: String,
}

/// A unit.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Children of it in the register.
    pub entered: i64,
    /// One for each rule.
    pub cells: Vec<Cell>,
}

/// Rules that find room beside each other.
pub const MOST_RULES: usize = 8;
const FROM: f64 = 170.0;
const ROW: f64 = 24.0;
/// Room for the names of rules, which stand one below the other with their letter.
const NAMES: f64 = 18.0;

/// The shade of a share: one in a hundred, one in thirty, one in ten, more.
fn shade(children: i64, entered: i64) -> Fill {
    let share = share(float(children), float(entered));
    Fill::Heat(match share {
        none if none <= 0.0 => 0,
        few if few < 0.01 => 1,
        some if some < 0.03 => 2,
        many if many < 0.1 => 3,
        _ => 4,
    })
}

/// The table of units by rules; more than [`MOST_RULES`] rules are left out.
pub fn heat(rules: &[String], lines: &[Line]) -> Chart {
    let mut chart = Chart::new("heat", "Lỗi nào nhiều ở đơn vị nào");
    "Số trong ô là số trẻ có lỗi; ô càng đậm thì tỷ lệ trong số trẻ đã nhập của đơn vị càng cao: dưới 1%, dưới 3%, dưới 10%, từ 10%.".clone_into(&mut chart.note);
    let rules = rules.get(..MOST_RULES.min(rules.len())).unwrap_or(rules);
    chart.head = std::iter::once("Đơn vị".to_owned())
        .chain(rules.iter().cloned())
        .collect();
    let wide = (chart.width - FROM) / float(i64::try_from(rules.len()).unwrap_or(1)).max(1.0);
    let mut y = 4.0;
    for (at, rule) in rules.iter().enumerate() {
        y += NAMES;
        chart.say((0.0, y), "start", format!("{}  {rule}", letter(at)));
    }
    y += 22.0;
    for at in 0..rules.len() {
        let x = FROM + wide * (float(i64::try_from(at).unwrap_or(0)) + 0.5);
        chart.say_as((x, y), "middle", letter(at), "strong");
    }
    y += 8.0;
    for line in lines {
        let base = y + LETTERS + 3.0;
        chart.say((FROM - 8.0, base), "end", cut(&line.name, 23));
        let mut row = vec![line.name.clone()];
        for (at, cell) in line.cells.iter().take(rules.len()).enumerate() {
            let x = FROM + wide * float(i64::try_from(at).unwrap_or(0));
            let fill = shade(cell.children, line.entered);
            chart.put((x, y), (wide - 2.0, ROW - 2.0), fill);
            let dark = matches!(fill, Fill::Heat(3 | 4));
            if cell.children > 0 {
                chart.shapes.push(super::Shape::Text {
                    x: x + wide / 2.0,
                    y: base,
                    anchor: "middle",
                    text: shown::count(cell.children),
                    href: cell.href.clone(),
                    class: if dark { "light" } else { "" },
                });
            }
            row.push(if cell.children > 0 {
                format!(
                    "{} ({})",
                    shown::count(cell.children),
                    percent(cell.children, line.entered)
                )
            } else {
                "0".to_owned()
            });
        }
        chart.rows.push(row);
        y += ROW;
    }
    chart.height = y + 4.0;
    chart
}

fn letter(at: usize) -> &'static str {
    ["A", "B", "C", "D", "E", "F", "G", "H"]
        .get(at)
        .copied()
        .unwrap_or("")
}
