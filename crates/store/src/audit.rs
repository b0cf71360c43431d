//! The audit chain of a book: each link holds the hash of the one before and of the events its act wrote.
//!
//! In: a [`Tx`] and a book. Out: [`Link`]s, and [`verify`]: whether anything was changed behind the program's back.

use crate::chain::{self, Events};
use crate::child::Event;
use crate::error::{Error, Result};
use crate::store::{Tx, all, first};
use crate::{limits, sql};

/// A link of the chain.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Link {
    /// Its number in the book, from 1.
    pub seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Of which office.
    pub office: String,
    /// What was done, one word.
    pub act: String,
    /// Why.
    pub why: String,
    /// The id it was about.
    pub subject: String,
    /// The client's id of the request.
    pub request: String,
    /// More, as JSON.
    pub detail: String,
    /// How many events the act wrote.
    pub event_count: i64,
    /// SHA-256 over them; empty without any.
    pub events: String,
    /// Hash of the link before; empty for the first.
    pub previous: String,
    /// Hash of this link.
    pub hash: String,
}

/// The hash of a link.
pub(crate) fn hash_of(book: &str, link: &Link) -> String {
    let (seq, count) = (link.seq.to_string(), link.event_count.to_string());
    chain::hex(&chain::of(&[
        book,
        &seq,
        &link.at,
        &link.who,
        &link.role,
        &link.office,
        &link.act,
        &link.why,
        &link.subject,
        &link.request,
        &link.detail,
        &count,
        &link.events,
        &link.previous,
    ]))
}

/// What is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A link is missing before this number.
    Gap(i64),
    /// The link does not hang on the one before.
    Unhooked(i64),
    /// The link was changed.
    Changed(i64),
    /// Events of the link's act were changed, added or taken away.
    Events(i64),
    /// The book's head is not the last link.
    Head {
        /// Number of the last link that is there.
        last: i64,
        /// Number the book knows.
        head: i64,
    },
    /// So many events belong to no act.
    Beyond(i64),
}

impl Broken {
    /// In one Vietnamese sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Gap(seq) => format!("Nhật ký thiếu mục trước mục số {seq}."),
            Self::Unhooked(seq) => format!("Nhật ký mục số {seq} không nối với mục trước nó."),
            Self::Changed(seq) => format!("Nhật ký mục số {seq} đã bị sửa."),
            Self::Events(seq) => {
                format!(
                    "Lịch sử hồ sơ của việc ghi ở nhật ký mục số {seq} đã bị sửa, thêm hoặc xóa."
                )
            }
            Self::Head { last, head } => {
                format!("Nhật ký kết thúc ở mục số {last}, nhưng sổ ghi nhận mục cuối là {head}.")
            }
            Self::Beyond(count) => {
                format!("Có {count} mục lịch sử hồ sơ không thuộc việc nào trong nhật ký.")
            }
        }
    }
}

/// What a verification came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Links looked at.
    pub links: i64,
    /// Events looked at.
    pub events: i64,
    /// What is wrong; empty if nothing.
    pub broken: Vec<Broken>,
}

impl Tx {
    /// A page of the chain: links after a number.
    ///
    /// # Errors
    /// The database's.
    pub async fn links(&mut self, book: &str, after: i64) -> Result<Vec<Link>> {
        all!(self, Link, sql::AUDIT_PAGE, book, after, limits::PAGE)
    }

    /// Goes through the whole chain and all events.
    ///
    /// # Errors
    /// [`Error::NoRegister`], the database's.
    pub async fn verify(&mut self, book: &str) -> Result<Verified> {
        let head: Option<(i64, String)> = first!(self, (i64, String), sql::REGISTER_HEAD, book)?;
        let Some((head, head_hash)) = head else {
            return Err(Error::NoRegister(book.to_owned()));
        };
        let mut out = Verified::default();
        let (mut last, mut previous) = (0, chain::BEGIN.to_owned());
        loop {
            let page = self.links(book, last).await?;
            let Some(end) = page.last().map(|link| link.seq) else {
                break;
            };
            for link in &page {
                if link.seq != last.saturating_add(1) {
                    out.broken.push(Broken::Gap(link.seq));
                }
                if link.previous != previous {
                    out.broken.push(Broken::Unhooked(link.seq));
                }
                if hash_of(book, link) != link.hash {
                    out.broken.push(Broken::Changed(link.seq));
                }
                let (count, digest) = self.events_digest(book, link.seq).await?;
                if (count, digest.as_str()) != (link.event_count, link.events.as_str()) {
                    out.broken.push(Broken::Events(link.seq));
                }
                out.links += 1;
                out.events += count;
                last = link.seq;
                previous.clone_from(&link.hash);
            }
            last = end;
        }
        if (last, previous.as_str()) != (head, head_hash.as_str()) {
            out.broken.push(Broken::Head { last, head });
        }
        let beyond: Option<(i64,)> = first!(self, (i64,), sql::EVENTS_BEYOND, book, last)?;
        if let Some((count,)) = beyond.filter(|(count,)| *count > 0) {
            out.broken.push(Broken::Beyond(count));
        }
        Ok(out)
    }

    /// A page of the events of an act, after a child.
    pub(crate) async fn events_of_act(
        &mut self,
        book: &str,
        seq: i64,
        child: &str,
    ) -> Result<Vec<Event>> {
        all!(
            self,
            Event,
            sql::EVENTS_OF_ACT,
            book,
            seq,
            child,
            limits::PAGE
        )
    }

    async fn events_digest(&mut self, book: &str, seq: i64) -> Result<(i64, String)> {
        let mut events = Events::default();
        let mut last = String::new();
        loop {
            let page = self.events_of_act(book, seq, &last).await?;
            let Some(end) = page.last() else { break };
            last.clone_from(&end.child);
            for event in &page {
                events.push(&event.child, event.seq, event.hash());
            }
        }
        Ok((events.count(), events.digest()))
    }
}
