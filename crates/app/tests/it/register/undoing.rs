//! Undoing an import when other acts have come after it: a reform, a merge.

use super::{Desk, Value};
use crate::run;
use std::collections::BTreeSet;

const DAY: &str = "2024-06-13";

/// Imports a list; gives the import.
fn import(desk: &Desk, name: &str, lines: &[String]) -> String {
    let path = desk.path(name);
    run::list(&path, lines);
    let told = desk.json(&["import", path.to_str().unwrap(), "--as-of", DAY]);
    told["import"].as_str().unwrap().to_owned()
}

fn number(line: &str) -> &str {
    line.split(',').nth(4).unwrap()
}

fn id(desk: &Desk, line: &str) -> String {
    let shown = desk.json(&["child", "show", number(line)]);
    shown["child"].as_str().unwrap().to_owned()
}

fn counts(told: &Value) -> [i64; 3] {
    ["added", "changed", "kept"].map(|name| told[name].as_i64().unwrap())
}

fn sound(desk: &Desk) {
    assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
}

/// A line without its parents, as a book may have it that learns them later.
fn without_parents(line: &str) -> String {
    let mut cells: Vec<&str> = line.split(',').collect();
    cells[5..7].fill("");
    cells.join(",")
}

#[test]
fn after_a_reform() {
    for postgres in [false, true] {
        let desk = Desk::new(postgres);
        desk.json(&["init", "--edition", DAY]);
        let lines: Vec<String> = (1..=40).map(|nth| run::child(nth * 37)).collect();
        let mut first = lines[..30].to_vec();
        for line in &mut first[..3] {
            *line = without_parents(line);
        }
        import(&desk, "so.csv", &first);
        // Ten new ones; three whose parents are filled in; one who stands in another commune here, which a person takes.
        let mut second = lines[30..].to_vec();
        second.extend_from_slice(&lines[..3]);
        second.push(lines[3].replace("Xã Tà Rụt", "Xã A Ngo"));
        let known: Vec<String> = lines[..4].iter().map(|line| id(&desk, line)).collect();
        let shown = |child: &String| desk.json(&["child", "show", child]);
        let before: Vec<Value> = known.iter().map(shown).collect();
        let later = import(&desk, "xa.csv", &second);
        let waits = desk.json(&["decide", "--list", &later]);
        let rows = waits["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 1, "{waits}");
        let differs: Vec<&str> = rows[0]["differs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one[0].as_str().unwrap())
            .collect();
        let row = rows[0]["row"].as_str().unwrap();
        desk.json(&["decide", row, "--take", &differs.join(",")]);
        let old_units = desk.export();
        let told = desk.json(&["units", "reform", "2025-07-01", "--yes"]);
        assert_eq!(told["moved"], 40, "{told}");
        // A person edits one of the new ones after the reform, and one before it would be kept as well.
        let edited = id(&desk, &lines[30]);
        desk.correct(&edited);
        let full = desk.export();
        let preview = desk.json(&["undo", &later]);
        assert_eq!(counts(&preview), [9, 4, 1], "{preview}");
        assert_eq!(preview["kept_ids"], serde_json::json!([edited]));
        assert_eq!(desk.export(), full);
        let done = desk.json(&["undo", &later, "--yes"]);
        assert_eq!(counts(&done), [9, 4, 1], "{done}");
        // What they said before, where the reform has put them; who was put elsewhere by the list itself is where it was before the list.
        for (nth, (child, before)) in known.iter().zip(&before).enumerate() {
            let now = shown(child);
            for part in ["record", "findings", "identified", "complete"] {
                assert_eq!(now[part], before[part], "{nth} {part}");
            }
            let edition = if nth == 3 { "2020-01-01" } else { "2025-07-01" };
            assert_eq!(now["edition"], edition, "{nth}");
            assert_eq!(
                now["unit"], before["unit"],
                "{nth}: its code is the same in both"
            );
        }
        assert_eq!(desk.json(&["doctor"])["active"], 31);
        sound(&desk);
        // Done again, everything is as it was; and the reform goes back by itself.
        let again = desk.json(&["undo", &later, "--redo", "--yes"]);
        assert_eq!(counts(&again), [9, 4, 1], "{again}");
        assert_eq!(desk.export(), full);
        let others = |text: &str| -> BTreeSet<String> {
            let lines = text.lines().filter(|line| !line.contains(&edited));
            lines.map(str::to_owned).collect()
        };
        // To be undone and done again is no edit: all but the edited one go back with the reform.
        let undo_reform = |told: &Value, [turned, kept]: [u64; 2]| {
            let reform = told["reform"].as_str().unwrap();
            let preview = desk.json(&["units", "reform", "--undo", reform]);
            let back = desk.json(&["units", "reform", "--undo", reform, "--yes"]);
            for told in [preview, back] {
                assert_eq!(
                    (&told["turned"], &told["kept"]),
                    (&turned.into(), &kept.into())
                );
            }
            sound(&desk);
        };
        undo_reform(&told, [39, 1]);
        assert_eq!(others(&desk.export()), others(&old_units));
        // The reform taken back while the import is undone: who is withdrawn goes back, too, and the import comes back into the old units.
        // The edited one was there before this reform; who was put elsewhere by the list stands in the old unit already.
        let told = desk.json(&["units", "reform", "2025-07-01", "--yes"]);
        assert_eq!(told["moved"], 39, "{told}");
        let done = desk.json(&["undo", &later, "--yes"]);
        assert_eq!(counts(&done), [9, 4, 1], "{done}");
        undo_reform(&told, [38, 0]);
        let preview = desk.json(&["undo", &later, "--redo"]);
        let again = desk.json(&["undo", &later, "--redo", "--yes"]);
        for told in [preview, again] {
            assert_eq!(counts(&told), [9, 4, 1], "{told}");
        }
        assert_eq!(others(&desk.export()), others(&old_units));
        sound(&desk);
    }
}

#[test]
fn after_a_merge_of_one_of_its_children() {
    for postgres in [false, true] {
        let desk = Desk::new(postgres);
        desk.json(&["init", "--edition", DAY]);
        let lines: Vec<String> = (1..=26).map(|nth| run::child(nth * 37)).collect();
        import(&desk, "so.csv", &lines[..20]);
        let before = desk.export();
        let later = import(&desk, "xa.csv", &lines[20..]);
        let of = |nth: usize| id(&desk, &lines[nth]);
        // One goes into a record of the book, two of the list become one.
        let (stays, goes, one, other) = (of(0), of(20), of(21), of(22));
        let mut merges = Vec::new();
        for (keep, lose) in [(&stays, &goes), (&one, &other)] {
            let told = desk.json(&["merge", keep, lose, "--keep", keep, "--yes"]);
            merges.push(told["merge"].as_str().unwrap().to_owned());
        }
        let preview = desk.json(&["undo", &later]);
        assert_eq!(counts(&preview), [3, 0, 3], "{preview}");
        let kept: BTreeSet<&str> = preview["kept_ids"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap())
            .collect();
        assert_eq!(kept, [goes.as_str(), &one, &other].into());
        desk.json(&["undo", &later, "--yes"]);
        let state = |child: &str| {
            let shown = desk.json(&["child", "show", child]);
            shown["state"].as_str().unwrap().to_owned()
        };
        assert_eq!([&goes, &other].map(|child| state(child)), ["merged"; 2]);
        assert_eq!([&stays, &one].map(|child| state(child)), ["active"; 2]);
        assert_eq!(desk.json(&["doctor"])["active"], 21);
        sound(&desk);
        // Taken apart again, the records that were kept count; the book itself is as before the list.
        for merge in &merges {
            desk.json(&["unmerge", merge, "--yes"]);
        }
        assert_eq!(desk.json(&["doctor"])["active"], 23);
        let now = desk.export();
        for line in before.lines() {
            assert!(now.contains(line), "{line}");
        }
        sound(&desk);
        desk.json(&["undo", &later, "--redo", "--yes"]);
        assert_eq!(desk.json(&["doctor"])["active"], 26);
        sound(&desk);
    }
}

/// Two books of one province: all who have one number have `id.shared`, as within one book.
#[test]
fn a_number_of_another_book() {
    for postgres in [false, true] {
        let desk = Desk::new(postgres);
        desk.json(&["init", "--edition", DAY]);
        desk.json(&["init", "--register", "45b", "--edition", DAY]);
        let line = run::child;
        let list = |name: &str, lines: &[String]| {
            let path = desk.path(name);
            run::list(&path, lines);
            path.to_str().unwrap().to_owned()
        };
        let under = |line: &str, other: &str| line.replace(number(line), number(other));
        let into = |book: &str, list: &str| {
            desk.json(&["import", list, "--as-of", DAY, "--register", book])
        };
        into("45", &list("so.csv", &[line(37), line(74), line(111)]));
        // Into an empty book, then into one that has children.
        let first = list("mot.csv", &[under(&line(148), &line(37)), line(185)]);
        let second = list("hai.csv", &[under(&line(222), &line(74)), line(259)]);
        let (told, told_second) = (into("45b", &first), into("45b", &second));
        assert_eq!([&told["disputed"], &told_second["disputed"]], [1, 1]);
        let found = desk.json(&["list", "id.shared", "--register", "45b", "--as-of", DAY]);
        assert_eq!(found["children"], 2, "{found}");
        let shown = |number: &str| desk.json(&["child", "show", number, "--register", "45b"]);
        // Both have it, in either book; who has none is not told.
        let shared = |book: &str, line: &str| {
            let shown = desk.json(&["child", "show", number(line), "--register", book]);
            let shared = shown["findings"].to_string().contains("id.shared");
            assert_eq!(shown["identified"], !shared, "{shown}");
            shared
        };
        for line in [line(37), line(74)] {
            assert_eq!(["45", "45b"].map(|book| shared(book, &line)), [true; 2]);
        }
        assert!(!shared("45", &line(111)));
        // By an edit, and given up by one.
        let id = shown(number(&line(185)))["child"]
            .as_str()
            .unwrap()
            .to_owned();
        let edit = |number: &str| {
            let value = format!("number={number}");
            desk.json(&["child", "edit", &id, &value, "--register", "45b", "--yes"])
        };
        let came = edit(number(&line(111)))["come"].to_string();
        assert!(came.contains("id.shared"), "{came}");
        assert_eq!(
            ["45", "45b"].map(|book| shared(book, &line(111))),
            [true; 2]
        );
        let gone = edit(number(&line(185)))["gone"].to_string();
        assert!(gone.contains("id.shared"), "{gone}");
        assert!(!shared("45", &line(111)));
        let disputes = desk.json(&["disputes", "--register", "45b"]);
        let disputes = disputes["disputes"].as_array().unwrap();
        assert_eq!(disputes.len(), 2, "{disputes:?}");
        assert_eq!(disputes[0]["elsewhere"][0], "45", "{disputes:?}");
        // The list that brought one of them undone: the other has its number for itself, until the list is back.
        let second = told_second["import"].as_str().unwrap();
        for (redo, is) in [(false, false), (true, true)] {
            let more: &[&str] = if redo { &["--redo"] } else { &[] };
            desk.json(&[&["undo", second, "--yes", "--register", "45b"], more].concat());
            assert_eq!(shared("45", &line(74)), is);
        }
        // A book from before, where only one of the two was told: the doctor knows, and it is mended.
        let untold = || {
            let report = desk.json(&["doctor", "--register", "45"]);
            report["advice"].to_string().contains("disputes --settle")
        };
        assert!(!untold());
        let told = desk.json(&["child", "show", number(&line(37)), "--register", "45"]);
        desk.untell(told["child"].as_str().unwrap());
        assert!(untold());
        for settled in [1, 0] {
            let queue = desk.json(&["disputes", "--settle", "--register", "45"]);
            assert_eq!(queue["settled"], settled, "{queue}");
            assert!(shared("45", &line(37)));
            assert!(!untold());
        }
        for book in ["45", "45b"] {
            let report = desk.json(&["doctor", "--register", book]);
            assert_eq!(report["troubles"], Value::Array(vec![]));
        }
    }
}
