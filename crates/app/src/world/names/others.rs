//! Names of the other ethnic groups, as far as the sample needs them.
//!
//! In: dice, custom, sex. Out: surnames and whole names. Spellings are those of lists; who bears them is invented.

use super::super::dice::Dice;
use super::{Custom, Sex};

const TRUONG: &[(&str, u32)] = &[
    ("Hồ", 950),
    ("Pi", 8),
    ("Kê", 6),
    ("Côn", 6),
    ("Lê", 10),
    ("Nguyễn", 10),
    ("Hoàng", 6),
];
const TRUONG_MAN: &[&str] = &[
    "Thoan", "Bun", "Khăm", "Phone", "Nghin", "Ray", "Vai", "Ăm", "Lứt", "Thương", "Kan", "Pả",
    "Xa", "Cha", "Lía", "Loan", "Mười", "Ngãi", "Nua", "Pun", "Rin", "Sáo", "Tăng", "Thia", "Tỏa",
    "Vên", "Xuân", "Cường", "Đia", "Hiên", "Hôm", "Lai", "Mơi", "Năm", "Ngoan", "Nhơ", "Pơi",
    "Quân", "Rơi", "Sơn", "Tam", "Tha", "Thăng", "Theng", "Tiên", "Tư", "Ưu", "Vui", "Xê", "Yêng",
    "Cam", "Chơn", "Dồn", "Giới",
];
const TRUONG_WOMAN: &[&str] = &[
    "Mơ", "Pỉ", "Xa", "Loan", "Den", "Thương", "Ánh", "Ki", "Lứt", "Nhung", "Hiền", "Thoan", "Ăm",
    "Bươi", "Căn", "Cúc", "Đào", "Hơn", "Khoan", "Lan", "Lành", "Lý", "Mai", "Mải", "Mến", "Nang",
    "Nghe", "Nhiên", "Nhơm", "Oi", "Pa", "Phương", "Plói", "Rê", "Sen", "Tâm", "Thảo", "Thơ",
    "Thu", "Tỉnh", "Tươi", "Vân", "Viên", "Xim", "Xoan", "Yên", "Chanh", "Dơn", "Hạnh", "Lệ",
];
const LAO_MAN: &[&str] = &[
    "Khăm Phone",
    "Khăm Sỉ",
    "Bun Mi",
    "Bun Thăn",
    "Xổm Chay",
    "Thoong Đi",
    "Khăm La",
    "Xẻng Đao",
];
const LAO_WOMAN: &[&str] = &[
    "Khăm Lả",
    "Bua Chăn",
    "Noi Khăm",
    "Xỉ Đa",
    "Keo Mani",
    "Mạ Ny",
    "Phon Chăn",
    "Chăn Thi",
];

