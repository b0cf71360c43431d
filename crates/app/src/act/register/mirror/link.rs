//! Which row of a mirror is which child of the book: by their key where it is known, by number, then by the linkage of two lists.
//!
//! In: rows, children, keys known from earlier mirrors. Out: [`Linked`]. One row is one child at most. A key alone is not believed: number,
//! name or birth date has to agree with it. Who has neither key nor number goes through the bands of the child linkage; a pair it is not sure
//! of is left to a person.

use crate::act::check::{Progress, Stop};
use crate::act::csv_line::Line;
use crate::act::link::{self, Options};
use crate::limits;
use anyhow::Context as _;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use treem_child::link::band::Band;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{self, Edition, Share, successors};
use treem_files::table::{Mapping, MappingColumn, Mappings};
use treem_store::child::Child;
use treem_store::mirror::Row;

/// By what a row was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// Their key of the child.
    Id,
    /// The identity number, and the name.
    Number,
    /// Name, birth date, parents: the linkage's band *same*.
    Name,
}

impl How {
    /// The word in the register.
    pub fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Number => "number",
            Self::Name => "name",
        }
    }
}

/// What was found. Rows and children by their place.
#[derive(Default)]
pub struct Linked {
    /// Row, child, by what.
    pub same: Vec<(usize, usize, How)>,
    /// Row and child who may be one.
    pub perhaps: Vec<(usize, usize)>,
    /// It was stopped.
    pub stopped: bool,
}

/// A record's fields as text.
pub fn fields_of(record: &str, sensitive: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for text in [record, sensitive] {
        let fields: BTreeMap<String, Value> = serde_json::from_str(text).unwrap_or_default();
        out.extend(fields.into_iter().filter_map(|(key, value)| match value {
            Value::String(text) => Some((key, text)),
            _ => None,
        }));
    }
    out
}

/// Their key in a record of the book that came from an export once.
fn key_in(record: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct OfRecord {
        #[serde(default)]
        id: String,
    }
    let read: OfRecord = serde_json::from_str(record).ok()?;
    Some(read.id).filter(|id| !id.is_empty())
}

/// Places by a key that only one has.
fn unique<K: std::hash::Hash + Eq>(
    keys: impl Iterator<Item = (usize, Option<K>)>,
) -> HashMap<K, usize> {
    let mut out: HashMap<K, Option<usize>> = HashMap::new();
    for (at, key) in keys {
        if let Some(key) = key {
            out.entry(key)
                .and_modify(|place| *place = None)
                .or_insert(Some(at));
        }
    }
    out.into_iter()
        .filter_map(|(key, place)| Some((key, place?)))
        .collect()
}

/// Whether a row and a child whom a key joins agree in anything a person is known by.
fn agree(row: &Row, child: &Child) -> bool {
    let now = &child.now;
    (row.number.is_some() && row.number == now.number)
        || (!row.name_key.is_empty() && row.name_key == now.name_key)
        || (!row.birth.is_empty() && row.birth == now.birth)
}

