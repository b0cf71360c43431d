//! Lists imported into a book that has children: who is new, who is known, who waits; decided, taken back, undone, done again.

use super::super::run::{self, table};
use super::{Desk, generate};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const DAY: &str = "2024-06-13";
const HEADS: &str = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh cá nhân,Họ tên cha,Họ tên mẹ,Thôn,Xã,Huyện,Điện thoại";

/// Children of the book: each a family of its own.
fn book() -> Vec<String> {
    (1..=60).map(|number| run::child(number * 37)).collect()
}

fn write(path: &Path, lines: &[String]) {
    std::fs::write(path, format!("{HEADS}\n{}\n", lines.join("\n"))).unwrap();
}

/// A line with some of its cells replaced.
fn with(line: &str, cells: &[(usize, &str)]) -> String {
    let mut fields: Vec<&str> = line.split(',').collect();
    fields.resize(11, "");
    for (at, cell) in cells {
        fields[*at] = cell;
    }
    fields.join(",")
}

/// Name, birth date and number of a line.
fn cell(line: &str, at: usize) -> String {
    line.split(',').nth(at).unwrap().to_owned()
}

impl Desk {
    fn exported(&self, name: &str) -> Vec<String> {
        let folder = self.path(name);
        self.json(&["export", "--sensitive", "--out", folder.to_str().unwrap()]);
        ["children.csv", "findings.csv", "rows.csv"]
            .map(|file| std::fs::read_to_string(folder.join(file)).unwrap())
            .to_vec()
    }

    fn import(&self, path: &Path) -> Value {
        self.json(&["import", path.to_str().unwrap(), "--as-of", DAY])
    }

    fn decide(&self, row: &str, more: &[&str]) -> Value {
        self.json(&[&["decide", row], more].concat())
    }

    /// Rows of an import that wait, by what they wait for.
    fn waits(&self, import: &str) -> Vec<Value> {
        let page = self.json(&["decide", "--list", import, "--limit", "100"]);
        page["rows"].as_array().unwrap().clone()
    }

    fn shown(&self, number: &str) -> Value {
        self.json(&["child", "show", number])
    }

