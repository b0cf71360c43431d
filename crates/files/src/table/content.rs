//! What the cells of a column look like: dates, identity numbers, names, sex words, ticks …
//!
//! In: decoded cells of a sample. Out: [`Profile`], how many cells have each look, and whether a field fits it.

use super::text::{Folded, base};
use super::{Field, lines};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;
use treem_child::cell::{Cell, CellKind};

/// How many cells of a sample look like what. A cell may count for several.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub(super) filled: usize,
    /// A whole or partial date, written or real.
    pub(super) date: usize,
    /// A lone year 1900 … 2040.
    pub(super) year: usize,
    /// Years (of dates too) before 2005: no child's.
    pub(super) grown: usize,
    /// Years (of dates too) from 2005 on.
    pub(super) young: usize,
    /// Whole numbers to 31, and to 12.
    pub(super) to31: usize,
    pub(super) to12: usize,
    /// A number one more than the last one.
    pub(super) sequence: usize,
    /// Digits only, 9 to 12 of them, no phone.
    pub(super) number: usize,
    /// … whose fourth digit (zeros restored) says born since 2000, or before.
    pub(super) number_young: usize,
    pub(super) number_grown: usize,
    pub(super) phone: usize,
    pub(super) sex: usize,
    /// … that is no lone "M", which is a size as well.
    pub(super) sex_sure: usize,
    pub(super) tick: usize,
    pub(super) ethnicity: usize,
    pub(super) hamlet: usize,
    pub(super) unit: usize,
    /// Two to seven words of letters.
    pub(super) person: usize,
    /// … with a Vietnamese surname in front.
    pub(super) surname: usize,
    /// … with "Thị" in it, or Văn.
    pub(super) thi: usize,
    pub(super) van: usize,
    /// Two names in one cell, or a name after "Cha:", "Mẹ:".
    pub(super) pair: usize,
    /// One word of letters.
    pub(super) single: usize,
    /// Anything with a digit.
    pub(super) digits: usize,
    /// Days of the real date cells, and of the dates written as text, that are above 12; and how many of each.
    pub(super) real_dates: (usize, usize),
    pub(super) text_dates: (usize, usize),
    last: Option<u64>,
}

/// A share, 0 without cells.
pub(super) fn share(part: usize, whole: usize) -> f32 {
    let small = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    if whole == 0 {
        0.0
    } else {
        small(part) / small(whole)
    }
}

const SURNAMES: &str = " nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan lam mai trinh dao cao luong luu truong ha ta to chau quach thai tong trieu nghiem kieu vuong ong ung thach son danh chu tang dam la than ninh lu khuc mac thi van bach doi phung cu giang kim tieu on au ton cam hua nong ma sung vang giang lo lau ly quang ksor rcom siu nay nie kpa rmah ro rahlan h y a blup ayun ha kon kray pa to ngan luc luyen mau mong pho phi pham vi vien xa bo ";

static KNOWN_SURNAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    SURNAMES
        .split(' ')
        .filter(|name| !name.is_empty())
        .collect()
});
static KNOWN_GROUPS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| ETHNIC.split('|').filter(|name| !name.is_empty()).collect());

const ETHNIC: &str = "|kinh|tay|thai|hoa|kho me|khmer|khome|muong|nung|hmong|mong|h mong|dao|gia rai|jrai|gia lai|ngai|e de|ede|ba na|bana|xo dang|sedang|san chay|cao lan|co ho|koho|k ho|cham|san diu|hre|mnong|m nong|ra glai|raglay|raglai|xtieng|stieng|bru van kieu|bru|van kieu|tho|giay|co tu|katu|gie trieng|ma|kho mu|co|cor|ta oi|ta oih|pa co|pako|pa ko|pa hy|cho ro|khang|xinh mun|ha nhi|chu ru|lao|la chi|la ha|phu la|la hu|lu|lo lo|chut|mang|pa then|co lao|cong|bo y|si la|pu peo|brau|o du|ro mam|vk|b van kieu|b v kieu|bru v kieu|bvk|ruc|sach|may|khua|ma coong|tri|arem|kh me|dtts|";

/// The day, month and year of a serial.
pub(super) fn of_serial(serial: f64, date1904: bool) -> Option<(i64, u8, u8)> {
    if !(1.0..100_000.0).contains(&serial) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to lie between 1 and 100,000"
    )]
    let days = serial.floor() as i64 - if date1904 { 24_107 } else { 25_569 };
    Some(civil(days))
}

