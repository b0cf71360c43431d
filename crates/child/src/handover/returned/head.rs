//! Which column of a returned sheet is what: by its heading first, else by what stands in it.
//!
//! In: a [`Grid`], the list that was sent. Out: [`Table`]. Columns may have been renamed, moved, taken out, put in.

use super::super::answer::Kind;
use super::super::code;
use super::Sent;
use super::alike;
use super::grid::{Grid, Line};
use super::words::{Words, words};
use crate::field::Field;
use crate::normalise::number::{Parts, letters_as_digits};
use crate::normalise::syllable::ascii_fold;

/// Rows in which the heading is looked for.
const HEAD_ROWS: usize = 200;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Ordinal,
    Code,
    Answer,
    Number,
    Value,
    Note,
    Why,
    Sent(Field),
    /// A column of its own for one answer: a tick says it.
    Tick(Kind),
}

/// A table of a sheet.
pub(super) struct Table {
    /// Index of the first line that may be a row.
    pub(super) first: usize,
    /// The columns that are understood.
    pub(super) columns: Vec<(usize, Role)>,
    /// What a person should know.
    pub(super) notes: Vec<String>,
}

impl Table {
    pub(super) fn all(&self, role: Role) -> impl Iterator<Item = usize> {
        self.columns
            .iter()
            .filter(move |(_, known)| *known == role)
            .map(|(column, _)| *column)
    }

    pub(super) fn one(&self, role: Role) -> Option<usize> {
        self.all(role).next()
    }
}

/// Headings without marks and signs, and what they mean.
const HEADINGS: &[(&str, Role)] = &[
    ("stt", Role::Ordinal),
    ("tt", Role::Ordinal),
    ("so tt", Role::Ordinal),
    ("ma dong", Role::Code),
    ("ma so dong", Role::Code),
    ("ma", Role::Code),
    ("ma doi chieu", Role::Code),
    ("ma so", Role::Code),
    ("ket qua doi chieu", Role::Answer),
    ("ket qua doi chieu cua cong an", Role::Answer),
    ("ket qua", Role::Answer),
    ("kq", Role::Answer),
    ("kqdc", Role::Answer),
    ("kq doi chieu", Role::Answer),
    ("ket qua tra cuu", Role::Answer),
    ("ket qua xac minh", Role::Answer),
    ("ket qua xac thuc", Role::Answer),
    ("ket qua cua cong an", Role::Answer),
    ("cong an tra loi", Role::Answer),
    ("tra loi", Role::Answer),
    ("tra loi cua cong an", Role::Answer),
    ("so dinh danh 12 so", Role::Number),
    ("so dinh danh", Role::Number),
    ("so dinh danh ca nhan", Role::Number),
    ("ma dinh danh", Role::Number),
    ("so ddcn", Role::Number),
    ("so dinh danh moi", Role::Number),
    ("so moi", Role::Number),
    ("ma dinh danh moi", Role::Number),
    ("so do cong an cung cap", Role::Number),
    ("so dinh danh do cong an cung cap", Role::Number),
    ("so cong an cung cap", Role::Number),
    ("so duoc cap", Role::Number),
    ("gia tri theo csdlqg", Role::Value),
    ("gia tri theo csdlqg ve dan cu", Role::Value),
    ("theo csdlqg", Role::Value),
    ("thong tin theo csdlqg", Role::Value),
    ("gia tri", Role::Value),
    ("gia tri dung", Role::Value),
    ("thong tin dung", Role::Value),
    ("noi dung sai lech", Role::Value),
    ("ghi chu", Role::Note),
    ("ghi chu cua cong an", Role::Note),
    ("y kien", Role::Note),
    ("ly do", Role::Why),
    ("so dinh danh dang ghi", Role::Sent(Field::Number)),
    ("so dang ghi", Role::Sent(Field::Number)),
    ("so ddcn dang ghi", Role::Sent(Field::Number)),
    ("so cu", Role::Sent(Field::Number)),
    ("ho va ten", Role::Sent(Field::Name)),
    ("ho ten", Role::Sent(Field::Name)),
    ("ho ten tre", Role::Sent(Field::Name)),
    ("ho va ten tre", Role::Sent(Field::Name)),
    ("ho va ten tre em", Role::Sent(Field::Name)),
    ("ten", Role::Sent(Field::Name)),
    ("ngay sinh", Role::Sent(Field::Birth)),
    ("ngay thang nam sinh", Role::Sent(Field::Birth)),
    ("ntns", Role::Sent(Field::Birth)),
    ("gioi tinh", Role::Sent(Field::Sex)),
    ("gioi", Role::Sent(Field::Sex)),
    ("gt", Role::Sent(Field::Sex)),
    ("dan toc", Role::Sent(Field::Ethnicity)),
    ("quoc tich", Role::Sent(Field::Nationality)),
    (
        "noi dang ky khai sinh",
        Role::Sent(Field::BirthRegistration),
    ),
    ("noi dkks", Role::Sent(Field::BirthRegistration)),
    ("que quan", Role::Sent(Field::HomePlace)),
    ("noi thuong tru", Role::Sent(Field::Address)),
    ("thuong tru", Role::Sent(Field::Address)),
    ("dia chi", Role::Sent(Field::Address)),
    ("ho ten cha", Role::Sent(Field::Father)),
    ("cha", Role::Sent(Field::Father)),
    ("ho ten me", Role::Sent(Field::Mother)),
    ("me", Role::Sent(Field::Mother)),
    ("nguoi giam ho", Role::Sent(Field::Guardian)),
    (
        "ho ten nguoi giam ho nuoi duong",
        Role::Sent(Field::Guardian),
    ),
    ("sdt", Role::Sent(Field::Phone)),
    ("so dien thoai", Role::Sent(Field::Phone)),
    ("dien thoai", Role::Sent(Field::Phone)),
];

