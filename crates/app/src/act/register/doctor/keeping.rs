//! How the register is kept: where it is, who may read it, whether there is room, the engine and its settings, the last backup.
//!
//! In: the register and the moment. Out: [`Keeping`], what is wrong, and what should be done.

use super::super::{Desk, Done, backup, restore};
use std::path::{Path, PathBuf};
use treem_store::Store;
use treem_store::health::{Engineering, POSTGRES_AT_LEAST};
use treem_store::register::Register;

/// How old the last backup may be.
const BACKUP_DAYS: i64 = 7;
/// Bytes that should be free beside twice the size of the register: a backup with its scratch copy.
const ROOM: u64 = 256 << 20;
/// A temporary folder is left behind by a run that was killed, if it is older than this.
const LEFT_HOURS: u64 = 24;

/// How the register is kept.
#[derive(Default, serde::Serialize)]
pub struct Keeping {
    /// Version of the engine's server; `null` for a file.
    pub server: Option<String>,
    /// Steps of the structure that have been run.
    pub steps: Vec<i64>,
    /// Size of the file with its log; `null` for a server.
    pub bytes: Option<u64>,
    /// Who may read and write the file, in octal digits; `null` for a server.
    pub mode: Option<String>,
    /// Free bytes of the disk the file is on; `null` where that cannot be asked.
    pub free: Option<u64>,
    /// The last backup of the book whose last backup is the oldest.
    pub last_backup: Option<Last>,
    /// The last time a backup was restored as a drill or in earnest.
    pub last_restore: Option<Last>,
}

/// When something was done last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Last {
    /// When.
    pub at: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// Looks at all of it.
pub async fn look(
    desk: &Desk,
    store: &Store,
    books: &[Register],
) -> Done<(Keeping, Vec<String>, Vec<String>)> {
    let (mut keeping, mut wrong, mut advice) = (Keeping::default(), Vec::new(), Vec::new());
    match store.engineering().await? {
        Engineering::Sqlite {
            journal,
            synchronous,
        } => {
            file(Path::new(&desk.data), &mut keeping, &mut advice);
            if journal != "wal" || synchronous != 2 {
                wrong.push(format!("Tệp sổ không ở chế độ ghi an toàn (journal_mode {journal}, synchronous {synchronous}). Hãy chuyển sổ sang một ổ đĩa trong máy, không phải ổ mạng."));
            }
        }
        Engineering::Postgres { version, settings } => {
            server(version, &settings, &mut keeping, &mut wrong, &mut advice);
            if store.may_rewrite().await? {
                advice.push("Vai trò đang dùng ở máy chủ sửa, xóa được lịch sử và nhật ký. Hãy để treem làm việc hằng ngày bằng một vai trò khác: treem init --app-role TÊN.".to_owned());
            }
        }
    }
    let mut tx = store.read().await?;
    keeping.steps = tx.steps().await?;
    let mut backups = Vec::new();
    for book in books {
        let mut last = async |act| -> Done<Option<Last>> {
            let found = tx.last_of(&book.register, act).await?;
            Ok(found.map(|(at, detail)| Last {
                at,
                sha256: sha256_of(&detail),
            }))
        };
        backups.push(last(backup::ACT).await?);
        for act in [restore::DRILL, restore::ACT] {
            keeping.last_restore = keeping.last_restore.take().max(last(act).await?);
        }
    }
    // A book that was never backed up comes first.
    keeping.last_backup = backups.into_iter().min().flatten();
    advice.extend(about_backup(keeping.last_backup.as_ref(), &desk.now));
    advice.extend(left_behind(&std::env::temp_dir()));
    Ok((keeping, wrong, advice))
}

fn sha256_of(detail: &str) -> String {
    serde_json::from_str::<serde_json::Value>(detail)
        .ok()
        .and_then(|detail| Some(detail.get("sha256")?.as_str()?.to_owned()))
        .unwrap_or_default()
}

fn about_backup(last: Option<&Last>, now: &str) -> Option<String> {
    let Some(last) = last else {
        return Some(
            "Sổ chưa được sao lưu lần nào. Hãy chạy treem backup và cất tệp ở nơi khác.".to_owned(),
        );
    };
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    let days = moment(now)?
        .as_second()
        .saturating_sub(moment(&last.at)?.as_second())
        / 86_400;
    (days > BACKUP_DAYS).then(|| {
        format!("Lần sao lưu gần nhất đã cách đây {days} ngày. Hãy chạy treem backup và cất tệp ở nơi khác.")
    })
}

