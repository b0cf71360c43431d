//! What the police answer, from paper and from their workbook: typed, applied, taken back; on both engines.

mod after;

use super::Desk;
use serde_json::{Value, json};
use std::path::Path;

const DAY: [&str; 2] = ["--as-of", "2024-06-13"];

/// A book of twelve children of Tà Rụt: the first eight have no number, the ninth has lost its zero, the others are sound.
fn book(postgres: bool) -> Desk {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    let path = desk.path("ds.csv");
    let rows: Vec<String> = (1..=12)
        .map(|nth| {
            let row = super::super::run::child(nth);
            let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
            if nth <= 8 {
                cells[4].clear();
            }
            cells.join(",")
        })
        .collect();
    super::super::run::list(&path, &rows);
    let import = ["import", path.to_str().unwrap(), "--as", "Hồ Thị Bích"];
    desk.json(&[&import[..], &DAY].concat());
    desk
}

/// A closed list of all twelve, with the police.
fn sent(desk: &Desk) -> String {
    let drawn = desk.json(
        &[
            &["handover", "draw", "--unit", "Xã Tà Rụt", "--yes"],
            &DAY[..],
        ]
        .concat(),
    );
    let list = drawn["lists"][0]["list"].as_str().unwrap().to_owned();
    for step in [
        vec!["submit"],
        vec!["approve", "--day", "2024-06-20"],
        vec!["send", "--way", "paper"],
        vec!["receive"],
    ] {
        step_of(desk, &step, &list);
    }
    list
}

fn step_of(desk: &Desk, step: &[&str], list: &str) -> Value {
    desk.json(&[&["handover", step[0], list], &step[1..]].concat())
}

/// The police are done, have signed and given it back.
fn returned(desk: &Desk, list: &str) {
    for step in [
        &["answered"][..],
        &["sign", "--paper", "chữ ký tươi ngày 27/6/2024"],
        &["return", "--paper", "biên bản ngày 28/6/2024"],
    ] {
        step_of(desk, step, list);
    }
}

/// Row, name and number of each child as the answers' list shows them, from the workbook that goes out.
fn rows(desk: &Desk, list: &str, file: &Path) -> Vec<(String, String, String, String)> {
    let out = file.to_str().unwrap();
    desk.json(&["handover", "workbook", list, "--out", out]);
    let book = treem_files::read::Book::open(file).unwrap();
    let (sheets, _) = book.whole(1000).unwrap();
    let is_row = |text: &str| treem_child::handover::code::Row::read(text).is_ok();
    let all = sheets[0].rows.iter();
    all.filter(|row| row.cells.len() > 6 && is_row(&row.cells[1].text))
        .map(|row| {
            let cell = |at: usize| row.cells[at].text.clone().into_owned();
            (cell(1), cell(3), cell(4), cell(5))
        })
        .collect()
}

/// A number that contradicts neither sex nor year.
fn number(birth: &str, sex: &str, nth: u32) -> String {
    let digit = if sex == "Nam" { 2 } else { 3 };
    format!("045{digit}{}{nth:06}", &birth[8..])
}

fn sound(desk: &Desk) {
    assert_eq!(desk.json(&["doctor"])["troubles"], json!([]));
}

fn length(value: &Value) -> usize {
    value.as_array().unwrap().len()
}

