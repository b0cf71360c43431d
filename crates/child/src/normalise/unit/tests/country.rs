//! The whole country: counts, codes that change their meaning, texts of other provinces.

use super::*;

/// Provinces, districts, communes of the country, communes of old Quảng Trị or of the merged one.
#[test]
fn counts() {
    let counts: Vec<(&str, [usize; 4])> = editions()
        .map(|edition| {
            let count = |level| {
                let units = edition.units().iter();
                units.filter(|unit| unit.level() == level).count()
            };
            let own = edition.communes_of(edition.home().unwrap()).count();
            let levels = [
                count(Level::Province),
                count(Level::District),
                count(Level::Commune),
                own,
            ];
            (edition.from, levels)
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("2019-10-06", [63, 713, 11_160, 141]),
            ("2020-01-01", [63, 705, 10_599, 125]),
            ("2025-01-01", [63, 696, 10_035, 119]),
            ("2025-07-01", [34, 0, 3_321, 78]),
        ]
    );
}

/// Every line is a unit that lies in a known one, and no name is written in a way that another is not.
#[test]
fn every_unit_of_the_country() {
    for edition in editions() {
        for unit in edition.units() {
            let name = unit.name;
            assert_eq!(name, format!("{} {}", unit.kind.label(), unit.short));
            let nfc: String = unicode_normalization::UnicodeNormalization::nfc(name).collect();
            assert_eq!(name, nfc);
            assert_eq!(name.split_whitespace().collect::<Vec<_>>().join(" "), name);
            assert!(!unit.short.is_empty() && !name.contains('Ð'), "{name}");
            let length = match unit.level() {
                Level::Province => 2,
                Level::District => 3,
                Level::Commune => 5,
            };
            assert_eq!(unit.code.len(), length, "{name}");
            assert_eq!(edition.by_code(unit.code), Some(unit));
            let parent = edition.parent_of(unit);
            assert_eq!(parent.is_none(), unit.level() == Level::Province, "{name}");
            assert!(edition.at(unit).is_at_home(unit), "{name}");
        }
        assert_eq!(
            edition.provinces().count(),
            edition
                .units()
                .iter()
                .filter(|unit| unit.level() == Level::Province)
                .count()
        );
        let inside: usize = edition
            .provinces()
            .map(|province| edition.communes_of(province).count())
            .sum();
        let all = edition.units().iter();
        assert_eq!(
            inside,
            all.filter(|unit| unit.level() == Level::Commune).count()
        );
        let districts: usize = edition
            .provinces()
            .flat_map(|province| edition.districts_of(province))
            .map(|district| edition.communes_of(district).count())
            .sum();
        assert!(districts == inside || edition.from == "2025-07-01");
    }
}

#[test]
fn the_edition_of_a_day() {
    for (day, from) in [
        ("1999-01-01", "2019-10-06"),
        ("2019-12-31", "2019-10-06"),
        ("2020-01-01", "2020-01-01"),
        ("2024-06-13", "2020-01-01"),
        ("2024-12-31", "2020-01-01"),
        ("2025-01-01", "2025-01-01"),
        ("2025-06-30", "2025-01-01"),
        ("2025-07-01", "2025-07-01"),
        ("2026-11-26", "2025-07-01"),
        ("2999-01-01", "2025-07-01"),
    ] {
        assert_eq!(edition(day).from, from, "{day}");
    }
    let mut before = "";
    for edition in editions() {
        assert!(before < edition.from && edition.from < edition.until);
        before = edition.until;
    }
}

/// A code means another unit in another edition.
#[test]
fn codes_that_change_their_meaning() {
    for (code, names) in [
        ("19402", "Xã Vĩnh Thủy|Xã Vĩnh Thủy|Xã Vĩnh Thủy|"),
        ("19405", "Xã Vĩnh Lâm|Xã Vĩnh Lâm|Xã Vĩnh Lâm|Xã Vĩnh Thủy"),
        (
            "19567",
            "Xã Triệu Nguyên|Xã Triệu Nguyên|Xã Triệu Nguyên|Xã Ba Lòng",
        ),
        ("19570", "Xã Ba Lòng|Xã Ba Lòng|Xã Ba Lòng|"),
        ("19669", "Xã Triệu Ái|Xã Triệu Ái|Xã Triệu Ái|Xã Ái Tử"),
        (
            "19624",
            "Thị trấn Ái Tử|Thị trấn Ái Tử|Thị trấn Ái Tử|Xã Triệu Phong",
        ),
        (
            "19555",
            "Thị trấn Krông Klang|Thị trấn Krông Klang|Thị trấn Krông Klang|Xã Hướng Hiệp",
        ),
        ("19702", "Xã Hải Phú|Xã Hải Phú|Xã Hải Phú|Xã Hải Lăng"),
        (
            "19681",
            "Thị trấn Hải Lăng|Thị trấn Diên Sanh|Thị trấn Diên Sanh|Xã Diên Sanh",
        ),
        ("19564", "Xã Đa Krông|Xã Đa Krông|Xã Đakrông|Xã Đakrông"),
        ("19609", "Xã Cam Thanh|||"),
        (
            "44",
            "Tỉnh Quảng Bình|Tỉnh Quảng Bình|Tỉnh Quảng Bình|Tỉnh Quảng Trị",
        ),
        ("45", "Tỉnh Quảng Trị|Tỉnh Quảng Trị|Tỉnh Quảng Trị|"),
    ] {
        let found: Vec<&str> = editions()
            .map(|edition| edition.by_code(code).map_or("", |unit| unit.name))
            .collect();
        assert_eq!(found.join("|"), names, "{code}");
        assert_eq!(
            meanings(code).len(),
            found.iter().filter(|name| !name.is_empty()).count()
        );
    }
}

