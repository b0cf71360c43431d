//! A web page of tables under the name of an Excel file: what many web systems call "export to Excel".
//!
//! In: a checked workbook. Out: HTML in UTF-8 with the styles Excel understands: text stays text, days have their format.

use super::grid::{self, Covered};
use super::looks::{Kind, Looks};
use super::markup::{escape, escaped};
use super::{Cell, Sheet, Workbook};
use crate::write::WriteError;
use std::io::Write;

/// Writes the page.
pub(super) fn write(book: &Workbook, out: &mut dyn Write) -> Result<(), WriteError> {
    let mut looks = Looks::of(book);
    let mut page = String::from(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\r\n<head>\r\n\
         <meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n<style>\r\nbr {mso-data-placement:same-cell;}\r\n",
    );
    for (index, (font, kind)) in looks.formats.iter().enumerate() {
        let Some(face) = looks.fonts.get(*font) else {
            continue;
        };
        let weight = if face.bold { "bold" } else { "normal" };
        let format = match kind {
            Kind::General => "General".to_owned(),
            Kind::Text => "\"\\@\"".to_owned(),
            Kind::Date => "\"dd\\/mm\\/yyyy\"".to_owned(),
            Kind::Padded(digits) => format!("\"{}\"", "0".repeat(usize::from(*digits))),
        };
        append!(
            page,
            "td.x{index} {{font-family:\"{}\"; font-weight:{weight}; mso-number-format:{format}; white-space:pre-wrap;}}\r\n",
            face.name.replace(['"', '<', '\\'], "")
        );
    }
    page.push_str("</style>\r\n</head>\r\n<body>\r\n");
    for sheet in &book.sheets {
        for text in &sheet.paragraphs {
            page.push_str("<p>");
            lines(text, &mut page);
            page.push_str("</p>\r\n");
        }
        table(sheet, &mut looks, &mut page, out)?;
    }
    page.push_str("</body>\r\n</html>\r\n");
    Ok(out.write_all(page.as_bytes())?)
}

/// Line breaks are elements.
fn lines(text: &str, page: &mut String) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            page.push_str("<br>");
        }
        escape(line, page);
    }
}

fn table(
    sheet: &Sheet,
    looks: &mut Looks,
    page: &mut String,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    page.push_str("<table border=\"1\">\r\n");
    // Every column up to the last one of its own needs an element.
    let mut next = 0;
    for (column, width, hidden) in grid::columns(sheet) {
        for _ in next..column {
            page.push_str("<col>");
        }
        next = column + 1;
        let hidden = if hidden { ";display:none" } else { "" };
        if width > 0.0 {
            append!(page, "<col style=\"width:{width}ch{hidden}\">");
        } else {
            append!(page, "<col style=\"{}\">", hidden.trim_start_matches(';'));
        }
    }
    let width = grid::reach(sheet);
    let (covered, hidden) = (Covered::of(sheet), grid::hidden_rows(sheet));
    let none = Cell::default();
    for (row, line) in sheet.rows.iter().enumerate() {
        page.push_str(if hidden.contains(&row) {
            "<tr style=\"display:none\">"
        } else {
            "<tr>"
        });
        let places = covered.row(row);
        for column in 0..width {
            if grid::hides(places, column) {
                continue;
            }
            let cell = line.get(column).unwrap_or(&none);
            append!(page, "<td class=\"x{}\"", looks.cell(cell));
            if let Some(place) = grid::place_at(places, column) {
                let (down, across) = grid::spans(sheet, place.merge);
                append!(page, " rowspan=\"{down}\" colspan=\"{across}\"");
            }
            page.push('>');
            content(cell, page);
            page.push_str("</td>");
        }
        page.push_str("</tr>\r\n");
        if page.len() >= super::xlsx::PIECE_BYTES {
            out.write_all(page.as_bytes())?;
            page.clear();
        }
    }
    page.push_str("</table>\r\n");
    Ok(())
}

fn content(cell: &Cell, page: &mut String) {
    if cell.runs.is_empty() {
        let mut text = String::new();
        grid::shown(cell, &mut text);
        return lines(&text, page);
    }
    for run in &cell.runs {
        append!(
            page,
            "<font face=\"{}\">{}",
            escaped(run.font.unwrap_or(super::looks::USUAL)),
            if run.bold { "<b>" } else { "" }
        );
        lines(&run.text, page);
        page.push_str(if run.bold { "</b></font>" } else { "</font>" });
    }
}
