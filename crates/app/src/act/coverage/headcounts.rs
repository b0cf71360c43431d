//! Reads a file of headcounts: code of a unit, how many children it has, and, where the file says so, the day, the source and who signed.
//!
//! In: a file of any kind the reader takes. Out: [`Line`]s, or one Vietnamese sentence.

use super::checked::headcount;
use super::{HEADCOUNT_ROWS, grid_of};
use std::collections::BTreeSet;
use std::path::Path;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Level, Unit};
use treem_files::read::Book;

/// What holds for lines that do not say it themselves.
#[derive(Default)]
pub struct Defaults {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// The source.
    pub source: String,
    /// Who signed.
    pub signed_by: String,
}

/// A headcount of the file.
pub struct Line {
    /// The unit.
    pub unit: &'static Unit,
    /// Children.
    pub headcount: i64,
    /// The day.
    pub day: String,
    /// The source.
    pub source: String,
    /// Who signed.
    pub signed_by: String,
}

const CODE: [&str; 4] = ["unit", "mã đơn vị", "mã xã", "mã"];
const COUNT: [&str; 4] = ["headcount", "số trẻ", "số trẻ em", "số trẻ em hiện có"];
const DAY: [&str; 3] = ["date", "ngày", "ngày số liệu"];
const SOURCE: [&str; 2] = ["source", "nguồn"];
const SIGNED: [&str; 2] = ["signed_by", "người ký"];
const EDITION: [&str; 2] = ["edition", "danh mục"];

/// Reads the file. A unit that the edition does not know, a figure that is none, a line that stands there twice: one sentence, no lines.
pub fn read(
    path: &Path,
    edition: &'static Edition,
    defaults: &Defaults,
) -> Result<Vec<Line>, String> {
    let book = Book::open(path).map_err(|error| error.message())?;
    let rows = grid_of(&book, 0, HEADCOUNT_ROWS).map_err(|error| error.message())?;
    let find = |row: &Vec<String>, words: &[&str]| {
        row.iter()
            .position(|cell| words.contains(&cell.trim().to_lowercase().as_str()))
    };
    let head = rows
        .iter()
        .enumerate()
        .find_map(|(at, row)| Some((at, find(row, &CODE)?, find(row, &COUNT)?)));
    let Some((at, code, count)) = head else {
        return Err("không thấy cột mã đơn vị (unit) và cột số trẻ (headcount).".to_owned());
    };
    let column = |words: &[&str]| rows.get(at).and_then(|row| find(row, words));
    let (day, source) = (column(&DAY), column(&SOURCE));
    let (signed, of_edition) = (column(&SIGNED), column(&EDITION));
    let (mut out, mut seen) = (Vec::new(), BTreeSet::new());
    for (number, row) in rows.iter().enumerate().skip(at + 1) {
        let cell = |column: usize| row.get(column).map_or("", |text| text.trim());
        let or = |column: Option<usize>, other: &str| {
            let written = column.map_or("", cell);
            if written.is_empty() { other } else { written }.to_owned()
        };
        let at = number + 1;
        if cell(code).is_empty() {
            continue;
        }
        // A unit whose figure is not known yet has none to be written down.
        let Some(headcount) =
            headcount(cell(count)).map_err(|wrong| format!("dòng {at}: số trẻ {wrong}"))?
        else {
            continue;
        };
        let theirs = or(of_edition, edition.from);
        if theirs != edition.from {
            return Err(format!(
                "dòng {at}: ghi theo danh mục đơn vị có hiệu lực từ {theirs}, không phải {}; hãy thêm --edition {theirs}.",
                edition.from
            ));
        }
        let unit = edition.by_code(cell(code)).ok_or_else(|| {
            format!(
                "mã đơn vị “{}” không có trong danh mục có hiệu lực từ {}.",
                cell(code),
                edition.from
            )
        })?;
        if unit.level() == Level::Province {
            return Err(format!(
                "dòng {at}: “{}” là mã của {}; chỉ ghi số trẻ của huyện hoặc của xã.",
                unit.code, unit.name
            ));
        }
        let line = Line {
            unit,
            headcount,
            day: or(day, &defaults.day),
            source: or(source, &defaults.source),
            signed_by: or(signed, &defaults.signed_by),
        };
        if !line.day.is_empty()
            && !PartialDate::from_iso(&line.day).is_some_and(PartialDate::is_full)
        {
            return Err(format!(
                "dòng {at}: ngày “{}” không dùng được: viết năm-tháng-ngày, ví dụ 2024-06-03.",
                line.day
            ));
        }
        if !seen.insert((unit.code, line.day.clone(), line.source.clone())) {
            return Err(format!(
                "dòng {at}: {} {} đã có số trẻ ở một dòng trên, cùng ngày và cùng nguồn.",
                unit.code, unit.name
            ));
        }
        out.push(line);
    }
    Ok(out)
}
