//! Lists of another province or of another day: which one governs a row, and what is said.

use super::run::{check, children, findings, summary};

/// Checks a csv of some columns beside the child's own. Gives the unit of each row or, in its place, the sentence and the
/// suggestion of `place.unknown`; and what was remarked of the sheet.
fn places(name: &str, columns: &str, cells: &[&str], more: &[&str]) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    let mut text = format!("STT,Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,{columns}\n");
    for (index, cell) in cells.iter().enumerate() {
        let number = index + 1;
        text.push_str(&format!(
            "{number},Nguyễn Thị Hoa,12/03/2015,Nữ,Kinh,04431500001{number},{cell}\n"
        ));
    }
    std::fs::write(&file, text).unwrap();
    let out = folder.path().join("out");
    let ran = check(&[&file], &out, more);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found = findings(&out);
    let units = children(&out)
        .iter()
        .map(|child| {
            let unknown = found
                .iter()
                .find(|row| row["row"] == child["row"] && row["rule"] == "place.unknown");
            match unknown {
                Some(row) => format!("{} [{}]", row["message"], row["suggestion"]),
                None => child["unit"].clone(),
            }
        })
        .collect();
    let remarks = summary(&out)["files"][0]["sheets"][0]["remarks"].to_string();
    (units, remarks)
}

/// Each expectation is the unit, or a part of the sentence.
fn governed(name: &str, columns: &str, cells: &[&str], more: &[&str], expect: &[&str]) {
    let (units, _) = places(name, columns, cells, more);
    assert_eq!(units.len(), expect.len(), "{name} {more:?}");
    for (unit, expect) in units.iter().zip(expect) {
        assert!(
            unit.contains(expect),
            "{name} {cells:?} {more:?}: {unit}, not {expect}"
        );
    }
}

const QUANG_BINH: [&str; 5] = [
    "Xã Thuận Đức",
    "Xã Lộc Ninh",
    "Phường Hải Thành",
    "Xã Bảo Ninh",
    "Đức Ninh",
];
const QUANG_BINH_CODES: [&str; 5] = ["18895", "18886", "18853", "18889", "18898"];
const NOT: &str = "không có trong danh mục";

#[test]
fn the_province_that_governs() {
    for (name, columns, cells, more, expect) in [
        // Home: a commune or code of another province is not guessed.
        (
            "ds.csv",
            "Xã",
            &["Xã Thuận Đức", "Xã Tà Rụt", "18895", "Tân Thành"][..],
            &[][..],
            &[NOT, "19588", NOT, "19456"][..],
        ),
        // The row's own column, its address.
        (
            "ds.csv",
            "Xã,Tỉnh",
            &[
                "Xã Thuận Đức,Quảng Bình",
                "Xã Tà Rụt,Quảng Trị",
                "Xã Tân Hóa,tỉnh Quảng Bình",
                "Xã Tân Thành,",
                "Xã Tà Rụt,Quảng Bình",
            ],
            &[],
            &["18895", "19588", "18934", "19456", NOT],
        ),
        (
            "ds.csv",
            "Nơi thường trú",
            &[
                "\"Thôn 2, xã Thuận Đức, TP Đồng Hới, tỉnh Quảng Bình\"",
                "\"Thôn A Đăng, xã Tà Rụt, huyện Đakrông, tỉnh Quảng Trị\"",
                "\"Xã Tân Hóa, huyện Minh Hóa, Quảng Bình\"",
            ],
            &[],
            &["18895", "19588", "18934"],
        ),
        // The name of the file; the option, by name and by code.
        (
            "DS tre em tinh Quang Binh.csv",
            "Xã",
            &QUANG_BINH,
            &[],
            &QUANG_BINH_CODES,
        ),
        (
            "ds.csv",
            "Xã",
            &QUANG_BINH,
            &["--unit", "tỉnh Quảng Bình"],
            &QUANG_BINH_CODES,
        ),
        (
            "ds.csv",
            "Xã",
            &QUANG_BINH,
            &["--unit", "44"],
            &QUANG_BINH_CODES,
        ),
        // A commune of another province given by its code makes that province home.
        (
            "ds.csv",
            "Xã",
            &["", "Xã Bảo Ninh", "Xã Tà Rụt"],
            &["--unit", "18895"],
            &["18895", "18889", NOT],
        ),
        (
            "ds.csv",
            "Lớp",
            &["3A"],
            &["--unit", "Xã Tà Rụt"],
            &["19588"],
        ),
        // The row's own column is nearer than the name of the file.
        (
            "DS tre em tinh Quang Binh.csv",
            "Xã,Tỉnh",
            &["Xã Tà Rụt,Quảng Trị", "Xã Bảo Ninh,"],
            &[],
            &["19588", "18889"],
        ),
        // Another day.
        (
            "ds.csv",
            "Xã",
            &[
                "Xã Tà Rụt",
                "Xã Triệu Nguyên",
                "TT Ái Tử",
                "Xã Ái Tử",
                "Lệ Thủy",
            ],
            &["--edition", "2025-07-01"],
            &[
                "19588",
                "là tên cũ, dùng đến 30/06/2025, nay là Xã Ba Lòng. Ghi lại tên xã, phường, thị trấn theo danh mục. [Xã Ba Lòng]",
                "[Xã Triệu Phong]",
                "19669",
                "19249",
            ],
        ),
        (
            "ds.csv",
            "Xã,Huyện",
            &[
                "Tân Thành,Hướng Hóa",
                "Tân Thành,",
                "Tà Rụt,Đakrông",
                "Phường 1,TX Quảng Trị",
            ],
            &["--edition", "2025-07-01"],
            &["[Xã Lao Bảo]", "18919", "19588", "[Phường Quảng Trị]"],
        ),
        (
            "ds.csv",
            "Nơi thường trú",
            &[
                "\"Thôn A Đăng, xã Tà Rụt, huyện Đakrông, tỉnh Quảng Trị\"",
                "\"Thôn 1, xã Tân Thành, huyện Hướng Hóa\"",
                "\"Thôn 1, xã Lệ Thủy, tỉnh Quảng Bình\"",
            ],
            &["--edition", "2025-07-01"],
            &["19588", "[Xã Lao Bảo]", "19249"],
        ),
        (
            "ds.csv",
            "Xã",
            &["xã Hải Thọ", "Triệu Sơn"],
            &["--edition", "2025-02-01"],
            &["[Thị trấn Diên Sanh]", "[Xã Triệu Cơ]"],
        ),
    ] {
        governed(name, columns, cells, more, expect);
    }
}

