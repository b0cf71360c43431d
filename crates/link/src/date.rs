//! Dates as lists write them, with the precision that is known.
//!
//! In: a text. Out: [`Date`]: year, month and day, the last two 0 where unknown.

/// A date with its precision: month and day are 0 where unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12, or 0.
    pub month: u32,
    /// Day, 1 to 31, or 0.
    pub day: u32,
}

impl Date {
    /// Reads `YYYY-MM-DD`, `YYYYMMDD`, `DD/MM/YYYY` (also with `-` or `.`), `YYYY-MM`, `MM/YYYY` and `YYYY`. Days that no month
    /// has (`19561340`) are kept as written: a slip of the pen still tells something.
    ///
    /// ```
    /// use treem_link::date::Date;
    /// assert_eq!(Date::read("12/03/2015"), Date::read("2015-03-12"));
    /// assert_eq!(Date::read("20150312"), Date::read("2015-03-12"));
    /// assert_eq!(Date::read("2015").map(|date| date.is_full()), Some(false));
    /// assert_eq!(Date::read("spring"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut parts = [(0_u32, 0_usize); 3];
        let mut count = 0;
        for part in text.split(['-', '/', '.', ' ']) {
            let slot = parts.get_mut(count)?;
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|byte| byte.is_ascii_digit())
            {
                return None;
            }
            *slot = (part.parse().ok()?, part.len());
            count += 1;
        }
        let of = |year: u32, month: u32, day: u32| {
            Some(Self {
                year: i32::try_from(year).ok()?,
                month,
                day: if month == 0 { 0 } else { day },
            })
        };
        match (count, parts) {
            (1, [(year, 4), ..]) => of(year, 0, 0),
            (1, [(all, 8), ..]) => of(all / 10_000, all / 100 % 100, all % 100),
            (2, [(year, 4), (month, _), _] | [(month, _), (year, 4), _]) => of(year, month, 0),
            (3, [(year, 4), (month, _), (day, _)] | [(day, _), (month, _), (year, 4)]) => {
                of(year, month, day)
            }
            _ => None,
        }
    }

    /// Day, month and year are known.
    pub fn is_full(self) -> bool {
        self.month != 0 && self.day != 0
    }

    /// Days since the year 0 of the Gregorian calendar carried on backwards, for differences; a part that is not known counts
    /// as its middle.
    pub fn day_number(self) -> i64 {
        let month = i64::from(if self.month == 0 { 7 } else { self.month });
        let day = i64::from(if self.day == 0 { 15 } else { self.day });
        let (year, month) = if month <= 2 {
            (i64::from(self.year) - 1, month + 9)
        } else {
            (i64::from(self.year), month - 3)
        };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + day
    }

    /// The same day with day and month in each other's place.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self {
            year: self.year,
            month: self.day,
            day: self.month,
        }
    }

    /// Agrees as far as both are known, and one of them is known less.
    pub fn partly_agrees(self, other: Self) -> bool {
        self.year == other.year
            && (self.month == other.month || self.month == 0 || other.month == 0)
            && (!self.is_full() || !other.is_full())
    }

    /// How many of the eight digits differ.
    pub fn digits_apart(self, other: Self) -> u32 {
        let digits = |date: Self| {
            u64::from(date.year.unsigned_abs()) * 10_000
                + u64::from(date.month) * 100
                + u64::from(date.day)
        };
        let (mut left, mut right, mut apart) = (digits(self), digits(other), 0);
        for _ in 0..8 {
            apart += u32::from(left % 10 != right % 10);
            left /= 10;
            right /= 10;
        }
        apart
    }
}
