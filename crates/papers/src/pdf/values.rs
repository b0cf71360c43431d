//! A document as the data that `paper.typ` reads.
//!
//! In: a [`Document`] whose counted tables are cut. Out: a dictionary of typst. Words become strings, never markup; what is too wide for
//! its cell gets places to break.

use std::collections::HashMap;

use treem_child::normalise::date::PartialDate;
use typst::foundations::{Array, Bytes, Dict, IntoValue as _, Value, dict};

use crate::{
    document::{Align, Block, Cell, Document, Piece, Row, Section, Span, Table, Text},
    error::Refusal,
    measure, pages, qr,
    text::Words,
};

/// Pictures made already: one QR stands on every page.
type Pictures = HashMap<String, Bytes>;

/// `document`, made on a day, as data.
pub fn document(document: &Document, made: PartialDate) -> Result<Dict, Refusal> {
    let mut pictures = Pictures::new();
    let sections: Array = document
        .sections
        .iter()
        .map(|one| section(one, &mut pictures).map(Value::Dict))
        .collect::<Result<_, _>>()?;
    let keywords: Array = document
        .keywords
        .iter()
        .map(|word| word.as_str().into_value())
        .collect();
    Ok(dict! {
        "title" => document.title.as_str(),
        "keywords" => keywords,
        "year" => i64::from(made.year),
        "month" => i64::from(made.month.max(1)),
        "day" => i64::from(made.day.max(1)),
        "sections" => sections,
    })
}

fn section(section: &Section, pictures: &mut Pictures) -> Result<Dict, Refusal> {
    let (width, height) = section.size_mm();
    let room = section.room_mm();
    let blocks: Array = section
        .blocks
        .iter()
        .map(|one| block(one, room, pictures).map(Value::Dict))
        .collect::<Result<_, _>>()?;
    let running = &section.running;
    let foot: Array = running
        .foot
        .iter()
        .map(|line| line.as_str().into_value())
        .collect();
    let code = running
        .code
        .as_ref()
        .map(|text| picture(text, pictures))
        .transpose()?;
    Ok(dict! {
        "width" => f64::from(width),
        "height" => f64::from(height),
        "margins" => section.margins_mm().map(f64::from).into_iter().map(Value::Float).collect::<Array>(),
        "foot" => foot,
        "pages" => running.pages,
        "code" => code.map_or(Value::None, Value::Bytes),
        "above" => running.number_above,
        "blocks" => blocks,
    })
}

fn block(block: &Block, room: (f32, f32), pictures: &mut Pictures) -> Result<Dict, Refusal> {
    match block {
        Block::Piece(one) => piece(one, room.0, pictures),
        Block::Table(one) => table(one, room.1, pictures),
        Block::Break => Ok(dict! { "kind" => "break" }),
    }
}

fn table(table: &Table, height: f32, pictures: &mut Pictures) -> Result<Dict, Refusal> {
    let columns: Array = table
        .columns_mm
        .iter()
        .map(|width| Value::Float(f64::from(*width)))
        .collect();
    let mut rows = |rows: &[Row]| -> Result<Array, Refusal> {
        rows.iter()
            .map(|one| row(one, table, height, pictures).map(Value::Dict))
            .collect()
    };
    Ok(
        dict! { "kind" => "table", "columns" => columns, "bare" => table.bare, "heading" => rows(&table.heading)?, "rows" => rows(&table.rows)? },
    )
}

fn row(row: &Row, table: &Table, height: f32, pictures: &mut Pictures) -> Result<Dict, Refusal> {
    let high = pages::row_mm(row, &table.columns_mm);
    let mut first = 0;
    let mut cells = Array::new();
    for one in &row.cells {
        let width = pages::cell_mm(one, &table.columns_mm, first);
        first += one.columns();
        cells.push(Value::Dict(cell(one, width, pictures)?));
    }
    // A row that asks for a height gets what its words need, if that is more; one longer than most of a page may be cut.
    let fixed = if row.height_mm > 0.0 {
        Value::Float(f64::from(high))
    } else {
        Value::None
    };
    Ok(dict! { "height" => fixed, "cut" => high > height * 0.6, "cells" => cells })
}