fn server(
    version: u32,
    settings: &[String; 3],
    keeping: &mut Keeping,
    wrong: &mut Vec<String>,
    advice: &mut Vec<String>,
) {
    let shown = format!("{}.{}", version / 10_000, version % 10_000);
    if version < POSTGRES_AT_LEAST {
        wrong.push(format!(
            "Máy chủ PostgreSQL là bản {shown}; treem cần bản {} trở lên. Hãy nâng cấp máy chủ.",
            POSTGRES_AT_LEAST / 10_000
        ));
    }
    keeping.server = Some(shown);
    let names = ["fsync", "full_page_writes", "synchronous_commit"];
    for (name, value) in names.into_iter().zip(settings) {
        if value == "off" {
            advice.push(format!("Máy chủ PostgreSQL đặt {name} = off: mất điện có thể làm mất hoặc hỏng dữ liệu. Hãy đặt lại thành on."));
        }
    }
}

fn megabytes(bytes: u64) -> String {
    format!(
        "{} MB",
        treem_child::texts::grouped(bytes.div_ceil(1 << 20))
    )
}

/// Looks at the file, its log, and the disk they are on.
fn file(path: &Path, keeping: &mut Keeping, advice: &mut Vec<String>) {
    let mut bytes = 0_u64;
    for path in [
        path.to_owned(),
        super::super::part::with_ending(path, "-wal"),
    ] {
        let Ok(known) = std::fs::metadata(&path) else {
            continue;
        };
        bytes = bytes.saturating_add(known.len());
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&known.permissions()) & 0o777;
            keeping.mode.get_or_insert_with(|| format!("{mode:o}"));
            if mode & 0o077 != 0 {
                advice.push(format!(
                    "Người khác trên máy cũng mở được {} (quyền {mode:o}). Hãy chạy: chmod 600 {}",
                    path.display(),
                    path.display()
                ));
            }
        }
    }
    keeping.bytes = Some(bytes);
    keeping.free = free(path);
    let needed = bytes.saturating_mul(2).saturating_add(ROOM);
    if let Some(free) = keeping.free.filter(|free| *free < needed) {
        advice.push(format!(
            "Ổ đĩa chứa sổ chỉ còn {} trống, sổ chiếm {}. Hãy giải phóng chỗ trống, hoặc chuyển sổ sang ổ khác bằng treem copy.",
            megabytes(free),
            megabytes(bytes)
        ));
    }
}

#[cfg(unix)]
fn free(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

/// A run that was killed could not take its temporary folder away; children's data may be in it.
fn left_behind(folder: &Path) -> Option<String> {
    let old = |path: &PathBuf| {
        let age = std::fs::metadata(path)
            .and_then(|known| known.modified())
            .ok()
            .and_then(|at| at.elapsed().ok());
        age.is_some_and(|age| age.as_secs() > LEFT_HOURS * 3_600)
    };
    let count = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name();
            let name = name.to_str()?;
            let ours = name.starts_with("treem-import-") || name.starts_with("treem-restore-");
            ours.then(|| entry.path())
        })
        .filter(old)
        .count();
    (count > 0).then(|| {
        format!(
            "Trong {} còn {count} thư mục tạm treem-… của những lần chạy bị ngắt, có thể chứa dữ liệu trẻ em. Hãy xóa chúng.",
            folder.display()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_a_backup_is_missed() {
        let last = |at: &str| Last {
            at: at.to_owned(),
            sha256: String::new(),
        };
        let now = "2024-06-13T08:00:00.000000Z";
        let check = |at: Option<&str>, words: Option<&str>| {
            let said = about_backup(at.map(last).as_ref(), now);
            assert_eq!(said.is_some(), words.is_some(), "{said:?}");
            assert!(said.unwrap_or_default().contains(words.unwrap_or("")));
        };
        check(None, Some("lần nào"));
        check(Some("2024-06-13T07:00:00.000000Z"), None);
        check(Some("2024-06-06T07:00:00.000000Z"), None);
        check(Some("2024-06-05T07:00:00.000000Z"), Some("8 ngày"));
    }

    #[test]
    fn what_a_server_must_be() {
        let check = |version, settings: [&str; 3], counts: (usize, usize)| {
            let (mut keeping, mut wrong, mut advice) = (Keeping::default(), vec![], vec![]);
            let settings = settings.map(str::to_owned);
            server(version, &settings, &mut keeping, &mut wrong, &mut advice);
            assert_eq!((wrong.len(), advice.len()), counts, "{wrong:?} {advice:?}");
            keeping.server
        };
        assert_eq!(check(150_004, ["on"; 3], (0, 0)).as_deref(), Some("15.4"));
        assert_eq!(
            check(140_010, ["on", "off", "on"], (1, 1)).as_deref(),
            Some("14.10")
        );
        check(170_000, ["off"; 3], (0, 3));
        check(170_000, ["on", "on", "local"], (0, 0));
    }
}
