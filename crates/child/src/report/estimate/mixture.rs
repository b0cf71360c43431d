//! The range of several models together: each says how many are unseen as a log-normal, weighed by how well it fits.
//!
//! In: models, the best first. Out: middle, low and high of those unseen.

use super::fit::Model;

/// Where those in no list lie.
pub(super) struct Range {
    /// Half of the mixture is below.
    pub(super) middle: f64,
    /// From.
    pub(super) low: f64,
    /// To.
    pub(super) high: f64,
}

/// The range that holds a share of the mixture, and its middle.
pub(super) fn range(models: &[Model], share: f64) -> Range {
    let best = models.first().map_or(0.0, |model| model.aic);
    let parts: Vec<(f64, f64, f64)> = models
        .iter()
        .map(|model| {
            (
                (-(model.aic - best) / 2.0).exp(),
                model.unseen_log,
                model.variance.sqrt(),
            )
        })
        .collect();
    let tail = (1.0 - share) / 2.0;
    Range {
        middle: quantile(&parts, 0.5),
        low: quantile(&parts, tail),
        high: quantile(&parts, 1.0 - tail),
    }
}

/// The number below which a share of the mixture lies.
fn quantile(parts: &[(f64, f64, f64)], share: f64) -> f64 {
    let weights: f64 = parts.iter().map(|(weight, _, _)| weight).sum();
    let below = |log: f64| -> f64 {
        parts
            .iter()
            .map(|(weight, middle, deviation)| weight * normal_below((log - middle) / deviation))
            .sum::<f64>()
            / weights
    };
    let (mut low, mut high) = (-60.0_f64, 60.0_f64);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if below(middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    low.exp()
}

/// The standard normal distribution, to 1.5·10⁻⁷ (Abramowitz and Stegun 7.1.26).
fn normal_below(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let poly = [
        1.061_405_429,
        -1.453_152_027,
        1.421_413_741,
        -0.284_496_736,
        0.254_829_592,
    ]
    .iter()
    .fold(0.0, |sum, coefficient| (sum + coefficient) * t);
    let tail = poly * (-x * x).exp() / 2.0;
    if z < 0.0 { tail } else { 1.0 - tail }
}

/// Its inverse, by halving.
pub(super) fn normal_quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-40.0_f64, 40.0_f64);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if normal_below(middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
