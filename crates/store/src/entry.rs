//! Entries typed by hand: drafts that outlive a power cut, papers beside them, and whom in the book a typed child may be.
//!
//! In: a [`Store`] or an [`Act`], what was typed as a text, bytes of pictures. Out: [`Draft`], [`Attachment`], [`Linkable`]s. Saving a draft is no
//! act of the book (nothing of it is true yet), so it has no link of the audit chain; it has a version, and one machine that is behind is
//! told so.

use crate::act::Act;
use crate::change::Linkable;
use crate::error::{Error, Result};
use crate::store::{Store, Tx, add_many, all, first, run};
use crate::{limits, sql};
use std::collections::BTreeMap;

/// The state of a draft somebody works on.
pub const OPEN: &str = "open";
/// The state of a draft whose children are in the book.
pub const SAVED: &str = "saved";
/// The state of a draft that was thrown away.
pub const THROWN: &str = "thrown";

/// A draft.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Draft {
    /// Its id, made by the page or the program.
    pub id: String,
    /// Whose it is.
    pub person: String,
    /// How often it was saved.
    pub version: i64,
    /// [`OPEN`], [`SAVED`] or [`THROWN`].
    pub state: String,
    /// Edition of the unit.
    pub edition: String,
    /// Where the household lives.
    pub unit: Option<String>,
    /// When it was saved last.
    pub updated_at: String,
    /// What was typed, as JSON; empty unless open.
    pub content: String,
}

/// What is typed never reaches a log.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({} {} {})", self.id, self.version, self.state)
    }
}

/// A photo or scan, without its bytes.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Attachment {
    /// Its id.
    pub id: String,
    /// The draft it was laid beside.
    pub draft: String,
    /// The name of the file, for people.
    pub name: String,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub kind: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
}

/// A file name may hold a child's name.
impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attachment({} {} {})", self.id, self.kind, self.bytes)
    }
}

/// By what the children a typed one may be are asked for; empty where it is not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Like<'l> {
    /// The name folded as `name_key`.
    pub name_key: &'l str,
    /// The birth date as the register writes it.
    pub birth: &'l str,
    /// A sound number.
    pub number: &'l str,
    /// Edition and code of the commune.
    pub unit: (&'l str, &'l str),
    /// Born in the commune from one day to before another (`YYYY`, `YYYY-MM-DD`).
    pub beside: (&'l str, &'l str),
}

impl Store {
    /// Keeps what was typed. `seen`: the version this began from; 0 for a draft that is not there yet. Gives the new version.
    ///
    /// # Errors
    /// [`Error::TooLong`]; [`Error::DraftGone`] where it is saved, thrown away or another person's; [`Error::DraftElsewhere`] where it went on
    /// at another machine; the database's.
    pub async fn save_draft(&self, book: &str, seen: i64, draft: &Draft) -> Result<i64> {
        if draft.content.len() > limits::DRAFT_BYTES {
            return Err(Error::TooLong(draft.content.len()));
        }
        let mut tx = self.write().await?;
        let done = if seen == 0 {
            let open: Option<(i64,)> =
                first!(tx, (i64,), sql::DRAFTS_OPEN, book, draft.person.as_str())?;
            if open.is_some_and(|(open,)| open >= limits::DRAFTS) {
                return Err(Error::DraftsMany(limits::DRAFTS));
            }
            run!(
                tx,
                sql::DRAFT_ADD,
                book,
                draft.id.as_str(),
                draft.person.as_str(),
                draft.edition.as_str(),
                draft.unit.as_deref(),
                draft.updated_at.as_str(),
                draft.content.as_str(),
            )?
        } else {
            run!(
                tx,
                sql::DRAFT_SET,
                book,
                draft.id.as_str(),
                draft.person.as_str(),
                seen,
                draft.edition.as_str(),
                draft.unit.as_deref(),
                draft.updated_at.as_str(),
                draft.content.as_str(),
            )?
        };
        if done == 0 {
            let now = tx.draft(book, &draft.id).await?;
            return match now.filter(|now| now.person == draft.person && now.state == OPEN) {
                // The answer to the same message was lost on its way.
                Some(now) if now.content == draft.content => Ok(now.version),
                Some(now) => Err(Error::DraftElsewhere(now.version)),
                None => Err(Error::DraftGone),
            };
        }
        tx.commit().await?;
        Ok(seen.saturating_add(1))
    }

