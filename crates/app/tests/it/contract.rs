//! What other programs rely on: heads, order, row numbers, exit codes, `--json`, the same bytes every time.

use super::run::{
    HEADS, Ran, all_files, assert_tidy, check, child, children, findings, list, place, samples,
    summary,
};
use std::path::Path;

const CHILDREN: &str = "file,sheet,row,name,birth,sex,ethnicity,number,ethnicity_own,ethnicity_code_1979,ethnicity_code_2008,id,nationality,birth_certificate,birth_registration,birth_place,home_place,unit,edition,unit_name,hamlet,address,address_current,father,father_birth,father_number,father_phone,mother,mother_birth,mother_number,mother_phone,guardian,guardian_birth,guardian_number,guardian_phone,guardian_relation,phone,household,household_head,household_poor,school,insurance,circumstance,note,district,district_name";
const FINDINGS: &str = "file,sheet,row,field,rule,group,severity,raw,suggestion,safe,message";

fn run(lines: &[String], more: &[&str]) -> (tempfile::TempDir, Ran) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ds.csv");
    list(&file, lines);
    let ran = check(&[&file], &folder.path().join("out"), more);
    (folder, ran)
}

#[test]
fn heads_and_order() {
    let out = tempfile::tempdir().unwrap();
    assert_eq!(
        check(&[&samples("lists")], out.path(), &["--no-lists"]).code,
        0
    );
    for (name, head) in [("children.csv", CHILDREN), ("findings.csv", FINDINGS)] {
        let bytes = std::fs::read(out.path().join(name)).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.lines().next(), Some(head), "{name}");
        assert!(!text.contains('\r') && text.ends_with('\n'), "{name}");
    }
    // Sheets stand in the order of the workbook, which only the children tell.
    let mut sheets: Vec<(String, String)> = Vec::new();
    let rows = children(out.path());
    let mut before = None;
    for row in &rows {
        let (file, sheet, row) = place(row);
        if sheets.last() != Some(&(file.clone(), sheet.clone())) {
            assert!(
                !sheets.contains(&(file.clone(), sheet.clone())),
                "{file} {sheet} twice"
            );
            sheets.push((file, sheet));
            before = None;
        }
        assert!(before < Some(row));
        before = Some(row);
    }
    assert!(
        sheets.windows(2).all(|two| two[0].0 <= two[1].0),
        "files in order of their names"
    );
    let keys: Vec<(usize, u64, String)> = findings(out.path())
        .iter()
        .map(|finding| {
            let (file, sheet, row) = place(finding);
            let at = sheets
                .iter()
                .position(|one| *one == (file.clone(), sheet.clone()));
            (
                at.expect("a finding of a sheet with children"),
                row,
                finding["rule"].clone(),
            )
        })
        .collect();
    assert!(
        keys.len() > 200 && keys.is_sorted(),
        "file, sheet, row, rule"
    );
}

#[test]
fn row_numbers_are_those_a_person_sees() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ds.csv");
    let broken = child(3).replacen(' ', "\n", 1);
    let (name, rest) = broken.split_once(',').unwrap();
    std::fs::write(
        &file,
        format!(
            "DANH SÁCH TRẺ EM\n\n{HEADS}\n{}\n\"{name}\",{rest}\n{}\n",
            child(1),
            child(2)
        ),
    )
    .unwrap();
    let out = folder.path().join("out");
    assert_eq!(check(&[&file], &out, &[]).code, 0);
    let rows: Vec<u64> = children(&out).iter().map(|row| place(row).2).collect();
    assert_eq!(rows, [4, 5, 6], "records, not lines");
}

#[test]
fn exit_codes() {
    let clean = [child(1), child(2)];
    let warned = [child(1), child(2).replace("Thôn A Đăng", "")];
    let wrong = [
        child(1),
        child(2).replace(",Nữ,", ",,").replace(",Nam,", ",,"),
    ];
    for (lines, more, code) in [
        (&clean, &[][..], 0),
        (&clean, &["--deny", "warning"], 0),
        (&warned, &["--deny", "error"], 0),
        (&warned, &["--deny", "warning"], 1),
        (&wrong, &[], 0),
        (&wrong, &["--deny", "error"], 1),
        (&wrong, &["--deny", "warning"], 1),
        (&wrong, &["--deny", "error", "không-có.csv"], 2),
    ] {
        let (folder, ran) = run(lines, more);
        assert_eq!(ran.code, code, "{more:?}: {} {}", ran.out, ran.err);
        assert_tidy(&folder.path().join("out"));
    }
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("ds.csv"), folder.path().join("tệp"));
    list(&file, &clean);
    std::fs::write(&out, "x").unwrap();
    let ran = check(&[&file], &out, &[]);
    assert_eq!((ran.code, ran.err.lines().count()), (3, 1), "{}", ran.err);
}

#[test]
fn a_clean_child_is_clean() {
    let lines: Vec<String> = (0..400).map(child).collect();
    let (folder, ran) = run(&lines, &["--deny", "warning"]);
    let out = folder.path().join("out");
    assert_eq!(
        ran.code,
        0,
        "{:?}",
        findings(&out).iter().take(3).collect::<Vec<_>>()
    );
    let told = summary(&out);
    for key in ["children", "identified", "complete", "clean"] {
        assert_eq!(told[key], 400, "{key}");
    }
    assert!(
        !out.join("lists").exists(),
        "no list where nobody has to be looked at"
    );
}

