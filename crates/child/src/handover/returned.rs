//! A returned list, understood: sorted, trimmed, with edited cells, renamed columns, rows of another list mixed in.
//!
//! In: the rows that were sent ([`Sent`]), the sheets of a file as they were read ([`Page`]). Out: [`Returned`]: every row of the list with a state
//! of its own, matched by its code and never by its place, and what is to be said of the file. What could be meant otherwise is a question
//! with, where there is one, the answer it most likely is; it is never taken as understood.

mod alike;
mod grid;
mod head;
mod judge;
mod typed;
mod values;
mod whole;
mod words;

pub use typed::{Typed, kind_of, typed};
pub use words::{Words, words};

use super::answer::Answer;
use super::code;
use super::frozen::Frozen;
use super::seal::Digest;
use crate::cell::Rows;
use crate::field::Field;
use grid::{Grid, Line as GridLine};
use head::{Role, Table, code_of};
use judge::Cells;
use std::collections::BTreeMap;
use whole::{edited_alike, merged, same_number};

/// The name of the hidden sheet of the workbook.
pub const SEAL_SHEET: &str = "Thông tin danh sách";
/// What stands before the list's code on it.
pub const SEAL_LIST: &str = "Mã danh sách";
/// What stands before the count.
pub const SEAL_COUNT: &str = "Số dòng";
/// What stands before the seal.
pub const SEAL_DIGEST: &str = "SHA-256";

/// A sheet of the file as it was read.
#[derive(Clone, Copy)]
pub struct Page<'p> {
    /// Its name.
    pub name: &'p str,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// The workbook counts days from 1904.
    pub date1904: bool,
    /// Its rows.
    pub rows: &'p Rows<'p>,
}

/// The list as it was sent.
#[derive(Clone, Copy)]
pub struct Sent<'s> {
    /// Its code.
    pub list: code::List,
    /// Its seal.
    pub digest: Option<Digest>,
    /// Its rows, all of them.
    pub rows: &'s [Frozen],
    /// This year: the pivot of two-digit years.
    pub year: i16,
}

/// Where a row stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    /// Name of the sheet; empty where there is only one without a name.
    pub sheet: String,
    /// The number of the row a person sees.
    pub row: u64,
}

/// A field that came back other than it was sent.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct Altered {
    /// The field; [`Field::Address`] is where the child lives as a whole.
    pub field: Field,
    /// What we sent.
    pub sent: String,
    /// What came.
    pub came: String,
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Altered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Altered({})", self.field.code())
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Taken {
    /// Not in the file, or without an answer: it stays open.
    Unanswered,
    /// Understood.
    Understood {
        /// The answer.
        answer: Answer,
        /// What was mended on the way, in Vietnamese.
        remarks: Vec<String>,
    },
    /// A person must say what is meant.
    Question {
        /// What is asked, in Vietnamese.
        sentence: String,
        /// What it most likely is.
        proposed: Option<Answer>,
    },
    /// Cannot be used: it must be looked up and typed again.
    Refused {
        /// Why, in Vietnamese.
        sentence: String,
    },
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    /// Its code.
    pub code: code::Row,
    /// Where it stands in the file; empty where it does not.
    pub places: Vec<Place>,
    /// What became of it.
    pub taken: Taken,
    /// Fields that were edited.
    pub altered: Vec<Altered>,
    /// The note beside it.
    pub note: String,
}

/// A returned file, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Returned {
    /// Every row of the list, in the order in which it was sent; empty where the file as a whole is refused.
    pub lines: Vec<Line>,
    /// What is to be said of the file, in Vietnamese.
    pub notes: Vec<String>,
    /// Why the file as a whole cannot be used.
    pub refused: Option<String>,
}

impl Returned {
    /// A file that cannot be used.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self {
            refused: Some(sentence.into()),
            ..Self::default()
        }
    }

    /// Rows that are understood, that are asked about, that are refused, that stay open.
    pub fn counts(&self) -> [usize; 4] {
        let mut out = [0; 4];
        for line in &self.lines {
            let at = match line.taken {
                Taken::Understood { .. } => 0,
                Taken::Question { .. } => 1,
                Taken::Refused { .. } => 2,
                Taken::Unanswered => 3,
            };
            if let Some(count) = out.get_mut(at) {
                *count += 1;
            }
        }
        out
    }
}

/// A row of the file, judged.
struct Found {
    place: Place,
    taken: Taken,
    altered: Vec<Altered>,
    note: String,
}

