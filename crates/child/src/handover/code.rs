//! Short codes that are printed and typed: of a list, of a row of it, of a household's sheet.
//!
//! In: what was typed or scanned. Out: [`List`], [`Row`], [`Sheet`], or [`Misread`] in a Vietnamese sentence. Digits only, so that they are typed
//! on the number pad and no input method changes them. The last digit is a check digit (H. Michael Damm, *Total anti-symmetrische
//! Quasigruppen*, Marburg 2004): every single wrong digit and every swap of two neighbours is noticed. A code never begins with 0, so that a
//! spreadsheet that takes it for a number loses nothing; a sheet's begins with 9, a list's never does, and their lengths differ.

use std::fmt;

/// Number of a book's first list; they are counted up.
pub const FIRST_LIST: u32 = 10_001;
/// The last number a list can have.
pub const LAST_LIST: u32 = 89_999;
/// Rows a list can have.
pub const LAST_ROW: u32 = 9_999;
/// The last number a sheet can have.
pub const LAST_SHEET: u32 = 999_999;

const LIST_DIGITS: usize = 6;
const SHEET_DIGITS: usize = 8;
const ROW_DIGITS: usize = 10;

/// The quasigroup of order 10 of Damm's thesis.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The check digit of a number written with so many digits; 0 for digits that end with their own check digit.
fn check(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |interim, digit| {
        DAMM.get(usize::from(interim))
            .and_then(|row| row.get(usize::from(*digit)))
            .copied()
            .unwrap_or(0)
    })
}

/// The lowest `count` digits of a number, the highest first.
fn digits_of(mut number: u64, count: usize) -> Vec<u8> {
    let mut digits = vec![0; count];
    for place in digits.iter_mut().rev() {
        *place = u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
    digits
}

fn number_of(digits: &[u8]) -> u32 {
    digits.iter().fold(0_u32, |number, digit| {
        number.saturating_mul(10).saturating_add(u32::from(*digit))
    })
}

/// A list of a book: `12345-c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct List(u32);

/// A row of a list: `12345-0042-c`. The check digit stands for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row {
    list: List,
    row: u32,
}

/// A household's sheet of a book: `9000123-c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sheet(u32);

/// Any of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A list.
    List(List),
    /// A row of a list.
    Row(Row),
    /// A household's sheet.
    Sheet(Sheet),
}

/// Why what was typed is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misread {
    /// Nothing was typed.
    Empty,
    /// A character that is no digit and no sign between digits.
    NotDigit(char),
    /// So many digits: too few or too many.
    Digits(usize),
    /// The check digit does not fit: a digit is wrong, or two are swapped.
    Slip,
    /// The code of something else than was asked for: what it is, and what was asked for.
    Other(&'static str, &'static str),
    /// No such number is ever given.
    Range,
}

