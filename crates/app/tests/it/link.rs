//! `treem link`: its files, its words, its exit codes; `treem check --duplicates`.

use super::run::{AS_OF, TREEM, check, samples, table, treem};
use std::path::Path;
use std::process::Command;

const HEAD: &str = "rec_id,full_name,dob,gender,ethnicity,father,mother,commune,personal_id";
const GIVENS: [&str; 12] = [
    "Huy", "Bảo", "Minh", "Phúc", "Anh", "Đạt", "Long", "Nam", "Duy", "Quân", "Sơn", "Hải",
];
const SURNAMES: [&str; 6] = ["Nguyễn", "Trần", "Lê", "Phạm", "Phan", "Võ"];

/// The n-th child of a made-up list.
fn child(at: usize) -> String {
    let (surname, given) = (SURNAMES[at * 7 % 6], GIVENS[at * 5 % 12]);
    let (year, month, day) = (2009 + at * 3 % 14, 1 + at * 11 % 12, 1 + at * 17 % 28);
    format!(
        "{surname} {} {given},{year}-{month:02}-{day:02},Nam,Kinh,{surname} Văn {},{} Thị {},Xã {},0452{:02}{:06}",
        ["Gia", "Minh", "Văn", "Đức", "Quang"][at / 3 % 5],
        GIVENS[at / 7 % 12],
        SURNAMES[at / 5 % 6],
        ["Hoa", "Lan", "Mai", "Cúc", "Hồng", "Liên", "Thu", "Xuân"][at / 11 % 8],
        [
            "Tà Rụt",
            "Cam Hiếu",
            "Hải Lệ",
            "Gio Hải",
            "Ba Lòng",
            "Nơi Không Có"
        ][at / 13 % 6],
        year % 100,
        at * 101 % 1_000_000,
    )
}

/// Two lists: 300 children, and 500 of which 150 are among those.
fn two_lists(folder: &Path) -> (String, String) {
    let write = |name: &str, lines: Vec<String>| {
        let path = folder.join(name);
        std::fs::write(&path, format!("{HEAD}\n{}\n", lines.join("\n"))).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let list = (0..300).map(|at| format!("a{at},{}", child(at))).collect();
    let register = (150..650)
        .map(|at| format!("b{at},{}", child(at)))
        .collect();
    (write("a.csv", list), write("b.csv", register))
}

fn lines(path: &Path) -> Vec<String> {
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn two_lists_of_children() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = two_lists(folder.path());
    let out = folder.path().join("out");
    let ran = treem(&[
        "link",
        &a,
        &b,
        "--id",
        "rec_id",
        "--out",
        out.to_str().unwrap(),
        "--json",
    ]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let summary: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (summary["left"].as_u64(), summary["right"].as_u64()),
        (Some(300), Some(500))
    );
    assert_eq!(
        lines(&out.join("pairs.csv"))[0],
        "left,right,probability,bits,band"
    );
    assert_eq!(
        lines(&out.join("decisions.csv"))[0],
        "id,decision,best,probability"
    );
    let pairs = table(&out.join("pairs.csv"));
    let same: Vec<_> = pairs.iter().filter(|pair| pair["band"] == "same").collect();
    assert!(same.len() >= 148, "{}", same.len());
    for pair in &same {
        assert_eq!(pair["left"][1..], pair["right"][1..]);
        assert!(pair["probability"].len() == 8 && pair["probability"].as_str() > "0.9");
    }
    let decisions = table(&out.join("decisions.csv"));
    assert_eq!(decisions.len(), 300);
    assert_eq!(
        decisions
            .iter()
            .map(|row| row["id"].clone())
            .collect::<Vec<_>>(),
        (0..300).map(|at| format!("a{at}")).collect::<Vec<_>>()
    );
    assert!(
        decisions[..150]
            .iter()
            .filter(|row| row["decision"] == "new")
            .count()
            >= 145
    );
    assert!(
        decisions[150..]
            .iter()
            .filter(|row| row["decision"] == "same")
            .count()
            >= 148
    );
    let model: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(out.join("model.json")).unwrap()).unwrap();
    for key in ["kinds", "comparisons", "keys", "tenths", "compared"] {
        assert!(!model[key].is_null(), "{key}");
    }
    let left: Vec<String> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn doubles_in_one_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let rows: Vec<String> = (0..400)
        .map(|at| format!("r{at},{}", child(if at >= 360 { at - 300 } else { at })))
        .collect();
    std::fs::write(&path, format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
    let out = folder.path().join("out");
    let ran = treem(&[
        "link",
        path.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("nhóm dòng cùng một người"), "{}", ran.out);
    assert_eq!(lines(&out.join("clusters.csv"))[0], "cluster,id");
    assert!(!out.join("decisions.csv").exists());
    let clusters = table(&out.join("clusters.csv"));
    // Without --id a record is named by its row: child 60 stands in row 62 and again in row 362.
    assert!(
        clusters.iter().any(|row| row["id"] == "62")
            && clusters.iter().any(|row| row["id"] == "362")
    );
    assert!(clusters.len() >= 78, "{}", clusters.len());
}

#[test]
fn the_id_column_is_never_compared() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = two_lists(folder.path());
    let pairs = |id: &str, out: &str| {
        let out = folder.path().join(out);
        let ran = treem(&[
            "link",
            &a,
            &b,
            "--id",
            id,
            "--out",
            out.to_str().unwrap(),
            "--explain",
            "045209000000,045209000000",
            "--json",
        ]);
        (ran, out)
    };
    // Named by the number, nothing is known of the number any more: every pair says so.
    let (ran, out) = pairs("personal_id", "by-number");
    assert!(ran.code == 0 || ran.code == 2, "{}", ran.err);
    let model: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(out.join("model.json")).unwrap()).unwrap();
    let key = model["keys"]
        .as_array()
        .unwrap()
        .iter()
        .find(|key| key["key"] == "number")
        .unwrap();
    assert_eq!(key["pairs"].as_u64(), Some(0));
}

