//! A sheet's XML in pieces: cut between rows here, parsed anywhere.
//!
//! In: the inflating (or inflated) part. Out: [`Chunk`]s of whole `<row>` elements.

use super::strings::Strings;
use super::styles::Styles;
use crate::limits;
use crate::read::markup::{Markup, Token};
use crate::read::package::Inflate;
use crate::read::remarks::Remarks;
use crate::read::{Chunk, Merge, Parser, ReadError, Source};
use memchr::memmem;
use std::sync::Arc;
use treem_child::cell::{Cell, CellKind, Rows};

/// Where the bytes come from.
pub(crate) enum Feed {
    /// Inflated already.
    Held {
        /// The whole part.
        bytes: Arc<Vec<u8>>,
        /// How far it was handed out.
        at: usize,
    },
    /// Inflating.
    Streamed(Box<Inflate>),
}

impl Feed {
    fn read(&mut self, to: &mut Vec<u8>, most: usize) -> Result<usize, ReadError> {
        match self {
            Self::Streamed(inflate) => inflate.read(to, most),
            Self::Held { bytes, at } => {
                let rest = bytes.get(*at..).unwrap_or_default();
                let piece = rest.get(..most.min(rest.len())).unwrap_or_default();
                to.extend_from_slice(piece);
                *at += piece.len();
                Ok(piece.len())
            }
        }
    }

    fn progress(&self) -> (u64, u64) {
        match self {
            Self::Streamed(inflate) => inflate.progress(),
            Self::Held { bytes, at } => (*at as u64, bytes.len() as u64),
        }
    }
}

/// Cuts a stream of XML between elements of one name (`row`, `si`).
pub(crate) struct Pieces {
    feed: Feed,
    container: &'static str,
    element: &'static str,
    /// `<row`, with the prefix of the file.
    start: Vec<u8>,
    /// `</sheetData`, with the prefix.
    end: Vec<u8>,
    buffer: Vec<u8>,
    searched: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Inside,
    Done,
}

impl Pieces {
    /// `container` is the element around them (`sheetData`, `sst`).
    pub(crate) fn new(feed: Feed, element: &'static str, container: &'static str) -> Self {
        Self {
            feed,
            container,
            element,
            start: Vec::new(),
            end: Vec::new(),
            buffer: Vec::new(),
            searched: 0,
            state: State::Before,
        }
    }

    /// Looks for the start of the container; what stands before it is dropped.
    fn enter(&mut self) -> Result<(), ReadError> {
        loop {
            let more = self.feed.read(&mut self.buffer, 1 << 16)? > 0;
            let mut from = 0;
            while let Some(at) = memmem::find(
                self.buffer.get(from..).unwrap_or_default(),
                self.container.as_bytes(),
            )
            .map(|at| at + from)
            {
                let open =
                    memchr::memrchr(b'<', self.buffer.get(..at).unwrap_or_default()).unwrap_or(0);
                let name = self.buffer.get(open + 1..at).unwrap_or_default();
                if !(name.is_empty()
                    || name.ends_with(b":")
                        && name
                            .iter()
                            .all(|byte| byte.is_ascii_alphanumeric() || b":_-.".contains(byte)))
                {
                    from = at + 1;
                    continue;
                }
                let tag = super::tag::tag(&self.buffer, open, |_, _| {});
                if tag.end >= self.buffer.len() && more {
                    break;
                }
                self.start = [b"<", name, self.element.as_bytes()].concat();
                self.end = [b"</", name, self.container.as_bytes()].concat();
                self.state = if tag.empty {
                    State::Done
                } else {
                    State::Inside
                };
                let end = tag.end;
                self.buffer.drain(..end);
                self.searched = 0;
                return Ok(());
            }
            if !more {
                self.state = State::Done;
                return Ok(());
            }
            // Column formats and views may be long; a container's name cut in two must not be lost.
            let tail = memchr::memrchr(b'<', &self.buffer).unwrap_or(self.buffer.len());
            if self.buffer.len() - tail < 1 << 16 {
                self.buffer.drain(..tail);
            }
            if self.buffer.len() > limits::RECORD_BYTES {
                return Err(ReadError::Damaged("no rows found".to_owned()));
            }
        }
    }

    /// Where the last element starts that is not the first thing in the buffer.
    fn last_start(&self) -> Option<usize> {
        let mut end = self.buffer.len();
        loop {
            let at = memmem::rfind(self.buffer.get(..end)?, &self.start)?;
            if at == 0 {
                return None;
            }
            if matches!(
                self.buffer.get(at + self.start.len()),
                Some(b' ' | b'>' | b'/' | b'\t' | b'\n' | b'\r')
            ) {
                return Some(at);
            }
            end = at;
        }
    }

