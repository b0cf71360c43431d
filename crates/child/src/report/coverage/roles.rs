//! Tells units, sub-totals and the total apart, and says which lines each sum covers.
//!
//! In: the lines of a table, and which of them carry a Roman numeral or a letter. Out: their roles and parts.

use super::table::{Line, Role};
use super::words::fold;

/// `I`, `IV`, `A`, `B.` : numbers a group of rows.
pub(super) fn is_mark(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ')', '/']);
    !text.is_empty()
        && (text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
            || (text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase())))
}

/// How a name announces a sum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sum {
    None,
    Part,
    Whole,
}

pub(super) fn sum_of(unit: &str) -> Sum {
    let text = fold(unit);
    let starts = |phrases: &[&str]| {
        phrases
            .iter()
            .any(|p| text == *p || text.starts_with(&format!("{p} ")))
    };
    const PART: &[&str] = &[
        "cong huyen",
        "cong thi xa",
        "cong thanh pho",
        "cong tx",
        "cong tp",
        "cong xa",
        "cong phuong",
        "tong huyen",
        "tong xa",
        "toan huyen",
        "toan xa",
        "subtotal",
        "sub total",
        "cong i",
        "cong ii",
        "cong iii",
        "cong a",
        "cong b",
        "cong nhom",
        "cong cum",
        "cong theo",
    ];
    // Bare "Tổng" only alone: Tổng Cọt and Tống Trân are communes, Cộng Hòa too.
    const WHOLE: &[&str] = &[
        "tong cong",
        "tong so",
        "tong toan",
        "tong tinh",
        "tong chung",
        "tong hop",
        "tong tre",
        "toan tinh",
        "cong chung",
        "cong toan",
        "grand total",
        "total",
    ];
    if text == "tong" || text == "sum" || starts(WHOLE) {
        Sum::Whole
    } else if starts(PART) || text == "cong" || unit.trim().to_lowercase().starts_with("cộng:") {
        Sum::Part
    } else {
        Sum::None
    }
}

/// District-level and commune-level names, to see a heading row of a district above its communes.
fn level(unit: &str) -> u8 {
    let text = fold(unit);
    if ["huyen ", "thi xa ", "thanh pho ", "tx ", "tp "]
        .iter()
        .any(|p| text.starts_with(p))
    {
        1
    } else if ["xa ", "phuong ", "thi tran ", "tt "]
        .iter()
        .any(|p| text.starts_with(p))
    {
        2
    } else {
        0
    }
}

/// Tells units, sub-totals and the total apart, and says which lines each sum covers.
pub(super) fn assign_roles(lines: &mut [Line], marks: &[bool]) {
    let sums: Vec<Sum> = lines.iter().map(|line| sum_of(&line.unit)).collect();
    let only = sums.iter().filter(|s| **s != Sum::None).count() == 1;
    // The last "Tổng cộng" is the total; a lone "Cộng" is one too where it closes or opens the table.
    let total = sums.iter().rposition(|s| *s == Sum::Whole).or_else(|| {
        let last = lines.len().saturating_sub(1);
        sums.iter()
            .position(|s| *s == Sum::Part)
            .filter(|at| only && (*at == 0 || *at == last))
    });
    let some_marked =
        marks.iter().any(|m| *m) && marks.iter().zip(&sums).any(|(m, s)| !m && *s == Sum::None);
    let levels: Vec<u8> = lines.iter().map(|line| level(&line.unit)).collect();
    let districts_and_communes = levels.contains(&1)
        && levels.contains(&2)
        && levels
            .iter()
            .zip(&sums)
            .all(|(l, s)| *l != 0 || *s != Sum::None)
        && lines
            .first()
            .is_some_and(|_| levels.iter().find(|l| **l != 0) == Some(&1));
    let opens = |at: usize| {
        sums.get(at) == Some(&Sum::None)
            && ((some_marked && marks.get(at) == Some(&true))
                || (districts_and_communes && levels.get(at) == Some(&1)))
    };
    // Group headings with figures: the sum of what follows, up to the next. One that nothing follows is a unit like any other.
    let mut open: Option<usize> = None;
    let mut since_sum: Vec<usize> = Vec::new();
    let mut parts: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut current: Vec<usize> = Vec::new();
    let mut units: Vec<usize> = Vec::new();
    for at in 0..lines.len() {
        if Some(at) == total || sums.get(at) == Some(&Sum::Whole) && total.is_some_and(|t| t != at)
        {
            if Some(at) != total {
                parts.push((at, std::mem::take(&mut since_sum)));
            }
            continue;
        }
        if sums.get(at) == Some(&Sum::Part) {
            parts.push((at, std::mem::take(&mut since_sum)));
            continue;
        }
        if opens(at) {
            if let Some(head) = open.take() {
                if current.is_empty() {
                    units.push(head);
                } else {
                    parts.push((head, std::mem::take(&mut current)));
                }
            }
            open = Some(at);
            since_sum.clear();
            continue;
        }
        units.push(at);
        since_sum.push(at);
        if open.is_some() {
            current.push(at);
        }
    }
    if let Some(head) = open {
        if current.is_empty() {
            units.push(head);
        } else {
            parts.push((head, current));
        }
    }
    units.sort_unstable();
    for (at, covered) in parts {
        if let Some(line) = lines.get_mut(at)
            && !covered.is_empty()
        {
            line.role = Role::Subtotal;
            line.parts = covered;
        } else if let Some(line) = lines.get_mut(at) {
            // A sum that covers nothing of its own repeats or announces: it is compared with all the units.
            line.role = Role::Subtotal;
            line.parts.clone_from(&units);
        }
    }
    if let Some(line) = total.and_then(|at| lines.get_mut(at)) {
        line.role = Role::Total;
        line.parts = units;
    }
}
