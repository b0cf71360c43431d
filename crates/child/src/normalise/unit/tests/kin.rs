//! What became of the units: every succession of old Quảng Trị, and what holds for all of them.

use super::*;

const DAYS: [&str; 4] = ["2019-11-01", "2024-06-13", "2025-02-01", "2025-08-01"];

/// Old codes, new code, new name: NQ 832/NQ-UBTVQH14.
const ON_2020_01_01: [(&str, &str, &str); 16] = [
    ("19378 19390", "19378", "Xã Trung Nam"),
    ("19384 19381", "19384", "Xã Kim Thạch"),
    ("19408 19399", "19408", "Xã Hiền Thành"),
    ("19411 19414", "19414", "Thị trấn Cửa Tùng"),
    ("19489 19486", "19489", "Xã Lìa"),
    ("19507 19516", "19507", "Xã Phong Bình"),
    ("19528 19519", "19519", "Xã Gio Hải"),
    ("19534 19513", "19534", "Xã Linh Trường"),
    ("19540 19537", "19537", "Xã Gio Sơn"),
    ("19573 19570", "19570", "Xã Ba Lòng"),
    ("19603 19609", "19603", "Xã Thanh An"),
    ("19663 19678", "19678", "Xã Triệu Thành"),
    ("19681 19732", "19681", "Thị trấn Diên Sanh"),
    ("19699 19690", "19699", "Xã Hải Hưng"),
    ("19714 19720", "19714", "Xã Hải Định"),
    ("19726 19723", "19726", "Xã Hải Phong"),
];

/// NQ 1281/NQ-UBTVQH15.
const ON_2025_01_01: [(&str, &str, &str); 6] = [
    ("19495 19525", "19495", "Thị trấn Gio Linh"),
    ("19496 19531", "19496", "Thị trấn Cửa Việt"),
    ("19537 19549", "19537", "Xã Gio Sơn"),
    ("19627 19630", "19627", "Xã Triệu Tân"),
    ("19654 19651", "19654", "Xã Triệu Cơ"),
    ("19687 19696", "19687", "Xã Hải Bình"),
];

/// NQ 1680/NQ-UBTVQH15: old Quảng Trị.
const ON_2025_07_01: [(&str, &str, &str); 37] = [
    ("19330 19333 19339 19345 19354", "19333", "Phường Đông Hà"),
    ("19336 19342 19348 19351", "19351", "Phường Nam Đông Hà"),
    ("19357 19358 19360 19361 19705", "19360", "Phường Quảng Trị"),
    ("19363 19375 19387", "19363", "Xã Vĩnh Linh"),
    ("19366 19393 19417 19426", "19366", "Xã Bến Quan"),
    ("19369 19372 19378 19396", "19372", "Xã Vĩnh Hoàng"),
    ("19402 19405 19420", "19405", "Xã Vĩnh Thủy"),
    ("19384 19408 19414 19423", "19414", "Xã Cửa Tùng"),
    ("19429 19450 19453 19468", "19429", "Xã Khe Sanh"),
    ("19432 19456 19459", "19432", "Xã Lao Bảo"),
    ("19435 19438", "19435", "Xã Hướng Lập"),
    ("19441 19444 19447", "19441", "Xã Hướng Phùng"),
    ("19462 19465 19474", "19462", "Xã Tân Lập"),
    ("19477 19483 19492", "19483", "Xã A Dơi"),
    ("19471 19480 19489", "19489", "Xã Lìa"),
    ("19495 19507 19510 19552", "19495", "Xã Gio Linh"),
    ("19496 19519 19543", "19496", "Xã Cửa Việt"),
    ("19498 19501 19504", "19501", "Xã Bến Hải"),
    ("19522 19534 19537 19546", "19537", "Xã Cồn Tiên"),
    ("19555 19558 19561", "19555", "Xã Hướng Hiệp"),
    ("19564 19576 19579", "19564", "Xã Đakrông"),
    ("19567 19570", "19567", "Xã Ba Lòng"),
    ("19582 19585 19588", "19588", "Xã Tà Rụt"),
    ("19591 19594", "19594", "Xã La Lay"),
    ("19597 19612 19618 19621", "19597", "Xã Cam Lộ"),
    ("19600 19603 19606 19615", "19603", "Xã Hiếu Giang"),
    ("19624 19672 19678", "19624", "Xã Triệu Phong"),
    ("19627 19633 19639", "19639", "Xã Nam Cửa Việt"),
    ("19636 19642 19645 19648", "19645", "Xã Triệu Bình"),
    ("19654 19660 19666", "19654", "Xã Triệu Cơ"),
    ("19657 19669 19675", "19669", "Xã Ái Tử"),
    ("19681 19714 19729", "19681", "Xã Diên Sanh"),
    ("19687 19693 19699", "19699", "Xã Vĩnh Định"),
    ("19702 19708 19717", "19702", "Xã Hải Lăng"),
    ("19726 19735 19738", "19735", "Xã Nam Hải Lăng"),
    ("19684 19711 19741", "19741", "Xã Mỹ Thủy"),
    ("471", "19742", "Đặc khu Cồn Cỏ"),
];

