//! Inputs made to hurt: very wide, very long cells, packages that unpack to gigabytes. Quickly done, in bounded memory.

use super::package::{Part, sheet, workbook};
use super::run::{AS_OF, HEADS, Ran, TREEM, check, child, children, summary};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Checks a file with so many MiB of address space and gives what it took.
fn bounded(file: &Path, out: &Path, mebibytes: u32) -> (Ran, Duration) {
    let started = Instant::now();
    let output = Command::new("bash")
        .args([
            "-c",
            &format!("ulimit -v {}; exec \"$@\"", mebibytes * 1024),
            "bash",
            TREEM,
            "check",
        ])
        .arg(file)
        .args(["--as-of", AS_OF, "--out"])
        .arg(out)
        .output()
        .unwrap();
    (Ran::of(output), started.elapsed())
}

#[test]
fn a_package_of_three_gigabytes_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bom.xlsx");
    for claimed in [3072 << 20, 1000] {
        std::fs::write(
            &file,
            workbook(Part::bomb("xl/worksheets/sheet1.xml", 3072, claimed)),
        )
        .unwrap();
        let (ran, took) = bounded(&file, &folder.path().join("out"), 2048);
        assert_eq!(
            (ran.code, ran.err.lines().count()),
            (2, 1),
            "{claimed}: {}",
            ran.err
        );
        assert!(took < Duration::from_secs(10), "{claimed}: {took:?}");
    }
}

#[test]
fn sixteen_thousand_columns() {
    let folder = tempfile::tempdir().unwrap();
    let heads = HEADS
        .split(',')
        .map(str::to_owned)
        .chain((11..=16_384).map(|n| format!("Cột {n}")));
    let mut rows: Vec<Vec<String>> = vec![heads.collect()];
    for number in 1..=5 {
        let cells = child(number);
        let cells = cells.split(',').map(str::to_owned);
        rows.push(
            cells
                .chain((11..=16_384).map(|n| (n * number).to_string()))
                .collect(),
        );
    }
    let (xlsx, csv) = (
        folder.path().join("rong.xlsx"),
        folder.path().join("rong.csv"),
    );
    std::fs::write(&xlsx, workbook(sheet(&rows))).unwrap();
    let text: String = rows
        .iter()
        .map(|row| format!("{}\n", row.join(",")))
        .collect();
    std::fs::write(&csv, text).unwrap();
    for file in [xlsx, csv] {
        let out = folder.path().join("out");
        let (ran, took) = bounded(&file, &out, 2048);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(took < Duration::from_secs(10), "{took:?}");
        let told = summary(&out);
        assert_eq!(
            (&told["children"], &told["clean"]),
            (&5.into(), &5.into()),
            "{}",
            file.display()
        );
        assert!(
            told["files"][0].to_string().contains("512"),
            "what was left out is said: {}",
            file.display()
        );
    }
}

#[test]
fn a_cell_of_ten_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    let long = "Nguyễn Văn An ".repeat(560_000);
    let mut rows: Vec<Vec<String>> = vec![
        HEADS
            .split(',')
            .chain(["Ghi chú"])
            .map(str::to_owned)
            .collect(),
    ];
    for number in 1..=6 {
        let line = child(number);
        rows.push(line.split(',').chain(["có"]).map(str::to_owned).collect());
    }
    rows[2][10].clone_from(&long);
    rows[4][0] = long;
    let (xlsx, csv) = (
        folder.path().join("dai.xlsx"),
        folder.path().join("dai.csv"),
    );
    std::fs::write(&xlsx, workbook(sheet(&rows))).unwrap();
    let text: String = rows
        .iter()
        .map(|row| format!("{}\n", row.join(",")))
        .collect();
    std::fs::write(&csv, text).unwrap();
    for file in [xlsx, csv] {
        let out = folder.path().join("out");
        let (ran, took) = bounded(&file, &out, 2048);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(took < Duration::from_secs(10), "{took:?}");
        assert!(
            summary(&out)["files"][0].to_string().contains("ô quá dài"),
            "{}",
            file.display()
        );
        let read = children(&out);
        assert_eq!(read.len(), 6);
        for (number, row) in (1..).zip(&read) {
            assert_eq!(row["name"].is_empty(), number == 4, "{number}");
            assert_eq!(row["number"], child(number).split(',').nth(4).unwrap());
        }
    }
}

#[test]
fn many_files() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..300 {
        let path = folder
            .path()
            .join(format!("ds/{:02}/{number}.csv", number / 20));
        super::run::list(&path, &[child(number)]);
    }
    let out = folder.path().join("out");
    let ran = check(&[&folder.path().join("ds")], &out, &["--no-lists"]);
    assert_eq!((ran.code, children(&out).len()), (0, 300), "{}", ran.err);
}
