//! The fonts and formats of a workbook, numbered in the order of their first use.
//!
//! In: cells. Out: numbers for them; [`Looks`] itself becomes the styles of each format.

use super::{Cell, FontName, Value, Workbook};
use rustc_hash::FxHashMap;

/// The font where none is named.
pub(super) const USUAL: &str = "Times New Roman";

/// How a value is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    General,
    /// `@`: digits stay text.
    Text,
    Date,
    /// That many zeros.
    Padded(u8),
}

impl Kind {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Empty | Value::Number(_) | Value::Error(_) => Self::General,
            Value::Text(_) => Self::Text,
            Value::PaddedNumber(_, digits) => Self::Padded(*digits),
            Value::Date(_) => Self::Date,
            Value::Formula { value, .. } => match **value {
                // A formula cell with a text format would be shown as its own text.
                Value::Text(_) | Value::Formula { .. } => Self::General,
                ref value => Self::of(value),
            },
        }
    }

    /// The number of its format: built-in ones are known to all, own ones begin at 164 (ECMA-376 part 1, 18.8.30).
    pub(super) fn format(self) -> u16 {
        match self {
            Self::General => 0,
            Self::Text => 49,
            Self::Date => 164,
            Self::Padded(digits) => 164 + u16::from(digits),
        }
    }

    /// The code of its own format; `None` for built-in ones.
    pub(super) fn code(self) -> Option<String> {
        match self {
            Self::General | Self::Text => None,
            Self::Date => Some("dd/mm/yyyy".to_owned()),
            Self::Padded(digits) => Some("0".repeat(usize::from(digits))),
        }
    }
}

/// A font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Face {
    pub(super) name: &'static str,
    pub(super) bold: bool,
}

impl Face {
    pub(super) fn of(font: FontName, bold: bool) -> Self {
        Self {
            name: font.unwrap_or(USUAL),
            bold,
        }
    }
}

/// All of a workbook.
#[derive(Debug)]
pub(super) struct Looks {
    /// The first is the usual one.
    pub(super) fonts: Vec<Face>,
    /// Font (by number) and kind; the first is the usual one.
    pub(super) formats: Vec<(usize, Kind)>,
    font_places: FxHashMap<Face, usize>,
    format_places: FxHashMap<(usize, Kind), usize>,
    /// The look last asked for: neighbours are mostly alike.
    last: (Face, Kind, usize),
}

impl Looks {
    pub(super) fn new() -> Self {
        let usual = Face::of(None, false);
        let mut looks = Self {
            fonts: Vec::new(),
            formats: Vec::new(),
            font_places: FxHashMap::default(),
            format_places: FxHashMap::default(),
            last: (usual, Kind::General, 0),
        };
        looks.look(usual, Kind::General);
        looks
    }

    /// Of all the cells of a workbook, in their order.
    pub(super) fn of(book: &Workbook) -> Self {
        let mut looks = Self::new();
        for cell in book.sheets.iter().flat_map(|sheet| &sheet.rows).flatten() {
            looks.cell(cell);
            for run in &cell.runs {
                looks.font(Face::of(run.font, run.bold));
            }
        }
        looks
    }

    /// The number of a font.
    pub(super) fn font(&mut self, face: Face) -> usize {
        let next = self.fonts.len();
        let place = *self.font_places.entry(face).or_insert(next);
        if place == next {
            self.fonts.push(face);
        }
        place
    }

    /// The number of a format.
    pub(super) fn look(&mut self, face: Face, kind: Kind) -> usize {
        if self.last.0 == face && self.last.1 == kind && !self.formats.is_empty() {
            return self.last.2;
        }
        let font = self.font(face);
        let next = self.formats.len();
        let place = *self.format_places.entry((font, kind)).or_insert(next);
        if place == next {
            self.formats.push((font, kind));
        }
        self.last = (face, kind, place);
        place
    }

    /// The number of a cell's format.
    pub(super) fn cell(&mut self, cell: &Cell) -> usize {
        let kind = if cell.runs.is_empty() {
            Kind::of(&cell.value)
        } else {
            Kind::Text
        };
        self.look(Face::of(cell.font, cell.bold), kind)
    }

    /// Own formats: number and code, each once, rising.
    pub(super) fn codes(&self) -> Vec<(u16, String)> {
        let mut codes: Vec<(u16, String)> = self
            .formats
            .iter()
            .filter_map(|(_, kind)| Some((kind.format(), kind.code()?)))
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }
}
