//! Shares held against shares: what is usual, how unlike units are, how likely a count is.
//!
//! In: counts x of n. Out: the usual share, the over-dispersion, p-values. Method: [`super`].

use crate::report::gamma::ln_gamma;
use crate::report::headcounts::median;

/// On which side a count stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// So many or more.
    More,
    /// So many or fewer.
    Fewer,
}

/// A count as a number to reckon with.
#[expect(
    clippy::cast_precision_loss,
    reason = "children are fewer than 2 to the 52nd"
)]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}

/// A share; none of none is 0.
pub(crate) fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        float(part) / float(whole)
    }
}

/// Counted things a neighbour must have on average for the middle share to say something.
const SPARSE: u64 = 3;

/// The usual share of neighbours: the middle one; where hardly anything is counted, that of all of them but the quarter with most.
pub fn usual(neighbours: &[(u64, u64)]) -> f64 {
    let all: u64 = neighbours.iter().map(|(found, _)| found).sum();
    let mut shares: Vec<(f64, u64, u64)> = neighbours
        .iter()
        .map(|(found, of)| (ratio(*found, *of), *found, *of))
        .collect();
    if all >= SPARSE * neighbours.len() as u64 {
        let mut only: Vec<f64> = shares.iter().map(|one| one.0).collect();
        return median(&mut only).unwrap_or(0.0);
    }
    shares.sort_by(|one, other| one.0.total_cmp(&other.0));
    shares.truncate(shares.len() - shares.len() / 4);
    let (found, of) = shares
        .iter()
        .fold((0, 0), |sum, one| (sum.0 + one.1, sum.1 + one.2));
    ratio(found, of)
}

/// How unlike units are beyond chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The over-dispersion of a beta-binomial law: 0 as dice, 1 all or nothing.
    pub rho: f64,
}

/// Middle of the absolute deviation of a normal law.
const MIDDLE: f64 = 0.674_49;
/// Units are never quite as dice.
const LEAST: f64 = 1e-4;
/// More than this is all or nothing.
const MOST: f64 = 0.9;

impl Spread {
    /// The one under which the middle deviation of all counts is that of a normal law. Counts: found, of, usual share.
    pub fn of(seen: &[(u64, u64, f64)]) -> Self {
        let middle = |rho: f64| {
            let mut off: Vec<f64> = seen
                .iter()
                .map(|(found, of, usual)| {
                    let (of, usual) = (float(*of), *usual);
                    let variance = of * usual * (1.0 - usual) * (1.0 + (of - 1.0).max(0.0) * rho);
                    (float(*found) - of * usual).abs() / variance.sqrt().max(1e-9)
                })
                .collect();
            median(&mut off).unwrap_or(0.0)
        };
        let (mut low, mut high) = (LEAST, MOST);
        if middle(low) <= MIDDLE {
            return Self { rho: low };
        }
        for _ in 0..40 {
            let rho = (low * high).sqrt();
            if middle(rho) > MIDDLE {
                low = rho;
            } else {
                high = rho;
            }
        }
        Self { rho: high }
    }

    /// How likely a count of so many is, or one that stands out more.
    pub fn chance(self, found: u64, of: u64, usual: f64, side: Side) -> f64 {
        let left = 1.0 / self.rho - 1.0;
        let (alpha, beta) = (usual * left, (1.0 - usual) * left);
        if alpha <= 0.0 || beta <= 0.0 {
            return 1.0;
        }
        match side {
            Side::More => tail(found.min(of), of, alpha, beta),
            Side::Fewer => tail(of.saturating_sub(found), of, beta, alpha),
        }
    }
}

/// P(X ≥ x) of a beta-binomial law.
fn tail(x: u64, n: u64, alpha: f64, beta: f64) -> f64 {
    if x == 0 {
        return 1.0;
    }
    let whole = float(n);
    let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    let first = float(x);
    let ln = ln_gamma(whole + 1.0) - ln_gamma(first + 1.0) - ln_gamma(whole - first + 1.0)
        + ln_beta(first + alpha, whole - first + beta)
        - ln_beta(alpha, beta);
    let (mut term, mut sum) = (1.0_f64, 0.0_f64);
    let mut k = first;
    // Of the least and of the most there may be too much for one number: the sum goes in terms of the first.
    for _ in x..=n {
        sum += term;
        let next = (whole - k) / (k + 1.0) * (k + alpha) / (whole - k - 1.0 + beta);
        term *= next;
        k += 1.0;
        if term < sum * 1e-15 && next < 1.0 {
            break;
        }
    }
    (ln + sum.ln()).exp().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_by_hand() {
        // Beta(1, 1): every count from 0 to n is equally likely.
        for (x, n, want) in [(0, 9, 1.0), (5, 9, 0.5), (9, 9, 0.1), (3, 3, 0.25)] {
            assert!((tail(x, n, 1.0, 1.0) - want).abs() < 1e-9, "{x} of {n}");
        }
        // Nearly dice: P(X ≥ 8) of 10 at ½ is 56/1024.
        let dice = Spread { rho: 1e-7 };
        let chance = dice.chance(8, 10, 0.5, Side::More);
        assert!((chance - 56.0 / 1024.0).abs() < 1e-5, "{chance}");
        let fewer = dice.chance(2, 10, 0.5, Side::Fewer);
        assert!((fewer - 56.0 / 1024.0).abs() < 1e-5, "{fewer}");
    }

    #[test]
    fn what_is_usual() {
        for (near, want) in [
            (&[(10, 100), (20, 100), (90, 100)][..], 0.2),
            // Hardly anything: all but the quarter with most.
            (&[(0, 100), (1, 100), (1, 100), (9, 100)], 2.0 / 300.0),
            (&[], 0.0),
        ] {
            assert!((usual(near) - want).abs() < 1e-12, "{near:?}");
        }
    }

    #[test]
    fn odd_units_do_not_spoil_the_spread() {
        let alike: Vec<(u64, u64, f64)> = (0..20).map(|at| (190 + at, 1000, 0.2)).collect();
        assert!(Spread::of(&alike).rho < 0.001);
        let mut some_odd = alike.clone();
        some_odd.extend([(1000, 1000, 0.2); 8]);
        assert!(Spread::of(&some_odd).rho < 0.002);
        let unlike: Vec<(u64, u64, f64)> = (0..20).map(|at| (20 * at, 1000, 0.2)).collect();
        assert!(Spread::of(&unlike).rho > 0.05);
        assert!(Spread::of(&[]).rho <= LEAST);
    }
}
