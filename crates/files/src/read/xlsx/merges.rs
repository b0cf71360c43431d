//! Merged ranges of a sheet, and copying a corner's value over its range.
//!
//! In: the end of a sheet's XML (merged ranges stand behind the rows). Out: [`Merge`]s sorted by their top row; [`Spreader`].

use crate::limits;
use crate::read::markup::{Markup, Token};
use crate::read::package::Inflate;
use crate::read::remarks::Remarks;
use crate::read::{Merge, ReadError};
use memchr::memmem;
use treem_child::cell::{Cell, CellKind, Spread};

/// The merges of a sheet that is held whole.
pub(crate) fn of_sheet(bytes: &[u8], remarks: &Remarks) -> Vec<Merge> {
    let Some(tail) = memmem::rfind(bytes, b"sheetData").and_then(|at| bytes.get(at..)) else {
        return Vec::new();
    };
    if memmem::find(tail, b"mergeCell").is_none() {
        return Vec::new();
    }
    of_tail(&String::from_utf8_lossy(tail), remarks)
}

/// The merges of a sheet that is too large to be held: it is inflated once, and only what stands behind its rows is kept.
pub(crate) fn of_stream(mut inflate: Inflate, remarks: &Remarks) -> Result<Vec<Merge>, ReadError> {
    const NEEDLE: &[u8] = b"sheetData>";
    let mut tail = Vec::new();
    let mut found = false;
    while inflate.read(&mut tail, 1 << 20)? > 0 {
        if !found {
            if let Some(at) = memmem::rfind(&tail, NEEDLE) {
                // `<sheetData>` opens the rows, `</sheetData>` closes them: only behind the second one merges stand.
                let before = tail.get(at.saturating_sub(12)..at).unwrap_or_default();
                if memchr::memrchr(b'/', before) > memchr::memrchr(b'<', before) {
                    found = true;
                    tail.drain(..at);
                    continue;
                }
            }
            let keep = tail.len().min(32);
            tail.drain(..tail.len() - keep);
        } else if tail.len() as u64 > limits::SHEET_HELD_BYTES {
            break;
        }
    }
    Ok(if found {
        of_tail(&String::from_utf8_lossy(&tail), remarks)
    } else {
        Vec::new()
    })
}

fn of_tail(tail: &str, remarks: &Remarks) -> Vec<Merge> {
    let mut merges = Vec::new();
    for token in Markup::new(tail) {
        if let Token::Open(tag) = token
            && tag.name == "mergeCell"
            && let Some(merge) = tag.attribute("ref").and_then(|range| range_of(&range))
        {
            if merges.len() >= limits::MERGES {
                remarks.say(format!(
                    "Trang tính có quá nhiều ô gộp, chỉ xét {} vùng đầu.",
                    limits::MERGES
                ));
                break;
            }
            merges.push(merge);
        }
    }
    merges.sort_unstable_by_key(|merge| (merge.top, merge.left));
    merges
}

/// `B2:C5`.
pub(crate) fn range_of(range: &str) -> Option<Merge> {
    let (from, to) = range.split_once(':')?;
    let ((left, top), (right, bottom)) = (place(from)?, place(to)?);
    let merge = Merge {
        top: top.min(bottom),
        bottom: top.max(bottom),
        left: left.min(right),
        right: left.max(right),
    };
    (merge.top < merge.bottom || merge.left < merge.right).then_some(merge)
}

/// `B2` → column 1, row 1 (from 0).
pub(crate) fn place(reference: &str) -> Option<(u32, u32)> {
    let letters = reference.trim().trim_start_matches('$');
    let split = letters.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = letters.split_at(split);
    let column = super::cells::column(letters.as_bytes())?;
    let row: u32 = digits.trim_start_matches('$').parse().ok()?;
    Some((u32::try_from(column).ok()?, row.checked_sub(1)?))
}

/// Copies the values of corners over their ranges, row by row.
pub(crate) struct Spreader<'a, 'm> {
    merges: &'m [Merge],
    next: usize,
    open: Vec<(Merge, Cell<'a>)>,
}

impl<'a, 'm> Spreader<'a, 'm> {
    /// `carried`: ranges that began before the first row to come, with the values of their corners.
    pub(crate) fn new(merges: &'m [Merge], carried: &[(Merge, Cell<'static>)]) -> Self {
        Self {
            merges,
            next: 0,
            open: carried.to_vec(),
        }
    }

    /// True where a row (from 0) is touched by a range.
    #[inline]
    pub(crate) fn touches(&mut self, row: u32) -> bool {
        if self.merges.is_empty() {
            return false;
        }
        if self.next == 0 {
            self.next = self.merges.partition_point(|merge| merge.top < row);
        }
        while self
            .merges
            .get(self.next)
            .is_some_and(|merge| merge.top < row)
        {
            self.next += 1;
        }
        self.open.retain(|(merge, _)| merge.bottom >= row);
        !self.open.is_empty()
            || self
                .merges
                .get(self.next)
                .is_some_and(|merge| merge.top == row)
    }

    /// Fills a row that is touched.
    pub(crate) fn fill(&mut self, row: u32, line: &mut Vec<Cell<'a>>) {
        for (merge, value) in &self.open {
            for column in merge.left..=last_column(merge) {
                put(line, column, value, Spread::FromAbove);
            }
        }
        while let Some(&merge) = self.merges.get(self.next) {
            if merge.top != row {
                break;
            }
            self.next += 1;
            let Some(corner) = line
                .get(merge.left as usize)
                .filter(|cell| cell.kind != CellKind::Empty)
                .cloned()
            else {
                continue;
            };
            for column in merge.left.saturating_add(1)..=last_column(&merge) {
                put(line, column, &corner, Spread::FromLeft);
            }
            if merge.bottom > row {
                self.open.push((merge, corner));
            }
        }
    }
}

/// The last column a range is copied into.
fn last_column(merge: &Merge) -> u32 {
    merge
        .right
        .min(merge.left.saturating_add(limits::MERGE_COLUMNS))
        .min(u32::try_from(limits::COLUMNS).unwrap_or(u32::MAX) - 1)
}

fn put<'a>(line: &mut Vec<Cell<'a>>, column: u32, value: &Cell<'a>, spread: Spread) {
    let column = column as usize;
    if line.len() <= column {
        line.resize_with(column + 1, Cell::default);
    }
    if let Some(cell) = line.get_mut(column)
        && cell.kind == CellKind::Empty
    {
        *cell = value.clone();
        cell.spread = spread;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let check = |range: &str, expected: Option<(u32, u32, u32, u32)>| {
            assert_eq!(
                range_of(range).map(|merge| (merge.top, merge.bottom, merge.left, merge.right)),
                expected,
                "{range}"
            );
        };
        check("A1:B2", Some((0, 1, 0, 1)));
        check("$C$5:$A$4", Some((3, 4, 0, 2)));
        check("AA10:AA12", Some((9, 11, 26, 26)));
        check("A1:A1", None);
        check("A0:A1", None);
        check("A1", None);
        check("A99999999999:B1", None);
    }
}
