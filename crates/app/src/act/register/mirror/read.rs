//! Reads an export by its profile: their codes and dates turned into what every list is read in, then the way of every list: check.
//!
//! In: a file, a [`Profile`]. Out: [`Taken`]: rows of the mirror in order, with what a person should know. The file is copied, value by value,
//! into a list of its own in a temporary folder, with the same headings; its columns are then taken as the profile says.

use super::profile::{Profile, comparable};
use crate::act::check::{self, Progress, Stop};
use crate::act::csv_line::Line;
use crate::act::register::import::Lines;
use crate::act::register::record::{child_field, entry, finding_field};
use crate::limits;
use anyhow::Context as _;
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use treem_child::cell::{Cell, CellKind, Rows};
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition};
use treem_files::read::Book;
use treem_files::table::{Mapping, MappingColumn, Mappings};
use treem_store::mirror::Row;

/// An export, read.
pub struct Taken {
    /// Its rows that are children.
    pub rows: Vec<Row>,
    /// Headings of the profile that the file does not have.
    pub missing: Vec<String>,
    /// Headings of the file that the profile does not have.
    pub unknown: Vec<String>,
    /// What else a person should know.
    pub remarks: Vec<String>,
}

/// What reading came to.
pub enum Read {
    /// Everything.
    All(Taken),
    /// The person stopped it.
    Stopped,
    /// One sentence, without the file's name.
    Refused(String),
}

/// When and where.
#[derive(Clone, Copy)]
pub struct When {
    /// The day the export speaks of.
    pub day: PartialDate,
    /// Edition of its units.
    pub edition: &'static Edition,
}

/// A copied row: its sheet and row in the file.
struct Origin {
    sheet: usize,
    row: u64,
}

/// Everything that was copied.
#[derive(Default)]
struct Copied {
    origins: Vec<Origin>,
    sheets: Vec<String>,
    /// Columns of the profile by column of the file, as the first heading row has them.
    columns: Vec<Option<usize>>,
    unknown: Vec<String>,
}

/// Reads an export.
///
/// # Errors
/// Only what stops the program.
pub fn read(
    path: &Path,
    profile: &Profile,
    when: When,
    (progress, stop): (&dyn Progress, &Stop),
) -> anyhow::Result<Read> {
    let book = match Book::open(path) {
        Ok(book) => book,
        Err(error) => return Ok(Read::Refused(error.message())),
    };
    let folder = tempfile::Builder::new()
        .prefix("treem-mirror-")
        .tempdir()
        .context("không tạo được thư mục tạm")?;
    let list = folder.path().join("list.csv");
    let copied = match copy(&book, profile, &list, stop)? {
        Ok(copied) => copied,
        Err(sentence) => return Ok(Read::Refused(sentence)),
    };
    if stop.is_asked() {
        return Ok(Read::Stopped);
    }
    let out = folder.path().join("out");
    let options = check::Options {
        inputs: vec![list],
        out: out.clone(),
        duplicates: false,
        as_of: when.day,
        edition: PartialDate::from_iso(when.edition.from).unwrap_or(when.day),
        unit: None,
        home: None,
        mappings: mappings(profile),
        edited: Mappings::default(),
        rules: RuleSet::default(),
        lists: false,
        keep_measures: true,
    };
    let checked = check::run(options, progress, stop)?;
    if checked.stopped {
        return Ok(Read::Stopped);
    }
    let mut lines = Lines::open(&out)?;
    let mut measures = checked.measures.iter().copied();
    let mut rows = Vec::new();
    while let Some((line, findings)) = lines.next()? {
        let field = |name: &str| child_field(&lines.heads, &line, name);
        let of = entry(
            &lines.heads,
            &line,
            &findings,
            measures.next().unwrap_or_default(),
            when.edition.from,
        );
        let at: usize = field("row").parse().unwrap_or(0);
        let origin = at.checked_sub(2).and_then(|at| copied.origins.get(at));
        let raws = findings
            .iter()
            .map(|finding| {
                let cell = |name: &str| finding_field(&lines.heads, finding, name).to_owned();
                (cell("field"), cell("raw"))
            })
            .filter(|(_, raw)| !raw.is_empty());
        rows.push(Row {
            nth: i64::try_from(rows.len())
                .unwrap_or(i64::MAX)
                .saturating_add(1),
            sheet: origin
                .and_then(|origin| copied.sheets.get(origin.sheet))
                .cloned()
                .unwrap_or_default(),
            row_number: origin.map_or(0, |origin| i64::try_from(origin.row).unwrap_or(0)),
            key: field("id").to_owned(),
            name_key: of.state.name_key,
            birth: of.state.birth,
            edition: of.state.edition,
            unit: of.state.unit,
            number: of.state.number,
            record: of.state.record,
            sensitive: with_raws(&of.state.sensitive, raws),
        });
    }
    if rows.is_empty() {
        return Ok(Read::Refused("không có trẻ em nào trong tệp.".to_owned()));
    }
    let missing = profile
        .columns
        .iter()
        .enumerate()
        .filter(|(at, column)| column.field.is_some() && !copied.columns.contains(&Some(*at)))
        .map(|(_, column)| column.heading.clone())
        .collect();
    Ok(Read::All(Taken {
        rows,
        missing,
        unknown: copied.unknown,
        remarks: checked.remarks,
    }))
}

/// The sensitive record with the cells that could not be understood, by field.
fn with_raws(sensitive: &str, raws: impl Iterator<Item = (String, String)>) -> String {
    let mut all: Map<String, Value> = serde_json::from_str(sensitive).unwrap_or_default();
    let mut kept: Map<String, Value> = Map::new();
    for (field, raw) in raws {
        kept.entry(field).or_insert(Value::String(raw));
    }
    if !kept.is_empty() {
        all.insert("raw".to_owned(), Value::Object(kept));
    }
    Value::Object(all).to_string()
}

