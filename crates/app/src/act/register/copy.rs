//! `treem copy`: the whole register, all books and all tables, to another place of either kind. At the target it is one transaction, or
//! one file that gets its name at the end: whoever stops it finds nothing there, or everything.
//!
//! In: the register and the address of the target. Out: [`Copied`].

use super::part::{self, Part};
use super::{Desk, Done, Failed, wait};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use std::collections::BTreeMap;
use std::path::Path;
use treem_store::copy::How;
use treem_store::store::shown;
use treem_store::{Error, Store};

/// What a copy came to, or would come to.
#[derive(serde::Serialize)]
pub struct Copied {
    /// From where.
    pub from: String,
    /// Where to.
    pub to: String,
    /// It was done; else this is only what would be.
    pub done: bool,
    /// Keys of the books.
    pub books: Vec<String>,
    /// Rows of all tables.
    pub rows: u64,
    /// Each table: how many rows.
    pub tables: BTreeMap<String, u64>,
    /// SHA-256 of each table's rows, the same on both sides.
    pub sha256: BTreeMap<String, String>,
    /// What is wrong with the audit chains, one Vietnamese sentence each.
    pub troubles: Vec<String>,
}

/// True for the address of a server.
pub(super) fn is_server(address: &str) -> bool {
    address.contains("://")
}

/// Copies the register (`only_show`: says what would be).
///
/// # Errors
/// [`Failed::Refused`]: the target holds a book already, or is the register itself.
pub fn run(
    desk: &Desk,
    to: &str,
    only_show: bool,
    progress: &dyn Progress,
    stop: &Stop,
) -> Done<Copied> {
    wait(async {
        desk.must_whole(Deed::Backup)?;
        let source = Store::open(&desk.data).await?;
        refuse_itself(&desk.data, to)?;
        let mut out = Copied {
            from: shown(&desk.data).to_owned(),
            to: shown(to).to_owned(),
            done: false,
            books: Vec::new(),
            rows: 0,
            tables: BTreeMap::new(),
            sha256: BTreeMap::new(),
            troubles: Vec::new(),
        };
        if only_show {
            refuse_full(to).await?;
            let mut tx = source.read().await?;
            for book in tx.registers().await? {
                out.books.push(book.register);
            }
            for table in tx.tables().await? {
                let count = tx.count(&table).await?;
                out.rows = out.rows.saturating_add(count);
                out.tables.insert(table.name, count);
            }
            return Ok(out);
        }
        let told = |done, of| {
            progress.step("sao sổ", done, of);
            !stop.is_asked()
        };
        let how = How {
            replace: false,
            compare: true,
            act: None,
            told: &told,
        };
        let copied = if is_server(to) || Path::new(to).exists() {
            let target = Store::create(to).await?;
            let copied = target.copy_from(&source, how, async || Ok(())).await?;
            target.close().await;
            copied
        } else {
            let part = Part::begin(Path::new(to))?;
            let target = Store::part(part.path()).await?;
            let copied = target.copy_from(&source, how, async || Ok(())).await?;
            target.whole().await?;
            part.keep(Path::new(to))?;
            copied
        };
        source.close().await;
        out.done = true;
        out.rows = copied.rows();
        for table in copied.tables {
            out.tables.insert(table.table.clone(), table.rows);
            out.sha256.insert(table.table, table.sha256);
        }
        out.troubles = copied
            .broken
            .iter()
            .map(|(book, broken)| format!("Sổ {book}: {}", broken.sentence()))
            .collect();
        out.books = copied.books;
        Ok(out)
    })
}

fn refuse_itself(data: &str, to: &str) -> Done<()> {
    let real = |path: &str| std::fs::canonicalize(path).ok();
    if !is_server(to) && real(to).is_some_and(|to| real(data) == Some(to)) {
        return Err(Failed::Refused(
            "nơi nhận chính là sổ đang dùng; hãy chọn nơi khác bằng --to.".to_owned(),
        ));
    }
    Ok(())
}

/// A look at the target that changes nothing.
async fn refuse_full(to: &str) -> Done<()> {
    match Store::open(to).await {
        Ok(target) => {
            let books = target.read().await?.registers().await?;
            target.close().await;
            if books.is_empty() {
                Ok(())
            } else {
                Err(Error::NotEmpty.into())
            }
        }
        Err(Error::NoStore(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The name of a file as an address.
pub(super) fn address(path: &Path) -> Done<&str> {
    path.to_str().ok_or_else(|| {
        Failed::Refused(format!(
            "tên “{}” có ký tự không dùng được; hãy chọn tên khác.",
            part::name(path)
        ))
    })
}
