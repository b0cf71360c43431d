//! The table of progress on both engines: every figure is a count made from the export, for units, days and editions, after acts of every
//! kind; what is behind a figure are those children; a sum that was spoilt is found and counted anew.

use super::super::run;
use super::doubles::{book, ids, row};
use super::{Desk, Value};
use std::collections::{BTreeMap, BTreeSet};

fn children() -> Vec<String> {
    let mut out = Vec::new();
    let communes = ["Xã Tà Rụt", "Xã A Ngo", "Xã Húc Nghì"];
    let given = [
        "An", "Bình", "Cường", "Dũng", "Hà", "Khánh", "Lâm", "Mai", "Nam", "Oanh", "Phúc",
    ];
    for nth in 0..33_usize {
        let commune = communes[nth % 3];
        let (day, month, year) = (1 + nth % 27, 1 + nth % 12, 2008 + nth % 16);
        let birth = format!("{day:02}/{month:02}/{year}");
        let boy = nth % 2 == 0;
        let number = match nth % 4 {
            0 => String::new(),
            1 => format!("0452{nth:02}"),
            _ => {
                let century = if boy { 2 } else { 3 };
                format!("045{century}{:02}{:06}", year % 100, 100 + nth)
            }
        };
        let mother = if nth % 5 == 0 { "" } else { "Hồ Thị Lá" };
        let sex = if boy { "Nam" } else { "Nữ" };
        let name = format!("Hồ {} {}", ["Văn", "Thị", "Đình"][nth % 3], given[nth % 11]);
        out.push(row(&name, &birth, sex, &number, mother, commune));
    }
    out
}

/// How many children of a commune the export has on a day: all, identified, complete, with an error.
fn counted(desk: &Desk, out: &str, day: &str) -> BTreeMap<String, [i64; 4]> {
    let out = desk.path(out);
    let wrong: BTreeSet<String> = run::findings(&out)
        .into_iter()
        .filter(|one| one["severity"] == "error")
        .map(|one| one["child"].clone())
        .collect();
    let mut sums: BTreeMap<String, [i64; 4]> = BTreeMap::new();
    for one in run::children(&out) {
        let (birth, state) = (one["birth"].as_str(), one["state"].as_str());
        let is_child = state == "active" && birth <= day && {
            let year: i32 = birth[..4].parse().unwrap();
            let leaves = format!("{}{}", year + 16, &birth[4..]);
            leaves.as_str() > day
        };
        if !is_child {
            continue;
        }
        let sum = sums.entry(one["unit"].clone()).or_default();
        sum[0] += 1;
        sum[1] += i64::from(one["identified"] == "yes");
        sum[2] += i64::from(one["complete"] == "yes");
        sum[3] += i64::from(wrong.contains(&one["child"]));
    }
    sums
}

fn figures(line: &Value) -> [i64; 4] {
    ["registered", "identified", "complete", "to_clean"].map(|name| line[name].as_i64().unwrap())
}

