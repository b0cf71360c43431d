//! Finds the tables of a sheet, what their columns hold, and what each row is.
//!
//! In: [`Row`]s in order, from any reader. Out: [`Table`]s (where the head stands, what each column holds and why, the
//! [`Plan`] that *normalise* reads the rows with) and a [`RowKind`] for every row.
//!
//! How to drive it, for sheets of any length:
//!
//! 1. take the first [`crate::limits::SAMPLE_ROWS`] rows; `Walker::new(hints)`, then [`Walker::begin`] with them;
//! 2. give every row, from the first of the sample on, to [`Walker::row`]; what is [`RowKind::Data`] belongs to [`Walker::table`];
//! 3. at [`RowKind::NewHead`] take rows from that one on (up to the same number), call `begin` with them, go on at 2 with the
//!    same row. A `begin` that finds nothing remembers so: the row is then told as what else it is.
//!
//! A [`Walker`] is small and cheap to clone; two are equal when they would say the same of the rows to come. So chunks far
//! ahead can be walked with a clone, and kept if the walker that arrives there turns out equal. [`walk_all`] does it all for
//! rows that are at hand. A row is never dropped: when in doubt it is data, and every other kind says why
//! ([`RowKind::reason`]).

mod columns;
mod content;
mod head;
mod headings;
mod lines;
mod saved;
mod text;
mod walk;

pub use saved::{Mapping, MappingColumn, Mappings};
pub use treem_child::field::Field;
pub use walk::{Walked, Walker, walk_all};

use std::sync::Arc;
use treem_child::cell::Row;
use treem_child::normalise::Plan;
use treem_child::normalise::encoding::Verdict;

/// What is known before the rows are seen.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The workbook counts days from 1904.
    pub date1904: bool,
    /// Mappings saved earlier: used for a table of the same shape.
    pub saved: Mappings,
    /// Mappings a person gave for this run (`--map`): win over everything, also for a table of another shape as far as
    /// its headings agree.
    pub given: Mappings,
}

/// How closely a heading agrees with the dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// The whole phrase.
    Exact,
    /// Some of its words.
    Words,
    /// A slip of the keyboard away.
    Fuzzy,
}

/// Why a column is taken for what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// By its heading.
    Heading(Tier),
    /// By what its cells look like.
    Content,
    /// By a saved or given mapping.
    Saved,
    /// By where it stands (after the father's column, …).
    Position,
    /// Not known, or passed over.
    Nothing,
}

/// A column, what it holds and why.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnMap {
    /// From 0, the first of the sheet.
    pub column: usize,
    /// The heading decoded; several lines are joined: `Cha / Năm sinh`.
    pub heading: String,
    /// What it holds; `None`: not used.
    pub field: Option<Field>,
    /// Why.
    pub reason: Reason,
    /// Why, as a Vietnamese sentence for the person who checks the mapping.
    pub sentence: String,
    /// 0 to 1; below 0.5 a person should look.
    pub certainty: f32,
    /// Up to three cells as they stand in the file.
    pub samples: Vec<String>,
    /// The code its cells are written in.
    pub verdict: Verdict,
    /// Excel has swapped day and month of its real date cells.
    pub dates_swapped: bool,
}

/// A table of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Row numbers of the heading, the (1)(2)(3) row included; empty for a list without any.
    pub head_rows: Vec<u64>,
    /// The first row that can be data.
    pub first_data_row: u64,
    /// The columns that have a heading or content, from left to right.
    pub columns: Vec<ColumnMap>,
    /// The lines above, decoded, in order.
    pub titles: Vec<String>,
    /// Their row numbers.
    pub title_rows: Vec<u64>,
    /// A hash of the headings: a saved mapping is found again by it.
    pub shape: u64,
    /// How its rows are to be read.
    pub plan: Plan,
    /// First column and the one after the last: tables side by side share rows.
    pub span: (usize, usize),
    /// What a person should know, in Vietnamese: no name column, a mapping below half certainty …
    pub remarks: Vec<String>,
    lines: Vec<Vec<(usize, String)>>,
    keys: walk::Keys,
    sheet_verdict: Verdict,
}