    fn rules(&self, child: &str) -> Vec<String> {
        let shown = self.shown(child);
        let findings = shown["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|one| one[0].as_str().unwrap().to_owned())
            .collect()
    }
}

/// That two exports are equal; else the first lines that are not.
fn equal(one: &[String], other: &[String]) {
    for (one, other) in one.iter().zip(other) {
        let differ: Vec<(&str, &str)> = one
            .lines()
            .zip(other.lines())
            .filter(|(one, other)| one != other)
            .take(3)
            .collect();
        assert!(
            one == other,
            "{} and {} lines: {differ:#?}",
            one.lines().count(),
            other.lines().count()
        );
    }
}

fn counts(told: &Value) -> [u64; 4] {
    ["new", "same", "changes", "perhaps"].map(|name| told[name].as_u64().unwrap())
}

#[test]
fn into_a_book_that_has_children() {
    for postgres in [false, true] {
        let desk = Desk::new(postgres);
        desk.json(&["init", "--edition", DAY]);
        let known = book();
        let (first, second) = (desk.path("so.csv"), desk.path("xa.csv"));
        write(&first, &known);
        assert_eq!(counts(&desk.import(&first)), [60, 0, 0, 0]);
        let before = desk.exported("truoc");

        // The same list again: everybody is known, nothing changes, and it is said that the file is not new.
        let told = desk.import(&first);
        assert_eq!(counts(&told), [0, 60, 0, 0]);
        assert!(
            told["remarks"][0].as_str().unwrap().contains("nguyên văn"),
            "{told}"
        );
        desk.json(&["undo", told["import"].as_str().unwrap(), "--yes"]);
        equal(&desk.exported("van-the"), &before);

        let fresh = [
            run::child(61 * 37),
            run::child(62 * 37),
            run::child(63 * 37),
        ];
        let slip = "Hồ Ngọc Ảnh";
        let lines = [
            // Known: the telephone is filled in; of another the hamlet differs.
            with(&known[0], &[(10, "0912345678")]),
            with(&known[1], &[(7, "Thôn Vực Leng")]),
            // New; the second row of the same child has what the first lacks.
            with(&fresh[0], &[(4, ""), (10, "0987654321")]),
            with(&fresh[0], &[]),
            // New under the number of another child.
            with(&fresh[1], &[(4, &cell(&known[4], 4))]),
            // Perhaps: no number, no parents.
            with(&known[6], &[(4, ""), (5, ""), (6, "")]),
            with(&known[7], &[(4, ""), (5, ""), (6, "")]),
            with(&fresh[2], &[(0, slip)]),
        ];
        write(&second, &lines);
        let told = desk.import(&second);
        let import = told["import"].as_str().unwrap();
        assert_eq!(counts(&told), [3, 3, 3, 2], "{told}");
        assert_eq!(
            (&told["filled"], &told["differing"], &told["disputed"]),
            (&1.into(), &1.into(), &1.into()),
            "{told}"
        );
        let after = desk.exported("sau");
        // What is missing is filled in, what differs is not written over.
        let filled = desk.shown(&cell(&known[0], 4));
        assert_eq!(
            (&filled["record"]["phone"], &filled["version"]),
            (&"0912345678".into(), &2.into())
        );
        assert_eq!(
            desk.shown(&cell(&known[1], 4))["record"]["hamlet"],
            "Thôn A Đăng"
        );
        // Two rows of one child are one record.
        let both = desk.shown(&cell(&fresh[0], 4));
        assert_eq!(
            (
                &both["record"]["phone"],
                &both["version"],
                both["origins"].as_array().unwrap().len()
            ),
            (&"0987654321".into(), &1.into(), 2)
        );
        // A number that came to stand on two children is a finding on both sides, and identifies neither.
        let number = cell(&known[4], 4);
        desk.refused(&["child", "show", &number], "2 hồ sơ mang số này");
        let holders: Vec<String> = after[0]
            .lines()
            .filter(|line| line.contains(&number))
            .map(|line| line.split(',').next().unwrap().to_owned())
            .collect();
        assert_eq!(holders.len(), 2);
        for child in &holders {
            assert!(
                desk.rules(child).contains(&"id.shared".to_owned()),
                "{child}"
            );
            assert_eq!(desk.shown(child)["identified"], false);
        }

        // The queue says what the row says, whom it may be and why, and what differs.
        let waits = desk.waits(import);
        let kinds: Vec<&str> = waits
            .iter()
            .map(|row| row["kind"].as_str().unwrap())
            .collect();
        assert_eq!(kinds, ["changes", "perhaps", "perhaps"]);
        assert_eq!(
            waits[0]["differs"],
            json!([["hamlet", "Thôn A Đăng", "Thôn Vực Leng"]])
        );
        let maybe = &waits[1]["candidates"][0];
        let child = maybe["child"].as_str().unwrap();
        assert_eq!(desk.shown(&cell(&known[6], 4))["child"], *child);
        assert!(maybe["why"].to_string().contains("cùng ngày"), "{maybe}");
        let said = desk.treem(&["decide", "--list", import]).out;
        for words in [
            "Có thể là (1)",
            "xác suất",
            "giống hệt",
            "dòng này Thôn Vực Leng",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        let listed = desk.json(&["decide", "--list"]);
        assert_eq!(
            (
                &listed["imports"][0]["perhaps"],
                &listed["imports"][0]["changes"]
            ),
            (&2.into(), &1.into())
        );

        // Decided, taken back, decided otherwise.
        let [changes, one, other] = [0, 1, 2].map(|at: usize| waits[at]["row"].as_str().unwrap());
        desk.refused(&["decide", one, "--keep"], "chưa rõ là trẻ nào");
        desk.refused(&["decide", changes, "--new"], "đã rõ là trẻ nào");
        desk.refused(&["decide", changes, "--take", "phone"], "không khác");
        desk.refused(&["decide", changes, "--take", "xxx"], "không có trường");
        desk.refused(&["decide", &format!("{import}:1"), "--new"], "đã rõ");
        desk.refused(
            &["decide", &format!("{import}:99"), "--new"],
            "không có dòng 99",
        );
        desk.refused(&["decide", "--undo", one], "chưa có quyết định");
        desk.refused(&["decide", import, "--new"], "LẦN_NHẬP:DÒNG");
        let taken = desk.decide(changes, &["--take", "hamlet"]);
        assert_eq!((&taken["changed"], &taken["left"]), (&1.into(), &2.into()));
        assert_eq!(
            desk.shown(&cell(&known[1], 4))["record"]["hamlet"],
            "Thôn Vực Leng"
        );
        desk.decide(changes, &["--undo"]);
        assert_eq!(
            desk.shown(&cell(&known[1], 4))["record"]["hamlet"],
            "Thôn A Đăng"
        );
        let made = desk.decide(one, &["--new"]);
        let new = made["child"].as_str().unwrap();
        assert_eq!(
            (&made["new"], desk.shown(new)["state"].as_str()),
            (&1.into(), Some("active"))
        );
        desk.refused(&["decide", one, "--new"], "đã được quyết định");
        desk.decide(one, &["--undo"]);
        assert_eq!(desk.shown(new)["state"], "withdrawn");
        equal(&desk.exported("lay-lai")[..2], &after[..2]);
        desk.decide(one, &["--same", child]);
        assert_eq!(desk.decide(other, &["--later"])["left"], 2);
        let preview = desk.json(&["decide", "--all-new", import]);
        assert_eq!(
            (&preview["rows"], &preview["done"]),
            (&1.into(), &false.into())
        );
        let done = desk.json(&["decide", "--all-new", import, "--yes"]);
        assert_eq!((&done["new"], &done["left"]), (&1.into(), &1.into()));
        desk.decide(changes, &["--keep"]);
        let decided = desk.exported("da-quyet");
        // What was decided is not asked again.
        let third = desk.path("xa-gui-lai.csv");
        write(&third, &lines[5..7]);
        let again = desk.import(&third);
        assert_eq!(counts(&again)[3], 0, "{again}");
        assert_eq!(counts(&again)[..2], [0, 2]);
        desk.json(&["undo", again["import"].as_str().unwrap(), "--yes"]);

        // Undone: byte by byte as before; a record edited since is kept and listed; done again it is as it was.
        let preview = desk.json(&["undo", import]);
        assert_eq!(
            (&preview["added"], &preview["changed"], &preview["kept"]),
            (&4.into(), &2.into(), &0.into()),
            "{preview}"
        );
        desk.json(&["undo", import, "--yes"]);
        equal(&desk.exported("da-huy"), &before);
        desk.refused(&["decide", one, "--undo"], "đã bị hủy");
        let back = desk.json(&["undo", import, "--redo", "--yes"]);
        assert_eq!(back["asked"], 0, "{back}");
        equal(&desk.exported("lam-lai"), &decided);
        let edited = both["child"].as_str().unwrap();
        desk.correct(edited);
        let kept = desk.json(&["undo", import, "--yes"]);
        assert_eq!(
            (&kept["kept"], &kept["kept_ids"], &kept["added"]),
            (&1.into(), &json!([edited]), &3.into())
        );
        // In the meantime another import brings one of them: done again, that one is asked about, not written twice.
        let fourth = desk.path("xa-khac.csv");
        write(&fourth, &lines[4..5]);
        assert_eq!(counts(&desk.import(&fourth)), [1, 0, 0, 0]);
        let back = desk.json(&["undo", import, "--redo", "--yes"]);
        assert_eq!(
            (&back["added"], &back["asked"]),
            (&2.into(), &1.into()),
            "{back}"
        );
        let waits = desk.waits(import);
        assert_eq!((waits.len(), &waits[0]["kind"]), (1, &"again".into()));
        let row = waits[0]["row"].as_str().unwrap();
        let twin = waits[0]["candidates"][0]["child"].as_str().unwrap();
        desk.decide(row, &["--same", twin]);
        assert!(desk.waits(import).is_empty());
        assert_eq!(desk.json(&["doctor"])["troubles"], json!([]));
    }
}

#[test]
fn an_empty_book_takes_lists_as_they_stand_unless_told() {
    let desk = Desk::new(false);
    desk.json(&["init", "--edition", DAY]);
    let list = desk.path("ds.csv");
    let mut lines = book();
    lines.push(with(&lines[3], &[(10, "0912345678")]));
    write(&list, &lines);
    let arguments = ["import", list.to_str().unwrap(), "--as-of", DAY];
    let told = desk.json(&arguments);
    assert_eq!(
        (counts(&told), &told["linked"]),
        ([61, 0, 0, 0], &false.into())
    );
    desk.json(&["undo", told["import"].as_str().unwrap(), "--yes"]);
    let ran = desk.treem(&[&arguments[..], &["--link", "--progress", "--json"]].concat());
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, counts(&told)), (0, [60, 1, 1, 0]));
    // The counters are told while it goes on, one object a line.
    let last: Value = serde_json::from_str(ran.err.lines().last().unwrap()).unwrap();
    assert_eq!(counts(&last), [60, 1, 1, 0]);
    desk.refused(
        &[
            "export",
            "--out",
            desk.path("x").to_str().unwrap(),
            "--register-as-of",
            "mai",
        ],
        "thời điểm",
    );
    let past = desk.path("qua-khu");
    let told = desk.json(&[
        "export",
        "--out",
        past.to_str().unwrap(),
        "--register-as-of",
        "2020-01-01T00:00:00Z",
    ]);
    assert_eq!(
        (&told["children"], &told["findings"]),
        (&0.into(), &Value::Null)
    );
    desk.refused(
        &["export", "--out", past.to_str().unwrap()],
        "đã có children.csv",
    );
    let now = desk.path("nay");
    desk.json(&["export", "--out", now.to_str().unwrap()]);
    let children = table(&now.join("children.csv"));
    assert!(children.len() == 60 && !children[0].contains_key("ethnicity"));
}

/// A small province, its register and then all its lists, held against its truth by `samples/compare_import.py`.
fn against_the_truth(postgres: bool, people: &str) -> Value {
    let desk = Desk::new(postgres);
    let province = desk.path("tinh");
    generate(&province, &["--people", people]);
    let ran = Command::new("python3")
        .arg(run::samples("compare_import.py"))
        .arg(run::TREEM)
        .arg(&province)
        .args(["--json", "--work"])
        .arg(desk.path("viec"))
        .args(["--data", &desk.data])
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(
        ran.status.success(),
        "{out}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_province_against_its_truth() {
    for postgres in [false, true] {
        let found = against_the_truth(postgres, "6000");
        // No row is taken for another child; of the damaged ones a few are not found and stand in the book twice.
        let twice = found["book"]["twice"].as_u64().unwrap();
        assert!(
            twice <= 2 && found["right"].as_f64().unwrap() >= 99.8,
            "{found}"
        );
        assert_eq!(found["book"]["children"], 6000 + twice, "{found}");
    }
}
