//! Hashes: of an event, of the events of an act, of a link of the audit chain.
//!
//! In: texts. Out: SHA-256. Every text goes in with its length before it, so that no two lists of texts are one.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The hash before the first link.
pub(crate) const BEGIN: &str = "";

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// The hash of a list of texts.
pub(crate) fn of(texts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().into()
}

/// The events of one act: each hashed by itself, all of them in the order of child and version.
#[derive(Default)]
pub(crate) struct Events(Vec<(String, i64, [u8; 32])>);

impl Events {
    pub(crate) fn push(&mut self, child: &str, seq: i64, hash: [u8; 32]) {
        self.0.push((child.to_owned(), seq, hash));
    }
    pub(crate) fn count(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(i64::MAX)
    }
    /// The children of all events.
    pub(crate) fn children(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(child, _, _)| child.as_str())
    }
    /// The hash of all; empty without any.
    pub(crate) fn digest(&mut self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        self.0.sort();
        let mut hasher = Sha256::new();
        for (_, _, hash) in &self.0 {
            hasher.update(hash);
        }
        hex(&hasher.finalize())
    }
}