#[test]
fn a_pair_is_explained_in_vietnamese() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = two_lists(folder.path());
    let out = folder.path().join("out");
    let ran = treem(&[
        "link",
        &a,
        &b,
        "--id",
        "rec_id",
        "--out",
        out.to_str().unwrap(),
        "--explain",
        "a200,b200",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in [
        "Vì sao a200 và b200",
        "Họ và tên",
        "Ngày sinh",
        "Họ tên mẹ",
        "giống hệt",
        "cùng số",
        " bit",
        "Kết luận: cùng một trẻ",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let ran = treem(&[
        "link",
        &a,
        &b,
        "--id",
        "rec_id",
        "--out",
        out.to_str().unwrap(),
        "--explain",
        "a200,b9999",
    ]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("b9999"));
}

#[test]
fn what_cannot_be_used_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = two_lists(folder.path());
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    let model = folder.path().join("model.toml");
    std::fs::write(&model, "comparison = 1").unwrap();
    let empty = folder.path().join("empty.csv");
    std::fs::write(&empty, "").unwrap();
    let (model, empty) = (model.to_str().unwrap(), empty.to_str().unwrap());
    for (arguments, words) in [
        (
            vec!["link", &a, "khong-co.csv", "--out", out],
            "khong-co.csv",
        ),
        (vec!["link", empty, &b, "--out", out], "empty.csv"),
        (
            vec!["link", &a, &b, "--id", "ma_tre", "--out", out],
            "ma_tre",
        ),
        (
            vec!["link", &a, &b, "--model", model, "--out", out],
            "model.toml",
        ),
        (
            vec!["link", &a, &b, "--model", model, "--out", out],
            "dòng 1",
        ),
        (
            vec!["link", &a, &b, "--as-of", "hôm qua", "--out", out],
            "hôm qua",
        ),
        (
            vec!["link", &a, &b, "--model", "khong-co.toml", "--out", out],
            "khong-co.toml",
        ),
        (
            vec!["link", &a, &b, "--threshold", "7", "--out", out],
            "--threshold",
        ),
        (
            vec!["link", &a, &b, "--explain", "a1", "--out", out],
            "--explain",
        ),
    ] {
        let ran = treem(&arguments);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (2, ""),
            "{arguments:?}: {}",
            ran.err
        );
        assert!(
            ran.err.contains(words) && ran.err.lines().count() == 1,
            "{arguments:?}: {}",
            ran.err
        );
        assert!(!Path::new(out).join("pairs.csv").exists());
    }
}

