//! Sound tables of any size and dress, and the same with one cell changed.

use super::super::{columns, words};
use super::*;
use proptest::prelude::*;
use std::fmt::Write as _;

/// A sound table: units with headcount and entered.
fn sound() -> impl Strategy<Value = (Vec<(i64, i64)>, Dress)> {
    let unit = (100_i64..60_000).prop_flat_map(|headcount| (Just(headcount), 1..=headcount));
    let dress = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(english, rate, missing, total)| Dress {
            english,
            rate,
            missing,
            total: total || !missing,
        },
    );
    (proptest::collection::vec(unit, 3..9), dress)
}

/// What a table shows, and how.
#[derive(Clone, Copy, Debug)]
struct Dress {
    english: bool,
    rate: bool,
    missing: bool,
    total: bool,
}

/// Its cells: lines × (headcount, entered, rate in hundredths, missing), the last line the total.
fn cells(units: &[(i64, i64)]) -> Vec<[i64; 4]> {
    let total = units
        .iter()
        .fold((0, 0), |sum, unit| (sum.0 + unit.0, sum.1 + unit.1));
    units
        .iter()
        .chain([&total])
        .map(|(h, e)| [*h, *e, columns::share(*e, *h, 2).unwrap(), h - e])
        .collect()
}

fn print(cells: &[[i64; 4]], dress: Dress) -> String {
    let column = |shown: bool, text: String| {
        if shown {
            format!(";{text}")
        } else {
            String::new()
        }
    };
    let whole = |value: i64| {
        if dress.english {
            words::whole(value).replace('.', ",")
        } else {
            words::whole(value)
        }
    };
    let rate = |value: i64| {
        if dress.english {
            format!("{}.{:02}%", value / 100, value % 100)
        } else {
            words::percent(value)
        }
    };
    let mut text = "TT;Đơn vị;Hiện có;Đã nhập".to_owned()
        + &column(dress.rate, "Tỷ lệ (%)".into())
        + &column(dress.missing, "Còn thiếu".into())
        + "\n";
    for (index, [h, e, r, m]) in cells.iter().enumerate() {
        let total = index + 1 == cells.len();
        if total && !dress.total {
            break;
        }
        let name = if total {
            ";Tổng cộng".to_owned()
        } else {
            format!("{};Xã số {index}", index + 1)
        };
        writeln!(
            text,
            "{name};{};{}{}{}",
            whole(*h),
            whole(*e),
            column(dress.rate, rate(*r)),
            column(dress.missing, whole(*m))
        )
        .unwrap();
    }
    text
}

proptest! {
    #[test]
    fn sound_tables_have_no_slips((units, dress) in sound()) {
        let report = read(&print(&cells(&units), dress));
        prop_assert_eq!(report.rows.len(), units.len());
        prop_assert_eq!((report.slips.len(), report.repairs.len(), report.conflicts.len()), (0, 0, 0), "{}", report.text());
    }

    /// One cell changed: with rate, missing and total its true value is the only change of a count that mends; with fewer columns it
    /// is one of those shown.
    #[test]
    fn one_changed_cell_is_found((units, dress) in sound(), line in 0_usize..9, column in 0_usize..4, by in 1_i64..90, up in any::<bool>()) {
        let column = match column {
            2 if !dress.rate => 0,
            3 if !dress.missing => 1,
            column => column,
        };
        let truth = cells(&units);
        let mut changed = truth.clone();
        let line = line % (changed.len() - usize::from(!dress.total));
        let value = &mut changed[line][column];
        *value = if up || *value <= by { *value + by } else { *value - by };
        let report = read(&print(&changed, dress));
        prop_assert!(!report.slips.is_empty());
        let name = if line + 1 == changed.len() { "Tổng cộng".to_owned() } else { format!("Xã số {line}") };
        let cell = [CellName::Headcount, CellName::Entered, CellName::Rate, CellName::Missing][column];
        let want = truth[line][column];
        let repaired = if column == 2 { Number::Rate(Rate(want)) } else { Number::Count(want) };
        let found = report.repairs.iter().filter(|r| matches!(r.cells.as_slice(), [c] if c.unit == name && c.cell == cell && c.repaired == repaired)).count();
        prop_assert_eq!(found, 1, "{} {:?} {}: {}", name, cell, want, report.text());
        if dress.rate && dress.missing && dress.total {
            prop_assert_eq!(report.repairs.len(), 1, "{}", report.text());
        }
    }

    #[test]
    fn any_grid_is_survived(grid in proptest::collection::vec(proptest::collection::vec("[0-9., %()x=A-Cổộđ-]{0,8}", 0..6), 0..8)) {
        if let Ok(report) = coverage(&grid) {
            prop_assert!(!report.text().is_empty());
        }
    }
}
