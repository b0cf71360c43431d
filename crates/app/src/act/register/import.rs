//! `treem import`: read → normalise → check → link against the book → into the register, as one act that can be undone.
//!
//! In: files. Out: [`Imported`]. Each row is a new child, a child of the book, or waits for a person; nothing is asked on the way. Into an
//! empty book the first lists go as they stand: what a register already holds is not for this act to sort out.

pub mod columns;
mod fill;
pub mod known;
mod lines;
pub mod linked;
pub mod same;
pub mod within;

use super::init::kept;
use super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use crate::act::check::{self, Progress, Stop};
use anyhow::Context as _;
use columns::{Places, Seen};
use fill::Filler;
use known::{Book, Remembered, Rows, number_of};
pub(super) use lines::{Lines, sums};
use linked::Told;
use treem_child::normalise::unit;
use treem_child::rule::RuleId;
use treem_files::table::RowKind;
use treem_store::import::{APPLIED, Import};
use within::cut;

/// What an import came to.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Imported {
    /// Its id; empty where nothing was written.
    pub import: String,
    /// Rows read.
    pub rows: u64,
    /// Children added.
    pub new: u64,
    /// Rows of children who were in the book, or stood above in the lists.
    pub same: u64,
    /// Of these, rows that said more or otherwise.
    pub changes: u64,
    /// Rows that wait for a person.
    pub perhaps: u64,
    /// Records of the book in which something missing was filled in.
    pub filled: u64,
    /// Rows whose differing fields wait for a person.
    pub differing: u64,
    /// Of the children added, those *identified*.
    pub identified: u64,
    /// Of the children added, those *complete*.
    pub complete: u64,
    /// Children whose number another child had before.
    pub disputed: u64,
    /// The rows were held against the book; else they went into an empty one as they stood.
    pub linked: bool,
    /// Files that could not be used: name and why.
    pub refused: Vec<(String, String)>,
    /// What a person should know.
    pub remarks: Vec<String>,
    /// Rows outside the area, which were left out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub outside: u64,
    /// Rows that are neither a child nor a heading, a total or empty: they could not be read.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unread: u64,
    /// Nothing was kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dry: bool,
    /// The run was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Imported {
    /// The counters, for those who watch: what each is called and how far it is.
    pub fn counters(&self) -> [(&'static str, u64); 4] {
        [
            ("new", self.new),
            ("same", self.same),
            ("changes", self.changes),
            ("perhaps", self.perhaps),
        ]
    }
}

/// How an import is done.
#[derive(Clone, Copy, Default)]
pub struct How {
    /// Rows are held against each other also where the book is empty.
    pub link: bool,
    /// The whole way is gone and nothing is kept: the figures are those of the import itself.
    pub dry: bool,
}

/// Imports lists. Of who may not import everywhere only the rows of their area; the others are counted and told.
///
/// # Errors
/// [`Failed::Refused`]: the register cannot be used.
pub fn run(
    desk: &mut Desk,
    mut options: check::Options,
    how: How,
    around: (&dyn Progress, &Stop),
) -> Done<Imported> {
    wait(async {
        desk.must_somewhere(Deed::Import)?;
        let (open, mut read) = desk.read().await?;
        let book = open.book.register.clone();
        let link = how.link || !read.linkable(&book, "").await?.is_empty();
        let known = known_files(&mut read, &book).await?;
        drop(read);
        let folder = tempfile::Builder::new()
            .prefix("treem-import-")
            .tempdir()
            .context("không tạo được thư mục tạm")?;
        let sums = lines::sums(&options.inputs, folder.path())?;
        let (as_of, rules) = (options.as_of, options.rules.clone());
        folder.path().clone_into(&mut options.out);
        if link {
            // What stands on two rows is told by the linkage, which knows the book, too.
            for rule in [RuleId::ID_SHARED, RuleId::CHILD_DUPLICATE] {
                options.rules.set(rule, None);
            }
        }
        let mut checked = check::run(options, around.0, around.1)?;
        let mut out = Imported {
            linked: link,
            dry: how.dry,
            unread: unread(&checked),
            remarks: checked.remarks.clone(),
            refused: checked
                .files
                .iter()
                .filter_map(|file| Some((file.file.clone(), file.error.clone()?)))
                .collect(),
            ..Imported::default()
        };
        out.remarks.extend(seen_before(&sums, &known));
        if checked.stopped {
            out.stopped = true;
            return Ok(out);
        }
        let area = desk.area(Deed::Import);
        if !area.is_whole() && checked.counts.children > 0 {
            let inside = |edition: &str, unit: &str| area.holds(edition, Some(unit));
            let cut = cut(
                folder.path(),
                checked.edition,
                &inside,
                &mut checked.measures,
            )?;
            out.outside = cut.elsewhere.saturating_add(cut.nowhere);
            out.remarks.extend(cut.sentences());
            checked.counts.children = cut.left;
        }
        if checked.counts.children == 0 {
            return Ok(out);
        }
        let edition = unit::edition(checked.edition);
        out.import = desk.ids.next_id();
        let mut act = begin(&open.store, desk.doing(&book, "import", "")).await?;
        act.add_units(edition.from, &kept(edition)).await?;
        // Read under the book's lock: nobody can add a child between the linkage and the writing.
        if !link && !act.reading().linkable(&book, "").await?.is_empty() {
            return Err(Failed::Refused(
                "trong lúc đọc tệp, người khác đã nhập trẻ vào sổ này; hãy chạy lại để đối chiếu với sổ."
                    .to_owned(),
            ));
        }
        act.add_import(&Import {
            id: out.import.clone(),
            audit_seq: act.number(),
            at: desk.now.clone(),
            who: desk.who.clone(),
            as_of: as_of.to_string(),
            edition: edition.from.to_owned(),
            files: sums,
            rows: i64::try_from(checked.counts.children).unwrap_or(i64::MAX),
            state: APPLIED.to_owned(),
        })
        .await?;
        let mut places = Places::new(edition);
        let (mut there, mut rows, mut told) = (Book::default(), Rows::default(), Told::default());
        if link {
            rows = read_rows(folder.path(), &mut places)?;
            let reading = act.reading();
            there = Book::read(reading, &book, &mut places, around).await?;
            let remembered = Remembered::read(reading, &book).await?;
            match linked::tell(&rows, &mut there, &remembered, around)? {
                Some(done) => told = done,
                None => out.stopped = true,
            }
        }
        for number in elsewhere(act.reading(), &book, folder.path()).await? {
            told.shared.insert(number_of(Some(&number)));
        }
        if !out.stopped {
            let lines = Lines::open(folder.path())?;
            let mut filler = Filler::new(
                (&mut act, desk, &book),
                (&there, &rows, &told, &mut places),
                (checked.edition, &rules, as_of),
                around,
            );
            filler.all(lines, folder.path(), &checked, &mut out).await?;
        }
        if out.stopped {
            return Ok(out);
        }
        out.disputed = act.lost_claims().await?.len() as u64;
        if how.dry {
            // What was tried leaves nothing: the act is dropped.
            drop(act);
            out.import.clear();
            open.leave().await;
            return Ok(out);
        }
        let detail = serde_json::json!({
            "rows": out.rows, "new": out.new, "same": out.same, "changes": out.changes, "perhaps": out.perhaps, "filled": out.filled,
            "identified": out.identified, "complete": out.complete, "disputed": out.disputed,
        });
        act.finish(&out.import, &detail.to_string()).await?;
        open.leave().await;
        Ok(out)
    })
}

