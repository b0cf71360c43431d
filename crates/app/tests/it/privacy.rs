//! Personal data stands in the result files and nowhere else: not on the screen, not in a file's name, not in a summary.

use super::package::{sheet, workbook};
use super::run::{HEADS, Ran, TREEM, all_files, check, children};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// A made-up child nobody else is called like, with much that is wrong.
const SENTINEL: [&str; 6] = [
    "Quyềnh",
    "045399123777",
    "Thoảng",
    "Nghiễng",
    "0912777333",
    "31/02/2015",
];

fn rows() -> Vec<Vec<String>> {
    let [name, number, father, mother, phone, birth] = SENTINEL;
    let row = |name: &str, number: &str| {
        vec![
            format!("Hồ Thị {name}"),
            birth.into(),
            "x".into(),
            format!("{name} dân"),
            number.into(),
            format!("Hồ Văn {father}"),
            format!("Hồ Thị {mother}"),
            String::new(),
            "Xã Tà Rụt".into(),
            "Huyện Đakrông".into(),
            phone.into(),
        ]
    };
    vec![
        row(name, number),
        row(name, &number[1..]),
        row(&format!("{name} 7"), number),
        row(name, "abc"),
    ]
}

fn assert_silent(text: &str, place: &str) {
    for word in SENTINEL {
        assert!(!text.contains(word), "{word} stands in {place}: {text}");
    }
}

#[test]
fn nothing_leaks() {
    let folder = tempfile::tempdir().unwrap();
    let lists = folder.path().join("ds");
    std::fs::create_dir(&lists).unwrap();
    let heads: Vec<String> = HEADS
        .split(',')
        .chain(["Số điện thoại"])
        .map(str::to_owned)
        .collect();
    let with_heads: Vec<Vec<String>> = std::iter::once(heads).chain(rows()).collect();
    let csv = |rows: &[Vec<String>]| {
        rows.iter()
            .map(|row| format!("{}\n", row.join(",")))
            .collect::<String>()
    };
    std::fs::write(lists.join("1.csv"), csv(&with_heads)).unwrap();
    std::fs::write(lists.join("2.csv"), csv(&rows())).unwrap();
    let book = workbook(sheet(&with_heads));
    std::fs::write(lists.join("3.xlsx"), &book).unwrap();
    std::fs::write(lists.join("4.xlsx"), &book[..book.len() * 2 / 3]).unwrap();
    // The heading says nothing of children: a table that is refused.
    let other: Vec<Vec<String>> = std::iter::once(vec!["Mặt hàng".to_owned(), "Giá".to_owned()])
        .chain(rows().into_iter().map(|row| row[4..6].to_vec()))
        .collect();
    std::fs::write(lists.join("5.csv"), csv(&other)).unwrap();
    for more in [&[][..], &["--json"], &["--deny", "error"]] {
        let out = folder.path().join("out");
        let ran = check(&[&lists], &out, more);
        assert_eq!(ran.code, 2);
        assert_silent(&ran.out, "standard output");
        assert_silent(&ran.err, "standard error");
        assert!(children(&out).len() >= 8);
        for path in all_files(&out) {
            assert_silent(path.to_str().unwrap(), "a file name");
            let name = path.file_name().unwrap();
            if name == "summary.json" || name == "mapping.toml" {
                assert_silent(
                    &std::fs::read_to_string(&path).unwrap(),
                    name.to_str().unwrap(),
                );
            }
        }
    }
}

#[test]
fn normalise_says_nothing_beside_the_values() {
    let mut running = Command::new(TREEM)
        .args(["normalise", "number", "--as-of", "2024-06-13"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    running
        .stdin
        .take()
        .unwrap()
        .write_all(b"045399123777\n45399123777\nabc\n")
        .unwrap();
    let ran = Ran::of(running.wait_with_output().unwrap());
    assert_eq!(
        (ran.code, ran.err.as_str(), ran.out.lines().count()),
        (0, "", 3)
    );
}
