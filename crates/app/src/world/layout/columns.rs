//! The columns of a layout.
//!
//! In: a layout. Out: headings, what each column holds, how wide it is.

use super::{BirthForm, Extra, Hamlets, Layout, NameForm, NumberForm, ParentForm, Quirk, SexForm};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Ordinal,
    Name,
    FamilyAndMiddle,
    Surname,
    Middle,
    Given,
    Birth,
    Day,
    Month,
    Year,
    BoyBorn,
    GirlBorn,
    Sex,
    BoyTick,
    GirlTick,
    Ethnicity,
    Nationality,
    Number,
    Father,
    FatherYear,
    FatherNumber,
    Mother,
    MotherYear,
    MotherNumber,
    Parents,
    Guardian,
    Hamlet,
    Address,
    Commune,
    District,
    Province,
    Phone,
    Note,
    Registration,
    Household,
    Head,
    Circumstance,
    Class,
    Vaccine,
    VaccineDay,
    Certificate,
    BirthPlace,
    HomePlace,
    CurrentAddress,
    Insurance,
    FatherPhone,
    MotherPhone,
    GuardianYear,
    GuardianNumber,
}

impl Holds {
    /// True where a legacy font stands even where the rest is Unicode.
    pub(super) fn is_name(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::FamilyAndMiddle
                | Self::Surname
                | Self::Middle
                | Self::Given
                | Self::Father
                | Self::Mother
                | Self::Parents
        )
    }
}

impl Holds {
    /// How wide the column is, in characters.
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Ordinal | Self::Day | Self::Month | Self::BoyTick | Self::GirlTick => 5.0,
            Self::Year | Self::Sex | Self::Given | Self::Surname | Self::Class | Self::Vaccine => {
                9.0
            }
            Self::GuardianYear
            | Self::FatherYear
            | Self::MotherYear
            | Self::Ethnicity
            | Self::Nationality => 11.0,
            Self::Birth
            | Self::BoyBorn
            | Self::GirlBorn
            | Self::Phone
            | Self::FatherPhone
            | Self::MotherPhone
            | Self::VaccineDay
            | Self::Household => 13.0,
            Self::Number
            | Self::GuardianNumber
            | Self::Insurance
            | Self::Certificate
            | Self::FatherNumber
            | Self::MotherNumber
            | Self::Middle
            | Self::Note => 15.0,
            Self::BirthPlace
            | Self::HomePlace
            | Self::Hamlet
            | Self::Commune
            | Self::District
            | Self::Province
            | Self::Registration => 18.0,
            Self::Name
            | Self::FamilyAndMiddle
            | Self::Father
            | Self::Mother
            | Self::Guardian
            | Self::Head
            | Self::Circumstance => 24.0,
            Self::Parents | Self::Address | Self::CurrentAddress => 44.0,
        }
    }
}

/// A column: a heading over several columns, its own heading, what it holds.
pub(super) type Column = (Option<&'static str>, &'static str, Holds);

