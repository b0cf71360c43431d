//! Many records fixed at once, taken back, raced for and checked a second time; the counts of what is to be done; on both engines.

use super::Desk;
use serde_json::{Value, json};

const DAY: [&str; 4] = ["--as-of", "2024-06-13", "--unit", "Xã Tà Rụt"];

/// A book of so many children; the first have lost the zero of their number, the fifth last has no ethnic group, nor the fourth last.
fn book(postgres: bool, count: u32, lost: u32) -> Desk {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    let path = desk.path("ds.csv");
    let rows: Vec<String> = (1..=count)
        .map(|nth| {
            let row = super::super::run::child(nth);
            match nth {
                _ if nth <= lost => row.replacen(",045", ",45", 1),
                _ if nth + 4 == count || nth + 3 == count => row.replacen(",Kinh,", ",,", 1),
                _ => row,
            }
        })
        .collect();
    super::super::run::list(&path, &rows);
    let arguments = [
        "import",
        path.to_str().unwrap(),
        "--as-of",
        "2024-06-13",
        "--as",
        "Hồ Thị Bích",
    ];
    desk.json(&arguments);
    desk
}

fn fix(desk: &Desk, more: &[&str]) -> Value {
    desk.json(&[&["fix"], more, &DAY[..]].concat())
}

fn facets(desk: &Desk, more: &[&str]) -> Value {
    desk.json(&[&["list", "--facets"], more, &DAY[..]].concat())
}

/// A queue's count.
fn queue(desk: &Desk, key: &str) -> i64 {
    let told = desk.json(&[&["today"], &DAY[..]].concat());
    let queues = told["queues"].as_array().unwrap();
    let one = queues.iter().find(|queue| queue["key"] == key).unwrap();
    one["count"].as_i64().unwrap()
}

fn sound(desk: &Desk) {
    assert_eq!(desk.json(&["doctor"])["troubles"], json!([]));
}

fn length(value: &Value) -> usize {
    value.as_array().unwrap().len()
}

#[test]
fn three_hundred_at_once_and_back() {
    for postgres in [false, true] {
        let desk = book(postgres, 310, 300);
        let before = desk.export();
        let told = facets(&desk, &[]);
        assert_eq!(
            told["rules"],
            json!([
                {"key": "id.zero-lost", "label": "Số bị mất chữ số 0 ở đầu", "children": 300},
                {"key": "ethnicity.missing", "label": "Thiếu dân tộc", "children": 2}
            ])
        );
        assert_eq!(told["children"], 302);
        assert_eq!(
            told["people"][0],
            json!({"key": "Hồ Thị Bích", "label": "Hồ Thị Bích", "children": 302})
        );
        assert_eq!(told["hamlets"][0]["children"], 302);
        assert_eq!(facets(&desk, &["2"])["units"][0]["children"], 300);
        assert_eq!(
            facets(&desk, &["ethnicity.missing"])["hamlets"][0]["children"],
            2
        );
        assert_eq!((queue(&desk, "2"), queue(&desk, "1")), (300, 0));

        let seen = fix(&desk, &["id.zero-lost"]);
        assert_eq!((length(&seen["rows"]), length(&seen["left"])), (300, 0));
        assert_eq!(seen["done"], false);
        let change = &seen["rows"][0]["changes"][0];
        let text = |key: &str| change[key].as_str().unwrap();
        assert_eq!(text("after"), format!("0{}", text("before")));
        assert_eq!(desk.export(), before);

        let links = || desk.json(&["doctor"])["links"].as_i64().unwrap();
        let first = links();
        let done = fix(&desk, &["id.zero-lost", "--yes", "--as", "Hồ Thị Bích"]);
        assert_eq!((length(&done["rows"]), &done["done"]), (300, &json!(true)));
        assert_eq!(links(), first + 1);
        assert_eq!((queue(&desk, "2"), queue(&desk, "3")), (0, 2));
        let today = desk.json(&[&["today"], &DAY[..]].concat());
        assert_eq!((&today["done"], &today["left"]), (&json!(300), &json!(2)));
        assert!(today["ends_on"].is_string());
        sound(&desk);
        let child = done["rows"][0]["child"].as_str().unwrap();
        let history = desk.json(&["child", "history", child]);
        let last = &history["events"][1];
        assert_eq!(
            (&last["kind"], &last["source"]),
            (&json!("changed"), &json!("fix"))
        );
        desk.refused(
            &[&["fix", "id.zero-lost", "--yes"], &DAY[..]].concat(),
            "không có hồ sơ nào sửa được",
        );

        // One is edited later: it stays, the others say what they said before.
        desk.json(&[
            "child",
            "edit",
            child,
            "hamlet=Thôn A Pun",
            "--as-of",
            "2024-06-13",
            "--yes",
        ]);
        let id = done["fix"].as_str().unwrap();
        let shown = desk.json(&["fix", "--undo", id]);
        assert_eq!(
            (&shown["done"], &shown["turned"]),
            (&json!(false), &json!(299))
        );
        let back = desk.json(&["fix", "--undo", id, "--yes"]);
        assert_eq!((&back["turned"], length(&back["kept"])), (&json!(299), 1));
        assert_eq!(back["kept"][0]["child"], child);
        let without = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.starts_with(child));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(without(&desk.export()), without(&before));
        desk.refused(&["fix", "--undo", id, "--yes"], "đã được hoàn tác");
        sound(&desk);
    }
}

