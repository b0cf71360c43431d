//! What was found in the files of an intake, as the person who sent them is shown it.
//!
//! In: the [`Summary`] of a check. Out: [`Seen`], kept in the intake's folder. It holds cells of the lists, so it goes with the folder.

use super::Intake;
use super::columns::Said;
use crate::act::check::summary::{ColumnSummary, FileSummary, SheetSummary, Summary, TableSummary};
use serde::{Deserialize, Serialize};
use treem_files::table::{Mapping, Mappings};

/// A column.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Column {
    /// Its letters as Excel shows them.
    pub letters: String,
    /// The heading.
    pub heading: String,
    /// The field's code; empty: not used.
    pub field: String,
    /// Why.
    pub reason: String,
    /// 0 to 1.
    pub certainty: f32,
    /// Some of its cells.
    pub samples: Vec<String>,
}

/// A table.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Table {
    /// How it is found again, and its columns as they can be given back.
    pub saved: Mapping,
    /// Row numbers of its heading.
    pub head_rows: Vec<u64>,
    /// The lines above it.
    pub titles: Vec<String>,
    /// Children.
    pub rows: u64,
    /// Columns.
    pub columns: Vec<Column>,
}

/// A sheet.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name; empty for csv.
    pub name: String,
    /// Hidden in the file.
    pub hidden: bool,
    /// Children.
    pub rows: u64,
    /// Rows that are none: why, and how many.
    pub skipped: Vec<(String, u64)>,
    /// What a person should know.
    pub remarks: Vec<String>,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// A file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct File {
    /// Its name as it was sent.
    pub name: String,
    /// xlsx, csv, …; empty where it could not be opened.
    pub format: String,
    /// The code of a text file.
    pub encoding: String,
    /// Why it could not be used.
    pub error: Option<String>,
    /// What a person should know.
    pub remarks: Vec<String>,
    /// Children.
    pub children: u64,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// A rule that fires.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rule {
    /// What it looks for.
    pub title: String,
    /// How often.
    pub count: u64,
    /// `error`, `warning`, `note`.
    pub severity: String,
}

/// Everything found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// The files, in order of their names.
    pub files: Vec<File>,
    /// What a person should know.
    pub remarks: Vec<String>,
    /// Children in all files.
    pub children: u64,
    /// Of these, those identified.
    pub identified: u64,
    /// Those complete.
    pub complete: u64,
    /// What is wrong, most first; what was only repaired is left out.
    pub rules: Vec<Rule>,
    /// Cells that were repaired.
    pub repairs: u64,
}

impl Seen {
    /// Of a check; `before`: as it was seen the last time, whose reasons stay where a column is read as then.
    pub fn of(summary: &Summary, intake: &Intake, before: Option<&Self>) -> Self {
        let mut rules: Vec<Rule> = summary
            .rules
            .values()
            .filter(|rule| rule.severity != "note")
            .map(|rule| Rule {
                title: rule.title.clone(),
                count: rule.count,
                severity: rule.severity.to_owned(),
            })
            .collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.count));
        let mut out = Self {
            files: summary.files.iter().map(|one| file(one, intake)).collect(),
            remarks: summary.remarks.clone(),
            children: summary.counts.children,
            identified: summary.counts.identified,
            complete: summary.counts.complete,
            rules,
            repairs: 0,
        };
        if let Some(before) = before {
            for table in out.tables_mut() {
                let known = before
                    .tables()
                    .find(|known| known.saved.shape == table.saved.shape);
                if let Some(known) = known {
                    keep_reasons(&mut table.columns, &known.columns);
                }
            }
        }
        out
    }

    /// All tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.files
            .iter()
            .flat_map(|file| &file.sheets)
            .flat_map(|sheet| &sheet.tables)
    }

    fn tables_mut(&mut self) -> impl Iterator<Item = &mut Table> {
        self.files
            .iter_mut()
            .flat_map(|file| &mut file.sheets)
            .flat_map(|sheet| &mut sheet.tables)
    }

    /// With what a person says of columns in the place of what was read: to show a choice that could not be taken.
    pub fn say(&mut self, said: &[Said]) {
        for table in self.tables_mut() {
            for one in said.iter().filter(|one| one.shape == table.saved.shape) {
                let own = table.columns.iter_mut();
                for column in own.filter(|column| column.letters == one.letters) {
                    column.field.clone_from(&one.field);
                }
            }
        }
    }

    /// Each shape of table once: the first of its kind.
    pub fn shapes(&self) -> Vec<&Table> {
        let mut out: Vec<&Table> = Vec::new();
        for table in self.tables() {
            if !out
                .iter()
                .any(|known| known.saved.shape == table.saved.shape)
            {
                out.push(table);
            }
        }
        out
    }

    /// How the columns are read, as it can be given back.
    pub fn mappings(&self) -> Mappings {
        Mappings {
            tables: self
                .shapes()
                .into_iter()
                .map(|table| table.saved.clone())
                .collect(),
        }
    }
}

/// A column that was not touched is read for the reason it was read before.
fn keep_reasons(columns: &mut [Column], known: &[Column]) {
    for column in columns {
        let same = known
            .iter()
            .find(|known| (&known.letters, &known.field) == (&column.letters, &column.field));
        if let Some(same) = same {
            column.reason.clone_from(&same.reason);
            column.certainty = same.certainty;
        }
    }
}

fn file(one: &FileSummary, intake: &Intake) -> File {
    File {
        name: intake.shown(&one.file).to_owned(),
        format: one.format.to_owned(),
        encoding: one.encoding.to_owned(),
        error: one.error.clone(),
        remarks: one.remarks.clone(),
        children: one.counts.children,
        sheets: one.sheets.iter().map(sheet).collect(),
    }
}

fn sheet(one: &SheetSummary) -> Sheet {
    Sheet {
        name: one.sheet.clone(),
        hidden: one.hidden,
        rows: one.rows,
        skipped: one
            .skipped
            .iter()
            .map(|(why, count)| ((*why).to_owned(), *count))
            .collect(),
        remarks: one.remarks.clone(),
        tables: one.tables.iter().map(table).collect(),
    }
}

fn table(one: &TableSummary) -> Table {
    Table {
        head_rows: one.head_rows.clone(),
        titles: one.titles.clone(),
        rows: one.rows,
        columns: one
            .mapping
            .iter()
            .zip(&one.saved.columns)
            .map(|(column, saved)| told(column, &saved.column))
            .collect(),
        saved: one.saved.clone(),
    }
}

fn told(one: &ColumnSummary, letters: &str) -> Column {
    Column {
        letters: letters.to_owned(),
        heading: one.heading.clone(),
        field: one.field.unwrap_or("").to_owned(),
        reason: one.reason.clone(),
        certainty: one.certainty,
        samples: one.samples.clone(),
    }
}
