//! What comes after the answers: moves that are proposed, and what the national software shows.

use super::*;

/// A list that is back from the police, with these answers of its first rows.
fn back(desk: &Desk, answers: &[&str]) -> (String, Vec<String>) {
    let list = sent(desk);
    let rows: Vec<String> = rows(desk, &list, &desk.path("gui.xlsx"))
        .into_iter()
        .map(|row| row.0)
        .collect();
    let typed: Vec<String> = rows
        .iter()
        .zip(answers)
        .map(|(row, answer)| format!("{row}={answer}"))
        .collect();
    let mut arguments = vec!["handover", "answer", &list];
    arguments.extend(typed.iter().map(String::as_str));
    assert_eq!(desk.json(&arguments)["answered"], answers.len());
    returned(desk, &list);
    (list, rows)
}

#[test]
fn who_moved_within_the_register_is_proposed_there() {
    for postgres in [false, true] {
        let desk = book(postgres);
        let (list, rows) = back(
            &desk,
            &[
                "6:thôn A Đeng, xã A Ngo",
                "6:Hà Nội",
                "6:xã Tà Rụt",
                "6:A Ngo",
            ],
        );
        let apply =
            |more: &[&str]| desk.json(&[&["handover", "apply", &list], &DAY[..], more].concat());
        let seen = apply(&[]);
        let states = |told: &Value| -> Vec<String> {
            let all = told["rows"].as_array().unwrap().iter();
            all.map(|row| row["state"].as_str().unwrap().to_owned())
                .collect()
        };
        // Elsewhere, or where the child is already, the record ends: a person says so.
        assert_eq!(states(&seen), ["does", "waits", "waits", "does"]);
        assert_eq!(seen["rows"][0]["effect"]["end"]["end"], "proposed");
        let moves = |state: &str| desk.json(&["moves", "--state", state])["moves"].clone();
        assert_eq!(length(&moves("proposed")), 0, "nothing is written yet");
        let done = apply(&[
            "--confirm",
            &format!("{}=gia đình xác nhận", rows[1]),
            "--yes",
        ]);
        assert_eq!(states(&done), ["does", "does", "waits", "does"]);
        let child = |nth: usize| done["rows"][nth]["child"].as_str().unwrap().to_owned();
        let stands = |nth: usize| desk.json(&["child", "show", &child(nth)])["state"].clone();
        assert_eq!(
            (stands(0), stands(1), stands(2)),
            (json!("active"), json!("moved"), json!("active"))
        );
        let proposed = moves("proposed");
        assert_eq!(length(&proposed), 2);
        let one = proposed
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["child"] == child(0).as_str())
            .unwrap();
        assert_eq!(one["to_name"], "Xã A Ngo");
        assert!(one["why"].as_str().unwrap().contains(&rows[0]), "{one}");
        sound(&desk);
        // Taken back before an answer, it is withdrawn; then it is proposed anew.
        let undo = |more: &[&str]| {
            let begin = ["handover", "apply", &list, "--undo", "--why", "nhầm"];
            desk.json(&[&begin[..], &DAY, more].concat())
        };
        assert_eq!(undo(&[])["moves"], 2);
        assert_eq!(undo(&["--yes"])["moves"], 2);
        assert_eq!(
            (length(&moves("proposed")), length(&moves("withdrawn"))),
            (0, 2)
        );
        assert_eq!(stands(1), "active");
        apply(&["--yes"]);
        // The other commune confirms one; that stays when the list is taken back.
        let proposed = moves("proposed");
        let id = |nth: usize| proposed[nth]["move"].as_str().unwrap().to_owned();
        let answer = ["child", "move", "--confirm", &id(0)];
        desk.json(&[&answer[..], &DAY].concat());
        let told = undo(&["--yes"]);
        assert_eq!((&told["moves"], length(&told["kept"])), (&json!(1), 1));
        assert!(
            told["kept"][0]["why"]
                .as_str()
                .unwrap()
                .contains("Xã A Ngo"),
            "{told}"
        );
        sound(&desk);
    }
}

