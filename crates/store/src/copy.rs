//! Copies a whole register, all books and all tables, from either engine to either: read from one snapshot, written in one transaction,
//! compared row by row before it is kept.
//!
//! In: two [`Store`]s. Out: [`Copied`]. A program that is killed on the way leaves nothing at the target.

use crate::act::{Act, Doing};
use crate::audit::Broken;
use crate::error::{Error, Result};
use crate::rows::{self, Digest, Hashing, Writer};
use crate::store::{Store, Tx};
use crate::tables::{Kind, Table};
use crate::{Begun, limits};
use futures_util::stream::StreamExt as _;

/// What a copy came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Each table: how many rows, and their hash, the same on both sides.
    pub tables: Vec<Digest>,
    /// The books.
    pub books: Vec<String>,
    /// What is wrong with the audit chains of the books, here and there; empty if nothing.
    pub broken: Vec<(String, Broken)>,
}

impl Copied {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// How a copy is made.
pub struct How<'a> {
    /// What the target holds is thrown away; else it must hold no book.
    pub replace: bool,
    /// Read the target again before it is kept, and compare. Without it the caller does that.
    pub compare: bool,
    /// An act in each book of the target, kept with it: the book's key is put in, the request gets it as an ending.
    pub act: Option<(Doing, String)>,
    /// Rows done, and rows in all; `false` stops, and nothing is kept.
    pub told: &'a dyn Fn(u64, u64) -> bool,
}

impl Store {
    /// Copies everything of `source` here.
    ///
    /// `before`: runs when the target is held against other writers and nothing of it is changed yet.
    ///
    /// # Errors
    /// [`Error::NotEmpty`], [`Error::OtherStructure`], [`Error::CopyDiffers`], [`Error::Stopped`], the databases'. Then the target is as it
    /// was.
    pub async fn copy_from<F: AsyncFnOnce() -> Result<()>>(
        &self,
        source: &Self,
        how: How<'_>,
        before: F,
    ) -> Result<Copied> {
        let mut from = source.read_tables().await?;
        let mut to = self.write().await?;
        let (tables, targets) = (from.tables().await?, to.tables().await?);
        let targets = matching(&tables, targets)?;
        let held = to.registers().await?;
        if !held.is_empty() && !how.replace {
            return Err(Error::NotEmpty);
        }
        for book in &held {
            to.lock_book(&book.register).await?;
        }
        before().await?;
        let mut all = 0_u64;
        for table in &tables {
            all = all.saturating_add(rows::count(&mut from, table).await?);
        }
        let passes = if how.compare { 2 } else { 1 };
        let counting = Counting::new(all.saturating_mul(passes), how.told);
        let foreign = rows::loosen(&mut to).await?;
        for table in targets.iter().rev() {
            rows::clear(&mut to, table).await?;
        }
        let mut out = Copied::default();
        for (table, target) in tables.iter().zip(&targets) {
            let digest = copy_table(&mut from, table, &mut to, target, &counting).await?;
            out.tables.push(digest);
        }
        rows::tighten(&mut to, &foreign).await?;
        for digest in &out.tables {
            to.copied(&digest.table, digest.rows).await?;
        }
        if how.compare {
            for (digest, target) in out.tables.iter().zip(&targets) {
                let there = to.digest(target, &|rows| counting.add(rows)).await?;
                if there != *digest {
                    return Err(Error::CopyDiffers(digest.table.clone()));
                }
            }
        }
        for book in to.registers().await? {
            if how.compare {
                let verified = to.verify(&book.register).await?;
                let key = || book.register.clone();
                out.broken
                    .extend(verified.broken.into_iter().map(|broken| (key(), broken)));
            }
            out.books.push(book.register);
        }
        if let Some((doing, detail)) = how.act {
            for book in &out.books {
                let request = format!("{}-{book}", doing.request);
                let doing = Doing {
                    register: book.clone(),
                    request,
                    ..doing.clone()
                };
                match Act::in_tx(to, doing).await? {
                    Begun::Act(act) => to = act.close("", &detail).await?.0,
                    Begun::Done(_) => return Err(Error::Lost),
                }
            }
        }
        to.commit().await?;
        Ok(out)
    }

    /// The digest of every table, as of one moment.
    ///
    /// # Errors
    /// The database's.
    pub async fn digests(&self) -> Result<Vec<Digest>> {
        let mut tx = self.read_tables().await?;
        let mut out = Vec::new();
        for table in tx.tables().await? {
            out.push(tx.digest(&table, &|_| true).await?);
        }
        Ok(out)
    }
}

/// Tells how many rows are done.
struct Counting<'a> {
    done: std::sync::atomic::AtomicU64,
    all: u64,
    told: &'a dyn Fn(u64, u64) -> bool,
}

impl<'a> Counting<'a> {
    fn new(all: u64, told: &'a dyn Fn(u64, u64) -> bool) -> Self {
        Self {
            done: std::sync::atomic::AtomicU64::new(0),
            all,
            told,
        }
    }
    fn add(&self, rows: u64) -> bool {
        let before = self
            .done
            .fetch_add(rows, std::sync::atomic::Ordering::Relaxed);
        (self.told)(before.saturating_add(rows), self.all)
    }
}

/// The target's tables in the order of the source's, each with the columns in the order of the source's.
fn matching(tables: &[Table], mut targets: Vec<Table>) -> Result<Vec<Table>> {
    let mut out = Vec::with_capacity(tables.len());
    for table in tables {
        let other = || Error::OtherStructure(table.name.clone());
        let at = targets
            .iter()
            .position(|target| target.name == table.name)
            .ok_or_else(other)?;
        let mut target = targets.remove(at);
        let mut columns = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            let at = target
                .columns
                .iter()
                .position(|there| there.name == column.name && alike(there.kind, column.kind))
                .ok_or_else(other)?;
            columns.push(target.columns.remove(at));
        }
        if !target.columns.is_empty() || target.key != table.key {
            return Err(other());
        }
        target.columns = columns;
        out.push(target);
    }
    match targets.first() {
        Some(table) => Err(Error::OtherStructure(table.name.clone())),
        None => Ok(out),
    }
}

/// SQLite calls a truth a whole number.
fn alike(one: Kind, other: Kind) -> bool {
    let whole = |kind| matches!(kind, Kind::Whole | Kind::Boolean);
    one == other || whole(one) && whole(other)
}

async fn copy_table(
    from: &mut Tx,
    table: &Table,
    to: &mut Tx,
    target: &Table,
    counting: &Counting<'_>,
) -> Result<Digest> {
    let mut hashing = Hashing::new(table);
    let mut rows = rows::rows(from, table);
    let mut writer = Writer::begin(to, target).await?;
    let mut count = 0_u64;
    while let Some(row) = rows.next().await {
        let row = row?;
        hashing.push(&row);
        writer.push(row).await?;
        count = count.wrapping_add(1);
        if count.is_multiple_of(limits::COPY_STEP) && !counting.add(limits::COPY_STEP) {
            return Err(Error::Stopped);
        }
    }
    writer.finish().await?;
    if !counting.add(count % limits::COPY_STEP) {
        return Err(Error::Stopped);
    }
    Ok(hashing.finish())
}
