//! Days, moments and figures as people in the country read and type them: on pages and on the command line.
//!
//! In: what the store keeps: UTC, `YYYY-MM-DD`. Out: `13/6/2024, 08:05` (UTC+7, fixed), `12/03/2015`, `1.234`.

use treem_child::normalise::date::{self, DateValue, PartialDate};
use treem_child::texts::{self, grouped};

fn local(at: &str) -> Option<jiff::civil::DateTime> {
    Some(texts::local(at.parse().ok()?))
}

/// A moment: `13/6/2024, 08:05`; as it stands where it is none.
pub fn moment(at: &str) -> String {
    local(at).map_or_else(
        || at.to_owned(),
        |at| {
            format!(
                "{}/{}/{}, {:02}:{:02}",
                at.day(),
                at.month(),
                at.year(),
                at.hour(),
                at.minute()
            )
        },
    )
}

/// The same within a sentence: `08:05 ngày 13/6/2024`.
pub fn spoken(at: &str) -> String {
    at.parse().map_or_else(|_| at.to_owned(), texts::spoken)
}

/// The day of a moment in the country; none where it is no moment.
pub fn date_of(at: &str) -> Option<jiff::civil::Date> {
    local(at).map(jiff::civil::DateTime::date)
}

/// The same as a day of the register.
pub fn today(now: &str) -> PartialDate {
    let day = date_of(now).map(|day| day.to_string());
    day.and_then(|day| PartialDate::from_iso(&day))
        .unwrap_or(PartialDate {
            year: 1970,
            month: 1,
            day: 1,
        })
}

/// A birth date as far as it is known: `12/03/2015`, `03/2015`, `2015`.
pub fn birth(iso: &str) -> String {
    let mut parts: Vec<&str> = iso.split('-').collect();
    parts.reverse();
    parts.join("/")
}

/// A day: `13/6/2024`.
pub fn day(iso: &str) -> String {
    let parts: Vec<&str> = iso.split('-').rev().collect();
    let plain: Vec<&str> = parts
        .iter()
        .map(|part| part.trim_start_matches('0'))
        .collect();
    plain.join("/")
}

/// A whole day as somebody types it: `13/6/2024`, `13.6.2024`, `13062024`, `2024-06-13`.
pub fn read_day(text: &str) -> Option<PartialDate> {
    match date::date(text.trim(), 0) {
        DateValue::Known(day) if day.is_full() => Some(day),
        _ => None,
    }
}

/// A figure: `1.234`.
pub fn count(count: i64) -> String {
    grouped(count.unsigned_abs())
}

/// A size in words.
pub fn size(bytes: u64) -> String {
    let whole = |unit: u64, name: &str| format!("{} {name}", grouped(bytes.div_ceil(unit)));
    if bytes < 1 << 20 {
        whole(1 << 10, "KB")
    } else {
        whole(1 << 20, "MB")
    }
}

/// Seconds as a person says them.
pub fn span(seconds: impl std::borrow::Borrow<u64>) -> String {
    let seconds = *seconds.borrow();
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} giây"),
        (minutes, seconds) if minutes < 10 => format!("{minutes} phút {seconds} giây"),
        (minutes, _) => format!("{minutes} phút"),
    }
}

/// A text in an address.
pub fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_read_it() {
        assert_eq!(moment("2024-06-13T01:05:00.000000Z"), "13/6/2024, 08:05");
        assert_eq!(moment("2024-06-13T17:05:00.000000Z"), "14/6/2024, 00:05");
        assert_eq!(moment("hôm qua"), "hôm qua");
        assert_eq!(
            today("2024-06-13T17:05:00.000000Z").to_string(),
            "2024-06-14"
        );
        for (iso, shown) in [
            ("2015-03-12", "12/03/2015"),
            ("2015-03", "03/2015"),
            ("2015", "2015"),
            ("", ""),
        ] {
            assert_eq!(birth(iso), shown);
        }
        assert_eq!(day("2024-06-03"), "3/6/2024");
        for (text, iso) in [
            ("13/6/2024", Some("2024-06-13")),
            ("2024-06-13", Some("2024-06-13")),
            ("6/2024", None),
            ("hôm qua", None),
        ] {
            assert_eq!(
                read_day(text).map(|day| day.to_string()).as_deref(),
                iso,
                "{text}"
            );
        }
        assert_eq!(encoded("Thôn A"), "Th%C3%B4n%20A");
    }

    #[test]
    fn moments_sizes_and_spans() {
        assert_eq!(moment("2024-06-13T01:05:09.000000Z"), "13/6/2024, 08:05");
        assert_eq!(moment("2024-12-31T18:00:00.000000Z"), "1/1/2025, 01:00");
        for (at, said) in [
            ("2024-06-13T01:05:09.000000Z", "08:05 ngày 13/6/2024"),
            ("2024-06-13T17:00:00.000000Z", "00:00 ngày 14/6/2024"),
            ("chưa", "chưa"),
        ] {
            assert_eq!(spoken(at), said);
        }
        assert_eq!(
            today("2024-06-12T18:00:00.000000Z").to_string(),
            "2024-06-13"
        );
        assert_eq!(
            [0, 999, 1_000, 137_502].map(grouped),
            ["0", "999", "1.000", "137.502"]
        );
        assert_eq!(
            (size(1), size(3 << 20)),
            ("1 KB".to_owned(), "3 MB".to_owned())
        );
        for typed in ["13/6/2024", "13062024", "2024-06-13", " 13-06-2024 "] {
            assert_eq!(
                read_day(typed).map(|day| day.to_string()).as_deref(),
                Some("2024-06-13"),
                "{typed}"
            );
        }
        for typed in ["", "2024", "31/2/2024", "<b>"] {
            assert_eq!(read_day(typed), None, "{typed}");
        }
        assert_eq!(
            (span(59), span(61), span(3_600)),
            (
                "59 giây".to_owned(),
                "1 phút 1 giây".to_owned(),
                "60 phút".to_owned()
            )
        );
    }
}
