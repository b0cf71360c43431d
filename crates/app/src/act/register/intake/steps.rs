//! The steps of an intake: read, try out, import.
//!
//! In: an [`Intake`], how far the work is to be told, how it is stopped. Out: [`Seen`]; [`Imported`] twice, first of a dry run, then of the
//! import. Each step can be done again until the import is done.

use super::super::import::Lines;
use super::super::import::{self, How, Imported};
use super::super::pairs::words::label;
use super::super::record::child_field;
use super::super::texts::masked;
use super::super::{Desk, Done, Failed, rules};
use super::seen::Seen;
use super::{Intake, columns, folder, repairs};
use crate::act::check::summary::Summary;
use crate::act::check::{self, Options, Progress, Stop, write_whole};
use crate::limits;
use crate::shown::birth;
use anyhow::Context as _;
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit;
use treem_files::table::Mappings;

/// What was found in the files.
const SEEN: &str = "seen.json";

fn day(text: &str) -> Done<PartialDate> {
    PartialDate::from_iso(text)
        .filter(|day| day.is_full())
        .ok_or_else(|| Failed::Refused(format!("ngày “{text}” không dùng được.")))
}

fn options(desk: &Desk, intake: &Intake, rules: &RuleSet) -> Done<Options> {
    let edition = day(&intake.edition)?;
    let units = unit::edition(&intake.edition);
    let folder = intake.folder(desk);
    Ok(Options {
        inputs: vec![folder.join(folder::FILES)],
        out: folder.join(folder::OUT),
        as_of: day(&intake.as_of)?,
        edition,
        unit: intake.unit.as_deref().and_then(|code| units.by_code(code)),
        home: None,
        mappings: Mappings::default(),
        edited: intake.edited.clone(),
        rules: rules.clone(),
        lists: false,
        duplicates: false,
        keep_measures: true,
    })
}

/// Reads the files; `false` where it was stopped. Tables whose columns the office has corrected before are read as it said.
///
/// # Errors
/// [`Failed::Refused`]: the import was done; the disk's.
pub fn read(desk: &Desk, intake: &mut Intake, around: (&dyn Progress, &Stop)) -> Done<bool> {
    not_done(intake)?;
    let rules = rules::of_desk(desk)?;
    let before = seen(desk, intake).ok();
    let Some(mut summary) = check_files(desk, intake, &rules, around)? else {
        return Ok(false);
    };
    let mut found = Seen::of(&summary, intake, before.as_ref());
    if before.is_none() && intake.edited.tables.is_empty() {
        let known = columns::known(desk, &found)?;
        if !known.tables.is_empty() {
            intake.edited = known;
            let Some(again) = check_files(desk, intake, &rules, around)? else {
                return Ok(false);
            };
            summary = again;
            found = Seen::of(&summary, intake, Some(&found));
        }
    }
    let out = intake.folder(desk).join(folder::OUT);
    if summary.counts.children > 0 {
        found.repairs = repairs::write(intake, &out)?;
    }
    let text = serde_json::to_string(&found).context("không ghi được điều đã đọc")?;
    write_whole(&intake.folder(desk), SEEN, &text)?;
    intake.is_read = true;
    intake.tried = None;
    intake.save(desk)?;
    Ok(true)
}

fn check_files(
    desk: &Desk,
    intake: &Intake,
    rules: &RuleSet,
    around: (&dyn Progress, &Stop),
) -> Done<Option<Summary>> {
    let summary = check::run(options(desk, intake, rules)?, around.0, around.1)?;
    Ok(Some(summary).filter(|summary| !summary.stopped))
}

/// What was found in the files the last time they were read.
///
/// # Errors
/// [`Failed::Refused`]: they have not been read.
pub fn seen(desk: &Desk, intake: &Intake) -> Done<Seen> {
    let text = std::fs::read_to_string(intake.folder(desk).join(SEEN)).ok();
    text.and_then(|text| serde_json::from_str(&text).ok())
        .ok_or_else(|| Failed::Refused("các tệp này chưa được đọc.".to_owned()))
}

fn not_done(intake: &Intake) -> Done<()> {
    match &intake.imported {
        None => Ok(()),
        Some(_) => Err(Failed::Refused(
            "lượt này đã được nhập vào sổ rồi; xem kết quả hoặc hủy lượt nhập.".to_owned(),
        )),
    }
}

/// Tries the import out: the figures are exact, and nothing is written. `None` where it was stopped.
///
/// # Errors
/// As [`import`].
pub fn preview(
    desk: &mut Desk,
    intake: &mut Intake,
    around: (&dyn Progress, &Stop),
) -> Done<Option<Imported>> {
    let told = run(desk, intake, true, around)?;
    if told.is_some() {
        intake.tried.clone_from(&told);
        intake.save(desk)?;
    }
    Ok(told)
}

/// Imports the files: one act, which can be undone. `None` where it was stopped: then nothing was written.
///
/// # Errors
/// [`Failed::Refused`]: it was done, no row may go into the book; the register's.
pub fn import(
    desk: &mut Desk,
    intake: &mut Intake,
    around: (&dyn Progress, &Stop),
) -> Done<Option<Imported>> {
    let told = run(desk, intake, false, around)?;
    if let Some(told) = &told {
        if told.import.is_empty() {
            return Err(Failed::Refused(format!(
                "không có dòng nào nhập được vào sổ. {}",
                told.remarks.join(" ")
            )));
        }
        intake.imported = Some(told.clone());
        intake.save(desk)?;
    }
    Ok(told)
}

fn run(
    desk: &mut Desk,
    intake: &Intake,
    dry: bool,
    around: (&dyn Progress, &Stop),
) -> Done<Option<Imported>> {
    not_done(intake)?;
    let rules = rules::of_desk(desk)?;
    let options = options(desk, intake, &rules)?;
    let how = How {
        dry,
        ..How::default()
    };
    let mut told = import::run(desk, options, how, around)?;
    for (file, _) in &mut told.refused {
        *file = intake.shown(file).to_owned();
    }
    Ok(Some(told).filter(|told| !told.stopped))
}

/// Fields of a child that are shown as they were read.
const READ: [&str; 9] = [
    "name",
    "birth",
    "sex",
    "number",
    "father",
    "mother",
    "unit_name",
    "hamlet",
    "phone",
];

/// The first children as they were read: labels, then a row each.
///
/// # Errors
/// The disk's; nothing was read.
pub fn first(desk: &Desk, intake: &Intake) -> Done<Vec<Vec<(&'static str, String)>>> {
    let mut lines = Lines::open(&intake.folder(desk).join(folder::OUT))?;
    let mut out = Vec::new();
    while out.len() < limits::READ_SHOWN
        && let Some((line, _)) = lines.next()?
    {
        let fields = READ.map(|name| {
            let text = child_field(&lines.heads, &line, name);
            let text = match name {
                "birth" => birth(text),
                "number" => masked(text),
                _ => text.to_owned(),
            };
            (label(name), text)
        });
        out.push(fields.to_vec());
    }
    Ok(out)
}
