//! The table of progress computed from children: what `treem check` counted in a register, beside the headcounts of the units.
//!
//! In: the output folder of a check, a file of headcounts, perhaps a printed table. Out: the [`Coverage`] of the districts: the
//! printed figures held against those of the children, or the computed ones alone.

use super::headcounts::{self, Defaults};
use super::of_file;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use treem_child::normalise::unit::{Edition, Level, Unit, edition};
use treem_child::report::coverage::{Coverage, Rate, coverage};

/// What is known of a unit.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    headcount: i64,
    children: i64,
    identified: i64,
    complete: i64,
}

/// Computes the table.
///
/// Takes the folder that `treem check` wrote, the file of headcounts (columns `unit` or "mã đơn vị", `headcount` or "số trẻ"; codes of
/// communes or districts of the check's edition), and perhaps a file with a printed table whose rates and missing children are held
/// against the computed ones. Gives the report with a line for each district (after 30/6/2025 for each commune), or one Vietnamese
/// sentence with the name of the file that cannot be used.
pub fn of_checked(
    folder: &Path,
    headcounts: &Path,
    printed: Option<&Path>,
) -> Result<Coverage, String> {
    let summary = folder.join("summary.json");
    let named = |path: &Path, sentence: &str| format!("{}: {sentence}", path.display());
    let text = std::fs::read_to_string(&summary).map_err(|_| {
        named(
            &summary,
            "không đọc được; đây phải là thư mục kết quả của treem check (--out).",
        )
    })?;
    let summary_is = serde_json::from_str::<Value>(&text).map_err(|_| {
        named(
            &summary,
            "không phải kết quả của treem check; hãy chạy lại treem check.",
        )
    })?;
    let day = summary_is
        .get("edition")
        .and_then(Value::as_str)
        .unwrap_or("");
    let edition = edition(day);
    let mut figures = Figures::default();
    for unit in summary_is
        .get("units")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let count = |key: &str| unit.get(key).and_then(Value::as_i64).unwrap_or(0);
        let code = unit.get("unit").and_then(Value::as_str).unwrap_or("");
        let counts = ["children", "identified", "complete"].map(count);
        figures.children.push((code, counts));
    }
    let lines = headcounts::read(headcounts, edition, &Defaults::default())
        .map_err(|sentence| named(headcounts, &sentence))?;
    figures.headcounts = lines
        .iter()
        .map(|line| (line.unit.code, line.headcount))
        .collect();
    of_figures(
        edition,
        &figures,
        printed,
        &headcounts.display().to_string(),
    )
}

