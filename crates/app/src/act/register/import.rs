//! `treem import`: read → normalise → check → into the register, as one act that can be undone.
//!
//! In: files. Out: [`Imported`]. Today a book takes its first lists only: what is already in a book would have to be told from what is
//! new, and where that cannot be decided safely, nothing is written.

use super::init::kept;
use super::record::{Heads, child_field, entry};
use super::{Desk, Done, Failed, begin, wait};
use crate::act::check::lists::{fields, place_of};
use crate::act::check::merge::read_record;
use crate::act::check::{self, Progress, Stop, files};
use crate::limits;
use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;
use treem_child::normalise::unit;
use treem_store::Act;
use treem_store::child::{ACTIVE, Entry};
use treem_store::import::{APPLIED, Import, Row};

/// What an import came to.
#[derive(Default, serde::Serialize)]
pub struct Imported {
    /// Its id; empty where nothing was written.
    pub import: String,
    /// Rows read.
    pub rows: u64,
    /// Children added.
    pub new: u64,
    /// Of whom *identified*.
    pub identified: u64,
    /// Of whom *complete*.
    pub complete: u64,
    /// Children whose number another child had before.
    pub disputed: u64,
    /// Files that could not be used: name and why.
    pub refused: Vec<(String, String)>,
    /// What a person should know.
    pub remarks: Vec<String>,
    /// The run was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

/// Imports lists.
///
/// # Errors
/// [`Failed::Refused`] where the book has children already.
pub fn run(
    desk: &mut Desk,
    options: check::Options,
    progress: &dyn Progress,
    stop: &Stop,
) -> Done<Imported> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut read = open.store.read().await?;
        refuse_second(&mut read, &book).await?;
        drop(read);
        let folder = tempfile::Builder::new()
            .prefix("treem-import-")
            .tempdir()
            .context("không tạo được thư mục tạm")?;
        let sums = sums(&options.inputs, folder.path())?;
        let as_of = options.as_of.to_string();
        let mut options = options;
        folder.path().clone_into(&mut options.out);
        let checked = check::run(options, progress, stop)?;
        let mut out = Imported {
            remarks: checked.remarks.clone(),
            refused: checked
                .files
                .iter()
                .filter_map(|file| Some((file.file.clone(), file.error.clone()?)))
                .collect(),
            ..Imported::default()
        };
        if checked.stopped {
            out.stopped = true;
            return Ok(out);
        }
        if checked.counts.children == 0 {
            return Ok(out);
        }
        let edition = unit::edition(checked.edition);
        open.store.add_units(edition.from, &kept(edition)).await?;
        out.import = desk.ids.next_id();
        let mut act = begin(&open.store, desk.doing(&book, "import", "")).await?;
        refuse_second(act.reading(), &book).await?;
        act.add_import(&Import {
            id: out.import.clone(),
            audit_seq: act.number(),
            at: desk.now.clone(),
            who: desk.who.clone(),
            as_of,
            edition: edition.from.to_owned(),
            files: sums,
            rows: i64::try_from(checked.counts.children).unwrap_or(i64::MAX),
            state: APPLIED.to_owned(),
        })
        .await?;
        let lines = Lines::open(folder.path())?;
        fill(&mut act, desk, lines, &checked, &mut out, (progress, stop)).await?;
        if out.stopped {
            return Ok(out);
        }
        out.disputed = act.lost_claims().await?.len() as u64;
        let detail = serde_json::json!({"rows": out.rows, "new": out.new, "identified": out.identified, "complete": out.complete, "disputed": out.disputed});
        act.finish(&out.import, &detail.to_string()).await?;
        open.store.close().await;
        Ok(out)
    })
}

/// Only the first lists can be taken in: an empty book has no child who could be written down twice.
async fn refuse_second(tx: &mut treem_store::Tx, book: &str) -> Done<()> {
    let there = tx.children_in_state(book, ACTIVE).await?;
    if there == 0 {
        return Ok(());
    }
    Err(Failed::Refused(format!(
        "sổ đã có {} trẻ; bản này chỉ nhận lần nhập đầu vào sổ còn trống, để không trẻ nào bị ghi hai lần. Hãy đối chiếu danh sách mới với sổ bằng treem link, hoặc hủy lần nhập trước bằng treem undo.",
        treem_child::texts::grouped(there.unsigned_abs())
    )))
}

