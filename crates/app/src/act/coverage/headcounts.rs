//! Reads a file of headcounts: code of a unit, how many children it has, and, where the file says so, the day, the source, who signed,
//! and how many people of all ages there are.
//!
//! In: a file of any kind the reader takes. Out: its lines as they stand there ([`Written`], what *coverage* of a checked folder takes),
//! or [`Read`], what goes into the register; else one Vietnamese sentence.

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

/// A line as it stands in the file: empty where nothing is written.
pub(super) struct Written {
    /// Its number in the file, from 1.
    pub line: usize,
    /// Code of the unit.
    pub code: String,
    /// Children.
    pub count: Option<i64>,
    people: Option<i64>,
    people_day: String,
    people_source: String,
    day: String,
    source: String,
    signed_by: String,
    edition: String,
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

/// The people of a unit.
pub struct People {
    /// The unit.
    pub unit: &'static Unit,
    /// People of all ages.
    pub count: i64,
    /// The day of the figure.
    pub day: String,
    /// Its source.
    pub source: String,
}

/// What a file says.
#[derive(Default)]
pub struct Read {
    /// Headcounts.
    pub lines: Vec<Line>,
    /// Populations.
    pub people: Vec<People>,
}

const CODE: [&str; 4] = ["unit", "mã đơn vị", "mã xã", "mã"];
const COUNT: [&str; 4] = ["headcount", "số trẻ", "số trẻ em", "số trẻ em hiện có"];
const PEOPLE: [&str; 3] = ["population", "dân số", "số dân"];
const PEOPLE_DAY: [&str; 2] = ["population_date", "ngày dân số"];
const PEOPLE_SOURCE: [&str; 2] = ["population_source", "nguồn dân số"];
const DAY: [&str; 3] = ["date", "ngày", "ngày số liệu"];
const SOURCE: [&str; 2] = ["source", "nguồn"];
const SIGNED: [&str; 2] = ["signed_by", "người ký"];
const EDITION: [&str; 2] = ["edition", "danh mục"];

/// Children or people of a figure beyond which it is a slip: the country has fewer.
const MOST: i64 = 150_000_000;

/// The lines of the file that name a unit. The heads may stand below titles.
pub(super) fn written(path: &Path) -> Result<Vec<Written>, String> {
    let book = Book::open(path).map_err(|error| error.message())?;
    let rows = grid_of(&book, 0, HEADCOUNT_ROWS).map_err(|error| error.message())?;
    let find = |row: &Vec<String>, words: &[&str]| {
        row.iter()
            .position(|cell| words.contains(&cell.trim().to_lowercase().as_str()))
    };
    let head = rows
        .iter()
        .enumerate()
        .find_map(|(at, row)| Some((at, row, find(row, &CODE)?, find(row, &COUNT)?)));
    let Some((at, head, code, count)) = head else {
        return Err("không thấy cột mã đơn vị (unit) và cột số trẻ (headcount).".to_owned());
    };
    let column = |words: &[&str]| find(head, words);
    let (day, source, signed_by) = (column(&DAY), column(&SOURCE), column(&SIGNED));
    let (people, edition) = (column(&PEOPLE), column(&EDITION));
    let (people_day, people_source) = (column(&PEOPLE_DAY), column(&PEOPLE_SOURCE));
    let mut out = Vec::new();
    for (number, row) in rows.iter().enumerate().skip(at + 1) {
        let cell = |column: usize| row.get(column).map_or("", |text| text.trim());
        let or = |column: Option<usize>| column.map_or("", cell).to_owned();
        if cell(code).is_empty() {
            continue;
        }
        let line = number + 1;
        let figure = |what: &str, text: &str| {
            figure(text).map_err(|wrong| format!("dòng {line}: {what} {wrong}"))
        };
        out.push(Written {
            line,
            code: cell(code).to_owned(),
            count: figure("số trẻ", cell(count))?,
            people: figure("dân số", people.map_or("", cell))?,
            people_day: or(people_day),
            people_source: or(people_source),
            day: or(day),
            source: or(source),
            signed_by: or(signed_by),
            edition: or(edition),
        });
    }
    Ok(out)
}

/// Reads the file for the register. A unit that the edition does not know, a figure that is none, a line that stands there twice: one
/// sentence, no lines.
pub fn read(path: &Path, edition: &'static Edition, defaults: &Defaults) -> Result<Read, String> {
    let (mut out, mut seen) = (Read::default(), BTreeSet::new());
    for written in written(path)? {
        let at = written.line;
        let or = |text: &str, other: &str| if text.is_empty() { other } else { text }.to_owned();
        // A unit whose figures are not known yet has none to be written down.
        if written.count.is_none() && written.people.is_none() {
            continue;
        }
        let theirs = or(&written.edition, edition.from);
        if theirs != edition.from {
            return Err(format!(
                "dòng {at}: ghi theo danh mục đơn vị có hiệu lực từ {theirs}, không phải {}; hãy thêm --edition {theirs}.",
                edition.from
            ));
        }
        let unit = unit(edition, &written)?;
        let day = or(&written.day, &defaults.day);
        let source = or(&written.source, &defaults.source);
        for day in [&day, &written.people_day] {
            if !day.is_empty() && !PartialDate::from_iso(day).is_some_and(PartialDate::is_full) {
                return Err(format!(
                    "dòng {at}: ngày “{day}” không dùng được: viết năm-tháng-ngày, ví dụ 2024-06-03."
                ));
            }
        }
        if !seen.insert((unit.code, day.clone(), source.clone())) {
            return Err(format!(
                "dòng {at}: {} {} đã có số trẻ ở một dòng trên, cùng ngày và cùng nguồn.",
                unit.code, unit.name
            ));
        }
        if let Some(people) = written.people {
            out.people.push(People {
                unit,
                count: people,
                day: or(&written.people_day, &day),
                source: or(&written.people_source, &source),
            });
        }
        if let Some(headcount) = written.count {
            out.lines.push(Line {
                unit,
                headcount,
                day,
                source,
                signed_by: or(&written.signed_by, &defaults.signed_by),
            });
        }
    }
    Ok(out)
}

/// The unit of a line: of the edition, and no province.
fn unit(edition: &'static Edition, written: &Written) -> Result<&'static Unit, String> {
    let unit = edition.by_code(&written.code).ok_or_else(|| {
        format!(
            "mã đơn vị “{}” không có trong danh mục có hiệu lực từ {}.",
            written.code, edition.from
        )
    })?;
    if unit.level() == Level::Province {
        return Err(format!(
            "dòng {}: “{}” là mã của {}; chỉ ghi số trẻ của huyện hoặc của xã.",
            written.line, unit.code, unit.name
        ));
    }
    Ok(unit)
}

/// A figure: digits, perhaps in groups of three (`26.847`). The error is the end of a sentence.
fn figure(text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let shown = crate::act::units::quoted(text);
    if text.starts_with(['-', '−', '–']) {
        return Err(format!(
            "“{shown}” là số âm; ghi số thật, hoặc để trống nếu chưa biết."
        ));
    }
    let groups: Vec<&str> = text.split(['.', ' ', '\u{a0}']).collect();
    let grouped = groups.len() == 1
        || (groups
            .first()
            .is_some_and(|group| (1..=3).contains(&group.len()))
            && groups.iter().skip(1).all(|group| group.len() == 3));
    let digits = groups.concat();
    let count: Option<i64> = Some(digits)
        .filter(|digits| grouped && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|digits| digits.parse().ok());
    match count {
        Some(count) if count <= MOST => Ok(Some(count)),
        Some(_) => Err(format!("“{shown}” lớn quá; xem lại cột này.")),
        None => Err(format!(
            "“{shown}” không phải số; ghi số nguyên như 26847 hoặc 26.847."
        )),
    }
}
