//! Cells that were repaired on the way, before and after, page by page.
//!
//! In: the findings of a check. Out: a file of its own in the intake's folder, written once ([`write`]), of which a page is read without
//! the rest ([`page`]).

use super::{Intake, folder};
use crate::act::check::lists::fields;
use crate::act::check::merge::read_record;
use crate::act::register::kept::finding_field;
use crate::act::register::{Desk, Done};
use crate::limits;
use anyhow::Context as _;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// The lines.
const LINES: &str = "repairs.jsonl";
/// Where each page of them begins: eight bytes a page, the most significant first.
const PAGES: &str = "repairs.pages";

/// A repaired cell.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Repair {
    /// File, as it was sent.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row as a person sees it.
    pub row: u64,
    /// Code of the field.
    pub field: String,
    /// Code of what was done.
    pub rule: String,
    /// As it stood.
    pub before: String,
    /// As it goes into the book.
    pub after: String,
}

/// Writes them out of `findings.csv`; gives how many they are.
pub fn write(intake: &Intake, from: &Path) -> anyhow::Result<u64> {
    const FULL: &str = "không ghi được tệp tạm";
    let open = File::open(from.join("findings.csv")).context("không mở lại được findings.csv")?;
    let mut findings = BufReader::with_capacity(1 << 20, open);
    let create = |name: &str| {
        File::create(from.join(name))
            .map(BufWriter::new)
            .context(FULL)
    };
    let (mut lines, mut pages) = (create(LINES)?, create(PAGES)?);
    let (mut record, mut count, mut bytes) = (Vec::new(), 0_u64, 0_u64);
    read_record(&mut findings, &mut record)?;
    while read_record(&mut findings, &mut record)? {
        let finding = fields(&record);
        let of = |name: &str| finding_field(&finding, name);
        let (before, after) = (of("raw"), of("suggestion"));
        if !of("rule").starts_with("text.") || after.is_empty() || before == after {
            continue;
        }
        let repair = Repair {
            file: intake.shown(of("file")).to_owned(),
            sheet: of("sheet").to_owned(),
            row: of("row").parse().unwrap_or(0),
            field: of("field").to_owned(),
            rule: of("rule").to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let mut line = serde_json::to_vec(&repair).context(FULL)?;
        line.push(b'\n');
        if count.is_multiple_of(limits::REPAIRS_PAGE) {
            pages.write_all(&bytes.to_be_bytes()).context(FULL)?;
        }
        lines.write_all(&line).context(FULL)?;
        count += 1;
        bytes = bytes.saturating_add(line.len() as u64);
    }
    lines.flush().context(FULL)?;
    pages.flush().context(FULL)?;
    Ok(count)
}

/// A page of them, from 1 on; empty past the end.
///
/// # Errors
/// The disk's.
pub fn page(desk: &Desk, intake: &Intake, page: u64) -> Done<Vec<Repair>> {
    const GONE: &str = "không đọc lại được tệp tạm";
    let out = intake.folder(desk).join(folder::OUT);
    let Ok(mut pages) = File::open(out.join(PAGES)) else {
        return Ok(Vec::new());
    };
    let at = page.saturating_sub(1).saturating_mul(8);
    let mut start = [0; 8];
    pages.seek(SeekFrom::Start(at)).context(GONE)?;
    if pages.read_exact(&mut start).is_err() {
        return Ok(Vec::new());
    }
    let mut lines = File::open(out.join(LINES)).context(GONE)?;
    lines
        .seek(SeekFrom::Start(u64::from_be_bytes(start)))
        .context(GONE)?;
    let most = usize::try_from(limits::REPAIRS_PAGE).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    for line in BufReader::new(lines).lines().take(most) {
        let line = line.context(GONE)?;
        found.extend(serde_json::from_str::<Repair>(&line).ok());
    }
    Ok(found)
}
