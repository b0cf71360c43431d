//! The queue of what may be one child: rows of imports and pairs of the book, shown, answered, taken back.

use super::doubles::{book, ids, row};
use super::{Desk, Value};

const MOTHER: &str = "Hồ Thị Suối";

/// Two of the book who may be one, with a brother; and two who are twins.
fn children() -> Vec<String> {
    vec![
        row(
            "Hồ Thị Mưa",
            "05/05/2016",
            "Nữ",
            "045316000088",
            MOTHER,
            "Xã Tà Rụt",
        ),
        row("Hồ Thị Mưa", "05/05/2016", "Nữ", "", MOTHER, "Xã Tà Rụt"),
        row("Hồ Văn Nắng", "01/02/2013", "Nam", "", MOTHER, "Xã Tà Rụt"),
    ]
}

fn queue(desk: &Desk) -> Value {
    desk.json(&["pairs"])
}

fn counts(queue: &Value) -> [i64; 5] {
    ["total", "rows", "pairs", "changes", "later"].map(|name| queue[name].as_i64().unwrap())
}

fn key(queue: &Value, at: usize) -> String {
    queue["items"][at]["key"].as_str().unwrap().to_owned()
}

fn text(value: &Value) -> String {
    value.to_string()
}

#[test]
fn a_pair_of_the_book_is_asked_answered_and_asked_again() {
    for postgres in [false, true] {
        let desk = book(postgres, &children());
        let ids = ids(&desk, 3);
        assert_eq!(counts(&queue(&desk)), [0; 5]);
        let saved = desk.json(&["duplicates", "--save"]);
        assert_eq!(
            (&saved["children"], &saved["found"]),
            (&23.into(), &1.into())
        );
        let waits = queue(&desk);
        assert_eq!(counts(&waits), [1, 0, 1, 0, 0]);
        let pair = format!("{}~{}", ids[0], ids[1]);
        assert_eq!(key(&waits, 0), pair);
        assert_eq!(waits["items"][0]["unit_name"], "Xã Tà Rụt");
        // In another commune nothing waits.
        let other = ["pairs", "--unit", "19363", "--edition", "2024-06-13"];
        assert_eq!(counts(&desk.json(&other)), [0; 5]);
        let here = ["pairs", "--unit", "Tà Rụt", "--edition", "2024-06-13"];
        assert_eq!(counts(&desk.json(&here)), [1, 0, 1, 0, 0]);

        // Both sides, why, the brother of both, what will happen.
        let item = desk.json(&["pairs", &pair]);
        assert_eq!(item["parties"][0]["child"], ids[0].as_str());
        assert_eq!(item["parties"][1]["siblings"][0]["name"], "Hồ Văn Nắng");
        assert!(text(&item["why"]).contains("Họ và tên"), "{item}");
        let number = item["lines"]
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["field"] == "number")
            .unwrap();
        assert_eq!(
            (&number["how"], &number["sides"][0][0]["text"]),
            (&"first".into(), &"045…088".into())
        );
        let will = text(&item["will"]["same"]);
        assert!(
            will.contains("Giữ hồ sơ (1)") && will.contains("Tách lại được"),
            "{will}"
        );

        // Put off, it is the last; set apart as twins, it is not asked, also not by a new look; taken back, it is.
        desk.json(&["pairs", &pair, "--answer", "later"]);
        assert_eq!(counts(&queue(&desk)), [1, 0, 1, 0, 1]);
        desk.json(&["pairs", &pair, "--answer", "twins"]);
        assert_eq!(counts(&queue(&desk)), [0; 5]);
        desk.refused(&["pairs", &pair], "không còn chờ");
        desk.refused(&["pairs", &pair, "--answer", "same"], "không còn chờ");
        assert_eq!(desk.json(&["duplicates", "--save"])["found"], 0);
        desk.json(&["apart", &ids[0], &ids[1], "--lift"]);
        assert_eq!(desk.json(&["duplicates", "--save"])["found"], 1);

        // Merged, it waits no more; unmerged, it waits again.
        let done = desk.json(&["pairs", &pair, "--answer", "same"]);
        assert_eq!(done["child"], ids[0].as_str());
        assert_eq!(counts(&queue(&desk)), [0; 5]);
        desk.json(&["unmerge", done["merge"].as_str().unwrap(), "--yes"]);
        assert_eq!(counts(&queue(&desk)), [1, 0, 1, 0, 0]);
        assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
    }
}