fn cell(cell: &Cell, width: f32, pictures: &mut Pictures) -> Result<Dict, Refusal> {
    let pieces: Array = cell
        .pieces
        .iter()
        .map(|one| piece(one, width, pictures).map(Value::Dict))
        .collect::<Result<_, _>>()?;
    Ok(dict! {
        "span" => i64::try_from(cell.columns()).unwrap_or(1),
        "grey" => cell.grey,
        "middle" => cell.middle,
        "thick" => cell.thick,
        "pieces" => pieces,
    })
}

fn piece(piece: &Piece, width: f32, pictures: &mut Pictures) -> Result<Dict, Refusal> {
    Ok(match piece {
        Piece::Text(one) => text(one, width),
        Piece::Stroke(length) => {
            dict! { "kind" => "stroke", "length" => f64::from(*length), "above" => f64::from(pages::ABOVE_STROKE_MM), "height" => f64::from(pages::STROKE_MM) }
        }
        Piece::Boxes(boxes) => squares(&pages::box_places(boxes), boxes.side_mm, &[], 1.0),
        Piece::Ticks(ticks) if ticks.inside => squares(
            &pages::tick_places(ticks),
            ticks.side_mm,
            &ticks.labels,
            ticks.size_pt,
        ),
        Piece::Ticks(ticks) => {
            let labels: Array = ticks
                .labels
                .iter()
                .map(|label| label.as_str().into_value())
                .collect();
            let line = measure::line_mm(ticks.size_pt).max(ticks.side_mm + 1.0);
            dict! { "kind" => "ticks", "labels" => labels, "side" => f64::from(ticks.side_mm), "size" => f64::from(ticks.size_pt), "line" => f64::from(line) }
        }
        Piece::Write(words, size) => {
            dict! { "kind" => "write", "words" => words.as_str(), "size" => f64::from(*size), "height" => f64::from(pages::WRITE_MM) }
        }
        Piece::Code(link, side, under) => {
            let under: Array = under
                .iter()
                .map(|line| line.as_str().into_value())
                .collect();
            dict! { "kind" => "code", "picture" => Value::Bytes(picture(link, pictures)?), "side" => f64::from(*side), "under" => under }
        }
        Piece::Space(height) => dict! { "kind" => "space", "height" => f64::from(*height) },
    })
}

/// Squares at these places, with these words inside.
fn squares(places: &[f32], side: f32, inside: &[Words], size: f32) -> Dict {
    let wide = places.last().copied().unwrap_or(0.0) + side;
    let places: Array = places
        .iter()
        .map(|place| Value::Float(f64::from(*place)))
        .collect();
    let inside: Array = inside
        .iter()
        .map(|words| words.as_str().into_value())
        .collect();
    dict! {
        "kind" => "squares",
        "places" => places,
        "inside" => inside,
        "width" => f64::from(wide),
        "side" => f64::from(side),
        "size" => f64::from(size),
        "under" => f64::from(pages::UNDER_BOXES_MM),
    }
}

fn text(text: &Text, width: f32) -> Dict {
    let size = text.size();
    let align = match text.align {
        Align::Left => "left",
        Align::Centre => "centre",
        Align::Right => "right",
        Align::Both => "both",
    };
    dict! {
        "kind" => "text",
        "spans" => spans(&text.spans, size, width),
        "align" => align,
        "size" => f64::from(size),
        "indent" => f64::from(text.indent_mm),
        "above" => f64::from(text.above_pt),
    }
}

/// Spans: a plain one is a string, another a dictionary.
fn spans(spans: &[Span], size: f32, width: f32) -> Array {
    let words = |words: &Words, bold: bool| measure::breakable(words.as_str(), size, bold, width);
    spans
        .iter()
        .map(|span| {
            if !(span.bold || span.italic || span.raised) && span.note.is_none() {
                return words(&span.words, false).into_value();
            }
            let note = span.note.as_ref().map_or(Value::None, |note| Value::Array(self::spans(note, 10.0, 160.0)));
            Value::Dict(dict! { "words" => words(&span.words, span.bold), "bold" => span.bold, "italic" => span.italic, "raised" => span.raised, "note" => note })
        })
        .collect()
}

/// The QR code of `text`.
fn picture(text: &str, pictures: &mut Pictures) -> Result<Bytes, Refusal> {
    if let Some(picture) = pictures.get(text) {
        return Ok(picture.clone());
    }
    let picture = Bytes::new(qr::png(text)?);
    pictures.insert(text.to_owned(), picture.clone());
    Ok(picture)
}