/// The date of a day counted from 1/1/1970, by shifting the year to begin in March.
fn civil(days: i64) -> (i64, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (
        year,
        u8::try_from(month).unwrap_or(0),
        u8::try_from(day).unwrap_or(0),
    )
}

/// The parts of a text that reads as a date: day, month and year as far as written. Loose on purpose: `31/02/2015` and
/// `00/00/2012` are meant as dates too.
pub(super) fn written_date(text: &str) -> Option<(Option<u8>, Option<u8>, u16)> {
    if text.len() > 60 {
        return None;
    }
    let mut groups = [(0u32, 0usize); 3];
    let mut count = 0usize;
    let mut inside = false;
    let mut words = 0;
    for c in text.chars() {
        if let Some(digit) = c.to_digit(10) {
            if !inside {
                count += 1;
                if count > 7 {
                    return None;
                }
            }
            if let Some(group) = groups.get_mut(count - 1) {
                group.0 = group.0.saturating_mul(10).saturating_add(digit);
                group.1 += 1;
            }
            inside = true;
        } else {
            inside = false;
            // After the date a time may follow ("T00:00:00").
            if count < 3 && c.is_alphabetic() {
                words += 1;
            }
        }
    }
    if words > 14 {
        return None;
    }
    if words > 0 {
        let folded = Folded::of(text);
        if !folded.words().all(|word| {
            matches!(word, "ngay" | "thang" | "nam" | "sinh" | "t" | "thg" | "o")
                || word.bytes().any(|byte| byte.is_ascii_digit())
        }) {
            return None;
        }
    } else if text.chars().any(|c| {
        !(c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(
                c,
                '/' | '-' | '.' | '\\' | ',' | ':' | '\'' | 'T' | 'Z' | '\u{ff0f}' | '–' | '\u{a0}'
            ))
    }) {
        return None;
    }
    let small = |group: (u32, usize)| (group.1 <= 2).then(|| u8::try_from(group.0).ok()).flatten();
    let year = |group: (u32, usize)| match (group.1, group.0) {
        (4, year @ 1900..=2100) => u16::try_from(year).ok(),
        (2, year) => u16::try_from(if year < 40 { 2000 + year } else { 1900 + year }).ok(),
        _ => None,
    };
    let [first, second, third] = groups;
    match count {
        3.. if first.1 == 4 => Some((
            small(third).filter(|day| *day <= 31),
            small(second).filter(|month| *month <= 31),
            year(first)?,
        )),
        // A time may follow a year of four digits; a telephone in pairs is no date.
        3 => Some((
            Some(small(first).filter(|day| *day <= 31)?),
            Some(small(second).filter(|month| *month <= 31)?),
            year(third)?,
        )),
        4.. if third.1 == 4 => Some((
            Some(small(first).filter(|day| *day <= 31)?),
            Some(small(second).filter(|month| *month <= 31)?),
            year(third)?,
        )),
        2 if second.1 == 4 => Some((
            None,
            Some(small(first).filter(|month| *month <= 12)?),
            year(second)?,
        )),
        _ => None,
    }
}

/// The digits of a text that is a number written with spaces, dots, an apostrophe or a lost `.0`; `None` for other texts.
pub(super) fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    if text.is_empty() || text.len() > 40 {
        return None;
    }
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '\u{ff10}'..='\u{ff19}' => digits.push(char::from(base(c)?)),
            ' ' | '.' | '-' | '\'' | '’' | '`' | '\u{a0}' | '\u{200b}' | '\u{feff}' | '+' => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

/// True for digits that are a Vietnamese telephone number, the first zero perhaps lost.
fn is_phone(digits: &str) -> bool {
    let rest = digits
        .strip_prefix("84")
        .filter(|rest| rest.len() == 9)
        .or_else(|| digits.strip_prefix('0'))
        .unwrap_or(digits);
    match (digits.len(), rest.len()) {
        (10 | 11, 9) => rest.starts_with(['2', '3', '5', '7', '8', '9']),
        (11, 10) => rest.starts_with(['1', '2']) && !rest.starts_with("10"),
        (9, 9) => rest.starts_with(['3', '5', '7', '8', '9']),
        _ => false,
    }
}

