//! Cuts counted tables into pages, so that each can say how many rows it holds.
//!
//! In: a [`Document`]. Out: the same with every counted table cut where the page ends, each part closed by "Cộng trang" and followed by a
//! new page. Because widths are known beforehand ([`crate::measure`]), the cut is the same in PDF and DOCX, and typesetting needs no
//! second look at thousands of rows.

use crate::{
    document::{Block, Boxes, Cell, Document, Piece, Row, Section, Span, Table, Text, Ticks},
    error::Refusal,
    limits, measure,
    text::Words,
};

/// Room between the side of a cell and its words, millimetres.
pub const PAD_SIDE_MM: f32 = 1.0;
/// Room between the upper and lower line of a cell and its words, millimetres.
pub const PAD_MM: f32 = 0.6;
/// What the line between two rows adds to a row where a program gives it room of its own, millimetres.
const LINE_MM: f32 = 0.18;
/// Height of a dotted line to write on, millimetres.
pub const WRITE_MM: f32 = 6.0;
/// Room under a row of boxes, millimetres.
pub const UNDER_BOXES_MM: f32 = 0.6;
/// Room between two groups of boxes, millimetres.
pub const BETWEEN_GROUPS_MM: f32 = 1.4;
/// Height of a short line with the room around it, millimetres.
pub const STROKE_MM: f32 = 2.2;
/// Room above a short line, millimetres.
pub const ABOVE_STROKE_MM: f32 = 0.7;
/// Size of the words under a QR code and at the foot, points.
pub const SMALL_PT: f32 = 8.0;
/// Size of the line that closes a page of a counted table, points.
const TOTAL_PT: f32 = 10.0;
/// Kept free on every page of a counted table, millimetres: programs differ a little.
const SLACK_MM: f32 = 4.0;
/// Rows that go to the last page with the signatures, which must not stand alone.
const WITH_SIGNATURES: usize = 2;

/// `document` with its counted tables cut into pages. Refused when they are too many.
pub fn cut(document: &Document) -> Result<Document, Refusal> {
    let sections: Vec<Section> = document.sections.iter().map(section).collect();
    let pages: usize = sections
        .iter()
        .map(|section| {
            1 + section
                .blocks
                .iter()
                .filter(|block| matches!(block, Block::Break))
                .count()
        })
        .sum();
    if pages > limits::PAGES {
        return Err(Refusal::Pages(pages));
    }
    Ok(Document {
        title: document.title.clone(),
        keywords: document.keywords.clone(),
        sections,
    })
}

/// One section, cut.
fn section(section: &Section) -> Section {
    let (width, height) = section.room_mm();
    let mut blocks = Vec::new();
    let mut used = 0.0;
    for (at, block) in section.blocks.iter().enumerate() {
        match block {
            Block::Table(table) if table.counted.is_some() => {
                let behind = section.blocks[at + 1..]
                    .iter()
                    .take_while(|block| !matches!(block, Block::Break));
                let tail = behind.map(|block| block_mm(block, width)).sum();
                used = counted(table, height, used, tail, &mut blocks);
            }
            block => {
                used = if matches!(block, Block::Break) {
                    0.0
                } else {
                    used + block_mm(block, width)
                };
                blocks.push(block.clone());
            }
        }
    }
    Section {
        across: section.across,
        running: section.running.clone(),
        blocks,
    }
}

/// Cuts one counted table that begins `used` millimetres down its first page and is followed by `tail` millimetres; gives how far down the
/// last page it ends.
fn counted(table: &Table, height: f32, used: f32, tail: f32, blocks: &mut Vec<Block>) -> f32 {
    let around = table
        .heading
        .iter()
        .map(|row| row_mm(row, &table.columns_mm))
        .sum::<f32>()
        + measure::line_mm(TOTAL_PT)
        + 2.0
        + SLACK_MM;
    let heights: Vec<f32> = table
        .rows
        .iter()
        .map(|row| row_mm(row, &table.columns_mm))
        .collect();
    let mut ends = Vec::new();
    let mut filled = used + around;
    let mut begun = 0;
    for (at, row) in heights.iter().enumerate() {
        if filled + row > height && at > begun {
            ends.push(at);
            begun = at;
            filled = around;
        }
        filled += row;
    }
    ends.push(heights.len());
    let on_last = heights.len() - begun;
    if filled + tail > height && on_last > 1 {
        let last = heights.len() - WITH_SIGNATURES.min(on_last - 1);
        ends.insert(ends.len() - 1, last);
        filled = around + heights[last..].iter().sum::<f32>();
    }
    let of = table.counted.clone().unwrap_or_default();
    let mut from = 0;
    for (page, end) in ends.iter().copied().enumerate() {
        if page > 0 {
            blocks.push(Block::Break);
        }
        blocks.push(Block::Table(Table {
            columns_mm: table.columns_mm.clone(),
            heading: table.heading.clone(),
            rows: table.rows[from..end].to_vec(),
            bare: table.bare,
            counted: None,
        }));
        blocks.push(Block::Piece(Piece::Text(total(
            end - from,
            from,
            end,
            heights.len(),
            &of,
        ))));
        from = end;
    }
    filled.min(height)
}

