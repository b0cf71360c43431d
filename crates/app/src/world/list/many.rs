//! What several rows show together.
//!
//! In: rows with the rules each shows by itself. Out: `child.duplicate`, `id.shared`, `birth.heaped` added.

use super::super::layout::{Hamlets, Layout};
use super::super::repeat::Agrees;
use super::super::truth::{Columns, Rules, sound};
use super::super::written::{Birth, Written};
use super::Row;
use rustc_hash::FxHashMap;
use treem_child::rule::RuleId;

/// What two rows of one child show together, the second in a list of these columns: `child.duplicate` where name, birth date and a parent agree, else `id.shared`
/// where both bear one sound number.
pub(in super::super) fn together(
    first_rules: &mut Rules,
    first: &Written<'_>,
    again_rules: &mut Rules,
    again: &Written<'_>,
    (agrees, columns): (Agrees, Columns),
) {
    let day = |row: &Written<'_>| match row.birth {
        Birth::Day(day) | Birth::Turned(_, day) | Birth::Swapped(day) => Some(day),
        _ => None,
    };
    let birth = day(first).is_some() && day(first) == day(again);
    let father = !columns.mother_only && agrees.father && first.father.named && again.father.named;
    let mother = agrees.mother && first.mother.named && again.mother.named;
    if agrees.name && birth && (father || mother) {
        first_rules.add(RuleId::CHILD_DUPLICATE);
        again_rules.add(RuleId::CHILD_DUPLICATE);
    } else if sound(&first.number).is_some() && sound(&first.number) == sound(&again.number) {
        first_rules.add(RuleId::ID_SHARED);
        again_rules.add(RuleId::ID_SHARED);
    }
}

/// `id.shared` on rows of one sound number that belong to several children.
pub(super) fn shared<'r, 'a: 'r>(rows: impl Iterator<Item = (&'r Written<'a>, &'r mut Rules)>) {
    let mut by_number: FxHashMap<u64, Vec<(u64, &'r mut Rules)>> = FxHashMap::default();
    for (written, rules) in rows {
        if let Some(number) = sound(&written.number) {
            by_number
                .entry(number)
                .or_default()
                .push((written.child, rules));
        }
    }
    for mut rows in by_number.into_values().filter(|rows| rows.len() > 1) {
        let one = rows.first().map(|(child, _)| *child);
        if rows.iter().all(|(child, _)| Some(*child) == one) {
            continue;
        }
        for (_, rules) in &mut rows {
            rules.add(RuleId::ID_SHARED);
        }
    }
}

/// `birth.heaped` on birthdays of 1 January where a sheet has at least three, and 3 % of its whole dates.
pub(super) fn heaped(rows: &mut [Row<'_>], layout: &Layout) {
    let by_sheet = layout.hamlets == Hamlets::Sheets;
    let mut counts: FxHashMap<usize, (u32, u32)> = FxHashMap::default();
    let sheet = |row: &Row<'_>| {
        if by_sheet {
            row.written.hamlet_place
        } else {
            0
        }
    };
    let first = |row: &Row<'_>| match row.written.birth {
        Birth::Day(day) | Birth::Swapped(day) | Birth::Turned(_, day) => {
            Some(day.month() == 1 && day.day() == 1)
        }
        _ => None,
    };
    for row in rows.iter() {
        if let Some(heap) = first(row) {
            let count = counts.entry(sheet(row)).or_default();
            count.0 += u32::from(heap);
            count.1 += 1;
        }
    }
    for row in rows.iter_mut() {
        let (heap, all) = counts.get(&sheet(row)).copied().unwrap_or_default();
        row.rules.add_if(
            first(row) == Some(true) && heap >= 3 && heap * 100 >= all * 3,
            RuleId::BIRTH_HEAPED,
        );
    }
}