const TAY: &[(&str, u32)] = &[
    ("Nông", 60),
    ("Hoàng", 70),
    ("Lương", 30),
    ("Triệu", 24),
    ("Đàm", 22),
    ("Bế", 12),
    ("Lý", 26),
    ("Hà", 22),
    ("Ma", 20),
    ("Nguyễn", 40),
    ("La", 12),
    ("Lục", 10),
    ("Vi", 20),
];
const THAI: &[(&str, u32)] = &[
    ("Lò", 90),
    ("Quàng", 50),
    ("Cà", 34),
    ("Lường", 30),
    ("Tòng", 26),
    ("Vì", 22),
    ("Hoàng", 14),
    ("Vi", 30),
    ("Lô", 24),
    ("Lương", 24),
    ("Hà", 14),
];
const MUONG: &[(&str, u32)] = &[
    ("Bùi", 150),
    ("Đinh", 50),
    ("Quách", 34),
    ("Bạch", 20),
    ("Phạm", 24),
    ("Hà", 24),
    ("Trương", 20),
    ("Nguyễn", 30),
];
const HMONG: &[(&str, u32)] = &[
    ("Giàng", 60),
    ("Vàng", 56),
    ("Sùng", 50),
    ("Thào", 40),
    ("Lầu", 30),
    ("Mùa", 24),
    ("Hờ", 20),
    ("Cứ", 14),
    ("Lý", 34),
    ("Ly", 16),
    ("Vừ", 20),
    ("Hạng", 16),
    ("Chảo", 8),
];
const DAO: &[(&str, u32)] = &[
    ("Triệu", 60),
    ("Bàn", 50),
    ("Đặng", 44),
    ("Lý", 40),
    ("Chảo", 30),
    ("Phùng", 26),
    ("Tẩn", 30),
    ("Phàn", 20),
    ("Hoàng", 14),
];
const KHMER: &[(&str, u32)] = &[
    ("Thạch", 70),
    ("Sơn", 40),
    ("Kim", 40),
    ("Danh", 50),
    ("Châu", 34),
    ("Lâm", 26),
    ("Trần", 24),
    ("Lý", 22),
    ("Kiên", 12),
    ("Neáng", 8),
];
const CHAM: &[(&str, u32)] = &[
    ("Chamaléa", 20),
    ("Katơr", 20),
    ("Pinăng", 14),
    ("Đàng", 30),
    ("Thập", 14),
    ("Báo", 14),
    ("Quảng", 14),
    ("Lưu", 20),
    ("Đổng", 12),
    ("Nguyễn", 16),
    ("Mang", 14),
];
const EDE_CLAN: &[(&str, u32)] = &[
    ("Niê", 70),
    ("Mlô", 40),
    ("Byă", 26),
    ("Êban", 24),
    ("Kbuôr", 14),
    ("Hwing", 10),
    ("Ksơr", 20),
    ("Siu", 40),
    ("Rmah", 30),
    ("Kpă", 26),
    ("Rơ Châm", 26),
    ("Nay", 24),
];
const HIGHLAND: &[(&str, u32)] = &[
    ("K'", 40),
    ("Ka", 20),
    ("Y", 60),
    ("A", 70),
    ("Đinh", 50),
    ("Rơ Ông", 14),
    ("Liêng", 14),
    ("Bon", 10),
    ("Cil", 14),
    ("Kon Sơ", 10),
    ("Hồ", 20),
    ("Điểu", 20),
];

const MAN: &[&str] = &[
    "Pó", "Dơ", "Chống", "Páo", "Sử", "Tủa", "Dình", "Lềnh", "Phình", "Sinh", "Vảng", "Chư", "Giả",
    "Của", "Thắng", "Hồng", "Khua", "Minh", "Dũng", "Thái",
];
const WOMAN: &[&str] = &[
    "Mỷ", "Dí", "Chu", "Sua", "Máy", "Pà", "Xua", "Dợ", "Chía", "Súa", "Lía", "Mai", "Dế", "Sáy",
    "Nhìa", "Vá", "Bầu", "Hoa", "Sinh", "Lan",
];
const NORTH_MAN: &[&str] = &[
    "Hùng", "Dũng", "Tuấn", "Thành", "Quân", "Hiệu", "Chiến", "Toản", "Sơn", "Kiên", "Pâng", "Ún",
    "Inh", "Học", "Thiết", "Định", "Tuyên", "Hải",
];
const NORTH_WOMAN: &[&str] = &[
    "Hoa", "Thu", "Lan", "Hương", "Nga", "Ban", "Pản", "Inh", "Ỏm", "Dung", "Nhình", "Sao",
    "Thiết", "Hằng", "Loan", "Duyên", "Bình", "Thoa",
];
const HIGH_MAN: &[&str] = &[
    "Bốc", "Blốc", "Thin", "Thương", "Ngoan", "Khiêm", "Duyn", "Hùng", "Brăm", "Nguyên", "Sâm",
    "Phun", "Kuih", "Thái", "Djuan", "Krông",
];
const HIGH_WOMAN: &[&str] = &[
    "Hen", "Nhàn", "Lan", "Bliăk", "Mai", "Thương", "Djuan", "Ngoan", "Linh", "Hrin", "Blim",
    "Khuyên", "Ly", "Nga", "Xuân", "Thảo",
];
const KHMER_MAN: &[&str] = &[
    "Sa Rương",
    "Thanh",
    "Sóc Khum",
    "Đa Ra",
    "Phol",
    "Hoài Nam",
    "Sa Vươne",
    "Minh Tâm",
    "Thươl",
    "Sô Phia Rết",
    "Quốc Việt",
    "Ry",
    "Den",
];
const KHMER_WOMAN: &[&str] = &[
    "Thị Sa Rây",
    "Thị Chane",
    "Thị Sóc Kha",
    "Thị Mỹ Linh",
    "Thị Thu",
    "Thị Phol La",
    "Thị Bích",
    "Thị Sa Mết",
    "Thị Ngọc",
    "Thị Hên",
];
const CHAM_MAN: &[&str] = &[
    "Văn Năng",
    "Xuân Thành",
    "Minh Quốc",
    "Văn Thuận",
    "Quang Huy",
    "Văn Mãi",
    "Ngọc Sơn",
];
const CHAM_WOMAN: &[&str] = &[
    "Thị Lan",
    "Thị Mỹ Trinh",
    "Thị Ngọc Ánh",
    "Thị Thương",
    "Thị Hồng",
    "Thị Kiều",
    "Thị Diễm",
];

