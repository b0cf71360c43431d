//! The one model of a document that both outputs are written from.
//!
//! In: what the documents of this crate ([`crate::police`] and its neighbours) put together. Out: data for [`crate::docx`] and
//! `crate::pdf`. Lengths are millimetres, sizes of letters points. `Debug` of everything here says no word of the content, because
//! [`Words`] does not.

use crate::text::Words;

/// A document: one file.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Title in the properties of the file; no name of a child.
    pub title: Words,
    /// Keywords in the properties of the file, by which a program knows it again; no name of a child.
    pub keywords: Vec<Words>,
    /// Parts, each on pages of its own that are counted from 1.
    pub sections: Vec<Section>,
}

/// Pages of one kind.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Across (A4 landscape) instead of upright.
    pub across: bool,
    /// What stands on every page.
    pub running: Running,
    /// What stands on the pages, from above.
    pub blocks: Vec<Block>,
}

/// What stands on every page of a section.
#[derive(Debug, Clone, Default)]
pub struct Running {
    /// Lines at the foot, on the left.
    pub foot: Vec<Words>,
    /// "Trang x/y" at the foot.
    pub pages: bool,
    /// Text of a QR code at the foot, on the right.
    pub code: Option<String>,
    /// The number of the page above, in the middle, from the second page on (NĐ 30/2020, Phụ lục I, Phần I, Mục I.5).
    pub number_above: bool,
}

/// One thing on a page.
#[derive(Debug, Clone)]
pub enum Block {
    /// A text, boxes, a picture.
    Piece(Piece),
    /// A table, which may go over many pages with its heading repeated.
    Table(Table),
    /// Begin a new page here.
    Break,
}

/// What stands in a cell or between margins.
#[derive(Debug, Clone)]
pub enum Piece {
    /// A paragraph.
    Text(Text),
    /// A short line in the middle, as under the Tiêu ngữ, so many millimetres long.
    Stroke(f32),
    /// Boxes for one letter each.
    Boxes(Boxes),
    /// Boxes to tick.
    Ticks(Ticks),
    /// A word and a dotted line to write on, to the end of the room.
    Write(Words, f32),
    /// A QR code so many millimetres wide, and the words under it.
    Code(String, f32, Vec<Words>),
    /// So many millimetres of nothing.
    Space(f32),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// Its parts.
    pub spans: Vec<Span>,
    /// Where it stands between its margins.
    pub align: Align,
    /// Size of the letters, points; 0 is [`Text::SIZE_PT`].
    pub size_pt: f32,
    /// The first line begins so far in, millimetres.
    pub indent_mm: f32,
    /// Room above, points.
    pub above_pt: f32,
}

/// Where a text stands between its margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// On the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// On the right.
    Right,
    /// On both sides.
    Both,
}

/// Words of one look.
#[derive(Debug, Clone, Default)]
pub struct Span {
    /// The words.
    pub words: Words,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Small and raised.
    pub raised: bool,
    /// A footnote behind the words.
    pub note: Option<Vec<Span>>,
}

/// Boxes for one letter or digit each.
#[derive(Debug, Clone, Default)]
pub struct Boxes {
    /// How many boxes stand together, group by group: `[3, 3, 3, 3]`, `[2, 2, 4]`.
    pub groups: Vec<usize>,
    /// Side of a box, millimetres.
    pub side_mm: f32,
}

/// Boxes to tick.
#[derive(Debug, Clone, Default)]
pub struct Ticks {
    /// Words of each.
    pub labels: Vec<Words>,
    /// The words, a letter or a figure, stand in the boxes, which form one row.
    pub inside: bool,
    /// Side of a box, millimetres.
    pub side_mm: f32,
    /// Size of the letters, points.
    pub size_pt: f32,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Widths of the columns, millimetres; fixed, so that no row has to be seen before the first is drawn.
    pub columns_mm: Vec<f32>,
    /// Rows repeated on every page.
    pub heading: Vec<Row>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Without lines: to put things side by side.
    pub bare: bool,
    /// Pages are cut beforehand, and each is closed by the number of its rows: the word for what is counted ("trẻ em").
    pub counted: Option<Words>,
}

/// A row; it is never cut by the end of a page unless it is longer than one.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Cells; together they span all columns.
    pub cells: Vec<Cell>,
    /// Least height, millimetres.
    pub height_mm: f32,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What stands in it, from above.
    pub pieces: Vec<Piece>,
    /// How many columns it spans; 0 is 1.
    pub span: usize,
    /// On grey.
    pub grey: bool,
    /// In the middle of its height instead of above.
    pub middle: bool,
    /// Framed by a thick line: to be filled in.
    pub thick: bool,
}

impl Section {
    /// Width and height of the page, millimetres: A4.
    pub fn size_mm(&self) -> (f32, f32) {
        if self.across {
            (297.0, 210.0)
        } else {
            (210.0, 297.0)
        }
    }

    /// Margins above, right, below, left, millimetres (NĐ 30/2020, Phụ lục I, Phần I, Mục I.3). With a QR code the foot is at the upper
    /// end of what the decree allows.
    pub fn margins_mm(&self) -> [f32; 4] {
        [
            20.0,
            15.0,
            if self.running.code.is_some() {
                25.0
            } else {
                20.0
            },
            30.0,
        ]
    }

    /// Width and height between the margins, millimetres.
    pub fn room_mm(&self) -> (f32, f32) {
        let (width, height) = self.size_mm();
        let [above, right, below, left] = self.margins_mm();
        (width - left - right, height - above - below)
    }
}

impl Text {
    /// Size of the letters of running text, points (NĐ 30/2020: 13 to 14).
    pub const SIZE_PT: f32 = 13.0;

    /// The size, points.
    pub fn size(&self) -> f32 {
        if self.size_pt > 0.0 {
            self.size_pt
        } else {
            Self::SIZE_PT
        }
    }
}

impl Span {
    /// Plain words.
    pub fn plain(words: impl Into<Words>) -> Self {
        Self {
            words: words.into(),
            ..Self::default()
        }
    }

    /// Bold words.
    pub fn bold(words: impl Into<Words>) -> Self {
        Self {
            words: words.into(),
            bold: true,
            ..Self::default()
        }
    }

    /// Italic words.
    pub fn italic(words: impl Into<Words>) -> Self {
        Self {
            words: words.into(),
            italic: true,
            ..Self::default()
        }
    }

    /// The same with a footnote behind.
    #[must_use]
    pub fn noted(mut self, note: impl Into<Words>) -> Self {
        self.note = Some(vec![Self::plain(note)]);
        self
    }
}

impl Cell {
    /// A cell with these pieces.
    pub fn of(pieces: Vec<Piece>) -> Self {
        Self {
            pieces,
            ..Self::default()
        }
    }

    /// The same over `columns` columns.
    #[must_use]
    pub fn over(mut self, columns: usize) -> Self {
        self.span = columns;
        self
    }

    /// The same in the middle of its height.
    #[must_use]
    pub fn middle(mut self) -> Self {
        self.middle = true;
        self
    }

    /// The same on grey.
    #[must_use]
    pub fn grey(mut self) -> Self {
        self.grey = true;
        self
    }

    /// Columns spanned.
    pub fn columns(&self) -> usize {
        self.span.max(1)
    }
}
