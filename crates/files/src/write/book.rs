//! Writes one workbook of plain cells in every format that is read: the lists of invented places, and what else goes out.
//!
//! In: a [`Workbook`] and a [`Format`]. Out: the bytes of a file, the same for the same workbook on every day and machine: zip
//! members have one fixed time, documents one fixed property, and no clock is asked. Text goes out as it is given: where a cell
//! is in a legacy code its letters are the Windows-1252 ones of that code and its font says which, as in the files people send.
//! Nothing is defused either (a text that begins with `=` stays so): text cells are text, and a csv is what it is.
//!
//! A cell that lies under a merged range without being its corner is not written in any format, as in Excel.

/// Appends formatted text to a `String`, which takes everything.
macro_rules! append {
    ($out:expr, $($piece:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($piece)*);
    }};
}

mod compound;
mod docx;
mod grid;
mod long;
mod looks;
mod markup;
mod ods;
mod package;
mod records;
mod room;
mod shared;
mod text;
mod web;
mod xls;
mod xls_old;
mod xlsb;
mod xlsx;
mod xml_table;

pub use long::{Item, LongSheet};
pub use text::{TextEncoding, TextStyle};

use super::WriteError;
use std::io::Write;

/// The name of a font as the file shows it (".VnTime", "VNI-Times"); `None`: Times New Roman.
pub type FontName = Option<&'static str>;

/// A workbook to be written: what people's lists are made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// Its sheets in order; at least one.
    pub sheets: Vec<Sheet>,
    /// Days are stored from 1904 (xlsx, xlsm, xlsb, both xls); what is shown is the same.
    pub date1904: bool,
}

/// A sheet, or a table of a document or web page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name: 1 to 31 letters, none of `: \ / ? * [ ]`, no other sheet's name. Documents, web pages and text have none.
    pub name: String,
    /// Rows of cells; row 0 is Excel's row 1. Rows may differ in length.
    pub rows: Vec<Vec<Cell>>,
    /// Merged ranges; they must not overlap. Text files and Excel 5 know none: of each the corner stands alone. Documents, pages,
    /// XML tables and ods cut those that reach below the rows.
    pub merges: Vec<Merge>,
    /// Hidden rows, from 0; only among [`Sheet::rows`]. Text files and documents ignore them.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, from 0. Text files and documents ignore them.
    pub hidden_columns: Vec<u16>,
    /// Hidden as a whole; one sheet at least must be seen. Text files, documents and web pages ignore it.
    pub hidden: bool,
    /// Widths of columns in characters from the first on, 0 for the usual; may be shorter than the rows.
    pub widths: Vec<f64>,
    /// Text before the table, a paragraph each (docx and web page; other formats ignore it).
    pub paragraphs: Vec<String>,
}

/// A rectangle of merged cells, from 0, both ends included. A single cell is no merge and is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub first_row: u32,
    /// First column.
    pub first_column: u16,
    /// Last row.
    pub last_row: u32,
    /// Last column.
    pub last_column: u16,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// Its font.
    pub font: FontName,
    /// Bold.
    pub bold: bool,
    /// Rich text: pieces which together are the text of the cell; then [`Cell::value`] should be that text and is not looked
    /// at. Empty: plain. XML tables and text files show the text alone.
    pub runs: Vec<Run>,
}

/// A piece of rich text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Run {
    /// Its text; not empty.
    pub text: String,
    /// Its font; `None`: Times New Roman.
    pub font: FontName,
    /// Bold.
    pub bold: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text; digits stay text.
    Text(String),
    /// A number.
    Number(f64),
    /// A whole number that is shown with that many digits at least (`000000000000`).
    PaddedNumber(f64, u8),
    /// A day, shown dd/mm/yyyy: Excel's number of it in the 1900 system (1/1/2000 is 36526; see [`Value::day`]), in every
    /// workbook, whatever its epoch. From 61 (1/3/1900) to 2958465 (31/12/9999); from 1462 where days are stored from 1904.
    Date(i32),
    /// An error that a formula left: `#REF!`, `#N/A`, `#NAME?`, `#VALUE!`, `#DIV/0!`, `#NUM!`, `#NULL!`.
    Error(&'static str),
    /// A formula with the value it had: xlsx, xlsm and XML tables keep both, the others the value.
    Formula {
        /// As in Excel, without `=`.
        formula: String,
        /// The value saved with it; not a formula itself.
        value: Box<Value>,
    },
}

impl Value {
    /// A day of the calendar; `None` where there is no such day or no workbook can hold it.
    pub fn day(year: i32, month: u32, day: u32) -> Option<Self> {
        grid::serial(year, month, day).map(Self::Date)
    }

    /// Text, from anything that becomes text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

impl Cell {
    /// A cell in the usual font.
    pub fn new(value: Value) -> Self {
        Self {
            value,
            ..Self::default()
        }
    }

    /// A text cell in the usual font; empty text is an empty cell.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::new(if text.is_empty() {
            Value::Empty
        } else {
            Value::Text(text)
        })
    }

    /// The same cell in another font.
    #[must_use]
    pub fn in_font(mut self, font: &'static str) -> Self {
        self.font = Some(font);
        self
    }

    /// The same cell in bold.
    #[must_use]
    pub fn in_bold(mut self) -> Self {
        self.bold = true;
        self
    }
}

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excel 2007 and later.
    Xlsx,
    /// The same, named as a workbook with macros (it holds none).
    Xlsm,
    /// Excel binary.
    Xlsb,
    /// Excel 97 to 2003 (BIFF8).
    Xls,
    /// Excel 5 and 95 (BIFF5): one byte a letter, Windows-1252 or, where that does not do, Windows-1258.
    XlsOld,
    /// LibreOffice.
    Ods,
    /// Word: each sheet is a table with its paragraphs before it.
    Docx,
    /// A web page of tables, UTF-8, for a file named `.xls`: what many web systems call "export to Excel".
    WebPage,
    /// XML Spreadsheet 2003, for a file named `.xls` or `.xml`.
    XmlTable,
    /// Text with delimiters: the one sheet of the workbook.
    Text(TextStyle),
}

/// Writes a workbook.
///
/// Takes the workbook, the format, and where it goes; the caller buffers and decides on whole-or-nothing. Zip and OLE formats are
/// built in memory. Errors: [`WriteError::Refused`] where the format cannot hold it (nothing is written then, or the begin of a
/// text file), [`WriteError::Io`].
pub fn write(book: &Workbook, format: Format, out: &mut dyn Write) -> Result<(), WriteError> {
    room::check(book, format)?;
    match format {
        Format::Xlsx => xlsx::write(book, false, out),
        Format::Xlsm => xlsx::write(book, true, out),
        Format::Text(style) => text::write(book, style, out),
        Format::Xlsb => xlsb::write(book, out),
        Format::Xls => xls::write(book, out),
        Format::XlsOld => xls_old::write(book, out),
        Format::Ods => ods::write(book, out),
        Format::Docx => docx::write(book, out),
        Format::WebPage => web::write(book, out),
        Format::XmlTable => xml_table::write(book, out),
    }
}
