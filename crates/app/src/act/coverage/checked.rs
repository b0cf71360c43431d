//! The table of progress computed from children: what `treem check` counted in a register, beside the headcounts of the units.
//!
//! In: the output folder of a check, a file of headcounts, perhaps a printed table. Out: the [`Coverage`] of the districts: the
//! printed figures held against those of the children, or the computed ones alone.

use super::headcounts::written;
use super::of_file;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use treem_child::normalise::unit::{Edition, Level, Unit, edition};
use treem_child::report::coverage::{Coverage, Rate, coverage};

/// What is known of a unit.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    /// `None` where it is not known, of the unit or of one of its communes.
    headcount: Option<i64>,
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
    let mut children = Vec::new();
    for unit in summary_is
        .get("units")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let count = |key: &str| unit.get(key).and_then(Value::as_i64).unwrap_or(0);
        let code = unit.get("unit").and_then(Value::as_str).unwrap_or("");
        children.push((code, ["children", "identified", "complete"].map(count)));
    }
    let of_headcounts = |sentence: &str| named(headcounts, sentence);
    let heads: Vec<Head> = written(headcounts)
        .map_err(|sentence| of_headcounts(&sentence))?
        .into_iter()
        .map(|written| Head {
            line: written.line,
            code: written.code,
            count: written.count,
        })
        .collect();
    let letter = read_printed(printed)?;
    report(edition, &children, &heads, letter.as_ref(), &of_headcounts)
}

/// A printed table that others are held against.
///
/// # Errors
/// One sentence with the file's name.
pub fn read_printed(printed: Option<&Path>) -> Result<Option<Coverage>, String> {
    printed
        .map(|path| of_file(path).map_err(|sentence| format!("{}: {sentence}", path.display())))
        .transpose()
}

/// What a table is computed from, where the figures come from the register.
#[derive(Default)]
pub struct Figures<'f> {
    /// By code of a unit, empty where unknown: children, *identified*, *complete*.
    pub children: Vec<(&'f str, [i64; 3])>,
    /// By code of a unit: headcount, in the order in which they are shown.
    pub headcounts: Vec<(&'f str, i64)>,
}

impl Figures<'_> {
    /// The headcounts as lines of a file of them.
    fn heads(&self) -> Vec<Head> {
        (1..)
            .zip(&self.headcounts)
            .map(|(line, (code, count))| Head {
                line,
                code: (*code).to_owned(),
                count: Some(*count),
            })
            .collect()
    }
}

/// Computes the table from figures of the register; otherwise as [`of_checked`].
pub fn of_figures(
    edition: &'static Edition,
    figures: &Figures<'_>,
    printed: Option<&Coverage>,
) -> Result<Coverage, String> {
    let heads = figures.heads();
    report(edition, &figures.children, &heads, printed, &|sentence| {
        format!("số trẻ em báo cáo trong sổ (treem headcount show), {sentence}")
    })
}

/// A line of a table, with the measures apart.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The unit.
    pub unit: &'static Unit,
    /// Its headcount; `None` where it, or that of one of its communes, is not known.
    pub headcount: Option<i64>,
    /// Children in the register.
    pub children: i64,
    /// Of them *identified*.
    pub identified: i64,
    /// Of them *complete*.
    pub complete: i64,
}

/// The lines of the table as [`of_figures`] has them, by district or, `by_commune`, by commune; and the children of no line.
pub fn lines(
    edition: &'static Edition,
    figures: &Figures<'_>,
    by_commune: bool,
) -> Result<(Vec<Line>, i64), String> {
    let heads = figures.heads();
    let line_of: LineOf = if by_commune { commune_of } else { line_of };
    let tabled = tabled(edition, &figures.children, &heads, line_of)?;
    let lines = tabled
        .table
        .iter()
        .filter(|(_, counted)| counted.headcount != Some(0) || counted.children > 0)
        .filter_map(|(code, counted)| {
            Some(Line {
                unit: edition.by_code(code)?,
                headcount: counted.headcount,
                children: counted.children,
                identified: counted.identified,
                complete: counted.complete,
            })
        });
    Ok((lines.collect(), tabled.unplaced))
}