fn mappings(profile: &Profile) -> Mappings {
    Mappings {
        tables: vec![Mapping {
            shape: String::new(),
            columns: profile
                .columns
                .iter()
                .map(|column| MappingColumn {
                    column: String::new(),
                    heading: column.heading.clone(),
                    field: column
                        .field
                        .map(|field| field.code().to_owned())
                        .unwrap_or_default(),
                })
                .collect(),
        }],
    }
}

/// Copies every row under a heading row of the profile into one csv. The outer error stops the program, the inner is a sentence.
fn copy(
    book: &Book,
    profile: &Profile,
    list: &Path,
    stop: &Stop,
) -> anyhow::Result<Result<Copied, String>> {
    let file = File::create(list).context("không ghi được tệp tạm")?;
    let mut out = BufWriter::with_capacity(1 << 20, file);
    let mut buffer = Vec::new();
    let mut line = Line::after(&mut buffer, b"");
    for column in &profile.columns {
        line.text(&column.heading);
    }
    line.end();
    let mut copied = Copied::default();
    for (sheet, meta) in book.sheets.iter().enumerate() {
        copied.sheets.push(meta.name.clone());
        let mut source = match book.source(sheet) {
            Ok(source) => source,
            Err(error) => return Ok(Err(error.message())),
        };
        let parser = source.parser();
        let (mut columns, mut looked): (Option<Vec<Option<usize>>>, usize) = (None, 0);
        loop {
            let chunk = match source.next_chunk() {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(error) => return Ok(Err(error.message())),
            };
            let mut rows = Rows::default();
            parser.parse(&chunk, &mut rows);
            for row in rows.iter() {
                match &columns {
                    None if looked < limits::MIRROR_HEAD_ROWS => {
                        looked += 1;
                        columns = head(profile, row.cells, &mut copied);
                    }
                    None => break,
                    Some(columns) if !row.is_blank() => {
                        push(&mut buffer, profile, columns, row.cells, book.date1904);
                        copied.origins.push(Origin {
                            sheet,
                            row: row.number,
                        });
                    }
                    Some(_) => {}
                }
            }
            out.write_all(&buffer).context("không ghi được tệp tạm")?;
            buffer.clear();
            if stop.is_asked() {
                return Ok(Ok(copied));
            }
        }
    }
    out.flush().context("không ghi được tệp tạm")?;
    Ok(if copied.columns.is_empty() {
        Err(format!(
            "không thấy hàng tiêu đề nào có các cột của “{}”; xem lại tệp, hoặc sửa cách hiểu cột (treem mirror profile) rồi thêm --profile.",
            profile.name
        ))
    } else {
        Ok(copied)
    })
}

/// The columns of a heading row: it names the child's name, and at least half of what is written in it is known.
fn head(profile: &Profile, cells: &[Cell<'_>], copied: &mut Copied) -> Option<Vec<Option<usize>>> {
    let columns: Vec<Option<usize>> = cells
        .iter()
        .map(|cell| profile.column(&cell.text))
        .collect();
    let written = cells.iter().filter(|cell| !cell.is_blank()).count();
    let known = columns.iter().flatten().count();
    let named = columns.iter().flatten().any(|at| {
        profile
            .columns
            .get(*at)
            .and_then(|column| column.field)
            .is_some_and(|field| field.code().starts_with("name"))
    });
    if !named || known * 2 < written {
        return None;
    }
    for (cell, column) in cells.iter().zip(&columns) {
        let heading = comparable(&cell.text);
        let new = !copied.unknown.iter().any(|one| comparable(one) == heading);
        if column.is_none() && !heading.is_empty() && new {
            copied.unknown.push(cell.text.trim().to_owned());
        }
    }
    for column in &columns {
        if !copied.columns.contains(column) {
            copied.columns.push(*column);
        }
    }
    Some(columns)
}

/// A row in the order of the profile.
fn push(
    buffer: &mut Vec<u8>,
    profile: &Profile,
    columns: &[Option<usize>],
    cells: &[Cell<'_>],
    date1904: bool,
) {
    let mut line = Line::after(buffer, b"");
    for (at, column) in profile.columns.iter().enumerate() {
        let cell = columns
            .iter()
            .position(|place| *place == Some(at))
            .and_then(|place| cells.get(place));
        match cell {
            None => line.text(""),
            Some(cell) => match cell.kind {
                CellKind::Date(serial) => line.text(&day(serial, date1904).unwrap_or_default()),
                _ => line.text(&profile.ours(column, &cell.text)),
            },
        };
    }
    line.end();
}

/// A day a workbook counts, `dd/mm/yyyy`. The epoch of 1900 counts a 29/2/1900 that was none: days from 1/3/1900 on are right.
fn day(serial: f64, date1904: bool) -> Option<String> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let epoch = if date1904 {
        jiff::civil::date(1904, 1, 1)
    } else {
        jiff::civil::date(1899, 12, 30)
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be a day of a calendar"
    )]
    let days = serial as i64;
    let day = epoch.checked_add(jiff::Span::new().days(days)).ok()?;
    Some(format!(
        "{:02}/{:02}/{}",
        day.day(),
        day.month(),
        day.year()
    ))
}

/// The edition of an export: the profile's, else that of its day.
pub fn edition_of(
    profile: &Profile,
    asked: Option<PartialDate>,
    day: PartialDate,
) -> &'static Edition {
    let day = asked.or(profile.edition).unwrap_or(day);
    unit::edition(&day.to_string())
}
