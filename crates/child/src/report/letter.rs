//! Letters and reports from templates that an office edits as plain text: what stands in braces is filled in, nothing is executed.
//!
//! In: a template ([`template::read`]), who writes to whom ([`offices::read`]), the figures of a day ([`figures::Figures`]). Out: a
//! [`Written`]: head, paragraphs, tables with footnotes, Nơi nhận, signer, ready for DOCX, PDF, HTML, xlsx. Number and date stay blank.
//! A unit that is behind its target can only be named by `{đơn vị chậm chỉ tiêu}`, which carries the doubts about its headcount along.

pub mod field;
pub mod figures;
mod fill;
pub mod offices;
pub mod table;
pub mod template;
#[cfg(test)]
mod tests;

pub use field::{Field, Kind};
pub use fill::{Facts, fill};

/// The built-in urging letter.
pub const LETTER: &str = include_str!("../../data/letter/cong-van.txt");
/// The built-in sheet of a commune.
pub const COMMUNE: &str = include_str!("../../data/letter/xa.txt");
/// The built-in offices.
pub const OFFICES: &str = include_str!("../../data/letter/co-quan.toml");

/// Words of one look, perhaps with a footnote behind.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Bold.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
    /// Italic.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub italic: bool,
    /// A footnote behind the words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub note: Vec<Span>,
}

impl Span {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// The same with footnotes behind, as one.
    #[must_use]
    pub fn noted(mut self, notes: &[String]) -> Self {
        if !notes.is_empty() {
            self.note = vec![Self::plain(notes.join(" "))];
        }
        self
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Cell {
    /// As printed.
    #[serde(flatten)]
    pub span: Span,
    /// The figure behind it, where it is one: a count, or hundredths of a percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
}

/// A figure of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Figure {
    /// A count.
    Count(i64),
    /// A rate in hundredths of a percent: 8295 is 82.95 %.
    Percent(i64),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Grid {
    /// What it is called, for a sheet of a workbook and for a screen reader.
    pub title: String,
    /// Headings, and how wide each column is beside the others, in tenths.
    pub columns: Vec<(String, u16)>,
    /// Rows, a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// The last row is a sum.
    pub sum: bool,
}

/// A part of what is written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// A heading.
    Heading(Vec<Span>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A paragraph behind a dash.
    Dash(Vec<Span>),
    /// A table.
    Table(Grid),
}

/// A letter or report, filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// The office above the one that writes; may be empty.
    pub above: String,
    /// The office that writes.
    pub office: String,
    /// What stands behind the blank number.
    pub mark: String,
    /// The place before the blank date.
    pub place: String,
    /// Its summary (V/v), or nothing.
    pub about: String,
    /// Its title, for what is no letter; or nothing.
    pub title: String,
    /// To whom.
    pub to: Vec<String>,
    /// What it says.
    pub parts: Vec<Part>,
    /// Nơi nhận.
    pub copies: Vec<String>,
    /// Lines of the signer's office.
    pub signer: Vec<String>,
    /// Who signs; empty to be written by hand.
    pub name: String,
    /// Names of fields that nothing was known for; they stand as "…".
    pub open: Vec<String>,
}

impl Written {
    /// Its tables.
    pub fn tables(&self) -> impl Iterator<Item = &Grid> {
        self.parts.iter().filter_map(|part| match part {
            Part::Table(grid) => Some(grid),
            _ => None,
        })
    }
}
