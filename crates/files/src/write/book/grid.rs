//! What all formats have in common: what merges cover, how a value is shown, days of the calendar.
//!
//! In: a [`Workbook`]. Out: [`Covered`], texts, days.

use super::{Cell, Merge, Sheet, Value, markup};
use rustc_hash::{FxHashMap, FxHashSet};

/// Days from 0000-03-01 to 1899-12-30, Excel's day 0.
const DAY_ZERO: i64 = 693_899;
/// 1/3/1900: before it Excel counts a 29/2/1900 that never was.
const FIRST_DAY: i32 = 61;
/// 31/12/9999.
const LAST_DAY: i32 = 2_958_465;
/// The days between the two epochs.
pub(super) const EPOCH_1904: i32 = 1_462;

/// Excel's number of a day (1900 system); `None` where there is no such day or Excel has no number for it.
pub(super) fn serial(year: i32, month: u32, day: u32) -> Option<i32> {
    if !(1900..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 {
        return None;
    }
    // The year begins in March, so that the odd day comes last.
    let shifted = i64::from(year) - i64::from(month <= 2);
    let months = (i64::from(month) + 9) % 12;
    let days = shifted * 365 + shifted / 4 - shifted / 100
        + shifted / 400
        + (months * 153 + 2) / 5
        + i64::from(day)
        - 1;
    let serial = i32::try_from(days - DAY_ZERO).ok()?;
    (is_day(serial) && civil(serial) == (i64::from(year), i64::from(month), i64::from(day)))
        .then_some(serial)
}

/// True for a number of a day that a workbook of the 1900 system can hold.
pub(super) fn is_day(serial: i32) -> bool {
    (FIRST_DAY..=LAST_DAY).contains(&serial)
}

/// Year, month and day of Excel's number.
pub(super) fn civil(serial: i32) -> (i64, i64, i64) {
    let days = i64::from(serial) + DAY_ZERO;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let months = (5 * of_year + 2) / 153;
    let day = of_year - (153 * months + 2) / 5 + 1;
    let month = if months < 10 { months + 3 } else { months - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

/// dd/mm/yyyy.
pub(super) fn shown_day(serial: i32, out: &mut String) {
    let (year, month, day) = civil(serial);
    append!(out, "{day:02}/{month:02}/{year:04}");
}

/// What a person sees in a cell; nothing for an empty one.
pub(super) fn shown(cell: &Cell, out: &mut String) {
    if cell.runs.is_empty() {
        shown_value(&cell.value, out);
    } else {
        for run in &cell.runs {
            out.push_str(&run.text);
        }
    }
}

/// What a person sees of a value.
pub(super) fn shown_value(value: &Value, out: &mut String) {
    match value {
        Value::Empty => {}
        Value::Text(text) => out.push_str(text),
        Value::Number(number) => markup::number(*number, out),
        Value::PaddedNumber(number, digits) => {
            let mut text = String::new();
            markup::number(*number, &mut text);
            for _ in text.len()..usize::from(*digits) {
                out.push('0');
            }
            out.push_str(&text);
        }
        Value::Date(serial) => shown_day(*serial, out),
        Value::Error(name) => out.push_str(name),
        Value::Formula { value, .. } => shown_value(value, out),
    }
}

/// The text of a cell: its runs together, or its own.
pub(super) fn text_of(cell: &Cell) -> Option<std::borrow::Cow<'_, str>> {
    if !cell.runs.is_empty() {
        let text: String = cell.runs.iter().map(|run| run.text.as_str()).collect();
        return Some(text.into());
    }
    match plain(&cell.value) {
        Value::Text(text) => Some(text.as_str().into()),
        _ => None,
    }
}

/// The value itself, or what a formula gave.
pub(super) fn plain(value: &Value) -> &Value {
    match value {
        Value::Formula { value, .. } => value,
        value => value,
    }
}

/// The number of an error in binary files (MS-XLS 2.5.10 BErr).
pub(super) fn error_number(name: &str) -> Option<u8> {
    Some(match name {
        "#NULL!" => 0x00,
        "#DIV/0!" => 0x07,
        "#VALUE!" => 0x0f,
        "#REF!" => 0x17,
        "#NAME?" => 0x1d,
        "#NUM!" => 0x24,
        "#N/A" => 0x2a,
        _ => return None,
    })
}

/// Where a merge stands in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) merge: Merge,
    /// The row is the first of the merge.
    pub(super) first: bool,
}

/// The merges of a sheet, row by row, as far as there are rows.
#[derive(Debug, Default)]
pub(super) struct Covered {
    by_row: FxHashMap<u32, Vec<Place>>,
}

impl Covered {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let mut by_row: FxHashMap<u32, Vec<Place>> = FxHashMap::default();
        let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
        for merge in real_merges(sheet) {
            for row in merge.first_row..merge.last_row.saturating_add(1).min(rows) {
                by_row.entry(row).or_default().push(Place {
                    merge,
                    first: row == merge.first_row,
                });
            }
        }
        Self { by_row }
    }

    /// The merges of a row.
    pub(super) fn row(&self, row: usize) -> &[Place] {
        u32::try_from(row)
            .ok()
            .and_then(|row| self.by_row.get(&row))
            .map_or(&[], Vec::as_slice)
    }
}

