//! Kinh names: surname, middle, given.
//!
//! In: dice, sex, birth year, surname. Out: names whose middle and given parts are as common as they look.

use super::super::dice::Dice;
use super::{Region, Sex};

/// Surnames of the middle provinces.
const MIDDLE: &[(&str, u32)] = &[
    ("Nguyễn", 345),
    ("Trần", 110),
    ("Lê", 118),
    ("Hoàng", 72),
    ("Phan", 50),
    ("Võ", 48),
    ("Hồ", 36),
    ("Trương", 28),
    ("Phạm", 26),
    ("Đoàn", 20),
    ("Đặng", 18),
    ("Bùi", 16),
    ("Đỗ", 14),
    ("Ngô", 14),
    ("Dương", 12),
    ("Thái", 11),
    ("Văn", 10),
    ("Cáp", 8),
    ("Đinh", 7),
    ("Mai", 7),
    ("Lương", 6),
    ("Cao", 6),
    ("Tạ", 5),
    ("Hà", 5),
    ("Trịnh", 4),
    ("Lý", 4),
    ("Đào", 4),
    ("Phùng", 3),
    ("Lâm", 3),
    ("Tống", 3),
    ("Châu", 2),
    ("Hồng", 1),
    ("Tôn", 1),
    ("Bạch", 1),
    ("Khổng", 1),
    ("Tôn Thất", 1),
];
const NORTH: &[(&str, u32)] = &[
    ("Nguyễn", 380),
    ("Trần", 110),
    ("Phạm", 80),
    ("Lê", 75),
    ("Vũ", 52),
    ("Hoàng", 42),
    ("Đỗ", 30),
    ("Bùi", 30),
    ("Ngô", 20),
    ("Đặng", 20),
    ("Phan", 18),
    ("Đinh", 14),
    ("Dương", 14),
    ("Đào", 13),
    ("Trịnh", 12),
    ("Hà", 11),
    ("Lương", 10),
    ("Mai", 9),
    ("Tạ", 8),
    ("Đoàn", 8),
    ("Phùng", 7),
    ("Cao", 6),
    ("Lưu", 6),
    ("Trương", 6),
    ("Vương", 4),
    ("Tô", 4),
    ("Quách", 3),
];
const SOUTH: &[(&str, u32)] = &[
    ("Nguyễn", 330),
    ("Trần", 115),
    ("Lê", 100),
    ("Huỳnh", 72),
    ("Phạm", 62),
    ("Võ", 45),
    ("Phan", 38),
    ("Đặng", 24),
    ("Bùi", 22),
    ("Trương", 22),
    ("Hồ", 16),
    ("Ngô", 15),
    ("Dương", 15),
    ("Lý", 12),
    ("Đỗ", 12),
    ("Lâm", 11),
    ("Mai", 8),
    ("Đoàn", 8),
    ("Cao", 8),
    ("Thái", 7),
    ("Tô", 6),
    ("Châu", 6),
    ("Hà", 5),
    ("Tạ", 4),
    ("Lương", 4),
    ("Quách", 3),
    ("Kiều", 2),
];

