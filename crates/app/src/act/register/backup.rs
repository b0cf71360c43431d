//! `treem backup`: the register as one SQLite file, made while others go on writing, restored into a scratch copy and compared before it
//! counts as done.
//!
//! In: the register. Out: a file only its owner may read, its SHA-256 beside it, an entry in the audit chain, and [`BackedUp`].

use super::copy::{address, is_server};
use super::doctor::{Counts, books_of, troubles_of};
use super::part::{self, Part, said, with_ending};
use super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use anyhow::anyhow;
use std::path::{Path, PathBuf};
use treem_store::Store;
use treem_store::copy::How;

/// The act under which a backup stands in the audit chain.
pub const ACT: &str = "backup";
/// Where backups of a server go, and the folder beside a file's register.
const FOLDER: &str = "backup";

/// What a backup came to.
#[derive(serde::Serialize)]
pub struct BackedUp {
    /// The file.
    pub file: String,
    /// When.
    pub at: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of the file; it stands in `FILE.sha256` too.
    pub sha256: String,
    /// Keys of the books.
    pub books: Vec<String>,
    /// Rows of all tables, compared one by one after a restore into a scratch copy.
    pub rows: u64,
    /// What is wrong with what was backed up, one Vietnamese sentence each.
    pub troubles: Vec<String>,
}

/// Makes a backup. `to`: a file, or a folder for one.
///
/// # Errors
/// [`Failed::Refused`]: the file is there already. [`Failed::Broken`]: no room, or what was restored is not what was read; then there is
/// no file.
pub fn run(
    desk: &mut Desk,
    to: Option<&Path>,
    progress: &dyn Progress,
    stop: &Stop,
) -> Done<BackedUp> {
    wait(async {
        desk.must_whole(Deed::Backup)?;
        let store = Store::open(&desk.data).await?;
        let file = place(desk, to);
        let mut out = make(desk, &store, &file, progress, stop).await?;
        // The backup is there all the same.
        if let Err(failed) = remember(desk, &store, ACT, &detail(&out)).await {
            let why = match failed {
                Failed::Refused(sentence) | Failed::Denied(sentence) => sentence,
                Failed::Broken(error) => format!("{error}."),
            };
            out.troubles.push(format!(
                "Bản sao lưu đã xong, nhưng không ghi được việc này vào nhật ký của sổ: {why}"
            ));
        }
        store.close().await;
        Ok(out)
    })
}

/// Where a backup of this moment goes. Its name says when, and nothing else.
pub(super) fn place(desk: &Desk, to: Option<&Path>) -> PathBuf {
    let digits: String = desk.now.chars().filter(char::is_ascii_digit).collect();
    let part = |from, to| digits.get(from..to).unwrap_or("");
    let name = format!("treem-{}-{}.db", part(0, 8), part(8, 14));
    match to {
        Some(path) if !path.is_dir() => path.to_owned(),
        Some(folder) => folder.join(name),
        None if is_server(&desk.data) => Path::new("treem-data").join(FOLDER).join(name),
        None => Path::new(&desk.data)
            .parent()
            .unwrap_or(Path::new(""))
            .join(FOLDER)
            .join(name),
    }
}

/// Makes a backup of an open register.
pub(super) async fn make(
    desk: &Desk,
    store: &Store,
    file: &Path,
    progress: &dyn Progress,
    stop: &Stop,
) -> Done<BackedUp> {
    if file.exists() {
        return Err(Failed::Refused(format!(
            "đã có tệp {}; hãy chọn tên khác bằng --to.",
            part::name(file)
        )));
    }
    let part = Part::begin(file)?;
    let target = Store::part(part.path()).await?;
    let told = |done, of| {
        progress.step("sao lưu", done, of);
        !stop.is_asked()
    };
    let how = How {
        replace: false,
        compare: false,
        act: None,
        told: &told,
    };
    let copied = target.copy_from(store, how, async || Ok(())).await?;
    target.whole().await?;
    // The drill: the file as it is, restored elsewhere, must give every row again.
    progress.step("khôi phục thử và so sánh", 0, 0);
    let scratch = Part::begin(&with_ending(file, ".thu"))?;
    std::fs::copy(part.path(), scratch.path()).map_err(|error| said(scratch.path(), &error))?;
    let restored = Store::open(address(scratch.path())?).await?;
    let same = restored.digests().await? == copied.tables;
    let books = books_of(&restored, None).await?;
    let troubles = troubles_of(&restored, &books, &mut Counts::default()).await?;
    restored.close().await;
    drop(scratch);
    if !same {
        return Err(Failed::Broken(anyhow!(
            "bản sao lưu khôi phục thử không giống sổ; đã bỏ bản sao lưu này. Hãy kiểm tra ổ đĩa rồi làm lại"
        )));
    }
    let (sha256, bytes) = part::sha256(part.path())?;
    let beside = with_ending(file, ".sha256");
    std::fs::write(&beside, format!("{sha256}  {}\n", part::name(file)))
        .map_err(|error| said(&beside, &error))?;
    part.keep(file)?;
    Ok(BackedUp {
        file: file.to_string_lossy().into_owned(),
        at: desk.now.clone(),
        bytes,
        sha256,
        rows: copied.rows(),
        books: copied.books,
        troubles,
    })
}

