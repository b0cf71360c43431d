//! Files of a comparison: the differences for people, and what must be entered or corrected there, in its own columns and codes.
//!
//! In: [`Compared`]. Out: xlsx or csv, whole or not at all ([`Out`]).

use super::diff::{Compared, Kind, Pair, Question, key_of, raws_of};
use super::file::Out;
use super::link::{fields_of, unit_in};
use super::profile::Column;
use crate::act::check::{Progress, Stop};
use crate::act::register::Done;
use crate::limits;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use treem_child::field::Field;
use treem_child::normalise::unit::{Edition, Level, Unit};
use treem_store::child::Child;
use treem_store::mirror::Row;

/// What is written from.
pub struct Sides<'s> {
    /// The rows.
    pub rows: &'s [Row],
    /// The children.
    pub children: &'s [Child],
}

/// A record of either side, for writing it in their columns.
struct Record<'r> {
    fields: BTreeMap<String, String>,
    edition: &'r str,
    unit: Option<&'r str>,
    key: &'r str,
}

impl<'r> Record<'r> {
    fn of_child(child: &'r Child) -> Self {
        Self {
            fields: fields_of(&child.now.record, &child.now.sensitive),
            edition: &child.now.edition,
            unit: child.now.unit.as_deref(),
            key: "",
        }
    }

    fn of_row(row: &'r Row) -> Self {
        Self {
            fields: fields_of(&row.record, &row.sensitive),
            edition: &row.edition,
            unit: row.unit.as_deref(),
            key: &row.key,
        }
    }

    fn field(&self, field: Field) -> &str {
        self.fields.get(&key_of(field)).map_or("", String::as_str)
    }

    /// The cell of a column, in their words.
    fn cell(&self, question: &Question<'_>, column: &Column, nth: usize) -> String {
        let Some(field) = column.field else {
            return String::new();
        };
        let written = |text: &str| question.profile.theirs(field, text);
        match field {
            Field::Ordinal => nth.to_string(),
            Field::Id => self.key.to_owned(),
            Field::Birth => column.dates.write(self.field(Field::Birth)),
            Field::BirthYear | Field::BirthMonth | Field::BirthDay => {
                let at = match field {
                    Field::BirthYear => 0,
                    Field::BirthMonth => 1,
                    _ => 2,
                };
                let birth = self.field(Field::Birth).split('-').nth(at);
                birth.unwrap_or("").to_owned()
            }
            Field::SexMale | Field::SexFemale => {
                let wanted = if field == Field::SexMale {
                    "Nam"
                } else {
                    "Nữ"
                };
                let is = self.field(Field::Sex) == wanted;
                if is { "x" } else { "" }.to_owned()
            }
            Field::NameFamily | Field::NameMiddle | Field::NameGiven => {
                part_of_name(question, field, self.field(Field::Name))
            }
            Field::Parents => {
                let both = [Field::Father, Field::Mother].map(|parent| self.field(parent));
                let known: Vec<&str> = both.into_iter().filter(|name| !name.is_empty()).collect();
                known.join(", ")
            }
            Field::Province | Field::District | Field::Commune => {
                written(&place(question.edition, (self.edition, self.unit), column))
            }
            field => written(self.field(field)),
        }
    }
}

/// A part of a name: the last word is given, the first the family's where the middle has a column of its own.
fn part_of_name(question: &Question<'_>, field: Field, name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((given, before)) = words.split_last() else {
        return String::new();
    };
    let apart = question.profile.of_field(Field::NameMiddle).is_some();
    match (field, before.split_first()) {
        (Field::NameGiven, _) => (*given).to_owned(),
        (Field::NameFamily, Some((family, _))) if apart => (*family).to_owned(),
        (Field::NameMiddle, Some((_, middle))) => middle.join(" "),
        (Field::NameFamily, Some(_)) => before.join(" "),
        _ => String::new(),
    }
}

/// The unit of a level around a unit, in the mirror's edition, by name or code.
fn place(edition: &'static Edition, (from, code): (&str, Option<&str>), column: &Column) -> String {
    let unit = code
        .and_then(|code| unit_in(edition, from, code))
        .and_then(|code| edition.by_code(code));
    let wanted = unit.and_then(|unit: &'static Unit| match column.field {
        Some(Field::Province) => edition.province_of(unit),
        Some(Field::District) => edition.district_of(unit),
        _ => Some(unit).filter(|unit| unit.level() == Level::Commune),
    });
    wanted.map_or_else(String::new, |unit| {
        if column.by_code { unit.code } else { unit.name }.to_owned()
    })
}

