//! Tables and lines of a letter.
//!
//! In: [`Figures`], [`Standing`]s. Out: [`Grid`]s and lines. A unit's headcount that should be looked at carries the doubt as a footnote
//! wherever it is printed, and a unit that is behind carries it in its own line.

use super::figures::{
    Amount, Figures, Measure, Standing, Unit, percent, shown_count, shown_day, shown_percent,
};
use super::{Cell, Figure, Grid, Span};
use crate::texts::capital;

/// A share of children without basic information from which on a unit's footnote says so, in hundredths of a percent.
const SAID_INCOMPLETE: i64 = 100;

fn words(text: impl Into<String>) -> Cell {
    Cell {
        span: Span::plain(text),
        figure: None,
    }
}

fn count(count: Option<i64>) -> Cell {
    Cell {
        span: Span::plain(count.map_or_else(|| "–".to_owned(), shown_count)),
        figure: count.map(Figure::Count),
    }
}

fn rate(rate: Option<i64>) -> Cell {
    Cell {
        span: Span::plain(rate.map_or_else(|| "–".to_owned(), shown_percent)),
        figure: rate.map(Figure::Percent),
    }
}

/// A headcount with what speaks against it.
fn headcount(unit: &Unit) -> Cell {
    let mut cell = count(unit.headcount);
    cell.span = cell.span.noted(&unit.doubts);
    cell
}

/// What the register holds, with what is missing in it.
fn entered(unit: &Unit, noted: bool) -> Cell {
    let mut cell = count(Some(unit.children));
    let incomplete = unit.children.saturating_sub(unit.complete);
    if noted && percent(incomplete, unit.children).is_some_and(|rate| rate >= SAID_INCOMPLETE) {
        cell.span = cell.span.noted(&[format!(
            "Có {}/{} trường hợp đã có thông tin của trẻ em nhưng các thông tin cơ bản khác (họ và tên bố/mẹ/người nuôi dưỡng, địa chỉ, …) còn thiếu.",
            shown_count(incomplete),
            shown_count(unit.children)
        )]);
    }
    cell
}

fn sum(mut row: Vec<Cell>) -> Vec<Cell> {
    for cell in &mut row {
        cell.span.bold = true;
    }
    row
}

/// `(03/6/2024)` behind a heading.
fn days(figures: &Figures) -> String {
    match &figures.headcount_days {
        Some((first, last)) if first == last => format!(" ({})", shown_day(first)),
        Some((first, last)) => format!(" ({} – {})", shown_day(first), shown_day(last)),
        None => String::new(),
    }
}

/// Each unit: headcount, in the register, identified, both rates, both queues.
pub fn progress(figures: &Figures) -> Grid {
    let row = |unit: &Unit, to_enter: Option<i64>, noted: bool| {
        vec![
            words(unit.name.clone()),
            headcount(unit),
            entered(unit, noted),
            rate(unit.entered_rate()),
            count(Some(unit.identified)),
            rate(unit.covered_rate()),
            count(to_enter),
            count(Some(unit.to_clean())),
        ]
    };
    let day = shown_day(&figures.day);
    let rows = lines(figures, row);
    Grid {
        title: "Tiến độ".to_owned(),
        columns: Vec::from([
            ("Đơn vị".to_owned(), 22),
            (
                format!("Số trẻ em hiện có tại địa phương{}", days(figures)),
                20,
            ),
            (format!("Đã nhập vào phần mềm ({day})"), 20),
            ("Tỷ lệ đã nhập (%)".to_owned(), 14),
            (format!("Trong đó đã chuẩn hóa, làm sạch ({day})"), 20),
            ("Tỷ lệ đã chuẩn hóa trên số hiện có (%)".to_owned(), 17),
            ("Cần nhập mới".to_owned(), 16),
            ("Cần làm sạch".to_owned(), 14),
        ]),
        sum: rows.len() > 1,
        rows,
    }
}

