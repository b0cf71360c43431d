//! LibreOffice sheets (OpenDocument 1.3, part 3).
//!
//! In: a checked workbook. Out: an ods file. Days are stored as days, whatever the epoch of the workbook.

use super::grid::{self, Covered};
use super::looks::{Face, Kind, Looks};
use super::markup::{escape, escaped, number};
use super::package::Package;
use super::xlsx::{LEVEL, PIECE_BYTES};
use super::{Cell, Sheet, Value, Workbook};
use crate::write::WriteError;
use std::io::Write;

const TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
    xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" \
    xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
    xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" \
    xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\" \
    xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\" office:version=\"1.3\"";

/// Writes the file.
pub(super) fn write(book: &Workbook, out: &mut dyn Write) -> Result<(), WriteError> {
    let mut package = Package::new(out, LEVEL);
    package.stored("mimetype", TYPE.as_bytes())?;
    let manifest = format!(
        "{HEAD}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{TYPE}\"/><manifest:file-entry \
         manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    package.part("META-INF/manifest.xml", manifest.as_bytes())?;
    package.begin("content.xml")?;
    let mut looks = Looks::of(book);
    let mut xml = head(book, &looks);
    for (index, sheet) in book.sheets.iter().enumerate() {
        write_table(&mut package, sheet, index, &mut looks, &mut xml)?;
    }
    xml.push_str("</office:spreadsheet></office:body></office:document-content>");
    package.push(xml.as_bytes())?;
    package.finish()?;
    Ok(())
}

/// Everything before the first table: fonts and styles.
fn head(book: &Workbook, looks: &Looks) -> String {
    let mut xml = format!("{HEAD}<office:document-content {NAMES}><office:font-face-decls>");
    for (index, face) in looks.fonts.iter().enumerate() {
        append!(
            xml,
            "<style:font-face style:name=\"F{index}\" svg:font-family=\"&apos;{}&apos;\"/>",
            escaped(face.name)
        );
    }
    xml.push_str("</office:font-face-decls><office:automatic-styles>");
    for (id, _) in looks.codes() {
        match id - 164 {
            0 => xml.push_str(
                "<number:date-style style:name=\"N164\"><number:day number:style=\"long\"/><number:text>/</number:text>\
                 <number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/>\
                 </number:date-style>",
            ),
            digits => append!(
                xml,
                "<number:number-style style:name=\"N{id}\"><number:number number:decimal-places=\"0\" \
                 number:min-integer-digits=\"{digits}\"/></number:number-style>"
            ),
        }
    }
    xml.push_str(
        "<number:text-style style:name=\"N49\"><number:text-content/></number:text-style>",
    );
    for (index, (font, kind)) in looks.formats.iter().enumerate() {
        let data = match kind {
            Kind::General => String::new(),
            kind => format!(" style:data-style-name=\"N{}\"", kind.format()),
        };
        append!(
            xml,
            "<style:style style:name=\"ce{index}\" style:family=\"table-cell\"{data}>{}</style:style>",
            letters(looks, *font)
        );
    }
    for font in 0..looks.fonts.len() {
        append!(
            xml,
            "<style:style style:name=\"T{font}\" style:family=\"text\">{}</style:style>",
            letters(looks, font)
        );
    }
    for (index, sheet) in book.sheets.iter().enumerate() {
        let shown = !sheet.hidden;
        append!(
            xml,
            "<style:style style:name=\"ta{index}\" style:family=\"table\"><style:table-properties table:display=\"{shown}\"/>\
             </style:style>"
        );
        for (column, width, _) in grid::columns(sheet) {
            // A letter is about 2.2 mm wide at this size.
            let width = if width > 0.0 { width } else { 9.0 } * 2.2;
            append!(
                xml,
                "<style:style style:name=\"co{index}-{column}\" style:family=\"table-column\"><style:table-column-properties \
                 style:column-width=\"{width:.2}mm\"/></style:style>"
            );
        }
    }
    xml + "</office:automatic-styles><office:body><office:spreadsheet>"
}

fn letters(looks: &Looks, font: usize) -> String {
    let bold = looks.fonts.get(font).is_some_and(|face| face.bold);
    let weight = if bold { "bold" } else { "normal" };
    format!(
        "<style:text-properties style:font-name=\"F{font}\" fo:font-size=\"12pt\" fo:font-weight=\"{weight}\"/>"
    )
}

fn write_table<W: Write>(
    package: &mut Package<W>,
    sheet: &Sheet,
    index: usize,
    looks: &mut Looks,
    xml: &mut String,
) -> Result<(), WriteError> {
    append!(
        xml,
        "<table:table table:name=\"{}\" table:style-name=\"ta{index}\">",
        escaped(&sheet.name)
    );
    let mut next = 0;
    for (column, _, hidden) in grid::columns(sheet) {
        let between = usize::from(column) - next;
        if between > 0 {
            append!(
                xml,
                "<table:table-column table:number-columns-repeated=\"{between}\"/>"
            );
        }
        let hidden = if hidden {
            " table:visibility=\"collapse\""
        } else {
            ""
        };
        append!(
            xml,
            "<table:table-column table:style-name=\"co{index}-{column}\"{hidden}/>"
        );
        next = usize::from(column) + 1;
    }
    let rest = grid::width(sheet).saturating_sub(next);
    if rest > 0 || next == 0 {
        append!(
            xml,
            "<table:table-column table:number-columns-repeated=\"{}\"/>",
            rest.max(1)
        );
    }
    let (covered, hidden) = (Covered::of(sheet), grid::hidden_rows(sheet));
    for (row, line) in sheet.rows.iter().enumerate() {
        xml.push_str(if hidden.contains(&row) {
            "<table:table-row table:visibility=\"collapse\">"
        } else {
            "<table:table-row>"
        });
        let places = covered.row(row);
        let reach = places
            .iter()
            .map(|place| usize::from(place.merge.last_column) + 1)
            .max()
            .unwrap_or(0)
            .max(line.len())
            .max(1);
        let none = Cell::default();
        for column in 0..reach {
            if grid::hides(places, column) {
                xml.push_str("<table:covered-table-cell/>");
                continue;
            }
            let mut span = String::new();
            if let Some(place) = grid::place_at(places, column) {
                let (down, across) = grid::spans(sheet, place.merge);
                append!(
                    span,
                    " table:number-columns-spanned=\"{across}\" table:number-rows-spanned=\"{down}\""
                );
            }
            write_cell(line.get(column).unwrap_or(&none), &span, looks, xml);
        }
        xml.push_str("</table:table-row>");
        if xml.len() >= PIECE_BYTES {
            package.push(xml.as_bytes())?;
            xml.clear();
        }
    }
    if sheet.rows.is_empty() {
        xml.push_str("<table:table-row><table:table-cell/></table:table-row>");
    }
    xml.push_str("</table:table>");
    Ok(())
}

fn write_cell(cell: &Cell, span: &str, looks: &mut Looks, xml: &mut String) {
    let look = looks.cell(cell);
    append!(xml, "<table:table-cell table:style-name=\"ce{look}\"{span}");
    if !cell.runs.is_empty() {
        xml.push_str(" office:value-type=\"string\" calcext:value-type=\"string\"><text:p>");
        for run in &cell.runs {
            let font = looks.font(Face::of(run.font, run.bold));
            for (index, line) in run.text.split('\n').enumerate() {
                if index > 0 {
                    xml.push_str("</text:p><text:p>");
                }
                if !line.is_empty() {
                    append!(xml, "<text:span text:style-name=\"T{font}\">");
                    spaced(line, xml);
                    xml.push_str("</text:span>");
                }
            }
        }
        xml.push_str("</text:p></table:table-cell>");
        return;
    }
    match grid::plain(&cell.value) {
        Value::Empty | Value::Formula { .. } => return xml.push_str("/>"),
        Value::Text(_) => {
            xml.push_str(" office:value-type=\"string\" calcext:value-type=\"string\">");
        }
        Value::Number(value) | Value::PaddedNumber(value, _) => {
            xml.push_str(" office:value-type=\"float\" office:value=\"");
            number(*value, xml);
            xml.push_str("\">");
        }
        Value::Date(serial) => {
            let (year, month, day) = grid::civil(*serial);
            append!(
                xml,
                " office:value-type=\"date\" office:date-value=\"{year:04}-{month:02}-{day:02}\">"
            );
        }
        Value::Error(name) => {
            append!(
                xml,
                " table:formula=\"of:={name}\" office:value-type=\"string\" office:string-value=\"\" \
                 calcext:value-type=\"error\">"
            );
        }
    }
    let mut text = String::new();
    grid::shown(cell, &mut text);
    for line in text.split('\n') {
        xml.push_str("<text:p>");
        spaced(line, xml);
        xml.push_str("</text:p>");
    }
    xml.push_str("</table:table-cell>");
}

/// Blanks that would be lost (at the ends, after another, tabs) are written as elements (part 3, 6.1.2).
fn spaced(line: &str, xml: &mut String) {
    let mut blank = true;
    let mut letters = line.char_indices().peekable();
    let mut from = 0;
    while let Some((at, letter)) = letters.next() {
        let element = match letter {
            ' ' if blank || letters.peek().is_none() => "<text:s/>",
            '\t' => "<text:tab/>",
            _ => {
                blank = letter == ' ';
                continue;
            }
        };
        blank = true;
        escape(line.get(from..at).unwrap_or_default(), xml);
        xml.push_str(element);
        from = at + 1;
    }
    escape(line.get(from..).unwrap_or_default(), xml);
}
