//! The fields a list may carry, in the words of the administration.
//!
//! In: nothing. Out: [`Field`], shared by the mapping of columns, the record and the findings.

use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $label:literal;)*) => {
        /// What a column of a list holds. The code (`birth.day`) is the machine's name, the label what a person reads.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Field { $($(#[$doc])* #[serde(rename = $code)] $variant,)* }
        impl Field {
            /// Every field, in the order of the record.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// The machine's name, as in `findings.csv` and a saved mapping.
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code,)* } }
            /// The Vietnamese name, as on the screen and on paper.
            pub fn label(self) -> &'static str { match self { $(Self::$variant => $label,)* } }
            /// The field of a machine name.
            pub fn from_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)* _ => None } }
        }
    };
}

fields! {
    /// Running number of the list (STT): read past.
    Ordinal = "ordinal", "STT";
    /// The list's own key of the record (rec_id, mã trẻ).
    Id = "id", "Mã trong danh sách";
    /// Whole name.
    Name = "name", "Họ và tên";
    /// Family and middle name where the given name stands in a column of its own ("Họ và chữ đệm").
    NameFamily = "name.family", "Họ và chữ đệm";
    /// Middle name where it has a column of its own ("Chữ đệm", "Tên đệm").
    NameMiddle = "name.middle", "Chữ đệm";
    /// Given name in a column of its own ("Tên").
    NameGiven = "name.given", "Tên";
    /// Birth date in one column.
    Birth = "birth", "Ngày, tháng, năm sinh";
    /// Day of birth.
    BirthDay = "birth.day", "Ngày sinh";
    /// Month of birth.
    BirthMonth = "birth.month", "Tháng sinh";
    /// Year of birth.
    BirthYear = "birth.year", "Năm sinh";
    /// Sex in one column.
    Sex = "sex", "Giới tính";
    /// Column "Nam": a tick, or the birth date of a boy.
    SexMale = "sex.male", "Nam";
    /// Column "Nữ": a tick, or the birth date of a girl.
    SexFemale = "sex.female", "Nữ";
    /// Ethnic group.
    Ethnicity = "ethnicity", "Dân tộc";
    /// Nationality.
    Nationality = "nationality", "Quốc tịch";
    /// Identity number of the child.
    Number = "number", "Số định danh cá nhân";
    /// Number of the birth certificate.
    BirthCertificate = "birth.certificate", "Số giấy khai sinh";
    /// Where the birth was registered.
    BirthRegistration = "birth.registration", "Nơi đăng ký khai sinh";
    /// Where the child was born.
    BirthPlace = "birth.place", "Nơi sinh";
    /// Home place of the family (quê quán): not where anybody lives.
    HomePlace = "home.place", "Quê quán";
    /// Province.
    Province = "province", "Tỉnh, thành phố";
    /// District (until 30/6/2025).
    District = "district", "Huyện, thị xã, thành phố";
    /// Commune, by name or code.
    Commune = "commune", "Xã, phường, thị trấn";
    /// Hamlet (thôn, bản, khu phố).
    Hamlet = "hamlet", "Thôn, bản, khu phố";
    /// Permanent residence, or an address that may hold hamlet, commune, district and province.
    Address = "address", "Nơi thường trú";
    /// Current residence where it is written apart.
    AddressCurrent = "address.current", "Nơi ở hiện tại";
    /// Father's name.
    Father = "father", "Họ tên cha";
    /// Father's birth year or date.
    FatherBirth = "father.birth", "Năm sinh của cha";
    /// Father's identity number.
    FatherNumber = "father.number", "Số định danh của cha";
    /// Father's telephone.
    FatherPhone = "father.phone", "Điện thoại của cha";
    /// Mother's name.
    Mother = "mother", "Họ tên mẹ";
    /// Mother's birth year or date.
    MotherBirth = "mother.birth", "Năm sinh của mẹ";
    /// Mother's identity number.
    MotherNumber = "mother.number", "Số định danh của mẹ";
    /// Mother's telephone.
    MotherPhone = "mother.phone", "Điện thoại của mẹ";
    /// Guardian's or carer's name.
    Guardian = "guardian", "Họ tên người giám hộ, nuôi dưỡng";
    /// Guardian's birth year or date.
    GuardianBirth = "guardian.birth", "Năm sinh của người giám hộ";
    /// Guardian's identity number.
    GuardianNumber = "guardian.number", "Số định danh của người giám hộ";
    /// Guardian's telephone.
    GuardianPhone = "guardian.phone", "Điện thoại của người giám hộ";
    /// What the guardian is to the child.
    GuardianRelation = "guardian.relation", "Quan hệ với trẻ";
    /// Father and mother in one cell ("Họ tên cha, mẹ").
    Parents = "parents", "Họ tên cha, mẹ";
    /// Telephone of the household.
    Phone = "phone", "Số điện thoại";
    /// Code of the household.
    Household = "household", "Mã hộ";
    /// Head of the household.
    HouseholdHead = "household.head", "Chủ hộ";
    /// Poor, near-poor.
    HouseholdPoor = "household.poor", "Hộ nghèo, cận nghèo";
    /// School, class.
    School = "school", "Trường, lớp";
    /// Number of the health-insurance card.
    Insurance = "insurance", "Số thẻ BHYT";
    /// Special circumstances (Luật Trẻ em Điều 10), at-risk groups: sensitive.
    Circumstance = "circumstance", "Hoàn cảnh";
    /// Note.
    Note = "note", "Ghi chú";
    /// A column known and passed over (answer of the police, reason of an earlier list, signature).
    Ignored = "ignored", "Không dùng";
}
