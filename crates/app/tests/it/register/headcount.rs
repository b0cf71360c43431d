//! Headcounts as a person loads them: what cannot be used is said in words.

use super::Desk;
use serde_json::Value;

#[test]
fn headcounts_are_refused_in_words() {
    let desk = Desk::new(false);
    desk.json(&["init", "--edition", "2024-06-13"]);
    let check = |text: &str, more: &[&str], words: &str| {
        let path = desk.path("so-tre.csv");
        std::fs::write(&path, text).unwrap();
        let arguments = ["headcount", "load", path.to_str().unwrap()];
        desk.refused(&[&arguments, more].concat(), words);
    };
    let then = ["--edition", "2024-06-13"];
    check("a,b\n1,2\n", &then, "không thấy cột");
    check(
        "unit,headcount\n19588,mười\n",
        &then,
        "“mười” không phải số",
    );
    check("unit,headcount\n19588,-3\n", &then, "số âm");
    check(
        "unit,headcount\n99999,3\n",
        &then,
        "không có trong danh mục",
    );
    check(
        "unit,headcount\n19588,3\n19588,4\n",
        &then,
        "dòng 3: 19588 Xã Tà Rụt đã có",
    );
    check(
        "unit,headcount,date\n19588,3,hôm qua\n",
        &then,
        "dòng 2: ngày “hôm qua”",
    );
    check(
        "unit,headcount,edition\n19588,3,2020-01-01\n",
        &["--edition", "2025-07-01"],
        "--edition 2020-01-01",
    );
    check(
        "unit,headcount\n19588,3\n",
        &["--day", "hôm qua"],
        "ngày “hôm qua”",
    );
    assert_eq!(
        desk.json(&["headcount", "show", "--as-of", "2030-01-01"])["headcounts"],
        Value::Array(vec![])
    );
    // The last of the latest day holds.
    let path = desk.path("so-tre.csv");
    for (day, count) in [("2024-06-01", 5), ("2024-05-01", 4), ("2024-06-01", 6)] {
        std::fs::write(&path, format!("unit,headcount\n19588,{count}\n")).unwrap();
        let told = desk.json(&[
            "headcount",
            "load",
            path.to_str().unwrap(),
            "--edition",
            "2024-06-13",
            "--day",
            day,
            "--source",
            "báo cáo",
        ]);
        assert_eq!(
            (&told["units"], &told["children"]),
            (&1.into(), &count.into())
        );
    }
    for (day, count) in [("2024-05-31", 4), ("2024-06-13", 6)] {
        let held = desk.json(&["headcount", "show", "--as-of", day]);
        assert_eq!(held["headcounts"][0]["headcount"], count, "{day}");
    }
}
