//! Identity numbers (số định danh cá nhân): cleaning, and what the twelve digits say.
//!
//! In: a cell as it stands. Out: [`Number`] and [`Parts`]. Structure `PPP G YY RRRRRR` after NĐ 137/2015/NĐ-CP Điều 13 and
//! TT 07/2016/TT-BCA Điều 7; there is no check digit. A number is an attribute of a child, never a key.

use super::text;
use std::borrow::Cow;

/// The three digits of the 63 provinces of TT 07/2016/TT-BCA, Phụ lục 1, with their names. Cards were not renumbered in 2025;
/// 044 (the code of the merged Quảng Trị) is Quảng Bình's old one.
pub const PROVINCES: [(u16, &str); 63] = [
    (1, "Hà Nội"),
    (2, "Hà Giang"),
    (4, "Cao Bằng"),
    (6, "Bắc Kạn"),
    (8, "Tuyên Quang"),
    (10, "Lào Cai"),
    (11, "Điện Biên"),
    (12, "Lai Châu"),
    (14, "Sơn La"),
    (15, "Yên Bái"),
    (17, "Hòa Bình"),
    (19, "Thái Nguyên"),
    (20, "Lạng Sơn"),
    (22, "Quảng Ninh"),
    (24, "Bắc Giang"),
    (25, "Phú Thọ"),
    (26, "Vĩnh Phúc"),
    (27, "Bắc Ninh"),
    (30, "Hải Dương"),
    (31, "Hải Phòng"),
    (33, "Hưng Yên"),
    (34, "Thái Bình"),
    (35, "Hà Nam"),
    (36, "Nam Định"),
    (37, "Ninh Bình"),
    (38, "Thanh Hóa"),
    (40, "Nghệ An"),
    (42, "Hà Tĩnh"),
    (44, "Quảng Bình"),
    (45, "Quảng Trị"),
    (46, "Thừa Thiên Huế"),
    (48, "Đà Nẵng"),
    (49, "Quảng Nam"),
    (51, "Quảng Ngãi"),
    (52, "Bình Định"),
    (54, "Phú Yên"),
    (56, "Khánh Hòa"),
    (58, "Ninh Thuận"),
    (60, "Bình Thuận"),
    (62, "Kon Tum"),
    (64, "Gia Lai"),
    (66, "Đắk Lắk"),
    (67, "Đắk Nông"),
    (68, "Lâm Đồng"),
    (70, "Bình Phước"),
    (72, "Tây Ninh"),
    (74, "Bình Dương"),
    (75, "Đồng Nai"),
    (77, "Bà Rịa - Vũng Tàu"),
    (79, "Hồ Chí Minh"),
    (80, "Long An"),
    (82, "Tiền Giang"),
    (83, "Bến Tre"),
    (84, "Trà Vinh"),
    (86, "Vĩnh Long"),
    (87, "Đồng Tháp"),
    (89, "An Giang"),
    (91, "Kiên Giang"),
    (92, "Cần Thơ"),
    (93, "Hậu Giang"),
    (94, "Sóc Trăng"),
    (95, "Bạc Liêu"),
    (96, "Cà Mau"),
];

const fn province_set() -> u128 {
    let mut set = 0_u128;
    let mut index = 0;
    while index < PROVINCES.len() {
        set |= 1 << PROVINCES[index].0;
        index += 1;
    }
    set
}
const PROVINCE_SET: u128 = province_set();

/// Where the birth was registered, as the first three digits say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One of the 63 provinces.
    Province,
    /// 1xx to 9xx: registered abroad; the list of countries (TT 07/2016 Phụ lục 2) is not public, so it is not checked.
    Abroad,
    /// No province has these digits.
    Unknown,
}

/// What twelve digits say.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parts(u64);

/// Children's data never reaches a log.
impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Parts(***)")
    }
}

