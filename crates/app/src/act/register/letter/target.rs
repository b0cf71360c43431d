//! Targets of units: how much of which measure until which day, decided by which document.
//!
//! In: a file with a line a target. Out: what holds, and how far each unit is from it. Nothing is overwritten: the last of a unit, measure and
//! day holds; a line whose amount is "bỏ" takes it back.

use super::super::{Desk, Done, Failed, begin, wait};
use super::{Asked, From, Kind, gather};
use crate::access::Deed;
use crate::act::coverage::grid_of;
use crate::act::units::quoted;
use crate::shown;
use std::collections::BTreeSet;
use std::path::Path;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::Edition;
use treem_child::report::letter::figures::{Measure, Standing};
use treem_files::read::Book;
use treem_store::letter::{Target, WITHDRAWN};

/// Lines of a file.
const ROWS: usize = 20_000;

/// What loading came to.
#[derive(serde::Serialize)]
pub struct Loaded {
    /// Targets set.
    pub set: usize,
    /// Targets taken back.
    pub withdrawn: usize,
    /// Edition of the units.
    pub edition: String,
}

/// Targets and how far the units are.
#[derive(serde::Serialize)]
pub struct Shown {
    /// The day.
    pub day: String,
    /// In order of units.
    pub standings: Vec<Standing>,
}

const UNIT: [&str; 4] = ["unit", "mã đơn vị", "đơn vị", "mã"];
const MEASURE: [&str; 3] = ["measure", "chỉ tiêu", "chỉ tiêu về"];
const AMOUNT: [&str; 3] = ["amount", "mức", "mức giao"];
const DAY: [&str; 3] = ["day", "ngày", "đến ngày"];
const BY: [&str; 3] = ["decided_by", "văn bản", "văn bản giao"];

/// `95%`, `95,5%`, `1.250`, `1 trẻ`, `bỏ`: kind and amount. The error is the end of a sentence.
fn amount(text: &str) -> Result<(&'static str, i64), String> {
    let text = text.trim();
    let shown = quoted(text);
    if ["bỏ", "none"].contains(&text.to_lowercase().as_str()) {
        return Ok((WITHDRAWN, 0));
    }
    if let Some(percent) = text.strip_suffix('%') {
        let wrong =
            || format!("mức “{shown}” phải từ 0% đến 100%, nhiều nhất hai chữ số sau dấu phẩy.");
        let (whole, part) = percent
            .trim()
            .split_once([',', '.'])
            .unwrap_or((percent.trim(), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part)
        {
            return Err(wrong());
        }
        let hundredths: i64 = format!("{whole}{part:0<2}").parse().map_err(|_| wrong())?;
        return if hundredths <= 10_000 {
            Ok(("percent", hundredths))
        } else {
            Err(wrong())
        };
    }
    let (number, is_said) = text
        .strip_suffix("trẻ")
        .map_or((text, false), |rest| (rest.trim_end(), true));
    // A cell in which Excel shows 95 % holds 0.95, and 100 % holds 1.
    let fraction = number
        .strip_prefix("0.")
        .or_else(|| number.strip_prefix("0,"));
    if fraction.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(format!(
            "mức “{shown}” có vẻ là ô phần trăm của Excel: hãy định dạng cột mức là Chữ (Text) rồi ghi 95%."
        ));
    }
    if number == "1" && !is_said {
        return Err(
            "mức “1” không rõ là 100% hay một trẻ: hãy ghi 100% (ô dạng Chữ), hoặc “1 trẻ”."
                .to_owned(),
        );
    }
    match grouped_number(number) {
        Some(number) if number <= 10_000_000 => Ok(("number", number)),
        _ => Err(format!(
            "mức “{shown}” không dùng được: ghi phần trăm có dấu % (95%), hoặc số trẻ (1.250), hoặc “bỏ”."
        )),
    }
}

/// A whole number: digits alone, or groups of three after the first.
fn grouped_number(text: &str) -> Option<i64> {
    let groups: Vec<&str> = text.split(['.', ' ', '\u{a0}']).collect();
    let (first, rest) = groups.split_first()?;
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let whole = rest.is_empty() || first.len() <= 3;
    let fits = digits(first) && whole && rest.iter().all(|group| group.len() == 3 && digits(group));
    groups.concat().parse().ok().filter(|_| fits)
}

