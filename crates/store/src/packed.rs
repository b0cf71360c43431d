//! Many small rows that a statement gives as one: columns parted by U+001F, rows by U+001E.
//!
//! In: the text. Out: its rows, read column by column. SQLite hands each row by itself from its thread to the one that asks; the ten thousand communes of
//! the country take longer on that way than to be summed up (docs/performance.md).

use crate::error::{Error, Result};

/// A row that is read from its first column to its last.
pub(crate) struct Columns<'a>(std::str::Split<'a, char>);

/// The rows of a text; of an empty one none.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = Columns<'_>> {
    let rows = text.split('\u{1e}').filter(|row| !row.is_empty());
    rows.map(|row| Columns(row.split('\u{1f}')))
}

/// That a row is not what its statement says; without its values.
fn broken() -> Error {
    sqlx::Error::Decode("a packed row has too few columns, or a number that is none".into()).into()
}

impl Columns<'_> {
    /// The next column.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn text(&mut self) -> Result<String> {
        Ok(self.0.next().ok_or_else(broken)?.to_owned())
    }

    /// The next column as a number.
    ///
    /// # Errors
    /// There is none, or it is no number.
    pub(crate) fn number(&mut self) -> Result<i64> {
        let text = self.0.next().ok_or_else(broken)?;
        text.parse().map_err(|_| broken())
    }

    /// The next column as a number; empty: none.
    ///
    /// # Errors
    /// There is none, or it is no number.
    pub(crate) fn perhaps(&mut self) -> Result<Option<i64>> {
        let text = self.0.next().ok_or_else(broken)?;
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| broken())
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_and_columns() {
        let text = "a\u{1f}1\u{1f}\u{1e}\u{1f}-2\u{1f}7";
        let read: Vec<_> = rows(text)
            .map(|mut row| {
                let (text, number) = (row.text().unwrap(), row.number().unwrap());
                (text, number, row.perhaps().unwrap())
            })
            .collect();
        assert_eq!(
            read,
            [("a".to_owned(), 1, None), (String::new(), -2, Some(7))]
        );
        assert_eq!(rows("").count(), 0);
        let mut short = rows("a\u{1f}b").next().unwrap();
        assert!(short.text().is_ok() && short.number().is_err() && short.text().is_err());
    }
}