/// The table is what the export says, on days at the edges of months and ages.
fn check(desk: &Desk, out: &str) {
    let ran = desk.treem(&["export", "--out", out, "--as", "thử"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for day in [
        "2024-06-13",
        "2024-06-30",
        "2024-07-01",
        "2019-05-17",
        "2027-03-03",
        "2039-12-31",
    ] {
        let want = counted(desk, out, day);
        let told = desk.json(&[
            "report",
            "show",
            "--as-of",
            day,
            "--edition",
            "2024-06-13",
            "--level",
            "commune",
        ]);
        let mut total = [0; 4];
        let mut got = BTreeMap::new();
        for line in told["lines"].as_array().unwrap() {
            let figures = figures(line);
            for (sum, figure) in total.iter_mut().zip(figures) {
                *sum += figure;
            }
            if figures != [0; 4] {
                got.insert(line["unit"].as_str().unwrap().to_owned(), figures);
            }
        }
        assert_eq!(got, want, "{day}");
        assert_eq!(figures(&told["total"]), total, "{day}");
        // By district, and in the units of today, the same children.
        for other in [
            ["--edition", "2024-06-13", "--level", "district"],
            ["--edition", "2025-07-01", "--level", "commune"],
            ["--edition", "2024-06-13", "--level", "province"],
        ] {
            let arguments = [&["report", "show", "--as-of", day][..], &other[..]].concat();
            let told = desk.json(&arguments);
            assert_eq!(figures(&told["total"]), total, "{day} {other:?}");
            let lines = told["lines"].as_array().unwrap();
            let mut sum = [0; 4];
            for line in lines {
                for (sum, figure) in sum.iter_mut().zip(figures(line)) {
                    *sum += figure;
                }
            }
            assert_eq!(sum, total, "{day} {other:?}");
        }
    }
    assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
}

fn tell(postgres: bool) {
    let desk = book(postgres, &children());
    check(&desk, "ra-1");
    // Edited, closed, moved, undone: the figures follow.
    let all = ids(&desk, 33);
    let edit = |child: &str, what: &[&str]| {
        let ran = desk.treem(&[&["child", "edit", child][..], what, &["--yes"]].concat());
        assert_eq!(ran.code, 0, "{what:?}: {}", ran.err);
    };
    edit(&all[0], &["mother=Hồ Thị Suối", "--as-of", "2024-06-13"]);
    edit(&all[5], &["birth=2013-02-01", "--as-of", "2024-06-13"]);
    for (child, how) in [
        (&all[7], ["--died", "2024-06-01"]),
        (&all[8], ["--left", "2024-06-01"]),
    ] {
        let close = [&["child", "close", child.as_str()][..], &how[..]].concat();
        let ran = desk.treem(&close);
        assert_eq!(ran.code, 0, "{how:?}: {}", ran.err);
    }
    check(&desk, "ra-2");
    let imports = desk.json(&["imports"]);
    let import = imports["imports"][0]["import"].as_str().unwrap().to_owned();
    assert_eq!(desk.treem(&["undo", &import, "--yes"]).code, 0);
    check(&desk, "ra-3");
    assert_eq!(desk.treem(&["undo", &import, "--redo", "--yes"]).code, 0);
    check(&desk, "ra-4");
    // Headcounts: still to enter is what is missing, net.
    std::fs::write(
        desk.path("so.csv"),
        "unit,headcount,date,source,signed_by\n19588,20,2024-06-03,báo cáo,Hồ Văn Lâm\n",
    )
    .unwrap();
    assert_eq!(
        desk.treem(&["headcount", "load", "so.csv", "--edition", "2024-06-13"])
            .code,
        0
    );
    let told = desk.json(&["report", "show", "--as-of", "2024-06-13", "--unit", "19588"]);
    let total = &told["total"];
    let registered = total["registered"].as_i64().unwrap();
    assert_eq!(total["to_enter"].as_i64(), Some(20 - registered));
    assert_eq!(total["records"][0]["signed_by"], "Hồ Văn Lâm");
    assert_eq!(told["level"], "hamlet");
    let hamlets = told["lines"].as_array().unwrap();
    let sum: i64 = hamlets
        .iter()
        .map(|line| line["registered"].as_i64().unwrap())
        .sum();
    assert_eq!(sum, registered);
    // Against a day before the book there was nothing.
    let told = desk.json(&[
        "report",
        "show",
        "--as-of",
        "2024-06-13",
        "--compare",
        "2020-01-31",
    ]);
    assert_eq!(
        told["total"]["change"]["registered"],
        told["total"]["registered"]
    );
    // As files.
    for file in ["bang.csv", "bang.xlsx"] {
        assert_eq!(
            desk.treem(&["report", "show", "--as-of", "2024-06-13", "--out", file])
                .code,
            0
        );
        assert!(std::fs::metadata(desk.path(file)).unwrap().len() > 100);
    }
    let last = run::table(&desk.path("bang.csv")).pop().unwrap();
    assert_eq!(last["unit"], "*");
    assert_eq!(last["registered"], told["total"]["registered"].to_string());
    desk.refused(&["report", "show", "--out", "bang.doc"], ".xlsx");
    desk.refused(&["report", "show", "--level", "hamlet"], "xã");
    // A sum that was spoilt is found, and counted anew.
    if !postgres {
        return;
    }
    desk.ask("update tally set children = children + 1");
    let doctor = desk.treem(&["doctor", "--json"]);
    assert_eq!(doctor.code, 3);
    assert!(
        doctor.out.contains("treem report recount"),
        "{}",
        doctor.out
    );
    assert_eq!(desk.treem(&["report", "recount"]).code, 0);
    check(&desk, "ra-5");
}

#[test]
fn every_figure_is_a_count_of_the_export() {
    for postgres in [false, true] {
        tell(postgres);
    }
}
