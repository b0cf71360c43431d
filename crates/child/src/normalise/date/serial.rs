//! Dates that a spreadsheet keeps as numbers.
//!
//! In: a number, or a text that is one. Out: the day it counts to, or the year it is.

use super::{DateValue, PartialDate, digits_only, in_range};

/// Reads a serial number of a spreadsheet (days from 30/12/1899, or from 1/1/1904); the time of day is dropped.
pub fn from_serial(serial: f64, date1904: bool) -> Option<PartialDate> {
    let shift = if date1904 { 24_107.0 } else { 0.0 }; // days from the Unix epoch: 25569 for 1900, 24107 for 1904
    let from_unix = if date1904 {
        serial.floor() - shift
    } else {
        serial.floor() - 25_569.0
    };
    if !(-80_000.0..80_000.0).contains(&from_unix) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked against the range above"
    )]
    let days = from_unix as i32;
    let day = jiff::civil::Date::new(1970, 1, 1)
        .ok()?
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()?;
    PartialDate::new(
        day.year(),
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    )
}

/// A number in a birth column: a year, a serial, or a date typed without separators.
pub fn from_number(value: f64, date1904: bool, as_of_year: i16) -> DateValue {
    if !value.is_finite() || value < 1.0 {
        return DateValue::Invalid;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "compared with whole ranges below; larger values saturate"
    )]
    let whole = value.floor() as i64;
    match whole {
        1900..=2100 if value.fract() == 0.0 => i16::try_from(whole)
            .map_or(DateValue::Invalid, |year| {
                in_range(PartialDate::of_year(year))
            }),
        // Five digits, 1927 to 2079: a serial shown with a General format.
        10_000..=65_745 => from_serial(value, date1904).map_or(DateValue::Invalid, in_range),
        // Typed without separators, perhaps with its leading zero lost: 5032012
        1_000_000..=99_999_999 if value.fract() == 0.0 => {
            digits_only(&format!("{whole:08}"), as_of_year)
        }
        _ => DateValue::Invalid,
    }
}

/// A serial that came as text (csv saved with a General format): 5 digits, perhaps a fraction.
pub(super) fn serial_text(text: &str, as_of_year: i16) -> Option<DateValue> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if whole.len() != 5
        || !whole.bytes().all(|byte| byte.is_ascii_digit())
        || !fraction.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let serial: f64 = whole.parse().ok()?;
    let value = from_number(serial, false, as_of_year);
    Some(value)
}
