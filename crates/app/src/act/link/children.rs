//! Reads lists of children for the linkage: read → table → normalise, as *check* does, into columns.
//!
//! In: [`Options`]. Out: [`AllRead`], or why not. A file that cannot be used stops the run: half a list would make children new that
//! are not.

use super::{Ids, Options};
use crate::act::check::sink::Sink;
use crate::act::check::worker::{ForLink, Output, Run};
use crate::act::check::{Progress, Stop, files, one_file};
use std::path::Path;
use std::sync::Arc;
use treem_child::check::rules::RuleSet;
use treem_child::link::Children;
use treem_child::normalise::row::Context;
use treem_child::normalise::unit;
use treem_files::table::Mappings;

/// All lists, read.
pub struct AllRead {
    /// The children.
    pub children: Children,
    /// Their keys.
    pub ids: Ids,
    /// What a person should know.
    pub remarks: Vec<String>,
}

/// What reading came to.
pub enum Read {
    /// Everything.
    All(Box<AllRead>),
    /// The person stopped the run.
    Stopped,
    /// A list cannot be used.
    Refused(String),
}

/// Takes rows in order.
#[derive(Default)]
struct Columns {
    children: Children,
    ids: Ids,
    sheets: u32,
    without_id: u64,
    /// Rows have no key of their own; of a folder.
    by_place: Option<bool>,
    /// What stands before a row's number.
    before: String,
    /// Sheets of the present file.
    sheets_of_file: u32,
}

impl Sink for Columns {
    fn begin_sheet(&mut self, file: &str, sheet: &str) -> (u32, Vec<u8>) {
        self.sheets += 1;
        self.sheets_of_file += 1;
        self.before = match self.by_place {
            Some(true) => format!("{file}:{sheet}:"),
            Some(false) if self.sheets_of_file > 1 => format!("{sheet}:"),
            _ => String::new(),
        };
        (self.sheets - 1, Vec::new())
    }
    fn take(&mut self, output: Output) -> anyhow::Result<()> {
        self.children.extend(&output.batch);
        let (text, ends) = &output.ids;
        let mut from = 0;
        for to in ends {
            self.ids.text.push_str(&self.before);
            self.ids.push(text.get(from..*to).unwrap_or(""));
            from = *to;
        }
        self.without_id += output.without_id;
        Ok(())
    }
    fn end_file(&mut self) {
        self.sheets_of_file = 0;
    }
}

/// Reads the lists.
///
/// # Errors
/// Only what stops the program.
pub fn read(options: &Options, progress: &dyn Progress, stop: &Stop) -> anyhow::Result<Read> {
    let run = Run {
        context: Context {
            as_of: options.as_of,
            edition: unit::edition(&options.edition.to_string()),
        },
        communes: Arc::default(),
        rules: RuleSet::default(),
        duplicates: false,
        written: false,
        link: Some(ForLink {
            id: options.id.clone(),
        }),
    };
    let mut columns = Columns::default();
    if options.explain.is_some() {
        columns.children.keep_texts();
    }
    let mut remarks = Vec::new();
    let lists: Vec<&Path> = std::iter::once(options.left.as_path())
        .chain(options.right.as_deref())
        .collect();
    for (at, list) in lists.iter().enumerate() {
        if at == 1 {
            columns.children.end_first_list();
        }
        columns.by_place = options.id.is_none().then(|| list.is_dir());
        let before = columns.children.len();
        let found = files::collect(&[list.to_path_buf()], &options.out);
        if let Some(refused) = found.refused.first() {
            return Ok(Read::Refused(format!(
                "{}: {}",
                refused.file,
                refused.error.as_deref().unwrap_or("")
            )));
        }
        remarks.extend(found.remarks);
        progress.begin(
            found.found.len(),
            found.found.iter().map(|file| file.bytes).sum(),
        );
        for file in &found.found {
            progress.file(file.bytes);
            let mut saved = Mappings::default();
            let read = one_file(
                file,
                &run,
                None,
                (&options.mappings, &Mappings::default()),
                &mut saved,
                (progress, stop),
                &mut columns,
            )?;
            if stop.is_asked() {
                return Ok(Read::Stopped);
            }
            if let Some(error) = read.error {
                return Ok(Read::Refused(format!("{}: {error}", file.name)));
            }
        }
        if columns.children.len() == before {
            return Ok(Read::Refused(format!(
                "{}: không có trẻ em nào trong danh sách.",
                list.display()
            )));
        }
        if let (Some(id), true) = (&options.id, columns.without_id > 0) {
            return Ok(Read::Refused(format!(
                "{}: không có cột “{id}” mà --id nêu ở {} dòng.",
                list.display(),
                columns.without_id
            )));
        }
    }
    Ok(Read::All(Box::new(AllRead {
        children: columns.children,
        ids: columns.ids,
        remarks,
    })))
}
