//! Whether a number that was given can be a child's: form, place, century, sex, year, the numbers of its parents, other children.
//!
//! In: the number, what the record says. Out: [`Doubt`]s, each one Vietnamese sentence. A number in doubt is asked about, never swallowed: it may
//! be right and the record wrong, or it was mistyped.

use super::frozen::Frozen;
use crate::normalise::number::{PROVINCES, Parts, Place};
use crate::normalise::sex::Sex;
use crate::normalise::syllable::ascii_fold;

/// What a number is held against.
#[derive(Clone, Copy, Default)]
pub struct Record<'r> {
    /// `Nam`, `Nữ` or empty.
    pub sex: &'r str,
    /// Birth date `YYYY…`, or empty.
    pub birth: &'r str,
    /// Where the birth was registered, as written.
    pub birth_registration: &'r str,
    /// Numbers of adults of the household, and who: "cha", "mẹ", "người giám hộ".
    pub adults: &'r [(&'static str, String)],
    /// Other children of the book who have the number: their names.
    pub holders: &'r [String],
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Record(***)")
    }
}

impl<'r> Record<'r> {
    /// What a row says as it was sent.
    pub fn of(row: &'r Frozen) -> Self {
        Self {
            sex: &row.sex,
            birth: &row.birth,
            birth_registration: &row.birth_registration,
            ..Self::default()
        }
    }
}

/// Why a number may not be a child's.
#[derive(Clone, PartialEq, Eq)]
pub enum Doubt {
    /// Not twelve digits; how many.
    Form(usize),
    /// The first three digits are no province's.
    Place(u16),
    /// The first three digits are of another province than the birth was registered in: theirs, the record's.
    Registered(&'static str, &'static str),
    /// The first three digits are of a country.
    Abroad(u16),
    /// The fourth digit is not of this century.
    Century(u8),
    /// The fourth digit says another sex: what it says.
    Sex(&'static str),
    /// Digits five and six say another year: theirs, the record's.
    Year(i16, String),
    /// It is the number of an adult of the household.
    Adult(&'static str),
    /// Another child of the book has it.
    Holder(String),
}

/// Children's data never reaches a log.
impl std::fmt::Debug for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl Doubt {
    /// A word for the machine.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Form(_) => "form",
            Self::Place(_) => "place",
            Self::Registered(..) => "registered",
            Self::Abroad(_) => "abroad",
            Self::Century(_) => "century",
            Self::Sex(_) => "sex",
            Self::Year(..) => "year",
            Self::Adult(_) => "adult",
            Self::Holder(_) => "holder",
        }
    }

    /// True where no person can confirm it: it is no number at all.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Form(_))
    }

    /// What is the matter, in one Vietnamese sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Form(count) => {
                format!("Số định danh phải có đúng 12 chữ số, ở đây có {count}.")
            }
            Self::Place(code) => {
                format!("Ba chữ số đầu {code:03} không phải mã của tỉnh nào.")
            }
            Self::Registered(theirs, ours) => format!(
                "Ba chữ số đầu là mã {theirs}, nhưng hồ sơ ghi nơi đăng ký khai sinh ở {ours}."
            ),
            Self::Abroad(code) => {
                format!("Ba chữ số đầu {code} là mã nước ngoài: đăng ký khai sinh ở nước ngoài.")
            }
            Self::Century(digit) => format!(
                "Chữ số thứ 4 là {digit}: số của người không sinh trong thế kỷ này, thường là số của cha hoặc mẹ."
            ),
            Self::Sex(says) => {
                format!("Chữ số thứ 4 của số nói giới tính {says}, hồ sơ ghi ngược lại.")
            }
            Self::Year(theirs, ours) => {
                format!("Chữ số thứ 5, 6 của số nói sinh năm {theirs}, hồ sơ ghi {ours}.")
            }
            Self::Adult(who) => format!("Đây là số của {who}."),
            Self::Holder(name) => format!("Số này đang ghi cho trẻ khác trong sổ: {name}."),
        }
    }
}

