//! Lists of other sectors, and what comparing them found, read.
//!
//! In: a [`Tx`]. Out: [`Source`], [`Row`], [`FoundChild`], [`RowOfFound`], [`Said`], [`Compared`], [`Figure`], [`FoundCount`].

use super::{Compared, Figure, FoundChild, FoundCount, Row, RowOfFound, Said, Source};
use crate::error::Result;
use crate::store::{Tx, all, first};
use crate::{limits, packed, sql};

impl Tx {
    /// All sources, as they were loaded; erased ones too.
    ///
    /// # Errors
    /// The database's.
    pub async fn sources(&mut self, book: &str) -> Result<Vec<Source>> {
        all!(self, Source, sql::SECTOR_SOURCES, book)
    }

    /// A page of the rows of a source, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn source_rows(&mut self, book: &str, source: i64, after: i64) -> Result<Vec<Row>> {
        all!(
            self,
            Row,
            sql::SECTOR_ROWS,
            book,
            source,
            after,
            limits::PAGE
        )
    }

    /// The rows of a found child.
    ///
    /// # Errors
    /// The database's.
    pub async fn rows_of_found(
        &mut self,
        book: &str,
        (source, nth): (i64, i64),
    ) -> Result<Vec<RowOfFound>> {
        all!(self, RowOfFound, sql::SECTOR_ROWS_FOUND, book, source, nth)
    }

    /// A found child.
    ///
    /// # Errors
    /// The database's.
    pub async fn found(
        &mut self,
        book: &str,
        (source, nth): (i64, i64),
    ) -> Result<Option<FoundChild>> {
        first!(self, FoundChild, sql::SECTOR_FOUND_ONE, book, source, nth)
    }

    /// A page of the found children of a unit in a state who are surely, or perhaps, not in the book, by name, after one (name, source, number).
    ///
    /// # Errors
    /// The database's.
    pub async fn found_of_unit(
        &mut self,
        book: &str,
        (edition, unit): (&str, &str),
        (state, sure): (&str, bool),
        after: (&str, i64, i64),
        most: i64,
    ) -> Result<Vec<FoundChild>> {
        all!(
            self,
            FoundChild,
            sql::SECTOR_FOUND_OF_UNIT,
            book,
            edition,
            unit,
            state,
            sure,
            after.0,
            after.1,
            after.2,
            most
        )
    }

    /// A page of the found children of no known unit, in a state, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn found_nowhere(
        &mut self,
        book: &str,
        (state, sure): (&str, bool),
        after: (i64, i64),
        most: i64,
    ) -> Result<Vec<FoundChild>> {
        all!(
            self,
            FoundChild,
            sql::SECTOR_FOUND_NOWHERE,
            book,
            state,
            sure,
            after.0,
            after.1,
            most
        )
    }

    /// How many found children there are.
    ///
    /// # Errors
    /// The database's.
    pub async fn found_counts(&mut self, book: &str) -> Result<Vec<FoundCount>> {
        all!(self, FoundCount, sql::SECTOR_FOUND_COUNTS, book)
    }

    /// What persons said of rows.
    ///
    /// # Errors
    /// The database's.
    pub async fn said_of_rows(&mut self, book: &str) -> Result<Vec<Said>> {
        all!(self, Said, sql::SECTOR_STATES, book)
    }

    /// How many rows of a source were said to be what: state, why, how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn said_of_source(
        &mut self,
        book: &str,
        source: i64,
    ) -> Result<Vec<(String, String, i64)>> {
        all!(
            self,
            (String, String, i64),
            sql::SECTOR_STATES_OF,
            book,
            source
        )
    }

    /// The last comparison.
    ///
    /// # Errors
    /// The database's.
    pub async fn compared(&mut self, book: &str) -> Result<Option<Compared>> {
        first!(self, Compared, sql::SECTOR_LINK_LAST, book)
    }

    /// The estimates of the last comparison in the units of an edition, of one age band (empty: all ages together) or of each.
    ///
    /// # Errors
    /// The database's.
    pub async fn figures(
        &mut self,
        book: &str,
        edition: &str,
        band: Option<&str>,
    ) -> Result<Vec<Figure>> {
        let band = band.unwrap_or("*");
        let statement = sql::SECTOR_ESTIMATES;
        let found = first!(self, (String,), statement, book, edition, band)?;
        let mut out = Vec::new();
        for mut row in packed::rows(&found.unwrap_or_default().0) {
            out.push(Figure {
                edition: edition.to_owned(),
                unit: row.text()?,
                band: row.text()?,
                lists: row.number()?,
                seen: row.number()?,
                found: row.number()?,
                entered: row.number()?,
                low: row.perhaps()?,
                total: row.perhaps()?,
                high: row.perhaps()?,
                ground: row.text()?,
            });
        }
        Ok(out)
    }
}
