//! When it will be done: pace per week, the day on which nothing is left with its uncertainty, what is needed for a deadline, and by when
//! each level has to be done.
//!
//! In: counts of whole weeks, how many are left. Out: [`Forecast`], or [`Unknown`], why there is none.
//!
//! The model. Weekly counts are unlike beyond chance (a list comes in, then nothing for a week), so what k more weeks bring is taken to follow
//! a gamma law with mean k·m and variance (k·s² + k²·s²/n)·(n−1)/(n−4): s² is the variance of the n weeks, no less than that of counts
//! (Poisson); the second part is what is not known of the mean, the last factor that the variance itself is estimated: Student's law
//! has n−3 there, one week less was found by simulation, because uneven weeks are also seen too even where they are few.
//! That is the negative-binomial law with its mean uncertain (Gelman and others, Bayesian Data Analysis, chapter 2), taken as continuous. The
//! day is the one by which k weeks bring what is left, with probability 10, 50, 90 %: the range holds 4 times of 5 as long as people go on as
//! they did; a test shows how often it does on simulated weeks. Nothing is said from fewer than [`LEAST_WEEKS`] weeks.

mod ladder;
#[cfg(test)]
mod tests;

pub use ladder::{Rung, Steps, ladder, weeks_between};

use super::gamma::below;
use super::insight::share::float;
use crate::texts::grouped;

/// Weeks before which nothing can be forecast.
pub const LEAST_WEEKS: usize = 5;
/// Weeks that are looked back on: what was done before says little of next month.
pub const MOST_WEEKS: usize = 16;
/// Weeks without anything after which there is no pace, whatever was before.
pub const STILL_WEEKS: usize = 4;
/// Share of the times in which the range is to hold the day.
pub const PROMISE: f64 = 0.8;
/// Weeks beyond which a day is no forecast: ten years.
pub const HORIZON_WEEKS: f64 = 520.0;

/// How fast it goes, and how long it will take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// Children a week.
    pub pace: f64,
    /// Variance of the weeks.
    pub variance: f64,
    /// Weeks it was taken from.
    pub weeks: usize,
    /// How many are left.
    pub left: u64,
    /// Weeks until nothing is left: one time of ten it takes no longer.
    pub early: f64,
    /// Every other time.
    pub likely: f64,
    /// Nine times of ten; `None` beyond [`HORIZON_WEEKS`].
    pub late: Option<f64>,
}

/// Why there is no forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Nothing is left.
    Done,
    /// How many are left is not known.
    NoGoal,
    /// Nothing was ever done.
    NotBegun,
    /// Only so many weeks.
    TooFew(usize),
    /// Nothing in the last weeks.
    Still,
    /// At this pace it takes more than ten years.
    TooSlow,
}

impl Unknown {
    /// The machine's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NoGoal => "no-goal",
            Self::NotBegun => "not-begun",
            Self::TooFew(_) => "too-few-weeks",
            Self::Still => "still",
            Self::TooSlow => "too-slow",
        }
    }

    /// In one sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::Done => "Đã xong, không còn trẻ nào.".to_owned(),
            Self::NoGoal => {
                "Chưa dự báo được: chưa có số trẻ em đơn vị báo cáo, nên không biết còn bao nhiêu."
                    .to_owned()
            }
            Self::NotBegun => "Chưa dự báo được: chưa có tuần nào ghi được trẻ nào.".to_owned(),
            Self::TooFew(weeks) => format!(
                "Chưa dự báo được: mới có {weeks} tuần trọn vẹn kể từ khi bắt đầu, cần ít nhất {LEAST_WEEKS}."
            ),
            Self::Still => format!(
                "Không có nhịp để dự báo: {STILL_WEEKS} tuần gần nhất không ghi được trẻ nào."
            ),
            Self::TooSlow => "Với nhịp hiện nay thì mười năm nữa cũng chưa xong.".to_owned(),
        }
    }
}

