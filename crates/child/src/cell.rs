//! A cell as it stands in somebody's file: the text, what the file says it is, and the font it is shown in.
//!
//! In: nothing. Out: the vocabulary that readers (`treem-files`) and [`crate::normalise`] share.

use std::borrow::Cow;

/// The family of legacy font a cell or a run is shown in. A font is evidence, not proof: Unicode text pasted into a
/// `.VnTime` cell stays Unicode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Font {
    /// The file does not say, or says nothing of use.
    #[default]
    Unknown,
    /// A Unicode font (Times New Roman, Arial, …).
    Unicode,
    /// `.VnTime`, `.VnArial`, … : TCVN3 (ABC).
    Tcvn3,
    /// `.VnTimeH`, `.VnArialH`, … : TCVN3 shown in capitals.
    Tcvn3Caps,
    /// `VNI-Times`, `VNI-*`.
    Vni,
    /// `VPS *`.
    Vps,
    /// `VI *`, `.Vu*`.
    Viscii,
}

impl Font {
    /// The family of a font name, by the rule of B2UConverter (Ministry of Science and Technology, 2009): a name that
    /// starts with `.Vn` is TCVN3 (a final `H` means capitals), one that starts with `VNI` is VNI; letter case varies.
    pub fn from_name(name: &str) -> Self {
        let name = name.trim();
        let lower = name.to_lowercase();
        if lower.is_empty() {
            Self::Unknown
        } else if lower.starts_with(".vn") {
            if lower.trim_end_matches([' ', '-']).ends_with('h')
                && lower.len() > 4
                && !lower.ends_with("english")
            {
                Self::Tcvn3Caps
            } else {
                Self::Tcvn3
            }
        } else if lower.starts_with("vni") {
            Self::Vni
        } else if lower.starts_with("vps") {
            Self::Vps
        } else if lower.starts_with("vi ") || lower.starts_with(".vu") {
            Self::Viscii
        } else {
            Self::Unicode
        }
    }
}

/// What the file says a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum CellKind {
    /// Nothing stands there.
    #[default]
    Empty,
    /// Text (also every cell of a csv or docx).
    Text,
    /// A number without a date format; [`Cell::text`] holds its shortest exact form (`45215001234`, never `4.52E+10`).
    Number(f64),
    /// A number with a date format: the serial as stored. The epoch is the workbook's ([`crate::normalise::Plan`]).
    Date(f64),
    /// `TRUE` / `FALSE`.
    Bool,
    /// A formula error; the text is its name (`#REF!`).
    Error,
}

/// Whether a cell's text is its own or copied from the corner of a merged range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spread {
    /// Its own.
    #[default]
    Own,
    /// Copied from the cell above by a vertical merge.
    FromAbove,
    /// Copied from the cell to the left by a horizontal merge.
    FromLeft,
}

/// One cell of a list, raw.
#[derive(Clone, Default, PartialEq)]
pub struct Cell<'a> {
    /// The text as stored, before any repair.
    pub text: Cow<'a, str>,
    /// What the file says it is.
    pub kind: CellKind,
    /// The font of the cell (or of its first run).
    pub font: Font,
    /// Own text, or copied by a merge.
    pub spread: Spread,
    /// Rich text: the byte length and the font of each run, in order; `None` where the whole cell has one font.
    pub runs: Option<Box<[(u32, Font)]>>,
}

/// Children's data never reaches a log: shows the kind and the length only.
impl std::fmt::Debug for Cell<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Cell({:?}, {} bytes)",
            std::mem::discriminant(&self.kind),
            self.text.len()
        )
    }
}

impl<'a> Cell<'a> {
    /// A text cell; empty text gives an empty cell.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        let kind = if text.is_empty() {
            CellKind::Empty
        } else {
            CellKind::Text
        };
        Self {
            text,
            kind,
            ..Self::default()
        }
    }

    /// True where nothing, or only white space, stands there.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
            || self
                .text
                .chars()
                .all(|c| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
    }

    /// The same cell, owning its text.
    pub fn into_owned(self) -> Cell<'static> {
        Cell {
            text: Cow::Owned(self.text.into_owned()),
            kind: self.kind,
            font: self.font,
            spread: self.spread,
            runs: self.runs,
        }
    }
}

/// One row of a list: its number as a person sees it, and its cells from the first column on.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r, 'a> {
    /// The row number a person sees in Excel; in csv the n-th record; in docx the n-th row of the table. From 1.
    pub number: u64,
    /// Hidden in the file (read all the same, and said).
    pub hidden: bool,
    /// Cells from column 0; cells past the end are empty.
    pub cells: &'r [Cell<'a>],
}

impl<'r, 'a> Row<'r, 'a> {
    /// The cell of a column, or `None` past the end.
    pub fn cell(&self, column: usize) -> Option<&'r Cell<'a>> {
        self.cells.get(column)
    }
    /// True where no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// Rows in one flat piece: no allocation per row.
#[derive(Clone, Debug, Default)]
pub struct Rows<'a> {
    cells: Vec<Cell<'a>>,
    heads: Vec<(u64, bool, usize)>,
}

impl<'a> Rows<'a> {
    /// With room for so many rows and cells.
    pub fn with_capacity(rows: usize, cells: usize) -> Self {
        Self {
            cells: Vec::with_capacity(cells),
            heads: Vec::with_capacity(rows),
        }
    }
    /// How many cells all rows have.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }
    /// Forgets the rows, keeps the memory.
    pub fn clear(&mut self) {
        self.cells.clear();
        self.heads.clear();
    }
    /// Appends a cell to the row that [`Rows::end_row`] will close.
    #[inline]
    pub fn push(&mut self, cell: Cell<'a>) {
        self.cells.push(cell);
    }
    /// How many cells the open row has so far.
    #[inline]
    pub fn open_len(&self) -> usize {
        self.cells.len() - self.heads.last().map_or(0, |head| head.2)
    }
    /// Closes the open row.
    #[inline]
    pub fn end_row(&mut self, number: u64, hidden: bool) {
        self.heads.push((number, hidden, self.cells.len()));
    }
    /// How many rows.
    pub fn len(&self) -> usize {
        self.heads.len()
    }
    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }
    /// The row at an index.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Row<'_, 'a>> {
        let &(number, hidden, end) = self.heads.get(index)?;
        let start = if index == 0 {
            0
        } else {
            self.heads.get(index - 1)?.2
        };
        Some(Row {
            number,
            hidden,
            cells: self.cells.get(start..end)?,
        })
    }
    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}