/// What a table is computed from.
#[derive(Default)]
pub struct Figures<'f> {
    /// By code of a unit, empty where unknown: children, *identified*, *complete*.
    pub children: Vec<(&'f str, [i64; 3])>,
    /// By code of a unit: headcount.
    pub headcounts: Vec<(&'f str, i64)>,
}

/// Computes the table from figures; `source` names where the headcounts come from, for sentences.
///
/// As [`of_checked`].
pub fn of_figures(
    edition: &'static Edition,
    figures: &Figures<'_>,
    printed: Option<&Path>,
    source: &str,
) -> Result<Coverage, String> {
    let mut table: BTreeMap<&'static str, Counted> = BTreeMap::new();
    let mut unplaced = 0;
    let line = |code: &str| {
        edition
            .by_code(code)
            .and_then(|unit| line_of(edition, unit))
    };
    for (code, [children, identified, complete]) in &figures.children {
        let Some(line) = line(code) else {
            unplaced += children;
            continue;
        };
        let counted = table.entry(line.code).or_default();
        counted.children += children;
        counted.identified += identified;
        counted.complete += complete;
    }
    for (code, headcount) in &figures.headcounts {
        let line = line(code).ok_or_else(|| {
            format!(
                "{source}: mã đơn vị “{code}” không có trong danh mục có hiệu lực từ {}.",
                edition.from
            )
        })?;
        table.entry(line.code).or_default().headcount += headcount;
    }
    let letter = printed
        .map(|path| of_file(path).map_err(|sentence| format!("{}: {sentence}", path.display())))
        .transpose()?;
    let mut report = coverage(&grid(edition, &table, letter.as_ref()))
        .map_err(|_| format!("{source}: không có số liệu nào để lập bảng."))?;
    report.notes.extend(notes(edition, &table, unplaced));
    Ok(report)
}

/// The line of the table a unit belongs to: its district, or itself where there are no districts.
fn line_of(edition: &Edition, unit: &'static Unit) -> Option<&'static Unit> {
    match unit.level() {
        Level::Province => None,
        Level::District => Some(unit),
        Level::Commune => Some(edition.district_of(unit).unwrap_or(unit)),
    }
}

/// The name of a district as letters write it in such a table.
fn short(unit: &Unit) -> String {
    match unit.name.split_once(' ') {
        Some(("Huyện", rest)) => rest.to_owned(),
        _ if unit.name.starts_with("Thành phố ") => unit.short.to_owned(),
        _ if unit.name.starts_with("Thị xã ") => format!("TX {}", unit.short),
        _ => unit.name.to_owned(),
    }
}

/// The table as rows of text, as the letter lays it out; lines in the order of the printed one.
fn grid(
    edition: &'static Edition,
    table: &BTreeMap<&'static str, Counted>,
    letter: Option<&Coverage>,
) -> Vec<Vec<String>> {
    let place = |code: &str| {
        letter.and_then(|letter| {
            letter.rows.iter().position(|row| {
                edition
                    .find(&row.unit, Level::District, None)
                    .unit()
                    .is_some_and(|unit| unit.code == code)
            })
        })
    };
    let mut lines: Vec<(Option<usize>, &'static Unit, Counted)> = table
        .iter()
        .filter(|(_, counted)| counted.headcount > 0 || counted.children > 0)
        .filter_map(|(code, counted)| Some((place(code), edition.by_code(code)?, *counted)))
        .collect();
    lines.sort_by_key(|(place, unit, _)| (place.unwrap_or(usize::MAX), unit.code));
    let percent = |rate: Option<Rate>| {
        rate.map_or_else(String::new, |rate| {
            format!("{},{:02}", rate.0 / 100, rate.0 % 100)
        })
    };
    let count = |count: Option<i64>| count.map_or_else(String::new, |count| count.to_string());
    let head = [
        "Đơn vị",
        "Số trẻ em hiện có",
        "Số trẻ em đã nhập, đã chuẩn hóa",
        "Tỷ lệ (%)",
        "Số trẻ em còn thiếu",
    ];
    let mut grid = vec![head.map(str::to_owned).to_vec()];
    let mut sum = Counted::default();
    for (place, unit, counted) in &lines {
        let row = place.and_then(|place| letter?.rows.get(place));
        grid.push(vec![
            row.map_or_else(|| short(unit), |row| row.unit.clone()),
            counted.headcount.to_string(),
            counted.identified.to_string(),
            percent(row.and_then(|row| row.printed.rate)),
            count(row.and_then(|row| row.printed.missing)),
        ]);
        sum.headcount += counted.headcount;
        sum.identified += counted.identified;
    }
    let total = letter.and_then(|letter| letter.total.as_ref());
    grid.push(vec![
        "Tổng cộng".to_owned(),
        sum.headcount.to_string(),
        sum.identified.to_string(),
        percent(total.and_then(|row| row.printed.rate)),
        count(total.and_then(|row| row.printed.missing)),
    ]);
    grid
}

/// What the letter says in its footnotes.
fn notes(
    edition: &'static Edition,
    table: &BTreeMap<&'static str, Counted>,
    unplaced: i64,
) -> Vec<String> {
    let grouped = |count: i64| treem_child::texts::grouped(count.unsigned_abs());
    let sum = |count: fn(&Counted) -> i64| table.values().map(count).sum::<i64>();
    let (children, identified) = (
        sum(|counted| counted.children),
        sum(|counted| counted.identified),
    );
    let mut notes = vec![format!(
        "Trong sổ có {} trẻ, {} đã chuẩn hóa (có mã định danh), {} chưa chuẩn hóa. Chưa nhập: {}; còn phải nhập và phải làm sạch là hai việc khác nhau.",
        grouped(children + unplaced),
        grouped(identified),
        grouped(children + unplaced - identified),
        grouped((sum(|counted| counted.headcount) - children).max(0)),
    )];
    for (code, counted) in table {
        let incomplete = counted.children - counted.complete;
        if incomplete * 100 > counted.children
            && let Some(unit) = edition.by_code(code)
        {
            notes.push(format!(
                "{}: {} trẻ trong sổ còn thiếu thông tin cơ bản (cha, mẹ, người nuôi dưỡng, địa chỉ, …).",
                unit.name,
                grouped(incomplete)
            ));
        }
    }
    if unplaced > 0 {
        notes.push(format!(
            "{} trẻ trong sổ chưa biết ở huyện nào, không nằm trong bảng.",
            grouped(unplaced)
        ));
    }
    notes
}
