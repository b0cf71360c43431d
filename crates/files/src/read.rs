//! Step *read*: any office file → raw rows, each cell with its address.
//!
//! In: a path. Out: [`Book`] → sheets → [`Source`] → [`Chunk`]s of whole rows, which a [`Parser`] turns into [`Rows`], on
//! any thread. Reading (inflating, cutting) and parsing are apart so that all cores can parse while one reads.

mod calamine;
mod docx;
mod held;
mod input;
mod markup;
mod message;
mod ods;
mod package;
mod remarks;
mod sniff;
mod text;
mod web;
mod xls;
mod xlsx;

/// For the tests of the writer.
#[cfg(test)]
pub(crate) use xls::compound::stream as compound_stream;

use input::Input;
use std::path::Path;
use std::sync::Arc;
use treem_child::cell::{Cell, Rows};

/// What kind of file it is, by its content, never by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Excel 2007 and later.
    Xlsx,
    /// Excel binary (.xlsb).
    Xlsb,
    /// Excel 97 to 2003.
    Xls,
    /// LibreOffice.
    Ods,
    /// Word 2007 and later.
    Docx,
    /// Text with delimiters (csv, tsv, txt).
    Csv,
}

/// Why a file, or a sheet of it, cannot be read. Each variant says what to do; the wording is in [`ReadError::message`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file holds no byte.
    #[error("empty file")]
    Empty,
    /// Encrypted, needs a password.
    #[error("password-protected")]
    Password,
    /// Unpacks to far more than it should.
    #[error("zip bomb")]
    Bomb,
    /// Cut off or damaged: the detail is the library's word, without content.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A picture, a PDF, an old .doc, … : named in Vietnamese.
    #[error("not a list: {0}")]
    NotAList(&'static str),
    /// A Word file without a table.
    #[error("no table in the document")]
    NoTable,
    /// Larger than this program takes.
    #[error("too large: {0}")]
    TooLarge(&'static str),
    /// The system said no.
    #[error("io: {0}")]
    Io(#[from] std::io::Error),
}

/// A rectangle of merged cells, from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// First row (0 = row 1).
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// First column.
    pub left: u32,
    /// Last column.
    pub right: u32,
}

/// A sheet, or a table of a docx, or a csv as a whole.
#[derive(Clone, Debug, Default)]
pub struct SheetMeta {
    /// Its name; empty for csv, `table N` for docx.
    pub name: String,
    /// Hidden in the workbook (read all the same, and said).
    pub hidden: bool,
    /// What stands before the table where that is not part of the rows (paragraphs of a docx), nearest last.
    pub before: Vec<Cell<'static>>,
}

/// Whole rows, not yet parsed.
#[derive(Debug, Default)]
pub struct Chunk {
    /// 0, 1, 2, … in order.
    pub index: u64,
    /// The number of its first row, where the bytes do not say it themselves (csv).
    pub first_row: u64,
    /// The text, ending at a row's end; empty where `rows` holds the rows already.
    pub text: String,
    /// Rows that came parsed (xls, xlsb, ods, docx).
    pub rows: Rows<'static>,
    /// Merged ranges that began in an earlier chunk and run on into this one, with the values of their corners.
    pub(crate) carried: Vec<(Merge, Cell<'static>)>,
}

/// Turns chunks into rows, on any thread.
pub trait Parser: Send + Sync {
    /// Appends the rows of a chunk. What cannot be parsed becomes a row with what can be.
    fn parse<'a>(&'a self, chunk: &'a Chunk, rows: &mut Rows<'a>);
}

/// Hands out a sheet's chunks in order.
pub trait Source: Send {
    /// The next chunk; `None` at the end.
    fn next_chunk(&mut self) -> Result<Option<Chunk>, ReadError>;
    /// The parser of its chunks.
    fn parser(&self) -> Arc<dyn Parser>;
    /// Bytes read so far and in all (for a progress bar; the unit is the source's own).
    fn progress(&self) -> (u64, u64);
    /// What was left out or cut, in Vietnamese, known once the last chunk is out.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }
}

/// An opened file.
pub struct Book {
    /// What it is.
    pub format: Format,
    /// The encoding of a text file ("UTF-8", "UTF-16LE", "Windows-1258", "1 byte (TCVN3, VNI, …)"), else empty.
    pub encoding: &'static str,
    /// The delimiter of a text file; `None` where its lines are one cell each.
    pub delimiter: Option<u8>,
    /// The workbook counts days from 1904.
    pub date1904: bool,
    /// Its sheets in order.
    pub sheets: Vec<SheetMeta>,
    /// What a person should know of the file as a whole, in Vietnamese.
    pub remarks: Vec<String>,
    content: Content,
}

/// What stands behind a book.
enum Content {
    Text(text::TextFile),
    Workbook(Box<xlsx::Workbook>),
    Held(held::Tables),
}

impl Book {
    /// Opens a file, by its content; its name only serves to say where the two disagree.
    ///
    /// Takes any file. Gives its sheets; rows are read by [`Book::source`]. Limits: [`crate::limits`]. Errors: [`ReadError`].
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        Self::of(&Input::Path(path.to_owned()))
    }

    /// Opens a file that is held in memory (an upload, a test).
    ///
    /// Errors and limits as [`Book::open`].
    pub fn from_bytes(bytes: impl Into<Arc<[u8]>>) -> Result<Self, ReadError> {
        Self::of(&Input::Bytes(bytes.into()))
    }

    fn of(input: &Input) -> Result<Self, ReadError> {
        let kind = sniff::kind(input)?;
        let mut remarks: Vec<String> = kind.remark(&input.name()).into_iter().collect();
        let mut book = Self {
            format: Format::Csv,
            encoding: "",
            delimiter: None,
            date1904: false,
            sheets: vec![SheetMeta::default()],
            remarks: Vec::new(),
            content: Content::Held(held::Tables::default()),
        };
        let tables = match kind {
            sniff::Kind::Text(encoding) => {
                let file = text::TextFile::open(input, encoding)?;
                book.encoding = file.encoding_name();
                book.delimiter = file.delimiter;
                remarks.extend(file.remarks());
                book.remarks = remarks;
                book.content = Content::Text(file);
                return Ok(book);
            }
            sniff::Kind::Xlsx(package) => {
                let mut workbook = xlsx::Workbook::open(*package)?;
                book.format = Format::Xlsx;
                book.date1904 = workbook.date1904;
                book.sheets = std::mem::take(&mut workbook.metas);
                remarks.append(&mut workbook.remarks);
                book.remarks = remarks;
                book.content = Content::Workbook(Box::new(workbook));
                return Ok(book);
            }
            sniff::Kind::Docx(package) => {
                book.format = Format::Docx;
                docx::tables(&package)?
            }
            sniff::Kind::Xls => {
                book.format = Format::Xls;
                match xls::tables(input)? {
                    Some(tables) => tables,
                    None => calamine::xls(input)?,
                }
            }
            sniff::Kind::Xlsb => {
                book.format = Format::Xlsb;
                calamine::xlsb(input)?
            }
            sniff::Kind::Ods(package) => {
                book.format = Format::Ods;
                ods::tables(&package)?
            }
            sniff::Kind::Web => {
                book.format = Format::Xls;
                web::tables(input)?
            }
        };
        book.date1904 = tables.date1904;
        book.sheets = tables.metas();
        remarks.extend(tables.remarks.iter().cloned());
        book.remarks = remarks;
        book.content = Content::Held(tables);
        Ok(book)
    }

    /// A fresh reader of a sheet (counted from 0) from its first row. May be asked for several times.
    ///
    /// Errors: [`ReadError::Damaged`] where there is no such sheet or its part is broken; those of the system.
    pub fn source(&self, sheet: usize) -> Result<Box<dyn Source>, ReadError> {
        match &self.content {
            Content::Text(file) => Ok(Box::new(file.source()?)),
            Content::Workbook(workbook) => workbook.source(sheet),
            Content::Held(tables) => tables.source(sheet),
        }
    }
}

