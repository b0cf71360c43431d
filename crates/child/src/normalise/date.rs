//! Birth dates in every form people write them, with the precision they really have.
//!
//! In: a cleaned text, or a serial of a spreadsheet. Out: [`DateValue`]. The order is always day, month, year; a month above
//! 12 is said ([`DateValue::Swapped`]), never silently turned. `00/05/2012` is May 2012, never the first of May.

mod pieces;
mod serial;

use super::text;
use pieces::{Piece, scan};
use serial::serial_text;
pub use serial::{from_number, from_serial};
use std::fmt;

/// A date with the precision that is known: month and day are 0 where unknown. Ordered by time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Year, 4 digits.
    pub year: i16,
    /// 1 to 12, or 0.
    pub month: u8,
    /// 1 to 31, or 0.
    pub day: u8,
}

/// Children's data never reaches a log.
impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_full() {
            "date(ymd)"
        } else {
            "date(partial)"
        })
    }
}

/// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; 10];
        f.write_str(self.write_iso(&mut buffer))
    }
}

impl PartialDate {
    /// A full date, if the calendar has it.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => return None,
        };
        ((1000..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }
    /// A year alone.
    pub fn of_year(year: i16) -> Self {
        Self {
            year,
            month: 0,
            day: 0,
        }
    }
    /// True where day, month and year are known.
    pub fn is_full(self) -> bool {
        self.day != 0
    }
    /// The earliest day it can mean.
    pub fn earliest(self) -> (i16, u8, u8) {
        (self.year, self.month.max(1), self.day.max(1))
    }
    /// The latest day it can mean (as if every month had 31 days: enough to compare with).
    pub fn latest(self) -> (i16, u8, u8) {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { 31 } else { self.day };
        (self.year, month, day)
    }
    /// The ISO form, written into a buffer of 10 bytes.
    pub fn write_iso(self, buffer: &mut [u8; 10]) -> &str {
        let digit = |n: i16| b'0' + u8::try_from(n.rem_euclid(10)).unwrap_or(0);
        let (month, day) = (i16::from(self.month), i16::from(self.day));
        *buffer = [
            digit(self.year / 1000),
            digit(self.year / 100),
            digit(self.year / 10),
            digit(self.year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ];
        let len = if self.day != 0 {
            10
        } else if self.month != 0 {
            7
        } else {
            4
        };
        buffer
            .get(..len)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or("")
    }
    /// As people write it: `15/03/2012`, `03/2012`, `2012`.
    pub fn display(self) -> String {
        match (self.month, self.day) {
            (0, _) => self.year.to_string(),
            (month, 0) => format!("{month:02}/{}", self.year),
            (month, day) => format!("{day:02}/{month:02}/{}", self.year),
        }
    }
    /// Reads the ISO form `YYYY-MM-DD` (options of the command line).
    pub fn from_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        Self::new(
            number(text.get(..4)?)?,
            small(text.get(5..7)?)?,
            small(text.get(8..10)?)?,
        )
    }
    /// The day `years` years later (29 February becomes 1 March where the year has none: Bộ luật Dân sự counts whole years).
    pub fn anniversary(self, years: i16) -> (i16, u8, u8) {
        let year = self.year.saturating_add(years);
        if (self.month, self.day) == (2, 29) && Self::new(year, 2, 29).is_none() {
            (year, 3, 1)
        } else {
            (year, self.month, self.day)
        }
    }
}

/// What a cell says of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateValue {
    /// Nothing stands there.
    Missing,
    /// No date can be read.
    Invalid,
    /// A date, full or partial.
    Known(PartialDate),
    /// Month and day are swapped beyond doubt (`3/15/2012`): the date as it must have been meant.
    Swapped(PartialDate),
}

/// The two forms that make up nearly every clean file, `YYYY-MM-DD` and `DD/MM/YYYY` (also with `-` or `.`); `None` for any other
/// text, which has to be cleaned and read with [`date`].
pub fn plain(text: &str) -> Option<DateValue> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || !bytes.is_ascii() {
        return None;
    }
    if bytes.get(4) == Some(&b'-') {
        return PartialDate::from_iso(text).map(in_range);
    }
    let sign = bytes.get(2)?;
    if !matches!(sign, b'/' | b'-' | b'.') || bytes.get(5) != Some(sign) {
        return None;
    }
    PartialDate::new(
        number(text.get(6..)?)?,
        small(text.get(3..5)?)?,
        small(text.get(..2)?)?,
    )
    .map(in_range)
}

/// Reads a text. `as_of_year` is the pivot of two-digit years: a child is not born after it.
pub fn date(text: &str, as_of_year: i16) -> DateValue {
    if let Some(value) = plain(text) {
        return value;
    }
    if text::is_missing(text) {
        return DateValue::Missing;
    }
    read(text, as_of_year)
}

fn in_range(date: PartialDate) -> DateValue {
    if (crate::limits::FIRST_YEAR..=2200).contains(&date.year) {
        DateValue::Known(date)
    } else {
        DateValue::Invalid
    }
}

