//! Excel 2007 and later (ECMA-376 part 1).
//!
//! In: a checked workbook. Out: an xlsx or xlsm file with shared strings. Own code: the cells go straight into the deflater, and
//! nothing in the file depends on the day.

use super::grid::{self, Covered, EPOCH_1904};
use super::looks::{Face, Looks};
use super::markup::{escape, escaped, number, whole};
use super::package::{HEAD, Package, content_types, properties, relations, root_relations};
use super::shared::{Shared, Strings};
use super::{Cell, Sheet, Value, Workbook};
use crate::write::WriteError;
use std::io::Write;

/// The name space of spreadsheets.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Level of deflate: higher ones cost much time and save little.
pub(super) const LEVEL: i64 = 2;
/// XML is handed to the deflater in pieces of about this size.
pub(super) const PIECE_BYTES: usize = 1 << 16;

/// Writes the file; `macros` changes what it says it is.
pub(super) fn write(book: &Workbook, macros: bool, out: &mut dyn Write) -> Result<(), WriteError> {
    let mut package = Package::new(out, LEVEL);
    let names: Vec<(&str, bool)> = book
        .sheets
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.hidden))
        .collect();
    frame(&mut package, &names, book.date1904, macros, true)?;
    let mut looks = Looks::of(book);
    package.part("xl/styles.xml", styles(&looks).as_bytes())?;
    let mut strings = Strings::default();
    for (index, sheet) in book.sheets.iter().enumerate() {
        package.begin(&format!("xl/worksheets/sheet{}.xml", index + 1))?;
        write_sheet(&mut package, sheet, book.date1904, &mut looks, &mut strings)?;
    }
    package.begin("xl/sharedStrings.xml")?;
    write_strings(&mut package, &strings)?;
    package.finish()?;
    Ok(())
}

/// The parts around the sheets. `strings`: there are shared ones.
pub(super) fn frame<W: Write>(
    package: &mut Package<W>,
    sheets: &[(&str, bool)],
    date1904: bool,
    macros: bool,
    strings: bool,
) -> Result<(), WriteError> {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    let main = if macros {
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml".to_owned()
    } else {
        format!("{KIND}sheet.main+xml")
    };
    let (styles, shared, page) = (
        format!("{KIND}styles+xml"),
        format!("{KIND}sharedStrings+xml"),
        format!("{KIND}worksheet+xml"),
    );
    let mut types = vec![
        ("/xl/workbook.xml".to_owned(), main.as_str()),
        ("/xl/styles.xml".to_owned(), styles.as_str()),
    ];
    let mut targets = Vec::new();
    let mut list = String::new();
    for (index, (name, hidden)) in sheets.iter().enumerate() {
        let number = index + 1;
        types.push((format!("/xl/worksheets/sheet{number}.xml"), &page));
        targets.push((
            format!("rId{number}"),
            "worksheet",
            format!("worksheets/sheet{number}.xml"),
        ));
        let hidden = if *hidden { " state=\"hidden\"" } else { "" };
        append!(
            list,
            "<sheet name=\"{}\" sheetId=\"{number}\"{hidden} r:id=\"rId{number}\"/>",
            escaped(name)
        );
    }
    targets.push(("rId1001".to_owned(), "styles", "styles.xml".to_owned()));
    if strings {
        types.push(("/xl/sharedStrings.xml".to_owned(), &shared));
        targets.push((
            "rId1002".to_owned(),
            "sharedStrings",
            "sharedStrings.xml".to_owned(),
        ));
    }
    // The first sheet that is seen is the one that is shown.
    let active = sheets.iter().position(|(_, hidden)| !hidden).unwrap_or(0);
    let epoch = if date1904 { " date1904=\"1\"" } else { "" };
    let workbook = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><workbookPr{epoch}/><bookViews><workbookView \
         activeTab=\"{active}\"/></bookViews><sheets>{list}</sheets></workbook>"
    );
    package.part(
        "[Content_Types].xml",
        content_types(&types, false).as_bytes(),
    )?;
    package.part("_rels/.rels", root_relations("xl/workbook.xml").as_bytes())?;
    package.part("docProps/core.xml", properties().as_bytes())?;
    package.part("xl/workbook.xml", workbook.as_bytes())?;
    package.part("xl/_rels/workbook.xml.rels", relations(targets).as_bytes())
}

