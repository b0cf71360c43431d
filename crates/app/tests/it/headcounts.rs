//! `treem coverage DIR --headcounts FILE`: headcounts that cannot be used, and such as are not known.

use super::run::{Ran, treem};

/// A register with 10 children of Hồ Xá (464) and 20 of Tà Rụt (467), and headcounts of these lines.
fn coverage(lines: &str, json: bool) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let heads = folder.path().join("so-tre.csv");
    std::fs::write(
        folder.path().join("summary.json"),
        r#"{"edition":"2024-06-13","units":[
            {"unit":"19363","children":10,"identified":8,"complete":10},
            {"unit":"19588","children":20,"identified":20,"complete":20}]}"#,
    )
    .unwrap();
    std::fs::write(&heads, format!("unit,headcount\n{lines}")).unwrap();
    let mut arguments = vec![
        "coverage",
        folder.path().to_str().unwrap(),
        "--headcounts",
        heads.to_str().unwrap(),
    ];
    if json {
        arguments.push("--json");
    }
    treem(&arguments)
}

#[test]
fn what_cannot_be_used_is_refused() {
    for (lines, words) in [
        ("464,-5\n467,30\n", "dòng 2: số trẻ “-5” là số âm"),
        (
            "464,100\n467,30\n464,100\n",
            "dòng 4: 464 Huyện Vĩnh Linh đã có ở dòng 2",
        ),
        (
            "464,100\n19363,5\n",
            "dòng 3: 19363 Thị trấn Hồ Xá nằm trong 464",
        ),
        ("19363,5\n464,100\n", "đã ghi ở dòng 3"),
        ("45,100\n", "dòng 2: “45” là mã của Tỉnh Quảng Trị"),
        ("464,12.5\n", "“12.5” không phải số"),
        ("464,9223372036854775807\n", "lớn quá"),
        (
            "19363,5\n",
            "Huyện Vĩnh Linh: chưa có số trẻ hiện có của 17",
        ),
    ] {
        let ran = coverage(lines, false);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{lines}");
        assert!(
            ran.err.contains("so-tre.csv: ") && ran.err.contains(words),
            "{lines}: {}",
            ran.err
        );
    }
}

#[test]
fn a_headcount_that_is_missing_is_not_zero() {
    for (lines, headcount, missing) in [
        ("464,26.847\n", 26_847, 26_839),
        ("464,26847\n467,\n", 26_847, 26_839),
        ("464,12\n19588,30\n", 12, 4),
    ] {
        let ran = coverage(lines, true);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let [known, unknown] = [&report["rows"][0], &report["rows"][1]];
        assert_eq!(known["headcount"], headcount, "{lines}");
        assert_eq!(known["computed"]["missing"], missing, "{lines}");
        assert_eq!(unknown["unit"], "Đa Krông");
        for row in [unknown, &report["total"]] {
            assert!(row["headcount"].is_null(), "{lines}: {row}");
            assert!(row["computed"]["missing"].is_null(), "{lines}: {row}");
        }
        let notes = report["notes"].to_string();
        assert!(
            notes.contains("Huyện Đa Krông: chưa có số trẻ hiện có"),
            "{notes}"
        );
    }
    let ran = coverage("464,12\n467,30\n", true);
    assert_eq!(ran.code, 0);
    assert!(!ran.out.contains("chưa có số trẻ hiện có"), "{}", ran.out);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["total"]["computed"]["missing"], 14);
}
