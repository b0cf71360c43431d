//! Công văn: a letter in the layout of Nghị định 30/2020/NĐ-CP, of any content.
//!
//! In: a [`Letter`]. Out: a [`Document`]: head with summary, Kính gửi, paragraphs, tables and footnotes, Nơi nhận and signature. Number and
//! date are left blank.

use crate::{
    document::{Align, Block, Cell, Document, Piece, Row, Running, Section, Span, Table, Text},
    error::Refusal,
    parts::{self, Office, Signer, cell_centred, centred, left, paragraph},
};

/// A letter. Its content is the office's own, not a child's; `Debug` is silent all the same.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// Who writes.
    pub office: Office,
    /// Its summary, behind "V/v ".
    pub about: String,
    /// Its title, in the middle, where it is no letter but a report; or nothing.
    pub title: String,
    /// To whom, one a line.
    pub to: Vec<String>,
    /// What it says; the last paragraph ends with "./.".
    pub parts: Vec<Part>,
    /// Nơi nhận, one a line, without dash.
    pub copies: Vec<String>,
    /// Who signs.
    pub signer: Signer,
}

/// One part of a letter.
#[derive(Debug, Clone)]
pub enum Part {
    /// A heading.
    Heading(Vec<Span>),
    /// A paragraph; a span may carry a footnote.
    Paragraph(Vec<Span>),
    /// A paragraph behind a dash.
    Dash(Vec<Span>),
    /// A table.
    Table(Grid),
}

/// A table of a letter.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// Headings, and how wide each column is beside the others.
    pub columns: Vec<(String, f32)>,
    /// Rows: a span a cell; the first column on the left, the others on the right.
    pub rows: Vec<Vec<Span>>,
    /// Size of the letters, points; 0 is 12.
    pub size_pt: f32,
    /// Which cells hold words and stand on the left, row by row; empty: those of the first column.
    pub words: Vec<Vec<bool>>,
}

impl Letter {
    /// The document. Refused when a table has cells that its columns do not have.
    pub fn document(&self) -> Result<Document, Refusal> {
        let mut section = Section {
            running: Running {
                number_above: true,
                ..Running::default()
            },
            ..Section::default()
        };
        let room = section.room_mm().0;
        let about = if self.about.is_empty() {
            String::new()
        } else {
            format!("V/v {}", self.about)
        };
        section.blocks.push(parts::head(&self.office, &about, room));
        section.blocks.push(Block::Piece(Piece::Space(6.0)));
        if !self.title.is_empty() {
            section.blocks.extend(parts::title(&self.title, &[]));
            section.blocks.push(Block::Piece(Piece::Space(3.0)));
        }
        section.blocks.extend(addressed(&self.to, room));
        section.blocks.push(Block::Piece(Piece::Space(3.0)));
        for part in &self.parts {
            match part {
                Part::Heading(spans) => {
                    let spans = spans
                        .iter()
                        .cloned()
                        .map(|span| Span { bold: true, ..span })
                        .collect();
                    section.blocks.push(Block::Piece(paragraph(spans)));
                }
                Part::Paragraph(spans) => {
                    section.blocks.push(Block::Piece(paragraph(spans.clone())));
                }
                Part::Dash(spans) => {
                    let spans = std::iter::once(Span::plain("- "))
                        .chain(spans.iter().cloned())
                        .collect();
                    section.blocks.push(Block::Piece(paragraph(spans)));
                }
                Part::Table(grid) => {
                    section.blocks.push(Block::Piece(Piece::Space(2.0)));
                    section.blocks.push(grid.block(room)?);
                }
            }
        }
        section.blocks.push(Block::Piece(Piece::Space(4.0)));
        section.blocks.push(self.signed(room));
        Ok(Document {
            title: if self.title.is_empty() {
                about.into()
            } else {
                self.title.as_str().into()
            },
            sections: vec![section],
            ..Document::default()
        })
    }

    /// Nơi nhận on the left, the signature on the right.
    fn signed(&self, room: f32) -> Block {
        let mut copies = vec![left(
            vec![Span {
                bold: true,
                ..Span::italic("Nơi nhận:")
            }],
            12.0,
        )];
        copies.extend(
            self.copies
                .iter()
                .map(|copy| left(vec![Span::plain(format!("- {copy}"))], 11.0)),
        );
        let mut signer: Vec<Piece> = self
            .signer
            .office
            .iter()
            .map(|line| centred(vec![Span::bold(line.to_uppercase())], 13.0))
            .collect();
        signer.push(Piece::Space(24.0));
        signer.push(centred(vec![Span::bold(self.signer.name.as_str())], 13.0));
        parts::beside(
            vec![room * 0.5, room * 0.5],
            vec![Cell::of(copies), Cell::of(signer)],
        )
    }
}

/// "Kính gửi:" with one office behind it, or several under it.
fn addressed(to: &[String], room: f32) -> Vec<Block> {
    match to {
        [] => Vec::new(),
        [one] => vec![Block::Piece(centred(
            vec![Span::plain(format!("Kính gửi: {one}"))],
            13.0,
        ))],
        several => {
            let to = several
                .iter()
                .map(|office| left(vec![Span::plain(format!("- {office}"))], 13.0))
                .collect();
            let word = Piece::Text(Text {
                spans: vec![Span::plain("Kính gửi:")],
                align: Align::Right,
                ..Text::default()
            });
            vec![parts::beside(
                vec![room * 0.33, room * 0.67],
                vec![Cell::of(vec![word]), Cell::of(to)],
            )]
        }
    }
}

impl Grid {
    /// The table in a room `room_mm` wide.
    pub fn block(&self, room_mm: f32) -> Result<Block, Refusal> {
        parts::whole(&self.columns, &self.rows)?;
        let size = if self.size_pt > 0.0 {
            self.size_pt
        } else {
            12.0
        };
        let rows = self.rows.iter().enumerate().map(|(nth, row)| {
            let words = self.words.get(nth);
            let cells = row.iter().enumerate().map(|(at, span)| {
                let is_words = at == 0 || words.is_some_and(|row| row.get(at) == Some(&true));
                let align = if is_words { Align::Left } else { Align::Right };
                Cell::of(vec![Piece::Text(Text {
                    spans: vec![span.clone()],
                    align,
                    size_pt: size,
                    ..Text::default()
                })])
                .middle()
            });
            Row {
                cells: cells.collect(),
                height_mm: 0.0,
            }
        });
        Ok(Block::Table(Table {
            columns_mm: parts::widths(&self.columns, room_mm),
            heading: vec![Row {
                cells: self
                    .columns
                    .iter()
                    .map(|(name, _)| cell_centred(Span::bold(name.as_str()), size))
                    .collect(),
                height_mm: 0.0,
            }],
            rows: rows.collect(),
            ..Table::default()
        }))
    }
}