/// The columns of a layout.
pub(super) fn columns(layout: &Layout, second_table: bool) -> Vec<Column> {
    let english = layout.does(Quirk::English);
    let word =
        |vietnamese: &'static str, other: &'static str| if english { other } else { vietnamese };
    let mut out: Vec<Column> = Vec::new();
    if layout.has(Extra::Household) {
        out.push((None, "Mã hộ", Holds::Household));
        out.push((None, "Họ tên chủ hộ", Holds::Head));
    }
    out.push((None, word("STT", "no"), Holds::Ordinal));
    if layout.has(Extra::Class) {
        out.push((None, "Lớp", Holds::Class));
    }
    match layout.names {
        NameForm::One | NameForm::Capitals => {
            out.push((None, word("Họ và tên", "full_name"), Holds::Name));
        }
        NameForm::Two => out.extend([
            (None, "Họ và chữ đệm", Holds::FamilyAndMiddle),
            (None, "Tên", Holds::Given),
        ]),
        NameForm::Three => out.extend([
            (None, "Họ", Holds::Surname),
            (None, "Chữ đệm", Holds::Middle),
            (None, "Tên", Holds::Given),
        ]),
    }
    let sex: &[Column] = match layout.sex {
        SexForm::Words | SexForm::Ways | SexForm::Letters => &[(None, "Giới tính", Holds::Sex)],
        SexForm::Ticks => &[
            (Some("Giới tính"), "Nam", Holds::BoyTick),
            (Some("Giới tính"), "Nữ", Holds::GirlTick),
        ],
        SexForm::BySex => &[],
    };
    let birth: &[Column] = match layout.birth {
        BirthForm::Three => &[
            (Some("Sinh ngày"), "Ngày", Holds::Day),
            (Some("Sinh ngày"), "Tháng", Holds::Month),
            (Some("Sinh ngày"), "Năm", Holds::Year),
        ],
        BirthForm::BySex => &[
            (Some("Ngày, tháng, năm sinh"), "Nam", Holds::BoyBorn),
            (Some("Ngày, tháng, năm sinh"), "Nữ", Holds::GirlBorn),
        ],
        _ => &[(None, "Ngày, tháng, năm sinh", Holds::Birth)],
    };
    if second_table {
        out.extend(sex.iter().chain(birth));
    } else {
        out.extend(birth.iter().chain(sex));
    }
    out.push((None, word("Dân tộc", "ethnicity"), Holds::Ethnicity));
    if layout.has(Extra::Nationality) {
        out.push((None, "Quốc tịch", Holds::Nationality));
    }
    let number: Option<Column> = (layout.number != NumberForm::None).then_some((
        None,
        word("Số định danh cá nhân", "personal_id"),
        Holds::Number,
    ));
    if !second_table {
        out.extend(number);
    }
    if layout.has(Extra::Registration) {
        out.push((None, "Nơi đăng ký khai sinh", Holds::Registration));
    }
    if layout.has(Extra::Province) {
        out.push((None, "Tỉnh", Holds::Province));
    }
    if layout.has(Extra::Commune) {
        out.push((None, word("Huyện", "district"), Holds::District));
        out.push((None, word("Xã", "commune"), Holds::Commune));
    }
    match layout.hamlets {
        Hamlets::Column => out.push((None, word("Thôn, bản, khu phố", "hamlet"), Holds::Hamlet)),
        Hamlets::Address => out.push((None, "Nơi thường trú", Holds::Address)),
        Hamlets::Rows | Hamlets::Sheets | Hamlets::Nowhere => {}
    }
    match layout.parents {
        ParentForm::Two => out.extend([
            (None, word("Họ tên cha", "father"), Holds::Father),
            (None, word("Họ tên mẹ", "mother"), Holds::Mother),
        ]),
        ParentForm::Years => out.extend([
            (None, "Họ tên cha", Holds::Father),
            (None, "Năm sinh cha", Holds::FatherYear),
            (None, "Họ tên mẹ", Holds::Mother),
            (None, "Năm sinh mẹ", Holds::MotherYear),
        ]),
        ParentForm::Numbers => out.extend([
            (Some("Thông tin về cha"), "Họ và tên", Holds::Father),
            (Some("Thông tin về cha"), "Năm sinh", Holds::FatherYear),
            (Some("Thông tin về cha"), "Số CCCD", Holds::FatherNumber),
            (Some("Thông tin về mẹ"), "Họ và tên", Holds::Mother),
            (Some("Thông tin về mẹ"), "Năm sinh", Holds::MotherYear),
            (Some("Thông tin về mẹ"), "Số CCCD", Holds::MotherNumber),
        ]),
        ParentForm::Together => out.push((None, "Họ tên cha, mẹ", Holds::Parents)),
        ParentForm::Mother => out.push((None, "Họ tên mẹ", Holds::Mother)),
    }
    if layout.has(Extra::Guardian) {
        out.push((None, "Người giám hộ, nuôi dưỡng", Holds::Guardian));
    }
    if second_table {
        out.extend(number);
    }
    if layout.has(Extra::Phone) {
        out.push((None, word("Số điện thoại", "phone"), Holds::Phone));
    }
    if layout.has(Extra::Circumstance) {
        out.push((None, "Hoàn cảnh", Holds::Circumstance));
    }
    if layout.has(Extra::Record) {
        out.extend([
            (None, "Năm sinh người giám hộ", Holds::GuardianYear),
            (None, "Số CCCD người giám hộ", Holds::GuardianNumber),
            (None, "SĐT cha", Holds::FatherPhone),
            (None, "SĐT mẹ", Holds::MotherPhone),
            (None, "Số giấy khai sinh", Holds::Certificate),
            (None, "Nơi sinh", Holds::BirthPlace),
            (None, "Quê quán", Holds::HomePlace),
            (None, "Nơi ở hiện tại", Holds::CurrentAddress),
            (None, "Số thẻ BHYT", Holds::Insurance),
        ]);
    }
    if layout.has(Extra::Vaccines) {
        out.extend([
            (None, "BCG", Holds::Vaccine),
            (None, "Ngày tiêm", Holds::VaccineDay),
        ]);
    }
    if layout.has(Extra::Note) {
        out.push((None, "Ghi chú", Holds::Note));
    }
    if english {
        for (_, heading, holds) in &mut out {
            match holds {
                Holds::Birth => *heading = "dob",
                Holds::Sex => *heading = "gender",
                _ => {}
            }
        }
    }
    out
}
