//! What a reader of the table should know beside the slips.
//!
//! In: the table read and the sheet around it. Out: sentences in Vietnamese; none where there is nothing to say.

use super::columns::share;
use super::number::{Figure, whole_numbers};
use super::slips::{Computed, cut_off};
use super::table::{Column, Role, Table};
use super::words::{fold, listed, percent, whole};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The notes of a table.
pub(super) fn notes(table: &Table, computed: &[Computed], grid: &[Vec<String>]) -> Vec<String> {
    let mut notes = Vec::new();
    more_entered(table, &mut notes);
    standardised(table, computed, grid, &mut notes);
    dates(table, &mut notes);
    cut(table, computed, &mut notes);
    zero_headcount(table, &mut notes);
    twice(table, &mut notes);
    blanks(table, &mut notes);
    notes
}

fn units(table: &Table, wanted: impl Fn(Option<i64>, Option<i64>) -> bool) -> Vec<&str> {
    table
        .lines
        .iter()
        .filter(|line| {
            line.role == Role::Unit
                && wanted(line.count(Column::Headcount), line.count(Column::Entered))
        })
        .map(|line| line.unit.as_str())
        .collect()
}

/// More entered than there are: allowed (a headcount is an estimate, an entry may be stale), but said.
fn more_entered(table: &Table, notes: &mut Vec<String>) {
    let names = units(table, |headcount, entered| {
        headcount
            .zip(entered)
            .is_some_and(|(headcount, entered)| entered > headcount)
    });
    if !names.is_empty() {
        notes.push(format!(
            "{}: số đã nhập lớn hơn số trẻ em hiện có. Có thể số hiện có chưa đủ, hoặc phần mềm còn trẻ đã chuyển đi, đã đủ 16 tuổi, trùng.",
            listed(&names)
        ));
    }
}

/// A column headed "in the software" that prints the share of the standardised records: two measures, never one.
fn standardised(
    table: &Table,
    computed: &[Computed],
    grid: &[Vec<String>],
    notes: &mut Vec<String>,
) {
    let [_, entered_heading, _, rate_heading] = &table.headings;
    let (entered_text, rate_text) = (fold(entered_heading), fold(rate_heading));
    let says_standardised = |text: &str| {
        ["chuan hoa", "lam sach", "da xac thuc"]
            .iter()
            .any(|p| text.contains(p))
    };
    if !table.has_rate
        || !rate_text.contains("phan mem")
        || says_standardised(&rate_text)
        || !says_standardised(&entered_text)
    {
        return;
    }
    let mut note =
        format!("Cột “{rate_heading}” in tỷ lệ đã chuẩn hóa, không phải tỷ lệ có trên phần mềm");
    let total = table
        .lines
        .iter()
        .zip(computed)
        .find(|(line, _)| line.role == Role::Total)
        .map(|(_, want)| want);
    if let Some((headcount, entered)) = total.and_then(|want| want.headcount.zip(want.entered)) {
        if let Some(rate) = share(entered, headcount, 2) {
            let _ = write!(
                note,
                " ({} / {} = {}%)",
                whole(entered),
                whole(headcount),
                percent(rate)
            );
        }
        if let Some((held, rate)) =
            in_software(grid, entered).and_then(|held| Some((held, share(held, headcount, 2)?)))
        {
            let _ = write!(
                note,
                "; tính cả hồ sơ chưa chuẩn hóa thì trên phần mềm có {} trẻ, đạt {}%",
                whole(held),
                percent(rate)
            );
        }
    }
    note.push_str(". Số còn thiếu cũng gồm cả những trẻ đã có trên phần mềm nhưng chưa chuẩn hóa.");
    notes.push(note);
}