#[test]
fn who_was_changed_since_the_preview_is_left_out() {
    for postgres in [false, true] {
        let desk = book(postgres, 40, 12);
        let seen = fix(&desk, &["id.zero-lost"]);
        let first = seen["rows"][0]["child"].as_str().unwrap();
        desk.json(&[
            "child",
            "edit",
            first,
            "hamlet=Thôn A Pun",
            "--as-of",
            "2024-06-13",
            "--yes",
        ]);
        let number = seen["seen"].to_string();
        let done = fix(&desk, &["id.zero-lost", "--seen", &number, "--yes"]);
        assert_eq!(length(&done["rows"]), 11);
        assert_eq!(done["left"][0]["child"], first);
        let why = done["left"][0]["why"].as_str().unwrap();
        assert!(why.contains("người khác sửa"), "{why}");
        // Asked for alone, it is done.
        let done = fix(&desk, &["id.zero-lost", "--child", first, "--yes"]);
        assert_eq!((length(&done["rows"]), length(&done["left"])), (1, 0));
        // A number that somebody has by now is another error in the place of the one.
        let desk = book(postgres, 40, 12);
        let second = fix(&desk, &["id.zero-lost"])["rows"][1].clone();
        let number = second["changes"][0]["after"].as_str().unwrap();
        let taken = format!("number={number}");
        let other = desk.json(&["child", "show", "045210000014"]);
        let other = other["child"].as_str().unwrap();
        desk.json(&[
            "child",
            "edit",
            other,
            &taken,
            "--as-of",
            "2024-06-13",
            "--yes",
        ]);
        let told = fix(&desk, &["id.zero-lost"]);
        assert_eq!((length(&told["rows"]), length(&told["left"])), (11, 1));
        assert_eq!(told["left"][0]["child"], second["child"]);
        let why = told["left"][0]["why"].as_str().unwrap();
        assert!(why.contains("Một số ghi cho hai trẻ"), "{why}");
        sound(&desk);
    }
}

#[test]
fn one_value_for_many() {
    for postgres in [false, true] {
        let desk = book(postgres, 40, 3);
        let value = ["ethnicity.missing", "--set", "dân tộc=Pa Cô"];
        let told = fix(&desk, &value);
        assert_eq!(
            (
                length(&told["rows"]),
                &told["rows"][0]["changes"][0]["before"]
            ),
            (2, &Value::Null)
        );
        let done = fix(&desk, &[&value[..], &["--yes"]].concat());
        assert_eq!((length(&done["rows"]), queue(&desk, "3")), (2, 0));
        let child = done["rows"][0]["child"].as_str().unwrap();
        let shown = desk.json(&["child", "show", child, "--sensitive"]);
        assert_eq!(shown["sensitive"]["ethnicity_own"], "Pa Cô");
        // What is written and sound is not written over.
        let told = fix(&desk, &["id.zero-lost", "--set", "thôn=Thôn A Pun"]);
        assert_eq!((length(&told["rows"]), length(&told["left"])), (0, 3));
        for (what, words) in [
            (
                vec!["id.zero-lost", "--set", "họ tên=Hồ Văn An"],
                "của riêng từng trẻ",
            ),
            (vec!["id.zero"], "không có quy tắc"),
            (vec![], "hãy ghi mã quy tắc"),
            (vec!["id.zero-lost", "--set", "tuổi=3"], "không có trường"),
        ] {
            desk.refused(&[&["fix"], &what[..], &DAY[..]].concat(), words);
        }
        let back = desk.json(&["fix", "--undo", done["fix"].as_str().unwrap(), "--yes"]);
        assert_eq!((&back["turned"], queue(&desk, "3")), (&json!(2), 2));
        sound(&desk);
    }
}

