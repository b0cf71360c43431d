//! PDF/A-2b by typst.
//!
//! In: a [`Document`]. Out: the bytes of a PDF. The program that typst runs (`pdf/paper.typ`) is fixed; a document reaches it as data in
//! `sys.inputs`, so that nothing that stands in a list is ever read as markup. No file, no network, no clock: the same document of
//! the same day gives the same bytes.

mod values;
mod world;

use treem_child::normalise::date::PartialDate;
use typst::{diag::SourceDiagnostic, foundations::Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{
    document::{Block, Document},
    error::Refusal,
    limits, pages,
};

/// A document with every letter at its place. What typst remembered while it worked is forgotten when this is dropped.
pub struct Laid {
    document: PagedDocument,
    tagged: bool,
}

/// The bytes of `document`, made on a day, as PDF/A-2b, which wants to know the day.
pub fn write(document: &Document, made: PartialDate) -> Result<Vec<u8>, Refusal> {
    lay_out(document, made)?.export()
}

/// Puts every letter at its place: the longer part of the work.
pub fn lay_out(document: &Document, made: PartialDate) -> Result<Laid, Refusal> {
    // Tags for readers of screens; a counted list is for paper, where they make five sixths of the file.
    let tagged = !document
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .any(|block| matches!(block, Block::Table(table) if table.counted.is_some()));
    let document = pages::cut(document)?;
    let world = world::World::new(values::document(&document, made)?);
    let laid = typst::compile::<PagedDocument>(&world)
        .output
        .map(|document| Laid { document, tagged })
        .map_err(|errors| typeset(&errors));
    if laid.is_err() {
        comemo::evict(0);
    }
    let laid = laid?;
    if laid.pages() > limits::PAGES {
        return Err(Refusal::Pages(laid.pages()));
    }
    Ok(laid)
}

impl Laid {
    /// Pages of the document.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// The bytes of the PDF.
    pub fn export(&self) -> Result<Vec<u8>, Refusal> {
        let standards = PdfStandards::new(&[PdfStandard::A_2b])
            .map_err(|error| Refusal::Typeset(error.message().to_string()))?;
        let options = PdfOptions {
            standards,
            tagged: self.tagged,
            creator: Smart::Custom(Some("treem".to_owned())),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| typeset(&errors))
    }
}

impl Drop for Laid {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

impl std::fmt::Debug for Laid {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Laid({} pages)", self.pages())
    }
}

/// The first of typst's words.
fn typeset(errors: &[SourceDiagnostic]) -> Refusal {
    Refusal::Typeset(
        errors
            .first()
            .map_or_else(String::new, |error| error.message.to_string()),
    )
}

/// Fonts of the documents, as typst reads them: for tests that look into them.
pub fn fonts() -> &'static [typst::text::Font] {
    world::fonts()
}