#[test]
fn a_move_that_waits_already_is_not_proposed_again() {
    let desk = book(false);
    let (list, _) = back(&desk, &["6:A Ngo", "6:A Ngo"]);
    let apply =
        |more: &[&str]| desk.json(&[&["handover", "apply", &list], &DAY[..], more].concat());
    let seen = apply(&[]);
    for (nth, to) in [(0, "Xã A Ngo"), (1, "Xã Húc Nghì")] {
        let child = seen["rows"][nth]["child"].as_str().unwrap();
        let to = ["--to", to, "--edition", "2024-06-13"];
        let day = ["--day", "2024-06-01"];
        desk.json(&[&["child", "move", child][..], &to, &day].concat());
    }
    let told = apply(&["--yes"]);
    assert_eq!(
        (&told["rows"][0]["state"], &told["rows"][1]["state"]),
        (&json!("nothing"), &json!("refused")),
        "{told}"
    );
    assert_eq!(length(&desk.json(&["moves"])["moves"]), 2);
    sound(&desk);
}

#[test]
fn what_the_national_software_shows() {
    for postgres in [false, true] {
        let desk = book(postgres);
        let list = sent(&desk);
        let all = rows(&desk, &list, &desk.path("gui.xlsx"));
        let given = |nth: usize| {
            number(
                &all[nth].2,
                &all[nth].3,
                700_000 + u32::try_from(nth).unwrap(),
            )
        };
        let say = |nth: usize| format!("{}=2:{}", all[nth].0, given(nth));
        desk.json(&["handover", "answer", &list, &say(0), &say(1)]);
        let seen = |more: &[&'static str]| [&["handover", "seen", &list][..], &DAY, more].concat();
        desk.refused(&seen(&[]), "chỉ đối chiếu với phần mềm quốc gia sau khi");
        returned(&desk, &list);
        desk.json(&[&["handover", "apply", &list, "--yes"], &DAY[..]].concat());
        desk.refused(&seen(&["--yes"]), "chưa nạp tệp kết xuất nào");
        // Exports of the national software: all children as they were, with the numbers that are known there.
        let export = |file: &str, day: &str, known: &[usize]| {
            let path = desk.path(file);
            let lines: Vec<String> = (1..=12)
                .map(|nth| {
                    let row = crate::run::child(nth);
                    let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
                    if nth <= 8 {
                        cells[4].clear();
                    }
                    for at in known {
                        if (&all[*at].1, &all[*at].2) == (&cells[0], &cells[1]) {
                            cells[4] = given(*at);
                        }
                    }
                    cells.join(",")
                })
                .collect();
            crate::run::list(&path, &lines);
            desk.json(&["mirror", "load", path.to_str().unwrap(), "--day", day]);
        };
        export("lan-mot.csv", "2024-06-14", &[0]);
        let told = desk.json(&seen(&["--yes"]));
        assert_eq!(
            (&told["done"], &told["shown"], length(&told["missing"])),
            (&json!(false), &json!(1), 1),
            "{told}"
        );
        assert_eq!(told["missing"][0]["row"], all[1].0.as_str());
        assert_eq!(told["missing"][0]["fields"], json!(["number"]));
        let text = desk.treem(&seen(&[])).out;
        assert!(
            text.contains("phần mềm ghi khác: ") && text.contains("còn 1 dòng phải nhập"),
            "{text}"
        );
        let place = || desk.json(&["handover", "show", &list])["place"].clone();
        assert_eq!(place(), "applied");
        // The next export shows both: first it is only said, then it is written down.
        export("lan-hai.csv", "2024-06-15", &[0, 1]);
        let told = desk.json(&seen(&[]));
        assert_eq!(
            (&told["done"], length(&told["missing"])),
            (&json!(false), 0),
            "{told}"
        );
        assert_eq!(place(), "applied");
        assert_eq!(desk.json(&seen(&["--yes"]))["done"], true);
        assert_eq!(place(), "seen");
        desk.refused(&seen(&["--yes"]), "Đã có trên phần mềm quốc gia");
        sound(&desk);
    }
}
