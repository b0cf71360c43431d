//! Identity numbers against the oracle table: what the twelve digits say, and what the rules make of it.
//!
//! In: `tests/oracles/cccd.tsv` (place, sex and year by vn-ident, cross-checked with four others). Out: agreement, row by row.

use std::collections::HashSet;
use treem_child::check::local::example;
use treem_child::check::rules::RuleSet;
use treem_child::field::Field;
use treem_child::normalise::number::{Number, Parts, Place, number};
use treem_child::normalise::sex::Sex;

/// One row: the cell, the province's digits and name, `M` or `F`, the birth year; empty where no package finds any.
struct Row {
    id: &'static str,
    code: &'static str,
    province: &'static str,
    gender: &'static str,
    year: &'static str,
    valid: bool,
}

fn rows() -> Vec<Row> {
    let rows: Vec<Row> = include_str!("../oracles/cccd.tsv")
        .split('\n')
        .skip(1)
        .filter(|row| !row.is_empty())
        .map(|row| {
            let columns: Vec<&str> = row.split('\t').collect();
            Row {
                id: columns[0],
                code: columns[1],
                province: columns[2],
                gender: columns[3],
                year: columns[4],
                valid: columns[5] == "yes",
            }
        })
        .collect();
    assert!(rows.len() > 180, "the table is there");
    rows
}

/// Cells that the packages refuse because they take no separators; they hold a sound number all the same.
fn is_only_written_oddly(cell: &str) -> bool {
    cell.chars()
        .any(|c| matches!(c, '.' | ' ' | '\'') || ('０'..='９').contains(&c))
}

#[test]
fn place_sex_and_year_agree() {
    let mut compared = 0;
    for row in rows().iter().filter(|row| row.valid) {
        let Number::Twelve(digits, parts) = number(row.id) else {
            panic!("{} is a number", row.id);
        };
        assert_eq!(digits, row.id);
        assert_eq!(parts.place(), Place::Province, "{}", row.id);
        assert_eq!(format!("{:03}", parts.place_code()), row.code, "{}", row.id);
        assert_eq!(parts.province(), Some(row.province), "{}", row.id);
        let sex = if row.gender == "M" {
            Sex::Male
        } else {
            Sex::Female
        };
        assert_eq!(Sex::of_digit(parts.century_digit()), sex, "{}", row.id);
        assert_eq!(parts.birth_year().to_string(), row.year, "{}", row.id);
        compared += 1;
    }
    assert!(compared > 150, "only {compared} rows compared");
}

#[test]
fn what_the_packages_refuse_is_refused() {
    for row in rows().iter().filter(|row| !row.valid) {
        match number(row.id) {
            Number::Twelve(_, parts) => assert!(
                parts.place() != Place::Province || is_only_written_oddly(row.id),
                "{}",
                row.id
            ),
            Number::Missing => assert_eq!(row.id, ""),
            Number::NotRegistered => panic!("{}", row.id),
            Number::Other(text) => assert!(Parts::of(&text).is_none(), "{}", row.id),
        }
    }
}

/// The rules that fire on a child with this number, sex and birth year.
fn fired(id: &str, sex: Sex, year: i16) -> HashSet<&'static str> {
    let year = year.to_string();
    let changes = [
        (Field::Number, id),
        (Field::Sex, sex.label()),
        (Field::Birth, year.as_str()),
    ];
    let rules = RuleSet::default();
    example::with_row(
        &changes,
        example::context_of(&rules),
        &rules,
        |_, findings| {
            findings
                .iter()
                .map(|finding| finding.rule.code())
                .filter(|code| code.starts_with("id."))
                .collect()
        },
    )
}

/// Each number with the sex and the year the packages read from it, then with either wrong.
#[test]
fn rules_follow_the_table() {
    let mut compared = 0;
    for row in rows().iter().filter(|row| row.valid) {
        let year: i16 = row.year.parse().unwrap();
        let (sex, other) = if row.gender == "M" {
            (Sex::Male, Sex::Female)
        } else {
            (Sex::Female, Sex::Male)
        };
        if !(2000..2100).contains(&year) {
            assert_eq!(
                fired(row.id, sex, year),
                ["id.century"].into(),
                "{}",
                row.id
            );
            continue;
        }
        assert!(fired(row.id, sex, year).is_empty(), "{}", row.id);
        assert_eq!(fired(row.id, other, year), ["id.sex"].into(), "{}", row.id);
        let before = if year == 2000 { 2001 } else { year - 1 };
        assert_eq!(fired(row.id, sex, before), ["id.year"].into(), "{}", row.id);
        assert_eq!(
            fired(row.id, other, before),
            ["id.sex", "id.year"].into(),
            "{}",
            row.id
        );
        compared += 1;
    }
    assert!(compared > 70, "only {compared} rows compared");
    for row in rows().iter().filter(|row| !row.valid) {
        let Number::Twelve(_, parts) = number(row.id) else {
            continue;
        };
        let sex = Sex::of_digit(parts.century_digit());
        let fired = fired(row.id, sex, parts.birth_year());
        assert_eq!(
            fired.contains("id.place"),
            parts.place() == Place::Unknown,
            "{}",
            row.id
        );
        assert_eq!(
            fired.contains("id.abroad"),
            parts.place() == Place::Abroad,
            "{}",
            row.id
        );
    }
}

/// Every province of the regulation, every digit of century and sex, some years: no number in between is taken for another.
#[test]
fn all_places() {
    let codes: HashSet<&str> = rows().iter().map(|row| row.code).collect();
    for place in 0..1000_u16 {
        for digit in 0..10_u8 {
            let id = format!("{place:03}{digit}15123456");
            let parts = Parts::of(&id).unwrap();
            assert_eq!(parts.place_code(), place);
            assert_eq!(parts.century_digit(), digit);
            assert_eq!(
                parts.birth_year(),
                1915 + 100 * i16::from(digit / 2),
                "{id}"
            );
            let code = format!("{place:03}");
            if codes.contains(code.as_str()) {
                assert_eq!(parts.place(), Place::Province, "{id}");
            }
            assert_eq!(parts.place() == Place::Abroad, place > 99, "{id}");
        }
    }
}