/// True where the words are two to seven, of letters alone, as a person's name has them.
pub(super) fn person_like(folded: &Folded, text: &str) -> bool {
    (2..=7).contains(&folded.len())
        && text.len() <= 80
        && text.chars().all(|c| {
            c.is_alphabetic()
                || c.is_whitespace()
                || matches!(c, '\'' | '’' | '-' | '.' | '`' | '\u{300}'..='\u{36f}')
        })
        && !lines::is_hamlet(folded)
        && !lines::is_unit(folded)
}

/// True where the first word is a surname that occurs in Vietnam.
pub(super) fn has_surname(folded: &Folded) -> bool {
    let word = folded.word(0);
    // Hồ, but neither "Hộ" nor "Họ".
    if word == "ho" && folded.marked && folded.tokens.first().is_some_and(|token| token.tone > 1) {
        return false;
    }
    KNOWN_SURNAMES.contains(word)
}

/// True for two names in one cell, or a name after "Cha:", "Mẹ:".
fn is_pair(text: &str) -> bool {
    let name = |part: &str| {
        let name = part.rsplit(':').next().unwrap_or(part).trim();
        person_like(&Folded::of(name), name)
    };
    if let Some((who, after)) = text.split_once(':') {
        return matches!(
            Folded::of(who).key.as_str(),
            "cha" | "bo" | "me" | "ba" | "ma"
        ) && name(after.split([',', ';', ':']).next().unwrap_or(after));
    }
    ["\n", "/", ";", ",", " - ", " – "].iter().any(|cut| {
        text.split_once(cut)
            .is_some_and(|(first, second)| name(first) && name(second))
    })
}

fn is_ethnic(folded: &Folded) -> bool {
    KNOWN_GROUPS.contains(folded.key.as_str())
}

impl Profile {
    /// Adds a cell; `text` is its decoded text.
    pub(super) fn add(&mut self, cell: &Cell<'_>, text: &str, date1904: bool) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        self.digits += usize::from(text.bytes().any(|byte| byte.is_ascii_digit()));
        let mut born = |year: i64| {
            if year >= 2005 {
                self.young += 1;
            } else {
                self.grown += 1;
            }
        };
        if let CellKind::Date(serial) = cell.kind {
            self.date += 1;
            if let Some((year, _, day)) = of_serial(serial, date1904) {
                born(year);
                self.real_dates.0 += usize::from(day > 12);
                self.real_dates.1 += 1;
            }
            return;
        }
        if let Some(digits) = digits(text) {
            let value: Option<u64> = digits.parse().ok();
            let plain = value.filter(|_| digits.len() <= 6);
            if plain.is_some_and(|value| self.last.map_or(value == 1, |last| value == last + 1)) {
                self.sequence += 1;
            }
            self.last = plain.or(self.last);
            if plain.is_some_and(|value| (1900..=2040).contains(&value)) && digits.len() == 4 {
                self.year += 1;
                born(value.map_or(0, |value| i64::try_from(value).unwrap_or(0)));
            }
            self.to31 += usize::from(plain.is_some_and(|value| value <= 31));
            self.to12 += usize::from(plain.is_some_and(|value| value <= 12));
            if (36_526..=60_000).contains(&value.unwrap_or(0))
                && matches!(cell.kind, CellKind::Number(_))
            {
                self.date += 1;
            }
            if is_phone(&digits) {
                self.phone += 1;
            } else if (9..=12).contains(&digits.len()) {
                self.number += 1;
            }
            if (10..=12).contains(&digits.len()) {
                let century = digits.as_bytes().get(digits.len() - 9).copied();
                match century {
                    Some(b'2' | b'3') => self.number_young += 1,
                    Some(b'0' | b'1') => self.number_grown += 1,
                    _ => {}
                }
            } else if digits.len() == 9 && !is_phone(&digits) {
                self.number_grown += 1;
            }
        }
        if let Some((day, _, year)) = written_date(text) {
            self.date += 1;
            let day_first = day.is_some();
            if year >= 2005 {
                self.young += 1;
            } else {
                self.grown += 1;
            }
            if day_first && !matches!(cell.kind, CellKind::Number(_)) {
                self.text_dates.0 += usize::from(day.is_some_and(|day| day > 12));
                self.text_dates.1 += 1;
            }
            return;
        }
        if text.len() > 120 {
            return;
        }
        let folded = Folded::of(text);
        self.sex_sure += usize::from(matches!(
            folded.key.as_str(),
            "nam" | "nu" | "trai" | "gai" | "male" | "female" | "f"
        ));
        match folded.key.as_str() {
            "nam" | "nu" | "trai" | "gai" | "male" | "female" | "m" | "f" => self.sex += 1,
            "x" | "1" | "v" => self.tick += 1,
            "" if matches!(text, "✓" | "✔" | "+" | "*" | "√") => self.tick += 1,
            _ => {}
        }
        self.ethnicity += usize::from(is_ethnic(&folded));
        self.pair += usize::from(is_pair(text));
        self.single += usize::from(folded.len() == 1 && text.chars().all(char::is_alphabetic));
        self.hamlet += usize::from(lines::is_hamlet(&folded));
        self.unit += usize::from(lines::is_unit(&folded));
        if person_like(&folded, text) && !is_ethnic(&folded) {
            self.person += 1;
            self.surname += usize::from(has_surname(&folded));
            self.thi += usize::from(folded.words().skip(1).any(|word| word == "thi"));
            self.van += usize::from(folded.words().skip(1).any(|word| word == "van"));
        }
    }