impl Parts {
    /// Of exactly 12 ASCII digits.
    pub fn of(digits: &str) -> Option<Self> {
        let bytes = digits.as_bytes();
        if bytes.len() != 12 {
            return None;
        }
        let mut value = 0_u64;
        for byte in bytes {
            if !byte.is_ascii_digit() {
                return None;
            }
            value = value * 10 + u64::from(byte - b'0');
        }
        Some(Self(value))
    }
    /// Of a number whose leading zeros an integer does not show; `None` for one of more than 12 digits.
    pub fn of_value(value: u64) -> Option<Self> {
        (value < 1_000_000_000_000).then_some(Self(value))
    }
    /// The number as an integer (a key for comparing, never shown).
    pub fn value(self) -> u64 {
        self.0
    }
    /// The first three digits.
    pub fn place_code(self) -> u16 {
        u16::try_from(self.0 / 1_000_000_000).unwrap_or(0)
    }
    /// What the first three digits say.
    pub fn place(self) -> Place {
        let code = self.place_code();
        if code >= 100 {
            Place::Abroad
        } else if PROVINCE_SET >> code & 1 == 1 {
            Place::Province
        } else {
            Place::Unknown
        }
    }
    /// Name of the province, where it is one.
    pub fn province(self) -> Option<&'static str> {
        let code = self.place_code();
        PROVINCES
            .iter()
            .find(|(known, _)| *known == code)
            .map(|(_, name)| *name)
    }
    /// The fourth digit: century and sex.
    pub fn century_digit(self) -> u8 {
        u8::try_from(self.0 / 100_000_000 % 10).unwrap_or(0)
    }
    /// Digits five and six: the last two of the birth year.
    pub fn year_digits(self) -> u8 {
        u8::try_from(self.0 / 1_000_000 % 100).unwrap_or(0)
    }
    /// The birth year that century digit and year digits say together.
    pub fn birth_year(self) -> i16 {
        1900 + i16::from(self.century_digit() / 2) * 100 + i16::from(self.year_digits())
    }
    /// True where the place is known (or abroad) and the fourth digit is 2 or 3, as for everybody born in this century: what
    /// `children.csv` calls the number.
    pub fn is_sound_child(self) -> bool {
        self.place() != Place::Unknown && matches!(self.century_digit(), 2 | 3)
    }
}

/// What a cell says of an identity number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number<'a> {
    /// Empty, or a word or sign that means empty.
    Missing,
    /// The cell says that the birth is not registered: no number can exist yet.
    NotRegistered,
    /// Twelve digits.
    Twelve(Cow<'a, str>, Parts),
    /// Anything else, cleaned of separators.
    Other(Cow<'a, str>),
}

impl Number<'_> {
    /// The cleaned text; empty where missing.
    pub fn text(&self) -> &str {
        match self {
            Self::Missing | Self::NotRegistered => "",
            Self::Twelve(text, _) | Self::Other(text) => text,
        }
    }
    /// Twelve digits with lost leading zeros put back, for comparing (`id.parent` restores zeros on both sides).
    pub fn padded(&self) -> Option<u64> {
        match self {
            Self::Twelve(_, parts) => Some(parts.value()),
            Self::Other(text)
                if (9..=11).contains(&text.len())
                    && text.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                text.parse().ok()
            }
            _ => None,
        }
    }
}

/// Reads a cell. Spaces, dots, commas, hyphens, apostrophes, quotes, full-width digits, `="…"` and a trailing `.0` are cleaned
/// away; letters are not (`O45…` is no number; a suggestion is the rule's business).
pub fn number(text: &str) -> Number<'_> {
    if let Some(parts) = Parts::of(text) {
        return Number::Twelve(Cow::Borrowed(text), parts);
    }
    if text::is_missing(text) {
        return Number::Missing;
    }
    if text.len() > 200 {
        return Number::Other(Cow::Borrowed(text.get(..200.min(text.len())).unwrap_or("")));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => out.push(c),
            '０'..='９' => out.push(char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or('0')),
            c if c.is_whitespace() || is_separator(c) => {}
            c => out.push(c),
        }
    }
    strip_decimal_zero(text, &mut out);
    if out.is_empty() || out == "0" || out == "00" || out == "000" {
        return Number::Missing;
    }
    if !out.bytes().any(|byte| byte.is_ascii_digit()) {
        return word(text);
    }
    match Parts::of(&out) {
        Some(parts) => Number::Twelve(Cow::Owned(out), parts),
        None => Number::Other(Cow::Owned(out)),
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '-' | '\u{2010}'..='\u{2015}' | '−' | '·' | '•' | '_' | '\'' | '’' | '‘' | '`' | '´' | '"' | '=' | ';' | ':' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

/// `45215001234.0` (a number that went through a program): the last digit is none of the number's.
fn strip_decimal_zero(raw: &str, digits: &mut String) {
    let trimmed = raw.trim_end();
    let marks = trimmed.matches(['.', ',']).count();
    if marks == 1
        && (trimmed.ends_with(".0")
            || trimmed.ends_with(",0")
            || trimmed.ends_with(".00")
            || trimmed.ends_with(",00"))
    {
        let cut = if trimmed.ends_with("00") { 2 } else { 1 };
        digits.truncate(digits.len().saturating_sub(cut));
    }
}

fn word(raw: &str) -> Number<'_> {
    let folded = super::syllable::ascii_fold(raw.trim());
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if says_unregistered(folded) {
        return Number::NotRegistered;
    }
    let empty = matches!(
        folded,
        "chua"
            | "khong"
            | "ko"
            | "k"
            | "null"
            | "none"
            | "nan"
            | "na"
            | "n/a"
            | "trong"
            | "rong"
            | "chua ro"
            | "khong ro"
            | "khong xac dinh"
            | "khong biet"
            | "cap nhat sau"
            | "bo sung sau"
    ) || ["chua ", "khong ", "ko ", "k co", "dang ", "cho "]
        .iter()
        .any(|start| folded.starts_with(start));
    if empty {
        Number::Missing
    } else {
        Number::Other(Cow::Borrowed(raw))
    }
}