/// Forecasts. Takes counts of whole weeks, the oldest first, of which those before the first that is not 0 are passed over.
pub fn forecast(weeks: &[u64], left: u64) -> Result<Forecast, Unknown> {
    if left == 0 {
        return Err(Unknown::Done);
    }
    let begun = weeks
        .iter()
        .position(|count| *count > 0)
        .and_then(|first| weeks.get(first..))
        .ok_or(Unknown::NotBegun)?;
    if begun.len() < LEAST_WEEKS {
        return Err(Unknown::TooFew(begun.len()));
    }
    if begun
        .iter()
        .rev()
        .take(STILL_WEEKS)
        .all(|count| *count == 0)
    {
        return Err(Unknown::Still);
    }
    let last = begun
        .get(begun.len().saturating_sub(MOST_WEEKS)..)
        .unwrap_or(begun);
    let many = float(last.len() as u64);
    let pace = last.iter().map(|count| float(*count)).sum::<f64>() / many;
    let squares: f64 = last
        .iter()
        .map(|count| (float(*count) - pace).powi(2))
        .sum();
    let mut out = Forecast {
        pace,
        variance: (squares / (many - 1.0)).max(pace),
        weeks: last.len(),
        left,
        early: 0.0,
        likely: 0.0,
        late: None,
    };
    let tail = (1.0 - PROMISE) / 2.0;
    out.early = out.weeks_until(tail).ok_or(Unknown::TooSlow)?;
    out.likely = out.weeks_until(0.5).ok_or(Unknown::TooSlow)?;
    out.late = out.weeks_until(1.0 - tail);
    Ok(out)
}

impl Forecast {
    /// Mean and variance of what so many weeks bring.
    fn brings(&self, weeks: f64) -> (f64, f64) {
        let many = float(self.weeks as u64);
        let own = weeks * self.variance + weeks * weeks * self.variance / many;
        (weeks * self.pace, own * (many - 1.0) / (many - 4.0))
    }

    /// How likely nothing is left after so many weeks.
    pub fn chance_by(&self, weeks: f64) -> f64 {
        if weeks <= 0.0 {
            return 0.0;
        }
        let (mean, variance) = self.brings(weeks);
        let scale = variance / mean;
        1.0 - below(mean / scale, (float(self.left) - 0.5) / scale)
    }

    /// After how many weeks it is so likely; `None` beyond the horizon.
    fn weeks_until(&self, chance: f64) -> Option<f64> {
        let (mut low, mut high) = (0.0, HORIZON_WEEKS);
        if self.chance_by(high) < chance {
            return None;
        }
        for _ in 0..60 {
            let weeks = f64::midpoint(low, high);
            if self.chance_by(weeks) < chance {
                low = weeks;
            } else {
                high = weeks;
            }
        }
        Some(high)
    }

    /// What so many weeks bring: 10, 50, 90 %; for a band in a picture.
    pub fn band(&self, weeks: f64) -> (f64, f64, f64) {
        if weeks <= 0.0 {
            return (0.0, 0.0, 0.0);
        }
        let (mean, variance) = self.brings(weeks);
        let scale = variance / mean;
        let value = |share: f64| {
            let (mut low, mut high) = (0.0, mean + 20.0 * variance.sqrt());
            for _ in 0..50 {
                let at = f64::midpoint(low, high);
                if below(mean / scale, at / scale) < share {
                    low = at;
                } else {
                    high = at;
                }
            }
            high
        };
        let tail = (1.0 - PROMISE) / 2.0;
        (value(tail), value(0.5), value(1.0 - tail))
    }

    /// The model in words, with its figures.
    pub fn model(&self) -> String {
        format!(
            "Tính từ {} tuần trọn vẹn gần nhất, trung bình {} trẻ mỗi tuần. Khoảng ngày đúng 4 trong 5 lần, nếu mọi người tiếp tục làm như những tuần đó.",
            self.weeks,
            tenths(self.pace)
        )
    }
}

/// What is needed each week so that nothing is left after so many weeks; `None` where the day has come.
pub fn needed(left: u64, weeks: f64) -> Option<f64> {
    (weeks > 0.0).then(|| float(left) / weeks)
}

/// `12,3`; whole from 100 on.
pub fn tenths(value: f64) -> String {
    if value >= 99.95 {
        return format!("{value:.0}")
            .parse::<u64>()
            .map_or_else(|_| String::new(), grouped);
    }
    format!("{value:.1}").replace('.', ",")
}