/// `text` on a day means the commune of a code.
#[test]
fn names_in_every_edition() {
    for (day, text, expect) in [
        ("2019-11-01", "TT Hải Lăng", "19681"),
        ("2019-11-01", "xã Cam Thanh", "19609"),
        ("2019-11-01", "Xã Cam Thành", "19612"),
        ("2025-02-01", "Triệu Cơ", "19654"),
        ("2025-02-01", "Triệu Sơn", "none"),
        ("2025-02-01", "Phường 1", "19333|19357"),
        // Names of abolished districts now name communes.
        ("2025-08-01", "Vĩnh Linh", "19363"),
        ("2025-08-01", "Gio Linh", "19495"),
        ("2025-08-01", "xã Cam Lộ", "19597"),
        ("2025-08-01", "Triệu Phong", "19624"),
        ("2025-08-01", "Hải Lăng", "19702"),
        ("2025-08-01", "phường Quảng Trị", "19360"),
        ("2025-08-01", "Đông Hà", "19333"),
        ("2025-08-01", "P. Nam Đông Hà", "19351"),
        ("2025-08-01", "đặc khu Cồn Cỏ", "19742"),
        ("2025-08-01", "Tân Thành", "18919"),
        ("2024-06-13", "Tân Thành", "19456"),
        ("2025-08-01", "Xã Lệ Thủy", "19249"),
        ("2025-08-01", "Phường 1", "none"),
        ("2025-08-01", "19588", "19588"),
        ("2025-08-01", "19402", "none"),
        ("2025-08-01", "Ái Tử", "19669"),
        // There are no townships any more: this one is Xã Triệu Phong now.
        ("2025-08-01", "TT Ái Tử", "none"),
        ("2025-08-01", "TT Khe Sanh", "19429"),
        ("2025-08-01", "Thị trấn Lao Bảo", "19432"),
    ] {
        let found = edition(day).find(text, Level::Commune, None);
        assert_eq!(show(&found), expect, "{text} on {day}");
    }
    for day in ["2019-11-01", "2024-06-13", "2025-02-01", "2025-08-01"] {
        for text in ["Đakrông", "Đa Krông", "Đăkrông", "Dakrong", "xã ĐAKRÔNG"] {
            let found = edition(day).find(text, Level::Commune, None);
            assert_eq!(show(&found), "19564", "{text} on {day}");
        }
    }
}

/// Names are looked for at home, whatever other provinces have; elsewhere only where the province is named.
#[test]
fn other_provinces() {
    let home = edition("2024-06-13");
    for text in [
        "Thuận Đức",
        "xã Lệ Ninh",
        "Phường Bến Nghé",
        "18904",
        "00001",
    ] {
        assert_eq!(
            show(&home.find(text, Level::Commune, None)),
            "none",
            "{text}"
        );
    }
    for (text, expect) in [
        ("Lạng Sơn", "20"),
        ("tỉnh Quảng Bình", "44"),
        ("TP. Hồ Chí Minh", "79"),
        ("Sài Gòn", "79"),
        ("TP Huế", "46"),
        ("Thừa Thiên Huế", "46"),
        ("Đăk Lăk", "66"),
        ("QUANG BINH", "44"),
        ("44", "44"),
        ("Bà Rịa - Vũng Tàu", "77"),
        ("99", ""),
        ("Tà Rụt", ""),
        ("", ""),
    ] {
        let found = home.province_named(text);
        assert_eq!(found.map_or("", |unit| unit.code), expect, "{text}");
    }
    let merged = edition("2025-08-01");
    for text in ["Quảng Bình", "tỉnh Quảng Trị", "44"] {
        let found = merged.province_named(text);
        assert_eq!(found.map_or("", |unit| unit.code), "44", "{text}");
    }
    for (day, text, elsewhere, expect) in [
        (
            "2024-06-13",
            "Xã Tân Lập, huyện Lộc Bình, tỉnh Lạng Sơn",
            "20",
            "none",
        ),
        (
            "2024-06-13",
            "xã Thuận Đức, Đồng Hới, Quảng Bình",
            "44",
            "18895",
        ),
        (
            "2024-06-13",
            "Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh",
            "79",
            "26740",
        ),
        ("2024-06-13", "P. Bến Nghé, Q.1, TPHCM", "79", "26740"),
        (
            "2025-08-01",
            "Thôn 3, xã Lệ Thủy, tỉnh Quảng Bình",
            "",
            "19249",
        ),
        ("2025-08-01", "xã Tà Rụt, tỉnh Quảng Trị", "", "19588"),
        ("2025-08-01", "Phường Ba Đình, Hà Nội", "01", "00004"),
    ] {
        let home = edition(day);
        let place = home.place(text, None);
        assert_eq!(
            place.elsewhere.map_or("", |unit| unit.code),
            elsewhere,
            "{text}"
        );
        let there = place
            .elsewhere
            .map_or(place.clone(), |unit| home.at(unit).place(text, None));
        assert_eq!(show(&there.commune), expect, "{text}");
    }
}

