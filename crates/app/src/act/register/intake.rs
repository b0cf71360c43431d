//! *Nhập từ tệp* in steps: what a person has sent lies in a folder of its own beside the register until it is imported or thrown away.
//!
//! In: files from a browser, and what the person says of them. Out: an [`Intake`] and what each step came to: received ([`receive`]), read
//! ([`steps::read`]), columns corrected ([`columns::set`]), tried out ([`steps::preview`]), imported ([`steps::import`]). Nothing is
//! written into the book before the last step. Limits: bytes, files, age, and what one person and all together may keep
//! ([`crate::limits`]). An intake is its owner's alone: for anybody else it is not there.

pub mod columns;
pub(super) mod folder;
pub mod names;
pub mod receive;
pub mod repairs;
pub mod seen;
pub mod steps;

use super::import::Imported;
use super::{Desk, Done, Failed};
use crate::act::check::write_whole;
use anyhow::Context as _;
use std::path::PathBuf;
use treem_files::table::Mappings;

/// A file that was sent.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sent {
    /// Its name as it was sent, for people alone.
    pub name: String,
    /// Its name in the folder.
    pub kept: String,
    /// Its size.
    pub bytes: u64,
}

/// Files on their way into the book.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Intake {
    /// Its id.
    pub id: String,
    /// Who sent it.
    owner: String,
    /// The book, where one was named.
    register: Option<String>,
    /// When it was sent: UTC, as the register writes it.
    pub at: String,
    /// The files.
    pub files: Vec<Sent>,
    /// The day on which age is judged.
    pub as_of: String,
    /// The day whose area units hold.
    pub edition: String,
    /// Code of the commune of rows that name none.
    pub unit: Option<String>,
    /// What the person, or the office before, has said of columns.
    #[serde(default)]
    edited: Mappings,
    /// The files have been read since the columns were last changed.
    pub is_read: bool,
    /// What an import would come to.
    pub tried: Option<Imported>,
    /// What the import came to.
    pub imported: Option<Imported>,
}

impl Intake {
    /// The folder of this intake.
    fn folder(&self, desk: &Desk) -> PathBuf {
        folder::home(desk).join(&self.id)
    }

    /// Keeps what is known of it.
    fn save(&self, desk: &Desk) -> Done<()> {
        let text = serde_json::to_string(self).context("không ghi được lượt nhập")?;
        write_whole(&self.folder(desk), folder::META, &text)?;
        Ok(())
    }

    /// The name of a file as it was sent, by its name in the folder; what is said of the folder is said of its first file, for where it
    /// lies is nobody's business.
    fn shown<'a>(&'a self, kept: &'a str) -> &'a str {
        let is_path = kept.contains(['/', '\\']);
        self.files
            .iter()
            .find(|file| is_path || file.kept == kept)
            .map_or(kept, |file| file.name.as_str())
    }

    /// Bytes of all its files.
    pub fn bytes(&self) -> u64 {
        self.files
            .iter()
            .fold(0, |sum, file| sum.saturating_add(file.bytes))
    }
}

/// The intake of this id, if it is this person's.
///
/// # Errors
/// [`Failed::Refused`]: none, thrown away, or another's: nobody learns which.
pub fn load(desk: &Desk, id: &str) -> Done<Intake> {
    let none = || {
        Failed::Refused(
            "không có lượt nhập này: có thể đã quá 24 giờ và tệp đã được xóa. Hãy tải tệp lên lại."
                .to_owned(),
        )
    };
    if !names::is_id(id) {
        return Err(none());
    }
    let path = folder::home(desk).join(id).join(folder::META);
    let text = std::fs::read_to_string(path).map_err(|_| none())?;
    let intake: Intake = serde_json::from_str(&text).map_err(|_| none())?;
    let is_old = folder::is_old(&intake.at, &desk.now);
    if intake.id != id || intake.owner != desk.who || is_old {
        return Err(none());
    }
    Ok(intake)
}

/// What this person has under way, the latest first.
pub fn mine(desk: &Desk) -> Vec<Intake> {
    let mut out: Vec<Intake> = folder::all(desk)
        .into_iter()
        .filter(|intake| intake.owner == desk.who && !folder::is_old(&intake.at, &desk.now))
        .collect();
    out.sort_by(|one, other| other.id.cmp(&one.id));
    out
}

/// Throws an intake away; what was imported from it stays.
///
/// # Errors
/// As [`load`]; the folder cannot be removed.
pub fn discard(desk: &Desk, id: &str) -> Done<()> {
    let intake = load(desk, id)?;
    std::fs::remove_dir_all(intake.folder(desk)).context("không xóa được tệp đã tải lên")?;
    Ok(())
}

#[cfg(test)]
mod tests;
