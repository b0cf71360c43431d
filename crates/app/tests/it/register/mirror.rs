//! The national software's export beside the book: loaded, compared, and what has to be typed there written in its own columns and codes.

use super::super::run;
use super::{Desk, generate};
use serde_json::{Value, json};
use std::path::Path;

/// Column of a heading.
fn at(heads: &[String], heading: &str) -> usize {
    heads.iter().position(|head| head == heading).unwrap()
}

fn write(path: &Path, heads: &[String], rows: &[Vec<String>]) {
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
            .collect();
        cells.join(",") + "\n"
    };
    let text: String = rows.iter().map(line).collect();
    std::fs::write(path, line(&heads.to_vec()) + &text).unwrap();
}

/// Records of the sample's register who are clean, so that each test row says what it means.
fn sample(folder: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    generate(folder, &[]);
    let text = std::fs::read_to_string(folder.join("register.csv")).unwrap();
    let mut records = run::csv(&text).into_iter();
    let heads = records.next().unwrap();
    let needed = [
        "Số định danh cá nhân",
        "Họ tên mẹ",
        "Họ tên cha",
        "Số điện thoại",
        "Xã",
    ];
    let needed = needed.map(|heading| at(&heads, heading));
    let rows = records.filter(|row| needed.iter().all(|column| !row[*column].is_empty()));
    (heads.clone(), rows.take(500).collect())
}

/// What stands in a csv that is for people: with the mark of UTF-8.
fn people_csv(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    run::csv(text.strip_prefix('\u{feff}').unwrap())
}

