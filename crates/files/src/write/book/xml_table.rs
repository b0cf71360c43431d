//! XML Spreadsheet 2003 (Microsoft's SpreadsheetML).
//!
//! In: a checked workbook. Out: an XML file for the name of an Excel file. Days are dates of the calendar, whatever the epoch; a
//! cell of several fonts has that of the cell.

use super::grid::{self, Covered};
use super::looks::{Kind, Looks};
use super::markup::{escape, escaped, number};
use super::{Cell, Sheet, Value, Workbook};
use crate::write::WriteError;
use std::io::Write;

/// Writes the file.
pub(super) fn write(book: &Workbook, out: &mut dyn Write) -> Result<(), WriteError> {
    let mut looks = Looks::of(book);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<?mso-application progid=\"Excel.Sheet\"?>\r\n<Workbook \
         xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\r\n",
    );
    if book.date1904 {
        xml.push_str("<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>\r\n");
    }
    xml.push_str("<Styles>\r\n");
    for (index, (font, kind)) in looks.formats.iter().enumerate() {
        let Some(face) = looks.fonts.get(*font) else {
            continue;
        };
        // The usual one has the name that Excel expects.
        let id = if index == 0 {
            "Default".to_owned()
        } else {
            format!("s{index}")
        };
        let bold = if face.bold { " ss:Bold=\"1\"" } else { "" };
        let code = match kind {
            Kind::General => String::new(),
            Kind::Text => "@".to_owned(),
            kind => kind.code().unwrap_or_default(),
        };
        append!(
            xml,
            "<Style ss:ID=\"{id}\"><Font ss:FontName=\"{}\" ss:Size=\"12\"{bold}/><NumberFormat ss:Format=\"{code}\"/></Style>\r\n",
            escaped(face.name)
        );
    }
    xml.push_str("</Styles>\r\n");
    for sheet in &book.sheets {
        table(sheet, &mut looks, &mut xml, out)?;
    }
    xml.push_str("</Workbook>\r\n");
    Ok(out.write_all(xml.as_bytes())?)
}

fn table(
    sheet: &Sheet,
    looks: &mut Looks,
    xml: &mut String,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    append!(
        xml,
        "<Worksheet ss:Name=\"{}\">\r\n<Table>\r\n",
        escaped(&sheet.name)
    );
    for (column, width, hidden) in grid::columns(sheet) {
        // Points; a letter is about six wide.
        let width = if width > 0.0 { width } else { 9.0 } * 6.0;
        let hidden = if hidden { " ss:Hidden=\"1\"" } else { "" };
        append!(
            xml,
            "<Column ss:Index=\"{}\" ss:AutoFitWidth=\"0\" ss:Width=\"{width:.2}\"{hidden}/>\r\n",
            column + 1
        );
    }
    let (covered, hidden) = (Covered::of(sheet), grid::hidden_rows(sheet));
    for (row, line) in sheet.rows.iter().enumerate() {
        append!(
            xml,
            "<Row ss:Index=\"{}\"{}>",
            row + 1,
            if hidden.contains(&row) {
                " ss:Hidden=\"1\""
            } else {
                ""
            }
        );
        let places = covered.row(row);
        let none = Cell::default();
        let corners = places
            .iter()
            .filter(|place| place.first)
            .map(|place| usize::from(place.merge.first_column) + 1);
        for column in 0..line.len().max(corners.max().unwrap_or(0)) {
            if grid::hides(places, column) {
                continue;
            }
            let cell = line.get(column).unwrap_or(&none);
            let place = grid::place_at(places, column);
            let bare = cell.runs.is_empty() && cell.value == Value::Empty;
            let look = looks.cell(cell);
            if bare && look == 0 && place.is_none() {
                continue;
            }
            append!(xml, "<Cell ss:Index=\"{}\"", column + 1);
            if look > 0 {
                append!(xml, " ss:StyleID=\"s{look}\"");
            }
            if let Some(place) = place {
                let (down, across) = grid::spans(sheet, place.merge);
                append!(
                    xml,
                    " ss:MergeAcross=\"{}\" ss:MergeDown=\"{}\"",
                    across - 1,
                    down.saturating_sub(1)
                );
            }
            match &cell.value {
                Value::Formula { formula, .. } => {
                    append!(xml, " ss:Formula=\"={}\"", escaped(formula));
                }
                // LibreOffice shows an error only where a formula gives it.
                Value::Error(name) => append!(xml, " ss:Formula=\"={name}\""),
                _ => {}
            }
            if bare {
                xml.push_str("/>");
                continue;
            }
            content(cell, xml);
            xml.push_str("</Cell>");
        }
        xml.push_str("</Row>\r\n");
        if xml.len() >= super::xlsx::PIECE_BYTES {
            out.write_all(xml.as_bytes())?;
            xml.clear();
        }
    }
    xml.push_str("</Table>\r\n<WorksheetOptions xmlns=\"urn:schemas-microsoft-com:office:excel\">");
    if sheet.hidden {
        xml.push_str("<Visible>SheetHidden</Visible>");
    }
    xml.push_str("</WorksheetOptions>\r\n</Worksheet>\r\n");
    Ok(())
}

/// The rest of an open `<Cell`.
fn content(cell: &Cell, xml: &mut String) {
    let value = grid::plain(&cell.value);
    let kind = match value {
        _ if !cell.runs.is_empty() => "String",
        Value::Number(_) | Value::PaddedNumber(..) => "Number",
        Value::Date(_) => "DateTime",
        Value::Error(_) => "Error",
        Value::Empty => return xml.push('>'),
        Value::Text(_) | Value::Formula { .. } => "String",
    };
    append!(xml, "><Data ss:Type=\"{kind}\">");
    match value {
        Value::Number(value) | Value::PaddedNumber(value, _) if cell.runs.is_empty() => {
            number(*value, xml);
        }
        Value::Date(serial) if cell.runs.is_empty() => {
            let (year, month, day) = grid::civil(*serial);
            append!(xml, "{year:04}-{month:02}-{day:02}T00:00:00.000");
        }
        _ => {
            let mut text = String::new();
            grid::shown(cell, &mut text);
            escape(&text, xml);
        }
    }
    xml.push_str("</Data>");
}
