//! Where intakes lie, and how they go.
//!
//! In: a [`Desk`]. Out: folders; those older than [`limits::INTAKE_HOURS`] are removed ([`sweep`]).

use super::super::Desk;
use super::{Intake, names};
use crate::limits;
use std::path::{Path, PathBuf};

/// What is known of an intake.
pub const META: &str = "intake.json";
/// The files that were sent.
pub const FILES: &str = "files";
/// What reading them gave.
pub const OUT: &str = "out";

/// The folder of all intakes: beside the file of the register; for a server, where the command line keeps its data.
pub fn home(desk: &Desk) -> PathBuf {
    let data = Path::new(&desk.data);
    let beside = if desk.data.contains("://") {
        Path::new("treem-data")
    } else {
        data.parent().unwrap_or(Path::new(""))
    };
    beside.join("intake")
}

/// More than [`limits::INTAKE_HOURS`] have gone by between two moments; true as well where one of them is none.
pub fn is_old(at: &str, now: &str) -> bool {
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    match (moment(at), moment(now)) {
        (Some(at), Some(now)) => {
            now.as_second().saturating_sub(at.as_second()) > limits::INTAKE_HOURS * 3_600
        }
        _ => true,
    }
}

/// The folders of intakes, by their ids.
fn folders(desk: &Desk) -> Vec<(String, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(home(desk)) else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            )
        })
        .filter(|(name, _)| names::is_id(name))
        .collect()
}

fn of_folder(path: &Path) -> Option<Intake> {
    let text = std::fs::read_to_string(path.join(META)).ok()?;
    serde_json::from_str(&text).ok()
}

/// All intakes that are whole.
pub fn all(desk: &Desk) -> Vec<Intake> {
    folders(desk)
        .iter()
        .filter_map(|(_, path)| of_folder(path))
        .collect()
}

/// When an id of ours was made: the first 48 bits are the milliseconds since 1970.
fn made(id: &str) -> Option<i64> {
    let head: String = id.chars().filter(|c| *c != '-').take(12).collect();
    i64::from_str_radix(&head, 16).ok()
}

/// What an id of ours stands for was made too long ago; true as well where it is none.
pub fn is_old_id(id: &str, now: &str) -> bool {
    let now = now.parse::<jiff::Timestamp>().ok();
    made(id).zip(now).is_none_or(|(made, now)| {
        now.as_millisecond().saturating_sub(made) > limits::INTAKE_HOURS * 3_600_000
    })
}

/// Throws away what is old; also what was broken off before it was whole.
pub fn sweep(desk: &Desk) {
    let now = desk.now.parse::<jiff::Timestamp>().ok();
    for (id, path) in folders(desk) {
        let goes = match of_folder(&path) {
            Some(intake) => is_old(&intake.at, &desk.now),
            None => made(&id).zip(now).is_some_and(|(made, now)| {
                now.as_millisecond().saturating_sub(made) > limits::INTAKE_HOURS * 3_600_000
            }),
        };
        if goes {
            let _ = std::fs::remove_dir_all(&path);
        }
    }
}

/// Makes a folder that only this program's user may enter.
pub fn make(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