/// Each unit of the country is found by its own name in the unit it lies in.
#[test]
fn own_names() {
    for edition in editions() {
        for unit in edition.units() {
            let Some(parent) = edition.parent_of(unit) else {
                assert_eq!(edition.province_named(unit.name), Some(unit));
                continue;
            };
            let found = edition.find(unit.name, unit.level(), Some(parent));
            let known = match &found {
                Found::One(found, _) => found.code == unit.code,
                // Names that lie in one unit twice, once with another kind or spelling.
                Found::Several(units) => units.contains(&unit),
                _ => false,
            };
            assert!(
                known,
                "{} {} in {}: {}",
                unit.code,
                unit.name,
                parent.name,
                show(&found)
            );
        }
    }
}

/// A title that names another province is read there; one that only sounds so is not.
#[test]
fn titles_of_other_provinces() {
    for (day, text, expect) in [
        (
            "2024-06-13",
            "DANH SÁCH TRẺ EM XÃ TÂN HÓA, HUYỆN MINH HÓA, TỈNH QUẢNG BÌNH",
            "44 18934",
        ),
        ("2024-06-13", "DS tre em tinh Quang Binh", "44 "),
        ("2024-06-13", "Quảng Bình", "44 "),
        ("2024-06-13", "Hà Nội", "01 "),
        (
            "2024-06-13",
            "DANH SÁCH TRẺ EM XÃ TÀ RỤT, TỈNH QUẢNG TRỊ",
            " 19588",
        ),
        (
            "2024-06-13",
            "DANH SÁCH TRẺ EM XÃ TÀ RỤT CHUYỂN ĐẾN TỈNH QUẢNG BÌNH",
            " 19588",
        ),
        ("2024-06-13", "DANH SÁCH TRẺ EM XÃ VĨNH LONG", " 19387"),
        ("2024-06-13", "Vĩnh Long", " 19387"),
        ("2024-06-13", "Hải Dương", " 19711"),
        ("2024-06-13", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH", " "),
        (
            "2024-06-13",
            "TP. Hồ Chí Minh, ngày 5 tháng 6 năm 2024",
            " ",
        ),
        ("2024-06-13", "Người lập: Trần Thái Bình", " "),
        ("2024-06-13", "từ tỉnh Quảng Nam đến tỉnh Quảng Bình", " "),
        (
            "2025-08-01",
            "DANH SÁCH TRẺ EM XÃ LỆ THỦY, TỈNH QUẢNG TRỊ",
            " 19249",
        ),
        ("2025-08-01", "ĐẶC KHU CỒN CỎ", " 19742"),
        ("2025-08-01", "DS tre em xa Gio Linh", " 19495"),
    ] {
        let named = edition(day).in_title(text);
        let code = |unit: Option<&Unit>| unit.map_or("", |unit| unit.code);
        let found = format!("{} {}", code(named.elsewhere), code(named.commune));
        assert_eq!(found, expect, "{text}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Any text is survived by every edition, at home and elsewhere, and what is found lies where it was looked for.
    #[test]
    fn any_text_in_any_edition(
        text in "\\PC{0,40}",
        words in proptest::collection::vec(proptest::sample::select(vec![
            "xã", "P.", "TT", "quận", "Q.", "TP", "tỉnh", "huyện", "1", "19588", "44", "Huế", "Hà Nội", "Quảng Bình",
            "Quảng Trị", "Tân Thành", "Ái Tử", "Đakrông", ",", " - ", "(", "\u{301}",
        ]), 0..8),
    ) {
        for text in [text, words.join(" ")] {
            for home in editions() {
                for code in ["45", "44", "01", "79"] {
                    let edition = home.by_code(code).map_or(home, |unit| home.at(unit));
                    let found = edition.find(&text, Level::Commune, None);
                    proptest::prop_assert!(found.unit().is_none_or(|unit| edition.is_at_home(unit)));
                    let place = edition.place(&text, None);
                    proptest::prop_assert!(place.commune.unit().is_none_or(|unit| edition.is_at_home(unit)));
                    let _ = (edition.in_title(&text), edition.former(&text, &text), edition.province_named(&text));
                    let _ = (successors(&text, edition.from, "2025-08-01"), meanings(&text));
                }
            }
        }
    }
}
