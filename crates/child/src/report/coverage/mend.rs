//! Finds the cells that cannot hold together and the fewest changes that would mend them.
//!
//! In: the table read. Out: [`Conflict`]s and [`Repair`]s. Every line is one equation (headcount − entered = missing) and every sum is
//! one a column. A change of a cell mends a contradiction only if **every** equation it stands in holds afterwards; the printed rates,
//! being rounded, only weigh the candidates against each other. Where no single cell will do, two are tried, and a slip that was
//! carried into the totals of its column.

mod explain;

use super::slips::{Computed, rate_agrees};
use super::table::{Column, Table};
use super::{Conflict, Repair};
use crate::limits;
use std::collections::{BTreeMap, BTreeSet};

/// A cell: line and column.
type Var = (usize, Column);

enum Kind {
    /// headcount − entered = missing.
    Line,
    /// The parts make the total.
    Sum(Column),
}

struct Equation {
    kind: Kind,
    line: usize,
    terms: Vec<(Var, i64)>,
    /// 0 where it holds.
    residual: i64,
}

/// A set of changes after which every equation they touch holds.
#[derive(Clone)]
struct Candidate {
    changes: Vec<(Var, i64)>,
    /// Equations that were broken and now hold.
    mended: BTreeSet<usize>,
    /// Lines whose printed rate: now holds, no longer holds, still does not hold.
    rates: [Vec<usize>; 3],
}

impl Candidate {
    /// How many more printed rates disagree afterwards.
    fn worse(&self) -> i64 {
        let [gained, lost, _] = &self.rates;
        i64::try_from(lost.len()).unwrap_or(0) - i64::try_from(gained.len()).unwrap_or(0)
    }
}

struct Search<'t> {
    table: &'t Table,
    equations: Vec<Equation>,
    /// Equations of each cell, with its sign in them.
    of: BTreeMap<Var, Vec<(usize, i64)>>,
}

/// The contradictions of a table and what would mend them; both empty for a sound one.
pub(super) fn mend(table: &Table, computed: &[Computed]) -> (Vec<Conflict>, Vec<Repair>) {
    let search = Search::new(table);
    let broken: BTreeSet<usize> = (0..search.equations.len())
        .filter(|e| search.residual(*e) != 0)
        .collect();
    let mut candidates = search.singles(&broken);
    let mut open: BTreeSet<usize> = &broken
        - &candidates
            .iter()
            .flat_map(|c| c.mended.iter().copied())
            .collect();
    candidates.extend(search.carried(&open));
    if open.len() <= limits::COVERAGE_BROKEN {
        let pairs = search.pairs(&open, &candidates);
        candidates.extend(pairs);
    }
    open = &open
        - &candidates
            .iter()
            .flat_map(|c| c.mended.iter().copied())
            .collect();
    let conflicts = broken
        .iter()
        .filter_map(|e| search.conflict(*e, open.contains(e)))
        .collect();
    let (mut repairs, settled) = search.explain(candidates);
    repairs.extend(search.fills());
    repairs.extend(explain::rate_repairs(&search, computed, &settled));
    (conflicts, repairs)
}

impl<'t> Search<'t> {
    fn new(table: &'t Table) -> Self {
        let mut search = Self {
            table,
            equations: Vec::new(),
            of: BTreeMap::new(),
        };
        for (index, line) in table.lines.iter().enumerate() {
            search.add(
                Kind::Line,
                index,
                vec![
                    ((index, Column::Headcount), -1),
                    ((index, Column::Entered), 1),
                    ((index, Column::Missing), 1),
                ],
            );
            if line.parts.is_empty() {
                continue;
            }
            for column in Column::ALL {
                let mut terms: Vec<(Var, i64)> =
                    line.parts.iter().map(|part| ((*part, column), 1)).collect();
                terms.push(((index, column), -1));
                search.add(Kind::Sum(column), index, terms);
            }
        }
        search
    }

    /// Keeps an equation whose cells can all be read.
    fn add(&mut self, kind: Kind, line: usize, terms: Vec<(Var, i64)>) {
        let Some(residual) = terms.iter().try_fold(0_i64, |sum, (var, sign)| {
            sum.checked_add(self.value(*var)?.checked_mul(*sign)?)
        }) else {
            return;
        };
        for (var, sign) in &terms {
            self.of
                .entry(*var)
                .or_default()
                .push((self.equations.len(), *sign));
        }
        self.equations.push(Equation {
            kind,
            line,
            terms,
            residual,
        });
    }

    fn value(&self, (line, column): Var) -> Option<i64> {
        self.table.lines.get(line)?.count(column)
    }

    fn residual(&self, equation: usize) -> i64 {
        self.equations.get(equation).map_or(0, |e| e.residual)
    }

    fn of(&self, var: Var) -> &[(usize, i64)] {
        self.of.get(&var).map_or(&[], Vec::as_slice)
    }

