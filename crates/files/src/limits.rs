//! Every limit of this crate in one place.

/// Columns of a sheet that are read; what stands further right is said and left (Excel's own limit is 16,384).
pub const COLUMNS: usize = 512;
/// Longest text of a cell that is kept, in bytes; the rest is cut, and said.
pub const CELL_BYTES: usize = 32_768;
/// Rows of a sheet (Excel's own limit).
pub const SHEET_ROWS: u64 = 1_048_576;
/// Sheets of a workbook that are read.
pub const SHEETS: usize = 500;
/// Tables of a docx that are read.
pub const DOCX_TABLES: usize = 2_000;
/// Bytes of one chunk handed to a worker.
pub const CHUNK_BYTES: usize = 1 << 18;
/// A zip member may unpack to this many times its packed size …
pub const ZIP_RATIO: u64 = 200;
/// … once it is larger than this.
pub const ZIP_RATIO_FROM_BYTES: u64 = 64 << 20;
/// A zip member may unpack to this at most.
pub const ZIP_MEMBER_BYTES: u64 = 8 << 30;
/// Shared strings and styles are held in memory: their XML may have this size at most.
pub const ZIP_HELD_BYTES: u64 = 600 << 20;
/// Sheets whose XML is smaller than this are held in memory whole.
pub const SHEET_HELD_BYTES: u64 = 192 << 20;
/// Files that have to be held in memory whole (xls, xlsb, ods, docx) may have this size at most.
pub const HELD_FILE_BYTES: u64 = 512 << 20;
/// Rows at the head of a sheet or table that are looked at before anything is decided.
pub const SAMPLE_ROWS: usize = 1_000;
/// Members of a zip file at most.
pub const ZIP_MEMBERS: usize = 20_000;
/// A record of a text file (a row with its line breaks inside quotes) has this many bytes at most; the rest of it is left, and said.
pub const RECORD_BYTES: usize = 32 << 20;
/// A quote that is still open after this many bytes, a line break among them, was no opening quote …
pub const QUOTE_BYTES: usize = 64 << 10;
/// … nor one that is still open after this many line breaks.
pub const QUOTE_LINES: usize = 100;
/// Bytes at the head of a text file that decide its encoding and its delimiter.
pub const HEAD_BYTES: usize = 1 << 20;
/// Merged ranges of a sheet that are followed.
pub const MERGES: usize = 200_000;
/// A merged range is copied into at most this many columns.
pub const MERGE_COLUMNS: u32 = 256;
/// Paragraphs before a table of a document that are kept.
pub const PARAGRAPHS_BEFORE: usize = 10;
/// Tables inside tables, levels.
pub const NESTED_TABLES: usize = 20;
/// Cells of a file that is held in memory whole.
pub const HELD_CELLS: usize = 20_000_000;
/// Children on one sheet of a written list: Excel's rows less heading, total and signatures.
pub const LIST_SHEET_ROWS: u32 = 1_048_000;
/// Letters of a cell that Excel holds, in UTF-16 units.
pub const WRITTEN_CELL_LETTERS: usize = 32_767;
