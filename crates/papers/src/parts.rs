//! Parts that documents share: the head of Nghị định 30/2020/NĐ-CP, titles, cells, signatures.
//!
//! In: who writes, what it is called. Out: blocks. Blank places are left for what the office fills in: number and date are given by văn
//! thư when the document is issued.

use crate::{
    document::{Align, Block, Cell, Piece, Row, Span, Table, Text},
    error::Refusal,
    limits,
    text::Words,
};

/// Gives a type a `Debug` that says its name and nothing of its content: what it holds is a child's.
macro_rules! quiet {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}
pub(crate) use quiet;

/// The office a document comes from.
#[derive(Debug, Clone, Default)]
pub struct Office {
    /// The office above it ("UBND HUYỆN ĐAKRÔNG"), or nothing.
    pub above: String,
    /// Its name ("ỦY BAN NHÂN DÂN XÃ TÀ RỤT").
    pub name: String,
    /// What stands behind the number ("/DS-UBND").
    pub mark: String,
    /// Place before the date ("Tà Rụt").
    pub place: String,
}

/// Who signs.
#[derive(Debug, Clone, Default)]
pub struct Signer {
    /// Lines of the office held, in capitals ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC").
    pub office: Vec<String>,
    /// Name under the signature, or nothing where it is written by hand.
    pub name: String,
}

/// The keyword by which a file is known to belong to a list: `treem-seal-` and the seal in one piece; none while there is no seal.
pub fn keywords(seal: &str) -> Vec<Words> {
    let hex: String = seal.chars().filter(char::is_ascii_hexdigit).collect();
    if hex.len() == 64
        && seal
            .chars()
            .all(|letter| letter == ' ' || letter.is_ascii_hexdigit())
    {
        vec![Words::new(&format!("treem-seal-{hex}"))]
    } else {
        Vec::new()
    }
}

/// Whether a table of text is whole: columns and rows within the limits, every row with a cell for each column.
pub(crate) fn whole<T>(columns: &[(String, f32)], rows: &[Vec<T>]) -> Result<(), Refusal> {
    let wide = columns.len();
    if wide == 0 || wide > limits::COLUMNS {
        return Err(Refusal::Columns(wide));
    }
    if rows.len() > limits::ROWS {
        return Err(Refusal::Rows(rows.len()));
    }
    match rows.iter().enumerate().find(|(_, row)| row.len() != wide) {
        Some((at, row)) => Err(Refusal::Cells {
            row: at + 1,
            cells: row.len(),
            columns: wide,
        }),
        None => Ok(()),
    }
}

/// How wide the columns are in a room: each by its share, none without width.
pub(crate) fn widths(columns: &[(String, f32)], room_mm: f32) -> Vec<f32> {
    let shares: f32 = columns.iter().map(|(_, share)| share.max(0.1)).sum();
    columns
        .iter()
        .map(|(_, share)| share.max(0.1) / shares * room_mm)
        .collect()
}

/// Space that is left to be written in; not broken and not swallowed.
pub fn blank(letters: usize) -> String {
    "\u{a0}".repeat(letters)
}

/// "ngày … tháng … năm …" with room for the figures.
pub fn open_date() -> String {
    format!("ngày{0}tháng{0}năm{1}", blank(8), blank(12))
}

/// A text in the middle.
pub fn centred(spans: Vec<Span>, size_pt: f32) -> Piece {
    Piece::Text(Text {
        spans,
        align: Align::Centre,
        size_pt,
        ..Text::default()
    })
}

/// A text on the left.
pub fn left(spans: Vec<Span>, size_pt: f32) -> Piece {
    Piece::Text(Text {
        spans,
        size_pt,
        ..Text::default()
    })
}

/// A running paragraph: both sides, first line in, as the decree has it.
pub fn paragraph(spans: Vec<Span>) -> Piece {
    Piece::Text(Text {
        spans,
        align: Align::Both,
        indent_mm: 10.0,
        above_pt: 6.0,
        ..Text::default()
    })
}

