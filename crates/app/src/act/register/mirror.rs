//! `treem mirror load|list|diff|out`: the national software's export as a dated source beside the book: what it says differently, and what
//! must be entered or corrected there, so that nobody types twice.
//!
//! In: an export and a [`Profile`] of its columns. Out: [`Loaded`], [`Listed`], [`Differs`], [`Todo`]. Loading is an act; a new export is a
//! new source, the old ones stay. Nothing of the book is changed by any of it.

mod diff;
mod file;
mod link;
mod out;
pub mod profile;
mod read;

use super::init::kept;
use super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use crate::act::units;
use crate::limits;
use diff::{ByField, Compared, Counts, Question, compare};
pub(super) use link::unit_in;
use link::{Linked, too_many};
use out::Sides;
pub use out::Written;
use profile::Profile;
use read::{Read, When, edition_of};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Unit};
use treem_store::Tx;
use treem_store::child::{ACTIVE, Child};
use treem_store::mirror::{Link, Mirror, Row};

/// What loading came to.
#[derive(Debug, Default, serde::Serialize)]
pub struct Loaded {
    /// Id of the mirror; empty where it was stopped.
    pub mirror: String,
    /// The day it speaks of.
    pub day: String,
    /// Edition of its units.
    pub edition: String,
    /// Rows.
    pub rows: usize,
    /// Rows that are a child of the book beyond doubt.
    pub linked: usize,
    /// Headings of the profile that the file lacks.
    pub missing_columns: Vec<String>,
    /// Headings of the file that the profile lacks.
    pub unknown_columns: Vec<String>,
    /// Columns whose meaning is assumed.
    pub assumed_columns: usize,
    /// What else a person should know.
    pub remarks: Vec<String>,
    /// It was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

/// A mirror in the list.
#[derive(Debug, serde::Serialize)]
pub struct Listed {
    /// Its id.
    pub mirror: String,
    /// The day it speaks of.
    pub day: String,
    /// When it was loaded.
    pub at: String,
    /// Who loaded it.
    pub who: String,
    /// Edition of its units.
    pub edition: String,
    /// Rows.
    pub rows: i64,
    /// Its files.
    pub files: serde_json::Value,
}

/// What was found of a unit.
#[derive(Debug, serde::Serialize)]
pub struct OfUnit {
    /// Code, empty where it is not known.
    pub unit: String,
    /// Name.
    pub name: &'static str,
    /// Counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// How often a field differs.
#[derive(Debug, serde::Serialize)]
pub struct OfField {
    /// Its code.
    pub field: &'static str,
    /// Its name.
    #[serde(skip)]
    pub label: &'static str,
    /// Counts.
    #[serde(flatten)]
    pub counts: ByField,
}

/// What the mirror and the book say differently.
#[derive(Debug, Default, serde::Serialize)]
pub struct Differs {
    /// The mirror.
    pub mirror: String,
    /// The day it speaks of.
    pub day: String,
    /// Counts over all.
    #[serde(flatten)]
    pub counts: Counts,
    /// Who were found to be one, by what.
    pub linked: BTreeMap<&'static str, u64>,
    /// By unit.
    pub units: Vec<OfUnit>,
    /// By field.
    pub fields: Vec<OfField>,
    /// The file of differences; empty where none was asked for.
    pub out: String,
    /// Its lines.
    pub lines: u64,
    /// It was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

/// What must be done there.
#[derive(Debug, Default, serde::Serialize)]
pub struct Todo {
    /// The mirror.
    pub mirror: String,
    /// The day it speaks of.
    pub day: String,
    /// Files and rows.
    #[serde(flatten)]
    pub written: Written,
    /// Rows of which a person has to decide first: they are in neither file.
    pub perhaps: u64,
    /// Columns whose meaning is assumed.
    pub assumed_columns: usize,
    /// It was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

/// What is held against the book.
pub struct Choice<'c> {
    /// A mirror by its id; without one the latest.
    pub mirror: Option<&'c str>,
    /// Only this area, by code or name.
    pub unit: Option<&'c str>,
    /// The day on which children count.
    pub day: &'c str,
}

fn assumed(profile: &Profile) -> usize {
    profile
        .columns
        .iter()
        .filter(|column| column.assumed)
        .count()
}

/// Loads an export.
///
/// # Errors
/// [`Failed::Refused`]: the file cannot be used; then nothing is written.
pub fn load(
    desk: &mut Desk,
    path: &Path,
    profile: &Profile,
    (day, edition): (PartialDate, Option<PartialDate>),
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Loaded> {
    let named = |sentence: &str| Failed::Refused(format!("{}: {sentence}", path.display()));
    wait(async {
        desk.must_whole(Deed::Import)?;
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let edition = edition_of(profile, edition, day);
        let files = super::import::sums(&[PathBuf::from(path)], Path::new(""))?;
        let taken = match read::read(path, profile, When { day, edition }, (progress, stop))? {
            Read::All(taken) => taken,
            Read::Refused(sentence) => return Err(named(&sentence)),
            Read::Stopped => return Ok(stopped()),
        };
        let mut told = Loaded {
            day: day.to_string(),
            edition: edition.from.to_owned(),
            rows: taken.rows.len(),
            missing_columns: taken.missing,
            unknown_columns: taken.unknown,
            assumed_columns: assumed(profile),
            remarks: taken.remarks,
            ..Loaded::default()
        };
        let mut tx = open.store.read().await?;
        let again = tx.mirrors(&book).await?;
        if let Some(before) = again.iter().find(|one| one.files == files) {
            told.remarks.push(format!(
                "Tệp này đã được nạp trước đây, cho ngày {}.",
                units::shown(&before.day)
            ));
        }
        let children = children(&mut tx, &book).await?;
        if let Some(sentence) = too_many(taken.rows.len(), children.len()) {
            return Err(named(&sentence));
        }
        let known = tx.mirror_links(&book).await?;
        drop(tx);
        let linked = link::link(&taken.rows, &children, &known, (progress, stop))?;
        if linked.stopped || stop.is_asked() {
            return Ok(stopped());
        }
        told.linked = linked.same.len();
        let id = desk.ids.next_id();
        let mut act = begin(&open.store, desk.doing(&book, "mirror", "")).await?;
        act.add_units(edition.from, &kept(edition)).await?;
        act.add_mirror(&Mirror {
            id: id.clone(),
            audit_seq: act.number(),
            at: desk.now.clone(),
            who: desk.who.clone(),
            day: told.day.clone(),
            edition: told.edition.clone(),
            profile: profile.text.clone(),
            files,
            rows: i64::try_from(told.rows).unwrap_or(i64::MAX),
        })
        .await?;
        let mut done = 0;
        for rows in taken.rows.chunks(limits::IMPORT_ROWS) {
            act.add_mirror_rows(&id, rows).await?;
            done += rows.len() as u64;
            progress.step("ghi vào sổ", done, taken.rows.len() as u64);
            if stop.is_asked() {
                return Ok(stopped());
            }
        }
        act.add_mirror_links(&id, &links(&linked, &taken.rows, &children))
            .await?;
        let detail = serde_json::json!({"rows": told.rows, "linked": told.linked});
        act.finish(&id, &detail.to_string()).await?;
        open.leave().await;
        told.mirror = id;
        Ok(told)
    })
}

fn stopped() -> Loaded {
    Loaded {
        stopped: true,
        ..Loaded::default()
    }
}

/// Keys with the child each is, where both are known.
fn links(linked: &Linked, rows: &[Row], children: &[Child]) -> Vec<Link> {
    let pairs = linked.same.iter();
    pairs
        .filter_map(|(row, child, how)| {
            let key = &rows.get(*row)?.key;
            Some(Link {
                key: Some(key.clone()).filter(|key| !key.is_empty())?,
                child: children.get(*child)?.id.clone(),
                how: how.code(),
            })
        })
        .collect()
}

/// All mirrors, by the day they speak of.
///
/// # Errors
/// The register cannot be used.
pub fn list(desk: &Desk) -> Done<Vec<Listed>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let mirrors = tx.mirrors(&open.book.register).await?;
        Ok(mirrors
            .into_iter()
            .map(|one| Listed {
                mirror: one.id,
                day: one.day,
                at: one.at,
                who: one.who,
                edition: one.edition,
                rows: one.rows,
                files: serde_json::from_str(&one.files).unwrap_or_default(),
            })
            .collect())
    })
}

/// The children of the book who count as to their state.
async fn children(tx: &mut Tx, book: &str) -> Done<Vec<Child>> {
    let (mut out, mut last): (Vec<Child>, String) = (Vec::new(), String::new());
    loop {
        let page = tx.children_after(book, &last).await?;
        let Some(end) = page.last() else {
            return Ok(out);
        };
        last.clone_from(&end.id);
        out.extend(page.into_iter().filter(|child| child.now.state == ACTIVE));
    }
}

/// A mirror with everything it is held against.
pub(super) struct Held {
    pub(super) mirror: Mirror,
    profile: Profile,
    within: Option<&'static Unit>,
    rows: Vec<Row>,
    pub(super) children: Vec<Child>,
    pub(super) linked: Linked,
    pub(super) compared: Compared,
}

impl Held {
    fn question<'q>(&'q self, day: &'q str) -> Question<'q> {
        Question {
            profile: &self.profile,
            edition: unit::edition(&self.mirror.edition),
            within: self.within,
            day,
        }
    }
}

/// Reads a mirror and the book, and compares. The caller has asked for the deed: all of it is an export of the whole book, a list's rows are not.
pub(super) async fn hold(
    desk: &Desk,
    choice: &Choice<'_>,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Held> {
    let (open, mut tx) = desk.read().await?;
    let book = open.book.register.as_str();
    let mirrors = tx.mirrors(book).await?;
    let found = match choice.mirror {
        Some(id) => mirrors.into_iter().find(|one| one.id == id),
        None => mirrors.into_iter().next_back(),
    };
    let Some(mirror) = found else {
        return Err(Failed::Refused(match choice.mirror {
            Some(id) => format!(
                "không có tệp kết xuất nào mang mã “{}”; xem các tệp đã nạp bằng treem mirror list.",
                units::quoted(id)
            ),
            None => "chưa nạp tệp kết xuất nào của phần mềm; hãy nạp bằng treem mirror load TỆP."
                .to_owned(),
        }));
    };
    let edition = unit::edition(&mirror.edition);
    let within = choice
        .unit
        .map(|text| units::area(edition, text))
        .transpose()
        .map_err(Failed::Refused)?;
    let profile = Profile::read(&mirror.profile).map_err(|sentence| {
        Failed::Refused(format!("cách hiểu cột đã lưu của tệp kết xuất {sentence}"))
    })?;
    progress.step("đọc sổ", 0, 0);
    let (mut rows, mut last): (Vec<Row>, i64) = (Vec::new(), 0);
    loop {
        let page = tx.mirror_rows(book, &mirror.id, last).await?;
        let Some(end) = page.last() else { break };
        last = end.nth;
        rows.extend(page);
    }
    let children = children(&mut tx, book).await?;
    let known = tx.mirror_links(book).await?;
    drop(tx);
    let linked = link::link(&rows, &children, &known, (progress, stop))?;
    let mut held = Held {
        mirror,
        profile,
        within,
        rows,
        children,
        linked,
        compared: Compared::default(),
    };
    if !held.linked.stopped {
        progress.step("so sánh", 0, 0);
        held.compared = compare(
            &held.question(choice.day),
            &held.rows,
            &held.children,
            &held.linked,
        );
    }
    Ok(held)
}

/// Says what differs, and writes it into a file where one is asked for.
///
/// # Errors
/// [`Failed::Refused`]: no such mirror, no such unit, the file cannot be written.
pub fn differ(
    desk: &Desk,
    choice: &Choice<'_>,
    place: Option<&Path>,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Differs> {
    wait(async {
        desk.must_whole(Deed::Export)?;
        let held = hold(desk, choice, (progress, stop)).await?;
        let mut told = Differs {
            mirror: held.mirror.id.clone(),
            day: held.mirror.day.clone(),
            counts: held.compared.all,
            stopped: held.linked.stopped,
            ..Differs::default()
        };
        for (_, _, how) in &held.linked.same {
            *told.linked.entry(how.code()).or_default() += 1;
        }
        let edition = unit::edition(&held.mirror.edition);
        told.units = held
            .compared
            .units
            .iter()
            .map(|(code, counts)| OfUnit {
                unit: code.clone(),
                name: edition.by_code(code).map_or("", |unit| unit.name),
                counts: *counts,
            })
            .collect();
        told.fields = held
            .compared
            .fields
            .iter()
            .map(|(field, counts)| OfField {
                field: field.code(),
                label: field.label(),
                counts: *counts,
            })
            .collect();
        if let (Some(place), false) = (place, told.stopped) {
            let sides = Sides {
                rows: &held.rows,
                children: &held.children,
            };
            let question = held.question(choice.day);
            match out::differences(place, &question, &sides, &held.compared, stop)? {
                Some(lines) => (told.out, told.lines) = (place.display().to_string(), lines),
                None => told.stopped = true,
            }
        }
        Ok(told)
    })
}

/// Writes what must be entered and corrected there.
///
/// # Errors
/// As [`differ`].
pub fn todo(
    desk: &Desk,
    choice: &Choice<'_>,
    place: &Path,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Todo> {
    wait(async {
        desk.must_whole(Deed::Export)?;
        let held = hold(desk, choice, (progress, stop)).await?;
        let mut told = Todo {
            mirror: held.mirror.id.clone(),
            day: held.mirror.day.clone(),
            perhaps: held.compared.all.perhaps,
            assumed_columns: assumed(&held.profile),
            stopped: held.linked.stopped,
            ..Todo::default()
        };
        if told.stopped {
            return Ok(told);
        }
        let sides = Sides {
            rows: &held.rows,
            children: &held.children,
        };
        let question = held.question(choice.day);
        match out::todo(place, &question, &sides, &held.compared, (progress, stop))? {
            Some(written) => told.written = written,
            None => told.stopped = true,
        }
        Ok(told)
    })
}
