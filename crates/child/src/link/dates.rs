//! Birth dates as the linkage sees them: a day in one number, and how alike two are.
//!
//! In: dates with their precision. Out: [`Dates`]. A gap of less than nine months is told from a longer one: brothers and sisters
//! who are no twins are not born within it.

use crate::normalise::date::PartialDate;

/// A date in one number: year, month, day; 0 is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(u32);

/// How alike two birth dates are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// The same full date.
    Same = 1,
    /// Day and month in each other's place.
    Swapped = 2,
    /// One digit of day or month is another, or the day is one off.
    Slip = 3,
    /// Same day and month, the year one off or one digit another.
    OtherYear = 4,
    /// They agree as far as both are known; one is known less.
    Partly = 5,
    /// 1 January, which stands for "some day", and a full date of the same year.
    FirstOfJanuary = 6,
    /// Less than nine months apart: no brothers or sisters, unless one is wrong.
    Near = 7,
    /// Further apart.
    Far = 8,
    /// Known only in part, and apart.
    PartlyApart = 9,
}

/// Days between which two births of one mother do not lie.
const NINE_MONTHS: i64 = 265;

impl Day {
    /// Nothing is known.
    pub(crate) const UNKNOWN: Self = Self(0);

    /// Of a date.
    pub(crate) fn of(date: PartialDate) -> Self {
        Self(
            u32::from(date.year.unsigned_abs()) << 9
                | u32::from(date.month) << 5
                | u32::from(date.day),
        )
    }
    pub(crate) fn is_unknown(self) -> bool {
        self.0 == 0
    }
    pub(crate) fn year(self) -> u32 {
        self.0 >> 9
    }
    pub(crate) fn month(self) -> u32 {
        self.0 >> 5 & 15
    }
    pub(crate) fn day(self) -> u32 {
        self.0 & 31
    }
    pub(crate) fn is_full(self) -> bool {
        self.day() != 0
    }
    /// The date as a number, for hashing and counting.
    pub(crate) fn value(self) -> u32 {
        self.0
    }
    /// The same for a date and the one with day and month in each other's place.
    pub(crate) fn either_way(self) -> u32 {
        let (low, high) = (self.month().min(self.day()), self.month().max(self.day()));
        self.year() << 10 | low << 5 | high
    }
    fn days(self) -> i64 {
        let (year, month, day) = (
            i64::from(self.year()),
            i64::from(self.month()),
            i64::from(self.day()),
        );
        let (year, month) = if month <= 2 {
            (year - 1, month + 9)
        } else {
            (year, month - 3)
        };
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
    }
    fn is_first_of_january(self) -> bool {
        (self.month(), self.day()) == (1, 1)
    }
    /// As people write it.
    pub(crate) fn display(self) -> String {
        match (self.month(), self.day()) {
            _ if self.is_unknown() => String::new(),
            (0, _) => self.year().to_string(),
            (month, 0) => format!("{month:02}/{}", self.year()),
            (month, day) => format!("{day:02}/{month:02}/{}", self.year()),
        }
    }
}

/// One of two two-digit numbers' digits differs.
fn one_digit(left: u32, right: u32) -> bool {
    (left / 10 == right / 10) != (left % 10 == right % 10)
}

/// How alike two dates are; `None` where one is unknown.
pub(crate) fn alike(left: Day, right: Day) -> Option<Dates> {
    if left.is_unknown() || right.is_unknown() {
        return None;
    }
    let year = left.year() == right.year();
    if !left.is_full() || !right.is_full() {
        let month = left.month() == 0 || right.month() == 0 || left.month() == right.month();
        return Some(if year && month {
            Dates::Partly
        } else {
            Dates::PartlyApart
        });
    }
    if left == right {
        return Some(Dates::Same);
    }
    if year {
        let (day, month) = (left.day() == right.day(), left.month() == right.month());
        if left.day() == right.month() && left.month() == right.day() {
            return Some(Dates::Swapped);
        }
        if left.is_first_of_january() || right.is_first_of_january() {
            return Some(Dates::FirstOfJanuary);
        }
        if (month && (one_digit(left.day(), right.day()) || left.day().abs_diff(right.day()) == 1))
            || (day
                && (one_digit(left.month(), right.month())
                    || left.month().abs_diff(right.month()) == 1))
        {
            return Some(Dates::Slip);
        }
    } else if left.day() == right.day() && left.month() == right.month() {
        let (one, other) = (left.year() % 100, right.year() % 100);
        if left.year().abs_diff(right.year()) == 1 || one_digit(one, other) {
            return Some(Dates::OtherYear);
        }
    }
    Some(if (left.days() - right.days()).abs() < NINE_MONTHS {
        Dates::Near
    } else {
        Dates::Far
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_of_dates() {
        let day = |text: &str| match crate::normalise::date::date(text, 2024) {
            crate::normalise::date::DateValue::Known(date) => Day::of(date),
            _ => Day::UNKNOWN,
        };
        for (one, other, expect) in [
            ("2015-03-12", "12/03/2015", Some(Dates::Same)),
            ("2015-03-12", "2015-12-03", Some(Dates::Swapped)),
            ("2015-03-12", "2015-03-13", Some(Dates::Slip)),
            ("2015-03-12", "2015-03-22", Some(Dates::Slip)),
            ("2015-03-12", "2015-08-12", Some(Dates::Slip)),
            ("2015-03-12", "2016-03-12", Some(Dates::OtherYear)),
            ("2015-03-12", "2015", Some(Dates::Partly)),
            ("2015-03-12", "03/2015", Some(Dates::Partly)),
            ("2015-03-12", "04/2015", Some(Dates::PartlyApart)),
            ("2015-03-12", "2015-01-01", Some(Dates::FirstOfJanuary)),
            ("2015-03-12", "2015-07-25", Some(Dates::Near)),
            ("2015-03-12", "2016-02-01", Some(Dates::Far)),
            ("2015-03-12", "2018-07-25", Some(Dates::Far)),
            ("2015-03-12", "2014", Some(Dates::PartlyApart)),
            ("2015-03-12", "", None),
        ] {
            assert_eq!(alike(day(one), day(other)), expect, "{one} {other}");
            assert_eq!(alike(day(other), day(one)), expect, "{other} {one}");
        }
    }
}
