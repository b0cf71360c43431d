//! A workbook that came back, kept between the look at it and the writing down: for its owner, some hours long.
//!
//! In: the bytes; an id. Out: where the file lies. Nothing of the file's own name is used.

use super::super::intake::folder;
use super::super::{Desk, Done, Failed};
use anyhow::Context as _;
use std::path::PathBuf;
use treem_child::handover::code;

/// The folder of such files.
fn home(desk: &Desk) -> PathBuf {
    folder::home(desk).with_file_name("returned")
}

/// The file of an id, of a person and a list: what another person or list asks for is not there.
fn place(desk: &Desk, (list, id): (code::List, &str)) -> Option<PathBuf> {
    let plain = (8..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let who: String = desk.who.bytes().fold(String::new(), |mut out, byte| {
        use std::fmt::Write as _;
        let _ = write!(out, "{byte:02x}");
        out
    });
    plain.then(|| home(desk).join(format!("{who}_{list}_{id}")))
}

/// Keeps a file; gives its id. What is old is thrown away first.
///
/// # Errors
/// It cannot be written.
pub fn keep(desk: &mut Desk, list: code::List, bytes: &[u8]) -> Done<(String, PathBuf)> {
    let folder = home(desk);
    folder::make(&folder).context("không tạo được thư mục cho tệp trả về")?;
    for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let id = name.rsplit('_').next().unwrap_or("");
        if folder::is_old_id(id, &desk.now) {
            // A folder of papers was broken off.
            let path = entry.path();
            let _ = std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
        }
    }
    let id = desk.ids.next_id();
    let path = place(desk, (list, &id)).ok_or_else(gone)?;
    std::fs::write(&path, bytes).context("không ghi được tệp trả về")?;
    Ok((id, path))
}

/// Where a kept file lies.
///
/// # Errors
/// [`Failed::Refused`]: it is not there any more.
pub fn of(desk: &Desk, list: code::List, id: &str) -> Done<PathBuf> {
    place(desk, (list, id))
        .filter(|path| path.is_file())
        .ok_or_else(gone)
}

/// Throws a kept file away.
pub fn drop(desk: &Desk, list: code::List, id: &str) {
    if let Some(path) = place(desk, (list, id)) {
        let _ = std::fs::remove_file(path);
    }
}

/// A folder of its own for papers that are made and taken away at once. The caller removes it.
///
/// # Errors
/// It cannot be made.
pub fn room(desk: &mut Desk) -> Done<PathBuf> {
    let folder = home(desk).join(format!("room_{}", desk.ids.next_id()));
    folder::make(&folder).context("không tạo được thư mục để lập giấy tờ")?;
    Ok(folder)
}

fn gone() -> Failed {
    Failed::Refused("tệp này không còn được giữ; hãy chọn tệp và tải lên lại.".to_owned())
}
