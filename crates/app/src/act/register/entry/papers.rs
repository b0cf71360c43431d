//! Photos and scans beside what is typed: kept with the draft, and with its children once they are in the book.
//!
//! In: bytes. Out: [`Paper`]s. What a paper is, its own first bytes say, never its name. A paper of a child is sensitive by law (NĐ
//! 356/2025/NĐ-CP Đ.4): looking at it is written into the audit chain before it is shown.

use super::super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use crate::act::access::secret::hex;
use crate::limits;
use sha2::{Digest as _, Sha256};
use treem_store::Error;
use treem_store::entry::Attachment;

/// A paper, without its bytes.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Paper {
    /// Its id.
    #[serde(rename = "paper")]
    pub id: String,
    /// The name of the file, for people.
    pub name: String,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub kind: String,
    /// How many bytes.
    pub bytes: i64,
    /// When.
    pub at: String,
}

/// Of what the store keeps.
pub fn paper(kept: Attachment) -> Paper {
    Paper {
        id: kept.id,
        name: kept.name,
        kind: kept.kind,
        bytes: kept.bytes,
        at: kept.at,
    }
}

/// What kind of picture bytes are: JPEG (ISO 10918), PNG (ISO 15948), WebP (RFC 9649).
pub fn kind(content: &[u8]) -> Option<&'static str> {
    if content.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some("image/jpeg")
    } else if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    }
}

/// The last part of a file's name, without what no name needs; `otherwise` where nothing of it is left.
pub fn named(name: &str, otherwise: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control())
        .take(limits::PAPER_NAME)
        .collect();
    let clean = clean.trim();
    if clean.is_empty() || clean.chars().all(|c| c == '.') {
        otherwise.to_owned()
    } else {
        clean.to_owned()
    }
}

/// Lays a paper beside a draft of the person at the desk.
///
/// # Errors
/// [`Failed::Refused`]: no picture, too large, too many, the draft is gone.
pub fn add(desk: &mut Desk, draft: &str, (name, content): (&str, &[u8])) -> Done<Paper> {
    let Some(kind) = kind(content) else {
        return Err(Failed::Refused(
            "tệp này không phải ảnh JPEG, PNG hoặc WebP; hãy chụp hoặc quét lại thành ảnh."
                .to_owned(),
        ));
    };
    let most = treem_store::limits::ATTACHMENT_BYTES;
    if content.len() > most {
        return Err(Failed::Refused(format!(
            "ảnh lớn quá {} MB; hãy chụp hoặc quét ở cỡ nhỏ hơn.",
            most >> 20
        )));
    }
    let kept = Attachment {
        id: desk.ids.next_id(),
        draft: draft.to_owned(),
        name: named(name, "ảnh"),
        kind: kind.to_owned(),
        sha256: hex(&Sha256::digest(content)),
        bytes: i64::try_from(content.len()).unwrap_or(i64::MAX),
        at: desk.now.clone(),
        who: desk.who.clone(),
    };
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.as_str();
        open.store.add_attachment(book, &kept, content).await?;
        Ok(paper(kept))
    })
}

/// Takes a paper away from a draft of the person at the desk.
///
/// # Errors
/// [`Failed::Refused`]: the draft is gone.
pub fn drop(desk: &Desk, draft: &str, paper: &str) -> Done<()> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.as_str();
        let store = &open.store;
        Ok(store
            .drop_attachment(book, draft, (&desk.who, paper))
            .await?)
    })
}

/// The papers of a child.
///
/// # Errors
/// The register cannot be used.
pub fn of_child(desk: &Desk, child: &str) -> Done<Vec<Paper>> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        desk.must_child(Deed::See, &mut tx, (&open.book.register, child))
            .await?;
        let kept = tx.attachments_of_child(&open.book.register, child).await?;
        Ok(kept.into_iter().map(paper).collect())
    })
}

/// A paper with its bytes. Who lays it beside an open draft sees it while typing; once it speaks of children, each look is an act (`look`).
///
/// # Errors
/// [`Failed::Refused`]: there is none, or it lies beside another person's draft.
pub fn look(desk: &mut Desk, paper: &str) -> Done<(Attachment, Vec<u8>)> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let none = || Failed::Refused("không có ảnh này.".to_owned());
        let kept = tx.attachment(&book, paper).await?.ok_or_else(none)?;
        let children = tx.children_of_attachment(&book, paper).await?;
        if children.is_empty() && kept.who != desk.who {
            return Err(Error::DraftGone.into());
        }
        for child in &children {
            desk.must_child(Deed::SeeSensitive, &mut tx, (&book, child))
                .await?;
        }
        let content = tx.attachment_content(&book, paper).await?;
        let content = content.ok_or_else(none)?;
        std::mem::drop(tx);
        if let Some(child) = children.first() {
            // Before anything is shown: who cannot be written down does not see.
            let act = begin(&open.store, desk.doing(&book, "look", "")).await?;
            let detail = serde_json::json!({"paper": kept.id, "sensitive": true});
            act.finish(child, &detail.to_string()).await?;
        }
        Ok((kept, content))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_picture_is() {
        for (content, expect) in [
            (&[0xFF, 0xD8, 0xFF, 0xE0][..], Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n0000", Some("image/png")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some("image/webp")),
            (b"RIFF\x10\0\0\0WAVE", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"<!doctype html><script>", None),
            (b"%PDF-1.7", None),
            (b"GIF89a", None),
            (b"", None),
        ] {
            assert_eq!(kind(content), expect);
        }
    }

    #[test]
    fn a_name_is_no_path() {
        for (name, expect) in [
            ("giấy khai sinh.jpg", "giấy khai sinh.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\ảnh\\a.png", "a.png"),
            ("..", "ảnh"),
            ("", "ảnh"),
            ("a\r\nSet-Cookie: b.jpg", "aSet-Cookie: b.jpg"),
        ] {
            assert_eq!(named(name, "ảnh"), expect, "{name}");
        }
        assert_eq!(
            named(&"ả".repeat(500), "ảnh").chars().count(),
            limits::PAPER_NAME
        );
    }
}