/// `styles.xml`.
pub(super) fn styles(looks: &Looks) -> String {
    let mut xml = format!("{HEAD}<styleSheet xmlns=\"{MAIN}\">");
    let codes = looks.codes();
    if !codes.is_empty() {
        append!(xml, "<numFmts count=\"{}\">", codes.len());
        for (id, code) in codes {
            append!(xml, "<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>");
        }
        xml.push_str("</numFmts>");
    }
    append!(xml, "<fonts count=\"{}\">", looks.fonts.len());
    for face in &looks.fonts {
        append!(xml, "<font>{}</font>", font(*face, "name"));
    }
    xml.push_str(
        "</fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill \
         patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border>\
         </borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    );
    append!(xml, "<cellXfs count=\"{}\">", looks.formats.len());
    for (font, kind) in &looks.formats {
        append!(
            xml,
            "<xf numFmtId=\"{}\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>",
            kind.format()
        );
    }
    xml + "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
}

/// What stands in `<font>` and, with another name for the name, in `<rPr>`.
fn font(face: Face, name: &str) -> String {
    let bold = if face.bold { "<b/>" } else { "" };
    format!(
        "{bold}<sz val=\"12\"/><{name} val=\"{}\"/>",
        escaped(face.name)
    )
}

fn write_sheet<'b, W: Write>(
    package: &mut Package<W>,
    sheet: &'b Sheet,
    date1904: bool,
    looks: &mut Looks,
    strings: &mut Strings<'b>,
) -> Result<(), WriteError> {
    let mut xml = sheet_head(grid::columns(sheet));
    let covered = Covered::of(sheet);
    let hidden = grid::hidden_rows(sheet);
    let mut names = ColumnNames::default();
    for (row, line) in sheet.rows.iter().enumerate() {
        let is_hidden = !hidden.is_empty() && hidden.contains(&row);
        if line.is_empty() && !is_hidden {
            continue;
        }
        let places = covered.row(row);
        begin_row(row, is_hidden, &mut xml);
        for (column, cell) in line.iter().enumerate() {
            if grid::hides(places, column) {
                continue;
            }
            let bare = cell.runs.is_empty() && cell.value == Value::Empty;
            if bare && cell.font.is_none() && !cell.bold {
                continue;
            }
            begin_cell(&mut names, column, row, looks.cell(cell), &mut xml);
            if bare {
                xml.push_str("/>");
            } else {
                content(cell, date1904, strings, &mut xml);
            }
        }
        xml.push_str("</row>");
        if xml.len() >= PIECE_BYTES {
            package.push(xml.as_bytes())?;
            xml.clear();
        }
    }
    xml.push_str("</sheetData>");
    write_merges(sheet, &mut xml);
    xml.push_str("</worksheet>");
    package.push(xml.as_bytes())
}