#[test]
fn a_model_file_needs_no_code() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = two_lists(folder.path());
    let model = folder.path().join("model.toml");
    let text = "grouping = \"one-to-one\"\n[[comparison]]\nname = \"name\"\nlevels = [{ when = \"exact(full_name)\", rarity = [\"full_name\"] }]\n\
                [[comparison]]\nname = \"dob\"\nlevels = [{ when = \"exact(dob)\" }]\n[[comparison]]\nname = \"id\"\nlevels = [{ when = \"exact(personal_id)\" }]\n\
                [[block]]\non = [\"full_name\"]\n[[block]]\non = [\"dob\"]\n";
    std::fs::write(&model, text).unwrap();
    let out = folder.path().join("out");
    let ran = treem(&[
        "link",
        &a,
        &b,
        "--id",
        "rec_id",
        "--model",
        model.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let pairs = table(&out.join("pairs.csv"));
    let sure = pairs
        .iter()
        .filter(|pair| pair["probability"].as_str() > "0.9")
        .count();
    assert!((148..=152).contains(&sure), "{sure}");
    assert!(pairs.iter().all(|pair| pair["band"].is_empty()));
}

/// The lists of a small sample province against its register: rows are named by file, sheet and row, and judged by the truth.
#[test]
fn lists_of_a_province_against_its_register() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (province, out) = (path("province"), path("out"));
    let generate = [
        "generate", "--out", &province, "--people", "20000", "--seed", "3", "--format", "csv",
    ];
    assert_eq!(treem(&generate).code, 0);
    let (lists, register) = (
        format!("{province}/lists"),
        format!("{province}/register.csv"),
    );
    let ran = treem(&[
        "link",
        &lists,
        &register,
        "--as-of",
        "2024-06-13",
        "--out",
        &out,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let truth = table(&Path::new(&province).join("truth.csv"));
    let child_of: std::collections::HashMap<String, &str> = truth
        .iter()
        .map(|row| {
            let key = match row["file"].strip_prefix("lists/") {
                Some(file) => format!("{file}:{}:{}", row["sheet"], row["row"]),
                None => row["row"].clone(),
            };
            (key, row["child"].as_str())
        })
        .collect();
    let in_register: std::collections::HashSet<&str> = truth
        .iter()
        .filter(|row| !row["file"].starts_with("lists/"))
        .map(|row| row["child"].as_str())
        .collect();
    let due = truth
        .iter()
        .filter(|row| {
            row["file"].starts_with("lists/") && in_register.contains(row["child"].as_str())
        })
        .count();
    let (mut same, mut same_right, mut found, mut right) = (0, 0, 0, 0);
    for pair in table(&Path::new(&out).join("pairs.csv")) {
        let hit = child_of[&pair["left"]] == child_of[&pair["right"]];
        if pair["band"] == "same" {
            same += 1;
            same_right += usize::from(hit);
        }
        if pair["probability"].as_str() >= "0.9" {
            found += 1;
            right += usize::from(hit);
        }
    }
    // So few pairs allow no wrong one among the sure ones.
    assert!(due > 15 && same > due / 2, "{due} due, {same} same");
    assert_eq!(same, same_right);
    assert!(
        2 * right * 100 >= 90 * (found + due),
        "{right} right of {found} found, {due} due"
    );
}

#[test]
fn ctrl_c_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let rows: Vec<String> = (0..60_000)
        .map(|at| format!("r{at},{}", child(at)))
        .collect();
    std::fs::write(&path, format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
    let out = folder.path().join("out");
    let mut running = Command::new(TREEM)
        .args([
            "link",
            path.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
        ])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(400));
    Command::new("kill")
        .args(["-INT", &running.id().to_string()])
        .status()
        .unwrap();
    let code = running.wait().unwrap().code();
    let left: Vec<_> = std::fs::read_dir(&out).into_iter().flatten().collect();
    assert!(
        code == Some(3) && left.is_empty() || code == Some(0),
        "{code:?} {left:?}"
    );
}

#[test]
fn check_finds_doubles_written_differently() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let mut rows: Vec<String> = (0..400).map(|at| format!("r{at},{}", child(at))).collect();
    // The birthday's day and month in each other's place, no number, no marks: not equal, and yet one child.
    rows.push(
        "r400,Le Van Kien,2014-09-04,Nam,Kinh,Le Van Thanh,Phan Thi Gam,Xã Tà Rụt,".to_owned(),
    );
    rows.push(
        "r401,Lê Văn Kiên,2014-04-09,Nam,Kinh,Lê Văn Thành,Phan Thị Gấm,Xã Tà Rụt,045214700001"
            .to_owned(),
    );
    std::fs::write(&path, format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
    let found = |out: &str, more: &[&str]| {
        let out = folder.path().join(out);
        assert_eq!(
            check(&[&path], &out, &[&["--no-lists"], more].concat()).code,
            0
        );
        table(&out.join("findings.csv"))
            .into_iter()
            .filter(|row| row["rule"] == "child.duplicate")
            .collect::<Vec<_>>()
    };
    assert!(
        found("without", &[])
            .iter()
            .all(|row| row["row"] != "402" && row["row"] != "403")
    );
    let with = found("with", &["--duplicates"]);
    let one = with.iter().find(|row| row["row"] == "402").unwrap();
    assert!(
        one["message"].contains("dòng 403") && one["message"].contains('%'),
        "{}",
        one["message"]
    );
    assert!(with.iter().any(|row| row["row"] == "403"));
    let _ = (AS_OF, samples("lists"));
}