fn number(text: &str) -> Option<i16> {
    if text.is_empty() || text.len() > 4 {
        return None;
    }
    text.bytes().try_fold(0_i16, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i16::from(byte - b'0'))
    })
}

fn small(text: &str) -> Option<u8> {
    number(text).and_then(|value| u8::try_from(value).ok())
}

fn read(text: &str, as_of_year: i16) -> DateValue {
    let lower = text.to_lowercase();
    let lower = lower
        .trim_start_matches(['\'', '’', '`', '"', '=', ' '])
        .trim_end_matches(['"', '\'', '’', ' ', '.', ';']);
    let lower = lower
        .strip_prefix(['(', '['])
        .and_then(|inner| inner.strip_suffix([')', ']']))
        .unwrap_or(lower);
    let plain = drop_time(drop_weekday(lower));
    if let Some(value) = serial_text(plain, as_of_year) {
        return value;
    }
    let mut pieces = [Piece::Junk; 12];
    let mut count = 0;
    for piece in scan(plain) {
        if piece == Piece::Separator {
            continue;
        }
        let Some(slot) = pieces.get_mut(count) else {
            return DateValue::Invalid;
        };
        *slot = piece;
        count += 1;
    }
    let pieces = pieces.get(..count).unwrap_or(&[]);
    if pieces.contains(&Piece::Junk) {
        return year_at_the_end(plain, as_of_year);
    }
    let mut counted = 0_u8;
    let mut numbers = [(0_u32, 0_u8); 3];
    let mut have = 0;
    let mut month_named = None;
    let mut labels = [None; 3];
    let mut label = None;
    for (index, piece) in pieces.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| pieces.get(index));
        match *piece {
            // "tháng năm": May, not the word before a year.
            Piece::YearWord if before == Some(&Piece::MonthWord) => counted = 5,
            Piece::Counted(ones) => match before {
                Some(Piece::MonthWord) => counted = ones,
                Some(Piece::Counted(10)) if counted == 10 && ones <= 2 => counted += ones,
                _ => return year_at_the_end(plain, as_of_year),
            },
            Piece::Number { value, digits } => {
                let (Some(slot), Some(tag)) = (numbers.get_mut(have), labels.get_mut(have)) else {
                    return DateValue::Invalid;
                };
                *slot = (value, digits);
                *tag = label.take();
                have += 1;
            }
            Piece::Month(month) => {
                if month_named.replace((month, have)).is_some() {
                    return DateValue::Invalid;
                }
            }
            Piece::DayWord => label = Some('d'),
            Piece::MonthWord => label = Some('m'),
            Piece::YearWord => label = Some('y'),
            Piece::Separator | Piece::Junk => {}
        }
    }
    if counted > 0 && month_named.replace((counted, have)).is_some() {
        return DateValue::Invalid;
    }
    let numbers = numbers.get(..have).unwrap_or(&[]);
    assemble(numbers, labels, month_named, plain, as_of_year)
}

fn assemble(
    numbers: &[(u32, u8)],
    labels: [Option<char>; 3],
    month_named: Option<(u8, usize)>,
    plain: &str,
    as_of_year: i16,
) -> DateValue {
    match (numbers, month_named) {
        (&[day, month, year], None) => {
            if day.1 == 4 {
                return build(year, month, day, as_of_year); // 2012-03-15, 2012/3/15
            }
            if labels.starts_with(&[Some('m'), Some('d')]) {
                return build(month, day, year, as_of_year); // tháng 3 ngày 15 năm 2012
            }
            build(day, month, year, as_of_year)
        }
        (&[year, day], Some((month, _))) if year.1 == 4 => {
            build(day, (u32::from(month), 2), year, as_of_year) // 2012-Mar-15
        }
        (&[day, year], Some((month, _))) => build(day, (u32::from(month), 2), year, as_of_year),
        // "Mar-12" is Excel's month and year
        (&[year], Some((month, _)))
            if year.1 == 4 || (plain.ends_with(|c: char| c.is_ascii_digit()) && year.1 == 2) =>
        {
            build((0, 1), (u32::from(month), 2), year, as_of_year)
        }
        (&[month, year], None) if year.1 == 4 => build((0, 1), month, year, as_of_year),
        // "thg3-12", "tháng 3/12"
        (&[month, year], None) if labels.first() == Some(&Some('m')) && year.1 == 2 => {
            build((0, 1), month, year, as_of_year)
        }
        (&[year, month], None) if year.1 == 4 && month.1 <= 2 => {
            build((0, 1), month, year, as_of_year)
        }
        (&[year], None) if year.1 == 4 && labels.first() != Some(&Some('d')) => year_only(year.0),
        (&[digits], None) if digits.1 == 8 || digits.1 == 6 => digits_only(
            &format!("{:0width$}", digits.0, width = usize::from(digits.1)),
            as_of_year,
        ),
        // Seven digits: the zero in front was lost, as in a cell that is a number.
        (&[digits], None) if digits.1 == 7 => {
            match digits_only(&format!("{:08}", digits.0), as_of_year) {
                DateValue::Known(date) if date.is_full() => DateValue::Known(date),
                _ => DateValue::Invalid,
            }
        }
        _ => DateValue::Invalid,
    }
}

