//! The seal of a closed list: SHA-256 over its rows, written in one way only.
//!
//! In: a [`Heading`], the [`Frozen`] rows in the order of their codes. Out: the canonical bytes ([`bytes`]) and their [`Digest`]. It is printed on
//! every page, in the QR and in the workbook; a detached signature is made over the bytes. Two lists have equal bytes only where every
//! field of every row is equal (in Unicode NFC).
//!
//! The bytes are UTF-8, one line each, ended by LF: `treem-handover 1`; the members of the heading, `name<TAB>value`; the names of the
//! columns; one line a row, fields parted by TAB. In a value `\` is `\\`, TAB `\t`, LF `\n`, CR `\r`; of the reasons of a row, parted by
//! commas, a comma is `\,`.

use super::code;
use super::frozen::Frozen;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization as _;

/// What stands above the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The book.
    pub register: String,
    /// The list.
    pub list: code::List,
    /// What it is called; no child's name.
    pub title: String,
    /// Code of the unit whose list it is.
    pub unit: String,
    /// Edition of the code.
    pub edition: String,
    /// Name of the unit.
    pub unit_name: String,
    /// The day it was closed, `YYYY-MM-DD`.
    pub closed_on: String,
}

/// SHA-256 of the canonical bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// What of a typed or scanned digest cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Mã SHA-256 có 64 ký tự 0–9, a–f. Kiểm tra lại đã chép đủ hay chưa.")]
pub struct NoDigest;

/// The canonical bytes of a closed list. Rows stand in the order of their codes, whatever the order they are given in.
pub fn bytes(heading: &Heading, rows: &[Frozen]) -> Vec<u8> {
    let mut out = String::with_capacity(256 + rows.len().saturating_mul(320));
    out.push_str("treem-handover 1\n");
    let list = heading.list.to_string();
    let count = rows.len().to_string();
    for (name, value) in [
        ("register", heading.register.as_str()),
        ("list", &list),
        ("title", &heading.title),
        ("unit", &heading.unit),
        ("edition", &heading.edition),
        ("unit_name", &heading.unit_name),
        ("closed_on", &heading.closed_on),
        ("rows", &count),
    ] {
        out.push_str(name);
        out.push('\t');
        escape(value, &mut out, false);
        out.push('\n');
    }
    let mut sorted: Vec<&Frozen> = rows.iter().collect();
    sorted.sort_by_key(|row| row.code);
    out.push_str("code");
    for name in names() {
        out.push('\t');
        out.push_str(name);
    }
    out.push('\n');
    for row in sorted {
        let _ = write!(out, "{}", row.code);
        for (name, value) in row.fields() {
            out.push('\t');
            if name == "why" {
                for (nth, code) in row.why.iter().enumerate() {
                    if nth > 0 {
                        out.push(',');
                    }
                    escape(code, &mut out, true);
                }
            } else {
                escape(value, &mut out, false);
            }
        }
        out.push('\n');
    }
    out.into_bytes()
}

/// The names of the columns after the code.
fn names() -> impl Iterator<Item = &'static str> {
    // Any row knows them; this one is never shown.
    code::List::new(code::FIRST_LIST)
        .and_then(|list| code::Row::new(list, 1))
        .map(|row| Frozen::empty(row).fields().map(|(name, _)| name))
        .into_iter()
        .flatten()
}

fn escape(value: &str, out: &mut String, commas: bool) {
    for c in value.nfc() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            ',' if commas => out.push_str("\\,"),
            c => out.push(c),
        }
    }
}

/// The seal.
pub fn digest(heading: &Heading, rows: &[Frozen]) -> Digest {
    of_bytes(&bytes(heading, rows))
}

/// The seal of canonical bytes.
pub fn of_bytes(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

impl Digest {
    /// 64 digits, small letters.
    pub fn hex(self) -> String {
        let mut out = String::with_capacity(64);
        for byte in self.0 {
            let _ = write!(out, "{byte:02x}");
        }
        out
    }

    /// As printed: sixteen groups of four, parted by spaces.
    pub fn grouped(self) -> String {
        let hex = self.hex();
        let mut out = String::with_capacity(80);
        for (nth, c) in hex.chars().enumerate() {
            if nth > 0 && nth % 4 == 0 {
                out.push(' ');
            }
            out.push(c);
        }
        out
    }

    /// Reads one as printed or in one piece, small or capital letters.
    ///
    /// # Errors
    /// [`NoDigest`].
    pub fn read(text: &str) -> Result<Self, NoDigest> {
        let mut out = [0_u8; 32];
        let mut count = 0_usize;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            let digit = c
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
                .ok_or(NoDigest)?;
            let byte = out.get_mut(count / 2).ok_or(NoDigest)?;
            *byte = byte.wrapping_shl(4) | digit;
            count = count.saturating_add(1);
        }
        if count == 64 {
            Ok(Self(out))
        } else {
            Err(NoDigest)
        }
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex())
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({})", self.hex())
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