/// A paragraph with blank places: on the left, because what cannot be broken would stretch the rest.
pub fn open_paragraph(spans: Vec<Span>) -> Piece {
    Piece::Text(Text {
        spans,
        indent_mm: 10.0,
        above_pt: 6.0,
        ..Text::default()
    })
}

/// A cell with one text on the left.
pub fn cell(span: Span, size_pt: f32) -> Cell {
    Cell::of(vec![left(vec![span], size_pt)])
}

/// A cell with one text in the middle.
pub fn cell_centred(span: Span, size_pt: f32) -> Cell {
    Cell::of(vec![centred(vec![span], size_pt)]).middle()
}

/// Things side by side without lines, in columns of these widths.
pub fn beside(columns_mm: Vec<f32>, cells: Vec<Cell>) -> Block {
    Block::Table(Table {
        columns_mm,
        rows: vec![Row {
            cells,
            height_mm: 0.0,
        }],
        bare: true,
        ..Table::default()
    })
}

/// The head: offices on the left, Quốc hiệu and Tiêu ngữ on the right; under them number and date, left blank. `about` is the summary of a
/// letter ("V/v …"), or nothing. `room_mm` is the width between the margins.
pub fn head(office: &Office, about: &str, room_mm: f32) -> Block {
    let right = 97.0_f32.max(room_mm * 0.58);
    let mut of = Vec::new();
    if !office.above.is_empty() {
        of.push(centred(
            vec![Span::plain(office.above.to_uppercase())],
            12.0,
        ));
    }
    of.push(centred(vec![Span::bold(office.name.to_uppercase())], 12.0));
    of.push(Piece::Stroke(22.0));
    of.push(centred(
        vec![Span::plain(format!("Số:{}{}", blank(10), office.mark))],
        13.0,
    ));
    if !about.is_empty() {
        of.push(centred(vec![Span::plain(about)], 12.0));
    }
    let mut state = vec![
        centred(vec![Span::bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")], 12.0),
        centred(vec![Span::bold("Độc lập - Tự do - Hạnh phúc")], 13.0),
        Piece::Stroke(56.0),
    ];
    if !office.above.is_empty() {
        state.push(Piece::Space(1.0));
    }
    state.push(centred(
        vec![Span::italic(format!("{}, {}", office.place, open_date()))],
        13.0,
    ));
    beside(
        vec![room_mm - right, right],
        vec![Cell::of(of), Cell::of(state)],
    )
}

/// A title in the middle and lines under it.
pub fn title(title: &str, under: &[Span]) -> Vec<Block> {
    let mut blocks = vec![
        Block::Piece(Piece::Space(4.0)),
        Block::Piece(centred(vec![Span::bold(title.to_uppercase())], 14.0)),
    ];
    blocks.extend(
        under
            .iter()
            .filter(|span| !span.words.is_empty())
            .map(|span| Block::Piece(centred(vec![span.clone()], 13.0))),
    );
    blocks
}

/// Signatures side by side: office in capitals, how it is signed, `write_mm` to sign in, name. Of one height, so that names stand on a
/// line.
pub fn signatures(signers: &[(&Signer, &str)], write_mm: f32, room_mm: f32) -> Block {
    let columns = u16::try_from(signers.len().max(1)).unwrap_or(u16::MAX);
    let lines = signers
        .iter()
        .map(|(signer, _)| signer.office.len())
        .max()
        .unwrap_or(1);
    let cells = signers.iter().map(|(signer, how)| {
        let mut pieces: Vec<Piece> = signer
            .office
            .iter()
            .map(|line| centred(vec![Span::bold(line.to_uppercase())], 12.0))
            .collect();
        if !how.is_empty() {
            pieces.push(centred(vec![Span::italic(*how)], 11.0));
        }
        let missing = u16::try_from(lines - signer.office.len()).unwrap_or(0);
        pieces.push(Piece::Space(
            write_mm + f32::from(missing) * crate::measure::line_mm(12.0),
        ));
        pieces.push(centred(vec![Span::bold(signer.name.as_str())], 13.0));
        Cell::of(pieces)
    });
    beside(
        vec![room_mm / f32::from(columns); usize::from(columns)],
        cells.collect(),
    )
}
