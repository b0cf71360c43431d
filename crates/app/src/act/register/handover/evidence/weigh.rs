//! What a file with a signature is, and what its signatures are worth.
//!
//! In: bytes, the list they are held against ([`Case`]). Out: [`Media`], [`Found`], a [`Signature`] for people.

use super::super::super::entry::papers;
use super::Signature;
use jiff::Timestamp;
use treem_child::handover::seal::Digest;
use treem_papers::sign::{
    Covers, Finding, Other, Trust, Verdict, seals_in, verify_detached_all, verify_pdf,
};

/// What bytes are by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Picture(&'static str),
    Pdf,
    Cms,
}

/// PNG and JPEG; PDF; a detached signature in DER, PEM or bare base64.
pub(super) fn media(content: &[u8]) -> Option<Media> {
    if content.starts_with(b"%PDF-") {
        return Some(Media::Pdf);
    }
    if let Some(kind) = papers::kind(content) {
        return (kind != "image/webp").then_some(Media::Picture(kind));
    }
    // A sequence, its base64, or the line above it.
    let starts = |part: &[u8]| content.starts_with(part);
    (starts(&[0x30, 0x80])
        || starts(&[0x30, 0x82])
        || starts(&[0x30, 0x83])
        || starts(b"MI")
        || starts(b"-----BEGIN "))
    .then_some(Media::Cms)
}

/// What a file came to before anything is written.
pub(super) struct Found {
    pub(super) kind: &'static str,
    pub(super) media: &'static str,
    pub(super) over: &'static str,
    pub(super) verdicts: Vec<(Verdict, bool)>,
}

/// What a list is held against.
pub(super) struct Case<'c> {
    pub(super) trust: &'c Trust,
    pub(super) at: Timestamp,
    pub(super) bytes: &'c [u8],
    pub(super) seal: Digest,
    pub(super) others: &'c [(String, String)],
}

impl Case<'_> {
    /// Which list the marks of a printed list name: this one (`pdf`), none (`unknown`), or another.
    fn tied(&self, marks: &[String]) -> Result<&'static str, String> {
        if marks.iter().any(|mark| *mark == self.seal.hex()) {
            return Ok("pdf");
        }
        match marks.first() {
            None => Ok("unknown"),
            Some(mark) => Err(self
                .others
                .iter()
                .find(|(_, seal)| seal == mark)
                .map_or_else(
                    || {
                        format!(
                            "bản in mang mã SHA-256 {}…",
                            mark.get(..8).unwrap_or_default()
                        )
                    },
                    |(name, _)| name.clone(),
                )),
        }
    }

    pub(super) fn detached(&self, content: &[u8], over: Option<&[u8]>) -> Found {
        let others: Vec<Other> = self
            .others
            .iter()
            .filter_map(|(name, seal)| {
                Digest::read(seal)
                    .ok()
                    .map(|seal| Other::sealed(name, seal.0))
            })
            .collect();
        let signed = over.unwrap_or(self.bytes);
        let mut verdicts = verify_detached_all(content, signed, &others, self.trust, self.at);
        let tied = match over {
            None => Ok("seal"),
            Some(pdf) => self.tied(&seals_in(pdf, pdf.len())),
        };
        if let Err(name) = &tied {
            wrong(verdicts.iter_mut(), name);
        }
        Found {
            kind: "p7s",
            media: "application/pkcs7-signature",
            over: tied.unwrap_or("unknown"),
            verdicts: verdicts
                .into_iter()
                .map(|verdict| (verdict, true))
                .collect(),
        }
    }

    pub(super) fn pdf(&self, content: &[u8]) -> Found {
        let all = verify_pdf(content, self.trust, self.at);
        // What the last signature stands behind is what was signed; what was added behind it is said of it.
        let before = all.last().map_or(0, |last| last.before);
        let tied = self.tied(&seals_in(content, before));
        let whole = |covers: Covers| covers == Covers::Whole;
        let mut verdicts: Vec<(Verdict, bool)> = all
            .into_iter()
            .map(|one| (one.verdict, whole(one.covers)))
            .collect();
        if let Err(name) = &tied {
            wrong(verdicts.iter_mut().map(|(verdict, _)| verdict), name);
        }
        Found {
            kind: "signed-pdf",
            media: "application/pdf",
            over: tied.unwrap_or("unknown"),
            verdicts,
        }
    }
}

/// Good signatures on another list's paper.
fn wrong<'v>(verdicts: impl Iterator<Item = &'v mut Verdict>, name: &str) {
    for verdict in verdicts.filter(|verdict| verdict.is_valid()) {
        verdict.finding = Finding::WrongList(name.to_owned());
    }
}

pub(super) fn signature((verdict, whole): &(Verdict, bool)) -> Signature {
    let signer = verdict.signer.clone();
    let part =
        |of: fn(treem_papers::sign::Signer) -> String| signer.clone().map(of).unwrap_or_default();
    Signature {
        verdict: verdict.word(),
        sentence: verdict.sentence(),
        signer: part(|signer| signer.name),
        office: part(|signer| signer.office),
        authority: part(|signer| signer.authority),
        serial: part(|signer| signer.serial),
        signed_at: verdict.signed.map(|at| at.to_string()),
        whole: *whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is() {
        for (content, expect) in [
            (&b"%PDF-1.7\n"[..], Some(Media::Pdf)),
            (b"\x89PNG\r\n\x1a\n0000", Some(Media::Picture("image/png"))),
            (
                &[0xFF, 0xD8, 0xFF, 0xE0],
                Some(Media::Picture("image/jpeg")),
            ),
            (&[0x30, 0x82, 0x05, 0x00], Some(Media::Cms)),
            (&[0x30, 0x80, 0x06, 0x09], Some(Media::Cms)),
            (b"-----BEGIN CMS-----\n", Some(Media::Cms)),
            (b"MIIFvg", Some(Media::Cms)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", None),
            (b"PK\x03\x04", None),
            (b"<html>", None),
            (b"", None),
        ] {
            assert_eq!(media(content), expect);
        }
    }
}
