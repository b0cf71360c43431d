//! Text with delimiters.
//!
//! In: a workbook of one sheet. Out: lines as long as the longest row. A cell is quoted where it holds the delimiter, a quote or a
//! line break, or always; an empty row is a row of delimiters.

use super::grid::{self, Covered};
use super::{Sheet, Workbook};
use crate::write::WriteError;
use std::io::Write;

/// How a text file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// Between cells: `,`, `;`, a tab or `|`.
    pub delimiter: u8,
    /// Letters to bytes.
    pub encoding: TextEncoding,
    /// Lines end as on Windows.
    pub crlf: bool,
    /// Every cell stands in quotes, empty ones too.
    pub quote_all: bool,
    /// The first line says the delimiter (`sep=;`), as Excel understands it.
    pub sep_line: bool,
}

impl Default for TextStyle {
    /// Comma, UTF-8, Windows line ends.
    fn default() -> Self {
        Self {
            delimiter: b',',
            encoding: TextEncoding::Utf8,
            crlf: true,
            quote_all: false,
            sep_line: false,
        }
    }
}

/// Letters to bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a mark at the head.
    Utf8Bom,
    /// UTF-16, low byte first, with a mark.
    Utf16Le,
    /// UTF-16, high byte first, with a mark.
    Utf16Be,
    /// Windows-1258: a letter with its shape, then its tone.
    Windows1258,
    /// Windows-1252: for text that is in the letters of TCVN3 or VNI already.
    Latin,
    /// UTF-8 that was taken for Windows-1252 and written as UTF-8 once more.
    Utf8Twice,
}

/// Letters gathered before they become bytes.
const PIECE_BYTES: usize = 1 << 16;

/// Writes the sheet.
pub(super) fn write(
    book: &Workbook,
    style: TextStyle,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    if !matches!(style.delimiter, b',' | b';' | b'\t' | b'|') {
        return Err(WriteError::Refused(
            "Dấu ngăn cột phải là dấu phẩy, chấm phẩy, tab hoặc gạch đứng.".to_owned(),
        ));
    }
    match style.encoding {
        TextEncoding::Utf8Bom => out.write_all(b"\xef\xbb\xbf")?,
        TextEncoding::Utf16Le => out.write_all(b"\xff\xfe")?,
        TextEncoding::Utf16Be => out.write_all(b"\xfe\xff")?,
        _ => {}
    }
    let end = if style.crlf { "\r\n" } else { "\n" };
    let delimiter = char::from(style.delimiter);
    let mut text = String::new();
    if style.sep_line {
        text.push_str("sep=");
        text.push(delimiter);
        text.push_str(end);
    }
    let mut bytes = Vec::new();
    for sheet in &book.sheets {
        let covered = Covered::of(sheet);
        let (width, mut cell_text) = (grid::width(sheet), String::new());
        for (row, line) in sheet.rows.iter().enumerate() {
            let places = covered.row(row);
            let begin = text.len();
            for column in 0..width {
                if column > 0 {
                    text.push(delimiter);
                }
                cell_text.clear();
                if let Some(cell) = line.get(column).filter(|_| !grid::hides(places, column)) {
                    grid::shown(cell, &mut cell_text);
                }
                field(&cell_text, delimiter, style.quote_all, &mut text);
            }
            text.push_str(end);
            // A letter the code has not is told by its row: rows are few bytes, so each becomes bytes by itself.
            if !style.encoding.holds(text.get(begin..).unwrap_or_default()) {
                return Err(unheld(sheet, row, style.encoding, width));
            }
            if text.len() >= PIECE_BYTES {
                style.encoding.bytes(&text, &mut bytes);
                out.write_all(&bytes)?;
                bytes.clear();
                text.clear();
            }
        }
    }
    style.encoding.bytes(&text, &mut bytes);
    Ok(out.write_all(&bytes)?)
}

fn field(value: &str, delimiter: char, always: bool, text: &mut String) {
    let needs = |letter: char| letter == delimiter || matches!(letter, '"' | '\r' | '\n');
    if !always && !value.contains(needs) {
        text.push_str(value);
        return;
    }
    text.push('"');
    for (index, piece) in value.split('"').enumerate() {
        if index > 0 {
            text.push_str("\"\"");
        }
        text.push_str(piece);
    }
    text.push('"');
}

/// Finds the cell again that did not fit.
fn unheld(sheet: &Sheet, row: usize, encoding: TextEncoding, width: usize) -> WriteError {
    let mut text = String::new();
    let line = sheet.rows.get(row).map_or(&[][..], Vec::as_slice);
    let column = (0..width)
        .find(|&column| {
            text.clear();
            if let Some(cell) = line.get(column) {
                grid::shown(cell, &mut text);
            }
            !encoding.holds(&text)
        })
        .unwrap_or(0);
    WriteError::Refused(format!(
        "Không ghi được {}: có chữ không có trong bảng mã đã chọn; hãy chọn UTF-8 hoặc bỏ chữ đó.",
        grid::place(sheet, row, column)
    ))
}

impl TextEncoding {
    /// True where every letter can be written.
    fn holds(self, text: &str) -> bool {
        match self {
            Self::Windows1258 => text.is_ascii() || windows_1258(text, &mut Vec::new()),
            Self::Latin => text.is_ascii() || windows_1252(text, &mut Vec::new()),
            _ => true,
        }
    }

    fn bytes(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::Utf8 | Self::Utf8Bom => out.extend_from_slice(text.as_bytes()),
            Self::Utf16Le => out.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
            Self::Utf16Be => out.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
            // What cannot be written was refused before.
            Self::Windows1258 => {
                windows_1258(text, out);
            }
            Self::Latin => {
                windows_1252(text, out);
            }
            Self::Utf8Twice => {
                let (twice, _) =
                    encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
                out.extend_from_slice(twice.as_bytes());
            }
        }
    }
}

/// Text as Windows-1252; false where a letter is not in it.
pub(super) fn windows_1252(text: &str, out: &mut Vec<u8>) -> bool {
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
    out.extend_from_slice(&bytes);
    !lost
}

/// A letter with each tone, in the order of [`TONES`], behind the letter without one.
const LETTERS: [&str; 12] = [
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
];
/// The tones as characters of their own.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];

/// Text as Windows-1258; false where a letter is not in it.
pub(super) fn windows_1258(text: &str, out: &mut Vec<u8>) -> bool {
    let mut apart = String::with_capacity(text.len() + text.len() / 4);
    for letter in text.chars() {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        let found = (!letter.is_ascii())
            .then(|| {
                LETTERS.iter().find_map(|row| {
                    let tone = row
                        .chars()
                        .position(|known| known == small)?
                        .checked_sub(1)?;
                    Some((row.chars().next()?, *TONES.get(tone)?))
                })
            })
            .flatten();
        match found {
            Some((base, tone)) => {
                let base = if small == letter {
                    base
                } else {
                    base.to_uppercase().next().unwrap_or(base)
                };
                apart.extend([base, tone]);
            }
            None => apart.push(letter),
        }
    }
    let (bytes, _, lost) = encoding_rs::WINDOWS_1258.encode(&apart);
    out.extend_from_slice(&bytes);
    !lost
}