    /// Throws a draft of a person away, with its papers.
    ///
    /// # Errors
    /// [`Error::DraftGone`], the database's.
    pub async fn throw_draft(&self, book: &str, id: &str, person: &str, at: &str) -> Result<()> {
        let mut tx = self.write().await?;
        tx.drop_attachments(book, id, "").await?;
        if run!(tx, sql::DRAFT_END, book, id, person, THROWN, at)? == 0 {
            return Err(Error::DraftGone);
        }
        tx.commit().await
    }

    /// Lays a paper beside an open draft of a person.
    ///
    /// # Errors
    /// [`Error::DraftGone`], [`Error::TooLong`]: too large, or too many; the database's.
    pub async fn add_attachment(
        &self,
        book: &str,
        paper: &Attachment,
        content: &[u8],
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let draft = tx.draft(book, &paper.draft).await?;
        if draft.is_none_or(|draft| draft.person != paper.who || draft.state != OPEN) {
            return Err(Error::DraftGone);
        }
        let there = tx.attachments_of_draft(book, &paper.draft).await?.len();
        if content.len() > limits::ATTACHMENT_BYTES {
            return Err(Error::TooLong(content.len()));
        }
        if there >= limits::ATTACHMENTS {
            return Err(Error::AttachmentsMany(limits::ATTACHMENTS));
        }
        run!(
            tx,
            sql::ATTACHMENT_ADD,
            book,
            paper.id.as_str(),
            paper.draft.as_str(),
            paper.name.as_str(),
            paper.kind.as_str(),
            paper.sha256.as_str(),
            paper.bytes,
            paper.at.as_str(),
            paper.who.as_str(),
        )?;
        run!(
            tx,
            sql::ATTACHMENT_CONTENT_ADD,
            book,
            paper.id.as_str(),
            content
        )?;
        tx.commit().await
    }

    /// Takes a paper away from an open draft of a person.
    ///
    /// # Errors
    /// [`Error::DraftGone`], the database's.
    pub async fn drop_attachment(
        &self,
        book: &str,
        draft: &str,
        (person, id): (&str, &str),
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let there = tx.draft(book, draft).await?;
        if id.is_empty() || there.is_none_or(|there| there.person != person || there.state != OPEN)
        {
            return Err(Error::DraftGone);
        }
        tx.drop_attachments(book, draft, id).await?;
        tx.commit().await
    }
}

impl Act {
    /// A draft is in the book: it is done with, and its papers speak of these children.
    ///
    /// # Errors
    /// [`Error::DraftGone`] where it is not open any more, the database's.
    pub async fn draft_saved(
        &mut self,
        draft: &str,
        person: &str,
        children: &[String],
    ) -> Result<()> {
        let (book, at) = (self.doing.register.clone(), self.doing.at.clone());
        let (book, at) = (book.as_str(), at.as_str());
        if run!(self.tx, sql::DRAFT_END, book, draft, person, SAVED, at)? == 0 {
            return Err(Error::DraftGone);
        }
        let papers = self.tx.attachments_of_draft(book, draft).await?;
        let pairs: Vec<(&str, &str)> = papers
            .iter()
            .flat_map(|paper| {
                children
                    .iter()
                    .map(|child| (child.as_str(), paper.id.as_str()))
            })
            .collect();
        add_many!(self.tx, sql::ATTACHMENT_CHILDREN_ADD, pairs, (child, paper) => [book, *child, *paper])?;
        Ok(())
    }
}

