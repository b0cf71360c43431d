//! Moves and merges as a person makes them, on both engines.

use super::doubles::{book, ids, row};
use super::{Desk, Value};

const SHARED: &str = "045216000077";
const AS_OF: [&str; 2] = ["--as-of", "2024-06-13"];

fn rows() -> Vec<String> {
    vec![
        row(
            "Hồ Thị Mưa",
            "05/05/2016",
            "Nữ",
            "045316000088",
            "",
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
            SHARED,
            "Hồ Thị Lá",
            "Xã Tà Rụt",
        ),
        row(
            "Hồ Văn Mười",
            "09/09/2016",
            "Nam",
            SHARED,
            "Hồ Thị Cỏ",
            "Xã A Ngo",
        ),
        row(
            "Hồ Chín",
            "05/07/2016",
            "Nam",
            SHARED,
            "Hồ Thị Lá",
            "Xã Tà Rụt",
        ),
    ]
}

fn sound(desk: &Desk) {
    assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
}

/// Rules that fire for a child, and whether it is identified.
fn rules(desk: &Desk, id: &str) -> (Vec<String>, bool) {
    let shown = desk.json(&["child", "show", id]);
    let findings = shown["findings"].as_array().unwrap();
    let rules = findings
        .iter()
        .map(|one| one[0].as_str().unwrap().to_owned())
        .collect();
    (rules, shown["identified"].as_bool().unwrap())
}