/// The beginning of a sheet, up to its first row.
pub(super) fn sheet_head(columns: impl IntoIterator<Item = (u16, f64, bool)>) -> String {
    let mut xml = format!("{HEAD}<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">");
    let mut any = false;
    for (column, width, hidden) in columns {
        if !any {
            xml.push_str("<cols>");
            any = true;
        }
        let width = if width > 0.0 { width } else { 9.0 };
        let hidden = if hidden { " hidden=\"1\"" } else { "" };
        let at = column + 1;
        append!(
            xml,
            "<col min=\"{at}\" max=\"{at}\" width=\"{width}\"{hidden} customWidth=\"1\"/>"
        );
    }
    if any {
        xml.push_str("</cols>");
    }
    xml + "<sheetData>"
}

/// `<row>`; rows from 0.
pub(super) fn begin_row(row: usize, hidden: bool, xml: &mut String) {
    xml.push_str("<row r=\"");
    whole(row as u64 + 1, xml);
    xml.push_str(if hidden { "\" hidden=\"1\">" } else { "\">" });
}

/// The names of columns, made once.
#[derive(Default)]
pub(super) struct ColumnNames(Vec<String>);

/// `<c r="B7" s="3"`, still open.
pub(super) fn begin_cell(
    names: &mut ColumnNames,
    column: usize,
    row: usize,
    look: usize,
    xml: &mut String,
) {
    while names.0.len() <= column {
        let mut name = String::new();
        grid::letters(names.0.len(), &mut name);
        names.0.push(name);
    }
    xml.push_str("<c r=\"");
    xml.push_str(names.0.get(column).map_or("", String::as_str));
    whole(row as u64 + 1, xml);
    xml.push('"');
    if look > 0 {
        xml.push_str(" s=\"");
        whole(look as u64, xml);
        xml.push('"');
    }
}

/// The rest of an open `<c` with a value.
fn content<'b>(cell: &'b Cell, date1904: bool, strings: &mut Strings<'b>, xml: &mut String) {
    let shared = |place: usize, xml: &mut String| {
        xml.push_str(" t=\"s\"><v>");
        whole(place as u64, xml);
        xml.push_str("</v></c>");
    };
    if !cell.runs.is_empty() {
        return shared(strings.rich(&cell.runs), xml);
    }
    match &cell.value {
        Value::Text(text) => shared(strings.plain(text), xml),
        Value::Formula { formula, value } => {
            xml.push_str(match **value {
                Value::Text(_) => " t=\"str\"><f>",
                Value::Error(_) => " t=\"e\"><f>",
                _ => "><f>",
            });
            escape(formula, xml);
            xml.push_str("</f><v>");
            if let Value::Text(text) = &**value {
                escape(text, xml);
            } else {
                stored(value, date1904, xml);
            }
            xml.push_str("</v></c>");
        }
        value => {
            xml.push_str(if matches!(value, Value::Error(_)) {
                " t=\"e\"><v>"
            } else {
                "><v>"
            });
            stored(value, date1904, xml);
            xml.push_str("</v></c>");
        }
    }
}

/// A value that is no text as it stands in `<v>`.
pub(super) fn stored(value: &Value, date1904: bool, xml: &mut String) {
    match value {
        Value::Number(value) | Value::PaddedNumber(value, _) => number(*value, xml),
        Value::Date(serial) => number(f64::from(stored_day(*serial, date1904)), xml),
        Value::Error(name) => xml.push_str(name),
        Value::Empty | Value::Text(_) | Value::Formula { .. } => {}
    }
}

/// The number of a day in the epoch of the workbook.
pub(super) fn stored_day(serial: i32, date1904: bool) -> i32 {
    if date1904 {
        serial - EPOCH_1904
    } else {
        serial
    }
}

fn write_merges(sheet: &Sheet, xml: &mut String) {
    let count = grid::real_merges(sheet).count();
    if count == 0 {
        return;
    }
    append!(xml, "<mergeCells count=\"{count}\">");
    for merge in grid::real_merges(sheet) {
        xml.push_str("<mergeCell ref=\"");
        grid::letters(usize::from(merge.first_column), xml);
        whole(u64::from(merge.first_row) + 1, xml);
        xml.push(':');
        grid::letters(usize::from(merge.last_column), xml);
        whole(u64::from(merge.last_row) + 1, xml);
        xml.push_str("\"/>");
    }
    xml.push_str("</mergeCells>");
}

fn write_strings<W: Write>(
    package: &mut Package<W>,
    strings: &Strings<'_>,
) -> Result<(), WriteError> {
    let mut xml = format!(
        "{HEAD}<sst xmlns=\"{MAIN}\" count=\"{}\" uniqueCount=\"{}\">",
        strings.uses,
        strings.items.len()
    );
    for item in &strings.items {
        match item {
            Shared::Plain(text) => {
                xml.push_str("<si><t xml:space=\"preserve\">");
                escape(text, &mut xml);
                xml.push_str("</t></si>");
            }
            Shared::Rich(runs) => {
                xml.push_str("<si>");
                for run in *runs {
                    let face = font(Face::of(run.font, run.bold), "rFont");
                    append!(xml, "<r><rPr>{face}</rPr><t xml:space=\"preserve\">");
                    escape(&run.text, &mut xml);
                    xml.push_str("</t></r>");
                }
                xml.push_str("</si>");
            }
        }
        if xml.len() >= PIECE_BYTES {
            package.push(xml.as_bytes())?;
            xml.clear();
        }
    }
    xml.push_str("</sst>");
    package.push(xml.as_bytes())
}