/// A surname; for Ê-đê and Gia-rai the clan, which stands behind the name; for Lao nationals none.
pub(super) fn surname(dice: &mut Dice, custom: Custom) -> &'static str {
    dice.pick(match custom {
        Custom::Tay => TAY,
        Custom::Thai => THAI,
        Custom::Muong => MUONG,
        Custom::Hmong => HMONG,
        Custom::Dao => DAO,
        Custom::Khmer => KHMER,
        Custom::Ede => EDE_CLAN,
        Custom::Highland => HIGHLAND,
        Custom::Cham => CHAM,
        Custom::Lao => &[("", 1)],
        Custom::Truong | Custom::Kinh(_) => TRUONG,
    })
}

/// A whole name in the group's own way.
pub(super) fn whole(dice: &mut Dice, custom: Custom, sex: Sex, surname: &str) -> String {
    let male = sex == Sex::Male;
    for _ in 0..20 {
        let name = once(dice, custom, male, surname);
        if name
            .split(' ')
            .zip(name.split(' ').skip(1))
            .all(|(one, next)| one != next)
        {
            return name;
        }
    }
    once(dice, Custom::Lao, male, "")
}

fn once(dice: &mut Dice, custom: Custom, male: bool, surname: &str) -> String {
    let by_sex = |dice: &mut Dice, men: &[&'static str], women: &[&'static str]| {
        dice.word(if male { men } else { women })
    };
    match custom {
        Custom::Lao => by_sex(dice, LAO_MAN, LAO_WOMAN).to_owned(),
        Custom::Ede => {
            let given = by_sex(dice, HIGH_MAN, HIGH_WOMAN);
            if male {
                format!("Y {given} {surname}")
            } else if dice.chance(700) {
                format!("H'{given} {surname}")
            } else {
                format!("H' {given} {surname}")
            }
        }
        Custom::Highland => {
            let given = by_sex(dice, HIGH_MAN, HIGH_WOMAN);
            match surname {
                "K'" => format!("K' {given}"),
                "Y" | "A" | "Ka" => format!("{} {given}", if male { "A" } else { "Y" }),
                _ => format!("{surname} {given}"),
            }
        }
        Custom::Khmer => format!("{surname} {}", by_sex(dice, KHMER_MAN, KHMER_WOMAN)),
        Custom::Cham => format!("{surname} {}", by_sex(dice, CHAM_MAN, CHAM_WOMAN)),
        Custom::Hmong => {
            let middle = if male {
                dice.word(&["A", "Mí", "Văn", "Seo"])
            } else {
                dice.word(&["Thị", "Thị", "Seo"])
            };
            format!("{surname} {middle} {}", by_sex(dice, MAN, WOMAN))
        }
        Custom::Dao | Custom::Tay | Custom::Thai | Custom::Muong => {
            let middle = if male {
                dice.word(&["Văn", "Văn", "Đức", "Minh"])
            } else {
                "Thị"
            };
            format!(
                "{surname} {middle} {}",
                by_sex(dice, NORTH_MAN, NORTH_WOMAN)
            )
        }
        Custom::Truong | Custom::Kinh(_) => {
            let middle = match (male, dice.below(10)) {
                (true, 0) => "A",
                (true, _) => "Văn",
                (false, _) => "Thị",
            };
            format!(
                "{surname} {middle} {}",
                by_sex(dice, TRUONG_MAN, TRUONG_WOMAN)
            )
        }
    }
}