/// True for words that say that the birth is not registered yet ("chưa đăng ký khai sinh", "chưa ĐKKS", "chưa có giấy khai sinh"). Takes
/// text without diacritics, in lower case.
pub fn says_unregistered(folded: &str) -> bool {
    let denied = ["chua", "khong", "ko ", "cho "]
        .iter()
        .any(|start| folded.starts_with(start) || folded.contains(&format!(" {start}")));
    denied
        && ["khai sinh", "dkks", "gks", "giay ks"]
            .iter()
            .any(|word| folded.contains(word))
}

/// Ten or eleven digits with their leading zeros put back.
pub fn restore_zeros(digits: &str) -> Option<(String, Parts)> {
    if !(10..=11).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{digits:0>12}");
    let parts = Parts::of(&padded)?;
    Some((padded, parts))
}

/// A text with O read as 0 and l or I as 1.
pub fn letters_as_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'O' | 'o' | 'Q' => '0',
            'l' | 'I' | 'i' | '|' => '1',
            c => c,
        })
        .collect()
}

/// Twelve digits once O is read as 0 and l or I as 1: a suggestion for a cell with letters, never applied by itself.
pub fn without_letters(text: &str) -> Option<String> {
    let replaced = letters_as_digits(text);
    (replaced != text && Parts::of(&replaced).is_some_and(Parts::is_sound_child))
        .then_some(replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expect: &str) {
        let found = match number(input) {
            Number::Missing => "missing".to_owned(),
            Number::NotRegistered => "unregistered".to_owned(),
            Number::Twelve(text, _) => text.into_owned(),
            Number::Other(text) => format!("other {text}"),
        };
        assert_eq!(found, expect, "{input:?}");
    }

    #[test]
    fn cleaning() {
        for (input, expect) in [
            ("045215001234", "045215001234"),
            ("045.215.001.234", "045215001234"),
            (" 045215001234", "045215001234"),
            ("045 215 001 234", "045215001234"),
            ("'045215001234", "045215001234"),
            ("=\"045215001234\"", "045215001234"),
            ("045215001234\u{a0}", "045215001234"),
            ("０４５２１５００１２３４", "045215001234"),
            ("45215001234.0", "other 45215001234"),
            ("045215001234.0", "045215001234"),
            ("45215001234", "other 45215001234"),
            ("O45215001234", "other O45215001234"),
            ("4,52E+10", "other 452E+10"),
            ("194123456", "other 194123456"),
            ("", "missing"),
            ("-", "missing"),
            ("0", "missing"),
            ("chưa có", "missing"),
            ("Chưa có số", "missing"),
            ("không có", "missing"),
            ("KHÔNG CÓ", "missing"),
            ("...", "missing"),
            ("?", "other ?"),
            ("chưa khai sinh", "unregistered"),
            ("Chưa ĐKKS", "unregistered"),
            ("٠٤٥٢١٥٠٠١٢٣٤", "other ٠٤٥٢١٥٠٠١٢٣٤"),
            ("045215001234/197123456", "other 045215001234/197123456"),
            ("chưa", "missing"),
            ("chưa đăng ký", "missing"),
            ("không thấy", "missing"),
            ("đang chờ công an cấp", "missing"),
            ("045-215-001234", "045215001234"),
            ("045—215−001·234", "045215001234"),
        ] {
            check(input, expect);
        }
    }

    #[test]
    fn parts() {
        let parts = Parts::of("045315001234").unwrap();
        assert_eq!(
            (
                parts.place(),
                parts.province(),
                parts.century_digit(),
                parts.birth_year()
            ),
            (Place::Province, Some("Quảng Trị"), 3, 2015)
        );
        assert_eq!(Parts::of("193215001234").unwrap().place(), Place::Abroad);
        assert_eq!(Parts::of("000215001234").unwrap().place(), Place::Unknown);
        assert_eq!(Parts::of("097215001234").unwrap().place(), Place::Unknown);
        assert!(Parts::of("04521500123").is_none());
        assert_eq!(restore_zeros("45215001234").unwrap().0, "045215001234");
        assert_eq!(restore_zeros("1215001234").unwrap().0, "001215001234");
        assert!(restore_zeros("194123456").is_none());
        assert_eq!(
            without_letters("O452150O1234").as_deref(),
            Some("045215001234")
        );
    }
}