/// Units and how many count in them.
fn counted(desk: &Desk, register: &str) -> Vec<(String, i64)> {
    let table = desk.json(&["movements", "--register", register]);
    let lines = table["lines"].as_array().unwrap();
    lines
        .iter()
        .map(|line| {
            (
                line["unit"].as_str().unwrap().to_owned(),
                line["closing"].as_i64().unwrap(),
            )
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn propose(desk: &Desk, child: &str, more: &[&str]) -> Value {
    let arguments = [
        "child",
        "move",
        child,
        "--edition",
        "2024-06-13",
        "--day",
        "2024-06-10",
    ];
    desk.json(&[&arguments, more].concat())
}

fn edit(desk: &Desk, child: &str, field: &str) {
    desk.json(&[&["child", "edit", child, field, "--yes"], &AS_OF[..]].concat());
}

fn answer(desk: &Desk, answer: &str, one: &Value) -> Value {
    let id = one["move"].as_str().unwrap();
    desk.json(
        &[
            &["child", "move", "--register", "45", answer, id],
            &AS_OF[..],
        ]
        .concat(),
    )
}

#[test]
fn a_move_is_proposed_and_answered() {
    for postgres in [false, true] {
        let desk = book(postgres, &rows());
        let ids = ids(&desk, 5);
        let before = counted(&desk, "45");
        let text = ["--to", "Hồ Xá", "--hamlet", "Khu phố 1", "--why", "theo mẹ"];
        let one = propose(&desk, &ids[0], &text);
        assert_eq!(
            (&one["state"], &one["to"]),
            (&"proposed".into(), &"19363".into())
        );
        // Until it is confirmed the child counts once, where it was.
        assert_eq!(counted(&desk, "45"), before);
        let again = [
            "child",
            "move",
            &ids[0],
            "--to",
            "Hồ Xá",
            "--edition",
            "2024-06-13",
        ];
        desk.refused(&again, "chưa trả lời");
        desk.refused(&["merge", &ids[0], &ids[1]], "chưa trả lời");
        let same = [
            "child",
            "move",
            &ids[1],
            "--to",
            "19588",
            "--edition",
            "2024-06-13",
        ];
        desk.refused(&same, "đang ở đơn vị này");
        let to = |to: &'static str| {
            [
                "child",
                "move",
                &ids[1],
                "--to",
                to,
                "--edition",
                "2024-06-13",
            ]
        };
        desk.refused(&to("Quảng Bình"), "là một tỉnh");
        desk.refused(&to("Nơi nào"), "Nơi nào");
        desk.refused(
            &["child", "move", "--confirm", "x"],
            "không có đề nghị chuyển",
        );
        desk.refused(
            &[&to("Hồ Xá")[..], &["--to-register", "44"]].concat(),
            "phải là một sổ khác",
        );
        // Refused or withdrawn: nothing has changed.
        let record = desk.export();
        assert_eq!(answer(&desk, "--refuse", &one)["state"], "refused");
        let id = one["move"].as_str().unwrap();
        desk.refused(&["child", "move", "--confirm", id], "đã bị từ chối rồi");
        let two = propose(&desk, &ids[0], &text);
        assert_eq!(answer(&desk, "--withdraw", &two)["state"], "withdrawn");
        assert_eq!(
            (desk.export(), counted(&desk, "45")),
            (record, before.clone())
        );
        // Confirmed: it counts there, with its new hamlet.
        let three = propose(&desk, &ids[0], &text);
        let told = answer(&desk, "--confirm", &three);
        assert_eq!(
            (&told["state"], &told["from_name"]),
            (&"confirmed".into(), &"Xã Tà Rụt".into())
        );
        let shown = desk.json(&["child", "show", &ids[0]]);
        let record = &shown["record"];
        assert_eq!(
            (
                &shown["unit"],
                &record["unit_name"],
                &record["hamlet"],
                &record["name"]
            ),
            (
                &"19363".into(),
                &"Thị trấn Hồ Xá".into(),
                &"Khu phố 1".into(),
                &"Hồ Thị Mưa".into()
            )
        );
        let after = counted(&desk, "45");
        let sum = |counts: &[(String, i64)]| counts.iter().map(|(_, count)| count).sum::<i64>();
        assert_eq!(sum(&after), sum(&before));
        assert!(after.contains(&("19363".to_owned(), 1)), "{after:?}");
        // The child went on before the second proposal was answered.
        let late = propose(&desk, &ids[2], &["--to", "Hồ Xá"]);
        desk.json(&[&["merge", &ids[1], &ids[0], "--yes"], &AS_OF[..]].concat());
        assert_eq!(desk.json(&["moves"])["moves"].as_array().unwrap().len(), 4);
        assert_eq!(
            desk.json(&["moves", "--state", "proposed"])["moves"][0],
            late
        );
        let area = [
            "moves",
            "--unit",
            "Hồ Xá",
            "--edition",
            "2024-06-13",
            "--state",
            "confirmed",
        ];
        assert_eq!(desk.json(&area)["moves"].as_array().unwrap().len(), 1);
        let text = desk.treem(&["moves"]).out;
        assert!(
            text.contains("Xã Tà Rụt → Thị trấn Hồ Xá") && text.contains(": theo mẹ"),
            "{text}"
        );
        sound(&desk);
    }
}

#[test]
fn a_move_into_another_book() {
    for postgres in [false, true] {
        let desk = book(postgres, &rows());
        let ids = ids(&desk, 5);
        desk.json(&[
            "init",
            "--register",
            "44",
            "--province",
            "Quảng Bình",
            "--edition",
            "2024-06-13",
        ]);
        let in_45 = |arguments: &[&str]| desk.json(&[arguments, &["--register", "45"]].concat());
        let in_44 = |arguments: &[&str]| desk.json(&[arguments, &["--register", "44"]].concat());
        let to = ["--to", "18901", "--to-register", "44", "--register", "45"];
        let before = counted(&desk, "45");
        let one = propose(&desk, &ids[2], &to);
        assert_eq!(answer(&desk, "--refuse", &one)["state"], "refused");
        assert_eq!(
            (counted(&desk, "45"), counted(&desk, "44")),
            (before, vec![])
        );
        let two = propose(&desk, &ids[2], &to);
        let told = answer(&desk, "--confirm", &two);
        let there = told["to_child"].as_str().unwrap();
        assert_eq!(counted(&desk, "44"), [("18901".to_owned(), 1)]);
        let old = in_45(&["child", "show", &ids[2]]);
        assert_eq!(
            (&old["state"], &old["moved_to"]),
            (&"moved".into(), &serde_json::json!(["44", there]))
        );
        let new = in_44(&["child", "show", SHARED]);
        assert_eq!(
            (&new["child"], &new["moved_from"], &new["record"]["name"]),
            (
                &there.into(),
                &serde_json::json!(["45", ids[2]]),
                &"Hồ Văn Chín".into()
            )
        );
        // One history, from either side.
        let history = |told: Value| -> Vec<(String, String, i64)> {
            let events = told["events"].as_array().unwrap();
            events
                .iter()
                .map(|event| {
                    (
                        event["register"].as_str().unwrap().to_owned(),
                        event["kind"].as_str().unwrap().to_owned(),
                        event["version"].as_i64().unwrap(),
                    )
                })
                .collect()
        };
        let from_here = history(in_45(&["child", "history", &ids[2]]));
        assert_eq!(from_here, history(in_44(&["child", "history", there])));
        let of = |book: &str, kind: &str, version| (book.to_owned(), kind.to_owned(), version);
        assert_eq!(
            from_here,
            [
                of("45", "added", 1),
                of("45", "moved", 2),
                of("44", "moved", 1)
            ]
        );
        // Both chains hold; the number is in dispute with those who stayed, seen from both books.
        for key in ["45", "44"] {
            let report = desk.json(&["doctor", "--register", key]);
            assert_eq!(report["troubles"], Value::Array(vec![]), "{key}");
        }
        let left = in_45(&["disputes"]);
        assert_eq!(
            left["disputes"][0]["elsewhere"],
            serde_json::json!(["44", there])
        );
        assert_eq!(left["disputes"][0]["children"].as_array().unwrap().len(), 2);
        let moved = desk.json(&["movements", "--register", "44"]);
        assert_eq!(moved["total"]["moved_in"], 1);
    }
}

#[test]
fn two_records_become_one_and_two_again() {
    for postgres in [false, true] {
        let desk = book(postgres, &rows());
        let ids = ids(&desk, 5);
        let (first, second) = (ids[0].as_str(), ids[1].as_str());
        let before = desk.export();
        let all = |rule: &str| {
            ids.iter()
                .filter(|id| rules(&desk, id).0.iter().any(|one| one == rule))
                .count()
        };
        desk.refused(&["merge", first, first], "cùng một hồ sơ");
        desk.refused(
            &["merge", first, second, "--take", "mẹ=B"],
            "không có trường “mẹ”",
        );
        desk.refused(&["merge", first, second, "--take", "mother"], "--take");
        desk.refused(&["merge", first, second, "--keep", &ids[2]], "--keep");
        desk.refused(&["unmerge", first], "không có lần gộp");
        // What it would do.
        let merge =
            |more: &[&str]| desk.json(&[&["merge", first, second], more, &AS_OF[..]].concat());
        let preview = merge(&[]);
        assert_eq!(desk.export(), before);
        let fields: Vec<(&str, &str)> = preview["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                (
                    one["field"].as_str().unwrap(),
                    one["from"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(fields, [("number", "A"), ("mother", "B")]);
        assert_eq!(
            (&preview["done"], &preview["survivor"]),
            (&false.into(), &first.into())
        );
        let other = merge(&["--keep", second, "--take", "mother=A"]);
        assert_eq!(
            (&other["survivor"], &other["fields"][1]["from"]),
            (&second.into(), &"A".into())
        );
        let told = merge(&["--yes", "--why", "một trẻ"]);
        let shown = desk.json(&["child", "show", first]);
        assert_eq!(
            (
                &shown["record"]["mother"],
                &shown["merged"],
                &shown["identified"]
            ),
            (
                &"Hồ Thị Suối".into(),
                &serde_json::json!([second]),
                &true.into()
            )
        );
        assert_eq!(shown["origins"].as_array().unwrap().len(), 2);
        let gone = desk.json(&["child", "show", second]);
        assert_eq!(
            (&gone["state"], &gone["merged_into"]),
            (&"merged".into(), &first.into())
        );
        assert_eq!(desk.export().lines().count(), 24);
        let events = desk.json(&["child", "history", first]);
        assert_eq!(events["events"].as_array().unwrap().len(), 4);
        desk.refused(&["merge", first, second], "không còn được theo dõi");
        // Undone, both are as they were, byte by byte.
        let id = told["merge"].as_str().unwrap();
        assert_eq!(desk.json(&["unmerge", id])["done"], false);
        assert_eq!(
            desk.json(&[&["unmerge", second, "--yes"], &AS_OF[..]].concat())["done"],
            true
        );
        assert_eq!(desk.export(), before);
        desk.refused(&["unmerge", id, "--yes"], "đã được tách rồi");
        // A number of three: two of them are one child, then all give it up but one.
        assert_eq!(all("id.shared"), 3);
        let merge = |more: &[&str]| {
            desk.json(&[&["merge", &ids[2], &ids[4], "--yes"], more, &AS_OF[..]].concat())
        };
        merge(&[]);
        assert_eq!(rules(&desk, &ids[2]), (vec!["id.shared".to_owned()], false));
        assert_eq!(
            desk.json(&["disputes"])["disputes"][0]["children"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        // Edited since: kept and told when it is undone.
        let moved = propose(&desk, &ids[2], &["--to", "Hồ Xá"]);
        answer(&desk, "--confirm", &moved);
        edit(&desk, &ids[2], "phone=0912345678");
        let told = desk.json(&[&["unmerge", &ids[4], "--yes"], &AS_OF[..]].concat());
        assert_eq!(told["kept"], serde_json::json!(["unit", "hamlet", "phone"]));
        let shown = desk.json(&["child", "show", &ids[2]]);
        assert_eq!(
            (&shown["unit"], &shown["record"]["name"]),
            (&"19363".into(), &"Hồ Văn Chín".into())
        );
        assert_eq!(shown["record"]["phone"], "0912345678");
        let back = desk.json(&["child", "show", &ids[4]]);
        assert_eq!(
            (&back["unit"], &back["record"]["phone"]),
            (&"19588".into(), &Value::Null)
        );
        assert_eq!(all("id.shared"), 3);
        sound(&desk);
    }
}

#[test]
fn a_dispute_ends_on_both_sides() {
    for postgres in [false, true] {
        let desk = book(postgres, &rows()[2..4]);
        let ids = ids(&desk, 2);
        let of = |id: &str| rules(&desk, id);
        let shared = (vec!["id.shared".to_owned()], false);
        assert_eq!((of(&ids[0]), of(&ids[1])), (shared.clone(), shared.clone()));
        // Somebody says that they are one child after all: what is left has the number alone.
        let told = desk.json(&[&["merge", &ids[0], &ids[1], "--yes"], &AS_OF[..]].concat());
        assert_eq!(of(&ids[0]), (vec![], true));
        assert_eq!(desk.json(&["disputes"])["disputes"], Value::Array(vec![]));
        // The number means the record that stays.
        assert_eq!(
            desk.json(&["child", "show", SHARED])["child"],
            ids[0].as_str()
        );
        // And that they are two.
        let id = told["merge"].as_str().unwrap();
        desk.json(&[&["unmerge", id, "--yes"], &AS_OF[..]].concat());
        assert_eq!((of(&ids[0]), of(&ids[1])), (shared.clone(), shared.clone()));
        assert_eq!(
            desk.json(&["disputes"])["disputes"]
                .as_array()
                .unwrap()
                .len(),
            1
        );
        // Closed as a mistake, opened again, corrected: the other side follows each time.
        let free = (vec![], true);
        let waiting = || {
            desk.json(&["disputes"])["disputes"]
                .as_array()
                .unwrap()
                .len()
        };
        desk.json(&["child", "close", &ids[1], "--mistake"]);
        assert_eq!((of(&ids[0]), waiting()), (free.clone(), 0));
        desk.json(&[&["child", "reopen", &ids[1]], &AS_OF[..]].concat());
        assert_eq!((of(&ids[0]), waiting()), (shared.clone(), 1));
        edit(&desk, &ids[1], "number=045216000099");
        assert_eq!(
            (of(&ids[0]), of(&ids[1]), waiting()),
            (free.clone(), free, 0)
        );
        desk.json(&["apart", &ids[0], &ids[1]]);
        desk.refused(&["merge", &ids[0], &ids[1]], "hai trẻ khác nhau");
        sound(&desk);
    }
}
