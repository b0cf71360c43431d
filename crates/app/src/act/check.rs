//! `treem check`: read → normalise → check over files and folders; writes what the contract says.
//!
//! In: [`Options`]. Out: files in the output folder and a [`Summary`]. A file that cannot be used costs only itself. Long work
//! tells a [`Progress`] and can be stopped by a [`Stop`]; a stopped run leaves no half-written file.

pub(super) mod collect;
mod duplicates;
pub(super) mod files;
mod keys;
pub(super) mod lists;
pub mod mapping;
pub(super) mod merge;
mod places;
pub(super) mod records;
mod sheet;
pub(super) mod sink;
pub mod summary;
pub(super) mod worker;
pub mod written;

use anyhow::Context as _;
use collect::Collector;
use sink::Sink;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use summary::{Counts, FileSummary, RuleSummary, Summary, UnitSummary};
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::encoding::{self, Verdict};
use treem_child::normalise::row::Context;
use treem_child::normalise::unit::{self, Edition, Named, Unit};
use treem_files::read::{Book, Format};
use treem_files::table::{Hints, Mappings};
use worker::{Run, Sheet};

/// What the person asked for.
pub struct Options {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// Where the results go.
    pub out: PathBuf,
    /// The day on which age is judged.
    pub as_of: PartialDate,
    /// The day whose area units hold.
    pub edition: PartialDate,
    /// The commune of rows that name none.
    pub unit: Option<&'static Unit>,
    /// A unit of the province whose names are looked up; Quảng Trị without one.
    pub home: Option<&'static Unit>,
    /// Column mappings given by the person.
    pub mappings: Mappings,
    /// Column mappings that the person corrected in the output folder of an earlier run.
    pub edited: Mappings,
    /// The rules in force.
    pub rules: RuleSet,
    /// Write `lists/`.
    pub lists: bool,
    /// Group 5 by the linkage engine.
    pub duplicates: bool,
    /// Keep the measures of every child in the [`Summary`].
    pub keep_measures: bool,
}

/// So many shares make a whole file.
pub const SHARES: u64 = 10_000;

/// Hears how far the work is.
pub trait Progress: Sync {
    /// A run begins: so many files of so many bytes together.
    fn begin(&self, files: usize, bytes: u64);
    /// The next file begins, of so many bytes.
    fn file(&self, bytes: u64);
    /// So many of [`SHARES`] of the file are done, and so many more children read.
    fn within(&self, share: u64, rows: u64);
    /// Something else is being done now: `done` of `of`; 0 of 0 where that is not known.
    fn step(&self, what: &str, done: u64, of: u64);
    /// How far some counters are: what each is called, and its count.
    fn counted(&self, _: &[(&'static str, u64)]) {}
}

/// Nobody watches.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize, _: u64) {}
    fn file(&self, _: u64) {}
    fn within(&self, _: u64, _: u64) {}
    fn step(&self, _: &str, _: u64, _: u64) {}
}

/// A sheet's part of the progress of its file.
pub struct Part<'p> {
    progress: &'p dyn Progress,
    sheet: u64,
    sheets: u64,
}

impl Part<'_> {
    /// So much of so much of the sheet is done, and so many more children read.
    pub fn tell(&self, done: u64, total: u64, rows: u64) {
        let within = u128::from(done.min(total)) * u128::from(SHARES) / u128::from(total.max(1));
        let within = u64::try_from(within).unwrap_or(SHARES);
        self.progress
            .within((self.sheet * SHARES + within) / self.sheets.max(1), rows);
    }
}

/// Asks a run to stop.
#[derive(Default)]
pub struct Stop(AtomicBool);

