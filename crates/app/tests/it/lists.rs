//! `lists/*.xlsx`, opened by an office program that is not ours.

use super::run::{HEADS, Record, all_files, check, child, csv, findings, list, samples, summary};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names and notes that a spreadsheet would take for formulas.
const FORMULAS: [&str; 5] = [
    "=1+1",
    "+Cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "=HYPERLINK(\"http://x\";\"y\")",
];

/// Lets LibreOffice turn workbooks into something else. It must be there: the lists are made for such programs.
fn converted(files: &[PathBuf], to: &str, folder: &Path) {
    let output = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--headless", "--norestore", "--convert-to", to, "--outdir"])
        .arg(folder)
        .args(files)
        .output()
        .expect("LibreOffice is not here: scripts/tools.sh test installs it");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Every sheet as csv, as shown: `name of the workbook` → sheets in order of their names.
fn sheets(files: &[PathBuf], folder: &Path) -> BTreeMap<String, Vec<Vec<Vec<String>>>> {
    converted(
        files,
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
        folder,
    );
    let mut out: BTreeMap<String, Vec<Vec<Vec<String>>>> = BTreeMap::new();
    let mut converted: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .collect();
    converted.sort();
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let of = converted.iter().filter(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(&format!("{stem}-"))
        });
        out.insert(
            stem.to_owned(),
            of.map(|path| csv(&std::fs::read_to_string(path).unwrap()))
                .collect(),
        );
    }
    out
}

/// The children of a sheet: what stands below the heading row, by heading.
fn listed(sheet: &[Vec<String>]) -> Vec<Record> {
    let Some(at) = sheet
        .iter()
        .position(|row| row.first().is_some_and(|cell| cell == "STT"))
    else {
        return Vec::new();
    };
    let heads = &sheet[at];
    sheet[at + 1..]
        .iter()
        .filter(|row| row[0].parse::<u32>().is_ok() && !row.last().unwrap().is_empty())
        .map(|row| heads.iter().cloned().zip(row.iter().cloned()).collect())
        .filter(|row: &Record| row["Nguồn (tệp, trang, dòng)"].contains("dòng "))
        .collect()
}

#[test]
fn another_office_program_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("ds.csv"), folder.path().join("out"));
    let mut lines = Vec::new();
    for (number, formula) in (1..).zip(FORMULAS) {
        let mut cells: Vec<String> = child(number).split(',').map(str::to_owned).collect();
        cells[0] = format!("\"{}\"", formula.replace('"', "\"\""));
        cells[6] = format!("\"{}\"", formula.replace('"', "\"\""));
        lines.push(cells.join(","));
    }
    let zero_lost = child(21).replacen(",045", ",45", 1);
    lines.push(zero_lost.clone());
    lines.push(child(22).replace(&child(22).split(',').nth(4).unwrap().to_owned(), ""));
    lines.push(
        child(23)
            .replacen(",045", ",046", 1)
            .replace(",Nam,", ",?,")
            .replace(",Nữ,", ",?,"),
    );
    lines.push(child(24));
    lines.push(child(24));
    let shared = child(25).split(',').nth(4).unwrap().to_owned();
    lines.push(child(25));
    lines.push(child(27).replace(child(27).split(',').nth(4).unwrap(), &shared));
    lines.push(
        child(30)
            .replace("Xã Tà Rụt", "Xã Húc Nghì")
            .replace(",Kinh,", ",,"),
    );
    lines.push(
        child(31)
            .replace("Xã Tà Rụt,Huyện Đakrông", ",")
            .replace(",Kinh,", ",,"),
    );
    std::fs::write(&file, format!("{HEADS}\n{}\n", lines.join("\n"))).unwrap();
    assert_eq!(check(&[&file], &out, &[]).code, 0);
    let books: Vec<PathBuf> = all_files(&out.join("lists"))
        .into_iter()
        .filter(|path| path.extension().is_some())
        .collect();
    let names: Vec<&str> = books
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap())
        .collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(
        names.contains(&"unknown-Chưa biết xã phường")
            && names.iter().any(|name| name.ends_with("-Xã Tà Rụt")),
        "{names:?}"
    );
    let shown = sheets(&books, folder.path());
    let book = &shown[*names
        .iter()
        .find(|name| name.ends_with("-Xã Tà Rụt"))
        .unwrap()];
    let groups: Vec<Vec<Record>> = book.iter().map(|sheet| listed(sheet)).collect();
    assert!(groups.len() >= 5, "{} sheets", groups.len());
    let row_of = |record: &Record| -> u64 {
        record["Nguồn (tệp, trang, dòng)"]
            .rsplit(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap()
    };
    // Who stands on which sheet is what the findings say.
    let found = findings(&out);
    for (number, group) in (1..=5).zip(&groups) {
        let must: BTreeSet<u64> = found
            .iter()
            .filter(|finding| {
                finding["severity"] == "error" && finding["group"] == number.to_string()
            })
            .map(|finding| finding["row"].parse().unwrap())
            .filter(|row| *row <= 13)
            .collect();
        let are: BTreeSet<u64> = group.iter().map(row_of).filter(|row| *row <= 13).collect();
        assert_eq!(are, must, "group {number}");
    }
    // Formulas stay text.
    let bad_names: Vec<&Record> = groups[2]
        .iter()
        .filter(|record| row_of(record) <= 6)
        .collect();
    assert_eq!(bad_names.len(), FORMULAS.len());
    for (record, formula) in bad_names.iter().zip(FORMULAS) {
        assert_eq!(record["Họ và tên"], formula);
        // A name that is taken as one gets its capitals, and stays text all the same.
        assert_eq!(record["Họ tên mẹ"].to_lowercase(), formula.to_lowercase());
    }
    // Numbers keep their zeros, lost ones stay lost beside the proposal.
    let lost = &groups[1][0];
    let number = zero_lost.split(',').nth(4).unwrap();
    assert_eq!(lost["Số ĐDCN"], number);
    assert!(
        lost["Đề nghị sửa"].contains(&format!("0{number}")),
        "{lost:?}"
    );
    assert!(
        groups[3]
            .iter()
            .all(|record| record["Số ĐDCN"] == shared && record["Số ĐDCN"].len() == 12)
    );
    for record in groups.iter().flatten() {
        assert!(!record["Lý do"].is_empty(), "{record:?}");
        for empty in [
            "Kết quả rà soát tại hộ",
            "Kết quả đối chiếu của Công an",
            "Số do Công an cung cấp",
            "Ghi chú",
        ] {
            assert_eq!(record[empty], "", "{empty}");
        }
    }
}

