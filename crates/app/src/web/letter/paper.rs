//! What was written, as a page shows it: in the layout of the paper, footnotes at its end.
//!
//! In: a [`Written`]. Out: [`Paper`].

use treem_child::report::letter::{Grid, Part, Span, Written};

/// A paper as it is shown.
pub struct Paper {
    /// Which of the page, for its footnotes' names.
    pub nth: usize,
    /// The office above, in capitals.
    pub above: String,
    /// The office, in capitals.
    pub office: String,
    /// Behind the number.
    pub mark: String,
    /// Before the date.
    pub place: String,
    /// V/v.
    pub about: String,
    /// The title of a report, in capitals.
    pub title: String,
    /// To whom.
    pub to: Vec<String>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Footnotes.
    pub notes: Vec<String>,
    /// Nơi nhận.
    pub copies: Vec<String>,
    /// The signer's office.
    pub signer: Vec<String>,
    /// Who signs.
    pub name: String,
}

/// A block.
pub struct Block {
    /// `heading`, `paragraph`, `dash`, `table`.
    pub kind: &'static str,
    /// Its words.
    pub spans: Vec<Shown>,
    /// Title of a table.
    pub title: String,
    /// Heads of a table.
    pub heads: Vec<String>,
    /// Rows of a table.
    pub rows: Vec<Row>,
}

/// A row of a table.
pub struct Row {
    /// A sum.
    pub sum: bool,
    /// Cells: head of the column, words, whether it is a figure.
    pub cells: Vec<(String, Shown, bool)>,
}

/// Words with a footnote's number behind.
pub struct Shown {
    /// The words.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// The footnote's number; 0 for none.
    pub note: usize,
}

impl Paper {
    /// The paper of what was written; `nth` on its page.
    pub fn of(nth: usize, written: &Written) -> Self {
        let mut notes = Vec::new();
        let blocks = written
            .parts
            .iter()
            .map(|part| block(part, &mut notes))
            .collect();
        Self {
            nth,
            above: written.above.to_uppercase(),
            office: written.office.to_uppercase(),
            mark: written.mark.clone(),
            place: written.place.clone(),
            about: written.about.clone(),
            title: written.title.to_uppercase(),
            to: written.to.clone(),
            blocks,
            notes,
            copies: written.copies.clone(),
            signer: written.signer.clone(),
            name: written.name.clone(),
        }
    }
}

fn shown(span: &Span, notes: &mut Vec<String>) -> Shown {
    let note = if span.note.is_empty() {
        0
    } else {
        notes.push(span.note.iter().map(|note| note.text.as_str()).collect());
        notes.len()
    };
    Shown {
        text: span.text.clone(),
        bold: span.bold,
        italic: span.italic,
        note,
    }
}

fn block(part: &Part, notes: &mut Vec<String>) -> Block {
    let (kind, spans) = match part {
        Part::Heading(spans) => ("heading", spans.as_slice()),
        Part::Paragraph(spans) => ("paragraph", spans.as_slice()),
        Part::Dash(spans) => ("dash", spans.as_slice()),
        Part::Table(grid) => return table(grid, notes),
    };
    Block {
        kind,
        spans: spans.iter().map(|span| shown(span, notes)).collect(),
        title: String::new(),
        heads: Vec::new(),
        rows: Vec::new(),
    }
}

/// A table as it is shown; footnotes are added to `notes`.
pub fn table(grid: &Grid, notes: &mut Vec<String>) -> Block {
    let last = grid.rows.len();
    let rows = (1..).zip(&grid.rows).map(|(at, row)| Row {
        sum: grid.sum && at == last,
        cells: row
            .iter()
            .zip(&grid.columns)
            .map(|(cell, (head, _))| {
                let is_figure = cell.figure.is_some() || cell.span.text == "–";
                (head.clone(), shown(&cell.span, notes), is_figure)
            })
            .collect(),
    });
    Block {
        kind: "table",
        spans: Vec::new(),
        title: grid.title.clone(),
        heads: grid.columns.iter().map(|(name, _)| name.clone()).collect(),
        rows: rows.collect(),
    }
}