const BOY_MIDDLE: &[(&str, u32)] = &[
    ("Minh", 60),
    ("Gia", 55),
    ("Quốc", 42),
    ("Đức", 38),
    ("Anh", 32),
    ("Hoàng", 36),
    ("Bảo", 36),
    ("Quang", 34),
    ("Duy", 28),
    ("Nhật", 26),
    ("Hữu", 24),
    ("Thanh", 22),
    ("Đình", 22),
    ("Tuấn", 20),
    ("Công", 18),
    ("Xuân", 16),
    ("Ngọc", 16),
    ("Thế", 14),
    ("Trường", 12),
    ("Việt", 12),
    ("Khánh", 12),
    ("Thành", 10),
    ("Phúc", 10),
    ("Viết", 9),
    ("Hải", 8),
    ("Đăng", 12),
    ("Tấn", 8),
    ("Phước", 8),
    ("Mạnh", 8),
    ("Trung", 8),
    ("Thiên", 9),
    ("Nguyên", 7),
    ("Chí", 6),
    ("Trọng", 6),
    ("Bá", 5),
    ("Sỹ", 3),
];
const BOY_GIVEN: &[(&str, u32)] = &[
    ("Huy", 40),
    ("Khang", 40),
    ("Bảo", 38),
    ("Minh", 36),
    ("Phúc", 34),
    ("Anh", 34),
    ("Quân", 30),
    ("Khôi", 28),
    ("Long", 26),
    ("Đạt", 26),
    ("Nam", 26),
    ("Phong", 26),
    ("Hưng", 24),
    ("Dũng", 20),
    ("Hoàng", 22),
    ("Nguyên", 22),
    ("Khánh", 20),
    ("Thịnh", 20),
    ("Kiệt", 20),
    ("Tuấn", 18),
    ("Sơn", 18),
    ("Hải", 18),
    ("Thành", 16),
    ("Đức", 18),
    ("Trí", 16),
    ("Quang", 16),
    ("Duy", 16),
    ("Nhân", 15),
    ("Lâm", 15),
    ("An", 18),
    ("Vinh", 14),
    ("Hiếu", 18),
    ("Thiên", 12),
    ("Tâm", 10),
    ("Cường", 12),
    ("Hùng", 10),
    ("Tùng", 10),
    ("Bình", 9),
    ("Việt", 9),
    ("Tiến", 12),
    ("Trung", 10),
    ("Khoa", 14),
    ("Đăng", 13),
    ("Nhật", 12),
    ("Lộc", 9),
    ("Thắng", 9),
    ("Phát", 12),
    ("Quý", 6),
    ("Tài", 8),
    ("Toàn", 7),
    ("Vũ", 8),
    ("Hào", 7),
    ("Thái", 5),
    ("Lợi", 3),
    ("Sang", 4),
    ("Ân", 4),
    ("Tín", 5),
    ("Nghĩa", 6),
    ("Chiến", 4),
    ("Quyền", 2),
    ("Luân", 3),
    ("Linh", 4),
];
const GIRL_MIDDLE: &[(&str, u32)] = &[
    ("Ngọc", 56),
    ("Bảo", 42),
    ("Thanh", 34),
    ("Khánh", 34),
    ("Phương", 32),
    ("Gia", 32),
    ("Minh", 28),
    ("Thảo", 26),
    ("Quỳnh", 28),
    ("Mai", 22),
    ("Thùy", 22),
    ("Anh", 20),
    ("Như", 22),
    ("Kim", 18),
    ("Hoài", 16),
    ("Diệu", 14),
    ("Hà", 16),
    ("Cẩm", 10),
    ("Mỹ", 14),
    ("Tường", 10),
    ("Thu", 12),
    ("Hồng", 14),
    ("Bích", 8),
    ("Thúy", 8),
    ("Trúc", 10),
    ("Tuyết", 6),
    ("Yến", 12),
    ("Hải", 8),
    ("Nhật", 10),
    ("Lan", 8),
    ("Thiên", 8),
    ("Cát", 6),
    ("An", 10),
    ("Vân", 6),
    ("Linh", 6),
    ("Uyên", 5),
];
const GIRL_GIVEN: &[(&str, u32)] = &[
    ("Anh", 46),
    ("Ngọc", 40),
    ("Nhi", 44),
    ("Linh", 34),
    ("Vy", 32),
    ("Trang", 28),
    ("Hân", 32),
    ("Thư", 30),
    ("My", 30),
    ("Châu", 24),
    ("Trâm", 24),
    ("Phương", 24),
    ("Thảo", 22),
    ("Như", 22),
    ("Ngân", 22),
    ("Chi", 20),
    ("Trân", 20),
    ("Uyên", 18),
    ("Quỳnh", 20),
    ("Yến", 16),
    ("Nguyên", 16),
    ("Hà", 16),
    ("An", 18),
    ("Mai", 15),
    ("Hương", 13),
    ("Giang", 14),
    ("Trinh", 12),
    ("Vân", 11),
    ("Tâm", 9),
    ("Diệp", 8),
    ("Khuê", 6),
    ("Thy", 8),
    ("Duyên", 8),
    ("Hiền", 9),
    ("Thủy", 6),
    ("Nga", 6),
    ("Ly", 8),
    ("Oanh", 5),
    ("Hằng", 6),
    ("Nhung", 7),
    ("Lam", 6),
    ("Tiên", 8),
    ("Dung", 4),
    ("Kiều", 3),
    ("Ánh", 7),
    ("Tường", 3),
    ("Huyền", 7),
    ("Thanh", 6),
    ("Xuân", 2),
    ("Ý", 2),
    ("Lan", 4),
    ("Đan", 4),
    ("Hoa", 3),
    ("Phúc", 3),
    ("Minh", 5),
    ("Bình", 2),
    ("Ân", 2),
];

