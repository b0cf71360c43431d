//! One very long sheet, written row by row in little memory: a whole register.
//!
//! In: heading rows, then rows of [`Item`]s as they come. Out: an xlsx file of one sheet. Texts stand in their cells (no table of
//! shared strings is held); what is kept in memory is one piece of XML of some 64 KiB.

use super::looks::{Face, Kind, Looks};
use super::markup::{escape, is_forbidden, number};
use super::package::Package;
use super::xlsx::{
    ColumnNames, LEVEL, PIECE_BYTES, begin_cell, begin_row, frame, sheet_head, styles,
};
use super::{Cell, Sheet, Workbook, grid, room};
use crate::limits;
use crate::write::WriteError;
use std::io::Write;

/// What stands in a cell of a long sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Item<'a> {
    /// Nothing.
    Empty,
    /// Text; digits stay text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A day, as in [`super::Value::Date`].
    Date(i32),
}

/// A long sheet that is being written. Without [`LongSheet::finish`] the file is cut off.
pub struct LongSheet<W: Write> {
    package: Package<W>,
    xml: String,
    row: usize,
    names: ColumnNames,
    /// The looks of text, numbers and dates.
    looks: [usize; 3],
    name: String,
}

impl<W: Write> std::fmt::Debug for LongSheet<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LongSheet({} rows)", self.row)
    }
}

impl<W: Write> LongSheet<W> {
    /// Begins the file.
    ///
    /// Takes where it goes (the caller buffers), the name of the sheet, the widths of its columns (may be empty) and its heading
    /// rows, which are bold. Errors: `Refused` as in [`super::write`], `Io`.
    pub fn begin(
        out: W,
        name: &str,
        widths: &[f64],
        heading: &[Vec<String>],
    ) -> Result<Self, WriteError> {
        let sheet = Sheet {
            name: name.to_owned(),
            rows: heading
                .iter()
                .map(|row| row.iter().map(|text| Cell::text(text.as_str())).collect())
                .collect(),
            widths: widths.to_vec(),
            ..Sheet::default()
        };
        let columns = grid::columns(&sheet);
        room::check(
            &Workbook {
                sheets: vec![sheet],
                date1904: false,
            },
            super::Format::Xlsx,
        )?;
        let mut package = Package::new(out, LEVEL);
        frame(&mut package, &[(name, false)], false, false, false)?;
        let mut all = Looks::new();
        let (usual, bold) = (Face::of(None, false), Face::of(None, true));
        let looks = [
            all.look(usual, Kind::Text),
            all.look(usual, Kind::General),
            all.look(usual, Kind::Date),
        ];
        let heading_look = all.look(bold, Kind::Text);
        package.part("xl/styles.xml", styles(&all).as_bytes())?;
        package.begin("xl/worksheets/sheet1.xml")?;
        let mut long = Self {
            package,
            xml: sheet_head(columns),
            row: 0,
            names: ColumnNames::default(),
            looks,
            name: name.to_owned(),
        };
        for row in heading {
            let [text, ..] = &mut long.looks;
            let usual = std::mem::replace(text, heading_look);
            let items: Vec<Item<'_>> = row.iter().map(|text| Item::Text(text)).collect();
            long.push(&items)?;
            let [text, ..] = &mut long.looks;
            *text = usual;
        }
        Ok(long)
    }

    /// Rows so far, those of the heading among them.
    pub fn rows(&self) -> u64 {
        self.row as u64
    }

    /// Writes a row.
    ///
    /// Errors: `Refused` at the row that is one too many (1,048,576 are held, 16,384 columns, 32,767 letters a cell), `Io`.
    pub fn push(&mut self, row: &[Item<'_>]) -> Result<(), WriteError> {
        if self.rows() >= limits::SHEET_ROWS || row.len() > 16_384 {
            return Err(WriteError::Refused(format!(
                "Trang “{}” chỉ giữ được {} dòng và 16384 cột; hãy chia danh sách ra nhiều tệp.",
                self.name,
                limits::SHEET_ROWS
            )));
        }
        begin_row(self.row, false, &mut self.xml);
        let [text_look, number_look, date_look] = self.looks;
        for (column, item) in row.iter().enumerate() {
            let (names, xml) = (&mut self.names, &mut self.xml);
            match *item {
                Item::Empty | Item::Text("") => {}
                Item::Text(text) => {
                    let long = text.len() > limits::WRITTEN_CELL_LETTERS
                        && grid::units(text) > limits::WRITTEN_CELL_LETTERS;
                    if long || text.contains(is_forbidden) {
                        return Err(self.refused(column));
                    }
                    begin_cell(names, column, self.row, text_look, xml);
                    xml.push_str(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                    escape(text, xml);
                    xml.push_str("</t></is></c>");
                }
                Item::Number(value) if value.is_finite() => {
                    begin_cell(names, column, self.row, number_look, xml);
                    xml.push_str("><v>");
                    number(value, xml);
                    xml.push_str("</v></c>");
                }
                Item::Date(serial) if grid::is_day(serial) => {
                    begin_cell(names, column, self.row, date_look, xml);
                    xml.push_str("><v>");
                    number(f64::from(serial), xml);
                    xml.push_str("</v></c>");
                }
                Item::Number(_) | Item::Date(_) => return Err(self.refused(column)),
            }
        }
        self.xml.push_str("</row>");
        self.row += 1;
        if self.xml.len() >= PIECE_BYTES {
            self.package.push(self.xml.as_bytes())?;
            self.xml.clear();
        }
        Ok(())
    }

    fn refused(&self, column: usize) -> WriteError {
        let sheet = Sheet {
            name: self.name.clone(),
            ..Sheet::default()
        };
        WriteError::Refused(format!(
            "Không ghi được {}: chữ quá dài, có ký tự điều khiển, hoặc số, ngày nằm ngoài khoảng.",
            grid::place(&sheet, self.row, column)
        ))
    }

    /// Ends the file and gives back where it went.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.xml.push_str("</sheetData></worksheet>");
        self.package.push(self.xml.as_bytes())?;
        self.package.finish()
    }
}