#[test]
fn a_pair_of_which_a_record_was_edited_is_weighed_again() {
    for postgres in [false, true] {
        let desk = book(postgres, &children());
        let ids = ids(&desk, 3);
        desk.json(&["duplicates", "--save"]);
        let pair = format!("{}~{}", ids[0], ids[1]);
        let before = desk.json(&["pairs", &pair])["probability"]
            .as_f64()
            .unwrap();
        // Another name, day and mother: it is somebody else.
        let edit = [
            "child",
            "edit",
            &ids[1],
            "name=Trần Quốc Bảo",
            "birth=11/12/2019",
            "sex=Nam",
            "mother=Lê Thị Cúc",
            "father=Trần Văn Đá",
            "--yes",
        ];
        desk.json(&edit);
        assert_eq!(counts(&queue(&desk))[2], 1, "it was not looked at yet");
        desk.refused(&["pairs", &pair], "không còn chờ");
        assert_eq!(counts(&queue(&desk)), [0; 5]);
        assert!(before > 0.5);
    }
}

#[test]
fn a_row_that_waits_is_asked_beside_the_record() {
    for postgres in [false, true] {
        let desk = book(postgres, &children());
        let ids = ids(&desk, 3);
        let list = desk.path("them.csv");
        // The brother, with another spelling and a day and month that are exchanged, and a telephone for his mother.
        let line = row("Hồ Văn Nắn", "02/01/2013", "Nam", "", MOTHER, "Xã Tà Rụt");
        crate::run::list(&list, &[line]);
        let told = desk.json(&["import", list.to_str().unwrap(), "--as-of", "2024-06-13"]);
        assert_eq!(told["perhaps"], 1, "{told}");
        let waits = queue(&desk);
        assert_eq!(counts(&waits), [1, 1, 0, 0, 0]);
        let item = desk.json(&["pairs", &key(&waits, 0)]);
        assert_eq!(item["parties"][0]["child"], ids[2].as_str());
        let name = item["lines"]
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["field"] == "name")
            .unwrap();
        assert_eq!(name["how"], "differs");
        let marked = name["sides"][0]
            .as_array()
            .unwrap()
            .iter()
            .find(|span| span["differs"] == true)
            .unwrap();
        assert_eq!(marked["text"], "g");
        let will = text(&item["will"]);
        assert!(
            will.contains("Giữ như hồ sơ: họ và tên, ngày sinh") && will.contains("trẻ mới"),
            "{will}"
        );
        let picked = desk.json(&["pairs", &key(&waits, 0), "--take", "name=2"]);
        assert!(
            text(&picked["will"]).contains("Sửa hồ sơ theo dòng này: họ và tên"),
            "{picked}"
        );
        desk.refused(&["pairs", &key(&waits, 0), "--take", "name=3"], "name=2");
        let done = desk.json(&[
            "pairs",
            &key(&waits, 0),
            "--answer",
            "same",
            "--take",
            "name=2",
        ]);
        assert_eq!(done["child"], ids[2].as_str());
        let shown = desk.json(&["child", "show", &ids[2]]);
        assert_eq!(
            (&shown["record"]["name"], &shown["record"]["birth"]),
            (&"Hồ Văn Nắn".into(), &"2013-02-01".into())
        );
        assert_eq!(counts(&queue(&desk)), [0; 5]);
        desk.json(&["decide", &key(&waits, 0), "--undo"]);
        let waits = queue(&desk);
        assert_eq!(counts(&waits), [1, 1, 0, 0, 1]);
        // Twins: a child of its own, and nobody asks about the two.
        let done = desk.json(&["pairs", &key(&waits, 0), "--answer", "twins"]);
        let new = done["child"].as_str().unwrap();
        let pair = format!("{}~{new}", ids[2]);
        desk.json(&["duplicates", "--save"]);
        desk.refused(&["pairs", &pair], "không còn chờ");
    }
}