/// Rows of which a check could make nothing.
fn unread(checked: &check::summary::Summary) -> u64 {
    let sheets = checked.files.iter().flat_map(|file| &file.sheets);
    let unread = [RowKind::Stray, RowKind::Outside].map(|kind| kind.reason());
    sheets
        .flat_map(|sheet| unread.iter().filter_map(|why| sheet.skipped.get(why)))
        .sum()
}

/// The rows as the linkage sees them.
fn read_rows(folder: &std::path::Path, places: &mut Places) -> Done<Rows> {
    let mut lines = Lines::open(folder)?;
    let mut rows = Rows::default();
    while let Some((line, findings)) = lines.next()? {
        let seen = Seen::line(&lines.heads, &line, &findings, places);
        rows.push(
            &seen,
            super::record::child_field(&lines.heads, &line, "number"),
        );
    }
    Ok(rows)
}

/// Numbers of the rows that a child of another book had first.
async fn elsewhere(
    tx: &mut treem_store::Tx,
    book: &str,
    folder: &std::path::Path,
) -> Done<Vec<String>> {
    if tx.registers().await?.len() < 2 {
        return Ok(Vec::new());
    }
    let mut numbers = std::collections::BTreeSet::new();
    let mut lines = Lines::open(folder)?;
    while let Some((line, _)) = lines.next()? {
        let number = super::record::child_field(&lines.heads, &line, "number");
        if !number.is_empty() {
            numbers.insert(number.to_owned());
        }
    }
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    Ok(tx.numbers_elsewhere(book, &numbers).await?)
}

/// Sums of the files that imports which hold have read, with the import.
async fn known_files(tx: &mut treem_store::Tx, book: &str) -> Done<Vec<(String, String)>> {
    let mut out = Vec::new();
    for import in tx.imports(book).await? {
        if import.state != APPLIED {
            continue;
        }
        let files: Vec<serde_json::Value> = serde_json::from_str(&import.files).unwrap_or_default();
        for file in files {
            if let Some(sum) = file.get("sha256").and_then(serde_json::Value::as_str) {
                out.push((sum.to_owned(), import.id.clone()));
            }
        }
    }
    Ok(out)
}

/// Files that were imported before, byte by byte the same.
fn seen_before(sums: &str, known: &[(String, String)]) -> Vec<String> {
    let files: Vec<serde_json::Value> = serde_json::from_str(sums).unwrap_or_default();
    let text = |file: &serde_json::Value, key: &str| {
        file.get(key)
            .and_then(serde_json::Value::as_str)
            .unwrap_or("")
            .to_owned()
    };
    files
        .iter()
        .filter_map(|file| {
            let sum = text(file, "sha256");
            let (_, import) = known.iter().find(|(known, _)| *known == sum)?;
            Some(format!(
                "Tệp {} đã được nhập nguyên văn trong lần nhập {import}.",
                text(file, "file")
            ))
        })
        .collect()
}
