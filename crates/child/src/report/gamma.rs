//! The gamma function and the law of that name.
//!
//! In: positive numbers. Out: ln Γ, and the share of a gamma law below a value.

/// ln Γ(x) for x > 0: Stirling's series from 12 on, the recurrence below (Abramowitz and Stegun 6.1.41). Right to ten digits.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    if x <= 0.0 {
        return f64::INFINITY;
    }
    let (mut x, mut less) = (x, 0.0);
    while x < 12.0 {
        less += x.ln();
        x += 1.0;
    }
    let square = x * x;
    let series = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * square)) / square) / x;
    (x - 0.5) * x.ln() - x + 0.918_938_533_204_672_7 + series - less
}

/// Terms after which a sum stands.
const TERMS: u32 = 10_000;

/// Share of a gamma law with such a shape, of scale 1, that lies below `x` (Abramowitz and Stegun 6.5.29 and 6.5.31).
pub(crate) fn below(shape: f64, x: f64) -> f64 {
    if x <= 0.0 || shape <= 0.0 {
        return 0.0;
    }
    let front = (shape * x.ln() - x - ln_gamma(shape)).exp();
    if x < shape + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / shape, 1.0 / shape, shape);
        for _ in 0..TERMS {
            at += 1.0;
            term *= x / at;
            sum += term;
            if term < sum * 1e-14 {
                break;
            }
        }
        return (front * sum).min(1.0);
    }
    // Lentz's way through the continued fraction.
    let tiny = 1e-300;
    let mut base = x + 1.0 - shape;
    let mut upper = 1.0 / tiny;
    let mut lower = 1.0 / base.max(tiny);
    let mut fraction = lower;
    for step in 1..TERMS {
        let at = f64::from(step);
        let part = -at * (at - shape);
        base += 2.0;
        lower = 1.0 / keep(part * lower + base, tiny);
        upper = keep(base + part / upper, tiny);
        let factor = lower * upper;
        fraction *= factor;
        if (factor - 1.0).abs() < 1e-14 {
            break;
        }
    }
    (1.0 - front * fraction).clamp(0.0, 1.0)
}

fn keep(value: f64, tiny: f64) -> f64 {
    if value.abs() < tiny { tiny } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn against_known_values() {
        for (x, want) in [
            (1.0, 0.0),
            (2.0, 0.0),
            (5.0, 24.0_f64.ln()),
            (0.5, std::f64::consts::PI.sqrt().ln()),
            (11.0, 3_628_800.0_f64.ln()),
        ] {
            assert!((ln_gamma(x) - want).abs() < 1e-9, "{x}");
        }
        for (shape, x, want) in [
            // Exponential: 1 − e^−x.
            (1.0, 1.0, 1.0 - (-1.0_f64).exp()),
            (1.0, 5.0, 1.0 - (-5.0_f64).exp()),
            // Shape 2: 1 − e^−x (1 + x).
            (2.0, 3.0, 1.0 - (-3.0_f64).exp() * 4.0),
            (2.0, 0.5, 1.0 - (-0.5_f64).exp() * 1.5),
            (3.0, 0.0, 0.0),
        ] {
            assert!((below(shape, x) - want).abs() < 1e-10, "{shape} {x}");
        }
        // The middle of a large shape is near it.
        assert!((below(10_000.0, 10_000.0) - 0.5).abs() < 0.01);
    }
}
