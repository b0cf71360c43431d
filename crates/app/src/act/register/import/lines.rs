//! What a check has written, read back: each child with its findings; and the sums of the files it read.
//!
//! In: a folder `treem check` wrote into. Out: [`Line`]s in order; [`sums`].

use super::super::record::Heads;
use crate::act::check::files;
use crate::act::check::lists::{fields, place_of};
use crate::act::check::merge::read_record;
use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

/// The fields of a child, and those of each of its findings.
pub type Line = (Vec<String>, Vec<Vec<String>>);

/// `children.csv` and `findings.csv` side by side.
pub struct Lines {
    /// The heads of both.
    pub heads: Heads,
    children: BufReader<File>,
    findings: BufReader<File>,
    finding: Vec<u8>,
    more: bool,
}

impl Lines {
    /// Opens the two files of a checked folder.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let open = |name: &str| -> anyhow::Result<BufReader<File>> {
            let file = File::open(folder.join(name))
                .with_context(|| format!("không mở lại được {name}"))?;
            Ok(BufReader::with_capacity(1 << 20, file))
        };
        let mut out = Self {
            heads: Heads::new(),
            children: open("children.csv")?,
            findings: open("findings.csv")?,
            finding: Vec::new(),
            more: true,
        };
        let mut head = Vec::new();
        read_record(&mut out.children, &mut head)?;
        read_record(&mut out.findings, &mut head)?;
        out.more = read_record(&mut out.findings, &mut out.finding)?;
        Ok(out)
    }

    /// The next child with its findings.
    pub fn next(&mut self) -> anyhow::Result<Option<Line>> {
        let mut child = Vec::new();
        if !read_record(&mut self.children, &mut child)? {
            return Ok(None);
        }
        let mut findings = Vec::new();
        while self.more && place_of(&self.finding) == place_of(&child) {
            findings.push(fields(&self.finding));
            self.more = read_record(&mut self.findings, &mut self.finding)?;
        }
        Ok(Some((fields(&child), findings)))
    }
}

/// Names, sizes and SHA-256 of the files, as JSON.
pub fn sums(inputs: &[std::path::PathBuf], out: &Path) -> anyhow::Result<String> {
    let mut sums = Vec::new();
    for file in files::collect(inputs, out).found {
        let mut reader =
            File::open(&file.path).with_context(|| format!("không mở được {}", file.name))?;
        let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            let read = reader
                .read(&mut buffer)
                .with_context(|| format!("không đọc được {}", file.name))?;
            if read == 0 {
                break;
            }
            hasher.update(buffer.get(..read).unwrap_or(&[]));
        }
        let mut hex = String::new();
        for byte in hasher.finalize() {
            let _ = write!(hex, "{byte:02x}");
        }
        sums.push(serde_json::json!({"file": file.name, "bytes": file.bytes, "sha256": hex}));
    }
    Ok(serde_json::Value::Array(sums).to_string())
}
