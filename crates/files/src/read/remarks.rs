//! What was left out or cut while reading, counted on any thread and said once, in Vietnamese.
//!
//! In: counts. Out: sentences.

use crate::limits;
use std::borrow::Cow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// How often, and where first.
#[derive(Debug)]
pub(crate) struct Tally {
    count: AtomicU64,
    first_row: AtomicU64,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            count: AtomicU64::new(0),
            first_row: AtomicU64::new(u64::MAX),
        }
    }
}

impl Tally {
    /// Once more, in a row.
    pub(crate) fn add(&self, row: u64) {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.first_row.fetch_min(row, Ordering::Relaxed);
    }

    fn seen(&self) -> Option<(u64, u64)> {
        let count = self.count.load(Ordering::Relaxed);
        (count > 0).then(|| (count, self.first_row.load(Ordering::Relaxed)))
    }
}

/// The counts of one sheet.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    /// Cells longer than [`limits::CELL_BYTES`].
    pub(crate) cells: Tally,
    /// Rows with something right of column [`limits::COLUMNS`].
    pub(crate) columns: Tally,
    /// Rows with bytes that are not the encoding of their file.
    pub(crate) bytes: Tally,
    /// Records longer than [`limits::RECORD_BYTES`].
    pub(crate) records: Tally,
    /// Rows past [`limits::SHEET_ROWS`].
    pub(crate) rows: Tally,
    /// Anything else.
    pub(crate) others: Mutex<Vec<String>>,
}

impl Remarks {
    /// Adds a sentence.
    pub(crate) fn say(&self, sentence: String) {
        if let Ok(mut others) = self.others.lock()
            && !others.contains(&sentence)
        {
            others.push(sentence);
        }
    }

    /// A cell's text within its limit.
    #[inline]
    pub(crate) fn fit<'a>(&self, text: Cow<'a, str>, row: u64) -> Cow<'a, str> {
        if text.len() <= limits::CELL_BYTES {
            return text;
        }
        self.cells.add(row);
        let end = text.floor_char_boundary(limits::CELL_BYTES);
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(..end).unwrap_or("")),
            Cow::Owned(mut text) => {
                text.truncate(end);
                text.shrink_to_fit();
                Cow::Owned(text)
            }
        }
    }

    /// What there is to say.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if let Some((count, row)) = self.cells.seen() {
            sentences.push(format!(
                "{count} ô quá dài (trên {} KB), chỉ đọc phần đầu; ô đầu tiên ở dòng {row}.",
                limits::CELL_BYTES >> 10
            ));
        }
        if let Some((count, row)) = self.columns.seen() {
            sentences.push(format!(
                "{count} dòng có dữ liệu ở bên phải cột thứ {}; phần đó không được đọc. Dòng đầu tiên: {row}.",
                limits::COLUMNS
            ));
        }
        if let Some((count, row)) = self.bytes.seen() {
            sentences.push(format!(
                "{count} dòng có ký tự không đúng bảng mã của tệp, đã đọc theo bảng mã Windows-1252; dòng đầu tiên: {row}."
            ));
        }
        if let Some((count, row)) = self.records.seen() {
            sentences.push(format!(
                "{count} dòng quá dài (trên {} MB), chỉ đọc phần đầu; dòng đầu tiên: {row}.",
                limits::RECORD_BYTES >> 20
            ));
        }
        if let Some((count, row)) = self.rows.seen() {
            sentences.push(format!("{count} dòng vượt quá giới hạn số dòng của một trang tính, không được đọc; từ dòng {row}."));
        }
        if let Ok(others) = self.others.lock() {
            sentences.extend(others.iter().cloned());
        }
        sentences
    }
}