impl Misread {
    /// In one Vietnamese sentence: what is wrong and what to do.
    pub fn sentence(self) -> String {
        match self {
            Self::Empty => "Chưa gõ mã. Gõ các chữ số in trên giấy, có hoặc không có dấu gạch.".to_owned(),
            Self::NotDigit(found) => {
                let found = if found.is_control() { '?' } else { found };
                format!("Mã chỉ gồm chữ số, ở đây có “{found}”. Gõ lại đúng các chữ số in trên giấy.")
            }
            Self::Digits(count) => format!(
                "Mã có {count} chữ số: mã danh sách có {LIST_DIGITS}, mã dòng có {ROW_DIGITS}, mã phiếu có {SHEET_DIGITS} chữ số. Xem lại còn thiếu hay thừa chữ số nào."
            ),
            Self::Slip => "Mã không khớp chữ số kiểm tra: có một chữ số gõ sai, hoặc hai chữ số gõ đổi chỗ. Gõ lại theo giấy.".to_owned(),
            Self::Other(found, asked) => format!("Đây là {found}, không phải {asked}. Gõ {asked} in trên giấy."),
            Self::Range => "Không có mã nào như vậy. Gõ lại theo giấy.".to_owned(),
        }
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for Misread {}

impl List {
    /// The list of a number, from [`FIRST_LIST`] − 1 (exclusive) to [`LAST_LIST`].
    pub fn new(number: u32) -> Option<Self> {
        (FIRST_LIST..=LAST_LIST)
            .contains(&number)
            .then_some(Self(number))
    }
    /// Its number.
    pub fn number(self) -> u32 {
        self.0
    }
    /// Reads a list's code, typed with or without signs between the digits.
    ///
    /// # Errors
    /// [`Misread`].
    pub fn read(text: &str) -> Result<Self, Misread> {
        match read(text)? {
            Code::List(list) => Ok(list),
            other => Err(Misread::Other(other.what(), LIST)),
        }
    }
}

impl Row {
    /// A row of a list, from 1 to [`LAST_ROW`].
    pub fn new(list: List, row: u32) -> Option<Self> {
        (1..=LAST_ROW).contains(&row).then_some(Self { list, row })
    }
    /// Its list.
    pub fn list(self) -> List {
        self.list
    }
    /// Its number within the list, from 1.
    pub fn number(self) -> u32 {
        self.row
    }
    /// Reads a row's code, typed with or without signs between the digits.
    ///
    /// # Errors
    /// [`Misread`].
    pub fn read(text: &str) -> Result<Self, Misread> {
        match read(text)? {
            Code::Row(row) => Ok(row),
            other => Err(Misread::Other(other.what(), ROW)),
        }
    }
}

impl Sheet {
    /// The sheet of a number, from 1 to [`LAST_SHEET`].
    pub fn new(number: u32) -> Option<Self> {
        (1..=LAST_SHEET).contains(&number).then_some(Self(number))
    }
    /// Its number.
    pub fn number(self) -> u32 {
        self.0
    }
    /// Reads a sheet's code, typed with or without signs between the digits.
    ///
    /// # Errors
    /// [`Misread`].
    pub fn read(text: &str) -> Result<Self, Misread> {
        match read(text)? {
            Code::Sheet(sheet) => Ok(sheet),
            other => Err(Misread::Other(other.what(), SHEET)),
        }
    }
}

const LIST: &str = "mã danh sách";
const ROW: &str = "mã dòng";
const SHEET: &str = "mã phiếu rà soát hộ";

impl Code {
    fn what(self) -> &'static str {
        match self {
            Self::List(_) => LIST,
            Self::Row(_) => ROW,
            Self::Sheet(_) => SHEET,
        }
    }
}

/// Reads a code of any kind: digits, with spaces, dots, dashes or slashes between them or without; full-width digits are digits too.
///
/// # Errors
/// [`Misread`].
pub fn read(text: &str) -> Result<Code, Misread> {
    let mut digits = Vec::with_capacity(ROW_DIGITS);
    let mut count = 0_usize;
    for c in text.chars() {
        let digit = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            '０'..='９' => u32::from(c) - u32::from('０'),
            '-' | '.' | '/' | '_' | '\'' | '–' | '—' | '‐' | '‑' | '−' | '\u{feff}'
            | '\u{200b}' => continue,
            c if c.is_whitespace() => continue,
            c => return Err(Misread::NotDigit(c)),
        };
        count = count.saturating_add(1);
        if digits.len() <= ROW_DIGITS {
            digits.push(u8::try_from(digit).unwrap_or(0));
        }
    }
    if count == 0 {
        return Err(Misread::Empty);
    }
    let begins_with_nine = digits.first() == Some(&9);
    if !matches!(count, LIST_DIGITS | SHEET_DIGITS | ROW_DIGITS) {
        return Err(Misread::Digits(count));
    }
    if check(&digits) != 0 {
        return Err(Misread::Slip);
    }
    let part = |from: usize, to: usize| digits.get(from..to).map_or(0, number_of);
    let found = match count {
        LIST_DIGITS => List::new(part(0, 5)).map(Code::List),
        SHEET_DIGITS if begins_with_nine => Sheet::new(part(1, 7)).map(Code::Sheet),
        ROW_DIGITS => List::new(part(0, 5))
            .and_then(|list| Row::new(list, part(5, 9)))
            .map(Code::Row),
        _ => None,
    };
    found.ok_or(Misread::Range)
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:05}-{}",
            self.0,
            check(&digits_of(u64::from(self.0), 5))
        )
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let both = u64::from(self.list.0)
            .saturating_mul(10_000)
            .saturating_add(u64::from(self.row));
        let check = check(&digits_of(both, 9));
        write!(f, "{:05}-{:04}-{check}", self.list.0, self.row)
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = 9_000_000 + u64::from(self.0);
        write!(f, "{number}-{}", check(&digits_of(number, 7)))
    }
}