fn mirror_of_a_book(desk: &Desk, heads: &[String], rows: &[Vec<String>]) {
    let path = |name: &str| desk.path(name).to_str().unwrap().to_owned();
    let [key, name, birth, sex, number, mother, phone, address] = [
        "Mã trẻ",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Số định danh cá nhân",
        "Họ tên mẹ",
        "Số điện thoại",
        "Địa chỉ",
    ]
    .map(|heading| at(heads, heading));
    desk.json(&["init", "--edition", "2024-06-13"]);
    desk.refused(&["mirror", "diff"], "chưa nạp tệp kết xuất nào");
    // The first 20 are in the book only, the last 20 there only.
    let mut ours = rows[..480].to_vec();
    "=1+1".clone_into(&mut ours[5][address]);
    ours[32][phone].clear();
    write(&desk.path("so.csv"), heads, &ours);
    desk.json(&["import", &path("so.csv"), "--as-of", "2024-06-13"]);
    let full = desk.export();
    let mut theirs = rows[20..].to_vec();
    for row in &mut theirs {
        let code = if row[sex] == "Nam" { "1" } else { "2" };
        code.clone_into(&mut row[sex]);
    }
    let changed = |theirs: &mut Vec<Vec<String>>, row: usize, column: usize, text: &str| {
        text.clone_into(&mut theirs[row - 20][column]);
    };
    let other_day = if rows[30][birth].starts_with("11") {
        "12"
    } else {
        "11"
    };
    let moved = format!("{other_day}{}", &rows[30][birth][2..]);
    changed(&mut theirs, 30, birth, &moved);
    changed(&mut theirs, 31, mother, "");
    changed(&mut theirs, 33, number, "");
    changed(&mut theirs, 33, key, "TE99999999");
    changed(&mut theirs, 34, key, "");
    changed(&mut theirs, 36, name, "Hồ Văn Khác");
    changed(&mut theirs, 37, number, "4,52E+10");
    write(&desk.path("ket-xuat.csv"), heads, &theirs);
    let profile = desk.treem(&["mirror", "profile"]).out;
    let profile = profile.replace("[\"Nam\", \"1\"]", "[\"1\", \"Nam\"]");
    std::fs::write(
        desk.path("pm.toml"),
        profile.replace("[\"Nữ\", \"2\"]", "[\"2\", \"Nữ\"]"),
    )
    .unwrap();
    let load = |file: &str, day: &str| {
        desk.json(&[
            "mirror",
            "load",
            &path(file),
            "--profile",
            &path("pm.toml"),
            "--day",
            day,
        ])
    };
    let told = load("ket-xuat.csv", "2024-06-13");
    assert_eq!(
        (&told["rows"], &told["linked"], &told["missing_columns"]),
        (&480.into(), &460.into(), &json!([]))
    );
    assert_eq!(told["assumed_columns"], 26);
    let diff =
        |more: &[&str]| desk.json(&[&["mirror", "diff", "--as-of", "2024-06-13"], more].concat());
    let out = path("khac.csv");
    let found = diff(&["--out", &out]);
    let counts = ["same", "different", "only_there", "only_here", "perhaps"];
    assert_eq!(
        counts.map(|count| found[count].as_u64().unwrap()),
        [454, 6, 20, 20, 0],
        "{found}"
    );
    assert_eq!(
        found["linked"],
        json!({"id": 459, "number": 1}),
        "the key of the one found by name is known since it was loaded"
    );
    let field = |code: &str| {
        let fields = found["fields"].as_array().unwrap();
        let one = fields.iter().find(|one| one["field"] == code).unwrap();
        ["missing_there", "missing_here", "other"].map(|kind| one[kind].as_u64().unwrap())
    };
    for (code, expect) in [
        ("name", [0, 0, 1]),
        ("birth", [0, 0, 1]),
        ("mother", [1, 0, 0]),
        ("phone", [0, 1, 0]),
        ("number", [1, 0, 1]),
    ] {
        assert_eq!(field(code), expect, "{code}");
    }
    assert_eq!(found["fields"].as_array().unwrap().len(), 5);
    let lines = people_csv(Path::new(&out));
    assert_eq!((lines.len(), &found["lines"]), (1 + 46, &46.into()));
    let sum: u64 = found["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| unit["same"].as_u64().unwrap() + unit["different"].as_u64().unwrap())
        .sum();
    assert_eq!(sum, 460);
    // One commune only.
    let unit = found["units"].as_array().unwrap()[0].clone();
    let one = diff(&["--unit", unit["unit"].as_str().unwrap()]);
    assert_eq!(
        counts.map(|count| one[count].clone()),
        counts.map(|count| unit[count].clone())
    );
    todo(desk, heads, rows);
    // The next export: a key that was found by name once is known, whatever is written then; the old source stays.
    changed(&mut theirs, 33, name, "Hồ Thị Đổi");
    write(&desk.path("ket-xuat-2.csv"), heads, &theirs);
    let told = load("ket-xuat-2.csv", "2024-07-13");
    assert_eq!(told["linked"], 460);
    let again = diff(&[]);
    assert_eq!(again["linked"]["name"], Value::Null);
    let listed = desk.json(&["mirror", "list"]);
    let first = listed["mirrors"][0]["mirror"].as_str().unwrap();
    assert_eq!(listed["mirrors"].as_array().unwrap().len(), 2);
    assert_eq!(diff(&["--mirror", first])["only_there"], 20);
    // What is written there can be read again: they are the children of the book.
    let back = load("nhap.xlsx", "2024-08-13");
    assert_eq!((&back["rows"], &back["linked"]), (&20.into(), &20.into()));
    let after = diff(&[]);
    assert_eq!(
        (&after["only_there"], &after["different"]),
        (&0.into(), &0.into())
    );
    // Nothing of the book was touched.
    assert_eq!(desk.export(), full);
    assert_eq!(desk.json(&["doctor"])["troubles"], Value::Array(vec![]));
    refusals(desk);
}

/// What must be entered and corrected there.
fn todo(desk: &Desk, heads: &[String], rows: &[Vec<String>]) {
    let path = |name: &str| desk.path(name).to_str().unwrap().to_owned();
    for file in ["nhap.csv", "nhap.xlsx"] {
        let told = desk.json(&[
            "mirror",
            "out",
            "--as-of",
            "2024-06-13",
            "--out",
            &path(file),
        ]);
        assert_eq!((&told["enter"], &told["correct"]), (&20.into(), &5.into()));
    }
    let enter = people_csv(&desk.path("nhap.csv"));
    assert_eq!(enter[0], heads);
    let [key, name, birth, sex, number, mother, address] = [
        "Mã trẻ",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Số định danh cá nhân",
        "Họ tên mẹ",
        "Địa chỉ",
    ]
    .map(|heading| at(heads, heading));
    for want in &rows[..20] {
        let row = enter
            .iter()
            .find(|row| row[number] == want[number])
            .unwrap();
        let code = if want[sex] == "Nam" { "1" } else { "2" };
        assert_eq!(
            (&row[key], &row[birth], row[sex].as_str()),
            (&String::new(), &want[birth], code)
        );
        let place = ["Tỉnh", "Huyện", "Xã"].map(|heading| at(heads, heading));
        assert_eq!(row[place[0]], "Tỉnh Quảng Trị");
    }
    assert!(enter.iter().any(|row| row[address] == "'=1+1"), "a formula");
    let correct = people_csv(&desk.path("nhap-sua.csv"));
    assert_eq!(
        correct[0][heads.len()..],
        ["Cột cần sửa", "Đang ghi trên phần mềm"]
    );
    let of = |child: usize| {
        let row = correct
            .iter()
            .find(|row| row[key] == rows[child][key])
            .unwrap();
        (row.clone(), row[heads.len()].clone())
    };
    for (child, column, heading) in [
        (30, birth, "Ngày sinh"),
        (31, mother, "Họ tên mẹ"),
        (36, name, "Họ và tên"),
        (37, number, "Số định danh cá nhân"),
    ] {
        let (row, wrong) = of(child);
        assert_eq!(
            (&row[column], wrong.as_str()),
            (&rows[child][column], heading)
        );
    }
    assert!(of(37).0[heads.len() + 1].contains("4,52E+10"));
    assert!(correct.iter().any(|row| row[key] == "TE99999999"));
}

fn refusals(desk: &Desk) {
    let path = |name: &str| desk.path(name).to_str().unwrap().to_owned();
    std::fs::write(desk.path("khong.csv"), "a,b\n1,2\n").unwrap();
    std::fs::write(desk.path("xau.toml"), "name = 1\n").unwrap();
    let load = |file: &str, more: &[&str], words: &str| {
        let file = path(file);
        desk.refused(&[&["mirror", "load", &file], more].concat(), words);
    };
    load("khong.csv", &[], "không thấy hàng tiêu đề");
    load("khong-co.csv", &[], "khong-co.csv");
    load(
        "so.csv",
        &["--profile", &path("xau.toml")],
        "xau.toml: không đúng dạng ở dòng 1",
    );
    load(
        "so.csv",
        &["--profile", &path("khong-co.toml")],
        "không đọc được",
    );
    load("so.csv", &["--day", "hôm qua"], "ngày “hôm qua”");
    desk.refused(&["mirror", "diff", "--mirror", "0190"], "mirror list");
    desk.refused(
        &["mirror", "diff", "--unit", "Xã Không Có"],
        "không phải đơn vị",
    );
    desk.refused(
        &["mirror", "out", "--out", &path("nhap.pdf")],
        "chỉ ghi được tệp .xlsx hoặc .csv",
    );
    assert!(!desk.path("nhap.pdf").exists());
    let listed = desk.json(&["mirror", "list"]);
    assert_eq!(listed["mirrors"].as_array().unwrap().len(), 3);
}

#[test]
fn the_software_beside_the_book() {
    let folder = tempfile::tempdir().unwrap();
    let (heads, rows) = sample(&folder.path().join("tinh"));
    for postgres in [false, true] {
        mirror_of_a_book(&Desk::new(postgres), &heads, &rows);
    }
}
