#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "small counts"
)]

use super::*;
use crate::normalise::unit::Level;
use jiff::civil::date;

/// Chance from a seed: multiply and shift (Steele, Lea, Flood 2014).
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((z ^ (z >> 31)) >> 32).unwrap()) / 4_294_967_296.0
    }

    /// A gamma law of a whole shape: a sum of exponentials; of shape ½ the square of a normal one, halved.
    fn gamma(&mut self, halves: u32) -> f64 {
        let whole: f64 = (0..halves / 2).map(|_| -(1.0 - self.share()).ln()).sum();
        if halves.is_multiple_of(2) {
            return whole;
        }
        let normal = (-2.0 * (1.0 - self.share()).ln()).sqrt()
            * (std::f64::consts::TAU * self.share()).cos();
        whole + normal * normal / 2.0
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut at, mut sum) = (0, -(1.0 - self.share()).ln());
        while sum < mean {
            at += 1;
            sum += -(1.0 - self.share()).ln();
        }
        at
    }

    /// A week: negative binomial of such a mean; `halves` twice its shape, 0: Poisson.
    fn week(&mut self, mean: f64, halves: u32) -> u64 {
        if halves == 0 {
            return self.poisson(mean);
        }
        let rate = self.gamma(halves) * 2.0 * mean / f64::from(halves);
        self.poisson(rate)
    }
}

/// How often the range holds the day, of simulated units, and how often a forecast is made at all.
fn held(mean: f64, halves: u32, weeks: usize, to_go: f64) -> (f64, f64) {
    let mut chance = Chance(u64::from(halves) * 1_000 + weeks as u64);
    let (mut made, mut holds) = (0_u32, 0_u32);
    let rounds = 400;
    for _ in 0..rounds {
        let seen: Vec<u64> = (0..weeks).map(|_| chance.week(mean, halves)).collect();
        let left = (mean * to_go) as u64;
        let Ok(told) = forecast(&seen, left) else {
            continue;
        };
        made += 1;
        let (mut took, mut sum) = (0.0, 0);
        while sum < left {
            let week = chance.week(mean, halves);
            let part = (left - sum) as f64 / week.max(1) as f64;
            took += part.min(1.0);
            sum += week;
        }
        let late = told.late.is_none_or(|late| took <= late);
        holds += u32::from(told.early <= took && late);
    }
    (
        f64::from(holds) / f64::from(made.max(1)),
        f64::from(made) / f64::from(rounds),
    )
}

#[test]
fn ranges_hold_as_often_as_they_promise() {
    for (mean, halves, weeks, to_go) in [
        // As chance alone, as offices work, and lists that come at once.
        (40.0, 0, 6, 8.0),
        (40.0, 0, 16, 30.0),
        (40.0, 4, 6, 8.0),
        (40.0, 4, 10, 20.0),
        (40.0, 4, 16, 40.0),
        (40.0, 1, 8, 10.0),
        (40.0, 1, 16, 20.0),
        (40.0, 1, 16, 50.0),
        (3.0, 2, 12, 15.0),
        (120.0, 2, 16, 25.0),
    ] {
        let (holds, made) = held(mean, halves, weeks, to_go);
        println!("{mean} {halves} {weeks} {to_go}: {holds:.3} of {made:.2}");
        assert!(
            (PROMISE - 0.04..=0.98).contains(&holds),
            "{mean} {halves} {weeks} {to_go}: {holds}"
        );
    }
}

#[test]
fn without_a_pace_it_says_so() {
    for (weeks, left, want) in [
        (&[10, 12, 9, 11, 10][..], 0, Unknown::Done),
        (&[], 10, Unknown::NotBegun),
        (&[0, 0, 0, 0, 0, 0], 10, Unknown::NotBegun),
        (&[0, 0, 0, 12, 9], 10, Unknown::TooFew(2)),
        (&[50, 40, 60, 0, 0, 0, 0], 10, Unknown::Still),
        (&[1, 0, 1, 0, 0, 1, 0], 1_000_000, Unknown::TooSlow),
    ] {
        let got = forecast(weeks, left);
        assert_eq!(got, Err(want), "{weeks:?} {left}");
        assert!(want.sentence().ends_with('.'));
    }
}

#[test]
fn a_steady_pace() {
    let told = forecast(&[0, 10, 10, 10, 10, 10, 10, 10, 10], 100).unwrap();
    assert_eq!((told.weeks, told.left), (8, 100));
    assert!((told.pace - 10.0).abs() < 1e-9);
    assert!((told.likely - 10.0).abs() < 0.5, "{told:?}");
    assert!(told.early < told.likely && told.likely < told.late.unwrap());
    // The band at the likely week is what is left.
    let (low, middle, high) = told.band(told.likely);
    assert!((middle - 99.5).abs() < 0.5 && low < middle && middle < high);
    assert!((told.chance_by(told.likely) - 0.5).abs() < 1e-6);
    // The more is left, the longer.
    let more = forecast(&[10; 8], 200).unwrap();
    assert!(more.likely > told.likely && more.late > told.late);
    assert_eq!(needed(100, 4.0), Some(25.0));
    assert_eq!(needed(100, 0.0), None);
    assert_eq!(
        (tenths(12.34).as_str(), tenths(1234.6).as_str()),
        ("12,3", "1.235")
    );
}

#[test]
fn each_level_has_its_day() {
    let days = |districts| -> Vec<(Level, String, bool)> {
        ladder(
            date(2024, 6, 30),
            date(2024, 6, 20),
            Steps::default(),
            districts,
        )
        .into_iter()
        .map(|rung| (rung.level, rung.day.to_string(), rung.is_past))
        .collect()
    };
    assert_eq!(
        days(true),
        [
            (Level::Province, "2024-06-30".to_owned(), false),
            (Level::District, "2024-06-23".to_owned(), false),
            (Level::Commune, "2024-06-16".to_owned(), true),
        ]
    );
    assert_eq!(days(false).len(), 2);
    assert!((weeks_between(date(2024, 6, 1), date(2024, 6, 15)) - 2.0).abs() < 1e-9);
}