fn role_of(heading: &str) -> Option<Role> {
    let folded: String = ascii_fold(heading)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = folded.split_whitespace().collect();
    let folded = words.join(" ");
    if folded.is_empty() || words.len() > 10 {
        return None;
    }
    let known = HEADINGS.iter().find(|(known, _)| *known == folded);
    if let Some((_, role)) = known {
        return Some(*role);
    }
    if heading.contains(['?', '\u{fffd}']) {
        // Letters that an old encoding lost.
        let lost = HEADINGS
            .iter()
            .find(|(known, _)| alike::same_words(known, heading));
        return lost.map(|(_, role)| *role);
    }
    match super::words::words(heading) {
        Words::Said(kind, "") => Some(Role::Tick(kind)),
        _ => None,
    }
}

/// A row code in a cell, whatever stands between its digits and however O and l were read for 0 and 1. `None`: nothing like a code.
pub(super) fn code_of(text: &str) -> Option<Result<code::Row, code::Misread>> {
    if text.len() > 60 {
        return None;
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let first = code::Row::read(text);
    if first.is_ok() {
        return Some(first);
    }
    let mended = letters_as_digits(text);
    if let Ok(code) = code::Row::read(&mended) {
        return Some(Ok(code));
    }
    // "Mã: 12345-0042-7"
    let bare = mended
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .trim_end_matches(|c: char| !c.is_ascii_digit());
    if let Ok(code) = code::Row::read(bare) {
        return Some(Ok(code));
    }
    (digits >= 8).then_some(first)
}

fn code_in(line: &Line, column: usize) -> Option<code::Row> {
    let cell = line.cells.get(column)?;
    code_of(&cell.text)?.ok()
}

/// Finds the table of a sheet; `None` where there is none that has anything to do with a list.
pub(super) fn find(grid: &Grid, sent: &Sent<'_>) -> Option<Table> {
    let width = grid.lines.iter().map(|line| line.cells.len()).max()?;
    let roles = |line: &Line| -> Vec<(usize, Role)> {
        let mut out: Vec<(usize, Role)> = Vec::new();
        for column in 0..line.cells.len() {
            let role = line.own(column).and_then(|cell| role_of(&cell.text));
            out.extend(role.map(|role| (column, role)));
        }
        out
    };
    let is_row = |line: &Line| (0..line.cells.len()).any(|column| code_in(line, column).is_some());
    let mut best: Option<(usize, Vec<(usize, Role)>)> = None;
    for (index, line) in grid.lines.iter().enumerate().take(HEAD_ROWS) {
        if is_row(line) {
            continue;
        }
        let found = roles(line);
        let least = best.as_ref().map_or(1, |(_, best)| best.len());
        if found.len() > least {
            best = Some((index, found));
        }
    }
    let (head, mut columns) = match best {
        Some((index, columns)) => (Some(index), columns),
        None => (None, Vec::new()),
    };
    if let Some(head) = head {
        // A heading of two lines: what the other line says of columns this one leaves open.
        for beside in [head.checked_add(1), head.checked_sub(1)]
            .into_iter()
            .flatten()
        {
            let Some(line) = grid.lines.get(beside).filter(|line| !is_row(line)) else {
                continue;
            };
            for (column, role) in roles(line) {
                let open = !columns.iter().any(|(known, _)| *known == column);
                let under = matches!(role, Role::Tick(_));
                if open {
                    columns.push((column, role));
                } else if under {
                    for (known, had) in &mut columns {
                        if *known == column && *had == Role::Answer {
                            *had = role;
                        }
                    }
                }
            }
        }
    }
    let first = head.map_or(0, |head| head.saturating_add(1));
    let lines = grid.lines.get(first..).unwrap_or(&[]);
    let mut table = Table {
        first,
        columns,
        notes: Vec::new(),
    };
    by_content(&mut table, lines, width, sent);
    let anything = table.one(Role::Code).is_some()
        || table.one(Role::Answer).is_some() && table.one(Role::Sent(Field::Name)).is_some();
    anything.then_some(table)
}

/// What the headings leave open, by what stands in the columns.
fn by_content(table: &mut Table, lines: &[Line], width: usize, sent: &Sent<'_>) {
    let codes = |column: usize| {
        lines
            .iter()
            .filter(|line| code_in(line, column).is_some())
            .count()
    };
    let best = (0..width).max_by_key(|column| (codes(*column), width - column));
    if let Some(best) = best.filter(|best| codes(*best) > 0) {
        table
            .columns
            .retain(|(column, role)| *column != best && *role != Role::Code);
        table.columns.push((best, Role::Code));
    } else {
        table.columns.retain(|(_, role)| *role != Role::Code);
    }
    // Rows of children; the small numbers under the heading, sums and signatures are none.
    let coded = table.one(Role::Code);
    let lines: Vec<&Line> = lines
        .iter()
        .filter(|line| coded.is_none_or(|column| code_in(line, column).is_some()))
        .collect();
    answers(table, &lines, width);
    if table.one(Role::Number).is_none() {
        number(table, &lines, width, sent);
    }
}

fn is_open(table: &Table, column: usize) -> bool {
    !table.columns.iter().any(|(known, _)| *known == column)
}

/// The column of the answers where no heading names it: the one that holds answers; where none surely does, those that may.
fn answers(table: &mut Table, lines: &[&Line], width: usize) {
    let has_ticks = table
        .columns
        .iter()
        .any(|(_, role)| matches!(role, Role::Tick(_)));
    if table.one(Role::Answer).is_some() || has_ticks {
        return;
    }
    let (mut sure, mut maybe) = (Vec::new(), Vec::new());
    for column in (0..width).filter(|column| is_open(table, *column)) {
        let (mut said, mut like, mut others) = (0_usize, 0_usize, 0_usize);
        for line in lines {
            let Some(cell) = line.own(column).filter(|cell| !cell.is_blank()) else {
                continue;
            };
            match words(&cell.text) {
                Words::Said(..) => said += 1,
                Words::Unsure(Some(_)) => like += 1,
                Words::Unsure(None) => others += 1,
                Words::Blank => {}
            }
        }
        if said > 0 && said > others {
            sure.push(column);
        } else if said + like > 0 {
            maybe.push(column);
        }
    }
    let chosen = if sure.is_empty() { maybe } else { sure };
    table.notes.push(match chosen.as_slice() {
        [] => "Không thấy cột “Kết quả đối chiếu” trong tệp; dòng chỉ được đọc từ số và giá trị ghi kèm.".to_owned(),
        [one] => format!(
            "Không thấy cột “Kết quả đối chiếu”; cột thứ {} được hiểu là cột kết quả vì nội dung của nó.",
            one + 1
        ),
        _ => "Không thấy cột “Kết quả đối chiếu” mà có nhiều cột giống cột kết quả; dòng nào các cột nói khác nhau thì được hỏi lại.".to_owned(),
    });
    let answers = chosen.into_iter().map(|column| (column, Role::Answer));
    table.columns.extend(answers);
}

/// The column of the numbers that were given where no heading names it.
fn number(table: &mut Table, lines: &[&Line], width: usize, sent: &Sent<'_>) {
    let ours: Vec<&str> = sent.rows.iter().map(|row| row.number.as_str()).collect();
    let found = (0..width)
        .filter(|column| is_open(table, *column))
        .find(|column| {
            let (mut twelve, mut others) = (0_usize, 0_usize);
            for line in lines {
                let Some(cell) = line.own(*column).filter(|cell| !cell.is_blank()) else {
                    continue;
                };
                let digits: String = cell.text.chars().filter(|c| !c.is_whitespace()).collect();
                if Parts::of(&digits).is_some() && !ours.contains(&digits.as_str()) {
                    twelve += 1;
                } else {
                    others += 1;
                }
            }
            twelve > 0 && twelve > others
        });
    if let Some(column) = found {
        table.columns.push((column, Role::Number));
        table.notes.push(format!(
            "Không thấy cột “Số định danh (12 số)”; cột thứ {} được hiểu là cột số vì nội dung của nó.",
            column + 1
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handover::columns;

    #[test]
    fn our_own_headings_are_known() {
        for column in columns::ALL {
            let expect = match column {
                columns::Column::Ordinal => Role::Ordinal,
                columns::Column::Code => Role::Code,
                columns::Column::Sent(field) => Role::Sent(field),
                columns::Column::Why => Role::Why,
                columns::Column::Answer => Role::Answer,
                columns::Column::Number => Role::Number,
                columns::Column::Value => Role::Value,
                columns::Column::Note => Role::Note,
            };
            assert_eq!(
                role_of(column.heading()),
                Some(expect),
                "{}",
                column.heading()
            );
        }
        for kind in Kind::ALL {
            assert_eq!(role_of(kind.label()), Some(Role::Tick(*kind)));
        }
    }
}