const MAN_MIDDLE: &[(&str, u32)] = &[
    ("Văn", 380),
    ("Đức", 50),
    ("Quang", 45),
    ("Hữu", 50),
    ("Đình", 50),
    ("Xuân", 40),
    ("Thanh", 40),
    ("Ngọc", 34),
    ("Minh", 30),
    ("Quốc", 30),
    ("Công", 26),
    ("Viết", 22),
    ("Anh", 14),
    ("Thế", 20),
    ("Trọng", 14),
    ("Tấn", 12),
    ("Bá", 12),
    ("Duy", 10),
    ("Tuấn", 10),
    ("Phước", 10),
    ("Mạnh", 8),
];
const MAN_GIVEN: &[(&str, u32)] = &[
    ("Hùng", 40),
    ("Dũng", 36),
    ("Tuấn", 38),
    ("Sơn", 36),
    ("Thành", 32),
    ("Bình", 30),
    ("Minh", 28),
    ("Hải", 30),
    ("Cường", 28),
    ("Long", 24),
    ("Thắng", 24),
    ("Hiếu", 24),
    ("Nam", 22),
    ("Tâm", 22),
    ("Hòa", 20),
    ("Phúc", 20),
    ("Quang", 20),
    ("Đức", 20),
    ("Trung", 20),
    ("Tiến", 18),
    ("Linh", 16),
    ("Phong", 18),
    ("Lợi", 12),
    ("Vinh", 14),
    ("Khánh", 14),
    ("Lộc", 12),
    ("Anh", 14),
    ("Thọ", 10),
    ("Chung", 10),
    ("Hoàng", 16),
    ("Việt", 14),
    ("Lâm", 12),
    ("Toàn", 12),
    ("Quý", 8),
    ("Tài", 10),
    ("Quyết", 8),
    ("Thuận", 10),
    ("Ba", 4),
    ("Út", 4),
    ("Bảy", 2),
    ("Tý", 4),
    ("Chiến", 10),
    ("Đông", 8),
    ("Hậu", 8),
    ("Nghĩa", 10),
    ("Tình", 6),
    ("Hưng", 10),
    ("Tùng", 12),
    ("Lực", 5),
];
const WOMAN_GIVEN: &[(&str, u32)] = &[
    ("Hương", 36),
    ("Lan", 30),
    ("Hoa", 26),
    ("Hồng", 28),
    ("Thủy", 30),
    ("Hà", 28),
    ("Nga", 24),
    ("Hằng", 24),
    ("Huệ", 16),
    ("Liên", 20),
    ("Thu", 20),
    ("Tuyết", 18),
    ("Phượng", 20),
    ("Loan", 18),
    ("Yến", 18),
    ("Mai", 20),
    ("Thảo", 22),
    ("Nhung", 20),
    ("Hiền", 24),
    ("Lài", 8),
    ("Bé", 5),
    ("Gái", 4),
    ("Lý", 12),
    ("Oanh", 14),
    ("Phương", 24),
    ("Trang", 20),
    ("Linh", 18),
    ("Vân", 20),
    ("Ánh", 14),
    ("Thúy", 18),
    ("Tâm", 16),
    ("Sen", 8),
    ("Hạnh", 18),
    ("Dung", 14),
    ("Huyền", 18),
    ("Ngọc", 16),
    ("Cúc", 8),
    ("Xuân", 10),
    ("Lệ", 10),
    ("Quỳnh", 10),
    ("Diệu", 8),
    ("Minh", 8),
    ("Bình", 8),
    ("Nhàn", 8),
    ("Quyên", 10),
    ("Thơm", 6),
    ("Hường", 12),
    ("Nguyệt", 10),
    ("Sương", 8),
    ("Giang", 8),
];
const WOMAN_MIDDLE: &[(&str, u32)] = &[
    ("Ngọc", 20),
    ("Thanh", 24),
    ("Thu", 22),
    ("Kim", 20),
    ("Hồng", 20),
    ("Bích", 16),
    ("Mỹ", 14),
    ("Minh", 12),
    ("Thúy", 12),
    ("Phương", 12),
    ("Diệu", 10),
];

