//! The reform of area units on a book: what is shown, done, left, taken back; and the table of progress in old and new units all the while.

use super::super::run;
use super::{Desk, wait};
use serde_json::Value;
use std::collections::BTreeMap;
use treem_store::child::{ACTIVE, Entry, State};
use treem_store::{Begun, Doing, Store};

/// Rows and total of a table.
fn figures(table: &Value) -> (Value, Value) {
    (table["rows"].clone(), table["total"].clone())
}

/// A child who comes into a unit of 1/7/2025 by another way than a reform.
fn add(desk: &Desk, id: &str, unit: &str, hamlet: &str) {
    wait(async {
        let store = Store::open(&desk.data).await.unwrap();
        let doing = Doing {
            register: "45".to_owned(),
            act: "enter".to_owned(),
            who: "Hồ Thị Bích".to_owned(),
            role: String::new(),
            office: String::new(),
            why: String::new(),
            request: format!("nhap-{id}"),
            at: "2099-06-14T01:00:00.000000Z".to_owned(),
        };
        let Begun::Act(mut act) = store.begin(doing).await.unwrap() else {
            panic!("done before");
        };
        let entry = Entry {
            id: id.to_owned(),
            source: "nhập mới".to_owned(),
            state: State {
                state: ACTIVE.to_owned(),
                birth: "2015-03-12".to_owned(),
                leaves_on: "2031-03-12".to_owned(),
                edition: "2025-07-01".to_owned(),
                unit: Some(unit.to_owned()),
                number: Some(format!("04521500090{}", &id[35..])),
                identified: true,
                record: format!("{{\"name\":\"Hồ Văn Kăn\",\"hamlet\":\"{hamlet}\"}}"),
                sensitive: "{}".to_owned(),
                ..State::default()
            },
            ..Entry::default()
        };
        act.add_children(&[entry]).await.unwrap();
        act.finish(id, "{}").await.unwrap();
        store.close().await;
    });
}

/// Forty children of four communes of Đa Krông, with headcounts.
fn book(desk: &Desk) {
    desk.json(&["init", "--edition", "2024-06-13"]);
    let communes = ["Xã Tà Rụt", "Xã Húc Nghì", "Xã A Vao", "Xã A Bung"];
    let hamlets = ["Thôn Cu Tài", "Thôn La Hót", "Bản La Hót", "La Hot", ""];
    let rows: Vec<String> = (0..40)
        .map(|n| {
            let row = run::child(n + 1).replace("Xã Tà Rụt", communes[n as usize / 10]);
            if n < 30 {
                return row;
            }
            row.replace("Thôn A Đăng", hamlets[n as usize % 5])
        })
        .collect();
    let list = desk.path("ds.csv");
    run::list(&list, &rows);
    let told = desk.json(&["import", list.to_str().unwrap(), "--as-of", "2024-06-13"]);
    assert_eq!(told["new"], 40);
    let heads = desk.path("so-tre.csv");
    let others = [
        "19555", "19558", "19561", "19564", "19567", "19570", "19576", "19579", "19594",
    ];
    let others: String = others.iter().map(|code| format!("{code},0\n")).collect();
    std::fs::write(
        &heads,
        format!("unit,headcount\n19588,15\n19582,14\n19585,13\n19591,12\n{others}"),
    )
    .unwrap();
    let heads = heads.to_str().unwrap();
    desk.json(&[
        "headcount",
        "load",
        heads,
        "--edition",
        "2024-06-13",
        "--day",
        "2024-06-03",
    ]);
}

