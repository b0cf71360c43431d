//! The text of a document: sections, paragraphs, footnotes, pictures.
//!
//! In: a [`Document`] whose counted tables are cut. Out: the markup of `word/document.xml`, and what it refers to.

use std::fmt::Write as _;

use super::xml::{self, twips};
use crate::{
    document::{Block, Document, Piece, Section, Span, Text, Ticks},
    error::Refusal,
    measure, pages, qr,
};

/// What has been written so far.
#[derive(Default)]
pub struct Body {
    /// Markup of the text.
    pub xml: String,
    /// Runs of each footnote.
    pub notes: Vec<String>,
    /// Heads and feet of pages.
    pub parts: Vec<Part>,
    /// QR codes.
    pub pictures: Vec<Picture>,
}

/// A head or foot of pages.
pub struct Part {
    /// It is a head.
    pub head: bool,
    /// Its markup.
    pub xml: String,
    /// It shows pictures.
    pub pictures: bool,
}

/// A QR code.
pub struct Picture {
    /// What it says.
    pub text: String,
    /// Its picture.
    pub png: Vec<u8>,
}

impl Part {
    /// Kind of its relationship and content.
    pub fn kind(&self) -> &'static str {
        if self.head { "header" } else { "footer" }
    }

    /// Name of its file, the `at`-th.
    pub fn file(&self, at: usize) -> String {
        format!("{}{at}.xml", self.kind())
    }

    /// Id of the relationship of the `at`-th.
    pub fn id(at: usize) -> String {
        format!("rId-part{at}")
    }
}

impl Body {
    /// Writes all of `document`.
    pub fn document(&mut self, document: &Document) -> Result<(), Refusal> {
        let last = document.sections.len();
        for (at, section) in document.sections.iter().enumerate() {
            for block in &section.blocks {
                self.block(block, section)?;
            }
            let properties = self.pages(section, last > 1)?;
            if at + 1 == last {
                self.xml.push_str(&properties);
            } else {
                // The properties of a section stand in its last paragraph.
                let _ = write!(
                    self.xml,
                    "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr>{properties}</w:pPr></w:p>"
                );
            }
        }
        Ok(())
    }

    fn block(&mut self, block: &Block, section: &Section) -> Result<(), Refusal> {
        let xml = match block {
            Block::Piece(piece) => self.piece(piece, section.room_mm().0)?,
            // Two tables that touch would become one.
            Block::Table(table) => self.table(table, section.room_mm().1)? + &xml::empty(0.3, ""),
            Block::Break => xml::empty(0.3, "<w:pageBreakBefore/>"),
        };
        self.xml.push_str(&xml);
        Ok(())
    }

    /// A piece in a room `width` millimetres wide.
    pub fn piece(&mut self, piece: &Piece, width: f32) -> Result<String, Refusal> {
        Ok(match piece {
            Piece::Text(text) => self.text(text),
            Piece::Stroke(length) => {
                let beside = twips(((width - length) / 2.0).max(0.0));
                let above = twips(pages::ABOVE_STROKE_MM);
                let height = twips(pages::STROKE_MM - pages::ABOVE_STROKE_MM);
                format!(
                    "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/></w:pBdr><w:spacing w:before=\"{above}\" w:after=\"0\" w:line=\"{height}\" w:lineRule=\"exact\"/>\
                     <w:ind w:left=\"{beside}\" w:right=\"{beside}\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>"
                )
            }
            Piece::Boxes(boxes) => {
                super::table::squares(&pages::box_places(boxes), boxes.side_mm, &[], 0.0)
            }
            Piece::Ticks(ticks) if ticks.inside => super::table::squares(
                &pages::tick_places(ticks),
                ticks.side_mm,
                &ticks.labels,
                ticks.size_pt,
            ),
            Piece::Ticks(one) => ticks(one),
            Piece::Write(words, size) => {
                let above = twips(pages::WRITE_MM - measure::line_mm(*size)).max(0);
                format!(
                    "<w:p><w:pPr><w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{}\"/></w:tabs><w:spacing w:before=\"{above}\" w:after=\"0\"/></w:pPr>{}<w:r>{}<w:tab/></w:r></w:p>",
                    twips(width),
                    xml::run(&format!("{} ", words.as_str()), &Span::default(), *size),
                    xml::look(&Span::default(), *size)
                )
            }
            Piece::Code(link, side, under) => {
                let at = self.picture(link)?;
                let mut out = format!(
                    "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>",
                    xml::picture(at, *side)
                );
                for line in under {
                    let _ = write!(
                        out,
                        "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>",
                        xml::run(line.as_str(), &Span::bold(""), pages::SMALL_PT)
                    );
                }
                out
            }
            Piece::Space(height) => xml::empty(*height, ""),
        })
    }

    /// A paragraph.
    fn text(&mut self, text: &Text) -> String {
        let size = text.size();
        let mut out = format!(
            "<w:p><w:pPr><w:spacing w:before=\"{}\" w:after=\"0\"/><w:ind w:firstLine=\"{}\"/>{}<w:rPr><w:sz w:val=\"{}\"/></w:rPr></w:pPr>",
            xml::whole(text.above_pt * 20.0),
            twips(text.indent_mm),
            xml::aligned(text.align),
            xml::whole(size * 2.0),
        );
        for span in &text.spans {
            out.push_str(&xml::run(span.words.as_str(), span, size));
            if let Some(note) = &span.note {
                let runs: String = std::iter::once(Span::plain(" "))
                    .chain(note.iter().cloned())
                    .map(|span| xml::run(span.words.as_str(), &span, 10.0))
                    .collect();
                self.notes.push(runs);
                let raised = Span {
                    raised: true,
                    ..Span::default()
                };
                let _ = write!(
                    out,
                    "<w:r>{}<w:footnoteReference w:id=\"{}\"/></w:r>",
                    xml::look(&raised, size),
                    self.notes.len()
                );
            }
        }
        out + "</w:p>"
    }

    /// Number of the picture of `text`; made once.
    pub fn picture(&mut self, text: &str) -> Result<usize, Refusal> {
        if let Some(at) = self
            .pictures
            .iter()
            .position(|picture| picture.text == text)
        {
            return Ok(at);
        }
        self.pictures.push(Picture {
            text: text.to_owned(),
            png: qr::png(text)?,
        });
        Ok(self.pictures.len() - 1)
    }
}

/// Boxes to tick with words behind; a box stays with its word.
fn ticks(ticks: &Ticks) -> String {
    let line = twips(measure::line_mm(ticks.size_pt).max(ticks.side_mm + 1.0));
    let mut out = format!(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{line}\" w:lineRule=\"exact\"/></w:pPr>"
    );
    for (at, label) in ticks.labels.iter().enumerate() {
        if at > 0 {
            out.push_str(&xml::run("   ", &Span::default(), ticks.size_pt));
        }
        out.push_str(&xml::run(
            "□",
            &Span::default(),
            ticks.side_mm / measure::MM_PER_PT / 0.6,
        ));
        out.push_str(&xml::run(
            &format!("\u{a0}{}", label.as_str().replace(' ', "\u{a0}")),
            &Span::default(),
            ticks.size_pt,
        ));
    }
    out + "</w:p>"
}