/// A line for each unit; where there are several, one for their sum. `row` is told how many children are to be entered and whether its notes stand there.
fn lines(figures: &Figures, row: impl Fn(&Unit, Option<i64>, bool) -> Vec<Cell>) -> Vec<Vec<Cell>> {
    let units = figures.units.iter();
    let mut rows: Vec<Vec<Cell>> = units.map(|unit| row(unit, unit.to_enter(), true)).collect();
    if rows.len() > 1 {
        rows.push(sum(row(&figures.total(), figures.to_enter(), false)));
    }
    rows
}

/// The same with five columns beside the name.
pub fn progress_short(figures: &Figures) -> Grid {
    let row = |unit: &Unit, to_enter: Option<i64>, noted: bool| {
        vec![
            words(unit.name.clone()),
            headcount(unit),
            entered(unit, noted),
            rate(unit.entered_rate()),
            count(to_enter),
            count(Some(unit.to_clean())),
        ]
    };
    let rows = lines(figures, row);
    Grid {
        title: "Tiến độ gọn".to_owned(),
        columns: Vec::from([
            ("Đơn vị".to_owned(), 24),
            (
                format!("Số trẻ em hiện có tại địa phương{}", days(figures)),
                24,
            ),
            (
                format!("Đã nhập vào phần mềm ({})", shown_day(&figures.day)),
                22,
            ),
            ("Tỷ lệ đã nhập (%)".to_owned(), 16),
            ("Cần nhập mới".to_owned(), 18),
            ("Cần làm sạch".to_owned(), 18),
        ]),
        sum: rows.len() > 1,
        rows,
    }
}

/// An amount in words: `95%`, `1.250 trẻ`.
pub fn amount(amount: Amount) -> String {
    match amount {
        Amount::Percent(hundredths) if hundredths % 100 == 0 => format!("{}%", hundredths / 100),
        Amount::Percent(hundredths) => format!("{}%", shown_percent(hundredths)),
        Amount::Number(number) => format!("{} trẻ", shown_count(number)),
    }
}

/// How a unit stands, in a word.
pub fn state(standing: &Standing) -> &'static str {
    match (standing.now, standing.reached(), standing.due) {
        (None, ..) => "chưa tính được",
        (_, true, _) => "đạt",
        (_, false, true) => "chưa đạt, đã đến hạn",
        (_, false, false) => "đang thực hiện",
    }
}

/// Targets and how far the units are.
pub fn targets(standings: &[Standing]) -> Grid {
    let rows = standings
        .iter()
        .map(|one| {
            let mut name = words(one.name.clone());
            name.span = name.span.noted(&one.doubts);
            vec![
                name,
                words(one.target.measure.label()),
                words(amount(one.target.amount)),
                words(shown_day(&one.target.day)),
                words(one.now.map_or_else(|| "–".to_owned(), amount)),
                count(one.needs),
                words(state(one)),
                words(one.target.decided_by.clone()),
            ]
        })
        .collect();
    Grid {
        title: "Chỉ tiêu".to_owned(),
        columns: Vec::from([
            ("Đơn vị".to_owned(), 22),
            ("Chỉ tiêu về".to_owned(), 16),
            ("Mức giao".to_owned(), 12),
            ("Đến ngày".to_owned(), 14),
            ("Đạt được".to_owned(), 12),
            ("Còn thiếu (trẻ)".to_owned(), 12),
            ("Tình trạng".to_owned(), 16),
            ("Văn bản giao".to_owned(), 22),
        ]),
        rows,
        sum: false,
    }
}