/// The line that closes a page of a counted table.
fn total(rows: usize, from: usize, end: usize, all: usize, of: &Words) -> Text {
    let of = of.as_str();
    let mut spans = vec![Span::bold(format!("Cộng trang: {rows} {of}"))];
    if rows > 0 {
        spans.push(Span::plain(format!(" (số thứ tự {} đến {end}).", from + 1)));
    }
    if end == all {
        spans.push(Span::bold(format!(" Tổng cộng: {all} {of}.")));
    } else {
        spans.push(Span::plain(format!(" Cộng dồn: {end}/{all}.")));
    }
    Text {
        spans,
        size_pt: TOTAL_PT,
        above_pt: 3.0,
        ..Text::default()
    }
}

/// Height of a block in a room `width` millimetres wide.
pub fn block_mm(block: &Block, width: f32) -> f32 {
    match block {
        Block::Piece(piece) => piece_mm(piece, width),
        Block::Table(table) => table
            .heading
            .iter()
            .chain(&table.rows)
            .map(|row| row_mm(row, &table.columns_mm))
            .sum(),
        Block::Break => 0.0,
    }
}

/// Height of a row.
pub fn row_mm(row: &Row, columns_mm: &[f32]) -> f32 {
    let mut first = 0;
    let mut highest = row.height_mm;
    for cell in &row.cells {
        let width = cell_mm(cell, columns_mm, first);
        first += cell.columns();
        let height: f32 = cell.pieces.iter().map(|piece| piece_mm(piece, width)).sum();
        highest = highest.max(height + 2.0 * PAD_MM + LINE_MM);
    }
    highest
}

/// Room for words in a cell that begins at column `first`, millimetres.
pub fn cell_mm(cell: &Cell, columns_mm: &[f32], first: usize) -> f32 {
    let width: f32 = columns_mm.iter().skip(first).take(cell.columns()).sum();
    (width - 2.0 * PAD_SIDE_MM).max(1.0)
}

/// Height of a piece in a room `width` millimetres wide.
pub fn piece_mm(piece: &Piece, width: f32) -> f32 {
    match piece {
        Piece::Text(text) => {
            text.above_pt * measure::MM_PER_PT + lines(text, width) * measure::line_mm(text.size())
        }
        Piece::Stroke(_) => STROKE_MM,
        Piece::Boxes(boxes) => boxes.side_mm + UNDER_BOXES_MM,
        Piece::Ticks(ticks) => ticks_mm(ticks, width),
        Piece::Write(..) => WRITE_MM,
        Piece::Code(_, side, under) => side + measure::line_mm(SMALL_PT) * count(under.len()),
        Piece::Space(height) => *height,
    }
}

/// Lines of a text.
fn lines(text: &Text, width: f32) -> f32 {
    count(measure::lines(
        &text.spans,
        text.size(),
        width,
        text.indent_mm,
    ))
}

/// Height of boxes to tick.
fn ticks_mm(ticks: &Ticks, width: f32) -> f32 {
    if ticks.inside {
        return ticks.side_mm + UNDER_BOXES_MM;
    }
    let line = measure::line_mm(ticks.size_pt).max(ticks.side_mm + 1.0);
    count(tick_lines(ticks, width).len()) * line
}

/// Which ticks stand together on a line, in a room `width` millimetres wide: numbers of the first and behind the last.
pub fn tick_lines(ticks: &Ticks, width: f32) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let (mut from, mut filled) = (0, 0.0);
    for (at, label) in ticks.labels.iter().enumerate() {
        let one = ticks.side_mm
            + 1.2
            + measure::width_mm(label.as_str(), ticks.size_pt, false) * 1.01
            + 3.0;
        if at > from && filled + one > width + 3.0 {
            lines.push((from, at));
            (from, filled) = (at, 0.0);
        }
        filled += one;
    }
    lines.push((from, ticks.labels.len()));
    lines
}

/// Where each box begins, millimetres from the first.
pub fn box_places(boxes: &Boxes) -> Vec<f32> {
    let mut places = Vec::new();
    let mut x = 0.0;
    for (at, group) in boxes.groups.iter().enumerate() {
        if at > 0 {
            x += BETWEEN_GROUPS_MM;
        }
        for _ in 0..*group {
            places.push(x);
            x += boxes.side_mm;
        }
    }
    places
}

/// Where boxes with words inside begin, millimetres from the first.
pub fn tick_places(ticks: &Ticks) -> Vec<f32> {
    (0..ticks.labels.len())
        .map(|at| count(at) * ticks.side_mm)
        .collect()
}

/// A small number as a factor.
fn count(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}