/// A sheet read as a whole.
#[derive(Debug, Default)]
pub struct Whole {
    /// Its name and whether it is hidden.
    pub meta: SheetMeta,
    /// Its rows.
    pub rows: Rows<'static>,
}

impl Book {
    /// All sheets as a whole: for files of which no row can be understood without the others. At most so many rows together; `false` where
    /// there were more.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn whole(&self, most: usize) -> Result<(Vec<Whole>, bool), ReadError> {
        let mut out = Vec::with_capacity(self.sheets.len());
        let mut count = 0_usize;
        for (sheet, meta) in self.sheets.iter().enumerate() {
            let mut source = self.source(sheet)?;
            let parser = source.parser();
            let mut rows = Rows::default();
            while let Some(chunk) = source.next_chunk()? {
                let mut parsed = Rows::default();
                parser.parse(&chunk, &mut parsed);
                for row in parsed.iter() {
                    count = count.saturating_add(1);
                    if count > most {
                        return Ok((out, false));
                    }
                    for cell in row.cells {
                        rows.push(cell.clone().into_owned());
                    }
                    rows.end_row(row.number, row.hidden);
                }
            }
            out.push(Whole {
                meta: meta.clone(),
                rows,
            });
        }
        Ok((out, true))
    }
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Book({:?}, {} sheets)", self.format, self.sheets.len())
    }
}