impl Stop {
    /// Asks.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
    /// Whether somebody asked.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Checks everything that was asked for.
///
/// # Errors
/// Only what stops the run as a whole: the output folder cannot be written, the disk is full.
pub fn run(options: Options, progress: &dyn Progress, stop: &Stop) -> anyhow::Result<Summary> {
    let edition = unit::edition(&options.edition.to_string());
    let edition = options.home.map_or(edition, |unit| edition.at(unit));
    let files::Collected {
        found,
        mut refused,
        remarks,
    } = files::collect(&options.inputs, &options.out);
    std::fs::create_dir_all(&options.out)
        .with_context(|| format!("không tạo được thư mục {}", options.out.display()))?;
    let mut collector = Collector::new(&options.out, options.duplicates, options.keep_measures)?;
    let run = Run {
        context: Context {
            as_of: options.as_of,
            edition,
        },
        communes: Arc::default(),
        rules: options.rules,
        link: None,
        duplicates: options.duplicates,
        written: options.keep_measures,
    };
    let reused = options.edited.clone();
    let mut saved = reused.clone();
    let mut summary = Summary {
        as_of: options.as_of.to_string(),
        edition: edition.from,
        out: options.out.display().to_string(),
        remarks,
        ..Summary::default()
    };
    progress.begin(found.len(), found.iter().map(|file| file.bytes).sum());
    for file in found {
        progress.file(file.bytes);
        let done = one_file(
            &file,
            &run,
            options.unit,
            (&options.mappings, &reused),
            &mut saved,
            (progress, stop),
            &mut collector,
        );
        match done {
            Ok(file) => summary.files.push(file),
            Err(error) => {
                collector.abandon();
                return Err(error);
            }
        }
        if stop.is_asked() {
            collector.abandon();
            summary.stopped = true;
            return Ok(summary);
        }
    }
    if let Some(remark) = edition_remark(options.edition, edition) {
        summary.remarks.push(remark);
    }
    progress.step("đối chiếu giữa các dòng", 0, 0);
    let left_out = match collector.finish(&run, progress, stop) {
        Ok(Some(left_out)) => left_out,
        Ok(None) => {
            collector.abandon();
            summary.stopped = true;
            return Ok(summary);
        }
        Err(error) => {
            collector.abandon();
            return Err(error);
        }
    };
    if collector.not_compared > 0 {
        summary.remarks.push(format!("Có quá nhiều dòng cùng một số hoặc cùng họ tên và ngày sinh: {} dòng không được đối chiếu với nhau.", collector.not_compared));
    }
    if left_out > 0 {
        summary.remarks.push(format!("Có quá nhiều dòng trùng nhau: {left_out} phát hiện về trùng số, trùng trẻ không được ghi ra."));
    }
    summary.remarks.extend(run.rules.complaints());
    for (file, counts) in summary.files.iter_mut().zip(&collector.files) {
        file.counts = counts.clone();
    }
    summary.files.append(&mut refused);
    summary.measures = std::mem::take(&mut collector.measures);
    tell(&mut summary, &collector, &run, edition);
    mapping::write(&options.out, &saved, &options.edited)?;
    // Before the lists as well: whatever happens to them, the summary is the one of these findings.
    write_summary(&options.out, &summary)?;
    if options.lists {
        summary.lists = lists::write(&options.out, &run, (progress, stop), &mut summary.remarks)?;
        if stop.is_asked() {
            summary.stopped = true;
            return Ok(summary);
        }
        write_summary(&options.out, &summary)?;
    }
    Ok(summary)
}

/// The units of another day than theirs are better than none, but it has to be said.
fn edition_remark(day: PartialDate, edition: &Edition) -> Option<String> {
    let last = PartialDate::from_iso(edition.until)?;
    let first = PartialDate::from_iso(edition.from)?;
    (day < first || day > last).then(|| {
        format!("Chưa có danh mục đơn vị hành chính của ngày {}: đã dùng danh mục có hiệu lực từ {} đến {}.", day.display(), first.display(), last.display())
    })
}

/// Reads one file into a sink.
pub(super) fn one_file(
    file: &files::Found,
    run: &Run,
    option: Option<&'static Unit>,
    (given, reused): (&Mappings, &Mappings),
    saved: &mut Mappings,
    around: (&dyn Progress, &Stop),
    collector: &mut dyn Sink,
) -> anyhow::Result<FileSummary> {
    let mut summary = FileSummary {
        file: file.name.clone(),
        ..FileSummary::default()
    };
    let book = match Book::open(&file.path) {
        Ok(book) => book,
        Err(error) => {
            summary.error = Some(error.message());
            collector.end_file();
            return Ok(summary);
        }
    };
    summary.format = format_name(&book);
    summary.encoding = book.encoding;
    summary.remarks.clone_from(&book.remarks);
    let stem = file
        .path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let in_name = places::of_path(run.context.edition, &file.name);
    let mut nothing = Vec::new();
    // In a Word document the words above one table often hold for those that follow.
    let mut above = Named::default();
    for (index, meta) in book.sheets.iter().enumerate() {
        let source = match book.source(index) {
            Ok(source) => source,
            Err(error) => {
                summary
                    .remarks
                    .push(format!("Trang “{}”: {}", meta.name, error.message()));
                continue;
            }
        };
        let in_sheet = run.context.edition.in_title(&meta.name);
        for cell in &meta.before {
            let named = run
                .context
                .edition
                .in_title(&encoding::decode_cell(cell, Verdict::ByFont).text);
            let elsewhere = if named.is_somewhere() {
                named.elsewhere
            } else {
                above.elsewhere
            };
            above = Named {
                elsewhere,
                commune: named.commune.or(above.commune),
                district: named.district.or(above.district),
                hamlet: named.hamlet.or(above.hamlet.take()),
                ..above
            };
        }
        let province = [&above, &in_sheet, &in_name]
            .into_iter()
            .find(|named| named.is_somewhere())
            .and_then(|named| named.elsewhere);
        let (number, prefix) = collector.begin_sheet(&file.name, &meta.name);
        let sheet = Sheet {
            number,
            prefix,
            unit: above
                .commune
                .or(in_sheet.commune)
                .or(in_name.commune)
                .or(option),
            district: above.district.or(in_sheet.district).or(in_name.district),
            province,
            texts: vec![meta.name.clone(), stem.clone()],
            hamlet: above.hamlet.clone().or(in_sheet.hamlet),
            titled: std::sync::Mutex::default(),
        };
        let part = Part {
            progress: around.0,
            sheet: index as u64,
            sheets: book.sheets.len() as u64,
        };
        let hints = Hints {
            date1904: book.date1904,
            saved: reused.clone(),
            given: given.clone(),
        };
        let (outcome, trouble) = sheet::read(
            source,
            (&meta.name, meta.hidden),
            run,
            &sheet,
            hints,
            (&part, around.1),
            collector,
        )?;
        let sheet::Outcome::Read(read, mappings) = outcome else {
            return Ok(summary);
        };
        for mapping in mappings {
            if !saved
                .tables
                .iter()
                .any(|known| known.shape == mapping.shape)
            {
                saved.tables.push(mapping);
            }
        }
        if let Some(error) = trouble {
            summary.error = Some(format!(
                "Chỉ đọc được {} dòng đầu: {}",
                read.rows,
                error.message()
            ));
        }
        if read.rows == 0 {
            nothing.push(read.remarks.first().cloned().unwrap_or_default());
        }
        summary.sheets.push(read);
    }
    collector.end_file();
    if summary.error.is_none() && summary.sheets.iter().all(|sheet| sheet.rows == 0) {
        let why = nothing
            .into_iter()
            .find(|why| !why.is_empty())
            .unwrap_or_else(|| "Không có dòng nào là trẻ em.".to_owned());
        summary.error = Some(why);
    }
    if let (None, Some(sheet)) = (
        &summary.error,
        summary.sheets.iter().find(|sheet| sheet.nameless),
    ) {
        summary.error = sheet
            .remarks
            .iter()
            .find(|remark| remark.contains("họ và tên"))
            .cloned();
    }
    Ok(summary)
}

fn format_name(book: &Book) -> &'static str {
    match book.format {
        Format::Xlsx => "xlsx",
        Format::Xlsb => "xlsb",
        Format::Xls => "xls",
        Format::Ods => "ods",
        Format::Docx => "docx",
        Format::Csv => "csv",
    }
}