/// The one province a text names, where it names just one.
fn province_in(text: &str) -> Option<(u16, &'static str)> {
    let folded: String = ascii_fold(text)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = folded.split_whitespace().collect();
    let text = format!(" {} ", words.join(" "));
    let mut found = PROVINCES.iter().filter(|(_, name)| {
        let name: String = ascii_fold(name)
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { ' ' })
            .collect();
        let name: Vec<&str> = name.split_whitespace().collect();
        text.contains(&format!(" {} ", name.join(" ")))
    });
    match (found.next(), found.next()) {
        (Some(one), None) => Some(*one),
        _ => None,
    }
}

/// Quảng Bình and Quảng Trị are one province since 1/7/2025: either code may be given there.
const ONE_SINCE_2025: [u16; 2] = [44, 45];

/// What speaks against a number.
pub fn doubts(number: &str, record: &Record<'_>) -> Vec<Doubt> {
    let Some(parts) = Parts::of(number) else {
        return vec![Doubt::Form(
            number.chars().filter(char::is_ascii_digit).count(),
        )];
    };
    let mut out = Vec::new();
    match parts.place() {
        Place::Province => {
            let code = parts.place_code();
            let both =
                |one: u16, two: u16| ONE_SINCE_2025.contains(&one) && ONE_SINCE_2025.contains(&two);
            if let (Some(theirs), Some((ours, name))) =
                (parts.province(), province_in(record.birth_registration))
                && ours != code
                && !both(ours, code)
            {
                out.push(Doubt::Registered(theirs, name));
            }
        }
        Place::Abroad => out.push(Doubt::Abroad(parts.place_code())),
        Place::Unknown => out.push(Doubt::Place(parts.place_code())),
    }
    if matches!(parts.century_digit(), 2 | 3) {
        let says = Sex::of_digit(parts.century_digit()).label();
        if !record.sex.is_empty() && record.sex != says {
            out.push(Doubt::Sex(says));
        }
        let year = record.birth.get(..4).unwrap_or("");
        if let Ok(known) = year.parse::<i16>()
            && known.rem_euclid(100) != i16::from(parts.year_digits())
        {
            out.push(Doubt::Year(parts.birth_year(), year.to_owned()));
        }
    } else {
        out.push(Doubt::Century(parts.century_digit()));
    }
    let adult = record.adults.iter().find(|(_, known)| known == number);
    out.extend(adult.map(|(who, _)| Doubt::Adult(who)));
    out.extend(record.holders.iter().cloned().map(Doubt::Holder));
    out
}

/// The doubts in one text.
pub fn sentences(doubts: &[Doubt]) -> String {
    let all: Vec<String> = doubts.iter().map(Doubt::sentence).collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: &str, record: &Record<'_>, expect: &[&str]) {
        let found = doubts(number, record);
        let codes: Vec<&str> = found.iter().map(Doubt::code).collect();
        assert_eq!(codes, expect, "{number}");
        assert!(found.iter().all(|one| one.sentence().ends_with('.')));
    }

    #[test]
    fn each_is_found() {
        let adults = [("mẹ", "045192001234".to_owned())];
        let holders = ["Hồ Văn Khăm".to_owned()];
        let girl = Record {
            sex: "Nữ",
            birth: "2015-03-12",
            birth_registration: "UBND xã Tà Rụt, Đakrông, Quảng Trị",
            adults: &adults,
            holders: &[],
        };
        for (number, expect) in [
            ("045315001234", &[][..]),
            // Either code of the merged province.
            ("044315001234", &[]),
            ("04531500123", &["form"]),
            ("O45315001234", &["form"]),
            ("003315001234", &["place"]),
            ("048315001234", &["registered"]),
            ("193315001234", &["abroad"]),
            ("045215001234", &["sex"]),
            ("045316001234", &["year"]),
            ("045216001234", &["sex", "year"]),
            ("045192001234", &["century", "adult"]),
        ] {
            check(number, &girl, expect);
        }
        let held = Record {
            holders: &holders,
            ..girl
        };
        check("045315001234", &held, &["holder"]);
        // What is not known contradicts nothing.
        check("045215001234", &Record::default(), &[]);
    }
}
