//! Legacy encodings. (interface; to be implemented)
use crate::cell::{Cell, Font};
use std::borrow::Cow;

/// A code a text may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As it stands.
    Unicode,
    /// TCVN3 (ABC).
    Tcvn3,
    /// TCVN3 in a capital font.
    Tcvn3Caps,
    /// VNI-Windows.
    Vni,
    /// VPS.
    Vps,
    /// VISCII.
    Viscii,
    /// VIQR (only on request).
    Viqr,
    /// Windows-1258 shown as cp1252.
    Cp1258,
    /// UTF-8 read as cp1252, once or more.
    Utf8Twice,
}

/// What a column's cells say together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Nothing speaks for a legacy code.
    #[default]
    Unicode,
    /// The whole column is in this code: ambiguous cells too.
    Legacy(Encoding),
    /// Some cells surely legacy, some surely Unicode: ambiguous cells stay raw and are said.
    Mixed(Encoding),
}

/// A cell's text after decoding.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What it was decoded from; `Unicode` where nothing was done.
    pub from: Encoding,
    /// Could be read two ways and was left as it stands.
    pub ambiguous: bool,
}

/// Collects the evidence of a column.
#[derive(Clone, Debug, Default)]
pub struct Vote {}

impl Vote {
    /// Adds a cell.
    pub fn add(&mut self, _text: &str, _font: Font) {}
    /// What the cells say together.
    pub fn verdict(&self) -> Verdict { Verdict::Unicode }
}

/// Decodes a text from a code, as the code's table says (no case repair, no guess).
pub fn decode(text: &str, _from: Encoding) -> Cow<'_, str> { Cow::Borrowed(text) }

/// Decodes a cell by its font, its content and the verdict of its column.
pub fn decode_cell<'a>(cell: &'a Cell<'_>, _verdict: Verdict) -> Decoded<'a> {
    Decoded { text: Cow::Borrowed(&cell.text), from: Encoding::Unicode, ambiguous: false }
}
