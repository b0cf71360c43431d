//! What shows that a list of the hand-over was signed: scans of wet signatures, detached signatures, signed PDFs.
//!
//! In: an [`Act`] that writes, a [`Tx`] that reads, bytes. Out: [`Evidence`]. Nothing here is ever changed: what was found of a signature is
//! what was found when it came in.

use crate::act::Act;
use crate::error::{Error, Result};
use crate::store::{Tx, all, first, run};
use crate::{limits, sql};

/// A piece of evidence, without its bytes.
#[derive(Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Evidence {
    /// Its id.
    pub id: String,
    /// The number of the list.
    pub list: i64,
    /// `commune` or `police`.
    pub side: String,
    /// `wet-scan`, `p7s` or `signed-pdf`.
    pub kind: String,
    /// The name of the file, for people: its last part only.
    pub name: String,
    /// What the bytes are: `image/png`, `image/jpeg`, `application/pdf`, `application/pkcs7-signature`.
    pub media: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
    /// What was signed: `seal`, `pdf`, `unknown`.
    pub over: String,
    /// The seal of the list when it came in.
    pub seal: String,
    /// What was found, as a word; empty for a scan.
    pub verdict: String,
    /// The same as a sentence.
    pub sentence: String,
    /// Who signed, as the certificate says.
    pub signer: String,
    /// Of which office.
    pub office: String,
    /// Who gave the certificate.
    pub authority: String,
    /// The certificate's number.
    pub certificate: String,
    /// When, by the clock of the signer's machine.
    pub signed_at: Option<String>,
    /// The act that wrote it down.
    pub audit_seq: i64,
    /// When.
    pub at: String,
    /// Who wrote it down.
    pub who: String,
}

/// A file name may hold a child's name.
impl std::fmt::Debug for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Evidence({} {} {} {})",
            self.list, self.side, self.kind, self.verdict
        )
    }
}

impl Act {
    /// Writes a piece down, with its bytes. `at`, `who` and `audit_seq` are the act's. Gives `false` where the same bytes are there already
    /// for this list and side.
    ///
    /// # Errors
    /// [`Error::TooLong`], [`Error::EvidenceMany`]; the database's.
    pub async fn add_evidence(&mut self, piece: &Evidence, content: &[u8]) -> Result<bool> {
        if content.len() > limits::EVIDENCE_BYTES {
            return Err(Error::TooLong(content.len()));
        }
        let doing = self.doing.clone();
        let book = doing.register.as_str();
        if self.tx.evidence_of(book, piece.list).await?.len() >= limits::EVIDENCE {
            return Err(Error::EvidenceMany(limits::EVIDENCE));
        }
        let seq = self.seq;
        let written = run!(
            self.tx,
            sql::EVIDENCE_ADD,
            book,
            piece.id.as_str(),
            piece.list,
            piece.side.as_str(),
            piece.kind.as_str(),
            piece.name.as_str(),
            piece.media.as_str(),
            piece.sha256.as_str(),
            i64::try_from(content.len()).unwrap_or(i64::MAX),
            piece.over.as_str(),
            piece.seal.as_str(),
            piece.verdict.as_str(),
            piece.sentence.as_str(),
            piece.signer.as_str(),
            piece.office.as_str(),
            piece.authority.as_str(),
            piece.certificate.as_str(),
            piece.signed_at.as_deref(),
            seq,
            doing.at.as_str(),
            doing.who.as_str(),
        )?;
        if written == 0 {
            return Ok(false);
        }
        run!(
            self.tx,
            sql::EVIDENCE_CONTENT_ADD,
            book,
            piece.id.as_str(),
            content
        )?;
        Ok(true)
    }
}

impl Tx {
    /// The evidence of a list, in the order in which it came.
    ///
    /// # Errors
    /// The database's.
    pub async fn evidence_of(&mut self, book: &str, list: i64) -> Result<Vec<Evidence>> {
        all!(self, Evidence, sql::EVIDENCE_OF, book, list)
    }

    /// A piece.
    ///
    /// # Errors
    /// The database's.
    pub async fn evidence(&mut self, book: &str, id: &str) -> Result<Option<Evidence>> {
        first!(self, Evidence, sql::EVIDENCE, book, id)
    }

    /// The bytes of a piece.
    ///
    /// # Errors
    /// The database's.
    pub async fn evidence_content(&mut self, book: &str, id: &str) -> Result<Option<Vec<u8>>> {
        let found: Option<(Vec<u8>,)> = first!(self, (Vec<u8>,), sql::EVIDENCE_CONTENT, book, id)?;
        Ok(found.map(|(content,)| content))
    }
}
