//! Letters, templates, targets, saved lists, annexes; on both engines. The figures of a letter are those of `treem coverage`.

use super::{Desk, Value};
use serde_json::json;

const DAY: [&str; 2] = ["--as-of", "2024-06-13"];

#[test]
fn the_letter_from_a_file() {
    super::the_letter(false);
}

#[test]
fn the_letter_from_a_server() {
    super::the_letter(true);
}

/// The letter of the whole province: its table has the figures of coverage, whole, and the 227 are saved as a list.
pub fn of_the_province(desk: &Desk, coverage: &Value, printed: &str) {
    let out = desk.path("cong-van.docx");
    let told = desk.json(
        &[
            &[
                "letter",
                "write",
                "--printed",
                printed,
                "--out",
                out.to_str().unwrap(),
            ],
            &DAY[..],
        ]
        .concat(),
    );
    let table = &told["written"][0]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .find_map(|part| part.get("table"))
        .unwrap()["rows"];
    let figure = |row: &Value, at: usize| row[at]["figure"]["count"].as_i64();
    for row in coverage["rows"].as_array().unwrap() {
        let own = table
            .as_array()
            .unwrap()
            .iter()
            .find(|one| figure(one, 1) == row["headcount"].as_i64())
            .unwrap_or_else(|| panic!("{}", row["unit"]));
        assert_eq!(figure(own, 4), row["entered"].as_i64());
        // What coverage calls missing is both queues together.
        assert_eq!(
            figure(own, 6).unwrap() + figure(own, 7).unwrap(),
            row["computed"]["missing"].as_i64().unwrap(),
            "{}",
            row["unit"]
        );
    }
    let total = table.as_array().unwrap().last().unwrap();
    let sums: Vec<_> = [1, 2, 4, 6, 7]
        .map(|at| figure(total, at).unwrap())
        .to_vec();
    assert_eq!(sums, [187_288, 137_502, 137_275, 49_786, 227]);
    assert_eq!(told["printed"]["slips"], coverage["slips"]);
    let text = told["written"].to_string();
    for words in [
        "137.275/137.502 trẻ em đã được chuẩn hóa dữ liệu (có mã định danh) trên hệ thống phần mềm, đạt 99,83%",
        "Hiện còn 227 dữ liệu trẻ em",
        "hiện có 187.288 trẻ em dưới 16 tuổi",
        "nhập mới 49.786 trẻ em",
        "Có 1.751/",
        "UBND các huyện, thị xã, thành phố",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(std::fs::read(&out).unwrap().starts_with(b"PK"));
    // In the units of another day: communes, another office.
    let told = desk.json(&[
        "letter",
        "write",
        "--as-of",
        "2024-06-13",
        "--edition",
        "2025-07-01",
    ]);
    let text = told["written"].to_string();
    assert!(
        text.contains("Sở Y tế") && text.contains("xã, phường, đặc khu"),
        "{text}"
    );
    let saved = desk.json(
        &[
            &["cohort", "save", "227 trẻ 13/6/2024", "unidentified"],
            &DAY[..],
        ]
        .concat(),
    );
    assert_eq!(saved["children"], 227);
    the_227(desk, "open");
}

/// What became of the 227.
pub fn the_227(desk: &Desk, fate: &str) {
    let told = desk.json(&[&["cohort", "show", "227 trẻ 13/6/2024"], &DAY[..]].concat());
    assert_eq!(
        (&told["since"]["then"], &told["since"][fate]),
        (&json!(227), &json!(227)),
        "{}",
        told["since"]
    );
    let sum: u64 = told["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| unit["since"][fate].as_u64().unwrap())
        .sum();
    assert_eq!(sum, 227);
    // Units alone: of "Hồ" there is a town, Hồ Xá.
    let text = told.to_string();
    let named = ["Hồ Thị", "Hồ Văn", "Nguyễn Thị", "Nguyễn Văn"];
    assert!(!named.iter().any(|name| text.contains(name)), "a name");
}

/// Ten children of Tà Rụt, the third and fifth without a number; what the commune says of itself.
fn book(postgres: bool) -> (Desk, Vec<String>) {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    let list = desk.path("ds.csv");
    let mut rows: Vec<String> = (1..=10).map(super::super::run::child).collect();
    for nth in [2, 4] {
        rows[nth] = rows[nth].replacen(&format!("045310{:06}", nth + 1), "", 1);
    }
    super::super::run::list(&list, &rows);
    desk.json(&[&["import", list.to_str().unwrap()], &DAY[..]].concat());
    let heads = desk.path("so-tre.csv");
    std::fs::write(&heads, "unit,headcount,date,source,population,population_date\n19588,1200,2024-06-03,BC 1,2000,2024-04-01\n").unwrap();
    desk.json(&[
        "headcount",
        "load",
        heads.to_str().unwrap(),
        "--edition",
        "2024-06-13",
    ]);
    let ids = desk
        .export()
        .lines()
        .map(|line| line[..36].to_owned())
        .collect();
    (desk, ids)
}

fn file(desk: &Desk, name: &str, text: &str) -> String {
    let path = desk.path(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn templates_targets_and_lists_of_a_commune() {
    for postgres in [false, true] {
        let (desk, ids) = book(postgres);
        let ta_rut = ["--unit", "Xã Tà Rụt"];
        let write =
            |more: &[&str]| desk.json(&[&["letter", "write"], &DAY[..], &ta_rut, more].concat());
        let told = write(&["--kind", "commune"]);
        let text = told["written"][0].to_string();
        for words in ["BẢNG VIỆC", "UBND xã Tà Rụt", "Công an xã Tà Rụt", "BC 1"] {
            assert_eq!(
                text.to_uppercase().contains(&words.to_uppercase()),
                words != "BC 1",
                "{words}: {text}"
            );
        }
        let unit = &told["figures"]["units"][0];
        let of = |key: &str| unit[key].as_i64().unwrap();
        assert_eq!(
            ["headcount", "children", "identified"].map(of),
            [1_200, 10, 8]
        );

        // A template of one's own: refused with its line, then kept, used, taken back.
        let bad = file(&desk, "sai.txt", "---\nCòn {số trẻ chưa nhâp} trẻ.\n");
        let ran = desk.treem(&["letter", "template", "check", &bad]);
        assert_eq!(ran.code, 2);
        assert!(
            ran.out.contains("dòng 2") && ran.out.contains("có phải {số trẻ chưa nhập} không?"),
            "{}",
            ran.out
        );
        let ran = desk.treem(&["letter", "template", "load", &bad]);
        assert!(ran.code == 2 && ran.err.contains("dòng 2"), "{}", ran.err);
        let good = file(
            &desk,
            "tot.txt",
            "cơ quan ban hành: {cơ quan ban hành}\n---\nCòn {số trẻ chưa nhập} trẻ ở {địa bàn}.\n",
        );
        let loaded = desk.json(&["letter", "template", "load", &good]);
        assert_eq!(
            (&loaded["nth"], &loaded["name"]),
            (&json!(1), &json!("letter"))
        );
        let told = write(&[]);
        assert_eq!(
            told["written"][0]["parts"],
            json!([{"paragraph": [{"text": "Còn 1.190 trẻ ở xã Tà Rụt."}]}])
        );
        let listed = desk.json(&["letter", "template", "list"]);
        assert_eq!(listed["templates"].as_array().unwrap().len(), 3);
        assert!(
            desk.json(&["letter", "template", "out", "letter"])["text"]
                .as_str()
                .unwrap()
                .contains("Còn {số")
        );
        desk.json(&[
            "letter",
            "template",
            "load",
            &good,
            "--name",
            "nhắc lần hai",
        ]);
        let empty = file(&desk, "trong.txt", "\n");
        assert_eq!(
            desk.json(&["letter", "template", "load", &empty])["withdrawn"],
            true
        );
        assert!(write(&[])["written"][0].to_string().contains("Bước 1:"));
        assert!(
            !write(&["--template", "nhắc lần hai"])["written"][0]
                .to_string()
                .contains("Bước 1:")
        );
        assert!(
            !write(&["--template", &good])["written"][0]
                .to_string()
                .contains("Bước 1:")
        );
        for (arguments, words) in [
            (
                &["letter", "write", "--template", "không có"][..],
                "không có mẫu “không có”",
            ),
            (
                &["letter", "write", "--out", "a.odt"],
                ".docx, .pdf hoặc .xlsx",
            ),
            (
                &["letter", "template", "load", &good, "--kind", "offices"],
                "dòng 1",
            ),
            (&["letter", "template", "out", "xyz"], "không có mẫu “xyz”"),
            (
                &["letter", "annex", "unidentified", "--out", "a.xlsx"],
                "treem list",
            ),
        ] {
            desk.refused(arguments, words);
        }
        // Offices of one's own.
        let offices = desk.json(&["letter", "template", "out", "offices"])["text"]
            .as_str()
            .unwrap()
            .to_owned();
        let offices = file(
            &desk,
            "co-quan.toml",
            &offices.replace("Sở Lao động - Thương binh và Xã hội", "Sở Thử"),
        );
        desk.json(&["letter", "template", "load", &offices, "--kind", "offices"]);
        assert!(
            write(&["--kind", "commune"])["written"][0]
                .to_string()
                .contains("Sở Thử")
        );

        // Targets: refused in words, set, seen, behind with the note on the headcount, taken back.
        for (text, words) in [
            ("a,b\n1,2\n", "không thấy đủ các cột"),
            (
                "unit,measure,amount,day,decided_by\n99999,entered,95%,30/6/2024,KH\n",
                "dòng 2",
            ),
            (
                "unit,measure,amount,day,decided_by\n19588,nhập,95%,30/6/2024,KH\n",
                "đã nhập (entered)",
            ),
            (
                "unit,measure,amount,day,decided_by\n19588,entered,950%,30/6/2024,KH\n",
                "từ 0% đến 100%",
            ),
            (
                "unit,measure,amount,day,decided_by\n19588,entered,95%,hôm qua,KH\n",
                "ngày “hôm qua”",
            ),
            (
                "unit,measure,amount,day,decided_by\n19588,entered,95%,30/6/2024,\n",
                "văn bản giao",
            ),
            (
                "unit,measure,amount,day,decided_by\n19588,entered,95%,30/6/2024,K\n19588,đã nhập,9,30/6/2024,K\n",
                "dòng 3",
            ),
            ("unit,measure,amount,day,decided_by\n", "không có dòng"),
        ] {
            let path = file(&desk, "sai.csv", text);
            desk.refused(&["target", "load", &path, "--edition", "2024-06-13"], words);
        }
        let load = |text: &str| {
            let path = file(
                &desk,
                "chi-tieu.csv",
                &format!("mã đơn vị,chỉ tiêu,mức,ngày,văn bản\n{text}"),
            );
            desk.json(&["target", "load", &path, "--edition", "2024-06-13"])
        };
        assert_eq!(
            load("Xã Tà Rụt,entered,100%,1/6/2024,KH 1\n19588,đã chuẩn hóa,9,30/6/2024,KH 1\n")["set"],
            2
        );
        let shown = desk.json(&[&["target", "show"], &DAY[..]].concat());
        let standings = shown["standings"].as_array().unwrap();
        assert_eq!(standings.len(), 2);
        assert_eq!(
            (&standings[0]["needs"], &standings[0]["due"]),
            (&json!(1_190), &json!(true))
        );
        assert_eq!(
            (&standings[1]["now"], &standings[1]["due"]),
            (&json!({"number": 8}), &json!(false))
        );
        let text = write(&[])["written"][0].to_string();
        assert!(text.contains("Tà Rụt: đã nhập 0,83%, chỉ tiêu 100% đến ngày 1/6/2024 theo KH 1; còn thiếu 1.190 trẻ."), "{text}");
        // 1,200 of 2,000 people: nobody is called late without that.
        assert!(
            text.contains("Lưu ý trước khi kết luận là chậm: Xã Tà Rụt: 1.200 trẻ bằng 60% dân số"),
            "{text}"
        );
        assert_eq!(load("19588,entered,bỏ,1/6/2024,\n")["withdrawn"], 1);
        assert!(
            !write(&[])["written"][0]
                .to_string()
                .contains("chưa đạt chỉ tiêu")
        );

        // A list that is followed.
        let save = ["cohort", "save", "hai trẻ", "unidentified"];
        assert_eq!(desk.json(&[&save[..], &DAY].concat())["children"], 2);
        desk.refused(
            &[&save[..], &DAY].concat(),
            "đã có danh sách theo dõi tên “hai trẻ”",
        );
        desk.refused(
            &[&["cohort", "save", "số 045310000003", "1"][..], &DAY].concat(),
            "không được chứa số",
        );
        desk.refused(
            &[&["cohort", "save", "x", "2"][..], &DAY].concat(),
            "không có trẻ nào",
        );
        desk.refused(
            &["cohort", "show", "ba trẻ"],
            "không có danh sách theo dõi “ba trẻ”",
        );
        desk.json(
            &[
                &["child", "edit", &ids[2], "number=045310000003", "--yes"],
                &DAY[..],
            ]
            .concat(),
        );
        desk.json(&[&["child", "edit", &ids[6], "number=", "--yes"], &DAY[..]].concat());
        let told = desk.json(&[&["cohort", "show", "hai trẻ"], &DAY[..]].concat());
        let since: Vec<u64> = ["then", "fixed", "open", "new"]
            .map(|key| told["since"][key].as_u64().unwrap())
            .to_vec();
        // Who came onto the list since is not followed.
        assert_eq!(since, [2, 1, 1, 0]);
        assert_eq!(told["units"][0]["name"], "Xã Tà Rụt");
        let late = desk.json(&["cohort", "show", "hai trẻ", "--as-of", "2030-01-01"]);
        assert_eq!(
            (&late["since"]["aged_out"], &late["since"]["open"]),
            (&json!(2), &json!(0))
        );
        assert_eq!(
            desk.json(&["cohort", "list"])["cohorts"][0]["name"],
            "hai trẻ"
        );

        // An annex has names, and is written down.
        let out = desk.path("phu-luc.docx");
        let annex = [
            "letter",
            "annex",
            "unidentified",
            "--out",
            out.to_str().unwrap(),
        ];
        assert_eq!(desk.json(&[&annex[..], &DAY].concat())["children"], 2);
        assert!(std::fs::read(&out).unwrap().starts_with(b"PK"));
        let ran = desk.treem(&[&annex[..], &DAY].concat());
        assert!(
            ran.code != 0 && ran.err.contains("phu-luc.docx"),
            "never over another file: {}",
            ran.err
        );
        let xlsx = desk.path("bang.xlsx");
        write(&["--out", xlsx.to_str().unwrap()]);
        assert!(std::fs::read(&xlsx).unwrap().starts_with(b"PK"));
        assert_eq!(desk.json(&["doctor"])["troubles"], json!([]));
    }
}
