//! A file that gets its name only when it is whole. Until then it is called `NAME.part`; who is killed leaves a `.part`, which the next
//! run takes over. Only its owner may read it.
//!
//! In: the name it shall have. Out: [`Part`], then the file.

use super::{Done, Failed};
use anyhow::anyhow;
use sha2::{Digest as _, Sha256};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// What SQLite may have left beside a file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// A file that is being made. Dropped without [`Part::keep`], it is taken away.
pub struct Part {
    path: PathBuf,
    // Held to the end: two runs must not write one file.
    held: File,
}

/// A path with an ending behind its name.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut out: OsString = path.as_os_str().to_owned();
    out.push(ending);
    PathBuf::from(out)
}

/// The name of a file, for a sentence.
pub fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// What the system said, in words.
pub fn said(path: &Path, error: &std::io::Error) -> anyhow::Error {
    let why = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "ổ đĩa đã đầy; hãy giải phóng chỗ trống hoặc chọn nơi khác".to_owned()
        }
        ErrorKind::PermissionDenied => "không có quyền ghi ở đó; hãy chọn nơi khác".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc; hãy chọn nơi khác".to_owned(),
        ErrorKind::NotFound => "không có thư mục hoặc tệp này".to_owned(),
        ErrorKind::AlreadyExists => "đã có tệp mang tên này; hãy chọn tên khác".to_owned(),
        _ => format!(
            "lỗi đọc, ghi của hệ thống (số {})",
            error.raw_os_error().unwrap_or(0)
        ),
    };
    anyhow!("{}: {why}", name(path))
}

impl Part {
    /// Begins a file; the folder is made where there is none.
    pub fn begin(whole: &Path) -> Done<Self> {
        let path = with_ending(whole, ".part");
        let broken = |error: &std::io::Error| Failed::Broken(said(&path, error));
        if let Some(folder) = path.parent().filter(|at| !at.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| broken(&error))?;
        }
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let held = options.open(&path).map_err(|error| broken(&error))?;
        // Elsewhere than on Unix such a lock would keep SQLite out, too.
        if cfg!(unix) && held.try_lock().is_err() {
            return Err(Failed::Refused(format!(
                "một lần chạy khác đang ghi {}; hãy chờ cho xong.",
                name(&path)
            )));
        }
        let out = Self { path, held };
        out.held
            .set_len(0)
            .map_err(|error| Failed::Broken(said(&out.path, &error)))?;
        out.tidy();
        Ok(out)
    }

    /// Where it is while it is being made.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn tidy(&self) {
        for ending in BESIDE {
            let _ = std::fs::remove_file(with_ending(&self.path, ending));
        }
    }

    /// Everything is in it: writes it out and gives it its name, unless that has been taken meanwhile.
    pub fn keep(self, whole: &Path) -> Done<()> {
        let broken = |error: &std::io::Error| Failed::Broken(said(whole, error));
        self.held.sync_all().map_err(|error| broken(&error))?;
        match std::fs::hard_link(&self.path, whole) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(broken(&error)),
            // A disk without links, such as a stick.
            Err(_) if whole.exists() => {
                return Err(broken(&std::io::Error::from(ErrorKind::AlreadyExists)));
            }
            Err(_) => std::fs::rename(&self.path, whole).map_err(|error| broken(&error))?,
        }
        if let Some(folder) = whole.parent() {
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            // The name is in the folder; not every system lets a folder be written out.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
        self.tidy();
    }
}

/// SHA-256 and bytes of a file.
pub fn sha256(path: &Path) -> Done<(String, u64)> {
    let broken = |error: &std::io::Error| Failed::Broken(said(path, error));
    let mut file = File::open(path).map_err(|error| broken(&error))?;
    let (mut hasher, mut buffer, mut bytes) = (Sha256::new(), vec![0; 1 << 16], 0_u64);
    loop {
        let read = file.read(&mut buffer).map_err(|error| broken(&error))?;
        if read == 0 {
            break;
        }
        bytes = bytes.saturating_add(read as u64);
        hasher.update(buffer.get(..read).unwrap_or(&[]));
    }
    let mut hex = String::new();
    for byte in hasher.finalize() {
        let _ = write!(hex, "{byte:02x}");
    }
    Ok((hex, bytes))
}