#[test]
fn json_is_one_object_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let ran = check(&[&samples("lists"), &samples("broken")], &out, &["--json"]);
    assert_eq!(ran.code, 2);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(told.is_object() && ran.out.ends_with("}\n") && ran.out.lines().count() == 1);
    assert_eq!(told, summary(&out), "the content of summary.json");
    assert!(ran.sentences().len() == 12 && ran.err.lines().all(|line| line.starts_with("treem: ")));
    let number = |key: &str| told[key].as_u64().unwrap();
    assert_eq!(number("children"), children(&out).len() as u64);
    let sum = |key: &str| -> u64 {
        told["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file[key].as_u64().unwrap())
            .sum()
    };
    for key in ["children", "identified", "complete", "clean"] {
        assert_eq!(number(key), sum(key), "{key}: files");
        let units: u64 = told["units"]
            .as_array()
            .unwrap()
            .iter()
            .map(|unit| unit[key].as_u64().unwrap())
            .sum();
        assert_eq!(number(key), units, "{key}: units");
    }
    let found = findings(&out);
    for (rule, of) in told["rules"].as_object().unwrap() {
        let count = found
            .iter()
            .filter(|finding| finding["rule"] == *rule)
            .count();
        assert_eq!(of["count"], count, "{rule}");
    }
    let lists = std::fs::read_dir(out.join("lists"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some());
    assert_eq!(told["lists"], lists.count());
    for group in 1..=5_usize {
        let children: std::collections::BTreeSet<_> = found
            .iter()
            .filter(|finding| {
                finding["severity"] == "error" && finding["group"] == group.to_string()
            })
            .map(place)
            .collect();
        assert_eq!(told["groups"][group - 1], children.len(), "group {group}");
    }
}

#[test]
fn the_same_bytes_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let read = || -> Vec<(std::path::PathBuf, Vec<u8>)> {
        all_files(&out)
            .into_iter()
            .filter(|path| !path.ends_with(".treem"))
            .map(|path| (path.clone(), std::fs::read(path).unwrap()))
            .collect()
    };
    assert_eq!(check(&[&samples("lists")], &out, &[]).code, 0);
    let first = read();
    assert_eq!(check(&[&samples("lists")], &out, &[]).code, 0);
    let second = read();
    assert!(first.len() > 40);
    for (one, two) in first.iter().zip(&second) {
        assert_eq!(one.0, two.0);
        assert!(one.1 == two.1, "{}", one.0.display());
    }
    assert_eq!(first.len(), second.len());
}

#[test]
fn without_lists_an_earlier_folder_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("ds.csv"), folder.path().join("out"));
    list(&file, &[child(1).replace(",Kinh,", ",,")]);
    assert_eq!(check(&[&file], &out, &[]).code, 0);
    let before = all_files(&out.join("lists"));
    assert_eq!(before.len(), 2);
    assert_eq!(check(&[&file], &out, &["--no-lists"]).code, 0);
    assert_eq!(all_files(&out.join("lists")), before);
    assert_eq!(summary(&out)["lists"], 0);
}

#[test]
fn an_edited_mapping_is_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("ds.csv"), folder.path().join("out"));
    std::fs::write(
        &file,
        format!("{HEADS},Cột lạ\n{},19588\n{},19588\n", child(1), child(2)),
    )
    .unwrap();
    let mapping = out.join("mapping.toml");
    let mothers = |out: &Path| -> Vec<String> {
        children(out)
            .iter()
            .map(|row| row["mother"].clone())
            .collect()
    };
    assert_eq!(check(&[&file], &out, &[]).code, 0);
    let (father, mother) = (
        children(&out)[0]["father"].clone(),
        mothers(&out)[0].clone(),
    );
    let swapped = std::fs::read_to_string(&mapping)
        .unwrap()
        .replace("\"father\"", "\"x\"")
        .replace("\"mother\"", "\"father\"")
        .replace("\"x\"", "\"mother\"");
    std::fs::write(&mapping, &swapped).unwrap();
    for _ in 0..2 {
        assert_eq!(check(&[&file], &out, &[]).code, 0);
        assert_eq!(
            (&mothers(&out)[0], &children(&out)[0]["father"]),
            (&father, &mother)
        );
    }
    let elsewhere = folder.path().join("elsewhere");
    assert_eq!(
        check(&[&file], &elsewhere, &["--map", mapping.to_str().unwrap()]).code,
        0
    );
    assert_eq!(mothers(&elsewhere)[0], father);
    // What a person wrote and nobody can read is neither passed over nor written over.
    let torn = swapped.replacen("\"mother\"", "\"mother", 1);
    std::fs::write(&mapping, &torn).unwrap();
    let ran = check(&[&file], &out, &[]);
    assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&mapping).unwrap(), torn);
}

#[test]
fn a_unit_for_rows_that_name_none() {
    let without = child(1).replace("Xã Tà Rụt,Huyện Đakrông", ",");
    for (more, unit) in [
        (&[][..], ""),
        (&["--unit", "19588"], "19588"),
        (&["--unit", "Xã Tà Rụt"], "19588"),
    ] {
        let (folder, ran) = run(&[without.clone(), child(2)], more);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let rows = children(&folder.path().join("out"));
        assert_eq!(
            (rows[0]["unit"].as_str(), rows[1]["unit"].as_str()),
            (unit, "19588")
        );
    }
}

#[test]
fn rule_files() {
    let rules = samples("rules.toml");
    let rules = rules.to_str().unwrap();
    assert_eq!(super::run::treem(&["rules", "test", rules]).code, 0);
    let listed = super::run::treem(&["rules", "list", "--rules", rules, "--json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    assert!(listed["rules"].as_array().unwrap().len() > 39);
    let (folder, ran) = run(&[child(1), child(2)], &["--rules", rules]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found = findings(&folder.path().join("out"));
    assert!(
        found
            .iter()
            .any(|finding| finding["rule"] == "phone.missing")
    );
}
