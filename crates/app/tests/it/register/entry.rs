//! Children typed by hand, household first, on both engines.

use super::{Desk, wait};
use serde_json::{Value, json};
use treem_store::Store;

/// A book without children.
fn book(postgres: bool) -> Desk {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    desk
}

fn household(more: &[(&str, &str)]) -> Value {
    let mut out = json!({
        "commune": "Xã Tà Rụt", "hamlet": "Thôn A Đăng", "ethnicity": "Pa Cô",
        "father": "Hồ Văn Khăm", "mother": "HỒ THỊ THOAN", "mother_birth": "1990",
    });
    for (field, text) in more {
        out[*field] = (*text).into();
    }
    out
}

/// Runs the command over a household; what it says and its code.
fn run(desk: &Desk, typed: &Value, more: &[&str]) -> (i32, Value) {
    let file = desk.path("ho.json");
    std::fs::write(&file, typed.to_string()).unwrap();
    let arguments = [
        &[
            "entry",
            file.to_str().unwrap(),
            "--json",
            "--as-of",
            "2024-06-13",
        ][..],
        more,
    ]
    .concat();
    let ran = desk.treem(&arguments);
    assert_eq!(ran.err, "", "{arguments:?}");
    (ran.code, serde_json::from_str(&ran.out).unwrap())
}

fn save(desk: &Desk, typed: &Value, request: &str) -> Value {
    let (code, told) = run(desk, typed, &["--yes", "--request", request]);
    assert_eq!((code, &told["done"]), (0, &true.into()), "{told}");
    told
}

/// A field of a child or of the household, as it will be written.
fn written<'t>(of: &'t Value, field: &str) -> &'t str {
    let fields = of
        .as_array()
        .unwrap_or_else(|| of["fields"].as_array().unwrap());
    let found = fields.iter().find(|shown| shown["field"] == field);
    found.map_or("", |shown| shown["shown"].as_str().unwrap())
}

