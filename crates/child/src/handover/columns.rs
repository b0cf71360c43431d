//! The columns of the list the police get, on paper and as a workbook: first the code, then the fields in the order they look up, then what
//! they answer.
//!
//! In: a [`Frozen`] row. Out: the headings and the cells. What comes back is held against the same cells ([`super::returned`]).

use super::frozen::Frozen;
use crate::field::Field;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Running number.
    Ordinal,
    /// Code of the row.
    Code,
    /// A field as it was sent; [`Field::Address`] is where the child lives as a whole.
    Sent(Field),
    /// Why the child is on the list.
    Why,
    /// Which of the eleven answers.
    Answer,
    /// The number the police give.
    Number,
    /// What the population database says where it differs.
    Value,
    /// A note.
    Note,
}

/// All columns in order.
pub const ALL: [Column; 20] = [
    Column::Ordinal,
    Column::Code,
    Column::Sent(Field::Number),
    Column::Sent(Field::Name),
    Column::Sent(Field::Birth),
    Column::Sent(Field::Sex),
    Column::Sent(Field::Ethnicity),
    Column::Sent(Field::Nationality),
    Column::Sent(Field::BirthRegistration),
    Column::Sent(Field::HomePlace),
    Column::Sent(Field::Address),
    Column::Sent(Field::Father),
    Column::Sent(Field::Mother),
    Column::Sent(Field::Guardian),
    Column::Sent(Field::Phone),
    Column::Why,
    Column::Answer,
    Column::Number,
    Column::Value,
    Column::Note,
];

impl Column {
    /// What stands above it.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Ordinal => "STT",
            Self::Code => "Mã dòng",
            Self::Sent(Field::Number) => "Số định danh đang ghi",
            Self::Sent(Field::Birth) => "Ngày sinh",
            Self::Sent(Field::Address) => "Nơi thường trú",
            Self::Sent(Field::Guardian) => "Người giám hộ",
            Self::Sent(Field::Phone) => "SĐT",
            Self::Sent(field) => field.label(),
            Self::Why => "Lý do",
            Self::Answer => "Kết quả đối chiếu",
            Self::Number => "Số định danh (12 số)",
            Self::Value => "Giá trị theo CSDLQG",
            Self::Note => "Ghi chú",
        }
    }

    /// What stands in it for a row; empty for what the police fill in and for the running number.
    pub fn cell(self, row: &Frozen) -> String {
        match self {
            Self::Ordinal | Self::Answer | Self::Number | Self::Value | Self::Note => String::new(),
            Self::Code => row.code.to_string(),
            Self::Why => row.why_shown().join("; "),
            Self::Sent(field) => match field {
                Field::Number => row.number.clone(),
                Field::Name => row.name.clone(),
                Field::Birth => row.birth_shown(),
                Field::Sex => row.sex.clone(),
                Field::Ethnicity => row.ethnicity_shown(),
                Field::Nationality => row.nationality.clone(),
                Field::BirthRegistration => row.birth_registration.clone(),
                Field::HomePlace => row.home_place.clone(),
                Field::Address => row.home_shown(),
                Field::Father => row.father.name.clone(),
                Field::Mother => row.mother.name.clone(),
                Field::Guardian => row.guardian.name.clone(),
                Field::Phone => row.phone.clone(),
                _ => String::new(),
            },
        }
    }
}
