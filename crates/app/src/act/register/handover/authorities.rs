//! `treem handover authorities`: whose certificates the office trusts, as files an administrator lays into a folder beside the register.
//!
//! In: the folder. Out: [`Told`]; for those who verify, a [`Trust`]. Files are read at every use: what is taken out is no longer trusted.

use super::super::{Desk, Done, wait};
use crate::limits;
use anyhow::Context as _;
use jiff::Timestamp;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use treem_papers::limits::AUTHORITY_BYTES;
use treem_papers::sign::{Trust, Useless};

/// Name of the folder.
pub const FOLDER: &str = "authorities";

/// Something that is trusted.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Trusted {
    /// The file.
    pub file: String,
    /// `root`, `intermediate` or `revoked`.
    pub what: &'static str,
    /// Whose certificate; who made the list of revoked ones.
    pub name: String,
    /// Of which office.
    pub office: String,
    /// Number of the certificate.
    pub serial: String,
    /// From when on it is good; when the list was made.
    pub from: String,
    /// Until when; when the next list is due.
    pub until: Option<String>,
    /// Certificates the list names.
    pub count: usize,
    /// Not good now; the next list is due.
    pub out_of_date: bool,
}

/// A file that is no use.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Refused {
    /// The file.
    pub file: String,
    /// Why, one Vietnamese sentence.
    pub sentence: String,
}

/// What the folder holds.
#[derive(Debug, serde::Serialize)]
pub struct Told {
    /// The folder.
    pub folder: String,
    /// A root is there: signatures can be found good.
    pub usable: bool,
    /// What is trusted, by file.
    pub trusted: Vec<Trusted>,
    /// Files that are no use.
    pub refused: Vec<Refused>,
}

/// The folder of a register: beside its file; of a server's in `treem-data`.
pub fn folder(data: &str) -> PathBuf {
    if data.contains("://") {
        return Path::new("treem-data").join(FOLDER);
    }
    let beside = Path::new(data).parent().unwrap_or(Path::new(""));
    beside.join(FOLDER)
}

/// Bytes of a file, where it is one of a size that can be.
fn bytes(path: &Path) -> Result<Vec<u8>, &'static str> {
    let unreadable = "không đọc được; hãy xem lại quyền đọc";
    let file = std::fs::File::open(path).map_err(|_| unreadable)?;
    let mut out = Vec::new();
    let most = u64::try_from(AUTHORITY_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    file.take(most)
        .read_to_end(&mut out)
        .map_err(|_| unreadable)?;
    Ok(out)
}

/// Reads all files of a folder, in order of their names; one that is not there holds nothing.
///
/// # Errors
/// The folder cannot be read.
pub fn read(folder: &Path) -> Done<(Trust, Vec<Refused>)> {
    let (mut trust, mut refused) = (Trust::default(), Vec::new());
    if !folder.is_dir() {
        return Ok((trust, refused));
    }
    let all = std::fs::read_dir(folder).context("không đọc được thư mục authorities")?;
    let mut paths: Vec<PathBuf> = all
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    for (nth, path) in paths.iter().enumerate() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let added = if nth < limits::AUTHORITY_FILES {
            bytes(path).and_then(|bytes| trust.add(&name, &bytes).map_err(Useless::sentence))
        } else {
            Err(Useless::TooMany.sentence())
        };
        if let Err(sentence) = added {
            refused.push(Refused {
                file: name.into_owned(),
                sentence: sentence.to_owned(),
            });
        }
    }
    Ok((trust, refused))
}

/// What the office trusts.
///
/// # Errors
/// The register or the folder cannot be read.
pub fn list(desk: &Desk, folder: &Path) -> Done<Told> {
    // Only a register that is there has authorities.
    wait(async {
        desk.open().await?.leave().await;
        Ok(())
    })?;
    let (trust, refused) = read(folder)?;
    let now: Timestamp = desk.now.parse().context("giờ của máy không dùng được")?;
    let trusted = trust.held().iter().map(|held| Trusted {
        file: held.file.clone(),
        what: held.what.word(),
        name: held.name.clone(),
        office: held.office.clone(),
        serial: held.serial.clone(),
        from: held.from.to_string(),
        until: held.until.map(|until| until.to_string()),
        count: held.count,
        out_of_date: held.is_out_of_date(now),
    });
    Ok(Told {
        folder: folder.display().to_string(),
        usable: !trust.is_empty(),
        trusted: trusted.collect(),
        refused,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_authorities_lie() {
        for (data, expect) in [
            ("treem-data/register.db", "treem-data/authorities"),
            ("/so/quang-tri.db", "/so/authorities"),
            ("register.db", "authorities"),
            ("postgres://localhost/treem", "treem-data/authorities"),
        ] {
            assert_eq!(folder(data), Path::new(expect), "{data}");
        }
    }
}
