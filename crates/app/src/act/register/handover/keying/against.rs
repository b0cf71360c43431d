//! What an answer is held against: the list as it was sealed and its rows now, all of them or only those that are asked about.
//!
//! In: a list; rows. Out: [`Against`].

use super::super::super::{Desk, Done, Failed};
use super::super::frozen::{read, sealed};
use super::super::held::{Held, row_code, stored};
use super::super::list_of;
use super::must_answer;
use std::collections::BTreeMap;
use treem_child::handover::code;
use treem_child::handover::frozen::Frozen;
use treem_child::handover::returned::Sent;
use treem_store::Tx;
use treem_store::handover::Row;

/// Everything an answer is held against.
pub(in super::super) struct Against {
    pub(in super::super) held: Held,
    pub(in super::super) rows: BTreeMap<code::Row, Row>,
    pub(in super::super) frozen: BTreeMap<code::Row, Frozen>,
    pub(in super::super) ordered: Vec<Frozen>,
    pub(in super::super) year: i16,
}

/// Up to so many rows are read one by one; more are read with the whole list.
pub(super) const ONE_BY_ONE: usize = 100;

impl Against {
    /// A list that is closed, with its rows.
    pub(in super::super) async fn of(
        tx: &mut Tx,
        (book, at): (&str, &str),
        list: &str,
    ) -> Done<Self> {
        let mut out = Self::without_rows(tx, (book, at), list).await?;
        out.read_all(tx, book).await?;
        Ok(out)
    }

    async fn without_rows(tx: &mut Tx, (book, at): (&str, &str), list: &str) -> Done<Self> {
        let code = list_of(list)?;
        let held = Held::of(tx, book, code).await?;
        if !held.place().is_sealed() {
            return Err(Failed::Refused(format!(
                "Danh sách {code} chưa chốt nên chưa có kết quả của Công an."
            )));
        }
        let year = at
            .get(..4)
            .and_then(|year| year.parse().ok())
            .unwrap_or(2100);
        Ok(Self {
            held,
            rows: BTreeMap::new(),
            frozen: BTreeMap::new(),
            ordered: Vec::new(),
            year,
        })
    }

    async fn read_all(&mut self, tx: &mut Tx, book: &str) -> Done<()> {
        self.ordered = sealed(tx, book, &self.held).await?;
        self.frozen = self
            .ordered
            .iter()
            .map(|row| (row.code, row.clone()))
            .collect();
        for row in tx.handover_rows(book, self.held.list.number).await? {
            if let Some(code) = row_code(&row) {
                self.rows.insert(code, row);
            }
        }
        Ok(())
    }

    /// The same for somebody who may answer: read and asked in one place, so that no way in forgets it.
    pub(in super::super) async fn for_answers(
        desk: &Desk,
        tx: &mut Tx,
        book: &str,
        list: &str,
    ) -> Done<Self> {
        let mut against = Self::without_rows(tx, (book, &desk.now), list).await?;
        must_answer(desk, &against.held)?;
        against.read_all(tx, book).await?;
        Ok(against)
    }

    /// The same with these rows alone, where they are few; a row that the list does not have is left out.
    pub(in super::super) async fn for_rows(
        desk: &Desk,
        tx: &mut Tx,
        (book, list): (&str, &str),
        rows: impl ExactSizeIterator<Item = Done<code::Row>>,
    ) -> Done<Self> {
        let mut against = Self::without_rows(tx, (book, &desk.now), list).await?;
        must_answer(desk, &against.held)?;
        if rows.len() > ONE_BY_ONE {
            against.read_all(tx, book).await?;
            return Ok(against);
        }
        let (number, closing) = (against.held.list.number, against.held.list.closing);
        for row in rows.flatten() {
            let at = stored(row.number());
            if let Some(kept) = tx.handover_row(book, number, at).await? {
                against.rows.insert(row, kept);
            }
            let sealed = tx.handover_frozen_row(book, (number, closing, at)).await?;
            if let Some(sealed) = sealed {
                let sealed = read(&against.held, &sealed)?;
                against.frozen.insert(row, sealed);
            }
        }
        Ok(against)
    }

    pub(in super::super) fn sent(&self) -> Sent<'_> {
        Sent {
            list: self.held.code,
            digest: self.held.course.state.closed().map(|closed| closed.seal),
            rows: &self.ordered,
            year: self.year,
        }
    }
}
