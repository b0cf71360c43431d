//! Phụ lục: any table as an annex to a document.
//!
//! In: an [`Annex`]. Out: a [`Document`], upright or across, heading repeated on every page.

use crate::{
    document::{Block, Cell, Document, Piece, Row, Running, Section, Span, Table},
    error::Refusal,
    parts::{self, cell, cell_centred, quiet},
    text::Words,
};

/// A table to be printed.
#[derive(Clone, Default)]
pub struct Annex {
    /// Across instead of upright.
    pub across: bool,
    /// Above the title ("Phụ lục I"), or nothing.
    pub number: String,
    /// Title.
    pub title: String,
    /// What it belongs to ("(Kèm theo Công văn số        /UBND ngày …)"), or nothing.
    pub with: String,
    /// Headings, and how wide each column is beside the others.
    pub columns: Vec<(String, f32)>,
    /// Rows, a text a cell.
    pub rows: Vec<Vec<String>>,
    /// The last row is a sum, printed bold.
    pub sum: bool,
    /// What is counted ("trẻ em"): pages are then closed by their number of rows.
    pub counted: String,
    /// Line at the foot of every page, or nothing.
    pub foot: String,
    /// Size of the letters, points; 0 is 11.
    pub size_pt: f32,
}

quiet!(Annex);

impl Annex {
    /// The document. Refused when the table is too long or wide, or its rows differ.
    pub fn document(&self) -> Result<Document, Refusal> {
        parts::whole(&self.columns, &self.rows)?;
        let foot = if self.foot.is_empty() {
            Vec::new()
        } else {
            vec![Words::new(&self.foot)]
        };
        let running = Running {
            foot,
            pages: true,
            code: None,
            number_above: false,
        };
        let mut section = Section {
            across: self.across,
            running,
            blocks: Vec::new(),
        };
        let room = section.room_mm().0;
        if !self.number.is_empty() {
            section.blocks.push(Block::Piece(parts::centred(
                vec![Span::bold(self.number.as_str())],
                14.0,
            )));
        }
        section.blocks.push(Block::Piece(parts::centred(
            vec![Span::bold(self.title.to_uppercase())],
            14.0,
        )));
        if !self.with.is_empty() {
            section.blocks.push(Block::Piece(parts::centred(
                vec![Span::italic(self.with.as_str())],
                13.0,
            )));
        }
        section.blocks.push(Block::Piece(Piece::Space(4.0)));
        section.blocks.push(Block::Table(self.table(room)));
        Ok(Document {
            title: self.title.as_str().into(),
            sections: vec![section],
            ..Document::default()
        })
    }

    /// The table in a room `room` wide.
    fn table(&self, room: f32) -> Table {
        let size = if self.size_pt > 0.0 {
            self.size_pt
        } else {
            11.0
        };
        let last = self.rows.len();
        let rows = self.rows.iter().enumerate().map(|(at, row)| {
            let bold = self.sum && at + 1 == last;
            let cells = row.iter().map(|text| figure_or_words(text, bold, size));
            Row {
                cells: cells.collect(),
                height_mm: 0.0,
            }
        });
        Table {
            columns_mm: parts::widths(&self.columns, room),
            heading: vec![Row {
                cells: self
                    .columns
                    .iter()
                    .map(|(name, _)| cell_centred(Span::bold(name.as_str()), size).grey())
                    .collect(),
                height_mm: 0.0,
            }],
            rows: rows.collect(),
            bare: false,
            counted: (!self.counted.is_empty()).then(|| self.counted.as_str().into()),
        }
    }
}

/// A cell of a table: figures, dates and codes in the middle, words on the left.
fn figure_or_words(text: &str, bold: bool, size: f32) -> Cell {
    let words = Words::value(text);
    let figure = words.as_str().chars().all(|letter| !letter.is_alphabetic());
    let span = Span {
        words,
        bold,
        ..Span::default()
    };
    if figure {
        cell_centred(span, size)
    } else {
        cell(span, size)
    }
}
