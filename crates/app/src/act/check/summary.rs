//! What a run has seen and found: the content of `summary.json`.
//!
//! In: counts added by the run. Out: serde structs, field names as the contract and `docs/check.md` give them.

use serde::Serialize;
use std::collections::BTreeMap;

/// Counts of one kind of rows: a unit, a file, all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    /// Rows that are children.
    pub children: u64,
    /// Đã chuẩn hóa.
    pub identified: u64,
    /// Đủ thông tin cơ bản.
    pub complete: u64,
    /// Children with an error of group 1 to 5.
    pub groups: [u64; 5],
    /// Children with no error at all.
    pub clean: u64,
}

impl Counts {
    /// Adds another count.
    pub fn add(&mut self, other: &Self) {
        self.children += other.children;
        self.identified += other.identified;
        self.complete += other.complete;
        self.clean += other.clean;
        for (mine, theirs) in self.groups.iter_mut().zip(other.groups) {
            *mine += theirs;
        }
    }
}

/// A column of a table and what it was taken for.
#[derive(Clone, Debug, Serialize)]
pub struct ColumnSummary {
    /// From 1, as a person counts.
    pub column: usize,
    /// The heading, decoded.
    pub heading: String,
    /// The field's code; absent: not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// Why, in Vietnamese.
    pub reason: String,
    /// 0 to 1.
    pub certainty: f32,
    /// The legacy code of its cells, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
    /// Some of its cells, decoded: personal data, for the person who brought the list and for no summary.
    #[serde(skip)]
    pub samples: Vec<String>,
}

/// A table of a sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TableSummary {
    /// Row numbers of its heading.
    pub head_rows: Vec<u64>,
    /// The title lines above it.
    pub titles: Vec<String>,
    /// The columns.
    pub mapping: Vec<ColumnSummary>,
    /// Rows read as children.
    pub rows: u64,
    /// How it can be given back, corrected.
    #[serde(skip)]
    pub saved: treem_files::table::Mapping,
}

/// A sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SheetSummary {
    /// Its name; empty for csv.
    pub sheet: String,
    /// Hidden in the file (read all the same).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Its tables.
    pub tables: Vec<TableSummary>,
    /// True where a table has no column of names.
    #[serde(skip)]
    pub nameless: bool,
    /// Rows read as children.
    pub rows: u64,
    /// Rows that are none, by why ("tiêu đề", "dòng cộng", …).
    pub skipped: BTreeMap<&'static str, u64>,
    /// Rows hidden in the file (read all the same).
    #[serde(skip_serializing_if = "is_zero")]
    pub hidden_rows: u64,
    /// What a person should know, in Vietnamese.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_zero(value: &u64) -> bool {
    *value == 0
}

/// A file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FileSummary {
    /// The path as given, relative to a given folder.
    pub file: String,
    /// xlsx, csv, …; empty where it could not be opened.
    pub format: &'static str,
    /// The encoding of a text file.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub encoding: &'static str,
    /// Why it could not be used, in Vietnamese.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What a person should know, in Vietnamese.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// Its sheets.
    pub sheets: Vec<SheetSummary>,
    /// Counts of the file.
    #[serde(flatten)]
    pub counts: Counts,
}

/// A rule's count.
#[derive(Clone, Debug, Serialize)]
pub struct RuleSummary {
    /// What it looks for.
    pub title: String,
    /// Findings.
    pub count: u64,
    /// error, warning, note.
    pub severity: &'static str,
    /// 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<u8>,
}

/// A unit's counts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UnitSummary {
    /// Code: of the commune, of the district where only that is known, else empty.
    pub unit: &'static str,
    /// Name.
    pub name: &'static str,
    /// Name of the district.
    pub district: &'static str,
    /// The counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// A whole run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// The day on which age was judged.
    pub as_of: String,
    /// First day of the edition of the area units.
    pub edition: &'static str,
    /// Counts of all files.
    #[serde(flatten)]
    pub counts: Counts,
    /// Findings by rule.
    pub rules: BTreeMap<String, RuleSummary>,
    /// Counts by unit, most errors first.
    pub units: Vec<UnitSummary>,
    /// The files in order.
    pub files: Vec<FileSummary>,
    /// Where the files lie.
    pub out: String,
    /// Workbooks written.
    pub lists: u64,
    /// What went wrong without stopping the run, in Vietnamese.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// The measures of each child as its own row gives them, in the order of `children.csv`, where the run keeps them.
    #[serde(skip)]
    pub measures: Vec<treem_child::check::Measures>,
    /// True where the run was stopped before its end.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stopped: bool,
}

impl Summary {
    /// Files that could not be used.
    pub fn failed_files(&self) -> usize {
        self.files
            .iter()
            .filter(|file| file.error.is_some())
            .count()
    }
    /// Findings of a severity.
    pub fn findings(&self, severity: &str) -> u64 {
        self.rules
            .values()
            .filter(|rule| rule.severity == severity)
            .map(|rule| rule.count)
            .sum()
    }
}