#[test]
fn from_paper_into_the_register_and_back() {
    for postgres in [false, true] {
        let desk = book(postgres);
        let before = desk.export();
        let list = sent(&desk);
        let rows = rows(&desk, &list, &desk.path("gui.xlsx"));
        assert_eq!(rows.len(), 12);
        let given = |nth: usize| {
            number(
                &rows[nth].2,
                &rows[nth].3,
                900_000 + u32::try_from(nth).unwrap(),
            )
        };
        let say = |nth: usize, text: &str| format!("{}={text}", rows[nth].0);
        let mut typed: Vec<String> = (0..3)
            .map(|nth| say(nth, &format!("2:{}", given(nth))))
            .collect();
        typed.extend([
            say(3, "4"),
            say(4, "9"),
            say(5, "7:12/3/2024"),
            say(6, "3:Họ tên mẹ: Hồ Thị Mới"),
            say(9, "1"),
            say(10, "3:giới tính: Nam"),
        ]);
        let arguments: Vec<&str> = ["handover", "answer", &list]
            .into_iter()
            .chain(typed.iter().map(String::as_str))
            .collect();
        let told = desk.json(&arguments);
        let girl = rows[10].3 == "Nữ";
        assert!(girl, "the eleventh child is a girl");
        assert_eq!((&told["answered"], length(&told["asked"])), (&json!(9), 0));
        // A number that contradicts is asked about, and written down with a reason alone.
        let wrong = say(
            7,
            &format!(
                "2:{}",
                number(&rows[7].2, if rows[7].3 == "Nam" { "Nữ" } else { "Nam" }, 7)
            ),
        );
        let ran = desk.treem(&["handover", "answer", &list, &wrong]);
        assert_eq!(ran.code, 2);
        assert!(ran.out.contains("giới tính"), "{}", ran.out);
        let told = desk.json(&[
            "handover",
            "answer",
            &list,
            &wrong,
            "--why",
            "đã xem giấy khai sinh",
        ]);
        assert_eq!(told["answered"], 10);
        let told = desk.json(&["handover", "answers", &list]);
        assert_eq!(told[0]["answer"]["number"], given(0).as_str());
        desk.refused(&["handover", "apply", &list], "bàn giao lại");
        returned(&desk, &list);
        desk.refused(
            &["handover", "answer", &list, &say(8, "4")],
            "không ghi kết quả được",
        );

        // What each will change; nothing is written.
        let apply =
            |more: &[&str]| desk.json(&[&["handover", "apply", &list], &DAY[..], more].concat());
        let seen = apply(&[]);
        let states: Vec<&str> = seen["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["state"].as_str().unwrap())
            .collect();
        assert_eq!(
            states,
            [
                "does", "does", "does", "nothing", "does", "waits", "does", "does", "does", "does"
            ]
        );
        assert_eq!(seen["unanswered"], 2);
        assert_eq!(desk.export(), before);
        let done = apply(&["--yes"]);
        assert_eq!(done["done"], true);
        let child = |nth: usize| done["rows"][nth]["child"].as_str().unwrap();
        let shown = desk.json(&["child", "show", child(0)]);
        assert_eq!(shown["record"]["number"], given(0).as_str());
        assert_eq!(shown["identified"], true);
        let history = desk.json(&["child", "history", child(0)]);
        assert_eq!(history["events"][1]["source"], "handover");
        // The number follows the sex the record has: that is a request, not an edit.
        assert_eq!(done["rows"][9]["effect"]["requests"][0]["field"], "sex");
        assert_eq!(
            desk.json(&["child", "show", child(9)])["record"]["sex"],
            "Nữ"
        );
        let tasks = desk.json(&["handover", "tasks"]);
        let kinds: Vec<&str> = tasks
            .as_array()
            .unwrap()
            .iter()
            .map(|task| task["kind"].as_str().unwrap())
            .collect();
        assert_eq!(
            (
                kinds.len(),
                kinds.contains(&"civil"),
                kinds.contains(&"request")
            ),
            (2, true, true)
        );
        let civil = tasks
            .as_array()
            .unwrap()
            .iter()
            .find(|task| task["kind"] == "civil")
            .unwrap();
        assert_eq!(
            (&civil["due"], &civil["row"]),
            (&json!("2024-08-12"), &json!(rows[4].0))
        );
        let id = civil["task"].as_str().unwrap();
        desk.refused(&["handover", "task", id], "--result");
        let told = desk.json(&[
            "handover",
            "task",
            id,
            "--result",
            "đã đăng ký ngày 3/7/2024",
        ]);
        assert_eq!(told["state"], "done");
        sound(&desk);

        // What waited is confirmed later; until then it is counted.
        let waiting = || desk.json(&["handover", "show", &list])["waits"]["confirm"].clone();
        assert_eq!(waiting(), 1);
        let show = |nth: usize| desk.json(&["child", "show", child(nth)]);
        assert_eq!(show(5)["state"], "active");
        let confirm = format!("{}=có giấy báo tử", rows[5].0);
        let told = apply(&["--confirm", &confirm, "--yes"]);
        assert_eq!(waiting(), 0);
        assert_eq!(told["rows"][0]["state"], "does");
        assert_eq!(
            (&show(5)["state"], &show(5)["record"]["closed_on"]),
            (&json!("died"), &json!("2024-03-12"))
        );
        desk.refused(
            &[&["handover", "apply", &list, "--yes"], &DAY[..]].concat(),
            "không còn dòng nào",
        );
        sound(&desk);

        // One is edited later; then the whole is taken back.
        let edit = ["child", "edit", child(1), "hamlet=Thôn A Pun", "--yes"];
        desk.json(&[&edit[..], &DAY].concat());
        let undo = |more: &[&str]| {
            let all = [
                &[
                    "handover",
                    "apply",
                    &list,
                    "--undo",
                    "--why",
                    "nhầm danh sách",
                ],
                &DAY[..],
                more,
            ];
            desk.json(&all.concat())
        };
        let told = undo(&[]);
        assert_eq!((&told["done"], length(&told["kept"])), (&json!(false), 1));
        let told = undo(&["--yes"]);
        assert_eq!((&told["done"], &told["tasks"]), (&json!(true), &json!(1)));
        let without = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.starts_with(child(1)));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(without(&desk.export()), without(&before));
        assert_eq!(desk.json(&["handover", "show", &list])["place"], "returned");
        sound(&desk);
        // And done again.
        let told = apply(&["--yes"]);
        assert_eq!(told["done"], true);
        sound(&desk);
    }
}

