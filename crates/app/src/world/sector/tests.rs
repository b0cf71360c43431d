use super::*;
use std::collections::BTreeMap;
use treem_child::report::estimate::{Histories, estimate};

fn plan(people: u32, seed: u64) -> Plan {
    Plan::new(people, jiff::civil::date(2024, 6, 13), seed)
        .unwrap()
        .real()
        .unwrap()
}

/// Of the children of each district and age band, known from the truth: how often the estimate from register and sectors together holds it.
#[test]
fn what_the_lists_say_together_is_near_the_truth() {
    let (mut held, mut asked, mut below, mut above) = (0, 0, 0, 0);
    for seed in [3, 4] {
        let plan = plan(40_000, seed);
        let mut cells: BTreeMap<(&str, i16), (u64, Histories)> = BTreeMap::new();
        for commune in &plan.communes {
            let people = People::of(&plan, commune);
            let lists = lists(&plan, commune, &people);
            let mut in_lists: Vec<usize> = people
                .children
                .iter()
                .map(|child| usize::from(child.place != super::super::people::Where::List))
                .collect();
            for (bit, list) in lists.iter().enumerate() {
                for (at, _) in &list.rows {
                    in_lists[*at] |= 2 << bit;
                }
            }
            for (child, history) in people.children.iter().zip(in_lists) {
                let band = match age(plan.as_of, child.birth) {
                    ..=2 => 0,
                    3..=5 => 3,
                    6..=10 => 6,
                    _ => 11,
                };
                let cell = cells
                    .entry((commune.district.code, band))
                    .or_insert_with(|| (0, Histories::new(6).unwrap()));
                cell.0 += 1;
                cell.1.add(history, 1);
            }
        }
        for ((district, band), (truth, histories)) in cells {
            let found = estimate(&histories).unwrap();
            let (low, high) = found.range();
            asked += 1;
            held += u32::from(!found.excludes(truth));
            below += u32::from(truth < low);
            above += u32::from(truth > high);
            let far = (found.total - f64::from(u32::try_from(truth).unwrap())).abs()
                / f64::from(u32::try_from(truth).unwrap());
            println!("{seed} {district} {band}: {truth}, {}", found.shown());
            assert!(far < 0.06, "{district} {band}: {truth}, {}", found.shown());
        }
    }
    println!("{held} of {asked}; truth below {below}, above {above}");
    assert!(held * 100 >= asked * 85, "{held} of {asked}");
}

/// A sector names nobody whom it cannot know, and its rows are the commune's children.
#[test]
fn sectors_know_their_ages() {
    let plan = plan(20_000, 5);
    let commune = &plan.communes[40];
    let people = People::of(&plan, commune);
    for list in lists(&plan, commune, &people) {
        assert!(!list.rows.is_empty(), "{:?}", list.sector);
        for (at, row) in &list.rows {
            let child = &people.children[*at];
            let age = age(plan.as_of, child.birth);
            match list.sector {
                Sector::School => assert!(age >= 3),
                Sector::Vaccination => assert!(age <= 6),
                Sector::CivilStatus => assert_ne!(child.no_number, Some(NoNumber::Unregistered)),
                Sector::HouseholdBook | Sector::Insurance => {}
            }
            assert_eq!(row.child, commune.child_from + *at as u64);
        }
        let book = book(&list, commune, false);
        assert_eq!(
            book.sheets[0].rows.len() as u64,
            list.rows.len() as u64 + FIRST_ROW - 1
        );
    }
}