    /// How well a field fits what the cells look like, 0 to 1; `None` where the look says nothing of it or too few are filled.
    pub(super) fn fit(&self, field: Field) -> Option<f32> {
        use Field as F;
        if self.filled < 3 {
            return None;
        }
        let part = |count: usize| share(count, self.filled);
        Some(match field {
            F::Ordinal => part(
                self.filled
                    .min(self.sequence.max(self.to31) + self.filled.saturating_sub(self.digits)),
            ),
            F::Name | F::Father | F::Mother | F::Guardian | F::HouseholdHead => part(self.person)
                .max(1.0 - part(self.digits) - part(self.ethnicity) - part(self.sex)),
            F::NameFamily | F::NameGiven | F::NameMiddle => 1.0 - part(self.digits),
            F::Birth => part(self.date + self.year).max(if self.to31 == 0 {
                part(self.digits) * 0.6
            } else {
                0.0
            }),
            F::BirthDay => part(self.to31),
            F::BirthMonth => part(self.to12),
            F::BirthYear => part(self.year + self.date),
            F::FatherBirth | F::MotherBirth | F::GuardianBirth => part(self.date + self.year),
            F::Sex => 1.0 - part(self.date + self.year + self.number + self.person),
            F::SexMale | F::SexFemale => 1.0 - part(self.person + self.number + self.phone),
            F::Ethnicity => 1.0 - part(self.date + self.number + self.phone),
            F::Number | F::FatherNumber | F::MotherNumber | F::GuardianNumber => {
                1.0 - part(self.date.saturating_sub(self.number))
                    - part(self.person)
                    - part(self.year)
            }
            F::Phone | F::FatherPhone | F::MotherPhone | F::GuardianPhone => {
                1.0 - part(self.date.saturating_sub(self.phone)) - part(self.person)
            }
            _ => return None,
        })
    }

    /// The look in words, for a reason.
    pub(super) fn look(&self) -> &'static str {
        let most = [
            (self.date, "ngày tháng"),
            (self.year, "năm"),
            (self.number, "dãy 9–12 chữ số"),
            (self.phone, "số điện thoại"),
            (self.sex, "Nam/Nữ"),
            (self.tick, "dấu x"),
            (self.ethnicity, "tên dân tộc"),
            (self.surname, "họ tên người"),
            (self.to31, "số nhỏ"),
        ];
        most.iter()
            .filter(|(count, _)| *count * 2 > self.filled)
            .max_by_key(|(count, _)| *count)
            .map_or("dữ liệu khác", |(_, words)| words)
    }

    /// Excel has swapped day and month of the real dates: none of their days is above 12, and all written ones are (one in fifty
    /// may be typed by hand).
    pub(super) fn swapped(&self) -> bool {
        let (real_high, real) = self.real_dates;
        let (text_high, text) = self.text_dates;
        real >= 4 && text >= 4 && real_high == 0 && (text - text_high) * 50 <= text
    }
}

#[cfg(test)]
mod tests;
