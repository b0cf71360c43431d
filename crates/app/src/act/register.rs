//! What is done to the register: made, filled, undone, counted, verified. Each act reads, decides by pure functions, and writes in one
//! transaction with its link of the audit chain.
//!
//! In: a [`Desk`]: which register, who, and the moment. Out: what each act came to. A refusal is one Vietnamese sentence.

pub mod across;
pub mod again;
pub mod apart;
pub mod arrivals;
pub mod backup;
mod beyond;
pub mod census;
pub mod copy;
pub mod coverage;
pub mod crowd;
pub mod decide;
pub mod disputes;
pub mod doctor;
pub mod dossier;
pub mod duplicates;
pub mod edit;
pub mod entry;
pub mod export;
pub mod facets;
pub mod fields;
pub mod find;
mod geography;
pub mod handover;
pub mod headcount;
mod heaped;
pub mod import;
pub mod init;
pub mod intake;
mod kept;
pub mod kin;
pub mod letter;
pub mod life;
pub mod list;
pub mod mass;
pub mod merge;
pub mod mirror;
pub mod missing;
pub mod movements;
pub mod moves;
pub mod pairs;
mod part;
pub mod proposal;
pub mod publish;
pub mod record;
pub mod reform;
pub mod report;
pub mod restore;
pub mod rules;
pub mod second;
pub mod show;
mod texts;
pub mod today;
pub mod undo;

use crate::access::{Cut, Deed, Denied, Grants};
use crate::act::access::log::Log;
use anyhow::Context as _;
use std::future::Future;
use std::sync::{Arc, Mutex};
use treem_store::audit::Link;
use treem_store::id::Ids;
use treem_store::register::Register;
use treem_store::store::shown;
use treem_store::{Begun, Doing, Error, Store, Tx};

/// Why an act came to nothing.
pub enum Failed {
    /// The person can do something about it: one Vietnamese sentence.
    Refused(String),
    /// The person may not do this there: one Vietnamese sentence.
    Denied(String),
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
    /// What this person may do where; `None` on the command line, where everything is allowed.
    pub grants: Option<Grants>,
    /// The client's id of what is done next, where it gave one: the same is never done twice.
    pub request: Option<String>,
    /// What was refused at this desk, to be written down ([`crate::act::access::look::refusals`]).
    pub refused: Refused,
    /// Where looks are written down, together with those of other desks.
    pub log: Arc<Log>,
    /// Now: UTC, fixed width.
    pub now: String,
    /// Makes ids of this moment.
    pub ids: Ids,
}

/// Deeds that were refused at a desk.
#[derive(Debug, Default)]
pub struct Refused(Mutex<Vec<Denied>>);

impl Refused {
    /// All of them, which are then no longer held.
    pub fn take(&self) -> Vec<Denied> {
        self.0
            .lock()
            .map(|mut held| std::mem::take(&mut *held))
            .unwrap_or_default()
    }
}

/// An open book.
#[expect(
    clippy::struct_field_names,
    reason = "the book beside the register it stands in"
)]
pub(in crate::act) struct Book {
    pub(in crate::act) store: Store,
    pub(in crate::act) book: Register,
    /// The register was open already, and others go on with it.
    lent: bool,
    /// There are other books beside it.
    several: bool,
    /// Who sits at the desk, and when; for what an act brings about in another book.
    by: Doing,
}

impl Book {
    /// Closes what this act has opened: what it wrote is in the file. What it did to numbers of children of other books is written there.
    pub(in crate::act) async fn leave(self) {
        // The act itself is done. What could not be written beyond it, because that book was busy, the doctor tells.
        let _ = beyond::tell(&self).await;
        if !self.lent {
            self.store.close().await;
        }
    }
}

impl Desk {
    /// Opens the register and finds the book.
    pub(in crate::act) async fn open(&self) -> Done<Book> {
        let (open, _) = self.read().await?;
        Ok(open)
    }

    /// The same, to read from it: the book and all that is read after it are of one moment.
    pub(in crate::act) async fn read(&self) -> Done<(Book, Tx)> {
        let store = match &self.store {
            Some(store) => store.clone(),
            None => Store::open(&self.data).await?,
        };
        let mut tx = store.read().await?;
        let books = tx.registers().await?;
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
        let open = Book {
            store,
            lent: self.store.is_some(),
            several: books.len() > 1,
            by: Doing {
                register: String::new(),
                act: "shared".to_owned(),
                who: self.who.clone(),
                role: self.role.clone(),
                office: self.office.clone(),
                why: String::new(),
                request: String::new(),
                at: self.now.clone(),
            },
            book,
        };
        Ok((open, tx))
    }

