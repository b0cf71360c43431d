//! Lists of the hand-over read.
//!
//! In: a [`Tx`]. Out: [`List`], [`Row`], [`StepRow`], [`Sheet`], [`Days`].

use super::{Days, List, Row, Sheet, Stands, StepRow};
use crate::change::{padded, some};
use crate::error::Result;
use crate::store::{Tx, all, first};
use crate::{limits, sql};

impl Tx {
    /// The highest number a list of a book has; `None` before the first.
    ///
    /// # Errors
    /// The database's.
    pub async fn last_handover(&mut self, book: &str) -> Result<Option<i64>> {
        let last: Option<(Option<i64>,)> = first!(self, (Option<i64>,), sql::HANDOVER_LAST, book)?;
        Ok(last.and_then(|(last,)| last))
    }

    /// A list.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover(&mut self, book: &str, number: i64) -> Result<Option<List>> {
        first!(self, List, sql::HANDOVER, book, number)
    }

    /// A page of lists in order of their numbers, after one.
    ///
    /// # Errors
    /// The database's.
    pub async fn handovers_after(&mut self, book: &str, number: i64) -> Result<Vec<List>> {
        all!(self, List, sql::HANDOVERS, book, number, limits::PAGE)
    }

    /// Lists in any of some places, at most fifty of these.
    ///
    /// # Errors
    /// The database's.
    pub async fn handovers_in(&mut self, book: &str, places: &[&str]) -> Result<Vec<List>> {
        let places = padded(places);
        some!(self, List, sql::HANDOVERS_IN, book, places)
    }

    /// Numbers of the lists that were once closed under a seal (64 hexadecimal digits).
    ///
    /// # Errors
    /// The database's.
    pub async fn handovers_sealed(&mut self, book: &str, seal: &str) -> Result<Vec<i64>> {
        if seal.len() != 64 || !seal.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Vec::new());
        }
        let pattern = format!("%\"seal\":\"{}\"%", seal.to_ascii_lowercase());
        let found: Vec<(i64,)> = all!(self, (i64,), sql::HANDOVERS_SEALED, book, pattern.as_str())?;
        Ok(found.into_iter().map(|(list,)| list).collect())
    }

    /// Rows of a list, in order.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_rows(&mut self, book: &str, list: i64) -> Result<Vec<Row>> {
        all!(self, Row, sql::HANDOVER_ROWS, book, list)
    }

    /// Rows of a child in all lists, the latest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_rows_of(&mut self, book: &str, child: &str) -> Result<Vec<Row>> {
        all!(self, Row, sql::HANDOVER_ROWS_OF_CHILD, book, child)
    }

    /// Rows that are open on some list.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_rows_open(&mut self, book: &str) -> Result<Vec<Row>> {
        all!(self, Row, sql::HANDOVER_ROWS_OPEN, book)
    }

    /// Rows that were left without an answer and whose child stands on no later list.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_rows_left(&mut self, book: &str) -> Result<Vec<Row>> {
        all!(self, Row, sql::HANDOVER_ROWS_LEFT, book)
    }

    /// How the rows of a list stand.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_tally(&mut self, book: &str, list: i64) -> Result<Vec<Stands>> {
        all!(self, Stands, sql::HANDOVER_TALLY, book, list)
    }

    /// How many children of a list's done rows stand open on another list by now.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_done_elsewhere(&mut self, book: &str, list: i64) -> Result<i64> {
        let count: Option<(i64,)> = first!(self, (i64,), sql::HANDOVER_DONE_ELSEWHERE, book, list)?;
        Ok(count.map_or(0, |(count,)| count))
    }

    /// What was done to a list, the first first.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_steps(&mut self, book: &str, list: i64) -> Result<Vec<StepRow>> {
        all!(self, StepRow, sql::HANDOVER_STEPS, book, list)
    }

    /// The rows of a list as they were sealed at one of its closings, as JSON, in order.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_frozen(
        &mut self,
        book: &str,
        list: i64,
        closing: i64,
    ) -> Result<Vec<String>> {
        let rows: Vec<(String,)> =
            all!(self, (String,), sql::HANDOVER_FROZEN, book, list, closing)?;
        Ok(rows.into_iter().map(|(frozen,)| frozen).collect())
    }

    /// A page of these rows, by position; `open`: only those without an answer.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_frozen_page(
        &mut self,
        book: &str,
        (list, closing, open): (i64, i64, bool),
        (from, rows): (i64, i64),
    ) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = all!(
            self,
            (String,),
            sql::HANDOVER_FROZEN_PAGE,
            book,
            list,
            closing,
            open,
            rows,
            from
        )?;
        Ok(rows.into_iter().map(|(frozen,)| frozen).collect())
    }

    /// How many of these rows have an answer, and how many have none.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_frozen_count(
        &mut self,
        book: &str,
        (list, closing): (i64, i64),
    ) -> Result<(i64, i64)> {
        let counts: Vec<(bool, i64)> = all!(
            self,
            (bool, i64),
            sql::HANDOVER_FROZEN_COUNT,
            book,
            list,
            closing
        )?;
        let of = |answered: bool| {
            let own = counts.iter().find(|(word, _)| *word == answered);
            own.map_or(0, |(_, count)| *count)
        };
        Ok((of(true), of(false)))
    }

    /// One of these rows.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_frozen_row(
        &mut self,
        book: &str,
        (list, closing, row): (i64, i64, i64),
    ) -> Result<Option<String>> {
        let found: Option<(String,)> = first!(
            self,
            (String,),
            sql::HANDOVER_FROZEN_ROW,
            book,
            list,
            closing,
            row
        )?;
        Ok(found.map(|(frozen,)| frozen))
    }

    /// A row of a list.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_row(&mut self, book: &str, list: i64, row: i64) -> Result<Option<Row>> {
        first!(self, Row, sql::HANDOVER_ROW, book, list, row)
    }

    /// A sheet with its children.
    ///
    /// # Errors
    /// The database's.
    pub async fn sheet(&mut self, book: &str, number: i64) -> Result<Option<(Sheet, Vec<String>)>> {
        let Some(sheet) = first!(self, Sheet, sql::SHEET, book, number)? else {
            return Ok(None);
        };
        let children: Vec<(String,)> = all!(self, (String,), sql::SHEET_CHILDREN, book, number)?;
        let children = children.into_iter().map(|(child,)| child).collect();
        Ok(Some((sheet, children)))
    }

    /// Days that were said, the last said last.
    ///
    /// # Errors
    /// The database's.
    pub async fn handover_days(&mut self, book: &str) -> Result<Vec<Days>> {
        all!(self, Days, sql::DAYS, book)
    }
}
