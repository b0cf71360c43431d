//! A zip file seen from outside, and the guard before it.
//!
//! In: an [`Input`]. Out: its parts by name, inflated under limits. Refuses by the declared sizes, and again while inflating:
//! sizes in a zip file are what its maker says they are.

use super::ReadError;
use super::input::{Input, ReadSeek};
use crate::limits;
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use rustc_hash::FxHashMap;
use std::io::{self, BufReader, Read, SeekFrom, Take};
use zip::CompressionMethod;
use zip::result::ZipError;

/// One member.
#[derive(Clone, Copy, Debug)]
struct Part {
    header: u64,
    packed: u64,
    size: u64,
    crc: u32,
    method: Method,
    encrypted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Stored,
    Deflated,
    Other,
}

/// An opened zip file.
pub(crate) struct Package {
    input: Input,
    parts: FxHashMap<String, Part>,
    /// The names as written, in order.
    pub(crate) names: Vec<String>,
}

/// The form under which names are compared: Office takes them without regard to case.
fn key(name: &str) -> String {
    name.replace('\\', "/")
        .trim_start_matches('/')
        .to_ascii_lowercase()
}

/// What the zip library says, in our terms.
fn zip_error(error: ZipError) -> ReadError {
    match error {
        ZipError::Io(error) => io_error(error),
        ZipError::InvalidPassword => ReadError::Password,
        ZipError::UnsupportedArchive(word) if word == ZipError::PASSWORD_REQUIRED => {
            ReadError::Password
        }
        other => ReadError::Damaged(other.to_string()),
    }
}

/// An error below a decoder: the file's own fault is damage, the rest is the system's.
pub(crate) fn io_error(error: io::Error) -> ReadError {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::InvalidData | Kind::InvalidInput | Kind::UnexpectedEof | Kind::Other => {
            ReadError::Damaged(error.to_string())
        }
        _ => ReadError::Io(error),
    }
}

impl Package {
    /// Reads the directory and judges it.
    ///
    /// Errors: `Damaged` (no directory, cut off), `Bomb` (sizes, number of members, overlap), `Io`.
    pub(crate) fn open(input: &Input) -> Result<Self, ReadError> {
        let archive = zip::ZipArchive::new(BufReader::new(input.open()?)).map_err(zip_error)?;
        if archive.len() > limits::ZIP_MEMBERS {
            return Err(ReadError::Bomb);
        }
        let mut parts = FxHashMap::default();
        let mut names = Vec::with_capacity(archive.len());
        let mut spans = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            let entry = archive.by_index_data(index).map_err(zip_error)?;
            let part = Part {
                header: entry.header_start(),
                packed: entry.compressed_size(),
                size: entry.size(),
                crc: entry.crc32(),
                method: match entry.compression() {
                    CompressionMethod::Stored => Method::Stored,
                    CompressionMethod::Deflated => Method::Deflated,
                    _ => Method::Other,
                },
                encrypted: entry.encrypted(),
            };
            if too_much(part.size, part.packed) {
                return Err(ReadError::Bomb);
            }
            spans.push((
                part.header,
                part.header.saturating_add(30).saturating_add(part.packed),
            ));
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            parts.insert(key(&name), part);
            names.push(name);
        }
        // Members that share bytes make a small file unpack to a huge one without any single ratio standing out.
        spans.sort_unstable();
        if spans
            .windows(2)
            .any(|pair| matches!(pair, [first, second] if first.1 > second.0))
        {
            return Err(ReadError::Bomb);
        }
        Ok(Self {
            input: input.clone(),
            parts,
            names,
        })
    }

    /// True where a part of that name exists (letter case does not count).
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&key(name))
    }

    /// The unpacked size that is declared.
    pub(crate) fn size(&self, name: &str) -> Option<u64> {
        self.parts.get(&key(name)).map(|part| part.size)
    }

    /// True where any member is encrypted.
    pub(crate) fn encrypted(&self) -> bool {
        self.parts.values().any(|part| part.encrypted)
    }

    /// A reader of a part from its first byte; `None` where there is no such part.
    pub(crate) fn inflate(&self, name: &str) -> Result<Option<Inflate>, ReadError> {
        let Some(&part) = self.parts.get(&key(name)) else {
            return Ok(None);
        };
        if part.encrypted {
            return Err(ReadError::Password);
        }
        let mut file = self.input.open()?;
        file.seek(SeekFrom::Start(part.header))?;
        let mut head = [0_u8; 30];
        file.read_exact(&mut head).map_err(io_error)?;
        let short = |at: usize| {
            u64::from(head.get(at).copied().unwrap_or(0))
                | u64::from(head.get(at + 1).copied().unwrap_or(0)) << 8
        };
        if !head.starts_with(b"PK\x03\x04") {
            return Err(ReadError::Damaged("no local header".to_owned()));
        }
        let data = part
            .header
            .saturating_add(30)
            .saturating_add(short(26))
            .saturating_add(short(28));
        file.seek(SeekFrom::Start(data))?;
        let packed = BufReader::with_capacity(1 << 16, file.take(part.packed));
        let stream = match part.method {
            Method::Stored => Stream::Stored(packed),
            Method::Deflated => Stream::Deflated(Box::new(DeflateDecoder::new(packed))),
            Method::Other => return Err(ReadError::Damaged("unknown compression".to_owned())),
        };
        Ok(Some(Inflate {
            stream,
            part,
            out: 0,
            crc: Crc::new(),
            done: false,
        }))
    }

    /// A whole part as bytes, at most so many.
    pub(crate) fn bytes(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(mut inflate) = self.inflate(name)? else {
            return Ok(None);
        };
        if inflate.part.size > most {
            return Err(ReadError::Bomb);
        }
        let mut bytes = Vec::with_capacity(
            usize::try_from(inflate.part.size.min(most))
                .unwrap_or(0)
                .min(1 << 28),
        );
        while inflate.read(&mut bytes, 1 << 20)? > 0 {
            if bytes.len() as u64 > most {
                return Err(ReadError::Bomb);
            }
        }
        Ok(Some(bytes))
    }

    /// A whole part as text.
    pub(crate) fn text(&self, name: &str, most: u64) -> Result<Option<String>, ReadError> {
        Ok(self.bytes(name, most)?.map(text_of))
    }
}

