//! `treem units`: what a name or a code means on a day.

use super::run::treem;

/// Runs `treem units` and gives its code and what it said.
fn ran(arguments: &[&str]) -> (i32, String) {
    let mut all = vec!["units"];
    all.extend(arguments);
    let ran = treem(&all);
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 110),
        "{}",
        ran.out
    );
    (ran.code, format!("{}{}", ran.out, ran.err))
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let mut all = vec!["units"];
    all.extend(arguments);
    all.push("--json");
    let ran = treem(&all);
    serde_json::from_str(&ran.out).expect("one JSON object")
}

/// Codes of the units a text means on a day; `former → now` where it means none.
fn check(text: &str, day: &str, within: &str, expect: &str) {
    let mut arguments = vec!["find", text, "--on", day];
    if !within.is_empty() {
        arguments.extend(["--in", within]);
    }
    let value = json(&arguments);
    let found = &value["found"][0];
    let codes = |list: &serde_json::Value| {
        let list = list.as_array().unwrap().iter();
        list.map(|unit| unit["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join("|")
    };
    let former: Vec<String> = found["former"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gone| {
            format!(
                "{} → {}",
                gone["code"].as_str().unwrap(),
                codes(&gone["now"])
            )
        })
        .collect();
    let told = [codes(&found["units"]), former.join("; ")].join(" ");
    assert_eq!(told.trim(), expect, "{text} on {day} in {within}");
}

#[test]
fn names_and_codes() {
    for (text, day, within, expect) in [
        ("Tà Rụt", "2024-06-13", "", "19588"),
        ("19588", "2024-06-13", "", "19588"),
        ("xã Tà Rụt, huyện Đakrông", "2024-06-13", "", "19588"),
        ("Gio Linh", "2024-06-13", "", "19495|466"),
        ("huyện Gio Linh", "2024-06-13", "", "466"),
        ("Phường 1", "2024-06-13", "Quảng Trị", "19333|19357"),
        ("Phường 1", "2024-06-13", "TP Đông Hà", "19333"),
        (
            "Phường 1",
            "2025-07-01",
            "Quảng Trị",
            "19333 → 19333; 19357 → 19360",
        ),
        ("19402", "2025-07-01", "", "19402 → 19405"),
        ("19405", "2025-07-01", "", "19405"),
        ("huyện Cồn Cỏ", "2025-07-01", "", "471 → 19742"),
        ("xã Hải Thọ", "2024-06-13", "", "19732 → 19681"),
        ("Thuận Đức", "2024-06-13", "", "18895"),
        ("Thuận Đức", "2025-07-01", "", "18895 → 18871"),
        ("P. Bến Nghé, Q.1, TPHCM", "2024-06-13", "", "26740"),
        ("tỉnh Quảng Bình", "2024-06-13", "", "44"),
        ("tỉnh Quảng Bình", "2025-07-01", "", "44 → 44"),
        ("tỉnh Bình Dương", "2025-07-01", "79", "74 → 79"),
        ("Bình Dương", "2025-07-01", "79", "25760 74 → 79"),
        ("Huế", "2025-02-01", "", "46"),
        ("Sài Gòn", "2025-07-01", "79", "26740|79"),
        ("TPHCM", "2024-06-13", "", "79"),
        ("Huế", "2025-07-01", "", "46"),
        ("Tân Thành", "2025-07-01", "44", "18919"),
        ("Tân Thành", "2024-06-13", "45", "19456"),
        ("Xã Không Có", "2024-06-13", "", ""),
    ] {
        check(text, day, within, expect);
    }
}

#[test]
fn what_is_said() {
    for (arguments, code, words) in [
        (
            &["find", "Tà Rụt", "--on", "2024-06-13"][..],
            0,
            &["19588  Xã Tà Rụt, huyện Đa Krông, tỉnh Quảng Trị (đúng tên)"][..],
        ),
        (
            &["find", "Ta Rut", "--on", "2024-06-13"],
            0,
            &["(thiếu dấu)"],
        ),
        (
            &["find", "xã Hải Thọ", "--on", "2024-06-13"],
            0,
            &["đến 31/12/2019", "nay là:", "19681  Thị trấn Diên Sanh"],
        ),
        (
            &["find", "Tân Thành", "--on", "2025-07-01"],
            0,
            &["18919  Xã Tân Thành, tỉnh Quảng Trị", "Ở tỉnh khác"],
        ),
        (
            &["find", "Thuận Đức", "--on", "2024-06-13"],
            0,
            &["Tỉnh nhà không có. Ở tỉnh khác (1):"],
        ),
        (
            &["find", "Xã Không Có"],
            2,
            &["không phải đơn vị hành chính nào"],
        ),
        (
            &["find", "Tà Rụt", "--on", "hôm nay"],
            2,
            &["viết năm-tháng-ngày"],
        ),
        (
            &["find", "Tà Rụt", "--in", "Xứ Lạ"],
            2,
            &["“Xứ Lạ” không phải đơn vị nào"],
        ),
        (&["show", "99999"], 2, &["không có đơn vị nào mang mã"]),
        (
            &["show", "Gio Linh", "--on", "2024-06-13"],
            2,
            &["là tên của nhiều đơn vị", "Ghi mã."],
        ),
        (
            &["show", "19567"],
            0,
            &[
                "Mã 19567 có 2 nghĩa",
                "Xã Triệu Nguyên, huyện Đa Krông",
                "Hiệu lực: từ 01/07/2025 đến nay",
                "19570  Xã Ba Lòng, huyện Đa Krông",
            ],
        ),
        (
            &["show", "467", "--on", "2024-06-13"],
            0,
            &["Gồm 13 đơn vị trực thuộc", "19588  Xã Tà Rụt"],
        ),
        (
            &["show", "Quảng Trị", "--on", "2025-07-01"],
            2,
            &["19360 Phường Quảng Trị", "44 Tỉnh Quảng Trị"],
        ),
        (
            &["show", "tỉnh Quảng Trị", "--on", "2025-07-01"],
            0,
            &["Gồm 78 đơn vị", "45     Tỉnh Quảng Trị (toàn bộ)"],
        ),
        (
            &["map", "19567", "--from", "2024-06-13", "--to", "2025-07-01"],
            0,
            &[
                "19567 Xã Triệu Nguyên (Huyện Đa Krông) → 19567 Xã Ba Lòng (Tỉnh Quảng Trị)  toàn bộ",
            ],
        ),
        (
            &["map", "19567", "--from", "2025-07-01", "--to", "2024-06-13"],
            0,
            &["→ 19567 Xã Triệu Nguyên", "→ 19570 Xã Ba Lòng"],
        ),
        (&["map", "19567"], 2, &["còn thiếu --from"]),
        (&["map", "--all", "--from", "2024-06-13"], 2, &["còn thiếu"]),
    ] {
        let (got, text) = ran(arguments);
        assert_eq!(got, code, "{arguments:?}: {text}");
        for word in words {
            assert!(text.contains(word), "{arguments:?}: {word}: {text}");
        }
    }
}

/// A whole area at once: every commune of old Quảng Trị has its line, and none is divided.
#[test]
fn a_whole_area() {
    for (area, from, to, lines, targets) in [
        ("Quảng Trị", "2024-06-13", "2025-07-01", 126, 37),
        ("45", "2019-11-01", "2020-01-01", 142, 126),
        ("huyện Gio Linh", "2024-06-13", "2025-07-01", 17, 4),
        ("Quảng Trị", "2025-07-01", "2025-06-30", 265, 265),
    ] {
        let value = json(&["map", "--all", "--in", area, "--from", from, "--to", to]);
        let units = value["units"].as_array().unwrap();
        let mut to: Vec<&str> = units
            .iter()
            .map(|line| line["to"]["code"].as_str().unwrap())
            .collect();
        to.sort_unstable();
        to.dedup();
        assert_eq!((units.len(), to.len()), (lines, targets), "{area} {from}");
        assert!(units.iter().all(|line| line["share"] == "whole"), "{area}");
    }
}
