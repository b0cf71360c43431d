//! The sample lists against their truth: every row, every value, the exact set of rules of every row.

use super::run::{Record, check, children, findings, place, samples, table};
use std::collections::{BTreeMap, BTreeSet};

const COLUMNS: [&str; 5] = ["name", "birth", "sex", "ethnicity", "number"];
/// Habits of whole lists; the truth is about rows.
const NOT_COMPARED: [&str; 2] = ["birth.heaped", "name.sex"];

#[test]
fn lists_agree_with_their_truth() {
    let out = tempfile::tempdir().unwrap();
    let ran = check(&[&samples("lists")], out.path(), &["--no-lists"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let mut expected: BTreeMap<_, Record> = BTreeMap::new();
    for row in table(&samples("truth.csv")) {
        assert!(
            expected.insert(place(&row), row).is_none(),
            "the truth has a row twice"
        );
    }
    let mut rules: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for row in findings(out.path()) {
        let rule = row["rule"].as_str();
        if row["severity"] != "note" && !NOT_COMPARED.contains(&rule) {
            rules
                .entry(place(&row))
                .or_default()
                .insert(rule.to_owned());
        }
    }
    let mut wrong = Vec::new();
    for row in children(out.path()) {
        let at = place(&row);
        let Some(must) = expected.remove(&at) else {
            wrong.push(format!("{at:?}: no child stands here, or twice"));
            continue;
        };
        for column in COLUMNS {
            if row[column] != must[column] {
                wrong.push(format!(
                    "{at:?}: {column} is {:?}, must be {:?}",
                    row[column], must[column]
                ));
            }
        }
        let found = rules.remove(&at).unwrap_or_default();
        let must: BTreeSet<String> = must["rules"]
            .split('|')
            .filter(|rule| !rule.is_empty())
            .map(str::to_owned)
            .collect();
        if found != must {
            wrong.push(format!("{at:?}: rules {found:?}, must be {must:?}"));
        }
    }
    wrong.extend(expected.keys().map(|at| format!("{at:?}: row not found")));
    wrong.extend(
        rules
            .keys()
            .map(|at| format!("{at:?}: findings without a row")),
    );
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_letter_is_recomputed() {
    let table = samples("letter-table.csv");
    let table = table.to_str().unwrap();
    let ran = super::run::treem(&["coverage", table, "--json", "--deny", "error"]);
    assert_eq!(ran.code, 1);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let slips: Vec<(&str, &str)> = report["slips"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slip| {
            (
                slip["unit"].as_str().unwrap(),
                slip["cell"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        slips,
        [
            ("Vĩnh Linh", "missing"),
            ("Vĩnh Linh", "rate"),
            ("Triệu Phong", "rate"),
            ("Gio Linh", "rate"),
            ("Hướng Hóa", "rate"),
            ("Tổng cộng", "missing")
        ]
    );
    for key in ["rows", "total", "slips", "repairs", "notes"] {
        assert!(!report[key].is_null(), "{key}");
    }
    assert_eq!(super::run::treem(&["coverage", table]).code, 0);
}
