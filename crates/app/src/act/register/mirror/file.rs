//! A file for people that appears when it is whole: xlsx, or csv.
//!
//! In: a place, headings, rows of text. Out: the file. Nothing that is written can be taken for a formula: cells of a workbook are text, and in
//! csv a text that a program might compute gets an apostrophe before it.

use crate::act::csv_line::Line;
use crate::act::register::{Done, Failed};
use crate::limits;
use anyhow::Context as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use treem_files::write::book::{Item, LongSheet};

/// A sheet that is being written into a file beside its place.
enum Sheet {
    Xlsx(Box<LongSheet<BufWriter<File>>>),
    Csv(BufWriter<File>, Vec<u8>),
}

/// A file that appears when it is whole.
pub struct Out {
    sheet: Sheet,
    part: tempfile::TempPath,
    place: PathBuf,
}

/// A text as a cell can hold it.
fn fitting(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .take(limits::WRITTEN_CELL)
        .collect()
}

impl Out {
    /// Begins a file: csv by its ending, else xlsx.
    ///
    /// # Errors
    /// [`Failed::Refused`]: the place cannot be written, or the ending is another.
    pub fn begin(place: &Path, sheet: &str, heading: &[String]) -> Done<Self> {
        let cannot = || Failed::Refused(format!("không ghi được {}.", place.display()));
        let ending = place
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        let folder = place
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let part = tempfile::Builder::new()
            .prefix(".treem-")
            .tempfile_in(folder.unwrap_or(Path::new(".")))
            .map_err(|_| cannot())?;
        let (file, part) = part.into_parts();
        let mut out = BufWriter::with_capacity(1 << 16, file);
        let sheet = match ending.as_deref() {
            Some("xlsx") => {
                let widths = vec![16.0; heading.len()];
                let sheet = LongSheet::begin(out, sheet, &widths, &[heading.to_vec()])
                    .context("không ghi được tệp")?;
                Sheet::Xlsx(Box::new(sheet))
            }
            Some("csv") => {
                // The mark by which Excel knows UTF-8.
                out.write_all("\u{feff}".as_bytes()).map_err(|_| cannot())?;
                Sheet::Csv(out, Vec::new())
            }
            _ => {
                return Err(Failed::Refused(format!(
                    "{}: chỉ ghi được tệp .xlsx hoặc .csv.",
                    place.display()
                )));
            }
        };
        let mut begun = Self {
            sheet,
            part,
            place: place.to_owned(),
        };
        if matches!(begun.sheet, Sheet::Csv(..)) {
            begun.push(heading)?;
        }
        Ok(begun)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// The disk is full, or the sheet.
    pub fn push(&mut self, row: &[String]) -> Done<()> {
        match &mut self.sheet {
            Sheet::Xlsx(sheet) => {
                let texts: Vec<String> = row.iter().map(|text| fitting(text)).collect();
                let items: Vec<Item<'_>> = texts.iter().map(|text| Item::Text(text)).collect();
                sheet.push(&items).context("không ghi được tệp")?;
            }
            Sheet::Csv(out, buffer) => {
                buffer.clear();
                let mut line = Line::after(buffer, b"");
                for text in row {
                    line.guarded(&fitting(text));
                }
                line.end();
                out.write_all(buffer).context("không ghi được tệp")?;
            }
        }
        Ok(())
    }

    /// The file appears.
    ///
    /// # Errors
    /// The disk is full.
    pub fn finish(self) -> Done<()> {
        match self.sheet {
            Sheet::Xlsx(sheet) => sheet
                .finish()
                .map_err(anyhow::Error::from)
                .and_then(|mut out| out.flush().map_err(Into::into)),
            Sheet::Csv(mut out, _) => out.flush().map_err(Into::into),
        }
        .context("không ghi được tệp")?;
        self.part
            .persist(&self.place)
            .with_context(|| format!("không ghi được {}", self.place.display()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_every_text() {
        assert_eq!(fitting("a\tb\u{0}c"), "a b c");
    }
}
