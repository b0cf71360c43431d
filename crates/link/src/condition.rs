//! The conditions of a model file: `exact(surname) and jaro_winkler(given_name) >= 0.9`.
//!
//! In: the text of a condition and a [`Table`]. Out: [`Condition`], which says yes or no of two records. A function with two
//! columns looks from the left record's first to the right record's second, and the other way round, and takes the better. A
//! function of which a value is missing says no, whatever it is compared with.

mod function;
mod parse;

use crate::comparison::Scratch;
use crate::table::Table;
use function::Function;
pub use function::Functions;

/// What a comparison sign asks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    AtLeast,
    AtMost,
    Above,
    Below,
    Equal,
}

impl Sign {
    fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::AtLeast => value >= bound,
            Self::AtMost => value <= bound,
            Self::Above => value > bound,
            Self::Below => value < bound,
            Self::Equal => (value - bound).abs() < 1e-9,
        }
    }
}

/// A condition.
pub enum Condition {
    /// All of them.
    All(Vec<Condition>),
    /// One of them.
    Any(Vec<Condition>),
    /// Not so.
    Not(Box<Condition>),
    /// A function's value against a bound.
    Test(Test),
}

/// A function of two records, and what its value has to be.
pub struct Test {
    function: Function,
    /// A number for the thread's memory.
    number: u32,
    columns: (usize, usize),
    sign: Sign,
    bound: f64,
}

impl Condition {
    /// Reads a condition over the columns of a table. `number` counts functions up, for the memory of outcomes.
    ///
    /// # Errors
    /// What cannot be understood, in words.
    pub fn read(
        text: &str,
        table: &Table,
        functions: &Functions,
        number: &mut u32,
    ) -> Result<Self, String> {
        parse::read(text, table, functions, number)
    }

    /// Whether it holds for two records.
    pub fn holds(&self, table: &Table, left: u32, right: u32, scratch: &mut Scratch) -> bool {
        match self {
            Self::All(parts) => parts
                .iter()
                .all(|part| part.holds(table, left, right, scratch)),
            Self::Any(parts) => parts
                .iter()
                .any(|part| part.holds(table, left, right, scratch)),
            Self::Not(part) => !part.holds(table, left, right, scratch),
            Self::Test(test) => test.holds(table, left, right, scratch),
        }
    }

    /// The columns it looks at.
    pub fn columns(&self, into: &mut Vec<usize>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.columns(into)),
            Self::Not(part) => part.columns(into),
            Self::Test(test) => into.extend([test.columns.0, test.columns.1]),
        }
    }
}

impl Test {
    fn holds(&self, table: &Table, left: u32, right: u32, scratch: &mut Scratch) -> bool {
        let (one, other) = self.columns;
        if matches!(self.function, Function::Swapped) {
            return one != other
                && self.crosses(table, left, right)
                && self.crosses(table, right, left);
        }
        let value = self.value(table, left, right, scratch);
        let value = if one == other {
            value
        } else {
            self.better(value, self.value(table, right, left, scratch))
        };
        value.is_some_and(|value| self.sign.holds(value, self.bound))
    }

    fn crosses(&self, table: &Table, left: u32, right: u32) -> bool {
        let text = table.text(self.columns.0, left);
        !text.is_empty() && text == table.text(self.columns.1, right)
    }

    fn better(&self, one: Option<f64>, other: Option<f64>) -> Option<f64> {
        let (Some(left), Some(right)) = (one, other) else {
            return one.or(other);
        };
        Some(if matches!(self.sign, Sign::AtMost | Sign::Below) {
            left.min(right)
        } else {
            left.max(right)
        })
    }

    fn value(&self, table: &Table, left: u32, right: u32, scratch: &mut Scratch) -> Option<f64> {
        let (one, other) = self.columns;
        let (left, right) = (table.number(one, left), table.number(other, right));
        if left == 0 || right == 0 {
            return None;
        }
        if one == other && left == right {
            return self.function.of_equal(table.value(one, left));
        }
        if one == other && matches!(self.function, Function::Exact) {
            return Some(0.0);
        }
        // The same pair of values the other way round is the same pair.
        let (low, high) = if one == other {
            (left.min(right), left.max(right))
        } else {
            (left, right)
        };
        let value = scratch.remember(self.number, low, high, || {
            self.function
                .of(table.value(one, low), table.value(other, high))
                .unwrap_or(f64::NAN)
        });
        (!value.is_nan()).then_some(value)
    }
}