#[test]
fn checked_a_second_time() {
    for postgres in [false, true] {
        let desk = book(postgres, 40, 12);
        let before = desk.export();
        let edition = ["--edition", "2024-06-13"];
        // Said of the district, it holds for its communes.
        desk.json(&[&["fix", "check", "Huyện Đakrông", "above"], &edition[..]].concat());
        let bich = ["--as", "Hồ Thị Bích"];
        let told = fix(&desk, &[&["id.zero-lost", "--yes"], &bich[..]].concat());
        assert_eq!(
            (&told["done"], &told["waits"]),
            (&json!(false), &json!("above"))
        );
        let id = told["fix"].as_str().unwrap();
        assert_eq!((desk.export(), queue(&desk, "checks")), (before.clone(), 1));
        // It cannot be asked for twice, nor approved by who asked.
        let again = fix(&desk, &["id.zero-lost"]);
        assert_eq!((length(&again["rows"]), length(&again["left"])), (0, 12));
        desk.refused(
            &[&["fix", "approve", id, "--yes"], &bich[..]].concat(),
            "không tự duyệt",
        );
        let look = desk.json(&["fix", "approve", id]);
        assert_eq!(length(&look["rows"]), 12);
        let first = look["rows"][0]["child"].as_str().unwrap();
        desk.json(&[
            "child",
            "edit",
            first,
            "hamlet=Thôn A Pun",
            "--as-of",
            "2024-06-13",
            "--yes",
        ]);
        let done = desk.json(&["fix", "approve", id, "--yes", "--as", "Hồ Văn Lâm"]);
        assert_eq!((length(&done["rows"]), length(&done["left"])), (11, 1));
        assert_eq!(queue(&desk, "checks"), 0);
        desk.refused(&["fix", "approve", id, "--yes"], "không còn chờ");
        let list = desk.json(&["fix", "list"]);
        assert_eq!(
            (&list[0]["state"], &list[0]["answered"][0]),
            (&json!("done"), &json!("Hồ Văn Lâm"))
        );
        assert_eq!(length(&desk.json(&["fix", "list", "--state", "waits"])), 0);
        sound(&desk);

        // A commune of its own: what is typed again alike passes.
        desk.json(&[&["fix", "check", "Xã Tà Rụt", "keyed"], &edition[..]].concat());
        let edit = [
            "child",
            "edit",
            first,
            "ngày sinh=05/06/2010",
            "--as-of",
            "2024-06-13",
            "--yes",
        ];
        let told = desk.json(&[&edit[..], &bich[..]].concat());
        assert_eq!(told["done"], false);
        let id = told["waits"].as_str().unwrap();
        desk.refused(&edit, "đang chờ kiểm tra lần hai");
        desk.refused(&["fix", "approve", id, "--yes"], "chờ nhập lại");
        // What was typed is not to be seen.
        assert!(
            !desk
                .json(&["fix", "approve", id])
                .to_string()
                .contains("05/06")
        );
        desk.refused(
            &["fix", "key", id, "ngày sinh=06/05/2010"],
            "không giống lần nhập đầu",
        );
        let shown = desk.json(&["child", "show", first]);
        assert_ne!(shown["record"]["birth"], "2010-06-05");
        let done = desk.json(&[&["fix", "key", id, "ngày sinh=5.6.2010"], &bich[..]].concat());
        assert_eq!(done["done"], true);
        let shown = desk.json(&["child", "show", first]);
        assert_eq!(shown["record"]["birth"], "2010-06-05");
        // Refused, nothing has happened.
        let now = desk.export();
        let told = fix(&desk, &["id.zero-lost", "--child", first, "--yes"]);
        let id = told["fix"].as_str().unwrap();
        desk.json(&["fix", "approve", id, "--refuse", "--why", "chưa có giấy tờ"]);
        assert_eq!(desk.export(), now);
        desk.json(&[&["fix", "check", "Xã Tà Rụt", "none"], &edition[..]].concat());
        assert_eq!(fix(&desk, &["id.zero-lost", "--yes"])["done"], true);
        sound(&desk);
    }
}