/// Finds them.
///
/// # Errors
/// Only what stops the program.
pub fn link(
    rows: &[Row],
    children: &[Child],
    known: &[(String, String)],
    (progress, stop): (&dyn Progress, &Stop),
) -> anyhow::Result<Linked> {
    let mut out = Linked::default();
    let (mut row_of, mut child_of) = (vec![false; rows.len()], vec![false; children.len()]);
    let mut doubtful: Vec<(usize, usize)> = Vec::new();
    let by_id: HashMap<&str, usize> = children
        .iter()
        .enumerate()
        .map(|(at, child)| (child.id.as_str(), at))
        .collect();
    let found: HashMap<&str, &str> = known
        .iter()
        .map(|(key, child)| (key.as_str(), child.as_str()))
        .collect();
    let by_key = unique(
        children
            .iter()
            .enumerate()
            .map(|(at, child)| (at, key_in(&child.now.record))),
    );
    let by_number = unique(
        children
            .iter()
            .enumerate()
            .map(|(at, child)| (at, child.now.number.as_deref())),
    );
    let rows_by_key = unique(
        rows.iter()
            .enumerate()
            .map(|(at, row)| (at, Some(row.key.as_str()).filter(|key| !key.is_empty()))),
    );
    let rows_by_number = unique(
        rows.iter()
            .enumerate()
            .map(|(at, row)| (at, row.number.as_deref())),
    );
    for (at, row) in rows.iter().enumerate() {
        if rows_by_key.get(row.key.as_str()) != Some(&at) {
            continue;
        }
        let place = found
            .get(row.key.as_str())
            .and_then(|child| by_id.get(child))
            .or_else(|| by_key.get(row.key.as_str()));
        let Some((&place, child)) = place.and_then(|at| Some((at, children.get(*at)?))) else {
            continue;
        };
        if !agree(row, child) {
            doubtful.push((at, place));
        } else if take(&mut row_of, &mut child_of, at, place) {
            out.same.push((at, place, How::Id));
        }
    }
    for (at, row) in rows.iter().enumerate() {
        let Some(number) = row.number.as_deref() else {
            continue;
        };
        let (Some(&own), Some(&place)) = (rows_by_number.get(number), by_number.get(number)) else {
            continue;
        };
        let named = children
            .get(place)
            .is_some_and(|child| !row.name_key.is_empty() && child.now.name_key == row.name_key);
        if own == at && named && take(&mut row_of, &mut child_of, at, place) {
            out.same.push((at, place, How::Number));
        }
    }
    let rest = |taken: &[bool]| -> Vec<usize> {
        let free = taken.iter().enumerate().filter(|(_, taken)| !**taken);
        free.map(|(at, _)| at).collect()
    };
    let (rest_rows, rest_children) = (rest(&row_of), rest(&child_of));
    let pairs = by_lists(
        (rows, &rest_rows),
        (children, &rest_children),
        (progress, stop),
    )?;
    let Some(pairs) = pairs else {
        out.stopped = true;
        return Ok(out);
    };
    for (row, child, band) in &pairs {
        if *band == Band::Same && take(&mut row_of, &mut child_of, *row, *child) {
            out.same.push((*row, *child, How::Name));
        }
    }
    let perhaps = pairs.iter().map(|(row, child, _)| (*row, *child));
    for (row, child) in perhaps.chain(doubtful) {
        if take(&mut row_of, &mut child_of, row, child) {
            out.perhaps.push((row, child));
        }
    }
    out.same.sort_unstable();
    out.perhaps.sort_unstable();
    Ok(out)
}

/// Marks both as taken, where both are free.
fn take(rows: &mut [bool], children: &mut [bool], row: usize, child: usize) -> bool {
    match (rows.get_mut(row), children.get_mut(child)) {
        (Some(row), Some(child)) if !*row && !*child => {
            (*row, *child) = (true, true);
            true
        }
        _ => false,
    }
}

/// The columns of the lists that are linked: heading and field.
const COLUMNS: [(&str, &str); 14] = [
    ("Mã", "id"),
    ("Họ và tên", "name"),
    ("Ngày sinh", "birth"),
    ("Giới tính", "sex"),
    ("Dân tộc", "ethnicity"),
    ("Số định danh", "number"),
    ("Xã", "commune"),
    ("Thôn", "hamlet"),
    ("Họ tên cha", "father"),
    ("Số định danh cha", "father.number"),
    ("Họ tên mẹ", "mother"),
    ("Số định danh mẹ", "mother.number"),
    ("Người giám hộ", "guardian"),
    ("Số điện thoại", "phone"),
];

/// A record of a list that is linked.
struct Listed<'r> {
    at: usize,
    edition: &'r str,
    unit: Option<&'r str>,
    record: &'r str,
    sensitive: &'r str,
}