fn codes(kin: &[Kin]) -> Vec<&str> {
    kin.iter().map(|kin| kin.unit.code).collect()
}

fn check(step: usize, rows: &[(&str, &str, &str)]) {
    let (before, after) = (DAYS[step], DAYS[step + 1]);
    let mut named = Vec::new();
    for (olds, new, name) in rows {
        for old in olds.split(' ') {
            let kin = successors(old, before, after);
            assert_eq!(codes(&kin), [*new], "{old}");
            assert_eq!((kin[0].unit.name, kin[0].share), (*name, Share::Whole));
            assert!(!kin[0].derived);
            named.push(old);
        }
        let mut wanted: Vec<&str> = olds.split(' ').collect();
        wanted.sort_unstable();
        assert_eq!(codes(&predecessors(new, after, before)), wanted, "{new}");
    }
    // All others go on under their code.
    let old = edition(before);
    for unit in old.communes_of(old.by_code("45").unwrap()) {
        let kin = successors(unit.code, before, after);
        assert!(
            kin.len() == 1 && kin[0].share == Share::Whole,
            "{}",
            unit.name
        );
        assert!(
            named.contains(&unit.code) || kin[0].unit.code == unit.code,
            "{}",
            unit.name
        );
    }
}

#[test]
fn quang_tri_in_2020() {
    check(0, &ON_2020_01_01);
}

#[test]
fn quang_tri_in_january_2025() {
    check(1, &ON_2025_01_01);
}

#[test]
fn quang_tri_in_july_2025() {
    check(2, &ON_2025_07_01);
    // Nothing of old Quảng Trị was left out.
    let olds: usize = ON_2025_07_01
        .iter()
        .map(|row| row.0.split(' ').count())
        .sum();
    assert_eq!(olds, 119 + 1);
}

/// The table of nine districts can still be made from the new communes: none lies across an old district line.
#[test]
fn no_new_commune_crosses_a_district_line() {
    let (old, new) = (edition(DAYS[2]), edition(DAYS[3]));
    let mut seen = 0;
    for unit in new.communes_of(new.by_code("44").unwrap()) {
        let mut districts: Vec<&str> = predecessors(unit.code, DAYS[3], DAYS[2])
            .iter()
            .filter_map(|kin| old.district_of(kin.unit))
            .filter(|district| district.parent == "45")
            .map(|district| district.code)
            .collect();
        districts.dedup();
        assert!(districts.len() <= 1, "{}", unit.name);
        seen += districts.len();
    }
    assert_eq!(seen, 37);
}

/// Several steps, districts, provinces, days in the wrong order.
#[test]
fn longer_ways() {
    for (code, from, to, expect) in [
        ("19732", 0, 3, "19681 whole"),
        ("19609", 0, 3, "19603 whole"),
        ("19630", 0, 3, "19639 whole"),
        ("19588", 1, 3, "19588 whole"),
        ("19588", 1, 1, "19588 whole"),
        ("45", 0, 3, "44 whole"),
        ("44", 2, 3, "44 whole"),
        ("471", 1, 3, "19742 whole"),
        ("467", 1, 2, "467 whole"),
        (
            "467",
            2,
            3,
            "19555 part|19564 part|19567 part|19588 part|19594 part",
        ),
        ("99999", 0, 3, ""),
        ("19609", 1, 3, ""),
        ("19588", 3, 1, ""),
        ("", 0, 3, ""),
    ] {
        let (from, to) = (DAYS[from], DAYS[to]);
        let kin = if from <= to {
            successors(code, from, to)
        } else {
            Vec::new()
        };
        let found: Vec<String> = kin
            .iter()
            .map(|kin| {
                let share = if kin.share == Share::Whole {
                    "whole"
                } else {
                    "part"
                };
                format!("{} {share}", kin.unit.code)
            })
            .collect();
        assert_eq!(found.join("|"), expect, "{code}");
    }
    assert_eq!(
        codes(&predecessors("19681", DAYS[3], DAYS[0])),
        ["19681", "19714", "19720", "19729", "19732"]
    );
    assert_eq!(codes(&predecessors("44", DAYS[3], DAYS[1])), ["44", "45"]);
}

