//! Bad input: one clear sentence each, and nothing else is lost.

use super::run::{check, children, findings, place, samples, summary};
use std::path::Path;

/// File, exit code, words of its sentence (on standard error; where the code is 0 there is none), children read from it.
const BROKEN: [(&str, i32, &str, usize); 14] = [
    ("01-rong.xlsx", 2, "Tệp trống", 0),
    ("02-rong.csv", 2, "Tệp trống", 0),
    ("03-co-mat-khau.xlsx", 2, "mật khẩu", 0),
    ("04-bom-nen.xlsx", 2, "Tệp nén bất thường", 0),
    ("05-bi-cat.xlsx", 2, "bị hỏng hoặc chưa được chép đủ", 0),
    ("06-word-doi-duoi.xlsx", 0, "", 4),
    ("07-word-khong-bang.docx", 2, "không có bảng nào", 0),
    ("08-anh.png", 2, "tệp ảnh", 0),
    ("09-anh-doi-duoi.xlsx", 2, "tệp ảnh", 0),
    (
        "10-khong-co-bang.xlsx",
        2,
        "Không thấy bảng danh sách nào",
        0,
    ),
    ("11-khong-co-cot-ten.xlsx", 2, "không có cột họ và tên", 0),
    ("12-cong-thuc-loi.xlsx", 0, "", 8),
    ("13-chi-co-dong-trong.csv", 2, "Không thấy bảng", 0),
    (
        "14-khong-phai-excel.xls",
        2,
        "Không thấy bảng danh sách nào",
        0,
    ),
];

#[test]
fn each_has_its_sentence() {
    let folder = samples("broken");
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        BROKEN.len(),
        "a file without a line here"
    );
    for (name, code, words, rows) in BROKEN {
        let out = tempfile::tempdir().unwrap();
        let ran = check(&[&folder.join(name)], out.path(), &["--no-lists"]);
        assert_eq!(ran.code, code, "{name}: {}", ran.err);
        assert_eq!(
            ran.err.lines().count(),
            usize::from(code != 0),
            "{name}: {}",
            ran.err
        );
        assert!(ran.err.contains(words), "{name}: {}", ran.err);
        assert_eq!(children(out.path()).len(), rows, "{name}");
        let file = &summary(out.path())["files"][0];
        assert_eq!(file["error"].is_string(), code != 0, "{name}: {file}");
    }
}

#[test]
fn nothing_else_is_lost() {
    let (good, all) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let lists = samples("lists");
    let good_files = [
        lists.join("03-hai-bang.xlsx"),
        lists.join("31-xuat-tu-phan-mem.csv"),
        lists.join("45-van-ban-word.docx"),
    ];
    let good_files: Vec<&Path> = good_files.iter().map(AsRef::as_ref).collect();
    assert_eq!(check(&good_files, good.path(), &["--no-lists"]).code, 0);
    let broken = samples("broken");
    let mut mixed = vec![good_files[0], broken.as_path()];
    mixed.extend(&good_files[1..]);
    let ran = check(&mixed, all.path(), &["--no-lists"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err.lines().count(),
        BROKEN.iter().filter(|file| file.1 == 2).count(),
        "{}",
        ran.err
    );
    let of_good = |records: Vec<super::run::Record>| -> Vec<super::run::Record> {
        records
            .into_iter()
            .filter(|record| {
                good_files
                    .iter()
                    .any(|file| Path::new(&record["file"]) == *file)
            })
            .collect()
    };
    assert_eq!(of_good(children(all.path())), children(good.path()));
    assert_eq!(of_good(findings(all.path())), findings(good.path()));
    let more = children(all.path()).len() - children(good.path()).len();
    assert_eq!(more, BROKEN.iter().map(|file| file.3).sum::<usize>());
}

#[test]
fn folders_and_paths() {
    let root = tempfile::tempdir().unwrap();
    let folder = |name: &str| {
        let path = root.path().join(name);
        std::fs::create_dir_all(&path).unwrap();
        path
    };
    let out = root.path().join("kết quả");
    let empty = folder("rỗng");
    let ran = check(&[&empty], &out, &[]);
    assert_eq!(
        (ran.code, ran.err.contains("Thư mục không có danh sách nào")),
        (2, true),
        "{}",
        ran.err
    );
    let ran = check(&[&root.path().join("không có.xlsx")], &out, &[]);
    assert_eq!(
        (ran.code, ran.err.contains("Không có tệp hoặc thư mục này")),
        (2, true),
        "{}",
        ran.err
    );
    // Folders in folders, blanks and diacritics in names; the results lie in the same folder and are read by nobody.
    super::run::list(
        &folder("Xã Tà Rụt").join("danh sách 1.csv"),
        &[super::run::child(1)],
    );
    super::run::list(
        &folder("Xã Tà Rụt/thôn A Đăng").join("danh sách 1.csv"),
        &[super::run::child(2)],
    );
    std::fs::remove_dir(&empty).unwrap();
    for _ in 0..2 {
        let ran = check(&[root.path()], &out, &[]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let files: Vec<String> = children(&out).iter().map(|row| place(row).0).collect();
        assert_eq!(
            files,
            [
                "Xã Tà Rụt/danh sách 1.csv",
                "Xã Tà Rụt/thôn A Đăng/danh sách 1.csv"
            ]
        );
    }
    let ran = check(&[&out], &out, &[]);
    assert_eq!(
        (ran.code, ran.err.contains("thư mục kết quả")),
        (2, true),
        "{}",
        ran.err
    );
}

#[test]
fn arguments_that_cannot_be_used() {
    let out = tempfile::tempdir().unwrap();
    let list = samples("lists/31-xuat-tu-phan-mem.csv");
    for (more, words) in [
        (["--as-of", "13/6/2024"], "ví dụ 2024-06-13"),
        (["--as-of", "2024-02-30"], "ví dụ 2024-06-13"),
        (["--edition", "2024"], "ví dụ 2024-06-13"),
        (
            ["--unit", "Xã Không Đâu"],
            "không phải xã, phường, thị trấn nào",
        ),
        (["--map", "khong-co.toml"], "không đọc được tệp"),
        (["--rules", "khong-co.toml"], "không đọc được tệp quy tắc"),
        (["--deny", "note"], "Chọn một trong: error, warning"),
    ] {
        let mut arguments = vec![
            "check",
            list.to_str().unwrap(),
            "--out",
            out.path().to_str().unwrap(),
        ];
        arguments.extend(more);
        let ran = super::run::treem(&arguments);
        assert_eq!(
            (ran.code, ran.out.as_str(), ran.err.lines().count()),
            (2, "", 1),
            "{more:?}: {}",
            ran.err
        );
        assert!(ran.err.contains(words), "{more:?}: {}", ran.err);
    }
    assert_eq!(
        std::fs::read_dir(out.path()).unwrap().count(),
        0,
        "nothing is written"
    );
}