fn tell(summary: &mut Summary, collector: &Collector, run: &Run, edition: &'static Edition) {
    let mut all = Counts::default();
    for counts in collector.units.values() {
        all.add(counts);
    }
    summary.counts = all;
    for (rule, count) in &collector.rules {
        let code = rule.local_index().map_or_else(
            || rule.code().to_owned(),
            |index| run.rules.local_code(index).to_owned(),
        );
        let title = rule
            .local_index()
            .and_then(|index| run.rules.locals().get(index))
            .map_or_else(
                || {
                    rule.info()
                        .map_or(String::new(), |info| info.title.to_owned())
                },
                |local| local.title.clone(),
            );
        let told = RuleSummary {
            title,
            count: *count,
            severity: run.rules.severity(*rule).code(),
            group: run
                .rules
                .group(*rule)
                .map(treem_child::finding::Group::number),
        };
        summary.rules.insert(code, told);
    }
    let errors = |counts: &Counts| counts.children - counts.clean;
    let mut units: Vec<UnitSummary> = collector
        .units
        .iter()
        .map(|(code, counts)| {
            let unit = worker::unit_of(*code, edition);
            let district = unit.and_then(|unit| edition.district_of(unit));
            UnitSummary {
                unit: unit.map_or("", |unit| unit.code),
                name: unit.map_or("", |unit| unit.name),
                district: district.map_or("", |unit| unit.name),
                counts: counts.clone(),
            }
        })
        .collect();
    units.sort_by(|left, right| {
        errors(&right.counts)
            .cmp(&errors(&left.counts))
            .then(left.unit.cmp(right.unit))
    });
    summary.units = units;
}

fn write_summary(out: &Path, summary: &Summary) -> anyhow::Result<()> {
    let mut text = serde_json::to_string_pretty(summary).context("không ghi được summary.json")?;
    text.push('\n');
    write_whole(out, "summary.json", &text)
}

/// Writes a small file whole or not at all.
pub(super) fn write_whole(out: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    let part = out.join(format!("{name}.part"));
    let done = std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, out.join(name)));
    if done.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    done.with_context(|| format!("không ghi được {name}"))
}
