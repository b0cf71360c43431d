//! Where the bytes of a file come from.
//!
//! In: a path, or bytes in memory (tests, fuzzing, uploads). Out: as many independent readers as are asked for.

use std::io::{self, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes that can be read from any place, on any thread.
pub(crate) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// A file on the disk, or one in memory.
#[derive(Clone)]
pub(crate) enum Input {
    /// On the disk.
    Path(PathBuf),
    /// In memory.
    Bytes(Arc<[u8]>),
}

impl Input {
    /// A fresh reader from the first byte.
    pub(crate) fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::Path(path) => Box::new(std::fs::File::open(path)?),
            Self::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    /// How many bytes.
    pub(crate) fn len(&self) -> io::Result<u64> {
        Ok(match self {
            Self::Path(path) => std::fs::metadata(path)?.len(),
            Self::Bytes(bytes) => bytes.len() as u64,
        })
    }

    /// The first bytes, at most so many.
    pub(crate) fn head(&self, most: usize) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open()?.take(most as u64).read_to_end(&mut head)?;
        Ok(head)
    }

    /// The name a person gave the file, in lower case; empty for bytes in memory.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Path(path) => path
                .file_name()
                .map(|name| name.to_string_lossy().to_lowercase())
                .unwrap_or_default(),
            Self::Bytes(_) => String::new(),
        }
    }
}
