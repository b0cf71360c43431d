//! What is done to the register: made, filled, undone, counted, verified. Each act reads, decides by pure functions, and writes in one
//! transaction with its link of the audit chain.
//!
//! In: a [`Desk`]: which register, who, and the moment. Out: what each act came to. A refusal is one Vietnamese sentence.

pub mod across;
pub mod again;
pub mod apart;
pub mod backup;
pub mod census;
pub mod copy;
pub mod coverage;
pub mod crowd;
pub mod decide;
pub mod disputes;
pub mod doctor;
pub mod duplicates;
pub mod edit;
pub mod export;
pub mod fields;
pub mod find;
mod geography;
pub mod headcount;
pub mod import;
pub mod init;
pub mod intake;
mod kept;
pub mod kin;
pub mod life;
pub mod list;
pub mod merge;
pub mod mirror;
pub mod movements;
pub mod moves;
pub mod pairs;
mod part;
pub mod publish;
pub mod record;
pub mod reform;
pub mod restore;
pub mod rules;
pub mod show;
mod texts;
pub mod undo;

use anyhow::Context as _;
use std::future::Future;
use treem_store::id::Ids;
use treem_store::register::Register;
use treem_store::store::shown;
use treem_store::{Begun, Doing, Error, Store};

/// Why an act came to nothing.
pub enum Failed {
    /// The person can do something about it: one Vietnamese sentence.
    Refused(String),
    /// Something broke.
    Broken(anyhow::Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        match error {
            Error::Database(_)
            | Error::Lost
            | Error::Busy
            | Error::CopyDiffers(_)
            | Error::Stopped
            | Error::Full
            | Error::Disk
            | Error::ReadOnly
            | Error::Damaged => Self::Broken(error.into()),
            _ => Self::Refused(format!("{error}.")),
        }
    }
}

impl From<anyhow::Error> for Failed {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

/// Result of an act.
pub type Done<T> = Result<T, Failed>;

/// Who sits at which register, and when.
pub struct Desk {
    /// A file, or `postgres://…`.
    pub data: String,
    /// The register, where it is open already (the pages); otherwise each act opens it.
    pub store: Option<Store>,
    /// The book; the only one where there is one.
    pub register: Option<String>,
    /// Who.
    pub who: String,
    /// In which role; `cli` on the command line.
    pub role: String,
    /// Of which office; empty on the command line.
    pub office: String,
    /// Now: UTC, fixed width.
    pub now: String,
    /// Makes ids of this moment.
    pub ids: Ids,
}

/// An open book.
struct Book {
    store: Store,
    book: Register,
    /// The register was open already, and others go on with it.
    lent: bool,
}

impl Book {
    /// Closes what this act has opened: what it wrote is in the file.
    async fn leave(self) {
        if !self.lent {
            self.store.close().await;
        }
    }
}

impl Desk {
    /// Opens the register and finds the book.
    async fn open(&self) -> Done<Book> {
        let store = match &self.store {
            Some(store) => store.clone(),
            None => Store::open(&self.data).await?,
        };
        let books = store.read().await?.registers().await?;
        let book = match (&self.register, books.as_slice()) {
            (Some(key), books) => books
                .iter()
                .find(|book| book.register == *key)
                .cloned()
                .ok_or_else(|| Error::NoRegister(key.clone()))?,
            (None, [book]) => book.clone(),
            (None, []) => return Err(Error::NoStore(shown(&self.data).to_owned()).into()),
            (None, several) => {
                let keys: Vec<&str> = several.iter().map(|book| book.register.as_str()).collect();
                return Err(Failed::Refused(format!(
                    "ở đây có nhiều sổ: {}; hãy chọn một bằng --register.",
                    keys.join(", ")
                )));
            }
        };
        Ok(Book {
            store,
            book,
            lent: self.store.is_some(),
        })
    }

    /// An act of this moment under a new request.
    fn doing(&mut self, book: &str, act: &str, why: &str) -> Doing {
        Doing {
            register: book.to_owned(),
            act: act.to_owned(),
            who: self.who.clone(),
            role: self.role.clone(),
            office: self.office.clone(),
            why: why.to_owned(),
            request: self.ids.next_id(),
            at: self.now.clone(),
        }
    }
}

/// The name of a unit; empty where the edition does not know it.
fn unit_name(edition: &str, code: &str) -> String {
    treem_child::normalise::unit::edition(edition)
        .by_code(code)
        .map_or_else(String::new, |unit| unit.name.to_owned())
}

/// Begins an act under a request that is new.
async fn begin(store: &Store, doing: Doing) -> Done<treem_store::Act> {
    match store.begin(doing).await? {
        Begun::Act(act) => Ok(act),
        Begun::Done(_) => Err(Failed::Refused("việc này đã được ghi rồi.".to_owned())),
    }
}

/// Runs what waits for the database, on this thread: one that the pages lent for it, or that of a command.
fn wait<T>(work: impl Future<Output = Done<T>>) -> Done<T> {
    if let Ok(pages) = tokio::runtime::Handle::try_current() {
        return pages.block_on(work);
    }
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("không chuẩn bị được việc đọc, ghi sổ")?
        .block_on(work)
}