fn year_only(year: u32) -> DateValue {
    i16::try_from(year)
        .ok()
        .filter(|year| (1900..=2100).contains(year))
        .map_or(DateValue::Invalid, |year| {
            DateValue::Known(PartialDate::of_year(year))
        })
}

/// Words around one year: "sinh 2012", "khoảng 2012", "Mùng 1 Tết 2012".
fn year_at_the_end(text: &str, as_of_year: i16) -> DateValue {
    let year = text
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap_or("");
    let others = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() > 2)
        .count();
    match number(year) {
        Some(value)
            if year.len() == 4
                && others == 1
                && (1980..=as_of_year.saturating_add(1)).contains(&value) =>
        {
            year_only(u32::try_from(value).unwrap_or(0))
        }
        _ => DateValue::Invalid,
    }
}

fn build(day: (u32, u8), month: (u32, u8), year: (u32, u8), as_of_year: i16) -> DateValue {
    if day.1 > 2 || month.1 > 2 || !(year.1 == 4 || year.1 == 2) {
        return DateValue::Invalid;
    }
    let Ok(mut full_year) = i16::try_from(year.0) else {
        return DateValue::Invalid;
    };
    if year.1 == 2 {
        full_year += if full_year + 2000 > as_of_year {
            1900
        } else {
            2000
        };
    }
    let (Ok(day), Ok(month)) = (u8::try_from(day.0), u8::try_from(month.0)) else {
        return DateValue::Invalid;
    };
    if !(crate::limits::FIRST_YEAR..=2200).contains(&full_year) {
        return DateValue::Invalid;
    }
    match (day, month) {
        (_, 0) => DateValue::Known(PartialDate::of_year(full_year)),
        (0, 1..=12) => DateValue::Known(PartialDate {
            year: full_year,
            month,
            day: 0,
        }),
        _ => match PartialDate::new(full_year, month, day) {
            Some(date) => DateValue::Known(date),
            None if month > 12 && day <= 12 => PartialDate::new(full_year, day, month)
                .map_or(DateValue::Invalid, DateValue::Swapped),
            None => DateValue::Invalid,
        },
    }
}

/// `15032012`, `20120315`, `150312`: day, month, year unless only year, month, day can be meant.
fn digits_only(digits: &str, as_of_year: i16) -> DateValue {
    let piece = |from: usize, to: usize| -> Option<(u32, u8)> {
        let text = digits.get(from..to)?;
        Some((text.parse().ok()?, u8::try_from(text.len()).ok()?))
    };
    let parts = match digits.len() {
        8 => [piece(0, 2), piece(2, 4), piece(4, 8)],
        6 => [piece(0, 2), piece(2, 4), piece(4, 6)],
        _ => return DateValue::Invalid,
    };
    let [Some(day), Some(month), Some(year)] = parts else {
        return DateValue::Invalid;
    };
    let first = match build(day, month, year, as_of_year) {
        DateValue::Known(date) if date.is_full() => return DateValue::Known(date),
        other => other,
    };
    // 032012: a month and its year.
    if digits.len() == 6
        && let (Some(month), Some(year)) = (piece(0, 2), piece(2, 6))
        && (1..=12).contains(&month.0)
        && (1980..=u32::try_from(as_of_year).unwrap_or(0) + 1).contains(&year.0)
    {
        return build((0, 1), month, year, as_of_year);
    }
    if digits.len() == 8
        && let (Some(year), Some(month), Some(day)) = (piece(0, 4), piece(4, 6), piece(6, 8))
        && let DateValue::Known(date) = build(day, month, year, as_of_year)
        && date.is_full()
    {
        return DateValue::Known(date);
    }
    if first == DateValue::Invalid {
        DateValue::Invalid
    } else {
        first
    }
}

/// Cuts the day of the week that stands before a date: "Thứ Năm, 15 Tháng Ba, 2012".
fn drop_weekday(text: &str) -> &str {
    let rest = if let Some(rest) = text.strip_prefix("thứ ") {
        rest.split_once([' ', ',']).map(|(_, rest)| rest)
    } else {
        text.strip_prefix("chủ nhật")
    };
    rest.filter(|rest| rest.bytes().any(|byte| byte.is_ascii_digit()))
        .unwrap_or(text)
}

/// Cuts a time of day: "15/03/2012 00:00:00", "2012-03-15T00:00:00", "… 12:00 SA".
fn drop_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else {
        return text;
    };
    let head = text.get(..colon).unwrap_or(text);
    let cut = head.rfind([' ', 't']).unwrap_or(0);
    let date = head.get(..cut).unwrap_or("").trim_end();
    if date.is_empty() { text } else { date }
}

#[cfg(test)]
mod tests;
