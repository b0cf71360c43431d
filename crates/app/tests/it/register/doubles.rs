//! Suspected doubles, children who are known to be different, disputed numbers; headcounts that cannot be believed.

use super::{Desk, Value};

/// A row with a name, a birth date, a number, a mother.
pub fn row(
    name: &str,
    birth: &str,
    sex: &str,
    number: &str,
    mother: &str,
    commune: &str,
) -> String {
    format!("{name},{birth},{sex},Kinh,{number},Hồ Văn Núi,{mother},Thôn 1,{commune},Huyện Đakrông")
}

/// A book of twenty children and the given rows.
pub fn book(postgres: bool, rows: &[String]) -> Desk {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    let list = desk.path("ds.csv");
    let mut all: Vec<String> = (1..=20).map(crate::run::child).collect();
    all.extend(rows.iter().cloned());
    crate::run::list(&list, &all);
    desk.json(&["import", list.to_str().unwrap(), "--as-of", "2024-06-13"]);
    desk
}

/// Ids of the children of the last rows, in the order of the rows.
pub fn ids(desk: &Desk, rows: usize) -> Vec<String> {
    let all: Vec<String> = desk
        .export()
        .lines()
        .map(|line| line[..36].to_owned())
        .collect();
    all[all.len() - rows..].to_vec()
}

const NUMBER: &str = "045216000077";

fn doubles() -> Vec<String> {
    vec![
        row(
            "Hồ Thị Mưa",
            "05/05/2016",
            "Nữ",
            "045316000088",
            "Hồ Thị Suối",
            "Xã Tà Rụt",
        ),
        row(
            "Hồ Thị Mưa",
            "05/05/2016",
            "Nữ",
            "",
            "Hồ Thị Suối",
            "Xã Tà Rụt",
        ),
        row(
            "Hồ Văn Chín",
            "05/07/2016",
            "Nam",
            NUMBER,
            "Hồ Thị Lá",
            "Xã Tà Rụt",
        ),
        row(
            "Hồ Văn Mười",
            "09/09/2016",
            "Nam",
            NUMBER,
            "Hồ Thị Cỏ",
            "Xã A Ngo",
        ),
    ]
}

#[test]
fn who_may_be_one_child_is_asked_once() {
    for postgres in [false, true] {
        let desk = book(postgres, &doubles());
        let ids = ids(&desk, 4);
        let queue = desk.json(&["duplicates"]);
        assert_eq!(
            (&queue["children"], &queue["found"]),
            (&24.into(), &1.into()),
            "{queue}"
        );
        let pair = &queue["pairs"][0];
        assert_eq!(
            (&pair["left"]["child"], &pair["right"]["child"]),
            (&ids[0].as_str().into(), &ids[1].as_str().into())
        );
        assert!(pair["probability"].as_f64().unwrap() > 0.5);
        assert!(
            pair["for"].to_string().contains("họ và tên: giống hệt"),
            "{pair}"
        );
        let text = desk.treem(&["duplicates"]).out;
        assert!(
            text.contains("thuận:") && text.contains("Hồ Thị Mưa"),
            "{text}"
        );
        // Elsewhere there is nothing to ask.
        let other = ["duplicates", "--unit", "19363", "--edition", "2024-06-13"];
        assert_eq!(desk.json(&other)["found"], 0);
        // They are two children, whichever is named first.
        desk.json(&["apart", &ids[1], &ids[0], "--why", "sinh đôi, trùng tên"]);
        let queue = desk.json(&["duplicates"]);
        assert_eq!((&queue["found"], &queue["apart"]), (&0.into(), &1.into()));
        desk.refused(&["apart", &ids[0], &ids[0]], "cùng một hồ sơ");
        desk.refused(&["apart", &ids[0], "ai đó"], "không có hồ sơ này");
        desk.refused(&["apart", &ids[0], &ids[2], "--lift"], "chưa được ghi");
        desk.json(&["apart", &ids[0], &ids[1], "--lift"]);
        assert_eq!(desk.json(&["duplicates"])["found"], 1);
        assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
    }
}

#[test]
fn a_disputed_number_is_masked() {
    for postgres in [false, true] {
        let desk = book(postgres, &doubles());
        let ids = ids(&desk, 4);
        let queue = desk.json(&["disputes"]);
        let one = &queue["disputes"][0];
        assert_eq!(queue["disputes"].as_array().unwrap().len(), 1);
        assert_eq!(
            (&one["number"], &one["elsewhere"]),
            (&"045…077".into(), &Value::Null)
        );
        let children = one["children"].as_array().unwrap();
        let told: Vec<(&str, &str, i64)> = children
            .iter()
            .map(|child| {
                (
                    child["child"].as_str().unwrap(),
                    child["unit_name"].as_str().unwrap(),
                    child["origin"][1].as_i64().unwrap(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (ids[2].as_str(), "Xã Tà Rụt", 24),
                (&ids[3], "Xã A Ngo", 25)
            ]
        );
        let text = desk.treem(&["disputes"]).out;
        assert!(text.contains("045…077") && !text.contains(NUMBER), "{text}");
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
            "Huyện Hướng Hóa: 38.857 trẻ bằng 43 % dân số",
            "ngày 01/04/2019",
            "là 27 %",
        ] {
            assert!(sentence.contains(words), "{sentence}");
        }
        // The populations are remembered; a jump is said, of the units of the file alone.
        let told = load("unit,headcount\n464,40000\n466,21200\n", "2024-12-31");
        let sentences = told["doubts"].to_string();
        assert_eq!(told["doubts"].as_array().unwrap().len(), 2, "{sentences}");
        assert!(
            sentences.contains("tăng 49 % so với số 26.847 của ngày 03/06/2024"),
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