#[test]
fn typed_twice_without_seeing_the_first() {
    let desk = book(false);
    let edition = ["--edition", "2024-06-13"];
    desk.json(&[&["fix", "check", "Xã Tà Rụt", "keyed"], &edition[..]].concat());
    let list = sent(&desk);
    let rows = rows(&desk, &list, &desk.path("gui.xlsx"));
    let file = desk.path("go.txt");
    let path = file.to_str().unwrap().to_owned();
    let key = |lines: &[String]| {
        std::fs::write(&file, lines.join("\n")).unwrap();
        desk.json(&["handover", "key", &list, &path])
    };
    let line = |nth: usize, text: &str| format!("{}\t{text}", rows[nth].0.replace('-', ""));
    let first = key(&[line(0, "4"), line(1, "9"), line(2, "8")]);
    assert_eq!(
        (&first["answered"], &first["written"][0]["state"]),
        (&json!(0), &json!("first"))
    );
    let waits = |second: u32, differ: u32| {
        let wanted = json!({"second": second, "differ": differ, "confirm": 0});
        assert_eq!(desk.json(&["handover", "show", &list])["waits"], wanted);
        let all = desk.json(&["handover", "list", "--waits"]);
        assert_eq!(
            length(&all["lists"]),
            usize::from(second + differ > 0),
            "{all}"
        );
        let today = desk.json(&["today"]);
        let count = |key: &str| {
            let queues = today["queues"].as_array().unwrap();
            queues.iter().find(|one| one["key"] == key).unwrap()["count"].clone()
        };
        assert_eq!(
            (count("answers-second"), count("answers-differ")),
            (json!(second), json!(differ))
        );
    };
    waits(3, 0);
    // Not even the answers tell what was typed.
    let shown = desk.json(&["handover", "answers", &list]);
    assert_eq!(
        (&shown[0]["state"], &shown[0]["label"]),
        (&json!("first"), &json!(""))
    );
    let second = key(&[line(0, "k tìm thấy"), line(1, "8"), line(2, "8")]);
    let states: Vec<&str> = second["written"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["holds", "differs", "holds"]);
    assert_eq!(second["answered"], 2);
    waits(0, 1);
    let text = desk.treem(&["handover", "list"]).out;
    assert!(text.contains("1 dòng gõ hai lần khác nhau"), "{text}");
    let say = format!("{}=9", rows[1].0);
    desk.refused(
        &["handover", "answer", &list, &say, "--settle"],
        "lý do chọn",
    );
    let told = desk.json(&[
        "handover",
        "answer",
        &list,
        &say,
        "--settle",
        "--why",
        "xem lại giấy",
    ]);
    assert_eq!(told["answered"], 3);
    waits(0, 0);
    // Who takes a first keying away begins anew: the next one is a first again.
    key(&[line(3, "4")]);
    key(&[line(3, "-")]);
    assert_eq!(key(&[line(3, "4")])["written"][0]["state"], "first");
    waits(1, 0);
    // A code with a slip, or of another list, is told; the others of the stack are written down.
    let mut wrong = rows[4].0.clone().into_bytes();
    wrong[8] = if wrong[8] == b'7' { b'8' } else { b'7' };
    let wrong = String::from_utf8(wrong).unwrap();
    std::fs::write(&file, format!("{wrong}\t4\n{}\t4\n", rows[5].0)).unwrap();
    let ran = desk.treem(&["handover", "key", &list, &path]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.out.contains("chữ số kiểm tra") && ran.out.contains("Đã ghi 1"),
        "{}",
        ran.out
    );
    sound(&desk);
}