/// A backup that is there.
pub struct Kept {
    /// Name of the file.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 stands beside it.
    pub hashed: bool,
}

/// What there is of backups.
pub struct AllKept {
    /// The folder they are in.
    pub folder: String,
    /// The latest first.
    pub files: Vec<Kept>,
    /// When the last one was made that the book knows of.
    pub last: Option<String>,
    /// When a backup was last restored, as a drill or in earnest.
    pub tried: Option<String>,
    /// SHA-256 of what was restored then.
    pub tried_sha256: String,
}

/// The backups beside the register.
///
/// # Errors
/// [`Failed::Denied`]; the register's.
pub fn kept(desk: &Desk) -> Done<AllKept> {
    wait(async {
        desk.must_whole(Deed::Backup)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let last = tx.last_of(book, ACT).await?.map(|(at, _)| at);
        let drill = tx.last_of(book, super::restore::DRILL).await?;
        let earnest = tx.last_of(book, super::restore::ACT).await?;
        let (tried, detail) = drill.max(earnest).unzip();
        let detail: serde_json::Value =
            serde_json::from_str(&detail.unwrap_or_default()).unwrap_or_default();
        let folder = folder_of(desk);
        Ok(AllKept {
            files: files_of(&folder),
            folder: folder.to_string_lossy().into_owned(),
            last,
            tried,
            tried_sha256: detail
                .get("sha256")
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default()
                .to_owned(),
        })
    })
}

/// The folder of the backups.
fn folder_of(desk: &Desk) -> PathBuf {
    place(desk, None)
        .parent()
        .map_or_else(PathBuf::new, Path::to_owned)
}

fn files_of(folder: &Path) -> Vec<Kept> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<Kept> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let ours = name.starts_with("treem-")
                && Path::new(&name)
                    .extension()
                    .is_some_and(|ending| ending == "db");
            let known = entry.metadata().ok()?;
            (ours && known.is_file()).then(|| Kept {
                hashed: with_ending(&entry.path(), ".sha256").is_file(),
                bytes: known.len(),
                name,
            })
        })
        .collect();
    files.sort_by(|one, other| other.name.cmp(&one.name));
    files
}

/// The file of a backup that [`kept`] has named; a name is looked for among them and never taken as a path.
///
/// # Errors
/// [`Failed::Refused`]: there is none of that name.
pub fn named(desk: &Desk, name: &str) -> Done<PathBuf> {
    let folder = folder_of(desk);
    let found = files_of(&folder).into_iter().find(|kept| kept.name == name);
    found
        .map(|kept| folder.join(kept.name))
        .ok_or_else(|| Failed::Refused("không có bản sao lưu này.".to_owned()))
}

/// What the audit chain keeps of a backup.
pub(super) fn detail(made: &BackedUp) -> String {
    serde_json::json!({"sha256": made.sha256, "bytes": made.bytes, "rows": made.rows}).to_string()
}

/// Writes an act about the whole register into the audit chain of each book.
pub(super) async fn remember(desk: &mut Desk, store: &Store, act: &str, detail: &str) -> Done<()> {
    for book in books_of(store, None).await? {
        let act = begin(store, desk.doing(&book.register, act, "")).await?;
        act.finish("", detail).await?;
    }
    Ok(())
}
