//! Computes what each line should say and lists the cells that say otherwise.
//!
//! In: the table read. Out: [`Computed`] a line, and a [`Slip`] with its sentence for every cell that disagrees.

use super::columns::share;
use super::number::Figure;
use super::table::{Column, Line, Role, Table};
use super::words::{digits_remark, percent, whole};
use super::{CellName, Number, Rate, Slip};
use std::collections::BTreeSet;

/// What a line should say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Computed {
    /// The figures that rate and missing are computed from.
    pub(super) headcount: Option<i64>,
    pub(super) entered: Option<i64>,
    pub(super) missing: Option<i64>,
    /// Hundredths of a percent, rounded half up to two places.
    pub(super) rate: Option<i64>,
    /// Sums of headcount and entered over the lines that a total covers.
    pub(super) sums: [Option<i64>; 2],
}

impl Computed {
    /// The rate rounded half up to fewer places, in hundredths.
    pub(super) fn rate_at(&self, places: u32) -> Option<i64> {
        share(self.entered?, self.headcount?, places)
    }
}

/// Computes every line. A total is computed from its own headcount and entered where they hold together with what it prints as
/// missing, else from the sums, so that one slip at the foot of a column does not make three.
pub(super) fn compute(table: &Table) -> Vec<Computed> {
    table
        .lines
        .iter()
        .map(|line| compute_line(table, line))
        .collect()
}

fn compute_line(table: &Table, line: &Line) -> Computed {
    let sums = [Column::Headcount, Column::Entered].map(|column| sum(table, line, column));
    let [headcount_sum, entered_sum] = sums;
    let own = (line.count(Column::Headcount), line.count(Column::Entered));
    let summed = (headcount_sum, entered_sum);
    let less = |(headcount, entered): (Option<i64>, Option<i64>)| {
        Some(headcount?.saturating_sub(entered?))
    };
    let printed = line.count(Column::Missing);
    let (headcount, entered) = if line.role == Role::Unit {
        own
    } else if less(own).is_none()
        || (printed.is_some() && less(own) != printed && less(summed) == printed)
    {
        (summed.0.or(own.0), summed.1.or(own.1))
    } else {
        own
    };
    let rate = headcount
        .zip(entered)
        .and_then(|(headcount, entered)| share(entered, headcount, 2));
    Computed {
        headcount,
        entered,
        missing: less((headcount, entered)),
        rate,
        sums,
    }
}

/// The sum of a column over the lines that a total covers; `None` where one of them is not readable.
pub(super) fn sum(table: &Table, line: &Line, column: Column) -> Option<i64> {
    if line.parts.is_empty() {
        return None;
    }
    line.parts.iter().try_fold(0_i64, |sum, part| {
        sum.checked_add(table.lines.get(*part)?.count(column)?)
    })
}

/// A printed rate against the exact share, at the places the column is printed with.
pub(super) fn rate_agrees(printed: i64, headcount: i64, entered: i64, places: u32) -> bool {
    share(entered, headcount, places).is_none_or(|rate| rate == printed)
}

/// The slips of the table, line by line, with a sentence for each and the cells to mark.
pub(super) fn slips(table: &Table, computed: &[Computed]) -> Out {
    let mut out = Out::default();
    for (index, (line, want)) in table.lines.iter().zip(computed).enumerate() {
        out.line = index;
        for (column, sum) in [Column::Headcount, Column::Entered]
            .into_iter()
            .zip(want.sums)
        {
            match (line.count(column), sum) {
                (Some(printed), Some(sum)) if printed != sum => {
                    out.total(line, column, printed, sum);
                }
                (None, _) => {
                    out.unreadable(line, column, sum.or_else(|| from_the_others(line, column)));
                }
                _ => {}
            }
        }
        if table.has_missing {
            missing(table, line, want, &mut out);
        }
        if table.has_rate {
            rate(table, computed, line, want, &mut out);
        }
    }
    out
}

/// What was found, in order.
#[derive(Default)]
pub(super) struct Out {
    pub(super) slips: Vec<Slip>,
    pub(super) sentences: Vec<String>,
    /// Line of the table and column.
    pub(super) marks: BTreeSet<(usize, CellName)>,
    line: usize,
}

impl Out {
    fn push(
        &mut self,
        line: &Line,
        cell: CellName,
        figures: [Option<Number>; 3],
        column: Option<CellName>,
        sentence: String,
    ) {
        let [printed, computed, difference] = figures;
        self.marks.insert((self.line, column.unwrap_or(cell)));
        self.slips.push(Slip {
            unit: line.unit.clone(),
            cell,
            printed,
            computed,
            difference,
            column,
        });
        self.sentences.push(sentence);
    }

