//! Tables, and rows of boxes, which are tables too.
//!
//! In: a [`Table`], places of boxes. Out: markup with fixed widths.

use std::fmt::Write as _;

use super::{
    body::Body,
    xml::{self, twips},
};
use crate::{
    document::{Cell, Row, Span, Table},
    error::Refusal,
    pages,
    text::Words,
};

/// A thin line on all sides and between.
const LINES: &str = "<w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/><w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
     <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
     <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/><w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/></w:tblBorders>";

impl Body {
    /// A table on pages `height_mm` high between their margins.
    pub fn table(&mut self, table: &Table, height_mm: f32) -> Result<String, Refusal> {
        let mut out = begun(
            &table.columns_mm,
            if table.bare { "" } else { LINES },
            pages::PAD_SIDE_MM,
            pages::PAD_MM,
        );
        for row in &table.heading {
            out.push_str(&self.row(row, table, height_mm, true)?);
        }
        for row in &table.rows {
            out.push_str(&self.row(row, table, height_mm, false)?);
        }
        Ok(out + "</w:tbl>")
    }

    fn row(
        &mut self,
        row: &Row,
        table: &Table,
        height_mm: f32,
        heading: bool,
    ) -> Result<String, Refusal> {
        // A row longer than most of a page may be cut: it would go nowhere else.
        let whole = pages::row_mm(row, &table.columns_mm) <= height_mm * 0.6;
        let mut out = format!(
            "<w:tr><w:trPr>{}{}{}</w:trPr>",
            if whole { "<w:cantSplit/>" } else { "" },
            if row.height_mm > 0.0 {
                format!(
                    "<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>",
                    twips(row.height_mm)
                )
            } else {
                String::new()
            },
            if heading { "<w:tblHeader/>" } else { "" },
        );
        let mut first = 0;
        for cell in &row.cells {
            let width = pages::cell_mm(cell, &table.columns_mm, first);
            first += cell.columns();
            out.push_str(&self.cell(cell, width)?);
        }
        Ok(out + "</w:tr>")
    }

    fn cell(&mut self, cell: &Cell, width: f32) -> Result<String, Refusal> {
        let mut out = format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{}{}{}{}</w:tcPr>",
            twips(width + 2.0 * pages::PAD_SIDE_MM),
            if cell.columns() > 1 {
                format!("<w:gridSpan w:val=\"{}\"/>", cell.columns())
            } else {
                String::new()
            },
            if cell.thick {
                framed(12)
            } else {
                String::new()
            },
            if cell.grey {
                "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8E8E8\"/>"
            } else {
                ""
            },
            if cell.middle {
                "<w:vAlign w:val=\"center\"/>"
            } else {
                ""
            },
        );
        for piece in &cell.pieces {
            out.push_str(&self.piece(piece, width)?);
        }
        // A cell ends with a paragraph; what ends with a row of boxes has one already.
        if cell.pieces.is_empty() {
            out.push_str(&xml::empty(1.0, ""));
        }
        Ok(out + "</w:tc>")
    }
}

/// Boxes in a row at these places, with these words inside.
pub fn squares(places: &[f32], side: f32, inside: &[Words], size: f32) -> String {
    let mut widths = Vec::new();
    let mut cells = String::new();
    let mut end = places.first().copied().unwrap_or(0.0);
    for (at, place) in places.iter().enumerate() {
        if place - end > 0.05 {
            widths.push(place - end);
            let _ = write!(
                cells,
                "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
                twips(place - end),
                xml::empty(1.0, "")
            );
        }
        widths.push(side);
        end = place + side;
        let words = inside.get(at).map_or_else(
            || xml::empty(1.0, ""),
            |words| {
                format!(
                    "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>",
                    xml::run(words.as_str(), &Span::default(), size)
                )
            },
        );
        let _ = write!(
            cells,
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{}<w:vAlign w:val=\"center\"/></w:tcPr>{words}</w:tc>",
            twips(side),
            framed(4)
        );
    }
    let row = format!(
        "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{}\" w:hRule=\"exact\"/></w:trPr>{cells}</w:tr></w:tbl>",
        twips(side)
    );
    begun(&widths, "", 0.0, 0.0) + &row + &xml::empty(pages::UNDER_BOXES_MM, "")
}

/// Lines around one cell, in eighths of a point.
fn framed(eighths: u32) -> String {
    let side = |name: &str| {
        format!("<w:{name} w:val=\"single\" w:sz=\"{eighths}\" w:space=\"0\" w:color=\"000000\"/>")
    };
    format!(
        "<w:tcBorders>{}{}{}{}</w:tcBorders>",
        side("top"),
        side("left"),
        side("bottom"),
        side("right")
    )
}

/// The beginning of a table of fixed widths.
fn begun(columns_mm: &[f32], lines: &str, side_mm: f32, above_mm: f32) -> String {
    let (side, above) = (twips(side_mm), twips(above_mm));
    let columns = columns_mm
        .iter()
        .map(|width| format!("<w:gridCol w:w=\"{}\"/>", twips(*width)))
        .collect::<Vec<_>>()
        .concat();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblInd w:w=\"0\" w:type=\"dxa\"/>{lines}<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"{above}\" w:type=\"dxa\"/><w:left w:w=\"{side}\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"{above}\" w:type=\"dxa\"/><w:right w:w=\"{side}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>",
        twips(columns_mm.iter().sum())
    )
}
