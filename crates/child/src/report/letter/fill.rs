//! Fills a template in.
//!
//! In: a [`Template`], [`Facts`]. Out: [`Written`]. What nothing is known of stands as "…" and is named in [`Written::open`].

use super::field::{Field, Kind};
use super::template::{Bit, Block, Head, Piece, Shape, Template};
use super::{Grid, Part, Span, Written};
use crate::texts::capital;
use std::collections::{BTreeMap, BTreeSet};

/// What is known for the fields.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    texts: BTreeMap<Field, String>,
    lines: BTreeMap<Field, Vec<Span>>,
    tables: BTreeMap<Field, Grid>,
}

impl Facts {
    /// Words of a field.
    pub fn text(&mut self, field: Field, text: impl Into<String>) {
        self.texts.insert(field, text.into());
    }

    /// Lines of a field.
    pub fn lines(&mut self, field: Field, lines: Vec<Span>) {
        self.lines.insert(field, lines);
    }

    /// A table.
    pub fn table(&mut self, field: Field, grid: Grid) {
        self.tables.insert(field, grid);
    }

    /// True where something is known that is more than nothing.
    fn has(&self, field: Field) -> bool {
        match field.kind() {
            Kind::Text => self
                .texts
                .get(&field)
                .is_some_and(|text| !text.is_empty() && text != "0"),
            Kind::Lines => self
                .lines
                .get(&field)
                .is_some_and(|lines| !lines.is_empty()),
            Kind::Table => self
                .tables
                .get(&field)
                .is_some_and(|grid| !grid.rows.is_empty()),
        }
    }
}

/// Fills a template in.
pub fn fill(template: &Template, facts: &Facts) -> Written {
    let mut filler = Filler {
        template,
        facts,
        open: BTreeSet::new(),
    };
    let mut out = Written::default();
    for (head, pieces) in &template.head {
        filler.head(&mut out, *head, pieces);
    }
    for block in &template.blocks {
        filler.block(&mut out.parts, block);
    }
    out.open = filler
        .open
        .iter()
        .map(|field| field.name().to_owned())
        .collect();
    out
}

struct Filler<'f> {
    template: &'f Template,
    facts: &'f Facts,
    open: BTreeSet<Field>,
}

impl Filler<'_> {
    fn head(&mut self, out: &mut Written, head: Head, pieces: &[Piece]) {
        let lines = match pieces {
            [
                Piece {
                    bit: Bit::Field(field),
                    ..
                },
            ] if field.kind() == Kind::Lines => {
                if let Some(lines) = self.facts.lines.get(field) {
                    lines.iter().map(|line| line.text.clone()).collect()
                } else {
                    self.open.insert(*field);
                    Vec::new()
                }
            }
            _ => vec![
                self.spans(pieces)
                    .into_iter()
                    .map(|span| span.text)
                    .collect::<String>(),
            ],
        };
        let many = |slot: &mut Vec<String>| {
            slot.extend(lines.iter().filter(|line| !line.is_empty()).cloned());
        };
        let one = || lines.first().cloned().unwrap_or_default();
        match head {
            Head::Above => out.above = one(),
            Head::Office => out.office = one(),
            Head::Mark => out.mark = one(),
            Head::Place => out.place = one(),
            Head::About => out.about = one(),
            Head::Title => out.title = one(),
            Head::Signer => out.name = one(),
            Head::To => many(&mut out.to),
            Head::Copies => many(&mut out.copies),
            Head::SignerOffice => many(&mut out.signer),
        }
    }

    fn block(&mut self, out: &mut Vec<Part>, block: &Block) {
        if block.only_with.is_some_and(|field| !self.facts.has(field)) {
            return;
        }
        match block.shape {
            Shape::Heading => out.push(Part::Heading(self.sentence(&block.pieces))),
            Shape::Paragraph => out.push(Part::Paragraph(self.sentence(&block.pieces))),
            Shape::Dash => out.push(Part::Dash(self.sentence(&block.pieces))),
            Shape::Field(field) if field.kind() == Kind::Table => {
                // A table without rows says nothing.
                if self.facts.has(field)
                    && let Some(grid) = self.facts.tables.get(&field)
                {
                    out.push(Part::Table(grid.clone()));
                }
            }
            Shape::Field(field) => {
                let lines = self.facts.lines.get(&field).into_iter().flatten();
                out.extend(lines.map(|line| Part::Dash(vec![line.clone()])));
            }
        }
    }

    /// A paragraph: it begins with a capital, whatever field it begins with.
    fn sentence(&mut self, pieces: &[Piece]) -> Vec<Span> {
        let mut out = self.spans(pieces);
        if let Some(first) = out.first_mut() {
            first.text = capital(&first.text);
        }
        out
    }

    fn spans(&mut self, pieces: &[Piece]) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        for piece in pieces {
            let text = match &piece.bit {
                Bit::Words(words) => words.clone(),
                Bit::Field(field) => self.text(*field),
                Bit::Note(name) => {
                    let template = self.template;
                    let note = template.notes.get(name).map_or(&[][..], Vec::as_slice);
                    let note = self.spans(note);
                    match out.last_mut() {
                        Some(last) if last.note.is_empty() => last.note = note,
                        _ => out.push(Span {
                            note,
                            ..Span::default()
                        }),
                    }
                    continue;
                }
            };
            match out.last_mut() {
                Some(last)
                    if last.bold == piece.bold
                        && last.italic == piece.italic
                        && last.note.is_empty() =>
                {
                    last.text.push_str(&text);
                }
                _ => out.push(Span {
                    text,
                    bold: piece.bold,
                    italic: piece.italic,
                    note: Vec::new(),
                }),
            }
        }
        for span in &mut out {
            // A field that is empty leaves two spaces behind.
            while span.text.contains("  ") {
                span.text = span.text.replace("  ", " ");
            }
        }
        out
    }

    fn text(&mut self, field: Field) -> String {
        if let Some(text) = self.facts.texts.get(&field) {
            return text.clone();
        }
        self.open.insert(field);
        "…".to_owned()
    }
}
