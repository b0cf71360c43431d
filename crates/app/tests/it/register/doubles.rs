//! Suspected doubles, children who are known to be different, disputed numbers.

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