impl Tx {
    /// A draft.
    ///
    /// # Errors
    /// The database's.
    pub async fn draft(&mut self, book: &str, id: &str) -> Result<Option<Draft>> {
        first!(self, Draft, sql::DRAFT, book, id)
    }

    /// The open drafts of a person, the latest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn drafts_of(&mut self, book: &str, person: &str) -> Result<Vec<Draft>> {
        all!(self, Draft, sql::DRAFTS_OF, book, person, limits::DRAFTS)
    }

    /// A paper.
    ///
    /// # Errors
    /// The database's.
    pub async fn attachment(&mut self, book: &str, id: &str) -> Result<Option<Attachment>> {
        first!(self, Attachment, sql::ATTACHMENT, book, id)
    }

    /// The bytes of a paper.
    ///
    /// # Errors
    /// The database's.
    pub async fn attachment_content(&mut self, book: &str, id: &str) -> Result<Option<Vec<u8>>> {
        let found: Option<(Vec<u8>,)> =
            first!(self, (Vec<u8>,), sql::ATTACHMENT_CONTENT, book, id)?;
        Ok(found.map(|(content,)| content))
    }

    /// Papers of a draft, in the order in which they came.
    ///
    /// # Errors
    /// The database's.
    pub async fn attachments_of_draft(
        &mut self,
        book: &str,
        draft: &str,
    ) -> Result<Vec<Attachment>> {
        all!(self, Attachment, sql::ATTACHMENTS_OF_DRAFT, book, draft)
    }

    /// Papers of a child.
    ///
    /// # Errors
    /// The database's.
    pub async fn attachments_of_child(
        &mut self,
        book: &str,
        child: &str,
    ) -> Result<Vec<Attachment>> {
        all!(self, Attachment, sql::ATTACHMENTS_OF_CHILD, book, child)
    }

    /// Ids of the children a paper speaks of.
    ///
    /// # Errors
    /// The database's.
    pub async fn children_of_attachment(&mut self, book: &str, id: &str) -> Result<Vec<String>> {
        let found: Vec<(String,)> = all!(self, (String,), sql::CHILDREN_OF_ATTACHMENT, book, id)?;
        Ok(found.into_iter().map(|(child,)| child).collect())
    }

    async fn drop_attachments(&mut self, book: &str, draft: &str, id: &str) -> Result<()> {
        run!(self, sql::ATTACHMENT_CONTENT_DROP, book, draft, id)?;
        run!(self, sql::ATTACHMENT_DROP, book, draft, id)?;
        Ok(())
    }

    /// Children of the book a typed one may be, in order of their ids: of its name, its day, its number, and of its commune about its age.
    /// Each way brings at most [`limits::LIKE`] (the commune [`limits::BESIDE`]).
    ///
    /// # Errors
    /// The database's.
    pub async fn linkable_like(&mut self, book: &str, like: &Like<'_>) -> Result<Vec<Linkable>> {
        let mut found: Vec<Linkable> = Vec::new();
        if !like.name_key.is_empty() {
            found.extend(all!(
                self,
                Linkable,
                sql::LINKABLE_NAMED,
                book,
                like.name_key,
                limits::LIKE
            )?);
        }
        if !like.birth.is_empty() {
            found.extend(all!(
                self,
                Linkable,
                sql::LINKABLE_BORN,
                book,
                like.birth,
                limits::LIKE
            )?);
        }
        if !like.number.is_empty() {
            found.extend(all!(
                self,
                Linkable,
                sql::LINKABLE_NUMBERED,
                book,
                like.number,
                limits::LIKE
            )?);
        }
        let ((edition, unit), (from, to)) = (like.unit, like.beside);
        if !unit.is_empty() {
            found.extend(all!(
                self,
                Linkable,
                sql::LINKABLE_BESIDE,
                book,
                edition,
                unit,
                from,
                to,
                limits::BESIDE
            )?);
        }
        let by_id: BTreeMap<String, Linkable> = found
            .into_iter()
            .map(|child| (child.id.clone(), child))
            .collect();
        Ok(by_id.into_values().collect())
    }
}