/// Far more than such a file should unpack to.
fn too_much(size: u64, packed: u64) -> bool {
    size > limits::ZIP_MEMBER_BYTES
        || (size > limits::ZIP_RATIO_FROM_BYTES && size > packed.saturating_mul(limits::ZIP_RATIO))
}

/// The text of an XML part: UTF-8 nearly always; UTF-16 is allowed.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE.decode(&bytes).0.into_owned(),
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE.decode(&bytes).0.into_owned(),
        _ => String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// The packed bytes of one member.
type Packed = BufReader<Take<Box<dyn ReadSeek>>>;

enum Stream {
    Stored(Packed),
    Deflated(Box<DeflateDecoder<Packed>>),
}

/// Unpacks one member, watching what comes out.
pub(crate) struct Inflate {
    stream: Stream,
    part: Part,
    out: u64,
    crc: Crc,
    done: bool,
}

impl Inflate {
    /// Appends at most `most` bytes; 0 at the end.
    ///
    /// Errors: `Bomb` where more comes than may, `Damaged` where the data end early or do not agree with their checksum.
    pub(crate) fn read(&mut self, to: &mut Vec<u8>, most: usize) -> Result<usize, ReadError> {
        if self.done {
            return Ok(0);
        }
        let start = to.len();
        let limit = most as u64;
        let read = match &mut self.stream {
            Stream::Stored(stream) => stream.take(limit).read_to_end(to),
            Stream::Deflated(stream) => stream.take(limit).read_to_end(to),
        }
        .map_err(io_error)?;
        self.out = self.out.saturating_add(read as u64);
        self.crc.update(to.get(start..).unwrap_or_default());
        if too_much(self.out, self.part.packed) {
            return Err(ReadError::Bomb);
        }
        if read < most {
            self.done = true;
            if self.out != self.part.size || self.crc.sum() != self.part.crc {
                return Err(ReadError::Damaged("the checksum does not agree".to_owned()));
            }
        }
        Ok(read)
    }

    /// Bytes unpacked so far, and in all.
    pub(crate) fn progress(&self) -> (u64, u64) {
        (self.out, self.part.size)
    }
}
