//! Excel 97 to 2003: BIFF8 (MS-XLS).
//!
//! In: a checked workbook. Out: a compound file with the stream `Workbook`: shared strings with their runs, merges, hidden rows and
//! columns.

use super::looks::{Face, Looks};
use super::records::{self, Data, Kind, LONGEST, font_number, record, small};
use super::{Cell, Run, Workbook, compound, grid};
use crate::write::WriteError;
use rustc_hash::FxHashMap;
use std::io::Write;

/// Writes the file.
pub(super) fn write(book: &Workbook, out: &mut dyn Write) -> Result<(), WriteError> {
    let mut looks = Looks::of(book);
    fits(&looks)?;
    let mut kind = New::default();
    let active = active(book);
    // Sheets first: the strings they share stand before them.
    let mut pages = Vec::new();
    for (index, sheet) in book.sheets.iter().enumerate() {
        let mut page = Vec::new();
        let shown = index == usize::from(active);
        records::sheet(
            &mut kind,
            sheet,
            book.date1904,
            shown,
            &mut looks,
            &mut page,
        );
        pages.push(page);
    }
    let mut stream = Vec::new();
    records::head(&kind, 1_200, book.date1904, active, &looks, &mut stream);
    let places: Vec<usize> = book
        .sheets
        .iter()
        .map(|sheet| records::list_sheet(&kind, sheet, &mut stream))
        .collect();
    kind.strings(&looks, &mut stream);
    record(0x0a, &Data::default(), &mut stream);
    join(stream, &places, pages, "Workbook", out)
}

/// The first sheet that is seen.
pub(super) fn active(book: &Workbook) -> u16 {
    small(
        book.sheets
            .iter()
            .position(|sheet| !sheet.hidden)
            .unwrap_or(0),
    )
}

/// Such a file knows some 4,000 formats; Excel 5 names the font of a piece of text in one byte.
pub(super) fn fits(looks: &Looks) -> Result<(), WriteError> {
    if looks.fonts.len() > 250 || looks.formats.len() > 4_000 {
        return Err(WriteError::Refused(
            "Sổ dùng quá nhiều phông chữ hoặc kiểu ô cho dạng tệp này; hãy chọn dạng .xlsx."
                .to_owned(),
        ));
    }
    Ok(())
}

/// Puts the sheets behind the head, says in the head where they are, and writes the compound file.
pub(super) fn join(
    mut stream: Vec<u8>,
    places: &[usize],
    pages: Vec<Vec<u8>>,
    name: &str,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let long = || {
        WriteError::Refused(
            "Sổ quá lớn cho dạng tệp này (2 GB); hãy chia sổ hoặc chọn dạng .xlsx.".to_owned(),
        )
    };
    for (&place, page) in places.iter().zip(pages) {
        let offset = u32::try_from(stream.len()).map_err(|_| long())?;
        if let Some(field) = stream.get_mut(place..place + 4) {
            field.copy_from_slice(&offset.to_le_bytes());
        }
        stream.extend_from_slice(&page);
    }
    let file = compound::file(name, stream).ok_or_else(long)?;
    Ok(out.write_all(&file)?)
}

/// A shared string: its text, or its runs.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Shared {
    Plain(String),
    Rich(Vec<Run>),
}

/// BIFF8, and the strings so far.
#[derive(Default)]
struct New {
    places: FxHashMap<Shared, u32>,
    list: Vec<Shared>,
    uses: u32,
}

/// Letters as one byte each where all allow it, else two; with it, which.
fn letters(text: &str) -> (Vec<u8>, bool) {
    if text.chars().all(|letter| u32::from(letter) < 0x100) {
        let bytes = text
            .chars()
            .map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?'))
            .collect();
        (bytes, false)
    } else {
        (
            text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            true,
        )
    }
}

impl Kind for New {
    const NEW: bool = true;

    fn name(&self, text: &str) -> Vec<u8> {
        let (bytes, wide) = letters(text);
        let count = u8::try_from(grid::units(text)).unwrap_or(u8::MAX);
        [&[count, u8::from(wide)], bytes.as_slice()].concat()
    }

    fn text(&mut self, place: [u16; 3], cell: &Cell, _: &mut Looks, out: &mut Vec<u8>) {
        let shared = if cell.runs.is_empty() {
            Shared::Plain(grid::text_of(cell).unwrap_or_default().into_owned())
        } else {
            Shared::Rich(cell.runs.clone())
        };
        self.uses = self.uses.saturating_add(1);
        let next = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let index = if let Some(&known) = self.places.get(&shared) {
            known
        } else {
            self.list.push(shared.clone());
            self.places.insert(shared, next);
            next
        };
        record(0xfd, &Data::default().shorts(&place).word(index), out);
    }

    fn code(&self, text: &str) -> Vec<u8> {
        let (bytes, wide) = letters(text);
        let [low, high] = small(grid::units(text)).to_le_bytes();
        [&[low, high, u8::from(wide)], bytes.as_slice()].concat()
    }

    fn letters(&self) -> u8 {
        0
    }
}

impl New {
    /// The shared strings, cut into records: between strings, between letters (their width is said anew), between runs.
    fn strings(&self, looks: &Looks, out: &mut Vec<u8>) {
        let fonts: FxHashMap<Face, usize> = looks.fonts.iter().copied().zip(0..).collect();
        let total = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let mut pieces = Pieces {
            kind: 0xfc,
            data: Data::default().word(self.uses).word(total),
            out,
        };
        for shared in &self.list {
            let (text, runs) = match shared {
                Shared::Plain(text) => (text.clone(), &[][..]),
                Shared::Rich(runs) => (
                    runs.iter().map(|run| run.text.as_str()).collect(),
                    runs.as_slice(),
                ),
            };
            let (bytes, wide) = letters(&text);
            // The head stays together with the first letter.
            pieces.room(7);
            pieces.push(&small(grid::units(&text)).to_le_bytes());
            pieces.push(&[u8::from(wide) | if runs.is_empty() { 0 } else { 8 }]);
            if !runs.is_empty() {
                pieces.push(&small(runs.len()).to_le_bytes());
            }
            pieces.letters(&bytes, wide);
            let mut unit = 0;
            for run in runs {
                pieces.room(4);
                let font = fonts.get(&Face::of(run.font, run.bold)).copied();
                pieces.push(&small(unit).to_le_bytes());
                pieces.push(&font_number(font.unwrap_or(0)).to_le_bytes());
                unit += grid::units(&run.text);
            }
        }
        pieces.end();
    }
}

/// Data that runs over several records.
struct Pieces<'o> {
    kind: u16,
    data: Data,
    out: &'o mut Vec<u8>,
}

impl Pieces<'_> {
    fn push(&mut self, bytes: &[u8]) {
        self.data.0.extend_from_slice(bytes);
    }

    /// Begins a new record where so many bytes do not fit.
    fn room(&mut self, bytes: usize) {
        if self.data.0.len() + bytes > LONGEST {
            self.end();
        }
    }

    fn end(&mut self) {
        record(self.kind, &self.data, self.out);
        self.data.0.clear();
        self.kind = 0x3c;
    }

    fn letters(&mut self, mut bytes: &[u8], wide: bool) {
        let size = 1 + usize::from(wide);
        loop {
            let fits = (LONGEST - self.data.0.len()) / size * size;
            let (now, later) = bytes.split_at(fits.min(bytes.len()));
            self.push(now);
            if later.is_empty() {
                return;
            }
            self.end();
            self.push(&[u8::from(wide)]);
            bytes = later;
        }
    }
}
