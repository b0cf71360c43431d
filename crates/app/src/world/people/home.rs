//! Hamlets, streets, telephones, other names of an ethnic group, places where births are registered.
//!
//! In: dice and the commune. Out: words. Hamlets are invented; none bears the name of a commune.

use super::super::dice::Dice;
use super::super::plan::Commune;
use super::Group;
use rustc_hash::FxHashSet;
use treem_child::normalise::syllable::ascii_fold;
use treem_child::normalise::unit::{Edition, UnitKind};

const FIRST: &[&str] = &[
    "An",
    "Phú",
    "Xuân",
    "Mỹ",
    "Trúc",
    "Đại",
    "Long",
    "Tân",
    "Lam",
    "Thượng",
    "Nam",
    "Đông",
    "Bích",
    "Nhan",
    "Tường",
    "Duy",
    "Lệ",
    "Phước",
    "Cổ",
    "Kim",
    "Lại",
    "Linh",
    "Hà",
    "Nhĩ",
    "Gia",
    "Quảng",
    "Đơn",
    "Diên",
    "Thâm",
    "Văn",
    "Cẩm",
    "Trà",
    "Vân",
    "Bình",
    "Thạch",
];
const SECOND: &[&str] = &[
    "Hòa",
    "Lộc",
    "Thành",
    "An",
    "Mỹ",
    "Bình",
    "Phước",
    "Khê",
    "Lâm",
    "Thủy",
    "Trường",
    "Hưng",
    "Xá",
    "Độ",
    "Lương",
    "Đàn",
    "Hội",
    "Lý",
    "Giang",
    "Nghĩa",
    "Hậu",
    "Mô",
    "Hào",
    "Trung",
    "Mỵ",
    "Phổ",
    "Duệ",
    "Quan",
    "Thiện",
    "Đức",
    "Trạch",
    "Kiên",
    "Sơn",
    "Liêm",
    "Tín",
];
const HILL_FIRST: &[&str] = &[
    "A", "Ka", "Pa", "Ta", "La", "Cu", "Ra", "Xa", "Ku", "Tà", "Pi", "Ăng", "Cợp", "Kỳ", "Ro",
    "Vực",
];
const HILL_SECOND: &[&str] = &[
    "Đăng", "Hẹp", "Tai", "Ling", "Rùng", "Roi", "Pun", "Mên", "Hưp", "Sói", "Lăng", "Xing",
    "Liêm", "Ruông", "Choong", "Nê", "Lô", "Bai", "Điêu", "Tuông", "Pật", "Rầm",
];
const STREETS: &[&str] = &[
    "Lê Lợi",
    "Hùng Vương",
    "Trần Hưng Đạo",
    "Nguyễn Huệ",
    "Quang Trung",
    "Lý Thường Kiệt",
    "Nguyễn Trãi",
    "Lê Duẩn",
    "Phan Bội Châu",
    "Ngô Quyền",
    "Đinh Tiên Hoàng",
    "Bà Triệu",
    "Trần Phú",
    "Lê Thánh Tông",
    "Nguyễn Du",
    "Hai Bà Trưng",
];

/// Names of units that no hamlet of the sample bears: a line "Thôn Hướng Tân" would say two things.
pub fn names_of_units(edition: &Edition) -> FxHashSet<String> {
    edition
        .units()
        .iter()
        .map(|unit| ascii_fold(unit.short))
        .collect()
}

/// The hamlets of a commune: khu phố in a town, thôn or bản in the country, as many as its children ask for.
pub(super) fn hamlets(
    dice: &mut Dice,
    commune: &Commune,
    communes: &FxHashSet<String>,
    hill: bool,
) -> Vec<String> {
    let wanted = (commune.children / 190).clamp(2, 14) as usize;
    if matches!(commune.unit.kind, UnitKind::Ward | UnitKind::Township) {
        return (1..=wanted)
            .map(|number| format!("Khu phố {number}"))
            .collect();
    }
    let (first, second) = if hill {
        (HILL_FIRST, HILL_SECOND)
    } else {
        (FIRST, SECOND)
    };
    let kind = if hill && dice.chance(400) {
        "Bản"
    } else {
        "Thôn"
    };
    let mut names = Vec::with_capacity(wanted);
    for _ in 0..2000 {
        if names.len() == wanted {
            break;
        }
        let (one, two) = (dice.word(first), dice.word(second));
        let name = format!("{kind} {one} {two}");
        let is_free = !communes.contains(&ascii_fold(&format!("{one} {two}")));
        if one != two && is_free && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// House and street in a town, often unknown; empty in the country.
pub(super) fn street(dice: &mut Dice, commune: &Commune) -> String {
    if commune.unit.kind == UnitKind::Ward && dice.chance(600) {
        format!("{} {}", dice.between(1, 320), dice.word(STREETS))
    } else {
        String::new()
    }
}

/// A telephone; empty where the family has none.
pub(super) fn phone(dice: &mut Dice, hill: bool) -> String {
    if dice.chance(if hill { 350 } else { 80 }) {
        return String::new();
    }
    let prefix = dice.word(&[
        "032", "033", "034", "035", "036", "037", "038", "039", "070", "076", "077", "079", "081",
        "082", "083", "084", "085", "086", "088", "089", "090", "091", "093", "094", "096", "097",
        "098",
    ]);
    format!("{prefix}{:07}", dice.below(10_000_000))
}

/// What the family calls its group.
pub(super) fn own_name(dice: &mut Dice, group: Group) -> &'static str {
    match group.name {
        "Tà Ôi" => dice.pick(&[("Pa Cô", 70), ("Pa Kô", 12), ("Tà Ôi", 14), ("Ta Ôi", 4)]),
        "Bru - Vân Kiều" => dice.pick(&[
            ("Vân Kiều", 60),
            ("Bru - Vân Kiều", 25),
            ("Bru Vân Kiều", 10),
            ("Bru", 5),
        ]),
        name => name,
    }
}