fn reform_of_a_book(postgres: bool) {
    let desk = Desk::new(postgres);
    book(&desk);
    let coverage =
        |edition: &str| desk.json(&["coverage", "--as-of", "2024-06-13", "--edition", edition]);
    let full = desk.export();
    let reform = |more: &[&str]| desk.json(&[&["units", "reform"], more].concat());
    desk.refused(&["units", "reform", "hôm qua"], "không phải một ngày");
    desk.refused(&["units", "reform", "2025-07"], "không phải một ngày");
    desk.refused(
        &["units", "reform", "--undo", "0190"],
        "không có lần sắp xếp",
    );
    let old = figures(&coverage("2024-06-13"));
    assert_eq!(
        (&old.1["headcount"], &old.1["entered"]),
        (&54.into(), &40.into())
    );
    // Asked for the new units before anything is done: by the tables.
    let before = coverage("2025-07-01");
    let entered = |table: &Value| -> BTreeMap<String, (i64, Option<i64>)> {
        table["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let count = |key: &str| row[key].as_i64();
                let name = row["unit"].as_str().unwrap().to_owned();
                (name, (count("entered").unwrap(), count("headcount")))
            })
            .collect()
    };
    assert_eq!(
        entered(&before),
        BTreeMap::from([
            ("Xã Tà Rụt".to_owned(), (30, Some(42))),
            ("Xã La Lay".to_owned(), (10, Some(12))),
        ])
    );
    // A file divides A Bung by hamlet.
    let file = desk.path("chia.csv");
    let line = |hamlet: &str, to: &str| format!("2020-01-01,19591,{hamlet},2025-07-01,{to}\n");
    let text = format!(
        "from_edition,from_unit,hamlet,to_edition,to_unit\n{}{}",
        line("Thôn Cu Tài", "19588"),
        line("Thôn La Hót", "19594")
    );
    std::fs::write(&file, &text).unwrap();
    let file = file.to_str().unwrap();
    let preview = reform(&[file]);
    let count = |told: &Value, key: &str| told[key].as_i64().unwrap();
    assert_eq!(
        ["moved", "undecided", "unnamed"].map(|key| count(&preview, key)),
        [4, 6, 30]
    );
    assert_eq!(
        (&preview["done"], desk.export()),
        (&false.into(), full.clone())
    );
    let lines: Vec<(Value, Value, Value)> = preview["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let of = |key: &str| line[key].clone();
            (of("to_unit"), of("children"), of("headcount"))
        })
        .collect();
    assert_eq!(
        serde_json::to_value(lines).unwrap(),
        serde_json::json!([[null, 6, 12], ["19588", 2, 12], ["19594", 2, 12]])
    );
    let by_file = reform(&[file, "--yes", "--why", "thử"]);
    assert_eq!(
        (count(&by_file, "moved"), &by_file["done"]),
        (4, &true.into())
    );
    let left = reform(&["--left"]);
    let waits: Vec<(&str, i64)> = left["left"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["hamlet"].as_str().unwrap(), count(one, "children")))
        .collect();
    assert_eq!(waits, [("", 2), ("Bản La Hót", 2), ("La Hot", 2)]);
    // The same again does nothing.
    let again = reform(&[file, "--yes"]);
    assert_eq!((count(&again, "moved"), &again["done"]), (0, &false.into()));
    assert_eq!(reform(&["--list"])["reforms"].as_array().unwrap().len(), 1);
    // The rest by the tables.
    let by_day = reform(&["2025-07-01", "--yes"]);
    assert_eq!((count(&by_day, "moved"), count(&by_day, "there")), (36, 4));
    assert_eq!(reform(&["--left"])["children"], 0);
    let again = reform(&["2025-07-01", "--yes"]);
    assert_eq!((count(&again, "moved"), &again["done"]), (0, &false.into()));
    let after = coverage("2025-07-01");
    assert_eq!(
        entered(&after)
            .values()
            .map(|row| row.0)
            .collect::<Vec<_>>(),
        [8, 32]
    );
    // In the old units everybody is where they were.
    assert_eq!(figures(&coverage("2024-06-13")), old);
    // Taken back: first the last one.
    let (first, second) = (
        by_file["reform"].as_str().unwrap(),
        by_day["reform"].as_str().unwrap(),
    );
    desk.refused(
        &["units", "reform", "--undo", first, "--yes"],
        "hủy lần ấy trước",
    );
    let id = full.split(' ').next().unwrap().to_owned();
    desk.correct(&id);
    for (nth, hamlet) in [(1, "Thôn Cu Tài"), (2, "Thôn A Đang")] {
        let id = format!("01900000-0000-7000-8000-00000000000{nth}");
        add(&desk, &id, "19588", hamlet);
    }
    // Who came later has no old commune: of one the hamlet tells it, of the other only the district is beyond doubt.
    let with_two_more = coverage("2024-06-13");
    assert_eq!(with_two_more["total"]["entered"], 42);
    let notes = with_two_more["notes"].to_string();
    assert!(notes.contains("1 trẻ chỉ xác định được huyện"), "{notes}");
    let shown = reform(&["--undo", second]);
    assert_eq!(
        ["turned", "kept", "newcomers"].map(|key| count(&shown, key)),
        [35, 1, 2]
    );
    assert_eq!(shown["kept_children"][0]["child"], id);
    assert_eq!(reform(&["--undo", second, "--yes"])["done"], true);
    desk.refused(&["units", "reform", "--undo", second], "đã được hủy");
    assert_eq!(reform(&["--undo", first, "--yes"])["turned"], 4);
    // Three stay in the new units: one has its own past.
    assert_eq!(coverage("2024-06-13")["total"]["entered"], 42);
    let back = desk.export();
    let same = |text: &str| {
        let mut lines: Vec<String> = text
            .lines()
            .filter(|line| !line.starts_with(&id) && !line.starts_with("01900000"))
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(same(&back), same(&full));
    assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
    let history = desk.json(&[
        "child",
        "history",
        full.lines().nth(1).unwrap().get(..36).unwrap(),
    ]);
    let kinds: Vec<&str> = history["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["added", "reassigned", "reassigned"]);
}

#[test]
fn what_a_reform_does() {
    for postgres in [false, true] {
        reform_of_a_book(postgres);
    }
}

/// The letter's table by old districts stays exact while children stand in the units of 1/7/2025 and after they are back, and the new units
/// have the sums of the old ones that went into them.
pub fn the_letter_and_the_reform(desk: &Desk, table: &dyn Fn(&[&str]) -> Value, headcounts: &str) {
    let first = table(&["--edition", "2024-06-13"]);
    let new = || {
        desk.json(&[
            "coverage",
            "--as-of",
            "2024-06-13",
            "--edition",
            "2025-07-01",
        ])
    };
    let before = new();
    let began = std::time::Instant::now();
    let told = desk.json(&["units", "reform", "2025-07-01", "--yes"]);
    eprintln!("reform: {:?}", began.elapsed());
    let count = |told: &Value, key: &str| told[key].as_i64().unwrap();
    // Some of the 1,751 of Vĩnh Linh have no commune, only the district: they wait.
    let undecided = count(&told, "undecided");
    assert_eq!(count(&told, "moved") + undecided, 137_502);
    assert!((400..700).contains(&undecided), "{undecided}");
    let left = desk.json(&["units", "reform", "--left"]);
    assert_eq!(
        (&left["children"], &left["left"][0]["unit"]),
        (&undecided.into(), &"464".into())
    );
    let parts = |table: &Value| ["rows", "total", "slips"].map(|part| table[part].clone());
    assert_eq!(parts(&table(&["--edition", "2024-06-13"])), parts(&first));
    let after = new();
    assert_eq!(parts(&after), parts(&before));
    // By the table of successions and the file of headcounts.
    let map = desk.json(&[
        "units",
        "map",
        "--all",
        "--in",
        "Quảng Trị",
        "--from",
        "2024-06-13",
        "--to",
        "2025-07-01",
    ]);
    let to: BTreeMap<&str, &str> = map["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            assert_eq!(line["share"], "whole");
            let of = |key: &str| &line[key];
            (
                of("from")["code"].as_str().unwrap(),
                of("to")["name"].as_str().unwrap(),
            )
        })
        .collect();
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for line in run::table(std::path::Path::new(headcounts)) {
        *sums.entry(to[line["unit"].as_str()]).or_default() +=
            line["headcount"].parse::<i64>().unwrap();
    }
    let rows = after["rows"].as_array().unwrap();
    let shown: BTreeMap<&str, i64> = rows
        .iter()
        .map(|row| (row["unit"].as_str().unwrap(), count(row, "headcount")))
        .collect();
    sums.retain(|_, sum| *sum > 0);
    assert_eq!(shown, sums);
    assert_eq!(
        (&after["total"]["headcount"], rows.len()),
        (&187_288.into(), 36)
    );
    let mut children: BTreeMap<&str, i64> = BTreeMap::new();
    let lines = told["lines"].as_array().unwrap();
    for line in lines.iter().filter(|line| !line["to_unit"].is_null()) {
        let code = line["from_unit"].as_str().unwrap();
        assert_eq!(
            line["to_name"].as_str().unwrap(),
            to.get(code).copied().unwrap()
        );
        *children.entry(to[code]).or_default() += count(line, "children");
    }
    for row in rows {
        let unit = row["unit"].as_str().unwrap();
        assert!(count(row, "entered") <= children[unit], "{unit}");
    }
    let id = told["reform"].as_str().unwrap();
    let undone = desk.json(&["units", "reform", "--undo", id, "--yes"]);
    assert_eq!(undone["turned"], told["moved"]);
    assert_eq!(parts(&table(&["--edition", "2024-06-13"])), parts(&first));
    assert_eq!(parts(&new()), parts(&before));
    assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
}
