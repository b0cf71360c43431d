//! Headcounts: what is refused, which one holds, which ones cannot be believed.

use super::{Desk, Value};

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

#[test]
fn an_odd_headcount_is_said_and_taken() {
    for postgres in [false, true] {
        let desk = Desk::new(postgres);
        desk.json(&["init", "--edition", "2024-06-13"]);
        let path = desk.path("so-tre.csv");
        let load = |text: &str, day: &str| {
            std::fs::write(&path, text).unwrap();
            let file = path.to_str().unwrap();
            desk.json(&[
                "headcount",
                "load",
                file,
                "--edition",
                "2024-06-13",
                "--day",
                day,
            ])
        };
        // The letter's headcounts beside invented populations.
        let heads = "unit,headcount,population,population_date\n";
        let usual = "464,26847,95000,2019-04-01\n466,21178,77000,2019-04-01\n470,18867,70000,2019-04-01\n461,24281,95000,2019-04-01\n";
        let told = load(
            &format!("{heads}{usual}465,38857,90000,2019-04-01\n"),
            "2024-06-03",
        );
        assert_eq!(
            (&told["units"], &told["populations"]),
            (&5.into(), &5.into())
        );
        let doubts = told["doubts"].as_array().unwrap();
        assert_eq!(doubts.len(), 1, "{told}");
        assert_eq!(
            (&doubts[0]["unit"], &doubts[0]["against"]),
            (&"465".into(), &"people".into())
        );
        let sentence = doubts[0]["sentence"].as_str().unwrap();
        for words in [
            "Huyện Hướng Hóa: 38.857 trẻ bằng 43% dân số",
            "ngày 01/04/2019",
            "là 27%",
        ] {
            assert!(sentence.contains(words), "{sentence}");
        }
        // The populations are remembered; a jump is said, of the units of the file alone.
        let told = load("unit,headcount\n464,40000\n466,21200\n", "2024-12-31");
        let sentences = told["doubts"].to_string();
        assert_eq!(told["doubts"].as_array().unwrap().len(), 2, "{sentences}");
        assert!(
            sentences.contains("tăng 49% so với số 26.847 của ngày 03/06/2024"),
            "{sentences}"
        );
        let shown = desk.json(&["headcount", "show", "--as-of", "2024-06-13"]);
        assert_eq!(shown["doubts"].as_array().unwrap().len(), 1);
        let text = desk
            .treem(&["headcount", "show", "--as-of", "2024-06-13"])
            .out;
        assert!(
            text.contains("Nên hỏi lại:") && text.contains("Hướng Hóa: 38.857"),
            "{text}"
        );
        assert_eq!(
            desk.json(&["headcount", "show", "--as-of", "2023-01-01"])["doubts"],
            Value::Array(vec![])
        );
        std::fs::write(&path, format!("{heads}464,26847,nhiều,\n")).unwrap();
        let file = path.to_str().unwrap();
        desk.refused(
            &["headcount", "load", file, "--edition", "2024-06-13"],
            "dân số “nhiều” không phải số",
        );
    }
}
