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
        // An address that names the province means its smallest unit all the same.
        (
            "xã Thuận, huyện Hướng Hóa, tỉnh Quảng Trị",
            "2025-07-01",
            "",
            "19471 → 19489",
        ),
        (
            "thôn 3, xã Thuận, huyện Hướng Hóa, Quảng Trị",
            "2025-07-01",
            "",
            "19471 → 19489",
        ),
        (
            "xã Tân Thành, huyện Hướng Hóa, tỉnh Quảng Trị",
            "2025-07-01",
            "",
            "19456 → 19432",
        ),
        (
            "Khe Sanh, Hướng Hóa, Quảng Trị",
            "2025-07-01",
            "",
            "19429 → 19429",
        ),
        ("Khe Sanh, Hướng Hóa, Quảng Trị", "2024-06-13", "", "19429"),
        (
            "xã Thuận, huyện Hướng Hóa, Quảng Trị",
            "2024-06-13",
            "",
            "19471",
        ),
        (
            "xã Hải Thọ, huyện Hải Lăng, tỉnh Quảng Trị",
            "2024-06-13",
            "",
            "19732 → 19681",
        ),
        ("thôn 3, tỉnh Quảng Trị", "2025-07-01", "", "44"),
        // Codes of provinces that are no more.
        ("45", "2025-07-01", "", "45 → 44"),
        ("74", "2025-07-01", "", "74 → 79"),
        // An area that is no more, and one that a former unit did not lie in.
        (
            "xã Gio Sơn",
            "2025-07-01",
            "huyện Gio Linh",
            "19537 → 19537",
        ),
        ("xã Gio Sơn", "2025-07-01", "466", "19537 → 19537"),
        ("xã Hải Thọ", "2025-07-01", "huyện Gio Linh", ""),
        ("xã Hải Thọ", "2024-06-13", "huyện Gio Linh", ""),
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

/// By what each unit of a name was found: `code` and word.
#[test]
fn how_it_was_found() {
    for (text, day, expect) in [
        (
            "tan thanh",
            "2025-07-01",
            &[("25534", "marks"), ("27826", "marks"), ("30157", "marks")][..],
        ),
        ("Tân Thành", "2025-07-01", &[("25534", "name")]),
        (
            "phuong 1, tx quang tri",
            "2024-06-13",
            &[("19357", "marks")],
        ),
        ("Phường 1, TX Quảng Trị", "2024-06-13", &[("19357", "name")]),
        (
            "xã Không Có, huyện Hướng Hóa, tỉnh Quảng Trị",
            "2024-06-13",
            &[("465", "above")],
        ),
    ] {
        let value = json(&["find", text, "--on", day]);
        let units = value["found"][0]["units"].as_array().unwrap();
        for (code, how) in expect {
            let unit = units.iter().find(|unit| unit["code"] == *code);
            let found = unit.map(|unit| unit["how"].as_str().unwrap());
            assert_eq!(found, Some(*how), "{text} {code}");
        }
        if text == "tan thanh" {
            assert!(units.iter().all(|unit| unit["how"] == "marks"), "{value}");
        }
    }
}

/// What lies in a unit is what lay in it on the day.
#[test]
fn contents_of_the_day() {
    for (text, day, children, communes) in [
        ("45", "2019-06-01", 10, 141),
        ("45", "2024-06-13", 10, 125),
        ("45", "2025-03-01", 10, 119),
        ("huyện Vĩnh Linh", "2019-06-01", 22, 22),
        ("466", "2019-06-01", 21, 21),
        ("466", "2024-06-13", 17, 17),
        ("466", "2025-03-01", 14, 14),
        ("01", "2024-06-13", 30, 579),
        ("01", "2025-07-01", 126, 126),
    ] {
        let value = json(&["show", text, "--on", day]);
        let meaning = &value["meanings"][0];
        assert_eq!(
            (
                meaning["children"].as_array().unwrap().len(),
                meaning["communes"].as_u64(),
            ),
            (children, Some(communes)),
            "{text} {day}"
        );
        assert_eq!(meaning.get("contents"), None, "{text} {day}");
    }
    let (_, text) = ran(&["show", "469", "--on", "2024-06-13"]);
    assert!(text.contains("Xã Triệu An") && text.contains("Xã Triệu Vân"));
    assert!(!text.contains("Xã Triệu Tân"), "{text}");
    let value = json(&["show", "45"]);
    let spans: Vec<_> = value["meanings"][0]["contents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| (span["from"].as_str().unwrap(), span["communes"].as_u64()))
        .collect();
    assert_eq!(
        spans,
        [
            ("2019-10-06", Some(141)),
            ("2020-01-01", Some(125)),
            ("2025-01-01", Some(119))
        ]
    );
}

/// Texts that mean nothing are said briefly, on one line, with what to do; no day stands for "still in force".
#[test]
fn sentences_and_open_ends() {
    let long = "x".repeat(100_000);
    for (arguments, words) in [
        (&["find", long.as_str()][..], "x…”"),
        (&["show", &long], "x…”"),
        (&["find", "Tà Rụt", "--in", &long], "x…”"),
        (&["find", ""], "chưa ghi đơn vị nào"),
        (&["show", " "], "chưa ghi đơn vị nào"),
        (&["find", "Tà Rụt", "--in", ""], "chưa ghi đơn vị nào"),
        (&["find", "Xứ\nLạ"], "“Xứ Lạ”"),
        (&["show", "Phường 1"], "tên hoặc mã cũ của 19333 Phường 1"),
    ] {
        let (code, text) = ran(arguments);
        assert_eq!(code, 2, "{text}");
        assert!(text.contains(words), "{text}");
        assert!(text.chars().count() < 500, "{}", text.chars().count());
        assert_eq!(text.lines().count(), 1, "{text}");
    }
    let found = &json(&["find", "19588", "--on", "2025-07-01"])["found"][0];
    assert_eq!(
        (&found["from"], found.get("until")),
        (&"2025-07-01".into(), None)
    );
    let shown = &json(&["show", "44", "--on", "2025-07-01"])["meanings"][0];
    assert_eq!(shown.get("until"), None);
    let before = &json(&["find", "19588", "--on", "2024-06-13"])["found"][0];
    assert_eq!(before["until"], "2024-12-31");
}
