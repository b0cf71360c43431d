//! Writes `lists/`: for each commune a workbook that the officer prints and works with, one sheet per group.
//!
//! In: `children.csv` and `findings.csv` of the run, both in order. Out: `lists/<code>-<name>.xlsx`. Memory: the children of one
//! workbook ([`limits::LIST_ROWS`]); the rest waits in temporary files, one for each commune.

use super::merge::read_record;
use super::worker::Run;
use super::{Progress, Stop};
use crate::limits;
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;
use treem_child::finding::Group;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::Unit;
use treem_files::write::lists::{ListHead, ListRow, ListSheet, write_list};

/// Columns of `children.csv` that a list shows, by name.
struct Columns {
    name: usize,
    birth: usize,
    sex: usize,
    ethnicity: usize,
    number: usize,
    own: usize,
    registration: usize,
    unit: usize,
    unit_name: usize,
    hamlet: usize,
    address: usize,
    father: usize,
    mother: usize,
    guardian: usize,
    phone: usize,
}

impl Columns {
    fn new() -> Self {
        let at = |name: &str| {
            super::records::CHILDREN_HEAD
                .trim_end()
                .split(',')
                .position(|column| column == name)
                .unwrap_or(usize::MAX)
        };
        Self {
            name: at("name"),
            birth: at("birth"),
            sex: at("sex"),
            ethnicity: at("ethnicity"),
            number: at("number"),
            own: at("ethnicity_own"),
            registration: at("birth_registration"),
            unit: at("unit"),
            unit_name: at("unit_name"),
            hamlet: at("hamlet"),
            address: at("address"),
            father: at("father"),
            mother: at("mother"),
            guardian: at("guardian"),
            phone: at("phone"),
        }
    }
}

/// Writes the workbooks of a run; gives how many, and says where an earlier folder went. Stops between two workbooks when asked.
pub fn write(
    out: &Path,
    run: &Run,
    (progress, stop): (&dyn Progress, &Stop),
    remarks: &mut Vec<String>,
) -> anyhow::Result<u64> {
    let folder = out.join("lists");
    remarks.extend(make_room(out, &folder)?);
    progress.step("ghi danh sách theo xã", 0, 0);
    let buckets = fill(out, stop)?;
    if buckets.is_empty() {
        return Ok(0);
    }
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    let mut written = 0;
    let communes = buckets.len() as u64;
    // Line by line as the workbooks come: also after a run that was stopped or failed the next one knows what is whose.
    let mut record = File::create(folder.join(RECORD)).context(UNWRITABLE)?;
    for (number, (unit, mut bucket)) in buckets.into_iter().enumerate() {
        if stop.is_asked() {
            break;
        }
        progress.step("ghi danh sách theo xã", number as u64, communes);
        let unit = run.context.edition.by_code(&unit);
        bucket
            .seek(SeekFrom::Start(0))
            .context("không đọc lại được tệp tạm")?;
        let mut reader = BufReader::with_capacity(1 << 18, bucket);
        let mut part = 1;
        loop {
            let rows = take(&mut reader)?;
            if rows.is_empty() {
                break;
            }
            let name = match part {
                1 => format!("{}.xlsx", file_name(unit)),
                part => format!("{}-{part}.xlsx", file_name(unit)),
            };
            write_list(&folder.join(&name), &head(unit, run), sheets(&rows)).map_err(|error| {
                anyhow::anyhow!("không ghi được lists/{name}. {}", error.message())
            })?;
            record
                .write_all(line_of(&folder, &name).as_bytes())
                .context(UNWRITABLE)?;
            written += 1;
            part += 1;
        }
    }
    Ok(written)
}

const UNWRITABLE: &str = "không ghi được vào thư mục lists";

/// What the program wrote itself: name, size and time of each workbook.
const RECORD: &str = ".treem";

fn line_of(folder: &Path, name: &str) -> String {
    let told = std::fs::metadata(folder.join(name)).map(|meta| (meta.len(), meta.modified().ok()));
    match told {
        Ok((size, Some(time))) => format!(
            "{name}\t{size}\t{}\n",
            time.duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |since| since.as_millis())
        ),
        _ => format!("{name}\n"),
    }
}