/// How many rows were written into which file.
#[derive(Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// The file of children who are not there.
    pub enter_file: String,
    /// Rows of it.
    pub enter: u64,
    /// The file of corrections.
    pub correct_file: String,
    /// Rows of it.
    pub correct: u64,
}

/// The headings of the two columns behind theirs, in the file of corrections.
const BEHIND: [&str; 2] = ["Cột cần sửa", "Đang ghi trên phần mềm"];

/// Writes what must be entered there, and, in a second file, what must be corrected. `None` where it was stopped.
///
/// # Errors
/// [`Failed::Refused`]: a place cannot be written.
pub fn todo(
    place: &Path,
    question: &Question<'_>,
    sides: &Sides<'_>,
    compared: &Compared,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Option<Written>> {
    let headings: Vec<String> = question
        .profile
        .columns
        .iter()
        .map(|column| column.heading.clone())
        .collect();
    let sheet = question.profile.sheet.as_str();
    let second = beside(place);
    let mut written = Written {
        enter_file: place.display().to_string(),
        correct_file: second.display().to_string(),
        ..Written::default()
    };
    let mut enter = Out::begin(place, sheet, &headings)?;
    for (nth, child) in compared
        .only_here
        .iter()
        .filter_map(|at| sides.children.get(*at))
        .enumerate()
    {
        let record = Record::of_child(child);
        let cells: Vec<String> = question
            .profile
            .columns
            .iter()
            .map(|column| record.cell(question, column, nth + 1))
            .collect();
        enter.push(&cells)?;
        written.enter += 1;
        if nth % limits::IMPORT_ROWS == 0 {
            progress.step("ghi tệp", nth as u64, compared.only_here.len() as u64);
            if stop.is_asked() {
                return Ok(None);
            }
        }
    }
    let behind = BEHIND.map(str::to_owned);
    let mut correct = Out::begin(&second, sheet, &[headings.as_slice(), &behind].concat())?;
    for pair in &compared.pairs {
        let (Some(row), Some(child)) = (sides.rows.get(pair.row), sides.children.get(pair.child))
        else {
            continue;
        };
        let nth = usize::try_from(written.correct).unwrap_or(usize::MAX);
        if let Some(cells) = corrected(question, pair, row, child, nth.saturating_add(1)) {
            correct.push(&cells)?;
            written.correct += 1;
        }
    }
    if stop.is_asked() {
        return Ok(None);
    }
    enter.finish()?;
    correct.finish()?;
    Ok(Some(written))
}

/// `can-nhap.xlsx` → `can-nhap-sua.xlsx`.
fn beside(place: &Path) -> PathBuf {
    let stem = place
        .file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let ending = place
        .extension()
        .map_or_else(String::new, |ending| ending.to_string_lossy().into_owned());
    place.with_file_name(format!("{stem}-sua.{ending}"))
}

/// Fields of a column's kind: what a column shows changes where one of these differs.
fn shows(column: &Column, field: Field) -> bool {
    match column.field {
        Some(Field::NameFamily | Field::NameMiddle | Field::NameGiven) => field == Field::Name,
        Some(Field::BirthDay | Field::BirthMonth | Field::BirthYear) => field == Field::Birth,
        Some(Field::SexMale | Field::SexFemale) => field == Field::Sex,
        Some(Field::Parents) => matches!(field, Field::Father | Field::Mother),
        Some(Field::Province | Field::District) => field == Field::Commune,
        own => own == Some(field),
    }
}

/// Their row with our values where the book knows more; nothing where there is nothing to correct there.
fn corrected(
    question: &Question<'_>,
    pair: &Pair,
    row: &Row,
    child: &Child,
    nth: usize,
) -> Option<Vec<String>> {
    let wrong: Vec<_> = pair
        .differences
        .iter()
        .filter(|one| one.kind != Kind::MissingHere)
        .collect();
    if wrong.is_empty() {
        return None;
    }
    let (ours, theirs) = (Record::of_child(child), Record::of_row(row));
    let raws = raws_of(&row.sensitive);
    let (mut cells, mut columns, mut was) = (Vec::new(), Vec::new(), BTreeSet::new());
    for column in &question.profile.columns {
        let difference = wrong.iter().find(|one| shows(column, one.field));
        let there = theirs.cell(question, column, nth);
        let raw = column
            .field
            .and_then(|field| raws.get(field.code()))
            .filter(|_| there.is_empty());
        let there = raw.map_or(there, Clone::clone);
        let Some(difference) = difference else {
            cells.push(there);
            continue;
        };
        let here = ours.cell(question, column, nth);
        if here != there && !here.is_empty() {
            columns.push(column.heading.as_str());
            was.insert(format!(
                "{}: {}",
                difference.field.label(),
                if difference.theirs.is_empty() {
                    "(trống)"
                } else {
                    &difference.theirs
                }
            ));
            cells.push(here);
        } else {
            cells.push(there);
        }
    }
    if columns.is_empty() {
        return None;
    }
    cells.push(columns.join("; "));
    cells.push(was.into_iter().collect::<Vec<_>>().join("; "));
    Some(cells)
}

/// The headings of the file of differences.
const HEADINGS: [&str; 10] = [
    "Việc",
    "Mã trên phần mềm",
    "Dòng trong tệp",
    "Mã hồ sơ trong sổ",
    "Họ và tên",
    "Ngày sinh",
    "Xã, phường, thị trấn",
    "Trường",
    "Trong sổ",
    "Trên phần mềm",
];

/// Writes the differences, a line each. Gives how many; `None` where it was stopped.
///
/// # Errors
/// [`Failed::Refused`]: the place cannot be written.
pub fn differences(
    place: &Path,
    question: &Question<'_>,
    sides: &Sides<'_>,
    compared: &Compared,
    stop: &Stop,
) -> Done<Option<u64>> {
    let mut out = Out::begin(place, "Khác nhau", &HEADINGS.map(str::to_owned))?;
    let mut lines = 0;
    let commune = |edition: &str, code: Option<&str>| {
        code.and_then(|code| unit_in(question.edition, edition, code))
            .and_then(|code| question.edition.by_code(code))
            .map_or("", |unit| unit.name)
    };
    let mut say = |what: &str, row: Option<&Row>, child: Option<&Child>, rest: [&str; 3]| {
        let record = child
            .map(Record::of_child)
            .or_else(|| row.map(Record::of_row));
        let field = |field: Field| {
            let text = record.as_ref().map_or("", |record| record.field(field));
            text.to_owned()
        };
        let unit = child.map_or_else(
            || row.map_or("", |row| commune(&row.edition, row.unit.as_deref())),
            |child| commune(&child.now.edition, child.now.unit.as_deref()),
        );
        let [name, here, there] = rest.map(str::to_owned);
        lines += 1;
        out.push(&[
            what.to_owned(),
            row.map_or_else(String::new, |row| row.key.clone()),
            row.map_or_else(String::new, |row| row.row_number.to_string()),
            child.map_or_else(String::new, |child| child.id.clone()),
            field(Field::Name),
            super::profile::Dates::DayFirst.write(&field(Field::Birth)),
            unit.to_owned(),
            name,
            here,
            there,
        ])
    };
    for at in &compared.only_there {
        say("Chỉ có trên phần mềm", sides.rows.get(*at), None, [""; 3])?;
    }
    for at in &compared.only_here {
        say("Chỉ có trong sổ", None, sides.children.get(*at), [""; 3])?;
    }
    for (row, child) in &compared.perhaps {
        let (row, child) = (sides.rows.get(*row), sides.children.get(*child));
        say("Có thể là một trẻ, cần xem", row, child, [""; 3])?;
    }
    for pair in &compared.pairs {
        let (row, child) = (sides.rows.get(pair.row), sides.children.get(pair.child));
        for one in &pair.differences {
            let what = match one.kind {
                Kind::MissingThere => "Phần mềm còn thiếu",
                Kind::MissingHere => "Sổ còn thiếu",
                Kind::Other => "Khác nhau",
            };
            let rest = [one.field.label(), one.ours.as_str(), one.theirs.as_str()];
            say(what, row, child, rest)?;
        }
        if stop.is_asked() {
            return Ok(None);
        }
    }
    out.finish()?;
    Ok(Some(lines))
}