/// Rows and children who are left, through the linkage of two lists; `None` where it was stopped.
fn by_lists(
    (rows, rest_rows): (&[Row], &[usize]),
    (children, rest_children): (&[Child], &[usize]),
    (progress, stop): (&dyn Progress, &Stop),
) -> anyhow::Result<Option<Vec<(usize, usize, Band)>>> {
    let left: Vec<Listed<'_>> = rest_rows
        .iter()
        .filter_map(|at| {
            let row = rows.get(*at)?;
            Some(Listed {
                at: *at,
                edition: &row.edition,
                unit: row.unit.as_deref(),
                record: &row.record,
                sensitive: &row.sensitive,
            })
        })
        .collect();
    let right: Vec<Listed<'_>> = rest_children
        .iter()
        .filter_map(|at| {
            let now = &children.get(*at)?.now;
            Some(Listed {
                at: *at,
                edition: &now.edition,
                unit: now.unit.as_deref(),
                record: &now.record,
                sensitive: &now.sensitive,
            })
        })
        .collect();
    if left.is_empty() || right.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let newest = left
        .iter()
        .chain(&right)
        .map(|one| one.edition)
        .max()
        .unwrap_or("");
    let edition = unit::edition(newest);
    let Some(as_of) = PartialDate::from_iso(edition.from) else {
        return Ok(Some(Vec::new()));
    };
    let folder = tempfile::Builder::new()
        .prefix("treem-mirror-")
        .tempdir()
        .context("không tạo được thư mục tạm")?;
    let (one, other) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    write(&one, &left, edition)?;
    write(&other, &right, edition)?;
    let options = Options {
        left: one,
        right: Some(other),
        model: None,
        id: Some("Mã".to_owned()),
        threshold: 0.0,
        mappings: mappings(),
        out: folder.path().join("out"),
        explain: None,
        as_of,
        edition: as_of,
    };
    let pairs = link::pairs(&options, progress, stop)?;
    Ok(pairs.map(|pairs| {
        let place = |text: &str| text.trim_start_matches('m').parse::<usize>().ok();
        pairs
            .into_iter()
            .filter(|(_, _, band)| *band != Band::New)
            .filter_map(|(left, right, band)| Some((place(&left)?, place(&right)?, band)))
            .collect()
    }))
}

fn mappings() -> Mappings {
    let columns = COLUMNS.iter().map(|(heading, field)| MappingColumn {
        column: String::new(),
        heading: (*heading).to_owned(),
        field: (*field).to_owned(),
    });
    Mappings {
        tables: vec![Mapping {
            shape: String::new(),
            columns: columns.collect(),
        }],
    }
}

/// The code of a unit in a later edition; nothing where it was divided.
pub fn unit_in(edition: &'static Edition, from: &str, code: &str) -> Option<&'static str> {
    if from == edition.from {
        return edition.by_code(code).map(|unit| unit.code);
    }
    let kin = if from < edition.from {
        successors(code, from, edition.from)
    } else {
        unit::predecessors(code, from, edition.from)
    };
    match kin.as_slice() {
        [one] if one.share == Share::Whole => Some(one.unit.code),
        _ => None,
    }
}

fn write(path: &Path, list: &[Listed<'_>], edition: &'static Edition) -> anyhow::Result<()> {
    let mut buffer = Vec::new();
    let mut line = Line::after(&mut buffer, b"");
    for (heading, _) in COLUMNS {
        line.text(heading);
    }
    line.end();
    for one in list {
        let fields = fields_of(one.record, one.sensitive);
        let unit = one
            .unit
            .and_then(|code| unit_in(edition, one.edition, code))
            .unwrap_or("");
        let mut line = Line::after(&mut buffer, b"");
        for (_, field) in COLUMNS {
            match field {
                // A letter before it: a bare number might be taken for something else.
                "id" => line.text(&format!("m{}", one.at)),
                "commune" => line.text(unit),
                field => line.text(
                    fields
                        .get(&field.replace('.', "_"))
                        .map_or("", String::as_str),
                ),
            };
        }
        line.end();
    }
    std::fs::write(path, buffer).context("không ghi được tệp tạm")
}

/// Says so where there is more than is held against each other at once.
pub fn too_many(rows: usize, children: usize) -> Option<String> {
    (rows.max(children) > limits::MIRROR_ROWS).then(|| {
        format!(
            "có hơn {} dòng; hãy nạp và đối chiếu từng tỉnh.",
            treem_child::texts::grouped(limits::MIRROR_ROWS as u64)
        )
    })
}