#[test]
fn the_workbook_comes_back() {
    for postgres in [false, true] {
        let desk = book(postgres);
        let list = sent(&desk);
        let sent_file = desk.path("gui.xlsx");
        let rows = rows(&desk, &list, &sent_file);
        // A csv with the rows upside down, without the columns nobody needs.
        let file = desk.path("tra.csv");
        let mut text = "\u{feff}Họ tên;Mã;KQ;Số mới\n".to_owned();
        for (nth, (code, name, birth, sex)) in rows.iter().enumerate().rev() {
            let (answer, given) = match nth {
                0 => ("đã có số", number(birth, sex, 800_000)),
                1 => ("k có", String::new()),
                2 => ("KTT", String::new()),
                3 => ("Đã cấp", "4,52E+10".to_owned()),
                _ => ("", String::new()),
            };
            text.push_str(&format!("{name};{code};{answer};{given}\n"));
        }
        std::fs::write(&file, text).unwrap();
        let path = file.to_str().unwrap();
        let told = desk.json(&["handover", "read", &list, path]);
        assert_eq!(told["counts"], json!([2, 1, 1, 8]));
        assert_eq!(told["rows"][1]["answer"]["answer"], "not-found");
        assert!(told["kept"].is_null());
        let accept = format!("{}=đã hỏi Công an", rows[1].0);
        let told = desk.json(&[
            "handover", "read", &list, path, "--accept", &accept, "--yes",
        ]);
        assert_eq!(
            (&told["kept"]["answered"], length(&told["kept"]["written"])),
            (&json!(3), 3)
        );
        for (name, content, words) in [
            ("trong.xlsx", &b""[..], "trống"),
            (
                "thu.txt",
                "Kính gửi UBND xã".as_bytes(),
                "Không thấy bảng kết quả",
            ),
        ] {
            let file = desk.path(name);
            std::fs::write(&file, content).unwrap();
            let ran = desk.treem(&["handover", "read", &list, file.to_str().unwrap()]);
            assert_eq!(ran.code, 2);
            assert!(ran.out.contains(words), "{}", ran.out);
        }
        sound(&desk);
    }
}