/// The records in the software, where a text beside the table says "137.275/137.502".
fn in_software(grid: &[Vec<String>], entered: i64) -> Option<i64> {
    let marker = format!("{}/", whole(entered));
    let found = grid
        .iter()
        .flatten()
        .find_map(|text| text.split_once(&marker).map(|(_, rest)| rest))?;
    let figure: String = found
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let (figures, _) = whole_numbers(&[figure.trim_end_matches('.')]);
    figures
        .first()
        .and_then(Figure::value)
        .filter(|held| *held > entered)
}

/// Dates `dd/mm/yyyy` of a heading, in order.
fn dates_in(text: &str) -> Vec<(u32, u32, u32)> {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-' | '.')))
        .filter_map(|word| {
            let parts: Vec<u32> = word
                .trim_matches(['/', '-', '.'])
                .split(['/', '-', '.'])
                .map(|p| p.parse().ok())
                .collect::<Option<_>>()?;
            match *parts.as_slice() {
                [day, month, year]
                    if (1..=31).contains(&day)
                        && (1..=12).contains(&month)
                        && (1990..=2100).contains(&year) =>
                {
                    Some((year, month, day))
                }
                _ => None,
            }
        })
        .collect()
}

/// Figures of different days in one subtraction.
fn dates(table: &Table, notes: &mut Vec<String>) {
    let [headcount, entered, missing, _] = &table.headings;
    let of = |text: &str| dates_in(text).last().copied();
    let dates = [
        ("số hiện có", of(headcount)),
        ("số đã nhập", of(entered)),
        ("số còn thiếu", of(missing)),
    ];
    let different: BTreeSet<_> = dates.iter().filter_map(|(_, date)| *date).collect();
    if different.len() > 1 {
        let said: Vec<String> = dates
            .iter()
            .filter_map(|(label, date)| {
                date.map(|(year, month, day)| format!("{label} tính đến ngày {day}/{month}/{year}"))
            })
            .collect();
        notes.push(format!(
            "Số liệu của các cột không cùng ngày: {}. Hiệu và tỷ lệ giữa chúng chỉ là gần đúng.",
            said.join(", ")
        ));
    }
}

/// Every misprinted rate is the exact one cut off: a habit, not slips of the hand.
fn cut(table: &Table, computed: &[Computed], notes: &mut Vec<String>) {
    let wrong: Vec<bool> = table
        .lines
        .iter()
        .zip(computed)
        .filter_map(|(line, want)| {
            let printed = line.rate.value()?;
            let cut = cut_off(want.entered?, want.headcount?)?;
            (want.rate_at(table.places)? != printed).then_some(cut == printed)
        })
        .collect();
    if wrong.len() > 1 && wrong.iter().all(|cut| *cut) {
        notes.push(
            "Các tỷ lệ in khác đều do cắt bỏ phần lẻ; quy tắc là làm tròn, từ nửa trở lên thì lên."
                .to_owned(),
        );
    }
}

fn zero_headcount(table: &Table, notes: &mut Vec<String>) {
    let names = units(table, |headcount, entered| {
        headcount == Some(0) && entered.is_some()
    });
    if !names.is_empty() && table.has_rate {
        notes.push(format!(
            "{}: số hiện có là 0 nên không tính tỷ lệ.",
            listed(&names)
        ));
    }
}

fn twice(table: &Table, notes: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    let names: Vec<&str> = table
        .lines
        .iter()
        .filter(|line| line.role == Role::Unit && !seen.insert(fold(&line.unit)))
        .map(|line| line.unit.as_str())
        .collect();
    if !names.is_empty() {
        notes.push(format!(
            "{}: tên có ở hơn một dòng. Kiểm tra có ghi trùng hay không.",
            listed(&names)
        ));
    }
}

/// Lines of which a count is not there at all: no sum over them can be checked.
fn blanks(table: &Table, notes: &mut Vec<String>) {
    let names = units(table, |headcount, entered| {
        headcount.is_none() || entered.is_none()
    });
    if !names.is_empty() {
        notes.push(format!("{}: chưa đủ số hiện có và số đã nhập nên dòng này và tổng của cột không kiểm tra được hết.", listed(&names)));
    }
}
