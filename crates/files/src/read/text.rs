//! Reads text with delimiters (csv, tsv, txt) of any length in bounded memory.
//!
//! In: an [`Input`] and its [`Encoding`]. Out: [`Chunk`]s of whole records in UTF-8. Cutting knows quotes; parsing ([`parse`])
//! follows the very same rules on the chunk alone, so that every worker sees the rows the reader counted.

mod delimiter;
mod encoding;
mod parse;

pub(crate) use encoding::Encoding;

use super::input::{Input, ReadSeek};
use super::remarks::Remarks;
use super::{Chunk, Parser, ReadError, Source};
use crate::limits;
use encoding::{Decoder, repair};
use memchr::{memchr, memchr_iter, memrchr};
use parse::{Shape, TextParser, records};
use std::io::Read;
use std::sync::Arc;

/// A text file of which the encoding and the delimiter are known.
pub(crate) struct TextFile {
    input: Input,
    encoding: Encoding,
    /// The delimiter.
    pub(crate) delimiter: Option<u8>,
    shape: Shape,
}

impl TextFile {
    /// Looks at the head of the file.
    pub(crate) fn open(input: &Input, encoding: Encoding) -> Result<Self, ReadError> {
        let head = encoding.text(&input.head(limits::HEAD_BYTES)?);
        let whole = input.len()? <= limits::HEAD_BYTES as u64;
        let shape = delimiter::shape(&head, whole);
        Ok(Self {
            input: input.clone(),
            encoding,
            delimiter: shape.delimiter,
            shape,
        })
    }

    /// The encoding as it is shown.
    pub(crate) fn encoding_name(&self) -> &'static str {
        self.encoding.name()
    }

    /// What a person should know.
    pub(crate) fn remarks(&self) -> Vec<String> {
        match self.encoding {
            Encoding::Cp1258 => vec![
                "Tệp được ghi bằng bảng mã Windows-1258 (tiếng Việt), đã chuyển sang Unicode."
                    .to_owned(),
            ],
            Encoding::Byte => {
                vec!["Tệp không dùng Unicode (có thể là TCVN3, VNI, …); bảng mã được nhận diện theo từng cột.".to_owned()]
            }
            _ => Vec::new(),
        }
    }

    /// A fresh reader.
    pub(crate) fn source(&self) -> Result<TextSource, ReadError> {
        let remarks = Arc::new(Remarks::default());
        let total = self.input.len()?;
        Ok(TextSource {
            file: self.input.open()?,
            decoder: self.encoding.decoder(),
            shape: self.shape,
            parser: Arc::new(TextParser {
                shape: self.shape,
                remarks: Arc::clone(&remarks),
            }),
            remarks,
            buffer: Vec::new(),
            block: Vec::new(),
            read: 0,
            total,
            ended: false,
            skipping: false,
            index: 0,
            next_row: 1,
        })
    }
}

/// Hands out the chunks of a text file.
pub(crate) struct TextSource {
    file: Box<dyn ReadSeek>,
    /// `None`: UTF-8, nothing to decode.
    decoder: Option<Decoder>,
    shape: Shape,
    parser: Arc<TextParser>,
    remarks: Arc<Remarks>,
    buffer: Vec<u8>,
    block: Vec<u8>,
    read: u64,
    total: u64,
    ended: bool,
    /// The rest of a record that was too long is being left out.
    skipping: bool,
    index: u64,
    next_row: u64,
}

impl TextSource {
    /// Fills the buffer up to `wanted` bytes, or to the end of the file.
    fn fill(&mut self, wanted: usize) -> Result<(), ReadError> {
        while !self.ended && self.buffer.len() < wanted {
            let at_start = self.read == 0;
            if let Some(decoder) = &mut self.decoder {
                self.block.clear();
                let read = (&mut self.file)
                    .take(1 << 18)
                    .read_to_end(&mut self.block)?;
                self.read += read as u64;
                self.ended = read == 0;
                decoder.decode(&self.block, &mut self.buffer, self.ended);
            } else {
                let most = (wanted - self.buffer.len()) as u64;
                self.buffer.reserve_exact(wanted - self.buffer.len() + 1);
                let read = (&mut self.file).take(most).read_to_end(&mut self.buffer)?;
                self.read += read as u64;
                self.ended = (read as u64) < most;
            }
            if at_start && self.buffer.starts_with("\u{feff}".as_bytes()) {
                self.buffer.drain(..3);
            }
            if self.skipping {
                let end = memchr(self.shape.end, &self.buffer).map(|at| at + 1);
                self.skipping = end.is_none();
                let end = end.unwrap_or(self.buffer.len());
                self.buffer.drain(..end);
            }
        }
        Ok(())
    }

    /// Where the last whole record ends, and how many there are.
    fn cut(&self) -> (usize, u64) {
        if memchr(b'"', &self.buffer).is_none() || self.shape.delimiter.is_none() {
            let end = if self.ended {
                self.buffer.len()
            } else {
                memrchr(self.shape.end, &self.buffer).map_or(0, |at| at + 1)
            };
            let whole = self.buffer.get(..end).unwrap_or_default();
            let open = u64::from(!whole.is_empty() && whole.last() != Some(&self.shape.end));
            return (
                end,
                memchr_iter(self.shape.end, whole).count() as u64 + open,
            );
        }
        records(&self.buffer, self.shape, self.ended)
    }
}

impl Source for TextSource {
    fn next_chunk(&mut self) -> Result<Option<Chunk>, ReadError> {
        let mut wanted = limits::CHUNK_BYTES;
        loop {
            self.fill(wanted)?;
            if self.buffer.is_empty() {
                return Ok(None);
            }
            let (mut end, mut rows) = self.cut();
            if end == 0 {
                if self.buffer.len() < limits::RECORD_BYTES {
                    wanted = wanted.saturating_mul(2);
                    continue;
                }
                // One record fills everything: its head is handed out, the rest is left.
                self.remarks.records.add(self.next_row);
                self.skipping = memchr(
                    self.shape.end,
                    self.buffer.get(limits::RECORD_BYTES..).unwrap_or_default(),
                )
                .is_none();
                let rest = memchr(
                    self.shape.end,
                    self.buffer.get(limits::RECORD_BYTES..).unwrap_or_default(),
                )
                .map_or(self.buffer.len(), |at| limits::RECORD_BYTES + at + 1);
                self.buffer.drain(limits::RECORD_BYTES.min(rest)..rest);
                (end, rows) = (limits::RECORD_BYTES.min(self.buffer.len()), 1);
                while end > 0 && self.buffer.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
                    end -= 1;
                }
            }
            let tail = self.buffer.split_off(end.min(self.buffer.len()));
            let bytes = std::mem::replace(&mut self.buffer, tail);
            let first_row = self.next_row;
            let text = match simdutf8::basic::from_utf8(&bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => repair(&bytes, |line| {
                    self.remarks.bytes.add(first_row.saturating_add(line));
                }),
            };
            self.next_row = self.next_row.saturating_add(rows);
            let chunk = Chunk {
                index: self.index,
                first_row,
                text,
                ..Chunk::default()
            };
            self.index += 1;
            return Ok(Some(chunk));
        }
    }

    fn parser(&self) -> Arc<dyn Parser> {
        Arc::clone(&self.parser) as Arc<dyn Parser>
    }

    fn progress(&self) -> (u64, u64) {
        (self.read, self.total)
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.sentences()
    }
}
