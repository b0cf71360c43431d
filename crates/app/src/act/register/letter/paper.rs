//! What was written, as a file: DOCX to edit, PDF, a workbook of its tables.
//!
//! In: [`Written`]s. Out: bytes, or a file that is never written over another.

use super::super::part::{self, Part};
use super::super::{Done, Failed};
use crate::shown;
use std::path::Path;
use treem_child::report::letter::{Figure, Grid, Part as Said, Span, Written};
use treem_files::write::book::{Cell, Format, Sheet, Value, Workbook, write};
use treem_papers::document::{Document, Span as Printed};
use treem_papers::docx;
use treem_papers::letter::{self, Letter};
use treem_papers::parts::{Office, Signer};

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To edit.
    Docx,
    /// To print and sign.
    Pdf,
    /// Its tables.
    Xlsx,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Xlsx];

    /// The ending of its file.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }

    /// By the ending of a name.
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Self::ALL
            .into_iter()
            .find(|kind| ending.eq_ignore_ascii_case(kind.ending()))
    }
}

/// The bytes of a file.
///
/// # Errors
/// [`Failed::Refused`]: no PDF in this program, too much for one document, no table in it.
pub fn bytes(written: &[Written], kind: Kind, now: &str) -> Done<Vec<u8>> {
    match kind {
        Kind::Docx => Ok(docx::write(&document(written)?)?),
        Kind::Pdf => pdf(&document(written)?, now),
        Kind::Xlsx => {
            let tables: Vec<&Grid> = written.iter().flat_map(Written::tables).collect();
            workbook(&tables)
        }
    }
}

/// Writes a document as DOCX or PDF.
///
/// # Errors
/// As [`bytes`].
pub fn of_document(document: &Document, kind: Kind, now: &str) -> Done<Vec<u8>> {
    match kind {
        Kind::Pdf => pdf(document, now),
        _ => Ok(docx::write(document)?),
    }
}

#[cfg(feature = "papers")]
fn pdf(document: &Document, now: &str) -> Done<Vec<u8>> {
    Ok(treem_papers::pdf::write(document, shown::today(now))?)
}

#[cfg(not(feature = "papers"))]
fn pdf(_: &Document, now: &str) -> Done<Vec<u8>> {
    let _ = shown::today(now);
    Err(Failed::Refused(
        "bản treem này không có phần in PDF; lấy DOCX, hoặc dùng bản phát hành đầy đủ.".to_owned(),
    ))
}

/// Puts bytes into a file that is not there yet.
///
/// # Errors
/// [`Failed::Refused`], [`Failed::Broken`]: it is there, or cannot be written.
pub fn put(path: &Path, bytes: &[u8]) -> Done<()> {
    let part = Part::begin(path)?;
    std::fs::write(part.path(), bytes)
        .map_err(|error| Failed::Broken(part::said(part.path(), &error)))?;
    part.keep(path)?;
    Ok(())
}

/// All papers in one document, each on pages of its own.
fn document(written: &[Written]) -> Done<Document> {
    let mut out = Document::default();
    for one in written {
        let document = letter_of(one).document()?;
        if out.sections.is_empty() {
            out.title = document.title;
        }
        out.sections.extend(document.sections);
    }
    Ok(out)
}

fn letter_of(written: &Written) -> Letter {
    Letter {
        office: Office {
            above: written.above.clone(),
            name: written.office.clone(),
            mark: written.mark.clone(),
            place: written.place.clone(),
        },
        about: written.about.clone(),
        title: written.title.clone(),
        to: written.to.clone(),
        parts: written.parts.iter().map(part_of).collect(),
        copies: written.copies.clone(),
        signer: Signer {
            office: written.signer.clone(),
            name: written.name.clone(),
        },
    }
}

fn part_of(part: &Said) -> letter::Part {
    match part {
        Said::Heading(spans) => letter::Part::Heading(printed(spans)),
        Said::Paragraph(spans) => letter::Part::Paragraph(printed(spans)),
        Said::Dash(spans) => letter::Part::Dash(printed(spans)),
        Said::Table(grid) => letter::Part::Table(letter::Grid {
            columns: grid
                .columns
                .iter()
                .map(|(name, share)| (name.clone(), f32::from(*share) / 10.0))
                .collect(),
            rows: grid
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| print(&cell.span)).collect())
                .collect(),
            size_pt: if grid.columns.len() > 6 { 11.0 } else { 12.0 },
            words: grid
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| cell.figure.is_none()).collect())
                .collect(),
        }),
    }
}

fn printed(spans: &[Span]) -> Vec<Printed> {
    spans.iter().map(print).collect()
}

fn print(span: &Span) -> Printed {
    Printed {
        words: span.text.as_str().into(),
        bold: span.bold,
        italic: span.italic,
        raised: false,
        note: (!span.note.is_empty()).then(|| printed(&span.note)),
    }
}

/// A workbook with a sheet a table.
///
/// # Errors
/// [`Failed::Refused`]: no table.
pub fn workbook(tables: &[&Grid]) -> Done<Vec<u8>> {
    if tables.is_empty() {
        return Err(Failed::Refused(
            "văn bản này không có bảng nào để ghi ra xlsx.".to_owned(),
        ));
    }
    let mut names: Vec<String> = Vec::new();
    let mut sheets = Vec::new();
    for grid in tables {
        let base: String = grid
            .title
            .chars()
            .filter(|sign| !":\\/?*[]'".contains(*sign))
            .take(24)
            .collect();
        let mut name = base.clone();
        let mut nth = 1;
        while names.contains(&name) {
            nth += 1;
            name = format!("{base} {nth}");
        }
        names.push(name.clone());
        sheets.push(sheet(name, grid));
    }
    let book = Workbook {
        sheets,
        date1904: false,
    };
    let mut out = Vec::new();
    write(&book, Format::Xlsx, &mut out).map_err(|error| {
        Failed::Refused(format!("không ghi được tệp xlsx: {}", error.message()))
    })?;
    Ok(out)
}

fn sheet(name: String, grid: &Grid) -> Sheet {
    let head = grid
        .columns
        .iter()
        .map(|(name, _)| Cell::text(name.as_str()).in_bold());
    let mut rows: Vec<Vec<Cell>> = vec![head.collect()];
    let mut notes: Vec<String> = Vec::new();
    let last = grid.rows.len();
    for (at, row) in (1..).zip(&grid.rows) {
        let bold = grid.sum && at == last;
        rows.push(
            row.iter()
                .map(|cell| {
                    notes.extend(cell.span.note.iter().map(|note| note.text.clone()));
                    let one = Cell::new(value(cell.figure, &cell.span.text));
                    if bold { one.in_bold() } else { one }
                })
                .collect(),
        );
    }
    if !notes.is_empty() {
        rows.push(Vec::new());
        rows.extend(notes.into_iter().map(|note| vec![Cell::text(note)]));
    }
    Sheet {
        name,
        rows,
        widths: grid
            .columns
            .iter()
            .map(|(_, share)| f64::from(*share).max(10.0))
            .collect(),
        ..Sheet::default()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of children; 52 bits are more than enough"
)]
fn value(figure: Option<Figure>, text: &str) -> Value {
    match figure {
        Some(Figure::Count(count)) => Value::Number(count as f64),
        Some(Figure::Percent(hundredths)) => Value::Number(hundredths as f64 / 100.0),
        None if text.is_empty() => Value::Empty,
        None => Value::text(text),
    }
}