#[test]
fn they_can_be_printed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    assert_eq!(
        check(&[&samples("lists/01-tieu-de-nhieu-dong.xlsx")], &out, &[]).code,
        0
    );
    let books: Vec<PathBuf> = all_files(&out.join("lists"))
        .into_iter()
        .filter(|path| path.extension().is_some())
        .collect();
    converted(&books[..1], "pdf", folder.path());
    let pdf = std::fs::read(
        folder
            .path()
            .join(books[0].with_extension("pdf").file_name().unwrap()),
    )
    .unwrap();
    let text = String::from_utf8_lossy(&pdf);
    let landscape = text.split("/MediaBox").skip(1).all(|rest| {
        let sizes: Vec<f32> = rest
            .trim_start_matches(['[', ' '])
            .split([' ', ']'])
            .take(4)
            .filter_map(|size| size.parse().ok())
            .collect();
        sizes.len() == 4 && sizes[2] > sizes[3] && (sizes[2] - 842.0).abs() < 2.0
    });
    assert!(
        pdf.starts_with(b"%PDF") && text.contains("/MediaBox") && landscape,
        "A4, landscape"
    );
}

#[test]
fn every_commune_has_one() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    assert_eq!(check(&[&samples("lists")], &out, &[]).code, 0);
    let told = summary(&out);
    let must: BTreeSet<String> = told["units"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|unit| unit["children"] != unit["clean"])
        .map(|unit| match unit["unit"].as_str().unwrap() {
            // Nothing is known, or the district alone.
            code if code.len() < 5 => "unknown-Chưa biết xã phường.xlsx".to_owned(),
            code => format!("{code}-{}.xlsx", unit["name"].as_str().unwrap()),
        })
        .collect();
    let are: BTreeSet<String> = all_files(&out.join("lists"))
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != ".treem")
        .collect();
    assert_eq!(are, must);
}

#[test]
fn a_list_that_was_filled_in_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("ds.csv"), folder.path().join("out"));
    list(&file, &[child(1).replace(",Kinh,", ",,")]);
    let books = || {
        all_files(&out.join("lists"))
            .into_iter()
            .find(|path| path.extension().is_some())
            .unwrap()
    };
    assert_eq!(check(&[&file], &out, &[]).code, 0);
    let ran = check(&[&file], &out, &[]);
    assert_eq!(
        (ran.code, out.join("lists-truoc-1").exists()),
        (0, false),
        "nobody worked in it"
    );
    // As if an office program had saved it.
    let filled = [std::fs::read(books()).unwrap(), b"filled in".to_vec()].concat();
    std::fs::write(books(), &filled).unwrap();
    let ran = check(&[&file], &out, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let kept = all_files(&out.join("lists-truoc-1"));
    assert!(
        kept.iter()
            .any(|path| std::fs::read(path).unwrap() == filled)
    );
    assert!(std::fs::read(books()).unwrap() != filled);
    assert!(
        ran.out.contains("lists-truoc-1"),
        "it is said where it went: {}",
        ran.out
    );
}