macro_rules! serde_as_text {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::read(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

serde_as_text!(List);
serde_as_text!(Row);
serde_as_text!(Sheet);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_is_that_of_the_thesis() {
        // The thesis' own example.
        assert_eq!(check(&[5, 7, 2]), 4);
        for row in DAMM {
            let mut seen = row.to_vec();
            seen.sort_unstable();
            assert_eq!(seen, (0..10).collect::<Vec<u8>>());
        }
    }

    #[test]
    fn what_is_typed() {
        let row = Row::new(List::new(12_345).unwrap(), 42).unwrap();
        let sheet = Sheet::new(123).unwrap();
        let (printed, typed) = (row.to_string(), row.to_string().replace('-', ""));
        assert_eq!(&printed[..11], "12345-0042-");
        let spaced = printed.replace('-', " \u{a0}– ");
        let wide: String = typed
            .chars()
            .map(|c| char::from_u32(u32::from(c) - 48 + u32::from('０')).unwrap())
            .collect();
        for text in [&printed, &typed, &spaced, &wide] {
            assert_eq!(read(text), Ok(Code::Row(row)), "{text}");
        }
        let list = row.list().to_string();
        let last = |code: &str| {
            let digit = code.chars().next_back().unwrap();
            let other = if digit == '0' { '1' } else { '0' };
            format!("{}{other}", &code[..code.len() - 1])
        };
        let check = |text: &str, wrong: Misread| {
            assert_eq!(read(text), Err(wrong), "{text}");
            assert!(wrong.sentence().ends_with('.'), "{text}");
        };
        check("", Misread::Empty);
        check(" -- ", Misread::Empty);
        check("12345-OO42-7", Misread::NotDigit('O'));
        check("12345-042-7", Misread::Digits(9));
        check(&"1".repeat(5_000), Misread::Digits(5_000));
        check("1.2346E+9", Misread::NotDigit('E'));
        check(&last(&printed), Misread::Slip);
        check(&last(&list), Misread::Slip);
        check("000000", Misread::Range);
        check("00000000", Misread::Range);
        check("0000000000", Misread::Range);
        assert_eq!(Row::read(&list), Err(Misread::Other(LIST, ROW)));
        assert_eq!(List::read(&printed), Err(Misread::Other(ROW, LIST)));
        assert_eq!(
            Row::read(&sheet.to_string()),
            Err(Misread::Other(SHEET, ROW))
        );
        assert_eq!(Sheet::read(&sheet.to_string()), Ok(sheet));
        assert_eq!(Sheet::read(&list), Err(Misread::Other(LIST, SHEET)));
    }

    #[test]
    fn numbers_that_are_never_given() {
        assert_eq!(List::new(FIRST_LIST - 1), None);
        assert_eq!(List::new(LAST_LIST + 1), None);
        assert_eq!(Row::new(List(FIRST_LIST), 0), None);
        assert_eq!(Row::new(List(FIRST_LIST), LAST_ROW + 1), None);
        assert_eq!(Sheet::new(0), None);
        assert_eq!(Sheet::new(LAST_SHEET + 1), None);
    }

    /// Every code with one digit changed, or two neighbours swapped, is no code of any kind.
    fn every_slip_is_noticed(printed: &str) -> Result<(), TestCaseError> {
        let digits: Vec<u8> = printed.bytes().filter(u8::is_ascii_digit).collect();
        let refused = |typed: &[u8]| {
            let typed = std::str::from_utf8(typed).unwrap();
            prop_assert_eq!(read(typed), Err(Misread::Slip), "{} for {}", typed, printed);
            Ok(())
        };
        for at in 0..digits.len() {
            for other in b'0'..=b'9' {
                let mut typed = digits.clone();
                typed[at] = other;
                if typed != digits {
                    refused(&typed)?;
                }
            }
            let mut typed = digits.clone();
            typed.swap(at, (at + 1) % digits.len());
            if at + 1 < digits.len() && typed != digits {
                refused(&typed)?;
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn no_slip_goes_unnoticed(list in FIRST_LIST..=LAST_LIST, row in 1..=LAST_ROW, sheet in 1..=LAST_SHEET) {
            let (list, sheet) = (List::new(list).unwrap(), Sheet::new(sheet).unwrap());
            let row = Row::new(list, row).unwrap();
            prop_assert_eq!(List::read(&list.to_string()), Ok(list));
            prop_assert_eq!(Row::read(&row.to_string()), Ok(row));
            prop_assert_eq!(Sheet::read(&sheet.to_string()), Ok(sheet));
            for printed in [list.to_string(), row.to_string(), sheet.to_string()] {
                prop_assert!(!printed.starts_with('0'));
                every_slip_is_noticed(&printed)?;
            }
        }

        #[test]
        fn any_text_is_survived(text in ".{0,40}") {
            if let Err(wrong) = read(&text) {
                prop_assert!(wrong.sentence().ends_with('.'));
            }
        }
    }
}
