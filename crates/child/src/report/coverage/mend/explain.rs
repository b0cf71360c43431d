//! Puts contradictions and repairs into words, choosing among rivals.
//!
//! In: a [`Search`] and its candidates. Out: [`Conflict`]s and [`Repair`]s in Vietnamese.

use super::{Candidate, Kind, Search};
use crate::limits;
use crate::report::coverage::columns::share;
use crate::report::coverage::number::Figure;
use crate::report::coverage::slips::{Computed, entered_for, from_the_others, sum};
use crate::report::coverage::table::{Column, Role};
use crate::report::coverage::words::{digits_remark, percent, whole};
use crate::report::coverage::{CellAddress, CellName, Change, Conflict, Number, Rate, Repair};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

impl Search<'_> {
    pub(super) fn conflict(&self, equation: usize, open: bool) -> Option<Conflict> {
        let equation = self.equations.get(equation)?;
        let unit = self.unit(equation.line);
        let value = |column| {
            self.value((equation.line, column))
                .map(whole)
                .unwrap_or_default()
        };
        let mut explanation = match equation.kind {
            Kind::Line => format!(
                "{unit}: {} − {} = {}, không phải {}: ba ô này không thể cùng đúng.",
                value(Column::Headcount),
                value(Column::Entered),
                self.value((equation.line, Column::Missing))
                    .map(|m| whole(m.saturating_sub(equation.residual)))
                    .unwrap_or_default(),
                value(Column::Missing)
            ),
            Kind::Sum(column) => format!(
                "Cột {}: các đơn vị cộng lại được {}, dòng {unit} ghi {}: không thể cùng đúng.",
                column.name().label(),
                self.value((equation.line, column))
                    .map(|t| whole(t.saturating_add(equation.residual)))
                    .unwrap_or_default(),
                value(column)
            ),
        };
        if open {
            explanation.push_str(" Không có cách sửa một hay hai ô nào làm mọi phép tính cùng khớp; phải đối chiếu với số gốc.");
        }
        let cells = equation
            .terms
            .iter()
            .map(|((line, column), _)| CellAddress {
                unit: self.unit(*line).to_owned(),
                cell: column.name(),
            })
            .collect();
        Some(Conflict { cells, explanation })
    }

    /// True for cells that are computed from others: what is missing, and totals.
    fn is_derived(&self, (line, column): super::Var) -> bool {
        column == Column::Missing
            || self
                .table
                .lines
                .get(line)
                .is_some_and(|l| l.role != Role::Unit)
    }

    fn remark(&self, var: super::Var, value: i64) -> Option<&'static str> {
        digits_remark(self.value(var)?, value)
    }

    /// Chooses among the candidates for the same contradiction and puts them into words. Gives also the lines whose rate the best of them mend.
    pub(super) fn explain(&self, candidates: Vec<Candidate>) -> (Vec<Repair>, BTreeSet<usize>) {
        let mut groups: BTreeMap<BTreeSet<usize>, Vec<Candidate>> = BTreeMap::new();
        for candidate in candidates {
            groups
                .entry(candidate.mended.clone())
                .or_default()
                .push(candidate);
        }
        // A candidate that mends less of the same contradiction is no rival.
        let sets: Vec<BTreeSet<usize>> = groups.keys().cloned().collect();
        groups.retain(|set, _| {
            !sets
                .iter()
                .any(|other| other != set && set.is_subset(other))
        });
        let (mut repairs, mut settled) = (Vec::new(), BTreeSet::new());
        for group in groups.into_values() {
            let mut group = group;
            group.sort_by_cached_key(|c| {
                let given = c
                    .changes
                    .iter()
                    .filter(|(var, _)| !self.is_derived(*var))
                    .count();
                let strange = c
                    .changes
                    .iter()
                    .filter(|(var, value)| self.remark(*var, *value).is_none())
                    .count();
                (c.changes.len() > 1, c.worse(), given, strange)
            });
            let least = group.first().map_or(0, Candidate::worse);
            let mut others = 0;
            let mut shown = 0;
            for candidate in group {
                let equal = candidate.worse() == least;
                let typo = candidate
                    .changes
                    .iter()
                    .all(|(var, value)| self.remark(*var, *value).is_some());
                if shown == limits::COVERAGE_REPAIRS || (!equal && (!typo || others == 2)) {
                    continue;
                }
                others += usize::from(!equal);
                if equal && least < 0 {
                    settled.extend(candidate.rates.first().into_iter().flatten().copied());
                }
                repairs.push(self.repair(&candidate, shown == 0));
                shown += 1;
            }
        }
        (repairs, settled)
    }

    fn repair(&self, candidate: &Candidate, first: bool) -> Repair {
        let several = candidate.changes.len() > 1;
        let parts: Vec<String> = candidate
            .changes
            .iter()
            .map(|((line, column), value)| {
                let remark = self
                    .remark((*line, *column), *value)
                    .map(|r| format!(" ({r})"))
                    .unwrap_or_default();
                let printed = self.value((*line, *column)).unwrap_or(0);
                format!(
                    "{} của {} từ {} thành {}{remark}",
                    column.name().label(),
                    self.unit(*line),
                    whole(printed),
                    whole(*value)
                )
            })
            .collect();
        let mut explanation = match (several, first) {
            (false, true) => format!("Sửa {}", parts.join("")),
            (false, false) => format!("Hoặc sửa {}", parts.join("")),
            (true, true) => format!("Sửa một ô thì chưa đủ. Sửa cùng lúc {}", parts.join(" và ")),
            (true, false) => format!("Hoặc sửa cùng lúc {}", parts.join(" và ")),
        };
        explanation.push_str(": các phép trừ và phép cộng đều khớp.");
        let [gained, lost, still] = &candidate.rates;
        for (lines, words) in [
            (gained, "cũng khớp"),
            (lost, "không còn khớp"),
            (still, "vẫn không khớp"),
        ] {
            for line in lines {
                let printed = self
                    .table
                    .lines
                    .get(*line)
                    .and_then(|l| l.rate.value())
                    .unwrap_or(0);
                let should = self
                    .changed((*line, Column::Headcount), &candidate.changes)
                    .zip(self.changed((*line, Column::Entered), &candidate.changes))
                    .and_then(|(headcount, entered)| share(entered, headcount, 2))
                    .filter(|_| words != "cũng khớp")
                    .map(|rate| format!(" (phải là {}%)", percent(rate)))
                    .unwrap_or_default();
                let _ = write!(
                    explanation,
                    " Tỷ lệ in {}% của {} khi đó {words}{should}.",
                    percent(printed),
                    self.unit(*line)
                );
            }
        }
        let cells = candidate
            .changes
            .iter()
            .map(|((line, column), value)| Change {
                unit: self.unit(*line).to_owned(),
                cell: column.name(),
                printed: self.value((*line, *column)).map(Number::Count),
                repaired: Number::Count(*value),
            })
            .collect();
        Repair { cells, explanation }
    }

    /// Cells that cannot be read, or stand empty, and follow from the others.
    pub(super) fn fills(&self) -> Vec<Repair> {
        let mut found = Vec::new();
        for (index, line) in self.table.lines.iter().enumerate() {
            for column in Column::ALL {
                let empty = match line.figure(column) {
                    Figure::Unreadable(_) => true,
                    Figure::Blank => line.role == Role::Unit && column != Column::Missing,
                    _ => false,
                };
                if !empty {
                    continue;
                }
                let mut values: BTreeSet<i64> = from_the_others(line, column).into_iter().collect();
                values.extend(sum(self.table, line, column));
                for total in self.table.lines.iter().filter(|l| l.parts.contains(&index)) {
                    let rest = total.parts.iter().filter(|part| **part != index);
                    let sum = rest
                        .map(|part| self.value((*part, column)))
                        .try_fold(0_i64, |sum, value| sum.checked_add(value?));
                    values.extend(
                        total
                            .count(column)
                            .zip(sum)
                            .and_then(|(total, sum)| total.checked_sub(sum)),
                    );
                }
                for value in values {
                    let label = column.name().label();
                    found.push(Repair {
                        cells: vec![Change {
                            unit: line.unit.clone(),
                            cell: column.name(),
                            printed: None,
                            repaired: Number::Count(value),
                        }],
                        explanation: format!(
                            "Điền {label} của {}: {}, tính từ các ô khác.",
                            line.unit,
                            whole(value)
                        ),
                    });
                }
            }
        }
        found
    }
}