    /// An act of this moment under a new request.
    pub(in crate::act) fn doing(&mut self, book: &str, act: &str, why: &str) -> Doing {
        Doing {
            register: book.to_owned(),
            act: act.to_owned(),
            who: self.who.clone(),
            role: self.role.clone(),
            office: self.office.clone(),
            why: why.to_owned(),
            request: self.request.take().unwrap_or_else(|| self.ids.next_id()),
            at: self.now.clone(),
        }
    }

    /// Whether this person may do a deed about somebody of a unit; no unit: about the whole book, or a child whose unit is not known.
    ///
    /// # Errors
    /// [`Failed::Denied`].
    pub fn must(&self, deed: Deed, edition: &str, unit: Option<&str>) -> Done<()> {
        let Some(grants) = &self.grants else {
            return Ok(());
        };
        grants.may(deed, edition, unit).map_err(|denied| {
            let sentence = denied.sentence();
            if let Ok(mut held) = self.refused.0.lock() {
                held.push(denied);
            }
            Failed::Denied(sentence)
        })
    }

    /// Whether this person may do a deed that is about the whole book.
    ///
    /// # Errors
    /// [`Failed::Denied`].
    pub fn must_whole(&self, deed: Deed) -> Done<()> {
        self.must(deed, "", None)
    }

    /// Whether this person may do a deed anywhere: for what is then cut to their area, or is figures alone.
    ///
    /// # Errors
    /// [`Failed::Denied`].
    pub fn must_somewhere(&self, deed: Deed) -> Done<()> {
        if self.area(deed).is_empty() {
            return self.must_whole(deed);
        }
        Ok(())
    }

    /// What a list is cut to for a deed.
    pub fn area(&self, deed: Deed) -> Cut {
        self.grants
            .as_ref()
            .map_or_else(Cut::whole, |grants| grants.cut(deed))
    }

    /// Whether a deed is allowed here at all; nothing is written down.
    pub fn may(&self, deed: Deed, edition: &str, unit: Option<&str>) -> bool {
        let grants = self.grants.as_ref();
        grants.is_none_or(|grants| grants.may(deed, edition, unit).is_ok())
    }

    /// Whether this person may do a deed about a child of the book, by the unit it has now.
    ///
    /// # Errors
    /// [`Failed::Denied`]; no such child.
    pub(in crate::act) async fn must_child(
        &self,
        deed: Deed,
        tx: &mut Tx,
        (book, id): (&str, &str),
    ) -> Done<()> {
        if self.grants.is_none() {
            return Ok(());
        }
        let now = tx.child(book, id).await?.now;
        self.must(deed, &now.edition, now.unit.as_deref())
    }
}

/// UTC with six digits of a second: the same width at all times.
pub fn stamp(now: jiff::Timestamp) -> String {
    let text = format!("{now:.6}");
    text.get(..26)
        .map_or_else(|| text.clone(), |text| format!("{text}Z"))
}

/// The last moment of a day in Việt Nam (UTC+7), as [`stamp`] writes moments.
pub fn evening(day: impl std::fmt::Display) -> String {
    format!("{day}T16:59:59.999999Z")
}

/// The name of a unit; empty where the edition does not know it.
fn unit_name(edition: &str, code: &str) -> String {
    treem_child::normalise::unit::edition(edition)
        .by_code(code)
        .map_or_else(String::new, |unit| unit.name.to_owned())
}

/// What was done under a request, where it was.
///
/// # Errors
/// The register cannot be used.
pub fn repeated(desk: &Desk, request: &str) -> Done<Option<Link>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        Ok(tx.act_of_request(&open.book.register, request).await?)
    })
}

/// Begins an act under a request that is new.
pub(in crate::act) async fn begin(store: &Store, doing: Doing) -> Done<treem_store::Act> {
    match store.begin(doing).await? {
        Begun::Act(act) => Ok(act),
        Begun::Done(_) => Err(Failed::Refused("việc này đã được ghi rồi.".to_owned())),
    }
}

/// Runs what waits for the database, on this thread: one that the pages lent for it, or that of a command.
pub(in crate::act) fn wait<T>(work: impl Future<Output = Done<T>>) -> Done<T> {
    if let Ok(pages) = tokio::runtime::Handle::try_current() {
        return pages.block_on(work);
    }
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("không chuẩn bị được việc đọc, ghi sổ")?
        .block_on(work)
}
