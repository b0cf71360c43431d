//! Every limit of this crate.
//!
//! In: nothing. Out: constants.

/// Letters of one value of a person (a name, an address) that are printed; what is longer is cut and says so.
pub const VALUE_CHARS: usize = 300;
/// Letters of one paragraph that are printed.
pub const PARAGRAPH_CHARS: usize = 20_000;
/// Rows of one list. A commune has some hundreds; a list that is longer is split by hamlet.
pub const ROWS: usize = 10_000;
/// Household sheets of one document.
pub const SHEETS: usize = 2_000;
/// Children of one household sheet.
pub const CHILDREN: usize = 60;
/// Pages of one document.
pub const PAGES: usize = 3_000;
/// Columns of an annex.
pub const COLUMNS: usize = 30;
/// Bytes a QR code carries: what fits a square of 49 modules, the most a phone reads well at the printed size of 18 mm.
pub const QR_BYTES: usize = 180;