    fn total(&mut self, line: &Line, column: Column, printed: i64, sum: i64) {
        let label = column.name().label();
        let remark = digits_remark(printed, sum)
            .map(|r| format!("; {r}"))
            .unwrap_or_default();
        let sentence = format!(
            "{}: {label} in {}, cộng các đơn vị được {} ({}{remark}).",
            line.unit,
            whole(printed),
            whole(sum),
            apart(printed, sum)
        );
        self.push(
            line,
            CellName::Total,
            counts(printed, sum),
            Some(column.name()),
            sentence,
        );
    }

    /// A cell that cannot be read, or an empty one whose figure the others give.
    fn unreadable(&mut self, line: &Line, column: Column, derived: Option<i64>) {
        let stands = match line.figure(column) {
            Figure::Unreadable(text) => format!(
                "ghi “{}”, không đọc được",
                text.chars().take(40).collect::<String>()
            ),
            Figure::Blank if line.role == Role::Unit && derived.is_some() => "để trống".to_owned(),
            _ => return,
        };
        let should = derived
            .map(|value| format!("; theo các ô khác phải là {}", whole(value)))
            .unwrap_or_default();
        let sentence = format!(
            "{}: ô {} {stands}{should}.",
            line.unit,
            column.name().label()
        );
        self.push(
            line,
            column.name(),
            [None, derived.map(Number::Count), None],
            None,
            sentence,
        );
    }
}

fn counts(printed: i64, computed: i64) -> [Option<Number>; 3] {
    [
        Some(Number::Count(printed)),
        Some(Number::Count(computed)),
        Some(Number::Count(printed.saturating_sub(computed))),
    ]
}

fn apart(printed: i64, computed: i64) -> String {
    let way = if printed > computed { "cao" } else { "thấp" };
    format!(
        "{way} hơn {}",
        whole(printed.saturating_sub(computed).saturating_abs())
    )
}

/// A cell of a line from the two others.
pub(super) fn from_the_others(line: &Line, column: Column) -> Option<i64> {
    let of = |column| line.count(column);
    match column {
        Column::Headcount => of(Column::Entered)?.checked_add(of(Column::Missing)?),
        Column::Entered => of(Column::Headcount)?.checked_sub(of(Column::Missing)?),
        Column::Missing => of(Column::Headcount)?.checked_sub(of(Column::Entered)?),
    }
}

fn missing(table: &Table, line: &Line, want: &Computed, out: &mut Out) {
    let sum = || sum(table, line, Column::Missing);
    match (line.count(Column::Missing), want.missing) {
        (Some(printed), Some(computed)) if printed != computed => {
            let remark = digits_remark(printed, computed)
                .map(|r| format!("; {r}"))
                .unwrap_or_default();
            let sentence = format!(
                "{}: {} in {}, tính ra {} − {} = {} ({}{remark}).",
                line.unit,
                CellName::Missing.label(),
                whole(printed),
                whole(want.headcount.unwrap_or(0)),
                whole(want.entered.unwrap_or(0)),
                whole(computed),
                apart(printed, computed)
            );
            out.push(
                line,
                CellName::Missing,
                counts(printed, computed),
                None,
                sentence,
            );
        }
        // A total of which only the last column is printed.
        (Some(printed), None) => {
            if let Some(sum) = sum().filter(|sum| *sum != printed) {
                out.total(line, Column::Missing, printed, sum);
            }
        }
        (None, computed) => {
            if matches!(line.figure(Column::Missing), Figure::Unreadable(_)) {
                out.unreadable(line, Column::Missing, computed);
            }
        }
        _ => {}
    }
}