/// A unit that was divided is in all its parts, and forward and back leads to where it began.
#[test]
fn forward_and_back() {
    let (mut divided, mut lost) = ([0; 3], [0; 3]);
    for step in 0..3 {
        let old = edition(DAYS[step]);
        for unit in old
            .units()
            .iter()
            .filter(|unit| unit.level() != Level::District)
        {
            let kin = successors(unit.code, DAYS[step], DAYS[step + 1]);
            lost[step] += usize::from(kin.is_empty());
            divided[step] += usize::from(kin.len() > 1);
            assert_eq!(
                kin.len() == 1,
                kin.first().is_some_and(|kin| kin.share == Share::Whole),
                "{}",
                unit.name
            );
            for kin in kin {
                let back = predecessors(kin.unit.code, DAYS[step + 1], DAYS[step]);
                let start = back.iter().find(|back| back.unit.code == unit.code);
                assert_eq!(
                    start.map(|start| start.share),
                    Some(kin.share),
                    "{}",
                    unit.name
                );
            }
        }
        let new = edition(DAYS[step + 1]);
        for unit in new
            .units()
            .iter()
            .filter(|unit| unit.level() != Level::District)
        {
            for kin in predecessors(unit.code, DAYS[step + 1], DAYS[step]) {
                let forth = successors(kin.unit.code, DAYS[step], DAYS[step + 1]);
                assert!(codes(&forth).contains(&unit.code), "{}", unit.name);
            }
        }
    }
    // What became of the others is in no source we may use.
    assert_eq!(lost, [15, 7, 0]);
    assert_eq!(divided, [0, 0, 471]);
}

/// A name or code that is no more, and what it is now.
#[test]
fn former_units() {
    for (day, text, district, expect) in [
        ("2024-06-13", "xã Cam Thanh", "", "19609 2019-12-31 19603"),
        (
            "2024-06-13",
            "Hải Thọ",
            "Hải Lăng",
            "19732 2019-12-31 19681",
        ),
        ("2024-06-13", "TT Hải Lăng", "", "19681 2019-12-31 19681"),
        ("2024-06-13", "19732", "", "19732 2019-12-31 19681"),
        ("2025-02-01", "Triệu Sơn", "", "19654 2024-12-31 19654"),
        ("2025-02-01", "xã Vĩnh Kim", "", "19381 2019-12-31 19384"),
        ("2025-08-01", "Thị trấn Hồ Xá", "", "19363 2025-06-30 19363"),
        (
            "2025-08-01",
            "Phường 1",
            "TP Đông Hà",
            "19333 2025-06-30 19333",
        ),
        (
            "2025-08-01",
            "Phường 1",
            "Thị xã Quảng Trị",
            "19357 2025-06-30 19360",
        ),
        ("2025-08-01", "TT Ái Tử", "", "19624 2025-06-30 19624"),
        (
            "2025-08-01",
            "Tân Thành",
            "Hướng Hóa",
            "19456 2025-06-30 19432",
        ),
        (
            "2025-08-01",
            "xã Tân Thành, huyện Hướng Hóa",
            "",
            "19456 2025-06-30 19432",
        ),
        ("2025-08-01", "Phường 1", "", ""),
        (
            "2025-08-01",
            "xã Triệu Nguyên",
            "",
            "19567 2025-06-30 19567",
        ),
        ("2025-08-01", "xã Thuận Đức", "", "18895 2025-06-30 18871"),
        ("2024-06-13", "Xã Không Có", "", ""),
        ("2019-11-01", "Xã Không Có", "", ""),
    ] {
        let found = edition(day)
            .former(text, district)
            .map_or(String::new(), |former| {
                let now = former.successor().map_or("", |unit| unit.code);
                format!("{} {} {now}", former.unit.code, former.edition.until)
            });
        assert_eq!(found, expect, "{text} on {day}");
    }
}