/// The merge that a column of a row lies in.
pub(super) fn place_at(places: &[Place], column: usize) -> Option<Place> {
    places
        .iter()
        .find(|place| {
            (usize::from(place.merge.first_column)..=usize::from(place.merge.last_column))
                .contains(&column)
        })
        .copied()
}

/// True where a merge hides what stands in a cell.
pub(super) fn hides(places: &[Place], column: usize) -> bool {
    !places.is_empty()
        && place_at(places, column)
            .is_some_and(|place| !place.first || usize::from(place.merge.first_column) != column)
}

/// The merges that are more than a cell.
pub(super) fn real_merges(sheet: &Sheet) -> impl Iterator<Item = Merge> {
    sheet.merges.iter().copied().filter(|merge| {
        (merge.first_row, merge.first_column) != (merge.last_row, merge.last_column)
    })
}

/// Rows and columns that a merge spans, as far as there are rows.
pub(super) fn spans(sheet: &Sheet, merge: Merge) -> (usize, usize) {
    let first = usize::try_from(merge.first_row).unwrap_or(usize::MAX);
    let last = usize::try_from(merge.last_row).unwrap_or(usize::MAX);
    (
        last.saturating_add(1)
            .min(sheet.rows.len())
            .saturating_sub(first),
        usize::from(merge.last_column - merge.first_column) + 1,
    )
}

/// Columns of the longest row, and of merges that reach further.
pub(super) fn reach(sheet: &Sheet) -> usize {
    real_merges(sheet)
        .map(|merge| usize::from(merge.last_column) + 1)
        .max()
        .unwrap_or(0)
        .max(width(sheet))
}

/// The rows that are hidden.
pub(super) fn hidden_rows(sheet: &Sheet) -> FxHashSet<usize> {
    sheet
        .hidden_rows
        .iter()
        .filter_map(|&row| usize::try_from(row).ok())
        .collect()
}

/// Columns of the longest row.
pub(super) fn width(sheet: &Sheet) -> usize {
    sheet.rows.iter().map(Vec::len).max().unwrap_or(0)
}

/// Columns that are wide in their own way or hidden: number, width (0: usual), hidden.
pub(super) fn columns(sheet: &Sheet) -> Vec<(u16, f64, bool)> {
    let hidden: FxHashSet<u16> = sheet.hidden_columns.iter().copied().collect();
    let last = sheet
        .widths
        .len()
        .max(hidden.iter().max().map_or(0, |&last| usize::from(last) + 1));
    (0..u16::try_from(last).unwrap_or(u16::MAX))
        .map(|column| {
            let width = sheet.widths.get(usize::from(column)).copied();
            (column, width.unwrap_or(0.0), hidden.contains(&column))
        })
        .filter(|&(_, width, hidden)| width > 0.0 || hidden)
        .collect()
}

/// The name of a column: 0 → A, 26 → AA.
pub(super) fn letters(column: usize, out: &mut String) {
    let mut name = [0_u8; 8];
    let mut at = name.len();
    let mut left = column + 1;
    while left > 0 && at > 0 {
        at -= 1;
        if let Some(place) = name.get_mut(at) {
            *place = b'A' + u8::try_from((left - 1) % 26).unwrap_or(0);
        }
        left = (left - 1) / 26;
    }
    out.push_str(std::str::from_utf8(name.get(at..).unwrap_or_default()).unwrap_or_default());
}

/// The number of letters as Excel counts them.
pub(super) fn units(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// "trang “Xã A”, ô B7".
pub(super) fn place(sheet: &Sheet, row: usize, column: usize) -> String {
    let mut text = format!("trang “{}”, ô ", sheet.name);
    letters(column, &mut text);
    markup::whole(row as u64 + 1, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let check = |year: i32, month: u32, day: u32, expected: Option<i32>| {
            assert_eq!(serial(year, month, day), expected, "{day}/{month}/{year}");
            if let Some(number) = expected {
                assert_eq!(
                    civil(number),
                    (i64::from(year), i64::from(month), i64::from(day))
                );
            }
        };
        check(1900, 2, 28, None);
        check(1900, 3, 1, Some(61));
        check(1904, 1, 1, Some(1_462));
        check(2000, 1, 1, Some(36_526));
        check(2024, 2, 29, Some(45_351));
        check(2023, 2, 29, None);
        check(2026, 13, 1, None);
        check(2026, 4, 31, None);
        check(9999, 12, 31, Some(2_958_465));
    }

    #[test]
    fn names_of_columns() {
        let check = |column: usize, expected: &str| {
            let mut out = String::new();
            letters(column, &mut out);
            assert_eq!(out, expected);
        };
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(701, "ZZ");
        check(16_383, "XFD");
    }
}
