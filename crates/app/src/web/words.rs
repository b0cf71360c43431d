//! Days, moments and counts as people here read and type them.
//!
//! In: what the register keeps (UTC), what a person types. Out: the same the other way. Vietnam is seven hours ahead of UTC, all year.

use treem_child::normalise::date::{DateValue, PartialDate, date};

/// Seconds the clocks of Vietnam are ahead of UTC.
const AHEAD: i64 = 7 * 3_600;

/// A moment of the register on the clock of this country: "13/6/2024, 08:05"; as it stands where it is none.
pub fn when(at: &str) -> String {
    let Ok(moment) = at.parse::<jiff::Timestamp>() else {
        return at.to_owned();
    };
    let here = jiff::Timestamp::from_second(moment.as_second().saturating_add(AHEAD));
    here.ok()
        .map(|here| here.to_string())
        .and_then(|text| {
            let (day, time) = text.split_once('T')?;
            let day = PartialDate::from_iso(day)?;
            Some(format!("{}, {}", shown(day), time.get(..5)?))
        })
        .unwrap_or_else(|| at.to_owned())
}

/// A day: "13/6/2024".
pub fn shown(day: PartialDate) -> String {
    format!("{}/{}/{}", day.day, day.month, day.year)
}

/// The day it is here.
pub fn today(now: &str) -> PartialDate {
    let here = now
        .parse::<jiff::Timestamp>()
        .ok()
        .and_then(|now| jiff::Timestamp::from_second(now.as_second().saturating_add(AHEAD)).ok())
        .map(|here| here.to_string());
    here.as_deref()
        .and_then(|text| PartialDate::from_iso(text.get(..10)?))
        .unwrap_or_else(|| PartialDate::of_year(1000))
}

/// A whole day as it is typed: 13/6/2024, 13062024, 2024-06-13.
pub fn day(typed: &str) -> Option<PartialDate> {
    let typed = typed.trim();
    if let Some(day) = PartialDate::from_iso(typed) {
        return Some(day).filter(|day| day.is_full());
    }
    match date(typed, 0) {
        DateValue::Known(day) if day.is_full() => Some(day),
        _ => None,
    }
}

/// A count in groups of three: 137.502.
pub fn grouped(count: impl std::fmt::Display) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_clock_on_the_wall() {
        assert_eq!(when("2024-06-13T01:05:09.000000Z"), "13/6/2024, 08:05");
        assert_eq!(when("2024-12-31T18:00:00.000000Z"), "1/1/2025, 01:00");
        assert_eq!(when("hôm qua"), "hôm qua");
        assert_eq!(
            today("2024-06-12T18:00:00.000000Z").to_string(),
            "2024-06-13"
        );
        assert_eq!(
            [0, 999, 1_000, 137_502].map(|count: u64| grouped(count)),
            ["0", "999", "1.000", "137.502"]
        );
        for typed in ["13/6/2024", "13062024", "2024-06-13", " 13-06-2024 "] {
            assert_eq!(
                day(typed).map(|day| day.to_string()).as_deref(),
                Some("2024-06-13"),
                "{typed}"
            );
        }
        for typed in ["", "2024", "31/2/2024", "<b>"] {
            assert_eq!(day(typed), None, "{typed}");
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
