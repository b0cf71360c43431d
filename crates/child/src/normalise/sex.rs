//! Sex, in one column of words or in two columns of ticks.
//!
//! In: cleaned texts. Out: [`SexValue`]. Nam, Nữ, Trai, Gái in any case, with or without diacritics, M and F; anything else
//! is invalid, never guessed.

use super::text;

/// Sex as on the birth certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl Sex {
    /// `Nam` or `Nữ`, as in `children.csv`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Male => "Nam",
            Self::Female => "Nữ",
        }
    }
    /// The sex that the fourth digit of an identity number of the 21st century says (NĐ 137/2015, TT 07/2016: even male, odd female).
    pub fn of_digit(digit: u8) -> Self {
        if digit.is_multiple_of(2) {
            Self::Male
        } else {
            Self::Female
        }
    }
}

/// What the list says of the sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SexValue {
    /// Nothing stands there.
    Missing,
    /// Something stands there that is no sex; both columns ticked.
    Invalid,
    /// Known.
    Known(Sex),
}

/// Reads a word.
pub fn sex(text: &str) -> SexValue {
    match text {
        "Nam" | "nam" | "NAM" => return SexValue::Known(Sex::Male),
        "Nữ" | "nữ" | "NỮ" | "Nu" | "nu" => return SexValue::Known(Sex::Female),
        _ => {}
    }
    if text::is_missing(text) {
        return SexValue::Missing;
    }
    if text.len() > 16 {
        return SexValue::Invalid;
    }
    match text.to_lowercase().trim_matches(['.', '\'', ' ', ',']) {
        "nam" | "trai" | "m" | "male" | "boy" => SexValue::Known(Sex::Male),
        "nữ" | "nu" | "gái" | "gai" | "f" | "female" | "girl" => SexValue::Known(Sex::Female),
        _ => SexValue::Invalid,
    }
}

/// True for a tick: what people put into a column headed "Nam" or "Nữ".
pub fn is_tick(text: &str) -> bool {
    matches!(
        text,
        "x" | "X"
            | "v"
            | "V"
            | "✓"
            | "✔"
            | "√"
            | "☑"
            | "☒"
            | "ü"
            | "1"
            | "+"
            | "*"
            | "**"
            | "xx"
            | "XX"
            | "x."
            | "●"
            | "•"
            | "TRUE"
            | "True"
            | "true"
            | "có"
            | "Có"
    )
}

/// Reads two columns, "Nam" and "Nữ": ticks, words or (said by `date`) birth dates.
pub fn sex_of_ticks(male: &str, female: &str, date: impl Fn(&str) -> bool) -> SexValue {
    let marked = |cell: &str, word: Sex| -> Option<bool> {
        if text::is_missing(cell) && !cell.contains('*')
            || cell == "0"
            || cell.eq_ignore_ascii_case("false")
        {
            return Some(false);
        }
        (is_tick(cell) || date(cell) || sex(cell) == SexValue::Known(word)).then_some(true)
    };
    match (marked(male, Sex::Male), marked(female, Sex::Female)) {
        (Some(true), Some(false)) => SexValue::Known(Sex::Male),
        (Some(false), Some(true)) => SexValue::Known(Sex::Female),
        (Some(false), Some(false)) => SexValue::Missing,
        _ => SexValue::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        for word in [
            "Nam", "nam", "NAM", "Trai", "trai", "TRAI", "M", "m", "male",
        ] {
            assert_eq!(sex(word), SexValue::Known(Sex::Male), "{word}");
        }
        for word in [
            "Nữ", "nữ", "NỮ", "nu", "Nu", "NU", "Gái", "gai", "GÁI", "F", "f",
        ] {
            assert_eq!(sex(word), SexValue::Known(Sex::Female), "{word}");
        }
        for word in ["?", "Không rõ", "3", "0", "Nam/Nữ", "x"] {
            assert_eq!(sex(word), SexValue::Invalid, "{word}");
        }
        for word in ["", "-", "…", " "] {
            assert_eq!(sex(word), SexValue::Missing, "{word:?}");
        }
    }

    #[test]
    fn ticks() {
        let none = |_: &str| false;
        assert_eq!(sex_of_ticks("x", "", none), SexValue::Known(Sex::Male));
        assert_eq!(sex_of_ticks("", "X", none), SexValue::Known(Sex::Female));
        assert_eq!(sex_of_ticks("x", "x", none), SexValue::Invalid);
        assert_eq!(sex_of_ticks("", "", none), SexValue::Missing);
        assert_eq!(sex_of_ticks("", "Nữ", none), SexValue::Known(Sex::Female));
        assert_eq!(
            sex_of_ticks("15/03/2012", "", |cell| cell.contains('/')),
            SexValue::Known(Sex::Male)
        );
        assert_eq!(sex_of_ticks("?", "", none), SexValue::Invalid);
    }
}
