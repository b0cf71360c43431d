//! Word 2007 and later: tables (ECMA-376 part 1, 17.4).
//!
//! In: a checked workbook. Out: a docx file: for each sheet its paragraphs and its table, landscape. Cells have text as shown;
//! merged ranges become `gridSpan` and `vMerge`.

use super::grid::{self, Covered};
use super::markup::{escape, escaped};
use super::package::{HEAD, Package, content_types, properties, relations, root_relations};
use super::xlsx::{LEVEL, PIECE_BYTES};
use super::{Cell, FontName, Sheet, Workbook};
use crate::write::WriteError;
use std::io::Write;

const NAME: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Writes the file.
pub(super) fn write(book: &Workbook, out: &mut dyn Write) -> Result<(), WriteError> {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    let (main, look) = (
        format!("{KIND}document.main+xml"),
        format!("{KIND}styles+xml"),
    );
    let types = [
        ("/word/document.xml".to_owned(), main.as_str()),
        ("/word/styles.xml".to_owned(), look.as_str()),
    ];
    let styles = format!(
        "{HEAD}<w:styles xmlns:w=\"{NAME}\"><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"24\"/></w:rPr></w:rPrDefault>\
         </w:docDefaults></w:styles>",
        fonts(super::looks::USUAL)
    );
    let mut package = Package::new(out, LEVEL);
    package.part(
        "[Content_Types].xml",
        content_types(&types, false).as_bytes(),
    )?;
    package.part(
        "_rels/.rels",
        root_relations("word/document.xml").as_bytes(),
    )?;
    package.part("docProps/core.xml", properties().as_bytes())?;
    let target = ("rId1".to_owned(), "styles", "styles.xml".to_owned());
    package.part(
        "word/_rels/document.xml.rels",
        relations([target]).as_bytes(),
    )?;
    package.part("word/styles.xml", styles.as_bytes())?;
    package.begin("word/document.xml")?;
    let mut xml = format!("{HEAD}<w:document xmlns:w=\"{NAME}\"><w:body>");
    for sheet in &book.sheets {
        for text in &sheet.paragraphs {
            xml.push_str("<w:p>");
            run(text, None, false, &mut xml);
            xml.push_str("</w:p>");
        }
        write_table(&mut package, sheet, &mut xml)?;
    }
    xml.push_str(
        "<w:p/><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"850\" w:right=\"850\" \
         w:bottom=\"850\" w:left=\"850\" w:header=\"700\" w:footer=\"700\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
    );
    package.push(xml.as_bytes())?;
    package.finish()?;
    Ok(())
}

fn fonts(name: &str) -> String {
    let name = escaped(name);
    format!("<w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\" w:cs=\"{name}\"/>")
}

/// A piece of text in a font.
fn run(text: &str, font: FontName, bold: bool, xml: &mut String) {
    xml.push_str("<w:r>");
    if font.is_some() || bold {
        xml.push_str("<w:rPr>");
        if let Some(name) = font {
            xml.push_str(&fonts(name));
        }
        xml.push_str(if bold { "<w:b/></w:rPr>" } else { "</w:rPr>" });
    }
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            xml.push_str("<w:br/>");
        }
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                xml.push_str("<w:tab/>");
            }
            xml.push_str("<w:t xml:space=\"preserve\">");
            escape(piece, xml);
            xml.push_str("</w:t>");
        }
    }
    xml.push_str("</w:r>");
}

fn write_table<W: Write>(
    package: &mut Package<W>,
    sheet: &Sheet,
    xml: &mut String,
) -> Result<(), WriteError> {
    let width = grid::reach(sheet);
    if sheet.rows.is_empty() || width == 0 {
        return Ok(());
    }
    xml.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        append!(
            xml,
            "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
        );
    }
    xml.push_str("</w:tblBorders></w:tblPr><w:tblGrid>");
    for column in 0..width {
        // A letter is about a twelfth of an inch wide at this size; a column of no said width shares the page.
        let letters = sheet.widths.get(column).copied().unwrap_or(0.0);
        let letters = if letters > 0.0 { letters } else { 9.0 };
        append!(xml, "<w:gridCol w:w=\"{:.0}\"/>", letters * 120.0);
    }
    xml.push_str("</w:tblGrid>");
    let covered = Covered::of(sheet);
    let none = Cell::default();
    for (row, line) in sheet.rows.iter().enumerate() {
        xml.push_str("<w:tr>");
        let places = covered.row(row);
        let mut column = 0;
        while column < width {
            let place = grid::place_at(places, column);
            let (mut across, mut looks) = (1, String::new());
            if let Some(place) = place {
                let (down, wide) = grid::spans(sheet, place.merge);
                across = wide.max(1);
                if across > 1 {
                    append!(looks, "<w:gridSpan w:val=\"{across}\"/>");
                }
                if down > 1 {
                    looks.push_str(if place.first {
                        "<w:vMerge w:val=\"restart\"/>"
                    } else {
                        "<w:vMerge/>"
                    });
                }
            }
            let seen = place.is_none_or(|place| place.first);
            let cell = line.get(column).filter(|_| seen).unwrap_or(&none);
            append!(xml, "<w:tc><w:tcPr>{looks}</w:tcPr><w:p>");
            content(cell, xml);
            xml.push_str("</w:p></w:tc>");
            column += across;
        }
        xml.push_str("</w:tr>");
        if xml.len() >= PIECE_BYTES {
            package.push(xml.as_bytes())?;
            xml.clear();
        }
    }
    xml.push_str("</w:tbl>");
    Ok(())
}

fn content(cell: &Cell, xml: &mut String) {
    if !cell.runs.is_empty() {
        for piece in &cell.runs {
            run(&piece.text, piece.font, piece.bold, xml);
        }
        return;
    }
    let mut text = String::new();
    grid::shown(cell, &mut text);
    if !text.is_empty() {
        run(&text, cell.font, cell.bold, xml);
    }
}
