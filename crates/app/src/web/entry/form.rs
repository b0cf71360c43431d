//! The names of the form's fields, and what they hold.
//!
//! In: pairs of a form: `h.FIELD` for the household, `cN.FIELD` for the child of row N, `aN.CHILD` for what a person said of whom it may be.
//! Out: [`Typed`].

use super::Pairs;
use crate::act::register::entry::{Answer, Household, Row};
use crate::limits;

/// What came with a form.
#[derive(Clone, Default)]
pub struct Typed {
    /// The draft, which is the request, too.
    pub draft: String,
    /// The version of the draft this began from; 0 where it is not kept yet.
    pub version: i64,
    /// Which button was pressed.
    pub step: String,
    /// The household.
    pub household: Household,
}

impl Typed {
    /// Reads a form. What it does not know is passed over.
    pub fn of(pairs: Pairs) -> Self {
        let mut out = Self::default();
        for (name, text) in pairs {
            match name.as_str() {
                "draft" => out.draft = text,
                "version" => out.version = text.parse().unwrap_or(0),
                "do" => out.step = text,
                "missing" => out.household.missing = text,
                _ => out.field(&name, text),
            }
        }
        if out.household.children.is_empty() {
            out.household.children.push(Row::default());
        }
        out
    }

    fn field(&mut self, name: &str, text: String) {
        let Some((whose, field)) = name.split_once('.') else {
            return;
        };
        if whose == "h" {
            self.household.household.insert(field.to_owned(), text);
            return;
        }
        let child = whose.strip_prefix('c').and_then(|row| row.parse().ok());
        let answer = whose.strip_prefix('a').and_then(|row| row.parse().ok());
        if let Some(row) = child.and_then(|row| self.row(row)) {
            row.fields.insert(field.to_owned(), text);
        } else if let Some(row) = answer.and_then(|row| self.row(row)) {
            let answer = match text.as_str() {
                "same" => Answer::Same,
                "different" => Answer::Different,
                _ => return,
            };
            row.answers.insert(field.to_owned(), answer);
        }
    }

    /// A row by its number from 1.
    fn row(&mut self, row: usize) -> Option<&mut Row> {
        let at = row.checked_sub(1).filter(|at| *at < limits::HOUSEHOLD)?;
        let rows = &mut self.household.children;
        if rows.len() <= at {
            rows.resize_with(at + 1, Row::default);
        }
        rows.get_mut(at)
    }
}
