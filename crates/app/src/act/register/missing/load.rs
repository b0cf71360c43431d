//! `treem missing load`: a list of another sector, read as every list is, and kept apart from the book with what it was loaded for.
//!
//! In: [`Asked`]. Out: [`Loaded`]. Without a purpose or a legal basis nothing is read. Rows outside the person's area are left out and told.

use super::super::import::{Lines, sums};
use super::super::init::kept;
use super::super::kept::finding_field;
use super::super::record::{child_field, entry};
use super::super::{Desk, Done, Failed, begin, wait};
use super::Kind;
use crate::access::Deed;
use crate::act::check::{self, Progress, Stop};
use crate::limits;
use anyhow::Context as _;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use treem_child::check::rules::RuleSet;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Unit};
use treem_child::rule::RuleId;
use treem_files::table::Mappings;
use treem_store::sector::{Row, Source};

/// What is loaded, and what for.
pub struct Asked {
    /// A file or a folder.
    pub path: PathBuf,
    /// What kind of list it is.
    pub kind: Kind,
    /// What for.
    pub purpose: String,
    /// By which law or decision.
    pub basis: String,
    /// The day it speaks of.
    pub day: PartialDate,
    /// The units in force on it.
    pub edition: &'static Edition,
    /// The commune of rows that name none.
    pub unit: Option<&'static Unit>,
    /// Column mappings given by the person.
    pub mappings: Mappings,
}

/// What loading came to.
#[derive(Debug, Default, serde::Serialize)]
pub struct Loaded {
    /// Number of the source.
    pub source: i64,
    /// `a0`, `school`, …
    pub kind: &'static str,
    /// The day it speaks of.
    pub day: String,
    /// Rows.
    pub rows: usize,
    /// Rows whose commune is not known: they are compared, and stand in no commune's list.
    pub without_unit: usize,
    /// Rows outside the person's area, which were left out.
    pub outside: usize,
    /// Files that could not be used: name and why.
    pub refused: Vec<(String, String)>,
    /// What else a person should know.
    pub remarks: Vec<String>,
    /// It was stopped.
    #[serde(skip)]
    pub stopped: bool,
}

/// Letters of a purpose or a legal basis.
const MOST_LETTERS: usize = 500;

/// Refuses a load without a purpose or a legal basis.
fn stated(purpose: &str, basis: &str) -> Done<()> {
    for (text, sentence) in [
        (
            purpose,
            "hãy ghi mục đích dùng danh sách (--purpose), ví dụ: rà soát trẻ em chưa có trong sổ theo dõi năm 2024.",
        ),
        (
            basis,
            "hãy ghi căn cứ pháp lý để được dùng danh sách (--basis), ví dụ: Kế hoạch số 12/KH-UBND ngày 03/6/2024; Điều 16 Luật Bảo vệ dữ liệu cá nhân.",
        ),
    ] {
        if text.trim().chars().filter(|c| c.is_alphanumeric()).count() < 5 {
            return Err(Failed::Refused(sentence.to_owned()));
        }
        if text.chars().count() > MOST_LETTERS {
            return Err(Failed::Refused(format!(
                "mục đích và căn cứ dài không quá {MOST_LETTERS} chữ."
            )));
        }
    }
    Ok(())
}

/// Loads a list.
///
/// # Errors
/// [`Failed::Refused`]: no purpose or basis, no child in it; then nothing is written.
pub fn run(
    desk: &mut Desk,
    asked: &Asked,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Loaded> {
    wait(async {
        desk.must_somewhere(Deed::Import)?;
        stated(&asked.purpose, &asked.basis)?;
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut told = Loaded {
            kind: asked.kind.code(),
            day: asked.day.to_string(),
            ..Loaded::default()
        };
        let Some(mut rows) = read(asked, &mut told, (progress, stop))? else {
            told.stopped = true;
            return Ok(told);
        };
        let area = desk.area(Deed::Import);
        let all = rows.len();
        rows.retain(|row| area.holds(&row.edition, row.unit.as_deref()));
        told.outside = all - rows.len();
        if rows.is_empty() {
            return Err(Failed::Refused(format!(
                "{}: không có trẻ em nào{}.",
                asked.path.display(),
                if told.outside > 0 {
                    " ở địa bàn của bạn"
                } else {
                    ""
                }
            )));
        }
        if rows.len() > limits::SECTOR_ROWS {
            return Err(Failed::Refused(format!(
                "{}: có hơn {} dòng; hãy nạp từng phần.",
                asked.path.display(),
                treem_child::texts::grouped(limits::SECTOR_ROWS as u64)
            )));
        }
        told.rows = rows.len();
        told.without_unit = rows.iter().filter(|row| row.unit.is_none()).count();
        let files = sums(std::slice::from_ref(&asked.path), Path::new(""))?;
        let before = open.store.read().await?.sources(&book).await?;
        if let Some(same) = before
            .iter()
            .find(|one| one.files == files && one.dropped_at.is_none())
        {
            return Err(Failed::Refused(format!(
                "tệp này đã được nạp, là danh sách số {}; không nạp lại.",
                same.source
            )));
        }
        let mut act = begin(&open.store, desk.doing(&book, "missing-load", "")).await?;
        act.add_units(asked.edition.from, &kept(asked.edition))
            .await?;
        let last = act.reading().sources(&book).await?;
        told.source = last.last().map_or(0, |one| one.source).saturating_add(1);
        for (at, row) in rows.iter_mut().enumerate() {
            row.source = told.source;
            row.nth = i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1);
        }
        act.add_source(&Source {
            source: told.source,
            kind: asked.kind.code().to_owned(),
            purpose: asked.purpose.trim().to_owned(),
            basis: asked.basis.trim().to_owned(),
            day: told.day.clone(),
            edition: asked.edition.from.to_owned(),
            unit: area_of(asked.edition, &rows).map(|unit| unit.code.to_owned()),
            files,
            rows: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            ..Source::default()
        })
        .await?;
        let mut done = 0;
        for some in rows.chunks(limits::IMPORT_ROWS) {
            act.add_source_rows(some).await?;
            done += some.len() as u64;
            progress.step("ghi danh sách", done, rows.len() as u64);
            if stop.is_asked() {
                return Ok(Loaded {
                    stopped: true,
                    ..Loaded::default()
                });
            }
        }
        let detail = serde_json::json!({"source": told.source, "kind": told.kind, "rows": told.rows, "outside": told.outside});
        act.finish(&told.source.to_string(), &detail.to_string())
            .await?;
        open.leave().await;
        Ok(told)
    })
}

