//! Examples of rules: a made row goes the real way, normalise → check.
//!
//! In: values by field, laid over [`BASE`]. Out: the findings; [`Outcome`]s of all examples of a rule file.

use super::Local;
use crate::cell::{Cell, Row};
use crate::check::check;
use crate::check::rules::RuleSet;
use crate::field::Field;
use crate::finding::Finding;
use crate::normalise::row::{Around, Context, RowReader};
use crate::normalise::unit;
use crate::normalise::{Plan, PlanColumn};
use crate::record::Child;
use crate::rule::{BASE, RuleId};

/// Reads and checks one made row: [`BASE`] with some fields given anew. `see` gets the record and the findings.
pub fn with_row<T>(
    changes: &[(Field, &str)],
    context: Context,
    rules: &RuleSet,
    see: impl FnOnce(&Child<'_>, &[Finding]) -> T,
) -> T {
    let mut values: Vec<(Field, &str)> = BASE.to_vec();
    for (field, value) in changes {
        match values.iter_mut().find(|known| known.0 == *field) {
            Some(known) => known.1 = value,
            None => values.push((*field, value)),
        }
    }
    let columns = values
        .iter()
        .map(|(field, _)| PlanColumn {
            field: Some(*field),
            ..PlanColumn::default()
        })
        .collect();
    let cells: Vec<Cell<'_>> = values.iter().map(|(_, value)| Cell::text(*value)).collect();
    let row = Row {
        number: 2,
        hidden: false,
        cells: &cells,
    };
    let mut reader = RowReader::new(
        Plan {
            columns,
            ..Plan::default()
        },
        context,
    );
    let around = Around::default();
    let mut findings = Vec::new();
    let child = reader.read(&row, &around, &mut findings);
    check(
        &child,
        &|field| reader.raw(&row, field),
        context,
        rules,
        &mut findings,
    );
    see(&child, &findings)
}

/// An example of a local rule that does not show what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The rule's place among the local rules.
    pub rule: usize,
    /// A bad example (must show the rule), or a good one (must not).
    pub is_bad: bool,
    /// Which of them, from 1.
    pub number: usize,
    /// It shows what it should.
    pub passed: bool,
}

/// The day and the area units of a rule set's examples.
pub fn context_of(rules: &RuleSet) -> Context {
    Context {
        as_of: rules.examples_as_of,
        edition: unit::edition(&rules.examples_as_of.to_string()),
    }
}

/// Runs every example of every local rule, also of those that are switched off.
pub fn run(rules: &RuleSet) -> Vec<Outcome> {
    let context = context_of(rules);
    let mut all_on = rules.clone();
    for (index, local) in rules.locals().iter().enumerate() {
        all_on.set(RuleId::local(index), Some(local.severity));
    }
    let mut out = Vec::new();
    for (index, local) in rules.locals().iter().enumerate() {
        for (is_bad, row, number) in rows(local) {
            let changes: Vec<(Field, &str)> = row
                .iter()
                .map(|(field, value)| (*field, value.as_str()))
                .collect();
            let fired = with_row(&changes, context, &all_on, |_, findings| {
                findings
                    .iter()
                    .any(|finding| finding.rule == RuleId::local(index))
            });
            out.push(Outcome {
                rule: index,
                is_bad,
                number,
                passed: fired == is_bad,
            });
        }
    }
    out
}

fn rows(local: &Local) -> impl Iterator<Item = (bool, &super::ExampleRow, usize)> {
    let good = local
        .good
        .iter()
        .enumerate()
        .map(|(index, row)| (false, row, index + 1));
    good.chain(
        local
            .bad
            .iter()
            .enumerate()
            .map(|(index, row)| (true, row, index + 1)),
    )
}