/// Workbooks of an earlier run go; but where anybody has worked in one of them, or put a file of their own there, the whole folder
/// is kept under another name: nothing that was filled in is ever lost.
fn make_room(out: &Path, folder: &Path) -> anyhow::Result<Option<String>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(None);
    };
    let record = std::fs::read_to_string(folder.join(RECORD)).unwrap_or_default();
    let untouched = entries.filter_map(Result::ok).all(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name == RECORD || record.contains(&line_of(folder, &name))
    });
    if untouched {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("không làm mới được thư mục {}", folder.display()))?;
        return Ok(None);
    }
    let kept = (1..10_000)
        .map(|number| out.join(format!("lists-truoc-{number}")))
        .find(|path| !path.exists());
    match kept {
        Some(kept) => {
            std::fs::rename(folder, &kept)
                .with_context(|| format!("không đổi tên được thư mục {}", folder.display()))?;
            Ok(Some(format!(
                "Thư mục lists của lần chạy trước có tệp đã được sửa hoặc thêm vào: giữ nguyên tại {}.",
                kept.display()
            )))
        }
        None => anyhow::bail!(
            "có quá nhiều thư mục lists-truoc-… trong {}; hãy dọn bớt",
            out.display()
        ),
    }
}

/// Children with an error of a group, with their findings, in one temporary file for each commune.
fn fill(out: &Path, stop: &Stop) -> anyhow::Result<BTreeMap<String, File>> {
    const FULL: &str = "không ghi được tệp tạm";
    let open = |name: &str| -> anyhow::Result<BufReader<File>> {
        Ok(BufReader::with_capacity(
            1 << 20,
            File::open(out.join(name)).with_context(|| format!("không mở lại được {name}"))?,
        ))
    };
    let (mut children, mut findings) = (open("children.csv")?, open("findings.csv")?);
    let (mut child, mut finding) = (Vec::new(), Vec::new());
    read_record(&mut children, &mut child)?;
    read_record(&mut findings, &mut finding)?;
    let columns = Columns::new();
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    let mut waiting: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut bytes = 0;
    let mut more = read_record(&mut findings, &mut finding)?;
    while more && !stop.is_asked() && read_record(&mut children, &mut child)? {
        let place = place_of(&child);
        let mut own = Vec::new();
        while more && place_of(&finding) == place {
            own.push(finding.clone());
            more = read_record(&mut findings, &mut finding)?;
        }
        if !own.iter().any(|finding| is_listed(finding)) {
            continue;
        }
        let unit = field(&child, columns.unit);
        let bucket = waiting.entry(unit).or_default();
        let before = bucket.len();
        bucket.extend_from_slice(own.len().to_string().as_bytes());
        bucket.push(b'\n');
        bucket.extend_from_slice(&child);
        for finding in &own {
            bucket.extend_from_slice(finding);
        }
        bytes += bucket.len() - before;
        if bytes > limits::LIST_BYTES_WAITING {
            flush(out, &mut waiting, &mut files).context(FULL)?;
            bytes = 0;
        }
    }
    flush(out, &mut waiting, &mut files).context(FULL)?;
    Ok(files)
}

fn flush(
    out: &Path,
    waiting: &mut BTreeMap<String, Vec<u8>>,
    files: &mut BTreeMap<String, File>,
) -> std::io::Result<()> {
    for (unit, bytes) in std::mem::take(waiting) {
        let file = match files.entry(unit) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(tempfile::tempfile_in(out)?)
            }
        };
        file.write_all(&bytes)?;
    }
    Ok(())
}

/// `file,sheet,row` as written: both files write the three alike.
pub(in crate::act) fn place_of(record: &[u8]) -> &[u8] {
    let mut quoted = false;
    let mut commas = 0;
    for (index, byte) in record.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                commas += 1;
                if commas == 3 {
                    return record.get(..index).unwrap_or(record);
                }
            }
            _ => {}
        }
    }
    record
}

pub(in crate::act) fn fields(record: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(record);
    let mut out = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.trim_end_matches('\n').chars().peekable();
    while let Some(c) = chars.next() {
        let Some(last) = out.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                last.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => last.push(c),
        }
    }
    out
}

fn field(record: &[u8], index: usize) -> String {
    fields(record).into_iter().nth(index).unwrap_or_default()
}

/// An error of one of the five groups puts a child on a list; warnings and notes do not.
fn is_listed(finding: &[u8]) -> bool {
    let fields = fields(finding);
    fields.get(6).is_some_and(|severity| severity == "error")
        && fields.get(5).is_some_and(|group| !group.is_empty())
}

/// One child of a list with its findings: (group, reason, fix) of each.
struct Listed {
    row: ListRow,
    found: Vec<(u8, String, Option<String>)>,
}

fn take(reader: &mut impl BufRead) -> anyhow::Result<Vec<Listed>> {
    let columns = Columns::new();
    let mut out = Vec::new();
    let mut record = Vec::new();
    while out.len() < limits::LIST_ROWS && read_record(reader, &mut record)? {
        let count: usize = String::from_utf8_lossy(&record).trim().parse().unwrap_or(0);
        read_record(reader, &mut record)?;
        let child = fields(&record);
        let mut findings = Vec::with_capacity(count);
        for _ in 0..count {
            read_record(reader, &mut record)?;
            findings.push(fields(&record));
        }
        out.push(listed(&child, &findings, &columns));
    }
    Ok(out)
}