/// Codes of what is wrong with a field.
fn rules(child: &Value, field: &str) -> Vec<String> {
    let fields = child["fields"].as_array().unwrap();
    let shown = fields.iter().find(|shown| shown["field"] == field);
    let findings = shown.unwrap()["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|said| said["rule"].as_str().unwrap().to_owned())
        .collect()
}

fn sound(desk: &Desk) {
    let doctor = desk.json(&["doctor"]);
    assert_eq!(doctor["troubles"], json!([]), "{doctor}");
}

#[test]
fn a_household_with_two_children() {
    for postgres in [false, true] {
        let desk = book(postgres);
        let typed = json!({"household": household(&[("father_state", "dead"), ("phone", "0912 345 678")]), "children": [
            {"name": "hồ thị mơ", "birth": "12032015", "sex": "2", "number": "045315118217"},
            {},
            {"name": "Hồ Văn Khâm", "birth": "3/2017", "sex": "m", "ethnicity": "Kinh"},
        ]});
        // First it is only shown.
        let (code, told) = run(&desk, &typed, &[]);
        assert_eq!(
            (code, &told["done"], &told["unit"]),
            (0, &false.into(), &"19588".into())
        );
        let child = |nth: usize| &told["children"][nth];
        for (nth, field, text) in [
            (0, "name", "Hồ Thị Mơ"),
            (0, "birth", "12/03/2015"),
            (0, "sex", "Nữ"),
            (0, "ethnicity", "Pa Cô"),
            (1, "birth", "03/2017"),
            (1, "sex", "Nam"),
            (1, "ethnicity", "Kinh"),
        ] {
            assert_eq!(written(child(nth), field), text, "{nth} {field}");
        }
        assert_eq!(written(&told["household"], "mother"), "Hồ Thị Thoan");
        assert_eq!(
            written(&told["household"], "father"),
            "Hồ Văn Khăm (đã mất)"
        );
        assert_eq!(written(&told["household"], "phone"), "0912345678");
        assert_eq!(rules(child(0), "name"), ["text.case"]);
        assert_eq!(rules(child(1), "birth"), ["birth.partial"]);
        assert_eq!(rules(child(1), "number"), ["id.missing"]);
        assert_eq!([&child(0)["row"], &child(1)["row"]], [&json!(1), &json!(3)]);
        assert_eq!(
            told["carry"],
            json!({"commune": "19588", "hamlet": "Thôn A Đăng", "ethnicity": "Pa Cô"})
        );
        assert_eq!(desk.export(), "");
        // Saved, and sent once more: the same children, once.
        let first = save(&desk, &typed, "r-1");
        let full = desk.export();
        assert_eq!(full.lines().count(), 2);
        let again = save(&desk, &typed, "r-1");
        assert_eq!(again["already"], true);
        for nth in [0, 1] {
            assert_eq!(
                again["children"][nth]["child"],
                first["children"][nth]["child"]
            );
        }
        assert_eq!(desk.export(), full);
        // The record is the import of the row, word by word.
        let list = desk.path("ds.csv");
        std::fs::write(&list, "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Năm sinh mẹ,Thôn,Xã,Điện thoại\n\
            hồ thị mơ,12032015,Nữ,Pa Cô,045315118217,Hồ Văn Khăm (đã mất),HỒ THỊ THOAN,1990,Thôn A Đăng,Xã Tà Rụt,0912 345 678\n").unwrap();
        let other = book(false);
        other.json(&["import", list.to_str().unwrap(), "--as-of", "2024-06-13"]);
        let record = |desk: &Desk, number: &str| {
            let shown = desk.json(&["child", "show", number, "--sensitive"]);
            (
                shown["record"].clone(),
                shown["sensitive"].clone(),
                shown["findings"].clone(),
            )
        };
        assert_eq!(
            record(&desk, "045315118217"),
            record(&other, "045315118217")
        );
        let id = first["children"][0]["child"].as_str().unwrap();
        let history = desk.json(&["child", "history", id]);
        assert_eq!(
            [
                &history["events"][0]["kind"],
                &history["events"][0]["source"]
            ],
            ["added", "entry"]
        );
        sound(&desk);
    }
}

#[test]
fn twins_and_who_is_in_the_book_already() {
    for postgres in [false, true] {
        let desk = book(postgres);
        // Twins: one birthday, one family, two names. Nobody is asked.
        let twins = json!({"household": household(&[]), "children": [
            {"name": "Hồ Thị Mơ", "birth": "12032015", "sex": "2"},
            {"name": "Hồ Văn Lâm", "birth": "12032015", "sex": "1"},
        ]});
        let told = save(&desk, &twins, "r-1");
        let mo = told["children"][0]["child"].as_str().unwrap().to_owned();
        // One child on two rows is asked about.
        let twice = json!({"household": household(&[]), "children": [
            {"name": "Hồ Thị Na", "birth": "01022018"}, {"name": "HỒ THỊ NA", "birth": "1/2/2018"},
        ]});
        let (code, told) = run(&desk, &twice, &["--yes", "--request", "r-2"]);
        assert_eq!((code, told["asks"].as_array().unwrap().len()), (2, 1));
        // A child who is there: nothing is written before a person says what it is.
        let full = desk.export();
        let mut typed = json!({"household": household(&[("mother_phone", "0912345678")]), "children": [
            {"name": "Hồ Thị Mơ", "birth": "12032015", "sex": "2", "number": "045315118217"},
        ]});
        let (code, told) = run(&desk, &typed, &["--yes", "--request", "r-3"]);
        let may_be = &told["children"][0]["may_be"];
        assert_eq!(
            (code, &told["done"], &may_be[0]["child"]),
            (2, &false.into(), &mo.as_str().into())
        );
        assert!(may_be[0]["probability"].as_f64().unwrap() > 0.5, "{may_be}");
        assert!(
            told["asks"][0]["sentence"]
                .as_str()
                .unwrap()
                .contains("Dòng 1 có thể là trẻ đã có trong sổ")
        );
        assert_eq!(desk.export(), full);
        // The same: what is missing is filled in, what differs stays.
        typed["household"]["father"] = "Hồ Văn Nam".into();
        typed["children"][0]["answers"] = json!({ mo.as_str(): "same" });
        let told = save(&desk, &typed, "r-4");
        let child = &told["children"][0];
        assert_eq!(
            (&child["what"], &child["child"]),
            (&"filled".into(), &mo.as_str().into())
        );
        assert_eq!(
            child["filled"],
            json!(["Số định danh cá nhân", "Điện thoại của mẹ"])
        );
        assert_eq!(child["differs"], json!(["Họ tên cha"]));
        let shown = desk.json(&["child", "show", "045315118217"]);
        assert_eq!(
            (&shown["record"]["father"], &shown["record"]["mother_phone"]),
            (&"Hồ Văn Khăm".into(), &"0912345678".into())
        );
        assert_eq!(desk.export().lines().count(), 2);
        // Two children: both stay, and nothing asks about them again.
        typed["children"][0] = json!({"name": "Hồ Thị Mơ", "birth": "12032015", "sex": "2", "answers": { mo.as_str(): "different" }});
        let told = save(&desk, &typed, "r-5");
        assert_eq!(
            (&told["children"][0]["what"], desk.export().lines().count()),
            (&"new".into(), 3)
        );
        assert_eq!(desk.json(&["duplicates"])["apart"], 1);
        // A number that is pasted from the sister is said on both.
        let typed = json!({"household": household(&[]), "children": [
            {"name": "Hồ Văn Tư", "birth": "05062019", "sex": "1", "number": "045315118217", "answers": { mo.as_str(): "different" }},
        ]});
        let told = save(&desk, &typed, "r-6");
        assert!(
            rules(&told["children"][0], "number").contains(&"id.shared".to_owned()),
            "{told}"
        );
        assert_eq!(told["others"], json!([mo]));
        let shown = desk.json(&["child", "show", &mo]);
        assert!(shown["findings"].to_string().contains("id.shared"));
        sound(&desk);
    }
}

#[test]
fn whatever_is_typed_is_kept_as_text() {
    for postgres in [false, true] {
        let desk = book(postgres);
        let names = [
            "<script>alert(1)</script>",
            "=HYPERLINK(\"http://x\")",
            "Nguyeenx Vawn An",
            "Hồ Thị M\u{1ef3}\u{0300}",
            "'; drop table child; --",
        ];
        let rows: Vec<Value> = (1..)
            .zip(names)
            .map(|(nth, name)| json!({"name": name, "birth": format!("{nth:02}032015")}))
            .collect();
        let told = save(
            &desk,
            &json!({"household": household(&[]), "children": rows}),
            "r-1",
        );
        assert_eq!(rules(&told["children"][0], "name"), ["name.invalid"]);
        let export = desk.export();
        for name in [
            "<script>alert(1)</script>",
            "=HYPERLINK(\\\"http://x\\\")",
            "Nguyeenx Vawn An",
            "drop table child",
        ] {
            assert!(
                export.to_lowercase().contains(&name.to_lowercase()),
                "{name}: {export}"
            );
        }
        sound(&desk);
        // What cannot be used is one sentence, and nothing is written.
        let full = desk.export();
        let file = desk.path("sai.json");
        let file = file.to_str().unwrap();
        for (text, words) in [
            ("{", "không phải JSON của một hộ"),
            ("[1]", "không phải JSON của một hộ"),
            (
                "{\"household\": {\"tuổi\": \"3\"}}",
                "không có trường “tuổi”",
            ),
            (
                &format!("{{\"children\": [{}]}}", ["{}"; 31].join(",")),
                "chỉ nhập được 30 dòng",
            ),
            (
                &format!(
                    "{{\"children\": [{{\"name\": \"{}\"}}]}}",
                    "a".repeat(2_001)
                ),
                "dài quá",
            ),
        ] {
            std::fs::write(file, text).unwrap();
            desk.refused(&["entry", file, "--yes"], words);
        }
        desk.refused(&["entry", "khong-co.json"], "không đọc được khong-co.json");
        // What is missing is asked for, beside its field.
        for (typed, field) in [
            (json!({"children": [{"name": "Hồ Thị Mơ"}]}), "commune"),
            (
                json!({"household": {"commune": "Huyện Đakrông"}, "children": [{"name": "Hồ Thị Mơ"}]}),
                "commune",
            ),
            (
                json!({"household": {"commune": "19588"}, "children": [{"birth": "12032015"}]}),
                "name",
            ),
            (json!({"household": {"commune": "19588"}}), "name"),
        ] {
            let (code, told) = run(&desk, &typed, &["--yes"]);
            assert_eq!(
                (code, &told["asks"][0]["field"]),
                (2, &field.into()),
                "{told}"
            );
        }
        assert_eq!(desk.export(), full);
        assert_eq!(desk.json(&["entry", "drafts"])["drafts"], json!([]));
        // The id of a request that was something else is no entry.
        wait(async {
            let store = Store::open(&desk.data).await.unwrap();
            let mut tx = store.read().await.unwrap();
            assert!(tx.act_of_request("45", "r-1").await.unwrap().is_some());
        });
    }
}
