//! `treem restore`: looks a backup through, and puts it where a register shall be, whole or not at all.
//!
//! In: a backup. Out: [`Restored`]. What is in the way is never overwritten unasked, and not before it has been backed up itself.

use super::backup::{self, BackedUp};
use super::copy::{address, is_server};
use super::doctor::{Counts, books_of, troubles_of};
use super::part::{self, Part, said, with_ending};
use super::{Desk, Done, Failed, wait};
use crate::access::Deed;
use crate::act::check::{Progress, Stop};
use anyhow::Context as _;
use std::path::{Path, PathBuf};
use treem_store::copy::How;
use treem_store::register::Register;
use treem_store::store::shown;
use treem_store::{Doing, Error, Store};

/// The act under which a restore stands in the audit chain.
pub const ACT: &str = "restore";
/// The act under which a drill stands there.
pub const DRILL: &str = "restore-drill";

/// What is asked for.
pub struct Options {
    /// The backup.
    pub file: PathBuf,
    /// Where the register shall be, if not where it is.
    pub to: Option<String>,
    /// What is there is backed up and replaced.
    pub replace: bool,
    /// Only try, and write that down.
    pub drill: bool,
    /// Do it; else only look.
    pub yes: bool,
}

/// What a restore came to, or would come to.
#[derive(serde::Serialize)]
pub struct Restored {
    /// SHA-256 of the backup.
    pub sha256: String,
    /// It is what `FILE.sha256` says; `null` without such a file.
    pub sha256_agrees: Option<bool>,
    /// The books in it: key, name, children who count, last act.
    pub books: Vec<InBackup>,
    /// Where to.
    pub to: String,
    /// It was done; else this is only what would be.
    pub done: bool,
    /// It was a drill, and is written down as one.
    pub drill: bool,
    /// The register that was in the way, as it was.
    pub before: Option<BackedUp>,
    /// What is wrong with what is in the backup, one Vietnamese sentence each.
    pub troubles: Vec<String>,
}

/// A book in a backup.
#[derive(serde::Serialize)]
pub struct InBackup {
    /// Its key.
    pub register: String,
    /// Its name.
    pub name: String,
    /// Children who count.
    pub active: i64,
    /// When the last thing was done in it.
    pub last: String,
}

/// Restores a backup, tries it, or says what is in it.
///
/// # Errors
/// [`Failed::Refused`]: no backup, changed since it was made, or a register is in the way.
pub fn run(
    desk: &mut Desk,
    options: &Options,
    progress: &dyn Progress,
    stop: &Stop,
) -> Done<Restored> {
    if let Some(to) = &options.to {
        desk.data.clone_from(to);
    }
    wait(async {
        desk.must_whole(Deed::Backup)?;
        let (sha256, agrees) = looked(&options.file)?;
        // A file that is not there yet is made of the scratch copy; everything else is filled from it.
        let fresh = !is_server(&desk.data) && !Path::new(&desk.data).exists();
        let in_place = options.yes && !options.drill && fresh;
        let temporary = tempfile::Builder::new()
            .prefix("treem-restore-")
            .tempdir()
            .context("không tạo được thư mục tạm")?;
        let whole = if in_place {
            PathBuf::from(&desk.data)
        } else {
            temporary.path().join("register.db")
        };
        let scratch = Part::begin(&whole)?;
        progress.step("xem bản sao lưu", 0, 0);
        std::fs::copy(&options.file, scratch.path())
            .map_err(|error| said(&options.file, &error))?;
        private(scratch.path())?;
        let store = open(&options.file, scratch.path()).await?;
        let mut out = look(&store, sha256, agrees).await?;
        shown(&desk.data).clone_into(&mut out.to);
        let detail = serde_json::json!({"sha256": out.sha256}).to_string();
        if options.drill {
            let register = Store::open(&desk.data).await?;
            backup::remember(desk, &register, DRILL, &detail).await?;
            register.close().await;
            out.drill = true;
        } else if options.yes {
            if in_place {
                backup::remember(desk, &store, ACT, &detail).await?;
            } else {
                out.before = fill(desk, &store, options.replace, detail, (progress, stop)).await?;
            }
            out.done = true;
        }
        store.close().await;
        if in_place {
            scratch.keep(&whole)?;
        }
        Ok(out)
    })
}

