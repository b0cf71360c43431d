//! Who is missing: lists of other sectors loaded for a purpose, compared, named, entered, refused, counted, erased; the same on both engines.

use super::super::run;
use super::Desk;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const AS_OF: &str = "2024-06-13";
const KINDS: [&str; 5] = ["a0", "school", "vaccination", "insurance", "civil"];

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A column of a csv by its heading.
fn column(rows: &[Vec<String>], heading: &str) -> usize {
    rows[0].iter().position(|head| head == heading).unwrap()
}

/// Unit and birth date of the children who are in no register, by the truth.
fn truly_missing(province: &Path) -> BTreeSet<(String, String)> {
    let rows = run::csv(&std::fs::read_to_string(province.join("truth-children.csv")).unwrap());
    let [unit, birth, record] = ["unit", "birth", "record"].map(|head| column(&rows, head));
    rows[1..]
        .iter()
        .filter(|row| row[record] == "list")
        .map(|row| (row[unit].clone(), row[birth].clone()))
        .collect()
}

/// Unit and birth date of the children who stand in the register twice, by the truth.
fn standing_twice(province: &Path) -> BTreeSet<(String, String)> {
    let read = |name: &str| run::csv(&std::fs::read_to_string(province.join(name)).unwrap());
    let rows = read("truth.csv");
    let [file, child] = ["file", "child"].map(|head| column(&rows, head));
    let (mut once, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for row in rows[1..].iter().filter(|row| row[file] == "register.xlsx") {
        if !once.insert(row[child].clone()) {
            twice.insert(row[child].clone());
        }
    }
    let rows = read("truth-children.csv");
    let [child, unit, birth] = ["child", "unit", "birth"].map(|head| column(&rows, head));
    rows[1..]
        .iter()
        .filter(|row| twice.contains(&row[child]))
        .map(|row| (row[unit].clone(), row[birth].clone()))
        .collect()
}

/// The open found children: those surely missing, and those who perhaps are in the book.
fn listed(desk: &Desk) -> Vec<Vec<String>> {
    let out = desk.path("thieu.csv");
    desk.json(&["missing", "list", "--out", &text(&out)]);
    run::csv(&std::fs::read_to_string(out).unwrap())
}

fn of_level<'r>(report: &'r Value, level: &str) -> Vec<&'r Value> {
    let units = report["units"].as_array().unwrap();
    units.iter().filter(|unit| unit["level"] == level).collect()
}