/// The targets of a file, with the line each stands on.
fn read(path: &Path, edition: &'static Edition) -> Result<Vec<Target>, String> {
    let book = Book::open(path).map_err(|error| error.message())?;
    let rows = grid_of(&book, 0, ROWS).map_err(|error| error.message())?;
    let find = |row: &[String], words: &[&str]| {
        row.iter()
            .position(|cell| words.contains(&cell.trim().to_lowercase().as_str()))
    };
    let head = rows.iter().enumerate().find_map(|(at, row)| {
        Some((
            at,
            [
                find(row, &UNIT)?,
                find(row, &MEASURE)?,
                find(row, &AMOUNT)?,
                find(row, &DAY)?,
            ],
            find(row, &BY),
        ))
    });
    let Some((at, [unit, measure, much, day], by)) = head else {
        return Err("không thấy đủ các cột: đơn vị (unit), chỉ tiêu (measure), mức (amount), đến ngày (day).".to_owned());
    };
    let (mut out, mut seen) = (Vec::new(), BTreeSet::new());
    for (nth, row) in rows.iter().enumerate().skip(at + 1) {
        let cell = |column: usize| row.get(column).map_or("", |text| text.trim());
        if row.iter().all(|text| text.trim().is_empty()) {
            continue;
        }
        let wrong = |sentence: String| format!("dòng {}: {sentence}", nth + 1);
        let unit = crate::act::units::area(edition, cell(unit)).map_err(wrong)?;
        let measure = Measure::named(cell(measure)).ok_or_else(|| {
            wrong(format!(
                "chỉ tiêu “{}” phải là một trong: {}.",
                quoted(cell(measure)),
                Measure::ALL
                    .map(|one| format!("{} ({})", one.label(), one.code()))
                    .join(", ")
            ))
        })?;
        let (kind, amount) = amount(cell(much)).map_err(wrong)?;
        let day = shown::read_day(cell(day)).ok_or_else(|| {
            wrong(format!(
                "ngày “{}” không dùng được: viết ngày/tháng/năm, ví dụ 30/6/2024.",
                quoted(cell(day))
            ))
        })?;
        let by = by.map_or("", cell);
        if by.is_empty() && kind != WITHDRAWN {
            return Err(wrong(
                "chưa ghi văn bản giao chỉ tiêu (cột văn bản).".to_owned(),
            ));
        }
        if by.chars().count() > 300 {
            return Err(wrong("tên văn bản giao dài quá 300 chữ.".to_owned()));
        }
        let day = day.to_string();
        if !seen.insert((unit.code, measure, day.clone())) {
            return Err(wrong(format!(
                "{} đã có chỉ tiêu này ở một dòng trên.",
                unit.name
            )));
        }
        out.push(Target {
            edition: edition.from.to_owned(),
            unit: unit.code.to_owned(),
            measure: measure.code().to_owned(),
            day,
            kind: kind.to_owned(),
            amount,
            decided_by: by.to_owned(),
            ..Target::default()
        });
    }
    if out.is_empty() {
        return Err("không có dòng chỉ tiêu nào.".to_owned());
    }
    Ok(out)
}

/// Sets the targets of a file.
///
/// # Errors
/// [`Failed::Refused`]: a line that cannot be used, then nothing is set; [`Failed::Denied`].
pub fn load(desk: &mut Desk, path: &Path, edition: &'static Edition) -> Done<Loaded> {
    let targets = read(path, edition)
        .map_err(|sentence| Failed::Refused(format!("{}: {sentence}", path.display())))?;
    wait(async {
        for one in &targets {
            desk.must(Deed::Letters, &one.edition, Some(&one.unit))?;
        }
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "target", "")).await?;
        act.add_targets(&targets).await?;
        let withdrawn = targets.iter().filter(|one| one.kind == WITHDRAWN).count();
        let set = targets.len() - withdrawn;
        let detail =
            serde_json::json!({"set": set, "withdrawn": withdrawn, "edition": edition.from});
        act.finish(&book, &detail.to_string()).await?;
        open.leave().await;
        Ok(Loaded {
            set,
            withdrawn,
            edition: edition.from.to_owned(),
        })
    })
}

/// The targets that hold, with how far the units are on a day; cut to the person's area. Communes and districts alike.
///
/// # Errors
/// [`Failed::Denied`]; the register's.
pub fn show(desk: &Desk, day: PartialDate, edition: &'static Edition) -> Done<Shown> {
    wait(async {
        desk.must_somewhere(Deed::Report)?;
        let cut = desk.area(Deed::Report);
        let (open, mut tx) = desk.read().await?;
        let province = gather::province_in(&open.book, edition)?;
        let asked = Asked {
            kind: Kind::Letter,
            day,
            edition,
            offices_on: day.to_string(),
            unit: None,
            moment: None,
            template: From::Usual,
        };
        let mut standings: Vec<Standing> = Vec::new();
        for by_commune in [false, true] {
            if by_commune && !edition.has_districts() {
                continue;
            }
            let area = gather::Area {
                unit: province,
                by_commune,
            };
            let figures = gather::figures(&mut tx, &open.book, &asked, area).await?;
            for one in figures.standings() {
                if !standings.iter().any(|known| known.target == one.target) {
                    standings.push(one);
                }
            }
        }
        standings.retain(|one| cut.holds(edition.from, Some(&one.target.unit)));
        standings.sort_by(|one, other| {
            (&one.target.day, &one.target.unit, one.target.measure).cmp(&(
                &other.target.day,
                &other.target.unit,
                other.target.measure,
            ))
        });
        Ok(Shown {
            day: day.to_string(),
            standings,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn amounts_as_people_write_them() {
        for (text, want) in [
            ("95%", ("percent", 9_500)),
            ("99,5 %", ("percent", 9_950)),
            ("99.05%", ("percent", 9_905)),
            ("100%", ("percent", 10_000)),
            ("1.250", ("number", 1_250)),
            ("1250", ("number", 1_250)),
            ("1 250 000", ("number", 1_250_000)),
            ("1.250 trẻ", ("number", 1_250)),
            ("1 trẻ", ("number", 1)),
            ("0", ("number", 0)),
            ("Bỏ", ("none", 0)),
        ] {
            assert_eq!(amount(text), Ok(want), "{text}");
        }
        for text in [
            "",
            "101%",
            "9,555%",
            "-5%",
            "%",
            "nhiều",
            "-3",
            "0.95",
            "0,955",
            "1",
            "12.5",
            "1250.000",
            ".250",
            "1..250",
            "99999999999",
        ] {
            assert!(
                amount(text).is_err_and(|sentence| sentence.ends_with('.')),
                "{text}"
            );
        }
    }
}