fn listed(child: &[String], findings: &[Vec<String>], columns: &Columns) -> Listed {
    let of = |index: usize| child.get(index).cloned().unwrap_or_default();
    // What could not be read is shown as it stands in the file.
    let or_raw = |value: String, name: &str| -> String {
        if !value.is_empty() {
            return value;
        }
        findings
            .iter()
            .filter(|finding| finding.get(3).is_some_and(|field| field == name))
            .filter_map(|finding| finding.get(7))
            .find(|raw| !raw.is_empty())
            .cloned()
            .unwrap_or_default()
    };
    let birth = of(columns.birth);
    let shown = match birth.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] => format!("{day}/{month}/{year}"),
        [year, month] => format!("{month}/{year}"),
        _ => birth,
    };
    let (group, own) = (of(columns.ethnicity), of(columns.own));
    let ethnicity = if own.is_empty() {
        group
    } else {
        format!("{own} ({group})")
    };
    let place: Vec<String> = [columns.hamlet, columns.unit_name]
        .iter()
        .map(|index| of(*index))
        .filter(|text| !text.is_empty())
        .collect();
    let sheet = child
        .get(1)
        .filter(|sheet| !sheet.is_empty())
        .map_or(String::new(), |sheet| format!(", trang {sheet}"));
    let row = ListRow {
        ordinal: 0,
        name: or_raw(of(columns.name), "name"),
        birth: or_raw(shown, "birth"),
        sex: or_raw(of(columns.sex), "sex"),
        ethnicity: or_raw(ethnicity, "ethnicity"),
        number: or_raw(of(columns.number), "number"),
        birth_registration: of(columns.registration),
        address: if place.is_empty() {
            of(columns.address)
        } else {
            place.join(", ")
        },
        father: of(columns.father),
        mother: of(columns.mother),
        guardian: of(columns.guardian),
        phone: of(columns.phone),
        reasons: Vec::new(),
        fixes: Vec::new(),
        source: format!("{}{sheet}, dòng {}", of(0), of(2)),
    };
    let found = findings
        .iter()
        .filter(|finding| finding.get(6).is_some_and(|severity| severity == "error"))
        .filter_map(|finding| {
            let group: u8 = finding.get(5)?.parse().ok()?;
            let fix = finding.get(8).filter(|fix| !fix.is_empty()).cloned();
            Some((group, finding.get(10)?.clone(), fix))
        })
        .collect();
    Listed { row, found }
}

fn sheets(rows: &[Listed]) -> Vec<ListSheet<'_>> {
    Group::ALL
        .iter()
        .map(|group| {
            let number = group.number();
            let rows = rows
                .iter()
                .filter(move |listed| listed.found.iter().any(|found| found.0 == number))
                .enumerate()
                .map(move |(index, listed)| {
                    let own = || listed.found.iter().filter(move |found| found.0 == number);
                    ListRow {
                        ordinal: index as u64 + 1,
                        reasons: own().map(|found| found.1.clone()).collect(),
                        fixes: own().filter_map(|found| found.2.clone()).collect(),
                        ..listed.row.clone()
                    }
                });
            ListSheet {
                group: *group,
                rows: Box::new(rows),
            }
        })
        .collect()
}

fn head(unit: Option<&'static Unit>, run: &Run) -> ListHead {
    let edition = run.context.edition;
    let small = |unit: &Unit| -> String {
        // "Xã Tà Rụt" in running text: "xã Tà Rụt"
        let mut chars = unit.name.chars();
        chars.next().map_or(String::new(), |first| {
            first.to_lowercase().chain(chars).collect()
        })
    };
    let district = unit.and_then(|unit| edition.district_of(unit));
    let province = unit.and_then(|unit| edition.province_of(unit));
    ListHead {
        commune: unit.map(small).unwrap_or_default(),
        district: district.map(small).unwrap_or_default(),
        province: province.map(small).unwrap_or_default(),
        as_of: run.context.as_of.display(),
        edition: PartialDate::from_iso(edition.from)
            .map_or_else(|| edition.from.to_owned(), PartialDate::display),
        agency: Vec::new(),
    }
}

/// `19588-Xã Tà Rụt`; no child's name is ever part of a file name.
fn file_name(unit: Option<&Unit>) -> String {
    match unit {
        Some(unit) => format!("{}-{}", unit.code, unit.name),
        None => "unknown-Chưa biết xã phường".to_owned(),
    }
}