impl Table {
    /// The column that holds a field.
    pub fn column_of(&self, field: Field) -> Option<&ColumnMap> {
        self.columns
            .iter()
            .find(|column| column.field == Some(field))
    }
    /// False where no column holds the children's names: [`Table::remarks`] then names the headings seen; the rows are
    /// walked all the same.
    pub fn has_name(&self) -> bool {
        [Field::Name, Field::NameFamily, Field::NameGiven]
            .iter()
            .any(|&field| self.column_of(field).is_some())
    }
    /// What can be saved, edited by a person and given back.
    pub fn to_mapping(&self) -> Mapping {
        Mapping::of(self)
    }
}

/// Why a sheet has no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Nothing stands on it.
    Blank,
    /// No heading row and nothing that looks like a list of people.
    NoHeading,
    /// A table of counts or codes, not of people.
    NotPeople,
}

impl Absence {
    /// One sentence for the person.
    pub fn message(self) -> &'static str {
        match self {
            Self::Blank => "Trang tính trống.",
            Self::NoHeading => {
                "Không thấy bảng danh sách nào: không có dòng tiêu đề cột (Họ và tên, Ngày sinh, …) và nội dung không giống danh sách trẻ em."
            }
            Self::NotPeople => {
                "Bảng không có cột họ và tên, ngày sinh hay số định danh của trẻ: đây là bảng số liệu hoặc bảng danh mục, không phải danh sách trẻ em."
            }
        }
    }
}

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A child.
    Data,
    /// Nothing stands there.
    Blank,
    /// A line above a table.
    Title,
    /// A heading row, or the same heading again after a page break.
    Head,
    /// The (1)(2)(3) row.
    Numbering,
    /// A hamlet's name: that of the rows that follow.
    HamletHeading(String),
    /// The name of a commune or district: that of the rows that follow.
    UnitHeading(String),
    /// Another heading inside the table ("II. Trẻ em mồ côi", "Lớp 3A").
    Section(String),
    /// A sum.
    Subtotal,
    /// A line below the table: who made it, date, signatures, names of the signers.
    Footer,
    /// The second line of the child above: cells merged downwards, or only the other parent's name.
    Continuation,
    /// A row made ready and not filled in: a running number, a place, nothing of a child.
    Prefilled,
    /// Something beside the columns of the table.
    Stray,
    /// Text where no table has begun.
    Outside,
    /// A heading that differs from the present one: call [`Walker::begin`] with the rows from here on.
    NewHead,
}

impl RowKind {
    /// Why the row is no child, in Vietnamese; empty for data.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Data => "",
            Self::Blank => "dòng trống",
            Self::Title => "dòng tiêu đề của danh sách",
            Self::Head | Self::NewHead => "dòng tiêu đề cột",
            Self::Numbering => "dòng đánh số cột",
            Self::HamletHeading(_) => "dòng tên thôn, bản, khu phố",
            Self::UnitHeading(_) => "dòng tên đơn vị",
            Self::Section(_) => "dòng tên nhóm",
            Self::Subtotal => "dòng cộng",
            Self::Footer => "dòng cuối danh sách (ngày tháng, chữ ký)",
            Self::Continuation => "dòng tiếp theo của trẻ ở dòng trên",
            Self::Prefilled => "dòng mới có số thứ tự hoặc địa bàn, chưa ghi trẻ nào",
            Self::Stray => "dòng chỉ có chữ ngoài các cột của bảng",
            Self::Outside => "dòng ngoài bảng",
        }
    }
}

/// The tables that a sample of rows holds, one below the other and side by side.
pub fn find(rows: &[Row<'_, '_>], hints: &Hints) -> Vec<Arc<Table>> {
    walk::walk_rows(rows, hints)
        .into_iter()
        .filter_map(|walked| walked.table)
        .collect()
}
