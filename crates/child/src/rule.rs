//! The rules of *check*: code, group, severity, legal source, and one good and one bad example each (both run as tests).
//!
//! In: nothing. Out: [`RULES`], sorted by code, and [`RuleId`]. What a rule *does* is in [`crate::check`]; how it speaks is in
//! [`crate::texts`].

use crate::field::Field;
use crate::finding::{Group, Severity};

/// A rule, by its place in [`RULES`]; local rules of a rule file follow after the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u16);

/// Values of one row by field; what is not named is as in [`BASE`].
pub type Example = &'static [(Field, &'static str)];

/// What is known of a rule.
#[derive(Debug)]
pub struct RuleInfo {
    /// `field.problem`.
    pub code: &'static str,
    /// The letter's three lists and our two; `None`: belongs to none.
    pub group: Option<Group>,
    /// Before a rule file changes it.
    pub severity: Severity,
    /// The field it stands at where the finding does not say otherwise.
    pub field: Field,
    /// What it looks for, in one line of Vietnamese.
    pub title: &'static str,
    /// The law, standard or practice it carries.
    pub source: &'static str,
    /// Rows on which it must stay silent.
    pub good: &'static [Example],
    /// Rows of which at least one must show it.
    pub bad: &'static [Example],
}

/// A sound row: examples change single fields of it. An invented child.
pub const BASE: Example = &[
    (Field::Name, "Hồ Thị Mơ"),
    (Field::Birth, "12/03/2015"),
    (Field::Sex, "Nữ"),
    (Field::Ethnicity, "Pa Cô"),
    (Field::Number, "045315118217"),
    (Field::Mother, "Hồ Thị Thoan"),
    (Field::Commune, "Xã Tà Rụt"),
    (Field::District, "Huyện Đakrông"),
    (Field::Hamlet, "Thôn A Đăng"),
];

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $group:expr, $severity:ident, $field:ident, $title:literal, $source:expr, good $good:expr, bad $bad:expr;)*) => {
        /// Every rule, sorted by code.
        pub static RULES: &[RuleInfo] = &[$(RuleInfo { code: $code, group: $group, severity: Severity::$severity, field: Field::$field, title: $title, source: $source, good: $good, bad: $bad },)*];
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u16)]
        enum Place { $($name,)* }
        impl RuleId { $($(#[$doc])* pub const $name: Self = Self(Place::$name as u16);)* }
    };
}

use Field::{
    Birth, Ethnicity, Father, FatherNumber, Guardian, Hamlet, Mother, MotherNumber, Name,
    Nationality, Number, Sex,
};
use Group::{BadNumber, BasicInformation, Contradiction, Duplicate, NoNumber};

const LETTER_1: &str = "Công văn chuẩn hóa dữ liệu trẻ em (6/2024), mục 1 Bước 1, nhóm 1";

rules! {
    /// Born into the future.
    BIRTH_FUTURE = "birth.future", Some(BasicInformation), Error, Birth, "Ngày sinh sau ngày tính số liệu", "Luật Trẻ em 2016 Đ.1; công văn 6/2024 mục 1",
        good &[&[(Birth, "13/06/2024"), (Number, "045324118217")]], bad &[&[(Birth, "14/06/2024"), (Number, "045324118217")]];
    /// Too many birthdays on 1 January.
    BIRTH_HEAPED = "birth.heaped", None, Warning, Birth, "Nhiều trẻ cùng sinh ngày 01/01", "Kinh nghiệm rà soát: 01/01 hay được ghi thay khi không rõ ngày sinh",
        good &[&[(Birth, "01/01/2015")]], bad &[&[(Birth, "01/01/2015")], &[(Birth, "01/01/2016")], &[(Birth, "01/01/2014")]];
    /// No such day.
    BIRTH_INVALID = "birth.invalid", Some(BasicInformation), Error, Birth, "Ngày sinh không đọc được hoặc không có trong lịch", "Công văn 6/2024 mục 1 Bước 1, nhóm 3",
        good &[&[(Birth, "29/02/2012"), (Number, "045312118217")]], bad &[&[(Birth, "31/02/2012")]];
    /// Nothing written.
    BIRTH_MISSING = "birth.missing", Some(BasicInformation), Error, Birth, "Thiếu ngày sinh", "Công văn 6/2024 mục 1 Bước 1, nhóm 3",
        good &[&[]], bad &[&[(Birth, "")]];
    /// Sixteen or more.
    BIRTH_OVER_AGE = "birth.over-age", Some(BasicInformation), Error, Birth, "Đã đủ 16 tuổi", "Luật Trẻ em 2016 Đ.1: trẻ em là người dưới 16 tuổi",
        good &[&[(Birth, "14/06/2008"), (Number, "045308118217")]], bad &[&[(Birth, "13/06/2008"), (Number, "045308118217")]];
    /// Year, or year and month only.
    BIRTH_PARTIAL = "birth.partial", Some(BasicInformation), Error, Birth, "Ngày sinh chưa đủ ngày, tháng, năm", "Công văn 6/2024 mục 1 Bước 1, nhóm 3 (ngày tháng năm sinh)",
        good &[&[]], bad &[&[(Birth, "2015")]];
    /// Month and day swapped beyond doubt.
    BIRTH_SWAPPED = "birth.swapped", Some(BasicInformation), Warning, Birth, "Ngày và tháng bị đảo", "Thứ tự ngày/tháng/năm; Excel đặt vùng Hoa Kỳ đảo ngày và tháng",
        good &[&[]], bad &[&[(Birth, "3/15/2015")]];
    /// Nobody who cares is written down.
    CARER_MISSING = "carer.missing", Some(BasicInformation), Error, Mother, "Thiếu cha, mẹ hoặc người giám hộ", "Công văn 6/2024 mục 1 Bước 1, nhóm 3 (cha/mẹ/người giám hộ)",
        good &[&[(Mother, ""), (Guardian, "Hồ Thị Lứt")], &[(Mother, "Hồ Thị Thoan"), (Father, "Không rõ")]], bad &[&[(Mother, "")]];
    /// Equal name, birth date and a parent.
    CHILD_DUPLICATE = "child.duplicate", Some(Duplicate), Error, Name, "Trùng họ tên, ngày sinh và cha hoặc mẹ", "Công văn 6/2024 mục 2; một trẻ chỉ được tính một lần",
        good &[&[], &[(Name, "Hồ Thị Mai"), (Number, "045315118218")]], bad &[&[], &[(Number, "045315118218")]];
    /// An old name that several groups have had.
    ETHNICITY_AMBIGUOUS = "ethnicity.ambiguous", Some(BasicInformation), Warning, Ethnicity, "Tên dân tộc có thể là nhiều dân tộc", "QĐ 121-TCTK/PPCĐ 1979, QĐ 1019/QĐ-TCTK 2008: tên gọi khác trùng nhau",
        good &[&[(Ethnicity, "Vân Kiều")]], bad &[&[(Ethnicity, "Xá Lá Vàng")]];
    /// Nothing written.
    ETHNICITY_MISSING = "ethnicity.missing", Some(BasicInformation), Error, Ethnicity, "Thiếu dân tộc", "Công văn 6/2024 mục 1 Bước 1, nhóm 3",
        good &[&[]], bad &[&[(Ethnicity, "")]];
    /// Not one of the 54, nor a known other name.
    ETHNICITY_UNKNOWN = "ethnicity.unknown", Some(BasicInformation), Error, Ethnicity, "Dân tộc không có trong danh mục 54 dân tộc", "QĐ 121-TCTK/PPCĐ 1979; QĐ 1019/QĐ-TCTK 2008",
        good &[&[(Ethnicity, "Kinh")]], bad &[&[(Ethnicity, "DTTS")]];
    /// 1xx to 9xx.
    ID_ABROAD = "id.abroad", Some(BadNumber), Warning, Number, "Số có mã nước ngoài, chưa đối chiếu được", "TT 07/2016/TT-BCA Đ.7, Phụ lục 2",
        good &[&[]], bad &[&[(Number, "193315118217")]];
    /// The fourth digit is not 2 or 3.
    ID_CENTURY = "id.century", Some(Contradiction), Error, Number, "Số của người sinh thế kỷ khác (thường là số của cha, mẹ)", "NĐ 137/2015/NĐ-CP Đ.13; TT 07/2016/TT-BCA Đ.7",
        good &[&[]], bad &[&[(Number, "045185001234")]];
    /// Not twelve digits.
    ID_LENGTH = "id.length", Some(BadNumber), Error, Number, "Số không đủ 12 chữ số", "TT 07/2016/TT-BCA Đ.7; Luật Căn cước 2023 Đ.12",
        good &[&[(Number, "045.315.118.217")]], bad &[&[(Number, "194123456")], &[(Number, "4,52E+10")]];
    /// Empty, or words that mean empty.
    ID_MISSING = "id.missing", Some(NoNumber), Error, Number, "Chưa có số định danh", LETTER_1,
        good &[&[]], bad &[&[(Number, "chưa có")], &[(Number, "")]];
    /// No number can exist yet.
    ID_NOT_YET = "id.not-yet", None, Note, Number, "Chưa thể có số: chưa đăng ký khai sinh hoặc không có quốc tịch Việt Nam", "Luật Căn cước 2023 Đ.12; NĐ 137/2015/NĐ-CP Đ.14",
        good &[&[(Number, "")]], bad &[&[(Number, ""), (Nationality, "Lào")], &[(Number, "chưa khai sinh")]];
    /// The number of a parent or guardian.
    ID_PARENT = "id.parent", Some(Contradiction), Error, Number, "Số của trẻ là số của cha, mẹ hoặc người giám hộ", "Luật Căn cước 2023 Đ.12: mỗi người một số",
        good &[&[(MotherNumber, "045185001234")]], bad &[&[(Number, "045185001234"), (MotherNumber, "45185001234")], &[(Number, "045085001235"), (FatherNumber, "045085001235")]];
    /// No such province.
    ID_PLACE = "id.place", Some(BadNumber), Error, Number, "Ba chữ số đầu không phải mã tỉnh nào", "TT 07/2016/TT-BCA Phụ lục 1 (63 mã tỉnh)",
        good &[&[(Number, "001315118217")]], bad &[&[(Number, "097315118217")], &[(Number, "000315118217")]];
    /// The fourth digit contradicts the sex.
    ID_SEX = "id.sex", Some(Contradiction), Error, Number, "Số mâu thuẫn với giới tính", "TT 07/2016/TT-BCA Đ.7 (chữ số thứ 4: thế kỷ và giới tính)",
        good &[&[]], bad &[&[(Number, "045215118217")]];
    /// The same sound number on two children.
    ID_SHARED = "id.shared", Some(Contradiction), Error, Number, "Một số ghi cho hai trẻ", "Luật Căn cước 2023 Đ.12: số không lặp lại ở người khác",
        good &[&[], &[(Name, "Hồ Thị Mai"), (Number, "045315118218")]], bad &[&[], &[(Name, "Hồ Thị Mai")]];
    /// Digits five and six contradict the birth year.
    ID_YEAR = "id.year", Some(Contradiction), Error, Number, "Số mâu thuẫn với năm sinh", "TT 07/2016/TT-BCA Đ.7 (chữ số thứ 5, 6: năm sinh)",
        good &[&[(Birth, "2015")]], bad &[&[(Number, "045316118217")], &[(Birth, "2016")]];
    /// Ten or eleven digits that are sound once zeros are put back.
    ID_ZERO_LOST = "id.zero-lost", Some(BadNumber), Error, Number, "Số bị mất chữ số 0 ở đầu", "63 mã tỉnh đều bắt đầu bằng 0: Excel lưu dạng số làm mất số 0",
        good &[&[]], bad &[&[(Number, "45315118217")], &[(Number, "1315118217")]];
    /// Digits, signs, placeholders.
    NAME_INVALID = "name.invalid", Some(BasicInformation), Error, Name, "Họ tên có chữ số, ký hiệu hoặc chỉ là tên gọi tạm", "Bộ luật Dân sự 2015 Đ.26 khoản 3",
        good &[&[(Name, "H'Hen Niê")], &[(Name, "Lê-Nguyễn Thị Mỹ")]], bad &[&[(Name, "Bé")], &[(Name, "Con bà Thoan")], &[(Name, "Hồ Thị Mơ 2")]];
    /// Keys of Telex or VNI that did not become letters.
    NAME_KEYS = "name.keys", None, Warning, Name, "Họ tên còn phím gõ dấu (Telex, VNI)", "Cách gõ Telex, VNI của các bộ gõ tiếng Việt",
        good &[&[(Name, "Moong Văn Thắng"), (Sex, "Nam"), (Number, "")]], bad &[&[(Name, "Hoof Thij Mow")]];
    /// Nothing written.
    NAME_MISSING = "name.missing", Some(BasicInformation), Error, Name, "Thiếu họ tên", "Công văn 6/2024 mục 1 Bước 1, nhóm 3",
        good &[&[]], bad &[&[(Name, "")]];
    /// "Thị" for a boy.
    NAME_SEX = "name.sex", None, Warning, Sex, "Chữ đệm không hợp với giới tính", "Kinh nghiệm rà soát: “Thị” là chữ đệm của nữ, “Văn” của nam",
        good &[&[(Name, "Hồ Văn Khăm"), (Sex, "Nam"), (Number, "")]], bad &[&[(Name, "Hồ Thị Mơ"), (Sex, "Nam"), (Number, "")]];
    /// One syllable.
    NAME_SHORT = "name.short", Some(BasicInformation), Warning, Name, "Họ tên chỉ có một tiếng", "Họ, chữ đệm và tên theo giấy khai sinh",
        good &[&[(Name, "Y Blốc")]], bad &[&[(Name, "Mơ")]];
    /// No hamlet.
    PLACE_HAMLET = "place.hamlet", Some(BasicInformation), Warning, Hamlet, "Thiếu thôn, bản, khu phố", "Công văn 6/2024, chú thích 2 (địa chỉ còn thiếu)",
        good &[&[]], bad &[&[(Hamlet, "")]];
    /// No commune from any source.
    PLACE_MISSING = "place.missing", Some(BasicInformation), Error, Commune, "Không biết trẻ ở xã, phường nào", "Công văn 6/2024, chú thích 2 (địa chỉ còn thiếu)",
        good &[&[]], bad &[&[(Field::Commune, ""), (Field::District, "")]];
    /// Not a unit of the edition.
    PLACE_UNKNOWN = "place.unknown", Some(BasicInformation), Error, Commune, "Xã, phường không có trong danh mục đơn vị hành chính", "QĐ 124/2004/QĐ-TTg; QĐ 19/2025/QĐ-TTg; NQ 832/NQ-UBTVQH14, 1281 và 1680/NQ-UBTVQH15",
        good &[&[(Field::Commune, "TARUT")]], bad &[&[(Field::Commune, "Xã Không Có Thật")]];
    /// No sex.
    SEX_INVALID = "sex.invalid", Some(BasicInformation), Error, Sex, "Giới tính không phải Nam, Nữ", "Công văn 6/2024 mục 1 Bước 1, nhóm 3",
        good &[&[(Sex, "nu")], &[(Sex, "Gái")]], bad &[&[(Sex, "?")], &[(Sex, "Không rõ")], &[(Sex, "3")]];
    /// Nothing written.
    SEX_MISSING = "sex.missing", Some(BasicInformation), Error, Sex, "Thiếu giới tính", "Công văn 6/2024 mục 1 Bước 1, nhóm 3",
        good &[&[]], bad &[&[(Sex, "")]];
    /// Could be read in two codes; left as it stands.
    TEXT_AMBIGUOUS = "text.ambiguous", None, Note, Name, "Chữ có thể đọc theo hai bảng mã, giữ nguyên", "Bảng mã TCVN 5712:1993 và VNI: một chữ viết có hai cách đọc",
        good &[&[]], bad &[];
    /// The case of a name was put right.
    TEXT_CASE = "text.case", None, Note, Name, "Đã sửa chữ hoa, chữ thường", "NĐ 30/2020/NĐ-CP Phụ lục II",
        good &[&[]], bad &[&[(Name, "HỒ THỊ MƠ")]];
    /// Decomposed letters were composed.
    TEXT_DECOMPOSED = "text.decomposed", None, Note, Name, "Đã ghép chữ Unicode tổ hợp", "TCVN 6909:2001; Unicode NFC",
        good &[&[]], bad &[&[(Name, "Hồ Thi\u{323} Mơ")]];
    /// A legacy code was undone.
    TEXT_ENCODING = "text.encoding", None, Note, Name, "Đã chuyển từ bảng mã cũ sang Unicode", "TCVN 5712:1993, VNI, VPS, VISCII → TCVN 6909:2001",
        good &[&[]], bad &[&[(Name, "NguyÔn ThÞ H»ng")]];
    /// Invisible characters were taken out.
    TEXT_INVISIBLE = "text.invisible", None, Note, Name, "Đã bỏ ký tự không nhìn thấy", "TCVN 6909:2001",
        good &[&[]], bad &[&[(Name, "Hồ\u{200b} Thị Mơ")]];
    /// Letters that only looked right.
    TEXT_LETTERS = "text.letters", None, Note, Name, "Đã thay chữ chỉ giống chữ Việt (Ð thành Đ)", "TCVN 6909:2001; Unicode TR39",
        good &[&[]], bad &[&[(Name, "Ðinh Thị Mơ")]];
    /// White space was trimmed or collapsed.
    TEXT_SPACES = "text.spaces", None, Note, Name, "Đã bỏ dấu cách, xuống dòng thừa", "TCVN 6909:2001",
        good &[&[]], bad &[&[(Name, " Hồ  Thị Mơ ")]];
}

impl RuleId {
    /// What is known of it; `None` for a local rule.
    pub fn info(self) -> Option<&'static RuleInfo> {
        RULES.get(usize::from(self.0))
    }
    /// Its code; empty for a local rule (the rule file knows it).
    pub fn code(self) -> &'static str {
        self.info().map_or("", |info| info.code)
    }
    /// The rule of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        let index = RULES.binary_search_by(|info| info.code.cmp(code)).ok()?;
        u16::try_from(index).ok().map(Self)
    }
    /// The id of the n-th local rule.
    pub fn local(index: usize) -> Self {
        Self(u16::try_from(RULES.len() + index).unwrap_or(u16::MAX))
    }
    /// The place among the local rules, for a local one.
    pub fn local_index(self) -> Option<usize> {
        usize::from(self.0).checked_sub(RULES.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_and_whole() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
        for (index, info) in RULES.iter().enumerate() {
            assert_eq!(
                RuleId::from_code(info.code),
                Some(RuleId(u16::try_from(index).unwrap()))
            );
            assert!(
                !info.title.is_empty() && !info.source.is_empty() && !info.good.is_empty(),
                "{}",
                info.code
            );
            assert!(
                !info.bad.is_empty() || info.code == "text.ambiguous",
                "{}",
                info.code
            );
        }
        assert_eq!(RuleId::ID_LENGTH.code(), "id.length");
    }
}