/// Tells the story on an engine; gives what must be the same on both.
fn tell(postgres: bool, province: &Path) -> Vec<String> {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", AS_OF]);
    desk.json(&[
        "import",
        &text(&province.join("register.xlsx")),
        "--as-of",
        AS_OF,
    ]);
    desk.json(&[
        "headcount",
        "load",
        &text(&province.join("headcounts.csv")),
        "--edition",
        AS_OF,
    ]);
    let list = |kind: &str| text(&province.join("sectors").join(kind));

    // Nothing is read that nobody says what for, or by which law.
    let a0 = list("a0");
    let without = ["missing", "load", &a0, "--kind", "a0"];
    desk.refused(&without, "mục đích");
    let purpose = ["--purpose", "Rà soát trẻ em năm 2024"];
    desk.refused(&[&without[..], &purpose].concat(), "căn cứ pháp lý");
    desk.refused(&["missing", "link"], "chưa nạp danh sách");
    let basis = ["--basis", "Kế hoạch số 12/KH-UBND", "--day", AS_OF];
    for kind in KINDS {
        let path = list(kind);
        let load = ["missing", "load", &path, "--kind", kind];
        let loaded = desk.json(&[&load[..], &purpose, &basis].concat());
        let count = |of: &str| loaded[of].as_u64().unwrap();
        assert!(count("without_unit") * 10 < count("rows"), "{kind}");
        desk.refused(&[&load[..], &purpose, &basis].concat(), "đã được nạp");
    }
    let before = desk.export();
    let linked = desk.json(&["missing", "link", "--as-of", AS_OF]);
    assert_eq!(desk.export(), before, "the book is as it was");

    // Whom it names are missing.
    let found = listed(&desk);
    let missing = truly_missing(province);
    let [unit, birth, sure] = ["unit", "birth", "sure"].map(|head| column(&found, head));
    let named: Vec<&Vec<String>> = found[1..].iter().filter(|row| row[sure] == "yes").collect();
    // A list may say a birth or a commune that is not the child's. A row without one cannot be told right by place and day.
    let placed = named.iter().filter(|row| !row[unit].is_empty()).count();
    let right = named
        .iter()
        .filter(|row| missing.contains(&(row[unit].clone(), row[birth].clone())))
        .count();
    assert!(
        right * 100 >= placed * 97
            && placed * 10 >= named.len() * 9
            && right * 100 >= missing.len() * 80,
        "{right} of {placed} names with a place, {} names, {} missing",
        named.len(),
        missing.len()
    );
    assert_eq!(named.len() as u64, linked["found"].as_u64().unwrap());
    // Who stands in the register twice is there.
    let twice = standing_twice(province);
    assert!(twice.len() >= 5, "{}", twice.len());
    let there = named
        .iter()
        .map(|row| (row[unit].clone(), row[birth].clone()))
        .filter(|of| twice.contains(of) && !missing.contains(of));
    assert_eq!(there.count(), 0);

    // Compared again, it finds the same.
    let again = desk.json(&["missing", "link", "--as-of", AS_OF]);
    assert_eq!((&again, listed(&desk)), (&linked, found.clone()));

    // The district that counts too many, and no other.
    let report = desk.json(&["missing", "estimate", "--as-of", AS_OF]);
    let told = std::fs::read_to_string(province.join("generate.json")).unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    let doubted: Vec<&Value> = of_level(&report, "district")
        .into_iter()
        .filter(|unit| unit["doubts"] != serde_json::json!([]))
        .map(|unit| &unit["unit"])
        .collect();
    assert_eq!(doubted, [&told["inflated"]]);
    let whole = of_level(&report, "province")[0];
    let range = |of: &str| whole["estimate"][of].as_i64().unwrap();
    assert!(range("low") <= 5_000 && range("high") >= 5_000, "{whole}");
    assert_eq!(
        whole["net"].as_i64().unwrap(),
        whole["headcount"].as_i64().unwrap() - whole["entered"].as_i64().unwrap()
    );
    let coverage = desk.json(&["coverage", "--as-of", AS_OF, "--edition", AS_OF]);
    let notes = coverage["notes"].to_string();
    assert!(notes.contains("số ước tính từ các danh sách"), "{notes}");

    // One is entered with what is known, one is refused; a later comparison goes by it.
    let row = column(&found, "row");
    let (one, other) = (named[0][row].clone(), named[1][row].clone());
    let asked = ["missing", "enter", &one, "--as-of", AS_OF];
    assert_eq!(desk.json(&asked)["done"], false);
    let entered = desk.json(&[&asked[..], &["--different", "--yes"]].concat());
    assert_eq!(
        (&entered["done"], &entered["children"][0]["what"]),
        (&Value::Bool(true), &Value::from("new"))
    );
    desk.refused(&asked, "đã được nhập vào sổ");
    desk.refused(&["missing", "enter", "ba"], "mã dòng");
    let refuse = ["missing", "refuse", &other, "--why", "moved"];
    desk.json(&refuse);
    desk.refused(&refuse, "không thiếu");
    let after = desk.json(&["missing", "link", "--as-of", AS_OF]);
    let count = |of: &Value, what: &str| of[what].as_u64().unwrap();
    assert_eq!(count(&after, "refused"), 1);
    assert_eq!(count(&after, "found") + 2, count(&linked, "found"));
    assert!(count(&after, "in_book") > count(&linked, "in_book"));
    let left = listed(&desk);
    assert!(
        left.iter()
            .all(|line| line[row] != one && line[row] != other)
    );

    // The purpose is over.
    assert_eq!(desk.json(&["missing", "drop", "1"])["done"], false);
    let dropped = desk.json(&["missing", "drop", "1", "--yes"]);
    assert_eq!(dropped["done"], true);
    desk.refused(&["missing", "drop", "1"], "đã được hủy");
    let sources = desk.json(&["missing", "sources"]);
    assert_eq!(sources["sources"][0]["purpose"], "Rà soát trẻ em năm 2024");
    assert!(
        listed(&desk)[1..]
            .iter()
            .all(|line| !line[row].starts_with("1-"))
    );
    let kinds = column(&found, "found_in");
    assert!(
        listed(&desk)[1..]
            .iter()
            .all(|line| !line[kinds].contains("a0"))
    );
    desk.json(&["doctor"]);
    // Ids of children are of each book alone.
    let may_be = column(&found, "may_be");
    let mut found = found;
    for line in &mut found {
        line.remove(may_be);
    }
    vec![
        linked.to_string(),
        format!("{found:?}"),
        report["units"].to_string(),
        after.to_string(),
        dropped["linked"].to_string(),
    ]
}

#[test]
fn who_is_missing_is_found_entered_refused_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let province = folder.path().join("tinh");
    // Workbooks, whose titles say which of two towns a "Phường 1" is of.
    let out = text(&province);
    let made = [
        "generate",
        "--out",
        &out,
        "--seed",
        "3",
        "--scenario",
        "real",
    ];
    assert_eq!(
        run::treem(&[&made[..], &["--people", "5000"]].concat()).code,
        0
    );
    let told = tell(false, &province);
    assert_eq!(told, tell(true, &province));
}