/// Understands a file.
pub fn understand(sent: &Sent<'_>, pages: &[Page<'_>]) -> Returned {
    let grids: Vec<Grid> = pages.iter().map(Grid::of).collect();
    if grids.iter().all(|grid| grid.lines.iter().all(is_blank)) {
        return Returned::refused("Tệp không có dòng nào; hãy chọn lại tệp Công an đã trả.");
    }
    let mut reading = Reading::new(sent);
    let seal = reading.seal(&grids);
    for grid in &grids {
        if seal.is_some() && is_seal(grid) {
            continue;
        }
        let Some(table) = head::find(grid, sent) else {
            continue;
        };
        if grid.hidden {
            reading.notes.push(format!(
                "Trang tính ẩn “{}” không được đọc; nếu kết quả ở đó thì cho hiện trang ấy rồi gửi lại.",
                grid.name
            ));
            continue;
        }
        reading.table(grid, &table);
    }
    reading.done(seal.as_ref())
}

fn is_blank(line: &GridLine) -> bool {
    line.cells.iter().all(grid::Text::is_blank)
}

/// The row of small numbers under a heading: (1), (2), (3) …
fn is_numbering(line: &GridLine) -> bool {
    let mut count = 0_usize;
    let all = line
        .cells
        .iter()
        .filter(|cell| !cell.is_blank())
        .all(|cell| {
            count += 1;
            let bare = cell.text.trim_matches(['(', ')', ' ']);
            (1..=2).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit())
        });
    all && count > 2
}

fn is_seal(grid: &Grid) -> bool {
    let first = grid.lines.iter().filter(|line| !is_blank(line)).take(8);
    first
        .filter_map(|line| line.cells.first())
        .any(|cell| cell.text == SEAL_DIGEST)
}

/// What the hidden sheet says against the list that was sent.
enum Seal {
    Ours,
    OtherList(String),
    OtherDigest,
}

struct Reading<'s> {
    sent: &'s Sent<'s>,
    by_code: BTreeMap<code::Row, &'s Frozen>,
    found: BTreeMap<code::Row, Vec<Found>>,
    /// Rows that may be those of the list though their code is gone: by the row they look like.
    looks: BTreeMap<code::Row, Vec<Found>>,
    notes: Vec<String>,
    tables: usize,
    foreign: BTreeMap<String, usize>,
    misread: Vec<u64>,
    nameless: Vec<u64>,
    uncoded: usize,
    named: bool,
}

impl<'s> Reading<'s> {
    fn new(sent: &'s Sent<'s>) -> Self {
        Self {
            sent,
            by_code: sent.rows.iter().map(|row| (row.code, row)).collect(),
            found: BTreeMap::new(),
            looks: BTreeMap::new(),
            notes: Vec::new(),
            tables: 0,
            foreign: BTreeMap::new(),
            misread: Vec::new(),
            nameless: Vec::new(),
            uncoded: 0,
            named: false,
        }
    }

    fn seal(&self, grids: &[Grid]) -> Option<Seal> {
        let grid = grids.iter().find(|grid| is_seal(grid))?;
        let value = |label: &str| {
            grid.lines.iter().find_map(|line| {
                let first = line.cells.first()?;
                (first.text == label).then(|| line.cells.get(1).map(|cell| cell.text.clone()))?
            })
        };
        let list = value(SEAL_LIST).unwrap_or_default();
        if let Ok(list) = code::List::read(&list)
            && list != self.sent.list
        {
            return Some(Seal::OtherList(list.to_string()));
        }
        let digest = value(SEAL_DIGEST).and_then(|text| Digest::read(&text).ok());
        match (digest, self.sent.digest) {
            (Some(came), Some(ours)) if came != ours => Some(Seal::OtherDigest),
            _ => Some(Seal::Ours),
        }
    }

    fn table(&mut self, grid: &Grid, table: &Table) {
        self.tables += 1;
        self.notes.extend(table.notes.iter().cloned());
        let code_column = table.one(Role::Code);
        self.named |= table.one(Role::Sent(Field::Name)).is_some();
        for line in grid.lines.get(table.first..).unwrap_or(&[]) {
            if is_blank(line) || is_numbering(line) {
                continue;
            }
            let place = Place {
                sheet: grid.name.clone(),
                row: line.number,
            };
            let code = code_column
                .and_then(|column| line.cells.get(column))
                .filter(|cell| cell.spread == crate::cell::Spread::Own)
                .and_then(|cell| code_of(&cell.text));
            match code {
                Some(Ok(code)) => {
                    let Some(row) = self.by_code.get(&code) else {
                        let list = code.list().to_string();
                        *self.foreign.entry(list).or_default() += 1;
                        continue;
                    };
                    let judged = judge::judge(row, self.sent, &Cells { line, table });
                    let found = Found {
                        place,
                        taken: judged.taken,
                        altered: judged.altered,
                        note: judged.note,
                    };
                    self.found.entry(code).or_default().push(found);
                }
                Some(Err(_)) => {
                    self.misread.push(line.number);
                    self.look(line, table, place);
                }
                None => self.look(line, table, place),
            }
        }
    }