fn rate(table: &Table, computed: &[Computed], line: &Line, want: &Computed, out: &mut Out) {
    let (Some(exact), Some(rounded)) = (want.rate, want.rate_at(table.places)) else {
        return;
    };
    match &line.rate {
        Figure::Value(printed) if *printed != rounded => {
            let remark = rate_remark(table, computed, line, want, *printed)
                .map(|r| format!("; {r}"))
                .unwrap_or_default();
            let way = if *printed > exact { "cao" } else { "thấp" };
            let difference = printed.saturating_sub(exact);
            let sentence = format!(
                "{}: tỷ lệ in {}%, tính ra {} / {} = {}% ({way} hơn {}{remark}).",
                line.unit,
                percent(*printed),
                whole(want.entered.unwrap_or(0)),
                whole(want.headcount.unwrap_or(0)),
                percent(exact),
                percent(difference.saturating_abs())
            );
            let figures =
                [*printed, exact, difference].map(|value| Some(Number::Rate(Rate(value))));
            out.push(line, CellName::Rate, figures, None, sentence);
        }
        Figure::Unreadable(text) => {
            let text: String = text.chars().take(40).collect();
            let sentence = format!(
                "{}: ô tỷ lệ ghi “{text}”, không đọc được; tính ra {}%.",
                line.unit,
                percent(exact)
            );
            out.push(
                line,
                CellName::Rate,
                [None, Some(Number::Rate(Rate(exact))), None],
                None,
                sentence,
            );
        }
        _ => {}
    }
}

/// The share cut off after two places.
pub(super) fn cut_off(entered: i64, headcount: i64) -> Option<i64> {
    (headcount > 0 && entered >= 0)
        .then(|| i64::try_from(i128::from(entered) * 10_000 / i128::from(headcount)).ok())
        .flatten()
}

/// The counts of entered for which a printed rate would be right; `None` where there is none.
pub(super) fn entered_for(printed: i64, headcount: i64, places: u32) -> Option<(i64, i64)> {
    let unit = 10_i128.pow(2 - places.min(2));
    let least = |twice: i128| {
        (twice * i128::from(headcount)).div_euclid(20_000)
            + i128::from((twice * i128::from(headcount)).rem_euclid(20_000) != 0)
    };
    let low = i64::try_from(least(2 * i128::from(printed) - unit))
        .ok()?
        .max(0);
    let high = i64::try_from(least(2 * i128::from(printed) + unit) - 1).ok()?;
    (low <= high).then_some((low, high))
}

/// How a misprinted rate may have come about, where something speaks for it.
fn rate_remark(
    table: &Table,
    computed: &[Computed],
    line: &Line,
    want: &Computed,
    printed: i64,
) -> Option<String> {
    let (headcount, entered) = (want.headcount?, want.entered?);
    let exact = want.rate?;
    if cut_off(entered, headcount) == Some(printed) {
        return Some("khớp nếu cắt bỏ phần lẻ thay vì làm tròn".to_owned());
    }
    if share(entered, headcount, 1) == Some(printed) {
        return Some("khớp nếu chỉ làm tròn đến một chữ số thập phân".to_owned());
    }
    if share(entered, headcount, 0) == Some(printed) {
        return Some("khớp nếu chỉ làm tròn đến phần trăm".to_owned());
    }
    if digits_remark(printed, exact) == Some("đảo chữ số") {
        return Some("đảo chữ số".to_owned());
    }
    if let Some(other) = from_the_others(line, Column::Entered).filter(|other| *other != entered)
        && rate_agrees(printed, headcount, other, table.places)
        && share(other, headcount, 2).is_some()
    {
        return Some(format!("khớp nếu số đã nhập là {}", whole(other)));
    }
    if let Some(other) =
        from_the_others(line, Column::Headcount).filter(|other| *other != headcount && *other > 0)
        && rate_agrees(printed, other, entered, table.places)
    {
        return Some(format!("khớp nếu số hiện có là {}", whole(other)));
    }
    if share(want.missing?, headcount, 2) == Some(printed) {
        return Some("đó là tỷ lệ còn thiếu".to_owned());
    }
    let twin = table
        .lines
        .iter()
        .zip(computed)
        .find(|(other, their)| other.unit != line.unit && their.rate == Some(printed));
    if let Some((twin, _)) = twin.filter(|_| printed != 10_000 && printed != 0) {
        return Some(format!("đó là tỷ lệ của {}", twin.unit));
    }
    let (low, high) = entered_for(printed, headcount, table.places)?;
    if high.saturating_sub(low) > 1_000 {
        return None;
    }
    let swapped = (low..=high).find(|value| digits_remark(entered, *value) == Some("đảo chữ số"));
    Some(match swapped {
        Some(value) => format!("khớp nếu số đã nhập là {} (đảo chữ số)", whole(value)),
        None if low == high => format!("chỉ đúng khi số đã nhập là {}", whole(low)),
        None => format!(
            "chỉ đúng khi số đã nhập từ {} đến {}",
            whole(low),
            whole(high)
        ),
    })
}