/// The one unit all rows lie in: their commune, else their district; nothing where they are of several.
fn area_of(edition: &'static Edition, rows: &[Row]) -> Option<&'static Unit> {
    let mut units = rows
        .iter()
        .filter_map(|row| edition.by_code(row.unit.as_deref()?));
    let first = units.next()?;
    let others: Vec<&Unit> = units.filter(|unit| unit.code != first.code).collect();
    if others.is_empty() {
        return Some(first);
    }
    let district = edition.district_of(first)?;
    others
        .iter()
        .all(|unit| edition.is_in(unit, district))
        .then_some(district)
}

/// Reads the rows by the reader of every list; `None` where it was stopped.
fn read(
    asked: &Asked,
    told: &mut Loaded,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Option<Vec<Row>>> {
    let folder = tempfile::Builder::new()
        .prefix("treem-missing-")
        .tempdir()
        .context("không tạo được thư mục tạm")?;
    let out = folder.path().join("out");
    let options = check::Options {
        inputs: vec![asked.path.clone()],
        out: out.clone(),
        duplicates: false,
        as_of: asked.day,
        edition: PartialDate::from_iso(asked.edition.from).unwrap_or(asked.day),
        unit: asked.unit,
        home: None,
        mappings: asked.mappings.clone(),
        edited: Mappings::default(),
        rules: RuleSet::default(),
        lists: false,
        keep_measures: false,
    };
    let checked = check::run(options, progress, stop)?;
    if checked.stopped {
        return Ok(None);
    }
    told.remarks = checked.remarks;
    for file in &checked.files {
        if let Some(error) = &file.error {
            told.refused.push((file.file.clone(), error.clone()));
        }
    }
    let mut lines = Lines::open(&out)?;
    let mut rows = Vec::new();
    while let Some((line, findings)) = lines.next()? {
        let field = |name: &str| child_field(&lines.heads, &line, name);
        let of = entry(
            &lines.heads,
            &line,
            &findings,
            treem_child::check::Measures::default(),
            asked.edition.from,
        )
        .state;
        let restored = findings
            .iter()
            .find(|one| finding_field(one, "rule") == RuleId::ID_ZERO_LOST.code())
            .map_or("", |one| finding_field(one, "suggestion"));
        rows.push(Row {
            source: 0,
            nth: 0,
            file: field("file").to_owned(),
            sheet: field("sheet").to_owned(),
            row_number: field("row").parse().unwrap_or(0),
            name_key: of.name_key,
            birth: of.birth,
            edition: of.edition,
            unit: of.unit,
            number: of.number,
            record: pruned(&of.record, restored),
            sensitive: pruned(&of.sensitive, ""),
        });
    }
    Ok(Some(rows))
}

/// A record without what the purpose does not ask for: the sector's own number of the child, and cells as they were written.
fn pruned(record: &str, restored: &str) -> String {
    let mut fields: Map<String, Value> = serde_json::from_str(record).unwrap_or_default();
    for name in ["id", super::super::record::WRITTEN, "insurance"] {
        fields.remove(name);
    }
    if !restored.is_empty() {
        fields
            .entry("number")
            .or_insert_with(|| Value::String(restored.to_owned()));
    }
    Value::Object(fields).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_without_purpose_and_basis() {
        for (purpose, basis, may) in [
            ("rà soát trẻ em", "Kế hoạch 12/KH-UBND", true),
            ("", "Kế hoạch 12/KH-UBND", false),
            ("rà soát trẻ em", "  ", false),
            ("-----", "Kế hoạch 12/KH-UBND", false),
            ("rà soát trẻ em", "x", false),
        ] {
            assert_eq!(stated(purpose, basis).is_ok(), may, "{purpose} {basis}");
        }
    }

    #[test]
    fn a_record_keeps_what_is_compared() {
        let record = r#"{"birth":"2016-01-02","id":"450001","name":"Hồ Văn An","written":{"raw":{"name":"Hồ Văn An"}}}"#;
        assert_eq!(
            pruned(record, "045216000012"),
            r#"{"birth":"2016-01-02","name":"Hồ Văn An","number":"045216000012"}"#
        );
    }
}