    /// A row without a code that can be read: whom of the list it looks like.
    fn look(&mut self, line: &GridLine, table: &Table, place: Place) {
        let cells = Cells { line, table };
        if !judge::says_anything(&cells) {
            return;
        }
        let Some(row) = alike::whom(&cells, self.sent) else {
            if judge::has_fields(&cells) {
                self.nameless.push(line.number);
            }
            return;
        };
        self.uncoded += 1;
        let judged = judge::judge(row, self.sent, &cells);
        let proposed = match judged.taken {
            Taken::Understood { answer, .. } => Some(answer),
            Taken::Question { proposed, .. } => proposed,
            Taken::Refused { .. } | Taken::Unanswered => None,
        };
        let taken = Taken::Question {
            sentence: format!(
                "Dòng {} của tệp không có mã dòng đọc được, nhưng họ tên và ngày sinh giống trẻ này. Có đúng là trẻ này không?",
                line.number
            ),
            proposed,
        };
        self.looks.entry(row.code).or_default().push(Found {
            place,
            taken,
            altered: judged.altered,
            note: judged.note,
        });
    }

    fn done(mut self, seal: Option<&Seal>) -> Returned {
        if self.tables == 0 {
            return Returned::refused(
                "Không thấy bảng kết quả: không có cột mã dòng, cũng không có cột kết quả đối chiếu cùng họ tên. Hãy dùng đúng tệp đã gửi Công an.",
            );
        }
        if self.found.is_empty() && self.looks.is_empty() {
            if let Some((list, count)) = self.foreign.iter().next() {
                return Returned::refused(format!(
                    "Tệp này là của danh sách {list} ({count} dòng), không phải danh sách {}; hãy đọc nó vào đúng danh sách ấy.",
                    self.sent.list
                ));
            }
            if !self.named {
                return Returned::refused(
                    "Tệp không còn cột mã dòng, cũng không có họ tên để nhận ra trẻ; hãy nhập kết quả theo giấy hoặc xin lại tệp còn cột “Mã dòng”.",
                );
            }
        }
        self.tell(seal);
        let other_seal = matches!(seal, Some(Seal::OtherDigest));
        let mut lines: Vec<Line> = Vec::with_capacity(self.sent.rows.len());
        for row in self.sent.rows {
            let mut found = self.found.remove(&row.code).unwrap_or_default();
            let looks = self.looks.remove(&row.code).unwrap_or_default();
            let coded = found
                .iter()
                .any(|one| !matches!(one.taken, Taken::Unanswered));
            if !coded {
                found.extend(looks);
            }
            let mut line = merged(row.code, found);
            if other_seal && let Taken::Understood { answer, .. } = &line.taken {
                line.taken = Taken::Question {
                    sentence: "Tệp này được lập từ một bản chốt khác của danh sách. Kết quả này có còn đúng với bản hiện nay không?".to_owned(),
                    proposed: Some(answer.clone()),
                };
            }
            lines.push(line);
        }
        edited_alike(&mut lines);
        same_number(&mut lines, self.sent);
        Returned {
            lines,
            notes: self.notes,
            refused: None,
        }
    }

    fn tell(&mut self, seal: Option<&Seal>) {
        match seal {
            Some(Seal::Ours) => {}
            Some(Seal::OtherList(list)) => self.notes.push(format!(
                "Trang ẩn của tệp ghi danh sách {list}; chỉ những dòng có mã của danh sách {} được đọc.",
                self.sent.list
            )),
            Some(Seal::OtherDigest) => self.notes.push(
                "Mã SHA-256 của tệp không phải của bản danh sách đã chốt; mọi kết quả trong tệp được hỏi lại."
                    .to_owned(),
            ),
            None => self.notes.push(
                "Tệp không còn trang ẩn ghi mã SHA-256 của danh sách; các dòng được nhận ra bằng mã dòng."
                    .to_owned(),
            ),
        }
        for (list, count) in &self.foreign {
            self.notes.push(if *list == self.sent.list.to_string() {
                format!("{count} dòng có mã đúng nhưng danh sách này không có dòng ấy; không đọc.")
            } else {
                format!("{count} dòng thuộc danh sách {list}, không đọc vào danh sách này.")
            });
        }
        let rows = |all: &[u64]| -> String {
            let shown: Vec<String> = all.iter().take(10).map(u64::to_string).collect();
            let more = if all.len() > 10 { ", …" } else { "" };
            format!("{}{more}", shown.join(", "))
        };
        if !self.misread.is_empty() {
            self.notes.push(format!(
                "Mã dòng ở dòng {} không khớp chữ số kiểm tra; xem lại mã in trên danh sách.",
                rows(&self.misread)
            ));
        }
        if self.uncoded > 0 {
            self.notes.push(format!(
                "{} dòng không có mã dòng đọc được; được nhận ra bằng họ tên, ngày sinh và phải hỏi lại từng dòng.",
                self.uncoded
            ));
        }
        if !self.nameless.is_empty() {
            self.notes.push(format!(
                "Dòng {} có kết quả nhưng không có mã dòng và không nhận ra được là trẻ nào của danh sách; không đọc.",
                rows(&self.nameless)
            ));
        }
    }
}