/// Rates that are misprinted while the counts beside them stand; and counts that nothing but the rate can judge.
pub(super) fn rate_repairs(
    search: &Search<'_>,
    computed: &[Computed],
    settled: &BTreeSet<usize>,
) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for (index, (line, want)) in search.table.lines.iter().zip(computed).enumerate() {
        let (Some(exact), Some(rounded)) = (want.rate, want.rate_at(search.table.places)) else {
            continue;
        };
        let printed = line.rate.value();
        let unreadable = matches!(line.rate, Figure::Unreadable(_));
        if settled.contains(&index)
            || !(unreadable || printed.is_some_and(|printed| printed != rounded))
        {
            continue;
        }
        let number = |value: i64| Number::Rate(Rate(value));
        let stands = printed
            .map(|p| format!(" từ {}", percent(p)))
            .unwrap_or_default();
        repairs.push(Repair {
            cells: vec![Change {
                unit: line.unit.clone(),
                cell: CellName::Rate,
                printed: printed.map(number),
                repaired: number(exact),
            }],
            explanation: format!(
                "Sửa tỷ lệ của {}{stands} thành {}%.",
                line.unit,
                percent(exact)
            ),
        });
        let (Some(printed), Some(headcount), Some(entered)) = (
            printed,
            line.count(Column::Headcount),
            line.count(Column::Entered),
        ) else {
            continue;
        };
        if search.of((index, Column::Entered)).is_empty()
            && let Some((low, high)) = entered_for(printed, headcount, search.table.places)
            && high.saturating_sub(low) <= 1_000
        {
            let typos = (low..=high)
                .filter_map(|value| Some((value, digits_remark(entered, value)?)))
                .take(2);
            repairs.extend(typos.map(|(value, remark)| {
                other(index, search, CellName::Entered, entered, value, remark)
            }));
        }
        if search.of((index, Column::Headcount)).is_empty() {
            let typos = headcounts_near(entered, printed, search.table.places)
                .filter_map(|value| Some((value, digits_remark(headcount, value)?)))
                .take(2);
            repairs.extend(typos.map(|(value, remark)| {
                other(index, search, CellName::Headcount, headcount, value, remark)
            }));
        }
    }
    repairs
}

fn other(
    index: usize,
    search: &Search<'_>,
    cell: CellName,
    printed: i64,
    value: i64,
    remark: &str,
) -> Repair {
    let unit = search.unit(index);
    Repair {
        cells: vec![Change {
            unit: unit.to_owned(),
            cell,
            printed: Some(Number::Count(printed)),
            repaired: Number::Count(value),
        }],
        explanation: format!(
            "Hoặc sửa {} của {unit} từ {} thành {} ({remark}): tỷ lệ in khi đó khớp.",
            cell.label(),
            whole(printed),
            whole(value)
        ),
    }
}

/// Headcounts for which a printed rate of these entered would be right.
fn headcounts_near(entered: i64, printed: i64, places: u32) -> impl Iterator<Item = i64> {
    let middle = if printed > 0 {
        i128::from(entered) * 10_000 / i128::from(printed)
    } else {
        0
    };
    let middle = i64::try_from(middle).unwrap_or(0);
    (middle.saturating_sub(500)..=middle.saturating_add(500))
        .filter(move |h| *h > 0 && share(entered, *h, places) == Some(printed))
}