#[test]
fn a_list_of_elsewhere_is_said_once() {
    let (_, remarks) = places(
        "DS tre em xa Trieu Van.csv",
        "Lớp",
        &["3A", "3B"],
        &["--edition", "2025-07-01"],
    );
    let words = "Xã Triệu Vân là đơn vị cũ, dùng đến 31/12/2024, nay là Xã Nam Cửa Việt.";
    assert!(remarks.contains(words), "{remarks}");
    // Hải Thành was a commune of Hải Lăng until 2019: an old unit, not one of elsewhere.
    let many = [
        "Xã Thuận Đức",
        "Xã Lộc Ninh",
        "Phường Hải Thành",
        "Xã Bảo Ninh",
        "Xã Tà Rụt",
    ];
    for (cells, more, words) in [
        (
            &many[..],
            &[][..],
            "không có ở Tỉnh Quảng Trị mà có ở Tỉnh Quảng Bình (3 trong 3 tên)",
        ),
        (&many, &["--unit", "44"], ""),
        (&["Xã Tà Rụt", "Xã A Vao", "Xã Bảo Ninh"], &[], ""),
        (&["Xã Không Có", "Xã Đâu Đâu", "Xã Chẳng Thấy"], &[], ""),
        (
            &["Xã Triệu Nguyên", "Xã A Vao", "Phường 4", "Xã Tà Rụt"],
            &["--edition", "2025-07-01"],
            "đơn vị cũ, dùng đến 30/06/2025. Nếu danh sách lập khi đó, chạy lại với --edition 2025-06-30.",
        ),
    ] {
        let (_, remarks) = places("ds.csv", "Xã", cells, more);
        if words.is_empty() {
            assert!(!remarks.contains("Phần lớn"), "{cells:?}: {remarks}");
        } else {
            assert!(remarks.contains(words), "{cells:?}: {remarks}");
        }
    }
}

/// A unit that cannot be taken is refused, with what it could have been.
#[test]
fn units_that_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ds.csv");
    std::fs::write(&file, "Họ và tên\nNguyễn Thị Hoa\n").unwrap();
    for (unit, edition, words) in [
        (
            "Xã Thuận Đức",
            "2024-06-13",
            "18895 Xã Thuận Đức, thành phố Đồng Hới, tỉnh Quảng Bình: ghi mã",
        ),
        (
            "Phường 1",
            "2024-06-13",
            "nhiều đơn vị: 19333 Phường 1; 19357 Phường 1. Ghi mã.",
        ),
        (
            "xã Hải Thọ",
            "2024-06-13",
            "dùng đến 31/12/2019, nay là 19681 Thị trấn Diên Sanh",
        ),
        (
            "Quảng Trị",
            "2025-07-01",
            "19360 Phường Quảng Trị; 44 Tỉnh Quảng Trị. Ghi mã.",
        ),
        ("467", "2024-06-13", "không phải xã, phường, thị trấn nào"),
    ] {
        let ran = check(
            &[&file],
            &folder.path().join("out"),
            &["--unit", unit, "--edition", edition],
        );
        assert_eq!(ran.code, 2, "{unit}");
        assert!(ran.err.contains(words), "{unit}: {}", ran.err);
    }
}