    fn unit(&self, line: usize) -> &'t str {
        self.table.lines.get(line).map_or("", |l| l.unit.as_str())
    }

    /// Cells that stand in a broken equation.
    fn suspects(&self, broken: &BTreeSet<usize>) -> BTreeSet<Var> {
        broken
            .iter()
            .filter_map(|e| self.equations.get(*e))
            .flat_map(|e| e.terms.iter().map(|(var, _)| *var))
            .collect()
    }

    /// Checks a set of changes (cell, difference); `None` unless every equation they touch holds afterwards and one was broken.
    fn candidate(&self, changes: &[(Var, i64)]) -> Option<Candidate> {
        let mut after: BTreeMap<usize, i64> = BTreeMap::new();
        for (var, difference) in changes {
            for (equation, sign) in self.of(*var) {
                let slot = after
                    .entry(*equation)
                    .or_insert_with(|| self.residual(*equation));
                *slot = slot.checked_add(difference.checked_mul(*sign)?)?;
            }
        }
        if after.values().any(|residual| *residual != 0) {
            return None;
        }
        let mended: BTreeSet<usize> = after
            .keys()
            .copied()
            .filter(|e| self.residual(*e) != 0)
            .collect();
        let changes = changes
            .iter()
            .map(|(var, difference)| Some((*var, self.value(*var)?.checked_add(*difference)?)))
            .collect::<Option<Vec<_>>>()?;
        if mended.is_empty()
            || changes
                .iter()
                .any(|((_, column), value)| *value < 0 && *column != Column::Missing)
        {
            return None;
        }
        let mut rates = [Vec::new(), Vec::new(), Vec::new()];
        for line in changes
            .iter()
            .map(|((line, _), _)| *line)
            .collect::<BTreeSet<_>>()
        {
            let [gained, lost, still] = &mut rates;
            match (self.rate_holds(line, &[]), self.rate_holds(line, &changes)) {
                (Some(false), Some(true)) => gained.push(line),
                (Some(true), Some(false)) => lost.push(line),
                (Some(false), Some(false)) => still.push(line),
                _ => {}
            }
        }
        Some(Candidate {
            changes,
            mended,
            rates,
        })
    }

    fn changed(&self, var: Var, changes: &[(Var, i64)]) -> Option<i64> {
        changes
            .iter()
            .find(|(changed, _)| *changed == var)
            .map(|(_, value)| *value)
            .or_else(|| self.value(var))
    }

    /// Whether the printed rate of a line holds with some cells changed; `None` where there is none to compare.
    fn rate_holds(&self, line: usize, changes: &[(Var, i64)]) -> Option<bool> {
        let printed = self.table.lines.get(line)?.rate.value()?;
        let headcount = self.changed((line, Column::Headcount), changes)?;
        let entered = self.changed((line, Column::Entered), changes)?;
        (headcount > 0).then(|| rate_agrees(printed, headcount, entered, self.table.places))
    }

    /// Cells whose every equation is broken, and by the same difference.
    fn singles(&self, broken: &BTreeSet<usize>) -> Vec<Candidate> {
        self.suspects(broken)
            .into_iter()
            .filter_map(|var| {
                let (equation, sign) = self.of(var).first()?;
                self.candidate(&[(var, self.residual(*equation).checked_mul(-sign)?)])
            })
            .collect()
    }

    /// A slip of a line that was carried into the sums of its column.
    fn carried(&self, open: &BTreeSet<usize>) -> Vec<Candidate> {
        let mut found = Vec::new();
        for equation in open
            .iter()
            .filter_map(|e| self.equations.get(*e))
            .filter(|e| matches!(e.kind, Kind::Line))
        {
            for ((line, column), sign) in &equation.terms {
                let Some(difference) = equation.residual.checked_mul(-sign) else {
                    continue;
                };
                let sums = self
                    .table
                    .lines
                    .iter()
                    .enumerate()
                    .filter(|(_, l)| l.parts.contains(line))
                    .map(|(index, _)| index);
                let changes: Vec<(Var, i64)> = std::iter::once(*line)
                    .chain(sums)
                    .map(|l| ((l, *column), difference))
                    .collect();
                if changes.len() > 1 {
                    found.extend(self.candidate(&changes));
                }
            }
        }
        found
    }

    /// Two cells that mend together what neither mends alone.
    fn pairs(&self, open: &BTreeSet<usize>, known: &[Candidate]) -> Vec<Candidate> {
        let suspects: Vec<Var> = self.suspects(open).into_iter().collect();
        let mut found = Vec::new();
        if suspects.len() > limits::COVERAGE_SUSPECTS {
            return found;
        }
        for (index, first) in suspects.iter().enumerate() {
            for second in suspects.iter().skip(index + 1) {
                let Some(candidate) = self.pair(*first, *second) else {
                    continue;
                };
                let cells = |c: &Candidate| {
                    c.changes
                        .iter()
                        .map(|(var, _)| *var)
                        .collect::<BTreeSet<_>>()
                };
                if candidate.mended.is_subset(open)
                    && !known.iter().any(|k| cells(k) == cells(&candidate))
                {
                    found.push(candidate);
                }
            }
        }
        found
    }

    fn pair(&self, first: Var, second: Var) -> Option<Candidate> {
        let (one, two) = (self.of(first), self.of(second));
        let sign_in = |list: &[(usize, i64)], equation: usize| {
            list.iter()
                .find(|(e, _)| *e == equation)
                .map(|(_, sign)| *sign)
        };
        let shared = one
            .iter()
            .find_map(|(e, sign)| Some((*e, *sign, sign_in(two, *e)?)))?;
        // An equation of one cell alone gives its difference, the shared one that of the other.
        let alone = |list: &[(usize, i64)], other: &[(usize, i64)]| {
            list.iter()
                .find(|(e, _)| sign_in(other, *e).is_none())
                .and_then(|(e, sign)| self.residual(*e).checked_mul(-sign))
        };
        let rest = |difference: i64, sign: i64, others: i64| {
            self.residual(shared.0)
                .checked_add(difference.checked_mul(sign)?)?
                .checked_mul(-others)
        };
        let (a, b) = if let Some(a) = alone(one, two) {
            (a, rest(a, shared.1, shared.2)?)
        } else {
            let b = alone(two, one)?;
            (rest(b, shared.2, shared.1)?, b)
        };
        if a == 0 || b == 0 {
            None
        } else {
            self.candidate(&[(first, a), (second, b)])
        }
    }
}
