//! Log-linear models of who stands in which lists, fitted by iteratively reweighted least squares.
//!
//! In: [`Histories`] of three lists and more. Out: every model that can be fitted, the best first: how many were in no list, how sure that is,
//! and the model's weight by AIC.

use super::{Histories, MOST_PAIRS, float};

/// How unlike children are in how easily any list names them, as a term of a model by the number k of lists a child is in (Rivest and Baillargeon
/// 2007, Biometrics 63: which law of the hidden ease gives which term).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unlike {
    /// All alike.
    Not,
    /// 2ᵏ − 1: the ease is of a Poisson law.
    Poisson,
    /// k²/2: of a normal law (Darroch 1993).
    Darroch,
    /// ln 3.5 − ln(3.5 + k), turned: of a gamma law.
    Gamma,
}

impl Unlike {
    const ALL: [Self; 4] = [Self::Not, Self::Poisson, Self::Darroch, Self::Gamma];

    fn term(self, lists: f64) -> Option<f64> {
        match self {
            Self::Not => None,
            Self::Poisson => Some(lists.exp2() - 1.0),
            Self::Darroch => Some(lists * lists / 2.0),
            Self::Gamma => Some(3.5_f64.ln() - (3.5 + lists).ln()),
        }
    }
}

/// A model fitted.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// Pairs of lists that hang together.
    pub(super) pairs: Vec<(usize, usize)>,
    /// How unlike children are.
    pub(super) unlike: Unlike,
    /// Logarithm of how many children stand in no list.
    pub(super) unseen_log: f64,
    /// Its variance, that of the fit and of the chance who was listed together: ln(1 + v + 1/f₀).
    pub(super) variance: f64,
    /// Akaike's figure: less is better.
    pub(super) aic: f64,
}

/// Rounds after which a fit that has not settled is given up.
const ROUNDS: usize = 60;
/// Change of the deviance that counts as settled, per child.
const SETTLED: f64 = 1e-9;
/// A figure no logarithm of a count comes near: e to the 25th is more than all people.
const STEEPEST: f64 = 25.0;

/// All models that can be fitted, the best first.
pub(super) fn all(histories: &Histories) -> Vec<Model> {
    let lists = histories.lists();
    // Where two lists have nobody in common, or one is within the other, a pair has no figure of its own.
    let pairs: Vec<(usize, usize)> = (0..lists)
        .flat_map(|one| (one + 1..lists).map(move |other| (one, other)))
        .filter(|(one, other)| {
            let both = histories.of_both(*one, *other);
            both > 0 && both < histories.of(*one) && both < histories.of(*other)
        })
        .collect();
    let most = if lists > 4 {
        MOST_PAIRS - 1
    } else {
        MOST_PAIRS
    };
    let mut models: Vec<Model> = chosen(&pairs, most)
        .into_iter()
        .flat_map(|pairs| Unlike::ALL.map(|unlike| (pairs.clone(), unlike)))
        .filter_map(|(pairs, unlike)| fit(histories, pairs, unlike))
        .collect();
    models.sort_by(|one, other| one.aic.total_cmp(&other.aic));
    models
}

/// All choices of at most so many pairs, none included.
fn chosen(pairs: &[(usize, usize)], most: usize) -> Vec<Vec<(usize, usize)>> {
    let mut all: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..most {
        let to = all.len();
        for at in from..to {
            let Some(base) = all.get(at).cloned() else {
                continue;
            };
            for pair in pairs {
                if base.last().is_none_or(|last| last < pair) {
                    let mut more = base.clone();
                    more.push(*pair);
                    all.push(more);
                }
            }
        }
        from = to;
    }
    all
}