/// A surname of the region.
pub(super) fn surname(dice: &mut Dice, region: Region) -> &'static str {
    dice.pick(match region {
        Region::North => NORTH,
        Region::Middle => MIDDLE,
        Region::South => SOUTH,
    })
}

/// A word of a list that is none of those before it.
fn another(dice: &mut Dice, list: &[(&'static str, u32)], before: &[&str]) -> &'static str {
    for _ in 0..20 {
        let word = dice.pick(list);
        if !before.contains(&word) {
            return word;
        }
    }
    list.iter()
        .map(|(word, _)| *word)
        .find(|word| !before.contains(word))
        .unwrap_or("")
}

/// A child's name. `Văn` and `Thị` grow rare with the years; two middle names and the mother's surname grow frequent.
pub(super) fn child(
    dice: &mut Dice,
    sex: Sex,
    year: i16,
    surname: &str,
    second_surname: &str,
) -> String {
    let late = u32::try_from((i32::from(year) - 2008).clamp(0, 16)).unwrap_or(0);
    let (middles, givens, old, often) = match sex {
        Sex::Male => (BOY_MIDDLE, BOY_GIVEN, "Văn", 230 - 9 * late),
        Sex::Female => (GIRL_MIDDLE, GIRL_GIVEN, "Thị", 420 - 16 * late),
    };
    let last = surname.rsplit(' ').next().unwrap_or(surname);
    let mut words = vec![surname];
    if !second_surname.is_empty() && second_surname != surname && dice.chance(45 + 3 * late) {
        words.push(second_surname);
    } else if dice.chance(often) {
        words.push(old);
    }
    let before = words.last().copied().unwrap_or(last);
    // "Nguyễn Văn An", "Nguyễn Gia Bảo", "Nguyễn Ngọc Bảo An"
    let middles_wanted = if words.len() == 1 {
        1
    } else {
        u32::from(dice.chance(450))
    };
    let mut middle = "";
    if middles_wanted == 1 {
        middle = another(dice, middles, &[before, last]);
        words.push(middle);
        if words.len() == 2 && dice.chance(190 + 12 * late) {
            let more = another(dice, middles, &[middle, before, last]);
            words.push(more);
            middle = more;
        }
    }
    let first_middle = words.get(1).copied().unwrap_or("");
    words.push(another(dice, givens, &[middle, before, first_middle, last]));
    words.join(" ")
}

/// A grown-up's name.
pub(super) fn adult(dice: &mut Dice, sex: Sex, year: i16, surname: &str) -> String {
    let last = surname.rsplit(' ').next().unwrap_or(surname);
    match sex {
        Sex::Male => {
            let middle = another(dice, MAN_MIDDLE, &[last]);
            let given = another(dice, MAN_GIVEN, &[middle, last]);
            format!("{surname} {middle} {given}")
        }
        Sex::Female => {
            let with_thi = if year < 1985 { 940 } else { 860 };
            let mut words = vec![surname];
            if dice.chance(with_thi) {
                words.push("Thị");
            }
            if words.len() == 1 || dice.chance(if year < 1975 { 60 } else { 330 }) {
                words.push(another(dice, WOMAN_MIDDLE, &[last]));
            }
            let before = words.last().copied().unwrap_or(last);
            words.push(another(dice, WOMAN_GIVEN, &[before, last]));
            words.join(" ")
        }
    }
}
