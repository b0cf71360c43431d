//! What the linkage of an import is given: the book, the rows, and what persons decided before.
//!
//! In: pages of the register, rows one by one. Out: [`Book`], [`Rows`], [`Remembered`].

use super::Done;
use super::columns::{Places, Seen};
use crate::act::check::{Progress, Stop};
use rustc_hash::{FxHashMap, FxHashSet};
use treem_child::link::{Batch, Children};
use treem_child::rule::RuleId;
use treem_store::Tx;
use treem_store::child::ACTIVE;

/// What is known of the children of the book beside the columns.
#[derive(Default)]
pub struct Book {
    /// By place: the child's id.
    pub ids: Vec<String>,
    /// By place: it counts (else it moved or died).
    pub active: Vec<bool>,
    /// By place: its sound number, 0 without.
    pub numbers: Vec<u64>,
    /// The columns.
    pub batches: Vec<Batch>,
}

/// Children of one batch.
const BATCH: usize = 5_000;

impl Book {
    /// Reads the book.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(
        tx: &mut Tx,
        book: &str,
        places: &mut Places,
        (progress, stop): (&dyn Progress, &Stop),
    ) -> Done<Self> {
        let mut restored: FxHashMap<String, String> = tx
            .suggestions(book, RuleId::ID_ZERO_LOST.code())
            .await?
            .into_iter()
            .collect();
        restored.shrink_to_fit();
        let mut out = Self::default();
        let mut last = String::new();
        loop {
            let page = tx.linkable(book, &last).await?;
            let Some(end) = page.last() else { break };
            last.clone_from(&end.id);
            let mut batch = Batch::default();
            for child in &page {
                let own = restored.get(&child.id).map(String::as_str);
                Seen::record(child, own, places).push(&mut batch);
                out.active.push(child.state == ACTIVE);
                out.numbers.push(number_of(child.number.as_deref()));
            }
            out.ids.extend(page.into_iter().map(|child| child.id));
            out.batches.push(batch);
            progress.step("đọc sổ", out.ids.len() as u64, 0);
            if stop.is_asked() {
                break;
            }
        }
        Ok(out)
    }

    /// The place of a child.
    pub fn place(&self, id: &str) -> Option<u32> {
        self.ids
            .binary_search_by(|known| known.as_str().cmp(id))
            .ok()
            .and_then(|at| u32::try_from(at).ok())
    }
}

/// A number as an integer; 0 without.
pub fn number_of(number: Option<&str>) -> u64 {
    number.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// The rows of an import.
#[derive(Default)]
pub struct Rows {
    batches: Vec<Batch>,
    last: Batch,
    /// By row: how much it says.
    pub fullness: Vec<u8>,
    /// By row: what it says of who it is, as a hash.
    pub prints: Vec<String>,
    /// By row: its sound number, 0 without.
    pub numbers: Vec<u64>,
    /// Each is a child of its own for certain, and who looks like a child of the book waits, however alike.
    pub each_asked: bool,
}

impl Rows {
    /// Rows of which each is a child of its own for certain; who looks like a child of the book waits, however alike.
    pub fn each_asked() -> Self {
        Self {
            each_asked: true,
            ..Self::default()
        }
    }

    /// Adds a row. `number`: its sound number.
    pub fn push(&mut self, seen: &Seen<'_>, number: &str) {
        seen.push(&mut self.last);
        self.fullness.push(seen.fullness());
        self.prints.push(seen.print());
        self.numbers.push(number_of(Some(number)));
        if self.last.len() >= BATCH {
            self.batches.push(std::mem::take(&mut self.last));
        }
    }
}

/// What persons decided of rows that say the same.
#[derive(Default)]
pub struct Remembered {
    /// By print: the child.
    pub same: FxHashMap<String, String>,
    /// By print: children it is not.
    pub apart: FxHashSet<(String, String)>,
}

impl Remembered {
    /// Reads it.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(tx: &mut Tx, book: &str) -> Done<Self> {
        let mut out = Self::default();
        for (print, child, other) in tx.decided_new(book).await? {
            if let Some(other) = other.filter(|other| Some(other) != child.as_ref()) {
                out.apart.insert((print.clone(), other));
            }
            if let Some(child) = child {
                out.same.insert(print, child);
            }
        }
        out.same.extend(tx.decided_same(book).await?);
        Ok(out)
    }
}

impl Rows {
    /// Takes some of the rows, by their places.
    pub fn pick(&self, wanted: &[u32], into: &mut Children) {
        for row in wanted {
            let at = *row as usize;
            let batch = self.batches.get(at / BATCH).unwrap_or(&self.last);
            into.extend_one(batch, at % BATCH);
        }
    }

    /// Takes all rows.
    pub fn all(&self, into: &mut Children) {
        for batch in self.batches.iter().chain([&self.last]) {
            into.extend(batch);
        }
    }
}
