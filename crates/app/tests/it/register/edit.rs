//! A person edits, closes and opens records, on both engines.

use super::Desk;
use serde_json::Value;

/// A book of 40 children; gives their ids by the order of the list.
fn book(postgres: bool) -> (Desk, Vec<String>) {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    let list = desk.path("ds.csv");
    let rows: Vec<String> = (1..=40).map(super::super::run::child).collect();
    super::super::run::list(&list, &rows);
    desk.json(&["import", list.to_str().unwrap(), "--as-of", "2024-06-13"]);
    let ids = (1..=40)
        .map(|nth| {
            let number = format!("045{}10{nth:06}", 2 + nth % 2);
            let shown = desk.json(&["child", "show", &number]);
            shown["child"].as_str().unwrap().to_owned()
        })
        .collect();
    (desk, ids)
}

fn edit(desk: &Desk, child: &str, fields: &[&str]) -> Value {
    let arguments = ["child", "edit", child, "--as-of", "2024-06-13"];
    desk.json(&[&arguments, fields].concat())
}

/// Codes of the rules a child has findings of.
fn rules(desk: &Desk, child: &str) -> Vec<String> {
    let shown = desk.json(&["child", "show", child]);
    let findings = shown["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|one| one[0].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_a_person_edits() {
    for postgres in [false, true] {
        let (desk, ids) = book(postgres);
        let (two, four, six) = (ids[1].as_str(), ids[3].as_str(), ids[5].as_str());
        let full = desk.export();
        // Only shown.
        let told = edit(
            &desk,
            two,
            &["họ tên=HỒ VĂN SÁU", "ngày sinh=31/02/2012", "father="],
        );
        assert_eq!(
            (&told["done"], &told["version"]),
            (&false.into(), &1.into())
        );
        let change = |nth: usize| -> [&str; 3] {
            ["field", "before", "after"].map(|key| told["changes"][nth][key].as_str().unwrap())
        };
        assert_eq!(change(0)[2], "Hồ Văn Sáu");
        assert_eq!(change(1)[1..], ["2010-01-03", "31/02/2012"]);
        assert_eq!(change(2), ["father", "Hồ Văn Chi", ""]);
        assert_eq!(told["come"][0][0], "birth.invalid");
        assert_eq!(told["complete"], serde_json::json!([true, false]));
        assert_eq!(desk.export(), full);
        // Refused in words.
        desk.refused(&["child", "edit", two, "tuổi=12"], "không có trường “tuổi”");
        desk.refused(&["child", "edit", two, "Hồ Văn Sáu"], "TRƯỜNG=GIÁ TRỊ");
        desk.refused(
            &["child", "edit", two, "sex=Nam", "--as-of", "2024-06-13"],
            "không có gì để sửa",
        );
        desk.refused(
            &["child", "edit", "không ai", "sex=Nam"],
            "không có hồ sơ này",
        );
        // Done, and back.
        let why = ["--why", "gia đình báo", "--yes"];
        let told = edit(
            &desk,
            two,
            &[&["birth=31/02/2012", "ethnicity=Pa Cô"][..], &why].concat(),
        );
        assert_eq!((&told["done"], &told["version"]), (&true.into(), &2.into()));
        assert_eq!(rules(&desk, two), ["birth.invalid"]);
        assert!(!told.to_string().contains("Kinh"), "{told}");
        desk.refused(
            &[
                "child",
                "edit",
                two,
                "birth=2012-01-01",
                "--version",
                "1",
                "--yes",
            ],
            "vừa được người khác sửa (bản 2, bạn đang sửa từ bản 1)",
        );
        let told = edit(
            &desk,
            two,
            &[
                "birth=03/01/2010",
                "dân tộc=Kinh",
                "--version",
                "2",
                "--yes",
            ],
        );
        assert_eq!(
            (&told["version"], &told["gone"][0][0]),
            (&3.into(), &"birth.invalid".into())
        );
        assert_eq!(desk.export(), full);
        let history = desk.json(&["child", "history", two]);
        let event =
            |nth: usize, key: &str| history["events"][nth][key].as_str().unwrap().to_owned();
        assert_eq!(
            [event(1, "kind"), event(1, "why"), event(1, "source")],
            ["changed", "gia đình báo", "edit"]
        );
        // A number that another child has: a finding on both, until one gives it up.
        assert!(rules(&desk, four).is_empty() && rules(&desk, six).is_empty());
        let number = "số định danh=045210000006";
        let told = edit(&desk, four, &[number, "--yes"]);
        assert_eq!(
            (&told["disputed_with"], &told["others"]),
            (&serde_json::json!([six]), &serde_json::json!([six]))
        );
        for child in [four, six] {
            assert_eq!(rules(&desk, child), ["id.shared"]);
            let shown = desk.json(&["child", "show", child]);
            assert_eq!(shown["identified"], false);
        }
        assert_eq!(desk.json(&["doctor"])["disputed"], 1);
        desk.json(&["child", "close", six, "--mistake", "--why", "nhập hai lần"]);
        assert!(rules(&desk, four).is_empty());
        assert_eq!(desk.json(&["doctor"])["disputed"], 0);
        let told = desk.json(&["child", "reopen", six, "--as-of", "2024-06-13"]);
        assert_eq!(
            (&told["others"], &told["before"]),
            (&serde_json::json!([four]), &"mistake".into())
        );
        assert_eq!(
            (rules(&desk, four), rules(&desk, six)),
            (vec!["id.shared".to_owned()], vec!["id.shared".to_owned()])
        );
        edit(&desk, four, &["number=045210000004", "--yes"]);
        assert!(rules(&desk, four).is_empty() && rules(&desk, six).is_empty());
        assert_eq!(desk.export(), full);
        assert_eq!(
            desk.json(&["child", "show", four])["numbers"]
                .as_array()
                .unwrap()
                .len(),
            3
        );
        let report = desk.json(&["doctor"]);
        assert_eq!(
            (&report["disputed"], &report["troubles"]),
            (&0.into(), &Value::Array(vec![]))
        );
    }
}

#[test]
fn one_child_twice_by_an_edit() {
    for postgres in [false, true] {
        let (desk, ids) = book(postgres);
        let (two, four) = (ids[1].as_str(), ids[3].as_str());
        let of = |child: &str| desk.json(&["child", "show", child])["record"].clone();
        let text = |key: &str| format!("{key}={}", of(two)[key].as_str().unwrap());
        let fields: Vec<String> = ["name", "birth", "father"]
            .iter()
            .map(|key| text(key))
            .collect();
        let fields: Vec<&str> = fields.iter().map(String::as_str).chain(["--yes"]).collect();
        edit(&desk, four, &fields);
        assert_eq!(rules(&desk, four), ["child.duplicate"]);
        assert_eq!(rules(&desk, two), ["child.duplicate"]);
        // One child with one number is a double, no dispute.
        edit(&desk, four, &["number=045210000002", "--yes"]);
        assert_eq!(rules(&desk, two), ["child.duplicate"]);
        desk.json(&["child", "close", four, "--mistake"]);
        assert!(rules(&desk, two).is_empty());
        assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
    }
}

#[test]
fn how_a_record_ends() {
    for postgres in [false, true] {
        let (desk, ids) = book(postgres);
        let (two, four) = (ids[1].as_str(), ids[3].as_str());
        desk.refused(&["child", "close", two], "--died NGÀY");
        desk.refused(
            &["child", "close", two, "--died", "hôm qua"],
            "ngày “hôm qua”",
        );
        desk.refused(&["child", "close", two, "--died", "2999-01-01"], "chưa đến");
        desk.refused(&["child", "reopen", two], "đang được theo dõi");
        let told = desk.json(&[
            "child",
            "close",
            two,
            "--died",
            "2024-05-02",
            "--why",
            "giấy báo tử",
        ]);
        assert_eq!(
            (&told["state"], &told["version"]),
            (&"died".into(), &2.into())
        );
        let shown = desk.json(&["child", "show", two]);
        assert_eq!(
            (&shown["state"], &shown["record"]["closed_on"]),
            (&"died".into(), &"2024-05-02".into())
        );
        desk.refused(&["child", "close", two, "--mistake"], "mở lại trước");
        assert_eq!(
            desk.json(&["child", "close", four, "--left", "2024-06-01"])["state"],
            "moved"
        );
        assert_eq!(desk.json(&["doctor"])["active"], 38);
        // Who died or left keeps the number: another child with it is a dispute.
        let told = edit(&desk, &ids[5], &["number=045210000002"]);
        assert_eq!(told["disputed_with"], serde_json::json!([two]));
        desk.json(&["child", "reopen", two, "--as-of", "2024-06-13"]);
        let shown = desk.json(&["child", "show", two]);
        assert_eq!(
            (&shown["state"], &shown["record"]["closed_on"]),
            (&"active".into(), &Value::Null)
        );
        assert_eq!(shown["complete"], true);
        // What is sensitive is shown only where it is asked for, and that is written down.
        let links = || desk.json(&["doctor"])["links"].as_i64().unwrap();
        let before = links();
        assert!(!shown.to_string().contains("Kinh") && links() == before);
        let seen = desk.json(&["child", "show", two, "--sensitive", "--as", "Hồ Thị Bích"]);
        assert_eq!(seen["sensitive"]["ethnicity"], "Kinh");
        assert_eq!(links(), before + 1);
        assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
    }
}
