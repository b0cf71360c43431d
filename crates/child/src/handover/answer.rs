//! What the police answer of a row. Data only: what an answer changes is decided elsewhere.
//!
//! In: what was clicked, typed or read back. Out: [`Answer`], [`Kind`]. A row without an answer stays open and goes into the next list.

use crate::field::Field;
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $key:literal, $label:literal;)*) => {
        /// The eleven answers, without what they say beside.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $($(#[$doc])* #[serde(rename = $word)] $name,)* }
        impl Kind {
            /// All of them, in the order of the paper's boxes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
            /// The machine's word, in the portal, the workbook and JSON.
            pub fn word(self) -> &'static str { match self { $(Self::$name => $word,)* } }
            /// The words on the screen and on paper.
            pub fn label(self) -> &'static str { match self { $(Self::$name => $label,)* } }
            /// The key that chooses it and the mark of its box on paper.
            pub fn key(self) -> char { match self { $(Self::$name => $key,)* } }
            /// The kind of a machine's word.
            pub fn from_word(word: &str) -> Option<Self> { match word { $($word => Some(Self::$name),)* _ => None } }
            /// The kind of a key.
            pub fn from_key(key: char) -> Option<Self> { match key { $($key => Some(Self::$name),)* _ => None } }
        }
    };
}

kinds! {
    /// The record is right, its number too.
    Agrees = "agrees", '1', "Khớp";
    /// The database has a number for this child, and here it is.
    NumberGiven = "number-given", '2', "Đã cung cấp mã định danh";
    /// Fields differ; the authority's values.
    Differs = "differs", '3', "Sai lệch (ghi rõ trường)";
    /// Not in the population database.
    NotFound = "not-found", '4', "Không tìm thấy trong CSDLQG về dân cư";
    /// The number belongs to another child.
    NumberOnAnother = "number-on-another", '5', "Trùng số";
    /// Lives elsewhere now.
    MovedAway = "moved-away", '6', "Đã chuyển đi";
    /// Died.
    Died = "died", '7', "Đã chết";
    /// Does not live here.
    NotResident = "not-resident", '8', "Không cư trú tại địa bàn";
    /// The birth has not been registered: for civil status (tư pháp – hộ tịch).
    BirthNotRegistered = "birth-not-registered", '9', "Chưa đăng ký khai sinh";
    /// The number was cancelled or re-established.
    NumberChanged = "number-changed", '0', "Số đã hủy / xác lập lại";
    /// Not a citizen.
    NotCitizen = "not-citizen", 'N', "Không thuộc diện (quốc tịch)";
}

/// A field that differs, and what the population database says there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The field.
    pub field: Field,
    /// The authority's value, as given.
    pub value: String,
}

/// An answer with what it says beside. A number is what was given, cleaned of spaces and dots; whether it can be this child's is judged where
/// it is taken in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer")]
pub enum Answer {
    /// The record is right, its number too.
    #[serde(rename = "agrees")]
    Agrees,
    /// The child's number.
    #[serde(rename = "number-given")]
    NumberGiven {
        /// As given.
        number: String,
    },
    /// Fields that differ; at least one.
    #[serde(rename = "differs")]
    Differs {
        /// Field by field, each once.
        fields: Vec<Difference>,
    },
    /// Not in the population database.
    #[serde(rename = "not-found")]
    NotFound,
    /// The number of the row belongs to somebody else.
    #[serde(rename = "number-on-another")]
    NumberOnAnother {
        /// The right number of this child, where they say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// Lives elsewhere now.
    #[serde(rename = "moved-away")]
    MovedAway {
        /// Where to, as given; empty where unknown.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        to: String,
    },
    /// Died.
    #[serde(rename = "died")]
    Died {
        /// When, as the record writes dates; empty where unknown.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        day: String,
    },
    /// Does not live here.
    #[serde(rename = "not-resident")]
    NotResident,
    /// The birth has not been registered.
    #[serde(rename = "birth-not-registered")]
    BirthNotRegistered,
    /// The number was cancelled or re-established.
    #[serde(rename = "number-changed")]
    NumberChanged {
        /// The number that holds no more; empty where it is that of the row.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        old: String,
        /// The new one, where there is one yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new: Option<String>,
    },
    /// Not a citizen.
    #[serde(rename = "not-citizen")]
    NotCitizen,
}

impl Answer {
    /// Which of the eleven it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Agrees => Kind::Agrees,
            Self::NumberGiven { .. } => Kind::NumberGiven,
            Self::Differs { .. } => Kind::Differs,
            Self::NotFound => Kind::NotFound,
            Self::NumberOnAnother { .. } => Kind::NumberOnAnother,
            Self::MovedAway { .. } => Kind::MovedAway,
            Self::Died { .. } => Kind::Died,
            Self::NotResident => Kind::NotResident,
            Self::BirthNotRegistered => Kind::BirthNotRegistered,
            Self::NumberChanged { .. } => Kind::NumberChanged,
            Self::NotCitizen => Kind::NotCitizen,
        }
    }

    /// The number it gives the child, where it gives one.
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::NumberGiven { number } => Some(number),
            Self::NumberOnAnother { number } => number.as_deref(),
            Self::NumberChanged { new, .. } => new.as_deref(),
            Self::Differs { fields } => fields
                .iter()
                .find(|difference| difference.field == Field::Number)
                .map(|difference| difference.value.as_str()),
            _ => None,
        }
    }
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({})", self.kind().word())
    }
}

/// As an answer.
impl std::fmt::Debug for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Difference({})", self.field.code())
    }
}