/// Which line of a table a unit belongs to.
type LineOf = fn(&Edition, &'static Unit) -> Option<&'static Unit>;

/// The line of a table by commune: the commune itself; children of whom only the district is known have none.
fn commune_of(_: &Edition, unit: &'static Unit) -> Option<&'static Unit> {
    (unit.level() == Level::Commune).then_some(unit)
}

/// The table before it is shown.
struct Tabled {
    table: BTreeMap<&'static str, Counted>,
    unplaced: i64,
    without: Vec<String>,
}

fn tabled(
    edition: &'static Edition,
    children: &[(&str, [i64; 3])],
    heads: &[Head],
    line_of: LineOf,
) -> Result<Tabled, String> {
    let mut table: BTreeMap<&'static str, Counted> = BTreeMap::new();
    let mut unplaced = 0;
    for (code, [all, identified, complete]) in children {
        let Some(line) = edition
            .by_code(code)
            .and_then(|unit| line_of(edition, unit))
        else {
            unplaced += all;
            continue;
        };
        let counted = table.entry(line.code).or_default();
        counted.children += all;
        counted.identified += identified;
        counted.complete += complete;
    }
    let without = enter(edition, heads, line_of, &mut table)?;
    Ok(Tabled {
        table,
        unplaced,
        without,
    })
}

/// The report of children and headcounts; `named` says in front of a sentence where the headcounts come from.
fn report(
    edition: &'static Edition,
    children: &[(&str, [i64; 3])],
    heads: &[Head],
    letter: Option<&Coverage>,
    named: &dyn Fn(&str) -> String,
) -> Result<Coverage, String> {
    let Tabled {
        table,
        unplaced,
        without,
    } = tabled(edition, children, heads, line_of).map_err(|sentence| named(&sentence))?;
    let mut report = coverage(&grid(edition, &table, letter)).map_err(|_| {
        named(without.first().map_or(
            "không có số trẻ của đơn vị nào trong sổ, không lập được bảng.",
            String::as_str,
        ))
    })?;
    report.notes.extend(notes(edition, &table, unplaced));
    report.notes.extend(without);
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

/// A line of the file of headcounts.
struct Head {
    /// Its number in the file, from 1.
    line: usize,
    code: String,
    /// `None` where nothing is written.
    count: Option<i64>,
}

/// Enters the headcounts into the table. A district has its own, or the sum of those of all its communes; where one of them is not
/// known, neither is the sum. Gives notes that name the units without one, or one sentence where a line cannot be used.
fn enter(
    edition: &'static Edition,
    heads: &[Head],
    line_of: LineOf,
    table: &mut BTreeMap<&'static str, Counted>,
) -> Result<Vec<String>, String> {
    let mut lines: BTreeMap<&'static str, (&Head, &'static Unit)> = BTreeMap::new();
    for head in heads {
        let (line, code) = (head.line, head.code.as_str());
        let unit = edition.by_code(code).ok_or_else(|| {
            format!(
                "dòng {line}: mã đơn vị “{code}” không có trong danh mục có hiệu lực từ {}.",
                edition.from
            )
        })?;
        if unit.level() == Level::Province {
            return Err(format!(
                "dòng {line}: “{code}” là mã của {}; chỉ ghi số trẻ của huyện hoặc của xã.",
                unit.name
            ));
        }
        if let Some((first, _)) = lines.insert(unit.code, (head, unit)) {
            return Err(format!(
                "dòng {line}: {} {} đã có ở dòng {}; mỗi đơn vị chỉ ghi một dòng.",
                unit.code, unit.name, first.line
            ));
        }
    }
    for (head, unit) in lines.values() {
        if let Some(district) = edition.district_of(unit)
            && district.code != unit.code
            && let Some((above, _)) = lines.get(district.code)
        {
            return Err(format!(
                "dòng {}: {} {} nằm trong {} {}, đã ghi ở dòng {}; ghi số trẻ của cả huyện hoặc của từng xã, không ghi cả hai.",
                head.line, unit.code, unit.name, district.code, district.name, above.line
            ));
        }
        if let Some(line) = line_of(edition, unit) {
            table.entry(line.code).or_default();
        }
    }
    let mut notes = Vec::new();
    let known = |code: &str| lines.get(code).and_then(|(head, _)| head.count);
    for (code, counted) in table {
        let Some(unit) = edition.by_code(code) else {
            continue;
        };
        counted.headcount = known(code);
        if unit.level() != Level::District || lines.contains_key(code) {
            if counted.headcount.is_none() {
                notes.push(without(unit, ""));
            }
            continue;
        }
        let communes: Vec<&Unit> = edition.communes_of(unit).collect();
        let unknown: Vec<&str> = communes
            .iter()
            .filter(|commune| known(commune.code).is_none())
            .map(|commune| commune.name)
            .collect();
        if unknown.is_empty() && !communes.is_empty() {
            counted.headcount = Some(communes.iter().filter_map(|one| known(one.code)).sum());
        } else if unknown.len() == communes.len() {
            notes.push(without(unit, ""));
        } else {
            let mut names = unknown
                .iter()
                .take(5)
                .copied()
                .collect::<Vec<_>>()
                .join(", ");
            if unknown.len() > 5 {
                names.push_str(", …");
            }
            notes.push(without(
                unit,
                &format!(" của {} xã, phường, thị trấn ({names})", unknown.len()),
            ));
        }
    }
    Ok(notes)
}

fn without(unit: &Unit, of: &str) -> String {
    format!(
        "{}: chưa có số trẻ hiện có{of}, không tính được tỷ lệ và số còn thiếu.",
        unit.name
    )
}

/// The name of a district as letters write it in such a table.
pub fn short(unit: &Unit) -> String {
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
        .filter(|(_, counted)| counted.headcount != Some(0) || counted.children > 0)
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
    let mut sum = Counted {
        headcount: Some(0),
        ..Counted::default()
    };
    for (place, unit, counted) in &lines {
        // Printed figures cannot be held against a headcount that is not known.
        let row = place.and_then(|place| letter?.rows.get(place));
        let held = row.filter(|_| counted.headcount.is_some());
        grid.push(vec![
            row.map_or_else(|| short(unit), |row| row.unit.clone()),
            count(counted.headcount),
            counted.identified.to_string(),
            percent(held.and_then(|row| row.printed.rate)),
            count(held.and_then(|row| row.printed.missing)),
        ]);
        sum.headcount = sum.headcount.zip(counted.headcount).map(|(a, b)| a + b);
        sum.identified += counted.identified;
    }
    let total = letter
        .and_then(|letter| letter.total.as_ref())
        .filter(|_| sum.headcount.is_some());
    grid.push(vec![
        "Tổng cộng".to_owned(),
        count(sum.headcount),
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
    let known = if table.values().all(|counted| counted.headcount.is_some()) {
        ""
    } else {
        " (chỉ tính các đơn vị đã có số trẻ)"
    };
    let mut notes = vec![format!(
        "Trong sổ có {} trẻ, {} đã chuẩn hóa (có mã định danh), {} chưa chuẩn hóa. Chưa nhập: {}{known}; còn phải nhập và phải làm sạch là hai việc khác nhau.",
        grouped(children + unplaced),
        grouped(identified),
        grouped(children + unplaced - identified),
        grouped(
            sum(|counted| {
                counted
                    .headcount
                    .map_or(0, |headcount| headcount - counted.children)
            })
            .max(0)
        ),
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
