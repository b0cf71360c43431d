//! `treem missing`: which children stand in other sectors' lists and not in the book, by name; and how many there are in all.
//!
//! In: lists of other sectors, each loaded for a purpose and on a legal basis ([`load`]). Out: who was found ([`found`]), entered or refused
//! ([`decide`]), how many children a unit really has and which headcounts cannot be ([`report`]). The lists stand apart from the book and are
//! erased when the purpose is over ([`sources`]). A comparison ([`link`]) holds every list against the book and against each other.

pub mod decide;
pub mod figures;
pub mod found;
mod gather;
mod known;
pub mod link;
pub mod load;
mod range;
pub mod report;
pub mod sources;
mod who;
pub mod write;

use super::{Done, Failed};
use crate::act::units::quoted;

/// A kind of list. The order is the one in which lists are compared: those that name parents first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Sổ A0: households, kept by the population collaborators.
    HouseholdBook,
    /// Civil status: births that were registered.
    Civil,
    /// School rolls, kindergarten included.
    School,
    /// Vaccination.
    Vaccination,
    /// Health insurance.
    Insurance,
}

/// The bit of the book among the lists.
pub const BOOK: i64 = 1;

impl Kind {
    /// All of them, in the order in which they are compared.
    pub const ALL: [Self; 5] = [
        Self::HouseholdBook,
        Self::Civil,
        Self::School,
        Self::Vaccination,
        Self::Insurance,
    ];

    /// The word of the register and of the command.
    pub fn code(self) -> &'static str {
        match self {
            Self::HouseholdBook => "a0",
            Self::Civil => "civil",
            Self::School => "school",
            Self::Vaccination => "vaccination",
            Self::Insurance => "insurance",
        }
    }

    /// The one of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::HouseholdBook => "Sổ A0",
            Self::Civil => "Hộ tịch",
            Self::School => "Trường học",
            Self::Vaccination => "Tiêm chủng",
            Self::Insurance => "Bảo hiểm y tế",
        }
    }

    /// Its bit among the lists; the first is the book's.
    pub fn bit(self) -> i64 {
        let at = Self::ALL.iter().position(|kind| *kind == self).unwrap_or(0);
        BOOK << (at + 1)
    }

    /// The kinds whose bits are set.
    pub fn of_bits(bits: i64) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |kind| bits & kind.bit() != 0)
    }

    /// Their names: “Sổ A0, Trường học”.
    pub fn labels(bits: i64) -> String {
        let all: Vec<&str> = Self::of_bits(bits).map(Self::label).collect();
        all.join(", ")
    }
}

/// An age band.
pub struct Band {
    /// The word of the register.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    /// The first age in whole years.
    pub from: i16,
}

/// The age bands: before school, kindergarten, primary school, beyond. Lists reach them each in its own way.
pub const BANDS: [Band; 4] = [
    Band {
        code: "0-2",
        label: "0–2 tuổi",
        from: 0,
    },
    Band {
        code: "3-5",
        label: "3–5 tuổi",
        from: 3,
    },
    Band {
        code: "6-10",
        label: "6–10 tuổi",
        from: 6,
    },
    Band {
        code: "11-15",
        label: "11–15 tuổi",
        from: 11,
    },
];

/// The band of all ages.
pub const ALL_AGES: &str = "";

/// Why a found child is not missing.
pub const REASONS: [(&str, &str); 4] = [
    ("moved", "đã chuyển đi nơi khác"),
    ("dead", "đã mất"),
    ("double", "trùng với trẻ đã có trong sổ"),
    ("not-ours", "không phải trẻ của địa bàn"),
];

/// A reason in words.
pub fn reason(code: &str) -> &'static str {
    REASONS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or("", |(_, words)| words)
}

/// The first row of a found child, as people type it: `3-125` is row 125 of source 3.
///
/// # Errors
/// [`Failed::Refused`]: it is no such thing.
pub fn key(text: &str) -> Done<(i64, i64)> {
    let read = text
        .split_once('-')
        .and_then(|(source, nth)| Some((source.parse().ok()?, nth.parse().ok()?)));
    read.filter(|(source, nth)| *source > 0 && *nth > 0)
        .ok_or_else(|| {
            Failed::Refused(format!(
                "“{}” không phải mã dòng; mã dòng có dạng 3-125, xem bằng treem missing list.",
                quoted(text)
            ))
        })
}

/// The same back.
pub fn shown((source, nth): (i64, i64)) -> String {
    format!("{source}-{nth}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_a_bit_of_their_own() {
        let bits: Vec<i64> = Kind::ALL.into_iter().map(Kind::bit).collect();
        assert_eq!(bits, [2, 4, 8, 16, 32]);
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(Kind::labels(2 | 32 | BOOK), "Sổ A0, Bảo hiểm y tế");
    }

    #[test]
    fn a_row_is_named_by_source_and_number() {
        for (text, want) in [
            ("3-125", Some((3, 125))),
            ("3", None),
            ("0-1", None),
            ("a-1", None),
            ("1-1-1", None),
        ] {
            assert_eq!(key(text).ok(), want, "{text}");
        }
        assert_eq!(shown((3, 125)), "3-125");
    }
}