/// Units behind their targets, each with the doubts about its headcount.
pub fn behind(standings: &[Standing]) -> Vec<Span> {
    standings
        .iter()
        .filter(|one| one.behind())
        .map(|one| {
            let by = if one.target.decided_by.is_empty() {
                String::new()
            } else {
                format!(" theo {}", one.target.decided_by)
            };
            let mut text = format!(
                "{}: {} {}, chỉ tiêu {} đến ngày {}{by}; còn thiếu {} trẻ.",
                one.name,
                one.target.measure.label(),
                one.now.map_or_else(|| "–".to_owned(), amount),
                amount(one.target.amount),
                shown_day(&one.target.day),
                one.needs.map_or_else(|| "–".to_owned(), shown_count)
            );
            if !one.doubts.is_empty() {
                text.push_str(" Lưu ý trước khi kết luận là chậm: ");
                text.push_str(&one.doubts.join(" "));
            }
            Span::plain(text)
        })
        .collect()
}

/// What is to be done, by whom, until when.
pub fn tasks(figures: &Figures, (officer, police): (&str, &str)) -> Grid {
    let total = figures.total();
    let until = |measure: Measure| {
        let standings = figures.standings();
        let next = standings
            .iter()
            .filter(|one| one.target.measure == measure && !one.reached())
            .min_by(|one, other| one.target.day.cmp(&other.target.day));
        next.map_or_else(|| "…".to_owned(), |one| shown_day(&one.target.day))
    };
    let rows = [
        (
            "Nhập mới trẻ em chưa có trên phần mềm",
            figures.to_enter(),
            format!("{officer}, cộng tác viên"),
            until(Measure::Entered),
        ),
        (
            "Làm sạch: trẻ em chưa có hoặc sai số định danh; lập danh sách chuyển Công an",
            Some(total.to_clean()),
            format!("{officer}; {police} xác thực, cung cấp số"),
            until(Measure::Identified),
        ),
        (
            "Bổ sung thông tin cơ bản còn thiếu tại hộ gia đình",
            Some(total.children.saturating_sub(total.complete)),
            format!("{officer}, cộng tác viên"),
            until(Measure::Complete),
        ),
    ];
    Grid {
        title: "Việc phải làm".to_owned(),
        columns: Vec::from([
            ("Việc".to_owned(), 50),
            ("Số trẻ em".to_owned(), 16),
            ("Người làm".to_owned(), 44),
            ("Đến ngày".to_owned(), 18),
        ]),
        rows: rows
            .into_iter()
            .map(|(what, children, who, day)| {
                vec![
                    words(what),
                    count(children),
                    words(capital(&who)),
                    words(day),
                ]
            })
            .collect(),
        sum: false,
    }
}

/// What a reader should know of the figures.
pub fn remarks(figures: &Figures) -> Vec<Span> {
    let mut out: Vec<String> = Vec::new();
    let more: Vec<String> = figures
        .units
        .iter()
        .filter_map(|unit| {
            let over = unit.children.saturating_sub(unit.headcount?);
            (over > 0).then(|| format!("{} ({} trẻ)", unit.name, shown_count(over)))
        })
        .collect();
    if !more.is_empty() {
        out.push(format!(
            "Trên phần mềm nhiều hơn số báo cáo của đơn vị, cần rà soát lại số báo cáo: {}.",
            more.join(", ")
        ));
    }
    let without: Vec<&str> = figures
        .units
        .iter()
        .filter(|unit| unit.headcount.is_none())
        .map(|unit| unit.name.as_str())
        .collect();
    if !without.is_empty() {
        let named = without
            .iter()
            .take(8)
            .copied()
            .collect::<Vec<_>>()
            .join(", ");
        let rest = without.len().saturating_sub(8);
        let rest = if rest > 0 {
            format!(" và {rest} đơn vị khác")
        } else {
            String::new()
        };
        out.push(format!(
            "Chưa có số trẻ em hiện có của {named}{rest}: chưa tính được tỷ lệ và số cần nhập mới."
        ));
    }
    if figures.unplaced > 0 {
        out.push(format!(
            "{} trẻ em trên phần mềm chưa xác định được đơn vị, không nằm trong bảng.",
            shown_count(figures.unplaced)
        ));
    }
    out.extend(figures.remarks.iter().cloned());
    out.into_iter().map(Span::plain).collect()
}
