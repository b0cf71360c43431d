//! What needs more than one row, one chunk, one sheet or one file.

use super::run::{HEADS, check, child, children, findings, list, place};
use std::path::Path;

/// A list in parts: each with the heading again, a hamlet of its own, and a sum below.
fn part(number: u32, rows: u32) -> Vec<String> {
    let hamlet = ["A Đăng", "A Vương", "Tà Rụt 1", "Ka Hẹp", "A Liêng"][number as usize % 5];
    let mut lines = vec![HEADS.to_owned(), format!("Thôn {hamlet},,,,,,,,,")];
    lines.extend((0..rows).map(|row| {
        let line = child(number * 10_000 + row).replace("Thôn A Đăng", "");
        match row % 97 {
            3 => line.replace(",Kinh,", ",,"),
            5 => line.replace(",Kinh,", ",\"Pa Cô\",").replacen('H', " H", 1),
            7 => line.replacen('/', ".", 2),
            11 => line.replacen("0452", "452", 1).replacen("0453", "453", 1),
            _ => line,
        }
    }));
    lines.push(format!("Cộng: {rows} trẻ,,,,,,,,,"));
    lines
}

/// The lines of a result without its head, without the file, with rows counted on from another one; findings over many rows left
/// out.
fn lines(out: &Path, name: &str, from: u64) -> Vec<String> {
    let text = std::fs::read_to_string(out.join(name)).unwrap();
    text.lines()
        .skip(1)
        .filter(|line| {
            !["child.duplicate", "id.shared", "birth.heaped"]
                .iter()
                .any(|rule| line.contains(&format!(",{rule},")))
        })
        .map(|line| {
            let (_, rest) = line.split_once(",,").unwrap();
            let (row, rest) = rest.split_once(',').unwrap();
            format!("{},{rest}", row.parse::<u64>().unwrap() + from)
        })
        .collect()
}

#[test]
fn long_lists_read_as_their_pieces_do() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("tất cả.csv");
    let parts: Vec<Vec<String>> = (0..13)
        .map(|number| part(number, 2_000 + number * 40))
        .collect();
    let text = parts.concat().join("\n");
    assert!(
        text.len() > 3_000_000,
        "{} bytes are not enough for many chunks",
        text.len()
    );
    std::fs::write(&whole, text).unwrap();
    let out = folder.path().join("out");
    assert_eq!(check(&[&whole], &out, &["--no-lists"]).code, 0);
    let (all, found) = (
        lines(&out, "children.csv", 0),
        lines(&out, "findings.csv", 0),
    );
    let (mut all_of_parts, mut found_of_parts) = (Vec::new(), Vec::new());
    let mut from = 0;
    for (number, part) in parts.iter().enumerate() {
        let file = folder.path().join(format!("phần/{number}.csv"));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, part.join("\n")).unwrap();
        assert_eq!(check(&[&file], &out, &["--no-lists"]).code, 0);
        all_of_parts.extend(lines(&out, "children.csv", from));
        found_of_parts.extend(lines(&out, "findings.csv", from));
        from += part.len() as u64;
    }
    assert_eq!(
        all.len(),
        parts.iter().map(|part| part.len() - 3).sum::<usize>()
    );
    for (one, two) in all.iter().zip(&all_of_parts) {
        assert_eq!(one, two);
    }
    assert!(found.len() > 500);
    for (one, two) in found.iter().zip(&found_of_parts) {
        assert_eq!(one, two);
    }
    assert_eq!(
        (all.len(), found.len()),
        (all_of_parts.len(), found_of_parts.len())
    );
    assert!(all.iter().any(|child| child.contains("Thôn A Liêng")));
}

#[test]
fn doubles_and_shared_numbers_across_files() {
    let folder = tempfile::tempdir().unwrap();
    let other_number = |line: &str, number: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[4] = number;
        cells.join(",")
    };
    let number = child(1).split(',').nth(4).unwrap().to_owned();
    list(&folder.path().join("ds/a.csv"), &[child(1), child(2)]);
    list(
        &folder.path().join("ds/b.csv"),
        &[
            other_number(&child(2), ""),
            other_number(&child(3), &number),
            child(5),
        ],
    );
    let out = folder.path().join("out");
    assert_eq!(check(&[&folder.path().join("ds")], &out, &[]).code, 0);
    let told = |rule: &str| -> Vec<(String, u64, String)> {
        findings(&out)
            .iter()
            .filter(|finding| finding["rule"] == rule)
            .map(|finding| {
                let (file, _, row) = place(finding);
                (file, row, finding["message"].clone())
            })
            .collect()
    };
    let places = |told: &[(String, u64, String)]| -> Vec<(String, u64)> {
        told.iter().map(|one| (one.0.clone(), one.1)).collect()
    };
    let (doubles, shared) = (told("child.duplicate"), told("id.shared"));
    assert_eq!(
        places(&doubles),
        [("a.csv".to_owned(), 3), ("b.csv".to_owned(), 2)]
    );
    assert_eq!(
        places(&shared),
        [("a.csv".to_owned(), 2), ("b.csv".to_owned(), 3)]
    );
    assert!(
        doubles[0].2.contains("b.csv") && shared[1].2.contains("a.csv"),
        "{doubles:?} {shared:?}"
    );
}

#[test]
fn the_same_file_twice_is_read_once_and_equal_names_stay_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    list(&a.join("ds.csv"), &[child(1)]);
    list(
        &b.join("ds.csv"),
        &[child(2), child(3).replace(",Kinh,", ",,")],
    );
    let out = folder.path().join("out");
    let again = a.join("../a/ds.csv");
    let ran = check(&[&a, &again, &b], &out, &["--deny", "warning"]);
    assert_eq!(ran.code, 1);
    let files: Vec<String> = children(&out).iter().map(|row| place(row).0).collect();
    let (a, b) = (
        a.join("ds.csv").display().to_string(),
        b.join("ds.csv").display().to_string(),
    );
    assert_eq!(files, [a, b.clone(), b]);
    assert!(ran.out.contains("hai lần"), "{}", ran.out);
}

#[test]
fn an_empty_list_of_files_still_writes_heads() {
    let folder = tempfile::tempdir().unwrap();
    let ran = check(&[Path::new("không-có.csv")], folder.path(), &[]);
    assert_eq!(ran.code, 2);
    assert!(children(folder.path()).is_empty() && findings(folder.path()).is_empty());
}
