//! The register in the browser: each page reads what was asked, calls one act, shows what it came to. Nothing is decided here.
//!
//! In: an open register, the clock, chance. Out: [`router`], which answers requests; [`serve`] puts it on a port.

mod account;
mod admin;
mod answer;
mod api;
mod assets;
mod chart;
mod child;
mod duplicates;
mod entry;
mod find;
mod handover;
mod help;
mod import;
mod letter;
mod list;
mod long;
mod missing;
mod page;
mod person;
pub mod rate;
mod report;
mod routes;
mod sent;
pub mod serve;
mod sign_in;
pub mod tls;
mod today;
pub mod under_way;
mod work;

use crate::act::access::log::Log;
use crate::act::access::look;
use crate::act::register::{Desk, Done, Failed, Refused};
use crate::shown;
pub use answer::Answer;
pub use page::Page;
pub use person::Person;
use std::sync::Arc;
use treem_child::normalise::date::PartialDate;
use treem_store::Store;
use treem_store::id::Ids;

/// What `main` lends the pages from outside: they run for months, so the clock and chance are asked again and again.
#[derive(Clone, Copy)]
pub struct Outside {
    /// Now.
    pub clock: fn() -> jiff::Timestamp,
    /// 32 bytes nobody can guess.
    pub chance: fn() -> [u8; 32],
}

/// What all pages share.
pub struct State {
    /// The open register.
    pub store: Store,
    /// Its address, for acts that name it (backup, doctor).
    pub data: String,
    /// The book where there are several.
    pub register: Option<String>,
    /// Clock and chance.
    pub outside: Outside,
    /// Whether people come by HTTPS: cookies are then for HTTPS alone.
    pub secure: bool,
    /// Whether a proxy stands before us and says who asks (`X-Forwarded-For`).
    pub behind_proxy: bool,
    /// The certificate of this program's own authority, where it has one.
    pub authority: Option<Vec<u8>>,
    /// How often who has asked.
    pub rate: rate::Rate,
    /// Long works that go on while pages come and go.
    pub jobs: crate::jobs::Jobs,
    /// Looks that are written down together.
    pub log: Arc<Log>,
    /// What the children of each unit are like, kept between questions.
    pub portraits: Arc<crate::act::register::report::portrait::Portraits>,
    /// The children of past evenings, kept between questions.
    pub evenings: Arc<crate::act::register::report::evenings::Evenings>,
    /// Acts that are being done.
    pub acts: Arc<under_way::UnderWay>,
}

impl State {
    /// A desk of this moment at which `who` sits.
    pub fn desk(&self, person: Option<&Person>) -> Desk {
        let now = (self.outside.clock)();
        let chance = (self.outside.chance)();
        let mut half = [0; 16];
        half.copy_from_slice(&chance[..16]);
        Desk {
            data: self.data.clone(),
            store: Some(self.store.clone()),
            register: self.register.clone(),
            who: person.map_or_else(String::new, |person| person.sign_in.clone()),
            role: person.map_or_else(|| "web".to_owned(), |person| person.role.clone()),
            office: person.map_or_else(String::new, |person| person.office.clone()),
            grants: Some(person.map_or_else(Default::default, |person| person.grants.clone())),
            refused: Refused::default(),
            log: Arc::clone(&self.log),
            request: None,
            now: crate::act::register::stamp(now),
            ids: Ids::new(
                u64::try_from(now.as_millisecond()).unwrap_or(0),
                u128::from_le_bytes(half),
            ),
        }
    }

    /// Today in Việt Nam (UTC+7), wherever the machine stands.
    pub fn today(&self) -> PartialDate {
        shown::today(&crate::act::register::stamp((self.outside.clock)()))
    }

    /// Runs an act for a person, on a thread that may wait for the database.
    ///
    /// # Errors
    /// What the act refuses, as a page.
    pub async fn act<T: Send + 'static>(
        self: &Arc<Self>,
        person: &Person,
        work: impl FnOnce(&mut Desk) -> Done<T> + Send + 'static,
    ) -> Result<T, Answer> {
        let failed = match self.try_act(Some(person), work).await {
            Ok(done) => return Ok(done),
            Err(failed) => failed,
        };
        Err(Answer::of(failed, Some(person)))
    }

    /// The same, for pages that show a refusal themselves; nobody is a person who has not signed in.
    ///
    /// # Errors
    /// What the act refuses.
    pub async fn try_act<T: Send + 'static>(
        self: &Arc<Self>,
        person: Option<&Person>,
        work: impl FnOnce(&mut Desk) -> Done<T> + Send + 'static,
    ) -> Done<T> {
        let mut desk = self.desk(person);
        let under_way = self.acts.begin();
        tokio::task::spawn_blocking(move || {
            let _until_done = under_way;
            let done = work(&mut desk);
            // What was refused is written down before it is said.
            look::refusals(&mut desk)?;
            done
        })
        .await
        .unwrap_or_else(|_| {
            Err(Failed::Broken(anyhow::anyhow!(
                "một việc của trang bị dừng giữa chừng"
            )))
        })
    }
}

pub use assets::are_built as assets_are_built;
pub use routes::router;

#[cfg(test)]
mod tests;