    /// The next piece, whole elements only; `None` at the end.
    pub(crate) fn next_piece(&mut self) -> Result<Option<String>, ReadError> {
        if self.state == State::Before {
            self.enter()?;
        }
        let mut wanted = limits::CHUNK_BYTES;
        while self.state == State::Inside {
            let missing = wanted.saturating_sub(self.buffer.len());
            let more = missing == 0 || self.feed.read(&mut self.buffer, missing)? > 0;
            let from = self.searched.saturating_sub(self.end.len());
            if let Some(at) = memmem::find(self.buffer.get(from..).unwrap_or_default(), &self.end) {
                self.buffer.truncate(from + at);
                self.state = State::Done;
            } else if !more {
                self.state = State::Done;
            } else {
                self.searched = self.buffer.len();
                if self.buffer.len() < wanted {
                    continue;
                }
                let cut = self
                    .last_start()
                    .or_else(|| (wanted > limits::RECORD_BYTES).then_some(self.buffer.len()));
                let Some(cut) = cut else {
                    wanted = wanted.saturating_mul(2);
                    continue;
                };
                let tail = self.buffer.split_off(cut);
                let piece = std::mem::replace(&mut self.buffer, tail);
                self.searched = self.buffer.len();
                self.buffer
                    .reserve(limits::CHUNK_BYTES.saturating_sub(self.buffer.len()));
                return Ok(Some(text(&piece)));
            }
        }
        Ok(if self.buffer.is_empty() {
            None
        } else {
            Some(text(&std::mem::take(&mut self.buffer)))
        })
    }
}

fn text(bytes: &[u8]) -> String {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Parses the chunks of one sheet.
pub(crate) struct SheetParser {
    /// The strings of the workbook.
    pub(crate) strings: Arc<Strings>,
    /// Its formats.
    pub(crate) styles: Arc<Styles>,
    /// The merges of the sheet.
    pub(crate) merges: Arc<Vec<Merge>>,
    /// What was cut.
    pub(crate) remarks: Arc<Remarks>,
}

impl Parser for SheetParser {
    fn parse<'a>(&'a self, chunk: &'a Chunk, rows: &mut Rows<'a>) {
        super::cells::rows(self, chunk, rows);
    }
}

/// Hands out the chunks of one sheet.
pub(crate) struct SheetSource {
    pieces: Pieces,
    parser: Arc<SheetParser>,
    index: u64,
    /// The number after that of the last row, where rows do not say theirs.
    next_row: u64,
    /// Merges that run on into the next chunk.
    carried: Vec<(Merge, Cell<'static>)>,
    /// Merges looked at so far.
    merges_seen: usize,
}

impl SheetSource {
    /// From the first row.
    pub(crate) fn new(feed: Feed, parser: Arc<SheetParser>) -> Self {
        Self {
            pieces: Pieces::new(feed, "row", "sheetData"),
            parser,
            index: 0,
            next_row: 1,
            carried: Vec::new(),
            merges_seen: 0,
        }
    }

    /// The number of the last row of a piece, and the number of rows in it that must be counted because they say none.
    fn last_row(&self, piece: &str) -> u64 {
        let finder = memmem::Finder::new(&self.pieces.start);
        let bytes = piece.as_bytes();
        let numbered = |at: usize| {
            Markup::new(piece.get(at..).unwrap_or(""))
                .next()
                .and_then(|token| match token {
                    Token::Open(tag) => tag.number::<u64>("r"),
                    _ => None,
                })
        };
        if let Some(at) = memmem::rfind(bytes, &self.pieces.start)
            && let Some(number) = numbered(at)
        {
            return number;
        }
        let count = finder
            .find_iter(bytes)
            .filter(|at| {
                matches!(
                    bytes.get(at + self.pieces.start.len()),
                    Some(b' ' | b'>' | b'/')
                )
            })
            .count();
        self.next_row.saturating_add(count as u64).saturating_sub(1)
    }

    /// Keeps the corners of merges that run past the end of a chunk.
    fn carry(&mut self, chunk: &Chunk, last: u64) {
        // Rows count from 0 in merges: the row after the last one has the index `last`.
        let next = u32::try_from(last).unwrap_or(u32::MAX);
        self.carried.retain(|(merge, _)| merge.bottom >= next);
        let merges = Arc::clone(&self.parser.merges);
        let from = self.merges_seen;
        self.merges_seen = merges.partition_point(|merge| merge.top < next);
        let running: Vec<Merge> = merges
            .get(from..self.merges_seen)
            .unwrap_or_default()
            .iter()
            .filter(|merge| merge.bottom >= next)
            .copied()
            .collect();
        if running.is_empty() {
            return;
        }
        let parser = Arc::clone(&self.parser);
        let mut rows = Rows::default();
        parser.parse(chunk, &mut rows);
        for merge in running {
            let corner = rows
                .iter()
                .find(|row| row.number == u64::from(merge.top) + 1)
                .and_then(|row| row.cell(merge.left as usize).cloned());
            if let Some(cell) = corner
                && cell.kind != CellKind::Empty
            {
                self.carried.push((merge, cell.into_owned()));
            }
        }
    }
}

impl Source for SheetSource {
    fn next_chunk(&mut self) -> Result<Option<Chunk>, ReadError> {
        let Some(text) = self.pieces.next_piece()? else {
            return Ok(None);
        };
        let last = self.last_row(&text);
        let chunk = Chunk {
            index: self.index,
            first_row: self.next_row,
            text,
            carried: self.carried.clone(),
            ..Chunk::default()
        };
        self.index += 1;
        self.next_row = last.saturating_add(1);
        if !self.parser.merges.is_empty() {
            self.carry(&chunk, last);
        }
        Ok(Some(chunk))
    }

    fn parser(&self) -> Arc<dyn Parser> {
        Arc::clone(&self.parser) as Arc<dyn Parser>
    }

    fn progress(&self) -> (u64, u64) {
        self.pieces.feed.progress()
    }

    fn remarks(&self) -> Vec<String> {
        self.parser.remarks.sentences()
    }
}
