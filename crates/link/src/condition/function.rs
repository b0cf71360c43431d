//! The functions a condition may use.
//!
//! In: two texts. Out: a number, or nothing where a text cannot be read (a date that is none).

use crate::date::Date;
use crate::text;
use std::sync::Arc;

/// A function of one's own.
pub type Own = Arc<dyn Fn(&str, &str) -> Option<f64> + Send + Sync>;

/// Functions of one's own by name, for conditions of a model.
///
/// ```
/// use treem_link::condition::Functions;
/// let functions = Functions::default().with("same_length", |left, right| Some(f64::from(u8::from(left.len() == right.len()))));
/// ```
#[derive(Clone, Default)]
pub struct Functions(Vec<(String, Own)>);

impl Functions {
    /// Adds a function: it gets two texts, none of them empty, and must not mind their order.
    #[must_use]
    pub fn with(
        mut self,
        name: impl Into<String>,
        function: impl Fn(&str, &str) -> Option<f64> + Send + Sync + 'static,
    ) -> Self {
        self.0.push((name.into(), Arc::new(function)));
        self
    }
    pub(super) fn find(&self, name: &str) -> Option<Own> {
        self.0
            .iter()
            .rev()
            .find(|(known, _)| known == name)
            .map(|(_, own)| Arc::clone(own))
    }
}

/// A function.
pub enum Function {
    /// The same text: 1 or 0.
    Exact,
    /// Two columns in each other's place.
    Swapped,
    /// Jaro–Winkler.
    JaroWinkler,
    /// Damerau–Levenshtein.
    DamerauLevenshtein,
    /// Difference of two numbers.
    Difference,
    /// Days between two full dates.
    Days,
    /// Day and month in each other's place: 1 or 0.
    DayMonthSwapped,
    /// One date is known less, and they agree as far as both are known: 1 or 0.
    PartlyAgrees,
    /// Digits of two dates that differ.
    DigitsApart,
    /// Same year.
    SameYear,
    /// Same year and month.
    SameMonth,
    /// Share of words in both.
    SharedWords,
    /// One text begins with the other.
    Begins,
    /// The same first letter.
    Initial,
    /// The same Soundex.
    Soundex,
    /// One's own.
    Own(Own),
}

impl Function {
    /// By its name in conditions, with the bound that is meant where none is written.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "exact" => Self::Exact,
            "swapped" => Self::Swapped,
            "jaro_winkler" => Self::JaroWinkler,
            "damerau_levenshtein" => Self::DamerauLevenshtein,
            "difference" => Self::Difference,
            "days" => Self::Days,
            "day_month_swapped" => Self::DayMonthSwapped,
            "partly_agrees" => Self::PartlyAgrees,
            "digits_apart" => Self::DigitsApart,
            "same_year" => Self::SameYear,
            "same_month" => Self::SameMonth,
            "shared_words" => Self::SharedWords,
            "begins" => Self::Begins,
            "initial" => Self::Initial,
            "soundex" => Self::Soundex,
            _ => return None,
        })
    }

    /// The value for two equal texts.
    pub fn of_equal(&self, text: &str) -> Option<f64> {
        match self {
            Self::Exact | Self::JaroWinkler | Self::SharedWords | Self::Begins | Self::Initial => {
                Some(1.0)
            }
            Self::DamerauLevenshtein => Some(0.0),
            _ => self.of(text, text),
        }
    }

    /// The value for two texts.
    pub fn of(&self, left: &str, right: &str) -> Option<f64> {
        let yes = |yes: bool| Some(if yes { 1.0 } else { 0.0 });
        let dates = || Some((Date::read(left)?, Date::read(right)?));
        match self {
            Self::Exact => yes(left == right),
            Self::Swapped => yes(false),
            Self::JaroWinkler => Some(text::jaro_winkler(left, right)),
            Self::DamerauLevenshtein => Some(text::damerau_levenshtein(left, right) as f64),
            Self::Difference => {
                Some((left.parse::<f64>().ok()? - right.parse::<f64>().ok()?).abs())
            }
            Self::Days => {
                let (left, right) = dates()?;
                (left.is_full() && right.is_full())
                    .then(|| (left.day_number() - right.day_number()).unsigned_abs() as f64)
            }
            Self::DayMonthSwapped => {
                let (left, right) = dates()?;
                yes(left.is_full() && left.swapped() == right)
            }
            Self::PartlyAgrees => {
                let (left, right) = dates()?;
                yes(left.partly_agrees(right))
            }
            Self::DigitsApart => {
                let (left, right) = dates()?;
                (left.is_full() && right.is_full()).then(|| f64::from(left.digits_apart(right)))
            }
            Self::SameYear => {
                let (left, right) = dates()?;
                yes(left.year == right.year)
            }
            Self::SameMonth => {
                let (left, right) = dates()?;
                yes(left.year == right.year && left.month == right.month && left.month != 0)
            }
            Self::SharedWords => Some(text::shared_words(left, right)),
            Self::Begins => yes(left.starts_with(right) || right.starts_with(left)),
            Self::Initial => yes(left.chars().next() == right.chars().next()),
            Self::Soundex => {
                let code = text::soundex(left);
                yes(!code.is_empty() && code == text::soundex(right))
            }
            Self::Own(own) => own(left, right),
        }
    }
}