/// The file is there, and is the one whose hash stands beside it.
fn looked(file: &Path) -> Done<(String, Option<bool>)> {
    if !file.is_file() {
        return Err(Failed::Refused(format!(
            "không có tệp {}.",
            file.to_string_lossy()
        )));
    }
    let (sha256, _) = part::sha256(file)?;
    let beside = std::fs::read_to_string(with_ending(file, ".sha256")).ok();
    let agrees = beside.map(|text| text.split_whitespace().next() == Some(sha256.as_str()));
    if agrees == Some(false) {
        return Err(Failed::Refused(format!(
            "tệp {} đã hỏng hoặc bị sửa sau khi sao lưu: không khớp với SHA-256 ghi bên cạnh. Hãy dùng bản sao lưu khác.",
            part::name(file)
        )));
    }
    Ok((sha256, agrees))
}

/// Copying a file copies who may read it.
fn private(path: &Path) -> Done<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
            .map_err(|error| said(path, &error))?;
    }
    let _ = path;
    Ok(())
}

async fn open(file: &Path, scratch: &Path) -> Done<Store> {
    match Store::open(address(scratch)?).await {
        Ok(store) => Ok(store),
        Err(Error::NoStore(_) | Error::Unreachable(_) | Error::Damaged | Error::Database(_)) => {
            Err(Failed::Refused(format!(
                "tệp {} không phải bản sao lưu của treem, hoặc đã hỏng; hãy dùng tệp khác.",
                part::name(file)
            )))
        }
        Err(error) => Err(error.into()),
    }
}

/// Verifies everything in the scratch copy and says what it is.
async fn look(store: &Store, sha256: String, agrees: Option<bool>) -> Done<Restored> {
    let damage = store.damage().await?;
    if !damage.is_empty() {
        return Err(Error::Damaged.into());
    }
    let mut out = Restored {
        sha256,
        sha256_agrees: agrees,
        books: Vec::new(),
        to: String::new(),
        done: false,
        drill: false,
        before: None,
        troubles: Vec::new(),
    };
    let books: Vec<Register> = books_of(store, None).await?;
    out.troubles = troubles_of(store, &books, &mut Counts::default()).await?;
    let mut tx = store.read().await?;
    for book in books {
        let after = book.audit_seq.saturating_sub(1);
        let last = tx.links(&book.register, after).await?;
        out.books.push(InBackup {
            active: tx
                .children_in_state(&book.register, treem_store::child::ACTIVE)
                .await?,
            last: last
                .first()
                .map_or_else(|| book.created_at.clone(), |link| link.at.clone()),
            register: book.register,
            name: book.name,
        });
    }
    Ok(out)
}

/// Fills a register that is there, or a database of a server, in one transaction.
async fn fill(
    desk: &mut Desk,
    from: &Store,
    replace: bool,
    detail: String,
    (progress, stop): (&dyn Progress, &Stop),
) -> Done<Option<BackedUp>> {
    let target = Store::create(&desk.data).await?;
    let held = books_of(&target, None).await?;
    if !held.is_empty() && !replace {
        return Err(Failed::Refused(format!(
            "ở {} đã có sổ ({}); muốn thay bằng bản sao lưu thì thêm --replace: sổ đang có được sao lưu trước.",
            shown(&desk.data),
            held.iter()
                .map(|book| book.register.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        )));
    }
    let told = |done, of| {
        progress.step("khôi phục sổ", done, of);
        !stop.is_asked()
    };
    let doing: Doing = desk.doing("", ACT, "");
    let how = How {
        replace,
        compare: true,
        act: Some((doing, detail)),
        told: &told,
    };
    let file = backup::place(desk, None);
    let mut before = Ok(None);
    let done = target
        .copy_from(from, how, async || {
            // Nobody else writes now: what is backed up is what is replaced.
            if !held.is_empty() {
                before = backup::make(desk, &target, &file, progress, stop)
                    .await
                    .map(Some);
            }
            if before.is_err() {
                Err(Error::Stopped)
            } else {
                Ok(())
            }
        })
        .await;
    let before = before?;
    done?;
    target.close().await;
    Ok(before)
}