/// Writes every line into the register, some thousand at a time.
async fn fill(
    act: &mut Act,
    desk: &mut Desk,
    mut lines: Lines,
    checked: &check::summary::Summary,
    out: &mut Imported,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<()> {
    let (mut entries, mut rows): (Vec<Entry>, Vec<Row>) = (Vec::new(), Vec::new());
    let mut measures = checked.measures.iter().copied();
    loop {
        let line = lines.next()?;
        let last = line.is_none();
        if let Some((line, findings)) = line {
            out.rows += 1;
            let mut child = entry(
                &lines.heads,
                &line,
                &findings,
                measures.next().unwrap_or_default(),
                checked.edition,
            );
            child.id = desk.ids.next_id();
            child.import = Some(out.import.clone());
            let field = |name: &str| child_field(&lines.heads, &line, name).to_owned();
            rows.push(Row {
                nth: i64::try_from(out.rows).unwrap_or(i64::MAX),
                file: field("file"),
                sheet: field("sheet"),
                row: field("row").parse().unwrap_or(0),
                decision: "new".to_owned(),
                child: Some(child.id.clone()),
            });
            out.identified += u64::from(child.state.identified);
            out.complete += u64::from(child.state.complete);
            entries.push(child);
        }
        if entries.len() >= limits::IMPORT_ROWS || last {
            act.add_children(&entries).await?;
            act.add_import_rows(&out.import, &rows).await?;
            out.new += entries.len() as u64;
            entries.clear();
            rows.clear();
            progress.step("ghi vào sổ", out.rows, checked.counts.children);
            if stop.is_asked() {
                out.stopped = true;
                return Ok(());
            }
        }
        if last {
            return Ok(());
        }
    }
}

/// The fields of a child, and those of each of its findings.
pub(super) type Line = (Vec<String>, Vec<Vec<String>>);

/// `children.csv` and `findings.csv` side by side.
pub(super) struct Lines {
    /// Their heads.
    pub(super) heads: Heads,
    children: BufReader<File>,
    findings: BufReader<File>,
    finding: Vec<u8>,
    more: bool,
}

impl Lines {
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        let open = |name: &str| -> anyhow::Result<BufReader<File>> {
            let file = File::open(folder.join(name))
                .with_context(|| format!("không mở lại được {name}"))?;
            Ok(BufReader::with_capacity(1 << 20, file))
        };
        let mut out = Self {
            heads: Heads::new(),
            children: open("children.csv")?,
            findings: open("findings.csv")?,
            finding: Vec::new(),
            more: true,
        };
        let mut head = Vec::new();
        read_record(&mut out.children, &mut head)?;
        read_record(&mut out.findings, &mut head)?;
        out.more = read_record(&mut out.findings, &mut out.finding)?;
        Ok(out)
    }

    /// The next child with its findings.
    pub(super) fn next(&mut self) -> anyhow::Result<Option<Line>> {
        let mut child = Vec::new();
        if !read_record(&mut self.children, &mut child)? {
            return Ok(None);
        }
        let mut findings = Vec::new();
        while self.more && place_of(&self.finding) == place_of(&child) {
            findings.push(fields(&self.finding));
            self.more = read_record(&mut self.findings, &mut self.finding)?;
        }
        Ok(Some((fields(&child), findings)))
    }
}

/// Names, sizes and SHA-256 of the files, as JSON.
pub(super) fn sums(inputs: &[std::path::PathBuf], out: &Path) -> anyhow::Result<String> {
    let mut sums = Vec::new();
    for file in files::collect(inputs, out).found {
        let mut reader =
            File::open(&file.path).with_context(|| format!("không mở được {}", file.name))?;
        let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            let read = reader
                .read(&mut buffer)
                .with_context(|| format!("không đọc được {}", file.name))?;
            if read == 0 {
                break;
            }
            hasher.update(buffer.get(..read).unwrap_or(&[]));
        }
        let mut hex = String::new();
        for byte in hasher.finalize() {
            let _ = write!(hex, "{byte:02x}");
        }
        sums.push(serde_json::json!({"file": file.name, "bytes": file.bytes, "sha256": hex}));
    }
    Ok(serde_json::Value::Array(sums).to_string())
}