/// Fits one: log μ = β₀ + Σ βᵢ + Σ βᵢⱼ over the lists and pairs a child is in; β₀ is then the logarithm of those in none.
pub(super) fn fit(
    histories: &Histories,
    pairs: Vec<(usize, usize)>,
    unlike: Unlike,
) -> Option<Model> {
    let lists = histories.lists();
    let terms = 1 + lists + pairs.len() + usize::from(unlike != Unlike::Not);
    let rows: Vec<(Vec<f64>, f64)> = histories
        .counts
        .iter()
        .enumerate()
        .skip(1)
        .map(|(history, count)| {
            let bit = |list: usize| if history >> list & 1 == 1 { 1.0 } else { 0.0 };
            let mut row = vec![1.0];
            row.extend((0..lists).map(bit));
            row.extend(pairs.iter().map(|(one, other)| bit(*one) * bit(*other)));
            row.extend(unlike.term(f64::from(history.count_ones())));
            (row, float(*count))
        })
        .collect();
    // As many figures as cells, and nothing is left to judge by.
    if terms >= rows.len() {
        return None;
    }
    let children = float(histories.seen());
    let mut means: Vec<f64> = rows.iter().map(|(_, count)| count + 0.5).collect();
    let mut before = f64::INFINITY;
    for _ in 0..ROUNDS {
        let (information, target) = normal(&rows, &means, terms);
        let lower = cholesky(information)?;
        let betas = solve(&lower, target);
        for ((row, _), mean) in rows.iter().zip(&mut means) {
            let log: f64 = row.iter().zip(&betas).map(|(x, beta)| x * beta).sum();
            *mean = log.clamp(-STEEPEST, STEEPEST).exp();
        }
        let likelihood: f64 = rows
            .iter()
            .zip(&means)
            .map(|((_, count), mean)| count * mean.ln() - mean)
            .sum();
        if (likelihood - before).abs() <= SETTLED * children {
            let unseen_log = *betas.first()?;
            if unseen_log.abs() >= STEEPEST {
                return None;
            }
            let mut unit = vec![0.0; terms];
            *unit.first_mut()? = 1.0;
            let variance = *solve(&lower, unit).first()?;
            let unseen = unseen_log.exp();
            return Some(Model {
                aic: 2.0 * super::small(terms) - 2.0 * likelihood,
                pairs,
                unlike,
                unseen_log,
                variance: (1.0 + variance + 1.0 / unseen).ln(),
            });
        }
        before = likelihood;
    }
    None
}

/// The normal equations of one round: XᵀWX, XᵀWz.
fn normal(rows: &[(Vec<f64>, f64)], means: &[f64], terms: usize) -> (Vec<Vec<f64>>, Vec<f64>) {
    let mut information = vec![vec![0.0; terms]; terms];
    let mut target = vec![0.0; terms];
    for ((row, count), mean) in rows.iter().zip(means) {
        let working = mean.ln() + (count - mean) / mean;
        for ((x, line), sum) in row.iter().zip(&mut information).zip(&mut target) {
            if *x != 0.0 {
                *sum += x * mean * working;
                for (y, cell) in row.iter().zip(line) {
                    *cell += x * mean * y;
                }
            }
        }
    }
    (information, target)
}

/// L with LLᵀ = the matrix; `None` where it is not positive definite, or as good as not.
fn cholesky(matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let mut lower: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for (at, line) in matrix.into_iter().enumerate() {
        let mut own: Vec<f64> = Vec::with_capacity(at + 1);
        for (column, value) in line.into_iter().take(at + 1).enumerate() {
            if column == at {
                let rest = value - own.iter().map(|x| x * x).sum::<f64>();
                if !rest.is_finite() || rest <= 1e-10 * value.abs().max(1e-10) {
                    return None;
                }
                own.push(rest.sqrt());
            } else {
                let other = lower.get(column)?;
                let rest = value - own.iter().zip(other).map(|(x, y)| x * y).sum::<f64>();
                own.push(rest / other.get(column)?);
            }
        }
        lower.push(own);
    }
    Some(lower)
}

/// x with LLᵀx = b.
fn solve(lower: &[Vec<f64>], b: Vec<f64>) -> Vec<f64> {
    let mut x = b;
    for at in 0..x.len() {
        let known: f64 = term(lower, at, &x, at);
        if let (Some(value), Some(pivot)) =
            (x.get_mut(at), lower.get(at).and_then(|line| line.get(at)))
        {
            *value = (*value - known) / pivot;
        }
    }
    for at in (0..x.len()).rev() {
        let known: f64 = (at + 1..x.len())
            .filter_map(|below| Some(lower.get(below)?.get(at)? * x.get(below)?))
            .sum();
        if let (Some(value), Some(pivot)) =
            (x.get_mut(at), lower.get(at).and_then(|line| line.get(at)))
        {
            *value = (*value - known) / pivot;
        }
    }
    x
}

/// Σ L[at][c]·x[c] for c below `to`.
fn term(lower: &[Vec<f64>], at: usize, x: &[f64], to: usize) -> f64 {
    lower.get(at).map_or(0.0, |line| {
        line.iter().zip(x).take(to).map(|(l, x)| l * x).sum()
    })
}
